"""The one transaction of a service, run in the name of a person (DESIGN decision 20).

On PostgreSQL the person is made known to the session inside the transaction, so that
row-level security and pooling can be added without touching callers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from danchu.core.contracts import Actor
from danchu.core.errors import Conflict

_CROSSWISE = ("40P01", "40001")  # deadlock, serialization failure


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """A transaction in the name of ``actor``; everything inside is kept whole or not at all.

    Raises ``Conflict`` where two transactions waited crosswise and the database ended this one.
    """
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT set_config('danchu.account', %s, true)", [str(actor.actor_id or "")]
                    )
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") not in _CROSSWISE:
            raise
        raise Conflict(
            "Có người vừa thay đổi nội dung liên quan cùng lúc nên chưa có gì được ghi. Thử lại.",
            "Somebody was changing related things at the same moment; nothing was written. Try "
            "again.",
            code="try_again",
        ) from error
