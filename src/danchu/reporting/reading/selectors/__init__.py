"""Reading what was read: documents, their marked text, and the figures that stand."""

from .batches import (
    BatchLine,
    BatchView,
    FileLine,
    Twin,
    batch,
    batches,
    twins,
)
from .corrections import correction_lines
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
from .elsewhere import Elsewhere, elsewhere
from .stated import (
    OpenStated,
    StatedFigure,
    keys_stated_among,
    keys_with_stated,
    newest_stated,
    open_stated,
    periods_with_stated,
    stated_figures,
    stated_of,
    stated_over_time,
)

__all__ = [
    "BatchLine",
    "BatchView",
    "Choice",
    "Disagreement",
    "DocumentLine",
    "DocumentView",
    "Elsewhere",
    "FigureView",
    "FileLine",
    "FindingView",
    "LastAct",
    "OpenStated",
    "Segment",
    "StatedFigure",
    "Twin",
    "batch",
    "batches",
    "correction_lines",
    "document",
    "documents",
    "elsewhere",
    "findings_of",
    "keys_stated_among",
    "keys_with_stated",
    "newest_stated",
    "open_stated",
    "periods_with_stated",
    "sources_of",
    "stated_figures",
    "stated_of",
    "stated_over_time",
    "twins",
    "waiting_documents",
]
