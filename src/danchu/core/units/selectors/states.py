"""What a unit was on a day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet

from danchu.core.errors import BadInput, NotFound
from danchu.core.text import at_the_door

from ..models import Placement, Unit, UnitState
from .named import NamedUnit, holders, holders_below_named, named_units
from .validity import holds, in_force

_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Warning:
    """A reservation that goes with an answer, in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class UnitOnDay:
    """A unit as it was on one day.

    ``id`` is for joins inside an installation, ``public_id`` for addresses and for other
    installations. ``valid_from`` None: the beginning is not known, and ``known_from`` is the
    first day on which this state is attested. The parent is the one in the tree of the State.
    """

    id: int
    public_id: uuid.UUID
    level: str
    code: str
    name: str
    kind: str
    parent_id: int | None
    parent_name: str
    parent_code: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    known_from: dt.date | None
    basis: str
    is_demo: bool
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class MapCount:
    """How many units the map of the State had on a day."""

    on: dt.date
    province: int
    district: int
    commune: int
    by_kind: dict[str, int]
    warnings: tuple[Warning, ...]


def unit_on(code: str, on: dt.date) -> UnitOnDay:
    """The unit that holds ``code`` on that day; leading zeros count.

    Raises ``NotFound`` naming code and day, and saying whose code it was on other days. A day
    before the oldest map known is answered from that map, with a warning.
    """
    held = named_units("code", [_as_code(code)], on)
    if not held:
        raise unknown_code(code, on, states_with_code(code))
    return described_on(on, [max(held, key=_by_beginning)])[0]


def unit_named_on(code: str, on: dt.date) -> UnitOnDay:
    """What ``unit_on`` gives, in one statement: for a page that has to ask much beside it."""
    held = holders_below_named(_as_code(code), on)
    if not held:
        raise unknown_code(code, on, states_with_code(code))
    return described_on(on, [max(held, key=_by_beginning)])[0]


def unit_within(code: str, first: dt.date, last: dt.date) -> UnitOnDay:
    """The unit whose figures of the days ``first`` to ``last`` stand under ``code``.

    That is who holds the code on the last day, else who held it last in those days: a unit that
    ended within a period is still found under its code. "9A001@2026-05-31" means the holder of
    that day, whoever has the code later; the unit bears that name in place of its code only
    where the code alone means another unit. Raises ``NotFound``.
    """
    plain, _at, told = code.partition("@")
    if not told:
        try:
            return unit_on(plain, last)
        except NotFound:
            ends = [(state.valid_to, state) for state in states_with_code(plain)]
            held = [(day, state) for day, state in ends if day and first <= day <= last]
            if not held:
                raise
            day, state = max(held, key=lambda item: item[0])
            return describe([(state, day)])[0]
    try:
        asked = dt.date.fromisoformat(told)
    except ValueError:
        raise unknown_code(code, last, ()) from None
    unit = unit_on(plain, asked)
    then = units_by_ids([unit.id], last).get(unit.id)
    if then is not None:
        return then
    own = [day for day in (s.valid_to for s in _states().filter(unit_id=unit.id)) if day]
    if not own or not first <= max(own) <= last:
        raise unknown_code(plain, last, states_with_code(plain))
    ended = unit_by_id(unit.id, max(own))
    if named_units("code", [_as_code(plain)], last):
        return replace(ended, code=f"{ended.code}@{max(own).isoformat()}")
    return ended


def address_code(unit_id: int, last: dt.date) -> str:
    """What stands for the unit in the address of a period that ends on that day.

    Its code; with its last day where another unit has the code by then (``unit_within``).
    """
    states = sorted(UnitState.objects.filter(unit_id=unit_id), key=_by_beginning)
    held = [state for state in states if state.valid_from is None or state.valid_from <= last]
    state = (held or states)[-1]
    code: str = state.code
    if state.valid_to is None or state.valid_to >= last:
        return code
    taken = UnitState.objects.filter(in_force(last), code=code).exclude(unit_id=unit_id)
    return f"{code}@{state.valid_to.isoformat()}" if taken.exists() else code


def unit_at_last(unit_id: int, last: dt.date) -> UnitOnDay:
    """The unit with this id on that day; where it ended before, as it was on its own last day.

    Its code is the one of addresses (``address_code``). Raises ``NotFound`` for a unit that did
    not exist by then.
    """
    then = units_by_ids([unit_id], last).get(unit_id)
    if then is not None:
        return then
    ends = [day for day in (s.valid_to for s in _states().filter(unit_id=unit_id)) if day]
    ended = unit_by_id(unit_id, max((day for day in ends if day < last), default=last))
    return replace(ended, code=address_code(unit_id, last))


