"""Communes of the official map, merged in the office by the administrator of their province."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.accounts.models import Account, RoleGrant
from danchu.core.changes.models import MapChange
from danchu.core.contracts import OPERATOR
from danchu.core.units.reference import UnitsReference
from danchu.core.units.selectors import unit_by_id, unit_on
from danchu.core.units.services import register_unit
from tests.core.changes.test_ahead_of_release import EVE, FIRST, LINES, ON, merged, merged_lines
from tests.core.units import small_release
from tests.web.office.test_unit_changes import BASIS, hidden, text_of

pytestmark = pytest.mark.django_db
PAGE = "/office/don-vi/99001/thay-doi/"


@pytest.fixture
def province(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The administrator of a province of the official map, and a village in it."""
    monkeypatch.setenv("DANCHU_TODAY", "2028-06-01")
    UnitsReference().apply(small_release.release(tmp_path / "first", FIRST, LINES))
    account = Account.objects.create(email="quantri@vi-du.example", name="Phạm Mẫu Ngân")
    RoleGrant.objects.create(
        account=account,
        role="unit_admin",
        unit_id=unit_on("99", EVE).id,
        valid_from=dt.date(2025, 7, 1),
    )
    return account


def test_the_administrator_of_a_province_merges_two_of_its_communes(
    province: Any, as_person: Any, tmp_path: Any
) -> None:
    village = register_unit(
        actor=OPERATOR,
        parent_id=unit_on("99009", EVE).id,
        level="village",
        name="thôn Một",
        kind="thôn",
        short_code="t1",
        valid_from=dt.date(2026, 1, 1),
    )
    client = as_person(province)
    page = text_of(client.get(PAGE))
    assert "danh mục chính thức" in page and "giai-the" not in page
    assert "Năm chữ số" in text_of(client.get(f"{PAGE}nhap/"))
    sent = {
        **BASIS,
        "on": "01/01/2028",
        "issued_on": "15/12/2027",
        "others": [unit_on("99009", EVE).id],
        "kind": "xã",
        "name": "xã Hợp Mẫu",
        "code": "9A011",
        "viec": "chay-thu",
    }
    wrong = client.post(f"{PAGE}nhap/", sent)
    assert wrong.status_code == 400 and "năm chữ số" in text_of(wrong)
    dry = client.post(f"{PAGE}nhap/", {**sent, "code": "99011"})
    assert "thôn Một chuyển về xã Hợp Mẫu" in text_of(dry)
    done = client.post(f"{PAGE}nhap/", {**hidden(text_of(dry)), "viec": "thuc-hien"})
    assert done.status_code == 302, text_of(done)
    new = unit_on("99011", ON)
    assert not new.is_demo and unit_by_id(village.pk, ON).parent_id == new.id
    assert "Xã Hợp Mẫu" in text_of(client.get(done["Location"]))
    told = UnitsReference().apply(
        small_release.release(tmp_path / "later", merged(), merged_lines())
    )
    assert {change.what for change in told} == {"change"}
    assert unit_on("99011", ON).id == new.id
    assert MapChange.objects.count() == 1


def test_a_province_of_the_official_map_changes_with_a_release_only(
    province: Any, as_person: Any
) -> None:
    RoleGrant.objects.update(unit_id=unit_on("VN", EVE).id)
    client = as_person(province)
    assert "thay-doi/" not in text_of(client.get("/office/don-vi/99/"))
    assert PAGE in text_of(client.get("/office/don-vi/99001/"))
    assert client.get("/office/don-vi/99/thay-doi/").status_code == 404
    assert client.get("/office/don-vi/99/thay-doi/doi-ten/").status_code == 404
    # A commune does not end without a successor, and moves to another province.
    assert client.get(f"{PAGE}giai-the/").status_code == 404
    assert "tỉnh Ví Dụ (98)" in text_of(client.get(f"{PAGE}chuyen/"))
