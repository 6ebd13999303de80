"""The register of a quarter in the office: looked at, then published."""

from __future__ import annotations

import re
import uuid

from danchu.civic.disclosure.models import Notice
from danchu.core.documents.sheets_in import read_xlsx
from tests.civic.disclosure.made import HEADQUARTERS, publish

REGISTER = "/office/cong-khai/danh-muc/"
CONFIRM = f"{REGISTER}cong-bo/"


def seen_on(page: str) -> str:
    """The digest that the page of confirmation carries."""
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def key_on(page: str) -> str:
    """The key that the form of the page carries."""
    found = re.search(r'name="client_key" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_the_register_is_looked_at_confirmed_published_and_stays(cast, as_person):
    client = as_person(cast.recorder_benmau)
    assert "Chưa có nội dung nào công khai" in client.get(REGISTER).content.decode()
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    publish(cast.recorder_benmau, cast.benmau, public=False, title="Chỉ xem trong đơn vị")
    page = client.get(f"{REGISTER}?quy=2026-Q2").content.decode()
    assert "quý II năm 2026" in page and "Niêm yết tại Trụ sở UBND xã" in page
    assert "Chỉ xem trong đơn vị" not in page and "1 nội dung chỉ xem" in page
    assert "Mới 21/30 ngày liên tục" in page
    assert f"{CONFIRM}?don-vi=9A001&amp;quy=2026-Q2" in page
    shown = client.get(f"{CONFIRM}?quy=2026-Q2").content.decode()
    assert "Sẽ công khai 1 nội dung" in shown and "Niêm yết tại Trụ sở UBND xã" in shown
    assert "Quý này đến 30/06/2026 mới hết." in shown
    assert not Notice.objects.exclude(register_of="").exists(), "looking publishes nothing"
    key = str(uuid.uuid4())
    typed = {"client_key": key, "seen": seen_on(shown), "number": "15/TB-UBND"}
    asked = client.post(f"{CONFIRM}?quy=2026-Q2", typed)
    page = asked.content.decode()
    assert asked.status_code == 400 and 'name="early"' in page and 'value="15/TB-UBND"' in page
    assert 'name="early"' not in shown and "vào danh mục quý III năm 2026" in page
    assert not Notice.objects.exclude(register_of="").exists(), "the quarter still runs"
    typed["early"] = "on"
    first = client.post(f"{CONFIRM}?quy=2026-Q2", typed)
    assert client.post(f"{CONFIRM}?quy=2026-Q2", typed).url == first.url
    made = Notice.objects.get(register_of="2026-Q2")
    assert first.url == f"/office/cong-khai/van-ban/{made.record.public_id}/"
    publish(cast.recorder_benmau, cast.benmau, title="Ghi sau danh mục")
    page = client.get(REGISTER).content.decode()
    assert "Danh mục đã công khai ngày 10/06/2026" in page and "15/TB-UBND" in page
    assert "Ghi sau khi đã công khai danh mục" in page and "Ghi sau danh mục" in page
    assert CONFIRM not in page, "it is not published twice"
    other = client.post(f"{CONFIRM}?quy=2026-Q2", {**typed, "client_key": str(uuid.uuid4())})
    assert other.status_code == 400 and "giữ nguyên" in other.content.decode()
    notice = client.get(f"/office/ghi-viec/cong-khai/{made.record.public_id}/").content.decode()
    assert "/sua/" not in notice and "/office/cong-khai/van-ban/" in notice
    english = client.get(f"/en{REGISTER}").content.decode()
    assert "Niêm yết tại Trụ sở UBND xã" in english, "the paper is as it was posted"


def test_what_changed_after_the_page_was_opened_is_looked_at_again(cast, as_person):
    client = as_person(cast.recorder_benmau)
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    shown = client.get(f"{CONFIRM}?quy=2026-Q2").content.decode()
    publish(cast.recorder_benmau, cast.benmau, title="Vừa ghi thêm")
    typed = {"client_key": str(uuid.uuid4()), "seen": seen_on(shown), "number": "7/TB-UBND"}
    typed["early"] = "on"
    answer = client.post(f"{CONFIRM}?quy=2026-Q2", typed)
    page = answer.content.decode()
    assert answer.status_code == 400 and "đã thay đổi từ khi mở trang" in page
    assert "Vừa ghi thêm" in page and 'value="7/TB-UBND"' in page
    again = client.post(f"{CONFIRM}?quy=2026-Q2", {**typed, "seen": seen_on(page)})
    assert again.status_code == 302


def test_a_register_sent_with_the_key_of_one_that_was_cancelled_goes_out_at_the_second_press(
    cast, as_person
):
    client = as_person(cast.recorder_benmau)
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    shown = client.get(f"{CONFIRM}?quy=2026-Q2").content.decode()
    typed = {"client_key": str(uuid.uuid4()), "seen": seen_on(shown), "number": "7/TB-UBND"}
    typed["early"] = "on"
    wrong = client.post(f"{CONFIRM}?quy=2026-Q2", {**typed, "number": "một hai"})
    assert wrong.status_code == 400 and key_on(wrong.content.decode()) == typed["client_key"]
    first = client.post(f"{CONFIRM}?quy=2026-Q2", typed)
    as_person(cast.leader_benmau).post(f"{first.url}huy/", {"reason": "Thiếu nội dung"})
    told = client.post(f"{CONFIRM}?quy=2026-Q2", typed)
    page = told.content.decode()
    assert told.status_code == 400 and "đã được gửi trước đó" in page
    assert 'value="7/TB-UBND"' in page and key_on(page) != typed["client_key"]
    again = client.post(f"{CONFIRM}?quy=2026-Q2", {**typed, "client_key": key_on(page)})
    assert again.status_code == 302 and again.url != first.url


def test_who_may_not_is_refused_and_so_is_what_is_no_quarter(cast, as_person):
    publish(cast.recorder_benmau, cast.benmau)
    viewer = as_person(cast.viewer_benmau)
    assert viewer.get(REGISTER).status_code == 200
    assert CONFIRM not in viewer.get(REGISTER).content.decode()
    assert viewer.get(f"{CONFIRM}?quy=2026-Q2").status_code == 403
    assert viewer.post(f"{CONFIRM}?quy=2026-Q2", {}).status_code == 403
    neighbour = as_person(cast.recorder_caumau)
    assert neighbour.get(f"{REGISTER}?don-vi=9A001").status_code == 404
    assert neighbour.post(f"{CONFIRM}?don-vi=9A001&quy=2026-Q2", {}).status_code == 404
    client = as_person(cast.recorder_benmau)
    for wrong in ("quy=2026", "quy=2026-Q4", "quy=x", "la=1"):
        assert client.get(f"{REGISTER}?{wrong}").status_code == 400
        assert client.get(f"{CONFIRM}?{wrong}").status_code == 400
    assert client.post(f"{CONFIRM}?quy=2026-Q1", {}).status_code == 400
    assert client.post(f"{CONFIRM}?quy=2026-Q2", {}).status_code == 400, "nothing was looked at"
    assert not Notice.objects.exclude(register_of="").exists()


def test_the_register_is_taken_along_as_a_sheet_of_what_everybody_may_see(cast, as_person):
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, title="=Dự toán")
    publish(cast.recorder_benmau, cast.benmau, public=False, title="Chỉ xem trong đơn vị")
    address = f"{REGISTER}tai/?quy=2026-Q2"
    answer = as_person(cast.recorder_benmau).get(address)
    first, notes = read_xlsx(answer.content)
    assert first.rows[0][1] == "Nội dung công khai"
    assert [row[1] for row in first.rows[1:]] == ["=Dự toán (12/QĐ-UBND)"]
    assert any("Dữ liệu minh họa" in str(cell) for row in notes.rows for cell in row)
    assert as_person(cast.outsider).get(address).status_code == 403
    assert as_person(cast.recorder_benmau).get(f"{REGISTER}tai/").status_code == 400


def test_the_register_is_taken_along_as_a_paper_to_be_signed(cast, as_person):
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    client = as_person(cast.recorder_benmau)
    for fmt, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = client.get(f"{REGISTER}tai/?quy=2026-Q2&dang={fmt}")
        assert answer.content.startswith(begins)
        assert f"danh-muc-cong-khai-9A001-2026-Q2.{fmt}" in answer["Content-Disposition"]
    assert client.get(f"{REGISTER}tai/?quy=2026-Q2&dang=odt").status_code == 400
