"""Persons whom a text names with an office. Citizens without one are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .lexicon.names import SURNAMES
from .lexicon.places import PLACE_WORDS, PROVINCE
from .matching import LOWER, UPPER
from .model import Person
from .segments import Document
from .sought import Sought

_WORD = rf"[{UPPER}][{LOWER}']+"
# "Giàng A Páo", "Vàng A Của": one letter may stand within a name
_RUN = re.compile(rf"(?<![\w.]){_WORD}(?:[ \n]+(?:A[ ]+)?{_WORD})+(?!\w)")
_NAME = rf"{_WORD}(?:[ ]+(?:A[ ]+)?{_WORD}){{1,4}}"
# The middle name that most names of women have: what stands before it is a family name, known or
# not. "Văn" of men does not tell as much: "Nhà Văn Hóa".
_OF_WOMEN = "Thị"
# Words that open a run of capitals without being a family name.
_OPENING_WORDS = """
    Ông Bà Anh Chị Cô Thầy Theo Tại Đồng Chủ Phó Trưởng Ban Đảng Ủy Hội Sở Bộ Mặt Nhà Thành
"""
_NO_NAMES = frozenset(_OPENING_WORDS.split())
_PLACE_BEFORE = re.compile(
    rf"(?:{PLACE_WORDS}|ubnd|hđnd|(?:tỉnh|thành|huyện|quận|thị|đảng) ủy|kcn|công ty|trường"
    rf"|chung cư|trung tâm"
    r"|bệnh viện|hội|chi bộ|đảng bộ|công giáo|vùng|sở|phòng|ban|dự án) ?$"
)
_ADDRESS = re.compile(
    r"(?:đồng chí|đ/c|các đồng chí|ông|bà|anh|chị|cô|thầy|gs|pgs|ts|bác sỹ|luật sư|thạc sỹ)[ .:]*$"
)
_CALLING = re.compile(r"luật sư|bác sỹ")
# Of the people of the highlands the family name stands last.
_FAMILY_LAST = re.compile(
    r"(?<![\w'])(?:H'|Y )\w+(?: \w+)?"
    r" (?:Niê|Mlô|Byă|Êban|Ayun|Kpă|Ksor|Siu|Kbuôr|Knul|Hmok|Êñuôl)(?!\w)"
)
_OFFICE = (
    r"(?:nguyên |tân )?(?:(?:phó )?(?:bí thư|chủ tịch|trưởng|giám đốc|chánh|chủ nhiệm|tổng"
    r"|thủ tướng|giám thị"
    r"|viện trưởng|cục trưởng|vụ trưởng|hiệu trưởng|thường trực)"
    r"|ủy viên|bộ trưởng|thứ trưởng|(?:tỉnh|huyện|thành|đảng|quận|thị) ủy viên|đại diện|tổ trưởng"
    r"|trưởng"
    r"|công nhân|chuyên viên|thư ký|người phát ngôn|giảng viên|giáo viên|uvtv|uvbtv|uvbch)"
)
_STARTS_OFFICE = re.compile(rf"^\W*(?:-|–|,)?\s*(?:là )?{_OFFICE}(?!\w)")
_OFFICE_PLACE = Sought(rf"(?<!\w){_OFFICE}(?!\w)")
_TITLE_STOP = re.compile(
    r"(?<!tp)(?<!\Wt)\.(?=\s|$)|[;:()\n\"]|(?<!\w)(?:cho biết|phát biểu|khẳng định|nhấn mạnh|nói"
    r"|yêu cầu|đề nghị|chủ trì|dự|tham dự"
    r"|báo cáo|làm trưởng đoàn|dẫn đầu|cho rằng|đối thoại|đã|cùng|đánh giá|trao đổi|thông tin"
    r"|nhận định|tại|về"
    r"|thay mặt|trả lời|và(?= (?:các|lãnh đạo))|tiếp tục|đưa|bày tỏ|vui vẻ|cũng|trình bày"
    r"|ghi nhận|kết luận|trong)(?!\w)"
)
_TITLE_PARTS = re.compile(r"(?:[^,;-]|(?<! )-|-(?! ))+[,;-]?\s*")
_OTHER_NAME = re.compile(rf"{_WORD} {_WORD} {_WORD},")
_ROLES: tuple[tuple[str, Sought], ...] = (
    ("chair", Sought(r"(?<!\w)(?:chủ trì|chủ tọa)(?!\w)")),
    (
        "lead",
        Sought(
            r"(?<!\w)(?:làm trưởng đoàn|dẫn đầu|trưởng đoàn|làm trưởng ban|chủ trì đối thoại"
            r"|đối thoại với)(?!\w)"
        ),
    ),
    (
        "report_presenter",
        Sought(
            r"(?<!\w)(?:báo cáo kết quả|đã báo cáo|trình bày báo cáo|báo cáo tổng kết"
            r"|báo cáo công tác|báo cáo)(?!\w)"
        ),
    ),
    (
        "speaker",
        Sought(
            r"(?<!\w)(?:cho biết|phát biểu|khẳng định|nhấn mạnh|nói|yêu cầu|đề nghị|cho rằng"
            r"|nhận định|trả lời"
            r"|bày tỏ|cho hay|kiến nghị|chia sẻ|thông tin|đánh giá|hỏi|băn khoăn|xin|trao đổi"
            r"|nêu ý kiến|kết luận)(?!\w)"
        ),
    ),
    ("attendee", Sought(r"(?<!\w)(?:tham dự|dự|có mặt|sự tham dự|chứng kiến)(?!\w)")),
)
_WRITER = Sought(r"(?:người lập|ghi biên bản|tác giả|bài|ảnh|nguồn|biên soạn)[^\n]{0,20}$")


@dataclass(slots=True)
class _Found:
    name: str
    title: str | None
    role: str
    weight: int


def read_persons(document: Document) -> tuple[Person, ...]:
    """Persons with an office or with a part in the event, the weightiest part of each."""
    text, plain = document.text, document.plain
    found: dict[str, _Found] = {}
    for start, end in _names(text, plain):
        if _WRITER.search(plain, max(0, start - 40), start):
            continue
        title = _title_after(text, plain, end) or _title_before(text, plain, start)
        if title is None and not _ADDRESS.search(plain, max(0, start - 14), start):
            continue
        role, weight = _role(document, start, end)
        if title is None and role not in ("report_presenter", "chair"):
            continue
        name = " ".join(text[start:end].split())
        known = found.get(name.casefold())
        if known is None:
            found[name.casefold()] = _Found(name, title, role, weight)
            continue
        if weight > known.weight:
            known.role, known.weight = role, weight
        known.title = known.title or title
    for item in _signatures(text):
        known = found.get(item.name.casefold())
        if known is None:
            found[item.name.casefold()] = item
        elif known.weight < item.weight:
            known.role, known.weight = item.role, item.weight
    return tuple(Person(item.name, item.title, item.role) for item in found.values())


def _names(text: str, plain: str) -> Iterator[tuple[int, int]]:
    """Where names of persons stand: a family name and one to three words, not a place."""
    for run in _RUN.finditer(text):
        words = [
            (m.start() + run.start(), m.end() + run.start()) for m in re.finditer(r"\S+", run[0])
        ]
        written = [text[a:b] for a, b in words]
        first = 0
        while first < len(words) and written[first] in _NO_NAMES:
            first += 1
        if _PLACE_BEFORE.search(plain, max(0, words[0][0] - 24), words[0][0]):
            # "xã Phạm Văn Nhận": three words with a family name after an office are a person.
            office = _OFFICE_PLACE.search(plain, max(0, words[0][0] - 70), words[0][0])
            if not (office and len(words) >= 3 and written[first] in SURNAMES):
                first = max(first, 1)
        for place in range(first, len(words) - 1):
            left = len(words) - place
            known = written[place] in SURNAMES or (left > 2 and written[place + 1] == _OF_WOMEN)
            if not known or left > 4:
                continue
            begin, end = words[place][0], words[-1][1]
            if left == 2 and place and first:
                break
            if not PROVINCE.fullmatch(plain, begin, end):
                yield begin, end
            break
    for name in _FAMILY_LAST.finditer(text):
        yield name.start(), name.end()


_SIGNING = Sought(
    r"(?<!\w)(?:TRƯỞNG BAN|GIÁM ĐỐC|CHỦ TỊCH|CHÁNH|BÍ THƯ|TRƯỞNG|CHỦ NHIỆM|TỔNG GIÁM ĐỐC)(?!\w)"
)
# The office below which a paper is signed, where it is not in capitals.
_OFFICE_ALONE = re.compile(
    r"(?:Phó )?(?:[Tt]rưởng [Bb]an|[Cc]hủ tịch|[Gg]iám đốc|[Hh]iệu trưởng|[Bb]í thư"
    r"|[Cc]hủ nhiệm|[Cc]hánh [Tt]hanh tra|[Cc]hánh Văn phòng)"
)
_COLUMNS = re.compile(r"[ \t]{2,}|\t|\s\|\s|:\s")
_PARTING = ("  ", "\t", "|", ":")
_SIGNATURE_LINES = 24


def _signatures(text: str) -> list[_Found]:
    """Those who signed: a name alone in its column below an office in capitals."""
    title: str | None = None
    out: list[_Found] = []
    for line in text.rstrip().split("\n")[-_SIGNATURE_LINES:]:
        parted = any(mark in line for mark in _PARTING)
        for part in _COLUMNS.split(line) if parted else (line,):
            cell = part.strip(" |")
            if _OFFICE_ALONE.fullmatch(cell) or (
                cell.isupper() and len(cell) < 90 and _SIGNING.search(cell)
            ):
                title = _sentence_case(cell)
            elif title and _is_name(cell):
                out.append(_Found(" ".join(cell.split()), title, "lead", 5))
                title = None
    return out


def _is_name(words: str) -> bool:
    parts = words.split()
    ours = re.fullmatch(_NAME, words) is not None and (
        parts[0] in SURNAMES or (len(parts) > 2 and parts[1] == _OF_WOMEN)
    )
    return ours or _FAMILY_LAST.fullmatch(words) is not None


def _title_after(text: str, plain: str, end: int) -> str | None:
    """The office written after a name: ", Phó Bí thư …" or " - Chủ tịch …"."""
    joint = re.match(r"\s*(?:,|-)\s*|\s*\((?!ảnh)|\s(?:làm|là)\s", plain[end : end + 5])
    if not joint:
        return None
    begin = end + joint.end()
    if not _STARTS_OFFICE.match(plain[begin : begin + 40]):
        return None
    stop = _TITLE_STOP.search(plain, begin, begin + 200)
    limit = stop.start() if stop else min(begin + 200, len(plain))
    kept = begin
    for piece in _TITLE_PARTS.finditer(plain, begin, limit):
        if kept > begin and not _STARTS_OFFICE.match(piece[0]):
            break
        kept = piece.end()
    return _tidy(text[begin:kept])


def _title_before(text: str, plain: str, start: int) -> str | None:
    """The office written before a name: "Chủ tịch UBND xã Nguyễn Văn A"."""
    begin = max(0, start - 110)
    for stop in _TITLE_STOP.finditer(plain, begin, start):
        begin = stop.end()
    address = _ADDRESS.search(plain, begin, start)
    if address and (calling := _CALLING.match(address[0])):
        return _tidy(text[address.start() : address.start() + calling.end()])
    if address:
        # "Giám đốc chi nhánh, ông …"
        if plain[: address.start()][-2:] != ", ":
            return None
        start = address.start() - 2
    first: re.Match[str] | None = None
    for office in _OFFICE_PLACE.finditer(plain, begin, start):
        if first is None:
            first = office
    if first is None:
        return None
    words = text[first.start() : start].strip(" ,-–")
    if len(words) < 4 or any(c.isdigit() for c in words.replace("quận", "")[:-3]):
        return None
    if _OTHER_NAME.search(words):
        return None
    return _tidy(words)


def _tidy(words: str) -> str | None:
    cleaned = " ".join(words.strip(" ,-–").split())
    return (_sentence_case(cleaned) if cleaned.isupper() else cleaned) or None


def _role(document: Document, start: int, end: int) -> tuple[str, int]:
    sentence = document.sentence_at(start)
    plain = document.plain
    after = plain[end : min(sentence.end, end + 220)]
    before = plain[max(sentence.start, start - 160) : start]
    for weight, (role, pattern) in zip((6, 5, 4, 3, 2), _ROLES, strict=True):
        if role == "attendee":
            if pattern.search(before) or pattern.search(after[:120]):
                return role, weight
        elif role == "report_presenter":
            if pattern.search(after[:150]) or re.search(
                r"báo cáo (?:tại|kết quả)[^.;]{0,40}$", before
            ):
                return role, weight
        elif role == "speaker":
            if pattern.search(after) or re.search(
                r"(?:theo|phát biểu|dẫn lời)[^.;]{0,110}$", before
            ):
                return role, weight
        elif pattern.search(after[:220]) or (
            role == "lead" and re.search(r"do[^.;]{0,80}$", before) and pattern.search(after)
        ):
            return role, weight
    return "attendee", 1


def _sentence_case(words: str) -> str:
    bare = re.sub(r"^(?:T/?M|K/?T|T/?L|TUQ)\.?\s", "", words.strip()).split(" - ")[-1]
    cleaned = " ".join(bare.split())
    return cleaned[:1].upper() + cleaned[1:].lower() if cleaned.isupper() else cleaned
