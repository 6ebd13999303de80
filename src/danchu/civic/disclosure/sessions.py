"""For which regular session of the People's Council a report was sent (article 14.3). Pure.

The law names no day: the report comes at the next regular session. When that is the Council
decides, so the system knows it only where an officer wrote it down.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

REPORT_RULE = "xa_ck_bc"
# Where the session before was not written down, what was sent in these days is for this one.
_BEFORE = dt.timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Served:
    """A session, from when on a report was for it, and when the first was sent: None for none."""

    record_id: int
    day: dt.date
    since: dt.date
    sent_on: dt.date | None
    report_id: int | None


def served(
    sessions: Sequence[tuple[dt.date, int]], sent: Sequence[tuple[dt.date, int]]
) -> list[Served]:
    """Each session (day, record) with the first report (day, record of the report) sent for it.

    A report that was sent after the day of a session is for the next one.
    """
    found: list[Served] = []
    before: dt.date | None = None
    for day, record_id in sorted(sessions):
        since = day - _BEFORE if before is None else before + dt.timedelta(days=1)
        first = min((one for one in sent if since <= one[0] <= day), default=(None, None))
        found.append(Served(record_id, day, since, *first))
        before = day
    return found
