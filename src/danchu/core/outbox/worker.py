"""The worker: empties the outbox as long as it is told to, and does what is due once a day."""

from __future__ import annotations

import datetime as dt
import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from danchu.core import clock
from danchu.core.errors import Conflict

from .services import BATCH, drain

log = logging.getLogger(__name__)
PAUSE_AFTER_TROUBLE = 5.0  # seconds
LONGEST_REST = 1.0  # seconds


def run_worker(
    stop: threading.Event, *, poll: float = 0.5, daily: Sequence[Callable[[], object]] = ()
) -> None:
    """Empty the outbox until ``stop`` is set, looking again after ``poll`` seconds without work.

    ``daily`` is called at the start and again after each midnight in Viet Nam. A database
    that is away for a while is waited for; nothing is lost, because a message is deleted only
    with the work it asked for.

    After a batch that was not full it rests as long as that took, ``LONGEST_REST`` at most: what
    comes meanwhile is worked out together, each ancestor once, and people who write have at
    least half of a processor to themselves.
    """
    done_for: dt.date | None = None
    while not stop.is_set():
        try:
            today = clock.day_of(clock.now())
            if done_for != today:
                for duty in daily:
                    duty()
                done_for = today
            began = time.monotonic()
            done = drain()
            if done == 0:
                close_old_connections()
                stop.wait(poll)
            elif done < BATCH:
                stop.wait(min(time.monotonic() - began, LONGEST_REST))
        except DatabaseError as error:
            log.warning("outbox: the database did not answer (%s)", type(error).__name__)
            connection.close()
            stop.wait(PAUSE_AFTER_TROUBLE)


def run_beside(stop: threading.Event, job: Callable[[], bool], *, poll: float = 1.0) -> None:
    """Call ``job`` again and again until ``stop`` is set, with a rest when it had nothing to do.

    For slow work in a thread of its own, so that figures do not wait for it. ``job`` takes one
    piece at a time and keeps itself what went wrong with it.
    """
    while not stop.is_set():
        try:
            if not job():
                close_old_connections()
                stop.wait(poll)
        except DatabaseError as error:
            log.warning("worker: the database did not answer (%s)", type(error).__name__)
            connection.close()
            stop.wait(PAUSE_AFTER_TROUBLE)
    connection.close()


@contextmanager
def only_worker() -> Iterator[None]:
    """On SQLite one worker only, guarded by a lock file that dies with its process.

    Raises ``Conflict`` when another worker runs. PostgreSQL needs no guard: workers skip the
    rows that another holds.
    """
    if connection.vendor == "postgresql":
        yield
        return
    path = Path(settings.DANCHU_DATA) / "worker.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(
                "Đã có một tiến trình xử lý khác chạy trên dữ liệu này; với SQLite chỉ chạy một.",
                "Another worker is running on this data; on SQLite there may be only one.",
            ) from None
        yield
