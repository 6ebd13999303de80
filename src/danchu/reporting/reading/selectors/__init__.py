"""Reading what was read: documents, their marked text, and the figures that stand."""

from .desk import (
    Disagreement,
    DocumentView,
    FigureView,
    FindingView,
    Segment,
    document,
)
from .documents import (
    DocumentLine,
    documents,
    findings_of,
    sources_of,
    waiting_documents,
)
from .stated import (
    StatedFigure,
    newest_stated,
    periods_with_stated,
    stated_figures,
    stated_of,
    stated_over_time,
)

__all__ = [
    "Disagreement",
    "DocumentLine",
    "DocumentView",
    "FigureView",
    "FindingView",
    "Segment",
    "StatedFigure",
    "document",
    "documents",
    "findings_of",
    "newest_stated",
    "periods_with_stated",
    "sources_of",
    "stated_figures",
    "stated_of",
    "stated_over_time",
    "waiting_documents",
]
