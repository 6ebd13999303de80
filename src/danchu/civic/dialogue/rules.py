"""What the law asks of a dialogue, as data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from danchu.core.errors import Refusal
from danchu.core.law.events import ClockEvent
from danchu.core.law.selectors import deadline

from .models import Dialogue

# kind of dialogue -> obligation of the catalogue that says when its result is published
PUBLICATION_RULES = {
    Dialogue.Kind.PEOPLE: "xa_dt_72_kq",
    Dialogue.Kind.BY_REQUEST: "xa_dt_72_kq",
    Dialogue.Kind.WORKPLACE: "nlv_dt_congbo",
}
# conferences and briefings are meetings, the other kinds are dialogues (part of the meetings)
DIALOGUE_KINDS = (
    Dialogue.Kind.PEOPLE,
    Dialogue.Kind.LOWER_LEADERS,
    Dialogue.Kind.VILLAGE_HEADS,
    Dialogue.Kind.STAFF,
    Dialogue.Kind.BY_REQUEST,
    Dialogue.Kind.WORKPLACE,
)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something due: the last lawful day, in which days it is counted, and the article."""

    due_on: dt.date
    day_unit: Literal["working", "calendar"]
    basis: str


def publication_duty(kind: str, held_on: dt.date) -> Duty | None:
    """By when the result of a dialogue held on that day is to be published.

    None where no rule applied on that day, as for a briefing or before 1 July 2025.
    """
    key = PUBLICATION_RULES.get(Dialogue.Kind(kind))
    if key is None:
        return None
    try:
        derivation = deadline(key, [ClockEvent("start", held_on)])
    except Refusal as refusal:
        if refusal.code == "not_in_force":
            return None
        raise
    if derivation.due is None:
        return None
    rule = derivation.rule
    return Duty(derivation.due, derivation.unit, f"Điều {rule.article}, {rule.instrument.number}")


def days_late(due_on: dt.date | None, answered_on: dt.date | None, on: dt.date) -> int:
    """By how many days an opinion is, or was, answered after the day promised; 0 when in time.

    Calendar days, the first one the day after the promise: the one clock of every page.
    """
    if due_on is None:
        return 0
    return max(0, ((answered_on or on) - due_on).days)


def office_path(public_id: UUID) -> str:
    """The office page of a dialogue."""
    return f"/office/ghi-viec/doi-thoai/{public_id}/"
