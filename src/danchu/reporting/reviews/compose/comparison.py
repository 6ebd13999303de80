"""The figures beside those of the same period of the year before."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.core.units.selectors import UnitOnDay
from danchu.reporting.figures.display import amount_text, change_text
from danchu.reporting.figures.selectors import units_behind

from ..figures import ReportFigure
from ..layers import ABOVE
from ..prose import SMALLEST_BASE, english_numbers
from ..wording import words
from .report import ComparisonRow


def comparison_of(
    now: dict[str, ReportFigure],
    before: dict[str, ReportFigure],
    alike: Collection[str],
    language: str,
    halves: Mapping[str, str],
    *,
    has_ended: bool,
) -> list[ComparisonRow]:
    """Each core figure beside that of the year before; ``halves``: of which half it is known.

    While the period runs no rise or fall is told: part of it is held against a whole one.
    """
    rows = []
    for key, figure in now.items():
        if figure.meaning.tier != "core" or not figure.has_value or figure.meaning.is_rate:
            continue
        earlier = before.get(key)
        if earlier is None or not earlier.has_value:
            rows.append(ComparisonRow(figure, "", words(language).no_comparison))
            continue
        if not has_ended:
            rows.append(ComparisonRow(figure, earlier.text, words(language).not_ended, earlier))
            continue
        if key in halves:
            why = words(language).half_only.format(half=halves[key])
            rows.append(ComparisonRow(figure, earlier.text, why, earlier))
            continue
        rows.append(
            ComparisonRow(
                figure, earlier.text, _change(figure, earlier, key in alike, language), earlier
            )
        )
    return rows


def _change(now: ReportFigure, before: ReportFigure, alike: bool, language: str) -> str:
    """The rise or fall, as a rate of a base of 10 and more, else as a difference.

    Sums over other units are not compared: what rose might be who gave figures.
    """
    if not alike:
        if now.n_reported == before.n_reported:
            return words(language).other_units
        return words(language).not_alike.format(now=now.n_reported, before=before.n_reported)
    if now.amount is None or before.amount is None:
        return words(language).no_comparison
    scale = now.meaning.scale
    if before.amount >= SMALLEST_BASE * scale or now.amount == before.amount:
        text = change_text(now.amount, before.amount)
        size = text.lstrip("+−")
    else:
        size = amount_text(now.meaning, abs(now.amount - before.amount))
    if now.amount == before.amount:
        return words(language).unchanged
    said = words(language).rise if now.amount > before.amount else words(language).fall
    return said.format(size=english_numbers(size) if language == "en" else size)


def comparable(
    viewer: Actor,
    unit: UnitOnDay,
    now: tuple[Period, dict[str, ReportFigure]],
    before: tuple[Period | None, dict[str, ReportFigure]],
) -> set[str]:
    """The indicators whose two figures speak of the same units, not only of as many."""
    (period, figures), (then, earlier) = now, before
    same = {
        key
        for key, figure in figures.items()
        if figure.has_value
        and (other := earlier.get(key)) is not None
        and other.has_value
        and (figure.n_reported, figure.n_expected) == (other.n_reported, other.n_expected)
    }
    if unit.level not in ABOVE or then is None:
        return same  # a commune answers as one
    behind = units_behind(viewer, unit.id, period, same)
    behind_then = units_behind(viewer, unit.id, then, same)
    return {
        key
        for key in same
        if figures[key].layer == earlier[key].layer
        and behind.get((figures[key].layer, key)) == behind_then.get((earlier[key].layer, key))
    }


def rates_of_change(
    rows: list[ComparisonRow], before: dict[str, ReportFigure], alike: Collection[str]
) -> dict[str, str]:
    """Indicator -> its rise or fall where the base bears a rate; for running text."""
    return {
        row.figure.key: row.change
        for row in rows
        if row.before
        and (amount := before[row.figure.key].amount) is not None
        and amount >= SMALLEST_BASE * row.figure.meaning.scale
        and row.figure.amount != amount
        and row.figure.key in alike
    }
