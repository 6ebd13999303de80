"""Corrections as material to train the reader with, in the form of the rules of annotation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from danchu.core.contracts import Actor
from danchu.core.units.selectors import names_ever_borne
from danchu.reporting.figures.selectors import definitions

from ..extraction.bare_names import bare_names
from ..extraction.model import number_json
from ..extraction.people import read_persons
from ..extraction.segments import Document, segment
from ..models import Correction

_UPPER = "A-ZÀ-ỸĐ"
_ADDRESSED = re.compile(
    r"(?i:(?<!\w)(?:ông|bà|anh|chị|cô|chú|bác|đồng chí|đ/c|công dân))[ .:]+"
    rf"(?P<name>[{_UPPER}]\w*(?: [{_UPPER}]\w*)*)"
)
_NUMBERS = re.compile(r"(?<!\d)(?:0\d{2,3}[ .]?\d{3}[ .]?\d{3,4}|\d{12})(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def correction_lines(viewer: Actor) -> Iterator[dict[str, Any]]:
    """Every standing correction of reports the viewer may decide on, oldest first.

    ``indicators`` is what the sentence states (none where the reading was rejected), with the
    keys of the annotated texts; ``read`` what was read there and by which rule of the reader (None
    where it was not kept), or None where nothing was read. Places count
    the code points of the whole text; the sentence stands at ``sentence_start``. Names of persons,
    with a title or without, telephone and identity numbers are crossed out, length for length;
    names of units and of what is named after persons stay. Who decided is not
    told.
    """
    rows = (
        Correction.objects.filter(withdrawn_at=None, document__record__state="recorded")
        .select_related("document__record", "document__period", "figure")
        .order_by("document_id", "pk")
    )
    text: _Text | None = None
    places = names_ever_borne()
    for row in rows.iterator(chunk_size=200):
        if not viewer.may("readings.decide", row.document.record.unit_id):
            continue
        if text is None or text.pk != row.document_id:
            text = _Text.of(row.document_id, row.document.text, places)
        yield _line(row, text)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in sentences, with the names that its sentences are shown without."""

    pk: int
    document: Document
    names: tuple[str, ...]
    places: Collection[str]

    @classmethod
    def of(cls, pk: int, text: str, places: Collection[str]) -> _Text:
        document = segment(text)
        names = tuple(person.name for person in read_persons(document))
        return cls(pk, document, names, places)

    def sentence(self, start: int, end: int) -> tuple[str, int]:
        """The sentences from ``start`` to ``end`` without names, and where they begin."""
        first, last = (
            self.document.sentence_at(start),
            self.document.sentence_at(max(start, end - 1)),
        )
        begin, stop = min(first.start, start), max(last.end, end)
        return self.without_persons(self.document.text[begin:stop]), begin

    def without_persons(self, words: str) -> str:
        """The words with what tells a person crossed out, length for length."""
        for name in self.names:
            words = words.replace(name, "X" * len(name))
        for pattern in (_ADDRESSED, _NUMBERS, _MAIL):
            words = pattern.sub(_crossed_out, words)
        for start, end in list(bare_names(words, self.places)):
            words = f"{words[:start]}{'X' * (end - start)}{words[end:]}"
        return words


def _crossed_out(found: re.Match[str]) -> str:
    if "name" not in found.groupdict():
        return "X" * len(found[0])
    return found[0][: -len(found["name"])] + "X" * len(found["name"])


def _line(row: Correction, text: _Text) -> dict[str, Any]:
    starts = [row.start] if row.read_start is None else [row.start, row.read_start]
    ends = [row.end] if row.read_end is None else [row.end, row.read_end]
    sentence, begin = text.sentence(min(starts), max(ends))
    stated = [
        {
            **_figure(row.key, row.amount),
            "surface": sentence[row.start - begin : row.end - begin],
            "char_start": row.start,
            "char_end": row.end,
            "approx": row.figure.approx,
            "scope": text.without_persons(row.scope) or None,
        }
    ]
    read = {
        **_figure(row.read_key, row.read_amount),
        "surface": (
            sentence[row.read_start - begin : row.read_end - begin]
            if row.read_start is not None and row.read_end is not None
            else None
        ),
        "char_start": row.read_start,
        "char_end": row.read_end,
        "scope": text.without_persons(row.read_scope) or None,
        "confidence": row.confidence / 1000,
        "rule": row.rule or None,
        "reader_version": row.reader_version,
    }
    period = row.document.period
    return {
        "id": str(row.document.record.public_id),
        "doc_kind": row.document.doc_kind,
        "period": (
            {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else None
        ),
        "decision": row.kind,
        "sentence": sentence,
        "sentence_start": begin,
        "indicators": stated if row.key else [],
        "read": read if row.read_key else None,
    }


def _figure(key: str, amount: int | None) -> dict[str, Any]:
    meaning = definitions().get(key)
    if meaning is None or amount is None:
        return {"key": key, "value": None, "unit": None}
    value = Fraction(amount, meaning.scale)
    return {"key": key, "value": number_json(value), "unit": meaning.unit}
