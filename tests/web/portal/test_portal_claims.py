"""Saying that something is wrong, without an account; reading the answer with code and PIN."""

from __future__ import annotations

import re
import uuid

import pytest

from danchu.civic.claims.models import Claim
from danchu.civic.claims.services import answer_claim
from danchu.web.portal import claims as pages
from tests.civic.disclosure.made import publish

BOARD = "/dia-phuong/9A001-xa-ben-mau/cong-khai/"
FOLLOW = "/xem-tra-loi/"
TEXT = "Khoản chi sửa đường ghi <b>5</b> triệu, biên bản ghi 15 triệu."


@pytest.fixture(autouse=True)
def _nobody_sent_anything_before(monkeypatch):
    pages.sending.clear()
    pages.reading.clear()
    monkeypatch.setenv("DANCHU_TODAY", "2026-09-10")


@pytest.fixture
def form(cast, monkeypatch):
    monkeypatch.setenv("DANCHU_TODAY", "2026-09-10")
    made = publish(cast.recorder_benmau, cast.benmau)
    return f"{BOARD}{made.record.public_id}/phan-anh/"


def typed(**changes):
    return {
        "kind": "wrong", "text": TEXT, "client_key": str(uuid.uuid4()), "website": "", **changes
    }  # fmt: skip


def sent(client, form, **changes):
    """The code and the PIN that the page shows."""
    answer = client.post(form, typed(**changes))
    text = answer.content.decode()
    code = re.search(r"<dd>([A-Z2-9]{4}-[A-Z2-9]{4})</dd>", text)
    assert code, text
    return code[1], re.search(r"<dd>(\d{6})</dd>", text)[1], answer


def test_what_is_sent_gets_a_code_and_is_followed_to_its_answer(cast, client, form):
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
    assert "Điều 22.4" in waiting
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


def test_sent_twice_by_a_bad_line_it_is_one(client, form):
    key = str(uuid.uuid4())
    sent(client, form, client_key=key)
    second = client.post(form, typed(client_key=key)).content.decode()
    assert "đã được nhận trước đó" in second and not re.search(r"<dd>\d{6}</dd>", second)
    assert Claim.objects.count() == 1


def test_a_form_without_its_token_is_refused(form):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(form, typed()).status_code == 403
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"text": ""}, {"text": "sai"}, {"kind": "x"}, {"client_key": "x"}]
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
