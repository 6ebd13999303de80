"""The pages of disclosure on a phone and on a desk, with everything that can stand on them."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.civic.disclosure.selectors import Quarter
from danchu.civic.disclosure.services import (
    BroadcastInput,
    EvidenceInput,
    FormInput,
    PlanInput,
    PlannedInput,
    SentInput,
    add_broadcast,
    add_evidence,
    add_form_used,
    hand_in_document,
    interrupt_posting,
    note_sent,
    record_plan,
    table_from_text,
    take_down,
)
from tests.browser.looking import DESK, PHONE, assert_accessible, assert_fits
from tests.cast import TODAY
from tests.civic.disclosure.made import (
    HALL,
    HEADQUARTERS,
    document,
    photo,
    publish,
    publish_names,
    publish_register_now,
)
from tests.making import DAY

pytestmark = pytest.mark.browser

REGISTER = "/office/cong-khai/danh-muc/"
LONG = "Dự_toán_thu_chi_ngân_sách_xã_" * 6


def cookies_of(client):
    value = client.cookies["sessionid"].value
    return [{"name": "sessionid", "value": value, "domain": "localhost", "path": "/"}]


def test_the_pages_of_disclosure_fit_a_phone_and_can_be_read(committed_cast, look_at, as_person):
    cast = committed_cast
    who = cast.recorder_benmau
    table = table_from_text("Khoản;Năm;Dự toán\n" + f"{LONG};2026;1.234.567.890", money="dong")
    full = publish_names(who, cast.benmau, HEADQUARTERS, HALL, table=table)
    hall, house = full.postings.order_by("-pk")
    add_evidence(
        actor=who,
        posting_id=hall.pk,
        content=EvidenceInput("start", link=f"https://benmau.example/{LONG}"),
    )
    interrupt_posting(
        actor=who, posting_id=hall.pk, version=1, from_on=dt.date(2026, 6, 1), reason=LONG
    )
    take_down(actor=who, posting_id=house.pk, version=1, on=dt.date(2026, 6, 2), early=True)
    add_broadcast(
        actor=who, notice_id=full.pk, content=BroadcastInput(DAY, dt.time(6), LONG[:100], 10)
    )
    add_form_used(actor=who, notice_id=full.pk, content=FormInput("d", DAY, LONG))
    publish(who, cast.benmau, HEADQUARTERS, title=LONG, corrects_id=full.pk)
    plan = record_plan(
        actor=who,
        unit_id=cast.benmau,
        occurred_on=DAY,
        content=PlanInput(2026, items=(PlannedInput("xa_ck_02", LONG, ("a",), ("headquarters",)),)),
    )
    cookies = cookies_of(as_person(who))
    for address in (REGISTER, f"{REGISTER}cong-bo/?quy=2026-Q2"):
        look_at(address, cookies=cookies)
    register = publish_register_now(
        actor=who, unit_id=cast.benmau, quarter=Quarter.of(DAY), number="15/TB-UBND"
    )
    note_sent(actor=who, about_id=register.pk, content=SentInput("front", TODAY, "paper"))
    publish(who, cast.benmau, HALL, title="Ghi sau khi công khai danh mục", rule_key="xa_ck_01")
    cookies = cookies_of(as_person(who))
    notice = f"/office/ghi-viec/cong-khai/{full.record.public_id}/"
    year = "/office/cong-khai/ke-hoach/"
    for address in (
        "/office/ghi-viec/cong-khai/moi/",
        "/office/ghi-viec/cong-khai/moi/?khoan=xa_ck_07",
        notice,
        f"{notice}sua/",
        f"{year}?nam=2025",
        f"{year}{plan.record.public_id}/",
        f"{year}{plan.record.public_id}/sua/",
        f"{year}?nam=2027&chep=1",
        REGISTER,
        f"/office/cong-khai/van-ban/{register.record.public_id}/",
        "/office/cong-khai/bao-cao/",
        "/office/ghi-viec/?loai=disclosure",
    ):
        look_at(address, cookies=cookies)


def test_a_file_field_tells_what_was_chosen_and_is_one_for_the_keyboard(
    committed_cast, as_person, browser_page
):
    cookies = cookies_of(as_person(committed_cast.recorder_benmau))
    for script in (True, False):
        page = browser_page(320, script=script)
        page.context.add_cookies(cookies)
        page.goto("/office/ghi-viec/cong-khai/moi/?khoan=xa_ck_02")
        pick = page.locator(".pick:has([name=documents])")
        assert pick.locator(".pick-words").inner_text() == "Chọn các tệp"
        if script:
            page.wait_for_selector(".pick.is-told")
            assert pick.locator(".pick-said").inner_text() == "Chưa chọn tệp"
        files = [
            {"name": name, "mimeType": "application/pdf", "buffer": b"x"}
            for name in ("du-toan.pdf", "thuyet-minh.pdf")
        ]
        page.set_input_files("[name=documents]", files)
        if script:
            told = pick.locator(".pick-said").inner_text()
            assert told == "du-toan.pdf, thuyet-minh.pdf"
        # What lies over the button lets the click through to the one input there is.
        # The click waits until the page stands still, and fails if the words catch it.
        words = pick.locator(".pick-words").bounding_box()
        amid = {"x": words["width"] / 2, "y": words["height"] / 2}
        with page.expect_file_chooser() as chooser:
            page.click("[name=documents]", position=amid)
        assert chooser.value.is_multiple()
        assert_fits(page)


def test_a_long_title_is_read_whole_on_a_phone(committed_cast, as_person, browser_page):
    page = browser_page(PHONE)
    page.context.add_cookies(cookies_of(as_person(committed_cast.recorder_benmau)))
    page.goto("/office/ghi-viec/cong-khai/moi/?khoan=xa_ck_05")
    title = page.locator("textarea[name=title]")
    two_lines = title.bounding_box()["height"]
    title.fill("Thu, chi các khoản Nhân dân đóng góp làm đường thôn Mẫu Lai, thôn Mẫu Đình. " * 3)
    assert title.bounding_box()["height"] > 2 * two_lines
    assert title.evaluate("e => e.scrollHeight <= e.clientHeight")
    title.fill("Ngắn")
    assert title.bounding_box()["height"] == two_lines >= 68
    assert_fits(page)


def test_a_row_at_fault_is_reached_from_the_top_without_scripts(
    committed_cast, as_person, browser_page
):
    cast = committed_cast
    page = browser_page(320, script=False)
    page.context.add_cookies(cookies_of(as_person(cast.recorder_benmau)))
    page.goto("/office/cong-khai/ke-hoach/?nam=2026")
    page.fill("[name=d-1-from_on]", "31/02/2026")
    page.fill("[name=d-0-responsible]", "Phòng Kinh tế")
    page.click("button:has-text('Lưu kế hoạch')")
    assert "Dòng 2" in page.inner_text("#loi")
    assert page.input_value("[name=d-0-responsible]") == "Phòng Kinh tế"
    assert page.input_value("[name=d-1-from_on]") == "31/02/2026"
    page.click("#loi a")
    assert page.url.endswith("#id_d-1-from_on")


def test_an_officer_with_a_phone_loses_nothing_and_is_told_what_is_wrong(
    committed_cast, browser_page, as_person
):
    cookies = cookies_of(as_person(committed_cast.recorder_benmau))
    word = {"name": f"{LONG}.docx", "mimeType": "application/octet-stream", "buffer": document()}
    picture = {"name": "treo.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    for width in (PHONE, DESK):
        page = browser_page(width)
        page.context.add_cookies(cookies)
        page.goto("/office/ghi-viec/cong-khai/moi/?khoan=xa_ck_02")
        hall = page.locator(".place").filter(has_text="Nhà văn hóa thôn Mẫu Lai")
        day = hall.get_by_label("Ngày khác")
        assert not day.is_visible()  # nothing of a place that is not ticked
        hall.get_by_role("checkbox", name="Nhà văn hóa thôn Mẫu Lai").check()
        assert day.input_value() == "" and day.is_visible()
        assert page.locator("input[name=posted_on]").input_value() == "10/06/2026"
        hall.get_by_label("Chụp ảnh tại đây").set_input_files(files=[picture])
        page.get_by_label("Tên nội dung công khai").fill(f"Dự toán {width}")
        page.get_by_label("Ngày của văn bản").fill("12/06/2026")
        page.get_by_label("Tệp văn bản").set_input_files(files=[word])
        page.get_by_role("button", name="Công khai", exact=True).click()
        page.get_by_role("heading", name="Còn 1 chỗ cần sửa").wait_for()
        assert_fits(page)
        assert_accessible(page)
        assert page.get_by_text("Đã nhận tệp “treo.jpg”").is_visible()
        page.get_by_label("Ngày của văn bản").fill("08/06/2026")
        page.get_by_role("button", name="Công khai", exact=True).click()
        page.get_by_role("heading", name=f"Dự toán {width}").wait_for()
        posting = page.locator("article.posting")
        assert posting.get_by_text("Có minh chứng khi niêm yết.").is_visible()
        posting.locator("summary", has_text="Gỡ niêm yết").click()
        posting.get_by_label("Ngày cuối còn niêm yết").fill("01/06/2026")
        posting.get_by_label("Ảnh khi gỡ").set_input_files(files=[picture])
        posting.get_by_role("button", name="Ghi gỡ niêm yết").click()
        page.get_by_role("heading", name="Còn 1 chỗ cần sửa").wait_for()
        assert posting.get_by_text("Đã nhận tệp “treo.jpg”").is_visible()
        assert_fits(page)
        assert_accessible(page)


def test_a_dark_list_and_documents_fit_and_can_be_read(committed_cast, look_at, as_person):
    who = committed_cast.recorder_benmau
    handed = hand_in_document(
        actor=who, unit_id=committed_cast.benmau, data=document(), name=f"{LONG}.docx"
    )
    made = publish_names(who, committed_cast.benmau, HALL)
    take_down(
        actor=who, posting_id=made.postings.get().pk, version=1, on=dt.date(2026, 6, 1), early=True
    )
    plain = publish(who, committed_cast.benmau, documents=(handed,))
    cookies = cookies_of(as_person(who))
    for one in (made, plain):
        look_at(f"/office/ghi-viec/cong-khai/{one.record.public_id}/", cookies=cookies)
    look_at(f"/dia-phuong/9A001-xa-ben-mau/cong-khai/{plain.record.public_id}/")
