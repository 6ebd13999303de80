"""Reading the calendar in force and the periods of the installation.

Loads without Django and answers without a database: then the calendar of the release is the
one in force. Days off and periods are public; these functions take no viewer.
"""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, cast

from danchu.core.contracts import Actor
from danchu.core.errors import BadInput, NotFound

from . import periods
from .days import DayKind, Special, WorkCalendar
from .periods import PeriodKind, PeriodSpan
from .shipped import shipped_calendar

if TYPE_CHECKING:
    from danchu.core.prepared import Prepared

    from .models import Period


def django_is_ready() -> bool:
    """Whether Django is set up in this process, so that models can be imported."""
    apps = sys.modules.get("django.apps")
    return apps is not None and apps.apps.ready


def never_set_up(table: str) -> bool:
    """Whether the database answers and has no such table: an installation not yet made."""
    from django.db import connection

    return table not in connection.introspection.table_names()


def current_calendar() -> WorkCalendar:
    """The calendar in force: the newest version of the database, or that of the release.

    One query; what a version holds is kept, for versions never change. A database that cannot
    be reached raises ``DatabaseError``.
    """
    if not django_is_ready():
        return shipped_calendar()
    from django.db import DatabaseError

    try:
        newest = _newest_version().rows()
    except DatabaseError:
        from .models import CalendarVersion

        if never_set_up(CalendarVersion._meta.db_table):
            return shipped_calendar()
        raise  # a database that fails must not quietly lose the days entered here
    return _merged(*newest[0]) if newest else shipped_calendar()


@cache
def _newest_version() -> Prepared:
    from danchu.core.prepared import Prepared

    from .models import CalendarVersion

    newest = CalendarVersion.objects.order_by("-number").values_list("number", "created_at")[:1]
    return Prepared(lambda: newest)


def calendar_at(number: int) -> WorkCalendar:
    """The calendar as version ``number`` had it, for a clock that was started with it.

    Raises ``NotFound`` when the installation has no such version.
    """
    from .models import CalendarVersion

    version = CalendarVersion.objects.filter(number=number).first()
    if version is None:
        raise NotFound(
            f"Không có phiên bản lịch số {number}.", f"There is no calendar version {number}."
        )
    return _merged(version.number, version.created_at)


@lru_cache(maxsize=32)
def _merged(number: int, created_at: dt.datetime) -> WorkCalendar:
    """Versions 1 to ``number``, later ones overriding earlier ones day by day.

    ``created_at`` tells apart versions of the same number, as after a restore.
    """
    from .models import SpecialDay

    rows = SpecialDay.objects.filter(version__number__lte=number).select_related("version")
    days: dict[dt.date, Special] = {}
    for row in rows.order_by("version__number"):
        days[row.date] = Special(
            row.date,
            cast(DayKind, row.kind),
            row.name_vi,
            row.name_en,
            row.basis,
            row.certainty,
        )
    return WorkCalendar(number, days)


def period_span(code: str) -> PeriodSpan:
    """The period a code means, of a built-in scheme or of a committee's own.

    Raises ``BadInput`` when it is neither.
    """
    try:
        return periods.parse_period(code)
    except BadInput:
        if django_is_ready():
            from .models import Period

            row = Period.objects.select_related("scheme").filter(code=code).first()
            if row is not None:
                return span_of(row)
        raise


def known_period(code: str) -> Period | None:
    """The row of a period that the installation has met; None for any other code."""
    from django.db import DEFAULT_DB_ALIAS

    from .models import Period

    columns, asked = _period()
    rows = asked.rows(code)
    return Period.from_db(DEFAULT_DB_ALIAS, columns, rows[0]) if rows else None


@cache
def _period() -> tuple[list[str], Prepared]:
    from danchu.core.prepared import Prepared

    from .models import Period

    columns = [field.attname for field in Period._meta.concrete_fields]
    return columns, Prepared(lambda code: Period.objects.filter(code=code).values_list(*columns))


def known_periods() -> list[PeriodSpan]:
    """Every period the installation has met, the latest end first; one query."""
    from .models import Period

    rows = Period.objects.select_related("scheme").order_by("-end", "start", "code")
    return [span_of(row) for row in rows]


def due_days(period: Period) -> dict[str, dt.date]:
    """level -> the day by which it hands in the period: as its scheme says, else as is usual.

    Never a day off. A scheme that names only some levels has the usual days for the others, and
    these leave a working day after the level below: two days in a row may fall on one Monday.
    """
    from .models import SchemeDue

    told = dict(
        SchemeDue.objects.filter(scheme=period.scheme_id).values_list("level", "days_after")
    )
    calendar = current_calendar()
    found: dict[str, dt.date] = {}
    below: dt.date | None = None
    for storey in periods.STOREYS:
        for level in storey:
            days = told.get(level, periods.DUE_AFTER[level])
            day = calendar.add_working_days(period.end + dt.timedelta(days=days), 0).date
            if below is not None and day <= below and level not in told:
                day = calendar.add_working_days(below, 1).date
            found[level] = day
        below = max(found[level] for level in storey)
    return found


@dataclass(frozen=True, slots=True)
class SchemeDays:
    """By how many days after a period's end each level hands in, in one scheme.

    ``usual``: the levels of which the scheme itself says nothing.
    """

    code: str
    name_vi: str
    name_en: str
    days: dict[str, int]
    usual: frozenset[str]


def schemes_to_edit(viewer: Actor) -> list[SchemeDays]:
    """The schemes of which the viewer may change the days: needs "periods.edit" over its unit."""
    from .models import PeriodScheme

    found = []
    for scheme in PeriodScheme.objects.prefetch_related("dues").order_by("unit_id", "code"):
        if not viewer.may("periods.edit", scheme.unit_id):
            continue
        told = {line.level: line.days_after for line in scheme.dues.all()}
        found.append(
            SchemeDays(
                scheme.code,
                scheme.name_vi,
                scheme.name_en,
                periods.DUE_AFTER | told,
                frozenset(periods.DUE_AFTER) - frozenset(told),
            )
        )
    return found


def span_of(period: Period) -> PeriodSpan:
    """A row as a span. Reads the scheme: select it with the row where many are read."""
    return PeriodSpan(
        period.code, period.scheme.code, cast(PeriodKind, period.kind), period.start, period.end
    )


def previous_span(span: PeriodSpan) -> PeriodSpan | None:
    """The period of the same kind and scheme just before; of a committee's own, by its rows."""
    if span.scheme in periods.SCHEMES:
        return periods.previous(span)
    from .models import Period

    row = (
        Period.objects.select_related("scheme")
        .filter(scheme__code=span.scheme, kind=span.kind, end__lt=span.start)
        .order_by("-end")
        .first()
    )
    return None if row is None else span_of(row)
