"""Disclosure from end to end in a real browser: the first line of "it is done when" of issue 5.

A commune publishes its budget report from a spreadsheet and posts it at three village halls with
pictures of a phone; board and feed have it at once, an interruption is shown as such, the register
lists it, a citizen's claim is answered, and the province's matrix turns green for that clause.

Each step is a small function, so that a page that changes is changed in one place.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.civic.disclosure.folding import turn_of_day
from danchu.civic.disclosure.services import PlanInput, PlannedInput, record_plan
from danchu.core.law.services import confirm_rule
from danchu.demo.cast import PASSWORD
from danchu.demo.load import settle
from tests.browser.looking import DESK, PHONE
from tests.cast import TODAY
from tests.civic.disclosure.made import photo, sheet

pytestmark = [pytest.mark.browser, pytest.mark.main_walk]

TITLE = "Thực hiện dự toán ngân sách xã quý I năm 2026"
HALLS = ("Nhà văn hóa thôn Mẫu Lai", "Nhà văn hóa thôn Mẫu Đình", "Nhà văn hóa thôn Mẫu Hạ")
PICTURE = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": photo()}
BOARD = "/dia-phuong/9A001-xa-ben-mau/cong-khai/"
MATRIX = "/office/cong-khai/ma-tran/9A/2026Q2/"
ROW = "tr:has(a[href='../../9A001/2026Q2/'])"


def _owed(cast: Any) -> None:
    """The plan has the budget for May; the legal officer has compared the clause."""
    confirm_rule(
        actor=cast.legal_officer,
        key="xa_ck_02",
        on=TODAY,
        officer="Bùi Mẫu Liên",
        text_compared="12/VBHN-VPQH",
    )
    items = (
        PlannedInput(
            "xa_ck_02", "Ngân sách", from_on=dt.date(2026, 5, 1), to_on=dt.date(2026, 5, 31)
        ),
    )
    record_plan(
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=dt.date(2026, 1, 5),
        content=PlanInput(2026, items=items),
    )


def _sign_in(page: Any, account: Any) -> None:
    page.goto("/office/")
    page.fill("input[name=login]", account.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/office/")


def _cell_says(province: Any, words: str, state: str) -> None:
    """The cell of Bến Mẫu and the budget, by its word and its colour, once the worker was there."""
    settle()
    turn_of_day()
    province.goto(MATRIX)
    heads = province.locator("thead").first.locator("th b").all_inner_texts()
    cell = province.locator(ROW).locator("td").nth(heads.index("11.2"))
    assert cell.inner_text().strip() == words
    assert cell.get_attribute("class") == f"m-{state}"


def _remind(province: Any) -> None:
    province.goto(f"{MATRIX}nhac/?don-vi=9A001&khoan=xa_ck_02")
    province.click("button:has-text('Gửi nhắc đơn vị')")
    province.wait_for_selector("text=Đã nhắc 1 nội dung")


def _open_task(officer: Any) -> None:
    officer.goto("/office/")
    officer.click("a:has-text('Công khai nội dung còn thiếu')")
    officer.wait_for_selector("textarea[name=title]")


def _publish(officer: Any) -> None:
    """Fill the form that the reminder led to, with the spreadsheet and the three halls."""
    officer.fill("textarea[name=title]", TITLE)
    officer.fill("input[name=document_number]", "45/BC-UBND")
    officer.fill("input[name=decided_on]", "08/06/2026")
    for hall in HALLS:
        place = officer.locator(".place").filter(has_text=hall)
        if not place.count():  # a hall the page does not know yet is typed
            place = officer.locator(".place").filter(has_text="Nơi khác").first
            place.get_by_role("checkbox").check()
            place.get_by_label("Loại nơi niêm yết").select_option("culture_house")
            place.get_by_label("Tên nơi niêm yết").fill(hall)
        else:
            place.get_by_role("checkbox", name=hall).check()
    # One act for the pictures of all three; each shows which it was given before it is sent.
    officer.set_input_files("input[name=photos]", [PICTURE, PICTURE | {"name": "b.jpg"}, PICTURE])
    dealt = officer.locator(".place:has([name$=-posted]:checked) select[name$=-which]")
    assert [one.input_value() for one in dealt.all()] == ["n0", "n1", "n2"]
    officer.click("summary:has-text('Kèm bảng số liệu')")
    table = sheet(
        ("Nội dung", "Dự toán năm 2026", "Thực hiện quý I"),
        ("Tổng chi ngân sách xã", 14_226, 6_120),
        ("Chi đầu tư phát triển", 5_180, 2_010),
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    officer.set_input_files(
        "input[name=table_file]", {"name": "thu-chi.xlsx", "mimeType": kind, "buffer": table}
    )
    officer.select_option("select[name=money]", "trieu")
    officer.click("form.stack button.btn:has-text('Công khai')")
    officer.wait_for_selector(f"h1:has-text('{TITLE}')")


def _posting_of(officer: Any, place: str) -> Any:
    return officer.locator(f"article.posting:has(h3:has-text('{place}'))")


def _is_proven(officer: Any, place: str) -> bool:
    said = "Có minh chứng khi niêm yết."
    return bool(_posting_of(officer, place).get_by_text(said).is_visible())


def _interrupt(officer: Any, place: str, day: str) -> None:
    _posting_of(officer, place).locator("summary:has-text('Bị gián đoạn')").click()
    form = _posting_of(officer, place).locator("form:has(button[value=gian-doan])")
    form.locator("input[name$=from_on]").fill(day)
    form.locator("input[name$=reason]").fill("Bảng tin đổ vì mưa bão")
    form.locator("button[value=gian-doan]").click()
    officer.wait_for_load_state("load")


def _put_up_again(officer: Any, place: str, day: str) -> None:
    posting = _posting_of(officer, place)
    posting.locator("form:has(button[value=lai]) input[type=text]").first.fill(day)
    posting.locator("button[value=lai]").click()
    officer.wait_for_load_state("load")


def _publish_register(officer: Any) -> None:
    officer.goto("/office/cong-khai/danh-muc/?quy=2026-Q2")
    assert TITLE in officer.inner_text("table")
    officer.click("a:has-text('Xem lại để công khai')")
    assert TITLE in officer.inner_text("main")
    officer.click("button:has-text('Xác nhận công khai danh mục này')")
    assert "đến ngày 30/06/2026 mới hết" in officer.inner_text("main")
    officer.check("input[name=early]")
    officer.click("button:has-text('Xác nhận công khai danh mục này')")
    officer.wait_for_selector("h1:has-text('Danh mục nội dung đã công khai')")
    officer.goto(BOARD)
    officer.click("a:has-text('Danh mục nội dung đã công khai quý II')")
    officer.wait_for_selector("h1:has-text('Danh mục nội dung đã công khai')")
    assert TITLE in officer.inner_text("main")


def _send_claim(citizen: Any) -> tuple[str, str]:
    """What somebody on a phone without scripts sends; the code and PIN."""
    citizen.goto(BOARD)
    citizen.click(f"a:has-text('{TITLE}')")
    citizen.click("a:has-text('Thông tin này chưa đúng')")
    citizen.fill("textarea[name=text]", "Khoản chi đầu tư ghi thấp hơn quyết định đã đọc ở thôn.")
    citizen.click("button:has-text('Gửi')")
    code, pin = citizen.locator(".keys dd").all_inner_texts()
    return code, pin


def _answer_claim(officer: Any) -> None:
    officer.goto("/office/")
    officer.click("a:has-text('Trả lời người dân về nội dung đã công khai')")
    officer.check("input[name=outcome][value=stands]")
    officer.fill("textarea[name=answer]", "Đã đối chiếu với quyết định, số liệu đúng.")
    officer.click("button:has-text('Gửi trả lời')")
    officer.wait_for_load_state("load")


def _read_answer(citizen: Any, code: str, pin: str) -> str:
    citizen.goto("/xem-tra-loi/")
    citizen.fill("input[name=code]", code)
    citizen.fill("input[name=pin]", pin)
    citizen.click("main button:has-text('Xem')")
    citizen.wait_for_load_state("load")
    return str(citizen.inner_text("main"))


def test_a_commune_discloses_citizens_answer_and_the_province_sees_it(
    committed_cast: Any, browser_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = committed_cast
    _owed(cast)
    province, officer = browser_page(DESK), browser_page(DESK)
    citizen = browser_page(PHONE, script=False)
    _sign_in(province, cast.committee_minhhoa)
    _cell_says(province, "Thiếu", "missing")
    _remind(province)

    _sign_in(officer, cast.recorder_benmau)
    _open_task(officer)
    _publish(officer)
    # The first answers after it was published have it: nobody waits a second.
    assert TITLE in citizen.request.get(BOARD).text()
    assert TITLE in citizen.request.get(f"{BOARD}nguon.atom").text()
    assert all(_is_proven(officer, hall) for hall in HALLS)
    notice = officer.url
    _cell_says(province, "Đang niêm yết", "hanging")
    officer.goto("/office/")
    assert officer.locator("a:has-text('Công khai nội dung còn thiếu')").count() == 0

    monkeypatch.setenv("DANCHU_TODAY", "2026-06-15")
    officer.goto(notice)
    _interrupt(officer, HALLS[1], "12/06/2026")
    citizen.goto(BOARD)
    citizen.click(f"a:has-text('{TITLE}')")
    assert "Đang gián đoạn" in citizen.inner_text("main")
    _cell_says(province, "Chưa đủ ngày", "short")
    officer.goto(notice)
    _put_up_again(officer, HALLS[1], "15/06/2026")
    _publish_register(officer)

    code, pin = _send_claim(citizen)
    _answer_claim(officer)
    assert "số liệu đúng" in _read_answer(citizen, code, pin)

    _cell_says(province, "Đang niêm yết", "hanging")
    monkeypatch.setenv("DANCHU_TODAY", "2026-07-15")
    _cell_says(province, "Đủ", "done")
