"""The report as one HTML file that needs nothing else: for reading, sending and keeping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

if TYPE_CHECKING:
    from danchu.reporting.reviews.compose import Report


def report_page(report: Report) -> bytes:
    """The composed report as a page with its annex of evidence, in UTF-8."""
    return render_to_string("office/report_file.html", {"report": report}).encode()
