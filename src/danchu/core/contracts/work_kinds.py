"""The kinds of "việc khác", taken from the dictionary of indicators.

``civic`` stands below ``reporting``, which owns the dictionary; settings name the provider
(``WORK_KINDS``), the one place that knows all floors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A countable kind of work. ``scale`` smallest units make one ``unit`` (1000 for m²)."""

    key: str
    name_vi: str
    name_en: str
    unit_vi: str
    unit_en: str
    scale: int
    people_key: str
    section: str


def work_kinds() -> dict[str, WorkKind]:
    """Every kind an officer may write down by hand, by key, in the order of the dictionary."""
    from django.conf import settings

    module, _, name = settings.WORK_KINDS.rpartition(".")
    provider: Callable[[], dict[str, WorkKind]] = getattr(import_module(module), name)
    return provider()
