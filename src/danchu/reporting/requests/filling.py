"""What would be written into each mapped cell of a request's form, from one layer of figures."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from danchu.core.calendar.models import Period
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.documents.forms.common import Filling
from danchu.core.documents.forms.opening import Form, open_form
from danchu.core.documents.forms.xlsx import Form as Workbook
from danchu.core.errors import Refusal
from danchu.core.files.storage import store
from danchu.core.text import format_number
from danchu.core.units.selectors import UnitOnDay, unit_at_last
from danchu.reporting.figures.completeness import Base, completeness
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.models import CellState, Layer
from danchu.reporting.figures.selectors import Value, definitions, values
from danchu.reporting.reviews.issued import ISSUED, IssuedReport, issued_over_time
from danchu.reporting.reviews.layers import ABOVE, SIGNED, layers_for
from danchu.reporting.rounds.selectors import asked_of
from danchu.reporting.rounds.standing import bases_of

from .models import CellMapping, OfPeriod, Request
from .periods import earlier_period

LAYERS = (ISSUED, *Layer.values)
_PLACES = 15  # decimals shown of a number at most


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed value that is not what goes into the cell. ``sign`` "": a version handed in."""

    sign: str
    issued_on: dt.date | None
    written: str
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class CellLine:
    """A mapped cell and what goes into it. ``filling`` None: there is nothing to write.

    In a document ``sheet`` 1 is the running text, whose blanks are counted, and 2 the first table.
    """

    sheet: int  # from 1
    sheet_name: str  # "" in a document
    cell: str
    what: str
    key: str
    dimension: str
    scale: int | None
    filling: Filling | None
    written: str  # as shown to people
    value: Value | None
    n: int = 0  # of how many units
    of: int = 0  # of those that must report
    signed: tuple[Signed, ...] = ()  # other values that were signed
    of_period: str = OfPeriod.THIS
    period: str = ""  # the code of another period it tells of; "" for the one asked for

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
        raise unreadable() from None


def unreadable() -> Refusal:
    """The refusal where a kept form is missing from where it was kept."""
    return Refusal(
        "Biểu mẫu này hiện không mở được. Người quản trị hệ thống khôi phục được từ bản sao lưu.",
        "This form cannot be opened now. The administrator can restore it from a backup.",
    )


def cell_lines(viewer: Actor, request: Request, form: Form, layer: str) -> list[CellLine]:
    """Every mapped cell of the request's layout in the order of the form.

    ``layer``: the one layer all figures of the period are taken from; layers are never mixed.
    What a cell tells of an earlier period is what stands for that one: the report in force, else
    what the rule of the figures gives.
    """
    return cell_lines_by_layer(viewer, request, form, (layer,))[0][layer]


