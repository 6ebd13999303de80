"""The head of an official paper: who issues it, under whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .matching import plain

_MOST_LINES = 8
_COLUMNS = re.compile(r"\s{3,}|\t|\|")
_STATE = re.compile(
    r"(?i)cộng h[oò]a|cộng hoà|độc lập|đảng cộng sản việt|số\b|báo cáo|biểu|kế hoạch|thông báo"
    r"|kết quả|tổng hợp|biên bản|công văn|phần|mục|hội nghị"
)


def spaced_over_lines(source: str) -> str:
    """``source`` where a space stands for a space or the break between two lines."""
    return re.sub(r" (?![?*+])", r"[ \\n]", source)


_ISSUER = re.compile(
    spaced_over_lines(
        r"(?<!\w)(?:ban chỉ đạo(?: thực hiện| xây dựng và thực hiện)?(?: (?:quy chế|qcdc|qc))?"
        r"(?: (?:thực hiện )?dân chủ)?(?: ở cơ sở)?|bcđ(?: thực hiện)?(?: qcdc)?"
        r"|ủy ban (?:mặt trận tổ quốc|mttq)(?: việt nam)?|ubmttq(?: việt nam)?"
        r"|mặt trận tổ quốc(?: việt nam)?|ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|đảng ủy"
        r"|ban (?:dân vận|nội chính|tuyên giáo|tiếp công dân|thanh tra nhân dân)"
        r"|ban giám sát đầu tư(?: của)? cộng đồng|liên đoàn lao động|công đoàn"
        r"|phòng nội vụ|sở nội vụ"
        r"|trung tâm (?:phục vụ )?hành chính công|thanh tra)(?!\w)"
    )
)
_SUPERIOR = re.compile(r"đảng bộ|(?:tỉnh|huyện|thành|thị|quận) ủy|ủy ban nhân dân|ubnd")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The lines of the head; from ``start`` to ``end`` its words name the body."""

    words: str
    start: int
    end: int


def letterhead(text: str) -> Letterhead | None:
    """The head of ``text``, where two lines in capitals and more name a body."""
    lines: list[str] = []
    for line in text.lstrip().split("\n")[:_MOST_LINES]:
        column = _COLUMNS.split(line.strip())[0].strip(" *-–_:.")
        if not column:
            if line.strip():
                continue
            break
        # A line of opening brackets alone would be searched to its end from each of them.
        bare = re.sub(r"\([^()]*\)", "", column)
        if _STATE.match(column) or not bare.isupper():
            break
        lines.append(column)
    if len(lines) < 2:
        return None
    words = "\n".join(lines)
    found = list(_ISSUER.finditer(plain(words)))
    if not found:
        return None
    under = _SUPERIOR.match(plain(words)) is not None
    issuer = found[-1] if under else found[0]
    return Letterhead(words, issuer.start(), issuer.end())
