"""Requests whose form is a Word document: mapped place by place, filled, known again."""

from __future__ import annotations

import uuid

import pytest

from danchu.core.documents.forms.docx import WordForm
from danchu.core.errors import BadInput, NotFound
from danchu.demo.load import settle
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.requests.documents import ShownTable, document_page, is_document
from danchu.reporting.requests.filling import cell_lines, form_of
from danchu.reporting.requests.layouts import fingerprint, suggestions, word_headers
from danchu.reporting.requests.models import Answer, CellMapping, Request
from danchu.reporting.requests.selectors import sheet_page
from danchu.reporting.requests.services import answer_request
from tests.core.documents.word_form import BODY, EMPTY, LINKS, cell, paragraph, run, word_form
from tests.making import hold
from tests.reporting.requests.test_requests import asked, file_of, mapped

NAME = "Biểu.DOCX"


def asked_in_word(cast, *, body: str = BODY, **more):
    return asked(cast, data=word_form(body), name=NAME, **more)


@pytest.mark.django_db
def test_a_document_is_filled_from_the_records(cast):
    hold(cast.recorder_benmau, cast.benmau, "Đường lầy lội.")
    settle()
    request = asked_in_word(cast)
    assert is_document(request)
    mapped(cast, request, "3")
    mapped(cast, request, "C4", sheet=3)
    mapped(cast, request, "B1", sheet=4, what="date", key="")
    mapped(cast, request, "1", what="unit", key="")
    mapped(cast, request, "7", what="text", key="", text="<b>&")
    answer = answer_request(actor=cast.reporter_benmau, request_id=request.pk, layer="recorded")
    assert answer.file.name == "Biểu-da-dien.docx"
    form = WordForm(file_of(cast, answer))
    said = [block.said.text for block in form.blocks if hasattr(block, "said")]
    assert said[1].startswith("1. Số cuộc đối thoại: 1 cuộc")
    assert said[4] == "4. Đơn vị: <b>& kính gửi."
    assert form.tables[0].rows[0][0].text == "ỦY BAN NHÂN DÂN\nXÃ xã Bến Mẫu"
    assert form.tables[1].rows[3][2].text == "1"
    assert form.tables[2].rows[0][1].text == "10/06/2026"
    assert {(c.sheet, c.cell) for c in answer.cells.all()} == {
        (1, "1"),
        (1, "3"),
        (1, "7"),
        (3, "C4"),
        (4, "B1"),
    }


@pytest.mark.django_db
def test_the_next_copy_of_a_known_document_is_mapped_already(cast):
    first = asked_in_word(cast)
    mapped(cast, first, "3", scale=1000)
    mapped(cast, first, "C4", sheet=3, key="documents_issued")
    later = BODY.replace("NĂM 2026", "QUÝ II NĂM 2027").replace("……………", "…")
    again = asked_in_word(cast, body=later, client_key=uuid.uuid4())
    assert again.layout_id == first.layout_id
    lines = cell_lines(cast.reporter_benmau, again, form_of(again), "recorded")
    assert [(line.sheet, line.cell, line.key, line.scale) for line in lines] == [
        (1, "3", "dialogues_held", 1000),
        (3, "C4", "documents_issued", None),
    ]
    for other in (
        BODY.replace("Số: …/BC", "Số: …/… BC"),  # one blank more: those behind have other numbers
        BODY.replace("Tiếp thu", "Giải trình"),
        paragraph(run("Kính gửi:")) + BODY,
    ):
        assert asked_in_word(cast, body=other).layout_id != first.layout_id
    # The same words as a workbook are another layout.
    assert asked(cast).layout_id != first.layout_id


def test_the_fingerprint_follows_what_is_said_and_where_room_is_left():
    form = fingerprint(WordForm(word_form()))
    filled_before = BODY.replace("«So_vu»", "17").replace(
        EMPTY, EMPTY.replace("</w:p>", run("9") + "</w:p>")
    )
    assert fingerprint(WordForm(word_form(filled_before))) == form
    assert fingerprint(WordForm(word_form(BODY + paragraph(run("Đã gửi."))))) != form


