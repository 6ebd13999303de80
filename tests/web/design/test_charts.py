"""Where the dots, bars and lines of a chart stand."""

from __future__ import annotations

from fractions import Fraction

from danchu.web.design.charts import BOTTOM, HEIGHT, NARROW, TOP, WIDTH, Datum, line_chart


def value(number: int, **more: bool) -> Datum:
    return Datum("", ((Fraction(number), Fraction(number)),), **more)


def test_a_line_joins_neighbours_and_stops_where_nothing_is_known():
    chart = line_chart(
        [value(n, joined=True) for n in (1, 2)] + [Datum("", ())] + [value(3, joined=True)]
    )
    assert chart is not None
    assert len(chart.lines) == 1 and chart.lines[0].count(",") == 2
    assert (len(chart.dots), len(chart.gaps)) == (3, 1)


def test_a_range_is_a_bar_and_an_unsure_value_an_open_dot():
    chart = line_chart([Datum("", ((Fraction(0), Fraction(10)),)), value(5, sure=False)])
    assert chart is not None
    assert (len(chart.bars), len(chart.unsure), len(chart.dots)) == (1, 1, 0)
    bar = chart.bars[0]
    assert bar.y >= TOP and bar.y + bar.height == HEIGHT - BOTTOM
    assert bar.height == 2 * (HEIGHT - BOTTOM - chart.unsure[0].y)


def test_every_value_lies_between_the_first_and_the_last_line_of_the_grid():
    for numbers in ((0,), (7,), (3, 191), (-5, 12), (999_999, 1), (-3,)):
        chart = line_chart([value(n) for n in numbers])
        assert chart is not None
        values = [tick.value for tick in chart.grid]
        assert min(values) <= min(numbers) and max(numbers) <= max(values)
        assert min(values) <= 0 and 2 <= len(values) <= 7
        assert all(TOP <= mark.y <= HEIGHT - BOTTOM for mark in chart.dots)


def test_a_chart_for_a_phone_holds_the_same_points_in_its_own_width():
    data = [value(n, joined=True) for n in range(12)]
    wide, narrow = line_chart(data), line_chart(data, NARROW)
    assert wide is not None and narrow is not None
    assert (wide.width, narrow.width) == (WIDTH, NARROW)
    assert [mark.y for mark in narrow.dots] == [mark.y for mark in wide.dots]
    xs = [mark.x for mark in narrow.dots]
    assert xs == sorted(set(xs)) and narrow.left < xs[0] and xs[-1] < narrow.right < NARROW


def test_nothing_known_is_no_chart():
    assert line_chart([]) is None and line_chart([Datum("2019", ())]) is None
