"""Wording the report: paragraphs beside their figures, comments in order, warnings on the way."""

from __future__ import annotations

import io
import re
from html import unescape

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.reporting.reviews.freezing import issue_report
from danchu.reporting.reviews.models import EditedParagraph, FrozenReport, Note
from tests.cast import TODAY
from tests.making import hold

PAGE = "/office/bao-cao/9A001/nd09:2026H1/"
WORDS = PAGE + "sua-cau/?cho=dialogue"
NOTES = PAGE + "nhan-xet/"


@pytest.fixture
def told(cast, as_person, settle):
    """The commune's report with a dialogue in it, and who composes it signed in."""
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    client = as_person(cast.reporter_benmau)
    client.get(PAGE)
    settle()
    return client


def hidden(client, address=WORDS):
    """What the form of a page sends beside what is typed."""
    html = client.get(address).content.decode()
    return dict(re.findall(r'type="hidden" name="(ban|lap)" value="([^"]*)"', html))


def text(client, address=PAGE, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_paragraph_is_worded_anew_from_the_report(told, cast, as_person):
    assert WORDS in text(told)
    sent = {**hidden(told), "text": "Xã đã mở 01 cuộc đối thoại với Nhân dân.", "reason": ""}
    assert as_person(cast.viewer_benmau).post(WORDS, sent).status_code == 403
    assert as_person(cast.viewer_benmau).get(WORDS).status_code == 403
    assert "sua-cau" not in text(as_person(cast.viewer_benmau))
    done = told.post(WORDS, sent)
    assert (done.status_code, done["Location"]) == (302, PAGE + "#doan-dialogue")
    shown = text(told)
    assert "Xã đã mở " in shown and "Đã sửa câu chữ" in shown and "Câu không khớp" not in shown
    late = told.post(WORDS, {**sent, "text": "Câu của người thứ hai, 01 cuộc đối thoại."})
    assert late.status_code == 409
    html = late.content.decode()
    assert "Câu của người thứ hai" in html and "Xã đã mở 01 cuộc đối thoại với Nhân dân." in html
    assert 'name="ban" value="1"' in html
    assert told.post(WORDS, {**sent, "text": ""}).status_code == 400
    assert told.post(WORDS, {"bo": "1"}).status_code == 302
    assert "Đã sửa câu chữ" not in text(told)
    assert text(told, PAGE + "sua-cau/?cho=rumours", 404)
    assert text(told, PAGE + "sua-cau/?khac=1", 400)


def test_figures_that_change_under_a_sentence_are_one_click_away(told, cast, settle):
    told.post(WORDS, {**hidden(told), "text": "Xã đã mở 01 cuộc đối thoại.", "reason": ""})
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    shown = text(told)
    assert "Số liệu đã đổi sau khi sửa câu này" in shown
    assert "Câu này có số 01, số liệu là 02." in shown
    html = text(told, WORDS)
    assert "Câu theo số liệu lúc sửa" in html and "Xã đã mở 02 cuộc đối thoại." in html
    sent = {**hidden(told), "text": "Xã đã mở 02 cuộc đối thoại.", "reason": ""}
    assert told.post(WORDS, sent).status_code == 302
    assert "Câu không khớp" not in text(told)
    assert EditedParagraph.objects.get().text == "Xã đã mở 02 cuộc đối thoại."


def test_a_comment_with_a_number_of_its_own_is_told_where_it_is_written(told):
    typed = {"kind": "achievement", "text": "Xã đã tổ chức 99 cuộc đối thoại."}
    assert told.post(NOTES, typed).status_code == 302
    note = Note.objects.get()
    html = text(told, NOTES)
    assert "Câu này có số 99, số liệu là 01." in html and f"?sua={note.pk}#y-{note.pk}" in html
    assert "Câu này có số 99, số liệu là 01." in text(told)
    edit = f"{NOTES}?sua={note.pk}"
    sent = {"ban": "0", "text": "Xã đã tổ chức 01 cuộc đối thoại.", "reason": ""}
    assert told.post(edit, sent).status_code == 302
    assert "Câu này có số" not in text(told, NOTES)
    late = told.post(edit, {**sent, "text": "Ý khác."})
    assert late.status_code == 409
    assert "Ý khác." in late.content.decode() and 'name="ban" value="1"' in late.content.decode()
    assert told.post(edit, {**sent, "ban": "1", "text": ""}).status_code == 400
    assert text(told, NOTES + "?sua=999999", 404)


def test_comments_change_places_without_a_script(told, cast, as_person):
    for words in ("Một.", "Hai."):
        told.post(NOTES, {"kind": "task", "text": words})
    second = Note.objects.get(text="Hai.")
    assert as_person(cast.viewer_benmau).post(NOTES, {"len": second.pk}).status_code == 403
    assert told.post(NOTES, {"len": second.pk}).status_code == 302
    html = text(told, NOTES)
    assert html.index("Hai.") < html.index("Một.")
    told.post(NOTES, {"xuong": second.pk})
    html = text(told, NOTES)
    assert html.index("Một.") < html.index("Hai.")


def test_a_warning_asks_for_its_reason_and_the_issued_paper_stands_first(told, cast, as_person):
    told.post(NOTES, {"kind": "achievement", "text": "Xã đã tổ chức 99 cuộc đối thoại."})
    frozen = PAGE + "ban-chot/"
    html = text(told, frozen)
    (field,) = re.findall(r'name="(ly-do-[0-9a-f]+)"', html)
    seen = {
        "viec": "chot",
        "lan-dau": "1",
        "da-xem": re.findall(r'name="da-xem" value="(\w+)"', html),
    }
    refused = told.post(frozen, seen)
    assert refused.status_code == 400
    assert "Sửa câu, hoặc ghi lý do của từng câu" in refused.content.decode()
    ticked = re.findall(r'name="da-xem" value="(\w+)" checked', refused.content.decode())
    assert ticked == seen["da-xem"] != []
    assert "Chốt báo cáo để trình ký" in text(told)
    assert told.post(frozen, {**seen, field: "Tính cả các cuộc của thôn"}).status_code == 302
    assert "Bản chốt đang chờ ký" in text(told)
    report = FrozenReport.objects.get()
    issue_report(
        actor=cast.leader_benmau,
        frozen_id=report.pk,
        number="05",
        issued_on=TODAY,
        signer_name="Người Ký Mẫu",
    )
    html = text(told)
    assert "Đã ban hành: Báo cáo số 05/BC-UBND" in html and "Bản làm việc, chưa có số" in html
    assert html.index("Bản ban hành (PDF)") < html.index("Lập báo cáo đính chính")


def test_a_paper_from_word_is_compared_and_one_sentence_taken(told, cast, as_person):
    made = told.get(PAGE + "tai-ve/docx/").content
    document = docx.Document(io.BytesIO(made))
    (paragraph,) = [p for p in document.paragraphs if "01 cuộc đối thoại" in p.text]
    words = paragraph.text.replace("01 cuộc đối thoại", "01 cuộc đối thoại với Nhân dân")
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = words
    out = io.BytesIO()
    document.save(out)
    page = PAGE + "sua-trong-word/"
    assert as_person(cast.viewer_benmau).get(page).status_code == 403
    assert told.post(page, {}).status_code == 400
    shown = told.post(page, {"file": SimpleUploadedFile("sua.docx", out.getvalue())})
    html = shown.content.decode()
    assert "Khác 1 chỗ, trong đó 0 số" in html and "với Nhân dân" in html
    assert not EditedParagraph.objects.exists()
    sent = {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="(\w+-1)" value="([^"]*)"', html)
    }
    assert told.post(page, {**sent, "lay": "1"}).status_code == 302
    assert "với Nhân dân" in EditedParagraph.objects.get().text
