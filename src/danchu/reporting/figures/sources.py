"""What a source of figures hands to the fold. Settings name the sources, layer by layer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from danchu.core.calendar.models import Period


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One own value of a unit in a period. ``amount`` in the indicator's smallest unit."""

    indicator: str
    state: str
    amount: int | None = None
    dimension: str = ""
    numerator: int | None = None
    denominator: int | None = None
    sources: int = 0


class Source(Protocol):
    """A module that knows the own values of units in one layer."""

    def rows(self, unit_ids: Collection[int], period: Period) -> Iterable[tuple[int, SourceRow]]:
        """The own values of these units in the period, each with its unit.

        In as many queries for many units as for one.
        """

    def units(self, period: Period) -> set[int]:
        """Every unit that may have own values in the period."""

    def expected(self, unit_id: int, period: Period) -> int | None:
        """How many units were asked, below and with this one; None: the map decides."""


def sources() -> dict[str, Source]:
    """layer -> its source, in the order of the settings."""
    return {
        layer: cast(Source, import_module(path)) for layer, path in settings.FIGURE_SOURCES.items()
    }
