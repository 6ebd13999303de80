"""What the search finds a notice by: title, number, text and table; never a name of a list."""

from __future__ import annotations

from danchu.core.search.services import index_record

from ..models import Notice


def index_notice(notice: Notice) -> None:
    """Bring the index up to date, in the transaction of who published or took back."""
    cells: list[str] = []
    if notice.table:
        cells = [*notice.table["header"]]
        for row in notice.table["rows"]:
            cells += [cell for cell in row if isinstance(cell, str)]
    text = "\n".join([notice.document_number, notice.text, *cells])
    index_record(notice.record, notice.title, text)
