"""The page of the rules: for whom it is, trying a rule, adding what was tried, retiring."""

from __future__ import annotations

import re

import pytest

from danchu.reporting.checks.models import CheckRule
from tests.making import hold

LIST, NEW = "/office/quy-tac/", "/office/quy-tac/moi/"
TYPED = {
    "key": "it_doi_thoai",
    "layer": "form",
    "severity": "justify",
    "rule": "conferences_held - dialogues_held <= 0",
    "applies_to": "",
    "sentence_vi": "Chỉ {dialogues_held} cuộc đối thoại trong {conferences_held} hội nghị.",
    "sentence_en": "Only {dialogues_held} dialogues of {conferences_held}.",
    "basis": "Kế hoạch năm",
    "valid_from": "",
    "valid_to": "",
}


@pytest.fixture
def handed_in(cast, settle):
    import datetime as dt

    from danchu.reporting.rounds.services import open_round, submit
    from tests.reporting.folding import open_periods

    (period,) = open_periods("nd09:2026H1").values()
    opened = open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết",
        cut_off=dt.date(2026, 6, 14),
        due_on=dt.date(2026, 6, 16),
    )
    hold(cast.recorder_benmau, cast.benmau)
    hold(cast.recorder_benmau, cast.benmau, kind="briefing")
    hold(cast.recorder_caumau, cast.caumau)
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    submit(actor=cast.reporter_caumau, round_id=opened.pk, unit_id=cast.caumau)
    settle()
    return cast


def mark(page):
    return re.search(r'name="da-thu" value="([0-9a-f]+)"', page)[1]


def test_the_pages_are_for_administrators_of_the_installation(cast, as_person):
    row = CheckRule.objects.get(key="not_negative")
    retire = f"/office/quy-tac/{row.pk}/thoi-dung/"
    for person in (cast.admin_benmau, cast.reporter_benmau, cast.leader_minhhoa, cast.outsider):
        client = as_person(person)
        assert client.get(LIST).status_code == client.get(NEW).status_code == 403
        assert client.post(NEW, {**TYPED, "viec": "luu"}).status_code == 403
        assert client.post(retire, {"ly-do": "x"}).status_code == 403
        assert "Quy tắc" not in client.get("/office/tai-khoan/").content.decode()
    page = as_person(cast.admin).get(LIST).content.decode()
    assert "số liệu này không thể âm" in page and "Chặn nộp" in page
    english = as_person(cast.admin).get(f"/en{LIST}").content.decode()
    assert "this figure cannot be negative" in english
    row.refresh_from_db()
    assert row.retired_at is None
    assert as_person(cast.admin).get(f"{LIST}?x=1").status_code == 400


def test_a_rule_is_tried_on_what_was_handed_in_and_then_added(handed_in, as_person):
    client = as_person(handed_in.admin)
    before = CheckRule.objects.count()
    answer = client.post(NEW, {**TYPED, "viec": "thu"})
    page = answer.content.decode()
    assert answer.status_code == 200 and CheckRule.objects.count() == before
    assert "Thử trên 2 biểu: 1 biểu bị báo" in page
    assert "Bến Mẫu" in page and "Chỉ 1 cuộc đối thoại trong 2 hội nghị." in page
    # What is saved is what was tried: a changed rule is tried again first.
    tried = mark(page)
    other = {**TYPED, "rule": "conferences_held - dialogues_held <= 5", "viec": "luu"}
    again = client.post(NEW, {**other, "da-thu": tried})
    assert "Quy tắc đã đổi" in again.content.decode() and CheckRule.objects.count() == before
    assert "0 biểu bị báo" in again.content.decode()
    assert client.post(NEW, {**TYPED, "viec": "luu"}).status_code == 200  # never tried
    assert CheckRule.objects.count() == before
    saved = client.post(NEW, {**TYPED, "viec": "luu", "da-thu": tried})
    assert saved.status_code == 302
    assert CheckRule.objects.get(key="it_doi_thoai").added_by_id == handed_in.admin.pk
    twice = client.post(NEW, {**TYPED, "viec": "luu", "da-thu": tried})
    assert twice.status_code == 400 and "đang được dùng" in twice.content.decode()


def test_a_refused_rule_keeps_what_was_typed_and_names_the_place(cast, as_person):
    client = as_person(cast.admin)
    for changes, said in (
        ({"rule": "conferences_held <= (dialogues_held)"}, "vị trí 21"),
        ({"rule": "citizens_received <= citizens_received_persons"}, "866 lượt với 964 người"),
        ({"sentence_vi": "Sai {khong_co}."}, "khong_co"),
        ({"layer": "history", "severity": "block"}, "không để chặn"),
        ({"valid_from": "31/02/2026"}, "Không có ngày"),
        ({"key": ""}, "Mã quy tắc"),
    ):
        answer = client.post(NEW, {**TYPED, **changes, "viec": "thu"})
        page = answer.content.decode()
        assert answer.status_code == 400 and said in page, changes
        assert "Kế hoạch năm" in page and "da-thu" not in page
    assert not CheckRule.objects.filter(shipped=False).exists()


def test_a_rule_is_retired_with_a_reason(cast, as_person):
    client = as_person(cast.admin)
    row = CheckRule.objects.get(key="score_bound")
    address = f"/office/quy-tac/{row.pk}/thoi-dung/"
    assert client.get(address).status_code == 302
    refused = client.post(address, {"ly-do": " "})
    assert refused.status_code == 400 and "lý do thôi dùng" in refused.content.decode()
    assert client.post(address, {"ly-do": "Thang điểm <khác>"}).status_code == 302
    page = client.get(LIST).content.decode()
    assert "Đã thôi dùng" in page and "Thang điểm &lt;khác&gt;" in page
    assert client.post(address, {"ly-do": "x"}).status_code == 400
    assert client.post("/office/quy-tac/999999/thoi-dung/", {"ly-do": "x"}).status_code == 400


def test_the_list_takes_few_queries(cast, as_person, django_assert_max_num_queries):
    client = as_person(cast.admin)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(LIST)
