"""People and the roles they hold: who adds whom, and who may give what.

The rule of giving: a role may be given, ended or worked around (by a one-time link) only by
someone who manages people there *and* holds every right of that role over the unit, in the
same tree. So nobody gives, takes over or locks out more than they hold themselves.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.contracts import OPERATOR, Actor, require
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.text import at_the_door
from danchu.core.units.models import Placement

from . import policy
from .models import Account, RoleGrant
from .roles import ROLES

MAX_NAME, MAX_POST = 120, 160


@dataclass(frozen=True, slots=True)
class Added:
    """The outcome of adding a person: whether the account is new, and the role given."""

    account: Account
    created: bool
    grant: RoleGrant


def add_person(
    *,
    actor: Actor,
    email: str,
    name: str,
    unit_id: int,
    role: str,
    post: str = "",
    tree: str = "state",
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    is_demo: bool = False,
) -> Added:
    """Add a person with a first role; someone who has an account keeps it and gets the role.

    The new account has no password: the person sets one with a one-time link. Refusals are
    those of :func:`grant_role`, and ``BadInput`` for an e-mail address or a name that is none.
    """
    email, name, post = clean_email(email), clean_name(name), clean_post(post)
    with acting_as(actor):
        require(actor, "people.manage", unit_id)
        account = Account.objects.filter(email=email).first()
        created = account is None
        if account is None:
            account = Account(email=email, name=name, post=post, is_demo=is_demo)
            account.set_unusable_password()
            try:
                with transaction.atomic():
                    account.save(force_insert=True)
            except IntegrityError:
                raise Conflict(
                    f"Vừa có người khác thêm tài khoản {email}. Mở lại danh sách rồi thử lại.",
                    f"Somebody else has just added {email}. Open the list again and retry.",
                    field="email",
                ) from None
        elif not account.is_active:
            raise Conflict(
                f"Tài khoản {email} đã bị khóa. Người quản trị hệ thống mở lại được.",
                f"The account {email} is closed. The administrator of the installation "
                "can open it again.",
                field="email",
            )
        grant = grant_role(
            actor=actor,
            account_id=account.pk,
            role=role,
            unit_id=unit_id,
            valid_from=valid_from,
            valid_to=valid_to,
            tree=tree,
        )
        if created:
            log_action("account.added", actor=actor, data={"account": account.pk, "email": email})
        return Added(account, created, grant)


def grant_role(
    *,
    actor: Actor,
    account_id: int,
    role: str,
    unit_id: int,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    tree: str = "state",
) -> RoleGrant:
    """Give a role over a unit and all below it in ``tree``, both days inclusive.

    ``valid_from`` is today when not given; ``valid_to`` None means until it is ended. Raises
    ``NotAllowed`` to whoever may not give it and to people who would give it to themselves,
    ``BadInput`` for an unknown role or a unit that stands nowhere in the tree, ``Conflict`` when
    the person holds the role on some of those days already.
    """
    begins = valid_from or clock.today()
    if role not in ROLES:
        known_vi = "; ".join(f"{one.key} ({one.name_vi})" for one in ROLES.values())
        known_en = "; ".join(f"{one.key} ({one.name_en})" for one in ROLES.values())
        raise BadInput(
            f"Không có vai trò “{role[:40]}”. Chọn một trong: {known_vi}.",
            f"There is no role “{role[:40]}”. Choose one of: {known_en}.",
            field="role",
        )
    if valid_to is not None and valid_to < begins:
        raise BadInput(
            f"Ngày hết hạn {valid_to:%d/%m/%Y} trước ngày bắt đầu {begins:%d/%m/%Y}.",
            f"The last day {valid_to} is before the first day {begins}.",
            field="valid_to",
        )
    with acting_as(actor):
        account = _locked(account_id)
        if actor.actor_id == account.pk:
            raise NotAllowed(
                "Không ai tự cấp vai trò cho mình. Đề nghị người quản trị khác cấp.",
                "Nobody gives roles to themselves. Ask another administrator.",
            )
        require(actor, "people.manage", unit_id)
        _require_standing(unit_id, tree)
        _require_may_give(actor, role, unit_id, tree)
        overlapping = RoleGrant.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=begins),
            account=account,
            role=role,
            unit_id=unit_id,
            tree=tree,
        )
        if valid_to is not None:
            overlapping = overlapping.filter(valid_from__lte=valid_to)
        if overlapping.exists():
            raise Conflict(
                f"{account.name} đã giữ vai trò {ROLES[role].name_vi} ở đơn vị này "
                "trong thời gian đó.",
                f"{account.name} holds the role {ROLES[role].name_en} over this unit "
                "on some of those days already.",
            )
        # A grant that was ended before it began keeps its row and is taken up again.
        grant, _created = RoleGrant.objects.update_or_create(
            account=account,
            role=role,
            unit_id=unit_id,
            tree=tree,
            valid_from=begins,
            defaults={
                "valid_to": valid_to,
                "granted_by_id": actor.actor_id,
                "ended_by": None,
            },
        )
        _keep_last_day(account)
        log_action(
            "account.role_granted",
            actor=actor,
            data={
                "account": account.pk,
                "role": role,
                "unit": unit_id,
                "tree": tree,
                "from": begins,
                "to": valid_to,
            },
        )
        return grant


def end_role(*, actor: Actor, grant_id: int, last_day: dt.date) -> RoleGrant:
    """End a role after ``last_day``, at the earliest yesterday (that is, at once).

    Raises ``NotFound``, ``NotAllowed`` for who could not have given it, ``BadInput`` for a day
    further back, ``Conflict`` when it ends no later anyway.
    """
    _require_recent(last_day)
    with acting_as(actor):
        found = RoleGrant.objects.filter(pk=grant_id).values_list("account_id", flat=True).first()
        if found is None:
            raise NotFound("Không tìm thấy vai trò này.", "There is no such role.")
        account = _locked(found)
        grant = RoleGrant.objects.get(pk=grant_id)
        require_may_give(actor, grant)
        if grant.valid_to is not None and grant.valid_to <= last_day:
            raise Conflict(
                f"Vai trò này đã hết hạn ngày {grant.valid_to:%d/%m/%Y}.",
                f"This role ends on {grant.valid_to} already.",
            )
        _end(grant, last_day, actor)
        _keep_last_day(account)
        log_action(
            "account.role_ended",
            actor=actor,
            data={"grant": grant.pk, "account": account.pk, "last_day": last_day},
        )
        return grant


def end_access(*, actor: Actor, account_id: int, last_day: dt.date) -> int:
    """End every role that the actor could have given after ``last_day``; how many ended.

    For someone who moves or leaves. When no role lasts longer, the person is signed out when
    the day is over and cannot sign in again; roles in units of others stay theirs to end.
    Nobody ends their own access: a unit would be left without its administrator by one slip.
    Raises ``NotFound``, ``NotAllowed`` when there is none the actor may end, ``BadInput`` for a
    day before yesterday.
    """
    _require_recent(last_day)
    with acting_as(actor):
        account = _locked(account_id)
        if actor.actor_id == account.pk:
            raise NotAllowed(
                "Không tự kết thúc quyền truy cập của mình. Nhờ quản trị viên khác.",
                "Nobody ends their own access. Ask another administrator.",
            )
        lasting = list(
            RoleGrant.objects.filter(
                Q(valid_to__isnull=True) | Q(valid_to__gt=last_day), account=account
            ).order_by("pk")
        )
        endable = [grant for grant in lasting if may_give(actor, grant)]
        if not endable:
            raise NotAllowed(
                "Không có vai trò nào của người này mà tài khoản này được kết thúc.",
                "This account may end none of this person's roles.",
            )
        for grant in endable:
            _end(grant, last_day, actor)
        _keep_last_day(account)
        log_action(
            "account.access_ended",
            actor=actor,
            data={
                "account": account.pk,
                "last_day": last_day,
                "grants": [grant.pk for grant in endable],
            },
        )
        return len(endable)


def may_give(actor: Actor, grant: RoleGrant) -> bool:
    """Whether the actor could have given this role where its unit stands now."""
    try:
        require_may_give(actor, grant)
    except NotAllowed:
        return False
    return True


def require_may_give(actor: Actor, grant: RoleGrant) -> None:
    """Raise ``NotAllowed`` unless the actor could have given this role."""
    require(actor, "people.manage", grant.unit_id)
    _require_may_give(actor, grant.role, grant.unit_id, grant.tree)


def clean_email(email: str) -> str:
    """An e-mail address as it is stored: lower case. Raises ``BadInput`` for what is none."""
    email = at_the_door(email).strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise BadInput(
            "Địa chỉ thư điện tử không đúng dạng, ví dụ đúng: ten@donvi.gov.vn.",
            "This is not an e-mail address; one looks like ten@donvi.gov.vn.",
            field="email",
        ) from None
    if len(email) > 254:
        raise BadInput(
            "Địa chỉ thư điện tử dài quá 254 ký tự.",
            "The e-mail address is longer than 254 characters.",
            field="email",
        )
    return email


def clean_name(name: str) -> str:
    """A person's name on one line. Raises ``BadInput`` for none or one too long."""
    name = " ".join(at_the_door(name).split())
    if not name:
        raise BadInput("Nhập họ và tên.", "Enter the person's name.", field="name")
    if len(name) > MAX_NAME:
        raise BadInput(
            f"Họ và tên dài {len(name)} ký tự, nhiều nhất là {MAX_NAME}.",
            f"The name has {len(name)} characters, at most {MAX_NAME} are allowed.",
            field="name",
        )
    return name


