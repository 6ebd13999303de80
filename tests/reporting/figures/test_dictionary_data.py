"""The dictionary as shipped: complete, consistent with itself, and fit for its columns."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

import danchu.reporting.figures

DATA = Path(danchu.reporting.figures.__file__).parent / "data" / "dictionary.yaml"
FIELDS = {
    "key",
    "name_vi",
    "name_en",
    "definition_vi",
    "definition_en",
    "unit",
    "unit_vi",
    "unit_en",
    "scale",
    "decimals",
    "nature",
    "time_operator",
    "unit_operator",
    "numerator",
    "denominator",
    "part_of",
    "section",
    "tier",
    "sensitive",
    "work_kind",
    "people_key",
    "computed_from",
    "basis",
}
SECTIONS = [
    "lead",
    "outreach",
    "committee",
    "inspection",
    "disclosure",
    "decisions",
    "consultation",
    "dialogue",
    "reception",
    "petitions",
    "services",
    "site_clearance",
    "supervision",
    "boards",
    "conventions",
    "agencies",
    "workplace",
    "front",
    "exemplars",
    "contributions",
    "other",
]
LIMITS = {
    "key": 60,
    "name_vi": 200,
    "name_en": 200,
    "unit": 60,
    "unit_vi": 30,
    "unit_en": 30,
    "basis": 300,
    "section": 20,
}
NATURES = {"flow", "stock", "distinct", "ratio", "coverage", "duration", "change"}
FROM_DIALOGUE = {
    "dialogues_held",
    "conferences_held",
    "participants",
    "opinions_received",
    "opinions_resolved",
    "opinions_answered",
    "opinions_carried_over",
    "opinions_answered_late",
    "opinions_transferred",
    "opinions_pending",
    "opinions_overdue",
}
FROM_RECEPTION = {
    "citizens_received",
    "citizens_received_persons",
    "reception_cases",
    "mass_groups_received",
    "reception_sessions_held",
    "reception_sessions_delegated",
}
FROM_DISCLOSURE = {
    "public_postings",
    "disclosures_with_due",
    "disclosures_on_time",
    "postings_completed",
    "disclosure_clauses_due",
    "disclosure_clauses_done",
    "disclosure_forms_used",
}


@pytest.fixture(scope="module")
def indicators() -> dict[str, dict[str, Any]]:
    content = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    assert content["version"] == 5
    found = {item["key"]: item for item in content["indicators"]}
    assert len(found) == len(content["indicators"])
    return found


def test_every_entry_has_every_field_and_fits_its_column(
    indicators: dict[str, dict[str, Any]],
) -> None:
    assert len(indicators) == 172
    for key, item in indicators.items():
        assert set(item) == FIELDS, key
        for field, limit in LIMITS.items():
            assert 0 < len(item[field]) <= limit, (key, field)
        for field in ("definition_vi", "definition_en"):
            assert item[field].endswith("."), (key, field)


def test_texts_are_composed_and_the_two_languages_differ(
    indicators: dict[str, dict[str, Any]],
) -> None:
    text = DATA.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    for key, item in indicators.items():
        assert item["definition_vi"] != item["definition_en"], key
        assert item["name_vi"] != item["name_en"], key
    for field in ("name_vi", "name_en", "definition_vi", "definition_en"):
        texts = [item[field] for item in indicators.values()]
        assert len(set(texts)) == len(texts), field


def test_references_lead_to_indicators_and_make_no_circle(
    indicators: dict[str, dict[str, Any]],
) -> None:
    for key, item in indicators.items():
        for field in ("numerator", "denominator", "part_of", "people_key"):
            assert item[field] is None or item[field] in indicators, (key, field)
        seen = {key}
        above = item["part_of"]
        while above is not None:
            assert above not in seen, key
            same = indicators[above]["unit"].split(",")[0] == item["unit"].split(",")[0]
            assert same or key.startswith("models_registered_"), key
            seen.add(above)
            above = indicators[above]["part_of"]


def test_only_shares_have_two_counts_and_both_or_none(
    indicators: dict[str, dict[str, Any]],
) -> None:
    for key, item in indicators.items():
        assert (item["numerator"] is None) == (item["denominator"] is None), key
        if item["numerator"] is not None:
            assert item["unit"] == "percent", key
            above, below = indicators[item["numerator"]], indicators[item["denominator"]]
            assert above["unit"].split(",")[0] == below["unit"].split(",")[0], key
    shares = {k: (i["numerator"], i["denominator"]) for k, i in indicators.items()}
    assert shares["opinions_resolved_pct"] == ("opinions_resolved", "opinions_received")
    # What had to be settled is not collected from every unit: the name says what is divided by.
    taken_up = indicators["opinions_resolved_pct"]
    assert taken_up["name_vi"].endswith("trên số ý kiến ghi nhận trong kỳ")
    assert taken_up["name_en"].endswith("as a share of opinions received in the period")
    assert "không phải tỷ lệ trên số ý kiến phải giải quyết" in taken_up["definition_vi"]
    assert shares["dossiers_on_time_pct"] == ("dossiers_on_time", "dossiers_resolved")
    # The slips counted elsewhere in a text may be those of another survey.
    assert shares["satisfaction_very_satisfied_pct"] == (None, None)


def test_natures_and_operators_agree(indicators: dict[str, dict[str, Any]]) -> None:
    for key, item in indicators.items():
        assert item["nature"] in NATURES, key
        assert item["section"] in SECTIONS, key
        assert item["tier"] in ("core", "ext"), key
        assert (item["unit"] == "percent") == (item["nature"] in ("ratio", "coverage", "change")), (
            key
        )
        if item["nature"] == "flow":
            assert (item["time_operator"], item["unit_operator"]) == ("sum", "sum"), key
        if item["unit"] == "percent" or item["nature"] == "duration":
            assert (item["time_operator"], item["unit_operator"]) == ("none", "none"), key
        if item["nature"] == "stock":
            assert item["time_operator"] in ("last", "none"), key
        if item["nature"] == "distinct":
            assert item["time_operator"] == "distinct", key


def test_smallest_units_carry_the_decimals(indicators: dict[str, dict[str, Any]]) -> None:
    for key, item in indicators.items():
        fine = item["unit"] in ("percent", "m2", "m", "hour", "point")
        assert item["scale"] == (1000 if fine else 1), key
        assert item["scale"] >= 10 ** item["decimals"], key
    assert indicators["contributions_vnd"]["unit_vi"] == "đồng"


def test_what_is_written_by_hand_is_not_counted_from_records_as_well(
    indicators: dict[str, dict[str, Any]],
) -> None:
    sources = {
        "dialogue": FROM_DIALOGUE,
        "reception": FROM_RECEPTION,
        "disclosure": FROM_DISCLOSURE,
    }
    for source, keys in sources.items():
        assert {k for k, i in indicators.items() if i["computed_from"] == source} == keys
    by_people = {i["people_key"] for i in indicators.values() if i["people_key"]}
    assert by_people == {"training_participants"}
    assert "person" in indicators["training_participants"]["unit"]
    for key, item in indicators.items():
        assert item["computed_from"] in (None, *sources), key
        if item["work_kind"]:
            assert item["nature"] == "flow", key
            assert item["computed_from"] is None, key
            assert key not in by_people, key
        if item["people_key"]:
            assert item["work_kind"], key
    assert indicators["documents_issued"]["work_kind"]
    assert indicators["denunciations_received"]["sensitive"]
