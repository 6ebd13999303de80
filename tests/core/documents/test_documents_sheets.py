"""Spreadsheets: never a formula, exact figures, and no file that can take all the memory."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter

from danchu.core.documents import Sheet, SheetCell, SheetColumn, read_xlsx, render_xlsx
from danchu.core.errors import BadInput

DAY = dt.date(2026, 7, 5)
COLUMNS = (
    SheetColumn("Đơn vị"),
    SheetColumn("Số ý kiến", "integer"),
    SheetColumn("Tỷ lệ", "percent"),
    SheetColumn("Ngày chốt", "date"),
)
ROWS = (
    ("Xã Bến Mẫu", 1246, Decimal("0.948"), DAY),
    ("=1+1", 0, None, "chưa báo cáo"),
)
SHEET = Sheet("Tổng hợp", COLUMNS, ROWS, ("Nguồn: biên bản.",))


def written(*sheets: Sheet, **more) -> bytes:
    return render_xlsx(list(sheets) or [SHEET], created=DAY, **more)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def edited(data: bytes, name: str, edit, *, add: dict[str, bytes] | None = None) -> bytes:
    """The file with one of its parts edited."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            target.writestr(entry, edit(content) if entry == name else content)
        for entry, content in (add or {}).items():
            target.writestr(entry, content)
    return out.getvalue()


def test_what_is_written_is_read_back():
    sheets = read_xlsx(written())
    assert [sheet.name for sheet in sheets] == ["Tổng hợp", "Ghi chú"]
    assert sheets[0].rows == (
        ("Đơn vị", "Số ý kiến", "Tỷ lệ", "Ngày chốt"),
        ("Xã Bến Mẫu", 1246, "94,8%", DAY),
        ("=1+1", 0, None, "chưa báo cáo"),
    )
    assert type(sheets[0].rows[1][1]) is int
    assert sheets[1].rows == (("Tổng hợp", "Nguồn: biên bản."),)


def test_what_a_table_is_stands_above_its_head_and_the_head_stays_in_sight():
    title = ("Tổng hợp ý kiến", "=Xã Bến Mẫu, năm 2026")
    data = written(Sheet("Tổng hợp", COLUMNS, ROWS, title=title))
    rows = read_xlsx(data)[0].rows
    assert [row[0] for row in rows[:2]] == list(title) and not any(rows[2])
    assert rows[3:] == read_xlsx(written())[0].rows
    xml, book = part(data, "xl/worksheets/sheet1.xml"), part(data, "xl/workbook.xml")
    assert "<f>" not in xml
    assert 'ySplit="4"' in xml and "!$4:$4" in book
    plain = written()
    assert 'ySplit="1"' in part(plain, "xl/worksheets/sheet1.xml")
    assert "!$1:$1" in part(plain, "xl/workbook.xml")


def test_text_is_never_a_formula_a_link_or_a_number():
    texts = ("=cmd|'/c calc'!A1", "+1", "-1", "@x", "https://a.b", "007", "{=SUM(A1)}", "a\x00b")
    sheet = Sheet("x", (SheetColumn("a"),), tuple((text,) for text in texts))
    data = written(sheet)
    xml = part(data, "xl/worksheets/sheet1.xml")
    assert "<f" not in xml
    assert "hyperlink" not in xml.lower()
    assert [row[0] for row in read_xlsx(data)[0].rows[1:]] == [*texts[:-1], "ab"]


