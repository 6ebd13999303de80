"""Handing in many reports at once, and how far they are."""

from __future__ import annotations

import io
import uuid
import zipfile

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.core.accounts.services import grant_role
from danchu.core.contracts import OPERATOR
from danchu.core.records.models import Record
from danchu.reporting.reading.models import Batch, ReadDocument
from danchu.reporting.reading.packed import MOST_FILES
from danchu.reporting.reading.services import read_next
from tests.web.office.conftest import REPORT

NEW = "/office/ra-soat/lo/moi/"


def sent(*names_and_texts):
    return {
        "client_key": str(uuid.uuid4()),
        "given": [SimpleUploadedFile(name, text.encode()) for name, text in names_and_texts],
    }


def test_several_files_are_handed_in_and_their_progress_shown(cast, as_person):
    client = as_person(cast.reporter_benmau)
    assert client.get(NEW).status_code == 200
    assert client.post(NEW, {"client_key": str(uuid.uuid4())}).status_code == 400
    wrong = client.post(NEW, sent(("a.zip", "PK\x03\x04 hỏng")))
    assert wrong.status_code == 400
    assert "ZIP hỏng" in wrong.content.decode()
    same_words = REPORT.replace(" ", "  ")
    data = sent(("mot.txt", REPORT), ("hai.txt", same_words), ("anh.jpg", "không phải ảnh"))
    assert as_person(cast.recorder_benmau).post(NEW, data).status_code == 403
    data = sent(("mot.txt", REPORT), ("hai.txt", same_words), ("anh.jpg", "không phải ảnh"))
    answer = client.post(NEW, data)
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    for words in ("Đã xong 1/3 tệp", "Còn 2 tệp chờ đọc", "1 tệp không đọc được", "data-running"):
        assert words in page
    while read_next():
        pass
    page = client.get(answer.url).content.decode()
    for words in ("Đã xong 3/3 tệp", "1 báo cáo chờ rà soát", "1 tệp trùng", "Vẫn đọc tệp này"):
        assert words in page
    assert "data-running" not in page
    assert "Lô 3 tệp" in client.get("/office/ra-soat/").content.decode()
    twice = Batch.objects.get().files.get(state="duplicate")
    for person in (cast.reporter_caumau, cast.outsider, cast.recorder_benmau):
        stranger = as_person(person)
        assert stranger.get(answer.url).status_code in (403, 404)
        assert stranger.post(answer.url, {"tep": twice.pk}).status_code in (403, 404)
    assert client.post(answer.url, {"tep": "x"}).status_code == 400
    assert client.post(answer.url, {"tep": 10**9, "viec": "doc"}).status_code == 404
    assert client.post(answer.url, {"tep": twice.pk, "viec": "doc"}).status_code == 302
    assert client.post(answer.url, {"tep": twice.pk, "viec": "doc"}).status_code == 409
    read_next()
    assert ReadDocument.objects.count() == 2


def test_as_many_files_as_promised_are_taken_and_more_are_refused_with_a_sentence(cast, as_person):
    client = as_person(cast.reporter_benmau)
    assert settings.DATA_UPLOAD_MAX_NUMBER_FILES == MOST_FILES == 200
    assert f"{MOST_FILES} tệp" in client.get(NEW).content.decode()
    many = [(f"{n}.txt", f"Báo cáo {n}: đã họp {n} cuộc.") for n in range(MOST_FILES + 1)]
    refused = client.post(NEW, sent(*many))
    assert refused.status_code == 400
    assert "Mỗi lần gửi nhiều nhất 200 tệp" in refused.content.decode()
    assert not Batch.objects.exists()
    answer = client.post(NEW, sent(*many[:101]))
    assert answer.status_code == 302
    assert Batch.objects.get().files.count() == 101


