"""What stands in a unit's form: the computed cells, and what was typed over them.

Read by the form, by entering and by handing in, so that the three never differ.
"""

from __future__ import annotations

from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.models import Cell, CellState, Layer
from danchu.reporting.figures.selectors import definitions, indicator_ids

from .models import FormValue

_COUNTS = (CellState.REPORTED, CellState.ZERO)


def is_asked(meaning: Definition) -> bool:
    """Whether every form asks for the indicator: a core count of the period."""
    return meaning.tier == "core" and meaning.time_operator == "sum"


def is_entered(meaning: Definition) -> bool:
    """Whether a person may type its value; a rate is made from its two numbers."""
    return not meaning.is_rate and meaning.time_operator != "none"


def computed_cells(unit_id: int, period_id: int) -> dict[str, Cell]:
    """key -> what the unit's records and its words come to in the period, without dimensions."""
    keys = {number: key for key, number in indicator_ids().items()}
    found = Cell.objects.filter(
        unit_id=unit_id,
        period_id=period_id,
        layer=Layer.RECORDED,
        reach=Cell.Reach.ALL,
        dimension="",
    )
    return {keys[cell.indicator_id]: cell for cell in found}


def typed_values(round_id: int, unit_id: int) -> dict[str, FormValue]:
    """key -> the row of what was typed; rows that were cleared too, with a blank state."""
    keys = {number: key for key, number in indicator_ids().items()}
    found = FormValue.objects.filter(round_id=round_id, unit_id=unit_id, dimension="")
    return {keys[row.indicator_id]: row for row in found.select_related("changed_by")}


def form_keys(cells: dict[str, Cell], typed: dict[str, FormValue]) -> list[str]:
    """The indicators of the form in the order of the dictionary.

    Those every form asks for, and those that have a value here all the same.
    """
    return [
        key
        for key, meaning in definitions().items()
        if is_asked(meaning) or key in cells or (key in typed and typed[key].state)
    ]


def differs(state: str, amount: int | None, cell: Cell | None) -> bool:
    """Whether a typed value says something else than the records, which do give a value.

    An earlier word of the unit itself (nought, not applicable) is no record.
    """
    if cell is None or not cell.sources or cell.state not in _COUNTS:
        return False
    return state not in _COUNTS or (amount or 0) != (cell.amount or 0)
