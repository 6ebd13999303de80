"""Which issued reports are in force."""

from __future__ import annotations

from django.db.models import QuerySet

from .models import FrozenReport


def reports_in_force() -> QuerySet[FrozenReport]:
    """Reports that were issued and that no later issued one amends; a query, never a list."""
    issued = FrozenReport.State.ISSUED
    return FrozenReport.objects.filter(state=issued).exclude(replaced_by__state=issued)
