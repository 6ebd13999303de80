"""The matrix of clauses as its templates take it: rows of cells, words of what is true today.

A province has two thousand cells. They are put together of few pieces made by ``format_html``: a
template tag for each would take longer than everything else of the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext, ngettext

from danchu.civic.disclosure.clause_states import STATE_NAMES, ClauseState, clause_number
from danchu.civic.disclosure.selectors import Matrix, MatrixGroup, MatrixUnit
from danchu.core.calendar.periods import PeriodSpan, containing, previous
from danchu.core.law.catalog import Rule
from danchu.core.law.citing import clauses_of
from danchu.web.design.templatetags.danchu import head, tag_state, vnumber

from .law_words import rule_title, said, unit_kind_name
from .periods import period_label

_HEAD_LETTERS = 46  # of a title that stand over a column; the whole stands under the table
NEEDS_A_HAND: tuple[ClauseState, ...] = ("missing", "late", "short")
# What a cell is drawn with beside its word: shapes of ``pages/matrix.css``.
_TONES: dict[ClauseState, tuple[str, str]] = {
    "missing": ("late", ""),
    "late": ("late", "clock"),
    "short": ("soon", ""),
    "unconfirmed": ("soon", "info-circle"),
    "hanging": ("wait", ""),
    "done": ("done", ""),
    "planned": ("idle", ""),
    "none": ("idle", ""),
    "unknown": ("idle", ""),
    "na": ("idle", ""),
}


def state_tag(state: ClauseState) -> SafeString:
    """A state as a tag."""
    tone, icon = _TONES[state]
    return tag_state(tone, head(said(STATE_NAMES[state])), icon)


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A clause over its column. ``n_missing``: units that owe it; ``remind``: its page."""

    rule: Rule
    number: str
    short: str
    title: str
    can_fail: bool
    n_missing: int
    remind: str


@dataclass(frozen=True, slots=True)
class RowShown:
    """A unit with its cells as markup. ``leads``: it has units below with clauses of their own."""

    unit: MatrixUnit
    cells: SafeString
    n_missing: int
    leads: bool


@dataclass(frozen=True)
class GroupShown:
    """One table. ``calm``: units that are left out, for nothing of theirs needs a hand."""

    kind: str
    name: str
    columns: tuple[ColumnShown, ...]
    rows: tuple[RowShown, ...]
    calm: int

    @property
    def reminds(self) -> bool:
        """Whether a reminder stands below the head of some column."""
        return any(column.n_missing and column.remind for column in self.columns)


def group_shown(group: MatrixGroup, *, only: bool = False, may_remind: bool = False) -> GroupShown:
    """A group as a table; ``only``: without the units where nothing needs a hand."""
    columns = tuple(
        ColumnShown(
            rule,
            clause_number(rule),
            Truncator(rule_title(rule)).chars(_HEAD_LETTERS),
            rule_title(rule),
            rule.can_fail,
            group.column(place)["missing"],
            f"nhac/?khoan={rule.key}" if may_remind else "",
        )
        for place, rule in enumerate(group.rules)
    )
    shown = [unit for unit in group.units if not only or unit.count(*NEEDS_A_HAND)]
    known: dict[tuple[int, ClauseState], _Piece] = {}
    return GroupShown(
        group.kind,
        head(unit_kind_name(group.kind)),
        columns,
        tuple(
            RowShown(
                unit,
                _cells(unit, columns, known),
                unit.count("missing"),
                unit.level in ("commune", "district", "province"),
            )
            for unit in shown
        ),
        len(group.units) - len(shown),
    )


# Where there is something to open behind a cell.
_OPENS: frozenset[ClauseState] = frozenset(
    {"missing", "late", "short", "unconfirmed", "hanging", "done"}
)
_Piece = tuple[SafeString, SafeString]
_NOTHING = format_html("{}", "")


def _piece(column: ColumnShown, state: ClauseState) -> _Piece:
    """What stands before and after the unit's code in such a cell of the column.

    Addresses are told from the page's own, end tags that HTML does not need are left out: two
    thousand cells have to stay within 150 kB.
    """
    # Which rule it is stands over the column.
    words = gettext("Chưa xác nhận") if state == "unconfirmed" else head(said(STATE_NAMES[state]))
    told = format_html(" data-k={}", column.number) if state in _TOLD_ON_PHONES else ""
    if state in _OPENS:
        return (
            format_html('<td class=m-{}{}><a href="', state, told),
            format_html('/{}/">{}</a>', column.rule.key, words),
        )
    return format_html("<td class=m-{}{}>{}", state, told, words), _NOTHING


