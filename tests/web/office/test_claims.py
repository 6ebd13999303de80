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
    assert "&lt;b&gt;sửa đường" in shown and "khoản 4 Điều 22" in shown
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


def test_corrected_is_offered_once_a_correction_is_public_and_leads_to_writing_it(
    cast, sent, as_person
):
    here = f"{LIST}{sent.record.public_id}/"
    recorder = as_person(cast.recorder_benmau)
    before = recorder.get(here).content.decode()
    write = f"/office/ghi-viec/cong-khai/moi/?don-vi=9A001&amp;dinh-chinh={sent.about.public_id}"
    assert write in before and 'value="corrected"' not in before
    assert recorder.get(write.replace("&amp;", "&")).status_code == 200
    assert write not in as_person(cast.viewer_benmau).get(here).content.decode()
    right = publish(
        cast.recorder_benmau, cast.benmau, title="Đính chính <khoản chi>", corrects_id=sent.about_id
    )
    page = recorder.get(here).content.decode()
    assert 'value="corrected"' in page and "Đính chính &lt;khoản chi&gt;" in page
    typed = {"version": "1", "outcome": "corrected", "answer": "Đã sửa."}
    refused = recorder.post(here, typed)
    assert refused.status_code == 400 and "Chọn nội dung đính chính" in refused.content.decode()
    assert "Đã sửa." in refused.content.decode()
    done = recorder.post(here, {**typed, "correction": str(right.record.public_id)})
    assert done.status_code == 302
    assert "Đính chính &lt;khoản chi&gt;" in recorder.get(here).content.decode()


def test_what_is_no_claim_is_cancelled_with_a_reason(cast, sent, as_person):
    here = f"{LIST}{sent.record.public_id}/"
    leader = as_person(cast.leader_benmau)
    assert "Hủy phản ánh này" in leader.get(here).content.decode()
    typed = {"version": "1", "why": "elsewhere", "note": ""}
    for other in (cast.viewer_benmau, cast.leader_caumau):
        assert as_person(other).post(f"{here}huy/", typed).status_code in (403, 404)
    assert "Hủy phản ánh này" not in as_person(cast.viewer_benmau).get(here).content.decode()
    refused = leader.post(f"{here}huy/", typed)
    told = refused.content.decode()
    assert (
        refused.status_code == 400
        and "nơi gửi đúng" in told
        and '<details class="why" open>' in told
    )
    assert leader.get(f"{here}huy/").status_code == 302
    done = leader.post(f"{here}huy/", {**typed, "note": "Gửi tại nơi tiếp công dân."})
    assert done.status_code == 302
    after = leader.get(here).content.decode()
    assert "Gửi tại nơi tiếp công dân." in after and "Gửi trả lời" not in after
    assert "Quá hạn" not in after
    assert "Đã hủy" in leader.get(LIST).content.decode()
    again = leader.post(f"{here}huy/", {**typed, "why": "spam"})
    assert again.status_code == 404


def test_an_answer_given_by_mistake_is_amended_on_its_page(cast, sent, as_person):
    here = f"{LIST}{sent.record.public_id}/"
    recorder, reader = as_person(cast.recorder_benmau), as_person(cast.viewer_benmau)
    assert "Sửa câu trả lời" not in recorder.get(here).content.decode()
    first = {"version": "1", "outcome": "stands", "answer": "Đã đối chiếu."}
    assert recorder.post(here, first).status_code == 302
    right = publish(
        cast.recorder_benmau, cast.benmau, title="Đính chính", corrects_id=sent.about_id
    )
    assert "Sửa câu trả lời" in recorder.get(here).content.decode()
    assert "Sửa câu trả lời" not in reader.get(here).content.decode()
    typed = {**first, "outcome": "corrected", "answer": "Đã <i>sửa</i>.", "reason": ""}
    typed["correction"] = str(right.record.public_id)
    for other in (cast.viewer_benmau, cast.recorder_caumau):
        assert as_person(other).post(f"{here}sua/", typed).status_code in (403, 404)
    refused = recorder.post(f"{here}sua/", typed)
    assert refused.status_code == 400 and "Đã &lt;i&gt;sửa" in refused.content.decode()
    assert '<details class="why" open>' in refused.content.decode()
    assert recorder.get(f"{here}sua/").status_code == 302
    done = recorder.post(f"{here}sua/", {**typed, "reason": "Chọn <nhầm>."})
    assert done.status_code == 302
    for who in (recorder, reader):
        after = who.get(here).content.decode()
        assert "sửa ngày" in after and "Đã &lt;i&gt;sửa" in after
        assert "Đã đối chiếu." in after and "Chọn &lt;nhầm&gt;." in after


def test_right_is_refused_beside_the_outcome_once_it_was_corrected(cast, sent, as_person):
    here = f"{LIST}{sent.record.public_id}/"
    recorder = as_person(cast.recorder_benmau)
    assert 'name="other_point"' not in recorder.get(here).content.decode()
    publish(cast.recorder_benmau, cast.benmau, title="Đính chính", corrects_id=sent.about_id)
    assert 'name="other_point"' in recorder.get(here).content.decode()
    typed = {"version": "1", "outcome": "stands", "answer": "Đã đối chiếu."}
    refused = recorder.post(here, typed)
    assert refused.status_code == 400
    assert "Nội dung này đã được đính chính ngày" in refused.content.decode()
    assert recorder.post(here, {**typed, "other_point": "on"}).status_code == 302
