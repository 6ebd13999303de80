"""Keeping how units stand with the clauses (``ClauseStanding``), so that a page reads rows.

A message says which unit changed; all its kept periods are judged anew, for a notice of today
answers a line of last year's plan, and what hangs all the time hangs in every period. Each day what
changes by the turn of the day alone is judged. Whoever judges holds the years: what is written
is what was read last. Once, twice or out of order gives the same rows, as a rebuild does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from danchu.core.calendar.periods import PeriodSpan
from danchu.core.clock import today
from danchu.core.contracts import declared_measures
from danchu.core.law.catalog import Catalogue, UnitKind
from danchu.core.law.selectors import current_catalogue
from danchu.core.listed import Listed
from danchu.core.outbox.models import Message
from danchu.core.outbox.services import enqueue
from danchu.core.prepared import PreparedInsert
from danchu.core.records.models import Record
from danchu.core.units.models import Unit

from .asked import KIND_ASKED, asked_of, clauses_of, periods_kept
from .clause_states import stands
from .models import ClauseStanding, ClauseUnit, ClauseYear
from .selectors.clause_rows import read_rows

CLAUSES = "disclosure.clauses"
AT_ONCE = 200  # units that are judged together
# A term may be counted by the quarter that follows a period (article 11.2): so long after its end
# a period is judged again each day.
_LIVES_ON = dt.timedelta(days=100)
_TURN_BY_THE_DAY = ("hanging", "planned")

_Units = Mapping[int, UnitKind]


def judge_again(unit_id: int, day: dt.date) -> None:
    """Have a unit's standings judged anew; inside the transaction of what changed on ``day``."""
    enqueue(CLAUSES, unit_id=unit_id, day=day)


def consume(messages: list[Message]) -> None:
    """Judge the units of the messages anew. Called by the outbox inside its transaction."""
    on, known = today(), current_catalogue()
    years = _held_years(on)
    new = [year for year in years if year.catalogue != known.version]
    if new:
        for several in _chunks(sorted(_all_begun() | _ever_kept())):
            _judge(several, _periods(new, on), on, known)
        _note(new, on, known)
    old = [year for year in years if year not in new]
    units = sorted({m.unit_id for m in messages if m.unit_id is not None})
    for several in _chunks(units):
        _judge(several, _periods(old, on), on, known)


def first_records(messages: list[Message]) -> None:
    """Have units judged whose first record here is another than their standings rest on.

    Called with what figures are told of: any kind of work begins a unit.
    """
    kinds = _kinds()
    named = {m.unit_id for m in messages if m.unit_id is not None and m.form in kinds}
    if not named or not ClauseYear.objects.exists():
        return
    kept = dict(ClauseUnit.objects.filter(Listed("unit_id", named)).values_list())
    for unit_id, (_kind, begun_on) in sorted(_units(named).items()):
        if kept.get(unit_id) != begun_on:
            judge_again(unit_id, begun_on or today())


def turn_of_day() -> None:
    """Bring every standing to today: a duty of the worker, done once a day.

    Judged are the periods that run or ended not long ago, and what can still turn in others; all
    of a year that is new or was judged by other rules. Some units at a time, each time in a
    transaction of its own.
    """
    on, known = today(), current_catalogue()
    with transaction.atomic():
        years = _held_years(on)
    new = [year.year for year in years if year.catalogue != known.version]
    if not new and all(year.judged_on == on for year in years):
        return
    for several in _chunks(sorted(_all_begun() | _ever_kept())):
        with transaction.atomic():
            for year in _held_years(on):
                spans = _periods([year], on)
                living = [
                    span
                    for span in spans
                    if year.year in new or span.end + _LIVES_ON >= min(on, year.judged_on)
                ]
                _judge(several, living, on, known)
                for span in spans:
                    if span not in living:
                        _judge(_turning(several, span), [span], on, known)
    with transaction.atomic():
        _note(_held_years(on), on, known)


def rebuild() -> int:
    """Judge everything anew; returns how many standings there are."""
    with transaction.atomic():
        ClauseYear.objects.update(catalogue=None)
    turn_of_day()
    return ClauseStanding.objects.count()


def _held_years(on: dt.date) -> list[ClauseYear]:
    """The years that are kept, each held until the transaction ends; this one and the last are."""
    ClauseYear.objects.bulk_create(
        [ClauseYear(year=year, judged_on=on) for year in (on.year - 1, on.year)],
        ignore_conflicts=True,
    )
    return list(ClauseYear.objects.select_for_update(no_key=True).order_by("year"))


