"""Dialogues in public: the list, one with its opinions, and what stays inside."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from danchu.civic.dialogue.services import answer_opinion, publish_result
from tests.cast import TODAY
from tests.making import DAY, hold, opinion_input
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


def test_a_late_answer_is_called_late(cast, client):
    writer = cast.recorder_benmau
    made = hold(
        writer,
        cast.benmau,
        opinion_input(text="Bao giờ khơi mương?", due_on=TODAY - dt.timedelta(7)),
        opinion_input(text="Bao giờ thay đèn?", due_on=DAY),
        opinion_input(text="Bao giờ họp?", due_on=TODAY),
        opinion_input(text="Bao giờ sửa quốc lộ?", within_competence=False),
    )
    second = made.opinions.select_related("record").get(order=2)
    answer_opinion(
        actor=writer,
        opinion_id=second.pk,
        version=1,
        on=DAY + dt.timedelta(3),
        outcome="accepted",
        answer="Đã thay.",
    )
    fourth = made.opinions.select_related("record").get(order=4)
    answer_opinion(
        actor=writer,
        opinion_id=fourth.pk,
        version=1,
        on=DAY + dt.timedelta(3),
        outcome="transferred",
        answer="Đã chuyển Sở Xây dựng.",
    )
    publish_result(actor=writer, record_id=made.pk, on=TODAY, summary="Đã ghi.")
    address = f"/dia-phuong/9A001-xa-ben-mau/doi-thoai/{made.record.public_id}/"
    text = client.get(address).content.decode()
    assert text.count("Quá hạn") == 1
    assert "Quá hạn 7 ngày" in text
    assert "Trả lời chậm 3 ngày so với hẹn 20/05/2026" in text
    assert text.count("Trả lời chậm 3 ngày</span>") == 1
    assert text.count("Đã chuyển cơ quan khác</span>") == 1
    assert "Đã trả lời</span>" not in text
    heading = "4 ý kiến, đã trả lời 2 (1 chậm), trong đó chuyển cơ quan khác 1</h2>"
    assert heading in text
    assert "Hẹn trả lời chậm nhất ngày 10/06/2026." in text
    lines = client.get("/dia-phuong/9A001-xa-ben-mau/").content.decode()
    assert "1 ý kiến quá hạn trả lời" in lines
