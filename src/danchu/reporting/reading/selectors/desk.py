"""One report on the review desk: its marked text and what was read from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.records.selectors import visible_records
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text
from danchu.reporting.figures.selectors import definitions

from ..checks import disagreements_of
from ..models import Decision, ReadDocument, ReadFigure


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure as read and as decided. ``text`` is its amount as printed here."""

    figure_id: int
    row_version: int
    key: str
    name_vi: str
    name_en: str
    unit_vi: str
    unit_en: str
    text: str
    stated: str
    surface: str
    start: int
    end: int
    approx: bool
    scope: str
    level: str  # high, fair or look: how sure the reader was
    decision: str
    decided_key: str
    decided_text: str
    decided_by: str
    note: str
    no_denominator: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """An achievement, a limitation or a task, in the report's own words."""

    finding_id: int
    kind: str
    surface: str
    start: int
    end: int
    decision: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text; ``figure_ids`` are the figures it belongs to, if any."""

    text: str
    start: int
    figure_ids: tuple[int, ...]
    finding_kind: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Numbers of the text that do not add up; ``figure_ids`` are the figures they belong to."""

    vi: str
    en: str
    figure_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A report with its marked text."""

    record_id: int
    public_id: UUID
    unit_id: int
    title: str
    source_note: str
    unit_as_written: str
    period_code: str
    event_date: dt.date | None
    doc_kind: str
    public: bool
    warnings: tuple[str, ...]
    figures: tuple[FigureView, ...]
    findings: tuple[FindingView, ...]
    segments: tuple[Segment, ...]
    disagreements: tuple[Disagreement, ...]
    file_id: UUID | None
    file_name: str

    @property
    def waiting(self) -> int:
        """How many figures are still to be decided."""
        return sum(f.decision == Decision.PENDING for f in self.figures)


def document(viewer: Actor, public_id: UUID) -> DocumentView:
    """One report with its figures and marked text; ``NotFound`` for who may not see it."""
    row = (
        ReadDocument.objects.select_related("record", "period")
        .filter(record__in=visible_records(viewer, kinds=["reading"]), record__public_id=public_id)
        .filter(record__state="recorded")
        .first()
    )
    if row is None:
        raise NotFound("Không tìm thấy báo cáo này.", "There is no such report.")
    inside = viewer.may("records.read", row.record.unit_id)
    meanings = definitions()
    figures = tuple(
        figure_view(f, meanings, inside=inside)
        for f in row.figures.select_related("decided_by").order_by("start", "position")
        if f.key in meanings  # one whose indicator was retired stays stored
    )
    findings = tuple(
        FindingView(f.pk, f.kind, f.surface, f.start, f.end, f.decision)
        for f in row.findings.order_by("start", "position")
    )
    file = row.record.files.first() if inside else None
    return DocumentView(
        record_id=row.pk,
        public_id=row.record.public_id,
        unit_id=row.record.unit_id,
        title=row.title,
        source_note=row.source_note,
        unit_as_written=row.unit_as_written,
        period_code=row.period.code if row.period else "",
        event_date=row.event_date,
        doc_kind=row.doc_kind,
        public=row.record.visibility == "public",
        warnings=tuple(row.warnings),
        figures=figures,
        findings=findings,
        segments=tuple(_segments(row.text, figures, findings)),
        disagreements=tuple(_disagreement(one, figures) for one in disagreements_of(row)),
        file_id=file.public_id if file else None,
        file_name=file.name if file else "",
    )


def _disagreement(found: Mapping[str, Any], figures: tuple[FigureView, ...]) -> Disagreement:
    spans = found["spans"]
    return Disagreement(
        found["vi"],
        found["en"],
        tuple(
            figure.figure_id
            for figure in figures
            if any(figure.start < end and start < figure.end for start, end in spans)
        ),
    )


def figure_view(
    row: ReadFigure, meanings: Mapping[str, Definition], *, inside: bool = True
) -> FigureView:
    """A figure with its words; ``inside`` shows who decided it."""
    meaning = meanings[row.key]
    decided = meanings.get(row.decided_key) if row.decided_key else None
    return FigureView(
        figure_id=row.pk,
        row_version=row.row_version,
        key=row.key,
        name_vi=meaning.name_vi,
        name_en=meaning.name_en,
        unit_vi=meaning.unit_vi,
        unit_en=meaning.unit_en,
        text=amount_text(meaning, row.amount),
        stated=row.stated,
        surface=row.surface,
        start=row.start,
        end=row.end,
        approx=row.approx,
        scope=row.scope,
        level=("high" if row.confidence >= 800 else "fair" if row.confidence >= 550 else "look"),
        decision=row.decision,
        decided_key=row.decided_key,
        decided_text=(
            amount_text(decided, row.decided_amount)
            if decided is not None and row.decided_amount is not None
            else ""
        ),
        decided_by=row.decided_by.name if inside and row.decided_by else "",
        note=row.decision_note if inside else "",
        no_denominator=meaning.is_rate and row.denominator is None and not meaning.numerator,
    )


def _segments(
    text: str, figures: tuple[FigureView, ...], findings: tuple[FindingView, ...]
) -> list[Segment]:
    """The text cut at every edge of a figure or finding, in order and without gaps."""
    edges = {0, len(text)}
    edges |= {edge for f in figures for edge in (f.start, f.end)}
    edges |= {edge for f in findings for edge in (f.start, f.end)}
    points = sorted(edges)
    return [
        Segment(
            text=text[start:end],
            start=start,
            figure_ids=tuple(f.figure_id for f in figures if f.start <= start and end <= f.end),
            finding_kind=next((f.kind for f in findings if f.start <= start and end <= f.end), ""),
        )
        for start, end in pairwise(points)
    ]
