"""Following a board by e-mail, from the form to the message and its link to stop."""

from __future__ import annotations

import datetime as dt
import re
import smtplib

import pytest
from django.test import Client

from danchu.core import clock
from danchu.core.accounts.models import Installation
from danchu.core.subscriptions.models import Subscription
from danchu.web.design.context import forget_mode
from danchu.web.portal import subscriptions as pages
from danchu.web.portal.board_mail import send_next
from danchu.web.portal.caching import forget_all
from tests.civic.disclosure.made import publish, publish_names

ADDRESS = "https://danchu.example.vn"
BOARD = "/dia-phuong/9A001-xa-ben-mau/cong-khai/"
FORM = f"{BOARD}nhan-thu/"
LAN = "mau.lan@example.vn"
MORNING = dt.datetime(2026, 6, 10, 2, tzinfo=dt.UTC)
EVENING = dt.datetime(2026, 6, 10, 11, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _nobody_asked_before(settings):
    settings.DANCHU_ADDRESS = ADDRESS
    settings.DANCHU_MAIL_FROM = "Bảng công khai <khong.tra.loi@danchu.example.vn>"
    pages.asking.clear()
    pages.asking_of_day.clear()
    forget_all()
    yield
    forget_all()
    forget_mode()


@pytest.fixture
def at(monkeypatch):
    def set_(instant):
        monkeypatch.setattr(clock, "now", lambda: instant)

    set_(MORNING)
    return set_


def path_in(body, part):
    """The path of the link to confirm or stop in a message."""
    found = re.search(rf"{ADDRESS}((?:/en)?/nhan-thu/{part}/\S+/)", body)
    assert found, body
    return found[1]


def followed(client, mailoutbox, form=FORM, address=LAN):
    """Somebody who asked and confirmed; the outbox is empty after it."""
    client.post(form, {"address": address, "website": ""})
    while send_next():
        pass
    client.post(path_in(mailoutbox[-1].body, "xac-nhan"))
    mailoutbox.clear()


def test_the_whole_way_from_the_form_to_the_message_and_stopping(cast, client, at, mailoutbox):
    publish(cast.recorder_benmau, cast.benmau, title="Có từ trước")
    assert FORM in client.get(BOARD).content.decode()
    asked = client.post(FORM, {"address": LAN, "website": ""})
    assert "Mở hộp thư để xác nhận" in asked.content.decode() and LAN not in asked.content.decode()
    assert "no-store" in asked["Cache-Control"]
    assert send_next() and not send_next()
    (first,) = mailoutbox
    assert (first.to, first.subject) == ([LAN], "Xác nhận nhận thư báo của xã Bến Mẫu")
    assert "xã Bến Mẫu, tỉnh Minh Họa công khai nội dung mới" in first.body
    assert "Có từ trước" not in first.body
    confirm = path_in(first.body, "xac-nhan")
    page = client.get(confirm).content.decode()
    assert "Nhận thư khi xã Bến Mẫu công khai nội dung mới?" in page
    assert Subscription.objects.get().confirmed_at is None  # opening a link confirms nothing
    done = client.post(confirm, follow=True)
    assert "Đã xác nhận" in done.content.decode()
    at(MORNING + dt.timedelta(hours=2))
    made = publish(cast.recorder_benmau, cast.benmau, title="Quyết toán & dự toán năm 2026")
    named = publish_names(cast.recorder_benmau, cast.benmau)
    at(EVENING)
    assert send_next() and not send_next()
    told = mailoutbox[1]
    assert told.subject == "Xã Bến Mẫu công khai 2 nội dung mới"
    for words in (
        "Xã Bến Mẫu, tỉnh Minh Họa",
        "- Quyết toán & dự toán năm 2026\n  Công khai ngày 20/05/2026.\n"
        f"  {ADDRESS}{BOARD}{made.record.public_id}/",
        f"- {named.title}",
        "Mỗi ngày nhiều nhất một thư",
    ):
        assert words in told.body, words
    assert "Đoàn Mẫu" not in told.body and "Danh sách kèm theo" not in told.body
    sent = told.message()
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Message-ID"].endswith("@danchu.example.vn>")
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = sent["List-Unsubscribe"].strip("<>")
    stop = path_in(told.body, "dung")
    assert link == ADDRESS + stop
    assert "Bấm nút dưới đây" in client.get(stop).content.decode()
    assert Subscription.objects.count() == 1  # opening a link stops nothing
    strict = Client(enforce_csrf_checks=True)
    one_click = strict.post(stop, {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200 and "Đã dừng" in one_click.content.decode()
    assert not Subscription.objects.exists()
    assert strict.post(stop).status_code == 200
    assert client.get(confirm).status_code == 404


def test_without_a_mail_server_or_an_address_nothing_is_offered_and_links_still_stop(
    cast, client, at, mailoutbox, settings
):
    publish(cast.recorder_benmau, cast.benmau)
    followed(client, mailoutbox)
    client.post(FORM, {"address": "khac@example.vn", "website": ""})
    send_next()
    stop = path_in(mailoutbox[0].body, "dung")
    for name in ("DANCHU_MAIL_FROM", "DANCHU_ADDRESS"):
        kept = getattr(settings, name)
        setattr(settings, name, "")
        forget_all()
        board = client.get(BOARD).content.decode()
        assert FORM not in board and "nguon.atom" in board
        assert client.get(FORM).status_code == 404
        assert client.post(FORM, {"address": LAN}).status_code == 404
        assert send_next() is False
        setattr(settings, name, kept)
    settings.DANCHU_MAIL_FROM = ""
    assert client.post(stop).status_code == 200
    assert Subscription.objects.count() == 1


def test_the_answer_does_not_tell_whether_an_address_is_known(cast, client, at, mailoutbox):
    publish(cast.recorder_benmau, cast.benmau)
    followed(client, mailoutbox)
    known = client.post(FORM, {"address": LAN, "website": ""}).content.decode()
    new = client.post(FORM, {"address": "khac@example.vn", "website": ""}).content.decode()
    assert known == new
    while send_next():
        pass
    assert [one.to for one in mailoutbox] == [["khac@example.vn"]]


def test_who_follows_two_boards_gets_one_message_and_stops_one_or_both(
    cast, client, at, mailoutbox
):
    other = "/dia-phuong/9A002-phuong-cau-mau/cong-khai/nhan-thu/"
    for form in (FORM, other):
        followed(client, mailoutbox, form)
    at(MORNING + dt.timedelta(hours=1))
    publish(cast.recorder_benmau, cast.benmau, title="Của xã")
    publish(cast.recorder_caumau, cast.caumau, title="Của phường")
    at(EVENING)
    while send_next():
        pass
    (told,) = mailoutbox
    assert told.subject == "2 nội dung mới được công khai"
    one = re.search(rf"Dừng thư của phường Cầu Mẫu: {ADDRESS}(\S+)", told.body)[1]
    client.post(one)
    assert [row.unit_id for row in Subscription.objects.all()] == [cast.benmau]
    client.post(told.message()["List-Unsubscribe"].strip("<>").removeprefix(ADDRESS))
    assert not Subscription.objects.exists()


def test_more_than_a_message_holds_leads_to_the_board(cast, client, at, mailoutbox, monkeypatch):
    from danchu.core.subscriptions import letters

    monkeypatch.setattr(letters.news, "__kwdefaults__", {"limit": 2})
    followed(client, mailoutbox)
    at(MORNING + dt.timedelta(hours=1))
    for n in range(5):
        publish(cast.recorder_benmau, cast.benmau, title=f"Nội dung {n}")
    at(EVENING)
    send_next()
    (told,) = mailoutbox
    assert told.subject == "Xã Bến Mẫu công khai 5 nội dung mới"
    assert told.body.count("- Nội dung") == 2
    assert f"Còn 3 nội dung nữa: {ADDRESS}{BOARD}" in told.body


def test_what_was_cancelled_before_it_went_out_sends_no_empty_message(
    cast, client, at, mailoutbox, monkeypatch
):
    from danchu.web.portal import board_mail

    followed(client, mailoutbox)
    at(MORNING + dt.timedelta(hours=1))
    publish(cast.recorder_benmau, cast.benmau)
    at(EVENING)
    monkeypatch.setattr(board_mail, "news", lambda _followed: ([], 0))
    assert send_next() is True and mailoutbox == []
    assert Subscription.objects.get().told_on is None
    assert send_next() is False


def test_asked_in_english_its_links_are_english(cast, client, at, mailoutbox):
    client.post(f"/en{FORM}", {"address": LAN, "website": ""})
    send_next()
    (first,) = mailoutbox
    assert path_in(first.body, "xac-nhan").startswith("/en/nhan-thu/xac-nhan/")


def test_a_demonstration_says_so_in_subject_and_text(cast, client, at, mailoutbox):
    Installation.objects.update_or_create(defaults={"mode": "demo", "serves": []})
    client.post(FORM, {"address": LAN, "website": ""})
    send_next()
    (first,) = mailoutbox
    assert first.subject.startswith("[dữ liệu minh họa] ")
    assert first.body.startswith("Dữ liệu minh họa")


@pytest.mark.parametrize(
    ("error", "left"),
    [
        (smtplib.SMTPRecipientsRefused({LAN: (550, b"no such user mau.lan")}), 0),
        (smtplib.SMTPRecipientsRefused({LAN: (450, b"later mau.lan")}), 1),
        (smtplib.SMTPServerDisconnected(f"lost {LAN}"), 1),
        (OSError(f"no route for {LAN}"), 1),
    ],
)
def test_what_goes_wrong_is_logged_without_the_address(
    cast, client, at, monkeypatch, caplog, error, left
):
    def fail(*_args, **_kwargs):
        raise error

    client.post(FORM, {"address": LAN, "website": ""})
    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    for hours in range(3):
        at(MORNING + dt.timedelta(hours=hours))
        assert send_next() is (left == 0)
        assert send_next() is False
    assert Subscription.objects.count() == left
    assert "did not go out" in caplog.text
    assert "lan" not in caplog.text.lower()


def test_machines_floods_and_what_is_no_address_are_refused(cast, client, at, monkeypatch):
    wrong = client.post(FORM, {"address": "lan", "website": ""})
    assert wrong.status_code == 400
    assert "Ghi một địa chỉ thư điện tử" in wrong.content.decode()
    assert 'value="lan"' in wrong.content.decode()
    assert client.post(FORM, {"address": LAN, "website": "x"}).status_code == 400
    assert Client(enforce_csrf_checks=True).post(FORM, {"address": LAN}).status_code == 403
    assert not Subscription.objects.exists()
    pages.asking.clear()
    monkeypatch.setattr(pages, "ASKING", 1)
    sent = [client.post(FORM, {"address": f"{n}@b.vn", "website": ""}) for n in range(2)]
    assert [one.status_code for one in sent] == [200, 400]
    assert "Gửi nhiều lần trong thời gian ngắn" in sent[1].content.decode()
    assert Subscription.objects.count() == 1


def test_a_link_of_somebody_else_or_an_old_one_tells_nothing(cast, client, at, mailoutbox):
    followed(client, mailoutbox)
    for path in ("/nhan-thu/xac-nhan/", "/nhan-thu/dung/"):
        for token in ("a" * 40, "0" * 32 + ".abc.def"):
            assert client.get(f"{path}{token}/").status_code == 404
            assert client.post(f"{path}{token}/").status_code == 404
    assert Subscription.objects.count() == 1


def test_a_private_workplace_that_published_nothing_has_no_form(cast, client, at):
    unit = "/dia-phuong/9A001.MAY-"
    moved = client.get(f"{unit}x/cong-khai/nhan-thu/", follow=True)
    assert moved.status_code == 404
    wrong = client.get(FORM.replace("xa-ben-mau", "x"))
    assert (wrong.status_code, wrong["Location"]) == (301, FORM)
    assert client.get(FORM + "?a=1").status_code == 400
