"""The figures of the layer "stated", with the words they were read from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet, Subquery

from danchu.core.accounts.policy import among
from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import PeriodSpan
from danchu.core.contracts import NOBODY, Actor
from danchu.core.prepared import Prepared
from danchu.core.records.selectors import seen_among, seen_faces, visible_records
from danchu.reporting.figures.across import Days
from danchu.reporting.figures.display import amount_text
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.telling import quoted
from danchu.reporting.figures.withholding import NOT_OPEN, withheld

from ..across import held_across
from ..models import Decision, ReadDocument, ReadFigure
from ..stated import LATER_STANDS, lacks_ballots


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure that stands in the layer "stated", with the words it was read from.

    ``stated`` has the report's own digits; where a person corrected what was read, the number
    as corrected.
    """

    key: str
    amount: int
    stated: str
    surface: str
    approx: bool
    no_denominator: bool
    document_id: UUID
    document_title: str
    source_note: str
    figure_id: int
    before: str
    after: str
    public: bool  # whether the report was marked as published


Held = Mapping[str, str]  # indicator -> why its number is held back


class OpenStated(NamedTuple):
    """What a viewer is told of the figures stated of one unit and period.

    ``held``: indicator -> why its number is held back, empty for who may read all of it.
    """

    told: Mapping[str, StatedFigure]
    held: Held


def stated_figures(viewer: Actor, unit_id: int, period: Period) -> dict[str, StatedFigure]:
    """Figures of the unit's reports of a period that count, by indicator, with their words.

    Here and in the functions beside it: who may not read the unit's figures is told no number
    that is held back outside, and no words that could tell one.
    """
    return stated_of(viewer, [unit_id], period)[unit_id]


def stated_of(
    viewer: Actor, unit_ids: Sequence[int], period: Period
) -> dict[int, dict[str, StatedFigure]]:
    """The same for many units at once, in as many queries as for one."""
    rows = _stated_rows(sorted(set(unit_ids)), period)
    told = _as_stated(viewer, unit_ids, rows, Days(period.start, period.end))
    return {unit_id: dict(one.told) for unit_id, one in told.items()}


def stated_over_time(
    viewer: Actor, unit_ids: Sequence[int], keys: Sequence[str]
) -> dict[tuple[int, int, str], StatedFigure]:
    """(unit, period, key) -> the figure that counts, over all periods; one query for the rows."""
    rows = (
        _standing(unit_ids)
        .filter(decided_key__in=keys, period__isnull=False)
        .values_list("period_id", *_STATED_COLUMNS)
    )
    by_period: dict[int, list[_StatedRow]] = {}
    for period_id, *row in rows:
        by_period.setdefault(period_id, []).append(_StatedRow._make(row))
    everything = [row for found in by_period.values() for row in found]
    seen = seen_among(viewer, ((row.record_id, row.visibility, row.unit_id) for row in everything))
    held = held_over_time(viewer, {row.unit_id for row in everything})
    return {
        (unit, period_id, key): without_telling(figure, held.get((unit, period_id), {}))
        for period_id, found in by_period.items()
        for unit, figures in _told(found, unit_ids, seen).items()
        for key, figure in figures.items()
        if key not in held.get((unit, period_id), ())
    }


def held_over_time(viewer: Actor, unit_ids: Collection[int]) -> dict[tuple[int, int], Held]:
    """(unit, period) -> what the viewer is not told of all that is stated, where there is any.

    No texts are read. Empty for units whose figures the viewer may read.
    """
    outside = set(unit_ids) - (among(viewer, "figures.read", unit_ids) if unit_ids else set())
    if not outside:
        return {}
    rows = _standing(sorted(outside)).filter(period__isnull=False)
    amounts: dict[tuple[int, int], dict[str, int]] = {}
    days: dict[int, Days] = {}
    for unit, period, start, end, key, amount in rows.values_list(
        "document__record__unit_id",
        "period_id",
        "period__start",
        "period__end",
        "decided_key",
        "decided_amount",
    ):
        if amount is not None and period is not None:
            amounts.setdefault((unit, period), {})[key] = amount
            days[period] = Days(start, end)
    across = held_across({unit for unit, _period in amounts})
    return {
        (unit, period): held
        for (unit, period), told in amounts.items()
        if (held := held_back(told, across.get((unit, days[period]), {})))
    }


def newest_stated(viewer: Actor, unit_id: int) -> tuple[PeriodSpan, OpenStated] | None:
    """The newest period of which a figure of the unit's reports counts, and those figures."""
    rows = _NEWEST_STATED.rows(unit_id, seen_faces(viewer, unit_id))
    if not rows:
        return None
    figures = [_StatedRow._make(row[:-5]) for row in rows]
    span = PeriodSpan(*rows[0][-5:])
    return span, _as_stated(viewer, [unit_id], figures, Days(span.start, span.end))[unit_id]


