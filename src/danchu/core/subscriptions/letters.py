"""Which messages are to be sent: links to confirm at once, what is new once a day.

A letter is taken under a lock, sent outside of any transaction, and then noted as sent. A worker
that is killed in between leaves it to be taken again an hour later: rather twice than never.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from dataclasses import dataclass
from typing import Literal

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.contracts import NOBODY, declared_findables
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records

from .models import Subscription
from .sealing import opened

log = logging.getLogger(__name__)

KINDS = ("disclosure",)  # kinds of public record that are told of
TOLD_FROM = dt.time(17)  # in Viet Nam; what the day brought comes on the same day
RETRY_AFTER = dt.timedelta(hours=1)
MOST_REFUSALS = 3  # of a mailbox one after the other; then nobody reads it
MOST_NEWS = 30  # of one unit in one message
# What was written in the last minutes comes with the next message: a transaction that began before
# others and commits after them would be passed over otherwise.
_STILL_BEING_WRITTEN = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Followed:
    """One unit of a letter: what became known after ``after``, up to and with ``until``."""

    subscription_id: int
    public_id: uuid.UUID
    unit_id: int
    after: dt.datetime | None
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to one mailbox: a link to confirm one subscription, or what is new in several."""

    kind: Literal["invitation", "news"]
    address: str
    mailbox: str
    language: str
    followed: tuple[Followed, ...]


@dataclass(frozen=True, slots=True)
class News:
    """A public record that is told of."""

    public_id: uuid.UUID
    kind: str
    day: dt.date
    title: str


def next_letter() -> Letter | None:
    """The next message to send, marked as begun; None when nothing is due now."""
    now = clock.now()
    address = None
    while address is None:
        with acting_as(NOBODY):
            rows = _one_invitation(now) or _one_mailbox(now)
            if not rows:
                return None
            Subscription.objects.filter(pk__in=[row.pk for row in rows]).update(tried_at=now)
            address = opened(rows[0].address)
            if address is None:  # the key of the installation is another by now
                Subscription.objects.filter(mailbox=rows[0].mailbox).delete()
                log.warning("subscriptions: an address sealed with another key was deleted")
    return Letter(
        kind="news" if rows[0].confirmed_at else "invitation",
        address=address,
        mailbox=rows[0].mailbox,
        language=rows[0].language,
        followed=tuple(
            Followed(row.pk, row.public_id, row.unit_id, row.told_until, _until(now))
            for row in rows
        ),
    )


def news(followed: Followed, *, limit: int = MOST_NEWS) -> tuple[list[News], int]:
    """What everybody may read of it now, the newest first, and how many there are in all."""
    if followed.after is None:
        return [], 0
    rows = _written(
        visible_records(NOBODY, unit_id=followed.unit_id, kinds=KINDS),
        followed.after,
        followed.until,
    ).order_by("-occurred_on", "-pk")
    findables, found = declared_findables(), list(rows[:limit])
    told: dict[int, str] = {}
    for kind in {row.kind for row in found}:
        shown = findables[kind].visible(NOBODY, [row.pk for row in found if row.kind == kind])
        # "20/05/2026: title"
        told |= {pk: title.partition(": ")[2] for pk, (title, _path) in shown.items()}
    return [
        News(row.public_id, row.kind, row.occurred_on, told[row.pk])
        for row in found
        if row.pk in told
    ], rows.count()


def letter_sent(letter: Letter, *, empty: bool = False) -> None:
    """Note that it went out. ``empty``: nothing was left to tell, so another may go today."""
    now = clock.now()
    for one in letter.followed:
        row = Subscription.objects.filter(pk=one.subscription_id)
        if letter.kind == "invitation":
            row.update(invited_at=now, tried_at=None, refusals=0)
            continue
        row.update(told_until=one.until, tried_at=None, refusals=0)
        if not empty:
            row.update(told_on=clock.day_of(now))


def letter_failed(letter: Letter, *, refused: bool) -> None:
    """Try again in an hour. A mailbox that refused every time is forgotten."""
    if not refused:
        return
    with acting_as(NOBODY):
        rows = Subscription.objects.filter(mailbox=letter.mailbox)
        rows.update(refusals=F("refusals") + 1)
        rows.filter(refusals__gte=MOST_REFUSALS).delete()


def may_have_been_told(since: dt.datetime, until: dt.datetime) -> bool:
    """Whether a message may have told of what was public for that time: one goes out in the
    evening, of what stood for some minutes."""
    first = (since + _STILL_BEING_WRITTEN).astimezone(clock.VIET_NAM)
    if first > until:
        return False
    evening = dt.datetime.combine(first.date(), TOLD_FROM, clock.VIET_NAM)
    return first >= evening or evening <= until


def _until(now: dt.datetime) -> dt.datetime:
    return now - _STILL_BEING_WRITTEN


def _written(
    records: QuerySet[Record], after: dt.datetime | OuterRef, until: dt.datetime
) -> QuerySet[Record]:
    """What became known to everybody in a time: written down then, or made public then."""
    return records.alias(known_at=Coalesce("public_at", "created_at")).filter(
        kind__in=KINDS,
        visibility=Record.Visibility.PUBLIC,
        state=Record.State.RECORDED,
        known_at__gt=after,
        known_at__lte=until,
    )


def _untried(now: dt.datetime) -> QuerySet[Subscription]:
    rested = Q(tried_at__isnull=True) | Q(tried_at__lte=now - RETRY_AFTER)
    return Subscription.objects.select_for_update().filter(rested)


def _one_invitation(now: dt.datetime) -> list[Subscription]:
    waiting = _untried(now).filter(confirmed_at__isnull=True, invited_at__isnull=True)
    return list(waiting.order_by("asked_at", "pk")[:1])


def _one_mailbox(now: dt.datetime) -> list[Subscription]:
    """All that one mailbox follows and where something is new, so that it gets one message.

    Workers that ask at once wait for each other here: what one has taken the other passes over.
    """
    local = now.astimezone(clock.VIET_NAM)
    if local.time() < TOLD_FROM:
        return []
    due = _untried(now).filter(
        Exists(
            _written(
                Record.objects.filter(unit_id=OuterRef("unit_id")),
                OuterRef("told_until"),
                _until(now),
            )
        ),
        confirmed_at__isnull=False,
    )
    # A mailbox that was told of any unit today waits for tomorrow.
    told = Subscription.objects.filter(mailbox=OuterRef("mailbox"), told_on=local.date())
    first = due.filter(~Exists(told)).order_by("mailbox", "pk").first()
    return list(due.filter(mailbox=first.mailbox).order_by("pk")) if first else []
