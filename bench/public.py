"""Citizens' pages: what a kept page costs beside an empty view, and what a first visit weighs."""

from __future__ import annotations

import re
import statistics
import time
from urllib.parse import urljoin

from .child import Stage
from .measuring import in_turns
from .results import Result, at_least, at_most
from .server import Connection, request_for, serving

EMPTY = "/bench/empty/"
UNIT = "/dia-phuong/9A001-xa-ben-mau/"
VISITS = ("/", UNIT, UNIT + "doi-thoai/", UNIT + "so-lieu/")
TURNS, BLOCK = 24, 150  # requests of a block, one kind after the other
DOOR_TIMES = 300
LEAST_SHARE = 0.5
MOST_BYTES = 150_000

# Whatever a page or a style sheet names is counted, whether this visit would need it or not.
_IN_PAGE = re.compile(
    r'<(?:link\b[^>]*\brel="(?:stylesheet|icon|preload|modulepreload)"[^>]*\bhref|'
    r'(?:script|img)\b[^>]*\bsrc)="([^"]+)"'
)
_IN_STYLE = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")
_IN_SCRIPT = re.compile(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""")


def measure(stage: Stage) -> list[Result]:
    """Over a real server on this machine, and through the WSGI door in this process."""
    from .browser import Browser
    from .bulk import fill_commune

    fill_commune(stage.today)
    browser = Browser()
    pair = in_turns(lambda: browser.get(UNIT), lambda: browser.get(EMPTY), times=DOOR_TIMES)
    found = [
        at_least(
            "kept public page, inside the process",
            1 / pair.ratio,
            LEAST_SHARE,
            "of the requests per second of an empty view",
            f"through the WSGI door and the same middleware, {DOOR_TIMES} turns, median "
            f"processor time {pair.measured * 1000:.3f} ms beside {pair.standard * 1000:.3f} ms",
        )
    ]
    with serving() as port:
        found.append(_over_the_socket(port))
        found += [_first_visit(port, address) for address in VISITS]
    return found


def _over_the_socket(port: int) -> Result:
    connection = Connection(port)
    requests = {UNIT: request_for(UNIT), EMPTY: request_for(EMPTY)}
    rates: dict[str, list[float]] = {UNIT: [], EMPTY: []}
    for request in requests.values():
        for _ in range(BLOCK):
            connection.spend(request)
    for turn in range(TURNS):
        for address in (UNIT, EMPTY) if turn % 2 else (EMPTY, UNIT):
            began = time.perf_counter()
            for _ in range(BLOCK):
                connection.spend(requests[address])
            rates[address].append(BLOCK / (time.perf_counter() - began))
    connection.close()
    # Each pair of blocks ran in the same moment of a machine that others use as well.
    share = statistics.median(a / b for a, b in zip(rates[UNIT], rates[EMPTY], strict=True))
    return at_least(
        "kept public page, over a socket",
        share,
        LEAST_SHARE,
        "of the requests per second of an empty view",
        f"granian with two workers, one kept-alive connection, {TURNS} pairs of blocks of {BLOCK} "
        f"requests in turns; medians {statistics.median(rates[UNIT]):.0f} and "
        f"{statistics.median(rates[EMPTY]):.0f} requests per second",
    )


def _first_visit(port: int, address: str) -> Result:
    connection = Connection(port)
    weights: dict[str, int] = {}
    waiting = [address]
    while waiting:
        one = waiting.pop()
        if one in weights:
            continue
        answer = connection.get(one)
        if " 200" not in answer.status:
            raise RuntimeError(f"{one}: {answer.status}")
        weights[one] = answer.size
        waiting += [urljoin(one, name) for name in _named_in(answer.headers, answer.body)]
    connection.close()
    heaviest = sorted(weights.items(), key=lambda item: -item[1])[:4]
    return at_most(
        f"first visit of {'the front page' if address == '/' else address}",
        sum(weights.values()),
        MOST_BYTES,
        "bytes",
        f"{len(weights)} answers with their headers, br where the server has it, all fonts and "
        "pictures that any style sheet names; heaviest: "
        + ", ".join(f"{name.rpartition('/')[2] or name} {size}" for name, size in heaviest),
    )


def _named_in(headers: dict[str, str], body: bytes) -> list[str]:
    import brotli  # type: ignore[import-untyped]

    kind = headers.get("content-type", "").partition(";")[0]
    pattern = {
        "text/html": _IN_PAGE,
        "text/css": _IN_STYLE,
        "text/javascript": _IN_SCRIPT,
        "application/javascript": _IN_SCRIPT,
    }.get(kind)
    if pattern is None:
        return []
    plain = brotli.decompress(body) if headers.get("content-encoding") == "br" else body
    found = pattern.findall(plain.decode("utf-8"))
    return [name for name in found if not name.startswith(("data:", "#"))]