def holder_on(code: str, on: dt.date) -> NamedUnit:
    """The same unit, asked in one statement, its parent not named: see ``with_ancestors``."""
    held = holders(_as_code(code), on)
    if not held:
        raise unknown_code(code, on, states_with_code(code))
    return max(held, key=_by_beginning)


def states_with_code(code: str) -> list[UnitState]:
    """Every state that ever had the code, latest first."""
    return sorted(_states().filter(code=_as_code(code)), key=_by_beginning, reverse=True)


def _as_code(text: str) -> str:
    return " ".join(at_the_door(text).split()).upper()


def unit_by_id(id: int, on: dt.date) -> UnitOnDay:
    """The unit with this id as it was on that day. Raises ``NotFound``."""
    found = units_by_ids([id], on).get(id)
    if found is None:
        raise NotFound(
            f"Không có đơn vị này vào ngày {printed(on)}.",
            f"There is no such unit on {on.isoformat()}.",
        )
    return found


def units_by_ids(ids: Iterable[int], on: dt.date) -> dict[int, UnitOnDay]:
    """The units with these ids that existed on that day, by id; two queries however many."""
    found: list[NamedUnit] = []
    whole = sorted(set(ids))
    for start in range(0, len(whole), _CHUNK):
        found += named_units("unit_id", whole[start : start + _CHUNK], on)
    return {unit.id: unit for unit in described_on(on, found)}


def require_unit(unit_id: int, on: dt.date, *, field: str = "") -> UnitOnDay:
    """The unit, for something that is said to have happened there on that day.

    Raises ``BadInput`` for ``field`` when the unit did not exist that day.
    """
    found = units_by_ids([unit_id], on).get(unit_id)
    if found is not None:
        return found
    states = sorted(_states().filter(unit_id=unit_id), key=_by_beginning)
    held_vi, held_en = _said_of(states)
    raise BadInput(
        f"Đơn vị này không có vào ngày {printed(on)}.{held_vi}",
        f"The unit did not exist on {on.isoformat()}.{held_en}",
        field=field,
    )


def count_units(on: dt.date) -> MapCount:
    """The official map of that day: units by level, and by kind.

    Cities below a province are counted apart from cities that are provinces. Invented units
    and those registered here are not counted.
    """
    rows = (
        UnitState.objects.filter(in_force(on), unit__is_demo=False, unit__is_registered=False)
        .exclude(unit__level=Unit.Level.NATION)
        .values_list("unit__level", "kind")
        .annotate(count=Count("pk"))
        .order_by("unit__level", "kind")
    )
    by_level: dict[str, int] = defaultdict(int)
    by_kind: dict[str, int] = {}
    for level, kind, count in rows:
        by_level[level] += count
        below = kind == "thành phố" and level == Unit.Level.DISTRICT
        by_kind["thành phố (cấp huyện)" if below else kind] = count
    oldest = (
        UnitState.objects.filter(in_force(on), valid_from__isnull=True, known_from__gt=on)
        .filter(unit__is_demo=False, unit__is_registered=False)
        .order_by("known_from")
        .values_list("known_from", flat=True)
        .first()
    )
    warnings = (before_the_oldest_map(on, oldest),) if oldest else ()
    return MapCount(
        on, by_level["province"], by_level["district"], by_level["commune"], by_kind, warnings
    )


def described_on(day: dt.date, rows: Sequence[NamedUnit]) -> list[UnitOnDay]:
    """Rows of one day as units; more queries only for those left below a parent that ended."""
    left_behind = [row.state_id for row in rows if row.parent_id and row.parent_name is None]
    told: dict[int, UnitOnDay] = {}
    if left_behind:
        states = _states().filter(pk__in=left_behind)
        told = {unit.id: unit for unit in describe([(state, day) for state in states])}
    return [told.get(row.unit_id) or _as_unit(row, day) for row in rows]


def _as_unit(row: NamedUnit, day: dt.date) -> UnitOnDay:
    return UnitOnDay(
        id=row.unit_id,
        public_id=row.public_id,
        level=row.level,
        code=row.code,
        name=row.name,
        kind=row.kind,
        parent_id=row.parent_id,
        parent_name=row.parent_name or "",
        parent_code=row.parent_code or "",
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        known_from=row.known_from,
        basis=row.basis,
        is_demo=row.is_demo,
        warnings=_early(row, day),
    )


