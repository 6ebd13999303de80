"""Reading what was read: documents, their marked text, and the figures that stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Window

from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import PeriodSpan
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.prepared import Prepared
from danchu.core.records.selectors import seen_among, seen_faces, visible_records
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text
from danchu.reporting.figures.selectors import definitions

from .checks import disagreements_of
from .models import Decision, ReadDocument, ReadFigure, ReadFinding
from .stated import LATER_STANDS


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


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A report in a list."""

    public_id: UUID
    title: str
    unit_id: int
    period_code: str
    event_date: dt.date | None
    figures: int
    waiting: int


def documents(
    viewer: Actor, *, unit_id: int | None = None, limit: int = 50, offset: int = 0
) -> tuple[list[DocumentLine], int]:
    """Reports taken in that the viewer may see, newest first, and how many there are."""
    records = visible_records(viewer, unit_id=unit_id, kinds=["reading"])
    if unit_id is not None:
        rows = ReadDocument.objects.filter(record__in=records)
    else:  # reports are few beside all records: they are gone through, not the records
        rows = ReadDocument.objects.filter(Exists(records.filter(pk=OuterRef("pk"))))
    rows = rows.filter(record__state="recorded")
    newest = rows.order_by("-record__created_at", "-record_id").values_list(*_LINE)
    shown = list(newest.annotate(total=Window(Count("*")))[offset : offset + limit])
    total = shown[0][-1] if shown else rows.count() if offset else 0
    return _lines([row[:-1] for row in shown]), total


def _lines(rows: Sequence[tuple[Any, ...]]) -> list[DocumentLine]:
    """A line for each report. The figures are counted for these alone, and no text is read."""
    counts = {
        document: (figures, waiting)
        for document, figures, waiting in _COUNTS.rows([row[0] for row in rows])
    }
    return [
        DocumentLine(public_id, title, unit_id, code or "", day, *counts.get(pk, (0, 0)))
        for pk, public_id, title, unit_id, code, day in rows
    ]


_LINE = ("pk", "record__public_id", "title", "record__unit_id", "period__code", "event_date")
_COUNTS = Prepared(
    lambda documents: (
        ReadFigure.objects.filter(document__in=documents)
        .values_list("document_id")
        .annotate(n=Count("pk"), waiting=Count("pk", filter=Q(decision=Decision.PENDING)))
    )
)


def waiting_documents(viewer: Actor, unit_id: int, limit: int = 5) -> list[DocumentLine]:
    """Reports of one unit with figures still to be decided; nothing for who may not read it."""
    if not viewer.may("records.read", unit_id):
        return []
    return _lines(_waiting(limit).rows(unit_id))


@cache
def _waiting(limit: int) -> Prepared:
    pending = ReadFigure.objects.filter(document=OuterRef("pk"), decision=Decision.PENDING)
    return Prepared(
        lambda unit_id: (
            ReadDocument.objects.filter(
                Exists(pending),
                record__unit_id=unit_id,
                record__kind="reading",  # known, but it leads the database to the right index
                record__state="recorded",
            )
            .order_by("record_id")
            .values_list(*_LINE)[:limit]
        )
    )


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


def stated_figures(viewer: Actor, unit_id: int, period: Period) -> dict[str, StatedFigure]:
    """Figures of the unit's reports of a period that count, by indicator, with their words."""
    return stated_of(viewer, [unit_id], period)[unit_id]


def stated_of(
    viewer: Actor, unit_ids: Sequence[int], period: Period
) -> dict[int, dict[str, StatedFigure]]:
    """The same for many units at once, in as many queries as for one."""
    rows = [_StatedRow._make(row) for row in _STATED.rows(sorted(set(unit_ids)), period.pk)]
    return _as_stated(viewer, unit_ids, rows)


def stated_over_time(
    viewer: Actor, unit_ids: Sequence[int], keys: Sequence[str]
) -> dict[tuple[int, int, str], StatedFigure]:
    """(unit, period, key) -> the figure that counts, over all periods; one query for the rows."""
    rows = (
        _standing(unit_ids)
        .filter(decided_key__in=keys, document__period__isnull=False)
        .values_list("document__period_id", *_STATED_COLUMNS)
    )
    by_period: dict[int, list[_StatedRow]] = {}
    for period_id, *row in rows:
        by_period.setdefault(period_id, []).append(_StatedRow._make(row))
    everything = [row for found in by_period.values() for row in found]
    seen = seen_among(viewer, ((row.record_id, row.visibility, row.unit_id) for row in everything))
    return {
        (unit, period_id, key): figure
        for period_id, found in by_period.items()
        for unit, figures in _told(found, unit_ids, seen).items()
        for key, figure in figures.items()
    }


