"""The tables of the database: brought up to this release, and asked for before any work."""

from __future__ import annotations

from danchu.core.errors import Refusal

from .output import tr, warn


def bring_up() -> None:
    """Run what migrations are missing, make the table of the shared cache, mend the index."""
    from django.core.management import call_command

    from danchu.core.search.index import mend_index

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    missing = mend_index()
    if missing:
        named = ", ".join(missing)
        warn(
            tr(
                f"Chỉ mục tìm kiếm thiếu {named}; đã làm lại.",
                f"The index of the search lacked {named}; it was made anew.",
            )
        )


def require_migrated() -> None:
    """Raise a ``Refusal`` when the database cannot be reached or is not that of this release."""
    from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
    from django.db.migrations.executor import MigrationExecutor

    connection = connections[DEFAULT_DB_ALIAS]
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise Refusal(
            f"Không kết nối được cơ sở dữ liệu: {error}", f"The database does not answer: {error}"
        ) from None
    if plan:
        raise Refusal(
            "Cơ sở dữ liệu chưa được thiết lập hoặc chưa nâng cấp. Chạy: danchu init",
            "The database is not set up or not up to date. Run: danchu init",
        )
