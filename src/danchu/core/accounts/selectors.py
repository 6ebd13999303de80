"""Who works where: lists of people for those who manage them, and one's own posts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q

from danchu.core import clock
from danchu.core.contracts import OPERATOR, Actor

from . import policy
from .models import Account, RoleGrant
from .roles import RIGHTS, ROLES, Role


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
    grants = RoleGrant.objects.filter(unit_id=unit_id).select_related("account")
    if not with_past:
        grants = grants.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    people: dict[int, PersonRow] = {}
    for grant in grants.order_by("account__name", "account_id", "valid_from", "pk"):
        account = grant.account
        person = people.get(account.pk)
        if person is None:
            person = people[account.pk] = PersonRow(
                account_id=account.pk,
                name=account.name,
                email=account.email,
                post=account.post,
                has_signed_in=account.has_usable_password(),
                last_signed_in=account.last_login,
                last_day=account.last_day,
            )
        person.roles.append(_row(grant, day))
    return list(people.values())


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


def _row(grant: RoleGrant, day: dt.date) -> RoleRow:
    role = ROLES.get(grant.role)
    return RoleRow(
        grant_id=grant.pk,
        role=grant.role,
        name_vi=role.name_vi if role else grant.role,
        name_en=role.name_en if role else grant.role,
        tree=grant.tree,
        valid_from=grant.valid_from,
        valid_to=grant.valid_to,
        is_current=grant.valid_from <= day and (grant.valid_to is None or day <= grant.valid_to),
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
    )
    return [
        OwnRole(grant.unit_id, _row(grant, day)) for grant in grants.order_by("valid_from", "pk")
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
