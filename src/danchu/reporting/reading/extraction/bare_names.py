"""Names of persons that stand without title or office, told from names of places and bodies.

For texts that are given out: what is told here is crossed out. A name is told only where nothing
speaks for a place, so a rare one may remain.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from .lexicon.places import PLACE_WORDS, PROVINCE
from .matching import LOWER, UPPER, plain

# The hundred and more family names most in use: shares in Lê Trung Hoa, "Họ và tên người Việt
# Nam" (2005), and the counts of 241,012 names of the South, 73,811 of the North and 207,000 of
# Đắk Lắk published by hoten.org; those of the Thái, Mường, Tày, Nùng, Mông, Dao, Khmer, Chăm and
# Ê Đê among them.
_DISTINCT_LIST = """
    Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Ngô Dương Đinh Trịnh Trương Phùng Đào
    Tạ Quách Triệu Nông Lưu Vương Tống Đậu Hứa Lục Bế Doãn Khổng Nghiêm Cù Giáp Diệp Uông Sầm Lò
    Lường Quàng Giàng Sùng Vừ Thào Chảo Điểu Ksor Siu Rmah Niê Kpă Hờ Đàm Khuất Ngụy Chử Tòng Cầm
    Vy Mạc Âu Lã Lăng
"""
_DISTINCT = frozenset(_DISTINCT_LIST.split())
# Family names that are as often a word or the beginning of a place's name: told only with two
# syllables and more behind them ("Hà Thị Lan", not "Hà Đông").
_SHARED_LIST = """
    Hồ Lý Mai Hà Cao Đoàn Lâm Lương Thái Tô Châu Chu La Kiều Thân Tăng Từ Long Bạch Mã Ma Mông Lại
    Văn Vi Tôn Phí Thạch Sơn Danh Kim Trà Ninh Quản Lộc Hầu Hoa Đồng Viên Bàn Vàng Hạng Tiêu Nay
    Lù Cư Mùa Tất Bành Khúc Ung Lư Giang Tào Hàn Bá Quan Thi Thòng Đèo
"""
_SHARED = frozenset(_SHARED_LIST.split())
FAMILY_NAMES = _DISTINCT | _SHARED
# Of these only with a middle name that persons have: they begin sentences.
_OPENERS = frozenset({"Từ", "La", "Văn", "Tất", "Lại", "Bàn", "Quan", "Thi"})
_MIDDLE = frozenset(("Thị", "Văn", "Hữu", "Đình", "Đức", "Xuân", "Thanh", "Minh", "Ngọc", "Quang"))
_WORD = rf"[{UPPER}](?:[{LOWER}']+)"
_RUN = re.compile(rf"(?<![\w.@-]){_WORD}(?:[ \u00a0]+(?:{_WORD}|[AIY])){{1,11}}(?![\w@])")
_LONGEST = 5  # syllables of a name
# What is named after persons, or is no person: the words straight before a name.
_BEFORE = re.compile(
    rf"(?<!\w)(?:{PLACE_WORDS}|đường|phố|ngõ|ngách|hẻm|kiệt|đại lộ|quốc lộ|quảng trường|công viên"
    r"|cầu|chợ|đập|kênh|hồ|sông|suối|núi|đồi|đèo|cảng|bến|ga|vịnh|đảo|cụm|khóm|tổ|đội|đền|chùa"
    r"|(?<!gia )đình|miếu|lăng|nhà thờ|thánh thất|tượng đài|khu di tích|nghĩa trang|bảo tàng"
    r"|thư viện|nhà văn hóa|nhà máy|nhà hát|nhà thi đấu|khách sạn"
    r"|(?<!môi )(?<!thị )(?<!công )(?<!hiện )trường(?! hợp)|thpt|thcs"
    r"|trung học (?:cơ sở|phổ thông)|nội trú|tiểu học|mầm non|học viện|đại học|cao đẳng"
    r"|bệnh viện|phòng khám|trạm y tế|trung tâm|công ty|tnhh|cổ phần|mtv"
    r"|doanh nghiệp(?: tư nhân)?|tập đoàn|ngân hàng|xí nghiệp|cơ sở|cửa hàng|quán|hợp tác xã"
    r"|htx|trang trại|xưởng|lữ đoàn|sư đoàn|trung đoàn|chi bộ|đảng bộ|hội|ban|sở|phòng|vùng"
    r"|dự án|công trình|ubnd|hđnd|mttq|công đoàn|câu lạc bộ|clb|giải(?: thưởng)?|quỹ|cúp"
    r"|học bổng|phong trào|chiến dịch|chiến khu|tư tưởng|phong cách|đạo đức|dân tộc|người"
    r"|tiếng|họ|thương hiệu|nhãn hiệu|p|q|h|x|tt|tx|kp|tdp"
    r")\.? ?[\"“]?$"
)
# A place's word that belongs to the office of a person: "Chủ tịch UBND xã Trần Mẫu Bình".
_OFFICE = re.compile(
    r"(?<!\w)(?:bí thư|chủ tịch|trưởng (?:thôn|bản|ấp|xóm|khu|ban|phòng)|giám đốc|tổ trưởng"
    r"|đại biểu|cán bộ|công chức)[^.;,\n]{0,40}$"
)
# What follows a first syllable that is a family name, and makes it a common word or a body.
_COMMON = re.compile(
    r"(?:đoàn (?:thanh|đại|kiểm|giám|công|thanh tra|luật|kinh|khảo|viên|hội|thể|kết|tncs|đbqh)"
    r"|văn (?:phòng|hóa|hoá|bản|thư|kiện|nghệ|minh)|hồ (?:sơ|nước|chứa)"
    r"|cao (?:đẳng|tốc|su|điểm|cấp)"
    r"|lý (?:luận|lịch|do)|lương (?:thực|y|giáo)|quản (?:lý|trị)|thái độ|tôn (?:giáo|trọng|vinh)"
    r"|kim (?:ngạch|loại|tiền)|từ (?:thiện|điển)|hoa (?:kỳ|màu|lợi)|tất cả|xa lộ|hội \w+|hà lan"
    r"|mã (?:số|định|vạch)|châu (?:âu|á|phi|mỹ)|hàn quốc|thái lan|trang thiết|trang trại|long trọng"
    r"|sơn nước|quan hệ|quan trắc|đường \w+|danh (?:mục|sách|hiệu|dự)|thi (?:đua|hành|tuyển|công)"
    r"|dương lịch|lục quân|vũ trang|bàn giao)(?!\w)"
)
# Words that open a sentence before a name.
_OPENING_LIST = """
    Ông Bà Anh Chị Cô Chú Bác Em Cháu Theo Hộ Nhà Do Của Và Cùng Khi Sau Với Cho Thầy Cụ Gia Còn
    Được Vợ Chồng Con Như Riêng Trong Có Là Bị Bởi Đến Tên
