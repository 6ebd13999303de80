"""What was entered here ahead of the releases of the map, held against a newer release.

A change of communes that were merged, split, moved or renamed (``core.changes``) marks what it
writes. Units that such changes join make a group, together with what a release newly tells of
them. A release either tells the same changes, or the first of them and not yet the later ones,
or none of them yet, or something else. In the first case they are the map's own from then on;
in the last nothing of the release is taken over for the group, and both are told.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from danchu.core.contracts.reference import ReferenceChange

from .models import Lineage, Placement, UnitState
from .release import Release, ReleasedLineage, ReleasedUnit
from .spans import day_before

Node = int | str  # a unit of the database, or the key of one that only the release has
_MOST_TOLD = 4  # differences named in one message


@dataclass(frozen=True, slots=True)
class StateTold:
    """A state of a unit from the first of the changes on, as the one or the other has it."""

    node: Node
    first: dt.date | None
    last: dt.date | None
    name: str
    kind: str
    parent: Node | None


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line of lineage, as the one or the other has it."""

    predecessor: Node
    successor: Node
    on: dt.date
    part: str


Told = frozenset[StateTold | LineTold]


@dataclass(slots=True)
class Group:
    """Units that changes entered here join, and how much of them the release tells.

    ``known_until``: changes before that day are in the release, None for all of them.
    """

    nodes: set[Node]
    days: list[dt.date]
    disputed: bool = False
    known_until: dt.date | None = None
    here: Told = frozenset()
    there: Told = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether the release tells all of it, so that it is updated like the rest."""
        return not self.disputed and self.known_until is None

    def knows(self, day: dt.date | None) -> bool:
        """Whether the release tells what began on that day."""
        if self.disputed or day is None:
            return False
        return self.known_until is None or day < self.known_until


@dataclass(slots=True)
class Ahead:
    """Every group, and which units of the database a release has under another code."""

    groups: list[Group] = field(default_factory=list)
    renumbered: dict[int, str] = field(default_factory=dict)
    _by_node: dict[Node, Group] = field(default_factory=dict)

    def group(self, node: Node | None) -> Group | None:
        """The group of a unit, by its id or, where only the release has it, its key."""
        return None if node is None else self._by_node.get(node)

    def is_left_alone(self, node: Node | None) -> bool:
        """Whether the update must leave the unit as it is."""
        group = self.group(node)
        return group is not None and not group.is_whole


def read_ahead(
    release: Release, ids: Mapping[str, int], states: Mapping[int, Sequence[UnitState]]
) -> Ahead:
    """The groups of changes entered here and what the release says of each.

    ``ids``: key -> id of the units that both have; ``states``: those of every unit of the map.
    """
    lines = list(Lineage.objects.filter(is_ahead=True))
    units = {unit for unit, found in states.items() if any(state.is_ahead for state in found)}
    units |= {unit for line in lines for unit in (line.predecessor_id, line.successor_id)}
    return _Reading(release, ids, states, lines).read(units) if units else Ahead()


class _Reading:
    """One release held against what was entered here."""

    def __init__(
        self,
        release: Release,
        ids: Mapping[str, int],
        states: Mapping[int, Sequence[UnitState]],
        ahead: Sequence[Lineage],
    ) -> None:
        self.release, self.states, self.ahead = release, states, ahead
        self.keys = {unit: key for key, unit in ids.items()}
        self.renumbered = self._renumbered(ids)
        self.ids = dict(ids) | {key: unit for unit, key in self.renumbered.items()}
        self.keys |= self.renumbered
        self.lines = list(
            Lineage.objects.filter(predecessor__is_registered=False, predecessor__is_demo=False)
        )
        self.present = {(line.predecessor_id, line.successor_id, line.on) for line in self.lines}

    def read(self, units: set[int]) -> Ahead:
        """The groups that hold these units."""
        ahead = Ahead(renumbered=self.renumbered)
        for nodes in self._joined(units):
            group = Group(nodes, self._days(nodes))
            self._judge(group)
            ahead.groups.append(group)
            for node in nodes:
                ahead._by_node[node] = group
        return ahead

    def _renumbered(self, ids: Mapping[str, int]) -> dict[int, str]:
        """Units that began here and that the release has under a code of its own.

        Those of the same name, from the same day, made of the same units.
        """
        came_from: dict[int, set[int]] = defaultdict(set)
        for line in self.ahead:
            came_from[line.successor_id].add(line.predecessor_id)
        made_of: dict[str, set[Node]] = defaultdict(set)
        for told in self.release.lineage:
            made_of[told.successor].add(ids.get(told.predecessor, told.predecessor))
        found: dict[int, str] = {}
        for unit in came_from.keys() - set(ids.values()):
            first = self.states[unit][0]
            fitting = [
                key
                for key, released in self.release.units.items()
                if key not in ids
                and (released.states[0].span.first, released.states[0].name)
                == (first.valid_from, first.name)
                and made_of[key] == came_from[unit]
            ]
            if len(fitting) == 1:
                found[unit] = fitting[0]
        return found

    def _node(self, key: str) -> Node:
        return self.ids.get(key, key)

    def _joined(self, units: set[int]) -> list[set[Node]]:
        """Units that belong together: by lines entered here, and by new ones of the release."""
        beside: dict[Node, set[Node]] = defaultdict(set)
        pairs: list[tuple[Node, Node]] = [(x.predecessor_id, x.successor_id) for x in self.ahead]
        for told in self.release.lineage:
            pair = (self._node(told.predecessor), self._node(told.successor))
            if (*pair, told.on) not in self.present:
                pairs.append(pair)
        for one, other in pairs:
            beside[one].add(other)
            beside[other].add(one)
        found: list[set[Node]] = []
        reached: set[Node] = set()
        for unit in sorted(units):
            if unit in reached:
                continue
            group: set[Node] = set()
            frontier: set[Node] = {unit}
            while frontier:
                group |= frontier
                frontier = {other for one in frontier for other in beside[one]} - group
            reached |= group
            found.append(group)
        return found

    def _days(self, nodes: set[Node]) -> list[dt.date]:
        days = {line.on for line in self.ahead if line.predecessor_id in nodes}
        for node in nodes:
            if isinstance(node, int):
                days |= {s.valid_from for s in self.states[node] if s.is_ahead and s.valid_from}
        return sorted(days)

    def _judge(self, group: Group) -> None:
        """How many of the changes, in the order of their days, the release tells."""
        group.there = self._there(group)
        parents = self._parents(group.nodes)
        for until in (None, *reversed(group.days)):
            group.here = self._here(group, until, parents)
            if group.here == group.there:
                group.known_until = until
                return
        group.disputed = True
        group.here = self._here(group, None, parents)

    def _there(self, group: Group) -> Told:
        """What the release says of the group from the first of the days on."""
        start, told = group.days[0], set[StateTold | LineTold]()
        for node in group.nodes:
            key = self.keys.get(node) if isinstance(node, int) else node
            for state in self.release.units[key].states if key else ():
                if _counts(state.span.first, state.span.last, start):
                    parent = self._node(state.parent) if state.parent else None
                    named = (state.name, state.kind)
                    told.add(_told(node, state.span.first, state.span.last, start, named, parent))
        for line in self.release.lineage:
            pair = (self._node(line.predecessor), self._node(line.successor))
            if line.on >= start and not group.nodes.isdisjoint(pair):
                told.add(LineTold(*pair, line.on, line.part))
        return frozenset(told)

    def _here(
        self,
        group: Group,
        until: dt.date | None,
        parents: Mapping[tuple[int, dt.date | None], int | None],
    ) -> Told:
        """What the database says of it, as if the changes from the day ``until`` on were not."""
        start, told = group.days[0], set[StateTold | LineTold]()
        for node in group.nodes:
            for state in self.states[node] if isinstance(node, int) else ():
                first, last = state.valid_from, state.valid_to
                if until is not None and first is not None and first >= until:
                    continue
                if until is not None and last is not None and last >= day_before(until):
                    last = None
                if _counts(first, last, start):
                    parent = parents.get((state.unit_id, first))
                    told.add(_told(node, first, last, start, (state.name, state.kind), parent))
        for line in self.lines:
            pair = (line.predecessor_id, line.successor_id)
            if group.nodes.isdisjoint(pair) or line.on < start:
                continue
            if until is None or line.on < until:
                told.add(LineTold(*pair, line.on, line.part))
        return frozenset(told)

    def _parents(self, nodes: set[Node]) -> dict[tuple[int, dt.date | None], int | None]:
        """(unit, first day of a state) -> the unit above on that day."""
        units = [node for node in nodes if isinstance(node, int)]
        rows = list(Placement.objects.filter(tree=Placement.Tree.STATE, unit_id__in=units))
        found: dict[tuple[int, dt.date | None], int | None] = {}
        for unit in units:
            for state in self.states[unit]:
                day = state.valid_from or dt.date.min
                for row in rows:
                    begun = row.unit_id == unit and (row.valid_from or dt.date.min) <= day
                    if begun and (row.valid_to is None or day <= row.valid_to):
                        found[unit, state.valid_from] = row.parent_id
        return found


def _counts(first: dt.date | None, last: dt.date | None, start: dt.date) -> bool:
    """Whether a state reaches the day before the changes, or lies after it."""
    return last is None or last >= day_before(start) or (first is not None and first >= start)


def _told(
    node: Node,
    first: dt.date | None,
    last: dt.date | None,
    start: dt.date,
    named: tuple[str, str],
    parent: Node | None,
) -> StateTold:
    """A state for comparing, ``named`` by name and kind; of one from before the changes only how
    long it lasts."""
    if first is None or first < start:
        return StateTold(node, None, last, "", "", None)
    return StateTold(node, first, last, *named, parent)


def rows_known(
    ahead: Ahead, states: Mapping[int, Sequence[UnitState]]
) -> tuple[list[UnitState], list[Lineage]]:
    """The rows entered here that the release now tells, so that they are the map's own."""
    own = [
        state
        for group in ahead.groups
        for node in group.nodes
        if isinstance(node, int)
        for state in states[node]
        if state.is_ahead and group.knows(state.valid_from)
    ]
    lines = []
    for line in Lineage.objects.filter(is_ahead=True):
        group = ahead.group(line.predecessor_id)
        if group is not None and group.knows(line.on):
            lines.append(line)
    return own, lines


