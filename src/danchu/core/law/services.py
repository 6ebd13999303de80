"""Writing the law of this installation: confirming a rule against the text in force (L1)."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.calendar.words import printed
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.text import at_the_door

from .models import LocalConfirmation, Obligation


def confirm_rule(
    *,
    actor: Actor,
    key: str,
    on: dt.date,
    officer: str,
    text_compared: str,
    file_id: int | None = None,
) -> LocalConfirmation:
    """A legal officer vouches that the rule agrees with the text in force; it then counts.

    Needs the right "law.confirm". ``officer`` is the name and post of the person who compared,
    ``text_compared`` the consolidated text, ``file_id`` a kept copy of it. Stands for the
    present version of the rule. Raises ``NotFound``, ``BadInput`` for a day to come or an
    empty name, ``Conflict`` when a confirmation stands already.
    """
    require(actor, "law.confirm")
    officer, text_compared = _line(officer), _line(text_compared)
    if on > clock.today():
        raise BadInput(
            f"Ngày đối chiếu {printed(on)} chưa đến.",
            f"The day of the comparison, {printed(on)}, has not come yet.",
            field="on",
        )
    if not officer or len(officer) > 200:
        raise BadInput(
            "Ghi họ tên và chức vụ người đối chiếu, không quá 200 ký tự.",
            "Give the name and post of the person who compared, 200 characters at most.",
            field="officer",
        )
    if not text_compared or len(text_compared) > 300:
        raise BadInput(
            "Ghi số, ký hiệu văn bản hợp nhất đã đối chiếu, không quá 300 ký tự.",
            "Name the consolidated text that was compared, 300 characters at most.",
            field="text_compared",
        )
    with acting_as(actor):
        rule = Obligation.objects.filter(key=key, replaced_in__isnull=True).first()
        if rule is None:
            raise NotFound(
                f"Danh mục của hệ thống này không có quy tắc “{key[:60]}”.",
                f"The catalogue of this installation has no rule “{key[:60]}”.",
                field="rule",
            )
        try:
            confirmation = LocalConfirmation.objects.create(
                obligation=rule,
                on=on,
                officer=officer,
                text_compared=text_compared,
                file_id=file_id,
                confirmed_by_id=actor.actor_id,
            )
        except IntegrityError:
            raise Conflict(
                f"Quy tắc {key} đã được đối chiếu. Rút bản đối chiếu cũ trước khi ghi bản mới.",
                f"The rule {key} is confirmed already. Withdraw that first.",
            ) from None
        log_action(
            "law.rule_confirmed",
            actor=actor,
            data={
                "rule": key,
                "version": rule.version,
                "on": on,
                "officer": officer,
                "text": text_compared,
                "file": file_id,
            },
        )
    return confirmation


def withdraw_confirmation(*, actor: Actor, key: str, reason: str) -> None:
    """Take a confirmation back; the row stays and the rule only advises again.

    Needs the right "law.confirm". Raises ``BadInput`` without a reason and ``NotFound`` when
    no confirmation of the rule stands.
    """
    require(actor, "law.confirm")
    reason = _line(reason)
    if not 1 <= len(reason) <= 300:
        raise BadInput(
            "Ghi lý do rút bản đối chiếu, không quá 300 ký tự.",
            "Give the reason for the withdrawal, 300 characters at most.",
            field="reason",
        )
    with acting_as(actor):
        row = (
            LocalConfirmation.objects.select_for_update()
            .filter(obligation__key=key, withdrawn_at__isnull=True)
            .first()
        )
        if row is None:
            raise NotFound(
                f"Quy tắc “{key[:60]}” chưa có bản đối chiếu nào.",
                f"The rule “{key[:60]}” has no confirmation.",
                field="rule",
            )
        LocalConfirmation.objects.filter(pk=row.pk).update(
            withdrawn_at=clock.now(),
            withdrawn_by_id=actor.actor_id,
            withdrawn_reason=reason,
        )
        log_action(
            "law.confirmation_withdrawn",
            actor=actor,
            data={"rule": key, "confirmation": row.pk, "reason": reason},
        )


def _line(text: str) -> str:
    """What a person typed, as one line."""
    return " ".join(at_the_door(text).split())
