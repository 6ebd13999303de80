"""What the layouts say: dates, numbers, headings, recipients."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.core.documents import (
    LAYOUTS,
    Annex,
    Column,
    HeaderCell,
    Heading,
    Run,
    Table,
    compose,
    heading_text,
    layout_caveat,
    layout_for,
    short_date,
)
from danchu.core.documents.wording import date_in_words, number_line, one_line, roman
from danchu.core.errors import BadInput
from tests.core.documents.papers import PARTY, STATE, paragraph, party, state

BLANK = "\u00a0" * 6


@pytest.mark.parametrize(
    ("issuer", "day", "layout"),
    [
        ("state", dt.date(2020, 3, 4), "state_2011"),
        ("state", dt.date(2020, 3, 5), "state"),
        ("party", dt.date(2017, 6, 1), "party_2018"),
        ("party", dt.date(2018, 4, 3), "party_2018"),
        ("party", dt.date(2026, 5, 26), "party_2018"),
        ("party", dt.date(2026, 5, 27), "party_2026"),
    ],
)
def test_the_layout_is_that_of_the_day_of_the_document(issuer, day, layout):
    assert layout_for(issuer, day) == layout


def test_a_layout_older_than_its_rule_says_so():
    assert layout_caveat("party", dt.date(2018, 4, 2)) is not None
    assert layout_caveat("party", dt.date(2018, 4, 3)) is None
    assert layout_caveat("state", dt.date(2020, 3, 4)) is not None
    assert layout_caveat("state", dt.date(2020, 3, 5)) is None


@pytest.mark.parametrize(
    ("layout", "number", "symbol", "line"),
    [
        ("state", "5", "BC-UBND", "Số: 05/BC-UBND"),
        ("state", "05", "BC-UBND", "Số: 05/BC-UBND"),
        ("state", "128", "BC-UBND", "Số: 128/BC-UBND"),
        ("state", None, "BC-UBND", f"Số: {BLANK}/BC-UBND"),
        ("state", "12a", "BC-UBND", "Số: 12a/BC-UBND"),
        ("party_2018", "5", "BC/BCĐ", "Số 05-BC/BCĐ"),
        ("party_2026", None, "BC/BCĐ", f"Số {BLANK}-BC/BCĐ"),
    ],
)
def test_the_number_has_colon_and_slash_for_the_state_and_a_hyphen_for_the_party(
    layout, number, symbol, line
):
    assert number_line(layout, number, symbol) == line


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 7, 5), "ngày 05 tháng 7 năm 2026"),
        (dt.date(2026, 2, 14), "ngày 14 tháng 02 năm 2026"),
        (dt.date(2026, 1, 1), "ngày 01 tháng 01 năm 2026"),
        (dt.date(2026, 3, 31), "ngày 31 tháng 3 năm 2026"),
        (dt.date(2026, 10, 10), "ngày 10 tháng 10 năm 2026"),
    ],
)
def test_days_under_ten_and_the_months_one_and_two_have_a_zero(day, words):
    assert date_in_words(day) == words


def test_an_open_day_leaves_room_for_the_hand():
    assert date_in_words(dt.date(2026, 7, 5), day_open=True) == (f"ngày{BLANK}tháng{BLANK}năm 2026")


@pytest.mark.parametrize(
    ("layout", "heading", "line"),
    [
        ("state", Heading(1, "I", "Kết quả thực hiện"), "I. KẾT QUẢ THỰC HIỆN"),
        ("state", Heading(1, "I.", "Đặc khu ưu đãi"), "I. ĐẶC KHU ƯU ĐÃI"),
        ("party_2026", Heading(1, "II", "Kết quả"), "II- KẾT QUẢ"),
        ("party_2026", Heading(2, "1.", "Ở xã"), "1. Ở xã"),
        ("state", Heading(3, "a)", "Niêm yết"), "a) Niêm yết"),
        ("state", Heading(4, "", "Một ý"), "- Một ý"),
        ("state", Heading(1, "", "Mở đầu"), "MỞ ĐẦU"),
    ],
)
def test_headings_are_numbered_the_way_of_their_layout(layout, heading, line):
    assert heading_text(LAYOUTS[layout], heading) == line


def test_recipients_end_with_the_marks_of_the_layout():
    assert compose(STATE).recipients == ("- Như trên;", "- Đảng ủy xã;", "- Lưu: VT, VHXH.")
    assert compose(PARTY).recipients == ("- Ban Thường vụ Tỉnh ủy,", "- Lưu Ban Chỉ đạo.")


def test_one_addressee_stands_on_the_line_and_several_below_each_other():
    assert compose(STATE).addressee == ("Ủy ban nhân dân tỉnh Minh Họa.",)
    several = compose(state(addressee=("Sở Nội vụ Minh Họa;", "Ủy ban Mẫu")))
    assert several.addressee == ("- Sở Nội vụ Minh Họa;", "- Ủy ban Mẫu.")
    assert compose(state(addressee=())).addressee_label == ""


def test_the_text_closes_with_the_mark_of_the_layout():
    def last(doc):
        return "".join(run.text for run in compose(doc).blocks[-1].runs)

    assert last(STATE).endswith("xã Bến Mẫu./.")
    assert last(PARTY).endswith("xã Bến Mẫu.")
    assert last(state(blocks=(paragraph("Hết./. "),))) == "Hết./."
    assert last(party(blocks=(paragraph("Hết", Run("./.", bold=True)),))) == "Hết."
    assert compose(state(blocks=())).blocks == ()


def test_bases_end_with_semicolons_and_a_full_stop():
    lines = ("Căn cứ Luật Mẫu.", "Căn cứ Nghị định Mẫu")
    assert compose(state(basis=lines)).basis == ("Căn cứ Luật Mẫu;", "Căn cứ Nghị định Mẫu.")
    assert compose(party(basis=lines)).basis[0] == "- Căn cứ Luật Mẫu;"


def test_a_paper_for_reference_has_no_number_recipients_or_signature():
    composed = compose(state(draft_mark="BẢN THAM KHẢO, không phát hành"))
    assert (composed.number, composed.recipients, composed.authority, composed.name) == (
        "",
        (),
        (),
        "",
    )
    # It is sent to nobody from nowhere on no day.
    assert (composed.addressee_label, composed.addressee, composed.place_date) == ("", (), "")
    assert compose(STATE).addressee
    assert compose(STATE).place_date
    assert not composed.has_foot
    assert composed.annexes[0].reference == ""
    assert composed.mark == "BẢN THAM KHẢO, không phát hành - Dữ liệu minh họa"
    assert compose(STATE).has_foot


def test_annexes_are_numbered_when_there_are_several():
    composed = compose(STATE)
    assert [annex.label for annex in composed.annexes] == ["Phụ lục I", "Phụ lục II"]
    assert composed.annexes[0].title == "KẾT QUẢ THEO THÔN"
    assert composed.annexes[0].reference == (
        "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 7 năm 2026)"
    )
    named_in_full = state(issuer_name="Ủy ban nhân dân xã Bến Mẫu")
    assert compose(named_in_full).annexes[0].reference == (
        "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 7 năm 2026 của Ủy ban nhân dân xã Bến Mẫu)"
    )
    assert [annex.label for annex in compose(PARTY).annexes] == ["Phụ lục 1", "Phụ lục 2"]
    one = compose(state(annexes=STATE.annexes[:1], annex_reference=False)).annexes[0]
    assert (one.label, one.reference) == ("Phụ lục", "")
    named = Annex("Biểu", (), label="Biểu số 02")
    assert compose(state(annexes=(named, named))).annexes[0].label == "Biểu số 02"


@pytest.mark.parametrize(
    ("paper", "body", "lines"),
    [
        (state, "Ủy ban nhân dân xã Bến Mẫu", ("ỦY BAN NHÂN DÂN", "XÃ BẾN MẪU")),
        (state, "UBND xã Mẫu", ("UBND XÃ MẪU",)),
        (state, "Ủy ban nhân dân\nxã Bến Mẫu", ("ỦY BAN NHÂN DÂN", "XÃ BẾN MẪU")),
        (
            party,
            "Ban Chỉ đạo thực hiện dân chủ ở cơ sở",
            ("BAN CHỈ ĐẠO THỰC HIỆN", "DÂN CHỦ Ở CƠ SỞ"),
        ),
    ],
)
def test_a_body_too_long_for_the_head_is_divided_where_it_is_said(paper, body, lines):
    assert compose(paper(issuing_body=body)).issuing == lines


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (dt.date(2026, 6, 5), "05/6/2026"),
        (dt.date(2026, 6, 15), "15/6/2026"),
        (dt.date(2026, 2, 1), "01/02/2026"),
        (dt.date(2025, 12, 15), "15/12/2025"),
    ],
)
def test_a_short_day_has_noughts_where_papers_have_them(day, printed):
    assert short_date(day) == printed


def test_a_long_name_in_the_head_is_divided_evenly():
    name = "Trung tâm Phục vụ hành chính công xã Bến Mẫu"
    lines = compose(state(issuing_body=name)).issuing
    assert " ".join(lines) == name.upper()
    assert len(lines) == 3
    assert min(map(len, lines)) >= 12


def test_text_is_made_fit_for_every_format():
    assert one_line("a\tb\r\n  c\x00\x07\u202e\ud800\uffff ") == "a b c"
    assert one_line("Tie\u0302\u0301ng") == "Tiếng"
    assert [roman(n) for n in (1, 4, 9, 14, 40, 1999)] == ["I", "IV", "IX", "XIV", "XL", "MCMXCIX"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Heading(5, "1", "x"),
        lambda: Table(columns=(Column(),), header=(), rows=(("a", "b"),)),
        lambda: Table(columns=(Column(), Column()), header=(("một",),), rows=(("a", "b"),)),
        lambda: Table(
            columns=(Column(), Column()),
            header=((HeaderCell("a", rowspan=2), "b"), ("c", "d")),
            rows=(("a", "b"),),
        ),
        lambda: Table(columns=(Column(),), header=((HeaderCell("a", rowspan=2),),), rows=()),
        lambda: Table(columns=(Column(),), header=(), rows=()),
        lambda: Table(columns=(Column(weight=0),), header=(), rows=(("a",),)),
    ],
)
def test_a_document_that_cannot_be_printed_is_refused_when_it_is_made(wrong):
    with pytest.raises(BadInput):
        wrong()
