"""Forms of others in Word: filled place by place, and nothing else in them changes."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from danchu.core.documents.forms.docx import WordForm
from danchu.core.errors import BadInput
from tests.core.documents.word_form import (
    BODY,
    EMPTY,
    LINKS,
    cell,
    complex_field,
    document,
    paragraph,
    run,
    word_form,
)

MAIN = "word/document.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def after(values: dict[tuple[int, str], str], body: str = BODY) -> str:
    return parts(WordForm(word_form(body)).filled(values))[MAIN].decode()


def changed(*pairs: tuple[str, str], body: str = BODY) -> str:
    """The document with exactly these replaced, each found once."""
    text = document(body)
    for old, new in pairs:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return text


def written(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


# A form with a sum has it computed anew when it is opened; that of the empty form is gone.
_MARK = '<w:fldChar w:fldCharType="{}"/></w:r>'
_RESULT = (
    '<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
    'w:cs="Times New Roman"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
)
SUM = (
    _MARK.format("begin") + '<w:r><w:instrText xml:space="preserve"> =SUM',
    _MARK.format("begin").replace("Char ", 'Char w:dirty="true" ')
    + '<w:r><w:instrText xml:space="preserve"> =SUM',
)
RESULT = (
    _MARK.format("separate") + _RESULT.format("0"),
    _MARK.format("separate") + _RESULT.format(""),
)


def test_every_place_of_the_form_is_found():
    form = WordForm(word_form())
    assert [(p.address, p.kind, p.text) for p in form.running] == [
        ("1", "blank", "……………"),
        ("2", "blank", "…"),
        ("3", "blank", ".........."),
        ("4", "blank", "____"),
        ("5", "tab", ""),
        ("6", "blank", "          "),
        ("7", "control", "Bấm vào đây để nhập."),
        ("8", "field", "«So_vu»"),
        ("9", "field", "«So_don»"),
        ("10", "field", ""),
        ("11", "blank", "…"),
        ("12", "blank", "…"),
    ]
    assert len(form.tables) == 3
    offered = {(n, c.address) for (n, _), c in form._cells.items() if c.place}
    assert offered == {
        *((3, a) for a in ("A4", "C4", "D4", "E4", "A5", "C5", "D6")),
        (4, "B1"),
    }
    head = form.cell(3, "C1")
    assert head and (head.columns, head.rows, head.text) == (3, 1, "Đối thoại")
    assert form.cell(3, "A3") is form.cell(3, "A1")
    total = form.cell(3, "C6")
    assert total and total.has_formula


@pytest.mark.parametrize(
    ("place", "text", "pairs"),
    [
        ((1, "1"), "Bến Mẫu", [(written("……………"), written("Bến Mẫu"))]),
        ((1, "2"), "7", [(written("Số: …/BC-UBND"), written("Số: 7/BC-UBND"))]),
        # A row of dots in three runs: the first takes the text, with its formatting.
        (
            (1, "3"),
            "1.246",
            [
                (
                    written("1. Số cuộc đối thoại: ...."),
                    written("1. Số cuộc đối thoại: 1.246"),
                ),
                (written("...."), written("")),
                (written(".. cuộc, với:____ý kiến."), written(" cuộc, với:____ý kiến.")),
            ],
        ),
        ((1, "4"), "31", [(":____ý kiến", ": 31 ý kiến")]),
        ((1, "5"), "Tổ 1", [("<w:tab/></w:r></w:p>", f"{written(' Tổ 1 ')}<w:tab/></w:r></w:p>")]),
        ((1, "6"), "9", [(written("          "), written("9"))]),
        (
            (1, "7"),
            "Xã Bến Mẫu",
            [
                ('<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/><w:showingPlcHdr/>', ""),
                ('<w:rStyle w:val="PlaceholderText"/>', ""),
                ("Bấm vào đây để nhập.", "Xã Bến Mẫu"),
            ],
        ),
        (
            (1, "9"),
            "5",
            [
                ('<w:fldSimple w:instr=" MERGEFIELD So_don ">', ""),
                ("</w:fldSimple>", ""),
                ("«So_don»", "5"),
            ],
        ),
        ((3, "D4"), "4", [("<w:p/></w:tc><w:tc><w:tcPr><w:tcW w:w=\"1500\" w:type=\"dxa\"/>"
          "</w:tcPr><w:p w:rsidR=\"00A1\"><w:r><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "
          "w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/></w:rPr>"
          "<w:t xml:space=\"preserve\">………",
          "<w:p><w:r><w:t xml:space=\"preserve\">4</w:t></w:r></w:p></w:tc><w:tc><w:tcPr>"
          "<w:tcW w:w=\"1500\" w:type=\"dxa\"/></w:tcPr><w:p w:rsidR=\"00A1\"><w:r><w:rPr>"
          "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "
          "w:cs=\"Times New Roman\"/></w:rPr><w:t xml:space=\"preserve\">………")]),
        ((3, "E4"), "5", [(written("………"), written("5"))]),
        ((3, "C5"), "12", [(written("0") + "</w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w=\"1500\" "
          "w:type=\"dxa\"/></w:tcPr><w:p w:rsidR=\"00A1\"><w:r>",
          written("12") + "</w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w=\"1500\" "
          "w:type=\"dxa\"/></w:tcPr><w:p w:rsidR=\"00A1\"><w:r>")]),
    ],
)  # fmt: skip
def test_only_the_text_of_the_place_changes(place, text, pairs):
    before, now = parts(word_form()), parts(WordForm(word_form()).filled({place: text}))
    assert list(before) == list(now)
    assert {name for name in before if before[name] != now[name]} == {MAIN}
    assert now[MAIN].decode() == changed(*pairs, SUM, RESULT)


def test_a_merge_field_becomes_its_text_and_a_form_field_stays_one():
    merged = after({(1, "8"): "21"})
    assert "MERGEFIELD So_vu" not in merged and "MERGEFIELD So_don" in merged
    assert merged.count("fldCharType") == document().count("fldCharType") - 3
    assert re.search(r"<w:i/><w:color w:val=\"C00000\"/></w:rPr><w:t [^>]*>21</w:t>", merged)
    kept = after({(1, "10"): "3"})
    assert kept == changed(
        (
            '<w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" '
            'w:hAnsi="Times New Roman" w:cs="Times New Roman"/></w:rPr>' + written("."),
            f'{written("3")}<w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr><w:rFonts '
            'w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/></w:rPr>'
            + written("."),
        ),
        SUM,
        RESULT,
    )


def test_an_empty_cell_is_written_as_its_end_is_formatted():
    now = after({(3, "C4"): "12"})
    assert len(now) > len(document())
    assert (
        '<w:color w:val="C00000"/></w:rPr></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" '
        'w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:i/><w:color w:val="C00000"/></w:rPr>'
        f"{written('12')}</w:r></w:p>" in now
    )
    tracked = EMPTY.replace("<w:rPr>", '<w:rPr><w:ins w:id="1" w:author="x" w:date="2026-01-01"/>')
    body = f"<w:tbl><w:tr>{cell(tracked)}</w:tr></w:tbl>"
    assert after({(2, "A1"): "12"}, body).count("<w:ins ") == 1


def test_a_form_filled_with_nothing_keeps_every_byte():
    assert parts(WordForm(word_form()).filled({})) == parts(word_form())


def test_two_places_in_one_text_and_letters_that_mean_something_in_xml():
    now = after({(1, "3"): "a<b", (1, "4"): "&amp; ]]> \x00\x07"})
    assert "đối thoại: a&lt;b</w:t>" in now
    assert " cuộc, với: &amp;amp; ]]&gt;  ý kiến." in now
    texts = [block.said.text for block in WordForm(word_form(content=now)).blocks[1:4]]
    assert any(text.endswith("a<b cuộc, với: &amp; ]]>  ý kiến.") for text in texts)


@pytest.mark.parametrize(
    ("sheet", "address", "code"),
    [
        (3, "A2", "merged"),
        (3, "B4", "words"),  # a heading
        (3, "C6", "words"),  # a sum
        (3, "E5", "words"),  # holds a table
        (3, "F1", "no_cell"),
        (3, "c4", "no_cell"),
        (9, "A1", "no_cell"),
        (0, "A1", "no_cell"),
        (1, "13", "no_cell"),
        (1, "0", "no_cell"),
        (1, "01", "no_cell"),
        (1, "A1", "no_cell"),
        (1, "9" * 5000, "no_cell"),
        (1, "²", "no_cell"),
        (1, "", "no_cell"),
    ],
)
def test_a_place_that_is_not_for_filling_is_refused(sheet, address, code):
    with pytest.raises(BadInput) as refused:
        WordForm(word_form()).filled({(1, "1"): "x", (sheet, address): "5"})
    assert refused.value.code in (code, "words" if code == "merged" else code)


def test_what_the_sender_locked_stays_as_it_is():
    def locked(settings: str, body: str = BODY) -> list[str]:
        form = WordForm(word_form(body, settings=settings))
        return [place.address for place in form.running if not place.locked]

    said = '<w:documentProtection w:edit="{}" w:enforcement="{}"/>'
    assert locked(said.format("forms", 1)) == ["7", "10"]
    assert locked(said.format("readOnly", 1)) == []
    assert len(locked(said.format("readOnly", 0))) == 12
    assert len(locked(said.format("trackedChanges", 1))) == 12
    control = BODY.replace("<w:showingPlcHdr/>", '<w:lock w:val="sdtContentLocked"/>', 1)
    assert "7" not in locked("", control) and len(locked("", control)) == 11
    with pytest.raises(BadInput) as refused:
        WordForm(word_form(control)).filled({(1, "7"): "x"})
    assert refused.value.code == "locked"
    cells = WordForm(word_form(settings=said.format("forms", 1)))
    with pytest.raises(BadInput):
        cells.filled({(3, "C4"): "x"})


def test_controls_of_whole_paragraphs_and_cells_are_places():
    def control(about: str, inside: str) -> str:
        return f"<w:sdt><w:sdtPr>{about}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    hint = paragraph(run("Bấm vào đây"))
    body = (
        control("<w:showingPlcHdr/>", hint)
        + control("<w:text/>", "<w:p/>")
        + control("<w:dropDownList/>", hint)
        + control("", hint + hint)
        + paragraph(control("<w:date/>", ""), control("<w:picture/>", run("x")))
        + f"<w:tbl><w:tr>{control('<w:showingPlcHdr/>', cell(hint))}</w:tr></w:tbl>"
        + control('<w:lock w:val="contentLocked"/>', paragraph(run("Số: ……")) + hint)
    )
    form = WordForm(word_form(body))
    assert [(p.kind, p.text, p.locked) for p in form.running] == [
        ("control", "Bấm vào đây", False),
        ("control", "", False),
        ("control", "", False),
        ("blank", "……", True),
    ]
    now = after({(1, "1"): "A", (1, "2"): "B", (1, "3"): "C", (2, "A1"): "D"}, body)
    assert "showingPlcHdr" not in now
    again = WordForm(word_form(content=now))
    assert [block.said.text for block in again.blocks[:2]] == ["A", "B"]
    assert again.tables[0].rows[0][0].text == "D"
    assert "C" in [block.said.text[:1] for block in again.blocks if hasattr(block, "said")]


def test_what_is_no_blank_is_not_offered():
    toc = paragraph(
        complex_field("TOC", run("x")).rpartition("<w:r>")[0], run("Mục 1........ 3")
    ) + paragraph(run("Mục 2........ 4"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    body = (
        toc
        + paragraph(run("Xong. Hết."), run(" a.b"))
        + paragraph("<w:del>" + run("......") + "</w:del>")
        + paragraph(f"<w:r><w:pict>{paragraph(run('......'))}</w:pict></w:r>")
        + paragraph(complex_field("IF", run("......")), complex_field("HYPERLINK", run("……")))
        + paragraph("<w:r><w:tab/></w:r>")
    )  # fmt: skip
    assert WordForm(word_form(body)).running == []
    assert [p.text for p in WordForm(word_form(paragraph(run("ngày . . . tháng ‥")))).running] == [
        ". . .",
        "‥",
    ]


def test_documents_written_in_other_ways_are_filled_too():
    prefixed = (
        document().replace("w:", "v:").replace("xmlns:w=", "xmlns:v=").replace("<v:p/>", "<v:p />")
    )
    commented = document().replace("<w:p ", "<!-- <w:p> ...... --><w:p ", 1)
    data = document().replace(">……………<", "><![CDATA[…………]]>……<")
    quoted = document().replace('w:rsidR="00A1"', "w:rsidR='a>\"b'", 1)
    wide = document().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    strict = document().replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    values = {(1, "1"): "Bến Mẫu", (3, "D4"): "31", (1, "8"): "7", (1, "10"): "8", (1, "5"): "Tổ"}
    for content in (prefixed, commented, data, quoted, wide, strict):
        form = WordForm(WordForm(word_form(content=content)).filled(values))
        assert form.tables[0].rows[0][0].text == "ỦY BAN NHÂN DÂN\nXÃ Bến Mẫu"
        assert form.tables[1].rows[3][3].text == "31"
    assert (
        "<!-- <w:p> ...... -->"
        in parts(WordForm(word_form(content=commented)).filled(values))[MAIN].decode()
    )


NETWORK = LINKS.replace(
    "</Relationships>",
    '<Relationship Id="rId9" Type="{type}" TargetMode="External" Target="{to}"/></Relationships>',
)


def linked(kind: str, to: str) -> dict[str, Any]:
    return {"links": NETWORK.format(type=f"{_OFFICE}/{kind}", to=to)}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"content": document()[:-30]}, "broken_file"),
        ({"content": "<a/>"}, "broken_file"),
        ({"content": "<!DOCTYPE a [<!ENTITY b 'c'>]>" + document().partition("?>\n")[2]}, "unsafe"),
        ({"parts": {"word/../../evil.xml": "<a/>"}}, "unsafe"),
        ({"content": b"\xff\xfe\x00"}, "broken_file"),
        ({"body": "<w:tbl>" * 200 + "</w:tbl>" * 200}, "broken_file"),
        ({"body": "<w:sdt><w:sdtContent>" * 90 + "</w:sdtContent></w:sdt>" * 90}, "broken_file"),
        ({"body": paragraph(run("." * 17_000_000))}, "too_large"),
        ({"body": "<w:p/>" * 310_000}, "too_large"),
        ({"body": f"<w:tbl><w:tr>{cell('<w:p/>', span=900_000_000)}</w:tr></w:tbl>"}, "too_large"),
        ({"body": f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * 101}</w:tr></w:tbl>"}, "too_large"),
        ({"body": "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 301}, "too_large"),
        ({"body": paragraph(run("… a " * 5001))}, "too_large"),
        ({"parts": {"_xmlsignatures/sig1.xml": "<a/>"}}, "signed"),
        ({"parts": {"word/activeX/activeX1.xml": "<a/>"}}, "macros"),
        ({"body": paragraph(complex_field("DDEAUTO c:\\\\windows\\\\cmd.exe", run("x")))}, "macros"),
        ({"body": paragraph('<w:fldSimple w:instr="dde cmd"/>')}, "macros"),
        ({"body": paragraph(complex_field('INCLUDEPICTURE "http://a.example/b.png"', run("x")))}, "outside"),
        ({"body": paragraph(complex_field('INCLUDETEXT "\\\\\\\\may\\\\b.docx"', run("x")))}, "outside"),
        (linked("attachedTemplate", "https://a.example/b.dotm"), "outside"),
        (linked("attachedTemplate", "file://may-chu/b.dotm"), "outside"),
        (linked("image", "\\\\may-chu\\a.png"), "outside"),
        (linked("image", "%5C%5Cmay-chu%5Ca.png"), "outside"),
        (linked("oleObject", "mhtml:http://a.example"), "outside"),
        (linked("aFChunk", "a.html"), "outside"),
    ],
)  # fmt: skip
def test_a_hostile_or_broken_file_is_refused_with_a_sentence(given, code):
    with pytest.raises(BadInput) as refused:
        WordForm(word_form(**given))
    assert refused.value.code == code
    assert refused.value.vi != refused.value.en and refused.value.vi.endswith(".")


FETCHES = complex_field('INCLUDEPICTURE "http://a.example/b.png"', run("x"))
RUNS = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r>'
    "<w:r><w:instrText>AUTO c:</w:instrText></w:r>"
)
PUT_TOGETHER = (
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> INCLUDEPICTURE </w:instrText></w:r>'
    + complex_field('QUOTE "http://a.example/b.png"', run("x"))
    + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    "part", ["header1", "footer1", "footnotes", "endnotes", "comments", "glossary/document"]
)
@pytest.mark.parametrize(
    ("field", "code"), [(FETCHES, "outside"), (RUNS, "macros"), (PUT_TOGETHER, "outside")]
)
def test_a_field_outside_of_the_body_is_refused_too(part, field, code):
    def form(inside):
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        return word_form(parts={f"word/{part}.xml": f"<w:a {space}>{paragraph(inside)}</w:a>"})

    with pytest.raises(BadInput) as refused:
        WordForm(form(field))
    assert refused.value.code == code
    page = complex_field("PAGE", run("1")) + complex_field('DATE \\@ "dd/MM"', run("1"))
    assert WordForm(form(page)).blocks


def test_a_field_in_a_text_box_or_a_hidden_run_is_refused_too():
    for hidden in (
        f"<w:r><w:pict><a>{paragraph(FETCHES)}</a></w:pict></w:r>",
        '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/>'
        "<w:instrText>DDE cmd</w:instrText></w:r>",
    ):
        with pytest.raises(BadInput):
            WordForm(word_form(paragraph(hidden)))
        assert WordForm(
            word_form(paragraph(hidden.replace("DDE", "PAGE").replace("http:", "")))
        ).blocks


def test_fields_inside_one_another_are_read_to_a_limit():
    begin, end = ('<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>')
    assert WordForm(word_form(paragraph(f"<w:r>{begin * 100}{end * 100}</w:r>"))).blocks
    with pytest.raises(BadInput) as refused:
        WordForm(word_form(paragraph(f"<w:r>{begin * 101}{end * 101}</w:r>")))
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut off", word_form()[:700], b"%PDF-1.4"])
def test_what_is_no_package_is_refused(data):
    with pytest.raises(BadInput) as refused:
        WordForm(data)
    assert refused.value.code == "broken_file"


@pytest.mark.parametrize(
    "body",
    [
        "<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 60_000 + "</w:tbl>",
        paragraph(run("một câu")) * 60_000,
    ],
)
def test_what_is_larger_than_any_form_is_refused_before_it_is_read(body, monkeypatch):
    monkeypatch.setattr("danchu.core.documents.forms.docx.read_tree", lambda _content: 1 / 0)
    with pytest.raises(BadInput) as caught:
        WordForm(word_form(body=body))
    assert caught.value.code == "too_large"


def test_a_part_that_lies_about_its_size_costs_no_memory():
    import tracemalloc

    data = word_form(paragraph(run("." * 60_000_000)))
    assert len(data) < 200_000
    lying = bytearray(data)
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    lying[entry + 24 : entry + 28] = (5000).to_bytes(4, "little")
    for given in (bytes(lying), data):
        tracemalloc.start()
        with pytest.raises(BadInput):
            WordForm(given)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < 20_000_000


@pytest.mark.parametrize(
    ("kind", "to"),
    [
        ("hyperlink", "https://a.example"),
        ("attachedTemplate", "file:///C:\\Users\\a\\Templates\\Normal.dotm"),
        ("attachedTemplate", "Normal.dotm"),
        ("image", "file:///C:/a.png"),
        ("mailMergeSource", "file:///D:\\b.xlsx"),
    ],
)
def test_what_stays_on_the_senders_disk_or_waits_for_a_click_is_taken(kind, to):
    assert WordForm(word_form(**linked(kind, to))).running


def test_libreoffice_shows_the_same_pages_but_for_the_filled_places(tmp_path: Path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None or not any(Path(office).resolve().parent.glob("libswlo.*")):
        pytest.skip(
            "no LibreOffice Writer (apt install libreoffice-writer-nogui); "
            "test_only_the_text_of_the_place_changes compares the XML instead"
        )
    values = {(1, "1"): "Bến Mẫu", (1, "3"): "1.246", (1, "5"): "Tổ 1", (1, "8"): "21"}
    values |= {(1, "7"): "Xã Bến Mẫu", (1, "9"): "5", (1, "10"): "3"}
    values |= {(3, "C4"): "12", (3, "C5"): "30", (3, "E4"): "8", (4, "B1"): "9"}
    (tmp_path / "truoc.docx").write_bytes(word_form())
    (tmp_path / "sau.docx").write_bytes(WordForm(word_form()).filled(values))
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "odt",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "truoc.docx"),
            str(tmp_path / "sau.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    before, now = (shown(tmp_path / f"{name}.odt") for name in ("truoc", "sau"))
    for old, new in (
        ("XÃ ……………", "XÃ Bến Mẫu"),
        ("1. Số cuộc đối thoại: .......... cuộc", "1. Số cuộc đối thoại: 1.246 cuộc"),
        ("2. Người lập biểu:|", "2. Người lập biểu: Tổ 1 |"),
        ("Bấm vào đây để nhập.", "Xã Bến Mẫu"),
        ("«So_vu»", "21"),
        ("«So_don»", "5"),
        ("còn lại: .", "còn lại: 3."),
        ("Xã, phường//////………", "Xã, phường//12////8"),
        ("Thôn//0", "Thôn//30"),
        ("Nam//", "Nam//9"),
        ("0Σ", "Σ"),  # computed when it is opened
    ):
        assert before.count(old) == 1, (old, before)
        before = before.replace(old, new)
    assert before == now


def shown(odt: Path) -> str:
    """What LibreOffice has made of a document: paragraphs and what they look like."""
    with zipfile.ZipFile(odt) as package:
        root = etree.fromstring(package.read("content.xml"))
    lines = []
    for line in root.iter("{*}p"):
        tabs = "".join("|" for _ in line.iter("{*}tab"))
        sums = "".join("Σ" for _ in line.iter("{*}table-formula"))
        lines.append("".join(line.itertext()) + tabs + sums)
    return "//".join(lines)
