"""Mobile telephone numbers of Viet Nam in a text, however they are grouped or dashed."""

from __future__ import annotations

import re
import unicodedata

from .door import INVISIBLE
from .normal import limited

_SEP = r"[ ./()-]{0,3}"
MOBILE = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?:0|(?:\+ ?|00 ?)84{_SEP}0?)\)?{_SEP}[35789](?:{_SEP}\d){{8}}(?!\d)"
)
# Days and spans of years in figures are no numbers of anybody: "07/8/2026 - 09/8/2026".
_DAYS = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d(?!\d)")


def holds_a_telephone(text: str) -> bool:
    """Whether a text plainly holds a mobile telephone number."""
    shown = unicodedata.normalize("NFKC", limited(INVISIBLE.sub("", text)))
    return any(MOBILE.search(_DAYS.sub("#", line)) for line in shown.splitlines())
