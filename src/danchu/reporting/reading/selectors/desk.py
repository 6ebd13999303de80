"""One report on the review desk: its marked text and what was read from it."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar
from uuid import UUID

from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.records.selectors import visible_records
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text
from danchu.reporting.figures.selectors import definitions

from ..checks import disagreements_of
from ..models import Decision, ReadDocument, ReadFigure
from ..stated import lacks_ballots, words_of
from ..together import LEVELS, above, contradicting, one_by_one
from .documents import told_documents


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
    confidence: int  # thousandths
    level: str  # high, fair or look: how sure the reader was
    by_hand: bool
    decision: str
    decided_key: str
    decided_name_vi: str
    decided_name_en: str
    decided_text: str
    decided_scope: str
    decided_words: str  # other words that a person marked
    decided_by: str
    period_code: str
    own_period: bool
    note: str
    no_denominator: bool
    contradicted: bool
    alone: bool  # never accepted with others
    before: str  # the sentence around its words
    after: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """An achievement, a limitation or a task, in the report's own words."""

    finding_id: int
    kind: str
    surface: str
    start: int
    end: int
    decision: str


_Marked = TypeVar("_Marked", FigureView, FindingView)


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
class Choice:
    """A level of confidence (thousandths): how many figures it takes, how many then stay."""

    level: int
    count: int
    left: int


@dataclass(frozen=True, slots=True)
class LastAct:
    """The newest act of accepting that can still be taken back, and how many it holds."""

    act: UUID
    count: int


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
    closed: bool
    choices: tuple[Choice, ...]
    last_act: LastAct | None

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
    told = told_documents(viewer, row.record.unit_id, ReadDocument.objects.filter(pk=row.pk))
    if not inside and not told.exists():
        raise NotFound("Không tìm thấy báo cáo này.", "There is no such report.")
    meanings = definitions()
    rows = [
        f
        for f in row.figures.select_related("decided_by", "period").order_by("start", "position")
        if f.key in meanings  # one whose indicator was retired stays stored
    ]
    wrong = disagreements_of(row)
    contradicted, alone = contradicting(rows), one_by_one(rows, wrong)
    figures = tuple(
        figure_view(
            f,
            meanings,
            row.text,
            inside=inside,
            contradicted=f.pk in contradicted,
            alone=f.pk in alone,
        )
        for f in rows
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
        disagreements=tuple(_disagreement(one, figures) for one in wrong),
        file_id=file.public_id if file else None,
        file_name=file.name if file else "",
        closed=row.closed_at is not None,
        choices=tuple(_choices(rows, alone)),
        last_act=_last_act(rows),
    )


def _choices(rows: Sequence[ReadFigure], alone: set[int]) -> Iterator[Choice]:
    """The levels that take something; of those that take the same the highest."""
    waiting = sum(f.decision == Decision.PENDING for f in rows)
    by_count: dict[int, int] = {}
    for level in LEVELS:  # from the surest down
        by_count.setdefault(len(above(rows, level, alone)), level)
    for count, level in sorted(by_count.items()):
        if count:
            yield Choice(level, count, waiting - count)


def _last_act(rows: Sequence[ReadFigure]) -> LastAct | None:
    acts = [(f.decided_at, f.accepted_in) for f in rows if f.accepted_in and f.decided_at]
    if not acts:
        return None
    newest = max(acts)[1]
    return LastAct(newest, sum(f.accepted_in == newest for f in rows))


def _disagreement(found: Mapping[str, Any], figures: tuple[FigureView, ...]) -> Disagreement:
    spans = found["spans"]
    if not spans:
        return Disagreement(found["vi"], found["en"], ())
    # Figures stand in the order of the text; beyond the last number none belongs to it.
    last = bisect_left(figures, max(end for _, end in spans), key=lambda figure: figure.start)
    first = bisect_left(figures, min(spans)[0] - _LONGEST, 0, last, key=lambda figure: figure.start)
    return Disagreement(
        found["vi"],
        found["en"],
        tuple(
            figure.figure_id
            for figure in figures[first:last]
            if any(figure.start < end and start < figure.end for start, end in spans)
        ),
    )


def figure_view(
    row: ReadFigure,
    meanings: Mapping[str, Definition],
    text: str,
    *,
    inside: bool,
    contradicted: bool,
    alone: bool,
) -> FigureView:
    """A figure with its words; ``inside`` shows who decided it."""
    meaning = meanings[row.key]
    decided = meanings.get(row.decided_key) if row.decided_key else None
    before, after = _sentence(text, row.start, row.end)
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
        confidence=row.confidence,
        level=("high" if row.confidence >= 900 else "fair" if row.confidence >= 550 else "look"),
        by_hand=row.by_hand,
        decision=row.decision,
        decided_key=row.decided_key,
        decided_name_vi=decided.name_vi if decided else "",
        decided_name_en=decided.name_en if decided else "",
        decided_text=(
            amount_text(decided, row.decided_amount)
            if decided is not None and row.decided_amount is not None
            else ""
        ),
        decided_scope=row.decided_scope,
        decided_words="" if row.decided_start is None else words_of(row, text),
        decided_by=row.decided_by.name if inside and row.decided_by else "",
        period_code=row.period.code if row.period else "",
        own_period=row.own_period,
        note=row.decision_note if inside else "",
        no_denominator=lacks_ballots(meaning, row.denominator is not None),
        contradicted=contradicted,
        alone=alone,
        before=before,
        after=after,
    )


_LONGEST = 2000  # characters that the words of a figure reach at most, its number within
_FURTHEST = 240  # characters of a sentence shown on either side of a figure
_SENTENCE = re.compile(r"[.!?;]\s|\n")


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """What of its sentence stands before and after the words of a figure."""
    left = text[max(0, start - _FURTHEST) : start]
    stops = [found.end() for found in _SENTENCE.finditer(left)]
    right = text[end : end + _FURTHEST]
    stop = _SENTENCE.search(right)
    return (left[stops[-1] :] if stops else left), (right[: stop.start() + 1] if stop else right)


def _segments(
    text: str, figures: tuple[FigureView, ...], findings: tuple[FindingView, ...]
) -> list[Segment]:
    """The text cut at every edge of a figure or finding, in order and without gaps."""
    edges = {0, len(text)}
    edges |= {edge for f in figures for edge in (f.start, f.end)}
    edges |= {edge for f in findings for edge in (f.start, f.end)}
    points = sorted(edges)
    over_figures, over_findings = _over(figures), _over(findings)
    return [
        Segment(
            text=text[start:end],
            start=start,
            figure_ids=tuple(f.figure_id for f in over_figures(start)),
            finding_kind=next((f.kind for f in over_findings(start)), ""),
        )
        for start, end in pairwise(points)
    ]


def _over(marked: Sequence[_Marked]) -> Callable[[int], list[_Marked]]:
    """What covers a place, asked of places in order: thousands are not gone through for each."""
    waiting = deque(sorted(marked, key=lambda one: one.start))
    open_now: list[_Marked] = []

    def over(place: int) -> list[_Marked]:
        while waiting and waiting[0].start <= place:
            open_now.append(waiting.popleft())
        open_now[:] = [one for one in open_now if one.end > place]
        return open_now

    return over
