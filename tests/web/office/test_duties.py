"""The pages of the ledger of duties: what they say, who opens them, how many queries they take."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.civic.dialogue.services import publish_result
from danchu.civic.disclosure.services import take_down
from danchu.civic.reception.services import add_schedule_line
from danchu.core.law.services import confirm_rule
from tests.cast import TODAY
from tests.civic.disclosure.made import HALL, HEADQUARTERS, publish
from tests.civic.reception.test_reception_services import LINE
from tests.making import hold, opinion_input, receive

PAGE = "/office/nghia-vu/9A001/"
D = dt.date


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def busy(cast: Any) -> Any:
    """Bến Mẫu with a dialogue whose result is late, one that is due, and some receptions."""
    late = hold(cast.recorder_benmau, cast.benmau, on=D(2026, 5, 4))
    hold(
        cast.recorder_benmau,
        cast.benmau,
        opinion_input(text="Bao giờ xong?", due_on=D(2026, 6, 15)),
        on=D(2026, 6, 5),
    )
    for day in (D(2026, 5, 6), D(2026, 5, 13)):
        receive(cast.recorder_benmau, cast.benmau, on=day, form="periodic", receiver="head")
    return late


def test_the_page_says_what_is_done_late_next_and_what_only_advises(
    cast: Any, as_person: Any, busy: Any
) -> None:
    page = text_of(as_person(cast.recorder_benmau).get(PAGE))
    assert "Sổ nghĩa vụ năm 2026: xã Bến Mẫu" in page
    assert (
        "<b>3</b> lần quá hạn hoặc thiếu hồ sơ." in page
    )  # three weeks of May and June without the chairman
    # A dialogue's result, and of disclosure the plan and what has to hang all the time.
    assert "<b>4</b> lần được nhắc, không tính là quá hạn." in page
    assert "Đơn vị ghi việc ở đây từ 04/05/2026; kỳ trước ngày đó không kết luận." in page
    assert "Từ nay đến hết tuần tới, 21/06/2026" in page
    assert "Trả lời ý kiến: Bao giờ xong?" in page
    assert "Chỉ nhắc:" in page and "đọc ở bản 2022, chưa đối chiếu bản hợp nhất" in page
    assert (
        "Chưa theo dõi được bằng hồ sơ" in page
        and "khoản 1 Điều 11; khoản 3 Điều 12; Điều 13" in page
    )
    only_late = text_of(as_person(cast.recorder_benmau).get(f"{PAGE}?tinh-trang=qua-han"))
    assert "(Cũ) Chủ tịch UBND xã tiếp công dân" in only_late
    assert "Hội nghị trao đổi, đối thoại với Nhân dân" not in only_late.split("Chưa theo dõi")[0]
    english = text_of(as_person(cast.recorder_benmau).get(f"/en{PAGE}"))
    assert "read in the 2022 text, not yet compared with the consolidated text" in english


def test_tabs_and_sentence_count_the_same_duties(cast: Any, as_person: Any, busy: Any) -> None:
    client = as_person(cast.recorder_benmau)
    page = text_of(client.get(PAGE))
    assert "<b>1</b> nghĩa vụ có <b>3</b> lần quá hạn hoặc thiếu hồ sơ." in page
    assert ">Quá hạn, thiếu (1)</a>" in page
    advised = re.search(r"<b>(\d+)</b> nghĩa vụ có <b>4</b> lần được nhắc", page)
    assert advised is not None and f">Nhắc ({advised[1]})</a>" in page
    only = text_of(client.get(f"{PAGE}?tinh-trang=nhac"))
    table = only.split("<tbody>")[1].split("</tbody>")[0]
    assert table.count("<tr>") == int(advised[1])


def test_what_is_done_stands_apart_from_what_comes(cast: Any, as_person: Any, busy: Any) -> None:
    client = as_person(cast.recorder_benmau)
    receive(cast.recorder_benmau, cast.benmau, on=D(2026, 6, 9), form="periodic", receiver="head")
    comes = text_of(client.get(PAGE)).split('id="tuan"')[1].split('id="so"')[0]
    waiting, _colon, finished = comes.partition("<details")
    assert "1 việc của những ngày này đã xong" in finished
    assert "Đã làm" in finished and "Đã làm" not in waiting
    assert "Công bố, niêm yết và gửi Trưởng thôn kết quả đối thoại" in waiting


def test_taking_down_is_no_duty_and_never_overdue(cast: Any, as_person: Any) -> None:
    from danchu.core.clock import on_day

    publish(
        cast.recorder_benmau,
        cast.benmau,
        HEADQUARTERS,
        on=D(2026, 5, 20),
        decided_on=D(2026, 5, 18),
    )
    client = as_person(cast.recorder_benmau)
    assert "Gỡ niêm yết" not in client.get("/office/").content.decode(), "it has to hang"
    with on_day(D(2026, 7, 6)):  # two weeks after its thirty days
        today = text_of(client.get("/office/"))
        assert "Gỡ niêm yết đã đủ ngày" in today
        late = today.partition("Gỡ niêm yết đã đủ ngày")
        assert "Quá hạn" not in late[0].rpartition("<section")[2] and "Điều 11" not in late[2][:400]
        for address in (PAGE, f"{PAGE}lich/"):
            assert "Gỡ niêm yết" not in client.get(address).content.decode()


def test_one_duty_shows_its_records_and_how_the_last_day_was_counted(
    cast: Any, as_person: Any, busy: Any
) -> None:
    client = as_person(cast.recorder_benmau)
    page = text_of(client.get(f"{PAGE}xa_dt_72_kq/"))
    assert "14/05/2026" in page and "27 ngày" in page
    assert f"/office/ghi-viec/doi-thoai/{busy.record.public_id}/" in page
    assert "ngày cuối của thời hạn" in page
    assert "Chỉ nhắc: chưa đối chiếu với văn bản hợp nhất nên không kết luận quá hạn." in page
    publish_result(
        actor=cast.recorder_benmau, record_id=busy.pk, on=D(2026, 5, 12), summary="Đã trả lời."
    )
    assert "Đã làm ngày 12/05/2026." in text_of(client.get(f"{PAGE}xa_dt_72_kq/"))
    assert client.get(f"{PAGE}xa_ck_yc/").status_code == 404  # no record shows it
    assert client.get(f"{PAGE}no_such_rule/").status_code == 404


def test_a_rule_that_was_confirmed_is_told_in_red(cast: Any, as_person: Any, busy: Any) -> None:
    client = as_person(cast.recorder_benmau)
    assert "Nhắc: quá hạn" in text_of(client.get(f"{PAGE}xa_dt_72_kq/"))
    confirm_rule(
        actor=cast.legal_officer,
        key="xa_dt_72_kq",
        on=TODAY,
        officer="Bùi Mẫu Liên",
        text_compared="12/VBHN-VPQH",
    )
    page = text_of(client.get(f"{PAGE}xa_dt_72_kq/"))
    assert "Nhắc: quá hạn" not in page
    assert "Dùng để kết luận quá hạn." in page
    assert "Bùi Mẫu Liên đã đối chiếu ngày 10/06/2026 với 12/VBHN-VPQH" in page


def test_the_absence_of_a_day_is_asked_in_words_of_a_date(
    cast: Any, as_person: Any, busy: Any
) -> None:
    client = as_person(cast.recorder_benmau)
    page = text_of(client.get(f"{PAGE}?vang=15/06/2026"))
    assert "Việc đến hạn trong ngày vắng mặt" in page
    assert "Làm trước, hoặc giao người khác làm trong ngày." in page
    assert "Công bố, niêm yết và gửi Trưởng thôn kết quả đối thoại" in page
    assert (
        "không có việc nào đến hạn trong ngày này"
        in text_of(client.get(f"{PAGE}?vang=11/06/2026")).lower()
    )
    assert "nghỉ hằng tuần" in text_of(client.get(f"{PAGE}?vang=14/06/2026"))
    for wrong in ("vang=hom-nay", "vang=31/02/2026", "nam=20", "nam=9999", "tinh-trang=x", "x=1"):
        assert client.get(f"{PAGE}?{wrong}").status_code == 400, wrong


def test_late_and_short_postings_are_not_plainly_done(cast: Any, as_person: Any) -> None:
    who = cast.recorder_benmau
    late = publish(who, cast.benmau, HALL, on=D(2026, 6, 1), decided_on=D(2026, 5, 18))
    client = as_person(who)
    row = text_of(client.get(f"{PAGE}xa_ck_02/"))
    assert "Làm muộn" in row and "Làm ngày 01/06/2026, sau hạn 25/05/2026." in row
    posting = late.postings.get()
    take_down(actor=who, posting_id=posting.pk, version=1, on=D(2026, 6, 5), early=True)
    row = text_of(client.get(f"{PAGE}xa_ck_02/"))
    assert "Nhắc: chưa đủ ngày: 1 việc" in row
    assert "niêm yết bị gỡ khi chưa đủ ngày" in row and "Đã làm ngày" not in row
    page = text_of(client.get(f"{PAGE}?tinh-trang=chua-tron"))
    assert "Dự toán, thực hiện theo quý, 6 tháng, năm và quyết toán ngân sách" in page
    assert "Làm muộn, chưa đủ ngày (1)" in page
    assert "Chưa thấy nội dung nào ghi là kết quả thực hiện của quý I năm 2026." in row


def test_the_month_and_its_file_hold_the_same_days(cast: Any, as_person: Any, busy: Any) -> None:
    client = as_person(cast.recorder_benmau)
    page = text_of(client.get(f"{PAGE}lich/"))
    assert "Lịch nghĩa vụ tháng 06/2026: xã Bến Mẫu" in page
    assert "Trả lời ý kiến: Bao giờ xong?" in page
    assert "tháng 12/2026" in text_of(client.get(f"{PAGE}lich/?thang=2026-12"))
    for wrong in ("2026", "2026-13", "0000-01", "2026-1"):
        assert client.get(f"{PAGE}lich/?thang={wrong}").status_code == 400, wrong
    file = client.get(f"{PAGE}lich.ics")
    assert file["Content-Type"] == "text/calendar; charset=utf-8"
    body = file.content.replace(b"\r\n ", b"").decode()
    assert "DTSTART;VALUE=DATE:20260615" in body and "Bao giờ xong?" in body
    assert "DTSTART;VALUE=DATE:20261231" in body  # the reception days of December
    assert "20260514" not in body, "what is late already is no day to come"
    assert body.count("UID:") == len({line for line in body.splitlines() if line[:4] == "UID:"})


def test_a_province_sees_the_units_behind_each_count(cast: Any, as_person: Any, busy: Any) -> None:
    client = as_person(cast.committee_minhhoa)
    page = text_of(client.get("/office/nghia-vu/9A/truc-thuoc/"))
    assert "5 đơn vị trong phạm vi được xem, tính đến 10/06/2026. Không xếp hạng." in page
    behind = text_of(
        client.get("/office/nghia-vu/9A/truc-thuoc/?nghia-vu=xa_dt_nam&tinh-trang=done")
    )
    assert '<a href="/office/nghia-vu/9A001/xa_dt_nam/?nam=2026">Xã Bến Mẫu</a>' in behind
    assert "Phường Cầu Mẫu" not in behind
    assert as_person(cast.recorder_benmau).get("/office/nghia-vu/9A/truc-thuoc/").status_code == 404


@pytest.mark.parametrize("tail", ["", "lich/", "lich.ics", "truc-thuoc/", "xa_dt_nam/"])
def test_only_who_reads_the_records_opens_the_pages(
    cast: Any, as_person: Any, busy: Any, tail: str
) -> None:
    address = PAGE + tail
    for reads in (cast.recorder_benmau, cast.viewer_benmau, cast.committee_minhhoa):
        assert as_person(reads).get(address).status_code == 200
    for does_not in (cast.recorder_caumau, cast.committee_maunguyen, cast.outsider):
        answer = as_person(does_not).get(address)
        assert answer.status_code in (302, 404), does_not.email
        assert "Bến Mẫu" not in answer.content.decode()
    from django.test import Client

    assert Client().get(address).status_code == 302


def test_the_way_there_begins_on_the_first_page(cast: Any, as_person: Any) -> None:
    client = as_person(cast.recorder_benmau)
    assert f'href="{PAGE}"' in client.get("/office/").content.decode()
    assert f'href="{PAGE}"' in client.get("/office/don-vi/9A001/").content.decode()
    assert client.get("/office/nghia-vu/").url == PAGE
    neighbour = as_person(cast.recorder_caumau)
    assert f'href="{PAGE}"' not in neighbour.get("/office/don-vi/9A001/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        f"{PAGE}?vang=15/06/2026",
        f"{PAGE}lich/",
        f"{PAGE}lich.ics",
        f"{PAGE}xa_dt_72_kq/",
        "/office/nghia-vu/9A/",
        "/office/nghia-vu/9A/truc-thuoc/",
    ],
)
def test_a_page_takes_twelve_queries_at_most(
    cast: Any, as_person: Any, busy: Any, monkeypatch: Any, address: str
) -> None:
    monkeypatch.setattr("danchu.web.design.context._mode", "demo")
    who = cast.committee_minhhoa if "9A/" in address else cast.recorder_benmau
    client = as_person(who)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= 12, "\n".join(query["sql"][:160] for query in asked)


def test_a_schedule_in_the_system_alone_is_not_said_to_be_posted(cast: Any, as_person: Any) -> None:
    add_schedule_line(actor=cast.leader_benmau, unit_id=cast.benmau, content=LINE)
    page = text_of(as_person(cast.recorder_benmau).get(PAGE))
    row = page[page.index("tcd_lich/") :].partition("</tr>")[0]
    assert "Đã có lịch trên trang này; chưa có hồ sơ niêm yết." in row
    assert "Đã làm" not in row


def test_a_period_that_lies_ahead_is_not_told_as_one_without_work(
    cast: Any, as_person: Any, busy: Any
) -> None:
    officer, province = as_person(cast.recorder_benmau), as_person(cast.committee_minhhoa)
    nothing = "Chưa ghi nhận phát sinh"
    now, ahead = text_of(officer.get(PAGE)), text_of(officer.get(f"{PAGE}?nam=2027"))
    rows = dict(re.findall(r'9A001/(\w+)/\?nam=2026">(.*?)</tr>', now))
    assert "Kỳ chưa bắt đầu" in rows["tcd_xa"]  # the chairman's two days a month from July on
    assert nothing in rows["xa_ck_05"] and "Kỳ chưa bắt đầu" not in rows["xa_ck_05"]
    assert nothing not in ahead and "Kỳ chưa bắt đầu" in ahead and "Năm 2027 chưa bắt đầu." in ahead
    one = text_of(officer.get(f"{PAGE}xa_ck_05/?nam=2027"))
    assert "Kỳ chưa bắt đầu" in one and "Năm 2027 chưa bắt đầu." in one and nothing not in one
    below = "/office/nghia-vu/9A/truc-thuoc/?nam={}&nghia-vu=xa_dt_72_kq"
    told = text_of(province.get(below.format(2027)))
    assert "kỳ chưa bắt đầu</span>" in told and nothing.lower() not in told.lower()
    told = text_of(province.get(below.format(2026)))
    assert nothing.lower() in told and "chưa bắt đầu" not in told
    matrix = "/office/cong-khai/ma-tran/9A001/{}/"
    told = text_of(officer.get(matrix.format(2027)))
    assert "Chưa đến hạn" in told and nothing not in told
    assert nothing in text_of(officer.get(matrix.format(2026)))
    told = text_of(officer.get(matrix.format(2027) + "9A001/xa_ck_05/"))
    assert "Kỳ này chưa bắt đầu." in told
