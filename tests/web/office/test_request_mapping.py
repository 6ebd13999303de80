"""The form of a request in Word on its page: a place is clicked, mapped, filled, emptied."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danchu.core.documents.forms.docx import WordForm
from danchu.reporting.requests.models import Answer, CellMapping, Request
from tests.core.documents.word_form import BODY, EMPTY, cell, paragraph, run, word_form
from tests.web.office.test_requests import FIELDS


def taken_in(client, body: str = BODY, **more) -> str:
    given = SimpleUploadedFile("biểu.docx", word_form(body, **more))
    answer = client.post("/office/yeu-cau/moi/", FIELDS | {"given": given})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def test_a_form_in_word_is_mapped_filled_and_fetched_without_scripts(cast, settle, as_person):
    client = as_person(cast.reporter_benmau)
    address = taken_in(client)
    page = client.get(f"{address}bieu/").content.decode()
    assert "Người lập biểu" in page and 'rowspan="3"' in page and 'colspan="3"' in page
    assert "trang-tinh=1&amp;o=3#o" in page and "trang-tinh=3&amp;o=C4#o" in page
    assert "trang-tinh=4&amp;o=B1#o" in page  # in a table in a table
    assert "o=B4#o" not in page and "tự tính" in page
    chosen = client.get(f"{address}bieu/?trang-tinh=1&o=3").content.decode()
    assert "Chỗ trống 3" in chosen and 'value="dialogues_held"' in chosen
    assert "1. Số cuộc đối thoại:" in chosen
    found = client.get(f"{address}bieu/?trang-tinh=3&o=C5&tim=van ban ban hanh").content.decode()
    assert "Bảng 2, ô C5" in found and 'value="documents_issued"' in found
    assert client.post(f"{address}bieu/?o=1", {"noi-dung": "unit"}).status_code == 302
    where = f"{address}bieu/?trang-tinh=3&o=C4"
    sent = client.post(where, {"chi-tieu": "dialogues_held", "don-vi-tinh": "1000"}, follow=True)
    assert "Đã gắn: Bảng 2, ô C4." in sent.content.decode()
    assert CellMapping.objects.get(cell="C4").scale == 1000
    listed = client.get(address).content.decode()
    assert "Bảng 2, ô C4" in listed and "Chỗ trống 1" in listed
    settle()
    assert client.post(address, {"nguon": "recorded"}).status_code == 302
    fetched = client.get(reverse("office:file", args=[Answer.objects.get().file.public_id]))
    assert fetched["Content-Type"].endswith("wordprocessingml.document")
    filled = WordForm(b"".join(fetched.streaming_content))
    assert "Bến Mẫu" in filled.tables[0].rows[0][0].text
    gone = client.post(f"{address}bieu/?o=1", {"bo": "1"}, follow=True).content.decode()
    assert "Chỗ trống 1: để trống từ nay." in gone
    assert not CellMapping.objects.filter(cell="1").exists()


@pytest.mark.django_db
def test_a_place_that_is_not_for_filling_is_refused_on_the_page(cast, as_person):
    client = as_person(cast.reporter_benmau)
    said = '<w:documentProtection w:edit="forms" w:enforcement="1"/>'
    address = taken_in(client, settings=said)
    where = f"{address}bieu/?trang-tinh=1&o=3"
    assert "bị nơi gửi khóa" in client.get(where).content.decode()
    refused = client.post(where, {"chi-tieu": "dialogues_held", "don-vi-tinh": "1"})
    assert refused.status_code == 400 and "bị nơi gửi khóa" in refused.content.decode()
    for wrong in ("trang-tinh=9", "o=99", "trang-tinh=3&o=B4", "cot=x", "la=1"):
        assert client.get(f"{address}bieu/?{wrong}").status_code == 400, wrong
    assert as_person(cast.reporter_caumau).get(f"{address}bieu/").status_code == 404
    assert not CellMapping.objects.exists()


@pytest.mark.django_db
def test_words_of_a_form_are_shown_as_words(cast, as_person):
    client = as_person(cast.reporter_benmau)
    address = taken_in(client, paragraph(run('<script>alert(1)</script> "…"')))
    page = client.get(f"{address}bieu/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


@pytest.mark.django_db
def test_a_long_document_is_shown_in_parts(cast, as_person, django_assert_max_num_queries):
    rows = "".join(
        f"<w:tr>{cell(paragraph(run(f'Thôn thứ {n}')))}{cell(EMPTY) * 8}</w:tr>"
        for n in range(1500)
    )
    client = as_person(cast.reporter_benmau)
    address = taken_in(client, f"<w:tbl>{rows}</w:tbl>" + paragraph(run("Hết.")))
    with django_assert_max_num_queries(12):
        page = client.get(f"{address}bieu/").content.decode()
    assert "Phần sau" in page and "Phần trước" not in page and "Thôn thứ 79<" in page
    assert page.count("<td") < 1000
    last = client.get(f"{address}bieu/?dong=1441").content.decode()
    assert "Hết." in last and "Phần sau" not in last and "Thôn thứ 1440<" in last


@pytest.mark.django_db
def test_a_hostile_document_is_answered_beside_its_field(cast, as_person):
    client = as_person(cast.reporter_benmau)
    for more, said in (
        ({"parts": {"word/vbaProject.bin": b"x"}}, "macro"),
        ({"parts": {"word/activeX/a.xml": "<a/>"}}, "mã lệnh"),
        ({"body": "<w:tbl>" * 149 + "</w:tbl>" * 149}, "Không mở được"),
        (
            {"body": "<w:tbl><w:tr><w:tc>" * 7 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 7},
            "lồng nhau",
        ),
    ):
        given = SimpleUploadedFile("biểu.docx", word_form(**more))
        answer = client.post("/office/yeu-cau/moi/", FIELDS | {"given": given})
        assert answer.status_code == 400 and said in answer.content.decode()
    assert not Request.objects.exists()
