"""Lists with names, as little as the law wants known (K8; SECURITY, persons and non-payers).

A row holds a name, the village, the decision and the level; a column that looks like more is
refused, and a list of who owes, has not paid or has refused is never taken in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from danchu.core.documents.sheets_in import read_xlsx
from danchu.core.errors import BadInput, Faults
from danchu.core.text import at_the_door, fold
from danchu.core.text.secrecy import refuse_secret

from .people_numbers import number_of_a_person
from .shielding import refuse_illness, refuse_listed_debtors
from .tables import split_line

MOST_NAMES = 2_000


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One person as disclosed."""

    name: str
    village: str = ""
    decision: str = ""
    level: str = ""


_COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("ho va ten", "ho ten", "ten", "ho va ten chu ho", "chu ho", "ho, ten", "nguoi huong"),
    "village": ("thon", "to dan pho", "thon, to dan pho", "khu pho", "ap", "ban", "xom", "khom",
                "khoi", "dia ban", "thon/to", "thon/to dan pho", "to"),
    "decision": ("quyet dinh", "so quyet dinh", "theo quyet dinh", "van ban"),
    "level": ("muc", "muc huong", "muc ho tro", "ket qua", "dien", "doi tuong", "noi dung",
              "hinh thuc", "che do", "loai"),
}  # fmt: skip
_NAMES_PEOPLE = re.compile(r"ten$|ho,? (va )?ten|chu ho|nguoi (duoc )?huong|ten (chu )?(ho|nguoi)")
_NUMBERED = ("tt", "stt", "so tt", "so thu tu")
# Words in a column's name -> what it would disclose about a person.
_TOO_MUCH: tuple[tuple[str, str, str], ...] = (
    (r"cccd|cmnd|can cuoc|chung minh|dinh danh|so giay to", "số định danh", "identity number"),
    (r"ngay sinh|nam sinh|sinh ngay|tuoi", "ngày, năm sinh", "date of birth"),
    (r"benh|chan doan|khuyet tat|suc khoe|y te", "tình trạng sức khỏe", "state of health"),
    (r"dia chi|noi o|cho o|thuong tru|tam tru|so nha", "địa chỉ nhà", "home address"),
    (r"dien thoai|so dt|sdt|zalo|email|thu dien tu", "số liên lạc", "contact"),
    (r"tai khoan|ngan hang|so the", "tài khoản ngân hàng", "bank account"),
    (r"dan toc|ton giao|dang vien", "dân tộc, tôn giáo, đảng viên", "ethnicity, religion, Party"),
)
_LONG_NUMBER = re.compile(r"(?<!\d)(?:\d[ .]?){9,12}(?!\d)")
_IDENTITY = re.compile(r"(?<![\d.,])0\d{8}(?:\d|\d{3})(?![\d.,])")
_A_DATE = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d(?!\d)")


def refuse_personal_columns(header: Sequence[str], *, field: str) -> None:
    """Raise ``BadInput`` for a column that tells more of a person than the law wants known."""
    for column in header:
        folded = fold(column)
        for pattern, vi, en in _TOO_MUCH:
            if re.search(rf"\b(?:{pattern})\b", folded):
                raise BadInput(
                    f"Cột “{column[:60]}” là {vi}. Danh sách công khai chỉ gồm họ tên, thôn, quyết "
                    "định và mức, diện. Xóa cột này rồi gửi lại; danh sách chưa được lưu.",
                    f"The column “{column[:60]}” holds the {en}. A disclosed list has only name, "
                    "village, decision and level. Delete the column and send it again; nothing "
                    "was saved.",
                    code="too_much",
                    field=field,
                )


def has_name_column(header: Sequence[str]) -> bool:
    """Whether a table seems to list people by name."""
    return any(_NAMES_PEOPLE.match(fold(column).strip(" .:")) for column in header)


