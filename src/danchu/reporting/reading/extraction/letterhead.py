"""The head of an official paper: the bodies it names, each above the next; the last one issues.

Decree 30/2020/NĐ-CP, annex I, and the Party's rules on papers alike set the superior body in the
upper line and the one that issues in the line below it; either may fill several lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .matching import plain
from .sought import Sought

_MOST_LINES = 14
_COLUMNS = re.compile(r"\s{3,}|\t|\|")
# What stands in the right column, or below the left one where columns come one after the other.
_MOTTO = Sought(r"(?<!\w)(?:cộng hòa xã hội|độc lập ?- ?tự do|đảng cộng sản việt)")
_END = re.compile(
    r"(?:số\b|báo cáo|biểu|kế hoạch|thông báo|kết quả|tổng hợp|biên bản|công văn|phần|mục|hội nghị"
    r"|tờ trình|nghị quyết|quyết định|chương trình|hướng dẫn|phụ lục|đề án|bảng)(?!\w)"
)
# "Bến Mẫu, ngày 3 tháng 6 năm 2024" in the right column.
_DATELINE = re.compile(r", ?ngày[\s\d.…_]+tháng")
_NUMBER = re.compile(r"số\b")
# What a line of news in capitals tells and no body is called.
_TOLD = re.compile(
    r"(?<!\w)(?:sơ kết|tổng kết|đối thoại|làm việc với|khai mạc|tuyên dương|ban hành|tăng cường"
    r"|đẩy mạnh|nâng cao|tổ chức hội|kiểm tra (?:việc|công))(?!\w)|[:?!]"
)

FIRM = (
    r"(?:tổng )?công ty|tập đoàn|xí nghiệp|nhà máy|hợp tác xã|htx|liên hiệp hợp tác xã|ngân hàng"
    r"|doanh nghiệp"
)
SCHOOL = (
    r"trường(?= (?:mầm|mẫu|tiểu|thcs|thpt|th|trung|phổ|đại|cao|chính|ptdt|dân|liên))|học viện"
    r"|đại học|bệnh viện|viện(?! kiểm)"
)
_AUTHORITY = (
    r"ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|đảng ủy|đảng bộ|(?:tỉnh|huyện|thành|quận|thị) ủy"
    r"|ủy ban (?:trung ương )?(?:mặt trận|mttq)|ubmttq(?:vn)?|ubmt|mttq(?:vn)?|mặt trận tổ quốc"
)
_OFFICE = (
    r"ban|bcđ|sở(?= \w)|phòng(?= \w)|bộ|cục|tổng cục|chi cục|thanh tra|ủy ban kiểm tra|văn phòng"
    r"|trung tâm|trạm|chi bộ|(?:tổng )?liên đoàn|lđlđ|công đoàn|hội(?= (?!đồng))"
    r"|đoàn(?= (?:thanh|tncs))|công an|tòa án|viện kiểm sát|kho bạc|thuế(?= \w)|hạt|đồn|chi nhánh"
)
_VILLAGE = r"(?:thôn|bản|ấp|xóm|khóm|khối|buôn|làng|khu phố|tổ dân phố)(?= \w)"
_BODY = re.compile(rf"(?:{_AUTHORITY}|{FIRM}|{SCHOOL}|{_OFFICE}|{_VILLAGE})(?!\w)")
# The superior may be named without its committee: "HUYỆN BẾN TRÊN".
_TERRITORY = re.compile(r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã) \w+(?: \w+){0,3}")
# A line that ends so goes on in the next, whatever that begins with.
_GOES_ON = re.compile(r"(?:(?<!\w)(?:ban|ủy ban|và|của|về|thuộc|trường|hội)|[-,&])$")
# Bodies that are always somebody's: with no owner named they take it from the other lines.
_OWNED = re.compile(
    r"(?:văn phòng|chi bộ|công đoàn(?: cơ sở)?|ban chấp hành(?: công đoàn)?(?: cơ sở)?"
    r"|(?:ban chỉ đạo|bcđ)(?:(?: (?:thực hiện|xây dựng và|về|công tác))*(?: (?:quy chế|qcdc|qc))?"
    r"(?: (?:thực hiện )?dân chủ)?(?: ở cơ sở)?)"
    r"|ban thanh tra nhân dân|ban giám sát đầu tư(?: của)? cộng đồng)"
)
# Organs that speak for the body above them, not for themselves.
_VOICE = re.compile(r"ban (?:thường trực|thường vụ|chấp hành)")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The bodies of the head as written, each in its lines, the highest first."""

    bodies: tuple[str, ...]

    @property
    def issuer(self) -> str:
        """Who issues the paper."""
        return self.bodies[-1]

    @property
    def above(self) -> str | None:
        """The body straight above the one that issues."""
        return self.bodies[-2] if len(self.bodies) > 1 else None


def letterhead(text: str) -> Letterhead | None:
    """The head of ``text``: lines in capitals that name bodies, two or beside the State's title."""
    lines, official = _lines(text)
    if len(lines) < (1 if official else 2):
        return None
    if not _BODY.match(plain(lines[0])) and not _TERRITORY.fullmatch(plain(lines[0])):
        return None
    bodies: list[str] = []
    for line in lines:
        if bodies and not _begins(bodies[-1], line):
            bodies[-1] = f"{bodies[-1]}\n{line}"
        else:
            bodies.append(line)
    while len(bodies) > 1 and _VOICE.fullmatch(plain(" ".join(bodies[-1].split()))):
        bodies.pop()
    return Letterhead(tuple(bodies))


def is_owned(body: str) -> bool:
    """Whether ``body`` is always somebody's and does not say whose."""
    return _OWNED.fullmatch(plain(" ".join(body.split()))) is not None


def _lines(text: str) -> tuple[list[str], bool]:
    """The lines of the head, and whether the State's or Party's title or a number is with them."""
    lines: list[str] = []
    official = False
    for line in text.lstrip().split("\n")[:_MOST_LINES]:
        form = plain(line)
        motto = _MOTTO.search(form)
        official |= motto is not None
        left = line[: motto.start()] if motto else line
        column = _COLUMNS.split(left.strip())[0].strip(" *-–_:.")
        if not column or _DATELINE.search(plain(column)):
            if motto or line.strip() or not lines:
                continue
            break
        # A line of opening brackets alone would be searched to its end from each of them.
        bare, form = re.sub(r"\([^()]*\)", "", column), plain(column)
        if _END.match(form) or not bare.isupper() or _TOLD.search(form):
            official |= _NUMBER.match(form) is not None
            break
        lines.append(column)
    return lines, official


def _begins(before: str, line: str) -> bool:
    """Whether ``line`` names another body than the one ``before`` it."""
    if not _BODY.match(plain(line)) or _GOES_ON.search(plain(before)):
        return False
    # "VĂN PHÒNG" above "UBND TỈNH …", "CÔNG ĐOÀN" above "TRƯỜNG …": whose it is.
    return not is_owned(before)
