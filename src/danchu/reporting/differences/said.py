"""What a unit says of a period: handed in, printed in its issued report, or in an old one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.db.models import F, QuerySet

from danchu.core.calendar.models import Period
from danchu.core.records.models import Record
from danchu.reporting.figures.models import CellState, Layer
from danchu.reporting.reading.models import Decision, ReadFigure
from danchu.reporting.reviews.in_force import reports_in_force
from danchu.reporting.reviews.models import FrozenReport, PublishedFigure
from danchu.reporting.rounds.models import SubmissionValue
from danchu.reporting.rounds.which_stand import ids_of_standing, standing_versions

_UNKNOWN = dt.datetime.min.replace(tzinfo=dt.UTC)


class Said(NamedTuple):
    """One figure as the unit states it. ``amount`` in the indicator's smallest unit.

    ``until``: the last day whose facts it counts. ``reason``: what the unit wrote on a value that
    it handed in although its records showed ``recorded_then``; "" where it wrote nothing.
    """

    unit_id: int
    key: str
    where: str  # version | report | document
    state: str
    amount: int | None
    record_id: int
    on: dt.date | None
    until: dt.date
    reason: str = ""
    recorded_then: int | None = None
    written_at: dt.datetime | None = None
    author_id: int | None = None
    text: str = ""  # as an issued report printed it
    at: dt.datetime | None = None  # handed in or issued

    @property
    def order(self) -> tuple[dt.date, dt.datetime]:
        """What is said later stands: by the day, on one day by the instant where it is known."""
        return self.on or dt.date.min, self.at or _UNKNOWN


def said(
    unit_ids: Collection[int], period: Period, layers: Collection[str] | None = None
) -> dict[tuple[int, str], Said]:
    """(unit, indicator) -> what the unit said last; a value not reported is not said.

    Of several places the latest day stands; on one day the later of the report that was issued
    and the version handed in, then the old report. One or two queries for each kind of place.
    ``layers``: those in which the units have cells, from who knows it; all are asked otherwise.
    """
    found: dict[tuple[int, str], Said] = {}
    sources = [_reports]
    if layers is None or Layer.REPORTED in layers:
        sources.insert(0, _versions)
    if layers is None or Layer.STATED in layers:
        sources.insert(0, _documents)
    for source in sources:
        for one in source(unit_ids, period):
            before = found.get((one.unit_id, one.key))
            if before is None or one.order >= before.order:
                found[one.unit_id, one.key] = one
    return found


def units_saying(period: Period) -> set[int]:
    """Every unit that says something of the period."""
    versions = standing_versions(period).values_list("unit_id", flat=True)
    reports = _issued(period).values_list("unit_id", flat=True)
    documents = _read(period).values_list("document__record__unit_id", flat=True)
    return {unit for rows in (versions, reports, documents) for unit in rows.distinct()}


def _versions(unit_ids: Collection[int], period: Period) -> Iterator[Said]:
    rows = SubmissionValue.objects.filter(
        submission_id__in=ids_of_standing(period, unit_ids), dimension=""
    ).exclude(state=CellState.MISSING)
    found = rows.values_list(
        "submission__unit_id",
        "indicator__key",
        "state",
        "amount",
        "submission_id",
        "submission__record__occurred_on",
        "submission__round__cut_off",
        "reason",
        "recorded_amount",
        "submission__submitted_at",
        "submission__record__author_id",
    )
    for unit_id, key, state, amount, record_id, on, until, reason, then, at, author in found:
        until = min(period.end, until)
        yield Said(
            unit_id,
            key,
            "version",
            state,
            amount,
            record_id,
            on,
            until,
            reason,
            then,
            at,
            author,
            at=at,
        )


def _issued(period: Period) -> QuerySet[FrozenReport]:
    return reports_in_force().filter(period=period)


def _reports(unit_ids: Collection[int], period: Period) -> Iterator[Said]:
    rows = PublishedFigure.objects.filter(
        publication__report__in=_issued(period).filter(unit_id__in=unit_ids), dimension=""
    ).exclude(state=CellState.MISSING)
    for unit_id, key, state, amount, record_id, on, at, known_on, text in rows.values_list(
        "publication__report__unit_id",
        "key",
        "state",
        "amount",
        "publication_id",
        "publication__report__issued_on",
        "publication__report__issued_at",
        "publication__known_on",
        "text",
    ):
        until = min(period.end, known_on)
        yield Said(unit_id, key, "report", state, amount, record_id, on, until, text=text, at=at)


def _read(period: Period) -> QuerySet[ReadFigure]:
    return ReadFigure.objects.filter(
        document__period=period,
        document__record__state=Record.State.RECORDED,
        decision__in=(Decision.CONFIRMED, Decision.CORRECTED),
        scope="",
        decided_amount__isnull=False,
    )


def _documents(unit_ids: Collection[int], period: Period) -> Iterator[Said]:
    rows = _read(period).filter(document__record__unit_id__in=unit_ids)
    rows = rows.order_by(
        F("document__event_date").asc(nulls_first=True), "document_id", "-position"
    )
    for unit_id, key, amount, record_id, on in rows.values_list(
        "document__record__unit_id",
        "decided_key",
        "decided_amount",
        "document_id",
        "document__event_date",
    ):
        state = CellState.REPORTED if amount else CellState.ZERO
        yield Said(unit_id, key, "document", state, amount, record_id, on, period.end)
