"""The outline as shipped: every sentence is printable and every figure finds one place."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

import danchu.reporting.figures
import danchu.reporting.reviews

OUTLINE = Path(danchu.reporting.reviews.__file__).parent / "data" / "outline.yaml"
DICTIONARY = Path(danchu.reporting.figures.__file__).parent / "data" / "dictionary.yaml"
LEVELS = ("commune", "district", "province")
DAYS = [
    dt.date(2018, 6, 30),
    dt.date(2019, 6, 30),
    dt.date(2022, 6, 30),
    dt.date(2023, 6, 30),
    dt.date(2023, 12, 31),
    dt.date(2025, 6, 30),
    dt.date(2025, 12, 31),
    dt.date(2026, 6, 14),
]
SECTION_FIELDS = {
    "id",
    "title_vi",
    "title_en",
    "levels",
    "valid_from",
    "valid_to",
    "sentences",
    "findings",
    "empty_vi",
    "empty_en",
    "children",
}
PLACEHOLDER = re.compile(r"\{(?!area\})(\w+)!?\}")
CLAUSE = re.compile(r"\[\[(.*?)\]\]")

Section = dict[str, Any]


@pytest.fixture(scope="module")
def outline() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(OUTLINE.read_text(encoding="utf-8"))
    assert content["version"] == 1
    return content


@pytest.fixture(scope="module")
def dictionary() -> dict[str, dict[str, Any]]:
    content = yaml.safe_load(DICTIONARY.read_text(encoding="utf-8"))
    return {item["key"]: item for item in content["indicators"]}


def on(entry: dict[str, Any], day: dt.date) -> bool:
    begins: dt.date = entry.get("valid_from", dt.date.min)
    ends: dt.date = entry.get("valid_to", dt.date.max)
    return begins <= day <= ends


def of_level(entry: dict[str, Any], level: str) -> bool:
    return level in entry.get("levels", [level])


def walk(sections: list[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from walk(section.get("children", []))


def printed(sections: list[Section], level: str, day: dt.date) -> list[Section]:
    found: list[Section] = []
    for section in sections:
        if level in section.get("levels", LEVELS) and on(section, day):
            found += [section, *printed(section.get("children", []), level, day)]
    return found


def test_texts_are_composed(outline: dict[str, Any]) -> None:
    assert set(outline["layouts"]) == {"state", "party"}
    assert unicodedata.is_normalized("NFC", OUTLINE.read_text(encoding="utf-8"))


def test_sections_know_only_the_agreed_fields(outline: dict[str, Any]) -> None:
    for layout in outline["layouts"].values():
        for section in walk(layout["sections"]):
            assert set(section) <= SECTION_FIELDS, section["id"]
            assert section["title_vi"] and section["title_en"]
            assert set(section.get("levels", LEVELS)) <= set(LEVELS), section["id"]
            leaf = "children" not in section
            assert not leaf or (section["empty_vi"] and section["empty_en"]), section["id"]
            assert ("empty_vi" in section) == ("empty_en" in section), section["id"]


def test_every_sentence_is_of_known_figures_and_needs_what_it_always_prints(
    outline: dict[str, Any], dictionary: dict[str, dict[str, Any]]
) -> None:
    for layout in outline["layouts"].values():
        for section in walk(layout["sections"]):
            for sentence in section.get("sentences", []):
                assert {"id", "needs", "vi", "en"} <= set(sentence)
                assert set(sentence) <= {
                    "id",
                    "needs",
                    "vi",
                    "en",
                    "unless",
                    "apart",
                    "none_vi",
                    "none_en",
                }
                assert ("none_vi" in sentence) == ("none_en" in sentence), sentence["id"]
                assert set(sentence.get("unless", [])) <= set(dictionary), sentence["id"]
                for language in ("vi", "en"):
                    text = sentence[language]
                    always = PLACEHOLDER.findall(CLAUSE.sub("", text))
                    assert set(always) <= set(sentence["needs"]), sentence["id"]
                    assert set(sentence["needs"]) <= set(PLACEHOLDER.findall(text)) | {
                        "opinions_carried_over"  # known where the stock of opinions is
                    }, sentence["id"]
                    assert set(PLACEHOLDER.findall(text)) <= set(dictionary), sentence["id"]
                    assert text.endswith("."), sentence["id"]
                    assert "[[" not in CLAUSE.sub("", text), sentence["id"]
                    for clause in CLAUSE.findall(text):
                        assert PLACEHOLDER.search(clause), sentence["id"]
                keys = [sorted(PLACEHOLDER.findall(sentence[x])) for x in ("vi", "en")]
                assert keys[0] == keys[1], sentence["id"]


def test_a_sensitive_count_can_be_read_as_under_five(
    outline: dict[str, Any], dictionary: dict[str, dict[str, Any]]
) -> None:
    """ "Tố cáo: dưới 5." reads; "Có dưới 5 vụ việc đã …" invites a reader to guess the rest."""
    for layout in outline["layouts"].values():
        for section in walk(layout["sections"]):
            for sentence in section.get("sentences", []):
                for key in sentence["needs"]:
                    if dictionary[key]["sensitive"]:
                        assert f": {{{key}}}" in sentence["vi"], key


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_figure_has_one_place_in_each_layout_at_any_time(
    outline: dict[str, Any], dictionary: dict[str, dict[str, Any]], level: str, day: dt.date
) -> None:
    for name, layout in outline["layouts"].items():
        sections = printed(layout["sections"], level, day)
        ids = Counter(section["id"] for section in sections)
        assert ids.most_common(1)[0][1] == 1, (name, ids)
        printing: dict[str, list[dict[str, Any]]] = {}
        for section in sections:
            for sentence in section.get("sentences", []):
                for key in PLACEHOLDER.findall(sentence["vi"]):
                    printing.setdefault(key, []).append(sentence)
        assert set(printing) == set(dictionary), name
        for key, rivals in printing.items():
            for one, other in combinations(rivals, 2):
                gives_way = set(one.get("unless", [])) & set(other["needs"])
                assert gives_way or set(other.get("unless", [])) & set(one["needs"]), (name, key)
        findings = [s["findings"] for s in sections if "findings" in s]
        assert findings == ["achievement", "limitation", "cause", "task", "recommendation"]


def test_each_period_has_its_own_law_opening_subject_and_closing(outline: dict[str, Any]) -> None:
    for layout in outline["layouts"].values():
        for part in ("subject", "opening", "closing"):
            for day in DAYS:
                found = [entry for entry in layout[part] if on(entry, day)]
                assert len(found) == 1, (part, day)
                for language in ("vi", "en"):
                    names = set(PLACEHOLDER.findall(found[0][language]))
                    assert names <= {"unit", "issuer", "period", "days", "ahead", "to"}, (
                        part,
                        names,
                    )
        cited = {
            day: " ".join(
                entry["vi"]
                for entry in layout["basis"]
                if on(entry, day) and of_level(entry, "commune")
            )
            for day in DAYS
        }
        for day, text in cited.items():
            old = day <= dt.date(2023, 6, 30)
            assert ("dân chủ ở xã, phường, thị trấn" in text) is old
            assert ("Luật Thực hiện dân chủ ở cơ sở ngày 10" in text) is not old or (
                layout is outline["layouts"]["party"] and ("10/2022" in text) is not old
            )
            state = layout is outline["layouts"]["state"]
            assert ("149/2018" in text) is (state and day == dt.date(2019, 6, 30))
            assert ("60/2013" in text) is (state and day == dt.date(2018, 6, 30))
            assert "145/2020" in text or not state or day != dt.date(2022, 6, 30)
            for level in (*LEVELS, "agency", "committee", "state_enterprise", "workplace"):
                cited_there = [e for e in layout["basis"] if on(e, day) and of_level(e, level)]
                assert len(cited_there) <= 3, (day, level)
    party = outline["layouts"]["party"]["basis"]
    assert sum("30-CT/TW" in entry["vi"] for entry in party) == 1


def test_the_four_kinds_of_unit_take_the_place_of_the_three_in_july_2023(
    outline: dict[str, Any],
) -> None:
    sections = outline["layouts"]["party"]["sections"]

    def titles(day: dt.date, level: str) -> list[str]:
        results = next(s for s in sections if s["id"] == "results")
        return [s["title_vi"] for s in results["children"] if printed([s], level, day)]

    assert titles(dt.date(2022, 6, 30), "district") == [
        "Ở xã, phường, thị trấn",
        "Ở cơ quan, đơn vị",
        "Tại nơi làm việc",
    ]
    assert titles(dt.date(2026, 6, 30), "province") == [
        "Ở xã, phường, đặc khu",
        "Ở cơ quan, đơn vị",
        "Ở doanh nghiệp nhà nước",
        "Tại nơi làm việc (doanh nghiệp, tổ chức ngoài Nhà nước)",
    ]
    assert "Ở doanh nghiệp nhà nước" not in titles(dt.date(2026, 6, 30), "commune")


def test_annex_columns_are_figures_of_the_dictionary(
    outline: dict[str, Any], dictionary: dict[str, dict[str, Any]]
) -> None:
    annexes = outline["annexes"]
    assert len({annex["id"] for annex in annexes}) == len(annexes)
    for annex in annexes:
        assert set(annex) == {"id", "title_vi", "title_en", "columns"}
        assert set(annex["columns"]) <= set(dictionary), annex["id"]
        assert len(set(annex["columns"])) == len(annex["columns"]), annex["id"]
