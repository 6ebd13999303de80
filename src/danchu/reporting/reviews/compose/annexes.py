"""The annex tables: a row for each unit below, a last one for the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.reporting.figures.models import Layer
from danchu.reporting.figures.selectors import definitions, values_of
from danchu.reporting.rounds.selectors import ReporterLine, RoundView

from ..figures import ReportFigure, figures_in_layer
from ..ground import Ground
from ..outline import AnnexTable
from ..prose import MEASURED, counts_or_text
from ..same_units import Cells
from ..wording import words
from .report import AnnexOfUnits, LayoutName


def missing_label(layout: LayoutName, language: str) -> str:
    """The label of the annex that names the units without figures: always the first one."""
    numeral = "I" if layout == "state" else "1"
    return f"Annex {numeral}" if language == "en" else f"Phụ lục {numeral}"


@dataclass(frozen=True)
class Below:
    """The units of which the report is made, with their cells: those of which a version stands,
    else all that are asked. ``layer``: the one the whole report is made of."""

    lines: Sequence[ReporterLine]
    layer: Layer
    cells: Mapping[int, Cells]

    @property
    def giving(self) -> list[int]:
        """The units that have any figure."""
        return [unit_id for unit_id, cells in self.cells.items() if self._has_any(cells)]

    def _has_any(self, cells: Cells) -> bool:
        return any(
            layer == self.layer and not dimension and value.has_amount
            for (layer, _key, dimension), value in cells.items()
        )

    def figures(
        self, tables: Sequence[AnnexTable], period: Period
    ) -> dict[int, dict[str, ReportFigure]]:
        """unit -> its figures of the indicators that stand in these tables."""
        keys = list(dict.fromkeys(key for table in tables for key in table.columns))
        return {
            line.unit_id: figures_in_layer(
                self.cells[line.unit_id], self.layer, keys, line.code, period
            )
            for line in self.lines
        }


def read_below(viewer: Actor, found: RoundView | None, period: Period) -> Below:
    """The cells of the units asked, read at once."""
    if found is None:
        return Below((), Layer.RECORDED, {})
    lines = found.standing or [line for line in found.reporters if line.state != "excused"]
    levels = {line.unit_id: line.level for line in lines}
    return Below(
        lines,
        Layer.REPORTED if found.standing else Layer.RECORDED,
        values_of(viewer, list(levels), period, levels=levels),
    )


def annexes_of(
    tables: tuple[AnnexTable, ...],
    found: RoundView | None,
    below: dict[int, dict[str, ReportFigure]],
    whole: dict[str, ReportFigure],
    ground: Ground,
    unit: str,
    language: str,
) -> list[AnnexOfUnits]:
    if found is None:
        return []
    english = language == "en"
    say = words(language)
    total = (
        f"Total ({ground.known} of {ground.asked} units)"
        if english
        else f"Tổng số ({ground.known:02d}/{ground.asked:02d} đơn vị)"
    )
    if ground.rests_on != "versions":
        total = (
            f"{unit}, its own offices included"
            if english
            else f"{unit} (kể cả cơ quan, đơn vị trực thuộc)"
        )
    made = []
    for table in tables:
        keys = [k for k in table.columns if any(_text(figures, k) for figures in below.values())]
        if not keys:
            continue
        made.append(
            AnnexOfUnits(
                title=table.title_en if english else table.title_vi,
                columns=tuple(column_name(k, english=english) for k in keys),
                rows=tuple(
                    (line.name, *(_text(below.get(line.unit_id, {}), k) for k in keys))
                    for line in found.reporters
                ),
                total=(total, *(_text(whole, k) for k in keys)),
                absent=tuple(
                    ""
                    if any(_text(below.get(line.unit_id, {}), k) for k in keys)
                    else say.states[line.state]
                    if line in found.missing
                    else say.no_figure
                    for line in found.reporters
                ),
            )
        )
    return made


def column_name(key: str, *, english: bool) -> str:
    """The indicator's name, with its unit where the bare number does not show it."""
    meaning = definitions()[key]
    name = meaning.name_en if english else meaning.name_vi
    if meaning.unit not in MEASURED or meaning.is_rate:
        return name
    return f"{name} ({meaning.unit_en if english else meaning.unit_vi})"


def _text(figures: dict[str, ReportFigure], key: str) -> str:
    figure = figures.get(key)
    if figure is None or not figure.has_value:
        return ""
    return counts_or_text(figure)
