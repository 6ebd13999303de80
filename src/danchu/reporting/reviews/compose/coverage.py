"""Of how many units the figures stand: said once for the whole, beside it only what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from danchu.reporting.figures.models import Layer

from ..figures import ReportFigure
from ..ground import Ground
from ..prose import Piece, name_inside
from ..wording import words

Spread = tuple[int, int]  # n of N


def whole_of(ground: Ground, figures: Iterable[ReportFigure]) -> Spread | None:
    """Of how many of how many units the report is, which its opening says; None for its own.

    Without a round nobody must report: it is then what most figures stand on.
    """
    if ground.asked:
        return ground.known, ground.asked
    spread = Counter(_spread(figure) for figure in figures if _is_counted(figure))
    return spread.most_common(1)[0][0] if spread else None


def coverage_said(
    figures: Iterable[ReportFigure], kinds: str, language: str, whole: Spread | None = None
) -> list[Piece]:
    """What ends a paragraph with figures of other units than the whole; none where all are of it.

    A figure that only offices gave, and one read from a published report, says nothing of the
    units that must report. A share is of the units of its two numbers.
    """
    counted = {figure.key: figure for figure in figures if _is_counted(figure)}
    told = [
        figure
        for figure in counted.values()
        if not {figure.meaning.numerator, figure.meaning.denominator} & set(counted)
    ]
    groups: dict[Spread, list[ReportFigure]] = {}
    for figure in told:
        groups.setdefault(_spread(figure), []).append(figure)
    apart = {
        spread: some
        for spread, some in groups.items()
        if spread != whole and not (whole is None and spread[0] >= spread[1])
    }
    if not apart:
        return []
    say = words(language)
    most = max(apart, key=lambda spread: len(apart[spread]))
    if len(apart[most]) * 2 > len(told) or len(told) == 1:
        others = "; ".join(
            say.of_others.format(names=_names(some, language), of=of_words(spread, language))
            for spread, some in groups.items()
            if spread != most
        )
        text = say.covers if not others else say.covers_some
        return [Piece(" " + text.format(of=of_words(most, language), kinds=kinds, parts=others))]
    parts = "; ".join(
        say.of_some.format(names=_names(some, language), of=of_words(spread, language), kinds=kinds)
        for spread, some in apart.items()
    )
    return [Piece(" " + say.covers_apart.format(parts=parts))]


def spread_of(figures: Iterable[ReportFigure]) -> Spread | None:
    """Of how many of how many units the first figure is that speaks of several; else None."""
    return next((_spread(figure) for figure in figures if _is_counted(figure)), None)


def _is_counted(figure: ReportFigure) -> bool:
    return figure.layer != Layer.STATED and bool(figure.n_reported) and figure.n_expected > 1


def _spread(figure: ReportFigure) -> Spread:
    return figure.n_reported, figure.n_expected


def of_words(spread: Spread, language: str) -> str:
    """ "01/02", "1 of 2"."""
    if language == "en":
        return f"{spread[0]} of {spread[1]}"
    return f"{spread[0]:02d}/{spread[1]:02d}"


def _names(figures: Iterable[ReportFigure], language: str) -> str:
    return "; ".join(name_inside(figure.meaning, language) for figure in figures)
