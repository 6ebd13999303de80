"""The matrix of clauses as its templates take it: rows of cells, words of what is true today.

A page has some hundred cells. They are put together of few pieces made by ``format_html``: a
template tag for each would take longer than everything else of the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from danchu.civic.disclosure.clause_states import (
    CLAUSE_STATES,
    STATE_NAMES,
    ClauseState,
    clause_number,
)
from danchu.civic.disclosure.selectors import Below, Matrix, MatrixGroup, MatrixUnit, Reminded
from danchu.core.calendar.periods import PeriodSpan, containing, previous
from danchu.core.law.catalog import Rule
from danchu.core.law.citing import clauses_of
from danchu.web.design.templatetags.danchu import head, tag_state, vnumber

from .law_words import rule_title, said, unit_kind_name
from .periods import plain_label

_HEAD_LETTERS = 46  # of a title that stand over a column; the whole stands under the table
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
    n_new: int = 0  # of n_missing those nobody was reminded of


@dataclass(frozen=True)
class GroupShown:
    """One table. ``rows``: as markup; none where its units are on another page."""

    kind: str
    name: str
    number: int
    columns: tuple[ColumnShown, ...]
    names: SafeString
    rows: tuple[SafeString, ...]

    @property
    def reminds(self) -> bool:
        """Whether a reminder stands below the head of some column."""
        return any(column.n_missing and column.remind for column in self.columns)


def group_shown(
    group: MatrixGroup,
    *,
    own: bool = False,
    reminded: Reminded | None = None,
    period: str = "",
) -> GroupShown:
    """A group as a table; ``own``: of the unit itself, each clause of which can be opened.
    ``reminded``: of what its units are reminded; None where the viewer reminds nobody."""
    columns = columns_of(group.rules, group.columns, reminded=reminded)
    opens = frozenset(CLAUSE_STATES) if own else NEEDS_TO_BE_OPENED
    cells = _Cells(columns, opens=opens, language=get_language() or "vi")
    return GroupShown(
        group.kind,
        head(unit_kind_name(group.kind)),
        group.number,
        columns,
        names_of(columns),
        tuple(
            _row(unit, cells, "" if own else period, _owed_by(unit, group.rules, reminded))
            for unit in group.units
        ),
    )


def columns_of(
    rules: Sequence[Rule],
    sums: Sequence[Mapping[ClauseState, int]] = (),
    *,
    reminded: Reminded | None = None,
) -> tuple[ColumnShown, ...]:
    """Clauses as heads of columns; ``sums``: by clause, how many units stand how."""
    return tuple(
        ColumnShown(
            rule,
            clause_number(rule),
            _shortened(rule_title(rule)),
            rule_title(rule),
            rule.can_fail,
            sums[place].get("missing", 0) if sums else 0,
            f"nhac/?khoan={rule.key}" if reminded is not None else "",
            max(0, sums[place].get("missing", 0) - reminded.of_rule(rule.key))
            if sums and reminded is not None
            else 0,
        )
        for place, rule in enumerate(rules)
    )


def _owed_by(unit: MatrixUnit, rules: Sequence[Rule], reminded: Reminded | None) -> tuple[int, int]:
    """How many clauses a unit lacks, and of how many of them nobody reminded it."""
    if reminded is None:
        return 0, 0
    told = reminded.of_unit(unit.id)
    owed = [
        rule.key for rule, cell in zip(rules, unit.cells, strict=True) if cell.state == "missing"
    ]
    return len(owed), sum(key not in told for key in owed)


def names_of(columns: Sequence[ColumnShown]) -> SafeString:
    """The whole names of the clauses, as items of a list."""
    language = get_language() or "vi"
    return format_html_join(
        "", "{}", ((_name(one.number, one.title, one.can_fail, language),) for one in columns)
    )


@lru_cache(maxsize=1024)
def _name(number: str, title: str, can_fail: bool, _language: str) -> SafeString:
    if can_fail:
        return format_html("<li><b>{}</b> {}</li>", number, title)
    return format_html(
        '<li><b>{}</b> {} <span class="hint">({})</span></li>',
        number,
        title,
        gettext("chưa xác nhận quy tắc: muộn, thiếu chỉ để nhắc, không gửi"),
    )


@lru_cache(maxsize=1024)
def _shortened(title: str) -> str:
    if len(title) <= _HEAD_LETTERS:
        return title
    return title[:_HEAD_LETTERS].rpartition(" ")[0].rstrip(" ,;") + "…"


# What a hand or a look is needed for. The others are opened from the unit's own matrix: fifteen
# hundred links are of no use to anybody at a keyboard.
NEEDS_TO_BE_OPENED: frozenset[ClauseState] = frozenset(
    {"missing", "late", "short", "unconfirmed", "hanging"}
)
_CODE = "{0}"  # where the unit's code comes into the form of a row


def _row(unit: MatrixUnit, cells: _Cells, period: str, owed: tuple[int, int]) -> SafeString:
    """A row: the unit's name, which leads to its own matrix, a reminder, a cell for each clause."""
    return format_html(
        _head_form(period, *owed, get_language() or "vi") + cells.form(unit),
        unit.code,
        head(unit.name),
        unit.name,
    )


