"""The address in links that leave the installation is the operator's, never the client's."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from danchu.core.addresses import absolute
from danchu.settings.address import address_from, host_of, with_own
from danchu.web.portal.caching import forget_all
from tests.civic.disclosure.made import HEADQUARTERS, publish

ADDRESS = "https://danchu.example.vn"
FORGED = "ke-gian.example"
BOARD = "/dia-phuong/9A001-xa-ben-mau/cong-khai/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    forget_all()
    yield
    forget_all()


def words_of(answer):
    """What an answer says; of a PDF its text."""
    if answer["Content-Type"] == "application/pdf":
        page = pdfium.PdfDocument(answer.content)[0]
        return page.get_textpage().get_text_range().replace("\u200b", "").replace("\r\n", "")
    return answer.content.decode().replace("\r\n ", "")


def places_of(made):
    here = f"{BOARD}{made.record.public_id}/"
    return (here, f"{BOARD}nguon.atom", f"{BOARD}lich.ics", f"{here}to-dan-a4.pdf")


def test_a_forged_host_reaches_no_page_feed_calendar_or_poster(cast, client, settings):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    # Even where the operator lets every host through.
    settings.ALLOWED_HOSTS, settings.DANCHU_ADDRESS = ["*"], ADDRESS
    for path in places_of(made):
        told = words_of(client.get(path, headers={"host": FORGED}))
        assert FORGED not in told, path
        assert f"{ADDRESS}/ck/" in told or f"{ADDRESS}{BOARD}" in told, path


def test_a_forged_host_reaches_no_invitation_and_no_calendar_of_duties(cast, client, settings):
    settings.ALLOWED_HOSTS, settings.DANCHU_ADDRESS = ["*"], ADDRESS
    client.force_login(cast.admin_benmau)
    made = client.post(
        reverse("office:person_new") + "?don-vi=9A001",
        {
            "email": "moi@minhhoa.example", "name": "Đoàn Mẫu Mới", "post": "Công chức",
            "role": "recorder", "valid_from": "10/06/2026", "valid_to": "",
        },
        headers={"host": FORGED},
    )  # fmt: skip
    told = made.content.decode()
    assert f"{ADDRESS}/office/duong-dan/" in told
    assert FORGED not in told
    days = client.get("/office/nghia-vu/9A001/lich.ics", headers={"host": FORGED})
    assert days.status_code == 200 and FORGED not in words_of(days)
    assert f"URL:{ADDRESS}/office/" in words_of(days)


def test_without_the_setting_a_page_names_an_allowed_host_and_refuses_others(
    cast, client, settings
):
    made = publish(cast.recorder_benmau, cast.benmau)
    settings.ALLOWED_HOSTS, settings.DANCHU_ADDRESS = ["testserver"], ""
    here = places_of(made)[0]
    assert f'content="http://testserver{here}"' in client.get(here).content.decode()
    assert client.get(here, headers={"host": FORGED}).status_code == 400
    # Kept by then, and still not given out under another name.
    assert client.get(here, headers={"host": FORGED}).status_code == 400


def test_the_default_hosts_are_this_machine_alone():
    from danchu.settings import web

    assert "testserver" not in web._HOSTS


def test_a_path_stays_a_path_where_nobody_said_where_the_installation_is(settings):
    settings.DANCHU_ADDRESS = ""
    assert absolute("/a/") == "/a/"
    assert absolute("/a/", asked_at="http://localhost:8000") == "http://localhost:8000/a/"
    settings.DANCHU_ADDRESS = ADDRESS
    assert absolute("/a/", asked_at="http://localhost:8000") == f"{ADDRESS}/a/"


@pytest.mark.parametrize(
    ("given", "origins", "address"),
    [
        ("", [], ""),
        (ADDRESS, [], ADDRESS),
        (f"{ADDRESS}/", ["https://khac.example"], ADDRESS),
        ("http://localhost:8000", [], "http://localhost:8000"),
        ("", ["https://*.example.vn", f"{ADDRESS}/"], ADDRESS),
        ("https://[::1]:8000", [], "https://[::1]:8000"),
    ],
)
def test_the_setting_is_scheme_and_host(given, origins, address):
    assert address_from(given, origins) == address


@pytest.mark.parametrize(
    "given",
    [
        "danchu.example.vn",
        "ftp://danchu.example.vn",
        f"{ADDRESS}/cong-khai/",
        f"{ADDRESS}?a=1",
        f"{ADDRESS}#a",
        "https://ai@danchu.example.vn",
        "https://danchu.example.vn:cong",
        "https://",
    ],
)
def test_anything_else_stops_the_start(given):
    with pytest.raises(ImproperlyConfigured, match="DANCHU_ADDRESS"):
        address_from(given, [])


def test_its_host_is_allowed_by_itself():
    assert host_of("https://danchu.example.vn:8443") == "danchu.example.vn"
    assert host_of("http://[::1]:8000") == "[::1]"
    assert host_of("") == ""
    assert with_own(["localhost"], "") == ["localhost"]
    assert with_own(["localhost"], "localhost") == ["localhost"]
    assert with_own(["localhost"], "danchu.example.vn") == ["localhost", "danchu.example.vn"]
