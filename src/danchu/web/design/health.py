"""Two addresses for machines: does the process live, and can it serve."""

from __future__ import annotations

from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from danchu.core import clock
from danchu.core.outbox.selectors import Pending, pending
from danchu.core.search.index import missing_parts

from .access import public

LATE_AFTER = 60  # seconds a message may wait before the worker counts as late


@public
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return _plain(HttpResponse("ok\n", content_type="text/plain; charset=utf-8"))


@public
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and holds every migration, else 503.

    A late worker and a search that misses something are told but do not take the pages away.
    """
    database = migrations = False
    search: bool | None = None
    lag: int | None = None
    failed = 0
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = True
        migrations = _migrated()
        if migrations:
            search = not missing_parts()
            waiting = pending()
            lag, failed = _lag(waiting), waiting.failed
    except DatabaseError:
        pass
    ok = database and migrations
    return _plain(
        JsonResponse(
            {
                "ok": ok,
                "database": database,
                "migrations": migrations,
                "search_index": search,
                "worker_lag_seconds": lag,
                "worker_late": lag is not None and lag > LATE_AFTER,
                "worker_failed": failed,
            },
            status=200 if ok else 503,
        )
    )


def _lag(waiting: Pending) -> int | None:
    """Seconds the oldest message of the outbox has waited; None when none waits."""
    if waiting.oldest_at is None:
        return None
    return max(0, int((clock.now() - waiting.oldest_at).total_seconds()))


_known_migrated: set[str] = set()


def _migrated() -> bool:
    """Whether no migration is missing; migrations run forward, so a yes stays a yes."""
    name = str(connection.settings_dict["NAME"])
    if name in _known_migrated:
        return True
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    _known_migrated.add(name)
    return True


def _plain(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
