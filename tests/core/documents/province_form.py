"""A form as provinces send them: three header rows, merged cells, formulas, hidden columns, two
sheets, a list to choose from, a print area. Written part by part, so that every byte is known."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

TEXTS = (
    "BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN DÂN CHỦ Ở CƠ SỞ",
    "STT",
    "Nội dung",
    "Đối thoại",
    "Tiếp công dân",
    "Số cuộc",
    "Số ý kiến",
    "Trong đó: đã trả lời",
    "Số lượt",
    "Cả năm",
    "Xã, phường",
    "Đơn vị:",
    "Cộng",
    "Ghi chú của Sở",
)
_AT = {text: place for place, text in enumerate(TEXTS)}


def _text(place: str, text: str, style: int = 1) -> str:
    return f'<c r="{place}" s="{style}" t="s"><v>{_AT[text]}</v></c>'


SHEET_1 = (
    f'{_HEAD}<worksheet {_MAIN} xmlns:r="{_LINKS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" '
    'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">'
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:H8"/>'
    '<sheetViews><sheetView workbookViewId="0"><selection activeCell="C6" sqref="C6"/></sheetView>'
    '</sheetViews><sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/>'
    '<cols><col min="1" max="1" width="6" customWidth="1"/>'
    '<col min="2" max="2" width="24" customWidth="1"/>'
    '<col min="7" max="7" width="9" hidden="1" customWidth="1"/>'
    '<col min="8" max="8" width="12" style="2" customWidth="1"/></cols><sheetData>'
    '<row r="1" ht="30" customHeight="1">' + _text("A1", TEXTS[0]) + "</row>"
    '<row r="2">' + _text("A2", "Đơn vị:") + '<c r="C2" s="1"/></row>'
    '<row r="3">'
    + _text("A3", "STT")
    + _text("B3", "Nội dung")
    + _text("C3", "Đối thoại")
    + '<c r="D3" s="1"/><c r="E3" s="1"/>'
    + _text("F3", "Tiếp công dân")
    + "</row>"
    '<row r="4">'
    + _text("C4", "Số cuộc")
    + _text("D4", "Số ý kiến")
    + '<c r="E4" s="1"/>'
    + _text("F4", "Số lượt")
    + "</row>"
    '<row r="5">' + _text("E5", "Trong đó: đã trả lời") + _text("G5", "Ghi chú của Sở") + "</row>"
    '<row r="6" spans="1:8"><c r="A6" s="1"><v>1</v></c>'
    + _text("B6", "Xã, phường")
    + '<c r="C6" s="2"/><c r="D6" s="2"/><c r="E6" s="2"/><c r="G6" s="2"><v>77</v></c></row>'
    '<row r="8">'
    + _text("B8", "Cộng")
    + '<c r="C8" s="2"><f>SUM(C6:C7)</f><v>0</v></c><c r="D8" s="2"><f>SUM(D6:D7)</f><v>0</v></c>'
    '<c r="H8" s="2"><f>C8+D8</f><v>0</v></c></row></sheetData>'
    '<mergeCells count="6"><mergeCell ref="A1:H1"/><mergeCell ref="A3:A5"/>'
    '<mergeCell ref="B3:B5"/><mergeCell ref="C3:E3"/><mergeCell ref="D4:D5"/>'
    '<mergeCell ref="F6:F7"/></mergeCells>'
    '<dataValidations count="1"><dataValidation type="whole" allowBlank="1" sqref="C6:E6">'
    "<formula1>0</formula1><formula2>9999</formula2></dataValidation></dataValidations>"
    '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape"/></worksheet>'
)
SHEET_2 = (
    f'{_HEAD}<worksheet {_MAIN}><dimension ref="A1:B3"/><sheetData>'
    '<row r="1">' + _text("A1", "Cả năm") + "</row>"
    '<row r="3"><c r="A3" t="inlineStr"><is><t>Tổng hai mục</t></is></c>'
    "<c r=\"B3\"><f>'Biểu 1'!H8</f><v>0</v></c></row></sheetData></worksheet>"
)
_STYLES = (
    f'{_HEAD}<styleSheet {_MAIN}><numFmts count="1"><numFmt numFmtId="164" '
    'formatCode="#,##0"/></numFmts><fonts count="1"><font><sz val="12"/>'
    '<name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment horizontal="center" wrapText="1"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyProtection="1">'
    '<protection locked="0"/></xf></cellXfs></styleSheet>'
)
_WORKBOOK = (
    f'{_HEAD}<workbook {_MAIN} xmlns:r="{_LINKS}"><workbookPr/><bookViews><workbookView/>'
    '</bookViews><sheets><sheet name="Biểu 1" sheetId="1" r:id="rId1"/>'
    '<sheet name="Biểu 2" sheetId="2" r:id="rId2"/></sheets><definedNames>'
    '<definedName name="_xlnm.Print_Area" localSheetId="0">\'Biểu 1\'!$A$1:$H$8</definedName>'
    '</definedNames><calcPr calcId="191029"/></workbook>'
)
_RELS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_LINKS}/worksheet" Target="/xl/worksheets/sheet2.xml"/>'
    f'<Relationship Id="rId3" Type="{_LINKS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId4" Type="{_LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="rId5" Type="{_LINKS}/calcChain" Target="calcChain.xml"/></Relationships>'
)
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/calcChain.xml" ContentType="{_KIND}.calcChain+xml"/></Types>'
)
_TOP = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_CHAIN = f'{_HEAD}<calcChain {_MAIN}><c r="C8" i="1"/><c r="D8"/><c r="H8"/></calcChain>'


def province_form(*, sheet_1: str = SHEET_1, texts: tuple[str, ...] = TEXTS) -> bytes:
    """The form; ``sheet_1`` and ``texts`` put something else in the place of those parts."""
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _TOP,
        "xl/workbook.xml": _WORKBOOK,
        "xl/_rels/workbook.xml.rels": _RELS,
        "xl/worksheets/sheet1.xml": sheet_1,
        "xl/worksheets/sheet2.xml": SHEET_2,
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": f'{_HEAD}<sst {_MAIN} count="{len(texts)}">{items}</sst>',
        "xl/calcChain.xml": _CHAIN,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()
