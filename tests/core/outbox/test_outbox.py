"""What changed is recomputed once, twice or late with the same result, and never lost."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from danchu.core import clock
from danchu.core.errors import Conflict
from danchu.core.outbox import services, worker
from danchu.core.outbox.models import Message
from danchu.core.outbox.selectors import Pending, pending

HERE = f"{__name__}."
seen: list[list[int | None]] = []


def consume(messages: list[Message]) -> None:
    """Notes what it was given; stumbles over unit 13."""
    seen.append([message.unit_id for message in messages])
    # Work of the consumer, to be rolled back with it.
    Message.objects.create(topic="done", unit_id=messages[0].unit_id)
    if any(message.unit_id == 13 for message in messages):
        raise RuntimeError("Nguyễn Văn Mẫu, 0912 345 678")


def consume_other(messages: list[Message]) -> None:
    seen.append([None] * len(messages))


@pytest.fixture(autouse=True)
def _consumers():
    seen.clear()
    topics = {"here": f"{HERE}consume", "there": f"{HERE}consume_other"}
    with override_settings(OUTBOX_CONSUMERS=topics):
        yield


def say(*units: int, topic: str = "here", due_at: dt.datetime | None = None) -> None:
    with transaction.atomic():
        for unit in units:
            services.enqueue(topic, unit_id=unit, due_at=due_at)


def waiting(topic: str = "here") -> list[int | None]:
    return list(
        Message.objects.filter(topic=topic).order_by("id").values_list("unit_id", flat=True)
    )


def test_messages_are_grouped_handed_over_and_deleted(db: None) -> None:
    say(1, 2, 3)
    say(4, topic="there")
    assert services.drain() == 4
    assert seen == [[1, 2, 3], [None]]
    assert waiting() == waiting("there") == []
    assert waiting("done") == [1]
    assert services.drain() == 0


def test_what_is_not_due_and_what_nobody_consumes_waits(db: None) -> None:
    later = clock.now() + dt.timedelta(minutes=5)
    say(1, due_at=later)
    say(2, topic="unknown")
    say(3, topic="there")
    assert services.drain(topics=["here"]) == 0
    assert services.drain() == 1
    assert waiting() == [1]
    assert waiting("unknown") == [2]
    Message.objects.filter(topic="here").update(due_at=clock.now())
    assert services.drain(limit=1) == 1


def test_a_limit_leaves_the_rest_for_the_next_time(db: None) -> None:
    say(1, 2, 3, 4, 5)
    assert services.drain(limit=2) == 2
    assert waiting() == [3, 4, 5]


def test_one_message_at_fault_waits_alone_and_rolls_its_work_back(db: None) -> None:
    say(*range(10, 20))
    assert services.drain() == 9
    row = Message.objects.get(topic="here")
    assert (row.unit_id, row.attempts) == (13, 1)
    assert row.due_at is not None
    assert row.due_at > clock.now()
    # The kind and the place of the fault, never what it quoted.
    assert row.last_error.startswith("RuntimeError test_outbox.py:")
    assert "Mẫu" not in row.last_error
    assert 13 not in waiting("done")
    assert services.drain() == 0


def test_after_ten_attempts_a_message_waits_for_a_person(db: None) -> None:
    say(13, 14)
    waits = []
    for attempt in range(1, services.GIVE_UP_AFTER + 1):
        Message.objects.filter(topic="here").update(due_at=None)
        before = clock.now()
        services.drain()
        row = Message.objects.get(topic="here")
        assert row.attempts == attempt
        waits.append(row.due_at - before)
    assert waits == sorted(waits)
    assert waits[-1] > dt.timedelta(days=3650)
    Message.objects.filter(topic="done").delete()
    assert pending() == Pending(count=0, oldest_at=None, failed=1)
    assert services.retry_failed() == 1
    assert pending().count == 1
    services.drain()
    assert Message.objects.get(topic="here").attempts == 1


def test_pending_tells_the_oldest(db: None) -> None:
    assert pending() == Pending(0, None, 0)
    say(1, 2)
    first = Message.objects.order_by("id").first()
    assert first is not None
    assert pending() == Pending(2, first.created_at, 0)


@pytest.mark.django_db(transaction=True)
def test_a_message_stands_or_falls_with_what_it_tells_of() -> None:
    with pytest.raises(RuntimeError):
        services.enqueue("here")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.enqueue("here")
        raise ZeroDivisionError
    assert waiting() == []


@pytest.mark.django_db(transaction=True)
def test_what_another_worker_holds_is_left_to_it() -> None:
    if connection.vendor != "postgresql":
        # On SQLite a transaction holds the whole database; the guard is the lock file.
        with worker.only_worker(), pytest.raises(Conflict), worker.only_worker():
            pass
        with worker.only_worker():
            return
    say(1, 2, 3)
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(Message.objects.select_for_update().filter(unit_id=2))
            held.set()
            release.wait(20)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(20)
    assert services.drain() == 2
    release.set()
    thread.join()
    assert seen == [[1, 3]]
    assert services.drain() == 1
    with worker.only_worker(), worker.only_worker():
        pass  # on PostgreSQL several workers are welcome


@pytest.mark.django_db(transaction=True)
def test_the_worker_works_until_told_to_stop_and_does_its_daily_duty_once() -> None:
    stop, duties = threading.Event(), []
    say(1, 2)

    def stop_at_the_first_pause(timeout: float | None = None) -> bool:
        stop.set()
        return True

    stop.wait = stop_at_the_first_pause  # type: ignore[method-assign]
    worker.run_worker(stop, poll=0.01, daily=[lambda: duties.append("root")])
    assert seen == [[1, 2]]
    assert duties == ["root"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_outlives_a_database_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    stop, answers = threading.Event(), []

    def drain() -> int:
        answers.append(len(answers))
        if len(answers) == 1:
            raise OperationalError("gone")
        stop.set()
        return 1

    monkeypatch.setattr(worker, "drain", drain)
    monkeypatch.setattr(worker, "PAUSE_AFTER_TROUBLE", 0.01)
    worker.run_worker(stop, poll=0.01)
    assert len(answers) == 2


def test_the_worker_rests_as_long_as_it_worked_unless_much_is_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stop, rests, clock_shows = threading.Event(), [], [100.0]
    batches = iter([(7, 0.25), (services.BATCH, 3.0), (9, 3.0), (0, 0.0)])

    def drain() -> int:
        done, seconds = next(batches)
        clock_shows[0] += seconds
        return done

    def wait(timeout: float | None = None) -> bool:
        rests.append(timeout)
        if len(rests) == 3:
            stop.set()
        return True

    stop.wait = wait  # type: ignore[method-assign]
    monkeypatch.setattr(worker, "drain", drain)
    monkeypatch.setattr(worker.time, "monotonic", lambda: clock_shows[0])
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    worker.run_worker(stop, poll=0.5)
    assert rests == [0.25, 1.0, 0.5]


def test_a_message_for_a_day_to_come_is_not_late(db: None) -> None:
    with transaction.atomic():
        services.enqueue("later", due_at=clock.now() + dt.timedelta(days=3))
    assert pending() == Pending(0, None, 0)
    Message.objects.update(due_at=clock.now())
    assert pending().count == 1
    Message.objects.update(
        due_at=clock.now() + dt.timedelta(hours=1), attempts=2
    )  # tried and put off
    assert pending().count == 1


def test_what_waits_for_a_day_that_was_set_to_have_begun_is_due_at_once(db: None) -> None:
    begins = clock.now() + dt.timedelta(days=30)
    with clock.on_day(dt.date(2026, 6, 10)), transaction.atomic():
        for day in (9, 10):
            services.enqueue("here", unit_id=day, day=dt.date(2026, 7, day), due_at=begins)
        services.enqueue("here", unit_id=1, day=dt.date(2026, 6, 1), due_at=begins)
        Message.objects.filter(unit_id=1).update(attempts=2)  # tried and put off
    with clock.on_day(dt.date(2026, 7, 8)):
        assert (services.bring_forward(), services.drain()) == (0, 0)
    with clock.on_day(dt.date(2026, 7, 9)):
        assert (services.bring_forward(), services.drain()) == (1, 1)
    assert seen == [[9]] and waiting() == [10, 1]


def test_slow_work_beside_the_outbox_goes_on_after_the_database_was_away(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, came = threading.Event(), []
    monkeypatch.setattr(worker, "PAUSE_AFTER_TROUBLE", 0.01)

    def job() -> bool:
        came.append(len(came))
        if len(came) == 2:
            raise DatabaseError("gone")
        if len(came) == 5:
            stop.set()
        return len(came) != 3  # nothing to do once: it rests and looks again

    worker.run_beside(stop, job, poll=0.01)
    assert came == [0, 1, 2, 3, 4]
