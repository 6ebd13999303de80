"""The poster and the script of a notice."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from danchu.civic.disclosure.reading_aloud import syllables_of
from tests.civic.disclosure.made import HALL, HEADQUARTERS, publish, publish_names

BOARD = "/dia-phuong/9A001-xa-ben-mau/cong-khai/"


def text_of(data):
    document = pdfium.PdfDocument(data)
    assert len(document) == 1
    return " ".join(document[0].get_textpage().get_text_range().split())


def test_the_poster_says_what_hangs_where_and_until_when(cast, client):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, HALL)
    here = f"{BOARD}{made.record.public_id}/"
    answer = client.get(here + "to-dan-a4.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = text_of(answer.content)
    for words in (
        "Xã Bến Mẫu, tỉnh Minh Họa",
        made.title,
        "Niêm yết tại trụ sở, nhà văn hóa.",
        "Niêm yết đến ngày 19/06/2026.",
        "Quét mã để đọc đầy đủ",
    ):
        assert words in text, words
    assert f"http://testserver{here}" in text.replace("\u200b", "").replace(" ", "")
    assert "minh họa" in text.lower()
    assert text_of(client.get(here + "to-dan-a3.pdf").content)
    assert client.get(here + "to-dan-a5.pdf").status_code == 404
    wrong = client.get(here.replace("9A001-xa-ben-mau", "9A001-x") + "to-dan-a4.pdf")
    assert (wrong.status_code, wrong["Location"]) == (301, here + "to-dan-a4.pdf")
    page = client.get(here).content.decode()
    assert here + "to-dan-a3.pdf" in page and here + "bai-doc.txt" in page


def test_the_script_is_read_as_it_is_written_and_says_how_long(cast, client):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    answer = client.get(f"{BOARD}{made.record.public_id}/bai-doc.txt")
    assert answer["Content-Type"].startswith("text/plain")
    text = answer.content.decode()
    assert text.startswith("[Đọc khoảng 0 phút")
    for words in (
        "Kính thưa bà con. Xã Bến Mẫu thông báo nội dung công khai.",
        "Theo văn bản số 12/QĐ-UBND, ngày 18 tháng 5 năm 2026.",
        "Nội dung được niêm yết tại trụ sở đến ngày 19 tháng 6 năm 2026.",
    ):
        assert words in text, words


def test_neither_holds_a_name_nor_is_there_for_what_is_not_public(cast, client):
    named = publish_names(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    here = f"{BOARD}{named.record.public_id}/"
    assert "Đoàn Mẫu" not in text_of(client.get(here + "to-dan-a4.pdf").content)
    script = client.get(here + "bai-doc.txt").content.decode()
    assert "Đoàn Mẫu" not in script and "Danh sách xem tại nơi niêm yết." in script
    hidden = publish(cast.recorder_benmau, cast.benmau, title="Nội bộ", public=False)
    for part in ("to-dan-a4.pdf", "bai-doc.txt"):
        assert client.get(f"{BOARD}{hidden.record.public_id}/{part}").status_code == 404


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("Kính thưa bà con.", 4),
        ("số 12", 3),  # mười hai
        ("1.005.010 đồng", 11),  # một triệu không trăm linh năm nghìn không trăm mười đồng
        ("UBND xã", 5),
        ("TỔNG chi", 2),
        ("", 0),
    ],
)
def test_numbers_and_letters_count_as_they_are_said(text, syllables):
    assert syllables_of(text) == syllables
