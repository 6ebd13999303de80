"""Stamps of state secrecy: what bears one is refused and kept nowhere (SECURITY, rule 1)."""

from __future__ import annotations

import re
import unicodedata

from danchu.core.errors import BadInput

# A stamp stands alone on its line, in capitals, near the head of the first page.
_HEAD_LINES = 60
_HEAD_CHARACTERS = 4000
_PARTS = re.compile(r"\s*\|\s*|\t+| {3,}")
_EDGES = "()[]{}.:;,-–—_*\"'“” \u00a0"
# Keys without spaces: stamps are often letter-spaced.
_STAMPS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
_LABEL = re.compile(r"^(?:độ|mức(?: độ)?)\s+mật\s*[:\-–]?\s*", re.IGNORECASE)


def secret_mark(text: str) -> str | None:
    """The stamp of state secrecy that ``text`` bears near its head, or None."""
    head = unicodedata.normalize("NFC", text[:_HEAD_CHARACTERS])
    for line in head.splitlines()[:_HEAD_LINES]:
        for part in _PARTS.split(line):
            labelled = _LABEL.match(part.strip())
            bare = _LABEL.sub("", part.strip()).strip(_EDGES)
            if labelled:
                bare = bare.upper()
            mark = _STAMPS.get("".join(bare.split()))
            if mark:
                return mark
    return None


def refuse_secrets(text: str, name: str = "") -> None:
    """Raise :class:`BadInput` when ``text`` bears a stamp of state secrecy near its head."""
    mark = secret_mark(text)
    if mark is None:
        return
    before = f"{name}: " if name else ""
    raise BadInput(
        f"{before}văn bản đóng dấu {mark}. Hệ thống không nhận bí mật nhà nước và không giữ lại "
        "tệp này; chỉ vào sổ số, ký hiệu, ngày của văn bản.",
        f"{before}the document is stamped {mark}. State secrets are not taken in and the file "
        "was not kept; enter only its number, symbol and date in the register.",
        code="secret",
    )
