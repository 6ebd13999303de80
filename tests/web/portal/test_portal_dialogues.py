"""Dialogues in public: the list, one with its opinions, and what stays inside."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from tests.web.portal.conftest import hold_dialogue

LIST = "/dia-phuong/9A101-xa-ben-mau/doi-thoai/"


def test_one_dialogue_shows_what_was_said_and_answered(client, places):
    dialogue = hold_dialogue(places.new)
    page = client.get(f"{LIST}{dialogue.record.public_id}/").content.decode()
    for words in (
        "Đối thoại về nước sạch",
        "Ngõ xóm 3 ngập mỗi khi mưa.",
        "Đã khơi 120 m cống.",
        "Trả lời ngày 14/10/2026",
        "Giao Phòng Kinh tế trả lời.",
        "2 ý kiến, đã trả lời 1",
    ):
        assert words in page, words
    assert "Giá nước &lt;b&gt;cao&lt;/b&gt;" in page
    assert "assigned" not in page
    assert page.count("Phòng Kinh tế") == 1  # of the result; who works on an opinion is inside


def test_what_is_not_published_is_not_there(client, places):
    dialogue = hold_dialogue(places.new, publish=False)
    assert client.get(f"{LIST}{dialogue.record.public_id}/").status_code == 404
    assert client.get(f"{LIST}{uuid.uuid4()}/").status_code == 404


def test_it_is_found_by_its_id_alone(client, places):
    dialogue = hold_dialogue(places.new)
    right = f"{LIST}{dialogue.record.public_id}/"
    answer = client.get(f"/dia-phuong/9A102-phuong-cau-mau/doi-thoai/{dialogue.record.public_id}/")
    assert (answer.status_code, answer["Location"]) == (301, right)


def test_a_dialogue_of_before_the_merger_keeps_answering(client, places):
    dialogue = hold_dialogue(places.old, day=dt.date(2025, 3, 12))
    answer = client.get(f"/dia-phuong/9A001-xa-mau-giua/doi-thoai/{dialogue.record.public_id}/")
    assert answer.status_code == 200
    assert "Xã Mẫu Giữa" in answer.content.decode()
    ended = client.get("/dia-phuong/9A001-xa-mau-giua/den-2025-06-30/").content.decode()
    assert "Đối thoại về nước sạch" in ended


def test_cancelled_minutes_leave_the_public_pages(client, places):
    from danchu.civic.dialogue.services import cancel_dialogue
    from danchu.core.contracts import OPERATOR

    dialogue = hold_dialogue(places.new)
    assert "Đối thoại về nước sạch" in client.get(LIST).content.decode()
    cancel_dialogue(actor=OPERATOR, record_id=dialogue.pk, reason="Ghi nhầm đơn vị.")
    assert "Đối thoại về nước sạch" not in client.get(LIST).content.decode()


def test_the_list_goes_page_by_page(client, places):
    for number in range(22):
        hold_dialogue(
            places.new, f"Buổi số {number}", day=dt.date(2026, 1, 1) + dt.timedelta(days=number)
        )
    first = client.get(LIST).content.decode()
    assert "22 buổi" in first
    assert "Buổi số 21" in first and "Buổi số 1<" not in first
    second = client.get(LIST + "?trang=2").content.decode()
    assert "Buổi số 1<" in second and "Buổi số 21" not in second
    assert client.get(LIST + "?trang=3").status_code == 404
    assert client.get(LIST + "?trang=0").status_code in (200, 404)


@pytest.mark.parametrize("count", [1, 15])
def test_the_page_of_a_unit_costs_few_queries_whatever_the_data(
    client, places, count, django_assert_max_num_queries
):
    for number in range(count):
        hold_dialogue(places.new, day=dt.date(2026, 2, 1) + dt.timedelta(days=number))
    with django_assert_max_num_queries(7):
        assert client.get(LIST).status_code == 200
