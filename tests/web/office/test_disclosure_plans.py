"""The disclosure plan of a year in the office."""

from __future__ import annotations

import uuid

from danchu.civic.disclosure.models import Plan, PlannedItem
from danchu.core.law.selectors import current_catalogue
from tests.civic.disclosure.made import publish

YEAR = "/office/cong-khai/ke-hoach/"


def _typed(*lines, **changes):
    sent = {
        "client_key": str(uuid.uuid4()),
        "year": "2026",
        "number": "03/KH-UBND",
        "occurred_on": "15/01/2026",
        "d-TOTAL_FORMS": str(len(lines)),
        "d-INITIAL_FORMS": "0",
        **changes,
    }
    for n, line in enumerate(lines):
        sent |= {f"d-{n}-{name}": value for name, value in line.items()}
    return sent


BUDGET = {
    "rule_key": "xa_ck_02",
    "title": "Dự toán ngân sách",
    "ways": ["a", "b"],
    "places": ["headquarters"],
    "responsible": "Phòng Kinh tế",
}
RELIEF = {**BUDGET, "rule_key": "xa_ck_08", "title": "Cứu trợ"}


def test_a_new_plan_begins_with_the_clauses_and_is_written_once(cast, as_person):
    client = as_person(cast.recorder_benmau)
    page = client.get(YEAR).content.decode()
    assert 'name="d-13-title"' in page and "xa_ck_14" in page
    typed = _typed(
        BUDGET, {**RELIEF, "left_out": "on", "from_on": "hôm nay"}, {"rule_key": "", "title": ""}
    )
    assert client.post(YEAR, typed).status_code == 302
    made = Plan.objects.get()
    assert [item.title for item in made.items.all()] == ["Dự toán ngân sách"]
    assert made.items.get().forms == ["a", "b"]
    shown = client.get(YEAR)
    assert shown.url == f"{YEAR}{made.record.public_id}/"
    publish(cast.recorder_benmau, cast.benmau, planned_item_id=made.items.get().pk)
    page = client.get(shown.url).content.decode()
    assert "Phòng Kinh tế" in page and "03/KH-UBND" in page


def test_a_wrong_line_is_named_and_everything_typed_stays(cast, as_person):
    client = as_person(cast.recorder_benmau)
    for changes, sentence in (
        ({"rule_key": "x"}, "err"),
        ({"from_on": "02/02/2026", "to_on": "01/02/2026"}, "kết thúc trước khi bắt đầu"),
        ({"ways": ["z"]}, "err"),
    ):
        answer = client.post(YEAR, _typed(RELIEF, {**BUDGET, **changes}))
        page = answer.content.decode()
        assert answer.status_code == 400, changes
        assert sentence in page and "Phòng Kinh tế" in page and "Cứu trợ" in page
    assert client.post(YEAR, _typed(BUDGET, year="2050")).status_code == 400
    assert client.post(YEAR, _typed()).status_code == 400
    assert not Plan.objects.exists()


def test_a_plan_is_corrected_and_cancelled_by_its_officers(cast, as_person):
    client = as_person(cast.recorder_benmau)
    client.post(YEAR, _typed(BUDGET))
    made = Plan.objects.get()
    address = f"{YEAR}{made.record.public_id}/"
    line = {**BUDGET, "item_id": str(made.items.get().pk), "title": "Ngân sách xã"}
    assert "Dự toán ngân sách" in client.get(f"{address}sua/").content.decode()
    typed = _typed(line, RELIEF, version="1", reason="Bổ sung")
    assert client.post(f"{address}sua/", {**typed, "reason": ""}).status_code == 400
    assert client.post(f"{address}sua/", typed).status_code == 302
    assert [item.title for item in made.items.order_by("order")] == ["Ngân sách xã", "Cứu trợ"]
    assert client.post(f"{address}sua/", typed).status_code == 400  # an old version
    for person in (cast.recorder_caumau, cast.outsider):
        assert as_person(person).get(address).status_code == 404
    seen = as_person(cast.viewer_benmau).get(address)
    assert seen.status_code == 200
    assert seen.content.decode().count("chưa công khai") == 2
    assert "Ghi công khai" not in seen.content.decode(), "who may not write is offered nothing"
    publish(cast.recorder_benmau, cast.benmau)
    page = client.get(address).content.decode()
    assert "1 nội dung, 20/05/2026" in page and page.count("Ghi công khai") == 1
    assert as_person(cast.viewer_benmau).post(f"{address}huy/", {}).status_code == 403
    assert client.post(f"{address}huy/", {"reason": " "}).status_code == 400
    assert client.post(f"{address}huy/", {"reason": "Ban hành lại"}).status_code == 302
    assert "Ban hành lại" in client.get(address).content.decode()
    assert "chưa có kế hoạch" in client.get(YEAR).content.decode()


def test_several_rows_are_saved_at_once_and_empty_ones_are_ignored(cast, as_person):
    client = as_person(cast.recorder_benmau)
    empty = {"rule_key": "", "title": "", "responsible": "", "from_on": "", "to_on": ""}
    only_clause = {**empty, "rule_key": "xa_ck_07"}
    answer = client.post(YEAR, _typed(empty, BUDGET, empty, only_clause, RELIEF, empty))
    assert answer.status_code == 302
    first, second, third = Plan.objects.get().items.order_by("order")
    assert (first.title, third.title) == ("Dự toán ngân sách", "Cứu trợ")
    # A clause alone is the content as the law names it, with the forms and places of article 13.
    assert second.title == current_catalogue().rule("xa_ck_07").title_vi
    assert second.forms == ["a", "b", "c", "d"]
    assert second.places == ["headquarters", "culture_house", "community_point"]


