"""Citizens' pages are the same bytes for everybody and are kept whole (SECURITY rule 10).

The key is the address with its parameters (the language is part of the address); an entry
holds for one legal day and for the public versions of the units the page shows, which every
service that changes something public raises in its transaction. So asking for a kept page
costs one small query, and a change shows at once in every process.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

import brotli  # type: ignore[import-untyped]
from django.http import HttpRequest, HttpResponse

from danchu.core.clock import today
from danchu.core.units.selectors.public import public_versions
from danchu.web.design.encoding import accepted_encoding

View = TypeVar("View", bound=Callable[..., HttpResponse])

MOST_BYTES = 32 * 1024 * 1024
LONGEST = 120  # seconds an entry may serve though nothing says it changed (figures fold later)


@dataclass(frozen=True, slots=True)
class _Entry:
    day: dt.date
    until: float
    versions: tuple[tuple[int, int], ...]
    content_type: str
    etag: str
    bodies: dict[str, bytes]

    @property
    def size(self) -> int:
        """At most: both ways of packing are made when they are first asked for."""
        return 2 * len(self.bodies[""])

    def body(self, encoding: str) -> bytes:
        """The page, packed once for each way that is asked for."""
        packed = self.bodies.get(encoding)
        if packed is None:
            packed = self.bodies[encoding] = _PACKED[encoding](self.bodies[""])
        return packed


# Higher levels take ten times as long for one byte in a thousand.
_PACKED: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=6),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


class _Kept:
    """The pages of this process, the longest unused dropped first."""

    def __init__(self) -> None:
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> _Entry | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: str, entry: _Entry) -> None:
        with self._lock:
            self._forget(key)
            self._entries[key] = entry
            self._bytes += entry.size
            while self._bytes > MOST_BYTES:
                self._forget(next(iter(self._entries)))

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def _forget(self, key: str) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= entry.size


_kept = _Kept()
forget_all = _kept.clear


def depends_on(request: HttpRequest, *unit_ids: int) -> None:
    """The page shows something of these units; a view says so *before* it reads it.

    The versions are read here, so a change that comes while the page is being made leaves an
    entry that no longer holds, never a new number on an old page.
    """
    known: dict[int, int] = getattr(request, "danchu_versions", {})
    new = [unit_id for unit_id in unit_ids if unit_id not in known]
    request.danchu_versions = {**known, **dict(public_versions(new))}  # type: ignore[attr-defined]


def whole_page(view: View) -> View:
    """Keep the pages of a view; inside ``@public``. Redirects and refusals are not kept."""
    return _keeping(view, LONGEST)


def whole_page_for(seconds: int) -> Callable[[View], View]:
    """The same, for a shorter time: a page that shows what no unit's public version covers."""

    def decorate(view: View) -> View:
        return _keeping(view, seconds)

    return decorate


def _keeping(view: View, seconds: int) -> View:
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key, day = _key(request), today()
        entry = _kept.get(key)
        if entry is None or not _holds(entry):
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            entry = _entry(request, response, seconds, day)
            _kept.put(key, entry)
        return _answer(request, entry)

    return kept  # type: ignore[return-value]


class KeptPages:
    """Middleware: a page that is kept is answered before the rest of the house wakes up.

    Only ``@public`` views keep pages, so nothing is answered here that not everybody may see.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            entry = _kept.get(_key(request))
            if entry is not None and _holds(entry):
                return _answer(request, entry)
        return self.get_response(request)


def _holds(entry: _Entry) -> bool:
    return (
        entry.day == today()
        and time.monotonic() < entry.until
        and (
            not entry.versions
            or entry.versions == public_versions([unit_id for unit_id, _number in entry.versions])
        )
    )


def _key(request: HttpRequest) -> str:
    """Pages name their own address in full, so what one host asked for is not given to another."""
    return f"{request.scheme}://{request.META.get('HTTP_HOST', '')}{request.get_full_path()}"


def _entry(request: HttpRequest, response: HttpResponse, seconds: int, day: dt.date) -> _Entry:
    """``day``: the one on which the making of the page began; over midnight it is made anew."""
    body = response.content
    return _Entry(
        day=day,
        until=time.monotonic() + seconds,
        versions=tuple(sorted(getattr(request, "danchu_versions", {}).items())),
        content_type=response["Content-Type"],
        etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        bodies={"": body},
    )


def _answer(request: HttpRequest, entry: _Entry) -> HttpResponse:
    encoding = accepted_encoding(request)
    etag = entry.etag if not encoding else f'{entry.etag[:-1]}-{encoding}"'
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
        del response["Content-Type"]
    else:
        response = HttpResponse(entry.body(encoding), content_type=entry.content_type)
        if encoding:
            response["Content-Encoding"] = encoding
        # Without it the server sends the page in chunks and nobody can tell how much is left.
        response["Content-Length"] = str(len(response.content))
    response["ETag"] = etag
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
