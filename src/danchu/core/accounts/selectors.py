"""Who works where: lists of people for those who manage them, and one's own posts."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import is_password_usable
from django.db.models import Q, QuerySet

from danchu.core import clock
from danchu.core.contracts import OPERATOR, Actor
from danchu.core.prepared import Prepared
from danchu.core.units.models import Placement
from danchu.core.units.selectors import who_answers
from danchu.core.units.selectors.validity import in_force

from . import policy
from .models import Account, RoleGrant
from .roles import RIGHTS, ROLES, Role, roles_with


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role of a person over one unit."""

    grant_id: int
    role: str
    name_vi: str
    name_en: str
    tree: str
    valid_from: dt.date
    valid_to: dt.date | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of a unit as its administrator sees them."""

    account_id: int
    name: str
    email: str
    post: str
    has_signed_in: bool
    last_signed_in: dt.datetime | None
    last_day: dt.date | None
    roles: list[RoleRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Post:
    """A unit over which a person holds roles today."""

    unit_id: int
    tree: str
    roles: tuple[str, ...]


def people_of(viewer: Actor, unit_id: int, *, with_past: bool = False) -> list[PersonRow]:
    """The people with a role over exactly this unit, by name; empty for who may not manage them.

    ``with_past`` also lists roles that have ended. Two queries, whatever the number of people.
    """
    if not viewer.may("people.manage", unit_id):
        return []
    day = clock.today()
    rows = _PEOPLE.rows(unit_id) if with_past else _PEOPLE_NOW.rows(unit_id, day)
    people: dict[int, PersonRow] = {}
    for account_id, name, email, post, password, last_login, last_day, *grant in rows:
        person = people.get(account_id)
        if person is None:
            person = people[account_id] = PersonRow(
                account_id=account_id,
                name=name,
                email=email,
                post=post,
                has_signed_in=is_password_usable(password),
                last_signed_in=last_login,
                last_day=last_day,
            )
        person.roles.append(_row(*grant, on=day))
    return list(people.values())


def _people(unit_id: int) -> QuerySet[RoleGrant, Any]:
    account = ("id", "name", "email", "post", "password", "last_login", "last_day")
    return (
        RoleGrant.objects.filter(unit_id=unit_id)
        .order_by("account__name", "account_id", "valid_from", "pk")
        .values_list(*(f"account__{name}" for name in account), *_GRANT)
    )


_GRANT = ("pk", "role", "tree", "valid_from", "valid_to")
_PEOPLE = Prepared(_people)
_PEOPLE_NOW = Prepared(
    lambda unit_id, day: _people(unit_id).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
)


def posts_of(account: Account) -> list[Post]:
    """The units over which this person holds roles today, in the order they were given."""
    held: dict[tuple[int, str], list[str]] = {}
    for grant in policy.held_today(account):
        held.setdefault((grant.unit_id, grant.tree), []).append(grant.role)
    return [Post(unit, tree, tuple(roles)) for (unit, tree), roles in held.items()]


def home_unit_id(viewer: Actor) -> int | None:
    """The unit a person works for: where a role is held today, the State tree's first.

    Among several it is the first that was given: being made a viewer of another unit later
    does not move anybody's desk. None for the public and for who holds no role today.
    """
    if not isinstance(viewer, Account):
        return None
    grants = policy.held_today(viewer)
    if not grants:
        return None
    return min(grants, key=lambda g: g.tree != "state").unit_id


def _row(
    grant_id: int, key: str, tree: str, first: dt.date, last: dt.date | None, *, on: dt.date
) -> RoleRow:
    role = ROLES.get(key)
    return RoleRow(
        grant_id=grant_id,
        role=key,
        name_vi=role.name_vi if role else key,
        name_en=role.name_en if role else key,
        tree=tree,
        valid_from=first,
        valid_to=last,
        is_current=first <= on and (last is None or on <= last),
    )


@dataclass(frozen=True, slots=True)
class OwnRole:
    """A role as the person who holds it sees it."""

    unit_id: int
    role: RoleRow


def own_roles(viewer: Actor) -> list[OwnRole]:
    """The viewer's own roles that have not ended, in the order of their first days; one query."""
    if not isinstance(viewer, Account):
        return []
    day = clock.today()
    grants = RoleGrant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), account_id=viewer.pk
    ).order_by("valid_from", "pk")
    return [
        OwnRole(unit_id, _row(*grant, on=day))
        for unit_id, *grant in grants.values_list("unit_id", *_GRANT)
    ]


def roles_to_give(viewer: Actor, unit_id: int, tree: str = "state") -> list[Role]:
    """The roles that the viewer may give and end over the unit: those whose rights they all hold.

    The rule is that of ``services.grant_role``, asked for all roles at once; the service asks
    it again. None where the unit does not stand in the tree today.
    """
    if viewer is OPERATOR:
        return list(ROLES.values())
    if not isinstance(viewer, Account):
        return []
    held = {right for right in RIGHTS if policy.may_in_tree(viewer, right, unit_id, tree)}
    return [role for role in ROLES.values() if role.rights | {"people.manage"} <= held]


def acted_from(
    unit_id: int, right: str, acts: Collection[tuple[int, dt.date]]
) -> dict[tuple[int, dt.date], int]:
    """(account, day) -> the other unit from which that person then held ``right`` over the unit.

    Nothing for who held it by a role over the unit itself, or over the unit that answers for it
    now, and for who held none that is still known. Of several the nearest above. Two queries,
    three for a unit that ended; none without acts.
    """
    if not acts:
        return {}
    today = clock.today()
    places = list(
        Placement.objects.filter(in_force(today), unit_id=unit_id).values_list("tree", "path")
    )
    own = {unit_id} if places else {unit_id, who_answers(unit_id, today)}
    grants = list(
        RoleGrant.objects.filter(
            account_id__in={account for account, _day in acts}, role__in=roles_with(right)
        )
        .order_by("pk")
        .values_list("account_id", "unit_id", "tree", "valid_from", "valid_to")
    )
    found: dict[tuple[int, dt.date], int] = {}
    for account, day in acts:
        held = [
            (_distance(unit, tree, places), unit)
            for who, unit, tree, first, last in grants
            if who == account and first <= day and (last is None or day <= last)
        ]
        if held and not own & {unit for _distance, unit in held}:
            found[account, day] = min(held, key=lambda each: each[0])[1]
    return found


def _distance(above: int, tree: str, places: Collection[tuple[str, str]]) -> int:
    """How many steps ``above`` stands over the unit of ``places``; past any where it does not."""
    steps = [
        path.count("/") - path.index(f"/{above}/")
        for own_tree, path in places
        if own_tree == tree and f"/{above}/" in path
    ]
    return min(steps, default=sys.maxsize)


def account_names(viewer: Actor, ids: Collection[int]) -> dict[int, str]:
    """id -> name and post of people who wrote something down, for those who work in the office.

    Empty for the public; one query.
    """
    if viewer is not OPERATOR and not isinstance(viewer, Account):
        return {}
    rows = Account.objects.filter(pk__in=list(ids)).values_list("pk", "name", "post")
    return {pk: ", ".join(part for part in (name, post) if part) for pk, name, post in rows}
