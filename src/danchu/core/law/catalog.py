"""The law catalogue as values: instruments, dated rules and what was in force on a day.

Loads without Django. A catalogue comes from the release (``shipped.py``) or from the database
(``selectors.py``), where local confirmations count. It never changes: a changed rule is a new
version in a new catalogue.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, get_args

from danchu.core.calendar.words import Phrase, printed
from danchu.core.errors import NotFound, Refusal

from .citing import cited

UnitKind = Literal["commune", "agency", "workplace", "state_enterprise"]
Mode = Literal[
    "inform",
    "discuss_decide",
    "consult",
    "inspect_supervise",
    "dialogue",
    "receive",
    "resolve",
    "report",
]
DeadlineUnit = Literal["working", "calendar", "working_before", "calendar_before", "calendar_min"]
TextBasis = Literal["full_text", "pre_amendment", "secondary", "local_practice", "none"]

UNIT_KINDS: tuple[UnitKind, ...] = get_args(UnitKind)
MODES: tuple[Mode, ...] = get_args(Mode)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, decree, directive or plan that rules rest on. Dates None are not established."""

    key: str
    number: str
    title_vi: str
    issued: dt.date | None = None
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    replaces: tuple[str, ...] = ()
    status: str = ""
    confidence: str = "verified"
    source: str = ""
    notes: str = ""

    @property
    def year(self) -> int | None:
        """The year of its number ("10/2022/QH15" is 2022), or that of its issue."""
        found = re.search(r"/(\d{4})/", self.number)
        if found:
            return int(found[1])
        return self.issued.year if self.issued else None

    @property
    def name(self) -> str:
        """Title and number, as a derivation cites it."""
        return f"{self.title_vi} ({self.number})" if self.number else self.title_vi


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A legal officer of this installation compared a rule with the text in force (L1)."""

    on: dt.date
    officer: str
    text_compared: str
    file_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of an obligation. Validity is [applies_from, applies_to], both inclusive.

    ``deadline_days`` are in ``deadline_unit``; ``days_if`` gives other days under "complex",
    "remote" or both ("complex_remote"); ``extend_max`` and ``extend_times`` are the longest
    lawful extension and how often; ``posting_days`` the least consecutive calendar days of
    posting. A threshold is an exact fraction of what ``threshold_basis`` names.
    """

    key: str
    instrument: Instrument
    unit_kind: UnitKind
    mode: Mode
    title_vi: str
    title_en: str
    article: str = ""
    deadline_days: int | None = None
    deadline_unit: DeadlineUnit | None = None
    days_if: Mapping[str, int] = field(default_factory=dict, hash=False)
    variant_of: str = ""
    extend_max: int | None = None
    extend_times: int | None = None
    posting_days: int | None = None
    period: str = ""
    threshold: Fraction | None = None
    threshold_basis: str = ""
    text_basis: TextBasis = "none"
    confidence: str = "verified"
    date_confidence: str = ""
    applies_from: dt.date | None = None
    applies_to: dt.date | None = None
    group: str = ""
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    source: str = ""
    notes: str = ""
    version: int = 1
    confirmation: Confirmation | None = None

    def applies_on(self, day: dt.date) -> bool:
        """Whether the rule was in force on the day; an unknown end is taken as open."""
        begins = self.not_before
        return (begins is None or begins <= day) and (
            self.applies_to is None or day <= self.applies_to
        )

    @property
    def not_before(self) -> dt.date | None:
        """The first day on which the rule can have applied: its own, else its instrument's.

        None where neither is established; nothing is asked by a text that was not issued yet.
        """
        return self.applies_from or self.instrument.effective_from or self.instrument.issued

    @property
    def basis(self) -> str:
        """The text basis that counts here: "confirmed" once a local officer confirmed it."""
        return "confirmed" if self.confirmation else self.text_basis

    @property
    def can_fail(self) -> bool:
        """Whether a unit may be failed by this rule; one that cannot only advises (L1)."""
        if self.confirmation:
            return True
        return self.text_basis == "full_text" and self.date_confidence != "recalled"

    def title(self, language: str) -> str:
        """The title in the language."""
        return self.title_en if language.startswith("en") else self.title_vi

    def basis_words(self) -> Phrase:
        """What the text basis means, in words for a person."""
        if self.confirmation:
            done = self.confirmation
            return Phrase(
                f"{done.officer} đã đối chiếu ngày {printed(done.on)} với {done.text_compared}",
                f"compared on {printed(done.on)} by {done.officer} with {done.text_compared}",
            )
        if self.text_basis == "pre_amendment" and (year := self.instrument.year):
            return Phrase(
                f"đọc ở bản {year}, chưa đối chiếu bản hợp nhất",
                f"read in the {year} text, not yet compared with the consolidated text",
            )
        return _BASIS_WORDS[self.text_basis]

    def basis_in_short(self) -> Phrase:
        """The same for a list; who compared it, and with what, stands on the rule's own page."""
        if self.confirmation:
            on = printed(self.confirmation.on)
            return Phrase(f"đã đối chiếu ngày {on}", f"compared on {on}")
        return self.basis_words()


