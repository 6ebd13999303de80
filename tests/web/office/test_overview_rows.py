"""The lists and tables of an overview: names as they are written, states in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from django.utils.translation import override

from danchu.reporting.overviews.below import Below
from danchu.reporting.overviews.needs import Need
from danchu.reporting.overviews.selectors import Tile
from danchu.web.design.trends import trend_chart
from danchu.web.office.overview_chart import chart_shown
from danchu.web.office.overview_rows import _report, tile_items, tile_rows
from danchu.web.office.overview_shown import TileShown


@pytest.fixture
def unit() -> Below:
    return Below(7, "commune", "9A001", "xã Bến Mẫu", True, "/1/7/", None)


def tile(
    unit: Below, *, words: str = "94,8%", share: str = "94,8%", is_word: bool = False
) -> TileShown:
    state = "missing" if is_word else "reported"
    told = Tile(unit, state, "", 91, 96, words, "good", 3, 4)
    return TileShown(told, "/office/x/", "Xã <Bến> {0}", words, is_word, "b3", share)


def test_a_unit_is_shown_by_its_name_and_never_as_markup(unit: Below) -> None:
    items = tile_items([tile(unit)])
    assert 'class="b3"' in items and "Xã &lt;Bến&gt; {0}" in items and "đến" not in items
    ended = replace(unit, ended_on=dt.date(2026, 3, 1))
    assert "(đến 01/03/2026)" in tile_items([tile(ended)])
    rows = tile_rows([tile(unit)], is_rate=True)
    assert "Xã &lt;Bến&gt; {0}" in rows and rows.count("94,8%") == 2 and "3/4" in rows
    assert tile_rows([tile(unit)], is_rate=False).count("94,8%") == 1


def test_a_unit_without_a_value_says_why_in_a_tag(unit: Below) -> None:
    missing = tile(unit, words="chưa nộp", share="", is_word=True)
    row = tile_rows([missing], is_rate=True)
    assert 'class="tag">chưa nộp<' in row and "Tỷ lệ" not in row
    with override("en"):
        assert "Đơn vị" not in tile_rows([missing], is_rate=True)


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ("late", "quá hạn 3 ngày"),
        ("returned", "trả lại, chờ nộp lại"),
        ("missing", "chưa nộp"),
        ("submitted", "chờ xem xét"),
        ("accepted", "đã nhận"),
        ("excused", "không thuộc diện"),
    ],
)
def test_a_need_says_how_the_report_stands(unit: Below, report: str, said: str) -> None:
    need = Need(unit, 2, 1, 9, report, 3)
    assert said in _report(need)
    assert ("is-late" in _report(need)) is (report == "late")
    assert _report(replace(need, report="")) == ""


def test_a_chart_says_its_sentence_and_the_last_value() -> None:
    values = [(Fraction(1), "1"), None, (Fraction(3), "<3>")]
    chart = trend_chart(["a", "b", "c"], [values], {1}, {(0, 2)})
    assert chart is not None
    drawn = chart_shown(chart, "Từ 1 đến <3>")
    assert 'aria-label="Từ 1 đến &lt;3&gt;"' in drawn and "&lt;3&gt;</text>" in drawn
    assert drawn.count("<circle") == 2 and drawn.count("is-part") == 1
    assert drawn.count('class="cut"') == len(chart.breaks) and drawn.count('class="x"') == 3
