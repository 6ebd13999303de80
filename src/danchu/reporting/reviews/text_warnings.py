"""What is open in the words of a report: what no longer matches the figures or the round."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from danchu.core.contracts import Actor

from .compose import Report, compose
from .doubts import Doubt, Known, doubts_of, renumbered
from .editing import composed_text, paragraphs_of
from .edits import EditView, edits_of
from .handed_in import falsely_lacking
from .notes import NoteView, notes_of

_PLANS = ("task", "recommendation")


@dataclass(frozen=True, slots=True)
class TextWarning:
    """One thing to look at. ``key`` stays the same while nothing about it changes.

    ``place`` names the paragraph, or ``note_id`` the comment; ``section`` is its heading. Of a
    paragraph over which the figures changed ``old`` and ``new`` are what danchu composed then
    and composes now, and ``proposed`` is the officer's text with the changed numbers, where they
    could be exchanged. ``reason``: what the officer wrote beside the text.
    """

    key: str
    kind: str  # changed | gone | number | handed_in
    vi: str
    en: str
    text: str
    reason: str
    section: str
    place: str = ""
    note_id: int | None = None
    old: str = ""
    new: str = ""
    proposed: str = ""


def text_warnings(viewer: Actor, report: Report) -> list[TextWarning]:
    """Everything open in the words of the report, in its order; for who may read its reports.

    Comments and worded paragraphs are Vietnamese: they are held against the Vietnamese report.
    """
    notes = notes_of(viewer, report.unit.id, report.period)
    edits = edits_of(viewer, report.unit.id, report.period, report.layout)
    if not notes and not edits:
        return []
    if report.language != "vi":
        report = compose(viewer=viewer, code=report.unit.code, period_code=report.period.code)
    known = Known(viewer, report)
    titles = {
        paragraph.place: section.title
        for section in report.sections
        for paragraph in section.paragraphs
    }
    paragraphs = paragraphs_of(report)
    found: list[TextWarning] = []
    for place, paragraph in paragraphs.items():
        if place in edits:
            found += _of_paragraph(
                edits[place], composed_text(paragraph), titles.get(place, ""), known
            )
            found += _of_units(edits[place], report, titles.get(place, ""))
    found += [_gone(edit) for place, edit in edits.items() if place not in paragraphs]
    for note in notes:
        found += _of_note(note, known)
        found += _of_units(note, report, note.kind)
    return found


def _of_units(said: EditView | NoteView, report: Report, section: str) -> Iterator[TextWarning]:
    """Units that the words name as not having handed in and that have."""
    place = said.place if isinstance(said, EditView) else ""
    note_id = said.note_id if isinstance(said, NoteView) else None
    for vi, en in falsely_lacking(said.text, report.round):
        yield TextWarning(
            key=_key("handed_in", place or f"note:{note_id}", said.text, vi),
            kind="handed_in",
            vi=vi,
            en=en,
            text=said.text,
            reason=said.reason,
            section=section,
            place=place,
            note_id=note_id,
        )


def _of_paragraph(
    edit: EditView, composed: str, section: str, known: Known
) -> Iterator[TextWarning]:
    if composed != edit.over:
        yield TextWarning(
            key=_key("changed", edit.place, edit.over, composed, edit.text),
            kind="changed",
            vi="Số liệu đã đổi sau khi sửa câu này: câu hệ thống lập nay khác câu lúc sửa.",
            en="The figures changed after this was edited: the system composes it otherwise now.",
            text=edit.text,
            reason="",
            section=section,
            place=edit.place,
            old=edit.over,
            new=composed,
            proposed=renumbered(edit.text, edit.over, composed) or "",
        )
    for doubt in doubts_of(
        edit.text, known, composed=composed, section=edit.place.partition("/")[0]
    ):
        yield TextWarning(
            key=_number_key(edit.place, doubt),
            kind="number",
            vi=doubt.vi,
            en=doubt.en,
            text=edit.text,
            reason=edit.reason,
            section=section,
            place=edit.place,
        )


def _gone(edit: EditView) -> TextWarning:
    return TextWarning(
        key=_key("gone", edit.place, edit.text),
        kind="gone",
        vi="Câu đã sửa không còn chỗ trong báo cáo: số liệu của đoạn này không còn. Câu không in.",
        en="There is no place for the edited sentence: its figures are gone. It is not printed.",
        text=edit.text,
        reason="",
        section="",
        place=edit.place,
        old=edit.over,
    )


def _of_note(note: NoteView, known: Known) -> Iterator[TextWarning]:
    for doubt in doubts_of(note.text, known, plans=note.kind in _PLANS):
        yield TextWarning(
            key=_number_key(f"note:{note.note_id}", doubt),
            kind="number",
            vi=doubt.vi,
            en=doubt.en,
            text=note.text,
            reason=note.reason,
            section=note.kind,
            note_id=note.note_id,
        )


def _number_key(where: str, doubt: Doubt) -> str:
    return _key("number", where, str(doubt.start), doubt.surface, doubt.known)


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
