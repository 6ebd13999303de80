"""What an earlier release issued prints with the same words and numbers by this one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from danchu.core.documents import plain_text, render_docx, render_pdf
from danchu.core.documents.signed import check_signed
from danchu.reporting.reviews.frozen_data import document_of

GOLDEN = sorted((Path(__file__).parent / "golden").glob("issued-*.json"))


@pytest.mark.parametrize("kept", GOLDEN, ids=[path.stem for path in GOLDEN])
def test_an_issued_report_says_the_same_in_every_later_release(kept: Path) -> None:
    data = json.loads(kept.read_text("utf-8"))
    document = document_of(data)
    assert plain_text(document) == kept.with_suffix(".txt").read_text("utf-8")
    pdf = render_pdf(document)
    assert check_signed(pdf, pdf + b"\n").verdict == "bytes"
    assert render_docx(document).startswith(b"PK")
    for figure in data["report"]["figures"]:
        assert figure["key"] and figure["evidence"].startswith("/office/so-lieu/")


def test_there_is_one_of_each_release_so_far() -> None:
    assert [path.stem for path in GOLDEN] == ["issued-0.1.0"]
