"""From the file of a report to its text: DOCX, PDF (text or scanned), DOC, HTML, TXT, ODT."""

from .extract import SINGLE_LIMIT, SUFFIXES, documents_below, extract_text
from .marks import refuse_secrets

__all__ = ["SINGLE_LIMIT", "SUFFIXES", "documents_below", "extract_text", "refuse_secrets"]
