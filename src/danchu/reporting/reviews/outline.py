"""The outline of the report as editable data: sections, sentences, annexes, legal bases.

No national outline is binding; the receiving committee's own always wins. A sentence says
``{key}`` where a figure is printed and ``[[…]]`` around a clause that is left out when one
of its figures has no value or is nought. ``{key!}`` says a nought in its clause ("không có")
instead, ``{one+other}`` prints the sum of two figures of the same clause, ``{area}`` is the
commune, province … that reports. A sentence with ``unless`` gives way to a fuller one:
it stands only when none of those figures has a value. ``apart`` begins a paragraph. ``none_vi``
and ``none_en`` say a nought in the words of its own work ("Chưa khen thưởng | tập thể"); what
follows the same beginning is joined, and an empty one is not said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "data" / "outline.yaml"
_NAME = re.compile(r"\{([a-z_]+)\}")
_MARKS = re.compile(r"(\[\[|\]\]|\{[a-z0-9_]+(?:!|(?:\+[a-z0-9_]+)+)?\})")
AREA = "{area}"  # words like any other until a report is composed


@dataclass(frozen=True, slots=True)
class Literal:
    """Words."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a figure; ``says_none``: a nought is said there in words."""

    key: str
    says_none: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """The place of the sum of figures that stand in the same clause."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Optional:
    """A clause that stands only when every figure inside has a value."""

    parts: tuple[Literal | Slot | Total, ...]


Part = Literal | Slot | Total | Optional


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in both languages, printed when every figure it needs has a value."""

    id: str
    needs: tuple[str, ...]
    vi: tuple[Part, ...]
    en: tuple[Part, ...]
    unless: tuple[str, ...] = ()
    apart: bool = False
    none_vi: str | None = None
    none_en: str | None = None

    @property
    def keys(self) -> set[str]:
        """Every figure the sentence can print."""
        return {
            part.key
            for outer in self.vi
            for part in (outer.parts if isinstance(outer, Optional) else (outer,))
            if isinstance(part, Slot)
        }


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the outline. ``findings`` names the kind of finding listed in it."""

    id: str
    title_vi: str
    title_en: str
    levels: tuple[str, ...]
    valid_from: dt.date | None
    valid_to: dt.date | None
    sentences: tuple[Sentence, ...]
    findings: tuple[str, ...]
    empty_vi: str
    empty_en: str
    children: tuple[Section, ...] = field(default=())

    def holds(self, level: str, on: dt.date) -> bool:
        """Whether the section belongs into a report of that level about that day."""
        return (
            (not self.levels or level in self.levels)
            and (self.valid_from is None or self.valid_from <= on)
            and (self.valid_to is None or on <= self.valid_to)
        )


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A line that holds from one day to another: a legal basis, an opening."""

    vi: str
    en: str
    valid_from: dt.date | None
    valid_to: dt.date | None

    def overlaps(self, start: dt.date, end: dt.date) -> bool:
        """Whether the line holds on any day of the period; a period may cite two laws."""
        return (self.valid_from is None or self.valid_from <= end) and (
            self.valid_to is None or self.valid_to >= start
        )

    def in_language(self, language: str) -> str:
        """The words in a language; Vietnamese for any but English."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class AnnexTable:
    """A table of the annex: one row a unit, one column an indicator."""

    id: str
    title_vi: str
    title_en: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything a layout prints around the figures."""

    sections: tuple[Section, ...]
    subject: tuple[DatedLine, ...]
    basis: tuple[DatedLine, ...]
    opening: tuple[DatedLine, ...]
    closing: tuple[DatedLine, ...]
    annexes: tuple[AnnexTable, ...]


_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the Vietnamese alphabet as headings use it


