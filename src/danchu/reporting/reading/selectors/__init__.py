"""Reading what was read: documents, their marked text, and the figures that stand."""

from .desk import (
    Choice,
    Disagreement,
    DocumentView,
    FigureView,
    FindingView,
    LastAct,
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
    "Choice",
    "Disagreement",
    "DocumentLine",
    "DocumentView",
    "FigureView",
    "FindingView",
    "LastAct",
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
