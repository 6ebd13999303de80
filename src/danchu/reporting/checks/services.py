"""Adding a rule and retiring one."""

from __future__ import annotations

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.db.models import Max

from danchu.core.acting import acting_as
from danchu.core.clock import now
from danchu.core.contracts import Actor, require
from danchu.core.errors import Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_line

from .content import RuleContent, cleaned
from .models import CheckRule


def add_rule(*, actor: Actor, content: RuleContent) -> CheckRule:
    """Add a rule; forms handed in from now on are checked by it.

    Needs "checks.edit". Raises ``BadInput`` for a rule that is unfit, and ``Conflict`` when a
    rule with the same key is in use: retire that one first.
    """
    require(actor, "checks.edit")
    tidy = cleaned(content)
    with acting_as(actor):
        last = CheckRule.objects.filter(key=tidy.key).aggregate(n=Max("version"))["n"] or 0
        try:
            with transaction.atomic():
                made = CheckRule.objects.create(
                    version=last + 1, added_by_id=actor.actor_id, **asdict(tidy)
                )
        except IntegrityError:
            raise Conflict(
                f"Quy tắc {tidy.key} đang được dùng. Thôi dùng quy tắc đó hoặc chọn mã khác.",
                f"The rule {tidy.key} is in use. Retire it first, or choose another key.",
                field="key",
            ) from None
        log_action(
            "check_rule.added",
            actor=actor,
            data={"rule": made.pk, "key": made.key, "version": made.version, "text": made.rule},
        )
    return made


def retire_rule(*, actor: Actor, rule_id: int, reason: str) -> CheckRule:
    """Stop using a rule; it stays readable, and a release does not bring it back.

    Needs "checks.edit". Raises ``BadInput`` without a reason, ``NotFound`` for no such rule,
    ``Conflict`` when it is not in use any more.
    """
    require(actor, "checks.edit")
    why = clean_line(reason, "reason", "lý do thôi dùng", "reason for retiring it", limit=300)
    with acting_as(actor):
        found = CheckRule.objects.select_for_update(of=("self",)).filter(pk=rule_id).first()
        if found is None:
            raise NotFound("Không tìm thấy quy tắc này.", "There is no such rule.")
        if found.retired_at is not None:
            raise Conflict("Quy tắc này đã thôi dùng.", "This rule was retired already.")
        found.retired_at = now()
        found.retired_by_id = actor.actor_id
        found.retired_because = why
        found.save(update_fields=["retired_at", "retired_by", "retired_because"])
        log_action(
            "check_rule.retired",
            actor=actor,
            data={"rule": found.pk, "key": found.key, "reason": why},
        )
    return found
