"""The poster and the script of a notice."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
import pytest

from danchu.civic.disclosure.reading_aloud import syllables_of
from danchu.civic.disclosure.services import PostingInput, cancel_notice
from danchu.core.units.selectors import contact_of, unit_by_id
from danchu.core.units.services import update_contact
from danchu.web.portal import board_papers
from danchu.web.portal.caching import forget_all
from danchu.web.portal.short_addresses import ids_of, short_of
from tests.cast import TODAY
from tests.civic.disclosure.made import HALL, HEADQUARTERS, publish, publish_names
from tests.voices import put_voice, samples_of

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
        "Ủy ban nhân dân xã Bến Mẫu, tỉnh Minh Họa",
        "Khoản 2 Điều 11; khoản 3 Điều 12; Điều 13 Luật số 10/2022/QH15",
        made.title,
        "Tổng thu, tổng chi và các khoản chi chính.",
        "Niêm yết tại: Trụ sở UBND xã, Nhà văn hóa thôn Mẫu Lai",
        "Thời gian niêm yết: từ ngày 20/05/2026 đến ngày 19/06/2026",
        "Văn bản: 12/QĐ-UBND, ngày 18/05/2026. Công khai ngày 20/05/2026.",
        "Quét mã để đọc đầy đủ",
    ):
        assert words in text, words
    printed = re.search(r"http://testserver(/ck/[0-9a-z]{5}-[0-9a-z]{5}) ", text)
    assert printed, text
    led = client.get(printed[1].upper().replace("/CK/", "/ck/").replace("-", ""))
    assert (led.status_code, led["Location"]) == (302, here)
    assert "minh họa" in text.lower()
    assert text_of(client.get(here + "to-dan-a3.pdf").content)
    assert client.get(here + "to-dan-a5.pdf").status_code == 404
    wrong = client.get(here.replace("9A001-xa-ben-mau", "9A001-x") + "to-dan-a4.pdf")
    assert (wrong.status_code, wrong["Location"]) == (301, here + "to-dan-a4.pdf")
    page = client.get(here).content.decode()
    assert here + "to-dan-a3.pdf" in page and here + "bai-doc.txt" in page


def test_the_poster_says_whom_to_ask_as_far_as_the_unit_says(cast, client):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    here = f"{BOARD}{made.record.public_id}/to-dan-a4.pdf"
    said = "Hỏi tại: Số 1 đường Bến Mẫu, thôn Mẫu Lai, xã Bến Mẫu, tỉnh Minh Họa; điện thoại 0000"
    assert said in text_of(client.get(here).content)
    present = contact_of(cast.benmau)
    update_contact(actor=cast.admin, unit_id=cast.benmau, row_version=present.row_version)
    assert "Hỏi tại" not in text_of(client.get(here).content)


def test_the_script_is_read_as_it_is_written_and_says_how_long(cast, client):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    answer = client.get(f"{BOARD}{made.record.public_id}/bai-doc.txt")
    assert answer["Content-Type"].startswith("text/plain")
    text = answer.content.decode()
    assert text.startswith("[Đọc khoảng 0 phút")
    for words in (
        "Kính thưa bà con. Ủy ban nhân dân xã Bến Mẫu thông báo nội dung công khai.",
        "Theo văn bản số 12/QĐ-UBND, ngày 18 tháng 5 năm 2026.",
        "Nội dung được niêm yết tại trụ sở đến ngày 19 tháng 6 năm 2026.",
    ):
        assert words in text, words


def test_agencies_and_workplaces_speak_in_their_own_name(cast, client):
    agency = publish(cast.admin, cast.agency, HEADQUARTERS, rule_key="cq_ck_03", public=True)
    board = client.get(f"/ck/{short_of(agency.record.public_id)}")["Location"]
    poster, script = client.get(board + "to-dan-a4.pdf"), client.get(board + "bai-doc.txt")
    name = unit_by_id(cast.agency, TODAY).name
    assert name[1:] in text_of(poster.content) and name[1:] in script.content.decode()
    assert "Ủy ban nhân dân" not in script.content.decode()
    work = publish(cast.workplace_officer, cast.workplace, rule_key="nlv_ck_a", public=True)
    board = client.get(f"/ck/{short_of(work.record.public_id)}")["Location"]
    said = client.get(board + "bai-doc.txt").content.decode()
    assert "Kính thưa anh chị em người lao động." in said and "Ủy ban" not in said


def test_a_short_address_leads_to_what_is_public_and_to_nothing_else(cast, client):
    made = publish(cast.recorder_benmau, cast.benmau)
    short = short_of(made.record.public_id)
    assert len(short) == 11 and ids_of(short)[0] <= made.record.public_id <= ids_of(short)[1]
    assert client.get(f"/ck/{short}").status_code == 302
    hidden = publish(cast.recorder_benmau, cast.benmau, public=False)
    cancel_notice(actor=cast.recorder_benmau, record_id=made.pk, reason="Ghi nhầm")
    for gone in (
        short,
        short_of(hidden.record.public_id),
        "00000-00000",
        "uuuuu-uuuuu",
        "0-0-0-0-0-0-",
    ):
        assert client.get(f"/ck/{gone}").status_code == 404, gone
    assert ids_of("OOOOO-IIIII") == ids_of("00000-11111")
    assert client.get(f"/ck/{short}?x=1").status_code == 400


def test_neither_holds_a_name_nor_is_there_for_what_is_not_public(cast, client):
    house = PostingInput(kind="other", place="Nhà ông Đoàn Mẫu Ba")
    named = publish_names(cast.recorder_benmau, cast.benmau, HEADQUARTERS, house)
    here = f"{BOARD}{named.record.public_id}/"
    poster = text_of(client.get(here + "to-dan-a4.pdf").content)
    assert "Đoàn Mẫu" not in poster
    assert "Danh sách kèm theo." in poster and "Niêm yết tại: Trụ sở UBND xã, nơi khác" in poster
    script = client.get(here + "bai-doc.txt").content.decode()
    assert "Đoàn Mẫu" not in script and "Danh sách xem tại nơi niêm yết." in script
    hidden = publish(cast.recorder_benmau, cast.benmau, title="Nội bộ", public=False)
    for part in ("to-dan-a4.pdf", "bai-doc.txt"):
        assert client.get(f"{BOARD}{hidden.record.public_id}/{part}").status_code == 404


@pytest.fixture
def voices(tmp_path, settings, monkeypatch):
    """An installation with a voice, which notes what it was given to say."""
    put_voice(tmp_path, "giong")
    settings.DANCHU_VOICE, settings.DANCHU_DATA = ("giong",), tmp_path
    monkeypatch.setenv("PATH", str(tmp_path))
    board_papers.makings.clear()
    forget_all()
    yield tmp_path / "calls"
    board_papers.makings.clear()
    forget_all()


def status(answer):
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer.status_code


def test_where_a_voice_is_installed_the_script_is_heard(cast, client, voices, settings):
    made = publish_names(
        cast.recorder_benmau,
        cast.benmau,
        HEADQUARTERS,
        text="Theo QĐ-UBND, mỗi hộ 500.000đ/tháng.",
    )
    here = f"{BOARD}{made.record.public_id}/"
    assert f'href="{here}bai-doc.wav"' in client.get(here).content.decode()
    answer = client.get(here + "bai-doc.wav")
    assert answer["Content-Type"] == "audio/wav" and answer["Cache-Control"] == "no-store"
    assert samples_of(b"".join(answer.streaming_content)) == 800
    (said,) = voices.read_text("utf-8").split("\n<")[:1]
    for words in (
        "<Dữ liệu minh họa.",
        "Kính thưa bà con.",
        "Theo văn bản số mười hai, quyết định Ủy ban nhân dân, ngày mười tám tháng năm",
        "Theo quyết định Ủy ban nhân dân, mỗi hộ năm trăm nghìn đồng một tháng.",
        "Danh sách xem tại nơi niêm yết.",
    ):
        assert words in said, words
    assert "Đoàn Mẫu" not in said
    assert status(client.get(here + "bai-doc.wav")) == 200
    assert len(voices.read_text("utf-8").split("<")) == 2, "read once"
    settings.DANCHU_VOICE = ()
    forget_all()
    assert "bai-doc.wav" not in client.get(here).content.decode()
    none = client.get(here + "bai-doc.wav")
    assert none.status_code == 404
    assert "Máy chủ này không có giọng đọc" in none.content.decode()


def test_nothing_is_heard_of_what_is_not_public_or_too_long(cast, client, voices):
    hidden = publish(cast.recorder_benmau, cast.benmau, public=False)
    assert client.get(f"{BOARD}{hidden.record.public_id}/bai-doc.wav").status_code == 404
    long = publish(cast.recorder_benmau, cast.benmau, text="Nội dung rất dài. " * 600)
    here = f"{BOARD}{long.record.public_id}/"
    assert "bai-doc.wav" not in client.get(here).content.decode()
    refused = client.get(here + "bai-doc.wav")
    assert refused.status_code == 404 and "quá dài" in refused.content.decode()
    assert not voices.exists(), "nothing was read"


def test_one_address_has_few_recordings_made_and_hears_what_is_kept(
    cast, client, voices, monkeypatch
):
    monkeypatch.setattr(board_papers, "RECORDINGS_A_MINUTE", 2)
    heard = [
        f"{BOARD}{publish(cast.recorder_benmau, cast.benmau, title=f'Nội dung {n}').record.public_id}"
        "/bai-doc.wav"
        for n in range(3)
    ]
    assert [status(client.get(one)) for one in heard] == [200, 200, 429]
    refused = client.get(heard[2])
    assert int(refused["Retry-After"]) > 0 and "Refresh" not in refused
    assert "quá nhiều tệp âm thanh" in refused.content.decode()
    assert status(client.get(heard[0])) == 200
    assert status(client.get(heard[2], REMOTE_ADDR="198.51.100.7")) == 200


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


def test_a_corrected_notice_is_read_aloud_and_put_up_as_its_correction(cast, client):
    old = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, text="Thu 120 đồng.")
    here = f"{BOARD}{old.record.public_id}/"
    assert "đính chính" not in client.get(here + "bai-doc.txt").content.decode()
    new = publish(
        cast.recorder_benmau,
        cast.benmau,
        HEADQUARTERS,
        title="Đính chính số liệu thu",
        text="Thu 210 đồng.",
        corrects_id=old.pk,
    )
    there = f"{BOARD}{new.record.public_id}/"
    said = "Bản này đã được đính chính ngày"
    script = client.get(here + "bai-doc.txt").content.decode()
    read = script.split("\n\n", 1)[1]
    assert read.startswith(f"{said} 20 tháng 5 năm 2026. Đọc bản đính chính.")
    short = short_of(new.record.public_id)
    assert f"/ck/{short}]" in script
    for paper in ("to-dan-a4.pdf", "to-dan-a3.pdf"):
        poster = text_of(client.get(here + paper).content)
        assert f"{said} 20/05/2026. Đọc bản đính chính." in poster and "120" not in poster
        assert f"/ck/{short}" in poster
    page = client.get(here).content.decode()
    offered = page[page.index('id="chia-se"') :]
    assert "Đính chính số liệu thu" in offered and there + "bai-doc.txt" in offered
    assert there + "to-dan-a4.pdf" in offered and here + "to-dan" not in offered
    # The correction itself speaks as it is; cancelled, the first one stands again.
    assert said not in client.get(there + "bai-doc.txt").content.decode()
    cancel_notice(actor=cast.recorder_benmau, record_id=new.pk, reason="Ghi nhầm")
    assert said not in client.get(here + "bai-doc.txt").content.decode()