_BASIS_WORDS: dict[str, Phrase] = {
    "full_text": Phrase(
        "đã đọc lời văn điều khoản (bản sao công khai)",
        "the wording of the article was read (public copy)",
    ),
    "pre_amendment": Phrase(
        "đọc ở bản trước khi sửa đổi, chưa đối chiếu bản hợp nhất",
        "read before its amendment, not yet compared with the consolidated text",
    ),
    "secondary": Phrase(
        "chỉ thấy qua báo hoặc bài giới thiệu, chưa đọc điều khoản",
        "seen in the press or a summary only, the article was not read",
    ),
    "local_practice": Phrase(
        "thực tế địa phương, không phải quy định chung", "local practice, not a general rule"
    ),
    "none": Phrase("nhớ lại, chưa thấy văn bản", "recalled, the text was not seen"),
}


@dataclass(frozen=True, eq=False)
class Catalogue:
    """One version of the catalogue: its instruments and rules by key."""

    version: int
    as_of: dt.date | None
    instruments: Mapping[str, Instrument]
    rules: Mapping[str, Rule]

    def __post_init__(self) -> None:
        object.__setattr__(self, "instruments", MappingProxyType(dict(self.instruments)))
        object.__setattr__(self, "rules", MappingProxyType(dict(self.rules)))

    def rule(self, key: str) -> Rule:
        """The rule with this id. Raises ``NotFound`` naming ids that look alike."""
        found = self.rules.get(key)
        if found is not None:
            return found
        alike = difflib.get_close_matches(key, self.rules, n=3)
        vi = f" Gần giống: {', '.join(alike)}." if alike else ""
        en = f" Similar: {', '.join(alike)}." if alike else ""
        raise NotFound(
            f"Danh mục không có quy tắc “{key[:60]}”.{vi}",
            f"The catalogue has no rule “{key[:60]}”.{en}",
            field="rule",
        )

    def rule_on(self, key: str, day: dt.date) -> Rule:
        """The rule, if it was in force on the day.

        Raises ``Refusal`` (code "not_in_force") that names what applied that day instead: the
        law of another day is never used in silence.
        """
        rule = self.rule(key)
        if rule.applies_on(day):
            return rule
        raise not_in_force(rule, day, self.applied_instead(rule, day))

    def applied_instead(self, rule: Rule, day: dt.date) -> tuple[Rule, ...]:
        """The rules of that day which this one replaced, or which replaced it, near or far."""
        later = rule.applies_to is not None and day > rule.applies_to
        seen, front = {rule.key}, [rule]
        found: list[Rule] = []
        while front:
            following: list[Rule] = []
            for known in front:
                for key in known.superseded_by if later else known.supersedes:
                    if key in seen or key not in self.rules:
                        continue
                    seen.add(key)
                    other = self.rules[key]
                    (found if other.applies_on(day) else following).append(other)
            front = following
        return tuple(found)

    def in_force(self, kind: UnitKind, on: dt.date, mode: Mode | None = None) -> tuple[Rule, ...]:
        """What the law in force that day asks of that kind of unit, in catalogue order."""
        return tuple(
            rule
            for rule in self.rules.values()
            if rule.unit_kind == kind and rule.applies_on(on) and mode in (None, rule.mode)
        )

    def first_day(self, kind: UnitKind) -> dt.date | None:
        """The first day for which the catalogue knows what the law asks of that kind of unit."""
        begun = [rule.applies_from for rule in self if rule.unit_kind == kind and rule.applies_from]
        return min(begun, default=None)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules.values())


def not_in_force(rule: Rule, day: dt.date, instead: tuple[Rule, ...] = ()) -> Refusal:
    """The refusal of a rule asked for outside its time of validity."""
    vi, en = _validity(rule)
    if instead:
        vi_names = "; ".join(f"{r.key} “{r.title_vi}” ({cited(r).vi})" for r in instead)
        en_names = "; ".join(f"{r.key} “{r.title_en}” ({cited(r).en})" for r in instead)
        vi_after = f"Ngày đó áp dụng: {vi_names}."
        en_after = f"On that day this applied: {en_names}."
    else:
        vi_after = "Danh mục không ghi quy tắc nào thay cho nó vào ngày đó."
        en_after = "The catalogue knows no rule in its place on that day."
    return Refusal(
        f"Quy tắc {rule.key} {vi}, không áp dụng ngày {printed(day)}. {vi_after}",
        f"The rule {rule.key} {en}; it did not apply on {printed(day)}. {en_after}",
        code="not_in_force",
        field="from",
    )


def _validity(rule: Rule) -> Phrase:
    start, end = rule.applies_from, rule.applies_to
    if start and end:
        return Phrase(
            f"có hiệu lực từ {printed(start)} đến hết {printed(end)}",
            f"is in force from {printed(start)} to {printed(end)}",
        )
    if start:
        return Phrase(f"có hiệu lực từ {printed(start)}", f"is in force from {printed(start)}")
    if end:
        return Phrase(f"có hiệu lực đến hết {printed(end)}", f"is in force to {printed(end)}")
    issued = rule.not_before
    assert issued is not None  # a rule without any date applies on every day
    return Phrase(
        f"thuộc văn bản có từ {printed(issued)}", f"is of an instrument of {printed(issued)}"
    )
