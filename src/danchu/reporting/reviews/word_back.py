"""The working paper come back from Word: its changed sentences, one by one, into the report."""

from __future__ import annotations

from dataclasses import dataclass

from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput
from danchu.core.files.services import check_upload

from .compose import Report, compose
from .editing import composed_text, paragraphs_of
from .edits import edits_of
from .export import render
from .frozen import working_mark
from .notes import notes_of
from .word_changes import LineChange, paper_title, word_changes
from .wording import words


@dataclass(frozen=True, slots=True)
class Takeable:
    """A changed line. It may be taken over as the wording of the paragraph ``place`` or of the
    comment ``note_id``; with neither it is a heading, a table or an added line. ``seen`` and
    ``over`` are what :func:`.editing.write_paragraph` asks for."""

    change: LineChange
    text: str = ""
    place: str = ""
    note_id: int | None = None
    seen: int = 0
    over: str = ""


def changes_in_word(
    *, actor: Actor, code: str, period_code: str, data: bytes, name: str
) -> list[Takeable]:
    """What a DOCX differs in from the paper danchu makes of the report now, in its order.

    Nothing is written and the file is not kept. Needs ``reports.write``. Raises ``BadInput``
    (field "file") for a file that is no DOCX, may not be taken in or is the paper of another unit
    or period.
    """
    report = compose(viewer=actor, code=code, period_code=period_code)
    require(actor, "reports.write", report.unit.id)
    checked = check_upload(data, name, allowed=("docx",))
    _require_of(report, paper_title(checked.data))
    made = render(report, "docx", mark=working_mark(actor, report))
    changes = word_changes(made, checked.data, checked.name)
    return _takeable(actor, report, changes)


def _require_of(report: Report, title: str) -> None:
    """Refuse a paper of danchu that is of another unit or period: all of it would differ."""
    if not title.startswith(f"{words(report.language).report}: "):
        return  # it does not say of whom it is
    if report.period_label in title and title.endswith(f", {report.unit.name}"):
        return
    raise BadInput(
        f"Tệp này là “{title}”, không phải báo cáo {report.period_label} của {report.unit.name}. "
        "Chọn tệp tải từ chính báo cáo này.",
        f"This file is “{title}”, not the report of {report.unit.name} for this period. Choose "
        "the file downloaded from this report.",
        field="file",
        code="another_paper",
    )


def _takeable(actor: Actor, report: Report, changes: list[LineChange]) -> list[Takeable]:
    edits = edits_of(actor, report.unit.id, report.period, report.layout)
    notes = {
        note.note_id: note.row_version for note in notes_of(actor, report.unit.id, report.period)
    }
    places = {
        " ".join(paragraph.text.split()): (place, composed_text(paragraph))
        for place, paragraph in paragraphs_of(report).items()
    }
    items = {
        f"- {item.text}": item.note_id
        for section in report.sections
        for item in section.items
        if item.note_id in notes
    }
    found = []
    for change in changes:
        note_id = items.get(change.before)
        if change.after and change.before in places:
            place, over = places[change.before]
            seen = edits[place].row_version if place in edits else 0
            found.append(Takeable(change, change.after, place=place, seen=seen, over=over))
        elif change.after and note_id is not None:
            words = change.after.removeprefix("- ")
            found.append(Takeable(change, words, note_id=note_id, seen=notes[note_id]))
        else:
            found.append(Takeable(change))
    return found
