"""The text of an issued report for everybody, without sentences that tell what is held back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from danchu.core.contracts import NOBODY
from danchu.core.documents import BulletList, Heading, Paragraph, Run
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.withholding import HIDDEN_SMALL

from .frozen_data import document_of
from .frozen_files import kept_data
from .left_out import held_of, texts_of_people, told_part
from .models import FrozenReport
from .published import PublishedReport
from .published_figures import OpenFigure, published_figures

AMENDS = "Báo cáo này thay thế Báo cáo số"  # how the opening of an amendment begins


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A line of the reading copy: "heading", "paragraph", "item" or "held" (left out whole).

    ``left_out``: sentences of it are left out.
    """

    kind: str
    text: str
    level: int = 0
    number: str = ""
    left_out: bool = False


def reading_copy(
    report: PublishedReport, figures: Iterable[OpenFigure] | None = None
) -> list[PublishedLine]:
    """The text of a published report as it was signed, without its annexes.

    ``figures``: the published figures of the report, where they were read already. Sentences
    that could tell a number not told outside are left out (:mod:`.left_out`), and the copy says
    so.
    """
    frozen = FrozenReport.objects.get(pk=report.report_id)
    data = kept_data(frozen)
    if figures is None:
        figures = published_figures(NOBODY, report=report.public_id, dimensions=False)
    hidden = {one.key: one.withheld for one in figures if one.withheld}
    meanings = definitions()
    small = [meanings[key] for key, why in hidden.items() if why == HIDDEN_SMALL]
    held = held_of(data, hidden, small) if hidden else None
    people = texts_of_people(data)
    # A report frozen before its opening and closing told who worded them.
    computed = None if "worded" in data["report"] else _texts(data)
    found: list[PublishedLine] = []

    def line(kind: str, runs: tuple[Run, ...]) -> PublishedLine:
        text = "".join(run.text for run in runs)
        if held is None:
            return PublishedLine(kind, text)
        written = text in people or text.startswith(AMENDS)
        written = written or (computed is not None and text not in computed)
        told, left_out = told_part(runs, held, by_person=written)
        return PublishedLine(kind if told else "held", told, left_out=left_out)

    def opening(runs: tuple[Run, ...]) -> PublishedLine:
        """That of an amendment, without its reason where the reason is not told."""
        text = "".join(run.text for run in runs)
        why = f" Lý do: {frozen.reason.rstrip('.')}."
        told = line("paragraph", (Run(text.replace(why, "", 1)),))
        return replace(told, left_out=True)

    for block in document_of(data).blocks:
        if isinstance(block, Heading):
            found.append(PublishedLine("heading", block.text, block.level, block.number))
        elif isinstance(block, Paragraph):
            begins = "".join(run.text for run in block.runs).startswith(AMENDS)
            untold = begins and bool(frozen.reason) and not report.reason
            found.append(opening(block.runs) if untold else line("paragraph", block.runs))
        elif isinstance(block, BulletList):
            found += [line("item", item) for item in block.items]
    return found


def _texts(data: Mapping[str, Any]) -> frozenset[str]:
    """Every paragraph and item of the sections of a kept report."""
    return frozenset(
        one["text"]
        for row in data["report"]["sections"]
        for one in (*row["paragraphs"], *row["items"])
    )
