"""Saying what changed, and having it recomputed (DESIGN decision 13)."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from danchu.core import clock
from danchu.core.prepared import PreparedInsert

from .models import Message

BATCH = 500
GIVE_UP_AFTER = 10  # attempts; the message then waits for a person (``danchu rollup status``)
_NEVER = dt.timedelta(days=36500)

Consumer = Callable[[list[Message]], None]


def enqueue(
    topic: str,
    *,
    unit_id: int | None = None,
    day: dt.date | None = None,
    period_id: int | None = None,
    form: str = "",
    due_at: dt.datetime | None = None,
) -> None:
    """Say that something changed; the consumer of ``topic`` recomputes it after the commit.

    ``unit_id``, ``day`` (the legal day of the fact), ``period_id`` and ``form`` say *what*
    changed, never by how much, so that a message handled once, twice or out of order gives
    the same. ``due_at``: not before this instant. Raises ``RuntimeError`` outside a
    transaction, because the message has to stand or fall with what it tells of.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("enqueue must run inside the transaction of the service")
    _MESSAGE.write(topic, unit_id, day, period_id, form, due_at, clock.now())


_MESSAGE = PreparedInsert(Message, "topic unit_id day period_id form due_at created_at")


def drain(*, limit: int = BATCH, topics: Sequence[str] | None = None) -> int:
    """Hand at most ``limit`` due messages of each topic to its consumer; the number consumed.

    A consumer's work and the deletion of its messages are one transaction. When it fails, the
    batch is halved until the messages at fault stand alone; only those wait and are tried
    again, later each time.
    """
    due = _due(clock.now())
    known = [t for t in settings.OUTBOX_CONSUMERS if topics is None or t in topics]
    # By their topics, which the index begins with: most messages are for days yet to come.
    waiting = due.filter(topic__in=known).order_by().values_list("topic", flat=True)
    chosen = sorted(set(waiting.distinct()))
    done = 0
    for topic in chosen:
        consume = _consumer(settings.OUTBOX_CONSUMERS[topic])
        ids = list(due.filter(topic=topic).order_by("id").values_list("id", flat=True)[:limit])
        done += _hand_over(consume, ids)
    return done


def _consumer(paths: str | Sequence[str]) -> Consumer:
    """Who recomputes what a topic tells of; several do it one after the other."""
    several = [import_string(path) for path in ([paths] if isinstance(paths, str) else paths)]

    def consume(messages: list[Message]) -> None:
        for one in several:
            one(messages)

    return consume


def retry_failed() -> int:
    """Give messages that were tried too often another series of attempts; how many there were."""
    return Message.objects.filter(attempts__gte=GIVE_UP_AFTER).update(attempts=0, due_at=None)


def bring_forward() -> int:
    """Make due what waits for a day that has begun; a daily duty. How many messages.

    ``due_at`` is an instant of the real clock. Where ``DANCHU_TODAY`` sets the day, a server
    started with a later one would wait for days that are over on every page. What was tried
    already waits for its next attempt.
    """
    with transaction.atomic():
        waiting = Message.objects.filter(attempts=0, due_at__gt=clock.now())
        return waiting.filter(day__lte=clock.today()).update(due_at=None)


def _due(now: dt.datetime) -> QuerySet[Message]:
    return Message.objects.filter(Q(due_at__isnull=True) | Q(due_at__lte=now))


def _hand_over(consume: Consumer, ids: list[int]) -> int:
    try:
        with transaction.atomic():
            rows = list(
                Message.objects.select_for_update(
                    skip_locked=connection.features.has_select_for_update_skip_locked
                )
                .filter(id__in=ids)
                .order_by("id")
            )
            if not rows:
                return 0  # another worker holds or has done them
            consume(rows)
            Message.objects.filter(id__in=[row.id for row in rows]).delete()
            return len(rows)
    except Exception as error:  # a consumer may fail in any way, and the queue must go on
        if isinstance(error, OperationalError) and not connection.is_usable():
            raise  # the database is away: no fault of these messages
        if len(ids) > 1:
            middle = len(ids) // 2
            return _hand_over(consume, ids[:middle]) + _hand_over(consume, ids[middle:])
        _postpone(ids[0], error)
        return 0


def _postpone(message_id: int, error: Exception) -> None:
    """Try later, twice as late each time; from ``GIVE_UP_AFTER`` on leave it for a person."""
    with transaction.atomic():
        row = Message.objects.select_for_update().filter(id=message_id).first()
        if row is None:
            return
        row.attempts += 1
        row.last_error = _where(error)[:300]
        wait = dt.timedelta(seconds=2**row.attempts)
        row.due_at = clock.now() + (_NEVER if row.attempts >= GIVE_UP_AFTER else wait)
        row.save(update_fields=["attempts", "last_error", "due_at"])


def _where(error: Exception) -> str:
    """Kind and place of an error; not its text, which may quote a person's data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
