"""The dry run of a change of the map: what is wanted, whether it can be, and what it touches."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from fractions import Fraction

from danchu.core.contracts import (
    Actor,
    ChangeKind,
    Heir,
    Touched,
    UnitChange,
    declared_findables,
    declared_followings,
    require,
)
from danchu.core.errors import BadInput, Conflict
from danchu.core.records.inputs import clean_line
from danchu.core.records.models import Record
from danchu.core.units.models import Lineage, Placement, UnitState
from danchu.core.units.selectors import UnitOnDay, units_by_ids
from danchu.core.units.selectors.states import printed

from . import structure
from .allowed import require_changeable
from .doubts import Doubt, doubts_of

MOST_UNITS = 50  # that change in one act
MOST_TOLD = 5  # records that stand in the way of a day
# What is handed in or reported later speaks of the days before; it stays, and the plan says so.
_OF_THE_SYSTEM = ("submission", "report")


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that begins with the change.

    ``code``: its own part of it where it is registered here (a village, a workplace), the whole
    code of a commune: five digits of the official list, or with a letter for an invented one.
    """

    name: str
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change as a person asks for it.

    ``units`` change on the day ``on``. ``into``: what they become, units or new ones; the first
    takes over what is open. A unit named there too goes on. ``shares`` says for a split how
    much of the unit each part is, None where it is not known. ``parent_id``: the new unit above
    (move). ``name`` and ``unit_kind``: of a renamed unit. ``basis``: the legal document.
    ``goes``: for a split, pairs of a unit below and the number of the part it goes to.

    A commune of the official map whose territory changes becomes another unit, even where name
    and code stay, for that is how the releases of the map tell it: there every one of ``into``
    is new.
    """

    kind: ChangeKind
    units: tuple[int, ...]
    on: dt.date
    basis: str
    into: tuple[int | NewUnit, ...] = ()
    shares: tuple[Fraction | None, ...] = ()
    parent_id: int | None = None
    name: str = ""
    unit_kind: str = ""
    goes: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A dry run. ``fingerprint`` changes when anything in it does.

    ``doubts``: what the person should look at twice; whoever confirms has been shown them.
    """

    wanted: Wanted
    change: UnitChange
    parents: dict[int, int]  # each unit that changes -> the unit above until then
    touched: tuple[Touched, ...]
    doubts: tuple[Doubt, ...]
    fingerprint: str


def plan_map_change(*, viewer: Actor, wanted: Wanted) -> Plan:
    """What the change would touch; nothing is written.

    The day may lie ahead. Raises ``NotAllowed`` without "units.change" over the units above
    those that change, ``BadInput`` for a change that is none, ``Conflict`` when something is
    known of these units from that day on, for it would lose its unit.
    """
    basis = clean_line(wanted.basis, "basis", "căn cứ pháp lý", "legal document", limit=300)
    units = _units(viewer, wanted)
    _shape(wanted, units)
    change = _change(wanted, basis, units)
    require_changeable(wanted, units)
    _nothing_known_later(change)
    parents = {unit.id: unit.parent_id for unit in units.values() if unit.parent_id is not None}
    touched = [*structure.touched(change)]
    for following in declared_followings():
        touched += following.touched(viewer, change)
    doubts = doubts_of(wanted, change, units)
    fingerprint = _fingerprint(change, wanted, touched, doubts)
    return Plan(wanted, change, parents, tuple(touched), doubts, fingerprint)


def _units(viewer: Actor, wanted: Wanted) -> dict[int, UnitOnDay]:
    """The units on the last day before the change, each with the right to change it."""
    if not wanted.units or len(set(wanted.units)) != len(wanted.units):
        raise BadInput(
            "Chọn ít nhất một đơn vị, mỗi đơn vị một lần.",
            "Choose at least one unit, each of them once.",
            field="units",
        )
    if len(wanted.units) > MOST_UNITS or len(wanted.into) > MOST_UNITS:
        raise BadInput(
            f"Mỗi lần nhiều nhất {MOST_UNITS} đơn vị.",
            f"At most {MOST_UNITS} units at a time.",
            field="units",
        )
    eve = wanted.on - dt.timedelta(days=1)
    found = units_by_ids(wanted.units, eve)
    for unit_id in wanted.units:
        unit = found.get(unit_id)
        # The right is that of the level above: nobody dissolves the office they sit in.
        if unit is None or unit.parent_id is None:
            require(viewer, "units.change", None if unit is None else unit.id)
            raise BadInput(
                f"Có đơn vị không có trên bản đồ ngày {printed(eve)} hoặc không có cấp trên.",
                f"A unit was not on the map on {eve.isoformat()}, or stands under none.",
                field="units",
            )
        require(viewer, "units.change", unit.parent_id)
    if wanted.parent_id is not None:
        require(viewer, "units.change", wanted.parent_id)
    return found


