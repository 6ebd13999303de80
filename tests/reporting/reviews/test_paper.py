"""What an officer would not sign, looked for on the paper itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.calendar.periods import parse_period
from danchu.core.documents import Table, plain_text
from danchu.core.errors import BadInput
from danchu.reporting.figures.models import Layer
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.halves import half_known
from danchu.reporting.reviews.notes import write_note
from danchu.reporting.reviews.official import official_document
from danchu.reporting.reviews.signing_words import addressees_given
from danchu.reporting.rounds.services import open_round
from tests.cast import Cast
from tests.civic.disclosure.made import publish
from tests.making import hold, refused, work
from tests.reporting.folding import open_periods, open_round_of_minhhoa
from tests.reporting.reviews.test_compose import all_text
from tests.reporting.reviews.test_prose import figure

NOW = "nd09:2026H1"


def paper(viewer: Any, code: str, period: str = NOW) -> str:
    return plain_text(official_document(compose(viewer=viewer, code=code, period_code=period)))


def test_a_share_of_a_handful_is_told_by_its_counts(cast: Cast, settle: Any) -> None:
    open_periods(NOW)
    for kind, number in (("supervision_findings", 3), ("supervision_findings_resolved", 2)):
        work(cast.recorder_benmau, cast.benmau, kind=kind, number=number, people=None)
    settle()
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    text = all_text(report)
    assert "có 03 kiến nghị, vụ việc; đã được tiếp thu, giải quyết 02." in text
    assert "66,7%" not in text
    shown = plain_text(official_document(report))
    assert "2/3 | tính từ 2 và 3" in shown and "66,7%" not in shown
    for number in (7, 5):
        kind = "supervision_findings" if number == 7 else "supervision_findings_resolved"
        work(cast.recorder_benmau, cast.benmau, kind=kind, number=number, people=None)
    settle()
    text = all_text(compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW))
    assert "có 10 kiến nghị, vụ việc; đã được tiếp thu, giải quyết 07, đạt 70%." in text


def test_at_most_three_bases_are_cited_and_then_the_letter_that_asks(
    cast: Cast, settle: Any
) -> None:
    (period,) = open_periods(NOW).values()
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    before = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    assert len(before.basis) == 3 and before.basis[0].startswith("Căn cứ Luật Thực hiện dân chủ")
    open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết",
        letter="12-CV/BCĐ ngày 02/6/2026",
        cut_off=dt.date(2026, 6, 14),
        due_on=dt.date(2026, 6, 16),
    )
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    assert report.basis[:3] == before.basis
    assert report.basis[3].startswith("Thực hiện Công văn số 12-CV/BCĐ ngày 02/6/2026 của ")
    assert report.basis[3].endswith("tỉnh Minh Họa")
    english = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW, language="en")
    assert english.basis[3].startswith("Letter 12-CV/BCĐ ngày 02/6/2026 of ")
    # A unit the round does not ask cites nothing; nor does the province that asks.
    above = compose(viewer=cast.committee_minhhoa, code="9A", period_code=NOW)
    assert "12-CV" not in above.opening[0].text
    # The Party's paper says in one sentence what it carries out and that it reports.
    assert above.basis == ()
    assert above.opening[0].text.startswith("Thực hiện Chỉ thị số 30-CT/TW ngày 18/02/1998")
    assert "; Kết luận số 120-KL/TW" in above.opening[0].text
    assert ", Ban Chỉ đạo thực hiện dân chủ ở cơ sở tỉnh Minh Họa báo cáo" in above.opening[0].text


def test_a_period_that_crosses_a_law_cites_no_more_than_three(cast: Cast, settle: Any) -> None:
    (code,) = ("nd09:2025H2",)
    open_periods(code)
    found = compose(viewer=cast.committee_minhhoa, code="9A", period_code=code, layout="state")
    assert len(found.basis) == 3
    assert "ngày 16 tháng 6 năm 2025" in found.basis[1]


def test_a_title_promises_no_tasks_that_nobody_wrote(cast: Cast, settle: Any) -> None:
    (period,) = open_periods(NOW).values()
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    ahead = "nhiệm vụ trọng tâm 6 tháng cuối năm 2026"
    assert ahead not in paper(cast.committee_minhhoa, "9A")
    write_note(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        kind="task",
        text="Tập huấn.",
    )
    said = paper(cast.committee_minhhoa, "9A").replace("\n", " ")
    assert f"6 tháng đầu năm 2026, {ahead}" in said and f"và {ahead} như sau:" in said


def test_one_child_alone_has_neither_number_nor_heading(cast: Cast, settle: Any) -> None:
    open_periods(NOW)
    publish(cast.recorder_benmau, cast.benmau)
    settle()
    said = paper(cast.committee_minhhoa, "9A")
    text = said.partition("Kèm theo")[0]
    assert (
        "\nI- KẾT QUẢ THỰC HIỆN DÂN CHỦ Ở CÁC LOẠI HÌNH CƠ SỞ\nThực hiện 01 lượt niêm yết" in text
    )
    assert "Ở xã, phường, đặc khu" not in text and "Công khai để Nhân dân biết" not in text
    # With a second one below the same heading both are told apart, and move up together.
    work(cast.recorder_benmau, cast.benmau, kind="community_matters_decided", number=2, people=None)
    settle()
    text = paper(cast.committee_minhhoa, "9A").partition("Kèm theo")[0]
    assert "CƠ SỞ\n1. Công khai để Nhân dân biết\n" in text and "\n2. " in text
    assert "Ở xã, phường, đặc khu" not in text and "\na) " not in text


def test_the_tables_of_the_units_share_one_annex_and_the_text_names_each(
    cast: Cast, settle: Any
) -> None:
    open_round_of_minhhoa(cast)
    hold(cast.recorder_benmau, cast.benmau)
    work(cast.recorder_caumau, cast.caumau, kind="contributions_vnd", number=1_500_000, people=None)
    settle()
    report = compose(viewer=cast.committee_minhhoa, code="9A", period_code=NOW)
    document = official_document(report)
    titles = [annex.title for annex in document.annexes]
    assert titles == [
        "Tình hình nộp số liệu",
        "Số liệu của từng đơn vị",
        "Căn cứ của từng số liệu",
    ]
    tables = document.annexes[1].blocks
    assert len(tables) > 1 and all(isinstance(table, Table) and table.caption for table in tables)
    said = plain_text(document)
    mark = "Phụ lục 2" if report.layout == "party" else "Phụ lục II"
    assert f"số liệu của từng đơn vị ({mark})" in said
    assert "Nhân dân đóng góp bằng tiền (đồng)" in said
    assert said.index("Kèm theo báo cáo:") < said.index("Trên đây là")


def test_a_paper_gives_a_whole_address_or_none(cast: Cast, settle: Any, settings: Any) -> None:
    open_periods(NOW)
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    said = paper(cast.viewer_benmau, "9A001")
    assert "/office/" not in said
    assert "tra cứu" not in said
    settings.DANCHU_ADDRESS = "https://danchu.example.vn"
    said = paper(cast.viewer_benmau, "9A001")
    assert f"https://danchu.example.vn/office/so-lieu/9A001/{NOW}/" in said


@pytest.mark.parametrize("day", [dt.date(2026, 2, 3), dt.date(2026, 9, 4)])
def test_half_a_year_is_not_printed_as_a_year(
    cast: Cast, settle: Any, monkeypatch: Any, day: dt.date
) -> None:
    monkeypatch.setattr("danchu.core.records.inputs.today", lambda: dt.date(2027, 1, 5))
    open_periods("2026", "2026H1", "2026H2", "2025", "2025H1", "2025H2")
    hold(cast.recorder_benmau, cast.benmau, "Một.", on=dt.date(2026, 1, 20))
    work(cast.recorder_benmau, cast.benmau, kind="documents_issued", number=4, on=day, people=None)
    settle()
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code="2026")
    half = "6 tháng đầu năm 2026" if day.month < 7 else "6 tháng cuối năm 2026"
    text = all_text(report)
    assert "Ban hành 04 văn bản lãnh đạo" in text
    assert f"Số liệu này mới có của {half}." in text
    in_half = compose(viewer=cast.viewer_benmau, code="9A001", period_code="2026H1")
    assert "mới có" not in all_text(in_half)
    # Known in both halves: said of neither.
    for month in (3, 10):
        work(
            cast.recorder_benmau,
            cast.benmau,
            kind="documents_issued",
            number=1,
            on=dt.date(2026, month, 1),
            people=None,
        )
    settle()
    text = all_text(compose(viewer=cast.viewer_benmau, code="9A001", period_code="2026"))
    assert "Ban hành 06 văn bản" in text and "Số liệu này mới có" not in text


def test_a_half_that_is_not_added_up_yet_is_not_taken_for_unknown() -> None:
    span = parse_period("2026")
    year = {"dialogues_held": figure("dialogues_held", "13", amount=13)}
    part = {"dialogues_held": figure("dialogues_held", "8", amount=8)}

    def told(second: dict[str, Any]) -> dict[str, str]:
        return half_known(span, year, lambda code: second if code == "2026H2" else {}, "vi")

    assert told(part) == {}  # five more stand in the year than in the half that is known
    assert told(year) == {"dialogues_held": "6 tháng cuối năm 2026"}
    # What was handed in on the form of the year speaks of the whole year.
    handed_in = {"dialogues_held": year["dialogues_held"]._replace(layer="reported")}
    assert half_known(span, handed_in, lambda code: year if "H2" in code else {}, "vi") == {}
    assert half_known(parse_period("2026H2"), year, lambda _code: year, "vi") == {}


def test_a_year_known_by_half_is_not_compared(cast: Cast, settle: Any, monkeypatch: Any) -> None:
    open_periods("2026", "2026H1", "2026H2", "2025", "2025H1", "2025H2")
    work(
        cast.recorder_benmau,
        cast.benmau,
        kind="documents_issued",
        number=30,
        on=dt.date(2026, 3, 2),
        people=None,
    )
    for month in (9, 12):
        work(
            cast.recorder_benmau,
            cast.benmau,
            kind="documents_issued",
            number=10,
            on=dt.date(2025, month, 2),
            people=None,
        )
    settle()
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code="2026")
    (row,) = [r for r in report.comparison if r.figure.key == "documents_issued"]
    assert row.change == "kỳ chưa kết thúc, chưa so sánh"
    monkeypatch.setenv("DANCHU_TODAY", "2027-01-05")
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code="2026")
    (row,) = [r for r in report.comparison if r.figure.key == "documents_issued"]
    assert row.change == "không so sánh: mới có số liệu 6 tháng đầu năm 2026"
    assert row.figure.layer == Layer.RECORDED
    assert "so với cùng kỳ" not in all_text(report)


def test_the_body_that_asks_stands_among_those_the_paper_goes_to(cast: Cast, settle: Any) -> None:
    (period,) = open_periods(NOW).values()
    settle()
    usual = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW).addressee
    open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết",
        letter="12-CV/BCĐ ngày 02/6/2026",
        cut_off=dt.date(2026, 6, 14),
        due_on=dt.date(2026, 6, 16),
    )
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    body = report.basis[3].partition(" của ")[2]
    assert set(report.addressee) == {*usual, body}
    assert official_document(report).addressee == report.addressee
    given = addressees_given(["- Ban Chỉ đạo tỉnh Minh Họa;", "", "Sở Nội vụ."])
    assert given == ("Ban Chỉ đạo tỉnh Minh Họa", "Sở Nội vụ")
    assert refused(BadInput, addressees_given, lines=["A"] * 99).field == "addressee"
