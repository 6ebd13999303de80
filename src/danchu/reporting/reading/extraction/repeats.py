"""The same figure stated twice: in the text and in a table, or in two places of the text.

Only what the words leave no doubt about: both speak of the whole unit in the whole period. A
sentence or a table that limits itself (a field, a place, a stretch of time) states another figure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from .model import Check, Indicator
from .printing import decimals_of, printed
from .segments import Document

_LIMITED = re.compile(
    r"(?<!\w)(?:riêng|trong (?:đó|số|quý|tháng|ngày|tuần|năm 20\d\d)|tại|ở|thuộc|của (?:xã|phường"
    r"|thôn|ấp|bản|khối|cấp|ban|hội|phòng|tổ|chi|đoàn|mặt trận|cơ quan|doanh nghiệp)|lĩnh vực|quý"
    r"|tháng \d|ngày \d|tuần|lũy kế|từ đầu|từ (?:ngày|tháng|năm)|cùng kỳ|năm trước|kỳ trước|thêm"
    r"|mỗi|lần thứ|đợt|một số|nhiều|bình quân|kế hoạch|chỉ tiêu|phấn đấu|tiêu biểu|điển hình|như"
    r"|còn lại|chuyển|tồn|cấp (?:tỉnh|huyện|xã|cơ sở)|phối hợp|tham gia|khối|loại hình|về)(?!\w)"
)
_OVERALL = re.compile(
    r"(?<!\w)(?:tổng(?: số| cộng| hợp)?|toàn (?:xã|phường|huyện|tỉnh|thành phố|đơn vị|ngành)"
    r"|cả (?:xã|phường|huyện|tỉnh|năm|kỳ)|tóm lại|như vậy|nhìn chung|đánh giá chung)(?!\w)"
)
_DIGITS = re.compile(r"\d[\d.,]*\d|\d")
_REACH = 200
_FEWEST_WORDS = 3


def repeats(
    document: Document, figures: Sequence[Indicator], tables: Sequence[tuple[int, int]]
) -> Iterator[Check]:
    """A check for each figure that is stated twice. The first number of its spans is judged."""
    whole = [figure for figure in figures if _of_the_whole(figure)]
    by_key: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
    for figure in whole:
        by_key[figure.key, figure.unit].append(figure)
    for same in by_key.values():
        if len(same) < 2:
            continue
        cells = [f for f in same if any(a <= f.number[0] < b for a, b in tables)]
        in_cells = {cell.number for cell in cells}
        told = [f for f in same if f.number not in in_cells and not _limited(document, f)]
        if cells:
            yield from _table_and_text(document, cells, told, tables)
        else:
            yield from _twice_in_text(document, told)


def _of_the_whole(figure: Indicator) -> bool:
    return (
        figure.scope is None
        and figure.part_of is None
        and figure.period is None
        and not figure.approx
        and figure.number != (0, 0)
    )


def _limited(document: Document, figure: Indicator) -> bool:
    sentence = document.sentence_at(figure.number[0])
    start = max(sentence.start, figure.number[0] - _REACH)
    before = document.plain[start : figure.number[0]]
    behind = document.plain[figure.number[1] : min(sentence.end, figure.char_end + 40)]
    behind = re.split(r"[,;(]", behind)[0]
    headings = " ".join(document.plain[a:b] for a, b in document.line_of(sentence).headings)
    return bool(_LIMITED.search(before) or _LIMITED.search(behind) or _AT_A_PLACE.search(headings))


_AT_A_PLACE = re.compile(
    r"(?<!\w)(?:ở|tại|cấp|khối|lĩnh vực|loại hình|riêng|quý|tháng|doanh nghiệp|cơ quan)(?!\w)"
)


def _table_and_text(
    document: Document,
    cells: Sequence[Indicator],
    told: Sequence[Indicator],
    tables: Sequence[tuple[int, int]],
) -> Iterator[Check]:
    if len({cell.value for cell in cells}) != 1 or len(cells) > 1 or not told:
        return
    (cell,) = cells
    start = next(a for a, b in tables if a <= cell.number[0] < b)
    title = document.plain[max(0, start - _REACH) : start].rstrip().rpartition("\n")[2]
    if _LIMITED.search(title):
        return
    agreeing = [figure for figure in told if figure.value == cell.value]
    if agreeing:
        yield _check(agreeing[0], cell, table=True)
    elif len({figure.value for figure in told}) == 1 and _near(told[0], cell):
        yield _check(told[0], cell, table=True)


def _near(one: Indicator, other: Indicator) -> bool:
    """Whether one figure can be a slip of the other; far apart they speak of different things."""
    low, high = sorted((one.value, other.value))
    return low * 3 >= high * 2


def _twice_in_text(document: Document, told: Sequence[Indicator]) -> Iterator[Check]:
    if len(told) != 2 or told[0].value == told[1].value:
        return
    first, second = told
    if first.unit == "percent" or first.denominator is not None or second.denominator is not None:
        return
    places = [document.sentence_at(figure.number[0]) for figure in told]
    words = _words(first)
    if places[0].line == places[1].line or words is None or words != _words(second):
        return
    if not _near(first, second) or any(_of_a_body(document, figure) for figure in told):
        return
    if not any(_sums_up(document, figure) for figure in told):
        return
    yield _check(second, first, table=False)


def _words(figure: Indicator) -> str | None:
    """The words of a figure without its number; None where they say too little to be one."""
    words = _DIGITS.sub("#", " ".join(figure.surface.casefold().split()))
    return words if len(words.split()) >= _FEWEST_WORDS else None


def _sums_up(document: Document, figure: Indicator) -> bool:
    """Whether a figure stands in the opening of the text or in words that sum it up."""
    sentence = document.sentence_at(figure.number[0])
    if _OVERALL.search(document.plain, sentence.start, figure.number[0]):
        return True
    numbered = any(
        _NUMBERED.match(document.plain, a) for a, _ in document.line_of(sentence).headings
    )
    return not numbered and sentence.line <= _OPENING


def _of_a_body(document: Document, figure: Indicator) -> bool:
    """Whether the sentence tells of one of the bodies within the unit."""
    sentence = document.sentence_at(figure.number[0])
    return bool(_BODY.search(document.plain, sentence.start, figure.number[0]))


_BODY = re.compile(
    r"(?<!\w)(?:mặt trận|mttq|hội đồng|hđnd|hội (?!nghị)|đoàn|công đoàn"
    r"|ban (?!hành)|tổ (?!chức)|chi bộ|thường trực|đảng ủy|thôn|ấp|bản|khu|phòng|trung tâm"
    r"|trường|công an)"
)
_NUMBERED = re.compile(r"\s*(?:[ivx]+|\d+|[a-hđ])[.)/]")
_OPENING = 6  # lines


def _check(figure: Indicator, other: Indicator, *, table: bool) -> Check:
    stated, again = (printed(f.value, decimals_of(f.digits) or None) for f in (figure, other))
    where_vi, where_en = ("bảng", "the table") if table else ("chỗ khác", "another place")
    fits = figure.value == other.value
    if fits:
        vi = f"Số {stated} khớp với {where_vi}."
        en = f"The figure {stated} agrees with {where_en}."
    else:
        vi = f"Cùng một nội dung, ở đây nêu {stated}, {where_vi} nêu {again}."
        en = f"The same thing is stated as {stated} here and as {again} in {where_en}."
    return Check(
        rule="repeat",
        message_vi=vi,
        message_en=en,
        verdict="ok" if fits else "fail",
        stated=figure.value,
        computed=other.value,
        spans=(figure.number, other.number),
    )
