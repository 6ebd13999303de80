"""A released map held against the database: what is missing, what differs, what is left alone.

Units registered here and invented ones are never touched. What was changed here and differs from
the release is listed as a conflict and left alone; a change of communes entered before the release
told it is recognised when it does (``ahead_of_release``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from danchu.core.contracts.reference import ReferenceChange

from .ahead_of_release import read_ahead, rows_known, told_of_groups, touches
from .models import Lineage, Placement, Unit, UnitState
from .naming import set_name
from .release import LEVELS, Release, ReleasedLineage, ReleasedState, ReleasedUnit
from .spans import Span, uncovered

_LEVELS_VI = {
    "nation": "quốc gia",
    "province": "cấp tỉnh",
    "district": "cấp huyện",
    "commune": "cấp xã",
}


class Comparison:
    """The difference between the database and a release; ``changes`` tells it.

    ``ids``: key -> id, for the units the database has. ``conflicts``: keys of what differs here
    and is left alone. ``known_states`` and ``known_lineage`` were entered here and are the map's
    own now; ``ahead`` is what was entered here ahead of the release.
    """

    def __init__(self, release: Release) -> None:
        self.release = release
        self.changes: list[ReferenceChange] = []
        self.ids: dict[str, int] = {}
        self._keys: dict[int, str] = {}
        self.conflicts: set[str] = set()
        self.new_units: list[ReleasedUnit] = []
        self.new_states: list[tuple[ReleasedUnit, ReleasedState]] = []
        self.changed_states: list[UnitState] = []
        self.known_states: list[UnitState] = []
        self.known_lineage: list[Lineage] = []
        self.new_lineage: list[ReleasedLineage] = []
        self.changed_lineage: list[Lineage] = []
        self._compare_units()
        self._compare_parents()
        self._compare_local_units()
        self._compare_lineage()

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
                self.new_units.append(unit)
        self._announce_new_units(bool(present))

    def _compare_what_is_ahead(self, states: dict[int, list[UnitState]]) -> None:
        """What was entered here before a release told it: known now, kept, or disputed."""
        self.ahead = read_ahead(self.release, self.ids, states)
        for unit_id, key in self.ahead.renumbered.items():
            self._renumber(self.release.units[key], states[unit_id])
            self.ids[key] = unit_id
        self.known_states, self.known_lineage = rows_known(self.ahead, states)
        told, left_alone = told_of_groups(self.ahead, self.ids, states, self.release)
        self.changes += told
        self.conflicts |= left_alone

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
                self.changed_states.append(row)

    def _announce_new_units(self, one_by_one: bool) -> None:
        if one_by_one:
            for unit in self.new_units:
                self._add(unit.key, f"thêm {unit.states[-1].name}", f"add {unit.states[-1].name}")
            return
        for level in LEVELS:
            count = sum(unit.level == level for unit in self.new_units)
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
        self.new_states.append((unit, state))
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
            self.changed_states.append(row)
            self._say("end", unit.key, f"{row.name} đến {row.valid_to}", f"until {row.valid_to}")
        released = (state.name, state.kind, state.known_from, state.basis)
        if released != (row.name, row.kind, row.known_from, row.basis):
            self._say("change", unit.key, f"{row.name} → {state.name}", f"now {state.name}")
            set_name(row, state.name, state.kind)
            row.known_from, row.basis = state.known_from, state.basis
            self.changed_states.append(row)

    def _compare_parents(self) -> None:
        present: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        rows = Placement.objects.filter(tree="state", **of_the_map("unit__"))
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
        rows = Placement.objects.filter(tree="state", **of_the_map("parent__"))
        rows = rows.exclude(**of_the_map("unit__")).filter(parent_id__isnull=False)
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
                **of_the_map("predecessor__"), **of_the_map("successor__")
            )
        }
        for line in self.release.lineage:
            ids = (self.ids.get(line.predecessor), self.ids.get(line.successor))
            row = present.pop((*ids, line.on), None) if None not in ids else None  # type: ignore[arg-type]
            if touches(self.ahead, self.ids, line):
                continue
            if row is None:
                self.new_lineage.append(line)
                continue
            # A release that does not know a share takes away none that is known here.
            share = line.share if line.share is not None else _share(row)
            if (row.part, row.basis, _share(row)) != (line.part, line.basis, share):
                row.part, row.basis = line.part, line.basis
                row.share_numerator, row.share_denominator = share_parts(share)
                self.changed_lineage.append(row)
        if self.new_lineage:
            count = len(self.new_lineage)
            self._add("lineage", f"thêm {count} dòng kế thừa", f"add {count} lines of lineage")
        if self.changed_lineage:
            count = len(self.changed_lineage)
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

    def _say(self, what: str, key: str, vi: str, en: str) -> None:
        self.changes.append(ReferenceChange(what, key, vi, en))  # type: ignore[arg-type]

    def _add(self, key: str, vi: str, en: str) -> None:
        self._say("add", key, vi, en)

    def _conflict(self, key: str, vi: str, en: str) -> None:
        self.conflicts.add(key)
        self._say("conflict", key, vi, en)


def of_the_map(prefix: str = "") -> dict[str, bool]:
    """A filter for units of the official map; ``prefix`` is the way to them."""
    return {f"{prefix}is_registered": False, f"{prefix}is_demo": False}


def _map_units() -> dict[uuid.UUID, int]:
    return dict(Unit.objects.filter(**of_the_map()).values_list("public_id", "pk"))


def _states_by_unit() -> dict[int, list[UnitState]]:
    found: dict[int, list[UnitState]] = defaultdict(list)
    for state in UnitState.objects.filter(**of_the_map("unit__")):
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


def share_parts(share: Fraction | None) -> tuple[int | None, int | None]:
    """A share as the two columns of lineage hold it."""
    return (share.numerator, share.denominator) if share else (None, None)