def _order(item: StateTold | LineTold) -> tuple[int, str]:
    if isinstance(item, LineTold):
        return 1, f"{item.on}{item.predecessor}{item.successor}"
    return (0 if item.first else 2), f"{item.first}{item.name}{item.node}"


def _in_words(
    group: Group,
    states: Mapping[int, Sequence[UnitState]],
    units: Mapping[str, ReleasedUnit],
) -> tuple[str, str]:
    """Of a disputed group: what stands here and not in the release, and the other way round."""

    def name(node: Node) -> str:
        return states[node][-1].name if isinstance(node, int) else units[node].states[-1].name

    def told(found: Iterable[StateTold | LineTold]) -> str:
        said = []
        for item in sorted(found, key=_order):
            if isinstance(item, LineTold):
                said.append(
                    f"{name(item.predecessor)} → {name(item.successor)} ({item.on:%d/%m/%Y})"
                )
            elif item.first is not None:
                said.append(f"{item.name} ({item.first:%d/%m/%Y})")
            elif item.last is not None:
                said.append(f"{name(item.node)} ≤ {item.last:%d/%m/%Y}")
        more = f"; +{len(said) - _MOST_TOLD}" if len(said) > _MOST_TOLD else ""
        return ("; ".join(said[:_MOST_TOLD]) + more) or "–"

    return told(group.here - group.there), told(group.there - group.here)