def test_a_zip_with_flipped_bytes_is_refused_on_every_page_that_takes_one(cast, as_person):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<a>" + "".join(map(str, range(4000))) + "</a>")
    broken = bytearray(packed.getvalue())
    for place in range(200, 220):
        broken[place] ^= 0xA5
    client = as_person(cast.reporter_benmau)
    for address, name in ((NEW, "bao-cao.docx"), ("/office/ra-soat/moi/", "bao-cao.docx")):
        data = {
            "client_key": str(uuid.uuid4()),
            "given": SimpleUploadedFile(name, bytes(broken)),
        }
        answer = client.post(address, data)
        assert answer.status_code in (302, 400)
        page = client.get(answer.url) if answer.status_code == 302 else answer
        assert "hỏng" in page.content.decode()
    assert not ReadDocument.objects.exists()


def test_one_report_of_the_same_words_is_told_and_read_only_when_asked(cast, as_person, a_reading):
    client = as_person(cast.reporter_benmau)
    form = {"client_key": str(uuid.uuid4()), "text": REPORT.replace(" ", "  ")}
    told = client.post("/office/ra-soat/moi/", form)
    assert told.status_code == 400
    page = told.content.decode()
    assert f"/office/ra-soat/{a_reading.record.public_id}/" in page
    assert 'name="anyway"' in page
    exactly = client.post("/office/ra-soat/moi/", {**form, "text": REPORT, "anyway": "1"})
    assert exactly.status_code == 400  # the very same text is read once
    assert 'name="anyway"' not in exactly.content.decode()
    assert client.post("/office/ra-soat/moi/", {**form, "anyway": "1"}).status_code == 302


def test_the_same_report_of_another_unit_is_told_on_the_desk_and_in_the_batch(cast, as_person):
    client = as_person(cast.reporter_benmau)
    address = client.post(NEW, sent(("mot.txt", REPORT))).url
    other = as_person(cast.reporter_caumau)
    beyond = other.post(NEW, sent(("mot.txt", REPORT))).url
    while read_next():
        pass
    page = other.get(beyond).content.decode()
    for words in ("1 tệp ghi tên đơn vị khác", "Là báo cáo của đơn vị này, đọc", "phường Cầu Mẫu"):
        assert words in page
    assert "Văn bản ghi là của “xã Bến Mẫu”" in page
    asked = Batch.objects.get(unit_id=cast.caumau).files.get()
    assert other.post(beyond, {"tep": asked.pk, "viec": "doc"}).status_code == 302
    while read_next():
        pass
    mine, theirs = ReadDocument.objects.order_by("pk")
    desk = f"/office/ra-soat/{mine.record.public_id}/"
    told = "được đưa vào cho đơn vị khác"
    for page in (desk, address):
        words = client.get(page).content.decode()
        assert told not in words and str(theirs.record.public_id) not in words
    assert told not in other.get(beyond).content.decode()
    Record.objects.filter(pk=theirs.pk).update(visibility="public")
    for page in (desk, address):
        words = client.get(page).content.decode()
        assert told in words and f"/office/ra-soat/{theirs.record.public_id}/" in words
        assert "xã Bến Mẫu" in words and "phường Cầu Mẫu" in words
    assert told in as_person(cast.committee_minhhoa).get(desk).content.decode()


def test_the_unit_that_files_name_is_offered_and_takes_them_all(cast, as_person):
    grant_role(
        actor=OPERATOR, account_id=cast.reporter_benmau.pk, role="reporter", unit_id=cast.caumau
    )
    client = as_person(cast.reporter_benmau)
    answer = client.post(f"{NEW}?don-vi=9A002", sent(("mot.txt", REPORT)))
    assert answer.status_code == 302
    assert Batch.objects.get().unit_id == cast.caumau
    while read_next():
        pass
    offer = f'name="don-vi" value="{cast.benmau}"'
    page = client.get(answer.url).content.decode()
    assert offer in page and "đã nhận ra xã Bến Mẫu vào xã Bến Mẫu" in page
    assert client.post(answer.url, {"viec": "xep", "don-vi": cast.caumau}).status_code == 404
    stranger = as_person(cast.outsider)
    assert stranger.post(answer.url, {"viec": "xep", "don-vi": cast.benmau}).status_code in (
        403,
        404,
    )
    assert client.post(answer.url, {"viec": "xep", "don-vi": cast.benmau}).status_code == 302
    while read_next():
        pass
    assert ReadDocument.objects.get().record.unit_id == cast.benmau
    assert offer not in client.get(answer.url).content.decode()
