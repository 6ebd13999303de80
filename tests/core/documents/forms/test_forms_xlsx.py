"""Forms of others: filled cell by cell, and nothing else in them changes."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import zipfile
from fractions import Fraction
from pathlib import Path
from xml.parsers import expat

import pytest
from lxml import etree

from danchu.core.documents.forms.opening import require_few_rows
from danchu.core.documents.forms.xlsx import fill, open_form
from danchu.core.errors import BadInput
from tests.core.documents.province_form import SHEET_1, province_form

VALUES = {"C2": "Xã Bến Mẫu", "C6": 12, "D6": 1246, "E6": Fraction(5, 2), "F6": 31, "H6": 4}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def cells(xml: bytes) -> dict[str, bytes]:
    """Every cell of a sheet as it is written, by its address."""
    root = etree.fromstring(xml)
    return {c.get("r"): etree.tostring(c, with_tail=False) for c in root.iter("{*}c")}


def without_cells(xml: bytes, addresses: set[str]) -> bytes:
    root = etree.fromstring(xml)
    for cell in list(root.iter("{*}c")):
        if cell.get("r") in addresses:
            cell.getparent().remove(cell)
    return etree.tostring(root)


def test_only_the_filled_cells_change():
    before, after = province_form(), fill(province_form(), {"Biểu 1": VALUES})
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    sheet, workbook = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
    second = "xl/worksheets/sheet2.xml"
    assert {name for name in old if old[name] != new[name]} == {sheet, second, workbook}
    # Of the formulas only the results of the empty form are gone; their cells are as they were.
    stale = b"</f><v>0</v>"
    assert new[second] == old[second].replace(stale, b"</f>")
    rest = old[sheet].replace(stale, b"</f>")
    assert without_cells(rest, set(VALUES)) == without_cells(new[sheet], set(VALUES))
    written = {place: etree.fromstring(xml) for place, xml in cells(new[sheet]).items()}
    assert written["D6"].findtext("{*}v") == "1246"
    assert written["E6"].findtext("{*}v") == "2.5"
    assert written["C2"].get("t") == "inlineStr"
    assert "".join(written["C2"].itertext()) == "Xã Bến Mẫu"
    # The style stays; a cell that was not written takes that of its column.
    assert (written["C6"].get("s"), written["C2"].get("s"), written["H6"].get("s")) == (
        "2",
        "1",
        "2",
    )
    order = [c.get("r") for c in etree.fromstring(new[sheet]).iter("{*}c") if "6" in c.get("r")]
    assert order == ["A6", "B6", "C6", "D6", "E6", "F6", "G6", "H6"]
    assert new[workbook] == old[workbook].replace(b"<calcPr", b'<calcPr fullCalcOnLoad="1"')


def test_a_form_filled_with_nothing_keeps_every_byte():
    assert parts(fill(province_form(), {"Biểu 1": {}})) == parts(province_form())


def test_a_row_that_is_not_written_comes_in_its_place():
    after = fill(province_form(), {"Biểu 1": {"C7": 3}, "Biểu 2": {"B2": "a<b & =1+1 _x0041_"}})
    sheet = etree.fromstring(parts(after)["xl/worksheets/sheet1.xml"])
    assert [row.get("r") for row in sheet.iter("{*}row")] == list("12345678")
    assert open_form(after).sheet("Biểu 1").cell("C7").text == "3"
    second = etree.fromstring(parts(after)["xl/worksheets/sheet2.xml"])
    said = next(c for c in second.iter("{*}c") if c.get("r") == "B2")
    assert said.find("{*}f") is None
    assert "".join(said.itertext()) == "a<b & =1+1 _x005F_x0041_"


@pytest.mark.parametrize(
    ("sheet", "cell", "code"),
    [
        ("Biểu 1", "C8", "formula"),
        ("Biểu 1", "F7", "merged"),
        ("Biểu 1", "D5", "merged"),
        ("Biểu 1", "K6", "no_cell"),
        ("Biểu 1", "C11", "no_cell"),
        ("Biểu 1", "XFE1", "no_cell"),
        ("Biểu 1", "c6", "no_cell"),
        ("Biểu 3", "A1", "no_sheet"),
    ],
)
def test_a_cell_that_is_not_for_filling_is_refused_and_named(sheet, cell, code):
    with pytest.raises(BadInput) as refused:
        fill(province_form(), {"Biểu 1": {"C6": 1}, sheet: {cell: 5}})
    assert refused.value.code == code
    assert cell in str(refused.value) or sheet in str(refused.value)


def test_in_a_protected_sheet_only_what_the_sender_left_open_is_filled():
    locked = SHEET_1.replace("<mergeCells", '<sheetProtection sheet="1" objects="1"/><mergeCells')
    form = province_form(sheet_1=locked)
    assert open_form(fill(form, {"Biểu 1": {"C6": 8}})).sheet("Biểu 1").cell("C6").text == "8"
    with pytest.raises(BadInput) as refused:
        fill(form, {"Biểu 1": {"C2": "Xã Bến Mẫu"}})
    assert refused.value.code == "locked"


def test_an_array_formula_is_not_broken_into():
    spread = SHEET_1.replace(
        "<f>SUM(C6:C7)</f>", '<f t="array" ref="C8:C9">ROW(A1:A2)</f>'
    ).replace(
        "</row></sheetData>", '</row><row r="9"><c r="C9" s="2"><v>2</v></c></row></sheetData>'
    )
    with pytest.raises(BadInput) as refused:
        fill(province_form(sheet_1=spread), {"Biểu 1": {"C9": 1}})
    assert refused.value.code == "formula"


def test_the_form_is_shown_as_it_stands():
    form = open_form(province_form())
    sheet = form.sheet("Biểu 1")
    assert (list(form.sheets), sheet.rows, sheet.columns) == (["Biểu 1", "Biểu 2"], 8, 8)
    title, note = sheet.cell("A1"), sheet.cell("G6")
    assert title.text.startswith("BIỂU TỔNG HỢP") and (title.rows, title.columns) == (1, 8)
    assert note.hidden and note.text == "77" and not note.is_text
    assert sheet.cell("B1").covered_by == "A1"
    assert sheet.cell("H8").has_formula and not sheet.cell("H8").may_be_filled
    # Two columns and two rows after the last written ones are offered as well.
    assert [[c.address for c in row] for row in sheet.window(7, 7, 50, 50)] == [
        [f"{column}{row}" for column in "GHIJ"] for row in (7, 8, 9, 10)
    ]
    assert form.sheet("Biểu 2").cell("A3").text == "Tổng hai mục"


def test_sheets_written_in_other_ways_are_filled_too():
    prefixed = SHEET_1.replace("xmlns=", "xmlns:x=", 1)
    for tag in ("worksheet", "sheetData", "row", "c", "v", "f", "mergeCells", "mergeCell", "cols"):
        prefixed = prefixed.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>")
        prefixed = prefixed.replace(f"</{tag}>", f"</x:{tag}>").replace(f"<{tag}/>", f"<x:{tag}/>")
    prefixed = prefixed.replace("<col ", "<x:col ")
    commented = SHEET_1.replace('<row r="6"', '<!-- <row r="4"> --><row r="6"')
    bare = SHEET_1.replace('<c r="C6" s="2"/><c r="D6" s="2"/><c r="E6" s="2"/>', "")
    for sheet in (prefixed, commented, bare):
        filled = open_form(fill(province_form(sheet_1=sheet), {"Biểu 1": VALUES})).sheet("Biểu 1")
        assert [filled.cell(place).text for place in ("C6", "D6", "F6")] == ["12", "1246", "31"]
        assert filled.cell("B6").text == "Xã, phường"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "Tên;Số\nA;1".encode(),
        b"PK\x03\x04 cut off",
        province_form()[:900],
        province_form(sheet_1=SHEET_1[:-200]),
        province_form(sheet_1=SHEET_1.replace('<row r="4">', '<row r="1">')),
        province_form(sheet_1=SHEET_1.replace('r="F4"', 'r="A4"').replace('"C4"', '"ZZZZ4"')),
    ],
)
def test_a_file_that_is_no_form_is_refused_with_a_sentence(data):
    with pytest.raises(BadInput) as refused:
        fill(data, {"Biểu 1": {"C4": 1}})
    assert refused.value.code in ("broken_file", "no_cell")


def test_a_column_and_a_row_in_which_nothing_is_written_are_filled():
    asked = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Chỉ tiêu</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Số cuộc đối thoại</t></is></c></row>'
    )
    start, end = SHEET_1.index("<row"), SHEET_1.index("</sheetData>")
    # Nothing is merged there: the columns end with the only one that is written.
    tail = re.sub(r"<mergeCells.*?</mergeCells>", "", SHEET_1[end:])
    form = open_form(province_form(sheet_1=SHEET_1[:start] + asked + tail))
    sheet = form.sheet("Biểu 1")
    assert (sheet.rows, sheet.columns) == (2, 1)
    assert sheet.cell("B2").may_be_filled and sheet.cell("A3").may_be_filled
    sent = open_form(form.filled({"Biểu 1": {"B2": 12, "A4": "Ghi chú"}})).sheet("Biểu 1")
    assert (sent.cell("B2").text, sent.cell("A4").text) == ("12", "Ghi chú")
    for far in ("D2", "A5"):
        with pytest.raises(BadInput):
            form.filled({"Biểu 1": {far: 1}})


def test_too_many_rows_are_counted_before_anything_is_parsed(monkeypatch):
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>22</v></c></row>'
        for n in range(1, 200_001)
    )
    start, end = SHEET_1.index("<row"), SHEET_1.index("</sheetData>")
    large = province_form(sheet_1=SHEET_1[:start] + rows + SHEET_1[end:])
    monkeypatch.setattr(expat, "ParserCreate", lambda *_: pytest.fail("parsed"))
    with pytest.raises(BadInput) as refused:
        require_few_rows(large)
    assert refused.value.code == "too_large" and "50000 dòng" in refused.value.vi
    for taken in (province_form(), large[:5000], b"no package"):
        require_few_rows(taken)


def test_a_form_of_200000_rows_is_refused_and_the_largest_shown_in_windows():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 200_001))
    start, end = SHEET_1.index("<row"), SHEET_1.index("</sheetData>")
    with pytest.raises(BadInput) as refused:
        open_form(province_form(sheet_1=SHEET_1[:start] + rows + SHEET_1[end:]))
    assert refused.value.code == "too_large"
    assert "50000 dòng" in refused.value.vi


def test_libreoffice_shows_the_same_form_but_for_the_filled_cells(tmp_path: Path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice; test_only_the_filled_cells_change compares the XML instead")
    if not any(Path(office).resolve().parent.glob("libsclo.*")):
        pytest.skip(
            "this LibreOffice has no Calc (apt install libreoffice-calc); "
            "test_only_the_filled_cells_change compares the XML instead"
        )
    (tmp_path / "truoc.xlsx").write_bytes(province_form())
    (tmp_path / "sau.xlsx").write_bytes(fill(province_form(), {"Biểu 1": VALUES}))
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            # every sheet, as shown, in UTF-8
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "truoc.xlsx"),
            str(tmp_path / "sau.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(tmp_path)},
    )

    def shown(name: str) -> dict[tuple[int, int], str]:
        with (tmp_path / name).open(encoding="utf-8") as lines:
            return {
                (r, c): text
                for r, row in enumerate(csv.reader(lines), 1)
                for c, text in enumerate(row, 1)
                if text
            }

    before, after = shown("truoc-Biểu 1.csv"), shown("sau-Biểu 1.csv")
    filled = {(2, 3), (6, 3), (6, 4), (6, 5), (6, 6), (6, 8)}
    computed = {(8, 3): "12", (8, 4): "1246", (8, 8): "1258"}
    assert {k: v for k, v in before.items() if k not in filled | set(computed)} == {
        k: v for k, v in after.items() if k not in filled | set(computed)
    }
    assert {place: after[place] for place in computed} == computed
    assert after[6, 4] == "1246"
    assert shown("sau-Biểu 2.csv")[3, 2] == "1258"


@pytest.mark.parametrize(
    ("part", "content", "code"),
    [
        (
            "xl/externalLinks/externalLink1.xml",
            '<externalLink><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>',
            "unsafe",
        ),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            '<Relationships><Relationship Id="a" Type="x/image" TargetMode="External" '
            'Target="http://a.example/b.png"/></Relationships>',
            "outside",
        ),
    ],
)
def test_a_form_that_runs_or_fetches_something_is_refused(part, content, code):
    out = io.BytesIO(province_form())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(part, content)
    with pytest.raises(BadInput) as refused:
        open_form(out.getvalue())
    assert refused.value.code == code
    asked_first = content.replace("x/image", "x/externalLinkPath").replace("ddeLink", "book")
    out = io.BytesIO(province_form())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(part, asked_first)
    assert open_form(out.getvalue()).sheets
