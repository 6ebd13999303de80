"""Room in the database for sums over many rows."""

from __future__ import annotations

from django.db import connection


def give_room_for_sums() -> None:
    """Let PostgreSQL add up in memory until the transaction ends.

    With the four megabytes it takes by itself it would rather sort the values of a province on
    disk than keep five thousand sums at hand, which takes three times as long.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('work_mem', '64MB', true)")
