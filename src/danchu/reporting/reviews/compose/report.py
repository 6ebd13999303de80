"""A composed report: plain data, before any format."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal as Choice

from danchu.core.calendar.models import Period
from danchu.core.units.selectors import UnitOnDay
from danchu.reporting.rounds.selectors import RoundView

from ..figures import ReportFigure
from ..ground import Ground, OwnLine
from ..issuers import IssuerView
from ..outlines.selectors import OutlineUsed
from ..prose import Piece

LayoutName = Choice["state", "party"]


@dataclass(frozen=True, slots=True)
class ComposedParagraph:
    """A paragraph; ``origin`` tells whether it was computed, read or written."""

    pieces: tuple[Piece, ...]
    origin: Choice["computed", "read", "written", "empty"] = "computed"

    @property
    def text(self) -> str:
        """The paragraph as plain text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ComposedSection:
    """A section with its number in its layout; ``depth`` 1 is a main section.

    ``is_empty``: nothing is known in it or below it. It then has no number; the page shows
    what is missing, the paper leaves it off.
    """

    id: str
    number: str
    title: str
    depth: int
    paragraphs: tuple[ComposedParagraph, ...]
    items: tuple[ComposedParagraph, ...]
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One figure beside the same period of the year before.

    ``change`` is never blank: where the year before is not known it says so. Bases under 10
    make no rate, only a difference.
    """

    figure: ReportFigure
    before: str
    change: str


@dataclass(frozen=True, slots=True)
class AnnexOfUnits:
    """An annex table: a row for each unit below, and a column for each indicator.

    ``total`` is the row of the whole: the sum of the rows where they were handed in; where the
    figures come from records, what the unit and its own offices did is in it too.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A composed report, before any format."""

    unit: UnitOnDay
    period: Period
    period_label: str
    layout: LayoutName
    outline: OutlineUsed
    language: str
    issuer: IssuerView
    is_reference: bool
    is_demonstration: bool
    written_on: dt.date
    title: str
    basis: tuple[str, ...]
    opening: tuple[ComposedParagraph, ...]
    sections: tuple[ComposedSection, ...]
    closing: tuple[ComposedParagraph, ...]
    figures: tuple[ReportFigure, ...]
    comparison: tuple[ComparisonRow, ...]
    compared_with: str
    round: RoundView | None
    ground: Ground
    own: tuple[OwnLine, ...]
    annexes: tuple[AnnexOfUnits, ...]
    sources: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
