"""One page on a unit and a period: its figures, the units below, what needs a hand, the trend.

Read in few questions, whatever the number of units: all cells together in one, all names in
another. What is shown of a unit below is what the viewer may read of that very unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from danchu.core.accounts.policy import among
from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import PeriodSpan, parse_period
from danchu.core.calendar.selectors import period_span
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput
from danchu.core.listed import Listed, as_list
from danchu.core.prepared import Prepared
from danchu.core.units.selectors import UnitOnDay, unit_named_on
from danchu.core.units.selectors.changing import change_days
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text
from danchu.reporting.figures.models import Cell, CellState, Layer
from danchu.reporting.figures.selectors import Value, definitions, indicator_ids
from danchu.reporting.figures.services import open_period
from danchu.reporting.reviews.figures import (
    Beside,
    ReportFigure,
    figures_of_cells,
    recorded_beside,
)
from danchu.reporting.reviews.layers import SIGNED, has_reported, layers_by_rule
from danchu.reporting.rounds.signed_words import words_of
from danchu.reporting.rounds.standing import Asked, asked_in, base_of

from .below import ABOVE, DIVISIONS, Below, units_directly_below
from .shown import FIRST, INDICATORS, Tone, keys_read, tone_of
from .trends import Trend, first_shown, spans_shown, trend_of

Cells = Mapping[tuple[str, str, str], Value]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """An indicator of the overview; ``figure`` None: not reported."""

    meaning: Definition
    figure: ReportFigure | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """A unit below with its value of the chosen indicator.

    ``state``: one of the four of a value. ``waits``: where its report stands when there is no
    value ("missing", "late", "returned", "excused"), "" where no round asks it. ``n`` of ``of``
    units below it gave the value.
    """

    unit: Below
    state: str
    waits: str
    numerator: int | None
    denominator: int | None
    text: str
    tone: Tone
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Handing:
    """How many of the units of a level that a round asks have handed in."""

    level: str
    handed_in: int
    asked: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page shows. ``asked``: the units a round asks, with where they stand.

    ``hidden``: units below that the viewer may not read; ``others``: offices and the like below
    that are no division of the territory and have no tile.
    """

    unit: UnitOnDay
    span: PeriodSpan
    chosen: Definition
    layer: str
    figures: tuple[FigureLine, ...]
    tiles: tuple[Tile, ...]
    hidden: int
    others: int
    asked: tuple[Asked, ...]
    handing: tuple[Handing, ...]
    trend: Trend
    period_codes: tuple[str, ...]
    unread: Beside | None  # what records show where the versions that stand say nothing
    path: str  # in the tree of the State, "" where nothing stands below
    sees_parent: bool  # whether the viewer may read the figures of the unit above

    @property
    def figure(self) -> ReportFigure | None:
        """The chosen indicator of the unit itself."""
        return next(line.figure for line in self.figures if line.is_chosen)


