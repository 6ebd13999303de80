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
    lines=("Công khai ngày 20/05/2026.", "Niêm yết đến ngày 19/06/2026."),
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
    for words in (POSTER.head, POSTER.title, *POSTER.lines, POSTER.invitation, POSTER.mark):
        assert words in text


def test_the_same_poster_gives_the_same_bytes():
    assert render_poster(POSTER) == render_poster(POSTER)


def test_what_people_wrote_is_never_markup_and_a_long_title_stays_on_the_sheet():
    wild = replace(POSTER, title='#panic("x") *đậm* $a$ <b>' + " thửa đất số 5" * 18)
    document = pdfium.PdfDocument(render_poster(wild))
    assert len(document) == 1
    assert '#panic("x") *đậm* $a$ <b>' in text_of(document)


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
