"""Documents in and out: letterheads of the State and the Party, DOCX, PDF, text, spreadsheets.

Pure renderers: nothing here knows a database or the web. Build an :class:`OfficialDocument` in the
layout of :func:`layout_for` and print it with any of ``render_pdf``, ``render_docx``,
``render_html`` and ``plain_text``; :func:`compose` gives the same lines to a page.
"""

from .evidence import evidence_annex, figure_references
from .html import render_html
from .layouts import LAYOUTS, LayoutSpec, layout_caveat, layout_for
from .model import (
    DEMONSTRATION_MARK,
    REFERENCE_MARK,
    Annex,
    Block,
    BulletList,
    Column,
    HeaderCell,
    Heading,
    Layout,
    Note,
    OfficialDocument,
    Paragraph,
    Run,
    Signatory,
    Table,
)
from .pdf import render_pdf
from .plain import plain_text
from .sheets import Sheet, SheetCell, SheetColumn, render_xlsx
from .sheets_in import SheetIn, is_error, read_xlsx
from .word import render_docx
from .wording import Composed, ComposedAnnex, compose, heading_text, short_date

__all__ = [
    "DEMONSTRATION_MARK",
    "LAYOUTS",
    "REFERENCE_MARK",
    "Annex",
    "Block",
    "BulletList",
    "Column",
    "Composed",
    "ComposedAnnex",
    "HeaderCell",
    "Heading",
    "Layout",
    "LayoutSpec",
    "Note",
    "OfficialDocument",
    "Paragraph",
    "Run",
    "Sheet",
    "SheetCell",
    "SheetColumn",
    "SheetIn",
    "Signatory",
    "Table",
    "compose",
    "evidence_annex",
    "figure_references",
    "heading_text",
    "is_error",
    "layout_caveat",
    "layout_for",
    "plain_text",
    "read_xlsx",
    "render_docx",
    "render_html",
    "render_pdf",
    "render_xlsx",
    "short_date",
]
