"""Sentences that name units as not having handed in, held against the round as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from danchu.reporting.rounds.selectors import RoundView

_KIND = r"(?:xã|phường|thị trấn|đặc khu|đơn vị)"
_LACKS = re.compile(
    r"\bchưa\s+(?:\w+\s+){0,2}?nộp\b"
    r"|\bchưa\s+(?:gửi|có)\s+(?:số liệu|báo cáo)\b"
    r"|\bchưa\s+báo cáo\b"
    r"|\b(?:đôn đốc|nhắc)\b.*\b(?:nộp|gửi|báo cáo)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"\b(\d+)(?:/\d+)?\s+({_KIND}(?:,\s*{_KIND})*)\s+(?:còn\s+|vẫn\s+)?chưa\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n")
_VILLAGE = r"(?<!thôn )(?<!bản )(?<!ấp )(?<!buôn )(?<!khu phố )(?<!tổ dân phố )"


def falsely_lacking(text: str, found: RoundView | None) -> Iterator[tuple[str, str]]:
    """What ``text`` says of units that have not handed in and is not so: Vietnamese, English.

    A unit is meant where a sentence that speaks of lacking or of urging has its name.
    """
    if found is None:
        return
    for sentence in _SENTENCE.split(text):
        if not _LACKS.search(sentence):
            continue
        for line in found.standing:
            if _names(sentence, line.kind, line.name):
                yield (
                    f"Câu này nêu {line.name} chưa nộp số liệu; đơn vị đã nộp.",
                    f"This sentence says that {line.name} has not handed in; it has.",
                )
        for told in _COUNTED.finditer(sentence):
            kinds = {kind.strip().casefold() for kind in told[2].split(",")}
            left = sum("đơn vị" in kinds or line.kind in kinds for line in found.missing)
            if left != int(told[1]):
                now = f"nay còn {left:02d}" if left else "nay không còn đơn vị nào"
                yield (
                    f"Câu này nêu {told[1]} {told[2]} chưa nộp số liệu; {now}.",
                    f"This sentence says that {int(told[1])} have not handed in; {left} have not.",
                )


def _names(sentence: str, kind: str, name: str) -> bool:
    """Whether the sentence has the unit's name, with its kind or in a list without it."""
    bare = re.escape(name.removeprefix(f"{kind} "))
    return re.search(rf"{_VILLAGE}\b{bare}\b", sentence, re.IGNORECASE) is not None
