"""What a report that was taken in is called.

Its own title line where it has one; else what it is, its period and its unit. Never its
letterhead, never a sentence of it, and never a number it states: a title is read by everybody,
also where a count is held back.
"""

from __future__ import annotations

import re

from .extraction import Reading, amounts_in, read_text

_MOST_LINES = 40
_LONGEST, _SHORTEST = 220, 8
_HEAD = re.compile(
    r"(?i)^(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|ủy ban (?:mặt trận|mttq)"
    r"|mặt trận tổ quốc|đảng (?:bộ|ủy|cộng sản)|huyện ủy|tỉnh ủy|thành ủy|thị ủy|ban chỉ đạo"
    r"|ban dân vận|cộng h[oò][aà]|độc lập|số\s*[:.]?\s*[\d/…. ]|kính gửi|nơi nhận|căn cứ"
    r"|trang (?:chủ|thông tin)|cổng thông tin"
    r"|chi tiết|tin tức|giới thiệu|đăng nhập|tìm kiếm|menu|thứ (?:hai|ba|tư|năm|sáu|bảy)"
    r"|chủ nhật|ngày \d|liên đoàn lao động|công đoàn|văn phòng|sở |phòng )"
)
_PLACE_AND_DAY = re.compile(r"(?i)^[^,.;]{2,40}, ngày\b")
# "BÁO CÁO", "BÁO CÁO TÓM TẮT": what it is, alone on its line
_KIND = re.compile(
    r"(?i)^(?:báo cáo|biên bản|thông báo|tờ trình|kế hoạch|công văn|kết luận|nghị quyết|tổng hợp|"
    r"phụ lục|biểu tổng hợp)(?: (?:tóm tắt|tổng kết|sơ kết|chuyên đề|tổng hợp|nhanh|định kỳ))*:?$"
)
_TITLE = re.compile(
    r"(?i)^(?:về việc|v/v|kết quả|báo cáo|biên bản|tổng kết|sơ kết|tình hình|công tác|tổng hợp|"
    r"thông báo|hội nghị|việc thực hiện|thực hiện|đánh giá|phục vụ|triển khai|đối thoại)(?!\w)"
)
_SENTENCE = re.compile(r"[.;](?:\s|$)|:\s\S.{60}")
_KINDS = {
    "report": "Báo cáo",
    "dialogue": "Biên bản đối thoại",
    "conference_review": "Báo cáo sơ kết, tổng kết",
    "inspection": "Báo cáo kiểm tra",
    "other": "Văn bản",
}


def title_of(text: str, reading: Reading, period_name: str, unit_name: str) -> str:
    """The title of a report: at most 300 characters, in Vietnamese as the report is.

    ``period_name``: how its period is called, "" where it is not known; ``unit_name``: that of
    the unit it belongs to.
    """
    found = _own_title(text)
    if found and not carries_number(found):
        return found[:300]
    name = _KINDS[reading.doc_kind]
    if period_name:
        name = f"{name} {period_name}"
    elif reading.event_date is not None:
        name = f"{name} ngày {reading.event_date:%d/%m/%Y}"
    return f"{name}, {unit_name}" if unit_name else name


def carries_number(title: str) -> bool:
    """Whether a title states an amount; a year, a period and the number of a paper are none."""
    return bool(amounts_in(title))


def states_figures(title: str) -> bool:
    """Whether a title tells the count of an indicator that is known."""
    return bool(read_text(title).indicators)


def _own_title(text: str) -> str:
    """The title line of a report, "" where none is found in its head."""
    lines = [" ".join(line.split()).strip(" |*") for line in text.splitlines() if line.strip()]
    lines = lines[:_MOST_LINES]
    for place, line in enumerate(lines):
        if _KIND.match(line):
            title = _following(lines[place + 1 :])
            return f"{line.rstrip(':')}: {title}" if title else ""
        if _TITLE.match(line) and _is_line(line):
            return line
    return ""


def _following(lines: list[str]) -> str:
    """The first line behind what the paper is that can be its title."""
    for line in lines[:4]:
        if _HEAD.match(line) or _PLACE_AND_DAY.match(line):
            continue
        heading = line.rstrip(".")
        return heading if _is_line(heading) else ""
    return ""


def _is_line(line: str) -> bool:
    """Whether a line is a heading: short, and no sentence."""
    return _SHORTEST <= len(line) <= _LONGEST and not _SENTENCE.search(line)
