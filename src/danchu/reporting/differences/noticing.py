"""Noticing where a unit says something else than its records show; called with the fold.

Whoever folds a period holds its lock, so a difference is written by one worker at a time; it is
in the fold's transaction, so a worker that is stopped leaves either all of it or nothing. The same
figures give the same rows, however often they are looked at.

Looked at are units that answer as one for what is below them: communes, villages, agencies,
workplaces. A figure above them is a sum of theirs, and its differences are theirs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db import transaction

from danchu.core.calendar.days import CalendarClass
from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import current_calendar
from danchu.core.clock import now, today
from danchu.core.units.models import Unit
from danchu.reporting.figures import recorded, structure
from danchu.reporting.figures.after import Changed
from danchu.reporting.figures.fold import locked_periods
from danchu.reporting.figures.models import Cell, CellState, Layer
from danchu.reporting.figures.selectors import definitions, indicator_ids, summed_over_units

from .comparing import differ
from .models import Difference, DifferenceStep
from .said import Said, said, units_saying
from .steps import explained
from .tasks import follow

DAYS = 10  # working days in which only the unit sees a difference
AT_ONCE = 200  # units looked at together
# Longer ago nothing is written any more but by an amendment, and that is folded.
DAYS_BACK = 400
_ABOVE = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)
_ENTERPRISES = (Unit.Level.STATE_ENTERPRISE, Unit.Level.WORKPLACE)
_Place = tuple[int, str]  # unit, indicator


class Shown(NamedTuple):
    """What records show."""

    state: str
    amount: int | None
    sources: int


def after_fold(period: Period, changed: Changed) -> None:
    """Look at the units whose figures were folded, and at those that answer for them."""
    if changed is None:
        notice(period, _of_period(period))
        return
    # A version of a unit below changes nothing that the unit above says or its records show.
    with_records = [unit for unit, layers in changed.items() if layers != {Layer.REPORTED}]
    below = [u for u, level in structure.levels(with_records).items() if level in structure.LOWER]
    above = structure.ancestors(period, below) if below else {}
    notice(period, set(changed).union(*above.values()))


def notice_all() -> int:
    """Look at every living period anew; a duty of the worker. How many differences are alive.

    For what no fold tells of: a cut-off that has passed, a report that was issued.
    """
    living = Period.objects.filter(end__gte=today() - dt.timedelta(days=DAYS_BACK))
    for period_id in living.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            (period,) = locked_periods({period_id})
            notice(period, _of_period(period))
    return Difference.objects.filter(settled_on__isnull=True).count()


def _of_period(period: Period) -> set[int]:
    """Units that say something and have records, and those with a difference alive."""
    cells = Cell.objects.filter(period_id=period.pk, layer=Layer.RECORDED, reach=Cell.Reach.ALL)
    alive = Difference.objects.filter(period=period, settled_on__isnull=True)
    shown = set(cells.values_list("unit_id", flat=True).distinct())
    return (units_saying(period) & shown) | set(alive.values_list("unit_id", flat=True))


def notice(period: Period, unit_ids: Collection[int]) -> None:
    """Bring the differences of these units up to date. The caller holds the period's lock."""
    levels = structure.levels(unit_ids)
    whole = sorted(unit for unit, level in levels.items() if level not in _ABOVE)
    for start in range(0, len(whole), AT_ONCE):
        _notice(period, whole[start : start + AT_ONCE], levels)


def _notice(period: Period, unit_ids: list[int], levels: Mapping[int, str]) -> None:
    keys = {number: key for key, number in indicator_ids().items()}
    alive: dict[_Place, Difference] = {
        (row.unit_id, keys[row.indicator_id]): row
        for row in Difference.objects.select_for_update().filter(
            period=period, unit_id__in=unit_ids, settled_on__isnull=True
        )
    }
    shown = _shown(period, unit_ids, keys)
    asked = {unit for unit, _key in shown} | {unit for unit, _key in alive}
    if not asked:
        return
    stated = said(asked, period)
    found = _differing(period, stated, shown)
    touched: set[int] = set()
    for place, (says, shows) in found.items():
        row = alive.get(place)
        if row is None:
            touched |= _begun(period, levels[place[0]], says, shows)
        else:
            touched |= _changed(row, says, shows)
    for place, row in alive.items():
        if place not in found:
            touched |= _settled(row, stated.get(place), shown.get(place))
    if touched:
        follow(period, touched)


def _shown(period: Period, unit_ids: Iterable[int], keys: Mapping[int, str]) -> dict[_Place, Shown]:
    rows = Cell.objects.filter(
        unit_id__in=unit_ids,
        period_id=period.pk,
        layer=Layer.RECORDED,
        reach=Cell.Reach.ALL,
        dimension="",
    ).exclude(state=CellState.MISSING)
    return {
        (unit_id, keys[number]): Shown(state, amount, sources)
        for unit_id, number, state, amount, sources in rows.values_list(
            "unit_id", "indicator_id", "state", "amount", "sources"
        )
    }


def _differing(
    period: Period, stated: Mapping[_Place, Said], shown: Mapping[_Place, Shown]
) -> dict[_Place, tuple[Said, Shown]]:
    """Where the two say something else, of the days that the unit's word counts."""
    meanings, day = definitions(), today()
    found: dict[_Place, tuple[Said, Shown]] = {}
    until: dict[tuple[int, dt.date], dict[str, Shown]] = {}
    for place, says in stated.items():
        shows, meaning = shown.get(place), meanings.get(place[1])
        # Of days still to come nobody can have said all, and a share is made of its two numbers.
        if shows is None or meaning is None or meaning.is_rate or day <= says.until:
            continue
        if not differ(says.state, says.amount, shows.state, shows.amount):
            continue
        if says.until < period.end:
            asked = (says.unit_id, says.until)
            if asked not in until:
                until[asked] = _shown_until(period, *asked)
            shows = until[asked].get(place[1])
            if shows is None or not differ(says.state, says.amount, shows.state, shows.amount):
                continue
        found[place] = (says, shows)
    return found