def heading_number(depth: int, place: int) -> str:
    """The number of the ``place``-th heading, from 1: "II", "2", "b" by depth."""
    if depth == 1:
        number, rest = "", place
        for value, letters in _ROMAN:
            number, rest = number + letters * (rest // value), rest % value
        return number
    return str(place) if depth == 2 else _LETTERS[(place - 1) % len(_LETTERS)]


def parse(text: str) -> tuple[Part, ...]:
    """A sentence as parts. Raises ``ValueError`` for a bracket without its partner, and for a sum
    of what does not stand in its clause."""
    parts: list[Part] = []
    inside: list[Literal | Slot | Total] | None = None
    for mark in _MARKS.split(text):
        if mark == "":
            continue
        if mark == "[[":
            if inside is not None:
                raise ValueError(f"[[ inside [[: {text}")
            inside = []
        elif mark == "]]":
            if inside is None:
                raise ValueError(f"]] without [[: {text}")
            parts.append(Optional(tuple(inside)))
            inside = None
        else:
            (parts if inside is None else inside).append(_part(mark))
    if inside is not None:
        raise ValueError(f"[[ without ]]: {text}")
    outside = tuple(part for part in parts if not isinstance(part, Optional))
    for held in (outside, *(part.parts for part in parts if isinstance(part, Optional))):
        keys = {one.key for one in held if isinstance(one, Slot)}
        if any(not set(one.keys) <= keys for one in held if isinstance(one, Total)):
            raise ValueError(f"a sum of figures that are not in its clause: {text}")
    return tuple(parts)


def _part(mark: str) -> Literal | Slot | Total:
    if not mark.startswith("{") or mark == AREA:
        return Literal(mark)
    name = mark[1:-1]
    if "+" in name:
        return Total(tuple(name.split("+")))
    return Slot(name.rstrip("!"), name.endswith("!"))


def _day(value: Any) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    return dt.date.fromisoformat(str(value))


def _section(row: dict[str, Any]) -> Section:
    findings = row.get("findings") or ()
    return Section(
        id=row["id"],
        title_vi=row["title_vi"],
        title_en=row["title_en"] or row["title_vi"],
        levels=tuple(row.get("levels") or ()),
        valid_from=_day(row.get("valid_from")),
        valid_to=_day(row.get("valid_to")),
        sentences=tuple(
            Sentence(
                s["id"],
                tuple(s.get("needs") or ()),
                parse(s["vi"]),
                parse(s["en"] or s["vi"]),
                tuple(s.get("unless") or ()),
                bool(s.get("apart")),
                s.get("none_vi"),
                s.get("none_en"),
            )
            for s in row.get("sentences") or ()
        ),
        findings=(findings,) if isinstance(findings, str) else tuple(findings),
        empty_vi=row.get("empty_vi") or "",
        empty_en=row.get("empty_en") or row.get("empty_vi") or "",
        children=tuple(_section(child) for child in row.get("children") or ()),
    )


def _lines(rows: list[dict[str, Any]] | None) -> tuple[DatedLine, ...]:
    return tuple(
        DatedLine(r["vi"], r["en"] or r["vi"], _day(r.get("valid_from")), _day(r.get("valid_to")))
        for r in rows or ()
    )


def filled(text: str, names: Mapping[str, str]) -> str:
    """The text with ``{name}`` replaced by what it stands for; any other brace stays as it is."""
    return _NAME.sub(lambda found: names.get(found[1], found[0]), text)


def outline_from(content: Mapping[str, Any]) -> Outline:
    """The outline that a layout's content describes (:mod:`.outlines.content` has its form)."""
    return Outline(
        sections=tuple(_section(row) for row in content["sections"]),
        subject=_lines(content["subject"]),
        basis=_lines(content["basis"]),
        opening=_lines(content["opening"]),
        closing=_lines(content["closing"]),
        annexes=tuple(
            AnnexTable(a["id"], a["title_vi"], a["title_en"] or a["title_vi"], tuple(a["columns"]))
            for a in content["annexes"]
        ),
    )


@cache
def shipped_layouts() -> dict[str, dict[str, Any]]:
    """layout ("state" or "party") -> its content as it came with the release, for every level."""
    document = yaml.load(FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {
        name: {
            "subject": layout["subject"],
            "basis": layout["basis"],
            "opening": layout["opening"],
            "closing": layout["closing"],
            "sections": layout["sections"],
            "annexes": document["annexes"],
        }
        for name, layout in document["layouts"].items()
    }


@cache
def outlines() -> dict[str, Outline]:
    """layout -> its outline as shipped, the sections of every level in it."""
    return {name: outline_from(content) for name, content in shipped_layouts().items()}
