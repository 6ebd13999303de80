"""Sentences as parts, sections and lines in time, periods by name."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.core.calendar.periods import parse_period
from danchu.core.contracts import OPERATOR
from danchu.reporting.reviews.earlier import (
    ahead,
    compared_period,
    period_days,
    period_name,
    period_title,
)
from danchu.reporting.reviews.outline import (
    DatedLine,
    Literal,
    Optional,
    Slot,
    outlines,
    parse,
)
from tests.cast import Cast


def test_a_sentence_is_words_places_and_clauses() -> None:
    assert parse("Có {n} ý kiến[[, {m} đã trả lời]].") == (
        Literal("Có "),
        Slot("n"),
        Literal(" ý kiến"),
        Optional((Literal(", "), Slot("m"), Literal(" đã trả lời"))),
        Literal("."),
    )
    assert parse("") == ()
    for wrong in ("[[", "]]", "[[ [[ ]]", "a ]] b"):
        with pytest.raises(ValueError, match=r"\[\[|\]\]"):
            parse(wrong)


def test_every_sentence_knows_its_figures_in_both_languages() -> None:
    for outline in outlines().values():
        for section in outline.sections:
            for sentence in section.sentences:
                # The stock of opinions is known where what was carried over is.
                assert set(sentence.needs) <= sentence.keys | {"opinions_carried_over"}


def test_a_line_holds_on_any_day_it_shares_with_the_period() -> None:
    line = DatedLine("vi", "en", dt.date(2023, 7, 1), dt.date(2025, 6, 30))
    assert line.overlaps(dt.date(2023, 1, 1), dt.date(2023, 7, 1))
    assert not line.overlaps(dt.date(2023, 1, 1), dt.date(2023, 6, 30))
    assert line.overlaps(dt.date(2025, 6, 30), dt.date(2025, 12, 31))
    assert not line.overlaps(dt.date(2025, 7, 1), dt.date(2025, 12, 31))
    assert (line.in_language("en"), line.in_language("vi"), line.in_language("fr")) == (
        "en",
        "vi",
        "vi",
    )


@pytest.mark.parametrize(
    ("code", "before"),
    [("2019H1", "2018H1"), ("nd09:2026H1", "nd09:2025H1"), ("2019", "2018"), ("2019Q3", "2018Q3")],
)
def test_a_period_is_compared_with_that_of_the_year_before(code: str, before: str) -> None:
    found = compared_period(parse_period(code))
    assert found is not None
    assert found.code == before


def test_a_committees_own_period_is_compared_with_the_one_before(cast: Cast) -> None:
    from danchu.core.calendar.selectors import period_span
    from danchu.core.calendar.services import add_period, add_scheme

    add_scheme(actor=OPERATOR, code="bcd", name_vi="Kỳ của Ban Chỉ đạo", unit_id=cast.minhhoa)
    for name, start, end in (
        ("2025-1", dt.date(2025, 11, 1), dt.date(2026, 4, 30)),
        ("2026-1", dt.date(2026, 5, 1), dt.date(2026, 10, 31)),
    ):
        add_period(
            actor=OPERATOR,
            scheme_code="bcd",
            name=name,
            start=start,
            end=end,
            kind="half_year",
        )
    span = period_span("bcd:2026-1")
    assert period_name(span, "vi") == period_name(span, "en") == "bcd:2026-1"
    before = compared_period(span)
    assert before is not None
    assert before.code == "bcd:2025-1"
    assert compared_period(before) is None
    assert period_name(parse_period("2019H1"), "vi") == "6 tháng đầu năm 2019"
    assert period_title(span, "vi") == "kỳ từ ngày 01/5/2026 đến ngày 31/10/2026"
    assert period_title(span, "en") == "the period from 1 May 2026 to 31 October 2026"
    assert period_days(span, "vi") == ""


@pytest.mark.parametrize(
    ("code", "title", "english", "tasks"),
    [
        (
            "nd09:2026H1",
            "6 tháng đầu năm 2026",
            "first six months of 2026",
            "6 tháng cuối năm 2026",
        ),
        ("nd09:2026H2", "6 tháng cuối năm 2026", "last six months of 2026", "năm 2027"),
        ("2026", "năm 2026", "year 2026", "năm 2027"),
        ("2026Q1", "quý I năm 2026", "first quarter of 2026", "thời gian tới"),
        ("2026M06", "tháng 6 năm 2026", "month of June 2026", "thời gian tới"),
    ],
)
def test_a_paper_names_its_period_without_days_and_looks_ahead(
    code: str, title: str, english: str, tasks: str
) -> None:
    span = parse_period(code)
    assert period_title(span, "vi") == title
    assert period_title(span, "en") == english
    assert ahead(span, "vi") == tasks
    assert period_days(parse_period("nd09:2026H1"), "vi") == (
        " (từ ngày 15/12/2025 đến ngày 14/6/2026)"
    )
