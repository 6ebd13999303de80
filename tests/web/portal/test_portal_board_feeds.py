"""The feed and the calendar of a board: what the list shows, in the form of their standards."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

from tests.civic.disclosure.made import HALL, HEADQUARTERS, publish, publish_names

BOARD = "/dia-phuong/9A001-xa-ben-mau/cong-khai/"
ATOM = "{http://www.w3.org/2005/Atom}"
LONG = "Phương án bồi thường, hỗ trợ; tái định cư tuyến đường ven biển đoạn qua thôn Mẫu Lai <2026>"


def test_the_feed_tells_the_newest_first_and_leads_to_the_pages(cast, client):
    old = publish(cast.recorder_benmau, cast.benmau, title=LONG, on=dt.date(2026, 5, 19))
    new = publish_names(cast.recorder_benmau, cast.benmau, HEADQUARTERS, HALL)
    publish(cast.recorder_benmau, cast.benmau, title="Việc nội bộ", public=False)
    publish(cast.recorder_caumau, cast.caumau, title="Của phường bên")
    answer = client.get(BOARD + "nguon.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    entries = root.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}title") for one in entries] == [new.title, LONG]
    assert [one.findtext(f"{ATOM}id") for one in entries] == [
        f"urn:uuid:{new.record.public_id}",
        f"urn:uuid:{old.record.public_id}",
    ]
    address = entries[0].find(f"{ATOM}link").get("href")
    assert client.get(address).status_code == 200
    assert "Niêm yết tại trụ sở, nhà văn hóa." in entries[0].findtext(f"{ATOM}summary")
    assert root.findtext(f"{ATOM}updated") == "2026-05-20T00:00:00+07:00"
    assert "Đoàn Mẫu" not in answer.content.decode()
    assert BOARD + "nguon.atom" in client.get(BOARD).content.decode()


def test_the_feed_says_what_was_corrected_and_what_corrects(cast, client):
    old = publish(cast.recorder_benmau, cast.benmau, title="Dự toán", on=dt.date(2026, 5, 19))
    publish(cast.recorder_benmau, cast.benmau, title="Việc khác", on=dt.date(2026, 5, 18))
    publish(cast.recorder_benmau, cast.benmau, title="Dự toán, bản đúng", corrects_id=old.pk)
    root = ElementTree.fromstring(client.get(BOARD + "nguon.atom").content)
    told = [one.findtext(f"{ATOM}summary") for one in root.findall(f"{ATOM}entry")]
    begins = [text.partition(" Công khai ngày")[0] for text in told]
    assert begins[:2] == ["Đính chính nội dung đã công khai.", "Đã có đính chính."]
    assert begins[2].startswith("Công khai ngày")


def test_the_calendar_has_the_first_and_the_last_day_of_each_posting(cast, client):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, title=LONG)
    answer = client.get(BOARD + "lich.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    whole = answer.content.decode().replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20260520" in whole
    assert "DTSTART;VALUE=DATE:20260619\r\nDTEND;VALUE=DATE:20260620" in whole
    assert (
        f"SUMMARY:Bắt đầu niêm yết: {LONG.replace(',', chr(92) + ',').replace(';', chr(92) + ';')}"
        in whole
    )
    assert f"/cong-khai/{made.record.public_id}/" in whole
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == 2


def test_a_cancelled_notice_leaves_both_at_once(cast, client):
    from danchu.civic.disclosure.services import cancel_notice

    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    for part in ("nguon.atom", "lich.ics"):
        assert str(made.record.public_id) in client.get(BOARD + part).content.decode().replace(
            "\r\n ", ""
        )
    cancel_notice(actor=cast.leader_benmau, record_id=made.pk, reason="Ghi nhầm.")
    for part in ("nguon.atom", "lich.ics"):
        assert str(made.record.public_id) not in client.get(BOARD + part).content.decode().replace(
            "\r\n ", ""
        )
        assert client.get(BOARD + part + "?x=1").status_code == 400
