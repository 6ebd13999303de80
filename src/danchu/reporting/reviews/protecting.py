"""Holding back totals that are public already and would give a small count away.

A report that is issued tells something new of every sum it is a part of: that of the unit above
and that of a longer period. Whatever was published stays readable, also of reports that were
replaced since; so every publication is held against every other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from math import prod

from danchu.core.calendar.models import Period
from danchu.core.units.services import raise_public_version
from danchu.reporting.figures import structure
from danchu.reporting.figures.periods_inside import rows_of_periods
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.withholding import HIDDEN_BESIDE, gives_away, withheld

from .models import Publication, PublishedFigure

_MOST_WAYS = 512  # of reading together parts that were amended
Told = tuple[int, str]  # an amount and why it is held back, "" where it is told


def protect(unit_id: int, period: Period) -> None:
    """Hold back every total that a publication of this unit and period helps to take apart.

    What is held back now may be all that another total lacked, so it goes on from there, upward
    and to longer periods. Above and below as the figures add up: a unit that ended inside the
    period counts with the one it stood below last.
    """
    waiting = [(unit_id, period)]
    while waiting:
        unit, of = waiting.pop(0)
        for whole_unit, whole_period in _wholes(unit, of):
            if _protect(whole_unit, whole_period):
                waiting.append((whole_unit, whole_period))


def _wholes(unit_id: int, period: Period) -> Iterator[tuple[int, Period]]:
    """This sum itself, those of the units above, those of the longer periods."""
    yield unit_id, period
    for above in structure.ancestors(period, [unit_id])[unit_id]:
        yield above, period
    for longer in _periods_of(unit_id):
        if longer.pk != period.pk and _holds(longer, period):
            yield unit_id, longer


def _periods_of(unit_id: int) -> list[Period]:
    rows = Period.objects.filter(
        frozenreport__publication__isnull=False, frozenreport__unit_id=unit_id
    )
    return list(rows.distinct().order_by("start", "end", "pk"))


def _holds(longer: Period, period: Period) -> bool:
    return longer.start <= period.start and period.end <= longer.end


def _protect(unit_id: int, period: Period) -> bool:
    """Hold this sum against its parts, below and in time; whether something more is held back."""
    wholes = list(Publication.objects.filter(report__unit_id=unit_id, report__period=period))
    if not wholes:
        return False
    ways = [[(child, period) for child in structure.children(period, unit_id)]]
    ways += [
        [(unit_id, one) for one in row] for row in _rows_of_periods(period, _periods_of(unit_id))
    ]
    more = False
    for parts in ways:
        told = _told(parts)
        for whole in wholes:
            more = _protect_total(whole, told) or more
    return more


def _rows_of_periods(whole: Period, published: Iterable[Period]) -> Iterator[tuple[Period, ...]]:
    """Every row of published periods inside the whole that do not overlap."""
    return rows_of_periods([one for one in published if one.pk != whole.pk and _holds(whole, one)])


def _told(parts: Sequence[tuple[int, Period]]) -> dict[str, list[list[Told]]]:
    """Indicator -> for each part what its publications say of it, each amount once.

    An amount that one of them tells is told, whatever the others hold back.
    """
    said: dict[str, dict[tuple[int, int], dict[int, str]]] = {}
    units, periods = {unit for unit, _ in parts}, {period.pk for _, period in parts}
    rows = PublishedFigure.objects.filter(
        publication__report__unit_id__in=units,
        publication__report__period_id__in=periods,
        dimension="",
        amount__isnull=False,
    ).order_by("publication_id")
    for unit, period, key, amount, reason in rows.values_list(
        "publication__report__unit_id",
        "publication__report__period_id",
        "key",
        "amount",
        "withheld",
    ):
        amounts = said.setdefault(key, {}).setdefault((unit, period), {})
        amounts[amount or 0] = reason and amounts.get(amount or 0, reason)
    return {
        key: [[(amount, why) for amount, why in amounts.items()] for amounts in of_parts.values()]
        for key, of_parts in said.items()
    }


def _readings(parts: Sequence[Sequence[Told]]) -> Iterator[Sequence[Told]]:
    """The ways to read the parts together: as first published, as amended, and mixed."""
    if prod(len(one) for one in parts) <= _MOST_WAYS:
        yield from product(*parts)
        return
    newest = [one[-1] for one in parts]
    yield newest
    yield [one[0] for one in parts]
    for place, one in enumerate(parts):
        for earlier in one[:-1]:
            yield [*newest[:place], earlier, *newest[place + 1 :]]


def _protect_total(whole: Publication, told: dict[str, list[list[Told]]]) -> bool:
    """Hold back what these parts would give away of a publication; whether there was any."""
    meanings = definitions()
    mine = {figure.key: figure for figure in whole.figures.filter(dimension="")}
    amounts = {
        key: row.amount for key, row in mine.items() if row.amount is not None and key in meanings
    }
    given = {}
    for key, parts in told.items():
        if key not in amounts or mine[key].withheld:
            continue
        meaning = meanings[key]
        if any(
            gives_away(amounts[key], one, meaning.scale, sensitive=meaning.sensitive)
            for one in _readings(parts)
        ):
            given[key] = HIDDEN_BESIDE
    if not given:
        return False
    known = {key: row.withheld for key, row in mine.items() if row.withheld}
    hidden = withheld(meanings, amounts, {**known, **given})
    for key, reason in hidden.items():
        if key in mine and not mine[key].withheld:
            whole.figures.filter(key=key).update(withheld=reason)
    raise_public_version(whole.report.unit_id)
    return True