@pytest.mark.parametrize(
    ("cell_asked", "more"),
    [
        ("B4", {"sheet": 3}),  # words
        ("C6", {"sheet": 3}),  # a sum
        ("A2", {"sheet": 3}),  # covered by a merged cell
        ("13", {}),
        ("C4", {}),
        ("A1", {"sheet": 9}),
        ("3", {"key": "no_such_indicator"}),
    ],
)
@pytest.mark.django_db
def test_a_place_that_could_not_be_filled_is_not_mapped(cast, cell_asked, more):
    request = asked_in_word(cast)
    with pytest.raises(BadInput):
        mapped(cast, request, cell_asked, **more)
    assert not CellMapping.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"content": "<a/>"},
        {"parts": {"word/vbaProject.bin": b"x"}},
        {"links": LINKS.replace('styles"', 'attachedTemplate" TargetMode="External"').replace(
            "styles.xml", "http://a.example/b.dotm")},
        {"parts": {"_xmlsignatures/sig1.xml": "<a/>"}},
        {"body": paragraph(run("MẬT")) + BODY},
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_a_document_that_cannot_be_filled_leaves_nothing_behind(cast, given):
    with pytest.raises(BadInput) as refused:
        asked(cast, data=word_form(**given), name=NAME)
    assert refused.value.field == "file"
    assert not Request.objects.exists() and not Answer.objects.exists()


@pytest.mark.django_db
def test_a_document_is_shown_line_by_line_with_what_is_mapped(cast):
    rows = "".join(
        f"<w:tr>{cell(paragraph(run(f'Thôn số {n}')))}{cell(EMPTY)}</w:tr>" for n in range(300)
    )
    request = asked_in_word(cast, body=BODY + f"<w:tbl>{rows}</w:tbl>")
    mapped(cast, request, "B120", sheet=5)
    page = document_page(cast.viewer_benmau, request, number=1, cell="3")
    assert page.chosen and page.chosen.text == ".........." and page.mapping is None
    assert page.suggested[0] == "dialogues_held"
    assert page.lines == 7 + 1 + 6 + 1 + 300 and len(page.blocks) == 11
    far = document_page(cast.viewer_benmau, request, number=5, top=116, cell="B120")
    (table,) = far.blocks
    assert isinstance(table, ShownTable) and len(table.rows) == 80
    assert far.mapping and far.mapping.indicator.key == "dialogues_held"
    # A merged cell that began above goes on in the first row of the window.
    cut = document_page(cast.viewer_benmau, request, top=11)
    (grid, *_rest) = cut.blocks
    assert isinstance(grid, ShownTable)
    assert [one.rows for one in grid.rows[0]] == [1, 1, 1, 1, 1]
    assert document_page(cast.viewer_benmau, request, top=10).blocks[0].rows[0][0].rows == 2
    for wrong in ({"number": 0}, {"number": 9}, {"cell": "999"}, {"number": 3, "cell": "B4"}):
        with pytest.raises(BadInput):
            document_page(cast.viewer_benmau, request, **wrong)
    with pytest.raises(NotFound):
        document_page(cast.reporter_caumau, request)
    with pytest.raises(NotFound):
        sheet_page(cast.reporter_benmau, request)
    with pytest.raises(NotFound):
        document_page(cast.reporter_benmau, asked(cast))


@pytest.mark.django_db
def test_the_words_around_a_place_suggest(cast):
    form = WordForm(word_form())
    assert word_headers(form, form.place(3, "D4")).column == ("Đối thoại", "Ý kiến", "Tiếp thu")
    assert word_headers(form, form.place(3, "D4")).row == ("Xã, phường",)
    blank = word_headers(form, form.place(1, "3"))
    assert blank.row == ("1. Số cuộc đối thoại:", "cuộc")
    inside = word_headers(form, form.place(1, "12"))
    assert (inside.column[-1], inside.row) == ("Tiếp thu", ("Thôn", "gồm", "hộ"))

    assert suggestions(blank, definitions())[0] == "dialogues_held"