def newest_stated(viewer: Actor, unit_id: int) -> tuple[PeriodSpan, dict[str, StatedFigure]] | None:
    """The newest period of which a figure of the unit's reports counts, and those figures."""
    rows = _NEWEST_STATED.rows(unit_id, seen_faces(viewer, unit_id))
    if not rows:
        return None
    figures = [_StatedRow._make(row[:-5]) for row in rows]
    return PeriodSpan(*rows[0][-5:]), _as_stated(viewer, [unit_id], figures)[unit_id]


def _as_stated(
    viewer: Actor, unit_ids: Sequence[int], rows: Sequence[_StatedRow]
) -> dict[int, dict[str, StatedFigure]]:
    seen = seen_among(viewer, ((row.record_id, row.visibility, row.unit_id) for row in rows))
    return _told(rows, unit_ids, seen)


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
        found[row.unit_id][row.decided_key] = StatedFigure(
            key=row.decided_key,
            amount=row.decided_amount,
            stated=row.stated if as_read else amount_text(meaning, row.decided_amount),
            surface=row.surface,
            approx=row.approx,
            no_denominator=meaning.is_rate and row.denominator is None and not meaning.numerator,
            document_id=row.document_id,
            document_title=row.title,
            source_note=row.source_note,
            figure_id=row.figure_id,
            before=_words_before(row.text, row.start),
            after=_words_after(row.text, row.end),
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


def _standing(unit_ids: Sequence[int]) -> QuerySet[ReadFigure]:
    """The figures of these units' reports that count, a later one after an earlier."""
    return ReadFigure.objects.filter(
        document__record__unit_id__in=unit_ids,
        document__record__kind="reading",  # known, but it leads the database to the right index
        document__record__state="recorded",
        decision__in=(Decision.CONFIRMED, Decision.CORRECTED),
        scope="",
    ).order_by(*LATER_STANDS)


_STATED_COLUMNS = (
    "document__record_id",
    "document__record__visibility",
    "document__record__unit_id",
    "document__record__public_id",
    "document__title",
    "document__source_note",
    "document__text",
    "pk",
    *_StatedRow._fields[8:],
)
_STATED = Prepared(
    lambda unit_ids, period_id: (
        _standing(unit_ids).filter(document__period_id=period_id).values_list(*_STATED_COLUMNS)
    )
)


def _newest(unit_id: int, faces: Sequence[str]) -> QuerySet[ReadFigure, Any]:
    figures = _standing([unit_id]).filter(document__record__visibility__in=faces)
    newest = (
        figures.filter(document__period__isnull=False)
        .order_by("-document__period__end", "-document__period__start", "-document__period_id")
        .values("document__period_id")[:1]
    )
    return figures.filter(document__period_id=Subquery(newest)).values_list(
        *_STATED_COLUMNS,
        "document__period__code",
        "document__period__scheme__code",
        "document__period__kind",
        "document__period__start",
        "document__period__end",
    )


_NEWEST_STATED = Prepared(_newest)


def periods_with_stated(viewer: Actor, unit_id: int) -> list[Period]:
    """Periods of the unit's reports that the viewer may see and of which a figure stands."""
    rows = ReadFigure.objects.filter(
        document__record__in=visible_records(viewer, unit_id=unit_id, kinds=["reading"]),
        document__record__state="recorded",
        decision__in=(Decision.CONFIRMED, Decision.CORRECTED),
    )
    periods = Period.objects.filter(pk__in=rows.values("document__period_id"))
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


def findings_of(viewer: Actor, unit_id: int, period: Period) -> dict[str, list[str]]:
    """Findings of the unit's reports of a period that were kept, by kind, in their own words."""
    records = visible_records(viewer, unit_id=unit_id, kinds=["reading"])
    rows = ReadFinding.objects.filter(
        document__record__in=records,
        document__record__state="recorded",
        document__period=period,
        decision=Decision.CONFIRMED,
    ).order_by("document_id", "start")
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row.surface)
    return found


def sources_of(viewer: Actor, unit_id: int, period: Period) -> list[tuple[UUID, str, str]]:
    """Reports of the period the viewer may see: public id, title, where it was published."""
    records = visible_records(viewer, unit_id=unit_id, kinds=["reading"])
    rows = ReadDocument.objects.filter(
        record__in=records, record__state="recorded", period=period
    ).select_related("record")
    return [(row.record.public_id, row.title, row.source_note) for row in rows]
