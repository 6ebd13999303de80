"""What all figures of one report rest on, and the words that say so in its opening."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.core.units.selectors import UnitOnDay, units_by_ids
from danchu.reporting.figures import structure
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text
from danchu.reporting.figures.models import Cell, CellState, Layer
from danchu.reporting.figures.selectors import definitions, values_of
from danchu.reporting.rounds.selectors import ReporterLine, RoundView

from .figures import ReportFigure

_KINDS = {
    "xã": "communes",
    "phường": "wards",
    "thị trấn": "townships",
    "đặc khu": "special zones",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """Where every figure of a report comes from (the rule is in :mod:`.figures`).

    ``rests_on``: versions handed in, records, or a published report. ``known`` of ``asked``
    units below gave figures, ``handed_in`` of them in a version that stands; ``asked`` is 0
    where no round was opened. ``from_texts``: a published report fills gaps of the records.
    ``unchecked`` of the versions counted nobody has accepted yet; ``returned`` are not counted.
    """

    rests_on: Literal["versions", "records", "published"]
    known: int
    asked: int
    handed_in: int
    kinds: tuple[str, ...]
    from_texts: bool
    unchecked: int = 0
    returned: int = 0


def ground_of(
    figures: Iterable[ReportFigure], found: RoundView | None, known: Collection[int]
) -> Ground:
    """The ground of these figures. ``known``: the units below that have any figure."""
    layers = {figure.layer for figure in figures if figure.has_value}
    asked = [line for line in found.reporters if line.state != "excused"] if found else []
    handed_in = len(found.standing) if found else 0
    rests_on: Literal["versions", "records", "published"] = "records"
    if handed_in:
        rests_on = "versions"
    elif layers == {Layer.STATED}:
        rests_on = "published"
    return Ground(
        rests_on=rests_on,
        known=sum(line.unit_id in known for line in asked),
        asked=len(asked),
        handed_in=handed_in,
        kinds=_kinds(asked),
        from_texts=rests_on == "records" and Layer.STATED in layers,
        unchecked=sum(line.state == "submitted" for line in asked),
        returned=sum(line.state == "returned" for line in asked),
    )


def _kinds(lines: Iterable[ReporterLine]) -> tuple[str, ...]:
    there = {line.kind for line in lines}
    return (*(kind for kind in _KINDS if kind in there), *sorted(there - set(_KINDS)))


def kinds_text(ground: Ground, language: str) -> str:
    """The kinds of the units asked: "xã, phường", "communes and wards"."""
    if language != "en":
        return ", ".join(ground.kinds)
    *first, last = [_KINDS.get(kind, kind) for kind in ground.kinds]
    return f"{', '.join(first)} and {last}" if first else last


def opening_words(ground: Ground, unit: UnitOnDay, annex: str, language: str) -> str:
    """The clause that begins the report: on the figures of whom it stands; "" for its own.

    ``annex`` is where the units without figures are named, "" when there are none.
    """
    english = language == "en"
    if ground.rests_on == "published":
        return "From figures of a published report" if english else "Theo báo cáo đã công bố"
    if not ground.asked:
        if unit.level in ("nation", "province", "district"):
            if english:
                return f"From the records of {unit.name} and of the units below it"
            return f"Trên cơ sở hồ sơ công việc của {unit.name} và các đơn vị trực thuộc"
        if ground.from_texts:
            if english:
                return "From its records and from published reports"
            return "Trên cơ sở hồ sơ công việc và báo cáo đã công bố"
        return ""
    kinds = kinds_text(ground, language)
    if ground.rests_on == "records":
        seen = f" ({annex})" if annex else ""
    if english:
        named = f" (those that have not handed in are named in {annex})" if annex else ""
        if ground.rests_on == "versions":
            unchecked = f", {ground.unchecked} of them not checked yet" if ground.unchecked else ""
            return f"From the figures of {ground.known} of {ground.asked} {kinds}{named}{unchecked}"
        why = "none of which has handed in its figures yet"
        if ground.returned:
            why = "as what was handed in was returned for correction"
        if 0 < ground.returned < ground.asked:
            why = (
                f"as {ground.returned} had their figures returned for correction and "
                f"{ground.asked - ground.returned} have not handed in"
            )
        return f"From the records of {ground.known} of {ground.asked} {kinds}, {why}{seen}"
    named = f" (danh sách đơn vị chưa nộp số liệu tại {annex})" if annex else ""
    if ground.rests_on == "versions":
        unchecked = (
            f", trong đó {ground.unchecked:02d} đơn vị chưa được kiểm tra"
            if ground.unchecked
            else ""
        )
        return f"Trên cơ sở số liệu của {ground.known}/{ground.asked} {kinds}{named}{unchecked}"
    why = "do chưa đơn vị nào nộp số liệu"
    if ground.returned:
        why = "do số liệu đã nộp được trả lại để chỉnh sửa, chưa nộp lại"
    if 0 < ground.returned < ground.asked:
        why = (
            f"do {ground.returned:02d} đơn vị được trả lại số liệu để chỉnh sửa và "
            f"{ground.asked - ground.returned:02d} đơn vị chưa nộp"
        )
    return f"Trên cơ sở hồ sơ công việc của {ground.known}/{ground.asked} {kinds}, {why}{seen}"


def annex_words(ground: Ground, language: str) -> str:
    """The sentence over the list of units that have not handed in."""
    kinds = kinds_text(ground, language)
    english = language == "en"
    if ground.rests_on == "versions":
        if english:
            return (
                f"{ground.handed_in} of {ground.asked} {kinds} have handed in. Every figure of "
                "this report is the sum of what they handed in; nothing was added for the others."
            )
        return (
            f"Đã có {ground.handed_in}/{ground.asked} {kinds} nộp số liệu. Số liệu trong báo cáo "
            "là tổng số liệu các đơn vị này đã nộp; đơn vị chưa nộp không được tính thay."
        )
    rest = ground.asked - ground.returned
    if ground.returned:
        if english:
            others = f" {rest} have not handed in." if rest else ""
            return (
                f"What {ground.returned} of {ground.asked} {kinds} handed in was returned and not "
                f"handed in again.{others} The figures of this report are computed from the "
                f"records of {ground.known} of them until a version stands."
            )
        others = f"; {rest:02d} đơn vị chưa nộp" if rest else ""
        return (
            f"{ground.returned:02d}/{ground.asked} {kinds} đã nộp, được trả lại để chỉnh sửa, chưa "
            f"nộp lại{others}. Số liệu trong báo cáo tạm tính từ hồ sơ công việc của "
            f"{ground.known} đơn vị."
        )
    if english:
        return (
            f"None of the {ground.asked} {kinds} has handed in yet. The figures of this report "
            f"are computed from the records of {ground.known} of them until the first one does."
        )
    return (
        f"Chưa có đơn vị nào trong {ground.asked} {kinds} nộp số liệu. Số liệu trong báo cáo tạm "
        f"tính từ hồ sơ công việc của {ground.known} đơn vị, cho đến khi có đơn vị nộp."
    )


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A number that the unit or one of its offices recorded, beside what communes handed in."""

    unit: str
    meaning: Definition
    amount: int
    text: str


def own_lines(viewer: Actor, unit: UnitOnDay, found: RoundView, period: Period) -> list[OwnLine]:
    """What the unit and those below it that the round did not ask recorded themselves."""
    asked = {line.unit_id for line in found.reporters}
    others = [child for child in structure.children(period, unit.id) if child not in asked]
    cells = values_of(viewer, [unit.id, *others], period, reach=Cell.Reach.OWN)
    found_values = [
        (unit_id, meaning, value.amount)
        for unit_id in (unit.id, *others)
        for key, meaning in definitions().items()
        if (value := cells[unit_id].get((Layer.RECORDED, key, ""))) is not None
        and value.state == CellState.REPORTED
        and value.amount is not None
    ]
    names = units_by_ids({unit_id for unit_id, _, _ in found_values} - {unit.id}, period.end)
    return [
        OwnLine(
            unit.name if unit_id == unit.id else names[unit_id].name,
            meaning,
            amount,
            amount_text(meaning, amount),
        )
        for unit_id, meaning, amount in found_values
        if unit_id == unit.id or unit_id in names
    ]