def told_of_groups(
    ahead: Ahead,
    ids: Mapping[str, int],
    states: Mapping[int, Sequence[UnitState]],
    release: Release,
) -> tuple[list[ReferenceChange], set[str]]:
    """What an update says of the groups, and the keys of the units it must leave alone."""
    keys = {unit: key for key, unit in ids.items()}
    changes: list[ReferenceChange] = []
    left_alone: set[str] = set()
    for state in rows_known(ahead, states)[0]:
        day = state.valid_from
        changes.append(
            ReferenceChange(
                "change",
                keys[state.unit_id],
                f"{state.name} từ {day}, ghi ở đây, nay có trong bản phát hành",
                f"{state.name} from {day}, entered here, is in the release now",
            )
        )
    for group in ahead.groups:
        if group.is_whole:
            continue
        own = sorted(str(keys.get(n, n) if isinstance(n, int) else n) for n in group.nodes)
        left_alone |= set(own)
        changes.append((_dispute if group.disputed else _kept)(own[0], group, states, release))
    return changes, left_alone


def _dispute(
    key: str, group: Group, states: Mapping[int, Sequence[UnitState]], release: Release
) -> ReferenceChange:
    here, there = _in_words(group, states, release.units)
    return ReferenceChange(
        "conflict",
        key,
        f"sắp xếp đơn vị ghi ở đây khác bản phát hành. Ở đây: {here}. Bản phát hành: {there}. "
        "Chưa ghi gì của bản phát hành về các đơn vị này; đối chiếu với nghị quyết.",
        f"a change of units entered here differs from the release. Here: {here}. The release: "
        f"{there}. Nothing of the release was written for these units; compare with the "
        "resolution.",
    )


def _kept(
    key: str, group: Group, states: Mapping[int, Sequence[UnitState]], _release: Release
) -> ReferenceChange:
    names = ", ".join(
        state.name
        for node in sorted(n for n in group.nodes if isinstance(n, int))
        for state in states[node]
        if state.is_ahead and not group.knows(state.valid_from)
    )
    return ReferenceChange(
        "kept",
        key,
        f"{names}: ghi ở đây, bản phát hành chưa có; giữ nguyên",
        f"{names}: entered here, not yet in the release; kept",
    )


def touches(ahead: Ahead, ids: Mapping[str, int], line: ReleasedLineage) -> bool:
    """Whether a line of the release concerns a unit that the update must leave alone."""
    return any(ahead.is_left_alone(ids.get(key, key)) for key in (line.predecessor, line.successor))
