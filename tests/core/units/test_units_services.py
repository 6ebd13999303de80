"""Registering, renaming, placing and ending units; who may and who may not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

import pytest

from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.models import Entry
from danchu.core.units import selectors, services
from danchu.core.units.models import Contact, Lineage, Placement, PublicVersion, Unit, UnitState
from danchu.core.units.reference import UnitsReference
from tests.core.units.small_release import release

pytestmark = pytest.mark.django_db
EVE, CHANGE = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
DAY = dt.date(2026, 3, 1)


@dataclass
class Officer:
    """Somebody with some rights over some units."""

    rights: frozenset[str]
    units: frozenset[int | None]
    actor_id: int | None = None

    def may(self, right, unit_id=None, on=None):
        return right in self.rights and unit_id in self.units


@pytest.fixture
def land(db):
    """Minh Họa with its old and new commune, and Ví Dụ beside it, all invented."""
    names = {}

    def add(name, level, code, kind, parent, **more):
        unit = services.register_demo_unit(
            actor=OPERATOR,
            level=level,
            code=code,
            name=name,
            kind=kind,
            parent_id=names[parent].pk if parent else None,
            **more,
        )
        names.setdefault(name, unit)
        return unit

    add("nước Mẫu", "nation", "N9", "nước", None)
    add("tỉnh Minh Họa", "province", "9A", "tỉnh", "nước Mẫu")
    add("tỉnh Ví Dụ Mẫu", "province", "9B", "tỉnh", "nước Mẫu")
    add("xã Bến Mẫu cũ", "commune", "9A001", "xã", "tỉnh Minh Họa", valid_to=EVE)
    add("xã Bến Mẫu", "commune", "9A001", "xã", "tỉnh Minh Họa", valid_from=CHANGE)
    add("xã Cầu Mẫu", "commune", "9A002", "xã", "tỉnh Minh Họa", valid_from=CHANGE)
    return names


def _register(land, **more):
    return services.register_unit(
        **{
            "actor": OPERATOR,
            "parent_id": land["xã Bến Mẫu"].pk,
            "level": "village",
            "name": "thôn Một Mẫu",
            "kind": "thôn",
            "short_code": "t01",
            "valid_from": DAY,
            **more,
        }
    )


# --- registering ------------------------------------------------------------------------------


def test_a_village_is_registered_with_a_code_of_its_commune_and_nobody_else_may(land):
    commune = land["xã Bến Mẫu"].pk
    neighbour = Officer(frozenset({"units.register"}), frozenset({land["xã Cầu Mẫu"].pk}))
    own = Officer(frozenset({"units.register"}), frozenset({commune}))
    for stranger in (NOBODY, neighbour):
        with pytest.raises(NotAllowed):
            _register(land, actor=stranger)
    assert not Unit.objects.filter(is_registered=True).exists()
    village = _register(land, actor=own, basis="Nghị quyết của HĐND xã")
    found = selectors.unit_on("9A001.t01", DAY)
    assert (found.id, found.name, found.level) == (village.pk, "thôn Một Mẫu", "village")
    assert (found.code, found.parent_name) == ("9A001.T01", "xã Bến Mẫu")
    assert found.is_demo and village.is_registered
    assert village.pk in selectors.descendant_ids(land["tỉnh Minh Họa"].pk, DAY)
    assert PublicVersion.objects.get(unit_id=commune).number == 1
    assert Entry.objects.order_by("-number").first().code == "units.registered"
    with pytest.raises(NotFound):
        selectors.unit_on("9A001.T01", DAY - dt.timedelta(days=1))


def test_a_code_is_given_once_even_after_its_unit_ended(land):
    village = _register(land)
    services.end_unit(actor=OPERATOR, unit_id=village.pk, last_day=DAY)
    with pytest.raises(Conflict) as refused:
        _register(land, valid_from=dt.date(2027, 1, 1), short_code="T01")
    assert "9A001.T01" in refused.value.vi and refused.value.field == "short_code"
    assert Unit.objects.filter(is_registered=True).count() == 1
    _register(land, short_code="t02")


def test_an_agency_of_an_agency_takes_its_code_from_the_province(land):
    agency = _register(
        land,
        parent_id=land["tỉnh Minh Họa"].pk,
        level="agency",
        name="Sở Nội vụ Mẫu",
        kind="sở",
        short_code="SNV",
    )
    below = _register(
        land, parent_id=agency.pk, level="agency", name="Trung tâm Mẫu", kind="đơn vị sự nghiệp"
    )
    assert below.registered_code == "9A.T01"
    assert selectors.path_of(below.pk, DAY).startswith(selectors.path_of(agency.pk, DAY))


@pytest.mark.parametrize(
    ("wrong", "kind_of_refusal", "field"),
    [
        ({"level": "commune"}, BadInput, "level"),
        ({"level": "nhóm"}, BadInput, "level"),
        ({"name": "  \u200b "}, BadInput, "name"),
        ({"name": "x" * 201}, BadInput, "name"),
        ({"kind": ""}, BadInput, "kind"),
        ({"short_code": "t-1"}, BadInput, "short_code"),
        ({"short_code": ""}, BadInput, "short_code"),
        ({"short_code": "tổ1"}, BadInput, "short_code"),
        ({"tree": "forest"}, BadInput, "tree"),
        ({"tree": "party"}, BadInput, "parent_id"),
        ({"valid_to": dt.date(2026, 2, 1)}, BadInput, "valid_to"),
        ({"valid_from": EVE}, BadInput, "parent_id"),
        ({"parent_id": 10**9}, BadInput, "parent_id"),
        ({"basis": "x" * 301}, BadInput, "basis"),
    ],
)
def test_what_is_wrong_is_refused_by_field_and_nothing_is_written(
    land, wrong, kind_of_refusal, field
):
    before = Unit.objects.count()
    with pytest.raises(kind_of_refusal) as refused:
        _register(land, **wrong)
    assert refused.value.field == field
    assert refused.value.vi and refused.value.en and refused.value.vi != refused.value.en
    assert Unit.objects.count() == before


def test_a_village_stands_under_a_commune_and_not_beyond_its_end(land):
    with pytest.raises(BadInput):
        _register(land, parent_id=land["tỉnh Minh Họa"].pk)
    old = land["xã Bến Mẫu cũ"].pk
    with pytest.raises(Conflict) as refused:
        _register(land, parent_id=old, valid_from=dt.date(2024, 1, 1))
    assert "30/06/2025" in refused.value.vi
    village = _register(land, parent_id=old, valid_from=dt.date(2024, 1, 1), valid_to=EVE)
    assert selectors.unit_by_id(village.pk, EVE).parent_name == "xã Bến Mẫu cũ"


# --- changing -----------------------------------------------------------------------------------


def test_a_new_name_begins_on_its_day_and_the_old_one_stays_before(land):
    village = _register(land)
    on = dt.date(2026, 7, 1)
    with pytest.raises(NotAllowed):
        services.rename_unit(actor=NOBODY, unit_id=village.pk, name="thôn Hai Mẫu", on=on)
    services.rename_unit(
        actor=OPERATOR, unit_id=village.pk, name="tổ dân phố Mẫu", kind="tổ dân phố", on=on
    )
    assert selectors.unit_by_id(village.pk, on - dt.timedelta(days=1)).name == "thôn Một Mẫu"
    now = selectors.unit_by_id(village.pk, on)
    assert (now.name, now.kind, now.code) == ("tổ dân phố Mẫu", "tổ dân phố", "9A001.T01")
    assert {unit.id for unit in selectors.find_units("thon mot mau")} == {village.pk}
    for day in (on, DAY):
        with pytest.raises(Conflict):
            services.rename_unit(actor=OPERATOR, unit_id=village.pk, name="khác", on=day)


def test_the_official_map_is_not_changed_by_hand(tmp_path):
    UnitsReference().apply(release(tmp_path))
    commune = selectors.unit_on("9A001", CHANGE)
    with pytest.raises(Conflict):
        services.rename_unit(actor=OPERATOR, unit_id=commune.id, name="xã Khác", on=DAY)
    with pytest.raises(Conflict):
        services.end_unit(actor=OPERATOR, unit_id=commune.id, last_day=DAY)
    province = selectors.unit_on("9A", CHANGE)
    with pytest.raises(Conflict):
        services.place_unit(
            actor=OPERATOR, unit_id=commune.id, tree="state", parent_id=province.id, valid_from=DAY
        )
    assert UnitState.objects.filter(name="xã Khác").count() == 0


def test_a_unit_ends_once_and_not_before_those_below_it(land):
    agency = _register(land, level="agency", name="Cơ quan Mẫu", kind="cơ quan", short_code="CQ")
    below = _register(
        land, parent_id=agency.pk, level="agency", name="Phòng Mẫu", kind="phòng", short_code="P"
    )
    last = dt.date(2026, 12, 31)
    with pytest.raises(Conflict) as refused:
        services.end_unit(actor=OPERATOR, unit_id=agency.pk, last_day=last)
    assert "1 đơn vị" in refused.value.vi
    with pytest.raises(NotAllowed):
        services.end_unit(actor=NOBODY, unit_id=below.pk, last_day=last)
    with pytest.raises(BadInput):
        services.end_unit(actor=OPERATOR, unit_id=below.pk, last_day=dt.date(2026, 2, 1))
    services.end_unit(actor=OPERATOR, unit_id=below.pk, last_day=last)
    services.end_unit(actor=OPERATOR, unit_id=agency.pk, last_day=last)
    assert selectors.unit_by_id(agency.pk, last).valid_to == last
    assert selectors.units_by_ids([agency.pk, below.pk], dt.date(2027, 1, 1)) == {}
    assert selectors.descendant_ids(land["xã Bến Mẫu"].pk, dt.date(2027, 1, 1)) == []
    with pytest.raises(Conflict):
        services.end_unit(actor=OPERATOR, unit_id=agency.pk, last_day=last)
    with pytest.raises(Conflict):
        services.rename_unit(
            actor=OPERATOR, unit_id=agency.pk, name="Tên Mẫu", on=dt.date(2027, 5, 1)
        )


def test_a_move_takes_what_is_below_along_and_leaves_the_past(land):
    agency = _register(land, level="agency", name="Cơ quan Mẫu", kind="cơ quan", short_code="CQ")
    below = _register(
        land, parent_id=agency.pk, level="agency", name="Phòng Mẫu", kind="phòng", short_code="P"
    )
    bến, cầu = land["xã Bến Mẫu"].pk, land["xã Cầu Mẫu"].pk
    on = dt.date(2026, 9, 1)
    move = {"unit_id": agency.pk, "tree": "state", "parent_id": cầu, "valid_from": on}
    only_old = Officer(frozenset({"units.register"}), frozenset({agency.pk, bến}))
    for stranger in (NOBODY, only_old):
        with pytest.raises(NotAllowed):
            services.place_unit(actor=stranger, **move)
    services.place_unit(actor=OPERATOR, **move, basis="Quyết định Mẫu")
    eve = on - dt.timedelta(days=1)
    assert set(selectors.descendant_ids(bến, eve)) == {agency.pk, below.pk}
    assert selectors.descendant_ids(bến, on) == []
    assert set(selectors.descendant_ids(cầu, on)) == {agency.pk, below.pk}
    assert Placement.objects.get(unit=agency, valid_from=on).basis == "Quyết định Mẫu"
    assert selectors.unit_by_id(agency.pk, on).code == "9A001.CQ"
    with pytest.raises(Conflict):
        services.place_unit(actor=OPERATOR, **move)
    for under in (agency.pk, below.pk):
        with pytest.raises(BadInput):
            services.place_unit(
                actor=OPERATOR, **{**move, "parent_id": under, "valid_from": dt.date(2027, 1, 1)}
            )


def test_several_trees_are_kept_apart(land):
    province = _register(
        land,
        parent_id=land["tỉnh Minh Họa"].pk,
        level="committee",
        name="Ban Chỉ đạo tỉnh Minh Họa",
        kind="ban chỉ đạo",
        short_code="BCD",
    )
    commune = _register(
        land, level="committee", name="Ban Chỉ đạo xã Bến Mẫu", kind="ban chỉ đạo", short_code="BCD"
    )
    for unit, parent in ((province.pk, None), (commune.pk, province.pk)):
        services.place_unit(
            actor=OPERATOR, unit_id=unit, tree="committee", parent_id=parent, valid_from=DAY
        )
    assert selectors.descendant_ids(province.pk, DAY, "committee") == [commune.pk]
    assert selectors.descendant_ids(province.pk, DAY) == []
    assert [unit.id for unit in selectors.ancestors(commune.pk, DAY, "committee")] == [province.pk]
    assert selectors.is_within(commune.pk, land["xã Bến Mẫu"].pk, DAY)
    assert not selectors.is_within(commune.pk, land["xã Bến Mẫu"].pk, DAY, "committee")


# --- contact ------------------------------------------------------------------------------------


def test_the_contact_is_saved_once_for_each_version_that_was_seen(land):
    unit = land["xã Bến Mẫu"].pk
    editor = Officer(frozenset({"units.edit"}), frozenset({unit}))
    with pytest.raises(NotAllowed):
        services.update_contact(actor=NOBODY, unit_id=unit, row_version=0, address="Chợ Mẫu")
    saved = services.update_contact(
        actor=editor, unit_id=unit, row_version=0, address=" 1  Đường Mẫu ", email="a@vi-du.vn"
    )
    assert (saved.row_version, saved.address) == (1, "1 Đường Mẫu")
    with pytest.raises(Conflict) as refused:
        services.update_contact(actor=editor, unit_id=unit, row_version=0, address="Khác")
    assert refused.value.code == "stale"
    for field, text in (("email", "không phải thư"), ("telephone", "0" * 61)):
        with pytest.raises(BadInput) as wrong:
            services.update_contact(actor=editor, unit_id=unit, row_version=1, **{field: text})
        assert wrong.value.field == field
    assert Contact.objects.get().address == "1 Đường Mẫu"
    before = PublicVersion.objects.get(unit_id=unit).number
    services.update_contact(actor=editor, unit_id=unit, row_version=1, hours="7:30-16:30")
    assert PublicVersion.objects.get(unit_id=unit).number == before + 1
    with pytest.raises(NotFound):
        services.update_contact(actor=OPERATOR, unit_id=10**9, row_version=0)


# --- invented units -------------------------------------------------------------------------------


def test_invented_units_never_take_an_official_code_nor_one_in_use(land):
    province = land["tỉnh Minh Họa"].pk
    new = {"actor": OPERATOR, "level": "commune", "name": "xã Mẫu", "kind": "xã"}
    for code in ("06895", "9A-1", "9A.1", "", "9Ạ01"):
        with pytest.raises(BadInput):
            services.register_demo_unit(**new, code=code, parent_id=province, valid_from=CHANGE)
    with pytest.raises(Conflict):
        services.register_demo_unit(**new, code="9a001", parent_id=province, valid_from=EVE)
    with pytest.raises(NotAllowed):
        services.register_demo_unit(
            **{**new, "actor": NOBODY}, code="9A007", parent_id=province, valid_from=CHANGE
        )
    with pytest.raises(BadInput):
        services.register_demo_unit(
            **{**new, "level": "village"}, code="9A007", parent_id=province, valid_from=CHANGE
        )
    assert selectors.count_units(DAY).commune == 0


def test_an_invented_unit_may_go_on_under_another_name_and_parent(land):
    commune = land["xã Cầu Mẫu"]
    services.end_unit(actor=OPERATOR, unit_id=commune.pk, last_day=dt.date(2026, 12, 31))
    on = dt.date(2027, 1, 1)
    again = {
        "actor": OPERATOR,
        "level": "commune",
        "code": "9A002",
        "name": "phường Cầu Mẫu",
        "kind": "phường",
        "parent_id": land["tỉnh Ví Dụ Mẫu"].pk,
        "valid_from": on,
    }
    with pytest.raises(BadInput):
        services.register_demo_unit(**{**again, "level": "province"}, continues=commune.pk)
    with pytest.raises(Conflict):
        services.register_demo_unit(**again, continues=land["xã Bến Mẫu"].pk)
    assert services.register_demo_unit(**again, continues=commune.pk).pk == commune.pk
    unit = selectors.unit_by_id(commune.pk, on)
    assert (unit.name, unit.parent_name) == ("phường Cầu Mẫu", "tỉnh Ví Dụ Mẫu")
    assert selectors.unit_by_id(commune.pk, DAY).parent_name == "tỉnh Minh Họa"


def test_lineage_between_invented_units_is_recorded_once(land, tmp_path):
    line = {
        "predecessor_id": land["xã Bến Mẫu cũ"].pk,
        "successor_id": land["xã Bến Mẫu"].pk,
        "part": "part",
        "on": CHANGE,
    }
    with pytest.raises(NotAllowed):
        services.record_lineage(actor=NOBODY, **line)
    for wrong in ({"part": "half"}, {"share": Fraction(0)}, {"share": Fraction(5, 4)}):
        with pytest.raises(BadInput):
            services.record_lineage(actor=OPERATOR, **{**line, **wrong})
    services.record_lineage(actor=OPERATOR, **line, share=Fraction(2, 3), basis="NQ Mẫu")
    with pytest.raises(Conflict):
        services.record_lineage(actor=OPERATOR, **line)
    assert Lineage.objects.count() == 1
    (kin,) = selectors.trace("9A001", EVE, DAY).successors
    assert (kin.unit.name, kin.part, kin.share) == ("xã Bến Mẫu", "part", Fraction(2, 3))
    UnitsReference().apply(release(tmp_path, *_real_looking()))
    official = selectors.unit_on("VN", DAY).id
    with pytest.raises(Conflict):
        services.record_lineage(actor=OPERATOR, **{**line, "successor_id": official})


def _real_looking():
    return "VN@,nation,VN,Việt Nam,quốc gia,,,,,", ""


def test_parts_that_come_together_again_add_up(land):
    province = land["tỉnh Minh Họa"].pk
    codes = {}
    later = dt.date(2028, 1, 1)
    for code, first, last in (
        ("9A021", None, EVE),
        ("9A022", CHANGE, dt.date(2027, 12, 31)),
        ("9A023", CHANGE, dt.date(2027, 12, 31)),
        ("9A024", later, None),
    ):
        codes[code] = services.register_demo_unit(
            actor=OPERATOR,
            level="commune",
            code=code,
            name=f"xã {code} Mẫu",
            kind="xã",
            parent_id=province,
            valid_from=first,
            valid_to=last,
        ).pk
    for old, new, part, on, share in (
        ("9A021", "9A022", "part", CHANGE, Fraction(1, 4)),
        ("9A021", "9A023", "part", CHANGE, Fraction(3, 4)),
        ("9A022", "9A024", "whole", later, None),
        ("9A023", "9A024", "whole", later, None),
    ):
        services.record_lineage(
            actor=OPERATOR,
            predecessor_id=codes[old],
            successor_id=codes[new],
            part=part,
            on=on,
            share=share,
        )
    (kin,) = selectors.trace("9A021", EVE, later).successors
    assert (kin.unit.code, kin.part, kin.share) == ("9A024", "whole", 1)
    halves = selectors.trace("9A021", EVE, DAY).successors
    assert [(k.unit.code, k.part, k.share) for k in halves] == [
        ("9A022", "part", Fraction(1, 4)),
        ("9A023", "part", Fraction(3, 4)),
    ]
    (origin,) = selectors.trace("9A024", None, later).predecessors
    assert origin.unit.code == "9A021"


def test_a_change_of_kind_between_two_changes_of_the_map_is_told(land):
    """An xã made on 1 July 2025, a phường from the next year on, and merged on a later day."""
    province = land["tỉnh Minh Họa"].pk
    kind_changed, later = dt.date(2026, 2, 1), dt.date(2028, 1, 1)
    old, mid, new = (
        services.register_demo_unit(
            actor=OPERATOR,
            level="commune",
            code=code,
            name=f"xã {code} Mẫu",
            kind="xã",
            parent_id=province,
            valid_from=first,
        ).pk
        for code, first in (("9A031", None), ("9A032", CHANGE), ("9A033", later))
    )
    services.rename_unit(
        actor=OPERATOR,
        unit_id=mid,
        name="phường 9A032 Mẫu",
        kind="phường",
        on=kind_changed,
        basis="Nghị quyết mẫu",
        of_map=True,
    )
    for before, after, on in ((old, mid, CHANGE), (mid, new, later)):
        services.record_lineage(
            actor=OPERATOR, predecessor_id=before, successor_id=after, part="whole", on=on
        )
    for code, first, until in (("9A031", EVE, later), ("9A032", None, DAY), ("9A033", None, later)):
        (told,) = selectors.trace(code, first, until).renamings
        assert (told.unit.name, told.name_before) == ("phường 9A032 Mẫu", "xã 9A032 Mẫu")
        assert (told.unit.kind, told.kind_before, told.on) == ("phường", "xã", kind_changed)
        assert told.basis == "Nghị quyết mẫu"
    # Before that day nobody knew of it, and after it nothing changes any more.
    assert selectors.trace("9A031", EVE, kind_changed - dt.timedelta(days=1)).renamings == ()
    assert selectors.trace("9A032", kind_changed, later).renamings == ()
    assert selectors.trace("9A033", later, later).renamings == ()
