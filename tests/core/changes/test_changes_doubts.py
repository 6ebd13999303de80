"""What a dry run asks to look at twice: like names, the text it rests on, what was issued before."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.changes.planning import NewUnit, plan_map_change
from danchu.core.changes.selectors import receipts
from danchu.core.contracts import OPERATOR, ChangeKind
from danchu.reporting.reviews.models import FrozenReport
from danchu.reporting.rounds.closing import close_round
from danchu.reporting.rounds.models import Round
from tests.cast import TODAY, Cast
from tests.core.changes.test_changes_services import act, merger
from tests.core.changes.test_changes_services import opened as opened

LAWFUL = "Nghị quyết số 15/NQ-UBTVQH16 (mẫu) của Ủy ban Thường vụ Quốc hội"


def doubts(cast: Cast, **more: Any) -> list[str]:
    plan = plan_map_change(viewer=OPERATOR, wanted=merger(cast, **{"basis": LAWFUL, **more}))
    assert all(doubt.en and doubt.en != doubt.vi for doubt in plan.doubts)
    return [doubt.vi for doubt in plan.doubts]


def named(name: str, kind: str = "xã") -> NewUnit:
    return NewUnit(name, kind, "9A010")


@pytest.fixture
def neighbour(cast: Cast) -> str:
    """A commune beside the two that merge."""
    from danchu.core.units.services import register_demo_unit

    register_demo_unit(
        actor=OPERATOR,
        level="commune",
        code="9A077",
        name="xã Hòa Mẫu",
        kind="xã",
        parent_id=cast.minhhoa,
        valid_from=dt.date(2025, 7, 1),
    )
    return "xã Hòa Mẫu"


def test_a_name_that_a_neighbour_has_is_told_but_for_accents_capitals_and_kind(
    cast: Cast, neighbour: str
) -> None:
    for name, kind in (("xã Hòa Mẫu", "xã"), ("phường HOÀ MẪU", "phường"), ("xã Hoa Mau", "xã")):
        (said,) = doubts(cast, into=(named(name, kind),))
        assert "xã Hòa Mẫu" in said and name in said
    # Its own former name, or that of a unit that ends, is nobody else's.
    assert doubts(cast, into=(named("xã Bến Mẫu"),)) == []
    assert doubts(cast, into=(named("xã Hợp Mẫu"),)) == []
    one = {"units": (cast.benmau,), "into": ()}
    rename = {"kind": ChangeKind.RENAME, **one, "unit_kind": "phường"}
    assert doubts(cast, **rename, name="phường Bến Mẫu") == []
    (said,) = doubts(cast, **rename, name="phường Hòa Mẫu")
    assert neighbour in said
    parts = (named("xã Đông Mẫu"), NewUnit("xã Đồng Mẫu", "xã", "9A011"))
    (said,) = doubts(cast, kind=ChangeKind.SPLIT, units=(cast.benmau,), into=(cast.benmau, *parts))
    assert "xã Đông Mẫu" in said


def test_the_text_is_that_of_the_body_which_decides_at_the_level(cast: Cast) -> None:
    for basis in (LAWFUL, "Nghị quyết số 1/NQ-UBTVQH15", "NQ của ủy ban thường vụ quốc hội"):
        assert doubts(cast, basis=basis) == []
    for basis in ("Nghị quyết số 01/NQ-HĐND", "Nghị quyết số 202/2025/QH15 của Quốc hội"):
        (said,) = doubts(cast, basis=basis)
        assert "khoản 8 Điều 74 Hiến pháp" in said
    one = {"units": (cast.benmau,), "into": ()}
    (said,) = doubts(
        cast, basis="12/QĐ-UBND", kind=ChangeKind.RENAME, **one, name="xã Mới Mẫu", unit_kind="xã"
    )
    assert "Luật Tổ chức chính quyền địa phương" in said
    villages = {
        "units": (cast.maulai, cast.maudinh),
        "into": (NewUnit("thôn Mẫu Mới", "thôn", "X1"),),
    }
    for basis, right in (
        ("Nghị quyết số 05/NQ-HĐND của Hội đồng nhân dân xã Bến Mẫu", True),
        ("Quyết định số 05/QĐ-UBND của Ủy ban nhân dân đặc khu Mẫu", True),
        ("Quyết định số 05/QĐ-UBND của Ủy ban nhân dân xã Bến Mẫu", False),
        ("Thông báo số 1", False),
    ):
        said = doubts(cast, basis=basis, **villages)
        assert (said == []) == right, basis
        assert right or "Điều 9 Nghị định 185/2026/NĐ-CP" in said[0]
    # Before that decree another law decided, which is not judged here.
    assert doubts(cast, basis="Thông báo số 1", on=dt.date(2026, 5, 25), **villages) == []


def test_whoever_confirms_has_seen_the_doubts(cast: Cast, neighbour: str) -> None:
    wanted = merger(cast, basis=LAWFUL, into=(named("xã Tân Mẫu"),))
    before = plan_map_change(viewer=OPERATOR, wanted=wanted)
    register = {"actor": OPERATOR, "parent_id": cast.minhhoa, "kind": "xã"}
    from danchu.core.units.services import register_demo_unit

    register_demo_unit(
        **register, level="commune", code="9A078", name="xã Tân Mẫu", valid_from=TODAY
    )
    after = plan_map_change(viewer=OPERATOR, wanted=wanted)
    assert before.doubts == () and len(after.doubts) == 1
    assert before.fingerprint != after.fingerprint


def test_a_backdated_change_tells_issued_reports_and_closed_rounds_of_its_days(
    cast: Cast, opened: Round
) -> None:
    def told(on: dt.date) -> set[str]:
        plan = plan_map_change(
            viewer=OPERATOR, wanted=merger(cast, on=on, units=villages, into=new)
        )
        return {item.ref for item in plan.touched if item.ref.startswith(("issued", "closed"))}

    villages, new = (cast.maulai, cast.maudinh), (NewUnit("thôn Mẫu Mới", "thôn", "X1"),)
    assert told(TODAY) == set()
    close_round(
        actor=cast.committee_minhhoa,
        round_id=opened.pk,
        missing=list(opened.expected.values_list("unit_id", flat=True)),
    )
    report = issued(cast, opened)
    both = {f"closed {opened.pk}", f"issued {report.pk}"}
    assert told(TODAY) == told(dt.date(2026, 5, 1)) == both
    assert told(opened.period.end) == both
    # A neighbour's change touches neither, nor does one after the period.
    other = merger(cast, units=(cast.mautrung,), kind=ChangeKind.RENAME, into=(), name="xã Mẫu Mới")
    plan = plan_map_change(viewer=OPERATOR, wanted=other)
    assert not {i.ref for i in plan.touched} & both
    assert told(opened.period.end + dt.timedelta(days=1)) == set()
    _plan, made = act(OPERATOR, merger(cast, units=villages, into=new))
    said = {row.ref: row.text_vi for row in receipts(OPERATOR, made)}
    assert (
        "07/BC-BCĐ" in said[f"issued {report.pk}"] and "giữ nguyên" in said[f"issued {report.pk}"]
    )
    assert "đã đóng theo bản đồ cũ" in said[f"closed {opened.pk}"]


def issued(cast: Cast, opened: Round) -> FrozenReport:
    from danchu.core.clock import now
    from danchu.core.records.models import Record

    record = Record.objects.create(kind="report", unit_id=cast.minhhoa, occurred_on=TODAY)
    return FrozenReport.objects.create(
        record=record,
        unit_id=cast.minhhoa,
        period=opened.period,
        state=FrozenReport.State.ISSUED,
        layout="state",
        frozen_at=now(),
        number="07",
        symbol="BC-BCĐ",
        issued_on=TODAY,
        issued_year=2026,
        issued_at=now(),
    )
