"""Where the lines of a trend stand, and where they stop."""

from __future__ import annotations

from fractions import Fraction

from danchu.web.design.trends import APART, trend_chart


def line(*numbers: int | None) -> list[tuple[Fraction, str] | None]:
    return [None if n is None else (Fraction(n), str(n)) for n in numbers]


def test_the_axis_begins_at_nought_and_a_line_joins_what_is_known():
    chart = trend_chart(["a", "b", "c"], [line(70, 80, 90)], ())
    assert chart is not None
    assert chart.grid[0].value == 0 and chart.grid[0].at == chart.base
    assert [piece.count(",") for piece in chart.lines[0].pieces] == [3]
    assert [dot.text for dot in chart.lines[0].dots] == ["70", "80", "90"]


def test_a_line_stops_where_nothing_is_known_and_where_the_map_changed():
    gap = trend_chart("abcd", [line(1, 2, None, 3)], ())
    assert gap is not None
    assert [piece.count(",") for piece in gap.lines[0].pieces] == [2]
    assert len(gap.lines[0].dots) == 3 and gap.breaks == ()
    cut = trend_chart("abcd", [line(1, 2, 3, 4)], {2})
    assert cut is not None
    assert [piece.count(",") for piece in cut.lines[0].pieces] == [2, 2]
    xs = [dot.x for dot in cut.lines[0].dots]
    assert len(cut.breaks) == 1 and xs[1] < cut.breaks[0] < xs[2]


def test_the_words_of_two_lines_that_end_together_do_not_meet():
    chart = trend_chart("ab", [line(10, 20), line(10, 20)], ())
    assert chart is not None
    above, below = (drawn.dots[-1] for drawn in chart.lines)
    assert below.text_y - above.text_y >= APART


def test_nothing_known_is_no_chart():
    assert trend_chart([], [], ()) is None and trend_chart("a", [line(None)], ()) is None


def test_a_value_that_not_every_unit_gave_is_a_hollow_dot() -> None:
    one = (Fraction(5), "5")
    chart = trend_chart(["a", "b", "c"], [[one, one, one]], set(), {(0, 0), (0, 2)})
    assert chart is not None and chart.has_parts
    assert [dot.is_part for dot in chart.lines[0].dots] == [True, False, True]
    whole = trend_chart(["a", "b"], [[one, one]], set())
    assert whole is not None and not whole.has_parts
