"""Side by side: what a unit says, what its records show, what citizens answer (R11)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from danchu.core.accounts.policy import within, works_in
from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import period_span
from danchu.core.clock import today
from danchu.core.contracts import Actor, declared_questions, require
from danchu.core.units.models import Unit
from danchu.core.units.selectors import (
    UnitOnDay,
    descendant_ids,
    unit_within,
    units_below,
    units_by_ids,
)
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text
from danchu.reporting.figures.models import CellState, Layer
from danchu.reporting.figures.selectors import Value, definition, definitions, indicator_ids, values
from danchu.reporting.figures.services import period_for

from .access import EXPLAIN, READ, is_own, is_told, require_seen, told
from .citizens import Answer, answers
from .models import Difference, DifferenceStep
from .said import Said, said

MOST_BELOW = 200  # lines of units below on one page; the file has as many


@dataclass(frozen=True, slots=True)
class Stated:
    """What the unit says. ``where``: version, report or document; ``text`` "" without a number."""

    state: str
    text: str
    where: str
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What records show: of ``n`` of ``of`` units, resting on so many records."""

    state: str
    text: str
    records: int
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Told:
    """A difference as this viewer sees it.

    ``state``: open (the unit's days run), explained, outdated (explained before the figures
    changed again), unexplained (the days are over), settled. ``gap``: what the unit says less what
    records show, with its sign. ``by``: the post of who explained.
    """

    id: int
    version: int
    state: str
    stated: str
    recorded: str
    stated_state: str
    recorded_state: str
    gap: str
    noticed_on: dt.date
    explain_by: dt.date
    days_left: int
    explanation: str
    explained_on: dt.date | None
    by: str
    late: bool
    settled_on: dt.date | None
    settled_how: str
    is_told: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator with its three sides."""

    meaning: Definition
    stated: Stated | None
    shown: Shown | None
    citizens: Answer | None
    difference: Told | None


@dataclass(frozen=True, slots=True)
class BelowLine:
    """A difference of a unit below."""

    unit: UnitOnDay
    meaning: Definition
    difference: Told
    citizens: Answer | None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The page of a unit and period.

    ``own``: the viewer looks from inside the unit. ``settled``: differences that are no more.
    ``open_by``: the first last day of what the unit may still explain. ``n_below``: how many
    differences of units below this viewer sees, of which ``below`` holds the first.
    """

    unit: UnitOnDay
    period: Period
    own: bool
    may_explain: bool
    is_sum: bool
    lines: tuple[Line, ...]
    settled: tuple[tuple[Definition, Told], ...]
    below: tuple[BelowLine, ...]
    n_below: int

    @property
    def waiting(self) -> list[Told]:
        """What the unit has still to explain, or may explain again."""
        alive = [line.difference for line in self.lines if line.difference]
        return [one for one in alive if one.state != "explained"]

    @property
    def open_by(self) -> dt.date | None:
        """The nearest day by which something is to be explained."""
        return min((one.explain_by for one in self.waiting), default=None)

    @property
    def n_different(self) -> int:
        """How many indicators of the unit itself differ."""
        return sum(line.difference is not None for line in self.lines)


def side_by_side(viewer: Actor, code: str, period_code: str) -> SideBySide:
    """Stated, recorded and answered for a unit and period. Needs ``figures.read``.

    In the unit's ten working days a difference is shown to the unit itself only; to everybody
    else the indicator is left out, as if nothing had been compared. Raises ``NotFound``,
    ``NotAllowed``.
    """
    span = period_span(period_code)
    unit = unit_within(code, span.start, span.end)
    require(viewer, READ, unit.id)
    period = period_for(viewer, unit.id, span.code)
    assert period is not None  # made on first use for who may read
    own = is_own(viewer, unit.id)
    is_sum = unit.level in _SUMS
    rows = _differences(unit.id, period)
    hidden = {key for key, row in rows.items() if not own and not is_told(row)}
    settled = _settled(unit.id, period, own)
    below, n_below = _below(viewer, unit, period) if unit.level in _WITH_BELOW else ((), 0)
    return SideBySide(
        unit=unit,
        period=period,
        own=own,
        may_explain=own and works_in(viewer, EXPLAIN, unit.id),
        is_sum=is_sum,
        lines=tuple(_lines(viewer, unit, period, rows, hidden)),
        settled=tuple((definition(key), told_of(definition(key), row)) for key, row in settled),
        below=below,
        n_below=n_below,
    )


_SUMS = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)
_WITH_BELOW = (*_SUMS, Unit.Level.COMMUNE)


def _differences(unit_id: int, period: Period) -> dict[str, Difference]:
    keys = {number: key for key, number in indicator_ids().items()}
    rows = Difference.objects.filter(unit_id=unit_id, period=period, settled_on__isnull=True)
    return {keys[row.indicator_id]: row for row in rows.select_related("explained_by")}


def _settled(unit_id: int, period: Period, own: bool) -> list[tuple[str, Difference]]:
    keys = {number: key for key, number in indicator_ids().items()}
    rows = Difference.objects.filter(unit_id=unit_id, period=period, settled_on__isnull=False)
    if not own:
        rows = rows.filter(told())
    kept = rows.select_related("explained_by").order_by("-settled_on", "pk")[:MOST_BELOW]
    return [(keys[row.indicator_id], row) for row in kept]