def test_columns_are_as_wide_as_what_stands_in_them_and_wrapped_rows_as_tall():
    long = "Ý kiến đã tiếp nhận, xem xét giải quyết theo thẩm quyền của Ủy ban nhân dân xã. " * 3
    sheet = Sheet("x", (SheetColumn("STT"), SheetColumn("Chỉ tiêu")), (("1", "Ngắn"), ("2", long)))
    xml = part(written(sheet), "xl/worksheets/sheet1.xml")
    narrow, wide = (float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', xml))
    assert narrow < 10 and 40 < wide < 60
    heights = {
        int(row): float(height)
        for row, height in re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', xml)
    }
    assert heights[2] < 20 and heights[3] > 4 * 15  # every line of it has room


def test_the_head_is_frozen_and_numbers_have_vietnamese_formats():
    data = written(demo_mark="Dữ liệu minh họa")
    xml = part(data, "xl/worksheets/sheet1.xml")
    assert re.search(r'<pane ySplit="1"[^>]*state="frozen"', xml)
    styles = part(data, "xl/styles.xml")
    assert "[$-42A]#,##0" in styles
    assert "[$-42A]0.0#%" in styles
    assert "dd/mm/yyyy" in styles
    assert "Dữ liệu minh họa" in xml
    assert read_xlsx(data)[-1].rows[0] == (None, "Dữ liệu minh họa")


def test_a_number_shown_in_percent_comes_as_it_is_shown_and_any_other_as_it_was_written():
    shown = (
        (0.95, "0%", "95%"),
        (0.955, "0%", "96%"),
        (1 / 3, "0.0%", "33,3%"),
        (0.07, "0.00%", "7%"),
        (1.2, "#,##0.0#%", "120%"),
        (-0.05, "[Red]0%;-0%", "-5%"),
        ("chưa có", "0%", "chưa có"),
        (0.95, "0.00", Decimal("0.95")),
        (95, '0" %"', 95),
        (0.95, "0;0%", Decimal("0.95")),
        (12, "General", 12),
    )
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("Thu, chi")
        for n, (value, code, _read) in enumerate(shown):
            page.write(n, 0, value, book.add_format({"num_format": code}))
        page.write_formula(len(shown), 0, "=A1*2", book.add_format({"num_format": "0%"}), 1.9)
    for data in (
        out.getvalue(),
        edited(out.getvalue(), "xl/worksheets/sheet1.xml", _otherwise_written),
    ):
        rows = read_xlsx(data)[0].rows
        assert [row[0] for row in rows] == [*(read for *_given, read in shown), "190%"]


def _otherwise_written(content: bytes) -> bytes:
    """A sheet as another program writes it: a prefix, its own order, the type spelt out."""
    content = re.sub(rb'<c r="(\w+)" s="(\d+)">', rb'<c t="n" s="\2" r="\1" >', content)
    content = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", content)
    return content.replace(b"xmlns=", b"xmlns:x=")


def test_the_same_sheets_give_the_same_bytes():
    first = written()
    assert written() == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        times = re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", package.read("docProps/core.xml").decode())
    assert set(times) == {"2026-07-05T00:00:00"}
    assert render_xlsx([SHEET]) == render_xlsx([SHEET])


def test_a_number_past_what_a_sheet_counts_exactly_is_written_as_text():
    sheet = Sheet("x", (SheetColumn("a", "integer"),), ((2**53,), (2**53 + 1,)))
    assert [row[0] for row in read_xlsx(written(sheet))[0].rows[1:]] == [2**53, str(2**53 + 1)]


def test_names_of_sheets_are_made_fit_and_distinct():
    names = ("A/B:C*[x]?", "a b c x", "d" * 40, "d" * 40, "", "Ghi chú")
    sheets = [Sheet(name, (SheetColumn("x"),), (), ("n",)) for name in names]
    found = [sheet.name for sheet in read_xlsx(render_xlsx(sheets, created=DAY))]
    assert len({name.lower() for name in found}) == 7
    assert all(0 < len(name) <= 31 for name in found)


@pytest.mark.parametrize(
    "sheets",
    [
        [],
        [Sheet("x", COLUMNS, (("một",),))],
        [Sheet("x", (SheetColumn("a", "integer"),), ((0.5,),))],
        [Sheet("x", (SheetColumn("a", "integer"),), ((True,),))],
        [Sheet("x", (SheetColumn("a", "integer"),), ((Decimal("1.5"),),))],
        [Sheet("x", (SheetColumn("a", "percent"),), ((Decimal("NaN"),),))],
        [Sheet("x", (SheetColumn("a"),), ((5,),))],
        [Sheet("x", (SheetColumn("a"),), (("x",),) * 1_048_576)],
    ],
)
def test_what_does_not_fit_a_sheet_is_refused(sheets):
    with pytest.raises(BadInput):
        render_xlsx(sheets, created=DAY)


# ---- files that come in --------------------------------------------------------------------


def test_empty_rows_at_the_end_go_and_those_at_the_start_stay():
    def edit(content: bytes) -> bytes:
        return re.sub(
            rb"<sheetData>.*</sheetData>",
            b'<sheetData><row r="3"><c r="B3"><v>7</v></c></row><row r="9"><c r="A9"/></row>'
            b"</sheetData>",
            content,
        )

    data = edited(written(), "xl/worksheets/sheet1.xml", edit)
    assert read_xlsx(data)[0].rows == ((None, None), (None, None), (None, 7))


def test_hidden_sheets_are_told():
    data = edited(
        written(),
        "xl/workbook.xml",
        lambda xml: xml.replace(b'sheetId="2"', b'sheetId="2" state="hidden"'),
    )
    assert [sheet.hidden for sheet in read_xlsx(data)] == [False, True]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "broken_file"),
        (b"xin chao", "broken_file"),
        (b"PK\x03\x04" + b"\x00" * 100, "broken_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "not_xlsx"),
        (written()[:-200], "broken_file"),
        (edited(written(), "xl/worksheets/sheet1.xml", lambda xml: xml[:-40]), "broken_file"),
        (edited(written(), "xl/workbook.xml", lambda xml: b"<workbook>"), "broken_file"),
        (b"\x00" * 20_000_001, "too_large"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(data, code):
    with pytest.raises(BadInput) as caught:
        read_xlsx(data)
    assert caught.value.code == code
    assert caught.value.vi
    assert caught.value.en
    assert caught.value.field == "file"


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1"><c r="XFD1"><v>1</v></c></row>',
        b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        b"<row r='1'><c\n r = 'XFD1'><v>1</v></c></row>",
        b'<row r="1"><c r="&#88;FD1"><v>1</v></c></row>',
        b'<row r="49999"/>' + b'<row><c r="SF2"/></row>',
        b"<row>" + b"<c/>" * 600 + b"</row>",
    ],
)
def test_one_cell_in_a_far_corner_is_refused_before_it_takes_the_memory(cells):
    def edit(content: bytes) -> bytes:
        return re.sub(
            rb"<sheetData>.*</sheetData>", b"<sheetData>" + cells + b"</sheetData>", content
        )

    with pytest.raises(BadInput) as caught:
        read_xlsx(edited(written(), "xl/worksheets/sheet1.xml", edit))
    assert caught.value.code == "too_large"


