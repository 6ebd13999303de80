"""The pages of papers on disclosure: the report to the People's Council, and what was sent."""

from __future__ import annotations

import re
import uuid

import pytest

from danchu.civic.disclosure.models import CouncilReport, CouncilSession, Dispatch
from danchu.civic.disclosure.selectors import Quarter
from tests.civic.disclosure.made import HEADQUARTERS, publish, publish_register_now

REPORT = "/office/cong-khai/bao-cao/"
SENT_BEFORE = "đã được gửi trước đó với nội dung khác"
KEYS = re.compile(r'name="client_key" value="([^"]+)"')


@pytest.fixture
def register(cast):
    """The published register of the second quarter: its page."""
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    made = publish_register_now(
        actor=cast.recorder_benmau, unit_id=cast.benmau, quarter=Quarter.read("2026-Q2")
    )
    return f"/office/cong-khai/van-ban/{made.record.public_id}/"


def test_sending_to_the_front_is_noted_with_day_and_way(cast, as_person, register):
    client = as_person(cast.recorder_benmau)
    assert "Chưa ghi lần gửi nào" in client.get(register).content.decode()
    typed = {
        "client_key": str(uuid.uuid4()),
        "recipient": "front",
        "sent_on": "10/06/2026",
        "way": "paper",
        "number": "25/UBND-VP",
    }
    wrong = client.post(f"{register}gui/", {**typed, "sent_on": "09/06/2026"})
    page = wrong.content.decode()
    assert wrong.status_code == 400 and "không thể gửi trước ngày đó" in page
    assert 'value="25/UBND-VP"' in page and 'value="09/06/2026"' in page
    assert client.post(f"{register}gui/", {}).status_code == 400
    assert not Dispatch.objects.exists()
    for _twice in range(2):
        assert client.post(f"{register}gui/", typed).status_code == 302
    assert Dispatch.objects.count() == 1
    page = client.get(register).content.decode()
    assert "Ủy ban Mặt trận Tổ quốc: 10/06/2026, giao trực tiếp bản giấy, 25/UBND-VP" in page
    assert "Đã gửi Mặt trận Tổ quốc ngày 10/06/2026." in (
        client.get("/office/cong-khai/danh-muc/").content.decode()
    )
    sent = Dispatch.objects.get().record.public_id
    cancel = f"{register}gui/{sent}/huy/"
    assert as_person(cast.viewer_benmau).post(cancel, {"reason": "x"}).status_code == 403
    assert as_person(cast.leader_benmau).post(cancel, {"reason": ""}).status_code == 400
    assert as_person(cast.leader_benmau).post(cancel, {"reason": "Nhầm"}).status_code == 302
    assert "Chưa ghi lần gửi nào" in client.get(register).content.decode()


def test_only_who_reads_the_records_opens_a_paper(cast, as_person, register):
    for reads in (cast.recorder_benmau, cast.viewer_benmau, cast.committee_minhhoa):
        assert as_person(reads).get(register).status_code == 200
    for does_not in (cast.recorder_caumau, cast.outsider, cast.committee_maunguyen):
        for tail in ("", "tai/?dang=pdf"):
            assert as_person(does_not).get(register + tail).status_code == 404
    viewer = as_person(cast.viewer_benmau)
    assert viewer.post(f"{register}gui/", {"recipient": "front"}).status_code == 403
    client = as_person(cast.recorder_benmau)
    for fmt, begins in (("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")):
        assert client.get(f"{register}tai/?dang={fmt}").content.startswith(begins)
    assert client.get(f"{register}tai/?dang=odt").status_code == 400


def test_a_published_register_is_cancelled_with_a_reason(cast, as_person, register):
    leader = as_person(cast.leader_benmau)
    assert leader.post(f"{register}huy/", {"reason": " "}).status_code == 400
    assert leader.post(f"{register}huy/", {"reason": "Thiếu nội dung"}).status_code == 302
    assert "Thiếu nội dung" in leader.get(register).content.decode()
    page = as_person(cast.recorder_benmau).get("/office/cong-khai/danh-muc/").content.decode()
    assert "Xem lại để công khai" in page


