"""The shipped rules: fit for use, never a false one, each fires on an error and only there."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
import yaml

from danchu.core.errors import BadInput
from danchu.reporting.checks import language
from danchu.reporting.checks.content import OWN_NAMES, RuleContent, checked, chosen
from danchu.reporting.checks.counting import kinds_of, refuse_mixed
from danchu.reporting.checks.history import MOST_PEERS, Background, thinned
from danchu.reporting.checks.running import CheckedValue, findings
from danchu.reporting.checks.shipped import FILE, FOLDER, shipped
from danchu.reporting.checks.statistics import Last, Usual, usual
from danchu.reporting.figures.dictionary import shipped as shipped_definitions

MEANINGS = shipped_definitions()
RULES = shipped()
FORM = (1, 1)


@pytest.fixture(autouse=True)
def _dictionary(monkeypatch):
    from danchu.reporting.checks import running

    monkeypatch.setattr(running, "definitions", shipped_definitions)


def value(amount, recorded=None, reason="", state=None):
    """A figure in the unit it is printed in, as most tests write it: smallest unit = amount."""
    return CheckedValue(state or ("zero" if amount == 0 else "reported"), amount, recorded, reason)


def said(key, values, background=None):
    return list(findings(RULES[key], FORM, values, background or Background()))


def usual_of(median, n=9):
    return usual([median] * n, "reported")


# rule -> (a form that is right, the same with one error planted)
PLANTED = {
    "not_negative": ({"documents_issued": value(0)}, {"documents_issued": value(-1)}),
    "whole_number": ({"petitions_received": value(12)}, None),
    "count_bound": ({"petitions_received": value(10**7)}, {"petitions_received": value(10**7 + 1)}),
    "money_bound": ({"fines_vnd": value(10**14)}, {"fines_vnd": value(10**14 + 1)}),
    "rate_bound": ({"satisfaction_pct": value(100_000)}, {"satisfaction_pct": value(100_001)}),
    "rate_with_earlier_bound": (
        {"recovery_rate_pct": value(100_000)},
        {"recovery_rate_pct": value(101_000)},
    ),
    "score_bound": ({"par_index_score": value(88_500)}, {"par_index_score": value(885_000)}),
    "part_of_whole": (
        {"opinions_resolved": value(10), "opinions_received": value(10)},
        {"opinions_resolved": value(11), "opinions_received": value(10)},
    ),
    "strict_part_of_whole": (
        {"dialogues_held": value(4), "conferences_held": value(4)},
        {"dialogues_held": value(5), "conferences_held": value(4)},
    ),
    "opinions_flow": (
        {
            "opinions_carried_over": value(3),
            "opinions_received": value(10),
            "opinions_answered": value(9),
            "opinions_pending": value(4),
        },
        {
            "opinions_carried_over": value(3),
            "opinions_received": value(10),
            "opinions_answered": value(9),
            "opinions_pending": value(3),
        },
    ),
    "cases_flow": (
        {
            "cases_total": value(9),
            "cases_resolved": value(5),
            "cases_terminated": value(1),
            "cases_pending": value(3),
        },
        {
            "cases_total": value(9),
            "cases_resolved": value(5),
            "cases_terminated": value(1),
            "cases_pending": value(4),
        },
    ),
    "cases_settled_of_all": (
        {"cases_resolved": value(9), "cases_total": value(9)},
        {"cases_resolved": value(10), "cases_total": value(9)},
    ),
    "opinions_answered_of_all": (
        {
            "opinions_answered": value(12),
            "opinions_carried_over": value(3),
            "opinions_received": value(9),
        },
        {
            "opinions_answered": value(13),
            "opinions_carried_over": value(3),
            "opinions_received": value(9),
        },
    ),
    "opinions_answered_of_received": (
        {"opinions_answered": value(9), "opinions_received": value(9)},
        {"opinions_answered": value(10), "opinions_received": value(9)},
    ),
    "meetings_with_people": (
        {"participants": value(400), "conferences_held": value(12)},
        {"participants": value(12), "conferences_held": value(400)},
    ),
    "trainings_with_people": (
        {"training_participants": value(2), "trainings_held": value(2)},
        {"training_participants": value(1), "trainings_held": value(2)},
    ),
    "complaints_and_denunciations": (
        {
            "complaints_received": value(3),
            "denunciations_received": value(1),
            "petitions_received": value(4),
        },
        {
            "complaints_received": value(3),
            "denunciations_received": value(2),
            "petitions_received": value(4),
        },
    ),
    "petitions_by_type": (
        {
            "complaints_received": value(3),
            "denunciations_received": value(1),
            "proposal_letters_received": value(6),
            "petitions_received": value(10),
        },
        {
            "complaints_received": value(4),
            "denunciations_received": value(1),
            "proposal_letters_received": value(6),
            "petitions_received": value(10),
        },
    ),
    "dossiers_by_time": (
        {
            "dossiers_on_time": value(95),
            "dossiers_overdue": value(5),
            "dossiers_resolved": value(100),
        },
        {
            "dossiers_on_time": value(95),
            "dossiers_overdue": value(5),
            "dossiers_resolved": value(101),
        },
    ),
    "procedures_by_proposal": (
        {
            "procedures_kept": value(5),
            "procedures_amended": value(3),
            "procedures_abolished": value(2),
            "procedures_reviewed": value(10),
        },
        {
            "procedures_kept": value(5),
            "procedures_amended": value(3),
            "procedures_abolished": value(3),
            "procedures_reviewed": value(10),
        },
    ),
    "models_by_holder": (
        {
            "models_registered_collective": value(5),
            "models_registered_individual": value(3),
            "models_registered": value(8),
        },
        {
            "models_registered_collective": value(5),
            "models_registered_individual": value(4),
            "models_registered": value(8),
        },
    ),
    "investment_by_source": (
        {"state_funding_vnd": value(5), "contributions_vnd": value(3), "investment_vnd": value(9)},
        {"state_funding_vnd": value(5), "contributions_vnd": value(5), "investment_vnd": value(9)},
    ),
    "satisfaction_levels": (
        {"satisfaction_very_satisfied_pct": value(40_000), "satisfaction_pct": value(96_000)},
        {"satisfaction_very_satisfied_pct": value(97_000), "satisfaction_pct": value(96_000)},
    ),
    "as_recorded": ({"documents_issued": value(7, 7)}, {"documents_issued": value(7, 6)}),
    "less_than_below": (
        {"documents_issued": CheckedValue("reported", 7, below=7)},
        {"documents_issued": CheckedValue("reported", 6, below=7)},
    ),
    "unlike_earlier_periods": ({"documents_issued": value(16)}, {"documents_issued": value(17)}),
    "unlike_peers": ({"documents_issued": value(18)}, {"documents_issued": value(19)}),
    # Ten at last: five times ten and the floor of fifty.
    "far_above_last": ({"documents_issued": value(100)}, {"documents_issued": value(101)}),
    "far_above_last_money": (
        {"fines_vnd": value(100_000_050)},
        {"fines_vnd": value(100_000_051)},
    ),
    "far_above_last_land": (
        {"land_donated_m2": value(10_050_000)},
        {"land_donated_m2": value(10_051_000)},
    ),
    "far_below_last": ({"dossiers_received": value(190)}, {"dossiers_received": value(189)}),
}


def background_of(key):
    """Nine values of ten: the spread is one, so six spreads reach to 16 and eight to 18."""
    known = {(FORM, "documents_issued"): usual_of(10)}
    if key.startswith("far_"):
        ten = Last(10, 10, 1, "reported")
        keys = ("documents_issued", "fines_vnd", "land_donated_m2")
        many = {(FORM, "dossiers_received"): Last(1000, 1100, 2, "reported")}
        return Background(last={(FORM, each): ten for each in keys} | many)
    return Background(
        known if key == "unlike_earlier_periods" else {}, known if key == "unlike_peers" else {}
    )


def test_every_shipped_rule_is_fit_for_use_and_has_its_planted_error():
    document = yaml.safe_load((FOLDER / FILE).read_text("utf-8"))
    allowed = set(RuleContent.__slots__)
    assert len(document["rules"]) == len(RULES)
    assert all(set(row) <= allowed for row in document["rules"])
    for content in RULES.values():
        checked(content, MEANINGS)
        assert content.sentence_vi != content.sentence_en and content.basis
    assert set(PLANTED) == set(RULES)


@pytest.mark.parametrize("key", sorted(RULES))
def test_a_shipped_rule_fires_on_a_planted_error_and_stays_silent_on_a_right_form(key):
    from fractions import Fraction

    right, wrong = PLANTED[key]
    if wrong is None:
        wrong = {k: value(Fraction(v.amount) + Fraction(1, 2)) for k, v in right.items()}
    assert said(key, right, background_of(key)) == []
    (found,) = said(key, wrong, background_of(key))
    assert found.fired and found.severity == RULES[key].severity
    assert found.holds_back == (found.severity != "warn")
    assert set(found.indicators) == set(wrong)
    for sentence in (found.sentence_vi, found.sentence_en):
        assert "{" not in sentence
    # With one figure not reported the rule cannot be asked; it is never broken.
    for lacking in wrong:
        for state in ("missing", "not_applicable"):
            # A number left in the box of a figure that is not reported is no figure.
            blank = {**wrong, lacking: CheckedValue(state, wrong[lacking].amount)}
            (unasked,) = said(key, blank, background_of(key))
            assert unasked.not_checkable and not unasked.fired and not unasked.holds_back
        # A reason satisfies what asks for one, on any figure the rule touches.
        reasoned = {**wrong}
        reasoned[lacking] = replace(wrong[lacking], reason="Vì lẽ này")
        (explained,) = said(key, reasoned, background_of(key))
        assert explained.justified
        assert explained.holds_back == (explained.severity == "block")
    elsewhere = said(key, {"communes_covered": value(3)}, background_of(key))
    assert not any(f.fired for f in elsewhere)


# Published pairs of counts, and why no order holds between them.
FALSE_RULES = [
    "citizens_received <= citizens_received_persons",
    "citizens_received >= citizens_received_persons",
    "citizens_received = citizens_received_persons",
    "reception_cases <= citizens_received",
    "citizens_received_persons >= reception_cases",
    "citizens_received - reception_cases >= 0",
    "citizens_received <= 200% of citizens_received_persons",
    "reception_cases < petitions_received",
    "citizens_received + citizens_received_persons <= 100000",
    "cases_total <= petitions_received",
    "citizens_received + dialogues_held <= citizens_received_persons + conferences_held",
]


@pytest.mark.parametrize("text", FALSE_RULES)
def test_a_rule_between_visits_people_petitions_and_matters_is_refused_with_the_reason(text):
    content = RuleContent("thu", "form", "warn", text, "Sai.", "Wrong.")
    with pytest.raises(BadInput) as caught:
        checked(content, MEANINGS)
    assert caught.value.code == "mixed_counts"
    assert "866" in caught.value.vi and "3.938" in caught.value.vi and "964" in caught.value.en


def test_no_shipped_rule_touches_two_different_counts():
    for content in RULES.values():
        rule = language.parse(content.rule)
        if content.layer != "form":
            continue
        named = [n for n in rule.names if n not in OWN_NAMES["form"]]
        groups = (
            [named]
            if named
            else [[key, MEANINGS[key].part_of] for key in chosen(content.applies_to, MEANINGS)]
        )
        for group in groups:
            for one, other in itertools.combinations(group, 2):
                first, second = kinds_of(MEANINGS[one]), kinds_of(MEANINGS[other])
                assert not first or not second or first & second, (content.key, one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    list(
        itertools.permutations(
            ["citizens_received", "citizens_received_persons", "reception_cases"], 2
        )
    ),
)
@pytest.mark.parametrize(("first", "second"), [(866, 964), (3938, 3092)])
def test_the_published_pairs_are_sound_whichever_way_round(one, other, first, second):
    values = {one: value(first), other: value(second)}
    for key in RULES:
        assert [f for f in said(key, values) if f.fired] == []


def test_kinds_are_read_from_the_dictionary():
    assert kinds_of(MEANINGS["citizens_received"]) == {"visits"}
    assert kinds_of(MEANINGS["citizens_received_persons"]) == {"people"}
    assert kinds_of(MEANINGS["cases_resolved"]) == {"matters", "people"}
    assert kinds_of(MEANINGS["community_matters_decided"]) == set()
    refuse_mixed(["cases_total", "cases_resolved", "cases_pending"], MEANINGS)


def test_of_many_peers_some_are_looked_at_always_the_same():
    assert thinned(range(MOST_PEERS)) == list(range(MOST_PEERS))
    few = thinned(range(1000))
    assert len(set(few)) == MOST_PEERS and few == thinned(range(1000))
    assert (few[0], few[-1]) == (0, 975)


def test_the_usual_is_robust_and_needs_five_values():
    assert usual([10, 10, 10, 10]) is None
    known = usual([10, 11, 12, 13, 10_000], "reported")
    assert known == Usual(12, known.spread, 5, "reported")
    assert known.spread == known.median / 10  # the distances are 2, 1, 0, 1, 9988: median 1
    assert usual([0] * 5).spread == 1
    assert usual([2, 4, 6, 8]) is None
    assert usual([2, 4, 6, 8, 8, 10]).median == 7


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"key": "Có dấu"}, "key"),
        ({"layer": "other"}, "layer"),
        ({"severity": "other"}, "severity"),
        (
            {
                "layer": "history",
                "severity": "block",
                "rule": "value <= peer_median",
                "applies_to": "flows",
            },
            "severity",
        ),
        ({"rule": "value <= whole", "applies_to": "documents_issued"}, "applies_to"),
        ({"rule": "value <= 5", "applies_to": ""}, "applies_to"),
        ({"rule": "whole <= 5", "applies_to": "parts"}, "rule"),
        ({"rule": "value <= documents_issued", "applies_to": "parts"}, "rule"),
        ({"rule": "documents_issued <= no_such_key"}, "rule"),
        ({"rule": "documents_issued <= 5", "applies_to": "flows"}, "applies_to"),
        ({"layer": "cell", "rule": "documents_issued <= 5"}, "rule"),
        ({"layer": "cell", "rule": "recorded <= 5", "applies_to": "flows"}, "rule"),
        ({"layer": "cell", "rule": "value <= 5", "applies_to": "no_such_key"}, "applies_to"),
        (
            {
                "layer": "history",
                "rule": "earlier_median <= value <= peer_median",
                "applies_to": "flows",
            },
            "rule",
        ),
        (
            {"layer": "history", "rule": "value <= peer_median", "applies_to": "flows"},
            "sentence_vi",
        ),
        ({"sentence_vi": "Sai {documents_issue}."}, "sentence_vi"),
        ({"sentence_en": "Wrong {documents_issued.__class__}."}, "sentence_en"),
        ({"sentence_en": "Wrong {"}, "sentence_en"),
        ({"sentence_vi": " "}, "sentence_vi"),
    ],
)
def test_an_unfit_rule_is_refused_naming_the_field(changes, field):
    fit = {
        "key": "thu",
        "layer": "form",
        "severity": "warn",
        "rule": "documents_issued <= 5",
        "sentence_vi": "Ghi {documents_issued}.",
        "sentence_en": "It is {documents_issued}.",
    }
    checked(RuleContent(**fit), MEANINGS)
    with pytest.raises(BadInput) as caught:
        checked(RuleContent(**{**fit, **changes}), MEANINGS)
    assert caught.value.field == field, caught.value.en


def test_the_sentence_prints_the_numbers_in_both_languages():
    (found,) = said(
        "strict_part_of_whole",
        {"dossiers_online": value(12_345), "dossiers_received": value(4_984)},
    )
    assert "12.345" in found.sentence_vi and "4.984" in found.sentence_vi
    assert "12,345" in found.sentence_en and "Hồ sơ nộp trực tuyến" in found.sentence_vi
    (rate,) = said("rate_bound", {"satisfaction_pct": value(100_500)})
    assert "100,5%" in rate.sentence_vi and "100.5%" in rate.sentence_en