def _early(row: NamedUnit | UnitState, day: dt.date) -> tuple[Warning, ...]:
    if row.valid_from is None and row.known_from is not None and day < row.known_from:
        return (before_the_oldest_map(day, row.known_from),)
    return ()


def describe(wanted: Sequence[tuple[UnitState, dt.date]]) -> list[UnitOnDay]:
    """States with their parents, each on its own day; two queries however many."""
    unit_ids = sorted({state.unit_id for state, _day in wanted})
    standing: dict[int, list[Placement]] = defaultdict(list)
    for start in range(0, len(unit_ids), _CHUNK):
        for row in Placement.objects.filter(
            tree=Placement.Tree.STATE, unit_id__in=unit_ids[start : start + _CHUNK]
        ):
            standing[row.unit_id].append(row)
    parent_ids = {row.parent_id for rows in standing.values() for row in rows if row.parent_id}
    parents: dict[int | None, list[UnitState]] = defaultdict(list)
    for parent in UnitState.objects.filter(unit_id__in=parent_ids):
        parents[parent.unit_id].append(parent)
    return [_described(state, day, standing[state.unit_id], parents) for state, day in wanted]


def _described(
    state: UnitState,
    day: dt.date,
    standing: Sequence[Placement],
    parents: dict[int | None, list[UnitState]],
) -> UnitOnDay:
    parent_id = next((row.parent_id for row in standing if holds(row, day)), None)
    of_parent = parents[parent_id]
    above = next((row for row in of_parent if holds(row, day)), None)
    if above is None and of_parent:
        above = max(of_parent, key=_by_beginning)  # it ended; the child was not moved yet
    unit = state.unit
    return UnitOnDay(
        id=state.unit_id,
        public_id=unit.public_id,
        level=unit.level,
        code=state.code,
        name=state.name,
        kind=state.kind,
        parent_id=parent_id,
        parent_name=above.name if above else "",
        parent_code=above.code if above else "",
        valid_from=state.valid_from,
        valid_to=state.valid_to,
        known_from=state.known_from,
        basis=state.basis,
        is_demo=unit.is_demo,
        warnings=_early(state, day),
    )


def printed(day: dt.date) -> str:
    """A date as Vietnamese readers write it: dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}"


def unknown_code(code: str, on: dt.date, states: Sequence[UnitState]) -> NotFound:
    """The refusal for a code that nobody holds that day, saying whose it was on other days."""
    code = at_the_door(code)[:40]
    held_vi, held_en = _said_of(sorted(states, key=_by_beginning))
    return NotFound(
        f"Không có đơn vị nào mang mã {code} vào ngày {printed(on)}.{held_vi}",
        f"No unit has the code {code} on {on.isoformat()}.{held_en}",
    )


def _said_of(states: Sequence[UnitState]) -> tuple[str, str]:
    if not states:
        return "", ""
    vi = "; ".join(f"{state.name} ({_validity_vi(state)})" for state in states)
    en = "; ".join(f"{state.name} ({_validity_en(state)})" for state in states)
    return f" Những ngày khác: {vi}.", f" On other days: {en}."


def _validity_vi(state: UnitState) -> str:
    first = f"từ {printed(state.valid_from)}" if state.valid_from else ""
    last = f"đến {printed(state.valid_to)}" if state.valid_to else ""
    return " ".join(part for part in (first, last) if part) or "không rõ ngày bắt đầu"


def _validity_en(state: UnitState) -> str:
    first = f"from {state.valid_from.isoformat()}" if state.valid_from else ""
    last = f"until {state.valid_to.isoformat()}" if state.valid_to else ""
    return " ".join(part for part in (first, last) if part) or "beginning not known"


def before_the_oldest_map(day: dt.date, known_from: dt.date | None) -> Warning:
    """The reservation of an answer for a day older than every map known."""
    assert known_from is not None
    return Warning(
        f"Địa giới lấy theo danh mục ngày {printed(known_from)} (sớm nhất hiện có), chưa đối "
        f"chiếu với địa giới ngày {printed(day)}.",
        f"The oldest map known is that of {known_from.isoformat()}; the answer for "
        f"{day.isoformat()} is taken from it and is not an established fact.",
    )


def _states() -> QuerySet[UnitState]:
    return UnitState.objects.select_related("unit")


def _by_beginning(state: UnitState | NamedUnit) -> dt.date:
    return state.valid_from or dt.date.min
