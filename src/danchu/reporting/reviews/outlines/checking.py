"""Whether an outline can be composed from: every place with a fault, told to a person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from danchu.reporting.figures.dictionary import Definition

from ..outline import AREA
from .content import FINDINGS, LINE_NAMES, LINES, Content, keys_in, section_place, walk, words_in

NAMES = ("unit", "issuer", "period", "days", "ahead", "to")  # what lines of the frame may name
MOST_BASES = 3  # of one day: officials cite two or three, and the letter that asks
_BRACES = re.compile(r"\{([a-z_]+)\}")
_FINDING_NAMES = {
    "achievement": ("ưu điểm", "strong points"),
    "limitation": ("hạn chế", "limitations"),
    "cause": ("nguyên nhân", "causes"),
    "task": ("nhiệm vụ", "tasks"),
    "recommendation": ("kiến nghị", "recommendations"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, beginning with where."""

    vi: str
    en: str


def faults(content: Content, known: Mapping[str, Definition], since: dt.date) -> list[Fault]:
    """Everything that keeps the outline from being used for periods ending from ``since`` on."""
    found = list(_alone(content, known))
    for day in _days_of_change(content, since):
        found += [fault for fault in _on(content, day) if fault not in found]
    return found


def faults_of_section(row: Mapping[str, Any], known: Mapping[str, Definition]) -> list[Fault]:
    """What is wrong with a section by itself, its children apart."""
    place = section_place(row)
    found: list[Fault] = []
    for n, sentence in enumerate(row["sentences"], 1):
        where = (f"{place[0]}, câu {n}", f"{place[1]}, sentence {n}")
        found += [_at(where, *said) for said in _of_sentence(sentence, known)]
    return found


def unprinted(content: Content, known: Mapping[str, Definition]) -> list[Definition]:
    """Core indicators that no sentence prints: their figures would stand in annexes only."""
    printed = {
        key
        for row in walk(content["sections"])
        for sentence in row["sentences"]
        for key in keys_in(sentence["vi"])
    }
    return [d for key, d in known.items() if d.tier == "core" and key not in printed]


def _alone(content: Content, known: Mapping[str, Definition]) -> Iterator[Fault]:
    for part in LINES:
        for n, line in enumerate(content[part], 1):
            names = LINE_NAMES[part]
            where = (f"{names[0]}, dòng {n}", f"{names[1]}, line {n}")
            for text in (line["vi"], line["en"]):
                left = _BRACES.sub(lambda found: "" if found[1] in NAMES else found[0], text)
                if text.count("[[") != text.count("]]") or "[[" in re.sub(
                    r"\[\[[^\[\]]*\]\]", "", text
                ):
                    yield _at(
                        where,
                        "dấu [[ và ]] phải đi thành cặp.",
                        "[[ and ]] come in pairs.",
                    )
                if "{" in left or "}" in left:
                    yield _at(
                        where,
                        "chỉ dùng được " + ", ".join(f"{{{n}}}" for n in NAMES) + ".",
                        "only " + ", ".join(f"{{{n}}}" for n in NAMES) + " may be used.",
                    )
    for row in walk(content["sections"]):
        yield from faults_of_section(row, known)
        if not any(row[part] for part in ("sentences", "findings", "children", "empty_vi")):
            yield _at(
                section_place(row),
                "mục trống: chưa có câu, nhận xét hay mục con.",
                "is empty: no sentence, no findings, no sections below.",
            )
    for annex in content["annexes"]:
        where = (f"Biểu phụ lục “{annex['title_vi']}”", f"Annex table “{annex['title_vi']}”")
        if not annex["columns"]:
            yield _at(where, "chưa có chỉ tiêu nào.", "there is no indicator.")
        if len(set(annex["columns"])) < len(annex["columns"]):
            yield _at(where, "một chỉ tiêu ghi hai lần.", "an indicator stands twice.")
        for key in annex["columns"]:
            if key not in known:
                yield _at(where, *_no_indicator(key))


def _of_sentence(
    sentence: Mapping[str, Any], known: Mapping[str, Definition]
) -> Iterator[tuple[str, str]]:
    keys = keys_in(sentence["vi"])
    for key in dict.fromkeys([*keys, *sentence["needs"], *sentence["unless"]]):
        if key not in known:
            yield _no_indicator(key)
    if not keys:
        yield (
            "không có chỉ tiêu nào nên không bao giờ được in.",
            "prints no indicator and would never stand.",
        )
    if sentence["en"] and sorted(keys_in(sentence["en"])) != sorted(keys):
        yield (
            "câu tiếng Anh không in đúng các chỉ tiêu của câu tiếng Việt.",
            "the English sentence prints other indicators than the Vietnamese one.",
        )
    for text in (sentence["vi"], sentence["en"]):
        if any(not keys_in(clause) for clause in re.findall(r"\[\[(.*?)\]\]", text)):
            yield (
                "phần trong [[ ]] phải có chỉ tiêu.",
                "what stands in [[ ]] must print an indicator.",
            )
        if re.search(r"[{}]", words_in(text).replace(AREA, "")):
            yield (
                "mã chỉ tiêu viết trong một cặp ngoặc { }, chữ thường không dấu.",
                "the key of an indicator stands in one pair of { }, in small letters.",
            )
    for key in sentence["needs"]:
        if key in known and known[key].sensitive and f": {{{key}}}" not in sentence["vi"]:
            yield (
                f"chỉ tiêu “{known[key].name_vi}” có thể in là “dưới 5”, nên viết sau dấu hai "
                f"chấm: “… : {{{key}}}”.",
                f"“{known[key].name_en}” may print as “under 5” and stands after a colon: "
                f"“…: {{{key}}}”.",
            )


