"""Checking the figures of a form by the rules in use.

How a form uses it: make one ``CheckedValue`` of each figure, call ``held_back`` in the service
that hands the form in, inside its transaction, and ``run_checks`` where the page is drawn.

    held = held_back(actor, unit_id, period, values)

A finding that ``holds_back`` refuses the hand-in: one that blocks until the figure is put
right, one that asks for a reason until a figure it touches carries one in ``CheckedValue.reason``;
store that reason with the value, it travels with the figure. Findings that ``fired`` without
holding back are shown beside the figures they touch (``indicators``), as is ``not_checkable``
where a page wants to say what could not be looked at. ``sentence(language)`` is whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput
from danchu.core.prepared import Prepared
from danchu.core.text import Exact
from danchu.core.units.selectors.validity import in_force
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.evidence import Evidence, records_behind_each
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.selectors import definitions

from . import history, language, wording
from .content import COLUMNS, EARLIER, LAST, OWN_NAMES, PEERS, RuleContent, in_use
from .history import Background, Form
from .language import Rule
from .models import CheckRule
from .statistics import Last, Usual

_KNOWN = (CellState.REPORTED, CellState.ZERO)


@dataclass(frozen=True, slots=True)
class CheckedValue:
    """A figure as entered. Amounts in the indicator's smallest unit, exact.

    ``state`` is one of the four of ``CellState``. ``recorded_amount``: what the records give;
    None where they say nothing. ``reason``: the officer's justification, "" without one.
    ``below``: what the units directly below handed in, added up; None where they did not.
    """

    state: str
    amount: Exact | None = None
    recorded_amount: int | None = None
    reason: str = ""
    below: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of a form: it was broken, or it could not be asked.

    ``indicators``: the figures it touches. ``against_records``: it holds the figure against its
    records; ``records`` then are the ids of those that the viewer may see, and
    ``hidden_records`` counts the others.
    """

    key: str
    layer: str
    severity: str
    sentence_vi: str
    sentence_en: str
    indicators: tuple[str, ...]
    justified: bool = False
    not_checkable: bool = False
    against_records: bool = False
    records: tuple[int, ...] = ()
    hidden_records: int = 0

    @property
    def fired(self) -> bool:
        """Whether the rule was broken."""
        return not self.not_checkable

    @property
    def holds_back(self) -> bool:
        """Whether the form cannot be handed in as it is."""
        if not self.fired:
            return False
        return self.severity == CheckRule.Severity.BLOCK or (
            self.severity == CheckRule.Severity.JUSTIFY and not self.justified
        )

    def sentence(self, language: str) -> str:
        """The sentence in "vi" or "en"."""
        return self.sentence_en if language.startswith("en") else self.sentence_vi


def run_checks(
    viewer: Actor, unit_id: int, period: Period, values: Mapping[str, CheckedValue]
) -> list[Finding]:
    """What the rules in use on the period's last day say of these values, rule by rule.

    ``values``: indicator key -> its figure. A rule over figures of which one is not reported
    (or not on the form, while another one is) is not checkable, never broken; a rule over
    figures none of which is on the form says nothing. Needs "figures.read" over the unit, and
    raises ``NotAllowed`` without: an unchecked form must not pass for a sound one. Raises
    ``BadInput`` for an indicator the dictionary does not have. As many queries for sixty
    values as for one.
    """
    found = _asked(viewer, unit_id, period, values, contents_in_force(period.end))
    return _with_records(viewer, unit_id, period, found)


def held_back(
    viewer: Actor, unit_id: int, period: Period, values: Mapping[str, CheckedValue]
) -> list[Finding]:
    """Those findings of :func:`run_checks` that hold the form back.

    Rules that only warn are not asked: handing in need not look at peers and earlier periods.
    """
    every = contents_in_force(period.end)
    found = _asked(
        viewer, unit_id, period, values, [c for c in every if c.severity != CheckRule.Severity.WARN]
    )
    return _with_records(viewer, unit_id, period, [f for f in found if f.holds_back])


