"""Sums over the cells of the units below one unit, made by the database.

A province has some ten thousand cells below it: fetched one by one to be added here they
would cost more than all the rest of the fold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Sum, When

from danchu.core.calendar.models import Period

from .adding import Part
from .models import Cell, Layer

_GIVEN = F("n_reported") + F("n_zero") + F("n_not_applicable")
_SUMMED = (
    "amount",
    "numerator",
    "denominator",
    "n_reported",
    "n_zero",
    "n_not_applicable",
    "sources",
)


def parts_below(
    unit_id: int,
    children: Collection[int],
    expected: Mapping[int, int],
    period: Period,
    layers: Collection[str],
) -> dict[str, list[Part]]:
    """layer -> what these units with all below them come to, one part for each value.

    ``expected``: child -> how many units are expected of it anyway, as it holds communes of the
    map. A report stands for itself and is not added upward, so the layer "stated" is left out.
    """
    rows = (
        Cell.objects.filter(unit_id__in=children, period_id=period.pk, reach=Cell.Reach.ALL)
        .filter(layer__in=[layer for layer in layers if layer != Layer.STATED])
        .values("layer", "indicator_id", "dimension")
        .annotate(
            beyond=Sum(_beyond(expected)),
            known=Count("amount"),
            **{f"sum_{name}": Sum(name) for name in _SUMMED},
        )
        .values_list(
            "layer",
            "indicator_id",
            "dimension",
            *(f"sum_{name}" for name in _SUMMED),
            "beyond",
            "known",
        )
    )
    found: dict[str, list[Part]] = defaultdict(list)
    for layer, indicator_id, dimension, *sums in rows:
        amount, numerator, denominator, reported, zero, not_applicable, sources, beyond, known = (
            whole(value) for value in sums
        )
        found[layer].append(
            Part(
                unit_id,
                indicator_id,
                dimension,
                amount,
                numerator,
                denominator,
                reported or 0,
                zero or 0,
                not_applicable or 0,
                beyond or 0,
                sources or 0,
                known or 0,
            )
        )
    return found


def _beyond(expected: Mapping[int, int]) -> Any:
    """Of how many units a cell speaks beyond those that are expected of its unit anyway."""
    by_number: dict[int, list[int]] = defaultdict(list)
    for child, number in expected.items():
        by_number[number].append(child)
    return Case(
        *(
            When(unit_id__in=units, then=F("n_expected") - number)
            for number, units in by_number.items()
        ),
        default=_GIVEN,
        output_field=BigIntegerField(),
    )


def whole(amount: Any) -> int | None:
    """A sum as the database gives it: PostgreSQL adds BIGINT up to NUMERIC."""
    return None if amount is None else int(amount)
