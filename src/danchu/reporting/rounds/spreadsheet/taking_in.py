"""A filled spreadsheet looked through and, when a person has seen what it changes, taken in.

The file says what a person changed in it; what nobody touched in it stays as it is on the form,
whatever was typed there meanwhile. A cell changed in both places is shown and left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.documents.forms.sheet_xml import place_of
from danchu.core.documents.marked import Mark, render_marked
from danchu.core.errors import BadInput, Conflict, NotFound, Refusal
from danchu.core.ledger.services import log_action
from danchu.core.units.selectors import unit_at_last
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.selectors import definitions, dictionary_number

from ..entering import Entry, enter_all, lock_form, refusals_of
from ..form import FormLine, FormView, form_of
from ..form_cells import Computed, computed_cells, differs
from ..models import Round
from .cell_values import Given
from .layout import DOES_NOT_APPLY, KEY, NAME, SHEET, WIDTHS
from .reading import Asked, FilledForm, GivenLine, read_form
from .writing import held_value


@dataclass(frozen=True, slots=True)
class InCell:
    """What stands in a cell: state, amount in the smallest unit, reason."""

    state: str
    amount: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that the file changes. ``from_records``: what was typed is taken back, and what the
    accepted half-years or the records come to stands; ``differs``: the new value is another."""

    cell: str
    line: FormLine
    old: InCell
    new: InCell
    from_records: bool
    differs: bool