def findings_while_typing(
    viewer: Actor, unit_id: int, period: Period, values: Mapping[str, CheckedValue]
) -> list[Finding]:
    """Those findings of :func:`run_checks` that a cell is told of as it is filled.

    Each figure alone, those that must agree with each other, and the unit's own last values;
    neither records nor other units are looked at.
    """
    contents = [
        content
        for content in contents_in_force(period.end)
        if content.layer in (CheckRule.Layer.CELL, CheckRule.Layer.FORM)
        or (
            content.layer == CheckRule.Layer.HISTORY
            and set(LAST) & set(language.parse(content.rule).names)
        )
    ]
    found = _asked(viewer, unit_id, period, values, contents)
    return [finding for finding in found if finding.fired]


def _asked(
    viewer: Actor,
    unit_id: int,
    period: Period,
    values: Mapping[str, CheckedValue],
    contents: Collection[RuleContent],
) -> list[Finding]:
    require(viewer, "figures.read", unit_id)
    _known_keys(values)
    form = (unit_id, period.pk)
    background = background_for(contents, {(unit_id, period): values})
    return [f for content in contents for f in findings(content, form, values, background)]


def contents_in_force(on: dt.date) -> list[RuleContent]:
    """What the rules in use say whose validity holds the day, in the order they were added."""
    return [RuleContent(*row) for row in _CONTENTS.rows(on)]


_CONTENTS = Prepared(
    lambda on: (
        CheckRule.objects.filter(in_force(on), retired_at__isnull=True)
        .order_by("pk")
        .values_list(*COLUMNS)
    )
)


def background_for(
    contents: Iterable[RuleContent],
    forms: Mapping[tuple[int, Period], Mapping[str, CheckedValue]],
) -> Background:
    """What the history rules among these need to know of earlier periods and peers."""
    own: set[str] = set()
    others: set[str] = set()
    before: set[str] = set()
    for content in contents:
        if content.layer == CheckRule.Layer.HISTORY:
            names = set(language.parse(content.rule).names)
            keys = set(in_use(content.applies_to, definitions()))
            own |= keys if names & set(EARLIER) else set()
            others |= keys if names & set(PEERS) else set()
            before |= keys if names & set(LAST) else set()
    given = [pair for values in forms.values() for pair in values.items() if _amount(pair[1])[0]]
    known = {key for key, _value in given}
    by_hand = {key for key, value in given if not _as_recorded(value)}
    own, others, before = own & known, others & known, before & by_hand
    past = history.past_of(forms, sorted(own | before), only_last=not own) if own | before else None
    return Background(
        history.earlier(forms, sorted(own), past) if past else {},
        history.peers(forms, sorted(others)) if others else {},
        history.last(forms, sorted(before), past) if past else {},
    )


def findings(
    content: RuleContent,
    form: Form,
    values: Mapping[str, CheckedValue],
    background: Background,
) -> Iterator[Finding]:
    """What one rule says of one form, without the records behind the figures."""
    meanings = definitions()
    rule = language.parse(content.rule)
    if set(rule.names) & set(OWN_NAMES[content.layer]):
        yield from _one_by_one(content, rule, form, values, background, meanings)
        return
    on_form = [key for key in rule.names if key in values]
    if not on_form or any(key not in meanings for key in rule.names):
        return
    numbers = {key: _number(values.get(key), meanings[key]) for key in rule.names}
    known = {key: number for key, number in numbers.items() if number is not None}
    if len(known) < len(numbers):
        lacking = [key for key in rule.names if key not in known]
        yield _not_checkable(content, tuple(on_form), lacking, meanings)
    elif not language.holds(rule, known):
        yield _broken(content, tuple(rule.names), values, known, meanings)


