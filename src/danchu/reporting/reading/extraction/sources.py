"""From the file of a report to its text."""

from __future__ import annotations

from pathlib import Path

from .model import SourceText


def extract_text(source: Path | str | bytes, name: str = "") -> SourceText:
    """The text of a document given as a path or as its bytes."""
    raise NotImplementedError
