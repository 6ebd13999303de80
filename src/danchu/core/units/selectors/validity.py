"""Which rows hold on a day, or on any day of a span.

Whatever holds in time carries ``valid_from`` and ``valid_to``, both inclusive; an end that is
None is open (DESIGN decision 16).
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from django.db.models import F, Q


def in_force(day: dt.date | F, prefix: str = "") -> Q:
    """A filter for rows whose [valid_from, valid_to] holds ``day``.

    ``day`` may be a column of the row or, as ``OuterRef``, of the query around it. ``prefix`` is
    the way from the model that is filtered to the rows: "unit__states__".
    """
    return in_force_within(day, day, prefix)


def in_force_within(first: dt.date | F, last: dt.date | F, prefix: str = "") -> Q:
    """A filter for rows whose [valid_from, valid_to] holds any day from ``first`` to ``last``."""
    begins = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": last})
    ends = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": first})
    return begins & ends


class Lasting(Protocol):
    """Whatever holds from one day to another, both inclusive; None: without that end."""

    @property
    def valid_from(self) -> dt.date | None: ...

    @property
    def valid_to(self) -> dt.date | None: ...


def holds(row: Lasting, day: dt.date) -> bool:
    """Whether the row's validity holds ``day``."""
    return (row.valid_from is None or row.valid_from <= day) and (
        row.valid_to is None or day <= row.valid_to
    )
