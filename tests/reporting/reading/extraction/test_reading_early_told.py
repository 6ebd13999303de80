"""Dossiers early and on time in running text: on time, as the dictionary counts, holds the early."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import check_reading, read_text
from danchu.reporting.reading.extraction.model import Indicator
from danchu.reporting.reading.together import LEVELS

HEAD = "UBND XÃ BẾN MẪU\nBáo cáo kết quả thực hiện dân chủ ở cơ sở năm 2024\n\n"


def on_time(text: str) -> Indicator:
    (figure,) = [f for f in read_text(HEAD + text).indicators if f.key == "dossiers_on_time"]
    return figure


@pytest.mark.parametrize(
    "text",
    [
        "Giải quyết 900 hồ sơ, trong đó trước hạn 610 hồ sơ, đúng hạn 280 hồ sơ, quá hạn 10 hồ sơ.",
        "Giải quyết 900 hồ sơ; trước hạn 610, đúng hạn 280, quá hạn 10.",
        "Đã giải quyết 900 hồ sơ (280 hồ sơ đúng hạn, 610 hồ sơ trước hạn, 10 hồ sơ quá hạn).",
    ],
)
def test_both_told_apart_are_added(text: str) -> None:
    figure = on_time(text)
    assert (figure.value, figure.rule) == (890, "early included")
    assert "280" in figure.surface and "610" in figure.surface
    assert {check.verdict for check in check_reading(read_text(HEAD + text))} == {"ok"}


@pytest.mark.parametrize(
    "text",
    [
        "Giải quyết 900 hồ sơ, trong đó đúng và trước hạn 890 hồ sơ, quá hạn 10 hồ sơ.",
        "Giải quyết 900 hồ sơ, đúng hạn 890 hồ sơ (trong đó trước hạn 610 hồ sơ), quá hạn 10 hồ sơ.",
        "Giải quyết 900 hồ sơ, trước hạn 610 hồ sơ, đúng hạn 890 hồ sơ, quá hạn 10 hồ sơ.",
    ],
)
def test_what_holds_the_early_ones_already_stays(text: str) -> None:
    assert on_time(text).value == 890


def test_a_note_against_adding_leaves_the_figure_in_doubt() -> None:
    told = "Giải quyết 900 hồ sơ, trước hạn 610 hồ sơ, đúng hạn 280 hồ sơ (hai số không gộp)."
    figure = on_time(told)
    assert figure.value == 280
    assert figure.confidence * 1000 < min(LEVELS)