def _no_indicator(key: str) -> tuple[str, str]:
    return f"không có chỉ tiêu “{key}”.", f"there is no indicator “{key}”."


def _at(where: tuple[str, str], vi: str, en: str) -> Fault:
    return Fault(f"{where[0]}: {vi}", f"{where[1]}: {en}")


def _days_of_change(content: Content, since: dt.date) -> list[dt.date]:
    """``since``, and the days after it from which something begins or has ended."""
    days = {since}
    rows = [*walk(content["sections"]), *(line for part in LINES for line in content[part])]
    for row in rows:
        if row["valid_from"]:
            days.add(dt.date.fromisoformat(row["valid_from"]))
        if row["valid_to"]:
            days.add(dt.date.fromisoformat(row["valid_to"]) + dt.timedelta(days=1))
    return sorted(day for day in days if day >= since)


def _holds(row: Mapping[str, Any], day: str) -> bool:
    return (row["valid_from"] or day) <= day <= (row["valid_to"] or day)


def _held(rows: list[dict[str, Any]], day: str) -> Iterator[dict[str, Any]]:
    for row in rows:
        if _holds(row, day):
            yield row
            yield from _held(row["children"], day)


def _on(content: Content, on: dt.date) -> Iterator[Fault]:
    """What is wrong with the outline as it stands on a day."""
    day = on.isoformat()
    whole = ("Đề cương", "The outline")
    if not any(_holds(row, day) for row in content["sections"]):
        yield _at(whole, "chưa có mục nào.", "there is no section.")
        return
    for part in ("subject", "opening", "closing"):
        lines = [line for line in content[part] if _holds(line, day)]
        if len(lines) != 1:
            yield _at(
                LINE_NAMES[part],
                f"mỗi kỳ có đúng một dòng, nay có {len(lines)}.",
                f"there is one line at any time, not {len(lines)}.",
            )
    if sum(_holds(line, day) for line in content["basis"]) > MOST_BASES:
        yield _at(
            LINE_NAMES["basis"],
            f"nhiều nhất {MOST_BASES} căn cứ cùng lúc.",
            f"at most {MOST_BASES} at one time.",
        )
    held = list(_held(content["sections"], day))
    ids = [row["id"] for row in held]
    for row in held:
        if ids.count(row["id"]) > 1:
            yield _at(
                section_place(row),
                f"mã mục “{row['id']}” dùng hai lần.",
                f"the id “{row['id']}” stands twice.",
            )
    for kind in FINDINGS:
        count = sum(row["findings"].count(kind) for row in held)
        if count != 1:
            vi, en = _FINDING_NAMES[kind]
            yield _at(
                whole,
                f"phần {vi} phải có đúng một mục, nay có {count}.",
                f"there is one section of {en}, not {count}.",
            )
    yield from _twice(held)
    yield from _in_circles(held)


def _twice(held: list[dict[str, Any]]) -> Iterator[Fault]:
    """One figure has one place: of two sentences that print it one gives way to the other."""
    printing: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
    for row in held:
        for sentence in row["sentences"]:
            for key in dict.fromkeys(keys_in(sentence["vi"])):
                printing.setdefault(key, []).append((row, sentence))
    for key, rivals in printing.items():
        for (_row, one), (other_row, other) in combinations(rivals, 2):
            first = set(one["unless"]) & set(other["needs"])
            second = set(other["unless"]) & set(one["needs"])
            if not first and not second:
                yield _at(
                    section_place(other_row),
                    f"chỉ tiêu “{key}” được in hai lần trong một báo cáo.",
                    f"“{key}” would be printed twice in one report.",
                )


def _in_circles(held: list[dict[str, Any]]) -> Iterator[Fault]:
    """Sentences that give way to each other in a circle: none of them might be printed."""
    rows = [(row, sentence) for row in held for sentence in row["sentences"]]
    needed: dict[str, list[int]] = {}
    for n, (_row, sentence) in enumerate(rows):
        for key in sentence["needs"]:
            needed.setdefault(key, []).append(n)
    gives_way = [
        {other for key in sentence["unless"] for other in needed.get(key, ())}
        for _row, sentence in rows
    ]
    for n, (row, sentence) in enumerate(rows):
        seen: set[int] = set()
        ahead = set(gives_way[n])
        while ahead:
            seen |= ahead
            ahead = {after for one in ahead for after in gives_way[one]} - seen
        if n in seen:
            place = row["sentences"].index(sentence) + 1
            names = section_place(row)
            yield _at(
                (f"{names[0]}, câu {place}", f"{names[1]}, sentence {place}"),
                "nhường các câu khác theo vòng tròn nên có khi không câu nào được in.",
                "gives way to others in a circle, so that none of them might be printed.",
            )
