"""Scans and photographs: recognised letters give the figures that the text gives."""

from __future__ import annotations

import io
import resource
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageDraw

from danchu.core.documents import Annex, Column, Heading, Table, render_pdf
from danchu.core.errors import BadInput
from danchu.reporting.reading.extraction import extract_text, read_text
from danchu.reporting.reading.extraction.sources import scans
from danchu.reporting.reading.extraction.sources.ruled import Box, rules_of, without_rules
from danchu.reporting.reading.extraction.sources.skew import skew_of, straightened
from tests.core.documents.papers import paragraph, state

DPI = 150
RESULTS = (
    "Trong kỳ, Ủy ban nhân dân xã tổ chức 12 cuộc đối thoại với 845 lượt người dự; ghi nhận 96 ý "
    "kiến, đã giải quyết 84 ý kiến, đạt 87,5%.",
    "Tiếp 214 lượt công dân, 230 người, liên quan đến 187 vụ việc, trong đó có 02 đoàn đông người.",
    "Tiếp nhận 4.215 hồ sơ thủ tục hành chính; giải quyết đúng hạn 4.173/4.215 hồ sơ, đạt 99%.",
    "Nhân dân đã đóng góp 1.250.000.000 đồng và hiến 5.400 m² đất làm đường giao thông nông thôn.",
    "Có 17 tập thể, 35 cá nhân đăng ký mô hình Dân vận khéo.",
)
ROWS = (
    ("1", "Hộ tịch", "1.284", "1.236"),
    ("2", "Đất đai", "305", "290"),
    ("3", "Chứng thực", "97", "97"),
)


@pytest.fixture(scope="module")
def paper() -> bytes:
    """A report of one page with an annex on the second."""
    table = Table(
        columns=(Column("center", 0.6), Column("left", 3), Column("right"), Column("right")),
        header=(("TT", "Lĩnh vực", "Hồ sơ tiếp nhận", "Hồ sơ đã giải quyết"),),
        rows=ROWS,
        total=("", "Tổng cộng", "1.686", "1.623"),
    )
    blocks = (Heading(1, "I", "KẾT QUẢ"), *(paragraph(text) for text in RESULTS))
    annexes = (Annex("HỒ SƠ THỦ TỤC HÀNH CHÍNH", (table,)),)
    return render_pdf(state(blocks=blocks, annexes=annexes))


@pytest.fixture(scope="module")
def sheets(paper: bytes) -> list[Image.Image]:
    """Its pages as a scanner of 150 dots per inch gives them."""
    document = pdfium.PdfDocument(paper)
    found = [page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in document]
    document.close()
    return found


def pdf_of(pictures: list[Image.Image]) -> bytes:
    stream = io.BytesIO()
    first, *more = pictures
    first.save(stream, "PDF", save_all=True, append_images=more, resolution=DPI)
    return stream.getvalue()


