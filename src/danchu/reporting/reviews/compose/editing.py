"""An officer's wording in the place of a composed paragraph, its numbers still traced."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..edits import EditView
from ..figures import ReportFigure
from ..prose import Piece
from .report import ComposedParagraph

_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?%?")
_NEXT = re.compile(r"\W*(\w+)")


def put_in(
    composed: Sequence[ComposedParagraph], section: str, edits: Mapping[str, EditView]
) -> list[ComposedParagraph]:
    """The paragraphs of a section with their places, each as an officer worded it if one did.

    Where nothing is composed a wording of the whole section stands alone.
    """
    if not composed and section in edits:
        composed = [ComposedParagraph(())]
    made = []
    for paragraph in composed:
        place = f"{section}/{paragraph.place}" if paragraph.place else section
        edit = edits.get(place)
        made.append(
            ComposedParagraph(paragraph.pieces, paragraph.origin, place)
            if edit is None
            else ComposedParagraph(
                traced(edit.text, paragraph.pieces), "edited", place, paragraph.text
            )
        )
    return made


def traced(text: str, composed: Sequence[Piece]) -> tuple[Piece, ...]:
    """The text with those of its numbers that the composed pieces print linked to their figures.

    Of two figures printed alike the one is meant that the same word follows; then their order
    decides.
    """
    left = [
        (piece.text, piece.figure, _word_after(composed, n))
        for n, piece in enumerate(composed)
        if piece.figure is not None and _NUMBER.fullmatch(piece.text)
    ]
    made: list[Piece] = []
    at = 0
    for found in _NUMBER.finditer(text):
        following = _NEXT.match(text, found.end())
        figure = _taken(left, found[0], following[1] if following else "")
        if figure is None:
            continue
        if found.start() > at:
            made.append(Piece(text[at : found.start()]))
        made.append(Piece(found[0], figure))
        at = found.end()
    if at < len(text):
        made.append(Piece(text[at:]))
    return tuple(made)


def _plain(number: str) -> str:
    """A count without the 0 that officers write before it: "2" is "02"."""
    return number.lstrip("0") or "0" if number.isdecimal() else number


def _word_after(pieces: Sequence[Piece], n: int) -> str:
    following = _NEXT.match(pieces[n + 1].text) if n + 1 < len(pieces) else None
    return following[1] if following else ""


def _taken(
    left: list[tuple[str, ReportFigure, str]], number: str, following: str
) -> ReportFigure | None:
    alike = [n for n, (text, _f, _w) in enumerate(left) if _plain(text) == _plain(number)]
    if not alike:
        return None
    chosen = next((n for n in alike if left[n][2] == following), alike[0])
    return left.pop(chosen)[1]
