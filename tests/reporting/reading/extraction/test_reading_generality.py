"""Wordings written before the rules met them: how many are read, and how few falsely.

Each file under ``wordings`` holds sentences of the project's own, and under each the figures it
states (``= key value; key value``; an empty line states none). The shares are kept as a whole: a
wording no rule reaches stays in the files as what is still missed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from danchu.reporting.reading.extraction import read_text

HEAD = "UBND XÃ BẾN MẪU\nBáo cáo kết quả thực hiện dân chủ ở cơ sở\n\n"
FILES = sorted((Path(__file__).parent / "wordings").glob("*.txt"))


def _cases(path: Path) -> list[tuple[str, list[tuple[str, float]]]]:
    cases: list[tuple[str, list[tuple[str, float]]]] = []
    sentence = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("="):
            figures = [item.split() for item in line[1:].split(";") if item.strip()]
            cases.append((sentence, [(key, float(value)) for key, value in figures]))
        elif not line.startswith("#"):
            sentence = line
    return cases


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nineteen_of_twenty_figures_are_read_and_few_falsely(path: Path) -> None:
    read = missed = false = 0
    for sentence, stated in _cases(path):
        found = [(i.key, float(i.value)) for i in read_text(HEAD + sentence).indicators]
        for figure in stated:
            if figure in found:
                found.remove(figure)
                read += 1
            else:
                missed += 1
        false += len(found)
    assert read / (read + missed) >= 0.95
    assert read / (read + false) >= 0.96


def test_a_range_of_months_and_a_term_are_periods() -> None:
    for words, start, end in (
        (
            "Từ năm 2021 đến tháng 3/2025, huyện Bến Mẫu đã làm 60 km đường.",
            "2021-01-01",
            "2025-03-31",
        ),
        ("Từ tháng 6/2022 đến tháng 10/2023, bà con hiến 3 ha đất.", "2022-06-01", "2023-10-31"),
        (
            "Giai đoạn 2021 - 2025, toàn tỉnh có 400 mô hình được công nhận.",
            "2021-01-01",
            "2025-12-31",
        ),
        (
            "BÁO CÁO\nKết quả thực hiện quy chế dân chủ nhiệm kỳ 2015 - 2020",
            "2015-01-01",
            "2020-12-31",
        ),
    ):
        period = read_text(f"Chuyện ở Bến Mẫu\n\n{words}").period
        assert period is not None
        assert (period.start.isoformat(), period.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    "table",
    [
        "TT  Lĩnh vực  Tổng nhận  Đã trả  Quá hạn\n1  Hộ tịch  812  800  0\n2  Đất đai  95  70  6\n"
        "   Cộng  907  870  6",
        "Lĩnh vực Tổng nhận Đã trả Quá hạn\nHộ tịch 812 800 0\nĐất đai 95 70 6\nCộng 907 870 6",
    ],
    ids=["wide gaps", "no marks"],
)
def test_a_table_that_lost_its_marks_is_read(table: str) -> None:
    text = f"Báo cáo giải quyết hồ sơ thủ tục hành chính\n\n{table}\n\nHết."
    totals = {i.key: i.value for i in read_text(text).indicators if i.scope is None}
    assert totals == {"dossiers_received": 907, "dossiers_resolved": 870, "dossiers_overdue": 6}