def open_stated(viewer: Actor, unit_id: int, period: Period) -> OpenStated:
    """What is told of the unit's reports of a period, and what is held back."""
    rows = _stated_rows([unit_id], period)
    days = Days(period.start, period.end)
    return _as_stated(viewer, [unit_id], rows, days)[unit_id]


def _stated_rows(unit_ids: Sequence[int], period: Period) -> list[_StatedRow]:
    """The figures, with the title and text of a document read once for all of them."""
    found = _STATED.rows(unit_ids, period.pk)
    documents = {
        pk: (event_date, words)
        for pk, event_date, *words in _DOCUMENTS.rows(sorted({row[0] for row in found}))
    }
    rows = [_StatedRow(*row[:4], *documents[row[0]][1], *row[4:]) for row in found]
    rows.sort(key=lambda row: documents[row.record_id][0] or dt.date.min)  # as LATER_STANDS
    return rows


def _as_stated(
    viewer: Actor, unit_ids: Sequence[int], rows: Sequence[_StatedRow], days: Days
) -> dict[int, OpenStated]:
    seen = seen_among(viewer, ((row.record_id, row.visibility, row.unit_id) for row in rows))
    return _open(viewer, _told(rows, unit_ids, seen), days)


def _open(
    viewer: Actor, known: Mapping[int, Mapping[str, StatedFigure]], days: Days
) -> dict[int, OpenStated]:
    """unit -> what is told of it; ``known``: all that is stated of one period."""
    outside = {unit_id for unit_id, figures in known.items() if figures}
    if outside and viewer is not NOBODY:
        outside -= among(viewer, "figures.read", sorted(outside))
    across = held_across(outside)
    found = {}
    for unit_id, figures in known.items():
        hidden: Held = {}
        if unit_id in outside:
            amounts = {key: one.amount for key, one in figures.items()}
            hidden = held_back(amounts, across.get((unit_id, days), {}))
        told = {
            key: without_telling(figure, hidden)
            for key, figure in figures.items()
            if key not in hidden
        }
        found[unit_id] = OpenStated(told, hidden)
    return found


def held_back(amounts: Mapping[str, int], across: Held) -> Held:
    """What is held back outside, by all the amounts stated of one unit and period.

    ``across``: what is held back for what other units and periods state (``held_across``).
    """
    meanings = definitions()
    told = {key: one for key, one in amounts.items() if key in meanings and key not in NOT_OPEN}
    found = withheld(meanings, told, across)
    return {key: why for key, why in found.items() if key in told}


def without_telling(figure: StatedFigure, hidden: Held) -> StatedFigure:
    """A told figure without the words that could tell one of the hidden."""
    if not hidden:
        return figure
    return replace(
        figure,
        surface=quoted(figure.surface, hidden, own=1),
        before=quoted(figure.before, hidden),
        after=quoted(figure.after, hidden),
        document_title=quoted(figure.document_title, hidden),
        source_note=quoted(figure.source_note, hidden),
    )


def _told(
    rows: Sequence[_StatedRow], unit_ids: Sequence[int], seen: set[int]
) -> dict[int, dict[str, StatedFigure]]:
    meanings = definitions()
    found: dict[int, dict[str, StatedFigure]] = {unit_id: {} for unit_id in unit_ids}
    for row in rows:
        meaning = meanings.get(row.decided_key)
        if row.record_id not in seen or meaning is None or row.decided_amount is None:
            continue
        as_read = (row.decided_key, row.decided_amount) == (row.key, row.amount)
        start, end = row.span
        found[row.unit_id][row.decided_key] = StatedFigure(
            key=row.decided_key,
            amount=row.decided_amount,
            stated=row.stated if as_read else amount_text(meaning, row.decided_amount),
            surface=row.text[start:end],
            approx=row.approx,
            no_denominator=lacks_ballots(meaning, row.denominator is not None),
            document_id=row.document_id,
            document_title=row.title,
            source_note=row.source_note,
            figure_id=row.figure_id,
            before=_words_before(row.text, start),
            after=_words_after(row.text, end),
            public=row.visibility == "public",
        )
    return found


class _StatedRow(NamedTuple):
    """A decided figure beside its document, as :data:`_STATED` reads them."""

    record_id: int
    visibility: str
    unit_id: int
    document_id: UUID
    title: str
    source_note: str
    text: str
    figure_id: int
    decided_key: str
    decided_amount: int | None
    key: str
    amount: int
    denominator: int | None
    stated: str
    surface: str
    approx: bool
    start: int
    end: int
    decided_start: int | None
    decided_end: int | None

    @property
    def span(self) -> tuple[int, int]:
        """Where its words stand: those a person marked, else those that were read."""
        if self.decided_start is None or self.decided_end is None:
            return self.start, self.end
        return self.decided_start, self.decided_end


