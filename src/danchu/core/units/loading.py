"""Bringing the database up to a released map: what is missing is added, nothing is deleted.

Units registered here and invented ones are never touched, save that their paths follow when
something above them moved. What was changed here and differs from the release is listed as a
conflict and left alone; a change of communes entered before the release told it is recognised
when it does (``ahead_of_release``).
"""

from __future__ import annotations

import datetime as dt
import gc
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import TypeVar

from django.db import connection

from danchu.core.contracts.reference import ReferenceChange
from danchu.core.errors import BadInput

from .ahead_of_release import read_ahead, rows_known, told_of_groups, touches
from .models import Lineage, Placement, Unit, UnitState
from .naming import new_state, set_name
from .placing import repath_below, standings_of, write_standings
from .release import LEVELS, Release, ReleasedLineage, ReleasedState, ReleasedUnit
from .spans import Span, Standing, standings, uncovered

_T = TypeVar("_T")
_BATCH = 2000
_LEVELS_VI = {
    "nation": "quốc gia",
    "province": "cấp tỉnh",
    "district": "cấp huyện",
    "commune": "cấp xã",
}


class Update:
    """The difference between the database and a release; ``write`` makes it good."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.changes: list[ReferenceChange] = []
        self.ids: dict[str, int] = {}  # key -> id, for units the database has
        self._keys: dict[int, str] = {}
        self._conflicts: set[str] = set()
        self._new_units: list[ReleasedUnit] = []
        self._new_states: list[tuple[ReleasedUnit, ReleasedState]] = []
        self._changed_states: list[UnitState] = []
        self._known_states: list[UnitState] = []  # entered here, and now the map's own
        self._known_lineage: list[Lineage] = []
        self._new_lineage: list[ReleasedLineage] = []
        self._changed_lineage: list[Lineage] = []
        self._compare_units()
        self._compare_parents()
        self._compare_local_units()
        self._compare_lineage()

    # --- comparing ----------------------------------------------------------------------

    def _compare_units(self) -> None:
        present = _map_units()
        states = _states_by_unit()
        by_public_id = {unit.public_id: unit for unit in self.release.units.values()}
        for public_id, unit_id in present.items():
            if public_id in by_public_id:
                self.ids[by_public_id[public_id].key] = unit_id
        self._compare_what_is_ahead(states)
        for public_id, unit_id in present.items():
            known = public_id in by_public_id or unit_id in self.ahead.renumbered
            if not known and self.ahead.group(unit_id) is None:
                name = states[unit_id][-1].name if states[unit_id] else str(public_id)
                self._conflict(
                    str(public_id), f"bản phát hành không có {name}", f"the release lacks {name}"
                )
        self._keys = {unit_id: key for key, unit_id in self.ids.items()}
        for unit in self.release.units.values():
            if self.ahead.is_left_alone(self.ids.get(unit.key, unit.key)):
                continue
            if unit.key in self.ids:
                self._compare_states(unit, states[self.ids[unit.key]])
            else:
                self._new_units.append(unit)
        self._announce_new_units(bool(present))

    def _compare_what_is_ahead(self, states: dict[int, list[UnitState]]) -> None:
        """What was entered here before a release told it: known now, kept, or disputed."""
        self.ahead = read_ahead(self.release, self.ids, states)
        for unit_id, key in self.ahead.renumbered.items():
            self._renumber(self.release.units[key], states[unit_id])
            self.ids[key] = unit_id
        self._known_states, self._known_lineage = rows_known(self.ahead, states)
        told, left_alone = told_of_groups(self.ahead, self.ids, states, self.release)
        self.changes += told
        self._conflicts |= left_alone

    def _renumber(self, released: ReleasedUnit, present: list[UnitState]) -> None:
        """A unit that began here takes the code it has in the release."""
        codes = {state.span.first: state.code for state in released.states}
        for row in present:
            code = codes.get(row.valid_from, released.states[-1].code)
            if code != row.code:
                self._say(
                    "change",
                    released.key,
                    f"{row.name}: mã {row.code} nay là {code}",
                    f"{row.name}: the code {row.code} is {code} now",
                )
                row.code = code
                self._changed_states.append(row)

    def _announce_new_units(self, one_by_one: bool) -> None:
        if one_by_one:
            for unit in self._new_units:
                self._add(unit.key, f"thêm {unit.states[-1].name}", f"add {unit.states[-1].name}")
            return
        for level in LEVELS:
            count = sum(unit.level == level for unit in self._new_units)
            if count:
                self._add(
                    level,
                    f"thêm {count} đơn vị {_LEVELS_VI[level]}",
                    f"add {count} units of level {level}",
                )

    def _compare_states(self, unit: ReleasedUnit, present: list[UnitState]) -> None:
        rows = {row.valid_from: row for row in present}
        for state in unit.states:
            row = rows.pop(state.span.first, None)
            if row is None:
                self._compare_new_state(unit, state, present)
            else:
                self._compare_state(unit, state, row)
        for row in rows.values():
            self._conflict(
                unit.key,
                f"ở đây có thêm giai đoạn “{row.name}” từ {row.valid_from}",
                f"here there is also a state {row.name!r} from {row.valid_from}",
            )

    def _compare_new_state(
        self, unit: ReleasedUnit, state: ReleasedState, present: list[UnitState]
    ) -> None:
        ends = {row.span.first: row.span.last for row in unit.states}
        for row in present:
            # A state that the release itself ends before the new one begins makes room for it.
            last = ends.get(row.valid_from, row.valid_to) if row.valid_to is None else row.valid_to
            if Span(row.valid_from, last).meets(state.span):
                self._conflict(
                    unit.key,
                    f"giai đoạn mới “{state.name}” trùng ngày với “{row.name}”",
                    f"the new state {state.name!r} shares days with {row.name!r}",
                )
                return
        self._new_states.append((unit, state))
        self._add(
            unit.key,
            f"{state.name} từ {state.span.first}",
            f"{state.name} from {state.span.first}",
        )

    def _compare_state(self, unit: ReleasedUnit, state: ReleasedState, row: UnitState) -> None:
        if state.code != row.code:
            self._conflict(
                unit.key,
                f"mã ở đây là {row.code}, bản phát hành ghi {state.code}",
                f"the code here is {row.code}, the release has {state.code}",
            )
            return
        if state.span.last != row.valid_to:
            if row.valid_to is not None:
                self._conflict(
                    unit.key,
                    f"“{row.name}” ở đây kết thúc ngày {row.valid_to}, "
                    f"bản phát hành ghi {state.span.last or 'chưa kết thúc'}",
                    f"{row.name!r} ends here on {row.valid_to}, "
                    f"in the release on {state.span.last or 'no day'}",
                )
                return
            row.valid_to = state.span.last
            self._changed_states.append(row)
            self._say("end", unit.key, f"{row.name} đến {row.valid_to}", f"until {row.valid_to}")
        released = (state.name, state.kind, state.known_from, state.basis)
        if released != (row.name, row.kind, row.known_from, row.basis):
            self._say("change", unit.key, f"{row.name} → {state.name}", f"now {state.name}")
            set_name(row, state.name, state.kind)
            row.known_from, row.basis = state.known_from, state.basis
            self._changed_states.append(row)

    def _compare_parents(self) -> None:
        present: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        rows = Placement.objects.filter(tree="state", **_of_the_map("unit__"))
        for unit_id, parent_id, first, last in rows.values_list(
            "unit_id", "parent_id", "valid_from", "valid_to"
        ):
            if unit_id in self._keys:
                parent = self._keys.get(parent_id, "") if parent_id else ""
                present[self._keys[unit_id]].append((Span(first, last), parent))
        told = {change.key for change in self.changes}
        for key in self.ids:
            wanted = [(s.span, s.parent) for s in self.release.units[key].states]
            if self.ahead.is_left_alone(self.ids[key]):
                continue
            if key not in told and _joined(present[key]) != _joined(wanted):
                self._say("change", key, "đặt lại dưới đơn vị khác", "stands under another unit")

    def _compare_local_units(self) -> None:
        """Units of this place that would be left under one that is no more."""
        rows = Placement.objects.filter(tree="state", **_of_the_map("parent__"))
        rows = rows.exclude(**_of_the_map("unit__")).filter(parent_id__isnull=False)
        for unit_id, parent_id, first, last in rows.values_list(
            "unit_id", "parent_id", "valid_from", "valid_to"
        ):
            if parent_id not in self._keys or self.ahead.is_left_alone(parent_id):
                continue
            spans = [state.span for state in self.release.units[self._keys[parent_id]].states]
            gaps = uncovered(Span(first, last), spans)
            if gaps:
                name = _states_of(unit_id)[-1].name
                self._conflict(
                    name,
                    f"{name} còn đứng dưới một đơn vị không còn từ {gaps[0].first}; "
                    "cần chuyển sang đơn vị mới",
                    f"{name} still stands under a unit that is no more from {gaps[0].first}; "
                    "it must be moved",
                )

    def _compare_lineage(self) -> None:
        present = {
            (row.predecessor_id, row.successor_id, row.on): row
            for row in Lineage.objects.filter(
                **_of_the_map("predecessor__"), **_of_the_map("successor__")
            )
        }
        for line in self.release.lineage:
            ids = (self.ids.get(line.predecessor), self.ids.get(line.successor))
            row = present.pop((*ids, line.on), None) if None not in ids else None  # type: ignore[arg-type]
            if touches(self.ahead, self.ids, line):
                continue
            if row is None:
                self._new_lineage.append(line)
                continue
            # A release that does not know a share takes away none that is known here.
            share = line.share if line.share is not None else _share(row)
            if (row.part, row.basis, _share(row)) != (line.part, line.basis, share):
                row.part, row.basis = line.part, line.basis
                row.share_numerator, row.share_denominator = _parts(share)
                self._changed_lineage.append(row)
        if self._new_lineage:
            count = len(self._new_lineage)
            self._add("lineage", f"thêm {count} dòng kế thừa", f"add {count} lines of lineage")
        if self._changed_lineage:
            count = len(self._changed_lineage)
            self._say("change", "lineage", f"sửa {count} dòng kế thừa", f"{count} lines corrected")
        for row in present.values():
            if self.ahead.is_left_alone(row.predecessor_id):
                continue
            self._conflict(
                "lineage",
                f"ở đây có thêm dòng kế thừa {self._keys.get(row.predecessor_id)} → "
                f"{self._keys.get(row.successor_id)}",
                f"here there is also {self._keys.get(row.predecessor_id)} → "
                f"{self._keys.get(row.successor_id)}",
            )

    # --- saying what was found ------------------------------------------------------------

    def _say(self, what: str, key: str, vi: str, en: str) -> None:
        self.changes.append(ReferenceChange(what, key, vi, en))  # type: ignore[arg-type]

    def _add(self, key: str, vi: str, en: str) -> None:
        self._say("add", key, vi, en)

    def _conflict(self, key: str, vi: str, en: str) -> None:
        self._conflicts.add(key)
        self._say("conflict", key, vi, en)

    # --- writing ----------------------------------------------------------------------------

    def write(self) -> None:
        """Make the changes, inside the caller's transaction; conflicts stay as they are."""
        if all(change.what in ("conflict", "kept") for change in self.changes):
            return
        with _collector_at_rest():
            self._write_units()
            self._write_states()
            self._write_placements()
            self._write_lineage()
            self._write_known()
        _take_statistics()

    def _write_units(self) -> None:
        for portion in _portions(self._new_units):
            units = [Unit(public_id=unit.public_id, level=unit.level) for unit in portion]
            for released, unit in zip(portion, Unit.objects.bulk_create(units), strict=True):
                self.ids[released.key] = unit.pk
                self._new_states += [(released, state) for state in released.states]

    def _write_states(self) -> None:
        columns = ["code", "name", "kind", "folded", "bare_folded", "sort_key"]
        columns += ["valid_to", "known_from", "basis"]
        changed = {row.pk: row for row in self._changed_states}
        UnitState.objects.bulk_update(changed.values(), columns, batch_size=500)
        for portion in _portions(self._new_states):
            UnitState.objects.bulk_create(
                new_state(
                    self.ids[unit.key],
                    code=state.code,
                    name=state.name,
                    kind=state.kind,
                    span=state.span,
                    known_from=state.known_from,
                    basis=state.basis,
                )
                for unit, state in portion
            )

    def _write_placements(self) -> None:
        above = standings_of([self.ids[key] for key in self._conflicts & set(self.ids)], "state")
        wanted: dict[int, list[Standing]] = {}
        for unit in self.release.units.values():
            if unit.key in self._conflicts:
                continue
            unit_id = self.ids[unit.key]
            parents = [
                (state.span, self.ids[state.parent] if state.parent else None)
                for state in unit.states
            ]
            wanted[unit_id], gaps = standings(unit_id, parents, above)
            above[unit_id] = wanted[unit_id]
            if gaps:
                raise BadInput(
                    f"{unit.states[-1].name} ({unit.key}) đứng dưới một đơn vị không có "
                    f"trong những ngày {gaps[0].first} đến {gaps[0].last}.",
                    f"{unit.key} stands under a unit that does not exist from {gaps[0].first} "
                    f"to {gaps[0].last}.",
                )
        moved = write_standings("state", wanted)
        local = Placement.objects.filter(tree="state", **_of_the_map("parent__"))
        local = local.exclude(**_of_the_map("unit__"))
        with_local = {parent for parent in local.values_list("parent_id", flat=True) if parent}
        repath_below("state", with_local & moved)

    def _write_lineage(self) -> None:
        columns = ["part", "basis", "share_numerator", "share_denominator"]
        Lineage.objects.bulk_update(self._changed_lineage, columns, batch_size=500)
        for portion in _portions(self._new_lineage):
            Lineage.objects.bulk_create(self._lineage_row(line) for line in portion)

    def _write_known(self) -> None:
        """What was entered here and is in the release now is the map's own."""
        for unit_id, key in self.ahead.renumbered.items():
            public_id = self.release.units[key].public_id
            Unit.objects.filter(pk=unit_id).update(public_id=public_id)
        states = [state.pk for state in self._known_states]
        UnitState.objects.filter(pk__in=states).update(is_ahead=False)
        lines = [line.pk for line in self._known_lineage]
        Lineage.objects.filter(pk__in=lines).update(is_ahead=False)

    def _lineage_row(self, line: ReleasedLineage) -> Lineage:
        numerator, denominator = _parts(line.share)
        return Lineage(
            predecessor_id=self.ids[line.predecessor],
            successor_id=self.ids[line.successor],
            part=line.part,
            share_numerator=numerator,
            share_denominator=denominator,
            on=line.on,
            basis=line.basis,
        )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Sixty thousand rows without cycles would have it walk the whole heap hundreds of times."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _take_statistics() -> None:
    """PostgreSQL plans by what it knows of the tables.

    Until it is told, they are empty to it and the whole map is joined row by row: minutes for a
    question of ten milliseconds.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _portions(items: list[_T]) -> Iterator[list[_T]]:
    """Rows are made and written in portions: tens of thousands alive at once are slow."""
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _of_the_map(prefix: str = "") -> dict[str, bool]:
    return {f"{prefix}is_registered": False, f"{prefix}is_demo": False}


def _map_units() -> dict[uuid.UUID, int]:
    return dict(Unit.objects.filter(**_of_the_map()).values_list("public_id", "pk"))


def _states_by_unit() -> dict[int, list[UnitState]]:
    found: dict[int, list[UnitState]] = defaultdict(list)
    for state in UnitState.objects.filter(**_of_the_map("unit__")):
        found[state.unit_id].append(state)
    for states in found.values():
        states.sort(key=_beginning)
    return found


def _states_of(unit_id: int) -> list[UnitState]:
    return sorted(UnitState.objects.filter(unit_id=unit_id), key=_beginning)


def _beginning(state: UnitState) -> dt.date:
    return state.valid_from or dt.date.min


def _joined(parents: Iterable[tuple[Span, str]]) -> list[tuple[Span, str]]:
    joined: list[tuple[Span, str]] = []
    for span, parent in sorted(parents, key=lambda item: item[0].order):
        if joined and joined[-1][1] == parent and joined[-1][0].followed_by(span):
            joined[-1] = (Span(joined[-1][0].first, span.last), parent)
        else:
            joined.append((span, parent))
    return joined


def _share(row: Lineage) -> Fraction | None:
    if row.share_numerator is None or row.share_denominator is None:
        return None
    return Fraction(row.share_numerator, row.share_denominator)


def _parts(share: Fraction | None) -> tuple[int | None, int | None]:
    return (share.numerator, share.denominator) if share else (None, None)
