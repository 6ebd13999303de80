"""What in the text of a report does not add up, kept with it when it is taken in."""

from __future__ import annotations

from typing import Any

from .extraction import Reading, check_reading, read_text
from .models import ReadDocument


def disagreements(reading: Reading) -> list[dict[str, Any]]:
    """The checks that failed, as plain values: the sentences, and where the numbers stand."""
    return [
        {
            "vi": check.message_vi,
            "en": check.message_en,
            "spans": [list(span) for span in check.spans],
        }
        for check in check_reading(reading)
        if check.verdict == "fail"
    ]


def disagreements_of(document: ReadDocument) -> list[dict[str, Any]]:
    """Those of a report; of one taken in before they were kept its text is read again."""
    if document.disagreements is None:
        return disagreements(read_text(document.text, ""))
    kept: list[dict[str, Any]] = document.disagreements
    return kept
