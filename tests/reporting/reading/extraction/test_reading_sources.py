"""Files become text by what they are, within bounds; the rest is refused with a way out."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import docx
import pytest
import typst
from docx.document import Document

from danchu.core.errors import BadInput, Refusal
from danchu.core.text.secrecy import secret_mark
from danchu.reporting.reading.extraction import extract_text
from danchu.reporting.reading.extraction.sources import documents_below, tools
from danchu.reporting.reading.extraction.sources.flow import Piece, page_flow
from danchu.reporting.reading.extraction.sources.sniffing import sniff

SENTENCE = "Trong kỳ, xã Bến Mẫu tiếp 20 lượt công dân liên quan đến 16 vụ việc."


def _docx(*paragraphs: str) -> Document:
    document = docx.Document()
    for paragraph in paragraphs or (SENTENCE,):
        document.add_paragraph(paragraph)
    return document


def _bytes(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _archive(parts: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _refused(source: Path | bytes, name: str = "") -> Refusal:
    with pytest.raises(Refusal) as caught:
        extract_text(source, name)
    assert caught.value.vi.endswith((".", ")."))
    assert caught.value.en
    return caught.value


# -- what can be read ---------------------------------------------------------------------------


def test_a_docx_gives_paragraphs_and_tables_in_their_order() -> None:
    document = _docx("Trước bảng")
    table = document.add_table(rows=3, cols=3)
    for row, cells in enumerate(
        [("Lĩnh vực", "Nhận", "Trả"), ("Hộ tịch", "120", ""), ("", "80", "60")]
    ):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    document.add_paragraph("Sau bảng")
    source = extract_text(_bytes(document), "bao-cao.docx")
    assert source.text.split("\n") == [
        "Trước bảng",
        "Lĩnh vực | Nhận | Trả",
        "Hộ tịch | 120",
        " | 80 | 60",
        "Sau bảng",
    ]
    assert source.media_type.endswith("wordprocessingml.document")
    assert source.warnings == ()


def test_a_letterhead_laid_out_as_a_table_becomes_plain_lines() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "UBND XÃ BẾN MẪU\nSố: 45/BC-UBND"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBến Mẫu, ngày 18 tháng 6 năm 2026"
    lines = extract_text(_bytes(document)).text.split("\n")
    assert lines[:2] == ["UBND XÃ BẾN MẪU", "Số: 45/BC-UBND"]
    assert "|" not in "".join(lines)


def _with_body(xml: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return _archive(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{space}" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{xml}</w:body></w:document>",
        }
    )


def test_text_boxes_and_content_controls_are_read_and_deleted_text_is_not() -> None:
    body = (
        "<w:p><w:r><w:t>Tiếp </w:t></w:r><w:del><w:r><w:delText>30</w:delText><w:t>30</w:t></w:r>"
        "</w:del><w:ins><w:r><w:t>20</w:t></w:r></w:ins><w:r><w:t> lượt</w:t><w:tab/><w:t>dân</w:t>"
        "</w:r></w:p>"
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Trong ô</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t>"
        "</w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r>"
        "<w:t>Trong khung</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>"
        "</w:r></w:p>"
    )
    text = extract_text(_with_body(body)).text
    assert text == "Tiếp 20 lượt\tdân\nTrong ô\n\nTrong khung"


def test_entities_of_a_hostile_document_are_not_expanded() -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "nổ"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>Đầu &b; &f; cuối</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )
    text = extract_text(_archive({"word/document.xml": bomb})).text
    assert "nổ" not in text
    assert "root" not in text


def test_an_odt_gives_paragraphs_tables_and_spaces() -> None:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
        "<text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes>"
        '<text:h>Báo cáo</text:h><text:p>Tiếp<text:s text:c="2"/>20 <text:span>lượt</text:span></text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>Hộ tịch</text:p></table:table-cell>"
        "<table:table-cell><text:p>120</text:p></table:table-cell></table:table-row></table:table>"
        "</office:text></office:body></office:document-content>"
    )
    odt = _archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
    source = extract_text(odt, "bao-cao.odt")
    assert source.text == "Báo cáo\nTiếp  20 lượt\nHộ tịch | 120"
    locked = _archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": "xxx",
            "META-INF/manifest.xml": "<m><encryption-data/></m>",
        }
    )
    assert _refused(locked, "bao-cao.odt").code == "encrypted"


def test_a_pdf_gives_whole_paragraphs_and_the_rows_of_its_tables() -> None:
    long = " ".join([SENTENCE] * 3)
    source = (
        f"{long}\n\nĐoạn sau.\n#table(columns: 4, [STT], [Lĩnh vực], [Nhận], [Trả], [1], [Hộ tịch], "
        "[120], [118], [], [Tổng], [120], [118])"
    )
    read = extract_text(typst.compile(source.encode()), "bao-cao.pdf")
    assert read.pages == 1
    assert read.text.split("\n") == [
        long,
        "Đoạn sau.",
        "STT | Lĩnh vực | Nhận | Trả",
        "1 | Hộ tịch | 120 | 118",
        " | Tổng | 120 | 118",
    ]


def test_wide_gaps_in_set_text_are_no_cells() -> None:
    words = [Piece(f"chữ{i}", 10 + 60 * i, 100, 30 + 60 * i, 110) for i in range(4)]
    other = [Piece(f"khác{i}", 25 + 47 * i, 85, 50 + 47 * i, 95) for i in range(4)]
    assert "|" not in page_flow([*words, *other])


def test_an_html_page_gives_its_article_without_menus() -> None:
    page = (
        "<html><head><title>Tin</title><script>var x = 1</script></head><body><nav><ul>"
        "<li><a href='/'>Trang chủ</a></li><li><a href='/lien-he'>Liên hệ</a></li></ul></nav>"
        f"<article><h1>Sơ kết dân chủ</h1><p>{SENTENCE}</p><p>{SENTENCE.replace('20', '30')}</p>"
        "</article></body></html>"
    )
    source = extract_text(page.encode(), "tin.html")
    assert source.media_type == "text/html"
    assert "tiếp 20 lượt" in source.text
    assert "tiếp 30 lượt" in source.text
    assert "var x" not in source.text


def test_an_html_export_of_a_form_keeps_all_its_rows() -> None:
    rows = "".join(f"<tr><td>Mục {i}</td><td>{i * 10}</td></tr>" for i in range(1, 4))
    text = extract_text(f"<html><body><table>{rows}</table></body></html>".encode()).text
    assert [line.replace(" ", "") for line in text.strip().split("\n")] == [
        "Mục1|10",
        "Mục2|20",
        "Mục3|30",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_file_is_read_in_its_encoding(encoding: str) -> None:
    source = extract_text(SENTENCE.encode(encoding), "bao-cao.txt")
    assert source.text == SENTENCE


def test_the_source_line_of_a_text_file_is_no_part_of_it() -> None:
    text = "# source: một nơi nào đó\nDòng đầu\r\n# source: không phải đầu tệp\n"
    assert extract_text(text.encode()).text == "Dòng đầu\n# source: không phải đầu tệp\n"


def test_a_text_in_a_font_of_before_unicode_is_converted_with_a_warning() -> None:
    # "Tiếp công dân, giải quyết khiếu nại của công dân" in TCVN3.
    legacy = "TiÕp c«ng d©n, gi¶i quyÕt khiÕu n¹i cña c«ng d©n t¹i x·"
    source = extract_text(_bytes(_docx(legacy)), "cu.docx")
    assert source.text == "Tiếp công dân, giải quyết khiếu nại của công dân tại xã"
    assert "TCVN3" in source.warnings[0]


def test_a_document_under_a_wrong_but_readable_name_is_read_with_a_warning() -> None:
    source = extract_text(_bytes(_docx()), "bao-cao.doc")
    assert source.text == SENTENCE
    assert "DOC" in source.warnings[0]


# -- what is refused ----------------------------------------------------------------------------

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 64


def test_a_picture_under_the_name_of_a_document_is_refused_as_what_it_is() -> None:
    refusal = _refused(JPEG, "bao-cao.docx")
    assert isinstance(refusal, BadInput)
    assert "không phải là tệp DOCX như tên gọi" in refusal.vi
    assert "ảnh JPEG" in refusal.vi
    assert _refused(JPEG, "anh").code == "damaged", "no picture is in it"
    assert _refused(SENTENCE.encode(), "bao-cao.pdf").code == "wrong_type"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"MZ" + b"\x00" * 300, "wrong_type"),
        (b"{\\rtf1 xin ch\\'e0o}", "wrong_type"),
        (b"%PDF-1.7\nkhong con gi nua", "damaged"),
        (b"\x00\x01\x02\x03" * 50, "wrong_type"),
    ],
)
def test_what_is_no_document_is_refused_by_its_kind(data: bytes, code: str) -> None:
    assert _refused(data, "tep").code == code


def test_a_document_cut_off_in_the_middle_is_refused() -> None:
    whole = _bytes(_docx())
    for share in (0.2, 0.5, 0.9):
        refusal = _refused(whole[: int(len(whole) * share)], "bao-cao.docx")
        assert refusal.code == "damaged"
        assert "bị cắt ngang" in refusal.vi


def test_an_archive_that_unpacks_to_far_too_much_is_not_opened() -> None:
    bomb = _archive({"word/document.xml": b"<a>" + b" " * 30_000_000 + b"</a>"})
    assert len(bomb) < 100_000
    assert _refused(bomb, "bao-cao.docx").code == "bomb"


def test_a_pdf_with_a_password_is_refused() -> None:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    out += b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<31><31>]>>\n"
    out += b"startxref\n%d\n%%%%EOF" % (len(out) - len(table) - 63 - 27)
    assert _refused(out, "khoa.pdf").code == "encrypted"


def test_an_office_file_with_a_password_is_refused() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    locked = ole + "EncryptedPackage".encode("utf-16-le")
    assert _refused(locked, "bao-cao.docx").code == "encrypted"
    assert sniff(ole + "Workbook".encode("utf-16-le")).code == "xls"


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "rat-lon.pdf"
    with huge.open("wb") as stream:
        stream.truncate(300 * 2**20)
    begun = time.process_time()  # a machine that pauses is not work done
    refusal = _refused(huge)
    assert time.process_time() - begun < 0.5
    assert refusal.code == "too_large"
    assert "300 MB" in refusal.vi
    assert "20 MB" in refusal.vi


def test_folders_missing_files_and_closed_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "thư mục" in _refused(tmp_path).vi
    assert _refused(tmp_path / "khong-co.txt").code == "unreadable"
    closed = tmp_path / "kin.txt"
    closed.write_text(SENTENCE, "utf-8")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", denied)
    refusal = _refused(closed)
    assert "không có quyền đọc" in refusal.vi


# -- stamps of secrecy --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "mark"),
    [
        ("UBND XÃ BẾN MẪU\nMẬT\nBÁO CÁO", "MẬT"),
        ("UBND XÃ BẾN MẪU          TỐI MẬT\nBÁO CÁO", "TỐI MẬT"),
        ("UBND XÃ | TUYỆT MẬT\nBÁO CÁO", "TUYỆT MẬT"),
        ("Độ mật: Mật\nBÁO CÁO", "MẬT"),
        ("[ T Ố I  M Ậ T ]\nBÁO CÁO", "TỐI MẬT"),
        ("BÁO CÁO về bảo vệ bí mật nhà nước", None),
        ("BÁO CÁO\nmật", None),
        ("BÁO CÁO\n" + "dòng\n" * 80 + "MẬT", None),
    ],
)
def test_a_stamp_of_secrecy_is_seen_near_the_head_only(head: str, mark: str | None) -> None:
    assert secret_mark(head) == mark


def test_a_stamped_document_is_refused_with_the_way_out() -> None:
    refusal = _refused(_bytes(_docx("UBND XÃ BẾN MẪU", "TỐI MẬT", SENTENCE)), "a.docx")
    assert refusal.code == "secret"
    assert "vào sổ số, ký hiệu, ngày" in refusal.vi
    document = _docx()
    document.sections[0].header.paragraphs[0].text = "MẬT"
    assert _refused(_bytes(document), "a.docx").code == "secret"


# -- programs of the system ---------------------------------------------------------------------


def _program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


@pytest.fixture
def only_these_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "sleep", "cat", "printf"):
        for place in ("/bin", "/usr/bin"):
            if os.path.exists(f"{place}/{name}"):
                (folder / name).symlink_to(f"{place}/{name}")
                break
    monkeypatch.setenv("PATH", str(folder))
    return folder


def _scan() -> bytes:
    """A page that holds nothing but a picture."""
    from PIL import Image

    stream = io.BytesIO()
    Image.new("L", (200, 280), 255).save(stream, "PDF")
    return stream.getvalue()


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument".encode("utf-16-le")


def test_a_scan_without_tesseract_names_the_packages(only_these_programs: Path) -> None:
    refusal = _refused(_scan(), "quet.pdf")
    assert refusal.code == "missing_tool"
    assert "tesseract-ocr-vie" in refusal.vi
    _program(only_these_programs, "tesseract", 'echo "eng"')
    assert _refused(_scan(), "quet.pdf").code == "missing_tool", "Vietnamese is not installed"


def test_an_old_word_file_needs_a_program_and_says_which(only_these_programs: Path) -> None:
    assert "antiword" in _refused(OLD_WORD, "cu.doc").vi
    _program(only_these_programs, "antiword", f'[ "$1" = "-m" ] && echo "{SENTENCE}"')
    assert extract_text(OLD_WORD, "cu.doc").text == SENTENCE
    _program(only_these_programs, "antiword", "exit 1")
    assert _refused(OLD_WORD, "cu.doc").code == "damaged"


def test_a_program_that_does_not_end_is_stopped(
    only_these_programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "DOC_SECONDS", 0.3)
    _program(only_these_programs, "antiword", "sleep 30")
    begun = time.monotonic()
    assert _refused(OLD_WORD, "cu.doc").code == "too_slow"
    assert time.monotonic() - begun < 25


def test_documents_of_a_folder_are_found_below_it_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.docx", "a/.an.txt", "a/anh.jpg", ".git/x.txt", "b/c/3.PDF"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    found = [str(path.relative_to(tmp_path)) for path in documents_below(tmp_path)]
    assert found == ["a/1.docx", "b/2.txt", "b/c/3.PDF"]
