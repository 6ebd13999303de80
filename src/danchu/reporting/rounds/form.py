"""The form in which a unit fills what a round asks, as its officers see it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import OuterRef, Subquery

from danchu.core.accounts.policy import works_in
from danchu.core.accounts.selectors import acted_from
from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import SCHEMES, same_last_year
from danchu.core.calendar.selectors import known_period, previous_span, span_of
from danchu.core.clock import day_of, today
from danchu.core.contracts import Actor
from danchu.core.text import format_number
from danchu.core.units.selectors import unit_names
from danchu.reporting.figures.asked import Answered, answered, states_of_asked
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text, rate_text
from danchu.reporting.figures.models import CellState, Layer
from danchu.reporting.figures.selectors import Value, definitions, values
from danchu.reporting.figures.services import wholes_of

from .accepted_halves import FromHalves
from .form_cells import Computed, Standing, is_entered, standing, stands
from .models import ExpectedReporter, FormValue, Submission


@dataclass(frozen=True, slots=True)
class FormLine:
    """One indicator of the form.

    ``state`` and ``amount``: what would be handed in, amounts in the smallest unit.
    ``recorded``: what the records come to, as printed; "" where they give nothing.
    ``last_year``: the same period a year before, as printed; "" where nothing is known.
    ``changed_from``: the other unit from which the cell was last changed, typed into or cleared;
    "" where it was changed from the unit itself.
    """

    meaning: Definition
    state: str
    amount: int | None
    reason: str
    typed: bool
    row_version: int
    changed_by: str
    changed_at: dt.datetime | None
    changed_from: str
    recorded_state: str
    recorded: str
    recorded_amount: int | None  # None where no records stand behind
    differs: bool
    last_year: str
    halves: FromHalves | None  # what the accepted half-years give for a year
    halves_differ: bool  # and the records of the year say something else
    taken_over: bool  # and it is what would be handed in
    checked_against: int | None
    parts: tuple[str, ...]  # keys of the lines of the form that are parts of this one
    may_be_zero: bool  # without a value, and no part of it has one

    @property
    def key(self) -> str:
        """The indicator's key."""
        return self.meaning.key

    @property
    def entered(self) -> bool:
        """Whether a person may type here; a rate is computed."""
        return is_entered(self.meaning)

    @property
    def text(self) -> str:
        """What the cell shows and takes: the exact number in the unit of display, or ""."""
        return "" if self.amount is None else exact_text(self.meaning, self.amount)

    @property
    def given(self) -> bool:
        """Whether something stands here unless a person types over it."""
        return bool(self.recorded) or stands(self.halves)

    @property
    def halves_text(self) -> str:
        """What the accepted half-years give, as printed; "" where they give no number."""
        if self.halves is None or self.halves.amount is None:
            return ""
        return amount_text(self.meaning, self.halves.amount)

    @property
    def lacks_reason(self) -> bool:
        """Typed, other than would stand here, and nothing said why: it cannot be handed in."""
        return self.differs and not self.reason


@dataclass(frozen=True, slots=True)
class FormView:
    """The form of a unit in a round, in the sections of the dictionary."""

    round_id: int
    period: Period
    title: str
    cut_off: dt.date
    due_on: dt.date
    closed_at: dt.datetime | None
    locked_after: dt.date | None  # the last day on which it took values, when that is past
    accepted: bool  # the last version was accepted: nothing may be typed
    last_year: str  # code of the period compared with; "" when none is known
    sections: tuple[tuple[str, tuple[FormLine, ...]], ...]

    @property
    def lines(self) -> tuple[FormLine, ...]:
        """Every line in order."""
        return tuple(line for _section, lines in self.sections for line in lines)

    @property
    def takes_values(self) -> bool:
        """Whether the form may still be filled."""
        return self.closed_at is None and not self.accepted and self.locked_after is None

    @property
    def answered(self) -> Answered:
        """How many of the indicators that the report asks for have a state, and in which."""
        return answered(self._states)

    @property
    def open(self) -> tuple[FormLine, ...]:
        """The lines that the report asks for and that still wait for a value."""
        states = states_of_asked(self._states)
        return tuple(line for line in self.lines if states.get(line.key) == CellState.MISSING)

    @property
    def _states(self) -> dict[str, str]:
        return {line.key: line.state for line in self.lines}


def exact_text(meaning: Definition, amount: int) -> str:
    """An amount as a cell shows it: no digit is rounded away, and it reads back as itself."""
    return format_number(Fraction(amount, meaning.scale))


def form_of(viewer: Actor, round_id: int, unit_id: int) -> FormView | None:
    """The unit's form in the round, for who fills it or hands it in; None otherwise.

    None too for a unit that the round does not ask.
    """
    return _form(viewer, unit_id, round_id=round_id)


def form_for(viewer: Actor, unit_id: int, period: Period) -> FormView | None:
    """The same form, of the round that asks the unit for the period."""
    return _form(viewer, unit_id, round__period=period)


def form_at(viewer: Actor, unit_id: int, period_code: str) -> FormView | None:
    """The same form, of a period that is known only by its code."""
    return _form(viewer, unit_id, round__period__code=period_code)


