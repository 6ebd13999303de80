"""Parameters that several operations take."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated

from ninja import Path, Query

from danchu.core.calendar.selectors import period_span
from danchu.core.errors import BadInput
from danchu.reporting.figures.meanings import meanings_of

Code = Annotated[
    str, Path(pattern=r"^[0-9A-Za-z.-]{1,40}$", description="Code of a unit, as text: 06895")
]
Key = Annotated[str, Path(pattern=r"^[a-z0-9_]{1,60}$", description="Key of an indicator")]
ReportId = Annotated[uuid.UUID, Path(description="Permanent id of a report")]

Limit = Annotated[int, Query(ge=1, le=500, description="At most this many items")]
On = Annotated[
    dt.date | None, Query(description="The day the map is asked for; today if not given")
]
UnitCode = Annotated[
    str | None,
    Query(
        pattern=r"^[0-9A-Za-z.-]{1,40}$",
        description="Code of the unit on the last day of the period",
    ),
]
ProvinceCode = Annotated[
    str | None,
    Query(
        pattern=r"^[0-9A-Za-z.-]{1,40}$",
        description="Code of the province on the last day of the period",
    ),
]
PeriodCode = Annotated[
    str | None,
    Query(pattern=r"^[0-9A-Za-z:_-]{1,60}$", description="Code of a period: 2019H1, nd09:2026H1"),
]
IndicatorKey = Annotated[
    str | None, Query(pattern=r"^[a-z0-9_]{1,60}$", description="Key of an indicator")
]
KnownOn = Annotated[
    dt.date | None,
    Query(description="Only what was issued by this day, as it stood then"),
]
InForce = Annotated[bool, Query(description="Leave out reports that were amended")]
AfterNumber = Annotated[
    int | None,
    Query(ge=0, le=2**53, description="From the address in next; items after this one"),
]
AfterReport = Annotated[
    uuid.UUID | None, Query(description="From the address in next; reports after this one")
]


def require_codes(period: str | None, indicator: str | None = None) -> None:
    """Raise ``BadInput`` for a code that no period has or a key that no indicator ever had.

    Nothing would be found under them, which would read as if nothing had been published.
    """
    if period:
        period_span(period)
    if indicator and not meanings_of(indicator):
        raise BadInput(
            f"Không có chỉ tiêu {indicator}.",
            f"There is no indicator {indicator}.",
            field="indicator",
        )
