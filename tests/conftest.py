"""The cast, and the few things most tests need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.cast import TODAY, Cast, gathered, stage, staged

STARTS_THE_PROGRAM = ("tests/cli/", "tests/core/law/test_law_commands.py")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, what touches no database is left to the run on SQLite.

    Reason: it would be the same test twice. Without a database fixture pytest-django lets no test
    reach one; a program a test starts is out of its sight, so those stay.
    """
    from django.conf import settings

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    touching, others = [], []
    for item in items:
        reaches = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
        marked = item.get_closest_marker("django_db")
        stays = reaches or marked or item.nodeid.startswith(STARTS_THE_PROGRAM)
        (touching if stays else others).append(item)
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = touching


@pytest.fixture(scope="module")
def _staged_cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with staged(django_db_blocker):
        yield


@pytest.fixture
def cast(_staged_cast: None, db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast of ``tests.cast`` on its day; what a test changes is taken back after it."""
    monkeypatch.setenv("DANCHU_TODAY", TODAY.isoformat())
    return gathered()


@pytest.fixture
def committed_cast(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The same, committed, so that other threads and connections see it.

    Slow: for tests of what happens at once. They stand in modules of their own.
    """
    monkeypatch.setenv("DANCHU_TODAY", TODAY.isoformat())
    stage()
    return gathered()


@pytest.fixture
def settle() -> Callable[[], None]:
    """Folds everything that waits in the outbox."""
    from danchu.demo.load import settle

    return settle


@pytest.fixture
def at_once(committed_cast: Cast, tmp_path: Any) -> Iterator[Any]:
    """``at_once(f, g, …)``: each called in a thread of its own, together; what came of each.

    A refusal or error is returned, not raised. SQLite's test database lives in memory, where
    threads cannot meet: there they work on a copy in a file, so look with ``at_once`` too.
    """
    import sqlite3
    import threading

    from django.db import connection, connections

    settings = connections.settings["default"]
    in_memory = settings["NAME"]
    if connection.vendor == "sqlite":
        settings["NAME"] = str(tmp_path / "at-once.sqlite3")
        copy = sqlite3.connect(settings["NAME"])
        connection.connection.backup(copy)
        copy.close()

    def run(*calls: Callable[[], Any]) -> list[Any]:
        together = threading.Barrier(len(calls))
        came: list[Any] = [None] * len(calls)

        def one(number: int, call: Callable[[], Any]) -> None:
            try:
                connection.ensure_connection()
                together.wait(20)
                came[number] = call()
            except Exception as error:
                came[number] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=one, args=pair) for pair in enumerate(calls)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads)
        return came

    yield run
    settings["NAME"] = in_memory  # the connection of this thread has stayed there


@pytest.fixture
def changing_dictionary() -> Iterator[None]:
    """For tests that change the dictionary: what the process knows of it is forgotten after."""
    from danchu.reporting.figures.selectors import forget_dictionary

    yield
    forget_dictionary()


@pytest.fixture(autouse=True)
def _vietnamese_first() -> Iterator[None]:
    """Each test begins in Vietnamese, whatever language a command before it spoke."""
    from django.utils import translation

    translation.activate("vi")
    yield
    translation.activate("vi")
