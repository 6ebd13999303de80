"""Looking into a PDF that came from outside.

PDFium reads it in a process of its own, with limits of time and memory: a page of a few hundred
bytes can keep it busy for a minute or bring it down, and a server must go on meanwhile.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import Any

from danchu.core.errors import BadInput

# PDFium may be entered by one thread at a time, whoever in the process uses it.
PDFIUM = threading.RLock()
MOST_PAGES = 1000
MOST_SECONDS = 10  # of processor time; the longest official report takes half a second
MOST_MEMORY = 1_500_000_000  # bytes of address space
_AT_ONCE = threading.BoundedSemaphore(2)  # others wait for their turn


@dataclass(frozen=True, slots=True)
class Signer:
    """What a digital signature says of itself; nothing of it was verified.

    Names are those of the certificate sent along, "" where it could not be read. ``covers``:
    "whole" file, an "earlier" state of it, or "unclear". Instants are ISO in UTC or "".
    """

    subject: str
    issuer: str
    valid_from: str
    valid_to: str
    signed_at: str
    covers: str


@dataclass(frozen=True, slots=True)
class Laid:
    """What a file lays over a page (an annotation). ``share``: of the area of the page."""

    page: int
    is_signature: bool
    share: float
    over_words: bool


@dataclass(frozen=True, slots=True)
class PdfSeen:
    """What a PDF shows.

    ``texts``: of each page looked at, annotations apart; ``pictures``: of each such page a
    small grey picture as (width, height, bytes in hexadecimal), with annotations, when they
    were asked for; ``bare``: the same without annotations; ``laid``: each annotation of those
    pages; ``signatures``: how many digital signatures the file says it carries, and ``signers``
    what the first of them say of themselves. Only when the file is read whole: ``notes``, what
    annotations and fields say, and ``active``, what :func:`.pdf_active.found_in` found.
    """

    pages: int
    texts: tuple[str, ...]
    pictures: tuple[tuple[int, int, str], ...]
    signatures: int
    locked: bool
    scripts: bool
    signers: tuple[Signer, ...] = ()
    bare: tuple[tuple[int, int, str], ...] = ()
    laid: tuple[Laid, ...] = ()
    notes: tuple[str, ...] = ()
    active: tuple[str, ...] = ()


def look_into(
    data: bytes, *, most: int = MOST_PAGES, pictures: bool = False, whole: bool = False
) -> PdfSeen:
    """Read the first ``most`` pages; ``whole``: and what else the file says and does.

    Raises ``BadInput`` (field "file") for a PDF that cannot be
    opened, is locked by a password or takes too long."""
    asked = ["1" if asked else "0" for asked in (pictures, whole)]
    command = [sys.executable, "-m", "danchu.core.pdf_child", str(most), *asked]
    with _AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603  # our own module, no shell
                command,
                input=data,
                capture_output=True,
                timeout=MOST_SECONDS * 3,
                check=False,
                preexec_fn=_limits,  # only sets limits, takes no lock
            )
        except subprocess.TimeoutExpired:
            raise _too_long() from None
    if done.returncode < 0:
        raise _too_long()
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise unreadable() from None
    if found.get("error") == "password":
        raise BadInput(
            "Tệp PDF này có mật khẩu hoặc bị khóa. Gỡ mật khẩu rồi gửi lại; "
            "tệp không được giữ lại.",
            "This PDF file is locked or has a password. Remove it and send again; "
            "the file was not kept.",
            code="locked",
            field="file",
        )
    if "error" in found or not found["pages"]:
        raise unreadable()
    return PdfSeen(
        pages=found["pages"],
        texts=tuple(found["texts"]),
        pictures=tuple((w, h, grey) for w, h, grey in found["pictures"]),
        signatures=found["signatures"],
        locked=found["locked"],
        scripts=found["scripts"],
        signers=tuple(Signer(**told) for told in found["signers"]),
        bare=tuple((w, h, grey) for w, h, grey in found["bare"]),
        laid=tuple(Laid(*one) for one in found["laid"]),
        notes=tuple(found["notes"]),
        active=tuple(found["active"]),
    )


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def unreadable() -> BadInput:
    """The refusal of a PDF that is damaged."""
    return BadInput(
        "Không mở được tệp PDF này: tệp hỏng hoặc chưa tải lên hết. Tệp không được giữ lại.",
        "This PDF file cannot be opened: it is damaged or cut off. It was not kept.",
        code="damaged",
        field="file",
    )


def _too_long() -> BadInput:
    return BadInput(
        "Tệp PDF này quá phức tạp nên không đọc được. In lại thành PDF rồi gửi; "
        "tệp không được giữ lại.",
        "This PDF is too complex to be read. Print it to PDF again and send that; it was not kept.",
        code="too_complex",
        field="file",
    )
