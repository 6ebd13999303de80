"""The cast, and the few things most tests need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.cast import TODAY, Cast, gathered, stage, staged


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
