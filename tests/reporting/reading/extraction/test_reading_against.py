"""The figures of a text against what is held of the unit and what its earlier reports stated."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from danchu.reporting.reading.extraction import (
    Held,
    against_earlier,
    against_held,
    read_text,
)

HEAD = "BÁO CÁO\nKết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2026 của xã Bến Mẫu\n\n"


def held(text: str, **known: int | str) -> list[tuple[str, str]]:
    reading = read_text(HEAD + text)
    given = {
        key: [Held(Fraction(value), "hồ sơ đã ghi", "the records")] for key, value in known.items()
    }
    return [(c.indicators[0], c.verdict) for c in against_held(HEAD + text, reading, given)]


def earlier(
    text: str, last_year: Mapping[str, int], before: Mapping[str, int] | None = None
) -> list[tuple[str, str]]:
    text = HEAD + text
    known = [
        {
            key: Held(value, "báo cáo trước", "the report before")
            for key, value in (row or {}).items()
        }
        for row in (last_year, before)
    ]
    checks = against_earlier(text, read_text(text), *known)
    return [(text[slice(*c.spans[0])], c.verdict) for c in checks]


def test_a_figure_held_of_the_unit_and_period_agrees_or_does_not() -> None:
    text = "Ghi nhận 47 ý kiến. Tổ chức 02 hội nghị đối thoại. Dân hiến 1.200 m2 đất."
    said = held(text, opinions_received=47, dialogues_held=3, land_donated_m2=1200, labour_days=9)
    assert said == [
        ("opinions_received", "ok"),
        ("dialogues_held", "fail"),
        ("land_donated_m2", "ok"),
    ]


@pytest.mark.parametrize(
    ("text", "key", "known", "verdict"),
    [
        ("Nhân dân đóng góp 20,48 tỷ đồng.", "contributions_vnd", "20481300000", "ok"),
        ("Nhân dân đóng góp 20,48 tỷ đồng.", "contributions_vnd", "20491300000", "fail"),
        ("Nhân dân đóng góp hơn 20 tỷ đồng.", "contributions_vnd", "21600000000", "not_checkable"),
        ("Có 96% hồ sơ đúng hạn.", "dossiers_on_time_pct", "95.8", "ok"),
        ("Có 96,2% hồ sơ đúng hạn.", "dossiers_on_time_pct", "95.8", "fail"),
    ],
)
def test_a_rounded_figure_is_compared_as_it_is_printed(
    text: str, key: str, known: str, verdict: str
) -> None:
    assert held(text, **{key: known}) == [(key, verdict)]


def test_a_figure_of_a_place_or_another_time_is_not_held_against_the_unit() -> None:
    assert held("Riêng xã Núi Mẫu ghi nhận 12 ý kiến.", opinions_received=47) == []
    several = "Ghi nhận 12 ý kiến bằng văn bản. Ghi nhận 30 ý kiến trực tiếp."
    assert held(several, opinions_received=47) == [("opinions_received", "not_checkable")]
    assert held(several, opinions_received=30) == [("opinions_received", "ok")]


@pytest.mark.parametrize(
    ("text", "number", "right", "wrong"),
    [
        ("Ghi nhận 47 ý kiến (cùng kỳ 35 ý kiến).", "35", 35, 36),
        ("Ghi nhận 47 ý kiến, cùng kỳ năm 2025 là 35 ý kiến.", "35", 35, 53),
        ("Ghi nhận 47 ý kiến, tăng 12 ý kiến so với cùng kỳ.", "12", 35, 37),
        ("Ghi nhận 45 ý kiến, giảm 10% so với cùng kỳ năm trước.", "10%", 50, 60),
        ("Ghi nhận 47 ý kiến, tăng 34,3% so với năm 2025.", "34,3%", 35, 36),
        ("Ghi nhận 47 ý kiến (tăng 12 so với cùng kỳ).", "12", 35, 59),
    ],
)
def test_an_earlier_value_or_a_rise_is_held_against_the_report_of_last_year(
    text: str, number: str, right: int, wrong: int
) -> None:
    assert earlier(text, {"opinions_received": right}) == [(number, "ok")]
    assert earlier(text, {"opinions_received": wrong}) == [(number, "fail")]


def test_a_rise_against_the_period_before_is_held_against_that_period() -> None:
    text = "Ghi nhận 47 ý kiến, tăng 12 ý kiến so với kỳ trước."
    last_year, before = {"opinions_received": 9}, {"opinions_received": 35}
    assert earlier(text, last_year, before) == [("12", "ok")]
    assert earlier(text, last_year) == [], "nothing is known of that period"


@pytest.mark.parametrize(
    "text",
    [
        "Ghi nhận 47 ý kiến, tăng 12 ý kiến so với kế hoạch.",
        "Ghi nhận 47 ý kiến, 12 ý kiến về đất đai.",
        "Ghi nhận 47 ý kiến, phấn đấu tăng chất lượng 12 buổi.",
        "Riêng xã Núi Mẫu ghi nhận 47 ý kiến, tăng 12 ý kiến so với cùng kỳ.",
    ],
)
def test_what_is_no_claim_on_the_past_is_left_alone(text: str) -> None:
    assert earlier(text, {"opinions_received": 1}) == []


def test_about_and_from_nothing_are_not_called_wrong() -> None:
    about = "Ghi nhận 47 ý kiến, tăng khoảng 30% so với cùng kỳ."
    assert earlier(about, {"opinions_received": 35}) == [("30%", "not_checkable")]
    assert earlier("Ghi nhận 47 ý kiến, tăng 30% so với cùng kỳ.", {"opinions_received": 0}) == [
        ("30%", "not_checkable")
    ]
