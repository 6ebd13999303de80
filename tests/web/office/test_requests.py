"""Requests from above on their pages: a form is taken in, mapped by clicking, filled, fetched."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danchu.core.clock import VIET_NAM
from danchu.core.documents.forms.xlsx import open_form
from danchu.reporting.requests.models import Answer, CellMapping, Request, Sending
from danchu.reporting.requests.sending import note_sent
from danchu.reporting.requests.services import RequestInput, take_in_request
from tests.core.documents.province_form import SHEET_1, TEXTS, province_form
from tests.making import hold

OTHER_TEXTS = tuple(text.replace("Số cuộc", "Số cuộc (nghìn)") for text in TEXTS)

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


def numbers(page: str) -> list[tuple[str, str]]:
    """Each receiver and what it got, as the table that compares two tells them."""
    return re.findall(r'<td class="n"><span class="lb">(.*?): </span>(.*?)</td>', page)


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
    settle()
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


def test_the_month_that_ended_last_is_offered_first_and_every_period_has_its_name_and_days(
    cast, as_person
):
    client = as_person(cast.reporter_benmau)
    page = client.get("/office/yeu-cau/moi/").content.decode()
    assert '<option value="2026M05" selected>Tháng 5 năm 2026 (01/05/2026 đến' in page
    for words in (
        '<optgroup label="Quý">',
        '<option value="2026Q2">Quý II năm 2026 (01/04/2026 đến 30/06/2026)</option>',
        '<option value="2026M06">Tháng 6 năm 2026 (',
        '<option value="nd09:2026M06">Tháng 6 năm 2026, chốt ngày 14 (15/05/2026 đến 14/06/2026)',
        '<option value="nd09:2026H1">6 tháng đầu năm 2026 (15/12/2025 đến 14/06/2026)</option>',
    ):
        assert words in page
    english = client.get("/en/office/yeu-cau/moi/").content.decode()
    assert '<option value="2026M05" selected>May 2026 (' in english
    assert '<option value="2026Q2">Q2 2026 (' in english
    sent = client.post(
        "/office/yeu-cau/moi/", FIELDS | {"period_code": "2026Q2", "given": upload(province_form())}
    )
    assert sent.status_code == 302 and Request.objects.get().period.code == "2026Q2"
    assert "quý II năm 2026" in client.get(sent["Location"]).content.decode()


def test_a_number_of_the_letter_that_is_none_is_told_and_everything_typed_stays(
    cast, as_person, settle
):
    client = as_person(cast.reporter_benmau)
    typed = FIELDS | {"letter_number": "foo", "given": upload(province_form())}
    answer = client.post("/office/yeu-cau/moi/", typed)
    page = answer.content.decode()
    assert answer.status_code == 400 and "“foo” chưa đúng dạng" in page
    for kept in ('value="foo"', 'value="Sở Nội vụ"', 'value="16 giờ"'):
        assert kept in page
    assert not Request.objects.exists()
    right = typed | {"letter_number": "123/SNV-XDCQ", "given": upload(province_form())}
    address = client.post("/office/yeu-cau/moi/", right)["Location"]
    more = {"them": "1", "sender": "Ban Tuyên giáo", "due_on": "12/06/2026", "due_hour": "9h30"}
    other = client.post(address, more | {"letter_number": "bar"})
    page = other.content.decode()
    assert other.status_code == 400 and "“bar” chưa đúng dạng" in page and 'value="bar"' in page
    assert Request.objects.get().letter_number == "123/SNV-XDCQ"


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


def test_a_second_receiver_has_an_hour_of_its_own_and_differences_are_shown(
    cast, settle, as_person, django_assert_max_num_queries
):
    hold(cast.recorder_benmau, cast.benmau, "Một.")
    first = given(cast)
    settle()
    client = as_person(cast.reporter_benmau)
    address = f"/office/yeu-cau/{first.record.public_id}/"
    client.post(f"{address}bieu/?o=C6", {"chi-tieu": "dialogues_held", "don-vi-tinh": "1"})
    more = {"them": "1", "sender": "Ban Tuyên giáo", "due_on": "12/06/2026", "due_hour": "9h30"}
    key = {"client_key": str(uuid.uuid4())}
    wrong = client.post(address, more | key | {"due_hour": "sáng mai"})
    assert wrong.status_code == 400 and "Ghi giờ như 16:00." in wrong.content.decode()
    other_address = client.post(address, more | key)["Location"]
    assert client.post(address, more | key)["Location"] == other_address  # sent twice is once
    second = Request.objects.exclude(pk=first.pk).get()
    assert (second.layout_id, second.title) == (first.layout_id, first.title)
    assert second.due_at == dt.datetime(2026, 6, 12, 9, 30, tzinfo=VIET_NAM)
    assert second.form.sha256 == first.form.sha256 and second.form_id != first.form_id
    page = client.get(address).content.decode()
    assert "Ban Tuyên giáo" in page and "hạn 09:30 ngày 12/06/2026" in page
    assert "so-voi" not in page

    for made in (address, other_address):
        assert client.post(made, {"nguon": "recorded"}).status_code == 302
    assert "Giống nhau cả 1 số cùng hỏi" in client.get(address).content.decode()
    sent = {"gui": "1", "ban-1-sent_on": "10/06/2026", "ban-1-sent_hour": "08:00"}
    early = client.post(address, sent | {"ban-1-sent_on": "01/06/2020"})
    assert early.status_code == 400 and "Giờ gửi phải sau lúc điền" in early.content.decode()
    assert not Sending.objects.exists()
    note_sent(actor=cast.reporter_benmau, request_id=second.pk, number=1)
    hold(cast.recorder_benmau, cast.benmau, "Hai.")
    settle()
    # A later version that was not sent changes nothing in what they got.
    client.post(other_address, {"nguon": "recorded"})
    assert "Giống nhau cả 1 số cùng hỏi" in client.get(address).content.decode()
    client.post(address, {"nguon": "recorded"})
    with django_assert_max_num_queries(20):
        page = client.get(address).content.decode()
    assert "Khác 1 số" in page and "bản 1 gửi" in page
    way = f"{address}so-voi/{second.record.public_id}/"
    assert way in page
    compared = " ".join(client.get(way).content.decode().split())
    assert "số liệu thay đổi giữa hai lần điền" in compared
    assert "Bản 1, gửi" in compared and "Bản 2, điền" in compared
    assert numbers(compared) == [("Sở Nội vụ", "2"), ("Ban Tuyên giáo", "1")]
    neighbour = as_person(cast.reporter_caumau)
    assert neighbour.get(way).status_code == 404
    assert neighbour.post(address, more).status_code == 404
    viewer = as_person(cast.viewer_benmau)
    assert "Thêm nơi nhận" not in viewer.get(address).content.decode()
    assert viewer.post(address, more).status_code == 403


def test_figures_asked_in_thousands_and_in_ones_are_compared_in_one_unit(cast, settle, as_person):
    for n in range(2):
        hold(cast.recorder_benmau, cast.benmau, f"{n}")
    first = given(cast)
    settle()
    longer = province_form(sheet_1=SHEET_1.replace("<v>77</v>", "<v>78</v>"), texts=OTHER_TEXTS)
    second = given(cast, data=longer, sender="Ban Tuyên giáo")
    assert first.layout_id != second.layout_id
    client = as_person(cast.reporter_benmau)
    way = f"/office/yeu-cau/{first.record.public_id}/so-voi/{second.record.public_id}/"
    assert "Chưa so được" in client.get(way).content.decode()
    addresses = [f"/office/yeu-cau/{made.record.public_id}/" for made in (first, second)]
    for address, unit in zip(addresses, ("1", "1000"), strict=True):
        client.post(f"{address}bieu/?o=C6", {"chi-tieu": "dialogues_held", "don-vi-tinh": unit})
        assert client.post(address, {"nguon": "recorded"}).status_code == 302
    assert "Hai nơi nhận cùng số liệu" in client.get(way).content.decode()
    hold(cast.recorder_benmau, cast.benmau, "Ba")
    settle()
    client.post(addresses[1], {"nguon": "recorded"})
    assert Answer.objects.latest("pk").cells.get().written == "0,003"
    page = " ".join(client.get(way).content.decode().split())
    assert numbers(page) == [("Sở Nội vụ", "2"), ("Ban Tuyên giáo", "3")]


def test_each_number_of_a_request_brings_its_label_to_a_phone(cast, settle, as_person):
    """On a phone the rows are entries: no column is pushed out of sight."""
    hold(cast.recorder_benmau, cast.benmau)
    client = as_person(cast.reporter_benmau)
    sent = FIELDS | {"given": upload(province_form())}
    address = client.post("/office/yeu-cau/moi/", sent)["Location"]
    client.post(f"{address}bieu/?o=C6", {"chi-tieu": "dialogues_held", "don-vi-tinh": "1"})
    settle()
    page = client.get(address).content.decode()
    assert '<table class="tbl board"><caption class="vh">Các ô sẽ điền</caption>' in page
    for label in ("Ô ", "Sẽ ghi: ", "Đơn vị có số liệu: "):
        assert f'<span class="lb">{label}</span>' in page, label


def test_an_answer_column_in_which_nothing_is_written_is_mapped_by_clicking(
    cast, settle, as_person
):
    """The form asks in column A and leaves column B to the answers, without any heading."""
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Chỉ tiêu</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Số cuộc đối thoại</t></is></c></row>'
    )
    start, end = SHEET_1.index("<row"), SHEET_1.index("</sheetData>")
    tail = re.sub(r"<mergeCells.*?</mergeCells>", "", SHEET_1[end:])
    hold(cast.recorder_benmau, cast.benmau)
    client = as_person(cast.reporter_benmau)
    sent = upload(province_form(sheet_1=SHEET_1[:start] + rows + tail))
    address = client.post("/office/yeu-cau/moi/", FIELDS | {"given": sent})["Location"]
    settle()
    page = client.get(f"{address}bieu/").content.decode()
    assert "o=B2#o" in page and "o=E2#o" not in page
    chosen = client.get(f"{address}bieu/?o=B2").content.decode()
    assert 'value="dialogues_held"' in chosen  # suggested by the words beside it
    where = f"{address}bieu/?o=B2"
    assert client.post(where, {"chi-tieu": "dialogues_held"}).status_code == 302
    assert client.post(address, {"nguon": "recorded"}).status_code == 302
    fetched = client.get(reverse("office:file", args=[Answer.objects.get().file.public_id]))
    filled = open_form(b"".join(fetched.streaming_content))
    assert filled.sheet("Biểu 1").cell("B2").text == "1"