def overview(
    viewer: Actor,
    code: str,
    period_code: str,
    key: str | None = None,
    *,
    in_demonstration: bool = False,
) -> Overview:
    """The overview of the unit that holds ``code`` on the period's last day.

    ``key``: the indicator told unit by unit; None: the first that has a figure.
    ``in_demonstration``: real units without a value are left out, for a demonstration must not
    show them as if they owed a report. Needs ``figures.read`` over the unit. Raises ``NotFound``,
    ``NotAllowed``, and ``BadInput`` for an indicator that overviews do not show.
    """
    span = period_span(period_code)
    meanings = definitions()
    if key not in (None, *INDICATORS):
        raise BadInput(
            "Toàn cảnh không có chỉ tiêu này. Xem ở bảng số liệu.",
            "The overview does not show this indicator. Find it in the table of figures.",
            field="chi-tieu",
        )
    unit = unit_named_on(code, span.end)
    everyone = units_directly_below(unit.id, span)
    asked_of = [unit.id, *(below.unit_id for below in everyone)]
    readable = among(viewer, "figures.read", [*asked_of, unit.parent_id or unit.id])
    if unit.id not in readable:
        require(viewer, "figures.read", unit.id)
    seen = [below for below in everyone if below.unit_id in readable]
    divisions = [below for below in seen if below.level in DIVISIONS]
    tiled = divisions if unit.level in ABOVE else seen
    chosen = key or FIRST
    read = _read(unit.id, tiled, span, chosen, meanings)
    own = read.own.get(span.code, {})
    if not own and not any(read.below.values()):
        open_period(span.code)  # met for the first time: it is folded now
    rounds = {}
    if unit.level in ABOVE:
        codes = {span.code, *(shown.code for shown in spans_shown(span))}
        rounds = asked_in(viewer, unit.id, codes, today())
    asked = rounds.get(span.code, [])
    bases = {code: base for code, lines in rounds.items() if (base := base_of(lines))}
    orders = _orders(viewer, unit, read.own, rounds)
    stands = orders.get(span.code) == SIGNED
    figures = figures_of_cells(
        own,
        unit.level,
        unit.code,
        _row(span),
        order=orders.get(span.code, layers_by_rule((), is_signed=False)),
        base=bases.get(span.code),
    )
    if key is None and chosen not in figures:
        chosen = next((one for one in INDICATORS if one in figures), FIRST)
        read = replace(read, below=_read_below(tiled, span, chosen, meanings))
    figure = figures.get(chosen)
    layer = figure.layer if figure else (Layer.REPORTED if stands else Layer.RECORDED).value
    # What villages handed in stands in no cell: below a commune the tiles are of records.
    layer_below = layer if unit.level in ABOVE else Layer.RECORDED.value
    only_given = in_demonstration and not unit.is_demo
    changes = change_days(unit.id, first_shown(span).start, span.end)
    waits = {line.unit_id: line.state for line in asked if not line.stands}
    lines = tuple(FigureLine(meanings[k], figures.get(k), k == chosen) for k in INDICATORS)
    tiles = [
        _tile(below, read.below[below.unit_id], meanings, chosen, layer_below, waits)
        for below in tiled
    ]
    return Overview(
        unit=unit,
        span=span,
        chosen=meanings[chosen],
        layer=layer,
        figures=lines,
        tiles=tuple(
            tile for tile in tiles if _is_shown(tile, unit.level, waits, only_given=only_given)
        ),
        hidden=len(everyone) - len(seen),
        others=len(seen) - len(divisions) if unit.level in ABOVE else 0,
        asked=tuple(asked),
        handing=_handing(asked),
        trend=trend_of(meanings[chosen], meanings, read.own, orders, span, changes, bases),
        unread=recorded_beside(own, meanings[chosen], None, bases.get(span.code))
        if stands and figure is None
        else None,
        period_codes=tuple(sorted(read.own, key=_by_end, reverse=True)),
        path=_path(seen),
        sees_parent=unit.parent_id in readable,
    )


def _orders(
    viewer: Actor,
    unit: UnitOnDay,
    own: Mapping[str, Cells],
    rounds: Mapping[str, Collection[Asked]],
) -> dict[str, tuple[Layer, ...]]:
    """Period -> the layers the unit's figures are taken from, by the rule of the reports."""
    signed = {code for code, lines in rounds.items() if any(line.stands for line in lines)}
    recorded: Collection[str] = ()
    if any(has_reported(cells) for code, cells in own.items() if code not in signed):
        words = words_of(viewer, unit.id)
        signed |= words.signed
        # Only some indicators were read: where one of them was handed in below a unit that
        # signed nothing itself, records of others may still be there.
        recorded = words.recorded
    found = {}
    for code in own.keys() | signed:
        known = {layer for (layer, _key, _dimension) in own.get(code, ())}
        if code in recorded:
            known.add(Layer.RECORDED.value)
        found[code] = layers_by_rule(known, is_signed=code in signed)
    return found


def _is_shown(tile: Tile, level: str, waits: Mapping[int, str], *, only_given: bool) -> bool:
    """Whether a tile says anything: nobody asks a village, nor a unit that is no more."""
    if tile.state != CellState.MISSING or only_given:
        return tile.state != CellState.MISSING
    return level in ABOVE and (tile.unit.ended_on is None or tile.unit.unit_id in waits)


def _path(below: Collection[Below]) -> str:
    """Where the unit stands, from where those below it do."""
    standing = next((one for one in below if one.ended_on is None), None)
    return standing.path[: -len(f"{standing.unit_id}/")] if standing else ""


def _row(span: PeriodSpan) -> Period:
    """A period as figures name it: they use its code alone."""
    return Period(code=span.code, kind=span.kind, start=span.start, end=span.end)


# --- the cells -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    own: dict[str, dict[tuple[str, str, str], Value]]  # period code -> cells of the unit
    below: dict[int, dict[tuple[str, str, str], Value]]  # unit -> cells of the period


