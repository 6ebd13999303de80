"""``danchu corrections``: what the desk corrected, in a file or printed, without persons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from danchu.cli import main
from danchu.reporting.reading.services import DocumentInput, decide_figure, take_in_document
from tests.cast import Cast

REPORT = "BÁO CÁO\nBà Trần Mẫu Bình cho biết xã ghi nhận 191 ý kiến.\n"


@pytest.fixture
def corrected(cast: Cast) -> Cast:
    """A figure that the reader read and a person set right."""
    who = cast.reporter_benmau
    content = DocumentInput(name="bao-cao.txt", text=REPORT, period_code="2026H1")
    made = take_in_document(actor=who, unit_id=cast.benmau, content=content)
    (read,) = made.figures.all()
    assert read.rule.startswith("opinions_received."), "the reader told its rule"
    decide_figure(actor=who, figure_id=read.pk, row_version=0, decision="corrected", amount=119)
    return cast


def test_corrections_are_printed_or_written_with_the_rule_that_read_them(
    corrected: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["corrections"]) == 0
    printed = capsys.readouterr().out
    (line,) = [json.loads(row) for row in printed.splitlines()]
    assert (line["read"]["value"], line["indicators"][0]["value"]) == (191, 119)
    assert line["read"]["rule"].startswith("opinions_received.")
    assert "Mẫu Bình" not in printed and corrected.reporter_benmau.name not in printed
    file = tmp_path / "sua.jsonl"
    assert main(["corrections", "--out", str(file)]) == 0
    told = capsys.readouterr()
    assert file.read_text("utf-8") == printed
    assert (told.out.startswith("Đã ghi 1 chỗ đã sửa"), told.err) == (True, "")


def test_a_file_that_cannot_be_written_is_refused_in_one_line(
    cast: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["corrections", "--out", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert told.err.count("\n") == 1 and "không phải là tệp thường" in told.err
    assert main(["corrections", "--out", str(tmp_path / "khong-co" / "sua.jsonl")]) == 1
    assert "Không ghi được" in capsys.readouterr().err
    assert main(["corrections"]) == 0
    assert capsys.readouterr().out == "", "nothing was corrected yet"
