"""Numbers of persons in a line: of identity cards, passports, telephones, bank accounts.

Told however they are grouped and in whatever digits they are typed. Amounts, dates, numbers of
tax payers, the telephone of an office and the account of a treasury or fund are none of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from danchu.core.text import fold
from danchu.core.text.door import INVISIBLE
from danchu.core.text.normal import limited
from danchu.core.text.telephones import MOBILE

from .people_named import names_somebody
from .words_said import said

_DASHES = re.compile("[\u2010-\u2015\u2212\u00b7\u2022_]")
_SENTENCE = re.compile(r"[.!?](?=\s|$)")

# ---- what looks like a number of a person and is none --------------------------------------

_GROUPED_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_OF_MONEY = r"(?:đồng|đ\b|vnđ|vnd|m2|m3|kg|ha\b)"
# Days, months and years in figures: "01/01/2026 - 31/12/2026" has twelve digits after a nought.
_DAYS = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}([/.-])\d{1,2}\1(?:(?:19|20)\d\d|\d\d)|\d{1,2}/(?:19|20)\d\d"
    r"|(?:19|20)\d\d\s*[-/]\s*(?:19|20)\d\d)(?![\d/])"
)

# ---- identity cards ------------------------------------------------------------------------

_GROUPS = re.compile(r"\d+(?:[ ./-]{1,3}\d+)*")
_CARD_DIGITS = 12
_OLD_CARD = re.compile(rf"(?<![\d.,/-])[0-3]\d{{8}}(?![.,]?\d|/|\s*{_OF_MONEY})", re.IGNORECASE)
_LABELLED = said(
    "cmnd|cccd|cmt|cmtnd|căn~cước|chứng~minh|định~danh|hộ~chiếu|passport|số~giấy~tờ|"
    "giấy~tờ~tùy~thân"
)
_PASSPORT = re.compile(r"(?<![^\W_])[a-z]{1,2} ?\d{7,8}(?!\d)")
_DIGITS = re.compile(r"\d(?:[ ./-]{0,3}\d){5,}")
_AFTER_A_LABEL = 60  # letters within which the number stands

# ---- telephones ----------------------------------------------------------------------------

_ABROAD = re.compile(rf"(?<![\d.,/-])84[35789]\d{{8}}(?![.,]?\d|/|\s*{_OF_MONEY})")
_HELP_LINE = said("đường~dây~nóng|hotline|tổng~đài|trực~ban|số~máy~trực")
_OFFICE = said(
    "ubnd|hđnd|ủy~ban|hội~đồng~nhân~dân|mặt~trận|mttq|đảng~ủy|văn~phòng|trung~tâm|bộ~phận~một~cửa|"
    "một~cửa|trạm~(y~tế|bơm|điện|thú~y|khuyến~nông|truyền~thanh)|ban~chỉ~huy|ban~chỉ~đạo|ban~quản~lý|"
    "công~an|bệnh~viện|phòng~(kinh~tế|văn~hóa|nội~vụ|tư~pháp|tài~chính|giáo~dục|y~tế)|"
    "tiếp~công~dân"
)
_TAX_NUMBER = said("mã~số~thuế|mst|mã~số~doanh~nghiệp|mã~số")

# ---- bank accounts -------------------------------------------------------------------------

_ACCOUNT = said("tài~khoản|stk|số~tk|tk")
_TREASURY = said("kho~bạc|kbnn|mã~số~thuế")
_OF_A_BODY = said(
    "(?<!nộp )(?<!đóng )(?<!thu )(?<!góp )quỹ|ubnd|ủy~ban|mặt~trận|mttq|ban~vận~động|công~đoàn|"
    "đoàn~thanh~niên|hội~(chữ~thập~đỏ|phụ~nữ|liên~hiệp|nông~dân|cựu~chiến~binh|khuyến~học|"
    "người~cao~tuổi|đồng~hương|bảo~trợ)|trường~(mầm~non|mẫu~giáo|tiểu~học|trung~học|thcs|thpt|"
    "phổ~thông)|trung~tâm|công~ty|hợp~tác~xã"
)
_OF_SOMEBODY = said("cá~nhân|chủ~hộ|hội~viên|của~(ông|bà|anh|chị|hộ|cháu)")

IDENTITY = ("số định danh, số chứng minh", "identity number")
TELEPHONE = ("số điện thoại cá nhân", "personal telephone number")
BANK = ("số tài khoản ngân hàng", "bank account")
LIKE_ONE = (
    "số giống số định danh, điện thoại (là tiền thì chọn đơn vị tiền của bảng)",
    "number like that of a card or telephone (for money, choose the unit of money)",
)


def number_of_a_person(text: str) -> tuple[str, str] | None:
    """What number of a person a line holds, in Vietnamese and English, or None."""
    written = _written(text)
    plain = written.lower()
    undated = _DAYS.sub(lambda m: "#" * len(m[0]), plain)
    if any(_is_card(run) for run in _runs_of(undated)):
        return IDENTITY
    for found in _OLD_CARD.finditer(undated):
        if int(found[0]) % 1000 or _LABELLED.search(plain[: found.start()]):
            return IDENTITY
    for pattern in (MOBILE, _ABROAD):
        for found in pattern.finditer(undated):
            if not _of_an_office(written[: found.start()]):
                return TELEPHONE
    if _after_label(_LABELLED, undated, 8) or _passport(plain):
        return IDENTITY
    if _after_label(_ACCOUNT, undated, 6) and not _of_a_body(written):
        return BANK
    return None


def like_a_number_of_a_person(column: str, value: int) -> tuple[str, str] | None:
    """A whole number of a table without money that looks like a number of a person.

    A sheet drops the nought before a citizen's or a telephone number: nine to eleven digits are
    left, or nine of an old card. Amounts of that size are mostly round or headed as such.
    """
    name = fold(column)
    if not 10**8 <= abs(value) < 10**12 or value % 1000 == 0:
        return None
    return None if _AMOUNTS.search(name) or _TAX_NUMBER.search(column.lower()) else LIKE_ONE


def like_a_card(value: int) -> bool:
    """Whether a number could be a citizen's whose first nought was dropped.

    Province 001 to 096, then one digit of century and sex, 0 to 3 for whoever lives (Decree
    137/2015 article 13, kept by Decree 70/2024).
    """
    digits = f"{value:012d}"
    return 10**9 <= value < 97 * 10**9 and value % 1000 != 0 and digits[3] in "0123"


def like_a_mobile(value: int) -> bool:
    """Whether a number could be a mobile telephone whose first nought was dropped."""
    return 3 * 10**8 <= value < 10**9 and value % 1000 != 0 and str(value)[0] in "35789"


_AMOUNTS = re.compile(
    r"\b(tien|thu|chi|kinh phi|du toan|gia tri|von|ngan sach|dong|tong|muc|quyet toan|dien tich|m2"
    r"|thuc hien|ke hoach|so voi|con lai|so luong|khoi luong)\b"
)


def _written(text: str) -> str:
    """The line with every digit as 0 to 9 and every dash as "-": "０１２", "٠١٢", "012–345"."""
    shown = unicodedata.normalize("NFKC", limited(INVISIBLE.sub("", text)))
    if not shown.isascii():
        shown = "".join(
            c if c.isascii() else str(unicodedata.digit(c, c)) for c in _DASHES.sub("-", shown)
        )
    return " ".join(shown.replace("_", "-").split())


def _runs_of(plain: str) -> Iterator[list[str]]:
    """The groups of digits that stand together, parted by blanks, points, dashes, strokes."""
    for found in _GROUPS.finditer(plain):
        before = plain[max(0, found.start() - 2) : found.start()]
        if re.fullmatch(r"\d[.,]", before) or _GROUPED_AMOUNT.fullmatch(found[0]):
            continue
        yield re.split(r"[ ./-]+", found[0])


def _is_card(groups: list[str]) -> bool:
    """Whether some of the groups make the twelve digits of a citizen's number.

    It begins with a nought; no amount does. Groups of one or two digits count only where all are
    as long: "0 1 2 3 …" is a number taken apart, "01 1.250 …" the line of a table.
    """
    for first, group in enumerate(groups):
        if not group.startswith("0"):
            continue
        taken = ""
        for last in range(first, len(groups)):
            taken += groups[last]
            if len(taken) >= _CARD_DIGITS:
                break
        if len(taken) != _CARD_DIGITS or taken.startswith("000"):
            continue
        sizes = {len(part) for part in groups[first : last + 1]}
        if min(sizes) >= 3 or len(sizes) == 1:
            return True
    return False


def _of_an_office(before: str) -> bool:
    """Whether what stands before a telephone number makes it the one of an office."""
    near = _SENTENCE.split(before[-90:])[-1]
    plain = near.lower()
    if _TAX_NUMBER.search(plain[-30:]) or _HELP_LINE.search(plain[-60:]):
        return True
    return bool(_OFFICE.search(plain)) and not (names_somebody(near) or _OF_SOMEBODY.search(plain))


def _after_label(label: re.Pattern[str], plain: str, least: int) -> bool:
    """Whether ``least`` digits or more follow one of the words, an amount apart."""
    for named in label.finditer(plain):
        digits = _DIGITS.search(plain, named.end(), named.end() + _AFTER_A_LABEL)
        if digits is None or _GROUPED_AMOUNT.fullmatch(digits[0]):
            continue
        if re.search(r"\d", plain[named.end() : digits.start()]):
            continue
        if sum(c.isdigit() for c in digits[0]) >= least:
            return True
    return False


def _passport(plain: str) -> bool:
    """Whether a letter and seven digits follow the word for a passport or a card."""
    return any(
        _PASSPORT.search(plain, named.end(), named.end() + _AFTER_A_LABEL)
        for named in _LABELLED.finditer(plain)
    )


def _of_a_body(line: str) -> bool:
    """Whether the account in a line is one of a treasury, a fund or an organisation."""
    plain = line.lower()
    if _TREASURY.search(plain):
        return True
    return bool(_OF_A_BODY.search(plain)) and not (
        names_somebody(line) or _OF_SOMEBODY.search(plain)
    )
