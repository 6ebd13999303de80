"""A composed report: plain data, before any format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal as Choice

from danchu.core.calendar.models import Period
from danchu.core.units.selectors import UnitOnDay
from danchu.reporting.figures.models import Layer
from danchu.reporting.rounds.selectors import RoundView

from ..figures import ReportFigure
from ..ground import Ground, OwnLine
from ..letterheads import IssuerView
from ..outlines.selectors import OutlineUsed
from ..prose import Piece

LayoutName = Choice["state", "party"]


@dataclass(frozen=True, slots=True)
class ComposedParagraph:
    """A paragraph; ``origin`` tells whether it was computed, read, written or worded anew.

    ``place`` is where an officer's wording of it is kept, "" where there can be none; ``composed``
    what the figures give in the place of a paragraph worded anew; ``note_id`` the finding.
    """

    pieces: tuple[Piece, ...]
    origin: Choice["computed", "read", "written", "empty", "edited"] = "computed"
    place: str = ""
    composed: str = ""
    note_id: int | None = None

    @property
    def text(self) -> str:
        """The paragraph as plain text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ComposedSection:
    """A section with its number in its layout; ``depth`` 1 is a main section.

    ``is_empty``: nothing is known in it or below it. It then has no number; the page shows
    what is missing, the paper leaves it off. ``is_lone``: the only one known below its heading;
    its text follows that heading on the paper, for one point is not told apart from itself.
    """

    id: str
    number: str
    title: str
    depth: int
    paragraphs: tuple[ComposedParagraph, ...]
    items: tuple[ComposedParagraph, ...]
    is_empty: bool = False
    is_lone: bool = False


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One figure beside the same period of the year before.

    ``change`` is never blank: where the year before is not known it says so. Bases under 10
    make no rate, only a difference.
    """

    figure: ReportFigure
    before: str
    change: str
    earlier: ReportFigure | None = None

    @property
    def now(self) -> str:
        """The figure of this period, with of how many units where some are missing."""
        return with_n(self.figure.text, self.figure)

    @property
    def then(self) -> str:
        """That of the year before in the same way; "" where it is not known."""
        return with_n(self.before, self.earlier) if self.earlier else self.before


def said_once(rows: Sequence[ComparisonRow]) -> str:
    """What stands as the change in every one of several rows; "" where they differ."""
    told = {row.change for row in rows}
    return told.pop() if len(told) == 1 and len(rows) > 1 else ""


def with_n(text: str, figure: ReportFigure) -> str:
    """The text of a figure that some units did not give: "57 (01/02)"."""
    n, of = figure.n_reported, figure.n_expected
    if figure.layer == Layer.STATED or not 0 < n < of:
        return text
    return f"{text} ({n:02d}/{of:02d})"


@dataclass(frozen=True, slots=True)
class AnnexOfUnits:
    """An annex table: a row for each unit below, and a column for each indicator.

    ``total`` is the row of the whole: the sum of the rows where they were handed in; where the
    figures come from records, what the unit and its own offices did is in it too. ``absent``: for
    each row without any figure why ("chưa nộp"), said once in the place of its cells.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    absent: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Each row with the word that stands for all its cells, "" where it has figures."""
        absent = self.absent or ("",) * len(self.rows)
        return tuple(zip(self.rows, absent, strict=True))


@dataclass(frozen=True, slots=True)
class Report:
    """A composed report, before any format.

    ``left_out``: figures that a sentence leaves out, for they do not fit the others in it.
    """

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
    addressee: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def comparison_once(self) -> str:
        """Why nothing is compared, where that is one and the same for every figure."""
        return said_once(self.comparison)

    @property
    def has_earlier(self) -> bool:
        """Whether any figure of the period compared with is known."""
        return any(row.before for row in self.comparison)
