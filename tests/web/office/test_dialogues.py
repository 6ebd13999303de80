"""The pages on which dialogues are written down and opinions followed."""

from __future__ import annotations

import datetime as dt
import re
import uuid

from danchu.civic.dialogue.models import Dialogue, Opinion

NEW = "/office/ghi-viec/doi-thoai/moi/"


def _typed(**changes):
    return {
        "client_key": str(uuid.uuid4()),
        "occurred_on": "02/06/2026",
        "kind": "people",
        "base_kind": "commune",
        "topic": "Đối thoại về nước sạch",
        "place": "Hội trường xã",
        "chair_post": "Chủ tịch UBND xã",
        "participants": "1.086",
        "op-TOTAL_FORMS": "2",
        "op-INITIAL_FORMS": "0",
        "op-0-text": "Nước yếu vào buổi tối.",
        "op-0-field": "environment",
        "op-0-within_competence": "on",
        "op-1-text": "",
        "op-1-field": "other",
        "op-1-within_competence": "on",
        **changes,
    }


def test_a_recorder_writes_a_dialogue_with_its_opinions_and_a_neighbour_cannot(cast, as_person):
    answer = as_person(cast.recorder_benmau).post(NEW, _typed())
    made = Dialogue.objects.get(topic="Đối thoại về nước sạch")
    assert answer.status_code == 302
    assert made.record.unit_id == cast.benmau
    assert made.participants == 1086
    assert [o.text for o in made.opinions.all()] == ["Nước yếu vào buổi tối."]

    refused = as_person(cast.recorder_caumau).post(f"{NEW}?don-vi=9A001", _typed())
    assert refused.status_code == 404
    assert as_person(cast.viewer_benmau).post(NEW, _typed()).status_code == 403
    assert Dialogue.objects.count() == 1


def test_too_many_rows_and_a_missing_count_are_told_in_our_words(cast, as_person):
    client = as_person(cast.recorder_benmau)
    rows = {f"op-{n}-text": "Đường hỏng." for n in range(1, 501)}
    for changes, sentence in (
        ({**rows, "op-TOTAL_FORMS": "501"}, "Ghi nhiều nhất 500 dòng."),
        ({"op-TOTAL_FORMS": "99999999"}, "thiếu số dòng"),
        ({"op-TOTAL_FORMS": "", "op-INITIAL_FORMS": "x"}, "thiếu số dòng"),
    ):
        answer = client.post(NEW, _typed(**changes))
        page = answer.content.decode()
        assert answer.status_code == 400 and sentence in page, changes
        assert "Nước yếu vào buổi tối." in page and "Đối thoại về nước sạch" in page
        assert not re.search("Please submit|ManagementForm|Hãy gửi", page)
    more = client.post(NEW, _typed(**{"op-TOTAL_FORMS": "", "them": "1"}))
    assert more.status_code == 200 and "Nước yếu vào buổi tối." in more.content.decode()
    assert not Dialogue.objects.exists()
    assert client.post(NEW, _typed(**{"op-TOTAL_FORMS": "500"})).status_code == 302
    assert Opinion.objects.count() == 1, "what was counted and not sent is none"


def test_sending_the_form_twice_makes_one_dialogue(cast, as_person):
    client, typed = as_person(cast.recorder_benmau), _typed()
    first, second = client.post(NEW, typed), client.post(NEW, typed)
    assert first.url == second.url
    assert Dialogue.objects.count() == 1


def test_going_back_to_write_another_dialogue_loses_neither(cast, as_person):
    client, typed = as_person(cast.recorder_benmau), _typed()
    client.post(NEW, typed)
    another = {**typed, "topic": "Đối thoại về đường liên thôn"}
    told = client.post(NEW, another)
    page = told.content.decode()
    assert told.status_code == 400
    assert "đã được gửi trước đó với nội dung khác" in page
    assert "Đối thoại về đường liên thôn" in page, "nothing typed is lost"
    fresh = re.search(r'name="client_key" value="([^"]+)"', page)
    assert fresh and fresh[1] != typed["client_key"]
    assert client.post(NEW, {**another, "client_key": fresh[1]}).status_code == 302
    assert Dialogue.objects.count() == 2


def test_an_opinion_added_twice_by_one_press_is_one(cast, as_person):
    client = as_person(cast.recorder_benmau)
    page = client.get(client.post(NEW, _typed()).url)
    key = re.search(r'name="client_key" value="([^"]+)"', page.content.decode())
    assert key
    given = {
        "viec": "them",
        "client_key": key[1],
        "moi-text": "Cầu hỏng lan can.",
        "moi-field": "infrastructure",
        "moi-within_competence": "on",
    }
    address = f"{page.request['PATH_INFO']}viec/"
    first, second = client.post(address, given), client.post(address, given)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Opinion.objects.count() == 2
    told = client.post(address, {**given, "moi-text": "Cống nghẹt."})
    assert told.status_code == 400
    assert "Cống nghẹt." in told.content.decode()
    assert Opinion.objects.count() == 2


def test_what_is_refused_of_an_opinion_stands_beside_its_row_whatever_rows_are_empty(
    cast, as_person
):
    page = as_person(cast.recorder_benmau).post(
        NEW,
        _typed(
            **{"op-0-text": "", "op-0-field": "other"},
            **{"op-1-text": "Nước yếu.", "op-1-taken_up_on": "01/06/2026"},
        ),
    )
    assert page.status_code == 400
    assert 'id="id_op-1-taken_up_on_error"' in page.content.decode()
    assert 'id="id_op-0-taken_up_on_error"' not in page.content.decode()
    assert not Dialogue.objects.exists()