def test_the_report_is_looked_at_settled_and_taken_along(cast, as_person, register):
    client = as_person(cast.recorder_benmau)
    page = client.get(REPORT).content.decode()
    assert "6 tháng đầu năm 2026" in page and "Kỳ này đến 30/06/2026 mới hết" in page
    assert "0 nhận, 0 đã trả lời, 0 quá hạn" in page
    draft = client.get(f"{REPORT}tai/?ky=2026H1&dang=pdf")
    assert draft.content.startswith(b"%PDF")
    typed = {"client_key": str(uuid.uuid4()), "number": "120/BC-UBND"}
    wrong = client.post(f"{REPORT}?ky=2026H1", {**typed, "number": "một hai"})
    assert wrong.status_code == 400 and 'value="một hai"' in wrong.content.decode()
    asked = client.post(f"{REPORT}?ky=2026H1", typed)
    page = asked.content.decode()
    assert asked.status_code == 400 and "đến ngày 30/06/2026 mới hết" in page
    assert 'name="early"' in page and 'value="120/BC-UBND"' in page
    assert not CouncilReport.objects.exists()
    typed["early"] = "on"
    made = client.post(f"{REPORT}?ky=2026H1", typed)
    assert client.post(f"{REPORT}?ky=2026H1", typed).url == made.url
    assert CouncilReport.objects.count() == 1
    page = client.get(made.url).content.decode()
    assert "120/BC-UBND" in page and "chốt ngày 10/06/2026" in page
    for fmt, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        assert client.get(f"{made.url}tai/?dang={fmt}").content.startswith(begins)
    assert client.get(f"{made.url}tai/?dang=xlsx").status_code == 404
    assert "Báo cáo đã chốt ngày 10/06/2026" in client.get(REPORT).content.decode()


def test_a_report_sent_with_the_key_of_another_is_told_of_and_settled_at_the_second_press(
    cast, as_person
):
    client = as_person(cast.recorder_benmau)
    typed = {"client_key": str(uuid.uuid4()), "number": "95/BC-UBND"}
    assert client.post(f"{REPORT}?ky=2025", typed).status_code == 302
    back = {**typed, "number": "120/BC-UBND", "early": "on"}
    told = client.post(f"{REPORT}?ky=2026H1", back)
    page = told.content.decode()
    assert told.status_code == 400 and SENT_BEFORE in page
    assert 'value="120/BC-UBND"' in page and CouncilReport.objects.count() == 1
    session, settle = KEYS.findall(page)
    assert typed["client_key"] not in (session, settle)
    made = client.post(f"{REPORT}?ky=2026H1", {**back, "client_key": settle})
    assert made.status_code == 302 and "120/BC-UBND" in client.get(made.url).content.decode()
    # One that stands already is not settled anew: its form is gone, the reason is told all the same.
    again = client.post(f"{REPORT}?ky=2026H1", {**back, "client_key": typed["client_key"]})
    page = again.content.decode()
    assert again.status_code == 400 and SENT_BEFORE in page and 'name="number"' not in page
    assert CouncilReport.objects.count() == 2


def test_a_session_sent_with_the_key_of_another_is_told_of_and_noted_at_the_second_press(
    cast, as_person
):
    client = as_person(cast.recorder_benmau)
    typed = {"viec": "ky-hop", "client_key": str(uuid.uuid4()), "on": "15/07/2026"}
    assert client.post(REPORT, typed).status_code == 302
    another = {**typed, "on": "10/12/2026"}
    told = client.post(REPORT, another)
    page = told.content.decode()
    assert told.status_code == 400 and SENT_BEFORE in page and 'value="10/12/2026"' in page
    session, settle = KEYS.findall(page)
    assert typed["client_key"] not in (session, settle)
    assert client.post(REPORT, {**another, "client_key": session}).status_code == 302
    assert CouncilSession.objects.count() == 2
    # A day that is wrong keeps its key, and lends it to no other form.
    given = str(uuid.uuid4())
    wrong = client.post(REPORT, {**another, "client_key": given, "on": "10/12/2028"})
    session, settle = KEYS.findall(wrong.content.decode())
    assert session == given != settle