@dataclass(frozen=True, slots=True)
class Left:
    """A cell changed in the file and on the form since the file was made; the form's stays."""

    cell: str
    line: FormLine
    theirs: InCell
    given: InCell


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the file in would do; it can be taken in without ``faults``.

    ``mark`` stands for all that is shown here: taking in asks for it, so that nothing else is
    written than what was seen.
    """

    changes: tuple[Change, ...]
    left: tuple[Left, ...]
    same: int  # cells of the file that change nothing
    faults: tuple[Mark, ...]
    ignored: tuple[Mark, ...]  # locked cells changed in the file, from which nothing is taken
    read_as: tuple[Mark, ...]  # numbers kept as text in the file, and what was read
    mark: str


def preview_sheet(*, actor: Actor, round_id: int, unit_id: int, data: bytes) -> Preview:
    """Look a filled form through; nothing is written.

    Needs ``reports.write``. Every fault names its cell. Raises ``BadInput`` (field "file") for a
    file that is no form, ``Conflict`` for a form that takes no values, ``NotFound`` for a unit
    that is not asked.
    """
    return _looked_through(actor, round_id, unit_id, data)[0]


def take_in_sheet(*, actor: Actor, round_id: int, unit_id: int, data: bytes, mark: str) -> int:
    """Write what the preview with this ``mark`` showed, all of it or nothing; returns how many
    cells were written.

    The file is read again. Raises what ``preview_sheet`` raises, ``BadInput`` for a file with a
    fault, and ``Conflict`` when the form or the file is no longer what was shown (code
    "looked_otherwise") or all of it stands in the form by now (code "written_already").
    """
    with acting_as(actor):
        lock_form(actor=actor, round_id=round_id, unit_id=unit_id)
        preview, entries = _looked_through(actor, round_id, unit_id, data)
        if preview.faults:
            first = preview.faults[0]
            raise BadInput(
                f"Ô {first.cell}: {first.vi} Chưa ghi ô nào.",
                f"Cell {first.cell}: {first.en} Nothing was written.",
                field="file",
            )
        if preview.mark != mark and not (entries or preview.left):
            raise Conflict(
                "Số trong tệp vừa được ghi hết vào biểu; không còn ô nào để ghi.",
                "All that is in the file has just been written; nothing is left to write.",
                code="written_already",
            )
        if preview.mark != mark:
            raise Conflict(
                "Biểu vừa thay đổi sau khi xem trước. Chưa ghi ô nào; xem lại rồi xác nhận.",
                "The form has changed since the preview. Nothing was written; look again and "
                "confirm.",
                code="looked_otherwise",
            )
        if not entries:
            raise BadInput(
                "Tệp không thay đổi ô nào của biểu.",
                "The file changes nothing in the form.",
                field="file",
            )
        enter_all(actor=actor, round_id=round_id, unit_id=unit_id, entries=entries)
        log_action(
            "form.sheet_taken_in",
            actor=actor,
            data={"round": round_id, "unit": unit_id, "cells": len(entries)},
        )
    return len(entries)


def error_sheet(*, actor: Actor, round_id: int, unit_id: int, data: bytes) -> bytes:
    """What is wrong in the file as an XLSX: the sheet that was sent with its wrong cells marked.

    Nothing is written. Needs ``reports.write``; raises ``BadInput`` for a file that has no fault.
    """
    filled: FilledForm | None = None
    require(actor, "reports.write", unit_id)
    try:
        read = _read(actor, round_id, unit_id, data)
        filled = read.filled
        faults = _compared(actor, read)[0].faults
    except BadInput as refusal:
        faults = (Mark("", refusal.vi, refusal.en),)
    if not faults:
        raise BadInput("Tệp không có lỗi.", "The file has no fault.", field="file")
    rows = filled.sheet.rows if filled else ()
    return render_marked(
        SHEET,
        [[cell.value for cell in row] for row in rows],
        faults,
        title="Lỗi trong biểu đã gửi",
        sentence="Chưa ghi ô nào. Sửa trong tệp biểu đã điền rồi đưa lên lại; bảng này chỉ để xem.",
        widths={place: 0 if place == KEY else width for place, width in enumerate(WIDTHS, 1)},
        about=NAME,
    )


def _looked_through(
    actor: Actor, round_id: int, unit_id: int, data: bytes
) -> tuple[Preview, list[Entry]]:
    return _compared(actor, _read(actor, round_id, unit_id, data))


@dataclass(frozen=True, slots=True)
class _Read:
    """The form as it stands, and the file as read."""

    unit_id: int
    period_id: int
    form: FormView
    filled: FilledForm


def _read(actor: Actor, round_id: int, unit_id: int, data: bytes) -> _Read:
    require(actor, "reports.write", unit_id)
    form = form_of(actor, round_id, unit_id)
    if form is None:
        raise NotFound(
            "Đơn vị không thuộc diện báo cáo của đợt này.",
            "The unit is not expected in this round.",
        )
    refusals_of(actor=actor, round_id=round_id, unit_id=unit_id, entries=())
    asked = Round.objects.select_related("period").get(pk=round_id)
    codes = Asked(
        unit_at_last(unit_id, asked.period.end).code,
        asked.period.code,
        str(asked.public_id),
        dictionary_number(),
    )
    return _Read(unit_id, asked.period_id, form, read_form(data, codes, definitions()))


def _compared(actor: Actor, read: _Read) -> tuple[Preview, list[Entry]]:
    """The file against the form: what it changes, what it leaves, and all that is wrong in it."""
    form, filled = read.form, read.filled
    lines = {line.key: line for line in form.lines}
    faults = list(filled.faults)
    wanted: list[tuple[GivenLine, FormLine, Entry]] = []
    left: list[Left] = []
    for given in filled.lines:
        line = lines.get(given.key)
        if not given.is_touched:
            continue
        if line is None or not line.entered:
            faults.append(
                Mark(
                    given.cell,
                    "Biểu không còn hỏi chỉ tiêu này. Xóa số và lý do trong dòng.",
                    "The form no longer asks for this indicator. Clear its number and reason.",
                )
            )
        elif (_given(held_value(line)), line.reason) == (given.value, given.reason):
            continue
        elif line.row_version != given.row_version:
            left.append(Left(given.cell, line, _standing(line), _meant(given, line)))
        else:
            wanted.append((given, line, _entry(given, line)))
    refused = refusals_of(
        actor=actor,
        round_id=form.round_id,
        unit_id=read.unit_id,
        entries=[entry for _given, _line, entry in wanted],
    )
    for given, _line, entry in wanted:
        refusal = refused.get(entry.indicator)
        if refusal is not None:
            faults.append(_fault(given, refusal))
    cells = computed_cells(read.unit_id, read.period_id)
    changes = tuple(
        _change(given, line, entry, cells.get(given.key)) for given, line, entry in wanted
    )
    if faults:
        wrong = tuple(sorted(faults, key=_by_place))
        return Preview((), (), 0, wrong, filled.ignored, filled.read_as, ""), []
    preview = Preview(
        changes=changes,
        left=tuple(left),
        same=len(filled.lines) - len(changes) - len(left),
        faults=(),
        ignored=filled.ignored,
        read_as=filled.read_as,
        mark=_mark(changes, left),
    )
    return preview, [entry for _given, _line, entry in wanted]


def _by_place(mark: Mark) -> tuple[int, int]:
    return place_of(mark.cell) if mark.cell else (0, 0)


def _fault(given: GivenLine, refusal: Refusal) -> Mark:
    cell = given.reason_cell if refusal.field == "reason" else given.cell
    return Mark(cell, refusal.vi, refusal.en)


def _given(value: object) -> Given:
    return Decimal(value) if isinstance(value, int | Decimal) else str(value) if value else None


def _entry(given: GivenLine, line: FormLine) -> Entry:
    """What the line asks to be entered; the same as if it were typed on the page."""
    key, version = given.key, line.row_version
    if isinstance(given.value, Decimal):
        amount = int(given.value * line.meaning.scale)
        return Entry(key, version, amount=amount, reason=given.reason)
    if given.value == DOES_NOT_APPLY:
        return Entry(key, version, state=CellState.NOT_APPLICABLE, reason=given.reason)
    if given.reason and not line.given:
        return Entry(key, version, state=CellState.MISSING, reason=given.reason)
    return Entry(key, version, clears=True)


def _standing(line: FormLine) -> InCell:
    return InCell(line.state, line.amount, line.reason)


def _meant(given: GivenLine, line: FormLine) -> InCell:
    entry = _entry(given, line)
    if entry.amount is not None:
        state = CellState.REPORTED if entry.amount else CellState.ZERO
        return InCell(state, entry.amount, entry.reason)
    return InCell(entry.state or CellState.MISSING, None, entry.reason)


def _change(given: GivenLine, line: FormLine, entry: Entry, cell: Computed | None) -> Change:
    new = _meant(given, line)
    return Change(
        cell=given.cell,
        line=line,
        old=_standing(line),
        new=new,
        from_records=entry.clears and line.given,
        differs=not entry.clears and differs(new.state, new.amount, cell, line.halves),
    )


def _mark(changes: Sequence[Change], left: Sequence[Left]) -> str:
    seen = [
        (
            c.line.key,
            c.line.row_version,
            c.old,
            c.new,
            c.from_records,
            c.differs,
            c.line.recorded,
            c.line.halves,
        )
        for c in changes
    ] + [(c.line.key, c.line.row_version, c.theirs, c.given) for c in left]
    return hashlib.sha256(repr(seen).encode()).hexdigest()
