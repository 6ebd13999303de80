"""Two workers, or one person twice at once."""

from __future__ import annotations

import datetime as dt

from danchu.core import clock
from danchu.core.subscriptions.letters import next_letter
from danchu.core.subscriptions.models import Subscription
from danchu.core.subscriptions.sealing import confirming
from danchu.core.subscriptions.services import confirm, subscribe
from tests.civic.disclosure.made import publish

MORNING = dt.datetime(2026, 6, 10, 2, tzinfo=dt.UTC)


def test_asked_twice_at_once_it_is_one(committed_cast, at_once):
    def ask():
        subscribe(unit_id=committed_cast.benmau, address="lan@example.vn", language="vi")

    came = at_once(ask, ask, ask, lambda: None)
    assert came == [None] * 4
    assert at_once(Subscription.objects.count) == [1]


def test_of_workers_at_once_one_takes_the_letter_of_a_mailbox(committed_cast, at_once, monkeypatch):
    cast = committed_cast
    monkeypatch.setattr(clock, "now", lambda: MORNING)

    def prepare():
        for unit in (cast.benmau, cast.caumau):
            subscribe(unit_id=unit, address="lan@example.vn", language="vi")
        for row in Subscription.objects.all():
            confirm(confirming(row.public_id))
        monkeypatch.setattr(clock, "now", lambda: MORNING + dt.timedelta(hours=1))
        publish(cast.recorder_benmau, cast.benmau)
        publish(cast.recorder_caumau, cast.caumau)
        monkeypatch.setattr(clock, "now", lambda: MORNING + dt.timedelta(hours=9))

    assert at_once(prepare) == [None]
    taken = [one for one in at_once(next_letter, next_letter, next_letter) if one is not None]
    assert [len(one.followed) for one in taken] == [2], taken