def named_from_xlsx(data: bytes, *, field: str = "names_file") -> tuple[NamedRow, ...]:
    """The list in the first sheet that holds one; its columns are told by their names."""
    try:
        found = read_xlsx(data, all_shown=True)
        sheets = [sheet for sheet in found if not sheet.hidden and sheet.rows]
    except BadInput as refusal:
        refusal.field = field
        raise
    for sheet in sheets:
        rows = [["" if c is None else str(c) for c in row] for row in sheet.rows]
        for n, row in enumerate(rows):
            if has_name_column(row):
                refuse_listed_debtors(*(cell for title in rows[:n] for cell in title), field=field)
                return _rows(row, rows[n + 1 :], field)
    raise BadInput(
        "Không thấy cột “Họ và tên” trong trang tính.",
        "The sheet has no column “Họ và tên”.",
        field=field,
    )


def named_from_text(text: str, *, field: str = "names_text") -> tuple[NamedRow, ...]:
    """Typed lines "name; village; decision; level"; a first line of column names counts as such."""
    lines = [split_line(line) for line in at_the_door(text).splitlines() if line.strip()]
    if not lines:
        return ()
    refuse_secret("\n".join(" ".join(line) for line in lines))
    if has_name_column(lines[0]):
        return _rows(lines[0], lines[1:], field)
    usual = ["Họ và tên", "Thôn", "Quyết định", "Mức"]
    if max(len(line) for line in lines) > len(usual):
        raise BadInput(
            "Mỗi dòng gồm nhiều nhất bốn ô: họ tên; thôn; quyết định; mức, diện.",
            "A line has at most four cells: name; village; decision; level.",
            field=field,
        )
    return _rows(usual, lines, field)


def checked_rows(rows: Sequence[NamedRow], *, field: str) -> tuple[NamedRow, ...]:
    """The rows of a list, each with a name and no more than the law wants known of a person.

    Every cell is held to it, the name too; what is wrong is told of all lines at once.
    """
    if len(rows) > MOST_NAMES:
        raise BadInput(
            f"Danh sách có {len(rows)} người; nhiều nhất {MOST_NAMES}.",
            f"The list has {len(rows)} people; at most {MOST_NAMES}.",
            field=field,
        )
    faults, checked = Faults(), list[NamedRow]()
    for n, row in enumerate(rows, start=1):
        cells = {key: " ".join(at_the_door(getattr(row, key)).split()) for key in _LIMITS}
        for key, text in cells.items():
            with faults.noted():
                _refuse_too_much(key, text, n, field)
            with faults.noted():
                refuse_listed_debtors(text, field=field, line=n)
            with faults.noted():
                refuse_illness(text, field=field, line=n)
        if not cells["name"]:
            faults.add(
                BadInput(f"Dòng {n} không có họ tên.", f"Line {n} has no name.", field=field)
            )
        if len(faults.found) >= _MOST_FAULTS:
            faults.add(
                BadInput(
                    f"Từ dòng {n + 1} chưa kiểm tra: sửa các dòng trên trước.",
                    f"From line {n + 1} on nothing was checked yet: mend the lines above first.",
                    field=field,
                )
            )
            break
        checked.append(NamedRow(**cells))
    faults.tell()
    return tuple(checked)


_LIMITS = {"name": 120, "village": 120, "decision": 120, "level": 200}  # letters of a cell
_CELLS = {
    "name": ("họ tên", "name"),
    "village": ("thôn", "village"),
    "decision": ("quyết định", "decision"),
    "level": ("mức, diện", "level"),
}
_MOST_FAULTS = 30  # nobody reads more of them at a time


