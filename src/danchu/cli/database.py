"""Bringing the tables of the database up to this release."""

from __future__ import annotations

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
