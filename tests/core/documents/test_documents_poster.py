"""The poster of a notice board: one sheet, its words as data, a code that leads to the page."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pypdfium2 as pdfium
import pytest

from danchu.core.documents.poster import PAPERS, Poster, qr_svg, render_poster

ADDRESS = "https://congkhai.example/dia-phuong/9A001-xa-ben-mau/cong-khai/3322082f-d49a-4369-8842/"
POSTER = Poster(
    head="Xã Bến Mẫu, tỉnh Minh Họa",
    title="Dự toán thu, chi ngân sách xã năm 2026",
    warning="",
    summaries=("Tổng thu 12.400.000.000 đồng.",),
    facts=(
        ("Niêm yết tại", "Trụ sở UBND xã"),
        ("Thời gian niêm yết", "từ ngày 20/05/2026 đến ngày 19/06/2026"),
        ("Hỏi tại", "Đường Mẫu, xã Bến Mẫu; điện thoại 0000 123 456"),
    ),
    invitation="Quét mã để đọc đầy đủ",
    address=ADDRESS,
    alt="Mã QR dẫn đến trang của nội dung này",
    basis="Điều 11.2, 10/2022/QH15",
    mark="Dữ liệu minh họa",
    day=dt.date(2026, 5, 20),
)
MILLIMETRE = 72 / 25.4


def text_of(document):
    return " ".join(document[0].get_textpage().get_text_range().split())


@pytest.mark.parametrize(("paper", "width", "height"), [("a4", 210, 297), ("a3", 297, 420)])
def test_it_is_one_sheet_of_its_size_with_every_word(paper, width, height):
    document = pdfium.PdfDocument(render_poster(POSTER, paper=paper))
    assert len(document) == 1
    size = document[0].get_size()
    assert [round(side / MILLIMETRE) for side in size] == [width, height]
    text = text_of(document)
    facts = [f"{name}: {value}" for name, value in POSTER.facts]
    for words in (
        POSTER.head,
        POSTER.title,
        *POSTER.summaries,
        *facts,
        POSTER.invitation,
        POSTER.mark,
    ):
        assert words in text


def test_the_same_poster_gives_the_same_bytes():
    assert render_poster(POSTER) == render_poster(POSTER)


def test_what_people_wrote_is_never_markup_and_a_long_title_stays_on_the_sheet():
    wild = replace(POSTER, title='#panic("x") *đậm* $a$ <b>' + " thửa đất số 5" * 18)
    document = pdfium.PdfDocument(render_poster(wild))
    assert len(document) == 1
    assert '#panic("x") *đậm* $a$ <b>' in text_of(document)


@pytest.mark.parametrize("paper", PAPERS)
def test_it_says_as_much_as_fits_and_stays_one_sheet(paper):
    long = "Xã Bến Mẫu chi cho đường thôn. " * 28
    ways = (long, long[:434], long[:217])
    fitting = pdfium.PdfDocument(render_poster(replace(POSTER, summaries=ways), paper=paper))
    assert len(fitting) == 1
    assert 7 <= text_of(fitting).count("Xã Bến Mẫu chi") < 28
    crammed = replace(
        POSTER,
        title="Danh mục công trình " * 15,
        warning="Bản này đã được đính chính ngày 20/05/2026. Đọc bản đính chính.",
        summaries=ways,
        facts=tuple((f"Nơi {n}", "Nhà văn hóa thôn Mẫu Lai, xã Bến Mẫu " * 3) for n in range(8)),
    )
    full = pdfium.PdfDocument(render_poster(crammed, paper=paper))
    assert len(full) == 1
    assert "Xã Bến Mẫu chi" not in text_of(full) and crammed.facts[7][0] in text_of(full)


def test_the_code_is_that_of_the_address():
    import qrcode

    drawn = {tuple(map(int, at)) for at in re.findall(r"M(\d+) (\d+)h1", qr_svg(ADDRESS))}
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=4)
    code.add_data(ADDRESS)
    code.make()
    wanted = {
        (x, y) for y, row in enumerate(code.get_matrix()) for x, dark in enumerate(row) if dark
    }
    assert drawn == wanted
    assert min(x for x, _y in drawn) == 4  # the quiet zone
    assert drawn != {tuple(map(int, at)) for at in re.findall(r"M(\d+) (\d+)h1", qr_svg("x"))}
    assert PAPERS == ("a4", "a3")
