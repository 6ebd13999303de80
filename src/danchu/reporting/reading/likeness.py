"""Knowing the same words again in another format."""

from __future__ import annotations

import hashlib

from danchu.core.text import fold

# A text with fewer letters and digits says too little to be known again by them.
SHORTEST = 40


def likeness_of(text: str) -> str:
    """SHA-256 of the letters and digits of ``text`` alone; "" for a text that has hardly any.

    Spaces, line breaks, marks, case and accents differ between the formats of one report.
    """
    bare = "".join(character for character in fold(text) if character.isalnum())
    return hashlib.sha256(bare.encode()).hexdigest() if len(bare) >= SHORTEST else ""
