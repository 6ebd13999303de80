"""The shipped catalogue, what was in force on a day, and what a text basis allows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from danchu.core.calendar.words import printed
from danchu.core.errors import BadInput, NotFound, Refusal
from danchu.core.law import shipped
from danchu.core.law.catalog import MODES, UNIT_KINDS, Confirmation
from danchu.core.law.words import DEADLINE_UNIT_NAMES, MODE_NAMES, UNIT_KIND_NAMES

D = dt.date
CATALOGUE = shipped.shipped_catalogue()


def test_the_catalogue_is_whole():
    assert len(CATALOGUE.rules) == 363 and len(CATALOGUE.instruments) == 81
    assert CATALOGUE.as_of == D(2026, 11, 21)
    assert {rule.unit_kind for rule in CATALOGUE} == set(UNIT_KINDS) == set(UNIT_KIND_NAMES)
    assert {rule.mode for rule in CATALOGUE} == set(MODES) == set(MODE_NAMES)
    used = {rule.deadline_unit for rule in CATALOGUE} - {None}
    assert used <= set(DEADLINE_UNIT_NAMES)


def test_rules_that_replace_each_other_say_so_on_both_sides_and_do_not_overlap_for_long():
    for rule in CATALOGUE:
        for key in rule.supersedes:
            assert rule.key in CATALOGUE.rule(key).superseded_by
        for key in rule.superseded_by:
            assert rule.key in CATALOGUE.rule(key).supersedes
        if rule.applies_from and rule.applies_to:
            assert rule.applies_from <= rule.applies_to


def test_thresholds_are_exact_fractions():
    fractions = {rule.threshold for rule in CATALOGUE if rule.threshold is not None}
    assert fractions == {
        Fraction(1, 2), Fraction(2, 3), Fraction(1, 3), Fraction(1, 10), Fraction(7, 10),
        Fraction(3, 10),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "day", "instead"),
    [
        ("tc_gq", D(2018, 12, 31), ["tc_gq_cu"]),
        ("kn_thuly", D(2026, 6, 30), ["kn_thuly_cu"]),
        ("kn_thuly_cu", D(2026, 7, 1), ["kn_thuly"]),
        ("xa_ck_01", D(2019, 6, 30), ["pl34_ck_01"]),
        ("pl34_ck_01", D(2023, 7, 1), ["xa_ck_01", "xa_ck_02"]),
        ("nlv_dt_nam", D(2016, 1, 1), ["nlv_dt_2013"]),  # two replacements back
        ("nlv_dt_2013", D(2019, 6, 30), ["nd149_dt"]),
        ("xa_dt_72_tb", D(2024, 1, 1), []),
    ],
)
def test_a_rule_of_another_day_is_refused_and_the_rule_of_that_day_named(key, day, instead):
    with pytest.raises(Refusal) as refusal:
        CATALOGUE.rule_on(key, day)
    assert refusal.value.code == "not_in_force"
    assert [r.key for r in CATALOGUE.applied_instead(CATALOGUE.rule(key), day)] == instead
    for name in [key, printed(day), *instead]:
        assert name in refusal.value.vi and name in refusal.value.en
    assert all(CATALOGUE.rule(name).applies_on(day) for name in instead)


def test_validity_includes_both_ends():
    rule = CATALOGUE.rule("kn_thuly_cu")
    assert rule.applies_on(D(2012, 7, 1)) and rule.applies_on(D(2026, 6, 30))
    assert not rule.applies_on(D(2012, 6, 30)) and not rule.applies_on(D(2026, 7, 1))
    assert CATALOGUE.rule_on("kn_thuly", D(2026, 7, 1)).key == "kn_thuly"


def test_a_2019_report_is_judged_by_the_rules_of_2019():
    then = {r.key for r in CATALOGUE.in_force("commune", D(2019, 6, 30))}
    now = {r.key for r in CATALOGUE.in_force("commune", D(2026, 11, 21))}
    assert {"pl34_ck_01", "kn_thuly_cu", "tc_gq"} <= then
    assert {"xa_ck_01", "kn_thuly", "tctt_hancungcap"} <= now
    assert not then & {"xa_ck_01", "kn_thuly", "tc_gq_cu"}
    assert not now & {"pl34_ck_01", "kn_thuly_cu"}
    informed = CATALOGUE.in_force("commune", D(2026, 11, 21), "inform")
    assert {rule.mode for rule in informed} == {"inform"}


def test_an_unknown_rule_is_not_found_and_similar_ones_are_named():
    with pytest.raises(NotFound, match="kn_thuly"):
        CATALOGUE.rule("kn_thuli")
    with pytest.raises(NotFound):
        CATALOGUE.rule("x" * 5000)


def test_the_text_basis_is_said_in_words_with_the_year_of_the_text():
    words = CATALOGUE.rule("xa_ck_01").basis_words()
    assert words.vi == "đọc ở bản 2022, chưa đối chiếu bản hợp nhất"
    assert "2022" in words.en
    assert "2011" in CATALOGUE.rule("kn_l1").basis_words().vi
    assert "2013" in CATALOGUE.rule("tcd_traloi").basis_words().vi
    seen = {rule.text_basis: rule.basis_words() for rule in CATALOGUE}
    assert len(set(seen.values())) == 5
    assert "công khai" in seen["full_text"].vi and "nhớ lại" in seen["none"].vi


def test_only_a_rule_that_was_read_or_confirmed_can_fail_a_unit():
    assert CATALOGUE.rule("kn_thuly").can_fail
    for key in ("xa_ck_01", "dang_traloi", "pl34_cn", "bcd_6t"):
        assert not CATALOGUE.rule(key).can_fail
    inferred = [r for r in CATALOGUE if r.text_basis == "full_text" and r.date_confidence]
    assert inferred and not any(rule.can_fail for rule in inferred)
    done = Confirmation(D(2026, 11, 1), "Người Mẫu, cán bộ pháp chế", "12/VBHN-VPQH")
    confirmed = replace(CATALOGUE.rule("xa_ck_01"), confirmation=done)
    assert confirmed.can_fail and confirmed.basis == "confirmed"
    assert "12/VBHN-VPQH" in confirmed.basis_words().vi


RULE = """
- id: one
  instrument: law
  article: '1'
  unit_kind: commune
  mode: inform
  title_vi: Việc mẫu
  title_en: Sample
  deadline_days: 5
  deadline_unit: working
  posting_days: null
  period: null
  threshold_pct: null
  threshold_basis: null
  confidence: verified
  source: x
  text_basis: full_text
  applies_from: '2020-01-01'
  applies_to: null