def _one_by_one(
    content: RuleContent,
    rule: Rule,
    form: Form,
    values: Mapping[str, CheckedValue],
    background: Background,
    meanings: Mapping[str, Definition],
) -> Iterator[Finding]:
    lacking: list[str] = []
    names = rule.names
    with_whole, of = "whole" in names, _compared_with(names, background)
    with_recorded, with_below = "recorded" in names, "below" in names
    for key in in_use(content.applies_to, meanings):
        meaning = meanings[key]
        whole_key = meaning.part_of
        if key not in values or (with_whole and whole_key not in values):
            continue
        numbers = {"value": _number(values[key], meaning)}
        if with_whole and whole_key:
            numbers["whole"] = _number(values[whole_key], meanings[whole_key])
        if with_recorded:
            numbers["recorded"] = _scaled(values[key].recorded_amount, meaning)
        if with_below:
            numbers["below"] = _scaled(values[key].below, meaning)
        usual = of.get((form, key))
        if isinstance(usual, Last):
            if _as_recorded(values[key]):
                continue  # no slip of the hand: it was reckoned, record by record
            numbers |= dict(zip(LAST, (usual.least, usual.most), strict=True))
        elif usual is not None:
            for pair in (EARLIER, PEERS):
                numbers |= dict(zip(pair, (usual.median, usual.spread), strict=True))
        known = {name: n for name in names if (n := numbers.get(name)) is not None}
        if len(known) < len(names):
            lacking.append(key)
        elif not language.holds(rule, known):
            touched = (key, whole_key) if with_whole else (key,)
            yield _broken(content, touched, values, known, meanings, usual)
    if lacking:
        yield _not_checkable(content, tuple(lacking), lacking, meanings)


def _compared_with(
    names: Collection[str], background: Background
) -> Mapping[tuple[Form, str], Usual | Last]:
    """What the rule compares with, if anything."""
    if set(names) & set(LAST):
        return background.last
    if set(names) & set(EARLIER):
        return background.earlier
    return background.peers if set(names) & set(PEERS) else {}


def _as_recorded(value: CheckedValue) -> bool:
    """Whether records stand behind the value and give the very number."""
    return value.recorded_amount is not None and value.recorded_amount == value.amount


def _amount(value: CheckedValue | None) -> tuple[bool, Exact]:
    """Whether a number was reported, and which."""
    if value is None or value.state not in _KNOWN or value.amount is None:
        return False, 0
    return True, value.amount


def _number(value: CheckedValue | None, meaning: Definition) -> Exact | None:
    reported, amount = _amount(value)
    return _scaled(amount, meaning) if reported else None


def _scaled(amount: Exact | None, meaning: Definition) -> Exact | None:
    if amount is None or meaning.scale == 1:
        return amount
    return Fraction(amount) / meaning.scale


def _broken(
    content: RuleContent,
    touched: tuple[str, ...],
    values: Mapping[str, CheckedValue],
    numbers: Mapping[str, Exact],
    meanings: Mapping[str, Definition],
    usual: Usual | Last | None = None,
) -> Finding:
    vi, en = wording.sentences(content, touched, numbers, meanings, usual)
    return Finding(
        key=content.key,
        layer=content.layer,
        severity=content.severity,
        sentence_vi=vi,
        sentence_en=en,
        indicators=touched,
        justified=any(key in values and values[key].reason.strip() for key in touched),
        against_records="recorded" in numbers,
    )


def _not_checkable(
    content: RuleContent,
    touched: tuple[str, ...],
    lacking: Collection[str],
    meanings: Mapping[str, Definition],
) -> Finding:
    vi, en = wording.not_checkable(content, lacking, meanings)
    return Finding(
        content.key, content.layer, content.severity, vi, en, touched, not_checkable=True
    )


def _known_keys(values: Mapping[str, CheckedValue]) -> None:
    known = definitions()
    for key in values:
        if key not in known:
            raise BadInput(f"Không có chỉ tiêu {key}.", f"There is no indicator {key}.")


def _with_records(
    viewer: Actor,
    unit_id: int,
    period: Period,
    found: list[Finding],
) -> list[Finding]:
    """The findings with the records behind the figures that differ from them."""
    differing = {f.indicators[0] for f in found if f.fired and f.against_records}
    if not differing:
        return found
    behind = records_behind_each(viewer, unit_id, period, differing)
    return [
        _naming(finding, behind[finding.indicators[0]])
        if finding.fired and finding.against_records
        else finding
        for finding in found
    ]


def _naming(finding: Finding, evidence: Evidence) -> Finding:
    count = str(evidence.total)
    return replace(
        finding,
        sentence_vi=finding.sentence_vi.replace(wording.COUNT, count),
        sentence_en=finding.sentence_en.replace(wording.COUNT, count),
        records=tuple(line.record_id for line in evidence.lines),
        hidden_records=evidence.hidden,
    )
