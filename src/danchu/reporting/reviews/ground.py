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


def data_words(
    ground: Ground, unit: UnitOnDay, annex: str, whole: tuple[int, int] | None, language: str
) -> str:
    """The sentence after the opening: on the figures of whom the report stands; "" for its own.

    ``annex`` is where the units without figures are named, "" when there are none. ``whole``: of
    how many units the figures are that carry no number of their own.
    """
    english = language == "en"
    if ground.rests_on == "published":
        return (
            "The figures are those of what was published."
            if english
            else "Số liệu lấy từ nội dung đã công bố."
        )
    if not ground.asked:
        return _own_words(ground, unit, whole, english=english)
    kinds = kinds_text(ground, language)
    of_them = f"{ground.known} of {ground.asked}" if english else _of(ground.known, ground.asked)
    if ground.rests_on == "versions":
        if english:
            unchecked = f", {ground.unchecked} of them not checked yet" if ground.unchecked else ""
            named = f"; those that have not are named in {annex}" if annex else ""
            return f"The figures are those of {of_them} {kinds} that handed in{unchecked}{named}."
        unchecked = (
            f", trong đó {ground.unchecked:02d} đơn vị chưa được kiểm tra"
            if ground.unchecked
            else ""
        )
        named = f"; danh sách đơn vị chưa nộp tại {annex}" if annex else ""
        return f"Số liệu tổng hợp từ {of_them} {kinds} đã nộp{unchecked}{named}."
    seen = f" ({annex})" if annex else ""
    why = _why_from_records(ground, english=english)
    if english:
        return f"The figures are from the records of {of_them} {kinds}, {why}{seen}."
    return f"Số liệu tạm tính từ hồ sơ công việc của {of_them} {kinds}, {why}{seen}."


def _of(n: int, of: int) -> str:
    """Numbers under ten with a 0, as running text has them: "01/02"."""
    return f"{n:02d}/{of:02d}"


def _own_words(
    ground: Ground, unit: UnitOnDay, whole: tuple[int, int] | None, *, english: bool
) -> str:
    if unit.level in ("nation", "province", "district"):
        n, of = whole or (0, 0)
        if english:
            told = f"; unless told otherwise a figure is of {n} of {of} units" if n < of else ""
            return f"The figures are from the records of {unit.name} and the units below it{told}."
        told = f"; trừ chỗ nêu riêng, mỗi số liệu là của {_of(n, of)} đơn vị" if n < of else ""
        return f"Số liệu tính từ hồ sơ công việc của {unit.name} và các đơn vị trực thuộc{told}."
    if ground.from_texts:
        if english:
            return "The figures are from its records and from what was published."
        return "Số liệu tính từ hồ sơ công việc và nội dung đã công bố."
    return ""


def _why_from_records(ground: Ground, *, english: bool) -> str:
    some = 0 < ground.returned < ground.asked
    rest = ground.asked - ground.returned
    if english:
        if some:
            return (
                f"as {ground.returned} had their figures returned for correction and "
                f"{rest} have not handed in"
            )
        if ground.returned:
            return "as what was handed in was returned for correction"
        return "none of which has handed in its figures yet"
    if some:
        return (
            f"do {ground.returned:02d} đơn vị được trả lại số liệu để chỉnh sửa và "
            f"{rest:02d} đơn vị chưa nộp"
        )
    if ground.returned:
        return "do số liệu đã nộp được trả lại để chỉnh sửa, chưa nộp lại"
    return "do chưa đơn vị nào nộp số liệu"


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
            f"Đã có {_of(ground.handed_in, ground.asked)} {kinds} nộp số liệu. Số liệu trong báo "
            "cáo là tổng số liệu các đơn vị này đã nộp; đơn vị chưa nộp không được tính thay."
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
            f"{_of(ground.returned, ground.asked)} {kinds} đã nộp, được trả lại để chỉnh sửa, chưa "
            f"nộp lại{others}. Số liệu trong báo cáo tạm tính từ hồ sơ công việc của "
            f"{ground.known:02d} đơn vị."
        )
    if english:
        return (
            f"None of the {ground.asked} {kinds} has handed in yet. The figures of this report "
            f"are computed from the records of {ground.known} of them until the first one does."
        )
    return (
        f"Chưa có đơn vị nào trong {ground.asked:02d} {kinds} nộp số liệu. Số liệu trong báo cáo "
        f"tạm tính từ hồ sơ công việc của {ground.known:02d} đơn vị, cho đến khi có đơn vị nộp."
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
