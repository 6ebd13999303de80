"""The office pages of what citizens say of notices."""

from __future__ import annotations

import pytest

from danchu.civic.claims.services import send_claim
from tests.civic.disclosure.made import publish

LIST = "/office/phan-anh/"
TEXT = "Khoản chi <b>sửa đường</b> ghi 5 triệu, biên bản ghi 15 triệu."


@pytest.fixture
def sent(cast, monkeypatch):
    monkeypatch.setenv("DANCHU_TODAY", "2026-09-10")
    made = publish(cast.recorder_benmau, cast.benmau)
    return send_claim(about=made.record.public_id, kind="wrong", text=TEXT).claim


def test_a_recorder_answers_and_a_neighbour_finds_nothing(cast, sent, as_person):
    here = f"{LIST}{sent.record.public_id}/"
    recorder, neighbour = as_person(cast.recorder_benmau), as_person(cast.recorder_caumau)
    assert neighbour.get(here).status_code == 404
    assert neighbour.get(LIST + "?don-vi=9A001").status_code == 404
    assert "Chưa có phản ánh" in neighbour.get(LIST).content.decode()
    listed = recorder.get(LIST).content.decode()
    assert here in listed and "Hạn 21/09/2026" in listed and "5 triệu" not in listed
    shown = recorder.get(here).content.decode()
    assert "&lt;b&gt;sửa đường" in shown and "Điều 22.4" in shown
    assert here in recorder.get("/office/").content.decode()
    wrong = recorder.post(here, {"version": "1", "outcome": "noted", "answer": "Đúng."})
    assert wrong.status_code == 400
    typed = {"version": "1", "outcome": "stands", "answer": "Đã đối chiếu."}
    assert neighbour.post(here, typed).status_code == 404
    assert recorder.post(here, typed).status_code == 302
    after = recorder.get(here).content.decode()
    assert "Đã đối chiếu." in after and "Gửi trả lời" not in after
    assert "Đã trả lời" in recorder.get(LIST).content.decode()
    again = recorder.post(here, typed)
    assert (again.status_code, "đã được trả lời" in again.content.decode()) == (409, True)


def test_who_only_reads_sees_no_form(cast, sent, as_person):
    here = f"{LIST}{sent.record.public_id}/"
    reader = as_person(cast.viewer_benmau)
    assert "Gửi trả lời" not in reader.get(here).content.decode()
    typed = {"version": "1", "outcome": "stands", "answer": "Đã đối chiếu."}
    assert reader.post(here, typed).status_code == 403
    sent.refresh_from_db()
    assert sent.answered_on is None


def test_the_list_costs_few_queries_whatever_its_length(
    cast, sent, as_person, django_assert_max_num_queries
):
    for _ in range(8):
        send_claim(about=sent.about.public_id, kind="opinion", text=TEXT)
    client = as_person(cast.recorder_benmau)
    client.get(LIST)
    with django_assert_max_num_queries(14):
        client.get(LIST)
