"""What no notice may tell of people: who owes or refuses, numbers of persons, illnesses.

One check of everything a notice says, title, text, table and list alike (K8; SECURITY, country
rule 11). What is said of nobody passes: the public debt, a policy on arrears, totals by village.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from danchu.core.errors import BadInput
from danchu.core.text import fold
from danchu.core.text.normal import nfc

from .people_named import begins_with_a_name, names_somebody

_SYLLABLE = re.compile(r"[^\W\d_]+")


def _said(pattern: str) -> re.Pattern[str]:
    """A pattern of words as they are written, or written without any mark ("còn nợ", "con no").

    Folding the text instead would take "họ nỗ lực" for "hộ nợ".
    """
    either = _SYLLABLE.sub(lambda m: f"(?:{m[0]}|{fold(m[0])})", pattern)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)".replace("~", r"\s+"))


_OWES_MONEY = (
    "(còn|số|tiền|hộ|người|danh~sách|đang|vẫn)~nợ|nợ~(thuế|tiền|quỹ|đóng~góp|phí|vốn|ngân~hàng|lãi|"
    "quá~hạn|đọng)|công~nợ|quá~hạn~trả|(chưa|không|chậm|trốn)~(nộp|đóng|trả(?! lời))|"
    "còn~(phải|thiếu|chưa)~(nộp|đóng|trả)|(nộp|đóng|trả)~(thiếu|chậm|trễ)|chây~(ì|ỳ)"
)
_FAILS_DUTY = (
    "(chưa|không|chậm|trốn)~(thực~hiện|chấp~hành|tham~gia|nhập~ngũ)|từ~chối|chống~đối|"
    "trốn~(tránh|nghĩa~vụ)|không~(hợp~tác|đồng~ý)"
)
_OWES = _said(f"{_OWES_MONEY}|{_FAILS_DUTY}")
_MONEY = _said(_OWES_MONEY)
_LIST = _said("danh~sách|bảng~kê|liệt~kê|nêu~tên|bêu~tên")
_OF_PEOPLE = _said(
    "hộ|người|cá~nhân|gia~đình|công~dân|hội~viên|thanh~niên|bà~con|phụ~huynh|cử~tri|đảng~viên"
)
_OF_OTHERS = _said(
    "doanh~nghiệp|công~ty|hợp~tác~xã|dự~án|công~trình|đơn~vị|cơ~quan|tổ~chức|nhà~thầu|thủ~tục|hồ~sơ|"
    "thôn|tổ~dân~phố|xã|phường"
)
_ILL = _said(
    "(?<!khám )(?<!chữa )bệnh(?! (binh|viện))|ung~thư|hiv|aids|tâm~thần|thần~kinh|khuyết~tật|"
    "tàn~tật|dị~tật|khiếm~thị|khiếm~thính|câm~điếc|mù~lòa|bại~liệt|bại~não|động~kinh|chạy~thận|suy~thận|"
    "lao~phổi|nghiện|ma~túy|trầm~cảm|tự~kỷ|xơ~gan|đột~quỵ|tai~biến|tiểu~đường|chất~độc|"
    "(không|chưa|thiếu)~đủ~sức~khỏe|thiếu~sức~khỏe|sức~khỏe~(loại|yếu|kém)"
)

# ---- everything a notice says ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """A line of a notice, the field it was typed into, and where that is, in words."""

    text: str
    field: str
    vi: str
    en: str


def refuse_about_people(
    title: str, text: str, table: dict[str, Any] | None, *, lists_people: bool
) -> None:
    """Raise ``BadInput`` for a notice that tells who owes, has not paid or has refused, or that
    holds a number of a person. ``lists_people``: a list with names goes with it."""
    parts = list(_parts(title, text))
    for part in parts:
        _refuse_numbers(part)
    _refuse_debtors(parts, table, lists_people)
    if table is not None:
        _refuse_numbers_in_table(table)


def refuse_in_document(text: str, name: str, *, field: str) -> None:
    """The same for what can be read at the beginning of a document that is to be attached."""
    parts = [_Part(name, field, "trong tên tệp", "in the name of the file")]
    parts += [
        _Part(line, field, f"trong tệp “{name}”", f"in the file “{name}”")
        for line in text.splitlines()
        if line.strip()
    ]
    for part in parts:
        _refuse_numbers(part)
    _refuse_debtors(parts, None, False)


def refuse_in_line(text: str, *, field: str, vi: str, en: str) -> None:
    """The same for a line that everybody reads beside a notice: the name of a place, a reason.

    ``vi``, ``en``: what it is called, "lý do gián đoạn". A name alone is none of it: a notice may
    hang at somebody's house.
    """
    part = _Part(text, field, f"trong {vi}", f"in the {en}")
    _refuse_numbers(part)
    _refuse_debtors([part], None, False)


def refuse_listed_debtors(*said: str, field: str, line: int = 0) -> None:
    """The same for words that stand in or over a list with names: nothing else is needed there."""
    where = (f"ở dòng {line} của danh sách", f"in line {line} of the list")
    for text in said:
        if _OWES.search(_plain(text)):
            raise _debtors(_Part(text, field, *(where if line else ("trong danh sách", "there"))))


def refuse_illness(*said: str, field: str, line: int) -> None:
    """Raise ``BadInput`` where an illness or a disability stands beside a name."""
    for text in said:
        found = _ILL.search(_plain(text))
        if found:
            raise BadInput(
                f"Dòng {line} ghi “{found[0]}” cạnh họ tên: tình trạng bệnh tật, khuyết tật không "
                "được công khai. Ghi tên chính sách, ví dụ “Bảo trợ xã hội”, “Tạm hoãn”. Danh sách "
                "chưa được lưu.",
                f"Line {line} says “{found[0]}” beside a name: illness and disability are not "
                "disclosed. Write the name of the policy instead. The list was not saved.",
                code="too_much",
                field=field,
            )


def _plain(text: str) -> str:
    return " ".join(nfc(text).lower().split())


def _parts(title: str, text: str) -> Iterator[_Part]:
    yield _Part(title, "title", "trong tên nội dung", "in the title")
    for n, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield _Part(line, "text", f"ở dòng {n} của nội dung", f"in line {n} of the text")


def _refuse_debtors(
    parts: Sequence[_Part], table: dict[str, Any] | None, lists_people: bool
) -> None:
    owing = [part for part in parts if _OWES.search(_plain(part.text))]
    listed = [part for part in parts if begins_with_a_name(part.text)]
    for n, part in enumerate(parts):
        if part not in owing:
            continue
        follows = parts[n + 1] if n + 1 < len(parts) else None
        if (
            lists_people
            or _announces_debtors(part.text)
            or any(
                names_somebody(sentence) and _OWES.search(_plain(sentence))
                for sentence in re.split(r"[.;!?](?=\s|$)", part.text)
            )
            # A list below a heading; a signature alone at the end of a text is none.
            or follows in listed
            or len(listed) > 1
        ):
            raise _debtors(part)
    if table is not None:
        _refuse_debtors_in_table(table, bool(owing), lists_people)


def _announces_debtors(line: str) -> bool:
    """Whether a line announces a list of people who owe, whoever it then names."""
    plain = _plain(line)
    for begins in _LIST.finditer(plain):
        rest = re.split(r"[.;:]", plain[begins.start() :])[0][:120]
        found = _OWES.search(rest)
        if found is None:
            continue
        between = rest[: found.end()]
        if _OF_PEOPLE.search(between):
            return True
        if _MONEY.search(rest) and not _OF_OTHERS.search(rest):
            return True
    return False


def _refuse_debtors_in_table(table: dict[str, Any], owing: bool, lists_people: bool) -> None:
    header = cast(list[str], table["header"])
    rows = cast(list[list[int | str]], table["rows"])
    households = {n for n, name in enumerate(header) if _HOUSEHOLDS.fullmatch(fold(name).strip())}
    headed = owing or any(_OWES.search(_plain(name)) for name in header)
    for n, row in enumerate(rows, start=1):
        texts = [(column, cell) for column, cell in enumerate(row) if isinstance(cell, str)]
        of_person = lists_people or any(
            begins_with_a_name(cell) or (column in households and cell) for column, cell in texts
        )
        if of_person and (headed or any(_OWES.search(_plain(cell)) for _column, cell in texts)):
            raise _debtors(
                _Part("", "table_text", f"ở dòng {n} của bảng", f"in row {n} of the table")
            )


_HOUSEHOLDS = re.compile(r"(ten )?(chu )?(ho|nguoi)( dan| gia dinh| nop| dong)?|ten")


def _debtors(part: _Part) -> BadInput:
    return BadInput(
        "Không công khai danh sách người nợ, chưa đóng góp, chưa nộp hoặc từ chối "
        f"({part.vi}): luật không quy định và làm tổn hại người dân. Có thể công khai tổng số đã "
        "thu, còn phải thu, không nêu tên. Nội dung chưa được lưu.",
        f"Lists of people who owe, have not paid or have refused are not disclosed ({part.en}): no "
        "law asks for it and it does harm. Totals collected and still due may be disclosed "
        "without names. Nothing was saved.",
        code="debtors",
        field=part.field,
    )


# ---- numbers of persons ----------------------------------------------------------------------

_GROUPED_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
# Twelve digits of a citizen's number begin with a nought; no amount does.
_CITIZEN = re.compile(
    r"(?<![\d.,])0\d\d(?:[ .]?\d{3}){3}(?!\d)|(?<![\d.,])0\d{3}(?:[ .]\d{4}){2}(?!\d)"
)
_OLD_CARD = re.compile(
    r"(?<![\d.,/-])[0-3]\d{8}(?![\d.,/]|\s*(?:đồng|đ\b|vnđ|vnd|m2|m²|m3|m³|kg|ha\b))", re.IGNORECASE
)
_MOBILE = re.compile(r"(?<![\d.,])(?:0|\+84[ .]?)[35789](?:[ .-]?\d){8}(?!\d)")
_LABELLED = _said("cmnd|cccd|cmt|căn~cước|chứng~minh|định~danh|hộ~chiếu|số~giấy~tờ")
_ACCOUNT = _said("tài~khoản|stk|số~tk|tk")
_OF_A_BODY = _said(
    "kho~bạc|quỹ|ubnd|ủy~ban|mặt~trận|ban~vận~động|công~đoàn|hội|trường|trung~tâm|mã~số~thuế"
)
_HELP_LINE = _said("đường~dây~nóng|hotline|tổng~đài|trực~ban")
_TAX_NUMBER = _said("mã~số~thuế|mst|mã~số~doanh~nghiệp|mã~số")
_DIGITS = re.compile(r"\d(?:[ .]?\d){5,}")

_IDENTITY = ("số định danh, số chứng minh", "identity number")
_TELEPHONE = ("số điện thoại cá nhân", "personal telephone number")
_BANK = ("số tài khoản ngân hàng", "bank account")
_LIKE_ONE = (
    "số giống số định danh, điện thoại (là tiền thì chọn đơn vị tiền của bảng)",
    "number like that of a card or telephone (for money, choose the unit of money)",
)


def number_of_a_person(text: str) -> tuple[str, str] | None:
    """What number of a person a line holds, in Vietnamese and English, or None.

    Not taken for one: amounts, the number of a tax payer, a help line, a fixed line of an office,
    the account of a treasury or fund named in the same line.
    """
    plain = nfc(text).lower()
    if _CITIZEN.search(plain):
        return _IDENTITY
    for found in _OLD_CARD.finditer(plain):
        if int(found[0]) % 1000 or _LABELLED.search(plain[: found.start()]):
            return _IDENTITY
    for found in _MOBILE.finditer(plain):
        before = plain[max(0, found.start() - 60) : found.start()]
        if not _HELP_LINE.search(before) and not _TAX_NUMBER.search(before[-30:]):
            return _TELEPHONE
    for label, told in ((_LABELLED, _IDENTITY), (_ACCOUNT, _BANK)):
        for named in label.finditer(plain):
            found_digits = _DIGITS.search(plain, named.end(), named.end() + 60)
            if found_digits is None or _GROUPED_AMOUNT.fullmatch(found_digits[0]):
                continue
            if re.search(r"\d", plain[named.end() : found_digits.start()]):
                continue
            if told is _IDENTITY and sum(c.isdigit() for c in found_digits[0]) < 8:
                continue
            if told is _BANK and _OF_A_BODY.search(plain):
                continue
            return told
    return None


def _refuse_numbers(part: _Part) -> None:
    found = number_of_a_person(part.text)
    if found is not None:
        raise _number(found, part)


def _refuse_numbers_in_table(table: dict[str, Any]) -> None:
    header = cast(list[str], table["header"])
    rows = cast(list[list[int | str]], table["rows"])
    for n, row in enumerate(rows, start=1):
        for column, (name, cell) in enumerate(zip(header, row, strict=True), start=1):
            found = (
                number_of_a_person(f"{name}: {cell}")
                if isinstance(cell, str)
                else None
                if table["money"]
                else _bare_number(name, cell)
            )
            if found is not None:
                raise _number(
                    found,
                    _Part(
                        "", "table_text",
                        f"ở dòng {n}, cột {column} của bảng", f"in row {n}, column {column}",
                    ),
                )  # fmt: skip


_AMOUNTS = re.compile(
    r"\b(tien|thu|chi|kinh phi|du toan|gia tri|von|ngan sach|dong|tong|muc|quyet toan|dien tich|m2"
    r"|thuc hien|ke hoach|so voi|con lai|so luong|khoi luong)\b"
)


def _bare_number(column: str, value: int) -> tuple[str, str] | None:
    """A whole number of a table without money that looks like a number of a person.

    A sheet drops the nought before a citizen's or a telephone number: nine to eleven digits are
    left, or nine of an old card. Amounts of that size are mostly round or headed as such.
    """
    if not 10**8 <= abs(value) < 10**12 or value % 1000 == 0 or _AMOUNTS.search(fold(column)):
        return None
    return _LIKE_ONE


def _number(found: tuple[str, str], part: _Part) -> BadInput:
    return BadInput(
        f"Có {found[0]} {part.vi}. Nội dung công khai không ghi số của từng người: bỏ số đó rồi "
        "gửi lại. Nội dung chưa được lưu.",
        f"There is a {found[1]} {part.en}. A notice holds no numbers of persons: take it out and "
        "send it again. Nothing was saved.",
        code="too_much",
        field=part.field,
    )
