"""Which clause applies when, how days are counted, what is still lacking."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.civic.disclosure import rules
from danchu.civic.disclosure import standing as standings
from danchu.civic.disclosure.standing import Gap
from danchu.core.errors import BadInput

pytestmark = pytest.mark.usefixtures("cast")  # its database holds the catalogue

D = dt.date


def standing(on: dt.date, gaps: tuple[Gap, ...] = (), **changes: object) -> standings.Standing:
    derived = standings.posting_derivation("xa_ck_02", "commune", D(2026, 5, 5), gaps)
    assert derived is not None
    values = {
        "starts_on": D(2026, 5, 5),
        "ends_on": None,
        "least_days": derived.days,
        "complete_on": derived.due,
        "permanent": False,
        **changes,
    }
    return standings.standing(gaps=gaps, on=on, **values)  # type: ignore[arg-type]


def test_a_clause_of_another_time_is_refused_with_the_one_of_that_time() -> None:
    assert rules.require_clause("xa_ck_02", "commune", D(2026, 5, 18)).posting_days == 30
    with pytest.raises(BadInput) as refused:
        rules.require_clause("xa_ck_02", "commune", D(2022, 5, 18))
    assert refused.value.field == "rule_key"
    assert "pl34_ck_01" in refused.value.vi
    assert "pl34_ck_01" in refused.value.en
    assert rules.require_clause("pl34_ck_01", "commune", D(2022, 5, 18))
    with pytest.raises(BadInput):
        rules.require_clause("pl34_ck_01", "commune", D(2026, 5, 18))


@pytest.mark.parametrize(
    ("key", "kind", "instead"),
    [
        ("cq_ck_03", "commune", "khoản 1 Điều 11"),
        ("xa_ck_02", "agency", "khoản 1 Điều 46"),
        ("xa_ck_02", "state_enterprise", "điểm a khoản 1 Điều 64"),
        ("xa_ck_02", "workplace", "điểm a khoản 1 Điều 43"),
        ("xa_ck_web", "commune", "khoản 1 Điều 11"),  # a form, not a content
        ("xa_ck_bc", "commune", "khoản 1 Điều 11"),  # a report to the council
    ],
)
def test_a_clause_of_another_kind_of_unit_is_refused_with_those_that_apply(
    key: str, kind: rules.UnitKind, instead: str
) -> None:
    with pytest.raises(BadInput) as refused:
        rules.require_clause(key, kind, D(2026, 5, 18))
    assert refused.value.code == "not_this_kind"
    assert instead in refused.value.vi


def test_each_kind_of_unit_has_its_own_clauses() -> None:
    on = D(2026, 5, 18)
    assert [r.key for r in rules.clauses("commune", on)][:14] == [
        f"xa_ck_{n:02}" for n in range(1, 15)
    ]
    assert rules.REGISTER_RULE in {r.key for r in rules.clauses("commune", on)}
    assert {r.unit_kind for r in rules.clauses("agency", on)} == {"agency"}
    assert len(rules.clauses("agency", on)) == 12
    assert len(rules.clauses("state_enterprise", on)) == 8
    assert len(rules.clauses("workplace", on)) == 7
    with pytest.raises(BadInput):
        rules.kind_of_level("village")
    with pytest.raises(BadInput):
        rules.kind_of_level("committee")
    assert rules.kind_of_level("province") == "agency"


def test_a_content_is_published_within_five_working_days() -> None:
    rule = rules.require_clause("xa_ck_02", "commune", D(2026, 5, 20))
    due = rules.due_derivation(rule, D(2026, 5, 20))
    assert due is not None
    assert due.due == D(2026, 5, 27)  # a weekend lies in between
    assert [row.date for row in due.rows if row.day] == [
        D(2026, 5, 21), D(2026, 5, 22), D(2026, 5, 25), D(2026, 5, 26), D(2026, 5, 27),
    ]  # fmt: skip
    enterprise = rules.require_clause("nn_ck_a", "state_enterprise", D(2026, 5, 20))
    assert rules.due_derivation(enterprise, D(2026, 5, 20)).due == D(2026, 6, 4)  # type: ignore[union-attr]
    workplace = rules.require_clause("nlv_ck_a", "workplace", D(2026, 5, 20))
    assert rules.due_derivation(workplace, D(2026, 5, 20)) is None
    register = rules.require_clause("xa_ck_so", "commune", D(2026, 5, 20))
    assert rules.due_derivation(register, D(2026, 5, 20)) is None


def test_thirty_days_run_from_the_day_after_and_agencies_have_twenty() -> None:
    commune = standings.posting_derivation("xa_ck_02", "commune", D(2026, 5, 5), ())
    agency = standings.posting_derivation("cq_ck_03", "agency", D(2026, 5, 5), ())
    assert commune is not None and agency is not None
    assert (commune.days, commune.due) == (30, D(2026, 6, 4))
    assert (agency.days, agency.due) == (20, D(2026, 5, 25))
    for key, kind in (("xa_ck_04", "commune"), ("nlv_ck_a", "workplace")):
        assert standings.posting_derivation(key, kind, D(2026, 5, 5), ()) is None


def test_a_posting_hangs_day_by_day_until_it_is_complete() -> None:
    assert (standing(D(2026, 5, 5)).state, standing(D(2026, 5, 5)).day) == ("hanging", 0)
    assert (standing(D(2026, 5, 6)).day, standing(D(2026, 5, 6)).left) == (1, 29)
    day29, day30 = standing(D(2026, 6, 3)), standing(D(2026, 6, 4))
    assert (day29.state, day29.day) == ("hanging", 29)
    assert (day30.state, day30.day, day30.left) == ("complete", 30, 0)
    assert standing(D(2026, 7, 4)).day == 30
    assert standing(D(2026, 5, 4)).state == "not_yet"


def test_taken_down_before_its_days_are_over_is_early() -> None:
    early = standing(D(2026, 6, 10), ends_on=D(2026, 6, 3))
    assert (early.state, early.day) == ("taken_early", 29)
    same_day = standing(D(2026, 6, 3), ends_on=D(2026, 6, 3))
    assert (same_day.state, same_day.day) == ("taken_early", 29), "told so at once"
    assert standing(D(2026, 6, 10), ends_on=D(2026, 6, 4)).state == "complete"


def test_an_interruption_starts_the_count_anew() -> None:
    gap = (Gap(D(2026, 5, 20), D(2026, 5, 22), "mưa bão"),)
    before, during, after = (standing(D(2026, 5, day), gap) for day in (19, 21, 24))
    assert (before.state, before.day) == ("hanging", 14)
    assert (during.state, during.day) == ("interrupted", 0)
    assert (after.state, after.day, after.gaps) == ("hanging", 1, gap)
    assert after.until == D(2026, 6, 22)  # put up again on 23 May
    assert standing(D(2026, 6, 21), gap).state == "hanging"
    assert standing(D(2026, 6, 22), gap).state == "complete"
    still = (Gap(D(2026, 5, 20), None, "mưa bão"),)
    assert standing(D(2026, 7, 20), still).state == "interrupted"
    assert standing(D(2026, 7, 20), still).until is None


def test_an_interruption_after_the_last_day_changes_nothing() -> None:
    late = (Gap(D(2026, 6, 8), None, "mưa bão"),)
    assert standing(D(2026, 6, 9), late).state == "complete"
    on_the_last_day = (Gap(D(2026, 6, 4), None, "mưa bão"),)
    assert standing(D(2026, 6, 9), on_the_last_day).state == "interrupted"


def test_what_hangs_permanently_is_never_complete() -> None:
    given = {"least_days": None, "complete_on": None, "permanent": True}
    assert standing(D(2030, 1, 1), **given).state == "hanging"
    assert standing(D(2030, 1, 1), **given).left is None
    assert standing(D(2030, 1, 1), ends_on=D(2029, 1, 1), **given).state == "taken_down"


def test_the_most_consecutive_days_are_found() -> None:
    days = [D(2026, 5, day) for day in (3, 1, 2, 5, 6, 8)]
    assert rules.longest_run(days) == 3
    assert rules.longest_run([]) == 0
    assert rules.longest_run([D(2026, 4, 30), D(2026, 5, 1), D(2026, 5, 1)]) == 2


def test_the_law_prescribes_forms_and_places_by_clause() -> None:
    def wanted(key: str, kind: rules.UnitKind = "commune") -> rules.Prescribed:
        on = D(2026, 5, 18)
        return rules.prescribed(rules.require_clause(key, kind, on), on)

    assert wanted("xa_ck_02").places == ("headquarters", "culture_house", "community_point")
    assert wanted("xa_ck_04").places == ("headquarters",)
    assert wanted("xa_ck_13").places == ("headquarters",)
    for number in range(1, 15):
        told = wanted(f"xa_ck_{number:02}")
        loud = 7 <= number <= 12
        assert told.broadcast_days == (3 if loud else None), number
        assert ("d" in told.forms) is loud
        assert "b" in told.forms
    agency = wanted("cq_ck_03", "agency")
    assert (agency.any_place, agency.places) == (True, ("portal", "headquarters"))


def test_what_is_lacking_is_told_and_what_binds_only_where_it_exists_is_advice() -> None:
    on = D(2026, 5, 18)
    wanted = rules.prescribed(rules.require_clause("xa_ck_07", "commune", on), on)

    def lacks(places: set[str], forms: set[str], run: int) -> list[tuple[str, bool]]:
        found = rules.lacking(wanted, places=places, forms=forms, broadcast_run=run)
        return [(lack.code, lack.advice) for lack in found]

    assert lacks(set(), set(), 0) == [
        ("headquarters", False),
        ("culture_house", False),
        ("community_point", False),
        ("portal", True),
        ("broadcast", True),
        ("village_head", False),
    ]
    everywhere = {"headquarters", "culture_house", "community_point", "portal"}
    assert lacks(everywhere, {"d"}, 3) == []
    assert lacks(everywhere, {"d"}, 2) == [("broadcast", True)]
    agency = rules.prescribed(rules.require_clause("cq_ck_03", "agency", on), on)
    one = rules.lacking(agency, places={"headquarters"}, forms=(), broadcast_run=0)
    none = rules.lacking(agency, places=(), forms=(), broadcast_run=0)
    assert (one, [lack.code for lack in none]) == ((), ["place"])
