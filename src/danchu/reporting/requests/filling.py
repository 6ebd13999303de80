"""What would be written into each mapped cell of a request's form, from one layer of figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.documents.forms.common import Filling
from danchu.core.documents.forms.xlsx import Form, open_form
from danchu.core.errors import Refusal
from danchu.core.files.storage import store
from danchu.core.text import format_number
from danchu.core.units.selectors import unit_by_id
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.models import CellState, Layer
from danchu.reporting.figures.selectors import Value, definitions, values
from danchu.reporting.rounds.selectors import asked_of

from .models import CellMapping, Request

_PLACES = 15  # decimals shown of a number at most


@dataclass(frozen=True, slots=True)
class CellLine:
    """A mapped cell and what goes into it. ``filling`` None: there is nothing to write."""

    sheet: int  # from 1
    sheet_name: str  # "" when the form has no such sheet any more
    cell: str
    what: str
    key: str
    dimension: str
    scale: int | None
    filling: Filling | None
    written: str  # as shown to people
    value: Value | None

    @property
    def state(self) -> str:
        """The state of the figure, "" for one not reported and for words."""
        return self.value.state if self.value else ""


def form_of(request: Request) -> Form:
    """The form of a request, from where it is kept. Raises ``Refusal`` when it is missing there."""
    try:
        with store().open(request.form.stored_as) as kept:
            return open_form(kept.read())
    except OSError:
        raise Refusal(
            "Biểu mẫu này hiện không mở được. Người quản trị hệ thống khôi phục được từ bản sao "
            "lưu.",
            "This form cannot be opened now. The administrator can restore it from a backup.",
        ) from None


def cell_lines(viewer: Actor, request: Request, form: Form, layer: str) -> list[CellLine]:
    """Every mapped cell of the request's layout in the order of the form.

    ``layer``: the one layer all figures are taken from; layers are never mixed in one answer.
    """
    mapped = CellMapping.objects.filter(layout_id=request.layout_id).select_related("indicator")
    known = values(viewer, request.unit_id, request.period, dimensions=True)
    meanings, names = definitions(), list(form.sheets)
    found = []
    for cell in mapped:
        name = names[cell.sheet - 1] if cell.sheet <= len(names) else ""
        key = cell.indicator.key if cell.indicator else ""
        value = known.get((layer, key, cell.dimension)) if key else None
        filling = _filling(cell, request, meanings, value)
        found.append(
            CellLine(
                cell.sheet,
                name,
                cell.cell,
                cell.what,
                key,
                cell.dimension,
                cell.scale,
                filling,
                shown(filling),
                value,
            )
        )
    return sorted(found, key=lambda line: (line.sheet, _order(line.cell)))


def _order(address: str) -> tuple[int, int, str]:
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), len(letters), letters


def _filling(
    cell: CellMapping, request: Request, meanings: Mapping[str, Definition], value: Value | None
) -> Filling | None:
    if cell.what == CellMapping.What.TEXT:
        return cell.text
    if cell.what == CellMapping.What.DATE:
        day = today()
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    if cell.what == CellMapping.What.UNIT:
        return unit_by_id(request.unit_id, request.period.end).name
    if value is None or cell.indicator is None:
        return None
    return number_of(meanings.get(cell.indicator.key), value, cell.scale)


def number_of(meaning: Definition | None, value: Value, scale: int | None) -> int | Fraction | None:
    """The figure as it is written: in the unit of the indicator, or in smallest units ÷ scale.

    None for a value that is missing or does not apply, and for an indicator that is no more.
    """
    if meaning is None or value.state not in (CellState.REPORTED, CellState.ZERO):
        return None
    amount: int | Fraction | None = value.amount
    if amount is None and value.state == CellState.ZERO:
        amount = 0
    if amount is None and meaning.is_rate and value.numerator is not None and value.denominator:
        amount = Fraction(100 * meaning.scale * value.numerator, value.denominator)
    if amount is None:
        return None
    exact = Fraction(amount) / (scale or meaning.scale)
    return exact.numerator if exact.denominator == 1 else exact


def shown(filling: Filling | None) -> str:
    """What is written, as people read it: "1.246", "2,5"; "" for nothing."""
    if filling is None or isinstance(filling, str):
        return filling or ""
    if isinstance(filling, int):
        return format_number(filling)
    places = next((n for n in range(1, _PLACES) if (filling * 10**n).denominator == 1), 6)
    return format_number(filling, decimals=places)


def version_of(viewer: Actor, request: Request, layer: str) -> int | None:
    """The number of the unit's own version handed in, where figures come from such versions."""
    if layer != Layer.REPORTED:
        return None
    asked = asked_of(viewer, request.unit_id, request.period)
    return asked.versions[0][0] if asked and asked.versions else None