def test_a_sheet_hidden_under_another_name_is_counted_too():
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    data = edited(
        written(),
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(b"worksheets/sheet1.xml", b"other/place.xml"),
        add={"xl/other/place.xml": far},
    )
    with pytest.raises(BadInput) as caught:
        read_xlsx(data)
    assert caught.value.code == "too_large"


def test_one_long_text_used_by_every_cell_is_refused():
    cells = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (i, i) for i in range(1, 3000)
    )
    data = edited(
        written(),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(
            rb"<sheetData>.*</sheetData>", b"<sheetData>" + cells + b"</sheetData>", xml
        ),
    )
    assert len(read_xlsx(data)[0].rows) == 2999
    long = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    decoy = b"<sst>" + b"<si><t>x</t></si>" * 9 + b"</sst>"
    for more in ({}, {"xl/decoy.xml": decoy}):
        with pytest.raises(BadInput) as caught:
            read_xlsx(edited(data, "xl/sharedStrings.xml", lambda _: long, add=more))
        assert caught.value.code == "too_large"


def test_a_document_type_is_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    data = edited(
        written(),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"?>", b"?>" + bomb, 1),
    )
    with pytest.raises(BadInput) as caught:
        read_xlsx(data)
    assert caught.value.code == "unsafe"


def test_a_file_that_lies_about_its_sizes_or_holds_a_part_twice_is_refused():
    data = bytearray(written())
    name = b"xl/worksheets/sheet1.xml"
    for signature, offset in ((b"PK\x01\x02", 24),):
        at = data.find(name)
        while at >= 0:
            head = data.rfind(signature, 0, at)
            if head >= 0 and at - head == 46:
                data[head + offset : head + offset + 4] = (10).to_bytes(4, "little")
            at = data.find(name, at + 1)
    with pytest.raises(BadInput):
        read_xlsx(bytes(data))
    with pytest.warns(UserWarning):
        twice = edited(
            written(), "", lambda xml: xml, add={"xl/worksheets/sheet1.xml": b"<worksheet/>"}
        )
    with pytest.raises(BadInput):
        read_xlsx(twice)


def test_damaged_files_are_refused_or_read_but_never_crash():
    chance = random.Random(2026)
    good = written()
    refused = 0
    for _ in range(300):
        data = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            if chance.random() < 0.6:
                data[at] = chance.randrange(256)
            else:
                del data[at : at + chance.randrange(1, 40)]
        try:
            read_xlsx(bytes(data))
        except BadInput:
            refused += 1
    assert refused > 100


def test_a_cell_may_have_a_kind_of_its_own_and_a_note_its_label() -> None:
    columns = (SheetColumn("Chỉ tiêu"), SheetColumn("Giá trị"))
    rows = (
        ("Lượt", SheetCell(1246, "integer")),
        ("Tỷ lệ", SheetCell(Decimal("0.948"), "percent")),
        ("Chưa có", "chưa báo cáo"),
    )
    found = read_xlsx(written(Sheet("Số liệu", columns, rows, notes=(("Kỳ", "quý I"), "Câu."))))
    assert [row[1] for row in found[0].rows[1:]] == [1246, "94,8%", "chưa báo cáo"]
    assert found[-1].rows == (("Kỳ", "quý I"), ("Số liệu", "Câu."))
    wrong = Sheet("Số liệu", columns, (("Lượt", SheetCell(Decimal("1.5"), "integer")),))
    with pytest.raises(BadInput, match="không đúng loại"):
        written(wrong)


def test_a_cell_that_calls_a_program_is_refused_and_a_text_that_looks_like_one_is_not():
    assert read_xlsx(written())  # its texts begin with "=cmd|"
    for formula in (b"cmd|'/C calc'!A0", b"MSEXCEL|'..'!''"):
        data = edited(
            written(),
            "xl/worksheets/sheet1.xml",
            lambda xml, formula=formula: xml.replace(
                b"</row>", b'<c r="Z1"><f>' + formula + b"</f></c></row>", 1
            ),
        )
        with pytest.raises(BadInput) as caught:
            read_xlsx(data)
        assert caught.value.code == "unsafe"
