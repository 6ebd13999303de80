"""On how many of how many units a figure stands: one definition, the same on every page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danchu.core.contracts import OPERATOR
from danchu.reporting.figures.completeness import Base, completeness
from danchu.reporting.overviews.selectors import overview
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.figure_page import figure_page, figure_table
from danchu.reporting.rounds.selectors import round_at
from danchu.reporting.rounds.services import submit
from tests.cast import TODAY, Cast
from tests.making import hold
from tests.reporting.folding import open_round_of_minhhoa

NOW = "nd09:2026H1"
KEY = "opinions_received"
ON = dt.date(2026, 5, 20)


def test_a_unit_that_need_not_report_never_stands_in_for_one_that_must() -> None:
    of_the_round = Base(listed=42, asked=42)
    # 18 of 49: seven offices gave something beside eleven of the 42 communes.
    assert completeness("recorded", 18, 49, of_the_round) == (11, 42, 7)
    assert completeness("recorded", 29, 42, of_the_round) == (29, 42, 0)
    assert completeness("reported", 13, 42, of_the_round) == (13, 42, 0)
    assert completeness("recorded", 2, 44, of_the_round) == (0, 42, 2)
    # An excused commune that has records raises nobody above all.
    assert completeness("recorded", 42, 42, Base(listed=42, asked=41)) == (41, 41, 0)
    # Nobody must report without a round: the counts are the cell's own.
    assert completeness("recorded", 18, 49, None) == (18, 49, 0)


def _told(viewer: Any) -> set[tuple[int, int, int]]:
    """(n, of, others) of the figure on the overview, in both tables, its page and the report."""
    seen = overview(viewer, "9A", NOW, KEY)
    _unit, _period, table = figure_table(viewer, "9A", NOW)
    report = compose(viewer=viewer, code="9A", period_code=NOW)
    figures = [
        seen.figure,
        next(line.figure for line in seen.figures if line.meaning.key == KEY),
        next(line.figure for line in table if line.meaning.key == KEY),
        figure_page(viewer, "9A", NOW, KEY).figure,
        next(figure for figure in report.figures if figure.key == KEY),
    ]
    trend = seen.trend.points[-1].numbers[0]
    assert trend is not None and seen.figure is not None
    assert (trend.n, trend.of) == (seen.figure.n_reported, seen.figure.n_expected)
    assert all(figure is not None for figure in figures)
    return {(f.n_reported, f.n_expected, f.n_others) for f in figures if f}


def test_overview_tables_report_and_board_count_the_same_units(cast: Cast, settle: Any) -> None:
    found = open_round_of_minhhoa(cast)
    hold(OPERATOR, cast.benmau, "Sửa cầu.", on=ON)
    hold(OPERATOR, cast.agency, "Ở sở.", on=ON)
    hold(OPERATOR, cast.minhhoa, "Ở tỉnh.", on=ON)
    settle()
    viewer = cast.committee_minhhoa
    assert _told(viewer) == {(1, 2, 2)}
    report = compose(viewer=viewer, code="9A", period_code=NOW)
    assert "hồ sơ công việc của 01/02 xã, phường" in report.opening[1].text
    submit(actor=cast.reporter_benmau, round_id=found.pk, unit_id=cast.benmau)
    settle()
    assert _told(viewer) == {(1, 2, 0)}
    board = round_at(viewer, cast.minhhoa, NOW, TODAY)
    assert board is not None and (len(board.standing), board.expected) == (1, 2)
    seen = overview(viewer, "9A", NOW)
    assert [(line.handed_in, line.asked) for line in seen.handing] == [(1, 2)]
    report = compose(viewer=viewer, code="9A", period_code=NOW)
    assert "Số liệu tổng hợp từ 01/02 xã, phường đã nộp" in report.opening[1].text
    # No paragraph that prints its figures says so beside its sentences: none is of other units.
    said = [
        p.text for s in report.sections for p in s.paragraphs if any(x.figure for x in p.pieces)
    ]
    assert said and not any("Số liệu" in text and "/02 xã" in text for text in said)
    assert any(text.startswith("Theo số liệu của 01/02 xã, phường đã nộp: ") for text in said)