def clean_post(post: str) -> str:
    """A post (chức vụ) on one line, may be empty. Raises ``BadInput`` for one too long."""
    post = " ".join(at_the_door(post).split())
    if len(post) > MAX_POST:
        raise BadInput(
            f"Chức vụ dài {len(post)} ký tự, nhiều nhất là {MAX_POST}.",
            f"The post has {len(post)} characters, at most {MAX_POST} are allowed.",
            field="post",
        )
    return post


def _locked(account_id: int) -> Account:
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise NotFound("Không tìm thấy người này.", "There is no such person.")
    return account


def _require_standing(unit_id: int, tree: str) -> None:
    if tree not in Placement.Tree.values:
        raise BadInput(f"Không có cây “{tree}”.", f"There is no tree “{tree}”.", field="tree")
    if not policy.stands(unit_id, tree):
        raise BadInput(
            "Đơn vị này hiện không có trong cây đã chọn, nên vai trò ở đây không có hiệu lực.",
            "This unit does not stand in the chosen tree today; a role over it gives nothing.",
            field="unit_id",
        )


def _require_may_give(actor: Actor, role: str, unit_id: int, tree: str) -> None:
    rights = ROLES[role].rights if role in ROLES else frozenset()
    if actor is OPERATOR:
        return

    stands = policy.stands(unit_id, tree)  # asked once, not for every right

    def holds(right: str) -> bool:
        if not isinstance(actor, Account):
            return False
        if stands:
            return policy.may_in_tree(actor, right, unit_id, tree)
        return policy.may(actor, right, unit_id)  # ended: whoever answers for it now

    if not all(holds(right) for right in rights | {"people.manage"}):
        raise NotAllowed(
            "Vai trò này có quyền mà tài khoản này không giữ ở đơn vị này, "
            "nên tài khoản này không cấp hay đổi được.",
            "This role has rights that this account does not hold over this unit, "
            "so this account may not give or change it.",
        )


def _require_recent(last_day: dt.date) -> None:
    yesterday = clock.today() - dt.timedelta(days=1)
    if last_day < yesterday:
        raise BadInput(
            f"Ngày cuối sớm nhất là hôm qua, {yesterday:%d/%m/%Y}; việc đã làm trước đó vẫn có "
            "hiệu lực.",
            f"The last day is yesterday, {yesterday}, at the earliest; what was done before stays.",
            field="last_day",
        )


def _end(grant: RoleGrant, last_day: dt.date, actor: Actor) -> None:
    grant.valid_to = last_day
    grant.ended_by_id = actor.actor_id
    grant.save(update_fields=["valid_to", "ended_by"])


def _keep_last_day(account: Account) -> None:
    """The day after which the person is signed out: that of the role that lasts longest."""
    ends = list(RoleGrant.objects.filter(account=account).values_list("valid_to", flat=True))
    account.last_day = None if not ends or None in ends else max(end for end in ends if end)
    account.save(update_fields=["last_day"])
    policy.forget(account)
