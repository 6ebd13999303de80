"""The disclosure plan of a year in the office."""

from __future__ import annotations

import uuid

from danchu.civic.disclosure.models import Plan
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
    typed = _typed(BUDGET, {**RELIEF, "left_out": "on"}, {"rule_key": "", "title": ""})
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
    assert as_person(cast.viewer_benmau).get(address).status_code == 200
    assert as_person(cast.viewer_benmau).post(f"{address}huy/", {}).status_code == 403
    assert client.post(f"{address}huy/", {"reason": " "}).status_code == 400
    assert client.post(f"{address}huy/", {"reason": "Ban hành lại"}).status_code == 302
    assert "Ban hành lại" in client.get(address).content.decode()
    assert "chưa có kế hoạch" in client.get(YEAR).content.decode()
