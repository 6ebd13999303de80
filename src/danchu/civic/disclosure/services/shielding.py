"""What no notice may tell of people: who owes or refuses, numbers of persons, illnesses.

One check of everything a notice says, title, text, table and list alike (K8; SECURITY, country
rule 11). What is said of nobody passes: the public debt, a policy on arrears, totals by village.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from danchu.core.errors import BadInput, Faults
from danchu.core.text import fold
from danchu.core.text.normal import nfc

from .illness import illness_in
from .people_named import begins_with_a_name, lists_a_name, names_somebody
from .people_numbers import (
    LIKE_ONE,
    like_a_card,
    like_a_mobile,
    like_a_number_of_a_person,
    number_of_a_person,
)
from .words_said import said

_OWES_MONEY = (
    "(còn|số|tiền|hộ|người|danh~sách|đang|vẫn)~nợ|nợ~(thuế|tiền|quỹ|đóng~góp|phí|vốn|ngân~hàng|lãi|"
    "quá~hạn|đọng)|công~nợ|quá~hạn~trả|"
    "(chưa|không|chậm|trốn)~((thực|kịp|chịu|hề|đi|tự~nguyện)~)?(nộp|đóng|trả(?! lời))|"
    "còn~(phải|thiếu|chưa)~(nộp|đóng|trả)|(nộp|đóng|trả)~(thiếu|chậm|trễ)|chây~(ì|ỳ)|"
    "(chưa|không|chậm)~hoàn~thành~(nghĩa~vụ|khoản|việc~nộp|việc~đóng)|"
    "tồn~đọng~(các~khoản|quỹ|tiền|thuế|phí|nợ|đóng~góp)|(hộ|người|còn)~thiếu~(tiền|quỹ|phí|thuế)"
)
_FAILS_DUTY = (
    "(chưa|không|chậm|trốn)~(thực~hiện|chấp~hành|tham~gia|nhập~ngũ)|từ~chối|chống~đối|"
    "trốn~(tránh|nghĩa~vụ)|không~(hợp~tác|đồng~ý)"
)
_BEFORE, _BELOW = 6, 30  # lines around one that speaks of debt: a list stands below its heading
_OWES = said(f"{_OWES_MONEY}|{_FAILS_DUTY}")
_MONEY = said(_OWES_MONEY)
_LIST = said("danh~sách|bảng~kê|liệt~kê|nêu~tên|bêu~tên")
_OF_PEOPLE = said(
    "hộ|người|cá~nhân|gia~đình|công~dân|hội~viên|thanh~niên|bà~con|phụ~huynh|cử~tri|đảng~viên"
)
_OF_OTHERS = said(
    "doanh~nghiệp|công~ty|hợp~tác~xã|dự~án|công~trình|đơn~vị|cơ~quan|tổ~chức|nhà~thầu|thủ~tục|hồ~sơ|"
    "thôn|tổ~dân~phố|xã|phường"
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
    """Raise ``BadInput`` for a notice that tells who owes, has not paid or has refused, who is
    ill, or that holds a number of a person; all that is wrong is told at once (``each``).
    ``lists_people``: a list with names goes with it."""
    faults = Faults()
    parts = list(_parts(title, text))
    _numbers(parts, faults)
    _refuse_debtors(parts, table, lists_people, faults)
    _ill_people(parts, lists_people, faults)
    if table is not None:
        _numbers_in_table(table, faults)
        _ill_people_in_table(table, lists_people, faults)
    faults.tell()


def refuse_in_document(text: str, name: str, *, field: str) -> None:
    """The same for a document that is to be attached, read to its end."""
    parts = [_Part(name, field, "trong tên tệp", "in the name of the file")]
    parts += [
        _Part(line, field, f"trong tệp “{name}”", f"in the file “{name}”")
        for line in text.splitlines()
        if line.strip()
    ]
    _refuse(parts)


def refuse_in_line(text: str, *, field: str, vi: str, en: str) -> None:
    """The same for a line that everybody reads beside a notice: the name of a place, a reason.

    ``vi``, ``en``: what it is called, "lý do gián đoạn". A name alone is none of it: a notice may
    hang at somebody's house.
    """
    _refuse([_Part(text, field, f"trong {vi}", f"in the {en}")])


def _refuse(parts: Sequence[_Part]) -> None:
    faults = Faults()
    _numbers(parts, faults)
    _refuse_debtors(parts, None, False, faults)
    _ill_people(parts, False, faults)
    # The same word in a hundred lines of a file is one thing to be told.
    seen = set[str]()
    told = Faults()
    for fault in faults.found:
        if fault.vi not in seen:
            seen.add(fault.vi)
            told.add(fault)
    told.tell()


def refuse_listed_debtors(*said: str, field: str, line: int = 0) -> None:
    """The same for words that stand in or over a list with names: nothing else is needed there."""
    where = (f"ở dòng {line} của danh sách", f"in line {line} of the list")
    for text in said:
        if _owes(text):
            raise _debtors(_Part(text, field, *(where if line else ("trong danh sách", "there"))))


def refuse_illness(*said: str, field: str, line: int) -> None:
    """Raise ``BadInput`` where an illness or a disability stands beside a name."""
    for text in said:
        found = illness_in(text)
        if found:
            raise _ill(found, _Part(text, field, f"dòng {line}", f"line {line}"))


def _owes(text: str) -> bool:
    """Whether words of debt or refusal stand in a text."""
    return any(_OWES.search(way) for way in _ways(text))


def _ways(text: str) -> set[str]:
    """A text as it is read: also with words put together that were taken apart ("n.ợ")."""
    plain = _plain(text)
    return {plain, _APART.sub("", plain), _APART.sub(" ", plain)}


_APART = re.compile(r"(?<=[^\W\d_])[.*·_-]+(?=[^\W\d_])")


def _plain(text: str) -> str:
    return " ".join(nfc(text).lower().split())


def _parts(title: str, text: str) -> Iterator[_Part]:
    yield _Part(title, "title", "trong tên nội dung", "in the title")
    for n, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield _Part(line, "text", f"ở dòng {n} của nội dung", f"in line {n} of the text")


def _refuse_debtors(
    parts: Sequence[_Part], table: dict[str, Any] | None, lists_people: bool, faults: Faults
) -> None:
    owing = [part for part in parts if _owes(part.text)]
    listed = [begins_with_a_name(part.text) for part in parts] if owing else []
    for n, part in enumerate(parts):
        if part not in owing:
            continue
        if (
            lists_people
            or _announces_debtors(part.text)
            or any(names_somebody(one) and _owes(one) for one in _sentences(part.text))
            # A list below a heading; a signature alone at the end of a text is none.
            or any(listed[n + 1 : n + 2])
            or sum(listed[max(0, n - _BEFORE) : n + _BELOW]) > 1
        ):
            faults.add(_debtors(part))
    if table is not None:
        _refuse_debtors_in_table(table, bool(owing), lists_people, faults)


def _sentences(text: str) -> list[str]:
    return re.split(r"[.;!?](?=\s|$)", text)


def _announces_debtors(line: str) -> bool:
    """Whether a line announces a list of people who owe, whoever it then names."""
    head, colon, names = line.partition(":")
    if colon and _OF_PEOPLE.search(_plain(head)) and _owes(head) and lists_a_name(names):
        return True
    return any(_announced(way) for way in _ways(line))


def _announced(plain: str) -> bool:
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


def _refuse_debtors_in_table(
    table: dict[str, Any], owing: bool, lists_people: bool, faults: Faults
) -> None:
    header = cast(list[str], table["header"])
    rows = cast(list[list[int | str]], table["rows"])
    households = {n for n, name in enumerate(header) if _HOUSEHOLDS.fullmatch(fold(name).strip())}
    headed = owing or any(_owes(name) for name in header)
    for n, row in enumerate(rows, start=1):
        texts = [(column, cell) for column, cell in enumerate(row) if isinstance(cell, str)]
        of_person = lists_people or any(
            begins_with_a_name(cell) or (column in households and cell) for column, cell in texts
        )
        if of_person and (headed or any(_owes(cell) for _column, cell in texts)):
            faults.add(_debtors(_row(n)))
            if headed:
                return  # the whole table is one


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


def _row(n: int) -> _Part:
    return _Part("", "table_text", f"ở dòng {n} của bảng", f"in row {n} of the table")


# ---- who is ill ------------------------------------------------------------------------------


def _ill_people(parts: Sequence[_Part], lists_people: bool, faults: Faults) -> None:
    for n, part in enumerate(parts):
        found = illness_in(part.text)
        if not found:
            continue
        beside = next((illness_in(s) for s in _sentences(part.text) if names_somebody(s)), "")
        heads = n + 1 < len(parts) and begins_with_a_name(parts[n + 1].text)
        if (
            beside
            or lists_people
            or begins_with_a_name(part.text)
            or (
                heads and (part.text.rstrip().endswith(":") or _OF_PEOPLE.search(_plain(part.text)))
            )
        ):
            faults.add(_ill(beside or found, part))


def _ill_people_in_table(table: dict[str, Any], lists_people: bool, faults: Faults) -> None:
    rows = cast(list[list[int | str]], table["rows"])
    for n, row in enumerate(rows, start=1):
        cells = [cell for cell in row if isinstance(cell, str)]
        found = next((told for told in map(illness_in, cells) if told), "")
        if found and (lists_people or any(begins_with_a_name(cell) for cell in cells)):
            faults.add(_ill(found, _row(n)))


def _ill(found: str, part: _Part) -> BadInput:
    where_vi = part.vi.removeprefix("ở ").removeprefix("trong ")
    return BadInput(
        f"{where_vi[:1].upper()}{where_vi[1:]} ghi “{found}” cạnh họ tên: tình trạng bệnh tật, "
        "khuyết tật không được công khai. Ghi tên chính sách, ví dụ “Bảo trợ xã hội”, “Tạm hoãn”. "
        "Nội dung chưa được lưu.",
        f"“{found}” stands beside a name ({part.en}): illness and disability are not disclosed. "
        "Write the name of the policy instead. Nothing was saved.",
        code="too_much",
        field=part.field,
    )


# ---- numbers of persons ----------------------------------------------------------------------


def _numbers(parts: Sequence[_Part], faults: Faults) -> None:
    for part in parts:
        found = number_of_a_person(part.text)
        if found is not None:
            faults.add(_number(found, part))


def _numbers_in_table(table: dict[str, Any], faults: Faults) -> None:
    header = cast(list[str], table["header"])
    rows = cast(list[list[int | str]], table["rows"])
    for column, name in enumerate(header):
        like_cards = _are_cards([row[column] for row in rows])
        for n, row in enumerate(rows, start=1):
            cell = row[column]
            found = _in_cell(name, cell, money=table["money"])
            if found is None and isinstance(cell, int):
                # Nobody named in a row is given thousands of millions to the last đồng.
                named = any(begins_with_a_name(c) for c in row if isinstance(c, str))
                found = LIKE_ONE if like_cards or (named and like_a_card(cell)) else None
            if found is not None:
                vi, en = (
                    f"ở dòng {n}, cột {column + 1} của bảng",
                    f"in row {n}, column {column + 1}",
                )
                faults.add(_number(found, _Part("", "table_text", vi, en)))
                break  # the first of a column is enough to say


def _in_cell(name: str, cell: int | str, *, money: bool) -> tuple[str, str] | None:
    if isinstance(cell, int):
        return None if money else like_a_number_of_a_person(name, cell)
    found = number_of_a_person(cell) or number_of_a_person(f"{name}: {cell}")
    if found is None and re.fullmatch("[1-9][0-9]{8,10}", cell):
        found = like_a_number_of_a_person(name, int(cell))  # codes are kept as text
    return found


_LEAST_CARDS = 3  # rows after which nobody takes a column of such numbers for amounts


def _are_cards(cells: Sequence[int | str]) -> bool:
    """Whether a whole column holds numbers of cards or telephones, whatever stands over it."""
    numbers = [abs(cell) for cell in cells if isinstance(cell, int) and cell]
    if len(numbers) < _LEAST_CARDS or len(set(numbers)) < len(numbers):
        return False
    return all(map(like_a_card, numbers)) or all(map(like_a_mobile, numbers))


def _number(found: tuple[str, str], part: _Part) -> BadInput:
    return BadInput(
        f"Có {found[0]} {part.vi}. Nội dung công khai không ghi số của từng người: bỏ số đó rồi "
        "gửi lại. Nội dung chưa được lưu.",
        f"There is a {found[1]} {part.en}. A notice holds no numbers of persons: take it out and "
        "send it again. Nothing was saved.",
        code="too_much",
        field=part.field,
    )
