"""A long report on the review desk, a page of figures at a time with its part of the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from danchu.reporting.reading.selectors import (
    Disagreement,
    DocumentView,
    FigureView,
    FindingView,
    Segment,
)

PER_PAGE = 100
MOST_DISAGREEMENTS = 100  # told on one page


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of one page, and what of the text and the findings stands around them."""

    number: int
    pages: int
    figures: tuple[FigureView, ...]
    segments: tuple[Segment, ...]
    findings: tuple[FindingView, ...]
    disagreements: tuple[Disagreement, ...]

    @property
    def before(self) -> int:
        """The page before; 0 on the first."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The next page; 0 on the last."""
        return self.number + 1 if self.number < self.pages else 0


def page_of(number: int) -> int:
    """The page of the figure with this number, counted from one."""
    return (number - 1) // PER_PAGE + 1


def part_of(found: DocumentView, page: int) -> Part:
    """A page of a report; a page beyond the last is the last one."""
    pages = max(1, -(-len(found.figures) // PER_PAGE))
    number = min(max(page, 1), pages)
    first = (number - 1) * PER_PAGE
    figures = found.figures[first : first + PER_PAGE]
    if pages == 1:
        return Part(1, 1, figures, found.segments, found.findings, found.disagreements)
    start = _line_of(found, first) if first else 0
    end = _line_of(found, first + PER_PAGE) if number < pages else _length(found)
    shown = {f.figure_id for f in figures}
    wrong = [
        one
        for one in found.disagreements
        if shown.intersection(one.figure_ids) or (number == 1 and not one.figure_ids)
    ]
    return Part(
        number,
        pages,
        figures,
        tuple(_cut(found.segments, start, end)),
        tuple(f for f in found.findings if start <= f.start < end),
        tuple(wrong[:MOST_DISAGREEMENTS]),
    )


def _line_of(found: DocumentView, index: int) -> int:
    """Where the line begins in which a figure stands; the parts of a text end between lines."""
    place = found.figures[index].start
    begin = 0
    for segment in found.segments:
        if segment.start >= place:
            break
        at = segment.text.rfind("\n", 0, place - segment.start)
        if at >= 0:
            begin = segment.start + at + 1
    return begin


def _length(found: DocumentView) -> int:
    last = found.segments[-1] if found.segments else None
    return last.start + len(last.text) if last else 0


def _cut(segments: tuple[Segment, ...], start: int, end: int) -> Iterator[Segment]:
    """What of the stretches lies between two places."""
    for segment in segments:
        begin, stop = segment.start, segment.start + len(segment.text)
        left, right = max(begin, start), min(stop, end)
        if left < right:
            yield replace(segment, text=segment.text[left - begin : right - begin], start=left)
