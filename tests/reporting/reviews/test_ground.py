"""One rule for a whole report: versions that stand, or records; and the report says which."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.core.calendar.models import Period
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.reporting.figures.services import confirm_states
from danchu.reporting.reviews.compose import Report, compose
from danchu.reporting.reviews.figure_page import figure_page
from danchu.reporting.reviews.ground import annex_words
from danchu.reporting.reviews.layers import chosen_values
from danchu.reporting.reviews.readiness import readiness, readiness_at_a_glance
from danchu.reporting.rounds.services import open_round, return_submission, submit
from danchu.reporting.rounds.signed_words import standing_words
from tests.cast import Cast
from tests.making import hold, receive, work
from tests.reporting.folding import open_periods
from tests.reporting.readings import take_in

NOW = "nd09:2026H1"


@pytest.fixture
def asked(cast: Cast) -> Any:
    """A round of the province over its two communes, both of which have worked."""
    (period,) = open_periods(NOW).values()
    found = open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Đợt báo cáo",
        cut_off=period.end,
        due_on=period.end,
    )
    hold(cast.recorder_benmau, cast.benmau)
    hold(cast.recorder_caumau, cast.caumau)
    receive(cast.recorder_caumau, cast.caumau, visits=37)  # Bến Mẫu has received nobody
    return found


def province(cast: Cast, **more: Any) -> Report:
    return compose(viewer=cast.viewer, code="9A", period_code=NOW, **more)


def texts(report: Report) -> dict[str, tuple[str, str]]:
    return {f.key: (f.layer, f.text) for f in report.figures if f.has_value}


def test_before_anything_is_handed_in_every_figure_comes_from_records(
    cast: Cast, asked: Any, settle: Any
) -> None:
    settle()
    report = province(cast)
    assert {layer for layer, _ in texts(report).values()} == {"recorded"}
    assert texts(report)["dialogues_held"] == ("recorded", "2")
    assert report.opening[0].text.startswith("Thực hiện Chỉ thị số 30-CT/TW")
    assert report.opening[1].text == (
        "Số liệu tạm tính từ hồ sơ công việc của 02/02 xã, phường, do chưa đơn vị nào nộp số liệu "
        "(Phụ lục 1). Số liệu tính đến ngày 10/6/2026, kỳ báo cáo chưa kết thúc."
    )
    assert annex_words(report.ground, "vi") == (
        "Chưa có đơn vị nào trong 02 xã, phường nộp số liệu. Số liệu trong báo cáo tạm tính từ "
        "hồ sơ công việc của 02 đơn vị, cho đến khi có đơn vị nộp."
    )
    # The rows under the sum are of the same layer.
    dialogue = next(a for a in report.annexes if "Cuộc đối thoại" in a.columns)
    column = dialogue.columns.index("Cuộc đối thoại") + 1
    assert [row[column] for row in (*dialogue.rows, dialogue.total)] == ["1", "1", "2"]


def test_from_the_first_version_on_nothing_comes_from_records_of_those_below(
    cast: Cast, asked: Any, settle: Any
) -> None:
    submit(actor=cast.reporter_benmau, round_id=asked.pk, unit_id=cast.benmau)
    hold(cast.recorder_benmau, cast.benmau)  # after the version: not in it
    work(OPERATOR, cast.minhhoa)  # the province's own classes
    settle()
    report = province(cast)
    assert {layer for layer, _ in texts(report).values()} == {"reported"}
    assert texts(report)["dialogues_held"] == ("reported", "1")
    # Only Cầu Mẫu received citizens, and it has handed in nothing: no figure, not its records.
    assert "citizens_received" not in texts(report)
    assert report.opening[1].text.startswith(
        "Số liệu tổng hợp từ 01/02 xã, phường đã nộp, trong đó 01 đơn vị chưa được kiểm tra; danh "
        "sách đơn vị chưa nộp tại Phụ lục 1."
    )
    dialogue = next(a for a in report.annexes if "Cuộc đối thoại" in a.columns)
    column = dialogue.columns.index("Cuộc đối thoại") + 1
    assert [row[column] for row in (*dialogue.rows, dialogue.total)] == ["1", "", "1"]
    assert dialogue.absent == ("", "chưa nộp")  # said once, not in every cell
    assert dialogue.total[0] == "Tổng số (01/02 đơn vị)"
    # What the province did itself is told apart and not lost.
    own = {(line.unit, line.meaning.key): line.text for line in report.own}
    assert own == {
        ("tỉnh Minh Họa", "trainings_held"): "2",
        ("tỉnh Minh Họa", "training_participants"): "70",
    }
    assert "trainings_held" not in texts(report)
    page = figure_page(cast.viewer, "9A", NOW, "dialogues_held")
    assert page.figure is not None
    assert page.figure.layer == "reported"
    assert [(line.unit.code, line.text) for line in page.below] == [("9A001", "1")]
    assert page.evidence.total == 0
    # The commune's own report says what it signed; what it recorded since stands beside it.
    mine = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    assert texts(mine)["dialogues_held"] == ("reported", "1")
    (held,) = [figure for figure in mine.figures if figure.key == "dialogues_held"]
    assert held.is_own and held.beside is not None
    assert (held.beside.layer, held.beside.text) == ("recorded", "2")
    assert not mine.own


def test_what_communes_did_is_not_told_as_done_by_the_province(
    cast: Cast, asked: Any, settle: Any
) -> None:
    work(cast.recorder_benmau, cast.benmau, kind="documents_issued", number=3, people=None)
    settle()

    def said(report: Report) -> str:
        return "\n".join(p.text for s in report.sections for p in s.paragraphs)

    assert "Ban hành 03 văn bản" in said(province(cast))  # its own offices' may be among them
    submit(actor=cast.reporter_benmau, round_id=asked.pk, unit_id=cast.benmau)
    settle()
    assert "Theo số liệu của 01/02 xã, phường đã nộp: ban hành 03 văn bản" in said(province(cast))
    assert "3 document" in said(province(cast, language="en"))
    # All of it is of one of two, as the opening says: no paragraph says so again.
    assert "Số liệu của 01/02" not in said(province(cast))
    submit(actor=cast.reporter_caumau, round_id=asked.pk, unit_id=cast.caumau)
    settle()
    # Both handed in, and only one has documents to tell.
    assert "Theo số liệu của 01/02 xã, phường: ban hành 03 văn bản" in said(province(cast))
    mine = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    assert "Ban hành 03 văn bản" in said(mine)


def test_a_returned_version_does_not_stand(cast: Cast, asked: Any, settle: Any) -> None:
    made = submit(actor=cast.reporter_benmau, round_id=asked.pk, unit_id=cast.benmau)
    period = Period.objects.get(code=NOW)
    standing = {cast.minhhoa: "province"}
    assert standing_words(cast.viewer, standing, period) == {cast.minhhoa: (2, 2)}
    assert standing_words(NOBODY, standing, period) == {}
    return_submission(actor=cast.committee_minhhoa, submission_id=made.pk, reason="Thiếu số")
    settle()
    assert standing_words(cast.viewer, standing, period) == {}
    report = province(cast)
    assert {layer for layer, _ in texts(report).values()} == {"recorded"}
    assert report.ground.rests_on == "records"
    assert report.ground.handed_in == 0
    # Cầu Mẫu never handed anything in: nothing of it was returned.
    told = "do 01 đơn vị được trả lại số liệu để chỉnh sửa và 01 đơn vị chưa nộp"
    assert told in report.opening[1].text
    assert "chưa đơn vị nào nộp" not in report.opening[1].text
    assert annex_words(report.ground, "vi").startswith(
        "01/02 xã, phường đã nộp, được trả lại để chỉnh sửa, chưa nộp lại; 01 đơn vị chưa nộp."
    )
    submit(actor=cast.reporter_benmau, round_id=asked.pk, unit_id=cast.benmau)
    submit(actor=cast.reporter_caumau, round_id=asked.pk, unit_id=cast.caumau)
    settle()
    full = province(cast)
    assert full.opening[1].text.startswith(
        "Số liệu tổng hợp từ 02/02 xã, phường đã nộp, trong đó 02 đơn vị chưa được kiểm tra. "
    )
    assert texts(full)["citizens_received"] == ("reported", "37")


def test_a_word_of_the_province_is_not_asked_where_only_versions_count(
    cast: Cast, asked: Any, settle: Any
) -> None:
    settle()
    before = readiness(cast.viewer, province(cast))
    assert before.open
    assert not before.below
    submit(actor=cast.reporter_benmau, round_id=asked.pk, unit_id=cast.benmau)
    settle()
    found = readiness(cast.viewer, province(cast))
    period = Period.objects.get(code=NOW)
    assert found.open == ()
    assert found.below > 0
    assert found.total == before.total
    glance = readiness_at_a_glance(cast.viewer, cast.minhhoa, "province", period)
    assert (glance.below, glance.settled) == (found.below, found.settled)
    assert readiness_at_a_glance(cast.viewer_benmau, cast.benmau, "commune", period).open


def test_a_published_report_fills_gaps_of_records_and_is_named(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    (period,) = open_periods(NOW).values()
    take_in(monkeypatch, cast.reporter_benmau, cast.benmau, period=NOW, public=True, confirm=True)
    settle()
    only = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    assert only.opening[0].text.startswith("Ủy ban nhân dân xã Bến Mẫu báo cáo")
    assert only.opening[1].text.startswith("Số liệu lấy từ nội dung đã công bố.")
    receive(cast.recorder_benmau, cast.benmau, visits=3)
    settle()
    both = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    assert {layer for layer, _ in texts(both).values()} == {"recorded", "stated"}
    assert both.opening[1].text.startswith("Số liệu tính từ hồ sơ công việc và nội dung đã công bố")
    # What was withdrawn from the records does not come back from a version handed in before.
    assert (
        chosen_values(cast.viewer_benmau, cast.benmau, "commune", period)["citizens_received"].layer
        == "recorded"
    )


def test_a_confirmed_word_below_goes_up_with_the_version(
    cast: Cast, asked: Any, settle: Any
) -> None:
    period = Period.objects.get(code=NOW)
    confirm_states(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        period=period,
        keys=["trainings_held"],
        state="zero",
    )
    submit(actor=cast.reporter_benmau, round_id=asked.pk, unit_id=cast.benmau)
    settle()
    assert texts(province(cast))["trainings_held"] == ("reported", "0")


def test_the_closing_names_whom_the_committee_reports_to(cast: Cast, asked: Any) -> None:
    closing = province(cast).closing[0].text
    assert closing.endswith("báo cáo Thường trực Tỉnh ủy Minh Họa để theo dõi, chỉ đạo.")
    # One that has named nobody leaves no gap.
    other = compose(viewer=OPERATOR, code="9B", period_code=NOW, layout="party")
    assert other.closing[0].text.endswith("báo cáo để theo dõi, chỉ đạo.")