# The others are left out on a phone (pages/matrix.css).
_TOLD_ON_PHONES = frozenset({"missing", "late", "short", "unconfirmed", "hanging"})


def _cells(
    unit: MatrixUnit,
    columns: Sequence[ColumnShown],
    known: dict[tuple[int, ClauseState], _Piece],
) -> SafeString:
    """The cells of a row; ``known``: pieces that were put together for the rows before."""
    code, row = format_html("{}", unit.code), _NOTHING
    for place, cell in enumerate(unit.cells):
        piece = known.get((place, cell.state))
        if piece is None:
            piece = known[place, cell.state] = _piece(columns[place], cell.state)
        row += piece[0] + (code if cell.state in _OPENS else _NOTHING) + piece[1]
    return row


def own_lead(matrix: Matrix) -> str:
    """What the unit itself owes of its own clauses, in a sentence; "" where it has none."""
    if matrix.own is None or not matrix.own.units:
        return ""
    cells = zip(matrix.own.rules, matrix.own.units[0].cells, strict=True)
    owed = [rule for rule, cell in cells if cell.state == "missing"]
    name = head(matrix.unit.name)
    if not owed:
        return gettext("%(unit)s không còn thiếu nội dung đến hạn nào.") % {"unit": name}
    return ngettext(
        "%(unit)s còn thiếu %(n)s nội dung: %(clauses)s.",
        "%(unit)s còn thiếu %(n)s nội dung: %(clauses)s.",
        len(owed),
    ) % {"unit": name, "n": vnumber(len(owed)), "clauses": _named(owed)}


def _named(owed: Sequence[Rule]) -> str:
    """The clauses as papers cite them; in English by their numbers."""
    if (get_language() or "vi").startswith("vi"):
        return clauses_of(owed)
    return ", ".join(clause_number(rule) for rule in owed)


def lead_of(matrix: Matrix) -> str:
    """What is true today of the unit and of those below, in sentences; what needs a hand first."""
    return " ".join(words for words in (own_lead(matrix), _lead_below(matrix)) if words)


def _lead_below(matrix: Matrix) -> str:
    units = [unit for group in matrix.groups for unit in group.units]
    if not units:
        return ""
    tally = matrix.tally()
    owing = sum(1 for unit in units if unit.count("missing"))
    parts = [ngettext("%(n)s đơn vị.", "%(n)s đơn vị.", len(units)) % {"n": vnumber(len(units))}]
    if owing:
        parts.append(
            gettext("%(units)s đơn vị còn thiếu %(n)s nội dung.")
            % {"units": vnumber(owing), "n": vnumber(tally["missing"])}
        )
    else:
        parts.append(gettext("Không đơn vị trực thuộc nào còn thiếu nội dung đến hạn."))
    told = [
        f"{vnumber(tally[state])} {said(STATE_NAMES[state])}"
        for state in ("late", "short", "unconfirmed", "hanging", "done")
        if tally[state]
    ]
    if told:
        parts.append(head(", ".join(told)) + ".")
    return " ".join(parts)


def other_periods(span: PeriodSpan, on: dt.date) -> list[tuple[str, str, bool]]:
    """Periods to look at instead: the year, its half-years and quarters so far, the one before."""
    found: dict[str, PeriodSpan] = {}
    for day in {on, previous_day(span, on)}:
        for one in containing(day):
            if one.scheme == "cal" and one.kind in ("quarter", "half_year", "year"):
                found[previous(one).code] = previous(one)
                found[one.code] = one
    found[span.code] = span
    order = {"year": 0, "half_year": 1, "quarter": 2}
    shown = sorted(
        (one for one in found.values() if one.start <= on),
        key=lambda one: (-one.end.year, order.get(one.kind, 3), -one.end.toordinal()),
    )
    return [(one.code, head(period_label(one.code)), one.code == span.code) for one in shown]


def previous_day(span: PeriodSpan, on: dt.date) -> dt.date:
    """A day of the period that is not to come."""
    return min(span.end, on)
