"""A rise or fall in per cent: which way it goes, and what rises or falls."""

from __future__ import annotations

import re

from .matching import last_match

_RISE = re.compile(
    r"(?<!\w)(?P<way>tăng|giảm|kéo giảm)(?: (?:được|thêm|hơn|gần|khoảng|trên|tới|đến))*"
    # "giảm 12 lượt, tương đương 9%"
    r"(?: \d[\d.]* (?:lượt|đơn|đoàn|vụ|cuộc)(?: \w+){0,2},? ?(?:tương đương|tương ứng|bằng|hay|\()"
    r"(?: với| tỷ lệ)*)?\s*$"
)
# "ít hơn năm trước 12%", "cao hơn lần khảo sát trước 2 điểm phần trăm"
_MORE_OR_LESS = re.compile(
    r"(?<!\w)(?P<way>nhiều hơn|cao hơn|tăng|ít hơn|thấp hơn|giảm)(?: so với)? (?:cùng kỳ"
    r"|năm (?:trước|ngoái|20\d\d)|kỳ trước|quý trước|tháng trước|(?:lần|đợt|kỳ) (?:\w+ ){1,2}trước)"
    r"(?: năm (?:trước|ngoái|20\d\d))?(?: là| tới| gần| khoảng| hơn)?\s*$"
)
_FALL = re.compile(r"giảm|ít hơn|thấp hơn")
_CHANGED = (
    (re.compile(r"(?<!\w)(?:lượt|công dân|tiếp (?:công )?dân)(?!\w)"), "citizens_received"),
    (
        re.compile(
            r"(?<!công )(?<!liên )(?<!\w)đoàn(?: đông người)?(?! viên| thể| kết| kiểm| giám|\w)"
        ),
        "mass_groups_received",
    ),
    (re.compile(r"(?<!\w)(?:đơn thư|số đơn|lượng đơn|đơn)(?!\w)"), "petitions_received"),
    (re.compile(r"(?<!\w)khiếu nại(?!\w)"), "complaints_received"),
    (re.compile(r"(?<!\w)hài lòng(?!\w)"), "satisfaction_pct"),
    (
        re.compile(
            r"(?<!\w)hội nghị (?:\w+ )?(?:người lao động|cán bộ|cb\w+|nlđ|viên chức|công chức"
            r"|nhà giáo)(?!\w)"
        ),
        "workplace_conferences_held",
    ),
)


def way_of_change(window: str) -> re.Match[str] | None:
    """The words of a rise or fall at the end of ``window``, the way in the group ``way``."""
    return _RISE.search(window) or _MORE_OR_LESS.search(window)


def falls(plain: str, start: int, end: int) -> bool:
    """Whether [start, end) of ``plain`` tells a fall."""
    return _FALL.search(plain, start, end) is not None


def key_that_changes(plain: str, start: int, end: int) -> str:
    """The key last spoken of within [start, end) of ``plain``; empty for none."""
    best, where = "", -1
    for expression, key in _CHANGED:
        last = last_match(expression, plain, start, end)
        if last is not None and last.start() > where:
            best, where = key, last.start()
    return best