def _shape(wanted: Wanted, units: dict[int, UnitOnDay]) -> None:
    """Whether as many units take part as this kind of change has."""
    old = {one for one in wanted.into if isinstance(one, int)}
    new = [one for one in wanted.into if isinstance(one, NewUnit)]
    many = {
        ChangeKind.MERGE: len(wanted.units) > 1 and len(wanted.into) == 1,
        ChangeKind.SPLIT: len(wanted.units) == 1 and len(wanted.into) > 1 and bool(new),
    }.get(wanted.kind, len(wanted.units) == 1 and not wanted.into)
    if not many or old - set(wanted.units):
        raise BadInput(
            "Sáp nhập: từ hai đơn vị trở lên thành một đơn vị, mới hoặc một trong số đó. "
            "Chia, tách: một đơn vị thành từ hai trở lên. Việc khác: từng đơn vị một.",
            "Merging: two units or more become one, new or one of them. Splitting: one unit "
            "becomes two or more. Anything else: one unit at a time.",
            field="into",
        )
    if len({unit.level for unit in units.values()}) > 1:
        raise BadInput(
            "Chỉ sáp nhập các đơn vị cùng cấp.",
            "Only units of one level are merged.",
            field="units",
        )
    if wanted.shares and (
        wanted.kind != ChangeKind.SPLIT
        or len(wanted.shares) != len(wanted.into)
        or any(share is not None and not 0 < share < 1 for share in wanted.shares)
        or (None not in wanted.shares and sum(filter(None, wanted.shares)) != 1)
    ):
        raise BadInput(
            "Tỷ phần của các phần phải lớn hơn 0 và cộng lại bằng 1; phần chưa biết để trống.",
            "The shares of the parts are over 0 and make 1 together; leave out what is not known.",
            field="shares",
        )
    if any(not 0 <= part < len(wanted.into) for _below, part in wanted.goes) or (
        wanted.goes and wanted.kind != ChangeKind.SPLIT
    ):
        raise BadInput(
            "Chỉ khi chia, tách mới chọn đơn vị trực thuộc thuộc về phần nào, trong các phần đã "
            "nêu.",
            "Only in a split is it said which unit below goes to which of the parts named.",
            field="goes",
        )
    if wanted.kind == ChangeKind.MOVE and wanted.parent_id is None:
        raise BadInput("Chọn đơn vị cấp trên mới.", "Choose the new unit above.", field="parent_id")
    if wanted.kind == ChangeKind.RENAME and not wanted.name.strip():
        raise BadInput("Chưa ghi tên mới.", "The new name is missing.", field="name")


def _change(wanted: Wanted, basis: str, units: dict[int, UnitOnDay]) -> UnitChange:
    heirs = tuple(
        Heir(
            None,
            one.name.strip(),
            is_new=True,
            parent_id=units[wanted.units[0]].parent_id,
            keeps_code=one.code.strip() in {unit.code for unit in units.values()},
        )
        if isinstance(one, NewUnit)
        else Heir(one, units[one].name)
        for one in wanted.into
    )
    ends: frozenset[int] = frozenset()
    if wanted.kind == ChangeKind.ABOLISH:
        ends = frozenset(wanted.units)
    elif heirs:
        ends = frozenset(wanted.units) - {heir.unit_id for heir in heirs}
    became = {
        unit.id: heirs
        or (
            (Heir(unit.parent_id, unit.parent_name),)
            if unit.id in ends
            else (Heir(unit.id, wanted.name.strip() or unit.name, parent_id=wanted.parent_id),)
        )
        for unit in units.values()
    }
    names = {unit.id: unit.name for unit in units.values()}
    return UnitChange(wanted.kind, wanted.on, basis, names, ends, became, dict(wanted.goes))


def _nothing_known_later(change: UnitChange) -> None:
    """What happened from the day on stays with its unit, so the unit must have been there."""
    records = Record.objects.filter(
        unit_id__in=change.ends, occurred_on__gte=change.on, state=Record.State.RECORDED
    ).exclude(kind__in=_OF_THE_SYSTEM)
    by_unit: dict[int, list[tuple[str, dt.date]]] = defaultdict(list)
    for unit_id, kind, day in records.order_by("unit_id", "occurred_on", "pk").values_list(
        "unit_id", "kind", "occurred_on"
    ):
        by_unit[unit_id].append((kind, day))
    for unit_id, found in by_unit.items():
        name, kinds = change.units[unit_id], declared_findables()
        shown = found[:MOST_TOLD]
        vi = "; ".join(
            f"{kinds[kind].name_vi if kind in kinds else 'nội dung khác'} ngày {printed(day)}"
            for kind, day in shown
        )
        en = "; ".join(
            f"{kinds[kind].name_en if kind in kinds else 'other'} of {day.isoformat()}"
            for kind, day in shown
        )
        more = len(found) - len(shown)
        raise Conflict(
            f"{name} đã có {len(found)} nội dung ghi từ ngày {printed(change.on)}: {vi}"
            + (f" và {more} nội dung khác" if more else "")
            + ". Chọn ngày muộn hơn, hoặc hủy các nội dung ghi nhầm đơn vị.",
            f"{name} has {len(found)} records from {change.on.isoformat()} on: {en}"
            + (f" and {more} others" if more else "")
            + ". Choose a later day, or cancel what was recorded for the wrong unit.",
            field="on",
        )
    for model in (UnitState, Placement):
        if model.objects.filter(unit_id__in=change.units, valid_from__gte=change.on).exists():
            raise Conflict(
                f"Có đơn vị đã thay đổi từ ngày {printed(change.on)} trở đi. Chọn ngày muộn hơn.",
                f"A unit changed already on or after {change.on.isoformat()}. Choose a later day.",
                field="on",
            )
    if Lineage.objects.filter(predecessor_id__in=change.units, on__gte=change.on).exists():
        raise Conflict(
            f"Đã ghi một lần sắp xếp của các đơn vị này từ ngày {printed(change.on)} trở đi.",
            f"A change of these units is recorded already on or after {change.on.isoformat()}.",
            field="on",
        )


def _fingerprint(
    change: UnitChange, wanted: Wanted, touched: list[Touched], doubts: tuple[Doubt, ...]
) -> str:
    """The same for the same request on the same map and the same things touched."""
    told = {
        "wanted": asdict(wanted),
        "basis": change.basis,
        "units": sorted(change.units.items()),
        "map": structure.standing(change),
        "touched": sorted(
            (item.area, item.ref, item.effect, item.unit_id, str(item.due_on), item.number)
            for item in touched
        ),
        "doubts": [doubt.en for doubt in doubts],
    }
    written = json.dumps(told, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()
