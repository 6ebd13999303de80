"""The room of search, with its system check."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the check of the index."""

    name = "danchu.core.search"

    def ready(self) -> None:
        """Called once at start."""
        from . import checks  # noqa: F401 - registers itself
