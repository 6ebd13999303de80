"""The page on which the days of a scheme of periods are changed."""

from __future__ import annotations

from typing import Any

from danchu.core.calendar.models import SchemeDue
from tests.cast import Cast
from tests.reporting.folding import open_periods

PAGE = "/office/bao-cao/han-nop/"
DAYS = {"village": 1, "agency": 1, "workplace": 1, "commune": 4, "province": 6, "nation": 15}


def sent(scheme: str, **changes: int) -> dict[str, Any]:
    days = {f"{scheme}-due_{name}": number for name, number in (DAYS | changes).items()}
    return {"cach": scheme, **days}


def test_the_days_of_a_scheme_are_changed_by_who_may_and_nobody_else(
    cast: Cast, as_person: Any
) -> None:
    open_periods("nd09:2026H1")
    for person in (cast.reporter_benmau, cast.committee_minhhoa, cast.admin_benmau):
        assert as_person(person).get(PAGE).status_code == 404
        assert as_person(person).post(PAGE, sent("nd09")).status_code == 404
    client = as_person(cast.admin)
    assert PAGE in client.get("/office/bao-cao/").content.decode()
    assert client.get(PAGE).status_code == client.get(f"/en{PAGE}").status_code == 200
    assert client.post(PAGE, sent("nd09")).status_code == 302
    assert SchemeDue.objects.get(scheme__code="nd09", level="commune").days_after == 4
    assert SchemeDue.objects.get(scheme__code="nd09", level="state_enterprise").days_after == 1
    late = client.post(PAGE, sent("nd09", village=9))
    page = late.content.decode()
    assert late.status_code == 400 and "muộn hơn cấp trên" in page and 'value="9"' in page
    assert SchemeDue.objects.get(scheme__code="nd09", level="village").days_after == 1
    assert client.post(PAGE, sent("nd09", commune=999)).status_code == 400
