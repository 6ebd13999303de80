"""A change of the official map entered before its release, and the release that comes later."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from danchu.core.changes.models import MapChange
from danchu.core.changes.planning import NewUnit, Wanted, plan_map_change
from danchu.core.changes.services import carry_out_map_change
from danchu.core.contracts import OPERATOR, ChangeKind
from danchu.core.errors import BadInput, Conflict
from danchu.core.units.models import Lineage, Placement, Unit, UnitState
from danchu.core.units.reference import UnitsReference
from danchu.core.units.selectors import child_units, descendant_ids, trace, unit_by_id, unit_on
from danchu.core.units.services import register_unit
from tests.core.units import small_release

pytestmark = pytest.mark.django_db
ON, EVE = dt.date(2028, 1, 1), dt.date(2027, 12, 31)
LATER = dt.date(2028, 4, 1)
BASIS = "Nghị quyết số 2"
REFERENCE = UnitsReference()
BEN, NUI = "99001@2025-07-01", "99009@"
OPEN_BEN = f"{BEN},commune,99001,xã Bến Mẫu,xã,99@,2025-07-01,,2025-07-01,nq1"
OPEN_NUI = f"{NUI},commune,99009,xã Núi Mẫu,xã,99@,2025-07-01,,2025-07-01,nq1"
PROVINCE = "98@,province,98,tỉnh Ví Dụ,tỉnh,VN@,,,2025-03-01,old\n"
FIRST = small_release.FIRST.replace("9A", "99").replace("99@,province", PROVINCE + "99@,province")
LINES = small_release.FIRST_LINEAGE.replace("9A", "99")


def ends(line: str, last: dt.date = EVE) -> str:
    return line.replace("2025-07-01,,2025-07-01", f"2025-07-01,{last},2025-07-01")


def commune(code: str, name: str, on: dt.date = ON, key: str = "", parent: str = "99@") -> str:
    key = key or f"{code}@{on}"
    return f"\n{key},commune,{code},{name},{name.split()[0]},{parent},{on},,{on},nq2"


def merged(code: str = "99011", name: str = "xã Hợp Mẫu", on: dt.date = ON) -> str:
    """The release in which both communes became one."""
    last = on - dt.timedelta(days=1)
    both = FIRST.replace(OPEN_BEN, ends(OPEN_BEN, last)).replace(OPEN_NUI, ends(OPEN_NUI, last))
    return both.rstrip() + commune(code, name, on)


def merged_lines(code: str = "99011", on: dt.date = ON) -> str:
    new = "".join(f"\n{old},{code}@{on},whole,,{on},nq2" for old in (BEN, NUI))
    return LINES.rstrip() + new


@pytest.fixture
def bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("DANCHU_TODAY", "2028-06-01")
    count = iter(range(100))

    def apply(units: str = FIRST, lineage: str = LINES) -> list[tuple[str, str]]:
        folder = small_release.release(tmp_path / str(next(count)), units, lineage)
        planned = REFERENCE.plan(folder)
        assert REFERENCE.apply(folder) == planned
        return [(change.what, change.detail_vi) for change in planned]

    apply()
    return apply


def act(kind: ChangeKind, *codes: str, on: dt.date = ON, **more: Any) -> Wanted:
    eve = on - dt.timedelta(days=1)
    units = tuple(unit_on(code, eve).id for code in codes)
    wanted = Wanted(kind=kind, units=units, on=on, basis=BASIS, **more)
    plan = plan_map_change(viewer=OPERATOR, wanted=wanted)
    carry_out_map_change(actor=OPERATOR, wanted=wanted, fingerprint=plan.fingerprint)
    return wanted


def merge(code: str = "99011", name: str = "xã Hợp Mẫu", on: dt.date = ON) -> None:
    new = NewUnit(name, name.split()[0], code)
    act(ChangeKind.MERGE, "99001", "99009", on=on, into=(new,))


def the_map() -> dict[str, set[tuple[Any, ...]]]:
    """The map as it is told, without the ids of this database."""
    public = dict(Unit.objects.values_list("pk", "public_id"))
    states = UnitState.objects.filter(unit__is_registered=False).values_list(
        "unit_id", "code", "name", "kind", "valid_from", "valid_to", "known_from", "basis",
        "is_ahead", "sort_key",
    )  # fmt: skip
    places = Placement.objects.filter(unit__is_registered=False).values_list(
        "unit_id", "parent_id", "path", "valid_from", "valid_to"
    )
    lines = Lineage.objects.values_list(
        "predecessor_id", "successor_id", "part", "on", "basis", "share_numerator", "is_ahead"
    )
    return {
        "states": {(public[unit], *rest) for unit, *rest in states},
        "places": {
            (
                public[unit],
                public.get(parent),
                tuple(public[int(step)] for step in path.split("/") if step),
                *rest,
            )
            for unit, parent, path, *rest in places
        },
        "lines": {(public[old], public[new], *rest) for old, new, *rest in lines},
    }


def freshly(units: str, lineage: str, folder: Path) -> dict[str, set[tuple[Any, ...]]]:
    """The map of an installation that began with that release."""
    for model in (MapChange,):
        for change in model.objects.all():
            change.receipts.all().delete()
            change.units.all().delete()
            change.delete()
    for model in (Lineage, Placement, UnitState):
        model.objects.all().delete()
    Unit.objects.all().delete()
    REFERENCE.apply(small_release.release(folder, units, lineage))
    return the_map()


def test_a_merger_of_communes_is_kept_until_the_release_tells_it_and_then_is_the_same(
    bring: Any, tmp_path: Path
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
    merge()
    new = unit_on("99011", ON)
    assert (new.name, new.parent_code, new.is_demo) == ("xã Hợp Mẫu", "99", False)
    assert [child.id for child in child_units(new.id, ON)] == [village.pk]
    came_from = {kin.unit.code for kin in trace("99011", ON, ON).predecessors}
    assert came_from == {"99001", "99002", "99009"}  # as they were on the oldest map
    # The release of before, brought in again: nothing is lost and nothing is called wrong.
    before = the_map()
    ((what, said),) = bring()
    assert what == "kept" and "xã Hợp Mẫu" in said
    assert the_map() == before
    # One that corrects another unit does so and leaves the change alone.
    corrected = dict(bring(FIRST.replace("xã Đò Mẫu", "xã Đò Mẩu")))
    assert set(corrected) == {"kept", "change"}
    assert unit_on("99001", EVE).name == "xã Bến Mẫu"
    # The release with the same change: recognised, said once, and then there is nothing to do.
    told = bring(merged(), merged_lines())
    assert {what for what, _said in told} == {"change"}
    assert any("nay có trong bản phát hành" in said for _what, said in told)
    assert bring(merged(), merged_lines()) == []
    assert unit_on("99011", ON).id == new.id
    assert unit_by_id(village.pk, ON).parent_id == new.id
    assert village.pk in descendant_ids(unit_on("99", ON).id, ON)
    mine = the_map()
    Placement.objects.filter(unit=village).delete()
    UnitState.objects.filter(unit=village).delete()
    assert mine == freshly(merged(), merged_lines(), tmp_path / "fresh")


def test_a_code_that_was_not_known_yet_becomes_the_official_one(bring: Any, tmp_path: Path) -> None:
    merge(code="99777")
    unit = unit_on("99777", ON).id
    told = bring(merged(), merged_lines())
    assert any("99777 nay là 99011" in said for _what, said in told)
    assert unit_on("99011", ON).id == unit
    assert bring(merged(), merged_lines()) == []
    assert the_map() == freshly(merged(), merged_lines(), tmp_path / "fresh")


def test_a_commune_that_takes_the_code_of_one_it_was_made_of_is_another_unit(
    bring: Any, tmp_path: Path
) -> None:
    old = unit_on("99001", EVE).id
    merge(code="99001", name="xã Bến Mẫu")
    assert unit_on("99001", ON).id != old
    assert unit_on("99001", EVE).id == old
    there = merged("99001", "xã Bến Mẫu"), merged_lines("99001")
    assert {what for what, _said in bring(*there)} == {"change"}
    assert bring(*there) == []
    assert the_map() == freshly(*there, tmp_path / "fresh")


@pytest.mark.parametrize(
    "other",
    [
        (merged(name="xã Khác Mẫu"), merged_lines()),
        (merged(on=LATER), merged_lines(on=LATER)),
        # Only one of the two, with a third.
        (
            FIRST.replace(OPEN_NUI, ends(OPEN_NUI)).rstrip() + commune("99012", "xã Suối Mẫu"),
            LINES.rstrip() + f"\n{NUI},99012@{ON},whole,,{ON},nq2",
        ),
        # One that goes on under its name.
        (
            FIRST.replace(OPEN_NUI, ends(OPEN_NUI)),
            LINES.rstrip() + f"\n{NUI},{BEN},whole,,{ON},nq2",
        ),
    ],
)
def test_a_release_that_tells_something_else_is_said_and_nothing_is_doubled_or_lost(
    bring: Any, other: tuple[str, str]
) -> None:
    merge()
    before = the_map()
    units = other[0].replace("xã Đò Mẫu", "xã Đò Mẩu")
    told = dict(bring(units, other[1]))
    assert set(told) == {"conflict", "change"}
    assert "xã Hợp Mẫu" in told["conflict"] and "01/01/2028" in told["conflict"]
    after = the_map()
    assert after["lines"] == before["lines"] and after["places"] == before["places"]
    changed = {state[2] for state in after["states"] ^ before["states"]}
    assert changed == {"xã Đò Mẫu", "xã Đò Mẩu"}
    # Again: the same is said, and nothing happens.
    assert bring(units, other[1]) == [("conflict", told["conflict"])]
    # The release that agrees at last settles it.
    right = merged().replace("xã Đò Mẫu", "xã Đò Mẩu"), merged_lines()
    assert {what for what, _said in bring(*right)} == {"change"}
    assert bring(*right) == []


def test_a_release_that_knows_the_first_of_two_changes_leaves_the_second(
    bring: Any, tmp_path: Path
) -> None:
    merge()
    act(ChangeKind.RENAME, "99011", on=LATER, name="phường Hợp Mẫu", unit_kind="phường")
    before = the_map()
    told = bring(merged(), merged_lines())
    assert sorted(what for what, _said in told) == ["change", "kept"]
    assert unit_on("99011", LATER).name == "phường Hợp Mẫu"
    assert {row[:3] for row in the_map()["states"]} == {row[:3] for row in before["states"]}
    assert [what for what, _said in bring(merged(), merged_lines())] == ["kept"]
    eve = LATER - dt.timedelta(days=1)
    whole = merged().replace(f"99@,{ON},,{ON}", f"99@,{ON},{eve},{ON}") + commune(
        "99011", "phường Hợp Mẫu", LATER, key=f"99011@{ON}"
    )
    assert {what for what, _said in bring(whole, merged_lines())} == {"change"}
    assert bring(whole, merged_lines()) == []
    assert the_map() == freshly(whole, merged_lines(), tmp_path / "fresh")


def test_a_new_name_a_move_and_a_split_are_recognised_too(bring: Any, tmp_path: Path) -> None:
    act(ChangeKind.RENAME, "99001", name="phường Bến Mẫu", unit_kind="phường")
    act(ChangeKind.MOVE, "99001", on=LATER, parent_id=unit_on("98", LATER).id)
    parts = (NewUnit("xã Núi Mẫu", "xã", "99009"), NewUnit("xã Suối Mẫu", "xã", "99012"))
    shares = (Fraction(3, 4), Fraction(1, 4))
    act(ChangeKind.SPLIT, "99009", into=parts, shares=shares)
    assert {what for what, _said in bring()} == {"kept"}
    assert unit_on("99001", LATER).parent_code == "98"
    assert unit_on("99001", ON).parent_code == "99"
    eve = LATER - dt.timedelta(days=1)
    ward = commune("99001", "phường Bến Mẫu", key=BEN).replace(f"{ON},,{ON}", f"{ON},{eve},{ON}")
    units = (
        FIRST.replace(OPEN_BEN, ends(OPEN_BEN)).replace(OPEN_NUI, ends(OPEN_NUI)).rstrip()
        + ward
        + commune("99001", "phường Bến Mẫu", LATER, key=BEN, parent="98@")
        + commune("99009", "xã Núi Mẫu")
        + commune("99012", "xã Suối Mẫu")
    )
    lines = LINES.rstrip() + "".join(
        f"\n{NUI},{code}@{ON},part,,{ON},nq2" for code in ("99009", "99012")
    )
    assert {what for what, _said in bring(units, lines)} == {"change"}
    assert bring(units, lines) == []
    # The release knows no share; what is known here stays.
    known = {kin.unit.code: kin.share for kin in trace("99009", EVE, ON).successors}
    assert known == {"99009": Fraction(3, 4), "99012": Fraction(1, 4)}
    Lineage.objects.update(share_numerator=None, share_denominator=None)
    assert the_map() == freshly(units, lines, tmp_path / "fresh")


def test_what_cannot_be_a_change_of_the_official_map_is_refused(bring: Any) -> None:
    ben, nui = unit_on("99001", EVE).id, unit_on("99009", EVE).id

    def refused(refusal: type[Exception], **more: Any) -> Any:
        given = {"kind": ChangeKind.MERGE, "units": (ben, nui), "on": ON, "basis": BASIS, **more}
        with pytest.raises(refusal) as said:
            plan_map_change(viewer=OPERATOR, wanted=Wanted(**given))
        return said.value

    def new(code: str = "99011", name: str = "xã Hợp Mẫu", kind: str = "xã") -> tuple[NewUnit, ...]:
        return (NewUnit(name, kind, code),)

    assert refused(BadInput, into=(ben,)).field == "into"  # another territory is another unit
    for code in ("", "9901", "9A011", "990111"):
        assert refused(BadInput, into=new(code)).field == "code"
    assert refused(BadInput, into=new(kind="thôn")).field == "kind"
    assert refused(BadInput, into=new(name="Hợp Mẫu")).field == "name"
    third = FIRST.rstrip() + commune("99020", "xã Ba Mẫu", dt.date(2026, 1, 1))
    bring(third)
    assert refused(Conflict, into=new("99020")).field == "code"
    abolish = {"kind": ChangeKind.ABOLISH, "units": (ben,), "into": ()}
    refused(Conflict, **abolish)
    province = unit_on("99", EVE).id
    rename = {"kind": ChangeKind.RENAME, "into": ()}
    refused(Conflict, **rename, units=(province,), name="thành phố Minh Họa", unit_kind="thành phố")
    assert refused(BadInput, **rename, units=(ben,), name="Bến Mẫu").field == "name"
    move = {"kind": ChangeKind.MOVE, "units": (ben,), "into": ()}
    assert refused(BadInput, **move, parent_id=nui).field == "parent_id"
