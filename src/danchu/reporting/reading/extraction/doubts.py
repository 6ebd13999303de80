"""What keeps a figure from being accepted together with others, told in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from danchu.core.errors import current_language

from .confidence import doubted, in_doubt
from .model import Indicator
from .segments import Document

_TERM = re.compile(r"(?<!\w)từ (?:đầu )?(?:nhiệm kỳ|khóa)(?!\w)[^.;\d]{0,60}$")
# "5,000 m2" or "1,008/1,047": with its unit or without.
_THREE = re.compile(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?![\d,])")
_REACH = 120
# Words of warning of one text; more would not be read.
_MOST = 20


def in_its_term(document: Document, indicators: Sequence[Indicator]) -> list[Indicator]:
    """``indicators`` with those in doubt that sum up a term of office: no figures of the period."""
    return [
        replace(i, signs=in_doubt(i.signs)) if _of_a_term(document, i) else i for i in indicators
    ]


def _of_a_term(document: Document, figure: Indicator) -> bool:
    start = max(document.sentence_at(figure.number[0]).start, figure.number[0] - _REACH)
    return bool(_TERM.search(document.plain, start, figure.number[0]))


def doubts(document: Document, indicators: Sequence[Indicator]) -> list[str]:
    """Why figures stay in doubt, in the language of the request, a sentence for each."""
    english = current_language().startswith("en")
    said: list[str] = []
    for figure in indicators:
        if not doubted(figure.signs):
            continue
        words = " ".join(figure.surface.split())
        if _THREE.search(figure.digits):
            said.append(
                f"“{words}”: a comma before three digits may mean thousands or decimals; compare "
                "with the original."
                if english
                else f"“{words}”: dấu phẩy trước ba chữ số có thể là phân cách hàng nghìn hoặc dấu "
                "thập phân; cần đối chiếu bản gốc."
            )
        elif figure.key == "dossiers_on_time" and figure.rule == "table":
            said.append(
                f"On time {words}: early ones stand apart and are not to be added, yet the "
                "dictionary counts them as on time."
                if english
                else f"Đúng hạn {words}: bảng ghi riêng số trước hạn và không gộp, trong khi chỉ "
                "tiêu đúng hạn tính cả trước hạn."
            )
        elif _of_a_term(document, figure):
            said.append(
                f"“{words}” sums up the term of office, not the period of the report."
                if english
                else f"“{words}” là số lũy kế của nhiệm kỳ, không phải số của kỳ báo cáo."
            )
    return list(dict.fromkeys(said))[:_MOST]
