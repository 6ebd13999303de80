"""Bringing the tables of the database up to this release."""

from __future__ import annotations


def bring_up() -> None:
    """Run what migrations are missing, and make the table of the shared cache."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
