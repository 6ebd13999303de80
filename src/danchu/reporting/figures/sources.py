"""What a source of figures hands to the fold. Settings name the sources, layer by layer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast, runtime_checkable

from django.conf import settings
from django.db.models import QuerySet

from danchu.core.calendar.models import Period

from .adding import Part, Row

# What a source that lets the database make cells gives for each of them, in this order.
CELL_COLUMNS = ("unit_id", *Row._fields)


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
        """Every unit whose cells may rest on own values of the period."""

    def asked(self, unit_id: int, period: Period) -> Collection[int] | None:
        """The units below that were asked for their part; None: the map decides."""


@runtime_checkable
class AddingSource(Source, Protocol):
    """A source whose values of units below a commune are rows already and become no cells.

    ``units`` names the units directly above those instead.
    """

    def added(
        self, parents: Collection[int], period: Period, without: Collection[int]
    ) -> Iterable[Part]:
        """Sums over the lower units directly below each of these, but for those ``without``.

        ``unit_id`` of each part is the unit above.
        """

    def own_cells(self, communes: Collection[int], period: Period) -> QuerySet[Any, Any]:
        """The cells of the communes' own values: ``values_list`` of ``CELL_COLUMNS``."""

    def cells_below(
        self, communes: Collection[int], period: Period, summed: Collection[int]
    ) -> QuerySet[Any, Any]:
        """The cells that the lower units directly below give, of what the commune left open.

        In the same columns. ``summed``: the indicators whose amounts are added over units. None
        of the lower units stood at two places within the period.
        """

    def counted_with(
        self, parents: Mapping[int, Sequence[int | None]], period: Period
    ) -> Mapping[int, int]:
        """unit -> with which of its parents its values count, where that is not its last one.

        ``parents``: units that had several within the period, the last at the end.
        """

    def expected(self, communes: Mapping[int, int], period: Period) -> Mapping[int, int]:
        """unit -> how many units must give values to it, none of them to two of these.

        ``communes``: unit above the communes -> how many of them it holds on the map.
        """

    def counted(self, unit_id: int, period: Period) -> Iterable[Part] | None:
        """What was counted for good for this unit, whatever becomes of the map; else None."""

    def periods(self, unit_id: int) -> QuerySet[Any, Any]:
        """The ids of periods for which the unit has values."""


def sources() -> dict[str, Source]:
    """layer -> its source, in the order of the settings."""
    return {
        layer: cast(Source, import_module(path)) for layer, path in settings.FIGURE_SOURCES.items()
    }
