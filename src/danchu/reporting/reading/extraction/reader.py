"""From the text of a report to its figures, persons, law and findings."""

from __future__ import annotations

from .figures import read_figures
from .model import Reading
from .segments import segment


def read_text(text: str, name: str = "") -> Reading:
    """Everything ``text`` states; ``name`` becomes ``Reading.file``."""
    document = segment(text)
    return Reading(file=name, indicators=tuple(read_figures(document)))
