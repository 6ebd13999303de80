"""A poster for the notice board: what was made known, where and until when, whom to ask, a QR code.

PDF through Typst, as the documents are (``pdf.py``): tagged, the same bytes for the same poster,
texts of people as data and never as markup. A4, or the same sheet larger as A3.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import qrcode  # type: ignore[import-untyped]  # it ships no types
import typst

from . import pdf
from .typeface import FAMILY, FONTS

Paper = Literal["a4", "a3"]
PAPERS: tuple[Paper, ...] = ("a4", "a3")
_TEMPLATE = pdf._TEMPLATE.with_name("poster.typ")
_QUIET = 4  # modules of white around a code (ISO/IEC 18004)


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on a poster.

    ``warning``: what must be read first, or "". ``summaries``: what it is about in ever fewer
    words; the longest that fits is printed, none where none does. ``facts``: each with its name.
    ``invitation`` stands beside the code, ``alt`` says for readers of the file what it is; ``mark``
    of a demonstration or "".
    """

    head: str
    title: str
    warning: str
    summaries: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    invitation: str
    address: str
    alt: str
    basis: str
    mark: str
    day: dt.date
    language: str = "vi"


def render_poster(poster: Poster, *, paper: Paper = "a4") -> bytes:
    """The poster as PDF (PDF/A-2a, PDF/UA-1). Deterministic: its only time is ``poster.day``."""
    midnight = dt.datetime.combine(poster.day, dt.time(), dt.timezone(dt.timedelta(hours=7)))
    texts = pdf._printable(
        {
            "head": poster.head,
            "title": poster.title,
            "warning": poster.warning,
            "facts": [list(fact) for fact in poster.facts],
            "ways": [list(way) for way in _ways(poster)],
            "invitation": poster.invitation,
            "address": poster.address,
            "alt": poster.alt,
            "basis": poster.basis,
            "mark": poster.mark,
        }
    )
    data = {
        **texts,
        "qr": qr_svg(poster.address),
        "paper": paper,
        "scale": 1.414 if paper == "a3" else 1,
        "font": FAMILY,
        "language": poster.language,
        "year": poster.day.year,
        "month": poster.day.month,
        "day": poster.day.day,
    }
    with pdf._lock:
        pdf._refuse_after_fork()
        found = _compiler().compile(
            format="pdf",
            sys_inputs={"doc": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(midnight.timestamp()),
        )
        pdf._forget()
    assert isinstance(found, bytes)
    return found


# Points on A4; 20 and 18 are capitals of 5 and 4.5 mm, to be read from two metres.
_LARGE, _FULL, _LEAST = 25, 20, 18


def _ways(poster: Poster) -> Iterator[tuple[int, int, str]]:
    """(size of the title, of the text, summary): what may be printed, the best first.

    All of it large; then as much as fits in letters still read from two metres; then the shortest
    in smaller ones, and none at all: the code leads to the rest.
    """
    length = len(poster.title)
    title = 24 if length > 220 else 28 if length > 120 else 36
    said = poster.summaries or ("",)
    yield title, _LARGE, said[0]
    yield title, _FULL, said[0]
    for summary in said:
        yield title, _LEAST, summary
    for smaller, size in ((24, 16), (22, 14)):
        yield min(title, smaller), size, said[-1]
    for smaller, size in ((22, 13), (18, 11), (14, 9)):
        yield min(title, smaller), size, ""


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(
        str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=fonts, ignore_system_fonts=True
    )


def qr_svg(text: str) -> str:
    """A QR code as SVG: a square for each dark module. A quarter of it may be soiled (level Q)."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=_QUIET)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    size = len(matrix)
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{squares}" fill="#000"/></svg>'
    )
