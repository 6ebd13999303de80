"""A report that was taken in, read once more: for checks that need what is not kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.records.selectors import visible_records

from .extraction import Reading, read_text
from .models import Decision, ReadDocument

_STANDS = (Decision.PENDING, Decision.CONFIRMED)


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """Where a figure of the report stands; ``stands``: nobody rejected or corrected it."""

    figure_id: int
    start: int
    end: int
    stands: bool

    def holds(self, span: tuple[int, int]) -> bool:
        """Whether the figure and a span of the text overlap."""
        return self.start < span[1] and span[0] < self.end


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """A report as reading takes it today."""

    unit_id: int
    period: Period | None
    text: str
    reading: Reading
    figures: tuple[FigurePlace, ...]


def reading_again(viewer: Actor, public_id: UUID) -> ReadAgain:
    """The report with this public id; ``NotFound`` for who may not see it."""
    row = (
        ReadDocument.objects.select_related("record", "period__scheme")
        .filter(record__in=visible_records(viewer, kinds=["reading"]), record__public_id=public_id)
        .filter(record__state="recorded")
        .first()
    )
    if row is None:
        raise NotFound("Không tìm thấy báo cáo này.", "There is no such report.")
    columns = ("pk", "start", "end", "decision")
    return ReadAgain(
        unit_id=row.record.unit_id,
        period=row.period,
        text=row.text,
        reading=read_text(row.text, row.title),
        figures=tuple(
            FigurePlace(pk, start, end, decision in _STANDS)
            for pk, start, end, decision in row.figures.values_list(*columns)
        ),
    )
