"""What kind of document a text is: review at a conference, inspection, dialogue or report."""

from __future__ import annotations

import re

from .model import DocKind
from .segments import Document
from .sought import Sought

_LEAD_REACH = 900
_REPORT = re.compile(
    r"(?m)^[^\w\n]*(?:báo cáo(?! tại| của| với|(?: \w+){0,2} do| nêu| cho| đánh| trình)"
    r"|biểu tổng hợp|tổng hợp kết quả"
    r"|kết quả (?:thực hiện|công tác|phát huy|hoạt động|tiếp nhận|giải quyết|giám sát|triển khai)"
    r"|biểu số)(?!\w)"
    r"|(?<!\w)số:? ?\d+[-/]bc|\A[^\n]{0,80}\n?[^\n]{0,80}(?:báo cáo|công tác) (?:nhanh|hoạt động"
    r"|tình hình|tiếp)"
)
_MINUTES = Sought(r"(?<!\w)biên bản(?!\w)[^.]{0,60}đối thoại")
_DIALOGUE = Sought(
    r"(?<!\w)(?:đối thoại (?:với|trực tiếp|định kỳ)|buổi đối thoại|hội nghị đối thoại"
    r"|tổ chức đối thoại"
    r"|(?:cuộc|buổi|hội nghị) (?:gặp mặt|gặp gỡ|tiếp xúc|trao đổi|tọa đàm)[^.;\n]{0,30}(?:với"
    r"|giữa|đối thoại))"
)
_REVIEW = Sought(
    r"(?<!\w)(?:hội nghị (?:\w+ ){0,2}(?:sơ kết|tổng kết|cán bộ,? (?:công|viên) chức"
    r"|người lao động|viên chức|công chức|nhà giáo|công bố|giao ban)"
    r"|tại (?:hội nghị|phiên họp|lễ) (?:trực tuyến|công bố|toàn quốc)|sơ kết|tổng kết"
    r"|lễ tổng kết)(?!\w)"
)
_INSPECTION = Sought(
    r"(?<!\w)(?:đoàn (?:kiểm tra|giám sát|công tác|thanh tra)|kiểm tra việc thực hiện"
    r"|kiểm tra thực tế|giám sát việc thực hiện)(?!\w)"
)
_WORKING = Sought(
    r"(?<!\w)(?:làm việc với|buổi làm việc|kiểm tra thực tế tại|đến kiểm tra"
    r"|kiểm tra việc thực hiện)(?!\w)"
)
_TEAM = Sought(r"(?<!\w)đoàn (?:kiểm tra|giám sát|công tác|khảo sát)(?!\w)")
_DRAFT = Sought(
    r"(?<!\w)(?:dự thảo|dự án luật|tìm hiểu pháp luật|chương trình công tác|hỏi:)(?!\w)"
)
# What orders, plans or informs tells no results, whatever it is about.
_NO_REPORT = re.compile(
    r"(?m)^[^\w\n]*(?:[^\n:]{2,40}: )?(?:kế hoạch|thông báo|công văn|giấy mời|thư mời|hướng dẫn"
    r"|nội quy|quy chế|đề cương|chương trình (?:công tác|hành động)|tờ trình|quyết định)"
    r"(?= (?:kiểm tra|giám sát|tổ chức|thực hiện|triển khai|về|đối thoại|số)(?!\w)|[ \t]*$)"
)
_OF_A_REPORT = re.compile(r"(?m)^[^\w\n]*(?:báo cáo|kết quả|biên bản|tổng hợp)(?!\w)")
_ENTITLED = re.compile(r"\W*báo cáo (?:tình hình|kết quả|công tác|tổng hợp|chuyên đề)(?!\w)")
_INSPECTED_TITLE = re.compile(
    r"(?:^|[\n.:] *)(?:[^\n]{0,60} )?(?:kiểm tra|giám sát) (?:việc |công tác "
    r"|tình hình )?(?:thực hiện"
    r"|triển khai|chấp hành)[^\n]{0,90}(?:tại|ở) "
)
# "6.214 hội nghị đối thoại", "đối thoại định kỳ được 161 cuộc" are summed up, no event.
_COUNTED = re.compile(
    r"\d (?:cuộc |buổi |lượt )?(?:hội nghị |buổi )?đối thoại|đối thoại(?: [^.;,\d]{1,14})? \d"
)
# "Thông báo kết luận kiểm tra" tells what was found.
_CONCLUDED = Sought(
    r"(?<!\w)(?:thông báo|báo cáo)\s+(?:kết luận|kết quả) (?:của đoàn )?"
    r"(?:kiểm tra|giám sát|thanh tra)(?!\w)"
)
_TITLE_LENGTH = 260
_FIRST_SECTION = re.compile(r"\n\s*(?:1|i|a)[.)/-] ")
_MANY = 5


def read_kind(document: Document, figures: int) -> DocKind:
    """The kind of document; ``figures`` is how many indicators were read from it."""
    plain = document.plain
    lead = plain[:_LEAD_REACH]
    first = _FIRST_SECTION.search(plain, 0, _TITLE_LENGTH)
    title = plain[: first.start() if first else _TITLE_LENGTH]
    if _ENTITLED.match(plain):
        return "report"
    draft = _DRAFT.search(lead[:330])
    if draft and not _OF_A_REPORT.search(lead, 0, draft.start()):
        return "other"
    if _CONCLUDED.search(lead[:330]):
        return "inspection"
    paper = _NO_REPORT.search(lead[:330])
    if paper and not _OF_A_REPORT.search(lead, 0, paper.start()):
        return "other"
    if _MINUTES.search(lead) or _DIALOGUE.search(title):
        return "dialogue"
    if _REPORT.search(lead[:500]):
        return "report"
    if _INSPECTED_TITLE.search(title) and _WORKING.search(lead) and _TEAM.search(lead):
        return "inspection"
    if _REVIEW.search(lead):
        return "conference_review"
    if _INSPECTION.search(plain) and _WORKING.search(plain) and figures < _MANY * 2:
        return "inspection"
    if any(not _COUNTED.search(lead, *_around(one)) for one in _DIALOGUE.finditer(lead)):
        return "dialogue"
    return "report" if figures >= _MANY and _RESULTS.search(lead[:600]) else "other"


def _around(match: re.Match[str]) -> tuple[int, int]:
    return max(0, match.start() - 12), match.end() + 20


_RESULTS = Sought(
    r"(?<!\w)(?:kết quả xếp hạng|6 tháng|trong năm|công bố|theo ban|báo cáo|theo đó)(?!\w)"
)
