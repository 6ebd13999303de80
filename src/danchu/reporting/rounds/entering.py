"""Filling the form of a round, cell by cell, before it is handed in.

What is typed is a draft: it is not in the ledger (DESIGN decision 12), the version that is
handed in is. Two officers fill the same form; who comes second is shown the other's value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from danchu.core.acting import acting_as
from danchu.core.clock import now
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound, Refusal
from danchu.core.records.inputs import clean_choice, clean_line
from danchu.reporting.figures.begun import require_begun
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.selectors import definitions, indicator_ids
from danchu.reporting.figures.services import wholes_of

from .accepted_halves import halves_of
from .amounts import MOST, read_amount
from .dates import require_unlocked
from .form_cells import (
    Standing,
    computed_cells,
    differs,
    is_entered,
    lines_of,
    stands,
    typed_values,
)
from .models import ExpectedReporter, FormValue, Submission


class CellTaken(Conflict):
    """Somebody else changed the cell meanwhile; ``theirs`` is what stands in it now."""

    def __init__(self, theirs: FormValue) -> None:
        super().__init__(
            "Ô này vừa được người khác sửa. Số của người ấy và số vừa gõ đều còn; chọn một số.",
            "Somebody else has just changed this cell. Their value and yours are both kept; "
            "choose one.",
            code="cell_taken",
        )
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person puts into one cell; the fields are those of ``enter_value``.

    ``clears``: what was typed is taken back instead, and the computed value holds again.
    """

    indicator: str
    row_version: int
    text: str = ""
    amount: int | None = None
    state: str = ""
    reason: str = ""
    clears: bool = False


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to stand in a cell, checked as far as it needs no look at the form."""

    key: str
    state: str  # "" takes back what was typed
    amount: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Place:
    """The form that is filled, and what stands in it.

    ``typed`` holds rows that were cleared too, also of indicators that are no line any more.
    """

    round_id: int
    unit_id: int
    lines: dict[str, Standing]
    typed: dict[str, FormValue]


def enter_value(
    *,
    actor: Actor,
    round_id: int,
    unit_id: int,
    indicator: str,
    row_version: int,
    text: str = "",
    amount: int | None = None,
    state: str = "",
    reason: str = "",
) -> FormValue:
    """Put a value into one cell of the form: a number, or one of the other states.

    The number is ``text`` as typed, or ``amount`` in the smallest unit; 0 is a confirmed zero.
    Without a number ``state`` says zero, not applicable (with the reason) or missing.
    ``row_version``: what the person saw, 0 for a cell nobody had typed into. Needs
    ``reports.write``. Raises ``CellTaken`` when somebody else changed the cell meanwhile,
    ``Conflict`` when the round is closed or the last version accepted, ``NotFound`` when the
    unit is not asked, ``BadInput`` for an indicator that is not asked or computed only, for no
    number, and for a value that differs from the records without a reason.
    """
    entry = Entry(indicator, row_version, text, amount, state, reason)
    return enter_all(actor=actor, round_id=round_id, unit_id=unit_id, entries=[entry])[0]


def clear_value(
    *, actor: Actor, round_id: int, unit_id: int, indicator: str, row_version: int
) -> FormValue:
    """Take back what was typed into a cell: the computed value holds again.

    Needs ``reports.write``. Raises like ``enter_value``.
    """
    entry = Entry(indicator, row_version, clears=True)
    return enter_all(actor=actor, round_id=round_id, unit_id=unit_id, entries=[entry])[0]


def enter_all(
    *, actor: Actor, round_id: int, unit_id: int, entries: Sequence[Entry]
) -> list[FormValue]:
    """Put values into several cells by the rules of ``enter_value``: all of them or none.

    Needs ``reports.write``. Raises the first refusal that ``enter_value`` or ``clear_value``
    would raise.
    """
    wanted = [_wanted(entry) for entry in entries]
    with acting_as(actor):
        place = _locked(actor, round_id, unit_id)
        for each in wanted:
            _require_taken(place, each)
        return [
            _written(actor, place, entry.row_version, each)
            for entry, each in zip(entries, wanted, strict=True)
        ]


def refusals_of(
    *, actor: Actor, round_id: int, unit_id: int, entries: Sequence[Entry]
) -> dict[str, Refusal]:
    """key -> why the cell would not be taken; nothing is written.

    A value that somebody else typed meanwhile is not looked for. Needs ``reports.write``.
    Raises ``Conflict`` and ``NotFound`` like ``enter_value``.
    """
    place = _place(actor, round_id, unit_id, ExpectedReporter.objects.all())
    found: dict[str, Refusal] = {}
    for entry in entries:
        try:
            _require_taken(place, _wanted(entry))
        except Refusal as refusal:
            found[entry.indicator] = refusal
    return found


def lock_form(*, actor: Actor, round_id: int, unit_id: int) -> None:
    """Hold the form until the end of the transaction: nobody types into it, hands it in or closes
    its round. Needs ``reports.write``; raises ``Conflict`` and ``NotFound`` like ``enter_value``.
    """
    _locked(actor, round_id, unit_id)


def enter_zeros(*, actor: Actor, round_id: int, unit_id: int, keys: Sequence[str]) -> int:
    """Confirm by name that there was nothing; returns how many cells were filled.

    All or none. Raises ``Conflict`` naming the cell that got a value meanwhile, ``BadInput``
    for a whole of which a part has a value, and like ``enter_value``.
    """
    if not keys:
        raise BadInput(
            "Chọn ít nhất một chỉ tiêu để xác nhận bằng 0.",
            "Choose at least one indicator to confirm as nought.",
            field="keys",
        )
    for key in keys:
        _asked_meaning(key)
    with acting_as(actor):
        place = _locked(actor, round_id, unit_id)
        for key in keys:
            if key not in place.lines:
                raise _not_asked(key)
        filled = {
            key: line.state for key, line in place.lines.items() if line.state != CellState.MISSING
        }
        for key in dict.fromkeys(keys):
            meaning = definitions()[key]
            if key in filled:
                raise Conflict(
                    f"“{meaning.name_vi}” vừa có số liệu. Chưa xác nhận ô nào; xem lại rồi chọn.",
                    f"“{meaning.name_en}” has just got a value. Nothing was confirmed; look again.",
                )
        partly = wholes_of(key for key, state in filled.items() if state == CellState.REPORTED)
        for key in keys:
            if key in partly:
                meaning = definitions()[key]
                raise BadInput(
                    f"“{meaning.name_vi}” không thể bằng 0: một phần của chỉ tiêu này đã có "
                    "số liệu.",
                    f"“{meaning.name_en}” cannot be nought: a part of it has a value.",
                    field="keys",
                )
        for key in dict.fromkeys(keys):
            row = place.typed.get(key)
            version = row.row_version if row else 0
            _written(actor, place, version, _Wanted(key, CellState.ZERO, 0, ""))
    return len(set(keys))


def _asked_meaning(key: str) -> Definition:
    meaning = definitions().get(key)
    if meaning is None or not is_entered(meaning):
        raise _not_asked(key)
    return meaning


def _not_asked(key: str) -> BadInput:
    return BadInput(
        f"Biểu này không nhập chỉ tiêu {key[:60]}.",
        f"Indicator {key[:60]} is not entered in this form.",
        field="indicator",
    )


def _value(
    meaning: Definition, text: str, amount: int | None, state: str
) -> tuple[str, int | None]:
    """State and amount of what was given; a number makes its own state."""
    if state:
        clean_choice(state, CellState.values, "state", "tình trạng của số liệu", "state")
    if state in (CellState.NOT_APPLICABLE, CellState.MISSING):
        if text.strip() or amount is not None:
            raise BadInput(
                "Ô không áp dụng hoặc chưa báo cáo thì không ghi số.",
                "A cell that does not apply or is not reported holds no number.",
                field="amount",
            )
        return state, None
    if amount is None:
        amount = 0 if state == CellState.ZERO and not text.strip() else read_amount(meaning, text)
    if type(amount) is not int or not 0 <= amount <= MOST:
        raise BadInput(
            "Ghi số từ 0 trở lên, nhiều nhất một triệu tỷ.",
            "Write a number from 0 to a thousand million million.",
            field="amount",
        )
    if state == CellState.ZERO and amount:
        raise BadInput(
            "Đã xác nhận bằng 0 thì không ghi số khác.",
            "A confirmed nought holds no other number.",
            field="amount",
        )
    return (CellState.REPORTED if amount else CellState.ZERO), amount


def _wanted(entry: Entry) -> _Wanted:
    meaning = _asked_meaning(entry.indicator)
    if entry.clears:
        return _Wanted(meaning.key, "", None, "")
    state, amount = _value(meaning, entry.text, entry.amount, entry.state)
    why = clean_line(
        entry.reason,
        "reason",
        "lý do",
        "reason",
        limit=300,
        required=state == CellState.NOT_APPLICABLE,
    )
    return _Wanted(meaning.key, state, amount, why)


def _require_taken(place: _Place, wanted: _Wanted) -> None:
    """Raise ``BadInput`` for a cell that is not asked, or a difference that nothing explains."""
    key, line = wanted.key, place.lines.get(wanted.key)
    if line is None and not (wanted.state == "" and key in place.typed):
        raise _not_asked(key)
    if line is None or not wanted.state or wanted.reason:
        return
    if not differs(wanted.state, wanted.amount, line.cell, line.halves):
        return
    if stands(line.halves):
        raise BadInput(
            "Số này khác số từ hai kỳ 6 tháng đã tiếp nhận. Ghi lý do, hoặc để trống ô để lấy số "
            "đã tiếp nhận.",
            "This differs from the half-years accepted. Say why, or leave the cell empty to take "
            "the accepted figure.",
            code="reason_needed",
            field="reason",
        )
    raise BadInput(
        "Số này khác số theo hồ sơ. Ghi lý do, hoặc để trống ô để lấy số theo hồ sơ.",
        "This differs from the records. Say why, or leave the cell empty to take theirs.",
        code="reason_needed",
        field="reason",
    )


def _locked(actor: Actor, round_id: int, unit_id: int) -> _Place:
    """The form under the lock that handing in, deciding and closing take as well."""
    rows = ExpectedReporter.objects.select_for_update(of=("self",))
    return _place(actor, round_id, unit_id, rows)


def _place(
    actor: Actor, round_id: int, unit_id: int, reporters: QuerySet[ExpectedReporter]
) -> _Place:
    require(actor, "reports.write", unit_id)
    line = (
        reporters.select_related("round__period").filter(round_id=round_id, unit_id=unit_id).first()
    )
    if line is None or line.excused:
        raise NotFound(
            "Đơn vị không thuộc diện báo cáo của đợt này.",
            "The unit is not expected in this round.",
        )
    if line.round.closed_at is not None:
        raise Conflict(
            "Đợt báo cáo đã đóng; biểu không nhận thêm số liệu.",
            "The round is closed; the form takes no more values.",
        )
    require_begun(line.round.period.start)
    require_unlocked(line.round.locks_on)
    last = Submission.objects.filter(round_id=round_id, unit_id=unit_id).order_by("-number").first()
    if last is not None and last.state == Submission.State.ACCEPTED:
        raise Conflict(
            "Bản đã nộp được nhận rồi. Đề nghị cấp trên trả lại nếu cần sửa số liệu.",
            "The version handed in was accepted. Ask for its return to change figures.",
        )
    typed = typed_values(round_id, unit_id)
    period = line.round.period
    halves = halves_of(unit_id, period)
    lines = lines_of(computed_cells(unit_id, period.pk), typed, halves)
    return _Place(round_id, unit_id, {each.key: each for each in lines}, typed)


def _written(
    actor: Actor,
    place: _Place,
    row_version: int,
    wanted: _Wanted,
) -> FormValue:
    key, state, amount, reason = wanted.key, wanted.state, wanted.amount, wanted.reason
    row = place.typed.get(key)
    if row is None:
        row = FormValue(
            round_id=place.round_id, unit_id=place.unit_id, indicator_id=indicator_ids()[key]
        )
    if (row.state, row.amount, row.reason) == (state, amount, reason):
        return row  # sent twice, or two typed the same: nothing to choose between
    if row.row_version != row_version:
        raise CellTaken(row)
    row.state, row.amount, row.reason = state, amount, reason
    row.row_version += 1
    row.changed_by_id, row.changed_at = actor.actor_id, now()
    row.save()
    return row
