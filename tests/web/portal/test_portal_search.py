"""The search page of citizens."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.civic.disclosure.services import cancel_notice
from danchu.core.search import selectors
from danchu.web.portal import search as page_module
from tests.civic.disclosure.made import publish

BOARD = "/dia-phuong/9A001-xa-ben-mau/cong-khai/"


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_finds_in_a_unit_with_those_below_it_or_everywhere(cast, client):
    here = publish(cast.recorder_benmau, cast.benmau, title="Thu hồi đất <b>thôn</b> Mẫu Lai")
    beside = publish(cast.recorder_caumau, cast.caumau, title="Giao đất ở phường")
    everywhere = page(client, "/tim/?q=đất")
    assert "2 kết quả" in everywhere and "Thu hồi đất &lt;b&gt;" in everywhere
    assert f"{BOARD}{here.record.public_id}/" in everywhere
    assert "Phường Cầu Mẫu, tỉnh Minh Họa" in everywhere
    narrow = page(client, "/tim/?q=dat&don-vi=9A001")
    assert "1 kết quả" in narrow and str(beside.record.public_id) not in narrow
    assert str(beside.record.public_id) in page(client, "/tim/?q=dat&don-vi=9A")
    assert "Không tìm thấy “đát”" in page(client, "/tim/?q=đát")
    assert 'name="don-vi" value="9A001"' in page(client, BOARD)
    assert "kết quả" not in page(client, "/tim/")


def test_what_it_does_not_know_is_refused(cast, client):
    for wrong in ("?q=a&q=b", "?x=1", "?q=" + "a" * 201, "?q=a&trang=hai"):
        assert client.get("/tim/" + wrong).status_code == 400
    for gone in ("?q=a&don-vi=khong", "?q=a&trang=2"):
        assert client.get("/tim/" + gone).status_code == 404


def test_a_question_that_is_too_long_is_told_so_and_stays_in_its_box_cut(cast, client):
    publish(cast.recorder_benmau, cast.benmau)
    answer = client.get("/tim/?don-vi=9A001&q=" + "a" * 300)
    told = answer.content.decode()
    assert answer.status_code == 400 and "Câu tìm dài nhất 200 ký tự" in told
    assert f'value="{"a" * 200}"' in told
    assert 'name="don-vi" value="9A001"' in told and "kết quả" not in told
    assert "Câu tìm dài nhất" not in page(client, "/tim/?q=" + "a" * 200)


def test_it_goes_page_by_page_and_stops_counting(
    cast, client, monkeypatch, django_assert_max_num_queries
):
    for number in range(7):
        publish(
            cast.recorder_benmau, cast.benmau, title=f"Ngân sách {number}.",
            on=dt.date(2026, 5, 20 + number),
        )  # fmt: skip
    monkeypatch.setattr(page_module, "PER_PAGE", 3)
    with django_assert_max_num_queries(12):
        first = page(client, "/tim/?q=ngan+sach&don-vi=9A")
    assert "7 kết quả" in first and "Ngân sách 6." in first and "Ngân sách 3." not in first
    assert "Ngân sách 0." in page(client, "/tim/?q=ngan+sach&trang=3")
    for module in (selectors, page_module):
        monkeypatch.setattr(module, "MOST_FOUND", 5)
    bound = page(client, "/tim/?q=sach+ngan")
    assert "Hơn 5 kết quả" in bound
    last = page(client, "/tim/?q=sach+ngan&trang=2")
    assert "Ngân sách 2." in last and "Ngân sách 1." not in last and "trang=3" not in last


def test_what_is_taken_back_is_gone_from_kept_results_at_once(cast, client):
    here = publish(cast.recorder_benmau, cast.benmau, title="Thu hồi đất thôn Mẫu Lai")
    beside = publish(cast.recorder_caumau, cast.caumau, title="Giao đất ở phường")
    assert "2 kết quả" in page(client, "/tim/?q=đất")
    cancel_notice(actor=cast.recorder_caumau, record_id=beside.pk, reason="Ghi nhầm")
    left = page(client, "/tim/?q=đất")
    assert str(here.record.public_id) in left and str(beside.record.public_id) not in left
    with CaptureQueriesContext(connection) as asked:
        assert page(client, "/tim/?q=đất") == left
    assert len(asked) == 1  # the public version alone: the page was kept


def test_a_workplace_of_which_nothing_is_public_is_not_named(cast, client):
    from danchu.core.units.selectors import unit_by_id
    from danchu.web.portal.addresses import unit_part_address
    from tests.cast import TODAY

    unit = unit_by_id(cast.workplace, TODAY)
    for address in (
        f"/tim/?q=a&don-vi={unit.code}",
        *(
            unit_part_address(f"portal:{part}", unit)
            for part in ("board", "board_feed", "board_calendar")
        ),
    ):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert unit.name not in answer.content.decode(), address
    nobody = client.get("/tim/?q=a&don-vi=9A001.KHONG").content.decode()
    alike = client.get(f"/tim/?q=a&don-vi={unit.code}").content.decode()
    assert alike.replace(unit.code, "9A001.KHONG") == nobody
