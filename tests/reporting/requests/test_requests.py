"""Requests from above: a form comes in, is mapped once, filled from figures, and kept."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from decimal import Decimal

import pytest
import xlsxwriter

from danchu.core.clock import VIET_NAM
from danchu.core.documents import read_xlsx
from danchu.core.documents.forms.xlsx import open_form
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.files.models import StoredFile
from danchu.core.files.selectors import open_file
from danchu.core.ledger.models import Entry
from danchu.core.records.models import Record
from danchu.core.work.selectors import open_tasks
from danchu.demo.load import settle
from danchu.reporting.figures.services import confirm_states, open_period
from danchu.reporting.requests import services
from danchu.reporting.requests.filling import cell_lines, filled, form_of
from danchu.reporting.requests.layouts import fingerprint, headers_of, suggestions
from danchu.reporting.requests.models import Answer, CellMapping, FormLayout, Request
from danchu.reporting.requests.receivers import compared
from danchu.reporting.requests.selectors import (
    answers_of,
    layers_with_values,
    lines_and_layer,
    request_at,
    requests_of,
    sheet_page,
)
from danchu.reporting.requests.services import (
    MappingInput,
    RequestInput,
    answer_request,
    cancel_request,
    map_cell,
    take_in_request,
    unmap_cell,
)
from tests.cast import TODAY
from tests.core.documents.province_form import SHEET_1, TEXTS, province_form
from tests.making import hold, opinion_input

pytestmark = pytest.mark.django_db

PERIOD = "nd09:2026H1"
DUE = dt.datetime(2026, 6, 10, 16, 0, tzinfo=VIET_NAM)


def asked(cast, *, data: bytes | None = None, sender="Sở Nội vụ", **more):
    made = take_in_request(
        actor=more.pop("actor", cast.reporter_benmau),
        unit_id=cast.benmau,
        content=RequestInput(
            title="Biểu thực hiện dân chủ",
            sender=sender,
            period_code=PERIOD,
            due_at=DUE,
            letter_number="123/SNV",
            letter_day=TODAY,
        ),
        data=province_form() if data is None else data,
        name=more.pop("name", "bieu.xlsx"),
        **more,
    )
    settle()  # a period met for the first time is folded whole
    return made


def mapped(cast, request, cell="C6", key="dialogues_held", **more):
    return map_cell(
        actor=cast.reporter_benmau,
        request_id=request.pk,
        sheet=more.pop("sheet", 1),
        cell=cell,
        content=MappingInput(**({"what": "value", "key": key} | more)),
    )


def file_of(cast, answer: Answer) -> bytes:
    with open_file(cast.reporter_benmau, answer.file.public_id).handle as kept:
        return kept.read()


def test_a_request_is_filled_from_the_records_and_its_task_is_done(cast):
    hold(cast.recorder_benmau, cast.benmau, "Đường lầy lội.")
    settle()
    request = asked(cast)
    task = next(t for t in open_tasks(cast.reporter_benmau, cast.benmau, TODAY) if "Sở" in t.title)
    assert task.title == "Trước 16:00, gửi Sở Nội vụ: Biểu thực hiện dân chủ"
    assert (task.due_on, task.path) == (TODAY, f"/office/yeu-cau/{request.record.public_id}/")
    mapped(cast, request)
    mapped(cast, request, "C2", what="unit", key="")
    mapped(cast, request, "F6", what="text", key="", text="=1+1")
    mapped(cast, request, "A2", sheet=2, what="date", key="")
    answer = answer_request(actor=cast.reporter_benmau, request_id=request.pk, layer="recorded")
    sheet = open_form(file_of(cast, answer)).sheet("Biểu 1")
    assert (sheet.cell("C6").text, sheet.cell("F6").text) == ("1", "=1+1")
    assert "Bến Mẫu" in sheet.cell("C2").text
    assert open_form(file_of(cast, answer)).sheet("Biểu 2").cell("A2").text == "10/06/2026"
    used = answer.cells.get(key="dialogues_held")
    assert (used.amount, used.state, used.n_reported, answer.layer) == (
        1,
        "reported",
        1,
        "recorded",
    )
    request.refresh_from_db()
    assert request.state == "answered"
    assert not any("Sở" in t.title for t in open_tasks(cast.reporter_benmau, cast.benmau, TODAY))
    codes = set(Entry.objects.values_list("code", flat=True))
    assert {"request.taken_in", "request.cell_mapped", "request.answered"} <= codes


def test_what_has_no_figure_stays_empty_and_nought_is_written(cast):
    request = asked(cast)
    mapped(cast, request)
    with pytest.raises(BadInput):
        answer_request(actor=cast.reporter_benmau, request_id=request.pk, layer="recorded")
    assert not Answer.objects.exists()
    mapped(cast, request, "D6", "documents_issued")
    period = open_period(PERIOD)
    confirm_states(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        period=period,
        keys=["documents_issued"],
        state="zero",
    )
    settle()
    answer = answer_request(actor=cast.reporter_benmau, request_id=request.pk, layer="recorded")
    sheet = open_form(file_of(cast, answer)).sheet("Biểu 1")
    assert (sheet.cell("C6").text, sheet.cell("D6").text) == ("", "0")
    lines, _usual = lines_and_layer(cast.reporter_benmau, request)
    assert dict(layers_with_values(lines))["reported"] == 0


def test_a_share_is_made_of_its_two_numbers_in_the_chosen_layer(cast):
    done = dt.date(2026, 5, 25)
    opinions = [
        opinion_input(text="Đường lầy lội.", taken_up_on=done),
        opinion_input(text="Mương bị lấp.", taken_up_on=done),
        opinion_input(text="Thiếu đèn."),
    ]
    hold(cast.recorder_benmau, cast.benmau, *opinions)
    settle()
    request = asked(cast)
    share = "opinions_resolved_pct"
    mapped(cast, request, "C6", share)
    mapped(cast, request, "D6", share, scale=100_000)
    (line, other) = cell_lines(cast.reporter_benmau, request, form_of(request), "recorded")
    assert (line.written, other.written) == ("66,7", "0,667")
    (empty, _) = cell_lines(cast.reporter_benmau, request, form_of(request), "reported")
    assert empty.filling is None


def test_a_share_is_read_as_it_is_in_a_cell_that_shows_percent(cast):
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        page = book.add_worksheet("Biểu")
        page.write_row(0, 0, ["Nội dung", "Tỷ lệ", "Tỷ lệ", "Tỷ lệ", "Số ý kiến"])
        page.write(1, 0, "Ý kiến đã giải quyết")
        for column, code in enumerate(("0.0%", "0.0", "0.0%", "0%"), start=1):
            page.write_blank(1, column, None, book.add_format({"num_format": code}))
    done = dt.date(2026, 5, 25)
    opinions = [opinion_input(text="Đường lầy lội.", taken_up_on=done)] * 2
    hold(cast.recorder_benmau, cast.benmau, *opinions, opinion_input(text="Thiếu đèn."))
    settle()
    request = asked(cast, data=data.getvalue())
    for cell, scale in (("B2", None), ("C2", None), ("D2", 100_000)):
        mapped(cast, request, cell, "opinions_resolved_pct", scale=scale)
    mapped(cast, request, "E2", "opinions_resolved")
    form = form_of(request)
    lines = cell_lines(cast.reporter_benmau, request, form, "recorded")
    assert [line.written for line in lines] == ["66,7", "66,7", "0,667", "2"]
    (sheet,) = read_xlsx(filled(form, lines))
    assert sheet.rows[1][1:4] == ("66,7%", Decimal("66.7"), "66,7%")
    assert open_form(filled(form, lines)).sheet("Biểu").cell("E2").text == "2"


def test_the_next_copy_of_a_known_form_is_mapped_already(cast):
    first = asked(cast)
    mapped(cast, first, scale=1000)
    later = tuple(t.replace("BIỂU TỔNG HỢP", "BIỂU TỔNG HỢP 2027, QUÝ II") for t in TEXTS)
    again = asked(cast, data=province_form(texts=later), client_key=uuid.uuid4())
    assert again.layout_id == first.layout_id
    lines = cell_lines(cast.reporter_benmau, again, form_of(again), "recorded")
    assert [(line.cell, line.key, line.scale) for line in lines] == [("C6", "dialogues_held", 1000)]
    other = tuple(t.replace("Số cuộc", "Số người") for t in TEXTS)
    assert asked(cast, data=province_form(texts=other)).layout_id != first.layout_id
    unmap_cell(actor=cast.reporter_benmau, request_id=again.pk, sheet=1, cell="C6")
    assert not CellMapping.objects.exists()
    with pytest.raises(NotFound):
        unmap_cell(actor=cast.reporter_benmau, request_id=again.pk, sheet=1, cell="C6")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "bieu.xlsx"),
        ("Tên;Số\nA;1\n".encode(), "bieu.xlsx"),
        ("Tên;Số\nA;1\n".encode(), "bieu.csv"),
        (b"%PDF-1.4 not a form", "bieu.pdf"),
        (province_form()[:1500], "bieu.xlsx"),
        (province_form(), "bieu.docx"),
        (province_form(texts=("TỐI MẬT", *TEXTS[1:])), "bieu.xlsx"),
    ],
)
def test_a_file_that_cannot_be_filled_leaves_nothing_behind(cast, data, name):
    with pytest.raises(BadInput) as refused:
        asked(cast, data=data, name=name)
    assert str(refused.value).endswith((".", "gửi lại."))
    assert not Request.objects.exists()
    assert not Record.objects.filter(kind="request").exists()
    assert not FormLayout.objects.exists() and not StoredFile.objects.exists()


def test_a_form_of_200000_rows_is_refused_before_it_is_looked_through(cast, monkeypatch):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 200_001))
    start, end = SHEET_1.index("<row"), SHEET_1.index("</sheetData>")
    large = province_form(sheet_1=SHEET_1[:start] + rows + SHEET_1[end:])
    for slow in ("check_upload", "open_form"):
        monkeypatch.setattr(services, slow, lambda *_a, **_k: pytest.fail("looked through"))
    with pytest.raises(BadInput) as refused:
        asked(cast, data=large)
    assert (refused.value.code, refused.value.field) == ("too_large", "file")
    assert not Request.objects.exists() and not StoredFile.objects.exists()


def test_all_that_is_wrong_with_a_letter_is_told_at_once(cast):
    content = RequestInput(
        title=" ",
        sender="Sở Nội vụ",
        period_code=PERIOD,
        due_at=dt.datetime(2019, 1, 1, tzinfo=VIET_NAM),
        letter_number="foo",
        letter_day=TODAY + dt.timedelta(days=1),
    )
    with pytest.raises(BadInput) as told:
        take_in_request(
            actor=cast.reporter_benmau,
            unit_id=cast.benmau,
            content=content,
            data=province_form(),
            name="bieu.xlsx",
        )
    assert [fault.field for fault in told.value.each] == [
        "title",
        "letter_number",
        "letter_day",
        "due_on",
    ]
    assert not Request.objects.exists()


def test_sent_twice_is_kept_once(cast):
    key = uuid.uuid4()
    assert asked(cast, client_key=key).pk == asked(cast, client_key=key).pk
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("cell", "more"),
    [
        ("C8", {}),  # a formula
        ("A2", {}),  # words of the form
        ("B3", {"what": "text", "key": "", "text": "Nội dung mới"}),
        ("D5", {}),  # inside a merged range
        ("Z99", {}),
        ("C6", {"sheet": 3}),
        ("C6", {"key": "no_such_indicator"}),
        ("C6", {"what": "text", "key": ""}),
        ("C6", {"what": "other"}),
        ("C6", {"scale": 0}),
        ("A6", {}),  # the column of ordinal numbers
    ],
)
def test_a_mapping_that_could_not_be_filled_is_refused(cast, cell, more):
    request = asked(cast)
    with pytest.raises(BadInput):
        mapped(cast, request, cell, **({"key": "dialogues_held"} | more))
    assert not CellMapping.objects.exists()


def test_no_figure_goes_into_the_column_of_ordinal_numbers(cast):
    request = asked(cast)
    with pytest.raises(BadInput) as refused:
        mapped(cast, request, "A6")
    assert (refused.value.code, refused.value.field) == ("ordinal", "key")
    assert "“STT”" in str(refused.value)
    assert sheet_page(cast.reporter_benmau, request, cell="A6").suggested == ()
    # Words may stand there, and figures in every other column.
    mapped(cast, request, "A6", what="text", key="", text="I")
    mapped(cast, request, "C6")


def test_filled_twice_with_the_same_figures_it_is_kept_once(cast):
    hold(cast.recorder_benmau, cast.benmau, "Một.")
    settle()
    request = asked(cast)
    mapped(cast, request)
    call = {"actor": cast.reporter_benmau, "request_id": request.pk, "layer": "recorded"}
    first = answer_request(**call)
    files, done = StoredFile.objects.count(), Entry.objects.filter(code="request.answered").count()
    assert answer_request(**call) == first
    assert (StoredFile.objects.count(), request.answers.count(), done) == (files, 1, 1)
    assert Entry.objects.filter(code="request.answered").count() == 1
    hold(cast.recorder_benmau, cast.benmau, "Hai.", on=TODAY)
    settle()
    assert answer_request(**call).number == 2
    mapped(cast, request, "F6", what="text", key="", text="Đã rà soát")
    assert answer_request(**call).number == 3


def test_dots_for_the_name_of_the_unit_are_filled_within_their_words(cast):
    dotted = tuple(
        {"Đơn vị:": "Đơn vị: …………………", "Ghi chú của Sở": "Ngày … tháng … năm ……"}.get(t, t)
        for t in TEXTS
    )
    request = asked(cast, data=province_form(texts=dotted))
    mapped(cast, request, "A2", what="unit", key="")
    with pytest.raises(BadInput):  # which of its blanks is not told
        mapped(cast, request, "G5", what="date", key="")
    answer = answer_request(actor=cast.reporter_benmau, request_id=request.pk, layer="recorded")
    filled = open_form(file_of(cast, answer)).sheet("Biểu 1")
    assert filled.cell("A2").text == "Đơn vị: xã Bến Mẫu"
    assert filled.cell("G5").text == "Ngày … tháng … năm ……"


def test_two_receivers_that_got_different_figures_are_told_apart_with_the_reason(cast):
    hold(cast.recorder_benmau, cast.benmau, "Một.")
    settle()
    first, second = asked(cast), asked(cast, sender="Ban Tuyên giáo và Dân vận")
    mapped(cast, first)
    answer_request(actor=cast.reporter_benmau, request_id=first.pk, layer="recorded")
    answer_request(actor=cast.reporter_benmau, request_id=second.pk, layer="recorded")
    assert compared(cast.reporter_benmau, first, second).differing == []
    hold(cast.recorder_benmau, cast.benmau, "Hai.", on=TODAY)
    settle()
    later = answer_request(actor=cast.reporter_benmau, request_id=second.pk, layer="recorded")
    (found,) = compared(cast.reporter_benmau, first, second).differing
    assert (found.key, found.why) == ("dialogues_held", "changed")
    assert (found.first.amount, found.second.amount) == (1, 2)
    # What was given stays as it was given.
    assert later.number == 2
    assert [a.number for a in answers_of(cast.reporter_benmau, second)] == [2, 1]
    before = answers_of(cast.reporter_benmau, second)[1]
    assert open_form(file_of(cast, before)).sheet("Biểu 1").cell("C6").text == "1"
    with pytest.raises(NotFound):
        compared(cast.reporter_caumau, first, second)


def test_a_neighbour_sees_no_request_and_a_viewer_changes_none(cast):
    request = asked(cast)
    assert requests_of(cast.reporter_caumau, cast.benmau) == ([], 0)
    lines, total = requests_of(cast.viewer_benmau, cast.benmau)
    assert (total, lines[0].title) == (1, "Biểu thực hiện dân chủ")
    with pytest.raises(NotFound):
        request_at(cast.reporter_caumau, request.record.public_id)
    with pytest.raises(NotFound):
        sheet_page(cast.reporter_caumau, request)
    for actor in (cast.viewer_benmau, cast.recorder_benmau, cast.reporter_caumau):
        with pytest.raises(NotAllowed):
            asked(cast, actor=actor)
        with pytest.raises(NotAllowed):
            cancel_request(actor=actor, request_id=request.pk, reason="Nhầm")


def test_a_cancelled_request_is_neither_mapped_nor_answered(cast):
    request = asked(cast)
    mapped(cast, request)
    with pytest.raises(BadInput):
        cancel_request(actor=cast.reporter_benmau, request_id=request.pk, reason=" ")
    cancel_request(actor=cast.reporter_benmau, request_id=request.pk, reason="Nơi gửi rút lại")
    assert not any("Sở" in t.title for t in open_tasks(cast.reporter_benmau, cast.benmau, TODAY))
    with pytest.raises(Conflict):
        mapped(cast, request, "D6")
    with pytest.raises(Conflict):
        answer_request(actor=cast.reporter_benmau, request_id=request.pk, layer="recorded")


def test_headers_suggest_and_nothing_is_mapped_by_itself(cast):
    from danchu.reporting.figures.selectors import definitions

    request = asked(cast)
    page = sheet_page(cast.reporter_benmau, request, cell="C6")
    assert page.headers.column == ("Đối thoại", "Số cuộc")
    assert page.headers.row == ("Xã, phường",)
    assert page.suggested[0] == "dialogues_held"
    assert sheet_page(cast.reporter_benmau, request, cell="C8").suggested == ()
    assert not CellMapping.objects.exists()
    form = open_form(province_form())
    nothing = headers_of(form.sheet("Biểu 2"), 1, 1)
    assert suggestions(nothing, definitions()) == []


def test_the_fingerprint_follows_the_structure_and_not_the_period():
    form = fingerprint(open_form(province_form()))
    half = tuple(t.replace("Cả năm", "Quý III") for t in TEXTS)
    assert fingerprint(open_form(province_form(texts=half))) == form
    moved = tuple(t.replace("Số lượt", "Số đơn") for t in TEXTS)
    assert fingerprint(open_form(province_form(texts=moved))) != form
