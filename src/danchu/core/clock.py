"""What day it is: a legal day is a date in Viet Nam (DESIGN decision 16).

``today()`` is the one function every room asks, so that tests and the demonstration can
set the day. Instants are stored in UTC; dates, due dates and validity are dates here.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
_set_day: ContextVar[dt.date | None] = ContextVar("danchu_today", default=None)


def now() -> dt.datetime:
    """This instant, in UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The date in Viet Nam, or the day set by :func:`on_day` or ``DANCHU_TODAY``."""
    chosen = _set_day.get()
    if chosen is not None:
        return chosen
    fixed = os.environ.get("DANCHU_TODAY")
    if fixed:
        return dt.date.fromisoformat(fixed)
    return now().astimezone(VIET_NAM).date()


def day_of(instant: dt.datetime) -> dt.date:
    """The legal day in Viet Nam on which an instant falls; the day ends at 24:00 there."""
    return instant.astimezone(VIET_NAM).date()


@contextmanager
def on_day(day: dt.date) -> Iterator[None]:
    """Within this block ``today()`` is ``day``."""
    token = _set_day.set(day)
    try:
        yield
    finally:
        _set_day.reset(token)
