"""Side by side: what a unit says, what its records show, what citizens answer (R11)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone

from danchu.core.accounts.policy import among, works_in
from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import PeriodSpan
from danchu.core.calendar.selectors import period_span
from danchu.core.clock import today
from danchu.core.contracts import Actor, declared_questions, require
from danchu.core.errors import NotFound
from danchu.core.units.models import Unit
from danchu.core.units.selectors import descendant_ids, unit_names, unit_within
from danchu.core.units.selectors.states import holder_on
from danchu.reporting.figures import structure
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text
from danchu.reporting.figures.models import CellState, Layer
from danchu.reporting.figures.selectors import (
    Value,
    definition,
    definitions,
    indicator_ids,
    values,
    values_of,
)
from danchu.reporting.figures.services import period_for
from danchu.reporting.reviews.same_units import Cells, recorded_of
from danchu.reporting.rounds.standing import asked_in

from .access import EXPLAIN, READ, is_own, is_told, require_seen
from .citizens import Answer, answers
from .comparing import differ
from .models import Difference, DifferenceStep
from .said import Said, said
from .sides import BelowLine, DifferencePage, Line, Place, Shown, SideBySide, Stated, Step, Told

MOST_BELOW = 200  # lines of units below on one page; the file has as many


def side_by_side(viewer: Actor, code: str, period_code: str) -> SideBySide:
    """Stated, recorded and answered for a unit and period. Needs ``figures.read``.

    In the unit's ten working days a difference is shown to the unit itself only; to everybody
    else the indicator is left out, as if nothing had been compared. Raises ``NotFound``,
    ``NotAllowed``.
    """
    span = period_span(period_code)
    unit = _place(code, span)
    require(viewer, READ, unit.id)
    period = period_for(viewer, unit.id, span.code)
    assert period is not None  # made on first use for who may read
    own = is_own(viewer, unit.id)
    rows = _differences(unit, period)
    mine = [row for row in rows if row.unit_id == unit.id and (own or is_told(row))]
    keys = {number: key for key, number in indicator_ids().items()}
    settled = [row for row in mine if row.settled_on is not None]
    settled.sort(key=lambda row: (row.settled_on, row.pk), reverse=True)
    theirs = [row for row in rows if row.unit_id != unit.id]
    below, n_below = _below(viewer, [row for row in theirs if is_told(row)], period)
    meanings = definitions()
    return SideBySide(
        unit=unit,
        period=period,
        own=own,
        may_explain=own and works_in(viewer, EXPLAIN, unit.id),
        is_sum=unit.level in _SUMS,
        lines=tuple(_lines(viewer, unit, period, own, rows)),
        settled=tuple(
            (meanings[key], told_of(meanings[key], row))
            for row in settled
            if (key := keys[row.indicator_id]) in meanings
        ),
        below=below,
        n_below=n_below,
    )


_SUMS = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)


def _place(code: str, span: PeriodSpan) -> Place:
    """The unit that ``unit_within`` finds; without its parent where the code is plain."""
    if "@" not in code:
        try:
            held = holder_on(code, span.end)
        except NotFound:
            pass
        else:
            return Place(held.unit_id, held.code, held.name, held.level, held.is_demo)
    unit = unit_within(code, span.start, span.end)
    return Place(unit.id, unit.code, unit.name, unit.level, unit.is_demo)


def _differences(unit: Place, period: Period) -> list[Difference]:
    """The unit's own, settled ones too, and those alive of the units directly below."""
    below = structure.standing_below(period, [unit.id], of="unit__placements__")
    wanted = Q(unit_id=unit.id) | (below & Q(settled_on__isnull=True))
    rows = Difference.objects.filter(wanted, period=period)
    return list(rows.select_related("explained_by").distinct().order_by("unit_id", "pk"))


def _lines(
    viewer: Actor, unit: Place, period: Period, own: bool, differences: Sequence[Difference]
) -> list[Line]:
    cells = values(viewer, unit.id, period, level=unit.level)
    layers = {layer for layer, _key, _dimension in cells}
    says = {key: one for (_unit, key), one in said([unit.id], period, layers).items()}
    asked = [unit.id]
    if declared_questions():
        asked += descendant_ids(unit.id, min(period.end, today()))
    answered = answers(asked, period.start, period.end)
    keys = {number: key for key, number in indicator_ids().items()}
    rows = {
        keys[row.indicator_id]: row
        for row in differences
        if row.unit_id == unit.id and row.settled_on is None
    }
    # Two sums side by side would tell what a unit below is still looking at by itself.
    hushed = {keys[row.indicator_id] for row in differences if not is_told(row)}
    same = _of_those_that_gave(viewer, unit, period)
    made = []
    for key, meaning in definitions().items():
        cell, one, row = cells.get((Layer.RECORDED, key, "")), says.get(key), rows.get(key)
        added_up = cells.get((Layer.REPORTED, key, "")) if unit.level in _SUMS else None
        verdict = "differs" if row else _verdict(unit, meaning, one, cell)
        untold = verdict == "early" or (row is not None and not is_told(row))
        if unit.level in _SUMS and key in hushed:
            continue
        if (untold and not own) or not (one or added_up or cell or key in answered):
            continue
        if meaning.is_rate and cell is None and key not in answered:
            continue  # no record shows a rate; its two numbers are held against records
        made.append(
            Line(
                meaning,
                _stated(meaning, one, added_up),
                _shown(meaning, cell if same is None else same.get((Layer.RECORDED, key, ""))),
                answered.get(key),
                told_of(meaning, row) if row else None,
                verdict,
                one.until if one else None,
                None if same is None else _others(meaning, cell, same),
            )
        )
    return made