def test_a_nul_in_the_forms_of_the_council_is_told_beside_the_field(cast, as_person):
    client = as_person(cast.recorder_benmau)
    session = {"viec": "ky-hop", "client_key": str(uuid.uuid4()), "on": "15/07\x00/2026"}
    answer = client.post(REPORT, session)
    page = answer.content.decode()
    assert answer.status_code == 400 and "Ghi ngày, tháng, năm bằng số" in page
    assert 'value="15/07\ufffd/2026"' in page
    number = {"client_key": str(uuid.uuid4()), "number": "120\x00/BC-UBND"}
    answer = client.post(f"{REPORT}?ky=2025", number)
    page = answer.content.decode()
    assert answer.status_code == 400 and "ký tự không đọc được" in page
    assert 'value="120\ufffd/BC-UBND"' in page
    assert not CouncilSession.objects.exists() and not CouncilReport.objects.exists()
    assert client.post(REPORT, {**session, "on": "15/07/2026"}).status_code == 302


def test_who_may_not_settle_the_report_and_what_is_no_period(cast, as_person):
    viewer = as_person(cast.viewer_benmau)
    assert viewer.get(REPORT).status_code == 200
    assert viewer.post(f"{REPORT}?ky=2026H1", {}).status_code == 400
    assert as_person(cast.recorder_caumau).get(f"{REPORT}?don-vi=9A001").status_code == 404
    assert as_person(cast.outsider).get(REPORT).status_code == 403
    workplace = as_person(cast.workplace_officer)
    assert workplace.get(REPORT).status_code == 400, "it has no People's Council"
    assert REPORT not in workplace.get("/office/cong-khai/danh-muc/").content.decode()
    client = as_person(cast.recorder_benmau)
    for wrong in ("ky=2026Q1", "ky=2026H2", "ky=x", "la=1"):
        assert client.get(f"{REPORT}?{wrong}").status_code == 400, wrong
    assert not CouncilReport.objects.exists()


def test_the_day_of_a_session_is_written_down_and_says_when_the_report_is_due(cast, as_person):
    client = as_person(cast.recorder_benmau)
    page = client.get(REPORT).content.decode()
    assert "Chưa ghi kỳ họp nào nên chưa biết hạn báo cáo" in page
    ledger = "/office/nghia-vu/"
    assert "Chưa biết hạn" in client.get(ledger, follow=True).content.decode()
    typed = {"viec": "ky-hop", "client_key": str(uuid.uuid4()), "on": "15/07/2026"}
    wrong = client.post(REPORT, {**typed, "on": "15/07/2028"})
    assert wrong.status_code == 400 and 'value="15/07/2028"' in wrong.content.decode()
    assert not CouncilSession.objects.exists() and not CouncilReport.objects.exists()
    for _twice in range(2):
        assert client.post(REPORT, typed).status_code == 302
    page = client.get(REPORT).content.decode()
    assert "Kỳ họp ngày 15/07/2026" in page and "từ 14/04/2026 đến 15/07/2026" in page
    assert "Chưa biết hạn" not in client.get(ledger, follow=True).content.decode()
    session = CouncilSession.objects.get()
    cancel = f"{REPORT}ky-hop/{session.record.public_id}/huy/"
    assert as_person(cast.viewer_benmau).post(cancel, {"reason": "Dời"}).status_code == 403
    assert as_person(cast.leader_caumau).post(cancel, {"reason": "Dời"}).status_code == 404
    leader = as_person(cast.leader_benmau)
    empty = leader.post(cancel, {"reason": ""}, follow=True).content.decode()
    assert "Nêu lý do hủy" in empty and "Kỳ họp ngày" in empty
    moved = leader.post(cancel, {"reason": "Dời ngày"}, follow=True).content.decode()
    assert "Chưa ghi kỳ họp nào" in moved
