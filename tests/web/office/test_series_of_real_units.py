"""July 2025 with real lineage: the published figures of huyện Đầm Hà on its communes of today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from danchu.core.accounts.models import Account
from danchu.core.clock import on_day
from danchu.core.units.reference import REFERENCES as UNITS
from danchu.demo import published as demo
from danchu.demo.data import published
from danchu.demo.load import settle
from tests.cast import TODAY

VALUE = '<td class="n"><b>'  # of a row of the table; what it was made of stands beside it


@pytest.fixture(scope="module")
def country(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The released map and the one report that was published by huyện Đầm Hà."""
    from danchu.core.calendar.reference import REFERENCES as CALENDAR
    from danchu.reporting.figures.reference import REFERENCES as DICTIONARY
    from danchu.reporting.figures.selectors import forget_dictionary

    with django_db_blocker.unblock(), transaction.atomic(), on_day(TODAY):
        for reference in (*UNITS, *CALENDAR, *DICTIONARY):
            reference.apply(reference.folder)
        connection.check_constraints()
        for row in published():
            if str(row.get("unit_code")) == "200":
                demo._one(row)
        settle()
        yield
        transaction.set_rollback(True)
    forget_dictionary()


@pytest.fixture
def read(country: None, db: None, as_person: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``read(address)``: the page as somebody sees it who holds no right over these units."""
    monkeypatch.setenv("DANCHU_TODAY", TODAY.isoformat())
    client = as_person(Account.objects.create(email="ngoai@vi-du.example", name="Đoàn Mẫu Ngoại"))

    def page(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, address
        return answer.content.decode()

    return page


def test_the_series_of_a_district_goes_on_with_the_communes_it_became(read: Any) -> None:
    now = read("/office/chuoi/200/opinions_received/")
    assert "Số liệu của nhóm 2 đơn vị hiện nay" in now
    assert "xã Đầm Hà, xã Quảng Tân" in now
    # Together they are the district's territory: its figure stands, exact.
    assert f"{VALUE}191</b>" in now and "1679/NQ-UBTVQH15" in now
    same = read("/office/chuoi/200/opinions_received/?cach=cung-dia-gioi")
    assert f"{VALUE}191</b>" in same
    told = read("/office/chuoi/200/opinions_received/?cach=cong-bo")
    assert f"{VALUE}191</b>" in told and "/office/so-lieu/200/2019H1/opinions_received/" in told


@pytest.mark.parametrize("code", ["06895", "06913"])
def test_one_of_them_alone_has_a_range_and_no_territory_to_compare_with(
    read: Any, code: str
) -> None:
    page = read(f"/office/chuoi/{code}/opinions_received/")
    assert f"{VALUE}0–191</b>" in page and "một phần, không rõ tỷ lệ" in page
    assert "xem nhóm 2 đơn vị" in page
    same = read(f"/office/chuoi/{code}/opinions_received/?cach=cung-dia-gioi")
    assert "không so sánh được" in same and "Khác địa giới." in same and VALUE not in same
    # A rate is not given a range: it is neither added nor divided.
    rate = read(f"/office/chuoi/{code}/satisfaction_very_satisfied_pct/")
    assert "không so sánh được" in rate and VALUE not in rate
    together = read(f"/office/chuoi/{code}/opinions_received/?cach=cung-dia-gioi&nhom=1")
    assert f"{VALUE}191</b>" in together
    told = read(f"/office/chuoi/{code}/opinions_received/?cach=cong-bo")
    assert "Huyện Đầm Hà" in told and f"{VALUE}191</b>" in told
    assert "số của huyện Đầm Hà</span>" in told  # whose figure it is stands at the value
    # Nothing of the commune itself is known: its page leads there, and back to itself.
    assert f'href="/office/chuoi/{code}/opinions_received/"' in read(f"/office/don-vi/{code}/")
    back = re.search(r'<p class="hint back"><a href="([^"]+)"', told)
    assert back and back[1] == f"/office/don-vi/{code}/"
