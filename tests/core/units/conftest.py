"""The map of the country, loaded once for each module that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from danchu.core.units.reference import REFERENCES
from tests.core.small_map import land

__all__ = ["country", "land"]


@pytest.fixture(scope="module")
def country(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The released map in the database.

    It stands in one transaction around all tests of the module (each test's own becomes a
    savepoint in it) and is rolled back afterwards, so that other modules find empty tables.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        REFERENCES[0].apply(REFERENCES[0].folder)
        connection.check_constraints()  # now, or PostgreSQL would do it again for each test
        yield
        transaction.set_rollback(True)
