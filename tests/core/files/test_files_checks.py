"""What may come in, what it looks like afterwards, and what may not."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from danchu.core import unpacking
from danchu.core.errors import BadInput
from danchu.core.files import kinds
from danchu.core.files.services import check_upload, clean_name
from danchu.core.text import secrecy
from tests.core.files import samples


def refused(data: bytes, name: str = "tep", **more) -> BadInput:
    with pytest.raises(BadInput) as found:
        check_upload(data, name, **more)
    assert found.value.field == "file"
    assert found.value.vi != found.value.en
    return found.value


GOOD = [
    (samples.jpeg, "jpeg"),
    (samples.png, "png"),
    (samples.webp, "webp"),
    (samples.pdf, "pdf"),
    (lambda: samples.docx_of("Biên bản"), "docx"),
    (lambda: samples.xlsx_of("Biên bản"), "xlsx"),
    (lambda: samples.odt_of("Biên bản"), "odt"),
    (lambda: samples.ole("WordDocument"), "doc"),
    (lambda: "Biên bản họp thôn".encode(), "txt"),
    (lambda: "Biên bản".encode("utf-16"), "txt"),
    (lambda: b"<!DOCTYPE html><p>Bien ban</p>", "html"),
]


@pytest.mark.parametrize(("make", "kind"), GOOD)
def test_the_content_says_what_a_file_is_and_the_name_may_not_differ(make, kind: str) -> None:
    data = make()
    assert kinds.sniff(data) == kind
    right = kinds.KINDS[kind].extensions[0]
    checked = check_upload(data, f"Biên bản.{right.upper()}")
    assert (checked.kind, checked.media_type) == (kind, kinds.KINDS[kind].media_type)
    assert kinds.sniff(checked.data) in (kind, "txt")
    assert check_upload(data, "Biên bản").name == f"Biên bản.{right}"
    for wrong in ("exe", "pdf" if kind != "pdf" else "jpg", "docx.exe", "svg"):
        if wrong not in kinds.KINDS[kind].extensions:
            assert refused(data, f"Biên bản.{wrong}").code == "mismatch"
    assert refused(data, f"a.{right}", allowed=kinds.DEFAULT - {kind}).code == "kind"


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00\x03" + b"\x00" * 200,
        b"\x7fELF" + b"\x01\x00" * 100,
        b"GIF89a" + b"\x00" * 50,
        b"PK\x03\x04 not really a zip",
        b"\x1f\x8b\x08" + b"\x00" * 60,
        bytes(range(32)) * 20,
    ],
)
def test_other_kinds_are_not_taken_in(data: bytes) -> None:
    assert refused(data, "anh.jpg").code == "kind"


def test_a_picture_is_written_anew_without_what_the_camera_told() -> None:
    given = samples.jpeg((40, 30))
    assert b"MaySanXuat" in given
    assert b"2026:02:03" in given
    checked = check_upload(given, "anh.jpg")
    for told in (b"MaySanXuat", b"2026:02:03", b"GhiChuRieng", b"HoSoMau", b"Exif"):
        assert told not in checked.data
    picture = Image.open(io.BytesIO(checked.data))
    assert picture.size == (30, 40)  # upright now
    assert not picture.getexif()
    assert checked.sha256 != checked.sha256_given
    painted = check_upload(samples.png(), "anh.png")
    assert b"TacGiaRieng" not in painted.data
    assert Image.open(io.BytesIO(painted.data)).getpixel((0, 0)) == (1, 2, 3, 100)


def test_a_script_behind_a_picture_does_not_survive() -> None:
    checked = check_upload(samples.jpeg() + b"<script>alert(1)</script>", "anh.jpg")
    assert b"script" not in checked.data


@pytest.mark.parametrize("make", [samples.jpeg, samples.png, samples.webp])
def test_a_cut_off_picture_is_refused(make) -> None:
    data = make()
    assert "hỏng" in refused(data[: len(data) // 2]).vi


def test_a_picture_that_unfolds_too_far_is_refused_before_it_does() -> None:
    data = samples.bomb()
    assert len(data) < 100_000
    assert "9000 × 9000" in refused(data, "anh.png").vi


def test_names_of_authors_leave_office_files() -> None:
    for make in (samples.docx_of, samples.xlsx_of, samples.odt_of):
        given = make("Nội dung họp")
        checked = check_upload(given, "bien-ban")
        with (
            zipfile.ZipFile(io.BytesIO(given)) as before,
            zipfile.ZipFile(io.BytesIO(checked.data)) as after,
        ):
            assert after.testzip() is None
            # The picture of an earlier state goes too.
            kept = [name for name in before.namelist() if name != "docProps/thumbnail.jpeg"]
            assert after.namelist() == kept
            assert any(b"NguoiSoanRieng" in before.read(name) for name in before.namelist())
            assert not any(b"NguoiSoanRieng" in after.read(name) for name in after.namelist())
        assert kinds.sniff(checked.data) == checked.kind
    first = zipfile.ZipFile(io.BytesIO(check_upload(samples.odt_of("a"), "a").data)).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_a_signed_file_stays_as_it_is() -> None:
    signed = samples.repacked(samples.docx_of("a"), _xmlsignatures__sig1_dot_xml=b"<a/>")
    assert check_upload(signed, "a.docx").data == signed
    pdf = samples.pdf()
    assert check_upload(pdf, "a.pdf").data == pdf


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (samples.pdf(locked="mật khẩu"), "locked"),
        (samples.pdf(locked=""), "locked"),
        (samples.pdf(script=True), "macros"),
        (samples.pdf()[:60], "damaged"),
        (samples.repacked(samples.docx_of("a"), word__vbaProject_dot_bin=b"x"), "macros"),
        (samples.repacked(samples.xlsx_of("a"), xl__vbaProject_dot_bin=b"x"), "macros"),
        (samples.repacked(samples.odt_of("a"), Basic__Standard__a_dot_xml=b"<a/>"), "macros"),
        (
            samples.repacked(
                samples.docx_of("a"),
                **{
                    "[Content_Types]_dot_xml": b'<Types><Override PartName="/word/document.xml" '
                    b'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
                },
            ),
            "macros",
        ),
        (
            samples.repacked(
                samples.odt_of("a"), **{"META-INF__manifest_dot_xml": b"<encryption-data/>"}
            ),
            "locked",
        ),
        (samples.repacked(samples.docx_of("a"), word__document_dot_xml=b"<w"), "damaged"),
        (
            samples.repacked(
                samples.docx_of("a"),
                word__document_dot_xml=b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
            ),
            "unsafe",
        ),
        (samples.repacked(samples.docx_of("a"), **{"..__evil_dot_xml": b"<a/>"}), "unsafe"),
        (
            samples.repacked(
                samples.xlsx_of("a"),
                xl__worksheets__sheet1_dot_xml=b"<worksheet><f>cmd|'/C calc'!A0</f></worksheet>",
            ),
            "unsafe",
        ),
        (
            samples.repacked(
                samples.docx_of("a"), word__document_dot_xml=b"<a>" + b" " * 70_000_000 + b"</a>"
            ),
            "too_large",
        ),
        (samples.docx_of("a")[:-200], "kind"),
        (samples.ole("EncryptedPackage"), "bad_input"),
        (samples.ole("WordDocument", "_VBA_PROJECT"), "macros"),
        (samples.ole("WordDocument", flags=1), "locked"),
        (samples.ole("WordDocument")[:1500], "damaged"),
        (b"", "bad_input"),
    ],
)
def test_locked_running_and_damaged_documents_are_refused(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_a_document_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MAX_TOGETHER", 2_000_000)
    swollen = samples.repacked(samples.docx_of("a"), word__media__a_dot_bin=b"0" * 2_000_000)
    assert len(swollen) < 50_000
    assert "phình" in refused(swollen, "a.docx").vi


def test_plain_text_comes_out_as_utf_8() -> None:
    checked = check_upload("Họp thôn\r\nNội dung".encode("utf-16"), "a.txt")
    assert checked.data == "Họp thôn\nNội dung".encode()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Lan\\ảnh.jpg", "ảnh.jpg"),
        ("anh\u202egpj.exe", "anhgpj.exe"),
        ("a\x00b\n.txt", "ab .txt"),
        ("", "tep"),
        ("...", "tep"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("<script>alert(1)</script>.png", "script>.png"),
    ],
)
def test_a_name_is_only_shown_and_cleaned(name: str, shown: str) -> None:
    assert clean_name(name) == shown


SECRET = ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "M Ậ T", "(MẬT)", "T Ố I  M Ậ T", "Độ mật: Mật", "MẬT"]
NOT_SECRET = [
    "Đảm bảo bí mật thông tin",
    "mật khẩu",
    "Mật độ dân số",
    "BÍ MẬT NHÀ NƯỚC",
    "BỎ PHIẾU BẰNG HÌNH THỨC BÍ MẬT",
    "Mật ong",
    "Mật",
    "TÀI LIỆU MẬT THIẾT",
]


@pytest.mark.parametrize("mark", SECRET)
def test_what_bears_a_mark_of_secrecy_is_refused_in_every_kind(mark: str) -> None:
    for data in (
        samples.docx_of("ỦY BAN NHÂN DÂN", mark, "BÁO CÁO"),
        samples.docx_of("BÁO CÁO", header=mark),
        samples.xlsx_of("Biểu 1", mark),
        samples.odt_of("ỦY BAN NHÂN DÂN", mark),
        samples.ole("WordDocument", "\r", f"BÁO CÁO\r{mark}\rNội dung báo cáo\r"),
        f"BÁO CÁO\n\n{mark}\n".encode(),
        f"<html><head><style>{'p{}' * 3000}</style></head><p><b>{mark}</b></p>".encode(),
    ):
        found = refused(data)
        assert found.code == "secret"
        assert "số, ký hiệu, ngày" in found.vi


@pytest.mark.parametrize("text", NOT_SECRET)
def test_ordinary_words_are_no_mark(text: str) -> None:
    assert secrecy.secret_mark(f"BÁO CÁO\n{text}\nNội dung") is None
    check_upload(samples.docx_of("BÁO CÁO", text), "a.docx")


def test_a_mark_in_the_name_is_enough() -> None:
    for name in ("CV 12 MẬT.pdf", "TỐI MẬT_bao cao.pdf", "bc_MẬT_.pdf"):
        assert refused(samples.pdf(), name).code == "secret"
    assert check_upload(samples.pdf(), "Bảo vệ bí mật.pdf").name == "Bảo vệ bí mật.pdf"
    assert check_upload(samples.pdf(), "bcMẬTx.pdf").kind == "pdf"


def test_a_mark_far_from_the_head_is_part_of_a_text() -> None:
    filler = ["Nội dung của báo cáo"] * 100
    assert secrecy.secret_mark("\n".join([*filler, "MẬT"])) is None
    assert secrecy.secret_mark("\n".join(["MẬT", *filler])) == "MẬT"


def test_inside_marks() -> None:
    for mark in ("LƯU HÀNH NỘI BỘ", "(Lưu hành nội bộ)", "Tài liệu thu hồi", "TÀI LIỆU THU HỒI"):
        assert secrecy.inside_mark(f"BÁO CÁO\n{mark}\n")
        with pytest.raises(BadInput):
            secrecy.refuse_inside(mark)
    for text in ("Tài liệu này được lưu hành nội bộ trong cơ quan", "thu hồi đất"):
        assert secrecy.inside_mark(text) is None


TYPED = b'<Types><Default Extension="xml" ContentType="application/xml"/>%s</Types>'
OVERRIDE = '<Override PartName="/%s" ContentType="%s"/>'
LINKED = (
    '<Relationships><Relationship Id="a" Target="a.bin" '
    'Type="http://schemas.microsoft.com/office/2006/relationships/%s"/></Relationships>'
)


def typed(name: str, kind: str) -> bytes:
    return TYPED % (OVERRIDE % (name, kind)).encode()


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"[Content_Types].xml": typed("xl/evil.bin", "application/vnd.ms-office.vbaProject")}, "macros"),
        ({"xl/_rels/workbook.xml.rels": (LINKED % "vbaProject").encode()}, "macros"),
        ({"xl/_rels/a.RELS": (LINKED % "xlMacrosheet").encode()}, "macros"),
        ({"xl/_rels/a.rels": (LINKED % "wordVbaData").encode("utf-16")}, "macros"),
        (
            {"[Content_Types].xml": typed("xl/worksheets/m.xml", "application/vnd.ms-excel.macrosheet+xml")},
            "macros",
        ),
        ({"xl/worksheets/m.xml": b"<xm:macrosheet><sheetData/></xm:macrosheet>"}, "macros"),
        (
            {
                "[Content_Types].xml": typed("xl/a.dat", "application/vnd.a.worksheet+xml"),
                "xl/a.dat": b"<a><f>cmd|'/C calc'!A0</f></a>",
            },
            "unsafe",
        ),
        ({"xl/workbook.xml": b"<a><definedName>cmd|'/C calc'!A0</definedName></a>"}, "unsafe"),
        (
            {"xl/comments1.xml": b"<!--" + b" " * 5000 + b"--><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"},
            "unsafe",
        ),
        ({f"xl/a{number}.xml": b"<a/>" for number in range(5001)}, "too_large"),
        ({"xl/a.xml": b"<a>" + b"<b/>" * 8_100_000 + b"</a>"}, "too_large"),
    ],
)  # fmt: skip
def test_a_disguised_part_is_known_by_what_it_is(parts: dict[str, bytes], code: str) -> None:
    named = {name.replace("/", "__").replace(".", "_dot_"): data for name, data in parts.items()}
    assert refused(samples.repacked(samples.xlsx_of("a"), **named), "a.xlsx").code == code


def test_a_package_of_every_day_keeps_its_other_parts() -> None:
    parts = {
        "xl__media__a_dot_svg": b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a"><svg/>',
        "xl__printerSettings__a_dot_bin": b"\x00\x01",
        "xl__drawings__vmlDrawing1_dot_vml": b"<xml><br></xml> | ",
        "customXml__item1_dot_xml": "<a>Độ mật | không</a>".encode("utf-16"),
    }
    given = samples.repacked(samples.xlsx_of("a"), **parts)
    with zipfile.ZipFile(io.BytesIO(check_upload(given, "a.xlsx").data)) as kept:
        for name, data in parts.items():
            assert kept.read(name.replace("__", "/").replace("_dot_", ".")) == data
