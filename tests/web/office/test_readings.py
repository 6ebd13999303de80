"""The review of past reports, figure by figure."""

from __future__ import annotations

import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.reporting.figures.models import Cell
from danchu.reporting.reading.models import ReadDocument
from danchu.reporting.reading.services import DocumentInput, take_in_document
from tests.web.office.conftest import REPORT

NEW = "/office/ra-soat/moi/"


def test_a_report_is_taken_in_from_a_file_once(cast, as_person):
    client = as_person(cast.reporter_benmau)

    def typed():
        return {
            "client_key": str(uuid.uuid4()),
            "given": SimpleUploadedFile("bao-cao.txt", REPORT.encode()),
            "period_code": "2026H1",
        }

    answer = client.post(NEW, typed())
    assert answer.status_code == 302
    assert ReadDocument.objects.get().figures.exists()
    again = client.post(NEW, typed())
    assert again.status_code == 400
    assert "đã được đưa vào trước đó" in again.content.decode()
    assert as_person(cast.recorder_benmau).post(NEW, typed()).status_code == 403


def test_a_file_that_is_not_what_it_says_leaves_nothing_behind(cast, as_person):
    client = as_person(cast.reporter_benmau)
    for name, data in (
        ("bao-cao.docx", b"\xff\xd8\xff\xe0 not a document"),
        ("bao-cao.docx", b"PK\x03\x04 cut off"),
        ("bao-cao.pdf", b"%PDF-1.4 nothing"),
        ("bao-cao.txt", b"\x00\x01\x02\xff" * 50),
    ):
        answer = client.post(NEW, {"given": SimpleUploadedFile(name, data)})
        assert answer.status_code == 400, name
        assert "err" in answer.content.decode()
    assert client.post(NEW, {}).status_code == 400
    assert client.post(NEW, {"text": REPORT, "unit_code": "9A002"}).status_code in (400, 404)
    assert client.post(NEW, {"text": REPORT, "period_code": "2026H9"}).status_code == 400
    assert ReadDocument.objects.count() == 0


def test_only_decided_figures_count_and_a_correction_keeps_the_words(
    cast, as_person, a_reading, settle
):
    client = as_person(cast.reporter_benmau)
    page = f"/office/ra-soat/{a_reading.record.public_id}/"
    assert client.get(page).status_code == 200
    settle()
    assert not Cell.objects.filter(layer="stated").exists()
    visits = a_reading.figures.get(key="citizens_received")
    done = client.post(page + "xu-ly/", {"viec": "dung", "so": visits.pk, "version": 0})
    assert done.status_code == 302
    stale = client.post(page + "xu-ly/", {"viec": "bo", "so": visits.pk, "version": 0})
    assert stale.status_code == 409
    opinions = a_reading.figures.get(key="opinions_received")
    wrong = {"viec": "sua", "so": opinions.pk, "version": 0, "key": opinions.key, "amount": "x"}
    assert client.post(page + "xu-ly/", wrong).status_code == 400
    assert client.post(page + "xu-ly/", {**wrong, "amount": "51"}).status_code == 302
    settle()
    stated = Cell.objects.filter(layer="stated", reach="own", unit_id=cast.benmau)
    assert sorted(stated.values_list("amount", flat=True)) == [21, 51]
    opinions.refresh_from_db()
    assert opinions.surface in a_reading.text


def test_a_neighbour_neither_sees_nor_decides_a_report(cast, as_person, a_reading):
    page = f"/office/ra-soat/{a_reading.record.public_id}/"
    figure = a_reading.figures.first()
    for person in (cast.reporter_caumau, cast.committee_maunguyen, cast.outsider):
        client = as_person(person)
        assert client.get(page).status_code == 404
        answer = client.post(page + "xu-ly/", {"viec": "dung", "so": figure.pk, "version": 0})
        assert answer.status_code in (403, 404)
    figure.refresh_from_db()
    assert figure.decision == "pending"


def test_a_figure_of_another_report_cannot_be_decided_through_this_one(cast, as_person, a_reading):
    client = as_person(cast.reporter_benmau)
    page = f"/office/ra-soat/{a_reading.record.public_id}/xu-ly/"
    assert client.post(page, {"viec": "dung", "so": 999999, "version": 0}).status_code == 404
    assert client.post(page, {"viec": "dung", "so": "x", "version": 0}).status_code == 400
    assert client.post(page, {"viec": "lạ", "so": 1}).status_code == 400


WRONG = """BÁO CÁO
Kết quả thực hiện Quy chế dân chủ ở cơ sở 6 tháng đầu năm 2026 của xã Bến Mẫu

Trong kỳ, xã tổ chức 12 hội nghị, ghi nhận 50 ý kiến; đã giải quyết 40 ý kiến, đạt 85%.
"""


def test_a_share_that_does_not_agree_is_shown_beside_its_figure(cast, as_person, a_reading):
    client = as_person(cast.reporter_benmau)
    right = client.get(f"/office/ra-soat/{a_reading.record.public_id}/").content.decode()
    assert "không khớp" not in right
    made = take_in_document(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        content=DocumentInput(name="sai.txt", text=WRONG, period_code="2026H1"),
    )
    address = f"/office/ra-soat/{made.record.public_id}/"
    share = made.figures.get(key="opinions_resolved_pct")
    before = client.get(address).content.decode()
    # One of a time when this was not kept says the same.
    ReadDocument.objects.filter(pk=made.pk).update(disagreements=None)
    for page in (before, client.get(address).content.decode()):
        assert "1 chỗ số liệu trong văn bản không khớp nhau" in page
        assert page.count("Tỷ lệ nêu 85% không khớp: 40/50 = 80%.") == 2
        assert f'href="#so-{share.pk}"' in page
    assert as_person(cast.reporter_caumau).get(address).status_code == 404


def test_the_list_names_periods_as_people_do(cast, as_person, a_reading):
    page = as_person(cast.reporter_benmau).get("/office/ra-soat/").content.decode()
    assert "6 tháng đầu năm 2026" in page
    assert "2026H1" not in page


def test_a_wrong_period_and_a_figure_decided_meanwhile_are_refused_on_the_page(
    cast, as_person, a_reading
):
    client = as_person(cast.reporter_benmau)
    address = f"/office/ra-soat/{a_reading.record.public_id}/"
    ReadDocument.objects.filter(pk=a_reading.pk).update(period=None)
    wrong = client.post(address + "xu-ly/", {"viec": "ky", "period_code": "2026H9"})
    assert wrong.status_code == 400
    assert 'value="2026H9"' in wrong.content.decode()
    figure = a_reading.figures.first()
    sent = {"viec": "bo", "so": figure.pk, "version": figure.row_version}
    assert client.post(address + "xu-ly/", sent).status_code == 302
    late = client.post(address + "xu-ly/", sent)
    text = late.content.decode()
    assert late.status_code == 409
    assert 'class="err more" role="alert"' in text
    assert "Số liệu đọc được" in text
