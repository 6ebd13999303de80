"""An overview as its templates take it apart: tiles, lines of a chart, shapes of the map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from urllib.parse import urlencode

from django.utils.translation import get_language, gettext, ngettext

from danchu.core.clock import today
from danchu.core.text import format_number
from danchu.core.units.selectors.named import named_units
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import rate_text
from danchu.reporting.overviews.selectors import FigureLine, Overview, Tile
from danchu.reporting.overviews.trends import Given, Trend
from danchu.reporting.reviews.figures import ReportFigure
from danchu.reporting.reviews.prose import SMALLEST_BASE
from danchu.web.design.country import CountryMap, Marked, country_map, province_codes
from danchu.web.design.templatetags.danchu import head, written
from danchu.web.design.templatetags.kept import address_of_codes
from danchu.web.design.trends import TrendChart, trend_chart

from .periods import period_label, short_label

DRILLED = ("province", "district", "commune")  # levels that have an overview of their own
CLASSES = {"high": "b4", "good": "b3", "fair": "b2", "low": "b1", "plain": "s", "missing": "m"}


@dataclass(frozen=True, slots=True)
class TileShown:
    """A tile: where it leads, its name, the words in it, its class, its share if it has one."""

    tile: Tile
    address: str
    name: str
    words: str
    is_word: bool
    class_name: str
    share: str


def name_of(meaning: Definition) -> str:
    """The indicator's name in the language of the page."""
    return meaning.name_en if get_language() == "en" else meaning.name_vi


def tiles_shown(found: Overview) -> list[TileShown]:
    """The units below as tiles, in the order of names."""
    return [_tile(found, tile) for tile in found.tiles]


def _tile(found: Overview, tile: Tile) -> TileShown:
    word = _word(tile)
    share = ""
    if (
        tile.tone not in ("plain", "missing")
        and tile.numerator is not None
        and tile.denominator is not None
        and tile.denominator >= SMALLEST_BASE
    ):
        share = rate_text(found.chosen, tile.numerator, tile.denominator)
    return TileShown(
        tile=tile,
        address=_address(found, tile),
        name=head(tile.unit.name),
        words=word or written(tile.text),
        is_word=bool(word),
        class_name=CLASSES[tile.tone],
        share=share,
    )


def _word(tile: Tile) -> str:
    if tile.state == "not_applicable":
        return gettext("không áp dụng")
    if tile.state != "missing":
        return ""
    return {
        "missing": gettext("chưa nộp"),
        "late": gettext("quá hạn"),
        "returned": gettext("trả lại"),
        "excused": gettext("không thuộc diện"),
    }.get(tile.waits, gettext("chưa có số liệu"))


def _address(found: Overview, tile: Tile) -> str:
    unit = tile.unit
    if unit.ended_on is not None:
        return f"{address_of_codes('office:unit', unit.code)}?ngay={unit.ended_on.isoformat()}"
    if unit.level not in DRILLED:
        return address_of_codes("office:figure", unit.code, found.span.code, found.chosen.key)
    address = address_of_codes("office:overview", unit.code, found.span.code)
    return f"{address}?{urlencode({'chi-tieu': found.chosen.key})}"


def n_of(figure: ReportFigure) -> str:
    """On how many of the units that must report a figure stands: "11/42, cùng 7 đơn vị khác"."""
    told = f"{figure.n_reported}/{figure.n_expected}"
    if not figure.n_others:
        return told
    return ngettext(
        "%(told)s, cùng %(n)s đơn vị khác", "%(told)s, cùng %(n)s đơn vị khác", figure.n_others
    ) % {"told": told, "n": figure.n_others}


def figure_lines(found: Overview) -> list[tuple[FigureLine, str, str, str, str]]:
    """Each indicator: its name, where its figure stands, "n/N", the two numbers of a share."""
    made = []
    table = address_of_codes("office:figures_of", found.unit.code, found.span.code)
    for line in found.figures:
        figure, key = line.figure, line.meaning.key
        n = n_of(figure) if figure else ""
        two = ""
        if figure and line.meaning.is_rate and figure.numerator is not None:
            top, base = format_number(figure.numerator), format_number(figure.denominator or 0)
            two = f"{written(top)}/{written(base)}"
        # The pages of the figures stand below the table: one address is worked out for all.
        made.append((line, name_of(line.meaning), f"{table}{key}/", n, two))
    return made


# --- the trend -------------------------------------------------------------------------------


def chart_of(trend: Trend) -> TrendChart | None:
    """The drawing of a trend; None where there are not two numbers to compare."""
    if not trend.has_line:
        return None
    chart = trend_chart(
        [short_label(point.span.code) for point in trend.points],
        [
            [_value(point.numbers[place], meaning) for point in trend.points]
            for place, meaning in enumerate(trend.meanings)
        ],
        {place for place, point in enumerate(trend.points) if point.changed_on},
        {
            (line, place)
            for place, point in enumerate(trend.points)
            for line, number in enumerate(point.numbers)
            if number is not None and number.n < number.of
        },
    )
    if chart is None:
        return None
    grid = tuple(replace(tick, label=written(format_number(tick.value))) for tick in chart.grid)
    return replace(chart, grid=grid)


def _value(given: Given | None, meaning: Definition) -> tuple[Fraction, str] | None:
    if given is None:
        return None
    return Fraction(given.amount, meaning.scale), written(given.text)


def chart_sentence(trend: Trend) -> str:
    """The drawing in a sentence, for who does not see it."""
    said = []
    for place, meaning in enumerate(trend.meanings):
        known = [(p, n) for p in trend.points if (n := p.numbers[place]) is not None]
        if not known:
            continue
        (first, one), (last, other) = known[0], known[-1]
        said.append(
            gettext("%(name)s: %(from)s (%(first)s), %(to)s (%(last)s).")
            % {
                "name": name_of(meaning),
                "from": _with_n(one),
                "first": period_label(first.span.code),
                "to": _with_n(other),
                "last": period_label(last.span.code),
            }
        )
    days = [f"{day:%d/%m/%Y}" for point in trend.points for day in point.changed_on]
    if days:
        said.append(
            gettext("Địa giới thay đổi ngày %(days)s, đường bị ngắt tại đó.")
            % {"days": ", ".join(days)}
        )
    said.append(gettext("Trục bắt đầu từ 0."))
    return " ".join(said)


def _with_n(given: Given) -> str:
    """A number with of how many units it is, where some are missing: "57 (1/2)"."""
    text = written(given.text)
    return f"{text} ({given.n}/{given.of})" if given.n < given.of else text


# --- the map of the country ------------------------------------------------------------------


def map_of(found: Overview) -> CountryMap:
    """The small map beside an overview; of the nation, with what its provinces gave.

    A province that was invented has no shape, and a shape carries only what its own province gave.
    """
    if found.unit.level != "nation":
        return country_map(small=True)
    marked = {
        tile.unit.code: Marked(
            head(tile.unit.name), _address(found, tile), tile.tone, _word(tile) or tile.text
        )
        for tile in found.tiles
        if not tile.unit.is_demo and tile.unit.ended_on is None
    }
    return country_map(marked, small=True)


def map_of_provinces() -> CountryMap:
    """The map of the country in which every province leads to its page; without any figure."""
    held = named_units("code", province_codes(), today())
    return country_map(
        {
            unit.code: Marked(head(unit.name), address_of_codes("office:unit", unit.code))
            for unit in held
            if unit.level == "province" and not unit.is_demo
        }
    )