def _of_those_that_gave(viewer: Actor, unit: Place, period: Period) -> Cells | None:
    """The records of just the units whose versions are added up; None where nothing is."""
    if unit.level not in _SUMS:
        return None
    asked = asked_in(viewer, unit.id, [period.code], today()).get(period.code, [])
    gave = {line.unit_id: line.level for line in asked if line.stands}
    of = sum(line.state != "excused" for line in asked)
    return recorded_of(values_of(viewer, list(gave), period, levels=gave), of) if gave else None


def _others(meaning: Definition, cell: Value | None, same: Cells) -> Shown | None:
    """The rest of what is recorded: of units that handed in nothing and offices not asked."""
    mine = same.get((Layer.RECORDED, meaning.key, ""))
    if mine is None or cell is None:
        return _shown(meaning, cell)
    n = _given(cell) - _given(mine)
    if n <= 0 or cell.amount is None or mine.amount is None:
        return None
    text = _text(meaning, cell.amount - mine.amount)
    state = CellState.REPORTED if cell.amount != mine.amount else CellState.ZERO
    return Shown(state, text, cell.sources - mine.sources, n, n)


def _verdict(unit: Place, meaning: Definition, one: Said | None, cell: Value | None) -> str:
    """What comparing gives where no difference was noticed."""
    if one is None or cell is None or meaning.is_rate or unit.level in _SUMS:
        return ""
    if not differ(one.state, one.amount, cell.state, cell.amount):
        return "agrees"
    return "early" if today() <= one.until else "later"


def _stated(meaning: Definition, one: Said | None, added_up: Value | None) -> Stated | None:
    """What the unit itself said; else, of a level above communes, the sum of what they said."""
    if one is not None:
        return Stated(one.state, one.text or _text(meaning, one.amount), one.where, one.on)
    if added_up is None or added_up.state == CellState.MISSING:
        return None
    text = _text(meaning, added_up.amount)
    return Stated(added_up.state, text, "sum", None, _given(added_up), added_up.n_expected)


def _given(cell: Value) -> int:
    return cell.n_reported + cell.n_zero + cell.n_not_applicable


def _shown(meaning: Definition, cell: Value | None) -> Shown | None:
    if cell is None or cell.state == CellState.MISSING:
        return None
    text = _text(meaning, cell.amount)
    return Shown(cell.state, text, cell.sources, _given(cell), cell.n_expected)


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


def _below(
    viewer: Actor, rows: Sequence[Difference], period: Period
) -> tuple[tuple[BelowLine, ...], int]:
    """Differences of units below that this viewer sees, by name, and how many there are."""
    if not rows:
        return (), 0
    seen = among(viewer, READ, {row.unit_id for row in rows})
    names = unit_names(seen, period.end)
    keys = {number: key for key, number in indicator_ids().items()}
    meanings = definitions()
    order = {key: place for place, key in enumerate(meanings)}
    kept = [row for row in rows if row.unit_id in names and keys[row.indicator_id] in meanings]
    kept.sort(key=lambda row: (names[row.unit_id][::-1], order[keys[row.indicator_id]]))
    answered: dict[int, dict[str, Answer]] = {}
    lines = []
    for row in kept[:MOST_BELOW]:
        (code, name), key = names[row.unit_id], keys[row.indicator_id]
        if declared_questions() and row.unit_id not in answered:
            answered[row.unit_id] = answers([row.unit_id], period.start, period.end)
        citizens = answered.get(row.unit_id, {}).get(key)
        lines.append(BelowLine(code, name, meanings[key], told_of(meanings[key], row), citizens))
    return tuple(lines), len(kept)


def difference_page(viewer: Actor, code: str, period_code: str, key: str) -> DifferencePage:
    """The newest difference of an indicator, for who sees it; else ``NotFound``."""
    span = period_span(period_code)
    unit = _place(code, span)
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
