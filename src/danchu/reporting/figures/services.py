"""An officer's word on a figure that no record speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import known_period, period_span
from danchu.core.calendar.services import period_row
from danchu.core.contracts import Actor, declared_measures, require
from danchu.core.errors import BadInput
from danchu.core.ledger.services import log_action
from danchu.core.outbox.models import Message
from danchu.core.outbox.services import drain, enqueue
from danchu.core.records.inputs import clean_line
from danchu.core.records.services import FIGURES
from danchu.core.text import at_the_door

from .asked import wholes_of as wholes_of
from .begun import require_begun, require_near
from .models import Cell, CellState, ConfirmedState, Indicator, Layer
from .selectors import definitions, indicator_ids


def confirm_states(
    *,
    actor: Actor,
    unit_id: int,
    period: Period,
    keys: Sequence[str],
    state: str,
    reason: str = "",
) -> int:
    """Confirm by name that there was nothing, or that a question does not apply and why.

    Needs ``reports.write`` over the unit. Returns how many indicators were confirmed. A
    record written later speaks louder than this word. ``BadInput`` for a nought of which a
    part has a value, or that a record gainsays, and before the period has begun.
    """
    if state not in (CellState.ZERO, CellState.NOT_APPLICABLE):
        raise BadInput("Chọn “không có” hoặc “không áp dụng”.", "Choose nought or not applicable.")
    why = clean_line(
        reason,
        "reason",
        "lý do không áp dụng",
        "reason why it does not apply",
        limit=300,
        required=state == CellState.NOT_APPLICABLE,
    )
    _require_known(keys)
    indicators = {i.key: i for i in Indicator.objects.filter(key__in=keys)}
    unknown = sorted(set(keys) - set(indicators))
    if unknown or not keys:
        raise BadInput(
            f"Không có chỉ tiêu {', '.join(unknown) or '(trống)'}.",
            f"There is no indicator {', '.join(unknown) or '(none)'}.",
        )
    with acting_as(actor):
        require(actor, "reports.write", unit_id)
        require_begun(period.start)
        if state == CellState.ZERO:
            _refuse_noughts_with_parts(unit_id, period, keys)
            _refuse_noughts_gainsaid(unit_id, period, keys)
        for key in keys:
            ConfirmedState.objects.update_or_create(
                unit_id=unit_id,
                period=period,
                indicator=indicators[key],
                defaults={"state": state, "reason": why, "confirmed_by_id": actor.actor_id},
            )
        enqueue(FIGURES, unit_id=unit_id, period_id=period.pk)
        log_action(
            "figures.state_confirmed",
            actor=actor,
            data={"unit": unit_id, "period": period.pk, "keys": sorted(keys), "state": state},
        )
    return len(keys)


def _require_known(keys: Sequence[str]) -> None:
    """Asked of the dictionary in hand: a text from outside may be none that a database takes."""
    unknown = sorted(set(keys) - definitions().keys())
    if unknown:
        told = at_the_door(", ".join(unknown))[:100] or "(trống)"
        raise BadInput(f"Không có chỉ tiêu {told}.", f"There is no indicator {told}.")


def _refuse_noughts_with_parts(unit_id: int, period: Period, keys: Sequence[str]) -> None:
    """A whole cannot be nought while a part of it has a value in the unit's own records."""
    with_value = Cell.objects.filter(
        unit_id=unit_id,
        period_id=period.pk,
        layer=Layer.RECORDED,
        reach=Cell.Reach.OWN,
        dimension="",
        state=CellState.REPORTED,
    ).values_list("indicator_id", flat=True)
    names = {pk: key for key, pk in indicator_ids().items()}
    wrong = sorted(wholes_of(names[pk] for pk in with_value) & set(keys))
    if wrong:
        meaning = definitions()[wrong[0]]
        raise BadInput(
            f"“{meaning.name_vi}” không thể bằng 0: một phần của chỉ tiêu này đã có số liệu.",
            f"“{meaning.name_en}” cannot be nought: a part of it has a value.",
        )


def _refuse_noughts_gainsaid(unit_id: int, period: Period, keys: Sequence[str]) -> None:
    """Nothing cannot be said of what a record tells of, though it counts under another name."""
    for measure in declared_measures():
        if measure.against is None:
            continue
        for found in measure.against(unit_id, period.start, period.end):
            if found.indicator in keys:
                meaning = definitions()[found.indicator]
                raise BadInput(
                    f"“{meaning.name_vi}” không thể bằng 0: đã ghi {found.record_vi}.",
                    f"“{meaning.name_en}” cannot be nought: {found.record_en} was recorded.",
                )


def withdraw_state(*, actor: Actor, unit_id: int, period: Period, key: str) -> None:
    """Take back such a word; the value is then not reported again."""
    _require_known([key])
    with acting_as(actor):
        require(actor, "reports.write", unit_id)
        ConfirmedState.objects.filter(unit_id=unit_id, period=period, indicator__key=key).delete()
        enqueue(FIGURES, unit_id=unit_id, period_id=period.pk)
        log_action(
            "figures.state_withdrawn",
            actor=actor,
            data={"unit": unit_id, "period": period.pk, "key": key},
        )


MOST_AT_ONCE = 50  # messages a person waits for; of a longer queue the worker takes care


def fold_what_waits() -> None:
    """Bring the figures up to date for the person who just changed one and looks at it next.

    Called after the commit of the change. Does nothing when much waits: ``being_folded`` then
    tells the reader so.
    """
    if Message.objects.filter(topic=FIGURES).count() <= MOST_AT_ONCE:
        drain(limit=MOST_AT_ONCE, topics=[FIGURES])


def open_period(code: str) -> Period:
    """The row of a period; a period met for the first time is folded whole from what is known.

    Raises ``BadInput`` for a code that is no period and for one that begins later than next year.
    """
    known = known_period(code)
    if known is not None:
        return known
    require_near(period_span(code).start)
    with transaction.atomic():
        period = period_row(code)
        enqueue(FIGURES, period_id=period.pk)
    return period


def period_for(viewer: Actor, unit_id: int, code: str) -> Period | None:
    """The row of a period; made on first use only for who may read the unit's figures.

    Reading a page must not make the house fold a period for somebody who sees nothing of it.
    """
    known = known_period(code)
    if known is None and viewer.may("figures.read", unit_id):
        return open_period(code)
    return known
