"""From the text of a report to its figures, persons, law and findings."""

from __future__ import annotations

from .model import Reading


def read_text(text: str, name: str = "") -> Reading:
    """Everything ``text`` states; ``name`` becomes ``Reading.file``."""
    raise NotImplementedError
