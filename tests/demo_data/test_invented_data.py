"""The invented cast: nobody and no place of it exists, and every reference holds."""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

import danchu.core.units
import danchu.demo_data
import danchu.reporting.figures
from danchu.core.accounts.roles import ROLES

FILE = Path(danchu.demo_data.__file__).parent / "invented.yaml"
DICTIONARY = Path(danchu.reporting.figures.__file__).parent / "data" / "dictionary.yaml"
OFFICIAL = Path(danchu.core.units.__file__).parent / "data" / "units.csv"
KINDS = {
    "people",
    "lower_leaders",
    "village_heads",
    "briefing",
    "staff",
    "by_request",
    "workplace",
    "conference",
}
BASE_KINDS = {"commune", "agency", "state_enterprise", "workplace"}
FIELDS = {
    "land",
    "clearance",
    "environment",
    "infrastructure",
    "social",
    "administration",
    "security",
    "other",
}
NOTE_KINDS = {"achievement", "limitation", "cause", "task", "recommendation"}

Row = dict[str, Any]


@pytest.fixture(scope="module")
def cast() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert content["version"] == 1
    return content


@pytest.fixture(scope="module")
def units(cast: dict[str, Any]) -> dict[str, Row]:
    found = {unit["key"]: unit for unit in cast["units"]}
    assert len(found) == len(cast["units"])
    return found


def dialogues(cast: dict[str, Any]) -> list[Row]:
    return [dialogue for row in cast["records"] for dialogue in row["dialogues"]]


def opinions(cast: dict[str, Any]) -> list[tuple[Row, Row]]:
    return [(d, opinion) for d in dialogues(cast) for opinion in d["opinions"]]


def test_no_unit_of_the_cast_exists(units: dict[str, Row]) -> None:
    with OFFICIAL.open(encoding="utf-8", newline="") as source:
        official = list(csv.DictReader(source))
    codes = {row["code"] for row in official}
    names = {row["name"].casefold() for row in official}
    for key, unit in units.items():
        assert re.match(r"9[AB]", unit["code"]), key
        assert unit["code"] not in codes, key
        assert unit["name"].casefold() not in names, key
        assert "Mẫu" in unit["name"] or "Minh Họa" in unit["name"], key
    text = FILE.read_text(encoding="utf-8")
    for row in official:
        if row["level"] in ("province", "district"):
            assert row["name"] not in text, row["name"]


def test_texts_are_composed_and_of_nobody_real(cast: dict[str, Any]) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    for person in cast["people"]:
        assert person["email"].endswith("@minhhoa.example")
        assert " Mẫu " in person["name"]
    assert len({p["email"] for p in cast["people"]}) == len(cast["people"])
    assert {c["telephone"] for c in cast["contacts"]} == {"0000 000 000"}
    for contact in cast["contacts"]:
        assert contact["email"].endswith(".example")
    for line in cast["schedules"]:
        name = line.get("leader_name")
        assert name is None or " Mẫu " in name
    # Posts speak on the record, persons do not: a name would lead to a person.
    names = {p["name"] for p in cast["people"]}
    for dialogue in dialogues(cast):
        assert not any(name in str(dialogue) for name in names)


def test_the_map_changes_on_one_day_and_every_parent_is_of_its_time(
    cast: dict[str, Any], units: dict[str, Row]
) -> None:
    day = dt.date(2025, 7, 1)
    for key, unit in units.items():
        parent = unit["parent"]
        if parent is not None:
            above = units[parent]
            assert above["tree"] == unit["tree"], key
            assert above.get("valid_from", dt.date.min) <= unit.get("valid_from", dt.date.max), key
            assert unit.get("valid_to", dt.date.max) <= above.get("valid_to", dt.date.max), key
        if unit.get("seat"):
            assert unit["tree"] == "party", key
            assert unit["code"].startswith(units[unit["seat"]]["code"] + "."), key
        elif unit.get("registered"):
            assert unit["code"].startswith(units[parent]["code"] + "."), key
    for before, after in ((dt.date(2025, 6, 30), False), (day, True)):
        held = Counter(
            unit["code"]
            for unit in units.values()
            if unit.get("valid_from", dt.date.min) <= before <= unit.get("valid_to", dt.date.max)
        )
        assert held.most_common(1)[0][1] == 1, held
        assert any(code.startswith("9A0") for code in held) and ("9A1" in held) is not after
    old = {k for k, u in units.items() if u["level"] == "commune" and "valid_to" in u}
    assert {row["predecessor"] for row in cast["lineage"]} == old
    shares: dict[str, list[Fraction]] = {}
    for row in cast["lineage"]:
        assert row["since"] == day == units[row["successor"]]["valid_from"]
        if row["part"] == "part" and "share" in row:
            shares.setdefault(row["predecessor"], []).append(Fraction(row["share"]))
    assert [sum(parts) for parts in shares.values()] == [1]
    assert any(row["part"] == "part" and "share" not in row for row in cast["lineage"])