def _note(years: Iterable[ClauseYear], on: dt.date, known: Catalogue) -> None:
    for year in years:
        year.judged_on, year.catalogue = on, known.version
        year.save(update_fields=["judged_on", "catalogue"])


def _periods(years: Iterable[ClauseYear], on: dt.date) -> list[PeriodSpan]:
    return [span for year in years for span in periods_kept(year.year, on)]


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _kinds() -> frozenset[str]:
    """The kinds of records that begin a unit."""
    return frozenset(one.record_kind for one in declared_measures())


def _written() -> QuerySet[Record]:
    """What begins the unit of the row asked for."""
    return Record.objects.filter(
        unit_id=OuterRef("pk"), kind__in=sorted(_kinds()), state=Record.State.RECORDED
    )


def _all_begun() -> set[int]:
    rows = Unit.objects.filter(Exists(_written()), level__in=KIND_ASKED)
    return set(rows.values_list("pk", flat=True))


def _ever_kept() -> set[int]:
    return set(ClauseUnit.objects.values_list("unit_id", flat=True))


def _units(unit_ids: Collection[int]) -> dict[int, tuple[UnitKind, dt.date | None]]:
    """Those of the units that have clauses: their kind, and the day of their first record."""
    first = _written().order_by("occurred_on").values("occurred_on")[:1]
    rows = Unit.objects.filter(Listed("id", unit_ids), level__in=KIND_ASKED)
    return {
        unit_id: (KIND_ASKED[level], begun_on)
        for unit_id, level, begun_on in rows.annotate(first=Subquery(first)).values_list(
            "pk", "level", "first"
        )
    }


def _turning(unit_ids: Collection[int], span: PeriodSpan) -> list[int]:
    """Those of the units that have something in the period which the day alone can turn."""
    rows = ClauseStanding.objects.filter(
        Listed("unit_id", unit_ids), period=span.code, state__in=_TURN_BY_THE_DAY
    )
    return sorted(set(rows.values_list("unit_id", flat=True)))


def _judge(
    unit_ids: Sequence[int], spans: Sequence[PeriodSpan], on: dt.date, known: Catalogue
) -> None:
    """Make the kept standings of these units in these periods what their records say.

    The years are held. A unit that has nothing written down any more has no standings.
    """
    if not unit_ids:
        return
    found = _units(unit_ids)
    begun = {unit: day for unit, (_kind, day) in found.items() if day is not None}
    gone = [unit for unit in unit_ids if unit not in begun]
    if gone:
        ClauseStanding.objects.filter(Listed("unit_id", gone)).delete()
        ClauseUnit.objects.filter(Listed("unit_id", gone)).delete()
    _BEGUN.write_all(sorted(begun.items()))
    kinds = {unit: found[unit][0] for unit in begun}
    for span in spans:
        _replace(span, begun, _standings(kinds, span, on, known))


def _standings(
    units: _Units, span: PeriodSpan, on: dt.date, known: Catalogue
) -> dict[tuple[int, str], tuple[str, int]]:
    """(unit, clause) -> how it stands, and with how many notices."""
    asked = asked_of(span, on)
    bound = {kind: clauses_of(known, kind, asked.day) for kind in set(units.values())}
    made: dict[tuple[int, str], tuple[str, int]] = {}
    for unit_id, rows in read_rows(units, asked).items():
        for rule in bound[units[unit_id]]:
            cell = stands(rule, rows, asked)
            made[unit_id, rule.key] = (cell.state, cell.n)
    return made


def _replace(
    span: PeriodSpan, unit_ids: Iterable[int], made: Mapping[tuple[int, str], tuple[str, int]]
) -> None:
    """Write the rows that differ, delete those that are none any more."""
    rows = ClauseStanding.objects.filter(Listed("unit_id", unit_ids), period=span.code)
    stored = {
        (unit, rule): (pk, (state, n))
        for pk, unit, rule, state, n in rows.values_list("pk", "unit_id", "rule_key", "state", "n")
    }
    gone = [pk for key, (pk, _told) in stored.items() if key not in made]
    if gone:
        ClauseStanding.objects.filter(Listed("id", gone)).delete()
    _FRESH.write_all(
        (span.code, *key, *told)
        for key, told in made.items()
        if key not in stored or stored[key][1] != told
    )


_BEGUN = PreparedInsert(ClauseUnit, "unit_id begun_on", once="unit_id")
_FRESH = PreparedInsert(
    ClauseStanding, "period unit_id rule_key state n", once="period unit_id rule_key"
)
