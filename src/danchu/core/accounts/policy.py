"""Whether a person may do a thing: a role valid that day, over a unit where it stands *now*.

Access follows the structure as it is now (SECURITY rule 13). A unit that ended is answered for
by its successors of the same level, or, where there are none, by the unit last above it;
that is worked out here twice, upward for one unit (:func:`may`) and downward for a whole scope
(:func:`within`), and a test on random structures keeps the two alike.

What was read for an account is kept on that account object, that is for one request.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from danchu.core import clock
from danchu.core.contracts import OPERATOR, Actor
from danchu.core.listed import Listed, as_list
from danchu.core.prepared import Prepared
from danchu.core.units.models import Lineage, Placement, Unit
from danchu.core.units.selectors import who_answers
from danchu.core.units.selectors.validity import in_force

from .models import Account, RoleGrant
from .reach import Place, Reach, in_ranges, ranges_of
from .roles import roles_with

_NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A role grant together with where its unit stands today."""

    role: str
    unit_id: int
    tree: str
    path: str
    level: str
    valid_from: dt.date
    valid_to: dt.date | None

    def valid_on(self, day: dt.date) -> bool:
        """Whether the role is held on ``day``; both ends belong to it."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(slots=True)
class _Known:
    """What was read from the database for one account, on one structure of one day."""

    day: dt.date
    grants: list[HeldGrant]
    places: dict[int, list[Place]] = field(default_factory=dict)
    answering: dict[int, list[int]] = field(default_factory=dict)
    ended: dict[frozenset[Place], list[int]] = field(default_factory=dict)
    scopes: dict[tuple[str, dt.date], list[Place]] = field(default_factory=dict)


def may(
    account: Account, right: str, unit_id: int | None = None, on: dt.date | None = None
) -> bool:
    """Whether ``account`` holds ``right`` over the unit; ``unit_id`` None asks: anywhere.

    ``on`` is the day on which the role must be valid, today if not given; the structure is
    always today's. Someone whose account is closed may nothing. Raises ``ValueError`` for a
    right that does not exist.
    """
    scope = scope_paths(account, right, on)
    if unit_id is None or not scope:
        return bool(scope)
    return _covers(_known(account), scope, unit_id, frozenset())


def among(viewer: Actor, right: str, unit_ids: Collection[int]) -> set[int]:
    """Those of ``unit_ids`` over which the viewer holds ``right`` today: :func:`may` for many.

    Asks no query for units the viewer has a role over, one for others that stand, and two or
    three more for all those that ended, however many.
    """
    if viewer is OPERATOR:
        return set(unit_ids)
    scope = scope_paths(viewer, right) if isinstance(viewer, Account) else []
    if not isinstance(viewer, Account) or not scope:
        return set()
    known = _known(viewer)
    held = {g.unit_id for g in known.grants if _inside((g.tree, g.path), scope)}
    _learn(known, set(unit_ids) - held)
    return {unit for unit in unit_ids if _covers(known, scope, unit, frozenset())}


def may_in_tree(account: Account, right: str, unit_id: int, tree: str) -> bool:
    """Whether ``account`` holds ``right`` where the unit stands today in ``tree``."""
    scope = [place for place in scope_paths(account, right) if place[0] == tree]
    places = [place for place in _places(_known(account), unit_id) if place[0] == tree]
    return any(_inside(place, scope) for place in places)


def may_under(account: Account, right: str, tree: str, path: str) -> bool:
    """The same where the path of the unit in ``tree`` today is known already."""
    return _inside((tree, path), scope_paths(account, right))


def works_in(viewer: Actor, right: str, unit_id: int) -> bool:
    """Whether the viewer holds ``right`` by a role over this very unit, not over one above it.

    For what the unit itself sees or says before the levels above do. Of a unit that ended it is
    a role over the unit that answers for it. No query for the person's own unit.
    """
    if viewer is OPERATOR:
        return True
    if not isinstance(viewer, Account):
        return False
    roles = roles_with(right)
    own = {grant.unit_id for grant in held_today(viewer) if grant.role in roles}
    return bool(own) and (unit_id in own or who_answers(unit_id, clock.today()) in own)


def stands(unit_id: int, tree: str) -> bool:
    """Whether the unit stands in ``tree`` today."""
    return Placement.objects.filter(in_force(clock.today()), unit_id=unit_id, tree=tree).exists()


def scope_paths(account: Account, right: str, on: dt.date | None = None) -> list[Place]:
    """The (tree, path) under which ``account`` holds ``right``, none of them inside another."""
    roles = roles_with(right)
    if not account.is_active or account.pk is None:
        return []
    known = _known(account)
    day = on or known.day
    scope = known.scopes.get((right, day))
    if scope is None:
        found = {
            (grant.tree, grant.path)
            for grant in known.grants
            if grant.role in roles and grant.valid_on(day)
        }
        scope = sorted(place for place in found if not _inside(place, found - {place}))
        known.scopes[right, day] = scope
    return [*scope]


def held_today(account: Account) -> list[HeldGrant]:
    """The roles this person holds today over units that stand today, in the order given."""
    if not account.is_active:
        return []
    day = clock.today()
    return [grant for grant in _known(account).grants if grant.valid_on(day)]


def within(viewer: Actor, right: str, prefix: str = "") -> Q:
    """A filter for rows whose unit the viewer holds ``right`` over today.

    ``prefix`` is the way from the row to its unit, empty for units themselves ("unit" for a
    record). Costs one query for the roles and one or two small ones for ended units; the
    rows themselves are then found by path ranges in one statement.
    """
    name = f"{prefix}__in" if prefix else "pk__in"
    if viewer is OPERATOR:
        return ~_NOTHING  # an empty Q would vanish when a caller joins it with another by "or"
    scope = scope_paths(viewer, right) if isinstance(viewer, Account) else []
    if not isinstance(viewer, Account) or not scope:
        return _NOTHING
    known = _known(viewer)
    nations = {(g.tree, g.path) for g in known.grants if g.level == Unit.Level.NATION}
    roots = [place for place in scope if place in nations]
    places = [place for place in scope if place not in nations]
    found = _NOTHING
    if places:
        found |= Q(**{name: _standing_in(places, known.day)})
        ended = _ended_under(known, places)
        if ended:
            found |= Q(**{name: ended})
    if roots:
        # Whatever ever stood below the root of a tree is below it still; no need to ask
        # after the successors of ten thousand ended units.
        found |= Q(**{name: Placement.objects.filter(_any_below(roots)).values("unit_id")})
    return found


def reach(viewer: Actor, right: str) -> Reach | None:
    """What :func:`within` asks for. None where it asks in another form: of the operator, of who
    holds the right nowhere, of who holds it over a nation."""
    scope = scope_paths(viewer, right) if isinstance(viewer, Account) else []
    if not isinstance(viewer, Account) or not scope:
        return None
    known = _known(viewer)
    if any(g.level == Unit.Level.NATION and (g.tree, g.path) in scope for g in known.grants):
        return None
    ended = as_list(_ended_under(known, scope))
    return Reach(*ranges_of(scope), known.day, ended)


def forget(account: Account) -> None:
    """Have the roles read again; called by the services that change them."""
    account.__dict__.pop("_danchu_known", None)


def _known(account: Account) -> _Known:
    day = clock.today()
    known: _Known | None = account.__dict__.get("_danchu_known")
    if known is None or known.day != day:
        known = account.__dict__["_danchu_known"] = _Known(
            day, [HeldGrant(*row) for row in _GRANTS.rows(account.pk, day) if row[_PATH]]
        )
    return known


def _grants(account_id: int, day: dt.date) -> QuerySet[RoleGrant, Any]:
    # Each column of the unit is asked for by itself: one or two roles are found at once, and to
    # weigh the ways to join three tables takes PostgreSQL longer than to answer.
    place = Placement.objects.filter(in_force(day), unit=OuterRef("unit"), tree=OuterRef("tree"))
    return (
        RoleGrant.objects.filter(account_id=account_id)
        .order_by("pk")
        .values_list(
            "role",
            "unit_id",
            "tree",
            Subquery(place.values("path")[:1]),
            Subquery(Unit.objects.filter(pk=OuterRef("unit")).values("level")[:1]),
            "valid_from",
            "valid_to",
        )
    )


_PATH = 3  # of its columns; nothing where the unit does not stand today
_GRANTS = Prepared(_grants)  # asked before every page of the office


def _inside(place: Place, scope: Iterable[Place]) -> bool:
    return any(place[0] == tree and place[1].startswith(path) for tree, path in scope)


def _any_below(places: Iterable[Place]) -> Q:
    return in_ranges(*ranges_of(places))


def _standing_in(places: Iterable[Place], day: dt.date) -> QuerySet[Placement, Any]:
    return Placement.objects.filter(in_force(day), _any_below(places)).values("unit_id")


# --- upward: who answers for one unit -------------------------------------------------------


def _covers(known: _Known, scope: list[Place], unit_id: int, seen: frozenset[int]) -> bool:
    # Where somebody holds a role over the very unit, its place is known already.
    own = [(g.tree, g.path) for g in known.grants if g.unit_id == unit_id]
    if any(_inside(place, scope) for place in own):
        return True
    places = _places(known, unit_id)
    if places:
        return any(_inside(place, scope) for place in places)
    if unit_id in seen:
        return False
    return any(
        _covers(known, scope, answering, seen | {unit_id})
        for answering in _answering(known, unit_id)
    )


def _places(known: _Known, unit_id: int) -> list[Place]:
    if unit_id not in known.places:
        rows = Placement.objects.filter(in_force(known.day), unit_id=unit_id)
        known.places[unit_id] = list(rows.values_list("tree", "path"))
    return known.places[unit_id]


def _answering(known: _Known, unit_id: int) -> list[int]:
    """The units that answer for an ended one: its successors, else the unit last above it."""
    if unit_id not in known.answering:
        found = list(
            _successions(known.day)
            .filter(predecessor_id=unit_id)
            .values_list("successor_id", flat=True)
        ) or list(
            Placement.objects.filter(
                _last(known.day), unit_id=unit_id, parent__isnull=False
            ).values_list("parent_id", flat=True)
        )
        known.answering[unit_id] = [unit for unit in found if unit is not None]
    return known.answering[unit_id]


def _learn(known: _Known, unit_ids: set[int]) -> None:
    """Read for many units at once what :func:`_covers` would ask of each."""
    waiting = unit_ids - known.places.keys()
    while waiting:
        found: dict[int, list[Place]] = {unit: [] for unit in waiting}
        for unit, tree, path in _PLACES.rows(as_list(sorted(waiting)), known.day):
            found[unit].append((tree, path))
        known.places |= found
        ended = {unit for unit in waiting if not found[unit]} - known.answering.keys()
        answering: dict[int, list[int]] = {unit: [] for unit in ended}
        for unit, successor in _HANDED_ON.rows(sorted(ended), known.day):
            answering[unit].append(successor)
        left = sorted(unit for unit in ended if not answering[unit])
        for unit, parent in _LAST_ABOVE.rows(left, known.day):
            answering[unit].append(parent)
        known.answering |= answering
        waiting = {unit for units in answering.values() for unit in units} - known.places.keys()


def _successions(day: dt.date) -> QuerySet[Lineage]:
    """Lineage that hands on the answering: in force, to another unit of the same level."""
    return Lineage.objects.filter(on__lte=day, predecessor__level=F("successor__level")).exclude(
        predecessor=F("successor")
    )


def _last(day: dt.date) -> Q:
    """Placements that ended, and after which the unit stood nowhere else in that tree."""
    later = Placement.objects.filter(
        unit_id=OuterRef("unit_id"),
        tree=OuterRef("tree"),
        valid_to__gt=OuterRef("valid_to"),
        valid_to__lt=day,
    )
    return Q(Q(valid_to__lt=day), ~Exists(later))


_PLACES = Prepared(
    lambda units, day: Placement.objects.filter(
        in_force(day), Listed("unit_id", units)
    ).values_list("unit_id", "tree", "path")
)
_HANDED_ON = Prepared(
    lambda units, day: (
        _successions(day)
        .filter(predecessor_id__in=units)
        .values_list("predecessor_id", "successor_id")
    )
)
_LAST_ABOVE = Prepared(
    lambda units, day: Placement.objects.filter(
        _last(day), unit_id__in=units, parent__isnull=False
    ).values_list("unit_id", "parent_id")
)


# --- downward: which ended units a scope answers for ----------------------------------------


def _ended_under(known: _Known, places: list[Place]) -> list[int]:
    key = frozenset(places)
    if key not in known.ended:
        found: set[int] = set()
        rows = _ENDED_UNDER.rows(*ranges_of(places), known.day)
        while newest := {unit for (unit,) in rows} - found:
            found |= newest
            rows = _ENDED_FOR.rows(sorted(newest), known.day)
        known.ended[key] = sorted(found)
    return known.ended[key]


def _ended_for(units: Any, day: dt.date) -> QuerySet[Unit, Any]:
    """The ended units for which one of ``units`` answers directly."""
    standing = Placement.objects.filter(in_force(day), unit_id=OuterRef("pk"))
    handed_on = _successions(day).filter(predecessor_id=OuterRef("unit_id"))
    successors = _successions(day).filter(successor_id__in=units).values("predecessor_id")
    children = Placement.objects.filter(_last(day), ~Exists(handed_on), parent_id__in=units)
    # One list: of two joined by "or" PostgreSQL makes a question to every unit of the country.
    theirs = successors.union(children.values("unit_id"))
    return Unit.objects.filter(~Exists(standing), pk__in=theirs).values_list("pk")


def _ended_under_ranges(
    trees: Sequence[str], starts: Sequence[str], ends: Sequence[str], day: dt.date
) -> QuerySet[Unit, Any]:
    standing = Placement.objects.filter(in_force(day), in_ranges(trees, starts, ends))
    return _ended_for(standing.values("unit_id"), day)


_ENDED_FOR = Prepared(_ended_for)
_ENDED_UNDER = Prepared(_ended_under_ranges)
