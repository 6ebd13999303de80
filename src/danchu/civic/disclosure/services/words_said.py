"""Patterns of Vietnamese words as they are written, with or without their marks."""

from __future__ import annotations

import re

from danchu.core.text import fold

_SYLLABLE = re.compile(r"[^\W\d_]+")


def said(pattern: str) -> re.Pattern[str]:
    """A pattern of words as they are written, or written without any mark ("còn nợ", "con no").

    "~" stands between two words. Folding the text instead would take "họ nỗ lực" for "hộ nợ".
    """
    either = _SYLLABLE.sub(lambda m: f"(?:{m[0]}|{fold(m[0])})", pattern)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)".replace("~", r"\s+"))
