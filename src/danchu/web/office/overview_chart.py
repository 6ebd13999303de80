"""The trend of an overview as a drawing, put together of few pieces: see ``figures_shown``.

A drawing is kept by all it shows, its sentence included: other numbers are another drawing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from danchu.web.design.trends import Line, TrendChart


@lru_cache(maxsize=256)
def chart_shown(chart: TrendChart, sentence: str) -> SafeString:
    """The drawing; ``sentence`` says it to who does not see it."""
    return format_html(
        '<svg class="trend" viewBox="0 0 {} {}" role="img" aria-label="{}">\n{}\n{}\n{}\n{}</svg>',
        chart.width,
        chart.height,
        sentence,
        format_html_join(
            "",
            '<line class="g" x1="{}" x2="{}" y1="{}" y2="{}"/>'
            '<text class="y" x="{}" y="{}">{}</text>',
            (
                (
                    chart.left,
                    chart.right,
                    tick.at,
                    tick.at,
                    chart.left - 10,
                    tick.at + 5,
                    tick.label,
                )
                for tick in chart.grid
            ),
        ),
        format_html_join(
            "",
            '<text class="x" x="{}" y="{}">{}</text>',
            ((tick.at, chart.base + 26, tick.label) for tick in chart.places),
        ),
        format_html_join(
            "",
            '<line class="cut" x1="{}" x2="{}" y1="{}" y2="{}"/>',
            ((x, x, chart.top, chart.base) for x in chart.breaks),
        ),
        format_html_join(
            "",
            '<g class="s{}">{}{}</g>',
            (
                (
                    number,
                    format_html_join("", '<polyline points="{}"/>', ((p,) for p in line.pieces)),
                    format_html_join("", "{}", _dots(line)),
                )
                for number, line in enumerate(chart.lines, start=1)
            ),
        ),
    )


def _dots(line: Line) -> Iterable[tuple[SafeString]]:
    """The points of a line; the last one has its words beside it."""
    part = format_html(' class="{}"', "is-part")
    for dot in line.dots:
        yield (
            format_html(
                '<circle{} cx="{}" cy="{}" r="5"/>', part if dot.is_part else "", dot.x, dot.y
            ),
        )
    if line.dots:
        last = line.dots[-1]
        yield (format_html('<text x="{}" y="{}">{}</text>', last.text_x, last.text_y, last.text),)
