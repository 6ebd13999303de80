"""The one transaction of a service, run in the name of a person (DESIGN decision 20).

On PostgreSQL the person is made known to the session inside the transaction, so that
row-level security and pooling can be added without touching callers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from danchu.core.contracts import Actor


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """A transaction in the name of ``actor``; everything inside is kept whole or not at all."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('danchu.account', %s, true)", [str(actor.actor_id or "")]
                )
        yield
