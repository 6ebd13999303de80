"""The rows of the table of figures: names as they are written, never as markup or a form."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.utils.translation import override

from danchu.core.contracts import OPERATOR
from danchu.demo.load import settle
from danchu.reporting.figures.services import open_period
from danchu.reporting.reviews.figure_page import TableLine, figure_table
from danchu.web.office.figures_shown import rows_shown
from tests.making import hold

PERIOD = "nd09:2026H1"


@pytest.fixture
def line(cast: Any) -> TableLine:
    """What the table says of the dialogues of Bến Mẫu, which held one."""
    hold(cast.recorder_benmau, cast.benmau, on=dt.date(2026, 3, 2))
    open_period(PERIOD)
    settle()
    lines = figure_table(OPERATOR, "9A001", PERIOD)[2]
    return next(line for line in lines if line.figure is not None)


def test_a_row_leads_to_its_figure_and_tells_what_it_rests_on(line: TableLine) -> None:
    (row,) = rows_shown([line])
    assert f'<a href="{line.meaning.key}/">{line.meaning.name_vi}</a>' in row
    assert "hồ sơ gốc" in row and "Giá trị" in row
    with override("en"):
        (row,) = rows_shown([line])
    assert line.meaning.name_en in row and "hồ sơ" not in row


def test_a_name_is_never_taken_for_markup_nor_for_a_form(line: TableLine) -> None:
    odd = replace(line.meaning, name_vi="Số {0} <b> {việc}", unit_vi="{1}")
    with_figure, without = rows_shown([replace(line, meaning=odd), TableLine(odd, None, "")])
    for row in (with_figure, without):
        assert "Số {0} &lt;b&gt; {việc}</a>" in row
        assert "({1})" in row
    assert "chưa báo cáo" in without and "chưa báo cáo" not in with_figure


def test_what_stands_beside_a_figure_is_told_and_escaped(line: TableLine) -> None:
    assert line.figure is not None
    told = line.figure._replace(remark_vi="văn bản ghi <5>")
    (row,) = rows_shown([replace(line, figure=told)])
    assert "; văn bản ghi &lt;5&gt;" in row
    assert ";" not in rows_shown([line])[0]
