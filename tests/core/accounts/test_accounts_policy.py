"""Who may do what, over which unit, on which day."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.core import clock
from danchu.core.accounts import policy
from danchu.core.accounts.models import Account
from danchu.core.accounts.roles import RIGHTS, ROLES, roles_with
from danchu.core.accounts.selectors import acted_from
from danchu.core.contracts import NOBODY, OPERATOR, require
from danchu.core.errors import NotAllowed
from danchu.core.units.models import Lineage, Placement, Unit
from tests.core.small_map import CHANGE, EVE, Map, grant, holder, person

TODAY = dt.date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _day():
    with clock.on_day(TODAY):
        yield


# A recorder of the first unit, asked about the second.
RELATIONS = [
    ("Bến Mẫu", "Bến Mẫu", True, "own"),
    ("Bến Mẫu", "thôn Một", True, "child"),
    ("Bến Mẫu", "Minh Họa", False, "parent"),
    ("Bến Mẫu", "nation", False, "root"),
    ("Bến Mẫu", "Cầu Mẫu", False, "sibling"),
    ("Bến Mẫu", "Chợ Mẫu", False, "neighbour province"),
    ("Bến Mẫu", "Bến Mẫu cũ", True, "predecessor, whole"),
    ("Bến Mẫu", "Đò Mẫu cũ", True, "predecessor, part"),
    ("Cầu Mẫu", "Đò Mẫu cũ", True, "predecessor, the other part"),
    ("Cầu Mẫu", "Bến Mẫu cũ", False, "predecessor of a sibling"),
    ("Bến Mẫu", "huyện Mẫu", False, "former parent, of another level"),
    ("Bến Mẫu", "Minh Họa cũ", False, "former grandparent"),
    ("Bến Mẫu", "Xưởng Mẫu", True, "closed, its commune became this one"),
    ("Cầu Mẫu", "Xưởng Mẫu", False, "closed, its commune became a sibling"),
    ("Bến Mẫu cũ", "Bến Mẫu", False, "successor: a role over an ended unit gives nothing"),
    ("Bến Mẫu cũ", "Bến Mẫu cũ", False, "an ended unit itself"),
    ("Minh Họa", "Bến Mẫu", True, "child of a province"),
    ("Minh Họa", "Đảo Mẫu", True, "moved in"),
    ("Ví Dụ", "Đảo Mẫu", False, "moved away: a former parent"),
    ("Minh Họa", "Đò Mẫu cũ", True, "predecessor of a child"),
    ("Minh Họa", "huyện Mẫu", True, "ended district, of its province"),
    ("Minh Họa", "Minh Họa cũ", True, "predecessor of a province"),
    ("Ví Dụ", "huyện Mẫu", False, "ended district of the neighbour"),
    ("nation", "Xưởng Mẫu", True, "everything is below the root"),
    ("nation", "Đò Mẫu cũ", True, "everything is below the root"),
]


@pytest.mark.parametrize(
    ("over", "asked", "allowed", "relation"), RELATIONS, ids=[row[3] for row in RELATIONS]
)
def test_a_role_reaches_down_today_s_tree_and_back_to_predecessors(
    land: Map, over: str, asked: str, allowed: bool, relation: str
) -> None:
    recorder = holder("recorder", land[over])
    assert recorder.may("records.write", land[asked].pk) is allowed
    found = Unit.objects.filter(policy.within(recorder, "records.write")).values_list(
        "pk", flat=True
    )
    assert (land[asked].pk in found) is allowed
    viewer = holder("viewer", land[over])
    assert not viewer.may("records.write", land[asked].pk)
    assert viewer.may("records.read", land[asked].pk) is allowed


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_gives_exactly_its_rights(land: Map, role: str) -> None:
    someone = holder(role, land["Bến Mẫu"])
    for right in RIGHTS:
        assert someone.may(right, land["Bến Mẫu"].pk) is (right in ROLES[role].rights)
        assert someone.may(right) is (right in ROLES[role].rights)
        assert not someone.may(right, land["Cầu Mẫu"].pk)


def test_every_right_is_in_some_role_and_every_role_has_known_rights() -> None:
    for role in ROLES.values():
        assert role.rights <= set(RIGHTS)
    for right in RIGHTS:
        assert "admin" in roles_with(right)
    with pytest.raises(ValueError, match="unknown right"):
        roles_with("records.wrte")


@given(
    begins=st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 31)),
    days=st.integers(0, 400) | st.none(),
    asked=st.dates(dt.date(2024, 12, 1), dt.date(2027, 12, 31)),
)
def test_a_role_outside_its_validity_gives_nothing(
    begins: dt.date, days: int | None, asked: dt.date
) -> None:
    ends = None if days is None else begins + dt.timedelta(days)
    held = policy.HeldGrant("recorder", 1, "state", "/1/", "commune", begins, ends)
    assert held.valid_on(asked) is (begins <= asked and (ends is None or asked <= ends))


def test_a_role_begins_and_ends_with_its_days(land: Map) -> None:
    unit = land["Bến Mẫu"]
    begins, ends = dt.date(2026, 1, 10), dt.date(2026, 1, 20)
    someone = holder("recorder", unit, begins=begins, ends=ends)
    day = dt.timedelta(1)
    for on, allowed in [(begins - day, 0), (begins, 1), (ends, 1), (ends + day, 0)]:
        assert someone.may("records.write", unit.pk, on) is bool(allowed)
        with clock.on_day(on):
            assert someone.may("records.write", unit.pk) is bool(allowed)
            assert someone.may("records.write") is bool(allowed)
            assert bool(policy.scope_paths(someone, "records.write")) is bool(allowed)


def test_someone_whose_account_is_closed_may_nothing(land: Map) -> None:
    someone = holder("admin", land["nation"])
    assert someone.may("people.manage", land["Bến Mẫu"].pk)
    Account.objects.filter(pk=someone.pk).update(is_active=False)
    closed = Account.objects.get(pk=someone.pk)
    assert not closed.may("people.manage", land["Bến Mẫu"].pk)
    assert not closed.may("people.manage")
    assert not Unit.objects.filter(policy.within(closed, "people.manage")).exists()


def test_a_role_in_one_tree_says_nothing_of_another(land: Map) -> None:
    land.add("Đảng ủy Mẫu", "committee", "Bến Mẫu", tree="party")
    state = holder("viewer", land["Bến Mẫu"])
    assert not state.may("records.read", land["Đảng ủy Mẫu"].pk)
    land.place("Bến Mẫu", None, tree="party")
    party = holder("viewer", land["Bến Mẫu"], tree="party")
    assert party.may("records.read", land["Đảng ủy Mẫu"].pk)
    assert not party.may("records.read", land["thôn Một"].pk)
    assert not policy.may_in_tree(state, "records.read", land["Bến Mẫu"].pk, "party")
    assert policy.may_in_tree(party, "records.read", land["Bến Mẫu"].pk, "party")
    assert not policy.may_in_tree(party, "records.read", land["Bến Mẫu"].pk, "state")


def test_the_public_may_nothing_and_the_operator_everything(land: Map) -> None:
    unit = land["Bến Mẫu"].pk
    assert not NOBODY.may("records.read", unit)
    assert OPERATOR.may("people.manage", unit)
    assert not Unit.objects.filter(policy.within(NOBODY, "records.read")).exists()
    # Joined with another condition by "or", the operator's filter still lets all through.
    from django.db.models import Q

    everything = Q(pk=unit) | policy.within(OPERATOR, "records.read")
    assert Unit.objects.filter(everything).count() == Unit.objects.count()
    with pytest.raises(NotAllowed):
        require(NOBODY, "records.read", unit)


def test_a_path_is_no_prefix_of_a_longer_number(land: Map) -> None:
    """/1/ must not reach /12/: ids that begin alike are neighbours, not children."""
    first = Unit.objects.create(pk=7_000_001, level="province")
    Placement.objects.create(unit=first, tree="state", path="/7000001/")
    second = Unit.objects.create(pk=70_000_011, level="province")
    Placement.objects.create(unit=second, tree="state", path="/70000011/")
    someone = holder("viewer", first)
    assert not someone.may("records.read", second.pk)
    assert set(
        Unit.objects.filter(policy.within(someone, "records.read")).values_list("pk", flat=True)
    ) == {first.pk}


def test_asking_about_many_units_reads_the_roles_once(land: Map, django_assert_num_queries) -> None:
    someone = holder("recorder", land["Minh Họa"])
    with django_assert_num_queries(1):
        assert someone.may("records.write")
        assert someone.may("records.read")
        assert policy.scope_paths(someone, "records.read")
    with django_assert_num_queries(1):
        for _ in range(5):
            assert someone.may("records.write", land["Bến Mẫu"].pk)


def test_a_scope_costs_the_same_for_few_units_and_for_many(
    land: Map, django_assert_max_num_queries
) -> None:
    someone = holder("recorder", land["Minh Họa"])
    for number in range(40):
        land.add(f"xã cũ {number}", "commune", "Minh Họa cũ", ends=EVE)
        land.became(f"xã cũ {number}", "Cầu Mẫu")
    with django_assert_max_num_queries(5):
        found = Unit.objects.filter(policy.within(someone, "records.read")).count()
    assert found >= 40


def test_many_units_cost_the_same_as_few(land: Map, django_assert_max_num_queries) -> None:
    for number in range(40):
        land.add(f"xã cũ {number}", "commune", "Minh Họa cũ", ends=EVE)
        land.became(f"xã cũ {number}", "Cầu Mẫu")
    units = [unit.pk for unit in land.units.values()]
    someone, neighbour = (holder("recorder", land[name]) for name in ("Minh Họa", "Bến Mẫu"))
    with django_assert_max_num_queries(6):
        assert len(policy.among(someone, "records.read", units)) >= 40
    assert land["Cầu Mẫu"].pk not in policy.among(neighbour, "records.read", units)
    assert policy.among(NOBODY, "records.read", units) == set()
    assert policy.among(OPERATOR, "records.read", units) == set(units)
    own, another = [land["Bến Mẫu"].pk], holder("recorder", land["Bến Mẫu"])
    with django_assert_max_num_queries(1):
        assert policy.among(another, "records.read", own) == set(own)


@pytest.mark.parametrize("seed", range(6))
def test_upward_and_downward_agree_on_random_structures(db: None, seed: int) -> None:
    """`may` for each unit, `among` for many and `within` for all are three ways to one answer."""
    dice = random.Random(seed)
    land = Map()
    land.add("0", "nation", None)
    levels = ["province", "commune", "village"]
    names: dict[str, list[str]] = {"nation": ["0"], "province": [], "commune": [], "village": []}
    for number in range(1, 45):
        level = levels[min(2, number // 8)]
        above = ["nation", *levels][levels.index(level)]
        name = str(number)
        ends = dice.choice([None, None, EVE, dt.date(2023, 5, 5)])
        land.add(name, level, dice.choice(names[above]), ends=ends)
        names[level].append(name)
    for _ in range(30):
        level = dice.choice(levels)
        old, new = dice.sample(names[level], 2)
        Lineage.objects.get_or_create(
            predecessor=land[old],
            successor=land[new],
            on=dice.choice([CHANGE, dt.date(2027, 1, 1)]),
        )
    for _ in range(10):
        old, new = dice.choice(names["commune"]), dice.choice(names["village"])
        Lineage.objects.get_or_create(
            predecessor=land[old], successor=land[new], on=CHANGE, part="part"
        )
    for over in dice.sample(sorted(land.units), 14):
        someone = holder("viewer", land[over])
        found = set(
            Unit.objects.filter(policy.within(someone, "records.read")).values_list("pk", flat=True)
        )
        asked = {unit.pk for unit in land.units.values() if someone.may("records.read", unit.pk)}
        assert found == asked
        again = Account.objects.get(pk=someone.pk)  # one who has read nothing yet
        assert (
            policy.among(again, "records.read", [unit.pk for unit in land.units.values()]) == asked
        )


def test_two_people_with_the_same_name_do_not_share_rights(land: Map) -> None:
    one, other = person("một"), person("hai")
    grant(one, "recorder", land["Bến Mẫu"])
    assert one.may("records.write", land["Bến Mẫu"].pk)
    assert not other.may("records.write", land["Bến Mẫu"].pk)


def test_an_act_is_told_from_the_unit_whose_role_gave_the_right_that_day(land: Map) -> None:
    commune, province = land["Bến Mẫu"], land["Minh Họa"]
    own = holder("reporter", commune)
    above = holder("reporter", province)
    nation = holder("reporter", land["nation"])
    grant(nation, "reporter", province)
    both = holder("reporter", province)
    grant(both, "reporter", commune)
    viewer = holder("viewer", province)
    left = holder("reporter", province, ends=TODAY - dt.timedelta(days=1))
    people = (own, above, nation, both, viewer, left)
    eve = TODAY - dt.timedelta(days=1)
    acts = [(each.pk, day) for each in people for day in (TODAY, eve)]
    found = acted_from(commune.pk, "reports.write", acts)
    from_province = {(each.pk, day) for each in (above, nation) for day in (TODAY, eve)}
    assert found == dict.fromkeys({*from_province, (left.pk, eve)}, province.pk)
    # Of a unit that ended its heir's officers are its own.
    assert acted_from(land["Bến Mẫu cũ"].pk, "reports.write", [(own.pk, TODAY)]) == {}
    assert acted_from(land["Bến Mẫu cũ"].pk, "reports.write", [(above.pk, TODAY)]) == {
        (above.pk, TODAY): province.pk
    }
    assert acted_from(commune.pk, "reports.write", []) == {}
