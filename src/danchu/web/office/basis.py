"""What the figures on a page rest on, and what they would be otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from danchu.reporting.figures.models import Layer
from danchu.reporting.overviews.selectors import Overview
from danchu.reporting.reviews.compose import Report
from danchu.reporting.reviews.figures import Beside, ReportFigure

MOST_NAMED = 12  # figures told with both numbers; the table of figures has them all


@dataclass(frozen=True, slots=True)
class Basis:
    """On what the figures stand while that may still change.

    ``kind``: "versions" handed in by ``n`` of the ``of`` units asked, "records" while nothing
    stands (``returned`` were handed in and sent back), "own" for a unit's own version.
    ``is_open``: the round runs, so that what is handed in still changes them.
    ``lines``: figures of which records give another number, ``differing`` of them in all.
    """

    kind: str
    n: int
    of: int
    returned: int
    lines: tuple[tuple[str, str, str, Beside], ...]  # path, name, value, what records give
    differing: int
    is_open: bool = False


def basis_of_report(report: Report) -> Basis | None:
    """The basis of a report; None where there is nothing to tell."""
    asked = report.round
    states = [line.state for line in asked.reporters if line.state != "excused"] if asked else []
    is_open = asked is not None and asked.closed_at is None
    return _basis(states, report.figures, is_open=is_open)


def basis_of_overview(found: Overview) -> Basis | None:
    """The same of an overview, of the figures it shows."""
    states = [line.state for line in found.asked if line.state != "excused"]
    figures = [line.figure for line in found.figures if line.figure is not None]
    # Here a sum of some stands beside the records of all; the report holds like against like.
    return _basis(states, [f if f.is_own else f._replace(beside=None) for f in figures])


def _basis(
    states: list[str], figures: Iterable[ReportFigure], *, is_open: bool = False
) -> Basis | None:
    known = list(figures)
    stands = sum(state in ("submitted", "accepted") for state in states)
    differing = [figure for figure in known if figure.beside is not None]
    is_own = any(figure.is_own for figure in known)
    if is_own:
        if not differing:
            return None
        kind = "own"
    elif not states or stands == len(states):
        return None
    else:
        signed = any(figure.layer == Layer.REPORTED for figure in known)
        kind = "versions" if stands or signed else "records"
    english = get_language() == "en"
    return Basis(
        kind,
        stands,
        len(states),
        states.count("returned"),
        tuple(
            (
                figure.path,
                figure.meaning.name_en if english else figure.meaning.name_vi,
                figure.text,
                figure.beside,
            )
            for figure in differing[:MOST_NAMED]
            if figure.beside is not None
        ),
        len(differing),
        is_open,
    )
