"""From the file of a report to its text: DOCX, PDF (text or scanned), DOC, HTML, TXT, ODT."""

from danchu.core.text.secrecy import refuse_secret

from .extract import SINGLE_LIMIT, SUFFIXES, documents_below, extract_text

__all__ = ["SINGLE_LIMIT", "SUFFIXES", "documents_below", "extract_text", "refuse_secret"]