def _read(
    unit_id: int,
    below: Collection[Below],
    span: PeriodSpan,
    chosen: str,
    meanings: Mapping[str, Definition],
) -> _Read:
    ids = indicator_ids()
    own_keys = {key for shown in INDICATORS for key in (shown, *keys_read(meanings, shown))}
    names = {ids[key]: key for key in own_keys if key in ids}
    wanted = [ids[key] for key in (chosen, *keys_read(meanings, chosen)) if key in ids]
    found = _Read(defaultdict(dict), defaultdict(dict))
    others = as_list(one.unit_id for one in below)
    rows = _CELLS.rows(unit_id, others, span.code, as_list(sorted(names)), as_list(sorted(wanted)))
    for unit, period_code, number, *rest in rows:
        value = Value(names[number], *rest)
        place = found.own[period_code] if unit == unit_id else found.below[unit]
        place[value.layer, value.key, value.dimension] = value
    return found


def _read_below(
    below: Collection[Below], span: PeriodSpan, chosen: str, meanings: Mapping[str, Definition]
) -> dict[int, dict[tuple[str, str, str], Value]]:
    """The cells of the units below alone, where another indicator is told than was read first."""
    ids = indicator_ids()
    names = {ids[key]: key for key in (chosen, *keys_read(meanings, chosen)) if key in ids}
    found: dict[int, dict[tuple[str, str, str], Value]] = defaultdict(dict)
    units = as_list(one.unit_id for one in below)
    rows = _CELLS_BELOW.rows(units, span.code, as_list(sorted(names)))
    for unit, _period_code, number, *rest in rows:
        value = Value(names[number], *rest)
        found[unit][value.layer, value.key, value.dimension] = value
    return found


def _cells(
    unit_id: int, below: str, period_code: str, keys: str, wanted: str
) -> QuerySet[Cell, Any]:
    """The unit's cells of every period, and those of the units below of one; lists as one value."""
    own = _whole_cells().filter(Listed("indicator_id", keys), unit_id=unit_id)
    return own.union(_cells_below(below, period_code, wanted), all=True)


def _cells_below(below: str, period_code: str, wanted: str) -> QuerySet[Cell, Any]:
    this = Period.objects.filter(code=period_code).values("pk")[:1]
    return _whole_cells().filter(
        Listed("unit_id", below), Listed("indicator_id", wanted), period_id=Subquery(this)
    )


def _whole_cells() -> QuerySet[Cell, Any]:
    """Cells with all below their unit, whatever the layer.

    The code of the period comes with each row: one question less than to ask for the periods.
    With every column before it named, the index leads to the single cell; asked for own and
    others at once, PostgreSQL reads every cell there is.
    """
    code = Period.objects.filter(pk=OuterRef("period_id")).values("code")[:1]
    whole = Cell.objects.filter(layer__in=Layer.values, reach=Cell.Reach.ALL, dimension="")
    columns = ("unit_id", "period_code", "indicator_id", *Value._fields[1:])
    return whole.annotate(period_code=Subquery(code)).values_list(*columns)


_CELLS = Prepared(_cells)
_CELLS_BELOW = Prepared(_cells_below)


def _by_end(code: str) -> tuple[str, str]:
    try:
        return parse_period(code).end.isoformat(), code
    except BadInput:  # a committee's own
        return "", code


# --- the units below -------------------------------------------------------------------------


def _tile(
    below: Below,
    cells: Cells,
    meanings: Mapping[str, Definition],
    key: str,
    layer: str,
    waits: Mapping[int, str],
) -> Tile:
    meaning = meanings[key]
    values = [cells.get((layer, one, "")) for one in keys_read(meanings, key)]
    known = [value for value in values if value is not None and value.state != CellState.MISSING]
    waiting = waits.get(below.unit_id, "")
    if len(known) < len(values):
        return Tile(below, CellState.MISSING, waiting, None, None, "", "missing", 0, 0)
    n = min(value.n_reported + value.n_zero for value in known)
    of = max(value.n_expected for value in known)
    amounts = [value.amount for value in known]
    if None in amounts:
        state = CellState.NOT_APPLICABLE
        return Tile(below, state, waiting, None, None, "", "plain", n, of)
    state = CellState.REPORTED if any(amounts) else CellState.ZERO
    if not meaning.is_rate:
        text = amount_text(meaning, amounts[0] or 0)
        return Tile(below, state, waiting, amounts[0], None, text, "plain", n, of)
    top, base = amounts[0] or 0, amounts[1] or 0
    shown = [
        amount_text(meanings[part], amount)
        for part, amount in zip(keys_read(meanings, key), (top, base), strict=True)
    ]
    return Tile(below, state, waiting, top, base, "/".join(shown), tone_of(top, base), n, of)


def _handing(asked: Collection[Asked]) -> tuple[Handing, ...]:
    levels: dict[str, list[Asked]] = defaultdict(list)
    for line in asked:
        if line.state != "excused":
            levels[line.level].append(line)
    return tuple(
        Handing(level, sum(line.stands for line in lines), len(lines))
        for level, lines in levels.items()
    )