def _lines(
    viewer: Actor,
    unit: UnitOnDay,
    period: Period,
    rows: Mapping[str, Difference],
    hidden: set[str],
) -> list[Line]:
    cells = values(viewer, unit.id, period, level=unit.level)
    says = {key: one for (_unit, key), one in said([unit.id], period).items()}
    asked = [unit.id]
    if declared_questions():
        asked += descendant_ids(unit.id, min(period.end, today()))
    answered = answers(asked, period.start, period.end)
    made = []
    for key, meaning in definitions().items():
        cell = cells.get((Layer.RECORDED, key, ""))
        if key in hidden or not (key in says or cell or key in answered):
            continue
        row = rows.get(key)
        made.append(
            Line(
                meaning,
                _stated(meaning, says.get(key)),
                _shown(meaning, cell),
                answered.get(key),
                told_of(meaning, row) if row else None,
            )
        )
    return made


def _stated(meaning: Definition, one: Said | None) -> Stated | None:
    if one is None:
        return None
    return Stated(one.state, _text(meaning, one.amount), one.where, one.on)


def _shown(meaning: Definition, cell: Value | None) -> Shown | None:
    if cell is None or cell.state == CellState.MISSING:
        return None
    given = cell.n_reported + cell.n_zero + cell.n_not_applicable
    return Shown(cell.state, _text(meaning, cell.amount), cell.sources, given, cell.n_expected)


def _text(meaning: Definition, amount: int | None) -> str:
    return "" if amount is None else amount_text(meaning, amount)


def told_of(meaning: Definition, row: Difference) -> Told:
    """A row in words; ``explained_by`` is read with it."""
    day = today()
    if row.settled_on is not None:
        state = "settled"
    elif row.explained_at is not None:
        state = "explained" if row.explanation_stands else "outdated"
    else:
        state = "open" if day <= row.explain_by else "unexplained"
    gap = (row.stated_amount or 0) - (row.recorded_amount or 0)
    sign = "+" if gap > 0 else "−"
    return Told(
        id=row.pk,
        version=row.row_version,
        state=state,
        stated=_text(meaning, row.stated_amount),
        recorded=_text(meaning, row.recorded_amount),
        stated_state=row.stated_state,
        recorded_state=row.recorded_state,
        gap=f"{sign}{amount_text(meaning, abs(gap))}",
        noticed_on=row.noticed_on,
        explain_by=row.explain_by,
        days_left=(row.explain_by - day).days,
        explanation=row.explanation,
        explained_on=timezone.localdate(row.explained_at) if row.explained_at else None,
        by=row.explained_by.post if row.explained_by else "",
        late=row.explained_late,
        settled_on=row.settled_on,
        settled_how=row.settled_how,
        is_told=is_told(row),
    )


def _below(viewer: Actor, unit: UnitOnDay, period: Period) -> tuple[tuple[BelowLine, ...], int]:
    """Differences of units below that this viewer sees, by the order of codes."""
    on = min(period.end, unit.valid_to or period.end)
    rows = Difference.objects.filter(
        told(),
        within(viewer, READ, "unit"),
        period=period,
        settled_on__isnull=True,
        unit__in=units_below(unit.id, on).values("unit_id"),
    )
    number = rows.count()
    if not number:
        return (), 0
    keys = {number: key for key, number in indicator_ids().items()}
    kept = list(
        rows.select_related("explained_by").order_by("unit_id", "indicator_id")[:MOST_BELOW]
    )
    names = units_by_ids({row.unit_id for row in kept}, on)
    answered: dict[int, dict[str, Answer]] = defaultdict(dict)
    if declared_questions():
        for unit_id in names:
            answered[unit_id] = answers([unit_id], period.start, period.end)
    meanings = definitions()
    lines = [
        BelowLine(
            names[row.unit_id],
            meanings[key],
            told_of(meanings[key], row),
            answered[row.unit_id].get(key),
        )
        for row in kept
        if row.unit_id in names and (key := keys[row.indicator_id]) in meanings
    ]
    order = {key: place for place, key in enumerate(meanings)}
    lines.sort(key=lambda line: (line.unit.name, line.unit.code, order[line.meaning.key]))
    return tuple(lines), number


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to a difference on a day."""

    kind: str
    on: dt.date
    stated: str
    recorded: str
    stated_state: str
    recorded_state: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """One difference with its story."""

    unit: UnitOnDay
    period: Period
    meaning: Definition
    difference: Told
    steps: tuple[Step, ...]
    own: bool
    may_explain: bool


def difference_page(viewer: Actor, code: str, period_code: str, key: str) -> DifferencePage:
    """The newest difference of an indicator, for who sees it; else ``NotFound``."""
    span = period_span(period_code)
    unit = unit_within(code, span.start, span.end)
    meaning = definition(key)
    row = require_seen(
        viewer,
        Difference.objects.filter(
            unit_id=unit.id, period__code=span.code, indicator_id=indicator_ids()[key]
        )
        .select_related("explained_by", "period")
        .order_by("-pk")
        .first(),
    )
    own = is_own(viewer, unit.id)
    return DifferencePage(
        unit=unit,
        period=row.period,
        meaning=meaning,
        difference=told_of(meaning, row),
        steps=tuple(_steps(meaning, row)),
        own=own,
        may_explain=own and works_in(viewer, EXPLAIN, unit.id) and row.settled_on is None,
    )


def _steps(meaning: Definition, row: Difference) -> list[Step]:
    steps = DifferenceStep.objects.filter(difference=row).select_related("written_by")
    return [
        Step(
            step.kind,
            step.on,
            _text(meaning, step.stated_amount),
            _text(meaning, step.recorded_amount),
            step.stated_state,
            step.recorded_state,
            step.text,
            step.written_by.post if step.written_by else "",
        )
        for step in steps.order_by("number")
    ]
