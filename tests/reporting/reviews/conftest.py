"""The small invented map, for the tests of this room."""

from __future__ import annotations

from tests.core.small_map import land

__all__ = ["land"]
