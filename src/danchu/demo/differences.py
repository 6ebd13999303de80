"""What one commune's records show beyond what it handed in: work written down too late."""

from __future__ import annotations

import uuid

from danchu.civic.reception.services import ReceptionInput, record_reception
from danchu.core.calendar.periods import previous
from danchu.core.calendar.selectors import current_calendar
from danchu.core.outbox.services import drain
from danchu.reporting.differences.models import Difference
from danchu.reporting.differences.services import explain

from .cast import Cast
from .data import invented
from .rounds import current_half

_KEY = uuid.UUID("0d3f1c52-6a57-4d0e-8a0b-8f0a4b8e6c21")


def load_differences(cast: Cast) -> None:
    """A reception of the last half-year, written down once its figures were handed in.

    One of the differences is explained, the others wait for the unit's word.
    """
    late = invented()["late_reception"]
    last = previous(current_half())
    day = current_calendar().add_working_days(last.end, -late["working_days_before_end"]).date
    record_reception(
        actor=cast.people[late["author"]],
        unit_id=cast.units[late["unit"]],
        occurred_on=day,
        client_key=_KEY,
        content=ReceptionInput(**late["content"]),
    )
    while drain():
        pass
    row = Difference.objects.filter(
        unit_id=cast.units[late["unit"]], indicator__key=late["explains"]
    ).first()
    if row is not None:
        explain(
            actor=cast.people[late["explained_by"]],
            difference_id=row.pk,
            seen=row.row_version,
            text=late["explanation"],
        )
