"""Links that work once, and the passwords that are set with them.

No mail server is assumed: whoever makes a link hands it over. A link is shown once, only its
hash is kept, it has one purpose and an expiry, and opening it spends nothing; setting the
password does (mail scanners open links too).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from axes.utils import reset as forget_failures
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import translation

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.contracts import OPERATOR, Actor
from danchu.core.errors import BadInput, NotAllowed, NotFound
from danchu.core.ledger.services import log_action

from .models import Account, OneTimeToken, RoleGrant
from .services import require_may_give

# purpose -> how long a link works
PURPOSES: dict[str, dt.timedelta] = {
    "welcome": dt.timedelta(days=7),
    "reset": dt.timedelta(hours=24),
}


def make_one_time_link(*, actor: Actor, account_id: int, purpose: str) -> str:
    """A token with which the person sets a password, shown this once; older ones stop working.

    ``purpose`` is "welcome" (7 days) or "reset" (24 hours). Only for who could have given
    every role the person holds or will hold: with less, a link would be a way to take over
    somebody who may more. The operator of the server may always. Raises ``NotFound``,
    ``NotAllowed``, ``BadInput``.
    """
    if purpose not in PURPOSES:
        raise BadInput(f"Không có mục đích “{purpose}”.", f"There is no purpose “{purpose}”.")
    with acting_as(actor):
        account = Account.objects.select_for_update().filter(pk=account_id).first()
        if account is None:
            raise NotFound("Không tìm thấy người này.", "There is no such person.")
        require_power_over(actor, account)
        now = clock.now()
        OneTimeToken.objects.filter(account=account, used_at=None, expires_at__gt=now).update(
            expires_at=now
        )
        token = secrets.token_urlsafe(32)
        OneTimeToken.objects.create(
            account=account,
            purpose=purpose,
            token_hash=_hash(token),
            expires_at=now + PURPOSES[purpose],
        )
        log_action(
            "account.link_made", actor=actor, data={"account": account.pk, "purpose": purpose}
        )
        return token


def require_power_over(actor: Actor, account: Account) -> None:
    """Raise ``NotAllowed`` unless the actor could have given every role this person holds.

    Nobody has it over themselves: with an unlocked screen alone, a link or a dropped second
    factor would take the account.
    """
    if actor is OPERATOR:
        return
    if actor.actor_id == account.pk:
        raise NotAllowed(
            "Không tự làm việc này cho tài khoản của mình. Nhờ quản trị viên khác.",
            "Nobody does this for their own account. Ask another administrator.",
        )
    grants = RoleGrant.objects.filter(account=account)
    lasting = list(grants.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today())))
    for grant in lasting:
        require_may_give(actor, grant)
    if not lasting:
        raise NotAllowed(
            "Người này không còn vai trò nào. Cấp vai trò trước, rồi tạo đường dẫn.",
            "This person holds no role any more. Give a role first, then make the link.",
        )


def owner_of_link(token: str, purpose: str) -> Account:
    """Whose link this is, without spending it. Raises ``NotFound`` for any that does not work."""
    return _living(token, purpose).account


def redeem_link(*, token: str, purpose: str, password: str) -> Account:
    """Spend a link: set the password it was made for.

    Whoever was signed in with the old password is signed out, and failed attempts are
    forgotten. Raises ``NotFound`` for a link that was used, has expired, has another purpose or
    never was (alike for all), ``BadInput`` for a password that is too weak; the link is not
    spent then.
    """
    account = owner_of_link(token, purpose)
    _check_password(password, account)
    with acting_as(account):
        Account.objects.select_for_update().get(pk=account.pk)
        row = _living(token, purpose)  # again, under the lock: the other of two was first
        row.used_at = clock.now()
        row.save(update_fields=["used_at"])
        _set(account, password)
        log_action(
            "account.password_set",
            actor=account,
            data={"account": account.pk, "purpose": purpose},
        )
    return account


def set_password(*, actor: Actor, account_id: int, password: str) -> None:
    """Set one's own password, or, as the operator of the server, anybody's.

    Every session begun with the old password ends; the view that serves the person's own
    session renews it with ``update_session_auth_hash``. Raises ``NotFound``, ``NotAllowed``,
    ``BadInput`` for a weak password.
    """
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound("Không tìm thấy người này.", "There is no such person.")
    if actor is not OPERATOR and actor.actor_id != account.pk:
        raise NotAllowed(
            "Mỗi người tự đặt mật khẩu của mình.", "People set their own passwords only."
        )
    _check_password(password, account)
    with acting_as(actor):
        _set(Account.objects.select_for_update().get(pk=account.pk), password)
        log_action("account.password_set", actor=actor, data={"account": account.pk})


def drop_second_factor(*, actor: Actor, account_id: int) -> bool:
    """Take away a lost second factor and its recovery codes; whether there was one.

    Asks for the same power as making a link. Raises ``NotFound``, ``NotAllowed``.
    """
    from allauth.mfa.models import Authenticator

    with acting_as(actor):
        account = Account.objects.select_for_update().filter(pk=account_id).first()
        if account is None:
            raise NotFound("Không tìm thấy người này.", "There is no such person.")
        require_power_over(actor, account)
        taken, _each = Authenticator.objects.filter(user_id=account.pk).delete()
        if taken:
            log_action("account.second_factor_dropped", actor=actor, data={"account": account.pk})
        return bool(taken)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _living(token: str, purpose: str) -> OneTimeToken:
    row = (
        OneTimeToken.objects.select_related("account")
        .filter(
            token_hash=_hash(token),
            purpose=purpose,
            used_at=None,
            expires_at__gt=clock.now(),
            account__is_active=True,
        )
        .first()
    )
    if row is None:
        raise NotFound(
            "Đường dẫn này đã dùng, đã hết hạn hoặc không đúng. "
            "Đề nghị người quản trị của đơn vị tạo đường dẫn mới.",
            "This link was used, has expired or is not right. "
            "Ask the administrator of your unit for a new one.",
        )
    return row


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        with translation.override("vi"):
            weak_vi = " ".join(error.messages)
        with translation.override("en"):
            weak_en = " ".join(error.messages)
        raise BadInput(
            f"Mật khẩu chưa đạt. {weak_vi}",
            f"The password is not accepted. {weak_en}",
            field="password",
        ) from None


def _set(account: Account, password: str) -> None:
    account.set_password(password)
    account.save(update_fields=["password"])
    forget_failures(username=account.email)