def _standing(unit_ids: Sequence[int]) -> QuerySet[ReadFigure]:
    """The figures of these units' reports that count, a later one after an earlier."""
    return ReadFigure.objects.filter(
        document__record__unit_id__in=unit_ids,
        document__record__kind="reading",  # known, but it leads the database to the right index
        document__record__state="recorded",
        decision__in=(Decision.CONFIRMED, Decision.CORRECTED),
        decided_scope="",
    ).order_by(*LATER_STANDS)


_OF_RECORD = (
    "document__record_id",
    "document__record__visibility",
    "document__record__unit_id",
    "document__record__public_id",
)
_OF_FIGURE = ("pk", *_StatedRow._fields[8:])
_WORDS = ("title", "source_note", "text")
_STATED_COLUMNS = (*_OF_RECORD, *(f"document__{name}" for name in _WORDS), *_OF_FIGURE)
_STATED = Prepared(
    lambda unit_ids, period_id: (
        _standing(unit_ids)
        .filter(period_id=period_id)
        .order_by("document_id", "-position")
        .values_list(*_OF_RECORD, *_OF_FIGURE)
    )
)
_DOCUMENTS = Prepared(
    lambda ids: ReadDocument.objects.filter(pk__in=ids).values_list("pk", "event_date", *_WORDS)
)


def _newest(unit_id: int, faces: Sequence[str]) -> QuerySet[ReadFigure, Any]:
    figures = _standing([unit_id]).filter(document__record__visibility__in=faces)
    newest = (
        figures.filter(period__isnull=False)
        .order_by("-period__end", "-period__start", "-period_id")
        .values("period_id")[:1]
    )
    return figures.filter(period_id=Subquery(newest)).values_list(
        *_STATED_COLUMNS,
        "period__code",
        "period__scheme__code",
        "period__kind",
        "period__start",
        "period__end",
    )


_NEWEST_STATED = Prepared(_newest)


def keys_with_stated(viewer: Actor, unit_id: int) -> set[str]:
    """The indicators of which a figure stands in the unit's reports that the viewer may see."""
    rows = ReadFigure.objects.filter(
        document__record__in=visible_records(viewer, unit_id=unit_id, kinds=["reading"]),
        document__record__state="recorded",
        decision__in=(Decision.CONFIRMED, Decision.CORRECTED),
        period__isnull=False,
    )
    held = held_over_time(viewer, [unit_id])
    known = rows.values_list("period_id", "decided_key").distinct()
    return {key for period, key in known if key not in held.get((unit_id, period or 0), ())}


def keys_stated_among(viewer: Actor, unit_ids: Collection[int]) -> set[str]:
    """The same of many units at once, in as many queries as for one."""
    rows = ReadFigure.objects.filter(
        document__record__in=visible_records(viewer, kinds=["reading"]),
        document__record__unit_id__in=unit_ids,
        document__record__state="recorded",
        decision__in=(Decision.CONFIRMED, Decision.CORRECTED),
        decided_scope="",
        period__isnull=False,
    )
    held = held_over_time(viewer, unit_ids)
    known = rows.values_list("document__record__unit_id", "period_id", "decided_key").distinct()
    return {key for unit, period, key in known if key not in held.get((unit, period or 0), ())}


def periods_with_stated(viewer: Actor, unit_id: int) -> list[Period]:
    """Periods of the unit's reports that the viewer may see and of which a figure stands."""
    rows = ReadFigure.objects.filter(
        document__record__in=visible_records(viewer, unit_id=unit_id, kinds=["reading"]),
        document__record__state="recorded",
        decision__in=(Decision.CONFIRMED, Decision.CORRECTED),
    )
    periods = Period.objects.filter(pk__in=rows.values("period_id"))
    return list(periods.select_related("scheme").order_by("-end", "-start"))


AROUND = 160  # characters shown on either side of the words of a figure


def _words_before(text: str, start: int) -> str:
    """What stands before, from a whole word on."""
    first = max(0, start - AROUND)
    cut = text[first:start]
    return cut if first == 0 or " " not in cut else cut[cut.index(" ") + 1 :]


def _words_after(text: str, end: int) -> str:
    """What stands after, up to a whole word."""
    cut = text[end : end + AROUND]
    return cut if end + AROUND >= len(text) or " " not in cut else cut[: cut.rindex(" ")]
