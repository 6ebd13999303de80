"""What reading a text yields: plain values, each able to print itself as INTERFACE's JSON.

Offsets count code points of the extracted text and ``surface`` is exactly that slice. Figures are
exact: ``int`` or ``Fraction``, never float; only ``confidence`` is a float, for it is no figure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

Exact = int | Fraction
DocKind = Literal["conference_review", "inspection", "dialogue", "report", "other"]
Level = Literal["commune", "district", "province", "agency", "enterprise", "other"]
PeriodKind = Literal["half_year", "year", "quarter", "months", "date", "range"]
Verdict = Literal["ok", "fail", "not_checkable"]
Json = dict[str, Any]
EARLY_INCLUDED = "early included"
"""The rule of a figure on time to which the early ones told beside it were added."""


def number_json(value: Exact | None) -> int | float | None:
    """A figure as a JSON number: whole numbers without a point, decimals with their own digits.

    A decimal of up to 15 digits survives the JSON number unchanged; a report states no longer one.
    """
    if value is None:
        return None
    whole = Fraction(value)
    return whole.numerator if whole.denominator == 1 else float(whole)


def _day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one document. ``pages`` is None where the format has no pages."""

    text: str
    media_type: str
    pages: int | None = None
    warnings: tuple[str, ...] = ()

    def as_json(self) -> Json:
        """Everything, as plain JSON values."""
        return {
            "text": self.text,
            "media_type": self.media_type,
            "pages": self.pages,
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class UnitRead:
    """The unit a text speaks of, as the text names it; ``code`` only where it is certain."""

    name: str | None = None
    level: Level = "other"
    province: str | None = None
    code: str | None = None

    def as_json(self) -> Json:
        """INTERFACE "Reading", ``unit``."""
        return {
            "name": self.name,
            "level": self.level,
            "province": self.province,
            "code": self.code,
        }


@dataclass(frozen=True, slots=True)
class PeriodRead:
    """A period with its first and last day, both inclusive."""

    kind: PeriodKind
    start: dt.date
    end: dt.date

    def as_json(self) -> Json:
        """INTERFACE "Reading", ``period``."""
        return {"kind": self.kind, "start": _day(self.start), "end": _day(self.end)}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named with an office. ``role``: chair, lead, speaker, attendee, report_presenter."""

    name: str
    title: str | None
    role: str

    def as_json(self) -> Json:
        """INTERFACE "Reading", one of ``persons``."""
        return {"name": self.name, "title": self.title, "role": self.role}


@dataclass(frozen=True, slots=True)
class LegalRef:
    """An instrument as the text cites it; ``canonical`` is its full symbol where it is known."""

    surface: str
    canonical: str | None
    char_start: int
    char_end: int

    def as_json(self) -> Json:
        """INTERFACE "Reading", one of ``legal_refs``."""
        return {
            "surface": self.surface,
            "canonical": self.canonical,
            "char_start": self.char_start,
            "char_end": self.char_end,
        }


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure that the text states as a result.

    ``value`` is in ``unit`` (VND, m2, m, percent points, or a thing counted); ``denominator`` in
    the same unit. ``previous`` is the earlier value of a rise or fall. ``digits`` is the number as
    it is written in the text and tells the printed precision; ``number`` is where it stands;
    ``rule`` names what took it for this key: a rule of the lexicon ("opinions_received.2"), or
    "share", "change", "longer time", "table".
    """

    key: str
    value: Exact
    unit: str
    surface: str
    char_start: int
    char_end: int
    approx: bool = False
    denominator: Exact | None = None
    part_of: str | None = None
    scope: str | None = None
    period: PeriodRead | None = None
    previous: Exact | None = None
    confidence: float = 0.5
    digits: str = ""
    number: tuple[int, int] = (0, 0)
    rule: str = ""
    signs: tuple[float, ...] = ()
    """What the confidence was weighed from (``confidence.SIGNS``)."""

    def as_json(self) -> Json:
        """INTERFACE "Reading", one of ``indicators``."""
        return {
            "key": self.key,
            "value": number_json(self.value),
            "unit": self.unit,
            "surface": self.surface,
            "char_start": self.char_start,
            "char_end": self.char_end,
            "approx": self.approx,
            "denominator": number_json(self.denominator),
            "part_of": self.part_of,
            "scope": self.scope,
            "period": self.period.as_json() if self.period else None,
            "previous": number_json(self.previous),
            "confidence": round(self.confidence, 2),
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """A whole clause or sentence: something achieved, lacking, or to be done."""

    surface: str
    char_start: int
    char_end: int

    def as_json(self) -> Json:
        """INTERFACE "Reading", one of the lists in ``findings``."""
        return {"surface": self.surface, "char_start": self.char_start, "char_end": self.char_end}


@dataclass(frozen=True, slots=True)
class Findings:
    """The three lists of a review: achievements, limitations, tasks."""

    achievements: tuple[Finding, ...] = ()
    limitations: tuple[Finding, ...] = ()
    tasks: tuple[Finding, ...] = ()

    def as_json(self) -> Json:
        """INTERFACE "Reading", ``findings``."""
        return {
            "achievements": [f.as_json() for f in self.achievements],
            "limitations": [f.as_json() for f in self.limitations],
            "tasks": [f.as_json() for f in self.tasks],
        }


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Figures of one text that contradict each other; ``indicators`` are their keys."""

    message_vi: str
    message_en: str
    indicators: tuple[str, ...]
    stated: Exact | None
    computed: Exact | None
    severity: str = "warning"

    def as_json(self) -> Json:
        """INTERFACE "Reading", one of ``inconsistencies``."""
        return {
            "message_vi": self.message_vi,
            "message_en": self.message_en,
            "indicators": list(self.indicators),
            "stated": number_json(self.stated),
            "computed": number_json(self.computed),
            "severity": self.severity,
        }


@dataclass(frozen=True, slots=True)
class Check:
    """One rule applied to the figures of a text.

    ``stated`` is the figure of the text; ``computed`` the one its other figures give, rounded to
    one place more than the stated one is printed with. Both in the unit of the figure.
    """

    rule: str
    message_vi: str
    message_en: str
    verdict: Verdict
    stated: Exact | None
    computed: Exact | None
    spans: tuple[tuple[int, int], ...]
    indicators: tuple[str, ...] = ()

    def as_json(self) -> Json:
        """INTERFACE "Checking", one of ``checks``."""
        return {
            "rule": self.rule,
            "message_vi": self.message_vi,
            "message_en": self.message_en,
            "verdict": self.verdict,
            "stated": number_json(self.stated),
            "computed": number_json(self.computed),
            "spans": [list(span) for span in self.spans],
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one text. Nothing in it is final until a person has looked at it."""

    file: str
    doc_kind: DocKind = "other"
    unit: UnitRead = field(default_factory=UnitRead)
    period: PeriodRead | None = None
    event_date: dt.date | None = None
    persons: tuple[Person, ...] = ()
    legal_refs: tuple[LegalRef, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    findings: Findings = field(default_factory=Findings)
    inconsistencies: tuple[Inconsistency, ...] = ()
    warnings: tuple[str, ...] = ()
    arithmetic: tuple[Check, ...] = ()
    """What the sentences say of their own numbers; ``check_reading`` joins it with the rest."""

    def as_json(self) -> Json:
        """INTERFACE "Reading": one document."""
        return {
            "file": self.file,
            "doc_kind": self.doc_kind,
            "unit": self.unit.as_json(),
            "period": self.period.as_json() if self.period else None,
            "event_date": _day(self.event_date),
            "persons": [p.as_json() for p in self.persons],
            "legal_refs": [r.as_json() for r in self.legal_refs],
            "indicators": [i.as_json() for i in self.indicators],
            "findings": self.findings.as_json(),
            "inconsistencies": [i.as_json() for i in self.inconsistencies],
            "warnings": list(self.warnings),
        }