"""
HEAD = """
meta:
  as_of: '2026-01-01'
instruments:
- {id: law, title_vi: Luật mẫu, number: 1/2020/QH14, issued: null, effective_from: null,
   effective_to: null, replaces: [], status: in_force, confidence: verified, source: x}
obligations:"""


def test_a_small_catalogue_is_read(tmp_path):
    path = tmp_path / "catalog.yaml"
    path.write_text(HEAD + RULE, encoding="utf-8")
    assert shipped.read_catalogue(path).rule("one").instrument.year == 2020


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unit_kind: commune", "unit_kind: village"),
        ("mode: inform", "mode: sing"),
        ("deadline_unit: working", "deadline_unit: null"),
        ("deadline_unit: working", "deadline_unit: lunar"),
        ("deadline_days: 5", "deadline_days: five"),
        ("deadline_days: 5", "deadline_days: -5"),
        ("deadline_days: 5", "deadline_days: true"),
        ("instrument: law", "instrument: none"),
        ("applies_from: '2020-01-01'", "applies_from: '2020-02-30'"),
        ("text_basis: full_text", "text_basis: hearsay"),
        ("applies_to: null", "applies_to: null\n  supersedes: [two]"),
        ("applies_to: null", "applies_to: null\n  days_if: {easy: 3}"),
        ("  title_en: Sample\n", ""),
        ("- id: one", "- id: ''"),
    ],
)
def test_a_wrong_entry_is_refused_and_named(tmp_path, old, new):
    path = tmp_path / "catalog.yaml"
    assert old in RULE
    path.write_text(HEAD + RULE.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput) as refusal:
        shipped.read_catalogue(path)
    assert "one" in refusal.value.vi or "id" in refusal.value.vi


@pytest.mark.parametrize("text", ["", "[", "a: b", "meta: {}\nobligations: []", "\x00"])
def test_a_file_that_is_no_catalogue_is_refused(tmp_path, text):
    path = tmp_path / "catalog.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        shipped.read_catalogue(path)


def test_an_id_given_twice_is_refused(tmp_path):
    path = tmp_path / "catalog.yaml"
    path.write_text(HEAD + RULE + RULE, encoding="utf-8")
    with pytest.raises(BadInput):
        shipped.read_catalogue(path)
