"""Evidence beside a record: the kinds that the page names are taken, and no other."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danchu.core.files.models import StoredFile
from danchu.core.records.models import Record
from tests.core.files import samples
from tests.web.office.test_plain_records import RECEPTION, _reception

NAMED = [
    ("a.jpg", samples.jpeg),
    ("a.png", samples.png),
    ("a.webp", samples.webp),
    ("a.pdf", samples.pdf),
    ("a.docx", lambda: samples.docx_of("Biên bản")),
    ("a.xlsx", lambda: samples.xlsx_of("Biên bản")),
    ("a.txt", lambda: "Biên bản".encode()),
    ("a.csv", lambda: "Tên;Số\nA;1".encode()),
]
OTHERS = [
    ("a.md", lambda: "# Biên bản".encode()),
    ("a.odt", lambda: samples.odt_of("Biên bản")),
    ("a.doc", lambda: samples.ole("WordDocument")),
    ("a.html", lambda: b"<!DOCTYPE html><p>Bien ban</p>"),
    ("a.zip", lambda: b"PK\x03\x04 not really a zip"),
]


@pytest.mark.parametrize(("name", "make", "taken"), [(*n, True) for n in NAMED] + [(*o, False) for o in OTHERS])  # fmt: skip
def test_the_kinds_that_the_page_names_are_taken_and_no_other(
    cast: Any, as_person: Any, name: str, make: Any, taken: bool
) -> None:
    client = as_person(cast.recorder_benmau)
    page = client.post(RECEPTION, _reception()).url
    assert "ảnh, PDF, DOCX, XLSX, TXT, CSV" in client.get(page).content.decode()
    where = reverse("office:attach", args=[Record.objects.get().public_id])
    client.post(where, {"tep": SimpleUploadedFile(name, make())})
    assert StoredFile.objects.filter(name=name).exists() is taken
    shown = client.get(page).content.decode()
    assert ("Đã đính kèm tệp" in shown) is taken
    if not taken:
        assert "Nhận: JPEG" in shown or "Đổi đúng tên tệp" in shown
