"""Two reports of one unit, period and kind beside each other."""

from __future__ import annotations

import uuid

from danchu.reporting.reading.services import DocumentInput, take_in_document
from tests.web.office.conftest import REPORT

OTHER = REPORT.replace("50 ý kiến", "55 ý kiến").replace("21 lượt", "22 lượt")


def test_what_two_reports_state_differently_is_shown_to_both_desks(cast, as_person, a_reading):
    client = as_person(cast.reporter_benmau)
    first = a_reading.record.public_id
    other = take_in_document(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        content=DocumentInput(name="khac.txt", text=OTHER, period_code="2026H1"),
    )
    second = other.record.public_id
    for one, two in ((first, second), (second, first)):
        desk = client.get(f"/office/ra-soat/{one}/").content.decode()
        assert f"/office/ra-soat/{one}/so-sanh/{two}/" in desk
    address = f"/office/ra-soat/{first}/so-sanh/{second}/"
    page = client.get(address).content.decode()
    assert page.count("khác nhau") >= 2
    assert ">50<" in page
    assert ">55<" in page
    assert "khớp" in page
    for wrong in (first, uuid.uuid4()):
        assert client.get(f"/office/ra-soat/{first}/so-sanh/{wrong}/").status_code == 404
    for person in (cast.reporter_caumau, cast.outsider):
        assert as_person(person).get(address).status_code == 404
    # Another kind of period: nothing to compare.
    other.period = None
    other.save(update_fields=["period"])
    assert client.get(address).status_code == 404