def _refuse_too_much(key: str, text: str, line: int, field: str) -> None:
    """Raise ``BadInput`` for a cell that is too long or tells more than the law wants known."""
    cell_vi, cell_en = _CELLS[key]
    if len(text) > _LIMITS[key]:
        raise BadInput(
            f"Dòng {line}: ô {cell_vi} dài {len(text)} ký tự; nhiều nhất {_LIMITS[key]}.",
            f"Line {line}: the {cell_en} has {len(text)} characters; at most {_LIMITS[key]}.",
            field=field,
        )
    # A level may be an amount of money; no amount begins with a nought.
    long = (_IDENTITY if key == "level" else _LONG_NUMBER).search(text)
    if (
        long
        or number_of_a_person(text)
        or (key in ("name", "village") and _A_DATE.search(text))
        or _BORN.search(text)
    ):
        raise BadInput(
            f"Dòng {line} (ô {cell_vi}) có số giống số định danh, điện thoại, tài khoản hoặc năm "
            "sinh. Bỏ số đó; danh sách chưa được lưu.",
            f"Line {line} ({cell_en}) has something like an identity, telephone or account number "
            "or a date of birth. Take it out; nothing was saved.",
            code="too_much",
            field=field,
        )
    folded = fold(text)
    for pattern, vi, en in _IN_A_CELL:
        found = re.search(rf"(?<!\w)(?:{pattern})", folded)
        if found and not (key == "level" and vi == _BELIEF):
            raise BadInput(
                f"Dòng {line} (ô {cell_vi}) có {vi}. Danh sách chỉ gồm họ tên, thôn, quyết định và "
                "mức, diện. Bỏ phần đó; danh sách chưa được lưu.",
                f"Line {line} ({cell_en}) holds the {en}. A list has only name, village, decision "
                "and level. Take it out; nothing was saved.",
                code="too_much",
                field=field,
            )


# A policy may be one for poor households of ethnic minorities: a level says so.
_BELIEF = "dân tộc, tôn giáo"
_IN_A_CELL: tuple[tuple[str, str, str], ...] = (
    (r"cccd|cmnd|can cuoc|so dinh danh|ho chieu", "số định danh", "identity number"),
    (r"so nha|nha so|(?:ngo|ngach|hem|kiet) (?:so )?\d", "địa chỉ nhà", "home address"),
    (r"(?:dt|sdt|dien thoai|zalo)\b.{0,3}\d|email|[\w.]+@\w", "số liên lạc", "contact"),
    (r"stk\b|so tk\b|tai khoan .{0,12}\d|\w*bank\b", "tài khoản ngân hàng", "bank account"),
    (r"dang vien\b", "thông tin đảng viên", "membership of the Party"),
    (r"dan toc\b|ton giao\b", _BELIEF, "ethnicity or religion"),
)
_BORN = re.compile(
    r"(?<!\w)(?<!học )(?:sinh|sn)[^\w\n]*(?:(?:năm|ngày) )?(?:\d{1,2}[/.-]){0,2}(?:19|20)\d\d",
    re.IGNORECASE,
)


def _rows(header: Sequence[str], body: Sequence[Sequence[str]], field: str) -> tuple[NamedRow, ...]:
    refuse_listed_debtors(*header, field=field)
    refuse_personal_columns(header, field=field)
    where: dict[int, str] = {}
    for n, column in enumerate(header):
        folded = fold(column).strip(" .:")
        if not folded or folded in _NUMBERED:
            continue
        key = next((k for k, names in _COLUMNS.items() if folded in names), None)
        if key is None or key in where.values():
            raise BadInput(
                f"Cột “{column[:60]}” không thuộc danh sách công khai. Chỉ nhận: họ và tên, thôn, "
                "quyết định, mức (diện). Danh sách chưa được lưu.",
                f"The column “{column[:60]}” is not part of a disclosed list. Taken in are: name, "
                "village, decision, level. Nothing was saved.",
                code="unknown_column",
                field=field,
            )
        where[n] = key
    rows = []
    for line in body:
        cells = {key: line[n].strip() if n < len(line) else "" for n, key in where.items()}
        if any(cells.values()):
            rows.append(NamedRow(**cells))
    return checked_rows(rows, field=field)
