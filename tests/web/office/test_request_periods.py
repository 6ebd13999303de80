"""A form with columns of earlier periods is filled from those, never twice from the same one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.core.contracts import OPERATOR
from danchu.core.documents.forms.xlsx import open_form
from danchu.core.files.selectors import open_file
from danchu.reporting.requests.layouts import Headers, said_period
from danchu.reporting.requests.models import Answer, CellMapping
from tests.core.documents.province_form import TEXTS, province_form
from tests.making import hold
from tests.web.office.test_requests import FIELDS

COLUMNS = {
    "Số cuộc": "Kỳ này",
    "Số ý kiến": "Kỳ trước",
    "Trong đó: đã trả lời": "So sánh kỳ này với cùng kỳ (tăng, giảm)",
}


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (("Đối thoại", "Kỳ này"), "this"),
        (("Đối thoại", "Cùng kỳ năm trước"), "last_year"),
        (("Cùng kỳ", "Số cuộc"), "last_year"),
        (("Số liệu", "Quý trước"), "before"),
        (("So sánh", "Tăng, giảm"), ""),
        (("Cùng kỳ", "So với cùng kỳ"), ""),
        (("Đối thoại", "Số cuộc"), None),
        (("Tăng cường đối thoại",), None),
    ],
)
def test_the_nearest_words_of_a_header_tell_the_period(
    columns: tuple[str, ...], found: str | None
) -> None:
    assert said_period(Headers(columns, ())) == found


def test_each_column_is_filled_from_its_own_period(cast: Any, settle: Any, as_person: Any) -> None:
    hold(cast.recorder_benmau, cast.benmau)
    for day in (dt.date(2025, 9, 2), dt.date(2025, 9, 3)):
        hold(OPERATOR, cast.benmau, on=day)
    client = as_person(cast.reporter_benmau)
    data = province_form(texts=tuple(COLUMNS.get(text, text) for text in TEXTS))
    answer = client.post(
        "/office/yeu-cau/moi/", FIELDS | {"given": SimpleUploadedFile("biểu.xlsx", data)}
    )
    address = answer["Location"]
    settle()
    key = {"chi-tieu": "dialogues_held"}
    page = client.get(f"{address}bieu/?o=D6&tim=doi thoai").content.decode()
    assert "theo chữ ghi trên biểu: kỳ trước" in page
    assert client.post(f"{address}bieu/?o=C6", key).status_code == 302
    assert client.post(f"{address}bieu/?o=D6", key).status_code == 302
    compared = client.post(f"{address}bieu/?o=E6", key)
    assert compared.status_code == 400 and "cột so sánh" in compared.content.decode()
    wrong = client.post(f"{address}bieu/?o=E6", key | {"ky": "nam-sau"})
    assert wrong.status_code == 400
    assert client.post(f"{address}bieu/?o=E6", key | {"ky": "last_year"}).status_code == 302
    kept = CellMapping.objects.order_by("cell").values_list("cell", "of_period")
    assert list(kept) == [("C6", "this"), ("D6", "before"), ("E6", "last_year")]
    assert client.post(address, {"nguon": "recorded"}).status_code == 503  # being computed
    settle()
    listed = client.get(address).content.decode()
    assert "6 tháng cuối năm 2025" in listed and "chưa có số, để trống" in listed
    client.post(address, {"nguon": "recorded"})
    made = Answer.objects.get()
    with open_file(cast.reporter_benmau, made.file.public_id).handle as file:
        sheet = next(iter(open_form(file.read()).sheets.values()))
    # Bến Mẫu was not there a year ago: what is not known stays empty.
    assert [sheet.cell(cell).text for cell in ("C6", "D6", "E6")] == ["1", "2", ""]
    cells = made.cells.order_by("cell").values_list("cell", "of_period", "amount")
    assert list(cells) == [("C6", "this", 1), ("D6", "before", 2), ("E6", "last_year", None)]
