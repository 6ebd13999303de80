"""A list of staff as a spreadsheet: looked through first, then taken in whole or not at all.

The same list may be taken in again: a role that a person already holds is left as it is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.calendar.words import day_of_text
from danchu.core.contracts import Actor, require
from danchu.core.documents import Sheet, SheetColumn, is_error, read_xlsx, render_xlsx
from danchu.core.errors import BadInput, Refusal
from danchu.core.text import fold
from danchu.core.units.selectors import unit_by_id, unit_on

from .links import make_one_time_link
from .models import Account, RoleGrant
from .roles import ROLES
from .services import add_person, clean_email, clean_name, clean_post, require_may_give

MAX_PEOPLE = 500

# key -> (heading, must it be there)
COLUMNS: dict[str, tuple[str, bool]] = {
    "name": ("Họ và tên", True),
    "post": ("Chức vụ", False),
    "email": ("Thư điện tử", True),
    "role": ("Vai trò", True),
    "unit": ("Mã đơn vị", False),
    "from": ("Từ ngày", False),
    "to": ("Đến ngày", False),
}
_ALSO = {
    "họ tên": "name",
    "tên": "name",
    "name": "name",
    "post": "post",
    "email": "email",
    "e-mail": "email",
    "địa chỉ thư điện tử": "email",
    "role": "role",
    "unit": "unit",
    "unit code": "unit",
    "from": "from",
    "to": "to",
}
_HEADINGS = {fold(words): key for key, (words, _must) in COLUMNS.items()} | {
    fold(words): key for words, key in _ALSO.items()
}
_ROLES = {
    fold(words): key for key, role in ROLES.items() for words in (key, role.name_vi, role.name_en)
}


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong in one cell: its address ("D5") and the sentence in both languages."""

    cell: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person of the list with one role. ``number`` is the row of the sheet, from 1.

    ``state``: "new" person, "role" added to a person who has an account, or "held" already.
    """

    number: int
    name: str
    post: str
    email: str
    role: str
    unit_id: int
    unit_name: str
    valid_from: dt.date
    valid_to: dt.date | None
    state: str


@dataclass(frozen=True, slots=True)
class StaffPreview:
    """What taking the list in would do. It can be taken in when there are no ``errors``."""

    rows: list[StaffRow]
    errors: list[CellError]


@dataclass(frozen=True, slots=True)
class StaffApplied:
    """What was done; ``links`` are the tokens of new people by e-mail, shown this once.

    ``names`` are those of the list by e-mail, for the page that hands the links over.
    """

    added: int
    granted: int
    unchanged: int
    links: dict[str, str]
    names: dict[str, str]


def blank_staff_list() -> bytes:
    """An empty list to be filled in, as XLSX, with the roles explained on its second sheet."""
    columns = tuple(SheetColumn(words, width=24) for words, _must in COLUMNS.values())
    roles = tuple((role.name_vi, role.name_en) for role in ROLES.values())
    return render_xlsx(
        [
            Sheet("Danh sách", columns, ()),
            Sheet("Vai trò", (SheetColumn("Vai trò"), SheetColumn("Tiếng Anh")), roles),
        ],
        created=clock.today(),
        title="Danh sách người dùng",
    )


def preview_staff_list(*, actor: Actor, unit_id: int, data: bytes) -> StaffPreview:
    """Look a list through for a unit and all below it; nothing is written.

    Every error points at its cell. Raises ``NotAllowed`` without "people.manage" over the unit,
    ``BadInput`` for a file that is no such list or has more than ``MAX_PEOPLE`` rows.
    """
    require(actor, "people.manage", unit_id)
    sheet = next((s for s in read_xlsx(data) if not s.hidden and s.rows), None)
    rows = sheet.rows if sheet else ()
    top, places = _head(rows)
    body = [
        (number, row)
        for number, row in enumerate(rows[top + 1 :], top + 2)
        if any(cell is not None and str(cell).strip() for cell in row)
    ]
    if not body:
        raise BadInput(
            "Danh sách chưa có người nào dưới dòng tiêu đề.",
            "The list has nobody below its headings.",
            field="file",
        )
    if len(body) > MAX_PEOPLE:
        raise BadInput(
            f"Danh sách có {len(body)} dòng, nhiều nhất là {MAX_PEOPLE} dòng một lần.",
            f"The list has {len(body)} rows, at most {MAX_PEOPLE} are taken at once.",
            field="file",
        )
    reader = _Reader(actor, unit_id, places)
    for number, row in body:
        reader.take(number, row)
    return StaffPreview(reader.rows, reader.errors)


def apply_staff_list(*, actor: Actor, unit_id: int, data: bytes) -> StaffApplied:
    """Take a list in: all of it, or nothing when any cell is wrong.

    Raises what :func:`preview_staff_list` raises, and ``BadInput`` naming the first wrong cell.
    """
    preview = preview_staff_list(actor=actor, unit_id=unit_id, data=data)
    if preview.errors:
        first, more = preview.errors[0], len(preview.errors) - 1
        raise BadInput(
            f"Ô {first.cell}: {first.vi}"
            + (f" Còn {more} chỗ khác cần sửa." if more else "")
            + " Chưa có người nào được thêm.",
            f"Cell {first.cell}: {first.en}"
            + (f" {more} more to correct." if more else "")
            + " Nobody was added.",
            field="file",
        )
    added = granted = 0
    links: dict[str, str] = {}
    with acting_as(actor):
        for row in preview.rows:
            if row.state == "held":
                continue
            done = add_person(
                actor=actor,
                email=row.email,
                name=row.name,
                post=row.post,
                unit_id=row.unit_id,
                role=row.role,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            granted += 1
            if done.created:
                added += 1
                links[row.email] = make_one_time_link(
                    actor=actor, account_id=done.account.pk, purpose="welcome"
                )
    names = {row.email: row.name for row in preview.rows}
    return StaffApplied(added, granted, len(preview.rows) - granted, links, names)


def _head(rows: tuple[tuple[object, ...], ...]) -> tuple[int, dict[str, int]]:
    for number, row in enumerate(rows[:10]):
        places: dict[str, int] = {}
        for column, cell in enumerate(row):
            key = _HEADINGS.get(fold(str(cell or "")).strip(" *:"))
            if key is not None:
                places.setdefault(key, column)
        if "email" in places:
            missing = [w for key, (w, must) in COLUMNS.items() if must and key not in places]
            if missing:
                raise BadInput(
                    f"Danh sách thiếu cột: {', '.join(missing)}.",
                    f"The list lacks these columns: {', '.join(missing)}.",
                    field="file",
                )
            return number, places
    raise BadInput(
        "Không thấy dòng tiêu đề. Danh sách cần các cột: "
        + ", ".join(words for words, must in COLUMNS.values() if must)
        + ".",
        "No row of headings found. The list needs these columns: "
        + ", ".join(words for words, must in COLUMNS.values() if must)
        + ".",
        field="file",
    )


class _Reader:
    """Reads row after row, remembers what came before, and never stops at an error."""

    def __init__(self, actor: Actor, unit_id: int, places: dict[str, int]) -> None:
        self.rows: list[StaffRow] = []
        self.errors: list[CellError] = []
        self._actor, self._unit_id, self._places = actor, unit_id, places
        self._units: dict[str, tuple[int, str]] = {}
        self._names: dict[str, tuple[str, int]] = {}
        self._seen: dict[tuple[str, str, int], int] = {}
        self._powers: dict[tuple[str, int], Refusal | None] = {}

    def take(self, number: int, row: tuple[object, ...]) -> None:
        before = len(self.errors)
        cells = {
            key: row[column] if column < len(row) else None for key, column in self._places.items()
        }
        if self._holds_errors(number, cells):
            return
        text = {key: " ".join(str(cell).split()) for key, cell in cells.items() if cell is not None}
        name = self._cleaned("name", number, clean_name, text)
        post = self._cleaned("post", number, clean_post, text)
        email = self._cleaned("email", number, clean_email, text)
        role = self._role(number, text.get("role", ""))
        unit = self._unit(number, text.get("unit", ""))
        begins = self._day("from", number, cells.get("from")) or clock.today()
        ends = self._day("to", number, cells.get("to"))
        if ends is not None and ends < begins:
            self._wrong(
                "to", number, "Ngày hết hạn trước ngày bắt đầu.", "It ends before it begins."
            )
        if len(self.errors) > before or unit is None:
            return
        self._against_others(number, name, email, role, unit[0])
        self._power(number, role, unit[0])
        if len(self.errors) > before:
            return
        state = self._state(email, role, unit[0], begins, ends)
        self.rows.append(StaffRow(number, name, post, email, role, *unit, begins, ends, state))

    def _wrong(self, key: str, number: int, vi: str, en: str) -> None:
        column = self._places.get(key, self._places["email"])
        self.errors.append(CellError(f"{_letters(column)}{number}", vi, en))

    def _holds_errors(self, number: int, cells: dict[str, object]) -> bool:
        """Note what the spreadsheet could not compute: taken as empty it would mean something."""
        wrong = [(key, cell) for key, cell in cells.items() if is_error(cell)]
        for key, cell in wrong:
            self._wrong(
                key,
                number,
                f"Ô này báo lỗi {cell}, không có nội dung. Nhập nội dung hoặc xóa ô.",
                f"This cell shows the error {cell} and holds nothing. Enter something or clear it.",
            )
        return bool(wrong)

    def _cleaned(self, key: str, number: int, clean: object, text: dict[str, str]) -> str:
        try:
            return str(clean(text.get(key, "")))  # type: ignore[operator]
        except Refusal as refusal:
            self._wrong(key, number, refusal.vi, refusal.en)
            return ""

    def _role(self, number: int, words: str) -> str:
        role = _ROLES.get(fold(words), "")
        if not role:
            known = "; ".join(each.name_vi for each in ROLES.values())
            self._wrong(
                "role",
                number,
                f"Không có vai trò “{words}”. Chọn trong: {known}.",
                f"There is no role “{words}”. One of: {', '.join(ROLES)}.",
            )
        return role

    def _unit(self, number: int, code: str) -> tuple[int, str] | None:
        if code not in self._units:
            try:
                if code:
                    found = unit_on(code, clock.today())
                else:
                    found = unit_by_id(self._unit_id, clock.today())
            except Refusal as refusal:
                self._wrong("unit", number, refusal.vi, refusal.en)
                return None
            self._units[code] = (found.id, found.name)
        return self._units[code]

    def _day(self, key: str, number: int, cell: object) -> dt.date | None:
        if cell is None or not str(cell).strip():
            return None
        if isinstance(cell, dt.datetime):
            return cell.date()
        if isinstance(cell, dt.date):
            return cell
        try:
            return day_of_text(str(cell))
        except ValueError:
            self._wrong(
                key,
                number,
                f"“{cell}” không phải là một ngày; ghi dạng 20/11/2026.",
                f"“{cell}” is not a day; write it as 20/11/2026.",
            )
            return None

    def _against_others(self, number: int, name: str, email: str, role: str, unit_id: int) -> None:
        named, first = self._names.setdefault(email, (name, number))
        if named != name:
            self._wrong(
                "name",
                number,
                f"Thư {email} ở dòng {first} là của {named}.",
                f"In row {first} {email} belongs to {named}.",
            )
        same = self._seen.setdefault((email, role, unit_id), number)
        if same != number:
            self._wrong(
                "role",
                number,
                f"Trùng với dòng {same}: cùng người, vai trò và đơn vị.",
                f"The same person, role and unit as in row {same}.",
            )

    def _power(self, number: int, role: str, unit_id: int) -> None:
        if (role, unit_id) not in self._powers:  # a list names few roles and units
            try:
                require_may_give(self._actor, RoleGrant(role=role, unit_id=unit_id, tree="state"))
            except Refusal as refusal:
                self._powers[role, unit_id] = refusal
            else:
                self._powers[role, unit_id] = None
        refusal_of = self._powers[role, unit_id]
        if refusal_of is not None:
            self._wrong("role", number, refusal_of.vi, refusal_of.en)

    def _state(
        self, email: str, role: str, unit_id: int, begins: dt.date, ends: dt.date | None
    ) -> str:
        account = Account.objects.filter(email=email).first()
        if account is None and all(row.email != email for row in self.rows):
            return "new"
        held = RoleGrant.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=begins),
            account=account,
            role=role,
            unit_id=unit_id,
            tree="state",
        )
        if ends is not None:
            held = held.filter(valid_from__lte=ends)
        return "held" if account is not None and held.exists() else "role"


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
