"""The tasks that tell a unit of a clause that is due and not there.

One for each unit, clause and period. It closes by itself when the unit has written down all that
was missing, whoever sent it.
"""

from __future__ import annotations

from . import rules

KIND = "disclosure.remind"


def task_key(unit_id: int, rule_key: str, period: str) -> str:
    """The key of the task; a period's code is its last part, "" for what all periods begin with."""
    return f"{KIND}:{unit_id}:{rule_key}:{period}"


def task_path(rule_key: str) -> str:
    """The office page where what is missing is written down, for the person's own unit."""
    if rule_key == rules.REGISTER_RULE:
        return "/office/cong-khai/danh-muc/"
    if rule_key == rules.PLAN_RULE:
        return "/office/cong-khai/ke-hoach/"
    return f"/office/ghi-viec/cong-khai/moi/?khoan={rule_key}"
