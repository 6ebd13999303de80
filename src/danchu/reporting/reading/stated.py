"""The layer "stated": figures read from reports and confirmed by a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import F

from danchu.core.calendar.models import Period
from danchu.core.records.models import Record
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.sources import SourceRow

from .models import Decision, ReadDocument, ReadFigure

# Shares of what people answered: satisfied, not harassed, not asked for a bribe.
_ANSWERED = ("satisfaction_", "no_")
# A report without a day comes before the others on either engine; in one report the first
# mention stands.
LATER_STANDS = (F("document__event_date").asc(nulls_first=True), "document_id", "-position")


def rows(unit_ids: Collection[int], period: Period) -> Iterable[tuple[int, SourceRow]]:
    """Decided figures of each unit's reports of the period.

    Where two reports state the same figure the later one stands; both stay to be read. A
    figure limited to a place or field keeps its limit as dimension, so it is never taken for
    the whole.
    """
    standing: dict[tuple[int, str, str], tuple[int, SourceRow]] = {}
    figures = ReadFigure.objects.filter(
        document__record__unit_id__in=unit_ids,
        document__record__state=Record.State.RECORDED,
        period=period,
        decision__in=(Decision.CONFIRMED, Decision.CORRECTED),
    ).order_by(*LATER_STANDS)
    read = figures.values_list(
        "document__record__unit_id", "decided_key", "decided_amount", "decided_scope"
    )
    for unit_id, key, amount, scope in read:
        dimension = scope[:60]
        standing[unit_id, key, dimension] = (
            unit_id,
            SourceRow(
                key,
                CellState.ZERO if amount == 0 else CellState.REPORTED,
                amount,
                dimension,
                sources=1,
            ),
        )
    return standing.values()


def units(period: Period) -> set[int]:
    """Units with a report that says something of the period."""
    of_reports = ReadDocument.objects.filter(period=period).values_list("record__unit_id")
    of_figures = ReadFigure.objects.filter(period=period).values_list("document__record__unit_id")
    return {unit_id for (unit_id,) in of_reports.union(of_figures)}


def asked(unit_id: int, period: Period) -> Collection[int] | None:
    """A report stands for itself: nobody is asked for a part of it."""
    return ()


def lacks_ballots(meaning: Definition, has_whole: bool) -> bool:
    """Whether a share comes without the answers it was taken from.

    Said only of what people answered on a ballot or form; other shares and rises have nothing to
    do with ballots.
    """
    of_answers = meaning.key.startswith(_ANSWERED) and not meaning.key.endswith("_change_pct")
    return of_answers and meaning.is_rate and not has_whole and not meaning.numerator


def words_of(figure: ReadFigure, text: str) -> str:
    """The words a figure rests on: those a person marked, else those that were read."""
    if figure.decided_start is None:
        return figure.surface
    return text[figure.decided_start : figure.decided_end]
