"""A form in Word as provinces send them: a letterhead, blanks of every kind between words, a table
with three header rows, merged cells and a sum, a table in a table. Written part by part, so that
every byte is known."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
_BOLD = f"<w:rPr>{_FONT}<w:b/></w:rPr>"
_PLAIN = f"<w:rPr>{_FONT}</w:rPr>"
_ITALIC = f'<w:rPr>{_FONT}<w:i/><w:color w:val="C00000"/></w:rPr>'
_CENTRE = '<w:jc w:val="center"/>'


def run(text: str, style: str = _PLAIN) -> str:
    """A run with one text."""
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*inside: str, about: str = "") -> str:
    """A paragraph of these runs; ``about`` goes into its ``pPr``."""
    said = f"<w:pPr>{about}</w:pPr>" if about else ""
    return f'<w:p w:rsidR="00A1">{said}{"".join(inside)}</w:p>'


def cell(inside: str, *, span: int = 1, merge: str = "") -> str:
    """A cell; ``merge`` is "restart", "continue" or nothing."""
    about = '<w:tcW w:w="1500" w:type="dxa"/>'
    about += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    about += '<w:vMerge w:val="restart"/>' if merge == "restart" else ""
    about += "<w:vMerge/>" if merge == "continue" else ""
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{inside}</w:tc>"


def words(text: str, **more: object) -> str:
    """A cell of words in bold, as headings have them."""
    return cell(paragraph(run(text, _BOLD), about=_CENTRE), **more)  # type: ignore[arg-type]


EMPTY = f'<w:p w:rsidR="00B2"><w:pPr>{_CENTRE}{_ITALIC}</w:pPr></w:p>'


def complex_field(code: str, *result: str, data: str = "") -> str:
    """A field in its parts, as Word writes it."""

    def mark(kind: str, inside: str = "") -> str:
        end = f">{inside}</w:fldChar>" if inside else "/>"
        return f'<w:r>{_PLAIN}<w:fldChar w:fldCharType="{kind}"{end}</w:r>'

    said = f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
    return mark("begin", data) + said + mark("separate") + "".join(result) + mark("end")


LETTERHEAD = (
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>"
    + cell(paragraph(run("ỦY BAN NHÂN DÂN")) + paragraph(run("XÃ "), run("……………"), about=_CENTRE))
    + cell(paragraph(run("Số: …/BC-UBND")))
    + "</w:tr></w:tbl>"
)
RUNNING = (
    paragraph(run("BÁO CÁO KẾT QUẢ THỰC HIỆN DÂN CHỦ Ở CƠ SỞ NĂM 2026", _BOLD), about=_CENTRE)
    # One row of dots that Word has cut into three runs, and one that sticks to its words.
    + paragraph(
        run("1. Số cuộc đối thoại: ...."),
        run("....", _ITALIC),
        '<w:proofErr w:type="spellStart"/>',
        run(".. cuộc, với:____ý kiến."),
    )
    + paragraph(
        run("2. Người lập biểu:"),
        f"<w:r>{_PLAIN}<w:tab/></w:r>",
        about='<w:tabs><w:tab w:val="left" w:leader="dot" w:pos="9000"/></w:tabs>',
    )
    + paragraph(
        run("3. Số lượt tiếp công dân: "),
        run("          ", f'<w:rPr>{_FONT}<w:u w:val="single"/></w:rPr>'),
        run(" lượt."),
    )
    + paragraph(
        run("4. Đơn vị: "),
        '<w:sdt><w:sdtPr><w:alias w:val="Đơn vị"/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>'
        "<w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>",
        run("Bấm vào đây để nhập.", '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'),
        "</w:sdtContent></w:sdt>",
        run(" kính gửi."),
    )
    + paragraph(
        run("5. Số vụ việc: "),
        complex_field("MERGEFIELD So_vu", run("«So_vu»", _ITALIC)),
        run("; số đơn: "),
        f'<w:fldSimple w:instr=" MERGEFIELD So_don ">{run("«So_don»")}</w:fldSimple>',
        run("; còn lại: "),
        complex_field("FORMTEXT", data='<w:ffData><w:name w:val="Con"/><w:textInput/></w:ffData>'),
        run("."),
    )
    + paragraph(
        run("Trang "), complex_field("PAGE", run("1")), run(", xem mục 1, 2… "),
        run("ẩn ......", "<w:rPr><w:vanish/></w:rPr>"),
    )
)  # fmt: skip
_ROWS = (
    words("TT", merge="restart") + words("Nội dung", merge="restart") + words("Đối thoại", span=3),
    cell(EMPTY, merge="continue")
    + cell(EMPTY, merge="continue")
    + words("Số cuộc", merge="restart")
    + words("Ý kiến", span=2),
    cell(EMPTY, merge="continue")
    + cell(EMPTY, merge="continue")
    + cell(EMPTY, merge="continue")
    + words("Tiếp thu")
    + words("Còn lại"),
    cell(paragraph(run("1")))
    + cell(paragraph(run("Xã, phường")))
    + cell(EMPTY)
    + cell("<w:p/>")
    + cell(paragraph(run("………"))),
    cell(paragraph(run("2")))
    + cell(paragraph(run("Thôn")))
    + cell(paragraph(run("0", _ITALIC)))
    + cell(paragraph(run("gồm … hộ")))
    + cell(
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>"
        + cell(paragraph(run("Nam")))
        + cell(EMPTY)
        + "</w:tr></w:tbl><w:p/>"
    ),
    words("Cộng", span=2)
    + cell(paragraph(complex_field("=SUM(C4:C5)", run("0"))))
    + cell(EMPTY, span=2),
)
TABLE = (
    "<w:tbl><w:tblPr><w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr><w:tblGrid>"
    + "<w:gridCol/>" * 5
    + "</w:tblGrid>"
    + "".join(
        f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if number < 3 else ''}{row}</w:tr>"
        for number, row in enumerate(_ROWS)
    )
    + "</w:tbl>"
)
BODY = LETTERHEAD + RUNNING + TABLE + paragraph(run("Nơi nhận: Sở Nội vụ."))

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_KIND}.settings+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_KIND}.header+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
)
_TOP = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_LINKS}/officeDocument" Target="word/document.xml"/></Relationships>'
)
LINKS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_LINKS}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{_LINKS}/header" Target="header1.xml"/></Relationships>'
)
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{_FONT}'
    '<w:sz w:val="26"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="character" '
    'w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:rPr>'
    '<w:color w:val="808080"/></w:rPr></w:style></w:styles>'
)


def document(body: str = BODY) -> str:
    """The part that holds the document."""
    return (
        f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_LINKS}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'mc:Ignorable="w14" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        f'<w:body>{body}<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" '
        'w:left="1701" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def word_form(
    body: str = BODY,
    *,
    content: str | bytes = "",
    settings: str = "",
    links: str = LINKS,
    parts: dict[str, str | bytes] | None = None,
) -> bytes:
    """The form; what is given stands in the place of those parts, ``parts`` beside them."""
    held: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _TOP,
        "word/document.xml": content or document(body),
        "word/_rels/document.xml.rels": links,
        "word/styles.xml": _STYLES,
        "word/settings.xml": f'{_HEAD}<w:settings xmlns:w="{_W}">{settings}</w:settings>',
        "word/header1.xml": f'{_HEAD}<w:hdr xmlns:w="{_W}">{paragraph(run("Mẫu số 1"))}</w:hdr>',
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content_of in held.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content_of)
    return out.getvalue()
