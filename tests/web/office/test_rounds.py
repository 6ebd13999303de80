"""The board of a round and the page of the frozen report, sent as browsers and others send them."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from danchu.core.clock import on_day
from danchu.reporting.reviews.frozen_data import document_of
from danchu.reporting.reviews.frozen_files import kept_data
from danchu.reporting.reviews.models import FrozenReport, SigningStep
from danchu.reporting.rounds.models import Round, Submission
from danchu.reporting.rounds.services import submit
from tests.cast import TODAY
from tests.making import hold
from tests.reporting.folding import open_periods

PERIOD = "nd09:2026H1"
KNOWN = ["period_runs", "figures_missing", "not_assessed", "findings_issued_before"]
BOARD = f"/office/bao-cao/9A/{PERIOD}/dot/"
FROZEN = f"/office/bao-cao/9A001/{PERIOD}/ban-chot/"


@pytest.fixture
def ready(cast, settle):
    open_periods(PERIOD, "nd09:2025H1")  # and the one it is compared with
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    settle()
    return cast


def test_the_board_is_for_who_reads_the_reports_of_who_opened_it(cast, as_person, opened):
    for person, status in (
        (cast.committee_minhhoa, 200),
        (cast.viewer, 200),
        (cast.reporter_benmau, 403),
        (cast.committee_maunguyen, 403),
        (cast.outsider, 403),
    ):
        assert as_person(person).get(BOARD).status_code == status, person
    page = as_person(cast.viewer).get(BOARD).content.decode()
    assert "Đóng đợt" not in page and "Trả lại" not in page
    assert "</span>phường, " in page or "</span>phường</td>" in page
    english = as_person(cast.viewer).get(f"/en{BOARD}").content.decode()
    assert "</span>ward, " in english or "</span>ward</td>" in english
    assert as_person(cast.committee_minhhoa).get(BOARD.replace("9A/", "9B/")).status_code == 403
    none = "/office/bao-cao/9A/nd09:2025H2/dot/"
    assert as_person(cast.committee_minhhoa).get(none).status_code == 404


def test_a_unit_whose_file_was_returned_is_told_as_one_that_handed_in(
    cast, as_person, opened, settle
):
    client = as_person(cast.committee_minhhoa)
    overview = f"/office/toan-canh/9A/{PERIOD}/"
    assert "0/2 đơn vị phải báo cáo đã nộp</h2>" in client.get(BOARD).content.decode()
    sent = submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    assert "1/2 đơn vị phải báo cáo đã nộp</h2>" in client.get(BOARD).content.decode()
    given = {
        "viec": "tra",
        "ban-nop": sent.pk,
        "ly-do": "Thiếu thuyết minh",
        "da-thay": "submitted",
    }
    assert client.post(BOARD, given).status_code == 302
    settle()
    page = client.get(BOARD).content.decode()
    assert "1/2 đơn vị phải báo cáo đã nộp, 1 bị trả lại, chưa nộp lại</h2>" in page
    assert "trong đó bị trả lại, chưa nộp lại: <b>1</b>" in page
    above = client.get(overview).content.decode()
    assert "<b>1/2</b> đơn vị đã nộp, 1 bị trả lại, chưa nộp lại." in above
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    assert "1/2 đơn vị phải báo cáo đã nộp</h2>" in client.get(BOARD).content.decode()


def test_a_refusal_on_the_board_keeps_what_was_typed(cast, as_person, opened):
    sent = submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    client = as_person(cast.committee_minhhoa)
    answer = client.post(BOARD, {"viec": "tra", "ban-nop": sent.pk, "ly-do": "x" * 501})
    assert answer.status_code == 400
    assert "x" * 501 in answer.content.decode()
    assert Submission.objects.get(pk=sent.pk).state == "submitted"
    for wrong in (
        {"viec": "dong", "don-vi": [cast.caumau]},  # one waits to be looked at
        {"viec": "dong", "don-vi": ["không"]},
        {"viec": "nhan", "ban-nop": "9" * 30},
        {"viec": "nhan"},
        {"viec": "mo-lai", "ly-do": "Đính chính"},
        {},
    ):
        assert client.post(BOARD, wrong).status_code == 400, wrong
    assert client.post(BOARD, {"viec": "nhan", "ban-nop": sent.pk}).status_code == 302
    unseen = client.post(BOARD, {"viec": "dong", "don-vi": [cast.caumau]})
    assert unseen.status_code == 400
    closed = client.post(BOARD, {"viec": "dong", "don-vi": [cast.caumau], "da-xem": "1"})
    assert closed.status_code == 302
    assert Round.objects.get().closed_at is not None
    # A late hand-in meets a closed door with the reason.
    late = as_person(cast.reporter_benmau).post(f"/office/bao-cao/9A001/{PERIOD}/nop/")
    assert late.status_code in (400, 409)
    assert "đã đóng" in late.content.decode()
    assert as_person(cast.viewer).post(BOARD, {"viec": "mo-lai"}).status_code == 400
    assert Round.objects.get().closed_at is not None


def test_the_frozen_page_is_for_who_reads_the_report_and_acts_for_who_may(ready, as_person):
    for person, status in (
        (ready.reporter_benmau, 200),
        (ready.viewer_benmau, 200),
        (ready.committee_minhhoa, 200),
        (ready.reporter_caumau, 403),
        (ready.outsider, 403),
    ):
        assert as_person(person).get(FROZEN).status_code == status, person
    freeze = {"viec": "chot", "lan-dau": "1", "da-xem": KNOWN}
    assert as_person(ready.viewer_benmau).post(FROZEN, freeze).status_code == 403
    assert not FrozenReport.objects.exists()
    client = as_person(ready.reporter_benmau)
    assert client.post(FROZEN, {"viec": "chot", "lan-dau": "1"}).status_code == 400
    assert client.post(FROZEN, freeze).status_code == 302
    twice = client.post(FROZEN, freeze)
    assert twice.status_code == 409
    assert "đang chờ ký" in twice.content.decode()
    task = "Ghi số và ban hành: báo cáo 6 tháng đầu năm 2026 đã chốt, chờ ký"
    assert task in as_person(ready.leader_benmau).get("/office/").content.decode()
    frozen = FrozenReport.objects.get()
    issue = {
        "viec": "ban-hanh",
        "ban-chot": frozen.pk,
        "ban-hanh-number": "05",
        "ban-hanh-issued_on": TODAY.strftime("%d/%m/%Y"),
        "ban-hanh-authority": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH",
        "ban-hanh-post": "PHÓ CHỦ TỊCH",
        "ban-hanh-signer_name": "Người Ký Mẫu",
    }
    assert client.post(FROZEN, issue).status_code == 403
    leader = as_person(ready.leader_benmau)
    wrong = leader.post(FROZEN, {**issue, "ban-hanh-number": "số năm"})
    assert wrong.status_code == 400
    assert "Người Ký Mẫu" in wrong.content.decode()
    assert FrozenReport.objects.get().state == "frozen"
    assert leader.post(FROZEN, issue).status_code == 302
    assert FrozenReport.objects.get().state == "issued"
    assert "05/BC-UBND" in leader.get(FROZEN).content.decode()


def test_recipients_are_written_one_a_line_and_kept_with_the_paper(ready, as_person):
    client = as_person(ready.reporter_benmau)
    page = client.get(FROZEN).content.decode()
    assert "Ủy ban MTTQ Việt Nam xã" in page  # the usual ones are offered
    sent = {
        "viec": "chot",
        "lan-dau": "1",
        "da-xem": KNOWN,
        "chot-recipients": "Như trên\n- Phòng Văn hóa - Xã hội;\n\nLưu: VT, VHXH.",
    }
    assert client.post(FROZEN, {**sent, "chot-recipients": "x" * 201}).status_code == 400
    assert client.post(FROZEN, sent).status_code == 302
    frozen = FrozenReport.objects.get()
    document = document_of(kept_data(frozen))
    assert document.recipients == ("Như trên", "Phòng Văn hóa - Xã hội", "Lưu: VT, VHXH")
    read = client.get(f"{FROZEN}{frozen.pk}/html/")
    assert "- Lưu: VT, VHXH." in read.content.decode()


def test_a_paper_of_the_party_is_signed_without_k_t(ready, as_person):
    page = FROZEN.replace("9A001", "9A")
    client = as_person(ready.committee_minhhoa)
    assert client.post(page, {"viec": "chot", "lan-dau": "1", "da-xem": KNOWN}).status_code == 302
    frozen = FrozenReport.objects.get()
    leader = as_person(ready.leader_minhhoa)
    text = leader.get(page).content.decode()
    assert "PHÓ TRƯỞNG BAN" in text and "không ghi K/T" in text
    assert "ỦY BAN NHÂN DÂN; cấp phó" not in text
    issue = {
        "viec": "ban-hanh",
        "ban-chot": frozen.pk,
        "ban-hanh-number": "05",
        "ban-hanh-issued_on": TODAY.strftime("%d/%m/%Y"),
        "ban-hanh-authority": "T/M BAN CHỈ ĐẠO\nK/T TRƯỞNG BAN",
        "ban-hanh-post": "PHÓ TRƯỞNG BAN",
        "ban-hanh-signer_name": "Người Ký Mẫu",
    }
    wrong = leader.post(page, issue)
    assert wrong.status_code == 400 and "không ghi K/T" in wrong.content.decode()
    right = {**issue, "ban-hanh-authority": "T/M BAN CHỈ ĐẠO"}
    assert leader.post(page, right).status_code == 302
    assert "05-BC/BCĐ" in leader.get(page).content.decode()


def test_what_is_sent_wrong_is_told_and_changes_nothing(ready, as_person):
    client = as_person(ready.reporter_benmau)
    client.post(FROZEN, {"viec": "chot", "lan-dau": "1", "da-xem": KNOWN})
    frozen = FrozenReport.objects.get()
    day = TODAY.strftime("%d/%m/%Y")
    for wrong in (
        {"viec": "xoa"},
        {},
        {"viec": "buoc", "ban-chot": frozen.pk, "buoc-kind": "draft", "buoc-done_on": "31/02/2026"},
        {"viec": "buoc", "ban-chot": frozen.pk, "buoc-kind": "stamp", "buoc-done_on": day},
        {"viec": "buoc", "ban-chot": 10**9, "buoc-kind": "draft", "buoc-done_on": day},
        {"viec": "thu-hoi", "ban-chot": frozen.pk, "thu-hoi-reason": " "},
        {"viec": "nhan-lai", "ban-chot": frozen.pk, "nhan-lai-kind": "signed"},
        {
            "viec": "nhan-lai",
            "ban-chot": frozen.pk,
            "nhan-lai-kind": "signed",
            "nhan-lai-file": io.BytesIO(b"MZ"),
        },
    ):
        assert client.post(FROZEN, wrong).status_code in (400, 409), wrong
    assert not SigningStep.objects.exists()
    assert FrozenReport.objects.get().state == "frozen"
    for fmt, status in (("docx", 200), ("pdf", 200), ("xlsx", 404)):
        assert client.get(f"{FROZEN}{frozen.pk}/{fmt}/").status_code == status
    other = as_person(ready.reporter_caumau).get(f"{FROZEN}{frozen.pk}/pdf/")
    assert other.status_code == 403
    assert client.get(f"{FROZEN}{10**9}/pdf/").status_code == 404


def test_the_pages_take_few_queries(ready, as_person, opened, django_assert_max_num_queries):
    client = as_person(ready.committee_minhhoa)
    client.get(BOARD)
    with django_assert_max_num_queries(12):
        client.get(BOARD)


def test_a_round_is_opened_with_a_day_for_each_level_and_its_dates_are_changed_with_a_reason(
    cast, as_person
):
    committee = as_person(cast.committee_minhhoa)
    opening = f"/office/bao-cao/mo-dot/{PERIOD}/"
    blank = committee.get(opening).content.decode()
    for name, day in (("due_below", "15"), ("due_on", "16"), ("due_province", "19")):
        assert f'name="{name}" value="{day}/06/2026"' in blank, name
    typed = {
        "title": "Đợt thử",
        "cut_off": "14/06/2026",
        "due_below": "15/06/2026",
        "due_on": "17/06/2026",
        "due_province": "22/06/2026",
        "locks_on": "20/06/2026",
    }
    wrong = committee.post(opening, {**typed, "due_below": "18/06/2026"})
    assert wrong.status_code == 400
    text = wrong.content.decode()
    assert "Cấp dưới nộp 18/06/2026, sau hạn 17/06/2026 của cấp trên" in text
    assert 'id="id_due_below-error"' in text or "due_below" in text.split("Cấp dưới nộp")[0]
    assert committee.post(opening, {**typed, "due_on": ""}).status_code == 400
    assert committee.post(opening, typed).status_code == 302
    found = Round.objects.get()
    assert (found.due_on.day, found.locks_on.day) == (17, 20)
    assert {e.due_on.day for e in found.expected.all()} == {17}
    # A commune's round is offered what the province set for it.
    below = committee.get(f"{opening}?don-vi=9A001").content.decode()
    assert 'name="due_village" value="15/06/2026"' in below
    assert 'name="due_commune" value="17/06/2026"' in below
    days = {
        "due_village": "15/06/2026",
        "due_agency": "16/06/2026",
        "due_workplace": "16/06/2026",
        "due_commune": "17/06/2026",
    }
    sent = {"title": "Số liệu của thôn", "cut_off": "14/06/2026", **days}
    assert committee.post(f"{opening}?don-vi=9A001", sent).status_code == 302

    with on_day(dt.date(2026, 6, 16)):
        page = as_person(cast.viewer).get(BOARD).content.decode()
        count = Round.objects.get(unit_id=cast.benmau).expected.count()
        assert f"cấp dưới của xã: {count}/{count} đơn vị chưa nộp, 5 quá hạn" in page
        assert "Khóa nhập sau ngày 20/06/2026" in page and "Đổi hạn" not in page
        below = committee.get(BOARD.replace("9A/", "9A001/")).content.decode()
        assert below.count("quá 1 ngày") == 5
        change = {"viec": "doi-han", **typed, "due_on": "18/06/2026", "locks_on": ""}
        no_reason = committee.post(BOARD, change)
        assert no_reason.status_code == 400 and 'value="18/06/2026"' in no_reason.content.decode()
        early = committee.post(BOARD, {**change, "due_on": "12/06/2026", "reason": "Bão"})
        assert early.status_code == 400
        far = {**change, "due_on": "01/01/2199", "reason": "Bão"}
        too_far = committee.post(BOARD, far).content.decode()
        assert "Hạn nộp 01/01/2199 quá xa" in too_far and 'id="id_due_on_error"' in too_far
        locked = {**change, "locks_on": "20/06/2126", "reason": "Bão"}
        too_far = committee.post(BOARD, locked).content.decode()
        assert "khóa chậm nhất là 18/06/2027" in too_far and 'value="20/06/2126"' in too_far
        stranger = as_person(cast.viewer).post(BOARD, {**change, "reason": "Bão"})
        assert stranger.status_code == 403
        assert committee.post(BOARD, {**change, "reason": "Bão"}).status_code == 302
    found.refresh_from_db()
    assert (found.due_on.day, found.locks_on) == (18, None)


def test_the_board_tells_a_version_received_late(cast, as_person, opened):
    line = opened.expected.get(unit_id=cast.benmau)
    line.due_on = TODAY - dt.timedelta(days=4000)
    line.save()
    made = submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    client = as_person(cast.committee_minhhoa)
    assert "nộp quá hạn 4" in client.get(BOARD).content.decode()
    client.post(BOARD, {"viec": "nhan", "ban-nop": made.pk})
    assert "đã nhận, quá hạn 4" in client.get(BOARD).content.decode()
    page = client.get(f"/office/bao-cao/9A/{PERIOD}/").content.decode()
    assert "đã nhận, quá hạn 4" in page.lower()


def test_a_round_over_the_same_days_is_asked_about_and_opened_when_ticked(cast, as_person, opened):
    client = as_person(cast.committee_minhhoa)
    page = "/office/bao-cao/mo-dot/2026/"
    sent = {"title": "Cả năm", "cut_off": "31/12/2026", "due_on": "10/01/2027"}
    assert 'name="overlaps_seen"' not in client.get(page).content.decode()
    asked = client.post(page, sent)
    assert asked.status_code == 400
    assert (
        'name="overlaps_seen"' in asked.content.decode() and "trùng ngày" in asked.content.decode()
    )
    assert Round.objects.count() == 1
    assert client.post(page, sent | {"overlaps_seen": "on"}).status_code == 302
    assert Round.objects.count() == 2
