"""The confidence of a figure: from its signs, and fitted so that it keeps its word."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from bench.reading_quality.fitting import Sample, fitted, main, said_of, tenths
from danchu.reporting.reading.extraction import read_text
from danchu.reporting.reading.extraction.confidence import SIGNS, confidence
from danchu.reporting.reading.extraction.weights import MOST, WEIGHTS

HEAD = "UBND XÃ BẾN MẪU\nBáo cáo kết quả thực hiện dân chủ ở cơ sở năm 2022\n\n"


def _confidence(words: str) -> float:
    return max(i.confidence for i in read_text(HEAD + words).indicators)


def test_every_figure_carries_the_signs_its_confidence_was_weighed_from() -> None:
    text = (
        HEAD + "Xã tiếp 14 lượt công dân.\n\n| Thôn | Hồ sơ tiếp nhận |\n|---|---|\n| Một | 12 |\n"
    )
    for figure in read_text(text).indicators:
        assert len(figure.signs) == len(SIGNS) == len(WEIGHTS)
        assert figure.confidence == pytest.approx(confidence(figure.signs))
        assert 0 < figure.confidence <= MOST


def test_a_number_in_words_is_less_sure_than_one_in_figures() -> None:
    words = "Xã đã tổ chức {} cuộc đối thoại với nhân dân."
    assert _confidence(words.format("bốn")) < _confidence(words.format("4"))


def test_more_figures_in_a_text_make_each_of_them_surer() -> None:
    one = "Xã tiếp 14 lượt công dân."
    many = one + " Xã nhận 20 đơn thư, mở 3 lớp tập huấn, họp 9 hội nghị và hòa giải thành 4 vụ."
    assert read_text(HEAD + one).indicators[0].confidence < (
        read_text(HEAD + many).indicators[0].confidence
    )


def _drawn(number: int, seed: int) -> list[Sample]:
    """Figures whose first sign alone tells how often they are right."""
    source = random.Random(seed)
    made = []
    for place in range(number):
        near = source.random()
        signs = (near, *(0.0 for _ in SIGNS[1:]))
        made.append(Sample(f"folder {place % 4}", signs, source.random() < 0.5 + 0.5 * near))
    return made


def test_a_fitted_confidence_of_so_many_tenths_is_right_so_often() -> None:
    fit = fitted(_drawn(3000, 1))
    rows = tenths(said_of(_drawn(3000, 2), fit))
    assert len(rows) >= 4
    for _, number, mean, right in rows:
        assert number < 100 or right == pytest.approx(mean, abs=0.06)


def test_fitting_runs_on_kept_signs_and_says_how_far_it_is_off(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "signs.json"
    kept.write_text(json.dumps([(s.folder, s.signs, s.right) for s in _drawn(400, 3)]))
    assert main(["--from", str(kept)]) == 0
    told = capsys.readouterr().out
    assert "each held out in turn" in told and "expected error" in told
