"""The shipped map of the country: its counts, its tree, its lineage, how it is asked."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from itertools import pairwise

import pytest
from django.db.models import Count
from hypothesis import example, given, settings
from hypothesis import strategies as st

from danchu.cli import main
from danchu.core.clock import on_day
from danchu.core.errors import BadInput, NotFound
from danchu.core.units import selectors
from danchu.core.units.models import Lineage, Placement, Unit, UnitState
from danchu.core.units.reference import REFERENCES
from danchu.core.units.release import public_id

EVE, CHANGE = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
LATER = dt.date(2026, 11, 1)
DAYS = [dt.date(2019, 6, 30), EVE, CHANGE, dt.date(2026, 4, 13), dt.date(2026, 4, 14), LATER]

pytestmark = [pytest.mark.usefixtures("country"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _on_a_fixed_day():
    with on_day(LATER):
        yield


def _names(units):
    return [(unit.code, unit.name, unit.parent_name) for unit in units]


def _kin(kin):
    return [(item.unit.code, item.unit.name, item.unit.parent_name, item.part) for item in kin]


# --- counts ---------------------------------------------------------------------------------


def test_the_map_has_the_published_numbers_before_and_after_the_change():
    before, after = selectors.count_units(EVE), selectors.count_units(CHANGE)
    assert (before.province, before.district, before.commune) == (63, 696, 10035)
    assert (after.province, after.district, after.commune) == (34, 0, 3321)
    assert after.by_kind == {"tỉnh": 28, "thành phố": 6, "phường": 687, "xã": 2621, "đặc khu": 13}
    assert before.by_kind["thành phố"] == 6
    assert before.by_kind["thành phố (cấp huyện)"] == 87


@pytest.mark.parametrize(
    ("day", "phường", "xã", "cities"),
    [
        (dt.date(2026, 4, 13), 687, 2621, 6),
        (dt.date(2026, 4, 14), 697, 2611, 6),
        (dt.date(2026, 4, 24), 697, 2611, 7),
        (dt.date(2026, 8, 4), 709, 2599, 7),
        (dt.date(2026, 8, 24), 709, 2599, 9),
        (dt.date(2150, 1, 1), 709, 2599, 9),
    ],
)
def test_kinds_changed_in_2026_day_by_day(day, phường, xã, cities):
    kinds = selectors.count_units(day).by_kind
    assert (kinds["phường"], kinds["xã"], kinds["đặc khu"]) == (phường, xã, 13)
    assert (kinds["thành phố"], kinds["tỉnh"]) == (cities, 34 - cities)


def test_a_day_before_the_oldest_map_is_answered_with_a_warning_and_one_after_it_without():
    early = selectors.unit_on("200", dt.date(2019, 6, 30))
    assert early.name == "huyện Đầm Hà"
    assert "01/03/2025" in early.warnings[0].vi and "2025-03-01" in early.warnings[0].en
    assert selectors.unit_on("200", dt.date(2025, 3, 1)).warnings == ()
    assert selectors.count_units(dt.date(2025, 2, 28)).warnings
    assert selectors.count_units(CHANGE).warnings == ()


# --- one unit ---------------------------------------------------------------------------------


def test_a_code_means_another_unit_on_another_day():
    old, new = selectors.unit_on("06895", EVE), selectors.unit_on("06895", CHANGE)
    assert (old.name, old.parent_name, old.valid_to) == ("thị trấn Đầm Hà", "huyện Đầm Hà", EVE)
    assert (new.name, new.parent_name) == ("xã Đầm Hà", "tỉnh Quảng Ninh")
    assert old.id != new.id
    assert "1679/NQ-UBTVQH15" in new.basis
    assert (old.valid_from, old.known_from) == (None, dt.date(2025, 3, 1))


def test_a_unit_that_passed_unchanged_and_one_whose_kind_changed_keep_their_identity():
    for code in ("01", "22", "04474", "26248"):
        states = UnitState.objects.filter(code=code)
        assert states.count() >= 2
    assert selectors.unit_on("04474", EVE).id == selectors.unit_on("04474", CHANGE).id
    assert selectors.unit_on("01", EVE).id == selectors.unit_on("01", CHANGE).id
    assert selectors.unit_on("08", EVE).id != selectors.unit_on("08", CHANGE).id
    last_day, first_day = dt.date(2026, 4, 13), dt.date(2026, 4, 14)
    xã, phường = selectors.unit_on("26248", last_day), selectors.unit_on("26248", first_day)
    assert (xã.name, phường.name, xã.id) == ("xã Trảng Bom", "phường Trảng Bom", phường.id)
    assert "237/NQ-UBTVQH16" in phường.basis and "chưa đối chiếu" in phường.basis
    assert "1662/NQ-UBTVQH15" in xã.basis


def test_an_unknown_code_is_refused_naming_the_day_and_whose_it_was():
    with pytest.raises(NotFound) as refused:
        selectors.unit_on("200", CHANGE)
    assert "200" in refused.value.vi and "01/07/2025" in refused.value.vi
    assert "huyện Đầm Hà (đến 30/06/2025)" in refused.value.vi
    assert "huyện Đầm Hà (until 2025-06-30)" in refused.value.en
    with pytest.raises(NotFound) as refused:
        selectors.unit_on("99999", CHANGE)
    assert "Những ngày khác" not in refused.value.vi


def test_a_record_is_refused_on_a_day_on_which_its_unit_was_not():
    old = selectors.unit_on("200", EVE)
    assert selectors.require_unit(old.id, EVE).name == "huyện Đầm Hà"
    with pytest.raises(BadInput) as refused:
        selectors.require_unit(old.id, CHANGE, field="occurred_on")
    assert refused.value.field == "occurred_on" and "đến 30/06/2025" in refused.value.vi
    with pytest.raises(NotFound):
        selectors.unit_by_id(old.id, CHANGE)
    assert selectors.units_by_ids([old.id], CHANGE) == {}


def test_public_ids_are_the_same_on_every_installation():
    assert selectors.unit_on("06895", CHANGE).public_id == public_id("commune", "06895@2025-07-01")
    assert str(selectors.unit_on("01", CHANGE).public_id) == "feccb2dc-d3b8-51c8-9272-78fef57d344f"


def test_the_island_districts_became_special_zones_and_both_archipelagos_are_there():
    hoàng_sa, trường_sa = selectors.unit_on("20333", CHANGE), selectors.unit_on("22736", CHANGE)
    assert (hoàng_sa.name, hoàng_sa.parent_name) == ("đặc khu Hoàng Sa", "thành phố Đà Nẵng")
    assert (trường_sa.name, trường_sa.parent_name) == ("đặc khu Trường Sa", "tỉnh Khánh Hòa")
    islands = {"498": "20333", "318": "11948", "755": "26732", "536": "21548", "471": "19742"}
    for district, zone in islands.items():
        assert [row[0::3] for row in _kin(selectors.trace(district, None, None).successors)] == [
            (zone, "whole")
        ]
        assert [row[0] for row in _kin(selectors.trace(zone, None, None).predecessors)] == [
            district
        ]


# --- the tree -----------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
def test_every_commune_stands_in_one_province_on_every_day(day):
    of_day = selectors.states.in_force(day)
    states = UnitState.objects.filter(of_day, unit__level="commune")
    communes = set(states.values_list("unit_id", flat=True))
    provinces = Placement.objects.filter(of_day, unit__level="province").values_list("unit_id")
    inside: dict[int, int] = defaultdict(int)
    for (province,) in provinces:
        for unit_id in selectors.descendant_ids(province, day):
            inside[unit_id] += 1
    assert set(inside.values()) == {1}
    assert communes <= set(inside)


def test_paths_are_the_parents_chain_on_both_sides_of_the_change():
    commune = selectors.unit_on("04474", EVE)
    before, after = selectors.ancestors(commune.id, EVE), selectors.ancestors(commune.id, CHANGE)
    assert [unit.level for unit in before] == ["nation", "province", "district"]
    assert [unit.name for unit in after] == ["Việt Nam", "tỉnh Lào Cai"]
    assert before[1].name == "tỉnh Yên Bái"
    path = selectors.path_of(commune.id, CHANGE)
    assert path == "/" + "/".join(str(unit.id) for unit in (*after, commune)) + "/"
    assert selectors.is_within(commune.id, before[1].id, EVE)
    assert not selectors.is_within(commune.id, before[1].id, CHANGE)
    assert selectors.is_within(commune.id, commune.id, CHANGE)


def test_children_and_descendants_of_a_province():
    quảng_ninh = selectors.unit_on("22", EVE).id
    assert len(selectors.children(quảng_ninh, EVE)) == 13
    assert len(selectors.descendant_ids(quảng_ninh, EVE)) == 13 + 171
    communes = selectors.children(quảng_ninh, CHANGE)
    assert len(communes) == len(selectors.descendant_ids(quảng_ninh, CHANGE)) == 54
    assert [unit.name for unit in communes][:2] == ["phường An Sinh", "xã Ba Chẽ"]
    assert selectors.children(quảng_ninh, CHANGE, level="district") == []
    ended = selectors.unit_on("200", EVE).id
    assert selectors.descendant_ids(ended, CHANGE) == []
    with pytest.raises(NotFound):
        selectors.path_of(ended, CHANGE)


@pytest.mark.parametrize("table", [UnitState, Placement])
def test_intervals_of_a_unit_never_overlap_and_leave_no_gap(table):
    spans = defaultdict(list)
    for unit, first, last in table.objects.values_list("unit_id", "valid_from", "valid_to"):
        spans[unit].append((first or dt.date.min, last or dt.date.max))
    assert len(spans) == Unit.objects.count()
    for own in spans.values():
        own.sort()
        for (_first, last), (following, _end) in pairwise(own):
            assert following == last + dt.timedelta(days=1)


# --- lineage ------------------------------------------------------------------------------------


def test_lineage_covers_every_old_and_every_new_unit():
    rows = Lineage.objects.filter(on=CHANGE)
    old = set(UnitState.objects.filter(valid_to=EVE).values_list("unit_id", flat=True))
    new = set(UnitState.objects.filter(valid_from=CHANGE).values_list("unit_id", flat=True))
    assert set(rows.values_list("predecessor_id", flat=True)) == old
    assert set(rows.values_list("successor_id", flat=True)) == new
    assert Lineage.objects.exclude(on=CHANGE).count() == 0


def test_whole_means_one_successor_and_part_more_than_one():
    counted = Lineage.objects.values("predecessor_id").annotate(n=Count("pk"))
    several = {row["predecessor_id"] for row in counted if row["n"] > 1}
    for predecessor, part in Lineage.objects.values_list("predecessor_id", "part"):
        assert (part == "part") == (predecessor in several)
    assert Lineage.objects.exclude(share_numerator=None).count() == 0


def test_districts_and_communes_lead_to_what_is_there_today():
    đầm_hà = selectors.trace("200", None, None)
    assert đầm_hà.unit.name == "huyện Đầm Hà" and đầm_hà.ended_on == EVE
    assert _kin(đầm_hà.successors) == [
        ("06895", "xã Đầm Hà", "thành phố Quảng Ninh", "part"),
        ("06913", "xã Quảng Tân", "thành phố Quảng Ninh", "part"),
    ]
    assert _kin(selectors.trace("200", EVE, CHANGE).successors)[0][2] == "tỉnh Quảng Ninh"
    # What is said of 1 July 2025 has the names of that day: Quảng Ninh became a city in 2026.
    at_first = đầm_hà.successors[0]
    assert (at_first.on, at_first.then.parent_name) == (CHANGE, "tỉnh Quảng Ninh")
    assert (at_first.name_since, at_first.parent_since) == ("", "thành phố Quảng Ninh")
    earlier = selectors.trace("200", EVE, dt.date(2026, 8, 23)).successors[0]
    assert earlier.parent_since == ""
    trảng_bom = selectors.trace("737", EVE, LATER).successors
    then = {kin.unit.code: (kin.then.name, kin.name_since) for kin in trảng_bom}
    assert then["26248"] == ("xã Trảng Bom", "phường Trảng Bom")
    kiên_lương = selectors.find_units("huyện Kiên Lương")[0]
    assert {row[0] for row in _kin(selectors.trace(kiên_lương.code, None, None).successors)} == {
        *("30787", "30790", "30814", "30811", "30766")
    }
    assert {row[:3] for row in _kin(selectors.trace("502", None, None).successors)} == {
        ("20341", "phường Tam Kỳ", "thành phố Đà Nẵng"),
        ("20335", "phường Bàn Thạch", "thành phố Đà Nẵng"),
        ("20350", "phường Hương Trà", "thành phố Đà Nẵng"),
        ("20356", "phường Quảng Phú", "thành phố Đà Nẵng"),
    }


def test_two_communes_of_one_name_in_one_province_are_never_mixed():
    giồng_trôm = selectors.trace("28993", EVE, None)
    ba_tri = selectors.trace("29131", EVE, None)
    assert giồng_trôm.unit.name == ba_tri.unit.name == "xã Mỹ Thạnh"
    assert _kin(giồng_trôm.successors) == [("28993", "xã Lương Phú", "tỉnh Vĩnh Long", "whole")]
    assert _kin(ba_tri.successors) == [("29143", "xã An Ngãi Trung", "tỉnh Vĩnh Long", "whole")]
    # Phường 4 of Mỹ Tho has namesakes in Cao Lãnh, Sa Đéc and Cai Lậy, all in Đồng Tháp today.
    assert [row[1] for row in _kin(selectors.trace("28252", EVE, None).successors)] == [
        "phường Đạo Thạnh"
    ]


def test_a_code_that_went_on_is_among_its_own_successors_and_a_warning_tells_two_units_apart():
    whole_story = selectors.trace("06895", None, None)
    assert (whole_story.unit.name, whole_story.on) == ("xã Đầm Hà", LATER)
    assert [row[0] for row in _kin(whole_story.successors)] == ["06895"]
    assert [row[0] for row in _kin(whole_story.predecessors)] == [
        *("06895", "06904", "06916", "06917", "06919")
    ]
    assert all(kin.ended_on == EVE for kin in whole_story.predecessors)
    assert "hai đơn vị khác nhau" in whole_story.warnings[0].vi
    new_unit = selectors.trace("06895", CHANGE, None)
    assert new_unit.successors == () and len(new_unit.predecessors) == 5
    assert new_unit.warnings == () and new_unit.ended_on is None


def test_a_unit_that_kept_its_identity_lists_itself():
    hà_nội = selectors.trace("01", None, None)
    assert _kin(hà_nội.successors) == [("01", "thành phố Hà Nội", "Việt Nam", "whole")]
    assert hà_nội.ended_on is None and hà_nội.warnings == ()
    changed_kind = selectors.trace("26248", dt.date(2025, 12, 1), LATER)
    assert changed_kind.unit.name == "xã Trảng Bom" and changed_kind.ended_on is None
    assert [(k.unit.name, k.on) for k in changed_kind.successors] == [
        ("phường Trảng Bom", dt.date(2026, 4, 14))
    ]
    assert selectors.trace("26248", dt.date(2026, 5, 1), LATER).successors == ()


def test_a_trace_in_the_wrong_order_or_of_nothing_is_refused():
    with pytest.raises(BadInput):
        selectors.trace("200", CHANGE, EVE)
    with pytest.raises(NotFound):
        selectors.trace("11948", None, EVE)


# --- finding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("dam ha", ("06895", "xã Đầm Hà")),
        ("huyện Đầm Hà", ("200", "huyện Đầm Hà")),
        ("  HUYEN   dam ha ", ("200", "huyện Đầm Hà")),
        ("Đầm", ("32152", "xã Đầm Dơi")),
        ("TP.Tam Kỳ", ("502", "thành phố Tam Kỳ")),
        ("Q1", ("760", "quận 1")),
        ("hoàng sa", ("20333", "đặc khu Hoàng Sa")),
        ("hoà bình", ("04795", "phường Hòa Bình")),
        ("ea h'leo", ("24184", "xã Ea H'Leo")),
        ("29131", ("29131", "xã Mỹ Thạnh")),
    ],
)
def test_units_are_found_the_way_people_type_them(text, first):
    assert _names(selectors.find_units(text))[0][:2] == first


def test_all_ten_districts_of_one_name_come_back():
    found = selectors.find_units("chau thanh")
    districts = [unit for unit in found if unit.name == "huyện Châu Thành"]
    assert len(districts) == 10 and len({unit.parent_name for unit in districts}) == 10
    assert all(unit.valid_to == EVE for unit in districts)
    # What exists comes before what has ended, and a whole name before a longer one.
    assert found[0].valid_to is None
    assert [unit.name for unit in selectors.find_units("huyện châu thành")][10:] == [
        "huyện Châu Thành A"
    ]


def test_a_name_goes_before_the_words_of_a_kind():
    found = [unit.name for unit in selectors.find_units("thanh")]
    assert found[0] == "xã Thanh"
    assert len(found) == 50 and "tỉnh Thanh Hóa" in found
    assert not [n for n in found if n.startswith("thành phố ") and " Thanh" not in n]
    begun = [unit.name for unit in selectors.find_units("thị", on=EVE)]
    assert {name.split(" ")[1] for name in begun[:3]} == {"Thị"}
    cities = [unit.name for unit in selectors.find_units("thành phố", on=CHANGE)]
    assert {"thành phố Hà Nội", "thành phố Huế"} <= set(cities)


def test_the_accents_typed_decide_between_names_that_fold_alike():
    accented = [unit.name for unit in selectors.find_units("xã Mỹ Thạnh")]
    assert accented[:5] == ["xã Mỹ Thạnh"] * 5
    assert "xã Mỹ Thành" in accented
    both = {unit.code for unit in selectors.find_units("xa my thanh")}
    assert {"28993", "29131", "28456"} <= both


def test_a_search_keeps_to_its_day_and_to_its_limit():
    assert [unit.code for unit in selectors.find_units("đầm hà", on=CHANGE)] == ["06895"]
    assert len(selectors.find_units("đầm hà", on=EVE)) == 3
    assert len(selectors.find_units("a", limit=7)) == 7
    assert selectors.find_units("không có tên này") == []
    assert selectors.find_units("   ") == []
    assert [unit.code for unit in selectors.find_units("hà nội")] == ["01"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
@example("hà\x00 nội")
@example("\ud800")
@example("\ud7ff")
def test_no_text_breaks_the_search(text):
    for unit in selectors.find_units(text, limit=3):
        assert unit.name
    try:
        assert selectors.unit_on(text, CHANGE).name
    except NotFound as refused:
        assert refused.vi


@pytest.mark.parametrize(
    ("ask", "most"),
    [
        (lambda: selectors.unit_on("06895", EVE), 3),
        (lambda: selectors.with_ancestors(selectors.holder_on("06895", EVE), EVE), 2),
        (lambda: selectors.find_units("châu thành"), 5),
        (lambda: selectors.units_by_ids(range(1, 3000), CHANGE), 3),
        (lambda: selectors.count_units(CHANGE), 2),
    ],
)
def test_reading_takes_few_queries_whatever_the_answer(ask, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most):
        ask()


@pytest.mark.parametrize("code", ["06895", "22"])
def test_a_holder_with_its_ancestors_is_the_unit_and_those_above_it(code):
    unit, above = selectors.with_ancestors(selectors.holder_on(code, EVE), EVE)
    assert unit == selectors.unit_on(code, EVE)
    assert above == selectors.ancestors(unit.id, EVE)
    with pytest.raises(NotFound):
        selectors.holder_on("99999", EVE)


def test_a_second_loading_has_nothing_to_do():
    reference = REFERENCES[0]
    assert reference.installed() == reference.version(reference.folder)
    assert reference.plan(reference.folder) == []


# --- the commands ---------------------------------------------------------------------------------


def _json(capsys, *arguments):
    assert main(["units", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_commands_answer_with_the_agreed_keys(capsys):
    shown = _json(capsys, "show", "06895", "--on", "2025-07-01")
    assert shown == {
        "code": "06895",
        "name": "xã Đầm Hà",
        "kind": "xã",
        "level": "commune",
        "parent": "tỉnh Quảng Ninh",
        "valid_from": "2025-07-01",
        "valid_to": None,
        "basis": "Nghị quyết số 1679/NQ-UBTVQH15 ngày 16/06/2025",
        "warnings": [],
    }
    assert set(_json(capsys, "find", "dam", "ha")[0]) == set(shown)
    counted = _json(capsys, "count", "--on", "2025-06-30")
    assert [counted[key] for key in ("province", "district", "commune")] == [63, 696, 10035]
    traced = _json(capsys, "trace", "200")
    assert (traced["code"], traced["on"]) == ("200", "2026-11-01")
    assert traced["valid_to"] == "2025-06-30"
    assert traced["predecessors"] == []
    assert traced["successors"][1] == {
        "code": "06913",
        "name": "xã Quảng Tân",
        "parent": "thành phố Quảng Ninh",
        "part": "part",
        "share": None,
        "from": "2025-07-01",
        "basis": "Nghị quyết số 1679/NQ-UBTVQH15 ngày 16/06/2025",
        "parent_then": "tỉnh Quảng Ninh",
    }
    assert main(["units", "trace", "200"]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if "Quảng Tân" in line)
    assert "tỉnh Quảng Ninh (sau là thành phố Quảng Ninh)" in row and "01/07/2025" in row


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["show", "200", "--on", "2025-07-01"], 1, "huyện Đầm Hà"),
        (["trace", "99999"], 1, "99999"),
        (["trace", "200", "--from", "2025-07-01", "--to", "2025-06-30"], 2, "01/07/2025"),
    ],
)
def test_a_refusal_is_one_line_and_an_exit_status(capsys, arguments, status, said):
    assert main(["units", *arguments]) == status
    output = capsys.readouterr()
    assert output.out == "" and output.err.count("\n") == 1 and said in output.err


def test_the_commands_print_tables_and_warnings_in_the_language_asked_for(capsys, monkeypatch):
    monkeypatch.setenv("DANCHU_LANG", "en")
    assert main(["units", "show", "200", "--on", "2019-06-30"]) == 0
    output = capsys.readouterr()
    assert "District" not in output.out and "huyện Đầm Hà" in output.out
    assert "Under" in output.out and "is not an established fact" in output.err
    for arguments in (["find", "dam ha"], ["trace", "06895"], ["count", "--on", "2025-07-01"]):
        assert main(["units", *arguments]) == 0
        assert capsys.readouterr().out.strip()
