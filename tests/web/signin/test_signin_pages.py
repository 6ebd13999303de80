"""Signing in: closed to the outside, locked after five failures, ended with the last day."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from danchu.core import clock
from danchu.core.accounts import links
from danchu.core.accounts.models import Account
from danchu.core.contracts import OPERATOR
from tests.core.small_map import Map, holder, land

__all__ = ["land"]


@pytest.fixture(autouse=True)
def _nothing_counted_before(db):
    cache.clear()


PASSWORD = "bốn con trâu qua cầu"


@pytest.fixture
def lan(land: Map) -> Account:
    account = holder("recorder", land["Bến Mẫu"])
    Account.objects.filter(pk=account.pk).update(email="lan@vi-du.example", name="Mẫu Lan")
    account.refresh_from_db()
    account.set_password(PASSWORD)
    account.save()
    return account


def sign_in(client: Client, email: str = "lan@vi-du.example", password: str = PASSWORD, **more):
    return client.post("/office/dang-nhap/", {"login": email, "password": password, **more})


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_right_password_opens_the_door_with_a_new_session(client: Client, lan: Account) -> None:
    page = client.get("/office/dang-nhap/")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    for words in ("Thư điện tử", "Mật khẩu", 'autocomplete="current-password"'):
        assert words in page.content.decode()
    assert "placeholder" not in page.content.decode()
    before = client.cookies["sessionid"].value if "sessionid" in client.cookies else None
    response = sign_in(client, "LAN@Vi-Du.Example")
    assert response.status_code == 302
    assert response["Location"] in ("/office/", "/office/tai-khoan/")
    assert who(client) == str(lan.pk)
    assert client.cookies["sessionid"].value != before
    assert client.cookies["sessionid"]["httponly"]
    account = client.get("/office/tai-khoan/")
    assert account.status_code == 200
    assert "Mẫu Lan" in account.content.decode()
    assert "Cán bộ ghi việc" in account.content.decode()
    out = client.post("/office/dang-xuat/")
    assert out["Location"] == "/office/dang-nhap/"
    assert who(client) is None
    assert client.get("/office/tai-khoan/").status_code == 302


def test_every_failure_says_the_same(client: Client, lan: Account) -> None:
    closed = Account.objects.create(email="dong@vi-du.example", name="Đóng", is_active=False)
    closed.set_password(PASSWORD)
    closed.save()
    never = Account.objects.create(email="chua@vi-du.example", name="Chưa đặt")
    never.set_unusable_password()
    never.save()

    def page(email: str, password: str) -> str:
        shown = sign_in(client, email, password).content.decode().split("<main")[1]
        return re.sub(r'value="\w{64}"', "", shown.replace(email, ""))

    pages = {
        page("lan@vi-du.example", "sai mật khẩu"),
        page("khongco@vi-du.example", PASSWORD),
        page("dong@vi-du.example", PASSWORD),
        page("chua@vi-du.example", PASSWORD),
    }
    assert len(pages) == 1
    assert "không đúng" in pages.pop()
    assert who(client) is None


def test_five_failures_lock_that_address_for_that_account_only(
    client: Client, lan: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        assert sign_in(client, password="sai").status_code == 200
    locked = sign_in(client, password="sai")
    assert locked.status_code == 429
    assert "15 phút" in locked.content.decode()
    assert sign_in(client).status_code == 429  # the right one does not help now
    assert who(client) is None
    assert sign_in(client, "khac@vi-du.example").status_code == 200  # somebody else may try
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert sign_in(elsewhere).status_code == 302  # and she herself from another address
    for attempt in AccessAttempt.objects.all():
        kept = str(attempt.__dict__)
        assert PASSWORD not in kept
        assert "sai" not in kept
    # Setting a new password with a link opens the door again.
    token = links.make_one_time_link(actor=OPERATOR, account_id=lan.pk, purpose="reset")
    links.redeem_link(token=token, purpose="reset", password=PASSWORD + " mới")
    assert sign_in(client, password=PASSWORD + " mới").status_code == 302


def test_behind_a_trusted_proxy_the_lock_counts_the_client_behind_it(
    client: Client, lan: Account, settings
) -> None:
    def tried(forwarded: str, proxy: str = "10.0.0.1", **more: str) -> int:
        calling = Client(REMOTE_ADDR=proxy, headers={"x-forwarded-for": forwarded})
        return sign_in(calling, **more).status_code

    settings.DANCHU_PROXIES = ["10.0.0.1", "10.0.0.2"]
    for invented in range(5):  # what the client wrote itself stands to the left and counts nothing
        status = tried(f"198.51.100.{invented}, 203.0.113.7", password="sai")
    assert status == 429
    assert tried("203.0.113.7, 10.0.0.2") == 429  # the same client through two proxies
    assert tried("203.0.113.8") == 302  # a colleague behind the same proxy
    # Who is no proxy of ours is believed nothing; and without the setting nobody is.
    assert tried("203.0.113.8", proxy="203.0.113.7") == 429
    settings.DANCHU_PROXIES = []
    assert tried("203.0.113.7") == 302


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        ([], "1.2.3.4", "10.0.0.1"),
        (["10.0.0.1"], "", "10.0.0.1"),
        (["10.0.0.1"], "1.2.3.4", "1.2.3.4"),
        (["10.0.0.1"], "9.9.9.9, 1.2.3.4", "1.2.3.4"),
        (["10.0.0.1"], "1.2.3.4, khong phai dia chi", "10.0.0.1"),
        (["10.0.0.1"], "2001:DB8::1", "2001:db8::1"),
        (["10.0.0.1"], "1.2.3.4:51234", "1.2.3.4"),
        (["10.0.0.1"], "[2001:db8::1]:51234", "2001:db8::1"),
        (["10.0.0.1"], "1.2.3.4:cong", "10.0.0.1"),
        (["10.0.0.1"], "10.0.0.1," * 4000, "10.0.0.1"),
    ],
)
def test_the_address_of_the_client_is_the_last_one_not_ours(
    rf, settings, proxies: list[str], forwarded: str, found: str
) -> None:
    from danchu.web.design.client_address import address_of_client

    settings.DANCHU_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": forwarded})
    assert address_of_client(request) == found


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:DB8:1:2::9", "2001:db8:1:2::"),
        ("", ""),
    ],
)
def test_of_an_ipv6_address_its_64_is_counted(rf, address: str, counted: str) -> None:
    from danchu.web.design.client_address import counted_address

    assert counted_address(rf.get("/", REMOTE_ADDR=address)) == counted


def test_a_lock_ends_after_fifteen_minutes(client: Client, lan: Account) -> None:
    for _ in range(5):
        sign_in(client, password="sai")
    assert sign_in(client).status_code == 429
    past = clock.now() - dt.timedelta(minutes=14)
    AccessAttempt.objects.update(attempt_time=past)
    assert sign_in(client).status_code == 429
    AccessAttempt.objects.update(attempt_time=past - dt.timedelta(minutes=2))
    assert sign_in(client).status_code == 302


def test_the_session_ends_with_the_last_day(client: Client, lan: Account) -> None:
    today = clock.today()
    Account.objects.filter(pk=lan.pk).update(last_day=today)
    assert sign_in(client).status_code == 302
    assert client.get("/office/tai-khoan/").status_code == 200
    with clock.on_day(today + dt.timedelta(days=1)):
        assert client.get("/office/tai-khoan/").status_code == 302
        late = Client()
        assert sign_in(late).status_code == 200
        assert who(late) is None


def test_there_is_no_sign_up_and_no_mail(client: Client, db: None) -> None:
    for name in ("account_signup", "account_reset_password", "account_set_password"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("/office/dang-ky/", "/accounts/signup/", "/accounts/login/", "/office/signup/"):
        assert client.get(path).status_code == 404
    assert client.get("/office/dang-nhap/").content.decode().count("<form") == 1


def test_after_signing_in_one_stays_on_this_site(client: Client, lan: Account) -> None:
    there = sign_in(client, next="https://example.com/xau")
    assert there["Location"].startswith("/office/")
    client.post("/office/dang-xuat/")
    assert sign_in(client, next="/office/tai-khoan/")["Location"] == "/office/tai-khoan/"


def test_signing_out_takes_a_post(client: Client, lan: Account) -> None:
    client.force_login(lan)
    assert client.get("/office/dang-xuat/").status_code == 200
    assert who(client) == str(lan.pk)


def test_forms_are_refused_without_their_token(lan: Account) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403
    assert who(strict) is None


def test_a_one_time_link_sets_a_password(client: Client, lan: Account) -> None:
    token = links.make_one_time_link(actor=OPERATOR, account_id=lan.pk, purpose="welcome")
    path = f"/office/duong-dan/welcome/{token}/"
    other = Client()
    sign_in(other)
    for _ in range(2):  # a mail scanner looks first
        page = client.get(path)
        assert page.status_code == 200
        assert page["Referrer-Policy"] == "same-origin"
        assert "lan@vi-du.example" in page.content.decode()
    new = "cây đa giếng nước"
    for first, second in [("ngắn", "ngắn"), (new, new + "x"), ("", "")]:
        wrong = client.post(path, {"password": first, "again": second})
        assert wrong.status_code == 200
        assert "Lỗi" in wrong.content.decode()
        assert new not in wrong.content.decode()
    done = client.post(path, {"password": new, "again": new})
    assert done["Location"] == "/office/dang-nhap/"
    assert "Đã đặt mật khẩu" in client.get("/office/dang-nhap/").content.decode()
    assert client.get(path).status_code == 404
    assert client.post(path, {"password": new, "again": new}).status_code == 404
    assert client.get("/office/duong-dan/reset/khong-co/").status_code == 404
    assert who(client) is None
    assert other.get("/office/tai-khoan/").status_code == 302  # the old session is over
    assert sign_in(client, password=new).status_code == 302


def test_changing_ones_password_asks_for_the_present_one_and_ends_other_sessions(
    client: Client, lan: Account
) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    again = client.get("/office/tai-khoan/mat-khau/")
    assert again.status_code == 302
    assert again["Location"].startswith("/office/tai-khoan/xac-nhan/?next=")
    assert client.post(again["Location"], {"password": "sai"}).status_code == 200
    assert client.get("/office/tai-khoan/mat-khau/").status_code == 302
    back = client.post(again["Location"], {"password": PASSWORD})
    assert back["Location"] == "/office/tai-khoan/mat-khau/"
    weak = client.post("/office/tai-khoan/mat-khau/", {"password": "123", "again": "123"})
    assert weak.status_code == 200
    new = "cây đa giếng nước"
    assert (
        client.post("/office/tai-khoan/mat-khau/", {"password": new, "again": new}).status_code
        == 302
    )
    assert client.get("/office/tai-khoan/").status_code == 200
    assert other.get("/office/tai-khoan/").status_code == 302
    assert Account.objects.get(pk=lan.pk).check_password(new)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_the_second_factor_from_switching_on_to_a_lost_phone(client: Client, lan: Account) -> None:
    sign_in(client)
    assert client.get("/office/tai-khoan/xac-thuc/ma-qr.svg").status_code == 404
    activate = "/office/tai-khoan/xac-thuc/bat/"
    again = client.get(activate)["Location"]
    client.post(again, {"password": PASSWORD})
    assert client.get(activate).status_code == 200
    secret = client.session["mfa.totp.secret"]
    drawn = client.get("/office/tai-khoan/xac-thuc/ma-qr.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert "no-store" in drawn["Cache-Control"]
    assert client.post(activate, {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()
    assert client.post(activate, {"code": code_of(secret)}).status_code == 302
    shown = client.get("/office/tai-khoan/ma-du-phong/").content.decode()
    totp = Authenticator.objects.get(type="totp")
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(recovery) == 10
    assert all(code in shown for code in recovery)
    assert secret not in str(totp.data)  # sealed at rest

    fresh = Client()
    first = sign_in(fresh)
    assert first["Location"] == "/office/dang-nhap/ma/"
    assert who(fresh) is None
    assert fresh.get("/office/tai-khoan/").status_code == 302
    assert fresh.post("/office/dang-nhap/ma/", {"code": "000000"}).status_code == 200
    assert who(fresh) is None
    assert fresh.post("/office/dang-nhap/ma/", {"code": recovery[0]}).status_code == 302
    assert who(fresh) == str(lan.pk)
    reused = Client()
    sign_in(reused)
    assert reused.post("/office/dang-nhap/ma/", {"code": recovery[0]}).status_code == 200
    assert who(reused) is None

    # The phone is lost and so are the codes: an administrator takes the factor away.
    assert links.drop_second_factor(actor=OPERATOR, account_id=lan.pk)
    assert sign_in(reused)["Location"] in ("/office/", "/office/tai-khoan/")


def test_codes_are_renewed_and_the_factor_switched_off_after_confirming(
    client: Client, lan: Account
) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(lan, secret)
    first = RecoveryCodes.activate(lan).get_unused_codes()
    sign_in(client)
    client.post("/office/dang-nhap/ma/", {"code": first[0]})
    shown = client.get("/office/tai-khoan/ma-du-phong/").content.decode()
    assert not any(code in shown for code in first)  # only after confirming
    renew, off = "/office/tai-khoan/ma-du-phong/moi/", "/office/tai-khoan/xac-thuc/tat/"
    for path in (renew, off):
        assert "/xac-nhan/" in client.post(path)["Location"]
    assert Authenticator.objects.count() == 2
    client.post("/office/tai-khoan/xac-nhan/ma/", {"code": code_of(secret)})
    assert client.get(renew).status_code == 200
    assert client.post(renew)["Location"] == "/office/tai-khoan/ma-du-phong/"
    shown = client.get("/office/tai-khoan/ma-du-phong/").content.decode()
    second = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert all(code in shown for code in second)
    assert not set(first) & set(second)
    assert client.get(off).status_code == 200
    assert client.post(off)["Location"] == "/office/tai-khoan/"
    assert not Authenticator.objects.exists()


def test_guessing_codes_is_slowed_down(client: Client, lan: Account) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(lan, secret)
    sign_in(client)
    for _ in range(6):
        page = client.post("/office/dang-nhap/ma/", {"code": "000000"})
    assert "Nhập sai quá nhiều lần" in page.content.decode()
    assert client.post("/office/dang-nhap/ma/", {"code": code_of(secret)}).status_code == 200
    assert who(client) is None


@pytest.mark.parametrize(
    "path",
    [
        "/office/tai-khoan/",
        "/office/tai-khoan/mat-khau/",
        "/office/tai-khoan/xac-nhan/",
        "/office/tai-khoan/xac-thuc/bat/",
        "/office/tai-khoan/xac-thuc/tat/",
        "/office/tai-khoan/xac-thuc/ma-qr.svg",
        "/office/tai-khoan/ma-du-phong/",
        "/office/tai-khoan/ma-du-phong/moi/",
    ],
)
def test_nothing_of_an_account_opens_without_signing_in(
    client: Client, db: None, path: str
) -> None:
    for method in (client.get, client.post):
        response = method(path)
        assert response.status_code == 302
        assert response["Location"].startswith("/office/dang-nhap/")
    assert not Session.objects.exists()


def test_the_english_pages_are_in_english(client: Client, lan: Account) -> None:
    page = client.get("/en/office/dang-nhap/")
    assert page.status_code == 200
    assert 'lang="en"' in page.content.decode()
    refused = client.get("/en/office/duong-dan/reset/khong-co/")
    assert "ask the administrator" in refused.content.decode().lower()