def processor_seconds() -> float:
    """What this process and the programs it called have taken."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def tilt(sheet: Image.Image, degrees: float) -> Image.Image:
    """The sheet laid crookedly on a white glass."""
    return sheet.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def figures(text: str) -> Counter[tuple[object, ...]]:
    return Counter((i.key, i.value, i.denominator, i.part_of) for i in read_text(text).indicators)


def test_a_scanned_report_gives_the_figures_of_its_text(
    paper: bytes, sheets: list[Image.Image]
) -> None:
    text, scanned = extract_text(paper), extract_text(pdf_of(sheets), "quet.pdf")
    found = figures(scanned.text)
    assert found == figures(text.text)
    assert len(found) >= 12
    assert scanned.pages == len(sheets)
    assert "bản quét" in scanned.warnings[0]


def test_the_cells_of_a_ruled_table_stay_apart(sheets: list[Image.Image]) -> None:
    lines = extract_text(pdf_of(sheets[-1:]), "phu-luc.pdf").text.split("\n")
    for row in ROWS:
        assert " | ".join(row) in lines
    assert any(line.endswith("Tổng cộng | 1.686 | 1.623") for line in lines)


def test_a_photograph_turned_by_the_camera_is_read(sheets: list[Image.Image]) -> None:
    turned = sheets[0].rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter to the right
    stream = io.BytesIO()
    turned.save(stream, "JPEG", quality=90, exif=exif)
    source = extract_text(stream.getvalue(), "anh.jpg")
    assert figures(source.text) == figures("\n".join(RESULTS))
    assert "máy nhận dạng" in source.warnings[0]


@pytest.mark.parametrize("degrees", [3, -7])
def test_a_tilted_scan_gives_the_figures_of_its_text_in_time(
    sheets: list[Image.Image], degrees: int
) -> None:
    began = processor_seconds()
    scanned = extract_text(pdf_of([tilt(sheet, degrees) for sheet in sheets]), "quet.pdf")
    seconds = (processor_seconds() - began) / len(sheets)
    text, annex = scanned.text.split("HỒ SƠ THỦ TỤC HÀNH CHÍNH")
    assert figures(text) == figures("\n".join(RESULTS))
    assert [tuple(line.split(" | ")) for line in annex.split("\n") if " | " in line][1:] == [
        *ROWS,
        ("", "Tổng cộng", "1.686", "1.623"),
    ], "an empty cell keeps its place"
    assert seconds <= 10


@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_a_scan_that_lies_on_its_side_or_head_is_turned(
    sheets: list[Image.Image], quarter: int
) -> None:
    lying = tilt(sheets[0].rotate(quarter, expand=True), -3)
    scanned = extract_text(pdf_of([lying]), "quet.pdf")
    assert figures(scanned.text) == figures("\n".join(RESULTS))


def test_a_page_that_lies_is_read_as_it_lies_without_the_data_for_orientation(
    monkeypatch: pytest.MonkeyPatch, sheets: list[Image.Image]
) -> None:
    asked: list[list[str]] = []

    def answer(arguments: list[str], **_: object) -> tuple[int, bytes]:
        asked.append(arguments)
        unsure = b"5\t1\t1\t1\t1\t1\t100\t100\t90\t30\t31.5\t845\n"
        return (1, b"") if "0" in arguments else (0, b"level\n" + unsure)

    monkeypatch.setattr(scans, "run_tool", answer)
    assert scans.page_text("tesseract", sheets[0], DPI, "trang") == "845"
    assert len(asked) == 2, "recognised, and asked how it lies"


def test_a_straight_page_is_recognised_as_it_is_byte_for_byte(sheets: list[Image.Image]) -> None:
    for sheet in sheets:
        before = sheet.tobytes()
        assert straightened(sheet, DPI) is sheet
        assert sheet.tobytes() == before
    for empty in (Image.new("L", (1240, 1754), 255), Image.effect_noise((1240, 1754), 60)):
        assert straightened(empty, DPI) is empty


@pytest.mark.parametrize("degrees", [-15, -7, -1, 0.5, 3, 15])
def test_the_tilt_of_a_page_is_found_also_under_a_shadow_and_specks(
    sheets: list[Image.Image], degrees: float
) -> None:
    page = tilt(sheets[0], degrees)
    shadow = Image.linear_gradient("L").resize(page.size).point(lambda value: 96 + value // 2)
    specks = Image.effect_noise(page.size, 60).point(lambda value: 255 if value < 220 else 0)
    photographed = ImageChops.multiply(ImageChops.multiply(page, shadow), specks)
    for picture in (page, photographed):
        assert skew_of(picture, DPI) == pytest.approx(-degrees, abs=0.2)


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (Image.new("L", (300, 400), 255), "unreadable"),
        (Image.new("1", (9000, 9000), 1), "too_large"),
    ],
)
def test_a_picture_too_small_or_too_large_is_refused(picture: Image.Image, code: str) -> None:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    with pytest.raises(BadInput) as refused:
        extract_text(stream.getvalue(), "anh.png")
    assert refused.value.code == code


def test_a_picture_cut_off_in_the_middle_is_damaged(sheets: list[Image.Image]) -> None:
    stream = io.BytesIO()
    sheets[0].save(stream, "PNG")
    for length in (60, len(stream.getvalue()) // 2):
        with pytest.raises(BadInput) as broken:
            extract_text(stream.getvalue()[:length], "anh.png")
        assert broken.value.code == "damaged"


def test_an_empty_sheet_has_no_text() -> None:
    with pytest.raises(BadInput, match="không tìm thấy chữ"):
        extract_text(pdf_of([Image.new("L", (1240, 1754), 255)]), "trang.pdf")


def test_rules_are_found_also_where_a_scan_tilts_and_breaks_them() -> None:
    picture = Image.new("L", (800, 600), 255)
    draw = ImageDraw.Draw(picture)
    for x in (100, 400, 700):
        draw.line((x, 100, x, 500), fill=0, width=2)
    draw.line((100, 100, 700, 103), fill=0, width=2)  # three pixels down over the sheet
    draw.line((100, 300, 390, 300), fill=0, width=2)
    draw.line((402, 300, 700, 300), fill=0, width=2)
    draw.line((100, 500, 700, 500), fill=0, width=2)
    draw.rectangle((200, 200, 215, 230), fill=0)  # a letter
    rules = rules_of(picture, 150)
    assert rules.cell_at(50, 200) is None
    left, right = rules.cell_at(200, 200), rules.cell_at(500, 200)
    assert isinstance(left, Box)
    assert isinstance(right, Box)
    assert (left.top, left.bottom) == (right.top, right.bottom)
    assert rules.cell_at(200, 400) not in (left, right)
    cleaned = without_rules(picture, rules)
    assert cleaned.getpixel((205, 210)) == 0
    assert cleaned.getpixel((300, 500)) == 255
    assert cleaned.getpixel((400, 200)) == 255


def test_recognition_that_fails_leaves_no_words(
    monkeypatch: pytest.MonkeyPatch, sheets: list[Image.Image]
) -> None:
    monkeypatch.setattr(scans, "run_tool", lambda *_a, **_k: (1, b""))
    assert scans.page_text(str(Path("tesseract")), sheets[0], DPI, "trang") == ""


def test_a_heading_of_what_people_propose_opens_no_plan() -> None:
    result = "Tiếp 41 lượt công dân, 55 người, liên quan đến 39 vụ việc."
    heading = "5. Tiếp công dân; giải quyết khiếu nại, tố cáo, kiến nghị, phản ánh"
    keys = [i.key for i in read_text(f"BÁO CÁO\n{heading}\n{result}").indicators]
    assert "citizens_received" in keys
    reading = read_text(f"BÁO CÁO\n{heading}\n- {result}")
    assert not reading.findings.tasks
    asked = read_text("BÁO CÁO\n5. Kiến nghị, đề xuất\nTiếp 41 lượt công dân mỗi kỳ.")
    assert not asked.indicators


def test_the_national_title_beside_the_issuer_is_no_commune() -> None:
    head = (
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "XÃ BẾN MẪU Độc lập - Tự do - Hạnh phúc\nBÁO CÁO\n"
    )
    unit = read_text(head + "Tiếp 41 lượt công dân.").unit
    assert (unit.name, unit.level) == ("UBND xã Bến Mẫu", "commune")