def _form(viewer: Actor, unit_id: int, **asked_by: Any) -> FormView | None:
    if not (viewer.may("reports.write", unit_id) or viewer.may("submissions.submit", unit_id)):
        return None
    versions = Submission.objects.filter(round=OuterRef("round"), unit=OuterRef("unit"))
    line = (
        ExpectedReporter.objects.filter(unit_id=unit_id, **asked_by)
        .annotate(last=Subquery(versions.order_by("-number").values("state")[:1]))
        .select_related("round__period__scheme", "unit")
        .order_by("excused", "-round_id")  # first the round that asks, if one does
        .first()
    )
    if line is None or line.excused:
        return None
    asked = line.round
    before = period_before(asked.period)
    known = values(viewer, unit_id, before, level=line.unit.level) if before else {}
    stand = standing(asked.pk, unit_id, asked.period)
    sections: dict[str, list[FormLine]] = defaultdict(list)
    for item in _lines(stand, known, _changed_from(viewer, unit_id, stand)):
        sections[item.meaning.section].append(item)
    return FormView(
        round_id=asked.pk,
        period=asked.period,
        title=asked.title,
        cut_off=asked.cut_off,
        due_on=line.due_on,
        closed_at=asked.closed_at,
        locked_after=asked.locks_on if asked.locks_on and today() > asked.locks_on else None,
        accepted=line.last == Submission.State.ACCEPTED,
        last_year=before.code if before else "",
        sections=tuple((section, tuple(found)) for section, found in sections.items()),
    )


def keys_in_the_form(viewer: Actor, unit_id: int, period: Period) -> frozenset[str]:
    """The indicators of which a state was typed into the unit's form of a running round."""
    if not viewer.may("reports.read", unit_id):
        return frozenset()
    typed = FormValue.objects.filter(
        unit_id=unit_id, round__period=period, round__closed_at=None, dimension=""
    ).exclude(state__in=("", CellState.MISSING))
    return frozenset(typed.values_list("indicator__key", flat=True))


def period_before(period: Period) -> Period | None:
    """What a form is compared with: the same period of the year before, if it is known here.

    Of a committee's own scheme the period just before.
    """
    span = span_of(period)
    before = same_last_year(span) if span.scheme in SCHEMES else previous_span(span)
    return known_period(before.code) if before else None


def _changed_from(viewer: Actor, unit_id: int, stand: list[Standing]) -> dict[str, str]:
    """key -> the name of the other unit from which its cell was last changed.

    The unit hands in and signs for every figure of its form, so it is told which were not its
    own. Asks nothing while only the viewer changed cells of the viewer's own unit.
    """
    acts = {
        line.key: (line.row.changed_by_id, day_of(line.row.changed_at))
        for line in stand
        if line.row is not None and line.row.changed_by_id is not None
    }
    if works_in(viewer, "reports.write", unit_id):
        acts = {key: act for key, act in acts.items() if act[0] != viewer.actor_id}
    units = acted_from(unit_id, "reports.write", set(acts.values()))
    names = unit_names(units.values(), today()) if units else {}
    return {key: names.get(units[act], ("", ""))[1] for key, act in acts.items() if act in units}


def _lines(
    stand: list[Standing],
    known: dict[tuple[str, str, str], Value],
    changed_from: Mapping[str, str],
) -> list[FormLine]:
    parts: dict[str, list[str]] = defaultdict(list)
    for line in stand:
        parts[definitions()[line.key].part_of].append(line.key)
    partly = wholes_of(line.key for line in stand if line.state == CellState.REPORTED)
    return [
        _line(
            line,
            printed_before(definitions()[line.key], known),
            tuple(parts.get(line.key, ())),
            partly,
            changed_from.get(line.key, ""),
        )
        for line in stand
    ]


def _line(
    line: Standing, last_year: str, parts: tuple[str, ...], partly: set[str], changed_from: str
) -> FormLine:
    meaning, cell, row = definitions()[line.key], line.cell, line.row
    return FormLine(
        meaning=meaning,
        state=line.state,
        amount=line.amount,
        reason=line.reason,
        typed=line.typed is not None,
        row_version=row.row_version if row else 0,
        changed_by=row.changed_by.name if row and row.changed_by else "",
        changed_at=row.changed_at if row else None,
        changed_from=changed_from,
        recorded_state=cell.state if cell else CellState.MISSING,
        recorded=_printed(meaning, cell),
        recorded_amount=line.recorded,
        differs=line.differs,
        last_year=last_year,
        halves=line.halves,
        halves_differ=line.halves_differ,
        taken_over=line.taken_over is not None,
        checked_against=line.checked_against,
        parts=parts,
        may_be_zero=line.state == CellState.MISSING
        and is_entered(meaning)
        and meaning.key not in partly,
    )


def _printed(meaning: Definition, value: Computed | Value | None) -> str:
    if value is None:
        return ""
    if meaning.is_rate and value.numerator is not None and value.denominator is not None:
        return rate_text(meaning, value.numerator, value.denominator)
    return "" if value.amount is None else amount_text(meaning, value.amount)


def printed_before(meaning: Definition, known: dict[tuple[str, str, str], Value]) -> str:
    """A figure of the period before as printed; "" where nothing is known.

    What was handed in then, else what the records show, else what a report states.
    """
    for layer in (Layer.REPORTED, Layer.RECORDED, Layer.STATED):
        text = _printed(meaning, known.get((layer, meaning.key, "")))
        if text:
            return text
    return ""
