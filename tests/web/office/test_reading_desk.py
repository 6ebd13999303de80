"""The review desk: many at once, words marked in the text, closing; with and without a script."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.models import Correction
from danchu.web.office.periods import period_label
from tests.making import receive


@pytest.fixture
def desk(cast, as_person, a_reading):
    """(client, address of the page, address of acts) of who may decide."""
    page = f"/office/ra-soat/{a_reading.record.public_id}/"
    return as_person(cast.reporter_benmau), page, page + "xu-ly/"


def waiting(reading):
    return reading.figures.filter(decision="pending").count()


def test_all_above_a_level_are_accepted_and_taken_back(cast, as_person, a_reading, desk):
    client, page, acts = desk
    before = waiting(a_reading)
    text = client.get(page).content.decode()
    assert "Nhận tất cả có độ tin cậy" in text
    assert f"nhận {before} số, để lại 0" in text
    for level, status in (("", 400), ("x", 400), ("1001", 400), ("1000", 409)):
        assert client.post(acts, {"viec": "nhan-tu", "muc": level}).status_code == status
    for person in (cast.reporter_caumau, cast.outsider, cast.viewer_benmau):
        answer = as_person(person).post(acts, {"viec": "nhan-tu", "muc": "500"})
        assert answer.status_code in (403, 404)
    assert waiting(a_reading) == before
    assert client.post(acts, {"viec": "nhan-tu", "muc": "500"}).status_code == 302
    assert waiting(a_reading) == 0
    text = client.get(page).content.decode()
    assert f"Hoàn tác nhận {before} số" in text
    act = a_reading.figures.first().accepted_in
    assert client.post(acts, {"viec": "hoan-tac", "lan": "x"}).status_code == 400
    assert client.post(acts, {"viec": "hoan-tac", "lan": act}).status_code == 302
    assert waiting(a_reading) == before
    assert client.post(acts, {"viec": "hoan-tac", "lan": act}).status_code == 409


def test_a_closed_review_shows_no_acts_until_it_is_reopened(a_reading, desk):
    client, page, acts = desk
    assert client.post(acts, {"viec": "khep"}).status_code == 409
    client.post(acts, {"viec": "nhan-tu", "muc": "500"})
    assert client.post(acts, {"viec": "khep"}).status_code == 302
    text = client.get(page).content.decode()
    assert "Đã khép rà soát" in text
    for gone in ("Hoàn tác nhận", 'value="dung"', 'value="lai"', "them-doan"):
        assert gone not in text
    figure = a_reading.figures.first()
    sent = {"viec": "lai", "so": figure.pk, "version": figure.row_version}
    assert client.post(acts, sent).status_code == 409
    assert client.post(acts, {"viec": "mo-lai"}).status_code == 302
    assert client.post(acts, sent).status_code == 302


def test_a_figure_is_added_from_pasted_words_without_a_script(cast, as_person, a_reading, desk):
    client, page, acts = desk
    typed = {"viec": "them-doan", "doan-words": "hội nghị,  ghi nhận 50", "doan-key": "opinions_"}
    unclear = client.post(acts, typed)
    assert unclear.status_code == 400
    assert "chỉ tiêu" in unclear.content.decode()
    typed["doan-key"] = "trainings_held"
    assert as_person(cast.reporter_caumau).post(acts, typed).status_code == 404
    for words, said in (
        ("", "Bôi chữ có số"),
        ("niêm yết chưa đủ thời gian", "không có số nào"),
        ("không có trong văn bản", "Không thấy những chữ này"),
        ("50 ý kiến; đã giải quyết 40", "có 2 số"),
    ):
        answer = client.post(acts, {**typed, "doan-words": words})
        assert answer.status_code == 400, words
        assert said in answer.content.decode()
    assert client.post(acts, typed).status_code == 302
    added = a_reading.figures.get(by_hand=True)
    assert (added.key, added.amount) == ("trainings_held", 50)
    assert a_reading.text[added.start : added.end] == "hội nghị, ghi nhận 50"
    assert "Người rà soát thêm từ văn bản" in client.get(page).content.decode()


def test_a_figure_is_corrected_by_the_place_a_browser_counted(a_reading, desk):
    client, page, acts = desk
    figure = a_reading.figures.get(key="opinions_received")
    start = a_reading.text.index("40 ý kiến")
    sent = {
        "viec": "sua-doan",
        "so": figure.pk,
        "version": figure.row_version,
        "doan-start": start,
        "doan-end": start + len("40 ý kiến"),
        "doan-key": "",
    }
    assert client.post(acts, {**sent, "doan-end": len(a_reading.text) + 9}).status_code == 400
    assert client.post(acts, {**sent, "doan-start": -3}).status_code == 400
    assert client.post(acts, {**sent, "so": 10**9}).status_code == 404
    assert client.post(acts, sent).status_code == 302
    figure.refresh_from_db()
    assert (figure.decided_key, figure.decided_amount) == ("opinions_received", 40)
    assert client.post(acts, sent).status_code == 400  # seen before it was decided
    kept = Correction.objects.get()
    assert (kept.read_amount, kept.amount, kept.kind) == (50, 40, "corrected")
    assert "sửa theo “40 ý kiến”" in client.get(page).content.decode()


def test_place_and_period_are_corrected_in_the_form(a_reading, desk):
    client, page, acts = desk
    figure = a_reading.figures.get(key="opinions_received")
    form = client.get(page, {"sua": figure.pk}).content.decode()
    assert 'name="scope"' in form
    assert 'list="chi-tieu"' in form
    sent = {
        "viec": "sua",
        "so": figure.pk,
        "version": figure.row_version,
        "key": "opinions_received",
        "amount": "50",
        "scope": "thôn Mẫu Lai",
        "period_code": "2026Q9",
    }
    assert client.post(acts, sent).status_code == 400
    assert client.post(acts, {**sent, "period_code": "2026Q2"}).status_code == 302
    text = client.get(page).content.decode()
    assert "thôn Mẫu Lai" in text
    assert f"kỳ {period_label('2026Q2')}" in text


def test_a_report_taken_in_by_mistake_is_cancelled_with_a_reason(cast, as_person, a_reading, desk):
    client, page, acts = desk
    assert client.post(acts, {"viec": "huy", "ly-do": ""}).status_code == 400
    stranger = as_person(cast.recorder_benmau)
    assert stranger.post(acts, {"viec": "huy", "ly-do": "Nhầm"}).status_code == 403
    assert client.post(acts, {"viec": "huy", "ly-do": "Đưa nhầm"}).status_code == 302
    assert client.get(page).status_code == 404


def test_the_page_takes_few_queries_however_many_figures(
    cast, a_reading, desk, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr("danchu.web.design.context._mode", "demo")
    client, page, _acts = desk
    client.get(page)
    with django_assert_max_num_queries(16):
        client.get(page)


def test_a_report_is_held_against_the_figures_at_hand_when_that_is_asked_for(
    cast, as_person, a_reading, desk, settle
):
    client, page, _acts = desk
    text = client.get(page).content.decode()
    assert 'href="?doi-chieu=1#doi-chieu"' in text and "Số liệu đang có không bị" not in text
    # Nothing else is known of the unit in this period.
    assert "Chưa có số liệu nào khác" in client.get(page + "?doi-chieu=1").content.decode()
    receive(cast.recorder_benmau, cast.benmau, visits=20)
    settle()
    text = client.get(page + "?doi-chieu=1").content.decode()
    assert "Số liệu đang có không bị ghi đè" in text and "21" in text
    for person in (cast.reporter_caumau, cast.outsider):
        assert as_person(person).get(page + "?doi-chieu=1").status_code in (403, 404)
