"""Saying that something is wrong, without an account; reading the answer with code and PIN."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connection

from danchu.civic.claims import rules
from danchu.civic.claims.models import Claim
from danchu.civic.claims.services import amend_claim_answer, answer_claim, cancel_claim
from danchu.core.access_codes.services import new_token
from danchu.web.design.rate import Places
from danchu.web.portal import claims as pages
from tests.civic.disclosure.made import publish

BOARD = "/dia-phuong/9A001-xa-ben-mau/cong-khai/"
FOLLOW = "/xem-tra-loi/"
TEXT = "Khoản chi sửa đường ghi <b>5</b> triệu, biên bản ghi 15 triệu."


@pytest.fixture(autouse=True)
def _nobody_sent_anything_before(monkeypatch):
    pages.sending.clear()
    pages.reading.clear()
    cache.clear()
    monkeypatch.setenv("DANCHU_TODAY", "2026-09-10")


@pytest.fixture
def form(cast, monkeypatch):
    monkeypatch.setenv("DANCHU_TODAY", "2026-09-10")
    made = publish(cast.recorder_benmau, cast.benmau)
    return f"{BOARD}{made.record.public_id}/phan-anh/"


def typed(**changes):
    return {
        "kind": "wrong", "text": TEXT, "token": new_token(), "website": "", **changes
    }  # fmt: skip


def sent(client, form, **changes):
    """The code and the PIN that the page shows."""
    answer = client.post(form, typed(**changes))
    text = answer.content.decode()
    code = re.search(r"<dd>([A-Z2-9]{4}-[A-Z2-9]{4})</dd>", text)
    assert code, text
    return code[1], re.search(r"<dd>(\d{6})</dd>", text)[1], answer


def test_a_telephone_number_is_asked_about_once_and_may_stay(client, form, monkeypatch):
    monkeypatch.setattr(pages, "SENDING_OF_HOUR", 1)  # the question uses up no sending
    told = f"{TEXT} Gọi tôi số 0912 345 678."
    page = client.post(form, typed(text=told)).content.decode()
    assert "Nội dung có số điện thoại" in page and "Gọi tôi số 0912 345 678." in page
    assert re.search(r'<input[^>]*name="telephone"', page)
    assert not Claim.objects.exists()
    sent(client, form, text=told, telephone="on")
    assert Claim.objects.get().text == told


def test_days_and_amounts_are_no_telephone_number(client, form):
    page = client.get(form).content.decode()
    assert 'name="telephone"' not in page
    sent(client, form, text="Từ 07/08/2026 - 30/08/2026 đã thu 0,5 và 912.345.678 đồng, sai.")
    assert Claim.objects.count() == 1


def test_a_nul_in_a_claim_is_told_beside_the_field_and_nothing_typed_is_lost(client, form):
    answer = client.post(form, typed(text=TEXT.replace("đường", "đường\x00")))
    page = answer.content.decode()
    assert "ký tự không đọc được" in page and "Khoản chi sửa đường\ufffd ghi" in page
    assert not Claim.objects.exists()
    read = client.post(FOLLOW, {"code": "K7MP\x00-4XQD", "pin": "123456"}).content.decode()
    assert "ký tự không đọc được" in read and "K7MP\ufffd-4XQD" in read
    sent(client, form)
    assert Claim.objects.count() == 1


def test_what_is_sent_gets_a_code_and_is_followed_to_its_answer(cast, client, form, monkeypatch):
    notice = form.removesuffix("phan-anh/")
    assert form + "?loai=chua-dung" in client.get(notice).content.decode()
    assert "csrfmiddlewaretoken" not in client.get(notice).content.decode()
    asked = client.get(form + "?loai=gop-y").content.decode()
    assert re.search(r'value="opinion"[^>]*checked', asked)
    assert "Không ghi họ tên" in asked
    code, pin, answer = sent(client, form)
    assert "no-store" in answer["Cache-Control"]
    assert "chậm nhất thứ Hai, 21/09/2026" in answer.content.decode()
    waiting = client.post(FOLLOW, {"code": code.lower(), "pin": pin}).content.decode()
    assert "Chưa có trả lời" in waiting and "ghi &lt;b&gt;5&lt;/b&gt; triệu" in waiting
    assert "khoản 4 Điều 22" in waiting
    claim = Claim.objects.get()
    answer_claim(
        actor=cast.recorder_benmau, record_id=claim.pk, version=1, outcome="stands",
        answer="Số của hai năm.",
    )  # fmt: skip
    read = client.post(FOLLOW, {"code": code, "pin": pin})
    assert "Số của hai năm." in read.content.decode()
    assert "Xã Bến Mẫu" in read.content.decode() or "xã Bến Mẫu" in read.content.decode()
    assert "no-store" in read["Cache-Control"]
    assert client.get(FOLLOW).status_code == 200
    assert TEXT not in client.get(notice).content.decode()
    assert "đã được sửa" not in read.content.decode()
    monkeypatch.setenv("DANCHU_TODAY", "2026-09-11")
    amend_claim_answer(
        actor=cast.recorder_benmau, record_id=claim.pk, version=1, outcome="stands",
        answer="Số của ba năm.", reason="Ghi nhầm số năm.",
    )  # fmt: skip
    again = client.post(FOLLOW, {"code": code, "pin": pin}).content.decode()
    assert "Số của ba năm." in again and "Câu trả lời đã được sửa ngày 11/09/2026." in again
    assert "Số của hai năm." not in again and "Ghi nhầm số năm." not in again


def test_a_wrong_pin_tells_nothing_and_five_lock(client, form):
    code, pin, _answer = sent(client, form)
    wrong = f"{(int(pin) + 1) % 10**6:06d}"
    said = client.post(FOLLOW, {"code": code, "pin": wrong}).content.decode()
    assert "Còn 4 lần thử" in said and TEXT[:10] not in said
    for _ in range(4):
        client.post(FOLLOW, {"code": code, "pin": wrong})
    locked = client.post(FOLLOW, {"code": code, "pin": pin})
    assert locked.status_code == 429
    assert "Nhập sai quá nhiều lần" in locked.content.decode()


def test_guessing_many_codes_is_slowed_by_address(client, form, monkeypatch):
    monkeypatch.setattr(pages, "READING", 2)
    answers = [client.post(FOLLOW, {"code": f"AAAA-AAA{n}", "pin": "1"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]


def test_machines_and_floods_are_refused_and_what_was_typed_stays(client, form, monkeypatch):
    trapped = client.post(form, typed(website="http://x.example"))
    assert "Yêu cầu không hợp lệ." in trapped.content.decode()
    monkeypatch.setattr(pages, "SENDING", 1)
    pages.sending.clear()
    sent(client, form)
    again = client.post(form, typed()).content.decode()
    assert "Gửi nhiều lần trong thời gian ngắn" in again
    assert "ghi &lt;b&gt;5&lt;/b&gt; triệu" in again
    assert Claim.objects.count() == 1


def test_sent_twice_by_a_bad_line_it_is_one_and_shows_the_same_pin(client, form):
    token = re.search(r'name="token" value="([^"]+)"', client.get(form).content.decode())[1]
    code, pin, first = sent(client, form, token=token)
    again = sent(client, form, token=token)
    assert again[:2] == (code, pin)
    said = "đã được nhận lúc trước"
    assert said in again[2].content.decode() and said not in first.content.decode()
    assert Claim.objects.count() == 1
    assert "Chưa có trả lời" in client.post(FOLLOW, {"code": code, "pin": pin}).content.decode()


def test_going_back_to_a_form_that_is_asked_for_anew_it_is_still_one(client, form):
    def asked(browser):
        page = browser.get(form).content.decode()
        return re.search(r'name="token" value="([^"]+)"', page)[1]

    first = sent(client, form, token=asked(client))
    assert sent(client, form, token=asked(client))[:2] == first[:2]
    assert Claim.objects.count() == 1
    from django.test import Client

    neighbour = Client()
    assert sent(neighbour, form, token=asked(neighbour))[:2] != first[:2]
    assert Claim.objects.count() == 2


def test_going_back_and_sending_another_text_loses_neither(client, form):
    token = new_token()
    first = sent(client, form, token=token)
    second = sent(client, form, token=token, text="Nói thêm: bản đồ quy hoạch cũng chưa đúng.")
    assert first[:2] != second[:2]
    assert Claim.objects.count() == 2
    read = client.post(FOLLOW, {"code": second[0], "pin": second[1]}).content.decode()
    assert "bản đồ quy hoạch" in read


def test_a_form_left_open_too_long_keeps_the_text_and_goes_through_the_second_time(client, form):
    late = client.post(form, typed(token="cũ")).content.decode()
    assert "mở đã lâu" in late and "ghi &lt;b&gt;5&lt;/b&gt; triệu" in late
    assert not Claim.objects.exists()
    token = re.search(r'name="token" value="([^"]+)"', late)[1]
    assert sent(client, form, token=token)


def test_the_sender_is_led_to_the_correction(cast, client, form):
    code, pin, _answer = sent(client, form)
    about = Claim.objects.get().about_id
    right = publish(
        cast.recorder_benmau, cast.benmau, title="Đính chính khoản chi", corrects_id=about
    )
    answer_claim(
        actor=cast.recorder_benmau, record_id=Claim.objects.get().pk, version=1,
        outcome="corrected", answer="Đã sửa.", correction=right.record.public_id,
    )  # fmt: skip
    read = client.post(FOLLOW, {"code": code, "pin": pin}).content.decode()
    assert "đã được đính chính" in read
    assert f'href="{BOARD}{right.record.public_id}/"' in read


def test_the_sender_reads_why_it_was_cancelled(cast, client, form):
    code, pin, _answer = sent(client, form)
    cancel_claim(
        actor=cast.leader_benmau, record_id=Claim.objects.get().pk, version=1,
        why="elsewhere", note="Gửi tại nơi tiếp công dân.",
    )  # fmt: skip
    read = client.post(FOLLOW, {"code": code, "pin": pin}).content.decode()
    assert "Đã hủy, không trả lời" in read and "Gửi tại nơi tiếp công dân." in read
    assert "khiếu nại, tố cáo hoặc việc khác" in read and "Hạn trả lời" not in read


@pytest.mark.parametrize(
    ("addresses", "slowed"),
    [
        (("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), True),
        (("2001:db8:1:2::1", "2001:db8:1:3::1"), False),
        (("::ffff:192.0.2.1", "192.0.2.1"), True),
        (("192.0.2.1", "192.0.2.2"), False),
    ],
)
def test_ipv6_is_counted_by_its_64_and_ipv4_by_address(
    client, form, monkeypatch, addresses, slowed
):
    monkeypatch.setattr(pages, "SENDING", 1)
    first, second = (client.post(form, typed(), REMOTE_ADDR=one) for one in addresses)
    assert "<dt>PIN</dt>" in first.content.decode()
    assert ("Gửi nhiều lần trong thời gian ngắn" in second.content.decode()) is slowed


def test_one_network_sends_only_so_much_to_one_unit_in_an_hour(cast, client, form, monkeypatch):
    monkeypatch.setattr(pages, "SENDING", 0)
    monkeypatch.setattr(pages, "SENDING_OF_HOUR", 2)
    sent(client, form)
    sent(client, form)
    third = client.post(form, typed()).content.decode()
    assert "từ cùng một mạng gửi tới xã Bến Mẫu. Gửi lại sau 60 phút" in third
    assert "ghi &lt;b&gt;5&lt;/b&gt; triệu" in third
    # Another process counts the same, and the address itself is kept nowhere.
    assert Places("claims").wait(f"127.0.0.1 {cast.benmau}", 2) > 3000
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM danchu_cache")
        assert not any("127.0.0.1" in key for (key,) in cursor.fetchall())
    other = publish(cast.recorder_caumau, cast.caumau)
    sent(client, f"/dia-phuong/9A002-phuong-cau-mau/cong-khai/{other.record.public_id}/phan-anh/")


@pytest.mark.parametrize("many", ["MANY_ABOUT", "MANY_OF_DAY"])
def test_a_stranger_who_sends_many_shuts_the_box_for_nobody_else(
    cast, client, form, monkeypatch, many
):
    monkeypatch.setattr(pages, "SENDING", 0)
    monkeypatch.setattr(rules, many, 3)
    for _n in range(3):
        sent(client, form)
    # From here on it goes slower for each address, and for none it is over.
    sent(client, form)
    again = client.post(form, typed()).content.decode()
    assert "Gửi lại sau 60 phút" in again
    neighbour = client.post(form, typed(), REMOTE_ADDR="203.0.113.7")
    assert "<dt>PIN</dt>" in neighbour.content.decode()
    assert Claim.objects.count() == 5


def test_a_form_without_its_token_is_refused(form):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(form, typed()).status_code == 403
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"text": ""}, {"text": "sai"}, {"kind": "x"}, {"token": "x"}, {"token": ""}]
)
def test_what_is_wrong_is_said_beside_its_field(client, form, changes):
    answer = client.post(form, typed(**changes)).content.decode()
    assert "govuk-error-summary" in answer
    assert not Claim.objects.exists()


def test_of_what_is_not_public_there_is_no_form(cast, client, form):
    hidden = publish(cast.recorder_benmau, cast.benmau, title="Nội bộ", public=False)
    assert client.get(f"{BOARD}{hidden.record.public_id}/phan-anh/").status_code == 404
    assert client.get(form + "?loai=to-cao").status_code == 400
    moved = client.get(form.replace("9A001-xa-ben-mau", "9A002-phuong-cau-mau"))
    assert (moved.status_code, moved["Location"]) == (301, form)
