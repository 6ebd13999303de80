"""The part of a reading's page that holds its figures against those at hand."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from danchu.reporting.checks.texts import TextCheck

PART = "office/parts/reading_against.html"
AGAINST = [
    TextCheck("Văn bản nêu 47, <b>sai</b>.", "The text states 47, wrong.", "fail", (7,)),
    TextCheck("Chỉ khoảng chừng.", "Only about.", "not_checkable", ()),
    TextCheck("Số 12 khớp.", "The figure 12 agrees.", "ok", (8,)),
]


def part(*against: TextCheck, language: str = "vi") -> str:
    site: dict[str, Any] = {"language": language}
    context = {"against": against, "numbers": {7: 3, 8: 4}, "site": site}
    return render_to_string(PART, context)


def test_what_disagrees_is_told_with_its_figure_and_what_agrees_is_counted() -> None:
    shown = part(*AGAINST)
    assert 'href="#so-7"' in shown and "Chỉ khoảng chừng." in shown
    assert "&lt;b&gt;sai" in shown, "words of a report are escaped"
    assert shown.count("is-block") == 1
    assert "Số 12 khớp." not in shown and "1 số khớp" in shown
    assert "The text states 47" in part(*AGAINST, language="en")


def test_nothing_is_shown_where_there_is_nothing_to_hold_against() -> None:
    assert part().strip() == ""