def _shown_until(period: Period, unit_id: int, until: dt.date) -> dict[str, Shown]:
    """What the records of the unit and of those below it show of the period up to a day."""
    units, storey = {unit_id}, {unit_id}
    while storey:
        below = structure.children_of(period, storey)
        storey = {child for children in below.values() for child in children} - units
        units |= storey
    keys = {number: key for key, number in indicator_ids().items()}
    added_up = {keys[number] for number in summed_over_units()}
    found: dict[str, Shown] = {}
    shorter = Period(pk=period.pk, start=period.start, end=until)
    for unit, row in recorded.rows(sorted(units), shorter):
        if row.dimension or not (unit == unit_id or row.indicator in added_up):
            continue
        before = found.get(row.indicator, Shown(row.state, None, 0))
        amounts = [a for a in (before.amount, row.amount) if a is not None]
        reported = CellState.REPORTED in (before.state, row.state)
        found[row.indicator] = Shown(
            CellState.REPORTED if reported else row.state,
            sum(amounts) if amounts else None,
            before.sources + row.sources,
        )
    return found


def _begun(period: Period, level: str, says: Said, shows: Shown) -> set[int]:
    """A difference that was not there: a new row, or the last one once more."""
    indicator_id, day = indicator_ids()[says.key], today()
    last = (
        Difference.objects.select_for_update()
        .filter(unit_id=says.unit_id, period=period, indicator_id=indicator_id)
        .order_by("-pk")
        .first()
    )
    if last is not None and _same(last, says, shows):
        last.settled_on, last.settled_how = None, ""
        last.stated_in_id, last.stated_on = says.record_id, says.on
        _keep(last, DifferenceStep.Kind.AGAIN, says, shows)
        _explained_as_handed_in(last, says)
        return {says.unit_id}
    calendar = current_calendar()
    worked: CalendarClass = "enterprise" if level in _ENTERPRISES else "public"
    due = calendar.add_working_days(day, DAYS, worked)
    row = Difference(
        unit_id=says.unit_id,
        period=period,
        indicator_id=indicator_id,
        noticed_on=day,
        explain_by=due.date,
        calendar_version=due.calendar_version,
    )
    _take(row, says, shows)
    _keep(row, DifferenceStep.Kind.NOTICED, says, shows)
    _explained_as_handed_in(row, says)
    return {says.unit_id}


def _changed(row: Difference, says: Said, shows: Shown) -> set[int]:
    if _same(row, says, shows):
        if row.stated_in_id == says.record_id:
            return set()
        row.stated_in_id, row.stated_on = says.record_id, says.on  # said once more elsewhere
        row.save(update_fields=["stated_in", "stated_on"])
        _explained_as_handed_in(row, says)
        return {row.unit_id}
    _take(row, says, shows)
    row.explanation_stands = False
    _keep(row, DifferenceStep.Kind.CHANGED, says, shows)
    _explained_as_handed_in(row, says)
    return {row.unit_id}


def _settled(row: Difference, says: Said | None, shows: Shown | None) -> set[int]:
    """The two agree now, or there is nothing left to compare."""
    if says is None:
        row.settled_how = Difference.Settled.WITHDRAWN
    elif (says.state, says.amount) != (row.stated_state, row.stated_amount):
        row.settled_how = Difference.Settled.AMENDED
    else:
        row.settled_how = Difference.Settled.MENDED
    row.settled_on = today()
    _keep(row, DifferenceStep.Kind.SETTLED, says, shows)
    return {row.unit_id}


def _same(row: Difference, says: Said, shows: Shown) -> bool:
    return (row.stated_state, row.stated_amount, row.recorded_state, row.recorded_amount) == (
        says.state,
        says.amount,
        shows.state,
        shows.amount,
    )


def _take(row: Difference, says: Said, shows: Shown) -> None:
    row.stated_in_id, row.stated_on = says.record_id, says.on
    row.stated_state, row.stated_amount = says.state, says.amount
    row.recorded_state, row.recorded_amount = shows.state, shows.amount
    row.recorded_sources, row.recorded_until = shows.sources, says.until


def _keep(row: Difference, kind: str, says: Said | None, shows: Shown | None) -> None:
    """Save the row and add what happened to its story."""
    row.row_version += 1
    row.save()
    DifferenceStep.objects.create(
        difference=row,
        number=row.row_version,
        kind=kind,
        on=today(),
        stated_in_id=says.record_id if says else None,
        stated_state=says.state if says else "",
        stated_amount=says.amount if says else None,
        recorded_state=shows.state if shows else "",
        recorded_amount=shows.amount if shows else None,
    )


def _explained_as_handed_in(row: Difference, says: Said) -> None:
    """What was handed in against the records of that day needed a word: it is the explanation.

    A word on other numbers than these, or one that a check asked for, explains nothing here.
    """
    fits = says.reason and says.recorded_then == row.recorded_amount
    if not fits or row.explanation_stands:
        return
    at = says.written_at or now()
    explained(row, words=says.reason, at=at, by=says.author_id, late=False)
