"""Published reports on real units, taken in and confirmed so that the whole line shows."""

from __future__ import annotations

from typing import Any

from danchu.core.contracts import OPERATOR
from danchu.core.units.selectors import unit_on
from danchu.reporting.figures.services import open_period
from danchu.reporting.reading.models import ReadDocument
from danchu.reporting.reading.services import (
    DocumentInput,
    confirm_figures,
    decide_finding,
    take_in_document,
)

from .data import published, published_text


def load_published() -> list[ReadDocument]:
    """Take the reports in and confirm what was read.

    A report whose unit its source does not name is kept at the national root, where nothing
    is counted for any unit.
    """
    return [_one(row) for row in published()]


def _one(row: dict[str, Any]) -> ReadDocument:
    period = open_period(str(row["period"])) if row.get("period") else None
    on = period.end if period else row["event_date"]
    unit = unit_on(str(row["unit_code"]), on) if row.get("unit_code") else None
    holder = unit or unit_on("VN", on)
    document = take_in_document(
        actor=OPERATOR,
        unit_id=holder.id,
        content=DocumentInput(
            name=str(row["file"]),
            text=published_text(str(row["file"])),
            title=str(row["title"]),
            period_code=period.code if period else "",
            source_note=str(row["source"]),
            public=True,
        ),
    )
    if unit is not None:
        confirm_figures(
            actor=OPERATOR,
            document_id=document.pk,
            figure_ids=list(document.figures.values_list("pk", flat=True)),
        )
        for finding in document.findings.all():
            decide_finding(actor=OPERATOR, finding_id=finding.pk, decision="confirmed")
    return document