def cell_lines_by_layer(
    viewer: Actor, request: Request, form: Form, layers: Iterable[str]
) -> tuple[dict[str, list[CellLine]], str]:
    """:func:`cell_lines` of several layers, read together, and the one to fill the form from.

    That is the report in force, else what the rule of the figures gives (``reviews.layers``);
    "" where not every layer was asked for.
    """
    rows = CellMapping.objects.filter(layout_id=request.layout_id).select_related("indicator")
    mapped = sorted(rows, key=lambda cell: (cell.sheet, _order(cell.cell)))
    known = _known(viewer, request, mapped)
    meanings = definitions()
    names = list(form.sheets) if isinstance(form, Workbook) else []
    found: dict[str, list[CellLine]] = {}
    for layer in layers:
        found[layer] = []
        for cell in mapped:
            key = cell.indicator.key if cell.indicator else ""
            earlier = known.earlier.get(cell.of_period)
            if cell.of_period == OfPeriod.THIS:
                value = _value(meanings.get(key), layer, cell.dimension, known.values)
            else:
                value = earlier.value(meanings.get(key), cell.dimension) if earlier else None
            filling = _filling(cell, request, meanings, value)
            n, of = _completeness(value, earlier.base if earlier else known.base)
            found[layer].append(
                CellLine(
                    sheet=cell.sheet,
                    sheet_name=names[cell.sheet - 1] if cell.sheet <= len(names) else "",
                    cell=cell.cell,
                    what=cell.what,
                    key=key,
                    dimension=cell.dimension,
                    scale=cell.scale,
                    filling=filling,
                    written=shown(filling),
                    value=value,
                    n=n,
                    of=of,
                    signed=()
                    if earlier
                    else tuple(_signed_otherwise(cell, key, filling, known, meanings)),
                    of_period=cell.of_period,
                    period=earlier.code if earlier else "",
                )
            )
    return found, _usual(known.order, found) if set(LAYERS) <= set(found) else ""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What stands for a period before the one that is asked for."""

    code: str
    values: Mapping[tuple[str, str, str], Value]
    order: tuple[str, ...]
    base: Base | None

    def value(self, meaning: Definition | None, dimension: str) -> Value | None:
        """The first that there is: of the report in force, then by the rule of the figures."""
        layers = (ISSUED, *self.order, *(layer for layer in LAYERS if layer not in self.order))
        found = (_value(meaning, layer, dimension, self.values) for layer in layers)
        return next((value for value in found if value is not None), None)


@dataclass(frozen=True, slots=True)
class _Known:
    """The cells of the unit with what its report in force says as one more layer."""

    values: Mapping[tuple[str, str, str], Value]
    earlier: Mapping[str, _Earlier]  # by what a cell says of its period
    issued: IssuedReport | None
    order: tuple[str, ...]
    base: Base | None

    @property
    def signed(self) -> Iterator[str]:
        """The layers that somebody signed."""
        if self.issued is not None:
            yield ISSUED
        if self.order == SIGNED:
            yield Layer.REPORTED


def _known(viewer: Actor, request: Request, mapped: Iterable[CellMapping]) -> _Known:
    asked: dict[str, list[CellMapping]] = defaultdict(list)
    for cell in mapped:
        asked[cell.of_period].append(cell)
    unit = unit_at_last(request.unit_id, request.period.end)
    cells, report = _cells(viewer, unit, request.period, asked[OfPeriod.THIS])
    earlier = {}
    for of_period, some in asked.items():
        period = earlier_period(request.period, of_period)
        if period is None:
            continue
        then, _report = _cells(viewer, unit, period, some)
        earlier[of_period] = _Earlier(
            period.code,
            then,
            layers_for(viewer, unit.id, unit.level, period, then),
            _base(unit, period),
        )
    return _Known(
        cells,
        earlier,
        report,
        layers_for(viewer, unit.id, unit.level, request.period, cells),
        _base(unit, request.period),
    )


def _cells(
    viewer: Actor, unit: UnitOnDay, period: Period, mapped: Iterable[CellMapping]
) -> tuple[dict[tuple[str, str, str], Value], IssuedReport | None]:
    """The cells of the unit, what its report in force says among them, and that report."""
    cells = values(viewer, unit.id, period, dimensions=True, level=unit.level)
    report = issued_over_time(viewer, [unit.id], period.pk).get((unit.id, period.pk))
    more: dict[tuple[str, str, str], Value] = {}
    for cell in mapped:
        meaning = definitions().get(cell.indicator.key) if cell.indicator else None
        if report is not None and meaning is not None:
            value = report.value(meaning, cell.dimension)
            if value is not None:
                more[ISSUED, meaning.key, cell.dimension] = value
    return {**cells, **more}, report


def _base(unit: UnitOnDay, period: Period) -> Base | None:
    return bases_of([unit.id], period.pk).get(unit.id) if unit.level in ABOVE else None


def _value(
    meaning: Definition | None,
    layer: str,
    dimension: str,
    known: Mapping[tuple[str, str, str], Value],
) -> Value | None:
    """A figure in one layer, a share made of its two numbers where it is not there itself."""
    if meaning is None:
        return None
    return known.get((layer, meaning.key, dimension)) or _share(meaning, layer, dimension, known)


def _usual(order: Iterable[str], lines: Mapping[str, list[CellLine]]) -> str:
    """The report in force of the unit and period; else what the rule of its figures gives, the
    first layer of it that has any of the figures asked for."""
    first, *others = order
    for layer in (ISSUED, first, *others):
        if any(
            line.value is not None and line.filling is not None
            for line in lines[layer]
            if line.of_period == OfPeriod.THIS
        ):
            return layer
    return first


def _completeness(value: Value | None, base: Base | None) -> tuple[int, int]:
    if value is None:
        return 0, 0
    n = value.n_reported + value.n_zero
    return completeness(value.layer, n, value.n_expected, base)[:2]


def _signed_otherwise(
    cell: CellMapping,
    key: str,
    filling: Filling | None,
    known: _Known,
    meanings: Mapping[str, Definition],
) -> Iterator[Signed]:
    """What was signed of the same figure, where it is not what goes into the cell."""
    for layer in known.signed if key else ():
        value = known.values.get((layer, key, cell.dimension))
        number = number_of(meanings.get(key), value, cell.scale) if value else None
        if value is None or number is None or number == filling:
            continue
        n, of = _completeness(value, known.base)
        report = known.issued if layer == ISSUED else None
        yield Signed(
            report.sign if report else "",
            report.issued_on if report else None,
            shown(number),
            n,
            of,
        )


def filled(form: Form, lines: Iterable[CellLine]) -> bytes:
    """The form with what goes into its cells; in a document numbers are written as people do."""
    given = [(line, line.filling) for line in lines if line.filling is not None]
    if not isinstance(form, Workbook):
        return form.filled({(line.sheet, line.cell): line.written for line, _ in given})
    meanings = definitions()
    values: dict[str, dict[str, Filling]] = {}
    for line, filling in given:
        if not isinstance(filling, str) and _is_share(meanings.get(line.key), line.scale):
            cell = form.sheet(line.sheet_name).cell(line.cell)
            # Such a cell shows a hundred times what it holds: 0.958 is read as 95,8%.
            filling = Fraction(filling) / 100 if cell.in_percent else filling
        values.setdefault(line.sheet_name, {})[line.cell] = filling
    return form.filled(values)


def _is_share(meaning: Definition | None, scale: int | None) -> bool:
    """Whether a number of this indicator is written in hundredths, as "95,8"."""
    return meaning is not None and meaning.is_rate and scale in (None, meaning.scale)


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
        return unit_at_last(request.unit_id, request.period.end).name
    if value is None or cell.indicator is None:
        return None
    return number_of(meanings.get(cell.indicator.key), value, cell.scale)


def _share(
    meaning: Definition, layer: str, dimension: str, known: Mapping[tuple[str, str, str], Value]
) -> Value | None:
    """A share made of its two numbers in one layer, as reports make it; None where it cannot."""
    if not (meaning.numerator and meaning.denominator):
        return None
    top = known.get((layer, meaning.numerator, dimension))
    base = known.get((layer, meaning.denominator, dimension))
    if top is None or base is None or top.amount is None or not base.amount:
        return None
    if top.amount > base.amount:
        return None  # settled now what was received before: the two do not make a share
    return top._replace(
        key=meaning.key,
        state=CellState.REPORTED,
        amount=None,
        numerator=top.amount,
        denominator=base.amount,
        n_reported=min(top.n_reported + top.n_zero, base.n_reported + base.n_zero),
        n_zero=0,
        n_expected=max(top.n_expected, base.n_expected),
    )


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
        # With the digits it is printed with everywhere (DESIGN decision 15).
        digits = 10 ** (meaning.decimals or 1)
        exact_share = Fraction(100 * value.numerator, value.denominator)
        amount = meaning.scale * Fraction(int(exact_share * digits + Fraction(1, 2)), digits)
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
