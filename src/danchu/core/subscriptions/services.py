"""Asking to be told by e-mail, confirming it, stopping it; forgetting who did not confirm.

Anybody may, so nothing here takes an actor. What is answered never tells whether an address was
known before.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.text import at_the_door
from danchu.core.units.selectors import who_answers

from .models import Subscription
from .sealing import CONFIRM_WITHIN, confirmed_by, mailbox_of, sealed, stopped_by

MOST_LETTERS = 254  # of an address (RFC 5321, 4.5.3.1)
INVITED_AGAIN_AFTER = dt.timedelta(days=1)
MOST_INVITATIONS = 3  # to one mailbox in a day, whoever asks for them
MOST_OF_DAY = 2000  # invitations of the installation in a day
_DAY = dt.timedelta(days=1)


def subscribe(*, unit_id: int, address: str, language: str) -> None:
    """Have a message with a link to confirm sent to the address; nothing else until it is used.

    Asked again, one more message goes out after a day; for who has confirmed, none. Raises
    ``BadInput`` (field "address"), ``Conflict`` where too much was asked for today.
    """
    cleaned = clean_address(address)
    mailbox, now = mailbox_of(cleaned), clock.now()
    with acting_as(NOBODY):
        recent = Subscription.objects.filter(confirmed_at__isnull=True, asked_at__gt=now - _DAY)
        if recent.count() >= MOST_OF_DAY:
            raise Conflict(
                "Hôm nay đã nhận quá nhiều đăng ký. Đăng ký lại từ ngày mai.",
                "Too many asked today. Ask again tomorrow.",
                code="too_many",
            )
        # Somebody else's mailbox is not filled from here.
        if recent.filter(mailbox=mailbox).count() >= MOST_INVITATIONS:
            return
        row, made = Subscription.objects.select_for_update().get_or_create(
            unit_id=unit_id,
            mailbox=mailbox,
            defaults={"address": sealed(cleaned), "language": language[:2], "asked_at": now},
        )
        if made or row.confirmed_at or now - row.asked_at < INVITED_AGAIN_AFTER:
            return
        row.asked_at, row.invited_at, row.tried_at = now, None, None
        row.address, row.language = sealed(cleaned), language[:2]
        row.save(
            update_fields=["asked_at", "invited_at", "tried_at", "address", "language"],
        )


def clean_address(address: str) -> str:
    """One address as a mail server takes it. Raises ``BadInput`` (field "address")."""
    text = at_the_door(address).strip()
    try:
        validate_email(text)
        good = len(text) <= MOST_LETTERS and text.isascii()
    except ValidationError:
        good = False
    if not good:
        raise BadInput(
            "Ghi một địa chỉ thư điện tử, ví dụ ten@example.vn.",
            "Enter one e-mail address, for example name@example.vn.",
            field="address",
        )
    return text


def confirm(token: str) -> Subscription:
    """Begin to tell; what is written from now on. Once and twice are the same.

    Raises ``NotFound`` for a link that is too old, was stopped meanwhile, or never was.
    """
    with acting_as(NOBODY):
        row = _asked_for(token, Subscription.objects.select_for_update())
        if row.confirmed_at is None:
            row.confirmed_at = row.told_until = clock.now()
            row.tried_at, row.refusals = None, 0
            row.save(update_fields=["confirmed_at", "told_until", "tried_at", "refusals"])
    return row


def waiting_for(token: str) -> Subscription:
    """What a link would confirm, to be shown before it is. Raises ``NotFound`` as ``confirm``."""
    return _asked_for(token, Subscription.objects.all())


def stop(token: str) -> None:
    """Delete what the link names: one subscription, or all of a mailbox. A link whose subscription
    is gone does nothing. Raises ``NotFound`` for one that was not made here."""
    named = known_stop(token)
    with acting_as(NOBODY):
        if isinstance(named, uuid.UUID):
            Subscription.objects.filter(public_id=named).delete()
        else:
            Subscription.objects.filter(mailbox=named).delete()


def known_stop(token: str) -> uuid.UUID | str:
    """What a link would stop. Raises ``NotFound`` as ``stop``."""
    named = stopped_by(token)
    if named is None:
        raise NotFound(
            "Đường dẫn này không đúng. Mở đường dẫn ở cuối thư đã nhận.",
            "This link is not right. Open the one at the end of the message.",
        )
    return named


def sweep() -> int:
    """Forget who did not confirm in time; a daily duty. How many.

    Who follows a unit that has ended follows from now on who answers for it.
    """
    with acting_as(NOBODY):
        gone, _each = Subscription.objects.filter(
            confirmed_at__isnull=True, asked_at__lt=clock.now() - CONFIRM_WITHIN
        ).delete()
    day = clock.today()
    for unit_id in list(
        Subscription.objects.order_by().values_list("unit_id", flat=True).distinct()
    ):
        heir = who_answers(unit_id, day)
        if heir != unit_id:
            _hand_over(unit_id, heir)
    return gone


def _hand_over(unit_id: int, heir: int) -> None:
    with acting_as(NOBODY):
        for row in Subscription.objects.select_for_update().filter(unit_id=unit_id).order_by("pk"):
            try:
                with transaction.atomic():
                    Subscription.objects.filter(pk=row.pk).update(unit_id=heir)
            except IntegrityError:  # follows the heir already
                row.delete()


def _asked_for(token: str, rows: QuerySet[Subscription]) -> Subscription:
    public_id = confirmed_by(token)
    row = rows.filter(public_id=public_id).first() if public_id else None
    if row is None:
        raise NotFound(
            "Đường dẫn này đã hết hạn hoặc đăng ký đã bị xóa. Đăng ký lại ở trang công khai của "
            "đơn vị.",
            "This link has expired, or the subscription was deleted. Subscribe again on the unit's "
            "public page.",
        )
    return row
