"""Who looks at the cells once they are folded. Settings name them (``AFTER_FOLD``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from django.conf import settings
from django.utils.module_loading import import_string

from danchu.core.calendar.models import Period

# unit -> the layers that its messages spoke of, "" for all; None: the whole period was folded.
Changed: TypeAlias = Mapping[int, AbstractSet[str]] | None


def after_fold(period: Period, changed: Changed) -> None:
    """Call each of them, in the transaction that folds the period and holds its lock."""
    for path in settings.AFTER_FOLD:
        after: Callable[[Period, Changed], None] = import_string(path)
        after(period, changed)