def test_every_wrong_row_is_named_at_once_and_nothing_is_lost(cast, as_person):
    client = as_person(cast.recorder_benmau)
    typed = _typed(
        BUDGET,
        {**RELIEF, "from_on": "31/02/2026"},
        {"rule_key": "", "title": "Chưa chọn khoản"},
        occurred_on="hôm qua",
    )
    answer = client.post(YEAR, typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Dòng 2: " in page and "Dòng 3: " in page and "Dòng 1: " not in page
    for kept in ("31/02/2026", "Chưa chọn khoản", "hôm qua", "Dự toán ngân sách"):
        assert kept in page, kept
    # What only the service can tell is named by its row too, both at once.
    back = {"from_on": "02/03/2026", "to_on": "01/03/2026"}
    answer = client.post(YEAR, _typed({**BUDGET, **back}, RELIEF, {**RELIEF, **back}))
    told = answer.content.decode()
    assert answer.status_code == 400
    assert "Dòng 1: Thời hạn kết thúc" in told and "Dòng 3: Thời hạn kết thúc" in told
    assert "Dòng 2: " not in told
    assert not Plan.objects.exists()


def test_more_rows_are_given_without_saving_or_complaining(cast, as_person):
    client = as_person(cast.recorder_benmau)
    half = {"rule_key": "", "title": "Gõ dở"}
    page = client.post(YEAR, {**_typed(BUDGET, half), "them": "1"})
    told = page.content.decode()
    assert page.status_code == 200 and not Plan.objects.exists()
    assert 'name="d-6-title"' in told and 'name="d-7-title"' not in told
    assert "Gõ dở" in told and "Dòng 2: " not in told
    for wrong in ("x", "", "99999999999", "-3"):
        answer = client.post(YEAR, {**_typed(BUDGET), "them": "1", "d-TOTAL_FORMS": wrong})
        assert answer.status_code in (200, 400), wrong


def test_last_years_plan_is_copied_with_its_days_a_year_later(cast, as_person):
    client = as_person(cast.recorder_benmau)
    line = {**BUDGET, "from_on": "01/01/2026", "to_on": "28/02/2026"}
    client.post(YEAR, _typed(line, RELIEF))
    made = Plan.objects.get()
    assert f"{YEAR}?don-vi=9A001&amp;nam=2027" in (
        client.get(f"{YEAR}{made.record.public_id}/").content.decode()
    )
    PlannedItem.objects.filter(plan=made, order=2).update(rule_key="pl34_ck_01")
    offer = client.get(f"{YEAR}?nam=2027").content.decode()
    assert "Chép kế hoạch năm 2026" in offer and 'name="d-13-title"' in offer
    copy = client.get(f"{YEAR}?nam=2027&chep=1").content.decode()
    assert "Phòng Kinh tế" in copy and 'value="01/01/2027"' in copy
    assert 'value="28/02/2027"' in copy
    assert "Không chép, vì khoản luật không còn áp dụng:" in copy and "Cứu trợ" in copy
    copied = {**line, "from_on": "01/01/2027", "to_on": "28/02/2027", "item_id": ""}
    assert client.post(f"{YEAR}?nam=2027", _typed(copied, year="2027")).status_code == 302
    assert Plan.objects.get(year=2027).items.get().responsible == "Phòng Kinh tế"
    assert made.items.count() == 2, "last year's plan stays as it was"
    assert "Chép kế hoạch" not in client.get(f"{YEAR}?nam=2025").content.decode()
    assert as_person(cast.recorder_caumau).get(f"{YEAR}?don-vi=9A001&nam=2027").status_code == 404


def test_a_second_plan_of_a_year_and_a_missing_count_are_told_with_all_that_was_typed(
    cast, as_person
):
    client = as_person(cast.recorder_benmau)
    typed = _typed(BUDGET)
    missing = next(name for name in typed if name.endswith("TOTAL_FORMS"))
    answer = client.post(YEAR, {**typed, missing: ""})
    page = answer.content.decode()
    assert answer.status_code == 400 and "thiếu số dòng" in page and "Phòng Kinh tế" in page
    assert "ManagementForm" not in page
    first = client.post(YEAR, typed)
    assert client.post(YEAR, typed).url == first.url  # sent twice it is one
    for other in (_typed(RELIEF), {**_typed(RELIEF), "client_key": typed.get("client_key", "")}):
        answer = client.post(YEAR, other)
        page = answer.content.decode()
        assert answer.status_code == 400 and "đã có kế hoạch công khai năm" in page
        assert "Cứu trợ" in page
    assert Plan.objects.count() == 1


def test_too_many_rows_and_a_year_that_cannot_be_are_told_in_vietnamese(cast, as_person):
    client = as_person(cast.recorder_benmau)
    typed = _typed(BUDGET)
    total = next(name for name in typed if name.endswith("TOTAL_FORMS"))
    many = {**typed, **{f"d-{n}-rule_key": "xa_ck_02" for n in range(201)}, total: "201"}
    for changes, sentence in (
        (many, "Kế hoạch có nhiều nhất 200 dòng"),
        ({**typed, "year": "22000"}, "Ghi số nguyên từ 1998 đến 2199."),
        ({**typed, "year": "hai nghìn"}, "Ghi số nguyên từ 1998 đến 2199."),
    ):
        answer = client.post(YEAR, changes)
        page = answer.content.decode()
        assert answer.status_code == 400 and sentence in page, sentence
        assert "Please submit" not in page and "Đảm bảo giá trị" not in page
    assert not Plan.objects.exists()
    assert client.post(YEAR, typed).status_code == 302
