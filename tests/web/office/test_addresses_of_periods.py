"""Addresses that nobody clicked: no row is made for who is refused, no number breaks a page."""

from __future__ import annotations

from danchu.core.calendar.models import Period
from danchu.core.outbox.models import Message


def test_who_is_refused_makes_no_period(cast, as_person):
    before = (Period.objects.count(), Message.objects.count())
    stranger = as_person(cast.reporter_benmau)
    for address in (
        "9B001/2026Q4/ban-chot/",
        "9B001/2026Q4/ban-chot/1/pdf/",
        "9B001/2026Q4/noi-dung/",
        "9B001/2026Q4/xac-nhan/",
        "9B001/2026Q4/nop/",
    ):
        assert stranger.get(f"/office/bao-cao/{address}").status_code in (403, 404), address
    assert (Period.objects.count(), Message.objects.count()) == before
    # Who may read makes one of a period that is near, and none of one far ahead.
    assert stranger.get("/office/bao-cao/9A001/2081Q3/ban-chot/").status_code == 400
    assert stranger.get("/office/bao-cao/9A001/2081Q3/ban-chot/1/pdf/").status_code == 404
    assert (Period.objects.count(), Message.objects.count()) == before
    assert stranger.get("/office/bao-cao/9A001/2027Q1/ban-chot/").status_code == 200
    assert Period.objects.filter(code="2027Q1").exists()


def test_a_number_longer_than_a_database_counts_is_not_found(cast, as_person):
    client = as_person(cast.reporter_benmau)
    for number in ("9" * 18, "1" + "0" * 19, "9" * 40):
        address = f"/office/bao-cao/9A001/2026Q1/ban-chot/{number}/pdf/"
        assert client.get(address).status_code == 404, number


def test_a_nul_in_a_form_is_refused(cast, as_person):
    client = as_person(cast.reporter_benmau)
    page = "/office/bao-cao/9A001/2026Q1/xac-nhan/"
    for sent in (
        {"chi-tieu": "\x00", "trang-thai": "zero"},
        {"rut": "\x00"},
        {"chi-tieu": "labour_days", "trang-thai": "not_applicable", "ly-do": "a\x00b"},
    ):
        assert client.post(page, sent).status_code == 400, sent
    assert client.post(page, {"rut": "khong_co"}).status_code == 400
    assert client.get("/office/bao-cao/9A001/2026Q1/?so=%00").status_code == 400
