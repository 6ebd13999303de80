"""Staff lists: every error at its cell, all or nothing, and the same list twice is once."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
import xlsxwriter

from danchu.core import clock
from danchu.core.accounts import links, staff_lists
from danchu.core.accounts.models import Account, OneTimeToken, RoleGrant
from danchu.core.contracts import NOBODY
from danchu.core.documents import read_xlsx
from danchu.core.errors import BadInput, NotAllowed
from tests.core.small_map import Map, grant, holder, person
from tests.reporting.rounds.sheets import rewritten

TODAY = dt.date(2026, 3, 1)
HEAD = ("STT", "Họ và tên", "Chức vụ", "Thư điện tử", "Vai trò", "Mã đơn vị", "Từ ngày", "Đến ngày")
LAN = (1, "Mẫu Lan", "Công chức", "lan@vi-du.example", "Cán bộ ghi việc")
BINH = (2, "Mẫu Bình", "", "Binh@vi-du.example", "người lập báo cáo")


@pytest.fixture(autouse=True)
def _day():
    with clock.on_day(TODAY):
        yield


def listed(*rows: tuple, head: tuple = HEAD, above: tuple = (("DANH SÁCH",), ())) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, day = book.add_worksheet("Danh sách"), book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate((*above, head, *rows)):
        for column, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(number, column, dt.datetime.combine(cell, dt.time()), day)
            elif cell != "":
                sheet.write(number, column, cell)
    book.close()
    return out.getvalue()


def preview(actor, land: Map, *rows: tuple, **more) -> staff_lists.StaffPreview:
    return staff_lists.preview_staff_list(
        actor=actor, unit_id=land["Bến Mẫu"].pk, data=listed(*rows, **more)
    )


def apply(actor, land: Map, *rows: tuple) -> staff_lists.StaffApplied:
    return staff_lists.apply_staff_list(actor=actor, unit_id=land["Bến Mẫu"].pk, data=listed(*rows))


def test_a_list_is_taken_in_and_the_same_list_again_changes_nothing(land: Map) -> None:
    admin = holder("unit_admin", land["Bến Mẫu"])
    village = land["thôn Một"].states.get().code
    rows = (
        LAN,
        BINH,
        (3, "Mẫu Lan", "Công chức", "lan@vi-du.example", "viewer", village, dt.date(2026, 3, 5)),
        (4, "Mẫu Cúc", "", "cuc@vi-du.example", "Lãnh đạo", "", "02/03/2026", "2026-12-31"),
    )
    seen = preview(admin, land, *rows)
    assert seen.errors == []
    assert [(row.number, row.state, row.role) for row in seen.rows] == [
        (4, "new", "recorder"),
        (5, "new", "reporter"),
        (6, "role", "viewer"),
        (7, "new", "leader"),
    ]
    assert Account.objects.count() == 1
    done = apply(admin, land, *rows)
    assert (done.added, done.granted, done.unchanged) == (3, 4, 0)
    assert set(done.links) == {"lan@vi-du.example", "binh@vi-du.example", "cuc@vi-du.example"}
    lan = Account.objects.get(email="lan@vi-du.example")
    assert links.owner_of_link(done.links["lan@vi-du.example"], "welcome") == lan
    assert (lan.name, lan.post) == ("Mẫu Lan", "Công chức")
    assert lan.may("records.write", land["Bến Mẫu"].pk)
    assert not lan.may("records.write", land["Cầu Mẫu"].pk)
    leader = RoleGrant.objects.get(role="leader")
    assert (leader.valid_from, leader.valid_to) == (dt.date(2026, 3, 2), dt.date(2026, 12, 31))
    again = apply(admin, land, *rows)
    assert (again.added, again.granted, again.unchanged, again.links) == (0, 0, 4, {})
    assert RoleGrant.objects.exclude(account=admin).count() == 4
    assert OneTimeToken.objects.count() == 3


def test_every_error_points_at_its_cell_and_nothing_is_taken_in(land: Map) -> None:
    admin = holder("unit_admin", land["Bến Mẫu"])
    neighbour = land["Cầu Mẫu"].states.get().code
    rows = (
        (1, "", "", "lan@vi-du.example", "recorder"),
        (2, "Mẫu Bình", "", "không phải thư", "recorder"),
        (3, "Mẫu Cúc", "", "cuc@vi-du.example", "Vua"),
        (4, "Mẫu Dần", "", "dan@vi-du.example", "recorder", "KHONGCO"),
        (5, "Mẫu Én", "", "en@vi-du.example", "recorder", "", "hôm qua"),
        (6, "Mẫu Gấm", "", "gam@vi-du.example", "recorder", "", "02/03/2026", "01/03/2026"),
        (7, "Mẫu Hà", "", "ha@vi-du.example", "recorder"),
        (8, "Mẫu Hồng", "", "ha@vi-du.example", "viewer"),
        (9, "Mẫu Hà", "", "ha@vi-du.example", "recorder"),
        (10, "Mẫu Khế", "", "khe@vi-du.example", "recorder", neighbour),
        (11, "Mẫu Lê", "", "le@vi-du.example", "Quản trị hệ thống"),
        (12, "Mẫu Mai", "x" * 200, "mai@vi-du.example", "recorder"),
    )
    seen = preview(admin, land, *rows)
    assert [error.cell for error in seen.errors] == [
        "B4",
        "D5",
        "E6",
        "F7",
        "G8",
        "H9",
        "B11",
        "E12",
        "E13",
        "E14",
        "C15",
    ]
    assert [row.number for row in seen.rows] == [10]
    assert all(error.vi != error.en for error in seen.errors)
    with pytest.raises(BadInput, match=r"Ô B4:.*Còn 10 chỗ khác"):
        apply(admin, land, *rows)
    assert Account.objects.count() == 1
    assert RoleGrant.objects.count() == 1


def test_a_cell_that_shows_an_error_is_refused_and_not_taken_as_empty(land: Map) -> None:
    admin = holder("unit_admin", land["Bến Mẫu"])
    rows = (LAN, (*LAN[:3], "binh@vi-du.example", "recorder", "x", "x", "x"), LAN)

    def broken(number: int, column: str, error: str) -> bytes:
        cell = f'<c r="{column}{number}" t="e"><f>1/0</f><v>{error}</v></c>'
        return rewritten(
            listed(*rows[: number - 3]),
            "xl/worksheets/sheet1.xml",
            lambda xml: re.sub(
                rf'(?s)(<row r="{number}".*?)(?:<c r="{column}{number}"[^>]*>.*?</c>|(?=</row>))',
                rf"\1{cell}",
                xml,
                count=1,
            ),
        )

    for number, column, error in (
        (4, "C", "#DIV/0!"),  # a post may be left empty
        (4, "F", "#N/A"),  # an empty unit means the own one
        (4, "G", "#REF!"),
        (5, "H", "#VALUE!"),
        (4, "B", "#NAME?"),
    ):
        data = broken(number, column, error)
        seen = staff_lists.preview_staff_list(actor=admin, unit_id=land["Bến Mẫu"].pk, data=data)
        (found,) = [each for each in seen.errors if error in each.vi]
        assert (found.cell, error in found.en) == (f"{column}{number}", True)
        with pytest.raises(BadInput, match=f"Ô {column}{number}"):
            staff_lists.apply_staff_list(actor=admin, unit_id=land["Bến Mẫu"].pk, data=data)
    assert Account.objects.count() == 1


def test_a_list_that_fails_in_the_middle_leaves_nobody_behind(
    land: Map, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = holder("unit_admin", land["Bến Mẫu"])
    real, calls = staff_lists.add_person, []

    def second_fails(**given):
        calls.append(given)
        if len(calls) == 2:
            raise ZeroDivisionError
        return real(**given)

    monkeypatch.setattr(staff_lists, "add_person", second_fails)
    with pytest.raises(ZeroDivisionError):
        apply(admin, land, LAN, BINH)
    assert Account.objects.count() == 1
    assert not OneTimeToken.objects.exists()


def test_only_who_manages_people_there(land: Map) -> None:
    for actor in (
        NOBODY,
        holder("leader", land["Bến Mẫu"]),
        holder("unit_admin", land["Cầu Mẫu"]),
        holder("unit_admin", land["thôn Một"]),
    ):
        with pytest.raises(NotAllowed):
            preview(actor, land, LAN)
        with pytest.raises(NotAllowed):
            apply(actor, land, LAN)


def test_somebody_who_has_an_account_elsewhere_gets_the_role(land: Map) -> None:
    admin = holder("unit_admin", land["Bến Mẫu"])
    lan = person("lan", post="Trưởng thôn")
    grant(lan, "recorder", land["Cầu Mẫu"])
    (row,) = preview(admin, land, LAN).rows
    assert row.state == "role"
    done = apply(admin, land, LAN)
    assert (done.added, done.granted, done.links) == (0, 1, {})
    lan.refresh_from_db()
    assert (lan.name, lan.post) == ("lan", "Trưởng thôn")


def test_what_is_no_such_list_is_refused_with_what_it_needs(land: Map) -> None:
    admin = holder("unit_admin", land["Bến Mẫu"])
    with pytest.raises(BadInput, match="tiêu đề"):
        preview(admin, land, LAN, head=("a", "b"))
    with pytest.raises(BadInput, match="Họ và tên"):
        preview(admin, land, LAN, head=("", "", "", "Thư điện tử", "Vai trò"))
    with pytest.raises(BadInput, match="chưa có người nào"):
        preview(admin, land)
    with pytest.raises(BadInput, match="501 dòng"):
        preview(admin, land, *[LAN] * 501)
    with pytest.raises(BadInput):
        staff_lists.preview_staff_list(
            actor=admin, unit_id=land["Bến Mẫu"].pk, data=b"not a spreadsheet"
        )


def test_the_blank_list_is_one_that_is_read(land: Map) -> None:
    blank = staff_lists.blank_staff_list()
    assert read_xlsx(blank)[0].rows[0] == tuple(words for words, _ in staff_lists.COLUMNS.values())
    with pytest.raises(BadInput, match="chưa có người nào"):
        staff_lists.preview_staff_list(
            actor=holder("unit_admin", land["Bến Mẫu"]), unit_id=land["Bến Mẫu"].pk, data=blank
        )


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_cells_are_named_as_in_the_sheet(column: int, letters: str) -> None:
    assert staff_lists._letters(column) == letters
