"""Bringing a newer map in: what is added, ended, corrected, and what is left alone."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from danchu.core.contracts import OPERATOR
from danchu.core.errors import BadInput
from danchu.core.ledger.models import Entry
from danchu.core.units import selectors
from danchu.core.units.models import Lineage, MapVersion, Placement, Unit, UnitState
from danchu.core.units.reference import UnitsReference
from danchu.core.units.services import register_unit
from tests.core.units.small_release import FIRST, FIRST_LINEAGE, LATER, LATER_LINEAGE, release

pytestmark = pytest.mark.django_db
EVE, CHANGE = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
BEFORE, AFTER = dt.date(2027, 12, 31), dt.date(2028, 1, 1)
REFERENCE = UnitsReference()


@pytest.fixture
def first(tmp_path):
    folder = release(tmp_path / "first")
    REFERENCE.apply(folder)
    return folder


def _said(changes):
    return [(change.what, change.key) for change in changes]


def _village(code="9A009", **more):
    parent = selectors.unit_on(code, CHANGE)
    return register_unit(
        **{
            "actor": OPERATOR,
            "parent_id": parent.id,
            "level": "village",
            "name": "thôn Một",
            "kind": "thôn",
            "short_code": "t1",
            "valid_from": CHANGE,
            **more,
        }
    )


def test_a_first_loading_is_told_by_level_and_a_second_has_nothing_to_do(tmp_path):
    folder = release(tmp_path)
    assert REFERENCE.installed() is None
    planned = REFERENCE.plan(folder)
    assert _said(planned) == [
        *[("add", level) for level in ("nation", "province", "district", "commune")],
        ("add", "lineage"),
    ]
    assert Unit.objects.count() == 0
    assert REFERENCE.apply(folder) == planned
    assert REFERENCE.installed() == REFERENCE.version(folder)
    counts = (Unit.objects.count(), UnitState.objects.count(), Placement.objects.count())
    assert counts == (7, 8, 8)
    assert REFERENCE.apply(folder) == []
    assert (Unit.objects.count(), MapVersion.objects.count()) == (7, 1)
    assert list(Entry.objects.values_list("code", flat=True)) == ["units.map_updated"]


def test_a_newer_map_adds_and_ends_and_deletes_nothing(first, tmp_path):
    old_ids = set(Unit.objects.values_list("pk", flat=True))
    old_states = set(UnitState.objects.values_list("pk", flat=True))
    newer = release(tmp_path / "newer", LATER, LATER_LINEAGE)
    planned = REFERENCE.plan(newer)
    assert sorted(_said(planned)) == [
        ("add", "9A001@2025-07-01"),
        ("add", "9A011@2028-01-01"),
        ("add", "lineage"),
        ("end", "9A001@2025-07-01"),
        ("end", "9A009@"),
    ]
    assert REFERENCE.apply(newer) == planned
    assert old_ids < set(Unit.objects.values_list("pk", flat=True))
    assert old_states < set(UnitState.objects.values_list("pk", flat=True))
    assert selectors.unit_on("9A001", BEFORE).name == "xã Bến Mẫu"
    assert selectors.unit_on("9A001", AFTER).name == "phường Bến Mẫu"
    assert selectors.unit_on("9A001", BEFORE).id == selectors.unit_on("9A001", AFTER).id
    shares = {k.unit.code: k.share for k in selectors.trace("9A009", EVE, AFTER).successors}
    assert shares == {"9A011": Fraction(3, 4), "9A001": Fraction(1, 4)}
    province = selectors.unit_on("9A", AFTER).id
    assert len(selectors.descendant_ids(province, BEFORE)) == 2
    assert {unit.code for unit in selectors.children(province, AFTER)} == {"9A001", "9A011"}
    assert REFERENCE.apply(newer) == []


def test_units_registered_here_stay_and_one_left_behind_is_listed(first, tmp_path):
    staying = _village("9A001")
    left = _village("9A009", short_code="t2", name="thôn Hai")
    newer = release(tmp_path / "newer", LATER, LATER_LINEAGE)
    conflicts = [change for change in REFERENCE.apply(newer) if change.what == "conflict"]
    assert [change.key for change in conflicts] == ["thôn Hai"]
    assert "2028-01-01" in conflicts[0].detail_vi
    assert selectors.unit_by_id(staying.pk, AFTER).parent_name == "phường Bến Mẫu"
    # Nobody has said yet where thôn Hai goes: it is still there, under what it last stood under.
    assert selectors.unit_by_id(left.pk, AFTER).parent_name == "xã Núi Mẫu"
    assert _said(REFERENCE.plan(newer)) == [("conflict", "thôn Hai")]


def test_the_path_of_a_registered_unit_follows_a_commune_that_moved(first, tmp_path):
    village = _village("9A009")
    moved = FIRST.replace(
        "9A009@,commune,9A009,xã Núi Mẫu,xã,9A@,2025-07-01,,2025-07-01,nq1",
        "9A009@,commune,9A009,xã Núi Mẫu,xã,9A@,2025-07-01,2027-12-31,2025-07-01,nq1\n"
        "9A009@,commune,9A009,xã Núi Mẫu,xã,9B@2028-01-01,2028-01-01,,2028-01-01,nq2\n"
        "9B@2028-01-01,province,9B,tỉnh Ví Dụ,tỉnh,VN@,2028-01-01,,2028-01-01,nq2",
    )
    REFERENCE.apply(release(tmp_path / "newer", moved))
    old, new = selectors.unit_on("9A", BEFORE).id, selectors.unit_on("9B", AFTER).id
    assert village.pk in selectors.descendant_ids(old, BEFORE)
    assert village.pk not in selectors.descendant_ids(old, AFTER)
    assert village.pk in selectors.descendant_ids(new, AFTER)
    assert selectors.is_within(village.pk, new, AFTER)


def test_a_corrected_spelling_is_taken_over(first, tmp_path):
    corrected = FIRST.replace("xã Đò Mẫu", "xã Đò Mẩu")
    changes = REFERENCE.apply(release(tmp_path / "newer", corrected))
    assert _said(changes) == [("change", "9A002@")]
    assert selectors.unit_on("9A002", EVE).name == "xã Đò Mẩu"
    assert [unit.code for unit in selectors.find_units("đò mẩu")] == ["9A002"]


def test_a_corrected_parent_is_taken_over_with_what_is_below(first, tmp_path):
    village = _village("9A009")
    moved = FIRST.replace(
        "9A009@,commune,9A009,xã Núi Mẫu,xã,9A@,2025-07-01,,2025-07-01,nq1",
        "9A009@,commune,9A009,xã Núi Mẫu,xã,9A@,2025-07-01,2027-12-31,2025-07-01,nq1\n"
        "9A009@,commune,9A009,xã Núi Mẫu,xã,9B@,2028-01-01,,2028-01-01,nq2\n"
        "9B@,province,9B,tỉnh Ví Dụ,tỉnh,VN@,,,2025-03-01,old",
    )
    REFERENCE.apply(release(tmp_path / "newer", moved))
    old, wrong = selectors.unit_on("9A", AFTER).id, selectors.unit_on("9B", AFTER).id
    assert village.pk in selectors.descendant_ids(wrong, AFTER)
    corrected = release(tmp_path / "corrected", moved.replace("xã,9B@,2028", "xã,9A@,2028"))
    assert _said(REFERENCE.apply(corrected)) == [("change", "9A009@")]
    assert selectors.descendant_ids(wrong, AFTER) == []
    assert {village.pk} < set(selectors.descendant_ids(old, AFTER))
    assert Placement.objects.filter(unit=village).count() == 1
    assert REFERENCE.plan(corrected) == []


def test_a_state_written_here_is_a_conflict_and_stays(first, tmp_path):
    state = UnitState.objects.get(name="xã Đò Mẫu")
    UnitState.objects.create(
        unit=state.unit,
        code="9A002",
        name="xã Đò Mẫu mới",
        kind="xã",
        valid_from=dt.date(2040, 1, 1),
    )
    assert _said(REFERENCE.apply(first)) == [("conflict", "9A002@")]
    assert selectors.unit_on("9A002", dt.date(2040, 1, 1)).name == "xã Đò Mẫu mới"


@pytest.mark.parametrize(
    ("here", "key"),
    [
        ({"valid_to": dt.date(2026, 12, 31)}, "9A001@2025-07-01"),
        ({"code": "9A099"}, "9A001@2025-07-01"),
    ],
)
def test_what_was_changed_here_is_a_conflict_and_stays(first, tmp_path, here, key):
    state = UnitState.objects.get(name="xã Bến Mẫu", valid_from=CHANGE)
    UnitState.objects.filter(pk=state.pk).update(**here)
    other = release(tmp_path / "newer", FIRST.replace("xã Đò Mẫu", "xã Đò Mẩu"))
    changes = REFERENCE.apply(other)
    assert ("conflict", key) in _said(changes) and ("change", "9A002@") in _said(changes)
    state.refresh_from_db()
    assert all(getattr(state, name) == value for name, value in here.items())


def test_what_the_release_does_not_know_is_a_conflict_and_stays(first, tmp_path):
    fewer = "\n".join(line for line in FIRST.splitlines() if "9A002" not in line)
    lineage = "\n".join(line for line in FIRST_LINEAGE.splitlines() if "9A002" not in line)
    changes = REFERENCE.apply(release(tmp_path / "newer", fewer, lineage))
    assert {change.what for change in changes} == {"conflict"}
    assert "xã Đò Mẫu" in changes[0].detail_vi
    assert selectors.unit_on("9A002", EVE).name == "xã Đò Mẫu"
    assert Lineage.objects.filter(predecessor__states__code="9A002").count() == 1


@pytest.mark.parametrize(
    ("units", "lineage"),
    [
        (FIRST.replace("2025-06-30", "2025-06-31", 1), FIRST_LINEAGE),
        (FIRST.replace(",commune,", ",hamlet,", 1), FIRST_LINEAGE),
        (FIRST.replace(",nq1", ",nq9", 1), FIRST_LINEAGE),
        (FIRST.replace("9A@,2025-07-01,,", "9A@,2025-06-01,,", 2), FIRST_LINEAGE),  # overlap
        (FIRST.replace("xã,9A@,2025-07-01", "xã,9A0@,2025-07-01"), FIRST_LINEAGE),  # ended parent
        (FIRST.replace("xã,9A@,", "xã,9X@,"), FIRST_LINEAGE),
        (FIRST.replace("9A009@,commune,9A009,xã Núi Mẫu,xã", "9A009@,commune"), FIRST_LINEAGE),
        (FIRST, FIRST_LINEAGE.replace("part,,", "half,,", 1)),
        (FIRST, FIRST_LINEAGE.replace("part,,", "part,1/0,", 1)),
        (FIRST, FIRST_LINEAGE.replace("9A002@", "9A003@")),
    ],
)
def test_a_source_that_contradicts_itself_is_refused_whole(tmp_path, units, lineage):
    with pytest.raises(BadInput):
        REFERENCE.apply(release(tmp_path, units, lineage))
    assert Unit.objects.count() == 0 and MapVersion.objects.count() == 0


def test_a_missing_file_or_column_is_named(tmp_path):
    folder = release(tmp_path)
    (folder / "units.csv").write_text("key,level\nVN@,nation\n", "utf-8")
    with pytest.raises(BadInput) as refused:
        REFERENCE.plan(folder)
    assert "units.csv" in refused.value.vi and "valid_from" in refused.value.vi
    (folder / "lineage.csv").unlink()
    with pytest.raises(BadInput) as refused:
        REFERENCE.version(folder)
    assert "lineage.csv" in refused.value.en
