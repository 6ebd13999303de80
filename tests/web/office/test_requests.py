"""Requests from above on their pages: a form is taken in, mapped by clicking, filled, fetched."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danchu.core.clock import VIET_NAM
from danchu.core.documents.forms.xlsx import open_form
from danchu.reporting.requests.models import Answer, CellMapping, Request
from danchu.reporting.requests.services import (
    MappingInput,
    RequestInput,
    answer_request,
    map_cell,
    take_in_request,
)
from tests.core.documents.province_form import SHEET_1, province_form

FIELDS = {
    "title": "Biểu thực hiện dân chủ",
    "sender": "Sở Nội vụ",
    "due_on": "10/06/2026",
    "due_hour": "16 giờ",
    "period_code": "nd09:2026H1",
}


def given(cast, *, data=None, sender="Sở Nội vụ"):
    return take_in_request(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        content=RequestInput(
            "Biểu thực hiện dân chủ",
            sender,
            "nd09:2026H1",
            dt.datetime(2026, 6, 10, 16, tzinfo=VIET_NAM),
        ),
        data=data or province_form(),
        name="bieu.xlsx",
    )


def upload(data, name="bieu.xlsx"):
    return SimpleUploadedFile(name, data)


def test_a_form_is_taken_in_mapped_filled_and_fetched_without_scripts(cast, settle, as_person):
    client = as_person(cast.reporter_benmau)
    answer = client.post("/office/yeu-cau/moi/", FIELDS | {"given": upload(province_form())})
    assert answer.status_code == 302, answer.content.decode()
    address = answer["Location"]
    assert Request.objects.get().due_at == dt.datetime(2026, 6, 10, 16, tzinfo=VIET_NAM)
    assert "16:00" in client.get("/office/yeu-cau/").content.decode()
    page = client.get(f"{address}bieu/?o=C6").content.decode()
    assert 'value="dialogues_held"' in page
    found = client.get(f"{address}bieu/?o=D6&tim=van ban ban hanh").content.decode()
    assert 'value="documents_issued"' in found
    assert not CellMapping.objects.exists()
    sent = client.post(f"{address}bieu/?o=C2", {"noi-dung": "unit"})
    assert sent.status_code == 302
    scaled = client.post(
        f"{address}bieu/?o=C6", {"chi-tieu": "dialogues_held", "don-vi-tinh": "1000"}
    )
    assert scaled.status_code == 302
    assert CellMapping.objects.get(cell="C6").scale == 1000
    assert client.post(address, {"nguon": "recorded"}).status_code == 302
    fetched = client.get(reverse("office:file", args=[Answer.objects.get().file.public_id]))
    filled = open_form(b"".join(fetched.streaming_content)).sheet("Biểu 1")
    assert "Bến Mẫu" in filled.cell("C2").text
    assert client.post(f"{address}bieu/?o=C2", {"bo": "1"}).status_code == 302
    assert not CellMapping.objects.filter(cell="C2").exists()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        ("Tên;Số\nA;1\n".encode(), "bieu.xlsx", "Không nhận loại tệp này"),
        (b"PK\x03\x04", "bieu.xlsx", "Không nhận loại tệp này"),
        (province_form(sheet_1=SHEET_1[:-40]), "bieu.xlsx", "Không mở được"),
    ],
)
def test_a_bad_file_is_answered_beside_its_field(cast, as_person, data, name, said):
    client = as_person(cast.reporter_benmau)
    answer = client.post("/office/yeu-cau/moi/", FIELDS | {"given": upload(data, name)})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Request.objects.exists()


def test_a_cell_that_is_not_for_filling_is_refused_on_the_page(cast, as_person):
    client, made = as_person(cast.reporter_benmau), given(cast)
    address = f"/office/yeu-cau/{made.record.public_id}/bieu/"
    assert "có công thức nên không điền" in client.get(f"{address}?o=C8").content.decode()
    refused = client.post(f"{address}?o=C8", {"chi-tieu": "dialogues_held", "don-vi-tinh": "1"})
    assert refused.status_code == 400
    assert client.get(f"{address}?o=Z99").status_code == 400
    assert client.get(f"{address}?trang-tinh=9").status_code == 400
    neighbour = as_person(cast.reporter_caumau)
    assert neighbour.get(address).status_code == 404
    assert neighbour.get(f"/office/yeu-cau/{made.record.public_id}/").status_code == 404


def test_a_big_sheet_is_shown_in_windows(cast, as_person):
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="GR{n}"><v>1</v></c></row>'
        for n in range(1, 5001)
    )
    start, end = SHEET_1.index("<row"), SHEET_1.index("</sheetData>")
    big = province_form(sheet_1=SHEET_1[:start] + rows + SHEET_1[end:])
    client, made = as_person(cast.reporter_benmau), given(cast, data=big)
    address = f"/office/yeu-cau/{made.record.public_id}/bieu/"
    page = client.get(f"{address}?dong=4981&cot=181").content.decode()
    assert ">4981<" in page and ">GR<" in page
    assert ">4980<" not in page
    assert page.count("<td") < 1000


def test_two_receivers_are_compared(cast, settle, as_person):
    first, second = given(cast), given(cast, sender="Ban Tuyên giáo và Dân vận")
    map_cell(
        actor=cast.reporter_benmau,
        request_id=first.pk,
        sheet=1,
        cell="C6",
        content=MappingInput("date"),
    )
    for made in (first, second):
        answer_request(actor=cast.reporter_benmau, request_id=made.pk, layer="recorded")
    client = as_person(cast.reporter_benmau)
    address = f"/office/yeu-cau/{first.record.public_id}/"
    page = client.get(address).content.decode()
    way = f"{address}so-voi/{second.record.public_id}/"
    assert way in page
    assert "Hai nơi nhận cùng số liệu" in client.get(way).content.decode()
