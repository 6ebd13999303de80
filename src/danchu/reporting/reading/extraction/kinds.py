"""What kind of document a text is: review at a conference, inspection, dialogue or report."""

from __future__ import annotations

import re

from .model import DocKind
from .segments import Document

_LEAD_REACH = 900
_REPORT = re.compile(
    r"(?m)^\W*(?:báo cáo(?! tại| của| với)|biểu tổng hợp|tổng hợp kết quả|kết quả thực hiện"
    r"|biểu số)(?!\w)"
    r"|(?<!\w)số:? ?\d+[-/]bc|^[^\n]{0,80}\n?[^\n]{0,80}(?:báo cáo|công tác) (?:nhanh|hoạt động"
    r"|tình hình|tiếp)"
)
_MINUTES = re.compile(r"(?<!\w)biên bản(?!\w)[^.]{0,60}đối thoại")
_DIALOGUE = re.compile(
    r"(?<!\w)(?:đối thoại (?:với|trực tiếp|định kỳ)|buổi đối thoại|hội nghị đối thoại"
    r"|tổ chức đối thoại)"
)
_REVIEW = re.compile(
    r"(?<!\w)(?:hội nghị (?:\w+ ){0,2}(?:sơ kết|tổng kết|cán bộ, công chức|cán bộ công chức"
    r"|người lao động|viên chức)"
    r"|sơ kết|tổng kết|lễ tổng kết)(?!\w)"
)
_INSPECTION = re.compile(
    r"(?<!\w)(?:đoàn (?:kiểm tra|giám sát|công tác|thanh tra)|kiểm tra việc thực hiện"
    r"|kiểm tra thực tế|giám sát việc thực hiện)(?!\w)"
)
_WORKING = re.compile(
    r"(?<!\w)(?:làm việc với|buổi làm việc|kiểm tra thực tế tại|đến kiểm tra"
    r"|kiểm tra việc thực hiện)(?!\w)"
)
_DRAFT = re.compile(
    r"(?<!\w)(?:dự thảo|dự án luật|tìm hiểu pháp luật|chương trình công tác|hỏi:)(?!\w)"
)
_MANY = 5


def read_kind(document: Document, figures: int) -> DocKind:
    """The kind of document; ``figures`` is how many indicators were read from it."""
    plain = document.plain
    lead = plain[:_LEAD_REACH]
    title = plain[:260]
    if _DRAFT.search(lead[:330]):
        return "other"
    if _MINUTES.search(lead) or _DIALOGUE.search(title):
        return "dialogue"
    if _REPORT.search(lead[:500]):
        return "report"
    if _REVIEW.search(lead):
        return "conference_review"
    if _INSPECTION.search(plain) and _WORKING.search(plain) and figures < _MANY * 2:
        return "inspection"
    if _DIALOGUE.search(lead):
        return "dialogue"
    return "report" if figures >= _MANY and _RESULTS.search(lead[:600]) else "other"


_RESULTS = re.compile(
    r"(?<!\w)(?:kết quả xếp hạng|6 tháng|trong năm|công bố|theo ban|báo cáo|theo đó)(?!\w)"
)