@lru_cache(maxsize=256)
def _head_form(period: str, owed: int, new: int, _language: str) -> str:
    """The head of a row. ``period`` "": of the unit whose page it is; ``new``: not reminded of."""
    if not period:
        return format_html("<tr><th scope=row>{}</th>", "{1}")
    form = format_html('<tr><th scope=row><a href="../../{}/{}/">{}</a>', _CODE, period, "{1}")
    if owed:
        form += format_html(
            ' <a class=nhac href="nhac/?don-vi={}">{}<span class=vh> {}</span></a>',
            _CODE,
            ngettext("Nhắc %(n)s", "Nhắc %(n)s", new) % {"n": new} if new else gettext("đã nhắc"),
            "{2}",
        )
    return format_html("{}</th>", form)


class _Cells:
    """Puts the form of a row together of pieces that are kept.

    Addresses are told from the page's own, end tags that HTML does not need are left out: fifteen
    hundred cells of a page for printing have to stay within 150 kB.
    """

    def __init__(
        self, columns: Sequence[ColumnShown], *, opens: frozenset[ClauseState], language: str
    ) -> None:
        self._pieces = [
            {
                state: _piece(one.number, one.short, one.rule.key, state, state in opens, language)
                for state in CLAUSE_STATES
            }
            for one in columns
        ]

    def form(self, unit: MatrixUnit) -> str:
        """The cells of a unit; its code is still to come in."""
        pieces = self._pieces
        return "".join([pieces[place][cell.state] for place, cell in enumerate(unit.cells)])


@lru_cache(maxsize=4096)
def _piece(
    number: str, name: str, key: str, state: ClauseState, opens: bool, _language: str
) -> str:
    words = head(_word(state))
    if not opens:
        return format_html("<td class=m-{}>{}", state, words)
    # On a phone there are no heads of columns: each cell tells its clause, and the cells without
    # one are left out (pages/matrix.css).
    return format_html(
        '<td class=m-{} data-k={} data-n="{}"><a href="{}/{}/">{}</a>',
        *(state, number, name, _CODE, key, words),
    )


def _word(state: ClauseState) -> str:
    # Which rule is not confirmed stands over the column.
    return gettext("Chưa xác nhận").lower() if state == "unconfirmed" else said(STATE_NAMES[state])


def through_shown(matrix: Matrix) -> list[SafeString]:
    """The units that are looked through as rows, with a cell for every clause of communes."""
    clauses = [(clause_number(rule), _shortened(rule_title(rule))) for rule in matrix.clauses]
    language = get_language() or "vi"
    form = format_html(
        '<tr><th scope=row><a href="../../{}/{}/">{}</a> <span class=hint>{}</span></th>',
        _CODE,
        matrix.span.code,
        "{1}",
        "{2}",
    )
    return [
        format_html(
            form + _sum_cells(one, clauses, language),
            one.code,
            head(one.name),
            _communes(one.communes, language),
        )
        for one in matrix.others
        if one.columns is not None
    ]


@lru_cache(maxsize=1024)
def _communes(number: int, _language: str) -> str:
    return ngettext("%(n)s xã, phường", "%(n)s xã, phường", number) % {"n": vnumber(number)}


_FAILING: tuple[ClauseState, ...] = ("missing", "late", "short", "unconfirmed")


def _sum_cells(one: Below, clauses: Sequence[tuple[str, str]], language: str) -> str:
    return "".join(
        [
            _sum_cell(
                clause,
                one.communes,
                tuple([(state, column[state]) for state in _FAILING if state in column]),
                language,
            )
            for clause, column in zip(clauses, one.columns or (), strict=True)
        ]
    )


@lru_cache(maxsize=8192)
def _sum_cell(
    clause: tuple[str, str],
    communes: int,
    told: tuple[tuple[ClauseState, int], ...],
    _language: str,
) -> SafeString:
    """How many communes of all need which hand; "0" where none does."""
    if not told:
        return format_html("<td class=m-none>{}", 0)
    words = format_html_join(
        ", ",
        "<b>{}/{}</b> {}",
        ((vnumber(n), vnumber(communes), _word(state)) for state, n in told),
    )
    return format_html('<td class=m-{} data-k={} data-n="{}">{}', told[0][0], *clause, words)


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
    number = matrix.number
    if not number:
        return ""
    tally = matrix.tally()
    parts = [ngettext("%(n)s đơn vị.", "%(n)s đơn vị.", number) % {"n": vnumber(number)}]
    if matrix.owing:
        owed = tally["missing"]
        contents = ngettext("%(n)s nội dung", "%(n)s nội dung", owed) % {"n": vnumber(owed)}
        parts.append(
            ngettext(
                "%(units)s đơn vị còn thiếu %(contents)s.",
                "%(units)s đơn vị còn thiếu %(contents)s.",
                matrix.owing,
            )
            % {"units": vnumber(matrix.owing), "contents": contents}
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
    return [
        (one.code, head(plain_label(one.code)), one.code == span.code) for one in _offered(span, on)
    ]


@lru_cache(maxsize=256)
def _offered(span: PeriodSpan, on: dt.date) -> tuple[PeriodSpan, ...]:
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
    return tuple(shown)


def previous_day(span: PeriodSpan, on: dt.date) -> dt.date:
    """A day of the period that is not to come."""
    return min(span.end, on)
