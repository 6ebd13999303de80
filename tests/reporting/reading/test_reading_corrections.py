"""Corrections given out to train the reader with: in the form of annotations, without persons."""

from __future__ import annotations

import json
from typing import Any

from danchu.core.contracts import NOBODY
from danchu.reporting.reading.selectors import correction_lines
from danchu.reporting.reading.services import add_figure, correct_from_words, decide_figure
from tests.cast import Cast
from tests.reporting.readings import figure, take_in

REPORT = """BÁO CÁO
Ông Nguyễn Mẫu An (điện thoại 0912 345 678) cho biết trong kỳ ghi nhận 191 ý kiến.
Vận động được 1,25 tỷ đồng; đạt 95,5% phiếu hài lòng.
"""


def span(words: str) -> dict[str, int]:
    start = REPORT.index(words)
    return {"start": start, "end": start + len(words)}


def test_each_correction_is_a_line_in_the_form_of_the_annotations(
    cast: Cast, monkeypatch: Any
) -> None:
    who = cast.reporter_benmau
    read = figure("191 ý kiến", "opinions_resolved", 191, text=REPORT, rule="opinions_resolved.2")
    wrong = figure("95,5%", "satisfaction_very_satisfied_pct", "95.5", text=REPORT)
    made = take_in(monkeypatch, who, cast.benmau, read, wrong, text=REPORT, period="2026H1")
    first, second = made.figures.order_by("position")
    assert list(correction_lines(who)) == []
    correct_from_words(
        actor=who, figure_id=first.pk, row_version=0, key="opinions_received", **span("191 ý kiến")
    )
    decide_figure(actor=who, figure_id=second.pk, row_version=0, decision="rejected")
    add_figure(actor=who, document_id=made.pk, key="contributions_vnd", **span("1,25 tỷ đồng"))
    corrected, rejected, added = correction_lines(who)
    assert [one["decision"] for one in (corrected, rejected, added)] == [
        "corrected",
        "rejected",
        "added",
    ]
    (stated,) = corrected["indicators"]
    assert stated == {
        "key": "opinions_received",
        "value": 191,
        "unit": "opinion",
        "surface": "191 ý kiến",
        "char_start": REPORT.strip().index("191"),
        "char_end": REPORT.strip().index("191") + len("191 ý kiến"),
        "approx": False,
        "scope": None,
    }
    assert (corrected["read"]["key"], corrected["read"]["confidence"]) == ("opinions_resolved", 0.9)
    assert corrected["read"]["rule"] == "opinions_resolved.2"
    assert rejected["read"]["rule"] is None, "read before rules were kept"
    assert rejected["indicators"] == []
    assert rejected["read"]["value"] == 95.5
    assert (added["read"], added["indicators"][0]["value"]) == (None, 1_250_000_000)
    for line in (corrected, rejected, added):
        begin = line["sentence_start"]
        for one in [*line["indicators"], *([line["read"]] if line["read"] else [])]:
            inside = line["sentence"][one["char_start"] - begin : one["char_end"] - begin]
            assert inside == one["surface"]
    everything = json.dumps([corrected, rejected, added], ensure_ascii=False)
    for personal in ("Nguyễn Mẫu An", "0912", who.name, who.email):
        assert personal not in everything
    for stranger in (cast.reporter_caumau, cast.recorder_benmau, cast.outsider, NOBODY):
        assert list(correction_lines(stranger)) == []
    # Put back, there is nothing to learn from it.
    decide_figure(actor=who, figure_id=second.pk, row_version=1, decision="pending")
    assert [one["decision"] for one in correction_lines(who)] == ["corrected", "added"]


def test_a_citizen_without_a_title_is_crossed_out_and_the_commune_stays(
    cast: Cast, monkeypatch: Any
) -> None:
    who = cast.reporter_benmau
    text = "BÁO CÁO\nXã Bến Mẫu, đường Trần Phú: Lê Thị Mẫu Hoa và hộ Nguyễn Mẫu Ba góp 3 ý kiến."
    surface = "Lê Thị Mẫu Hoa và hộ Nguyễn Mẫu Ba góp 3 ý kiến"
    read = figure(surface, "opinions_received", 3, text=text, scope="hộ Nguyễn Mẫu Ba")
    made = take_in(monkeypatch, who, cast.benmau, read, text=text, period="2026H1")
    decide_figure(
        actor=who, figure_id=made.figures.get().pk, row_version=0, decision="corrected", amount=2
    )
    (line,) = correction_lines(who)
    everything = json.dumps(line, ensure_ascii=False)
    assert "Xã Bến Mẫu, đường Trần Phú" in line["sentence"]
    assert line["read"]["surface"] == f"{'X' * 14} và hộ {'X' * 13} góp 3 ý kiến"
    assert line["read"]["scope"] == f"hộ {'X' * 13}"
    assert "Lê Thị" not in everything and "Mẫu Ba" not in everything
