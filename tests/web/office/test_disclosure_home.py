"""The page of a unit's disclosures: the newest notices and its papers; who oversees is led on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.civic.disclosure.made import HEADQUARTERS, publish

PAGE = "/office/cong-khai/"


def test_an_officer_sees_what_was_disclosed_and_reaches_every_paper(
    cast: Any, as_person: Any
) -> None:
    client = as_person(cast.recorder_benmau)
    assert "Chưa ghi nội dung công khai nào" in client.get(PAGE).content.decode()
    day = dt.date(2026, 6, 9)
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, on=day, decided_on=day)
    publish(cast.recorder_benmau, cast.benmau, on=day, decided_on=day, title="Giá nước sạch")
    page = client.get(PAGE).content.decode()
    assert "2 nội dung đã ghi." in page and "Giá nước sạch" in page
    for part in ("ke-hoach/", "danh-muc/", "bao-cao/", "ma-tran/9A001/2026/"):
        assert f'href="{PAGE}{part}' in page
    hanging = client.get(f"{PAGE}?tinh-trang=dang-niem-yet").content.decode()
    assert "1 nội dung đang niêm yết." in hanging and "Giá nước sạch" not in hanging
    assert client.get(f"{PAGE}?tinh-trang=khac").status_code == 400


def test_others_see_nothing_of_it_and_who_oversees_is_led_to_the_matrix(
    cast: Any, as_person: Any
) -> None:
    assert as_person(cast.outsider).get(f"{PAGE}?don-vi=9A001").status_code in (403, 404)
    led = as_person(cast.committee_minhhoa).get(PAGE)
    assert led.status_code == 302 and led["Location"] == f"{PAGE}ma-tran/9A/2026/"
