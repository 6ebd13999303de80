"""What a paragraph says of how many units its figures stand on, where some are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from danchu.reporting.figures.models import Layer

from ..figures import ReportFigure
from ..prose import Piece, name_inside
from ..wording import words

MOST_NAMED = 2  # figures told apart by name; of more only the least and the most are told


def coverage_said(figures: Iterable[ReportFigure], kinds: str, language: str) -> list[Piece]:
    """The sentence that ends a paragraph: "Số liệu của 13/42 xã, phường."; none if all gave.

    A figure that only offices gave, and one read from a published report, says nothing of the
    units that must report.
    """
    counted = {
        figure.key: figure
        for figure in figures
        if figure.layer != Layer.STATED and figure.n_reported and figure.n_expected > 1
    }
    if all(figure.n_reported >= figure.n_expected for figure in counted.values()):
        return []
    told = words(language)
    spread = Counter((figure.n_reported, figure.n_expected) for figure in counted.values())
    (n, of), _times = spread.most_common(1)[0]
    apart = [f for f in counted.values() if (f.n_reported, f.n_expected) != (n, of)]
    if not apart:
        said = told.covers.format(n=n, of=of, kinds=kinds)
    elif len(apart) <= MOST_NAMED and len(apart) < len(counted) - 1:
        parts = "; ".join(
            f"{name_inside(f.meaning, language)}: {f.n_reported}/{f.n_expected}" for f in apart
        )
        said = told.covers_some.format(n=n, of=of, kinds=kinds, parts=parts)
    else:
        numbers = [figure.n_reported for figure in counted.values()]
        said = told.covers_range.format(
            least=min(numbers),
            most=max(numbers),
            of=max(figure.n_expected for figure in counted.values()),
            kinds=kinds,
        )
    return [Piece(" " + said)]
