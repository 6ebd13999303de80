"""Which reports are for everybody: issued ones, and what amends them."""

from __future__ import annotations

import datetime as dt

from django.db.models import OuterRef, QuerySet

from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.records.selectors import visible_records

from .models import FrozenReport, Publication


def publications(viewer: Actor) -> QuerySet[Publication]:
    """The publications whose report is issued and whose record the viewer may see."""
    return Publication.objects.filter(
        report__state=FrozenReport.State.ISSUED,
        report__record__in=visible_records(viewer, kinds=["report"]).filter(state="recorded"),
    )


def amending(on: dt.date | None = None) -> QuerySet[Publication]:
    """Publications that amend the one asked about, issued by ``on`` where it is given."""
    rows = Publication.objects.filter(report__replaces_id=OuterRef("pk"))
    return rows if on is None else rows.filter(report__issued_on__lte=on)


def unknown_report() -> NotFound:
    """The answer to an address of no published report, whatever the reason."""
    return NotFound("Không tìm thấy báo cáo này.", "There is no such report.")
