"""Which layer the figures of a unit and a period come from.

One rule decides where all figures of a unit and period come from (:func:`layers_of`), for its
report, its figure pages, the overview, the series, the answer to a request and the table of the
unit above; nothing is chosen indicator by indicator.

1. A signed word stands (``rounds.signed_words.standing_words``): the unit's own version, or above
   the communes one of those its own round asks. Every figure comes from the versions that stand.
   What the records show is told beside a figure where it is another number
   (``ReportFigure.beside``) and never takes its place; what the unit above the communes and its
   offices recorded themselves is listed apart, never added in.
2. Otherwise every figure comes from records, where there are any; only a unit without a record
   (figures loaded from elsewhere) is read from the versions handed in.
3. In the second case a published report fills in what the records do not have, and the report
   says so.

A version goes on standing until it is returned or a later one takes its place. What was issued
already is a paper of its own (:mod:`.issued`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.reporting.figures.completeness import Base
from danchu.reporting.figures.models import CellState, Layer
from danchu.reporting.figures.selectors import Value, definitions, values
from danchu.reporting.rounds.signed_words import standing_words

ABOVE = ("nation", "province", "district")  # the levels above the communes
SIGNED = (Layer.REPORTED,)


def chosen_values(viewer: Actor, unit_id: int, level: str, period: Period) -> dict[str, Value]:
    """The value each indicator is reported with, by the rule of this module."""
    cells = values(viewer, unit_id, period, level=level)
    return first_values(cells, layers_for(viewer, unit_id, level, period, cells))


def layers_for(
    viewer: Actor,
    unit_id: int,
    level: str,
    period: Period,
    cells: Mapping[tuple[str, str, str], Value],
) -> tuple[Layer, ...]:
    """The layers the figures of a unit and period are taken from, the first before the second.

    ``cells``: all cells of the unit, read already.
    """
    signed = signed_units(viewer, {unit_id: (level, "")}, {unit_id: cells}, period)
    return layers_of(cells, is_signed=unit_id in signed)


def signed_units(
    viewer: Actor,
    units: Mapping[int, tuple[str, str]],
    cells: Mapping[int, Mapping[tuple[str, str, str], Value]],
    period: Period,
) -> dict[int, Base | None]:
    """The units of which a version stands; of a commune that handed in nothing nobody is asked."""
    asked = {
        unit_id: level
        for unit_id, (level, _code) in units.items()
        if level in ABOVE or has_reported(cells[unit_id])
    }
    return standing_words(viewer, asked, period) if asked else {}


def has_reported(cells: Mapping[tuple[str, str, str], Value]) -> bool:
    """Whether any of these cells is of a version handed in."""
    return any(layer == Layer.REPORTED for layer, _key, _dimension in cells)


def layers_of(cells: Mapping[tuple[str, str, str], Value], *, is_signed: bool) -> tuple[Layer, ...]:
    """The layers the figures of one unit and period are taken from, by the rule of this module."""
    known = {layer for (layer, _, _), value in cells.items() if value.state != CellState.MISSING}
    return layers_by_rule(known, is_signed=is_signed)


def layers_by_rule(known: Collection[str], *, is_signed: bool) -> tuple[Layer, ...]:
    """The rule itself. ``known``: the layers in which the unit has any figure of the period."""
    if is_signed:
        return SIGNED
    if Layer.RECORDED not in known and Layer.REPORTED in known:
        return (Layer.REPORTED, Layer.STATED)
    return (Layer.RECORDED, Layer.STATED)


def first_values(
    cells: Mapping[tuple[str, str, str], Value], order: tuple[Layer, ...]
) -> dict[str, Value]:
    """Each indicator that has a value in one of these layers, with that of the first."""
    found = {key: first_value(key, order, cells) for key in definitions()}
    return {key: value for key, value in found.items() if value is not None}


def first_value(
    key: str, order: tuple[Layer, ...], cells: Mapping[tuple[str, str, str], Value]
) -> Value | None:
    """The indicator's value in the first of these layers that has one."""
    for layer in order:
        value = cells.get((layer, key, ""))
        if value is not None and value.state != CellState.MISSING:
            return value
    return None
