"""Roles follow a change of the map: people answer for the unit that took over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q

from danchu.core.clock import today
from danchu.core.contracts import Actor, Effect, Following, Heir, Touched, UnitChange, Withdrawal

from . import policy
from .models import Account, RoleGrant
from .roles import ROLES
from .services import _end, _keep_last_day, may_give

AREA = "accounts"


def touched(actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """Roles over the units that end, each alone; over those that go on they are counted."""
    for grant in _lasting(change):
        yield _touched(actor, grant, change)
    yield from _staying(change)


def transfer(actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """End the roles over units that ended and give the same over the unit that took over.

    What the person acting could not have given is left as it is: nobody hands on more than
    they hold. A role over a unit that is no more gives nothing by itself.
    """
    staying = list(_staying(change))
    for grant in _lasting(change):
        account = Account.objects.select_for_update().get(pk=grant.account_id)
        done = _touched(actor, grant, change)
        heir = change.heir(grant.unit_id).unit_id
        if done.effect == Effect.MOVES and heir is not None:
            RoleGrant.objects.update_or_create(
                account=account,
                role=grant.role,
                unit_id=heir,
                tree=grant.tree,
                valid_from=max(change.on, grant.valid_from),
                defaults={
                    "valid_to": grant.valid_to,
                    "granted_by_id": actor.actor_id,
                    "ended_by": None,
                },
            )
        if done.effect != Effect.LEFT:
            grant.valid_to = change.last_day
            grant.ended_by_id = actor.actor_id
            grant.save(update_fields=["valid_to", "ended_by"])
            _keep_last_day(account)
        yield done
    if isinstance(actor, Account):
        policy.forget(actor)
    yield from staying


def _staying(change: UnitChange) -> Iterator[Touched]:
    held = RoleGrant.objects.filter(_after(change), unit_id__in=change.goes_on)
    counts = held.values_list("unit_id").annotate(n=Count("pk")).order_by("unit_id")
    for unit_id, number in counts:
        yield Touched(
            AREA,
            f"roles of {unit_id}",
            Effect.STAYS,
            unit_id,
            f"{number} vai trò ở {change.units[unit_id]} giữ nguyên",
            f"{number} roles over {change.units[unit_id]} stay as they are",
            number=number,
        )


def _touched(actor: Actor, grant: RoleGrant, change: UnitChange) -> Touched:
    heir, name = change.heir(grant.unit_id), change.units[grant.unit_id]
    role = ROLES.get(grant.role)
    vi, en = (role.name_vi, role.name_en) if role else (grant.role, grant.role)
    effect = _effect(actor, grant, change, heir)
    said = {
        Effect.MOVES: (
            f"Vai trò {vi} ở {name} chuyển sang {heir.name}",
            f"The role {en} over {name} goes over to {heir.name}",
        ),
        Effect.ENDS: (
            f"Vai trò {vi} ở {name} hết hạn; người giữ không mất quyền đang có ở {heir.name}",
            f"The role {en} over {name} ends; what its holder has over {heir.name} stays",
        ),
        Effect.LEFT: (
            f"Vai trò {vi} ở {name} không chuyển được: người thực hiện không có quyền cấp vai "
            "trò này. Quản trị viên có quyền cấp lại ở đơn vị mới",
            f"The role {en} over {name} cannot go over: whoever carries this out may not give "
            "it. An administrator who may gives it anew",
        ),
    }[effect]
    return Touched(
        AREA,
        f"role {grant.pk}",
        effect,
        grant.unit_id,
        *said,
        to=heir if effect == Effect.MOVES else None,
        account_id=grant.account_id,
        was=grant.valid_to.isoformat() if grant.valid_to else "",
    )


def take_back(actor: Actor, withdrawal: Withdrawal) -> Iterator[Touched]:
    """Give people the roles they had over the units that ended, and end those over the units
    that began.

    What the person acting could not give is left, as when the change was carried out.
    """
    if isinstance(actor, Account):
        policy.forget(actor)  # the units that had ended are there again
    given: set[int] = set()
    for one in withdrawal.of(AREA, Effect.MOVES, Effect.ENDS):
        grant = RoleGrant.objects.get(pk=one.key)
        if grant.valid_to != withdrawal.last_day:
            continue  # somebody has changed it since
        account = Account.objects.select_for_update().get(pk=grant.account_id)
        yield _given_back(actor, grant, one.last_day, withdrawal)
        _keep_last_day(account)
        if one.effect == Effect.MOVES and one.to_unit_id is not None:
            begins = max(withdrawal.on, grant.valid_from)
            same = RoleGrant.objects.filter(
                account=account, role=grant.role, tree=grant.tree, unit_id=one.to_unit_id
            )
            given |= set(same.filter(valid_from=begins).values_list("pk", flat=True))
    yield from _ended_again(actor, given, withdrawal)
    if isinstance(actor, Account):
        policy.forget(actor)


def _given_back(
    actor: Actor, grant: RoleGrant, last_day: dt.date | None, withdrawal: Withdrawal
) -> Touched:
    name, role = withdrawal.name(grant.unit_id), ROLES.get(grant.role)
    vi, en = (role.name_vi, role.name_en) if role else (grant.role, grant.role)
    effect = Effect.BACK if may_give(actor, grant) else Effect.LEFT
    if effect == Effect.BACK:
        grant.valid_to, grant.ended_by = last_day, None
        grant.save(update_fields=["valid_to", "ended_by"])
        said = (f"Vai trò {vi} ở {name} có lại như trước", f"The role {en} over {name} is back")
    else:
        said = (
            f"Vai trò {vi} ở {name} chưa trả lại được: người thực hiện không có quyền cấp vai "
            "trò này. Quản trị viên có quyền cấp lại",
            f"The role {en} over {name} is not back: whoever carries this out may not give it. "
            "An administrator who may gives it anew",
        )
    ref = f"role {grant.pk}"
    return Touched(AREA, ref, effect, grant.unit_id, *said, account_id=grant.account_id)


def _ended_again(actor: Actor, given: set[int], withdrawal: Withdrawal) -> Iterator[Touched]:
    """The roles that the change gave, and all others over units that began, end yesterday."""
    last_day = today() - dt.timedelta(days=1)
    here = Q(pk__in=given) | Q(unit_id__in=withdrawal.begun.keys())
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    for grant in RoleGrant.objects.filter(here, lasting).order_by("pk"):
        account = Account.objects.select_for_update().get(pk=grant.account_id)
        _end(grant, last_day, actor)
        _keep_last_day(account)
        name, role = withdrawal.name(grant.unit_id), ROLES.get(grant.role)
        vi, en = (role.name_vi, role.name_en) if role else (grant.role, grant.role)
        yield Touched(
            AREA,
            f"role {grant.pk}",
            Effect.ENDS,
            grant.unit_id,
            f"Vai trò {vi} ở {name} kết thúc",
            f"The role {en} over {name} ends",
            account_id=grant.account_id,
        )


def _effect(actor: Actor, grant: RoleGrant, change: UnitChange, heir: Heir) -> Effect:
    if change.kind == "abolish":
        return Effect.ENDS  # the unit above has its own people
    if grant.account_id == actor.actor_id or not may_give(actor, grant):
        return Effect.LEFT
    if heir.unit_id is None:
        return Effect.MOVES
    same = RoleGrant.objects.filter(
        _after(change),
        account_id=grant.account_id,
        role=grant.role,
        unit_id=heir.unit_id,
        tree=grant.tree,
    )
    return Effect.ENDS if same.exists() else Effect.MOVES


def _lasting(change: UnitChange) -> list[RoleGrant]:
    rows = RoleGrant.objects.filter(_after(change), unit_id__in=change.ends)
    return list(rows.order_by("pk"))


def _after(change: UnitChange) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=change.on)


FOLLOWING = [
    Following(
        AREA, "Người dùng và vai trò", "People and roles", touched, transfer, take_back=take_back
    )
]
