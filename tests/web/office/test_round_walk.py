"""A round from its opening to an amended report, in a real browser.

The province opens the round; one commune hands in, is returned, hands in again and is accepted;
the other stays missing and is named; the report is frozen, issued and taken back signed; then the
round is opened again, the commune corrects its figures, and the amendment tells what changed.
"""

from __future__ import annotations

import pytest

from danchu.core.clock import on_day
from danchu.demo.cast import PASSWORD
from tests.browser.looking import DESK, HEIGHTS, PHONE, assert_accessible, assert_fits
from tests.cast import TODAY
from tests.making import hold

pytestmark = [pytest.mark.browser]

PERIOD = "nd09:2026H1"
PROVINCE = f"/office/bao-cao/9A/{PERIOD}/"
COMMUNE = f"/office/bao-cao/9A001/{PERIOD}/"
DAY = TODAY.strftime("%d/%m/%Y")


def _signed_in(browser_page, account):
    page = browser_page()
    page.goto("/office/")
    page.fill("input[name=login]", account.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/office/")
    return page


def looked_over(page):
    """Accessible and within the page on a phone and on a desk."""
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        assert_accessible(page)
        assert_fits(page)


def _hand_in(officer):
    officer.goto(COMMUNE + "nop/")
    officer.click("main form button:has-text('Nộp số liệu')")
    officer.wait_for_selector("text=Đã nộp số liệu, bản số")


def _all_seen(province):
    for box in province.locator("input[name=da-xem]").all():
        box.check()


def _issue(province, number):
    province.fill("input[name=ban-hanh-number]", number)
    province.fill("input[name=ban-hanh-issued_on]", DAY)
    province.fill("input[name=ban-hanh-signer_name]", "Người Ký Mẫu")
    province.click("button:has-text('Lưu bản ban hành')")
    province.wait_for_selector("text=Đã ghi số và lưu bản ban hành")


def test_a_province_runs_a_whole_round(committed_cast, browser_page, settle, tmp_path):
    cast = committed_cast
    hold(cast.recorder_benmau, cast.benmau, "Nước yếu vào buổi tối.", participants=80)
    province = _signed_in(browser_page, cast.committee_minhhoa)
    province.goto(f"/office/bao-cao/mo-dot/{PERIOD}/?don-vi=9A")
    province.fill("input[name=letter]", "12/CV-BCĐ ngày 02/6/2026")
    province.click("main form button:has-text('Mở đợt báo cáo')")
    province.wait_for_selector("text=Đã mở đợt báo cáo")
    settle()

    officer = _signed_in(browser_page, cast.reporter_benmau)
    _hand_in(officer)

    province.goto(PROVINCE + "dot/")
    assert "phường Cầu Mẫu" in province.locator("#noi-dung-nhac").input_value()
    looked_over(province)
    # A return says why, or nothing happens.
    province.click("summary:has-text('Trả lại')")
    province.click("details[open] button:has-text('Trả lại')")
    province.wait_for_selector("text=Chưa thực hiện được")
    # It is looked at figure by figure, and returned with a comment on one of them.
    province.click("a:has-text('Kiểm tra từng số')")
    province.wait_for_url("**/kiem-tra/")
    looked_over(province)
    province.click("#o-participants summary")
    province.fill("[name='nx.participants']", "Chưa có người dự của thôn Mẫu Lai.")
    province.reload()  # what is typed stays with the tab
    assert "thôn Mẫu Lai" in province.input_value("[name='nx.participants']")
    province.fill("#ly-do", "Thiếu số người dự")
    province.click("button:has-text('Trả lại kèm nhận xét')")
    province.wait_for_selector("text=Đã trả lại bản nộp")

    officer.goto(COMMUNE)
    assert "Thiếu số người dự" in officer.inner_text("aside.rail")
    officer.goto(COMMUNE + "bieu/")
    at_cell = officer.locator("#o-participants + tr.said")
    assert "Chưa có người dự của thôn Mẫu Lai." in at_cell.inner_text()
    looked_over(officer)
    officer.fill("[name='so.participants']", "95")
    officer.click("#o-participants summary")
    officer.fill("[name='ly.participants']", "Thêm người dự của thôn Mẫu Lai")
    at_cell.locator("[data-dealt]").check()
    at_cell.locator("[data-words-of]").fill("Đã cộng 15 người")
    at_cell.locator("[data-words-of]").press("Enter")
    saved = "#o-participants + tr.said [data-mark][value='xl|Đã cộng 15 người']"
    officer.wait_for_selector(saved, state="attached")  # both parts of the answer
    officer.wait_for_selector("#o-participants [data-told]:has-text('Đã lưu')")
    _hand_in(officer)
    province.goto(PROVINCE + "dot/")
    province.click("a:has-text('Kiểm tra từng số')")
    province.wait_for_url("**/kiem-tra/")
    checked = province.inner_text("#o-participants + tr.said")
    assert "Số khi nhận xét: 80 → bản này: 95." in checked
    assert "Đơn vị đã xử lý: Đã cộng 15 người" in checked
    looked_over(province)
    province.goto(PROVINCE + "dot/")
    province.click("tbody button:has-text('Nhận')")
    province.wait_for_selector("text=Đã nhận bản nộp")
    province.check("input[name=da-xem]")
    province.click("button:has-text('Đóng đợt báo cáo')")
    province.wait_for_selector("text=Đã đóng đợt báo cáo")
    # What the closing itself kept: the version it counted, and that one unit was missing.
    assert "1 bản được tính, 1 đơn vị chưa nộp số liệu" in province.inner_text("main")
    settle()
    officer.goto(COMMUNE)
    assert officer.locator("aside.rail a:has-text('Nộp số liệu')").count() == 0

    province.goto(PROVINCE)
    settle()
    handed_in = province.locator("article.paper tr:has-text('phường Cầu Mẫu')").all_inner_texts()
    assert [row.split() for row in handed_in] == [["phường", "Cầu", "Mẫu", "chưa", "nộp"]]
    province.goto(PROVINCE + "ban-chot/")
    province.click("button:has-text('Chốt để trình ký')")
    province.wait_for_selector("text=Báo cáo còn thiếu")
    _all_seen(province)
    province.click("button:has-text('Chốt để trình ký')")
    province.wait_for_selector("text=Đã chốt nội dung báo cáo để trình ký")
    looked_over(province)
    province.click("summary:has-text('Ghi bước đã làm')")
    province.select_option("select[name=buoc-kind]", "draft")
    province.fill("input[name=buoc-done_on]", DAY)
    province.click("button:has-text('Ghi bước')")
    province.wait_for_selector("text=Đã ghi bước trình ký")
    _issue(province, "05")
    with province.expect_download() as download:
        province.click("text=Bản ban hành (PDF)")
    paper = tmp_path / "ban-hanh.pdf"
    download.value.save_as(paper)
    signed = tmp_path / "da-ky.pdf"
    signed.write_bytes(paper.read_bytes() + b"\n% signed outside\n")
    province.set_input_files("input[name=nhan-lai-file]", signed)
    province.click("button:has-text('Gửi tệp')")
    province.wait_for_selector("text=chưa thấy chữ ký số trong tệp")
    looked_over(province)

    # The amendment: opened again, corrected, handed in, closed, frozen as a new report.
    province.goto(PROVINCE + "dot/")
    province.check("label:has-text('xã Bến Mẫu') input")
    province.fill("input[id=ly-do-mo-lai]", "Xã ghi thiếu một cuộc đối thoại")
    province.click("button:has-text('Mở lại đợt báo cáo')")
    province.wait_for_selector("text=Đã mở lại đợt báo cáo")
    with on_day(TODAY):
        hold(cast.recorder_benmau, cast.benmau, participants=40)
    settle()
    _hand_in(officer)
    province.goto(PROVINCE + "dot/")
    province.click("tbody button:has-text('Nhận')")
    province.wait_for_selector("text=Đã nhận bản nộp")
    province.check("input[name=da-xem]")
    province.click("button:has-text('Đóng đợt báo cáo')")
    province.wait_for_selector("text=Đã đóng đợt báo cáo")
    settle()
    assert "Số liệu thay đổi so với lần đóng trước" in province.inner_text("main")
    looked_over(province)
    province.goto(PROVINCE + "ban-chot/")
    assert "nay khác bản chốt" in province.inner_text("main")
    province.fill("textarea[name=chot-reason]", "Xã ghi thiếu một cuộc đối thoại")
    _all_seen(province)
    province.click("button:has-text('Chốt báo cáo đính chính')")
    province.wait_for_selector("text=Đã chốt nội dung báo cáo để trình ký")
    _issue(province, "06")
    looked_over(province)
    text = province.inner_text("main")
    assert "Báo cáo số 06" in text
    assert "Báo cáo số 05" in text
