"""The pages of oversight: the matrix, one cell, the file, and sending what is missing."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import zipfile
from typing import Any

import pytest

from danchu.civic.disclosure.folding import turn_of_day
from danchu.civic.disclosure.quarters import Quarter
from danchu.civic.disclosure.services import (
    PlanInput,
    PlannedInput,
    add_posting,
    cancel_notice,
    record_plan,
)
from danchu.core.clock import now
from danchu.core.contracts import OPERATOR
from danchu.core.law.services import confirm_rule
from danchu.core.units.services import register_demo_unit, register_unit
from danchu.core.work.models import Task
from danchu.demo.load import settle
from danchu.web.office import disclosure_matrix_shown
from tests.cast import TODAY
from tests.civic.disclosure.made import HEADQUARTERS, publish, publish_register_now
from tests.making import hold

D = dt.date
BASE = "/office/cong-khai/ma-tran/"
PAGE = f"{BASE}9A/2026/"


@pytest.fixture
def owing(cast: Any) -> Any:
    """Bến Mẫu planned its budget for May and did not disclose it; two rules are confirmed."""
    for key in ("xa_ck_02", "xa_ck_kh"):
        confirm_rule(
            actor=cast.legal_officer, key=key, on=TODAY, officer="Bùi", text_compared="12/VBHN"
        )
    record_plan(
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=D(2026, 1, 5),
        content=PlanInput(
            2026,
            items=(
                PlannedInput("xa_ck_02", "Dự toán", from_on=D(2026, 5, 1), to_on=D(2026, 5, 31)),
            ),
        ),
    )
    return cast


def test_its_periods_are_all_of_the_calendar_and_do_not_say_so(owing: Any, as_person: Any) -> None:
    client = as_person(owing.committee_minhhoa)
    for address in (PAGE, f"{BASE}9A/2026/9A001/xa_ck_02/", f"{BASE}9A/2026H1/"):
        page = client.get(address).content.decode()
        assert "năm dương lịch" not in page and "ăm 2026" in page, address
    assert "Công khai theo từng khoản: tỉnh Minh Họa" in page and "6 tháng đầu năm 2026" in page
    assert "calendar year" not in client.get(f"/en{PAGE}").content.decode()


def test_the_province_sees_what_is_missing_by_a_word_and_opens_the_cell(
    owing: Any, as_person: Any
) -> None:
    client = as_person(owing.committee_minhhoa)
    page = client.get(PAGE).content.decode()
    assert "xã Bến Mẫu" in page.lower() or "Xã Bến Mẫu" in page
    link = r'class=m-missing data-k=11.2 data-n="([^"]+)"><a href="9A001/xa_ck_02/">Thiếu</a>'
    named = re.findall(link, page)
    # A phone has no heads of columns: the cell carries the name that stands over its column.
    assert named and f'<b>11.2</b><span class="t">{named[0]}</span>' in page
    assert page.count("class=m-missing") == 1
    assert "1 đơn vị còn thiếu 1 nội dung" in page
    behind = client.get(f"{PAGE}9A001/xa_ck_02/").content.decode()
    assert "chưa thấy nội dung nào được công khai" in behind
    publish(
        owing.recorder_benmau,
        owing.benmau,
        HEADQUARTERS,
        on=D(2026, 6, 9),
        decided_on=D(2026, 6, 8),
        title="Dự toán ngân sách xã",
    )
    assert "class=m-missing" not in client.get(PAGE).content.decode()
    behind = client.get(f"{PAGE}9A001/xa_ck_02/").content.decode()
    assert "Dự toán ngân sách xã" in behind
    assert "Trụ sở UBND xã" in behind
    english = client.get(f"/en{PAGE}").content.decode()
    assert ">Being posted</a>" in english


def test_units_and_contents_that_are_owed_are_each_counted_in_their_own_number(
    owing: Any, as_person: Any, monkeypatch: Any
) -> None:
    def told(one: str, _many: str, number: int) -> str:
        return f"{one} [one]" if number == 1 else f"{one} [many]"

    monkeypatch.setattr(disclosure_matrix_shown, "ngettext", told)
    client = as_person(owing.committee_minhhoa)
    page = client.get(PAGE).content.decode()
    assert "1 đơn vị còn thiếu 1 nội dung [one]. [one]" in page
    publish_plan = PlannedInput("xa_ck_02", "Bổ sung", from_on=D(2026, 5, 1), to_on=D(2026, 5, 31))
    record_plan(
        actor=owing.recorder_caumau,
        unit_id=owing.caumau,
        occurred_on=D(2026, 1, 5),
        content=PlanInput(2026, items=(publish_plan,)),
    )
    page = client.get(PAGE).content.decode()
    assert "2 đơn vị còn thiếu 2 nội dung [many]. [many]" in page


def test_the_cell_of_the_budget_names_the_quarters_that_nobody_told_of(
    owing: Any, as_person: Any
) -> None:
    hold(owing.recorder_benmau, owing.benmau, on=D(2025, 12, 1))
    client = as_person(owing.committee_minhhoa)
    behind = client.get(f"{PAGE}9A001/xa_ck_02/").content.decode()
    assert "Chưa thấy số liệu thực hiện ngân sách quý IV năm 2025." in behind
    client.post(f"{PAGE}nhac/?don-vi=9A001&khoan=xa_ck_02", {"due_on": "17/06/2026"})
    task = Task.objects.get(kind="disclosure.remind")
    assert "(thực hiện quý IV năm 2025)" in task.title
    published = {"on": D(2026, 6, 9), "decided_on": D(2026, 6, 8)}
    publish(owing.recorder_benmau, owing.benmau, title="Thực hiện ngân sách 2025", **published)
    publish(owing.recorder_benmau, owing.benmau, title="Thực hiện cả năm 2025", **published)
    behind = client.get(f"{PAGE}9A001/xa_ck_02/").content.decode()
    assert "Chưa thấy số liệu" not in behind


def test_only_who_reads_the_unit_opens_its_pages(owing: Any, as_person: Any) -> None:
    neighbour, outsider = as_person(owing.recorder_caumau), as_person(owing.outsider)
    for address in (
        f"{BASE}9A001/2026/",
        f"{BASE}9A001/2026/tai/",
        f"{PAGE}9A001/xa_ck_02/",
        f"{BASE}9A001/2026/nhac/",
    ):
        assert neighbour.get(address).status_code in (403, 404)
        assert outsider.get(address).status_code in (403, 404)
    own = as_person(owing.recorder_benmau)
    assert own.get(f"{BASE}9A001/2026/").status_code == 200
    assert own.get(PAGE).status_code == 404
    assert own.get(f"{BASE}9A001/2026/nhac/").status_code == 403, "a recorder reminds nobody"
    assert own.get(f"{BASE}9A001/2026/?sai=1").status_code == 400
    assert own.get(f"{BASE}9A001/2026X/").status_code == 400
    assert own.get(f"{PAGE}9A001/cq_ck_01/").status_code == 404
    assert own.get(BASE).url == f"{BASE}9A001/2026/"


def test_the_units_that_need_a_hand_can_be_seen_alone(owing: Any, as_person: Any) -> None:
    client = as_person(owing.committee_minhhoa)
    page = client.get(f"{PAGE}?chi=can-xu-ly").content.decode()
    assert "../../9A001/2026/" in page
    assert "../../9A002/2026/" not in page
    assert "3 đơn vị khác không có gì cần xử lý" in page


def test_the_file_holds_each_cell_and_what_is_owed(owing: Any, as_person: Any) -> None:
    answer = as_person(owing.committee_minhhoa).get(f"{PAGE}tai/")
    assert 'filename="ma-tran-cong-khai-9A-2026.xlsx"' in answer["Content-Disposition"]
    book = zipfile.ZipFile(io.BytesIO(answer.content))
    texts = book.read("xl/sharedStrings.xml").decode()
    for expected in (
        "thiếu",
        "chưa ghi nhận phát sinh",
        "xã Bến Mẫu",
        "Cần xử lý",
        "Dữ liệu minh họa",
    ):
        assert expected in texts + book.read("xl/workbook.xml").decode(), expected


def test_a_reminder_is_looked_at_and_sent_once(owing: Any, as_person: Any) -> None:
    client = as_person(owing.committee_minhhoa)
    address = f"{PAGE}nhac/?don-vi=9A001&khoan=xa_ck_02"
    page = client.get(address).content.decode()
    assert "17/06/2026" in page
    refused = client.post(address, {"due_on": "09/06/2026"})
    assert refused.status_code == 400
    assert "Chọn hạn làm" in refused.content.decode()
    assert client.post(address, {"due_on": "17/06/2026"}).url == PAGE
    assert Task.objects.filter(kind="disclosure.remind", done_at=None).count() == 1
    sent = client.get(address).content.decode()
    who = owing.committee_minhhoa.name
    assert "Đã nhắc 10/06/2026" in sent and f"lần cuối ngày 10/06/2026, {who}" in sent
    assert "Gửi nhắc đơn vị</button>" not in sent
    again = client.post(address, {"due_on": "17/06/2026"})
    assert again.status_code == 400
    assert Task.objects.filter(kind="disclosure.remind").count() == 1
    told = as_person(owing.recorder_benmau).get("/office/").content.decode()
    assert "Công khai nội dung còn thiếu" in told
    assert "/office/ghi-viec/cong-khai/moi/?khoan=xa_ck_02" in told


def test_the_cell_says_that_it_was_reminded_of_and_by_whom(owing: Any, as_person: Any) -> None:
    cell, who = f"{PAGE}9A001/xa_ck_02/", owing.committee_minhhoa
    address = f"{PAGE}nhac/?don-vi=9A001&khoan=xa_ck_02"
    client, link = as_person(who), html.escape(address)
    page = client.get(cell).content.decode()
    assert link in page and "Đã nhắc đơn vị" not in page
    assert link not in client.get(f"{PAGE}9A001/xa_ck_03/").content.decode(), "nothing is missing"
    own = f"{BASE}9A001/2026/9A001/xa_ck_02/"
    for page in (
        as_person(owing.recorder_benmau).get(own).content.decode(),
        client.get(own).content.decode(),
    ):
        assert "nhac/?" not in page, "a unit is not reminded from its own matrix"
    client.post(address, {"due_on": "17/06/2026"})
    page = client.get(cell).content.decode()
    assert f"Đã nhắc đơn vị ngày 10/06/2026 ({who.name})." in page and link not in page
    assert "Đã nhắc" not in as_person(owing.recorder_benmau).get(own).content.decode()


def test_the_cell_of_a_content_that_hangs_nowhere_does_not_call_it_in_time(
    owing: Any, as_person: Any
) -> None:
    client, cell = as_person(owing.committee_minhhoa), f"{PAGE}9A001/xa_ck_02/"
    made = publish(owing.recorder_benmau, owing.benmau, on=D(2026, 6, 9), decided_on=D(2026, 6, 8))
    page = client.get(cell).content.decode()
    assert "2026. Đã đăng trên trang này, chưa niêm yết nơi nào." in page and "Đúng hạn" not in page
    add_posting(actor=owing.recorder_benmau, notice_id=made.pk, content=HEADQUARTERS)
    page = client.get(cell).content.decode()
    assert "chưa niêm yết nơi nào" not in page and "Đúng hạn" in page
    publish(owing.recorder_benmau, owing.benmau, on=D(2026, 6, 9), decided_on=D(2026, 5, 4))
    page = client.get(cell).content.decode()
    assert "Muộn" in page and "chưa niêm yết nơi nào" in page, "late and nowhere"


def test_what_was_sent_stands_in_the_place_of_the_button_until_it_may_be_sent_again(
    owing: Any, as_person: Any
) -> None:
    client, who = as_person(owing.committee_minhhoa), owing.committee_minhhoa.name
    page = client.get(PAGE).content.decode()
    number = int(re.search(r"Gửi nhắc (\d+) nội dung", page)[1])
    assert "lần cuối" not in page and ">đã nhắc" not in page
    one = f"{PAGE}nhac/?don-vi=9A001&khoan=xa_ck_02"
    assert client.post(one, {"due_on": "17/06/2026"}).status_code == 302
    page = client.get(PAGE).content.decode()
    assert f"Đã nhắc 1 nội dung, lần cuối ngày 10/06/2026, {who}." in page
    left = re.search(r"Gửi nhắc (\d+) nội dung", page)
    assert (int(left[1]) if left else 0) == number - 1, "only what was not sent yet"
    if left:
        assert client.post(f"{PAGE}nhac/", {"due_on": "17/06/2026"}).status_code == 302
    page = client.get(PAGE).content.decode()
    assert not re.search(r"Gửi nhắc \d+ nội dung", page) and ">đã nhắc" in page
    assert f"Đã nhắc {number} nội dung" in page
    # What was published and is owed again may be sent again.
    Task.objects.filter(kind="disclosure.remind").update(done_at=now())
    assert f"Gửi nhắc {number} nội dung" in client.get(PAGE).content.decode()


def test_a_province_of_a_hundred_communes_is_one_page_of_few_statements(
    owing: Any, as_person: Any, monkeypatch: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(98):
        register_demo_unit(
            actor=OPERATOR,
            level="commune",
            code=f"9A2{n:02}",
            name=f"xã Mẫu {n}",
            kind="xã",
            parent_id=owing.minhhoa,
            valid_from=D(2025, 7, 1),
            basis="Dữ liệu minh họa",
        )
    monkeypatch.setattr("danchu.web.design.context._mode", "demo")
    settle()
    turn_of_day()
    client = as_person(owing.committee_minhhoa)
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        page = client.get(PAGE)
    told = page.content.decode()
    assert told.count("<tr><th scope=row>") == 40
    assert told.count("<td ") > 40 * 14
    assert "102 đơn vị" in told
    assert "1 đơn vị còn thiếu 1 nội dung" in told
    # A name leads to a matrix of the unit's own; of the cells only those lead on that need a hand.
    assert told.count('/2026/">Xã Mẫu ') == 38
    assert len(re.findall(r"<td [^>]*><a ", told)) == told.count("class=m-missing") + told.count(
        "class=m-unconfirmed"
    )
    last = client.get(f"{PAGE}?trang=3").content.decode()
    assert last.count("<tr><th scope=row>") == 102 - 80
    assert "Cơ quan, đơn vị" in last
    assert client.get(f"{PAGE}?trang=9").content.decode().count("<tr><th scope=row>") == 102 - 80
    with django_assert_max_num_queries(12):
        whole = client.get(f"{PAGE}?tat-ca=1")
    assert whole.content.decode().count("<tr><th scope=row>") == 102
    assert len(whole.content) < 150_000


def test_a_commune_with_agencies_is_one_page_of_few_statements(
    owing: Any, as_person: Any, monkeypatch: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(3):
        register_unit(
            actor=OPERATOR,
            level="agency",
            name=f"Trường mẫu {n}",
            kind="trường",
            short_code=f"TR{n}",
            parent_id=owing.benmau,
            valid_from=D(2025, 7, 1),
            basis="Dữ liệu minh họa",
        )
    monkeypatch.setattr("danchu.web.design.context._mode", "demo")
    publish(owing.recorder_benmau, owing.benmau, HEADQUARTERS)
    settle()
    turn_of_day()
    page = f"{BASE}9A001/2026/"
    client = as_person(owing.committee_minhhoa)
    client.get(page)
    with django_assert_max_num_queries(12):
        told = client.get(page).content.decode()
    assert all(f">Trường mẫu {n}</a>" in told for n in range(3))
    past = f"{BASE}9A001/2025/"
    client.get(past)
    with django_assert_max_num_queries(12):  # a day that is over: access follows today's map
        assert client.get(past).status_code == 200
    assert re.search('data-k=11.2 data-n="[^"]+"><a href=', told), (
        "its own clauses stand above those of its agencies"
    )


def test_a_late_cell_lists_what_came_after_its_period_and_says_why(
    owing: Any, as_person: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("DANCHU_TODAY", "2026-11-23")
    page = f"{BASE}9A/2026Q3/9A001/xa_ck_02/"
    client = as_person(owing.committee_minhhoa)
    for title, on in (
        ("Thực hiện ngân sách quý II năm 2026", D(2026, 11, 20)),
        ("Thực hiện ngân sách quý III năm 2026", D(2026, 11, 20)),
        ("Thực hiện ngân sách quý II năm 2026, bản in lại", D(2026, 11, 21)),
    ):
        publish(
            owing.recorder_benmau,
            owing.benmau,
            HEADQUARTERS,
            on=on,
            title=title,
            decided_on=on,
        )
    # Each in time by the day of its paper; one of them tells of its quarter too late.
    year = client.get(page.replace("2026Q3", "2026")).content.decode()
    tags = {
        title: re.findall(r'class="tag (is-\w+)">(?:<svg.*?</svg>)? ?([^<]+)<', row)[-1]
        for title, row in re.findall(r">(Thực hiện[^<]+)</a>(.*?)</li>", year, re.S)
    }
    late = tags["Thực hiện ngân sách quý II năm 2026"]
    assert late == ("is-late", "Đúng hạn văn bản, muộn theo quý")
    assert tags["Thực hiện ngân sách quý III năm 2026"] == ("is-done", "Đúng hạn")
    told = client.get(page).content.decode()
    assert "quý II năm 2026 công khai ngày 20/11/2026, sau ngày chậm nhất là 30/09/2026" in told
    assert "chậm nhất trong quý sau (khoản 2 Điều 11)" in told
    assert "sau ngày trong kế hoạch" not in told
    assert "Công khai muộn, sau khi hết kỳ" in told
    assert ">Thực hiện ngân sách quý II năm 2026</a>" in told
    assert "ngân sách quý III năm 2026</a>" not in told and "bản in lại" not in told
    # In a period that holds its day it stands among the others.
    whole = client.get(f"{PAGE}9A001/xa_ck_02/").content.decode()
    assert ">Thực hiện ngân sách quý II năm 2026</a>" in whole
    assert "Công khai muộn, sau khi hết kỳ" not in whole
    hidden = as_person(owing.recorder_caumau).get(page)
    assert hidden.status_code == 404


def test_a_unit_opens_each_of_its_own_clauses(owing: Any, as_person: Any) -> None:
    own = as_person(owing.recorder_benmau)
    told = own.get(f"{BASE}9A001/2026/").content.decode()
    links = re.findall(r'<td class=m-\w+ data-k=[^>]+><a href="([^"]+)">', told)
    assert len(links) == 16
    assert "9A001/xa_ck_14/" in links
    assert all(own.get(f"{BASE}9A001/2026/{link}").status_code == 200 for link in links)


def test_a_province_of_former_districts_tells_how_many_communes_need_a_hand(
    owing: Any, as_person: Any
) -> None:
    client = as_person(owing.committee_minhhoa)
    page = f"{BASE}9A/2025Q1/"
    assert "Xem theo từng tỉnh" not in client.get(PAGE).content.decode()
    before = client.get(page).content.decode()
    assert "Huyện Mẫu Đông" in before
    assert "4 xã, phường" not in before, "nobody has counted"
    hold(owing.recorder_benmau, owing.old_benmau, on=D(2025, 1, 20))
    settle()
    told = client.get(page).content.decode()
    assert '<a href="../../9A1/2025Q1/">Huyện Mẫu Đông</a>' in told
    assert "4 xã, phường" in told
    assert "<b>1/4</b> chưa xác nhận" in told
    assert client.get(f"{BASE}9A1/2025Q1/").status_code == 200


def test_the_page_of_a_commune_speaks_of_its_own_clauses(owing: Any, as_person: Any) -> None:
    client = as_person(owing.recorder_benmau)
    page = client.get(f"{BASE}9A001/2026/").content.decode()
    assert "Xã Bến Mẫu còn thiếu 1 nội dung: khoản 2 Điều 11." in page
    assert "Không đơn vị nào còn thiếu" not in page
    publish(
        owing.recorder_benmau, owing.benmau, HEADQUARTERS, on=D(2026, 5, 20),
        decided_on=D(2026, 5, 18),
    )  # fmt: skip
    page = client.get(f"{BASE}9A001/2026/").content.decode()
    assert "Xã Bến Mẫu không còn thiếu nội dung đến hạn nào." in page


def test_a_cell_of_the_register_names_the_quarters_without_theirs(
    owing: Any, as_person: Any
) -> None:
    who = owing.recorder_benmau
    confirm_rule(
        actor=owing.legal_officer, key="xa_ck_so", on=TODAY, officer="Bùi", text_compared="12/VBHN"
    )
    hold(who, owing.benmau, on=D(2025, 12, 1))
    publish(who, owing.benmau, HEADQUARTERS)
    made = publish_register_now(actor=who, unit_id=owing.benmau, quarter=Quarter.read("2026-Q2"))
    page = as_person(who).get(f"{BASE}9A001/2026/9A001/xa_ck_so/").content.decode()
    assert "Đã hết quý mà chưa công khai danh mục: quý I năm 2026." in page
    assert "1 nội dung công khai trong kỳ" in page
    assert "chưa thấy nội dung nào được công khai" not in page
    cancel_notice(actor=owing.leader_benmau, record_id=made.pk, reason="Lập sai")
    page = as_person(who).get(f"{BASE}9A001/2026/9A001/xa_ck_so/").content.decode()
    assert "0 nội dung công khai trong kỳ" in page and "Đã hủy" in page
