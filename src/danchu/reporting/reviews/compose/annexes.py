"""The annex tables: a row for each unit below, a last one for the whole."""

from __future__ import annotations

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.reporting.figures.models import Layer
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.rounds.selectors import RoundView

from ..figures import ReportFigure, report_figures_of
from ..ground import Ground
from ..outline import AnnexTable
from ..prose import MEASURED, counts_or_text
from ..wording import words
from .report import AnnexOfUnits, LayoutName


def missing_label(layout: LayoutName, language: str) -> str:
    """The label of the annex that names the units without figures: always the first one."""
    numeral = "I" if layout == "state" else "1"
    return f"Annex {numeral}" if language == "en" else f"Phụ lục {numeral}"


def figures_below(
    viewer: Actor, found: RoundView | None, period: Period
) -> dict[int, dict[str, ReportFigure]]:
    """unit asked -> its figures, in the layer the whole report is made of."""
    if found is None:
        return {}
    lines = found.standing or [line for line in found.reporters if line.state != "excused"]
    return report_figures_of(
        viewer,
        {line.unit_id: ("commune", line.code) for line in lines},
        period,
        only=Layer.REPORTED if found.standing else Layer.RECORDED,
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
