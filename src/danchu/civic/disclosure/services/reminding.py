"""Sending what is missing to the unit that owes it (FEATURES K5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from danchu.core.acting import acting_as
from danchu.core.calendar.periods import PeriodSpan, label_vi
from danchu.core.calendar.selectors import period_span
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput
from danchu.core.law.catalog import Rule
from danchu.core.law.citing import cited
from danchu.core.law.selectors import current_catalogue
from danchu.core.ledger.services import log_action
from danchu.core.work.selectors import open_since
from danchu.core.work.services import NewTask, assign_many, complete_all, retitle

from .. import rules
from ..asked import asked_of
from ..clause_states import judge
from ..quarters import Quarter
from ..reminders import KIND, task_key, task_path
from ..selectors.clause_rows import read_rows
from ..selectors.matrix import unit_of_matrix
from ..selectors.missing import missing_below


def remind_units(
    *,
    actor: Actor,
    code: str,
    period: str,
    due_on: dt.date | None,
    unit_code: str = "",
    rule_key: str = "",
) -> int:
    """Make a task for each unit and clause that is missing and not reminded of; how many.

    ``due_on``: by when the one who reminds asks for it. A task ends by itself when the unit has
    published what was missing. Needs "units.remind" over the unit above. Raises ``BadInput``
    (field "due_on") for a day that is over, and where there is nothing to send.
    """
    require(actor, "units.remind", unit_of_matrix(code, period).unit_id)
    if due_on is None or due_on < today():
        raise BadInput(
            "Chọn hạn làm: hôm nay hoặc một ngày sau.",
            "Choose the last day: today or a later one.",
            field="due_on",
        )
    with acting_as(actor):
        found = missing_below(actor, code, period, unit_code=unit_code, rule_key=rule_key)
        if not found.new:
            raise BadInput(
                "Không có nội dung còn thiếu nào chưa được nhắc. Không gửi gì thêm.",
                "Nothing is missing that was not sent yet. Nothing was sent.",
                code="nothing_missing",
            )
        sent = assign_many(
            [
                NewTask(
                    key=task_key(line.unit_id, line.rule.key, found.matrix.span.code),
                    unit_id=line.unit_id,
                    kind=KIND,
                    title=_title(line.rule, line.owed, found.matrix.span),
                    basis=cited(line.rule).vi,
                    starts_on=today(),
                    due_on=due_on,
                    path=task_path(line.rule.key),
                    asked_by_id=actor.actor_id,
                )
                for line in found.new
            ]
        )
        log_action(
            "disclosure.reminded",
            actor=actor,
            record_id=None,
            data={
                "above": found.matrix.unit.unit_id,
                "period": found.matrix.span.code,
                "due_on": due_on.isoformat(),
                "sent": [[line.unit_id, line.rule.key] for line in found.new],
            },
        )
    return sent


def no_longer_missing(actor: Actor, unit_id: int, rule_key: str) -> None:
    """Close what the unit was reminded of, once nothing of it is missing any more.

    Inside the transaction that writes it down. A plan closes its reminder at once, and so does
    what hangs all the time, of which the caller knows that it hangs. One of which only a part is
    done goes on, and names what is left.
    """
    beginning = task_key(unit_id, rule_key, "")
    over = open_since(beginning)
    if rule_key != rules.PLAN_RULE and rule_key not in rules.ALWAYS:
        for key, sent_on in list(over.items()):
            left = _left_of(unit_id, rule_key, key.removeprefix(beginning), sent_on)
            if left:
                del over[key]
                retitle(key=key, title=left)
    complete_all(actor=actor, keys=over)


def _left_of(unit_id: int, rule_key: str, period: str, sent_on: dt.date) -> str:
    """What the reminder is called by that which is not there yet; "" where nothing is missing.

    What fell due only after the unit was reminded was not named: it is reminded of that anew.
    """
    rule = current_catalogue().rules.get(rule_key)
    if rule is None:
        return ""
    span = period_span(period)
    rows = read_rows([unit_id], asked_of(span, today()))[unit_id]
    cell = judge(rule, rows, asked_of(span, sent_on))
    return _title(rule, cell.owed, span) if cell.state == "missing" else ""


def _title(rule: Rule, owed: Sequence[Quarter], span: PeriodSpan) -> str:
    """What is missing, with the quarters of the budget that nobody told of."""
    quarters = ", ".join(quarter.name.vi for quarter in owed)
    content = f"{rule.title_vi} (thực hiện {quarters})" if quarters else rule.title_vi
    return f"Công khai nội dung còn thiếu: {content}, {label_vi(span)}"