def test_a_wrong_field_is_named_and_everything_typed_stays(cast, as_person):
    client = as_person(cast.recorder_benmau)
    for changes, sentence in (
        ({"occurred_on": "31/02/2026"}, "Không có ngày 31/2/2026"),
        ({"occurred_on": "11/06/2026"}, "chưa đến"),
        ({"participants": "4.98"}, "err"),
        ({"topic": "x" * 301}, "err"),
        ({"kind": "khong-co"}, "err"),
        ({"op-0-text": "", "op-0-assigned_to": "Phòng Kinh tế"}, "err"),
        ({"op-0-taken_up_on": "01/06/2026"}, "err"),
    ):
        answer = client.post(NEW, _typed(**changes))
        page = answer.content.decode()
        assert answer.status_code == 400, changes
        assert sentence in page, changes
        assert "Hội trường xã" in page
    assert Dialogue.objects.count() == 0


def test_every_day_that_has_not_come_is_told_at_once_beside_its_field(cast, as_person):
    late = {
        "occurred_on": "11/06/2026",
        "op-0-taken_up_on": "12/06/2026",
        "op-1-text": "Thiếu đèn.",
        "op-1-taken_up_on": "13/06/2026",
    }
    answer = as_person(cast.recorder_benmau).post(NEW, _typed(**late))
    page = answer.content.decode()
    assert answer.status_code == 400
    for day in ("11/06/2026", "12/06/2026", "13/06/2026"):
        assert f"{day} chưa đến" in page
    assert Dialogue.objects.count() == 0


def test_more_opinion_rows_keep_what_was_typed(cast, as_person):
    answer = as_person(cast.recorder_benmau).post(NEW, _typed(them="1"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "op-4-text" in page
    assert "Nước yếu vào buổi tối." in page
    assert Dialogue.objects.count() == 0


def test_an_opinion_is_taken_up_and_answered_step_by_step(cast, as_person, a_dialogue):
    client = as_person(cast.recorder_benmau)
    page = f"/office/ghi-viec/doi-thoai/{a_dialogue.record.public_id}/"
    waiting = Opinion.objects.get(dialogue=a_dialogue, order=2)
    took = client.post(
        page + "viec/",
        {
            "viec": "tiep-nhan",
            "y-kien": "2",
            "version": waiting.record.version,
            "yk2-on": "04/06/2026",
            "yk2-assigned_to": "Phòng Kinh tế",
        },
    )
    assert took.status_code == 302
    waiting.refresh_from_db()
    assert waiting.taken_up_on == dt.date(2026, 6, 4)

    stale = client.post(
        page + "viec/",
        {
            "viec": "tra-loi",
            "y-kien": "2",
            "version": "1",
            "yk2-on": "05/06/2026",
            "yk2-outcome": "accepted",
            "yk2-answer": "Đã nạo vét cống.",
        },
    )
    assert stale.status_code == 400
    assert "Có người vừa sửa" in stale.content.decode()
    waiting.record.refresh_from_db()
    answered = client.post(
        page + "viec/",
        {
            "viec": "tra-loi",
            "y-kien": "2",
            "version": waiting.record.version,
            "yk2-on": "05/06/2026",
            "yk2-outcome": "accepted",
            "yk2-answer": "Đã nạo vét cống.",
        },
    )
    assert answered.status_code == 302
    waiting.refresh_from_db()
    assert (waiting.answered_on, waiting.outcome) == (dt.date(2026, 6, 5), "accepted")


def test_a_correction_asks_for_its_reason_and_keeps_what_stood_before(cast, as_person, a_dialogue):
    client = as_person(cast.recorder_benmau)
    page = f"/office/ghi-viec/doi-thoai/{a_dialogue.record.public_id}/sua/"
    typed = _typed(version=a_dialogue.record.version, topic="Đối thoại về rác thải")
    assert client.post(page, typed).status_code == 400
    assert client.post(page, {**typed, "reason": "Ghi nhầm tên"}).status_code == 302
    a_dialogue.refresh_from_db()
    assert a_dialogue.topic == "Đối thoại về rác thải"
    kept = a_dialogue.record.versions.get()
    assert kept.content["topic"] == "Đối thoại về vệ sinh môi trường"
    assert as_person(cast.recorder_caumau).get(page).status_code == 404


def test_a_cancelled_dialogue_stays_with_its_reason(cast, as_person, a_dialogue):
    page = f"/office/ghi-viec/doi-thoai/{a_dialogue.record.public_id}/"
    client = as_person(cast.recorder_benmau)
    assert client.post(page + "huy/", {"reason": ""}).status_code == 400
    assert client.post(page + "huy/", {"reason": "Ghi trùng"}).status_code == 302
    shown = client.get(page)
    assert shown.status_code == 200
    assert "Ghi trùng" in shown.content.decode()


def test_a_result_is_published_once_written(cast, as_person, a_dialogue):
    page = f"/office/ghi-viec/doi-thoai/{a_dialogue.record.public_id}/"
    client = as_person(cast.recorder_benmau)
    empty = client.post(page + "viec/", {"viec": "cong-bo", "on": "05/06/2026", "summary": ""})
    assert empty.status_code == 400
    sent = client.post(
        page + "viec/", {"viec": "cong-bo", "on": "05/06/2026", "summary": "Đã thống nhất."}
    )
    assert sent.status_code == 302
    a_dialogue.refresh_from_db()
    assert a_dialogue.result_published_on == dt.date(2026, 6, 5)