"""
_OPENING = frozenset(_OPENING_LIST.split())
_LISTED = re.compile(r"\s*(?:,|và|-|–|/|,? và)\s*")


def bare_names(text: str, places: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where names of persons stand in the text, [start, end), in order.

    ``places``: the names of known units without their kind, in lower case ("lê lợi"). A name of
    two to five capitalised syllables that begins with a family name is told, unless it is such a
    place, a province, follows what is named after persons (a street, a school), or goes on such a
    list.
    """
    form = plain(text)
    named_after = -1  # where the last place ended
    for run in _RUN.finditer(text):
        spans = [
            (run.start() + word.start(), run.start() + word.end())
            for word in re.finditer(r"\S+", run[0])
        ]
        words = [text[a:b] for a, b in spans]
        goes_on = named_after >= 0 and _LISTED.fullmatch(form, named_after, run.start())
        if goes_on or _is_place(form, spans, words, places):
            named_after = run.end()
            continue
        first = _first(words)
        if first is None:
            continue
        begin = spans[first][0]
        if first and _BEFORE.search(form, max(0, begin - 40), begin):
            named_after = run.end()
            continue
        if _all_places(words[first:], places) or _COMMON.match(form, begin):
            continue
        yield begin, spans[min(first + _LONGEST, len(spans)) - 1][1]


def _first(words: Sequence[str]) -> int | None:
    """Which word of a run is the family name of a person."""
    for place in range(len(words) - 1):
        left = len(words) - place
        if words[place] not in FAMILY_NAMES:
            continue
        if place and words[place - 1] not in _OPENING and left < 3:
            return None
        if words[place] in _DISTINCT:
            return place
        if left >= 3 and (words[place] not in _OPENERS or words[place + 1] in _MIDDLE):
            return place
        if words[place] not in _OPENERS:
            return None
    return None


def _is_place(
    form: str, spans: Sequence[tuple[int, int]], words: Sequence[str], places: Collection[str]
) -> bool:
    """Whether the whole run is named as a place, or stands behind what is named after persons."""
    begin = spans[0][0]
    if _all_places(words, places):
        return True
    if not _BEFORE.search(form, max(0, begin - 40), begin):
        return False
    # "Chủ tịch xã Trần Mẫu Bình": three words with a family name behind an office are a person.
    office = _OFFICE.search(form, max(0, begin - 70), begin)
    return not (office and len(words) >= 3 and words[0] in FAMILY_NAMES)


def _all_places(words: Sequence[str], places: Collection[str]) -> bool:
    """Whether these words are names of known places, one behind the other."""
    ends = {0}
    for stop in range(2, len(words) + 1):
        for start in sorted(ends):
            name = " ".join(words[start:stop]).lower()
            if stop - start >= 2 and (name in places or PROVINCE.fullmatch(plain(name))):
                ends.add(stop)
                break
    return len(words) in ends
