"""Việc hôm nay, and how many questions the lists ask."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override

from danchu.core.accounts.models import Installation
from danchu.core.law.services import confirm_rule
from danchu.reporting.figures.services import open_period
from danchu.reporting.reviews.freezing import freeze_report, issue_report
from danchu.reporting.reviews.models import FrozenReport
from danchu.reporting.rounds.closing import close_round, reopen_round
from danchu.reporting.rounds.services import open_round, submit
from danchu.web.design.templatetags.danchu import vdate
from danchu.web.office.words import task_title
from tests.cast import TODAY
from tests.making import hold, opinion_input


def test_the_day_shows_what_is_late_and_what_waits(cast, as_person, a_dialogue):
    page = as_person(cast.recorder_benmau).get("/office/").content.decode()
    assert "Công bố kết quả đối thoại" in page
    assert "Đường ngõ xóm ngập khi mưa." in page
    assert "Đường ngõ xóm ngập khi mưa." not in (
        as_person(cast.recorder_caumau).get("/office/").content.decode()
    )
    # A page that is not there leads, at the office's own address, to the person's account.
    elsewhere = as_person(cast.recorder_caumau).get("/office/?don-vi=9A001")
    assert (elsewhere.status_code, elsewhere.url) == (302, "/office/tai-khoan/")


def test_without_a_role_the_office_says_whom_to_ask(cast, as_person):
    answer = as_person(cast.outsider).get("/office/")
    assert answer.status_code == 403
    assert "người quản trị" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/office/", "/office/ghi-viec/", "/office/bao-cao/", "/office/ra-soat/"],
)
def test_a_list_asks_the_database_twelve_times_at_most(cast, as_person, a_dialogue, address):
    Installation.objects.create(mode="demo")
    client = as_person(cast.reporter_benmau)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= 12, "\n".join(query["sql"][:150] for query in asked)


def test_a_province_sees_what_waits_below_it_and_where(cast, as_person):
    late = opinion_input(due_on=TODAY - dt.timedelta(7))
    hold(cast.recorder_benmau, cast.benmau, late, "Hai.")
    above = as_person(cast.committee_minhhoa).get("/office/").content.decode()
    assert "đã được trả lời" not in above
    assert "2 ý kiến chờ trả lời ở tỉnh Minh Họa và các đơn vị bên dưới, 1 quá hạn." in above
    assert "Xã Bến Mẫu" in above
    elsewhere = as_person(cast.committee_maunguyen).get("/office/").content.decode()
    assert "Không có ý kiến nào chờ trả lời ở thành phố Mẫu Nguyên" in elsewhere
    assert "Xã Bến Mẫu" not in elsewhere


def test_one_opinion_has_one_number_of_days(cast, as_person):
    late = opinion_input(text="Bao giờ xong?", due_on=TODAY - dt.timedelta(7))
    hold(cast.recorder_benmau, cast.benmau, late)  # given 21 days ago
    page = as_person(cast.recorder_benmau).get("/office/").content.decode()
    assert page.count("Quá hạn 7 ngày") == 1  # as a task; the box does not list it again
    assert "1 ý kiến có trong danh sách việc." in page
    assert "21 ngày" not in page


def test_a_province_sees_rounds_to_open_versions_to_check_and_units_that_are_late(cast, as_person):
    committee = as_person(cast.committee_minhhoa)
    before = committee.get("/office/").content.decode()
    assert "/office/bao-cao/mo-dot/nd09:2026H1/?don-vi=9A" in before
    period = open_period("nd09:2026H1")
    made = open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết 2026",
        cut_off=dt.date(2026, 6, 5),
        due_on=dt.date(2026, 6, 8),
    )
    submit(actor=cast.reporter_benmau, round_id=made.pk, unit_id=cast.benmau)
    page = committee.get("/office/").content.decode()
    assert "/office/bao-cao/mo-dot/" not in page
    assert "1 bản nộp chờ kiểm tra. 1 đơn vị chậm nộp số liệu." in " ".join(page.split())
    assert "Xã Bến Mẫu nộp bản 1" in page
    assert "Quá hạn 2 ngày" in page
    other = as_person(cast.committee_maunguyen).get("/office/").content.decode()
    assert "Sơ kết 2026" not in other


def test_the_page_of_a_province_asks_as_little_as_the_others(cast, as_person):
    Installation.objects.create(mode="demo")
    hold(cast.recorder_benmau, cast.benmau, "Một.")
    client = as_person(cast.committee_minhhoa)
    client.get("/office/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/office/").status_code == 200
    assert len(asked) <= 12, "\n".join(query["sql"][:150] for query in asked)


def test_titles_of_tasks_are_in_the_language_of_the_page(cast, as_person, a_dialogue):
    client = as_person(cast.recorder_benmau)
    assert "Trả lời ý kiến: Đường ngõ xóm" in client.get("/office/").content.decode()
    with override("en"):
        assert (
            task_title("Nộp số liệu: Sơ kết: quý I") == f"{gettext('Nộp số liệu')}: Sơ kết: quý I"
        )
    assert task_title("Việc khác") == "Việc khác"


def test_a_closed_round_says_what_is_left_until_its_report_is_issued(cast, as_person, settle):
    period = open_period("nd09:2026H1")
    made = open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết 2026",
        cut_off=dt.date(2026, 6, 5),
        due_on=dt.date(2026, 6, 8),
    )
    hold(cast.recorder_benmau, cast.benmau)
    missing = [cast.benmau, cast.caumau]
    close_round(actor=cast.committee_minhhoa, round_id=made.pk, missing=missing)
    made.refresh_from_db()
    open_period("nd09:2025H1")  # which the report is held against
    settle()
    committee = as_person(cast.committee_minhhoa)

    def shown():
        return " ".join(committee.get("/office/").content.decode().split())

    page = shown()
    assert "/office/bao-cao/mo-dot/" not in page
    assert f"Đợt đã đóng ngày {vdate(made.closed_at)}. Còn: chốt, trình ký, ban hành." in page
    assert "Báo cáo đang chờ ký" not in page
    known = ("period_runs", "units_missing", "figures_missing", "not_assessed")
    freeze_report(actor=cast.committee_minhhoa, code="9A", period_code=period.code, known=known)
    page = shown()
    assert "Báo cáo đang chờ ký" in page and "Đợt đã đóng" not in page
    frozen_id = FrozenReport.objects.get().pk
    Installation.objects.create(mode="demo")
    shown()
    with CaptureQueriesContext(connection) as asked:
        shown()
    assert len(asked) <= 12, "\n".join(query["sql"][:150] for query in asked)
    issue_report(
        actor=cast.leader_minhhoa,
        frozen_id=frozen_id,
        number="05",
        issued_on=TODAY,
        authority="T/M BAN CHỈ ĐẠO",
        post="TRƯỞNG BAN",
        signer_name="Người Ký Mẫu",
    )
    page = shown()
    assert "Báo cáo đang chờ ký" not in page and "Đợt đã đóng" not in page
    # Closed once more, it is to be amended: what was issued does not settle the new closing.
    reopen_round(actor=cast.committee_minhhoa, round_id=made.pk, reason="Đính chính", units=[])
    close_round(actor=cast.committee_minhhoa, round_id=made.pk, missing=missing)
    assert "Còn: chốt, trình ký, ban hành." in shown()


def test_what_units_handed_in_is_not_called_summed_up_from_records(cast, as_person):
    above = as_person(cast.committee_minhhoa).get("/office/").content.decode()
    assert "Đã tự tổng hợp từ hồ sơ" not in above and "Đã có số liệu" in above
    commune = as_person(cast.reporter_benmau).get("/office/").content.decode()
    assert "Đã tự tổng hợp từ hồ sơ" in commune


def test_the_first_page_tells_what_the_ledger_and_the_matrix_have_overdue(cast, as_person):
    for key in ("xa_ck_13", "xa_ck_kh"):
        confirm_rule(
            actor=cast.legal_officer, key=key, on=TODAY, officer="Bùi", text_compared="12/VBHN"
        )
    hold(cast.recorder_benmau, cast.benmau, on=dt.date(2025, 12, 1))
    officer = as_person(cast.recorder_benmau)
    page = officer.get("/office/").content.decode()
    told = re.search(r"Sổ nghĩa vụ: (\d+) nghĩa vụ quá hạn hoặc thiếu hồ sơ", page)
    assert told is not None
    ledger = officer.get("/office/nghia-vu/9A001/").content.decode()
    assert f"<b>{told[1]}</b> nghĩa vụ có" in ledger
    assert "/office/nghia-vu/9A001/?tinh-trang=qua-han" in page
    above = as_person(cast.committee_minhhoa).get("/office/").content.decode()
    assert "1 đơn vị còn nội dung chưa công khai." in above
    assert "/office/cong-khai/ma-tran/9A/2026/" in above
    # Where nothing is overdue nothing is said.
    assert "Sổ nghĩa vụ:" not in as_person(cast.recorder_caumau).get("/office/").content.decode()
