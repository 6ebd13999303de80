"""Figures stated in published reports, one after the other: what the public pages show, as rows."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from danchu.core.contracts import NOBODY, Actor
from danchu.core.records.selectors import visible_records
from danchu.core.units.models import UnitState
from danchu.core.units.selectors.told import Told, described, told_of
from danchu.core.units.selectors.validity import holds, in_force
from danchu.reporting.figures.across import Days
from danchu.reporting.figures.display import NOT_TOLD, public_amount_text
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.telling import quoted
from danchu.reporting.figures.withholding import HIDDEN_BESIDE, NOT_OPEN, withheld

from .across import held_across
from .models import Decision, ReadFigure
from .stated import LATER_STANDS, words_of


@dataclass(frozen=True, slots=True)
class OpenStatement:
    """A figure as a published report states it and a person confirmed it, with its source.

    ``withheld``: "" where the number is told, "small" for a count of 1 to 4 in a sensitive
    matter, "protects" where it would give such a count away. ``stated`` and ``words`` are the
    report's own; "" where the number is held back. ``words``, title and source are "" where they
    could tell a number held back beside this one (``figures.telling``).
    """

    id: int
    unit_code: str
    unit_name: str
    unit_level: str
    parent_code: str
    parent_name: str
    period_code: str
    period_start: dt.date
    period_end: dt.date
    key: str
    value: Decimal | None
    text: str
    stated: str
    words: str
    approximate: bool
    withheld: str
    document_id: uuid.UUID
    document_title: str
    document_date: dt.date | None
    source: str
    confirmed_on: dt.datetime | None
    is_demo: bool


def open_statements(
    viewer: Actor,
    *,
    unit_code: str | None = None,
    period_code: str | None = None,
    key: str | None = None,
    after: int | None = None,
    limit: int | None = None,
) -> list[OpenStatement]:
    """Figures of published reports that count, in the order in which they were read.

    Of two reports that state the same figure the later one stands. ``unit_code`` is the code on
    the last day of the period; ``after`` the id of the last one of the piece before. Three
    statements, however many there are.
    """
    rows = ReadFigure.objects.filter(pk__in=_standing(viewer).values("pk"))
    if unit_code is not None:
        rows = rows.filter(Exists(_named(unit_code)))
    if period_code is not None:
        rows = rows.filter(period__code=period_code)
    if key is not None:
        rows = rows.filter(decided_key=key)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    rows = rows.select_related("document__record", "period").order_by("pk")
    found = list(rows if limit is None else rows[:limit])
    units = told_of(sorted({row.document.record.unit_id for row in found}))
    hidden = _hidden(viewer, found)
    return [_open(row, units, hidden[row.document.record.unit_id, row.period_id]) for row in found]


def _hidden(
    viewer: Actor, found: Collection[ReadFigure]
) -> dict[tuple[int, int | None], dict[str, str]]:
    """(unit, period) -> indicator -> why it is held back, by all that is stated of the two, and of
    the units below and the periods inside."""
    amounts: dict[tuple[int, int | None], dict[str, int]] = {
        (row.document.record.unit_id, row.period_id): {} for row in found
    }
    rows = _standing(viewer).filter(
        document__record__unit_id__in={unit for unit, _period in amounts},
        period_id__in={period for _unit, period in amounts},
    )
    stated = rows.values_list(
        "document__record__unit_id", "period_id", "decided_key", "decided_amount"
    )
    for unit, period, key, amount in stated:
        if (unit, period) in amounts and amount is not None:
            amounts[unit, period][key] = amount
    across = held_across({unit for unit, _period in amounts})
    days = {row.period_id: Days(row.period.start, row.period.end) for row in found if row.period}
    return {
        (unit, period): withheld(definitions(), told, across.get((unit, days[period])))
        for (unit, period), told in amounts.items()
    }


def _named(code: str) -> QuerySet[UnitState]:
    """The state with this code of the unit asked about, on the last day of its period."""
    return UnitState.objects.filter(
        in_force(OuterRef("period__end")),
        unit_id=OuterRef("document__record__unit_id"),
        code=code,
    )


def newest_statement() -> tuple[int, int, str]:
    """What tells one state of these figures from another: how many, the newest, its decision."""
    told = _standing(NOBODY).aggregate(n=Count("pk"), last=Max("pk"), at=Max("decided_at"))
    return told["n"], told["last"] or 0, told["at"].isoformat() if told["at"] else ""


def _standing(viewer: Actor) -> QuerySet[ReadFigure]:
    """Confirmed figures of reports the viewer may see, the one that stands of each."""
    latest = [
        F("document__event_date").desc(nulls_last=True),
        F("document_id").desc(),
        F("position").asc(),
    ]
    assert len(latest) == len(LATER_STANDS)  # the same rule, read from its end
    return (
        ReadFigure.objects.filter(
            document__record__in=visible_records(viewer, kinds=["reading"]),
            document__record__state="recorded",
            period__isnull=False,
            decision__in=(Decision.CONFIRMED, Decision.CORRECTED),
            decided_amount__isnull=False,
            decided_key__in=[key for key in definitions() if key not in NOT_OPEN],
            decided_scope="",
        )
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=["document__record__unit_id", "period_id", "decided_key"],
                order_by=latest,
            )
        )
        .filter(place=1)
    )


def _open(row: ReadFigure, units: Mapping[int, Told], beside: Mapping[str, str]) -> OpenStatement:
    """``beside``: what is held back of all that is stated of this unit and period."""
    meaning = definitions()[row.decided_key]
    record, period, amount = row.document.record, row.period, row.decided_amount
    assert period is not None and amount is not None
    told = units[record.unit_id]
    # A unit that did not exist that day any more is shown as it was last.
    state = next((one for one in told.states if holds(one, period.end)), told.states[-1])
    unit = described(told, state, period.end)
    reason = beside.get(row.decided_key, "")
    hidden = bool(reason)
    words = words_of(row, row.document.text)
    as_read = (row.decided_key, amount) == (row.key, row.amount)
    return OpenStatement(
        id=row.pk,
        unit_code=unit.code,
        unit_name=unit.name,
        unit_level=unit.level,
        parent_code=unit.parent_code,
        parent_name=unit.parent_name,
        period_code=period.code,
        period_start=period.start,
        period_end=period.end,
        key=row.decided_key,
        value=None if hidden else Decimal(amount).scaleb(1 - len(str(meaning.scale))),
        text=NOT_TOLD if reason == HIDDEN_BESIDE else public_amount_text(meaning, amount),
        stated=row.stated if as_read and not hidden else "",
        words="" if hidden else quoted(words, beside, own=1),
        approximate=row.approx,
        withheld=reason,
        document_id=record.public_id,
        document_title=quoted(row.document.title, beside),
        document_date=row.document.event_date,
        source=quoted(row.document.source_note, beside),
        confirmed_on=row.decided_at,
        is_demo=unit.is_demo,
    )