def test_people_hold_known_roles_and_every_role_is_held(
    cast: dict[str, Any], units: dict[str, Row]
) -> None:
    held = set()
    for person in cast["people"]:
        for grant in person["grants"]:
            assert grant["role"] in ROLES, person["email"]
            assert grant["tree"] == units[grant["unit"]]["tree"], person["email"]
            held.add(grant["role"])
    assert held == set(ROLES)
    emails = {person["email"] for person in cast["people"]}
    for row in cast["records"]:
        assert row["author"] in emails
    for group in ("contacts", "schedules", "records", "notes", "issuers"):
        assert {row["unit"] for row in cast[group]} <= set(units), group


def test_opinions_follow_their_chain_and_nothing_lies_in_the_future(cast: dict[str, Any]) -> None:
    for dialogue, opinion in opinions(cast):
        assert opinion["field"] in FIELDS
        up, answered = opinion.get("taken_up_after"), opinion.get("answered_after")
        outside = opinion.get("within_competence") is False
        assert (answered is not None) == ("answer" in opinion) == ("outcome" in opinion)
        assert not outside or up is None
        assert outside == (opinion.get("outcome") == "transferred")
        for after in (up, answered):
            # A record on a day off is moved to an earlier day, so its follow-up stays past too.
            assert after is None or after < dialogue["days_ago"], opinion["text"]
        assert answered is None or up is None or up <= answered
        assert answered is not None or opinion["due_after"] > 0
    for dialogue in dialogues(cast):
        assert dialogue["kind"] in KINDS
        assert dialogue["base_kind"] in BASE_KINDS
        assert dialogue["visibility"] in ("public", "internal")
        published = dialogue.get("result_published_after")
        if published is not None:
            assert published < dialogue["days_ago"]
            assert dialogue["visibility"] == "public" and dialogue["result_summary"]


def test_there_is_enough_to_show_and_something_is_late(cast: dict[str, Any]) -> None:
    first = cast["records"][0]
    assert first["unit"] == "9A001"
    said = [(d["days_ago"], o) for d in first["dialogues"] for o in d["opinions"]]
    assert len(first["dialogues"]) >= 14 and 60 <= len(said) <= 80
    assert len(first["receptions"]) >= 24 and len(first["works"]) >= 20
    assert {d["kind"] for d in first["dialogues"]} == KINDS
    late = [o for ago, o in said if "answered_after" not in o and o["due_after"] < ago]
    assert len(late) == 2
    assert any(o.get("answered_after", 0) > o.get("due_after", 999) for _, o in said)
    for row in cast["records"]:
        for group in ("dialogues", "receptions", "works"):
            assert all(0 < item["days_ago"] <= 380 for item in row[group])
        for group in ("dialogues", "receptions"):
            assert any(item["days_ago"] >= 335 for item in row[group]), (row["unit"], group)


def test_receptions_and_works_are_of_known_kinds(cast: dict[str, Any]) -> None:
    content = yaml.safe_load(DICTIONARY.read_text(encoding="utf-8"))
    kinds = {i["key"]: i for i in content["indicators"] if i["work_kind"]}
    for row in cast["records"]:
        for reception in row["receptions"]:
            assert reception["form"] in ("regular", "periodic", "ad_hoc")
            assert reception["receiver"] in ("head", "party_secretary", "deputy", "officer")
            assert reception["receiver_post"] and reception["place"]
            if reception.get("mass_groups"):
                assert reception["people"] >= 5
        for work in row["works"]:
            assert work["kind"] in kinds, work
            assert work["base_kind"] in BASE_KINDS
            assert work["number"] % kinds[work["kind"]]["scale"] == 0, work
            assert "people" not in work or kinds[work["kind"]]["people_key"], work


def test_notes_carry_no_number_and_speak_of_no_one(cast: dict[str, Any]) -> None:
    for note in cast["notes"]:
        assert note["kind"] in NOTE_KINDS
        assert note["period"] in ("current_half", "same_half_last_year")
        assert not re.search(r"\d", note["text"]), note["text"]
    by_unit = {(n["unit"], n["kind"]) for n in cast["notes"] if n["period"] == "current_half"}
    for unit in ("9A001", "9A"):
        assert {kind for u, kind in by_unit if u == unit} == NOTE_KINDS
