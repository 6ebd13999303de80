"""The form as a spreadsheet: out, filled, looked through, taken in whole or refused by its cell."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.core.calendar.selectors import known_period
from danchu.core.documents.filled_xlsx import MAX_BYTES
from danchu.core.documents.forms.xlsx import open_form
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.models import Entry
from danchu.reporting.figures.models import DictionaryVersion
from danchu.reporting.figures.selectors import forget_dictionary
from danchu.reporting.rounds.closing import close_round
from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.form import form_of
from danchu.reporting.rounds.models import FormValue, Round
from danchu.reporting.rounds.services import accept_submission, submit
from danchu.reporting.rounds.spreadsheet.layout import CODES, HEADINGS, SHEET
from danchu.reporting.rounds.spreadsheet.taking_in import (
    Preview,
    error_sheet,
    preview_sheet,
    take_in_sheet,
)
from danchu.reporting.rounds.spreadsheet.writing import form_sheet
from tests.cast import Cast
from tests.making import hold, refused
from tests.reporting.rounds.sheets import (
    HIDDEN,
    MAIN,
    filled,
    reason_cell,
    rewritten,
    row_of,
    sheet,
    value_cell,
    with_cell,
    with_code,
)
from tests.reporting.rounds.test_rounds_entering import place

PERIOD = "nd09:2026H1"


@pytest.fixture
def form(cast: Cast, opened: Round, settle: Any) -> bytes:
    """The form of Bến Mẫu with one dialogue in its records."""
    hold(cast.recorder_benmau, cast.benmau, participants=80)
    settle()
    return downloaded(cast)


def downloaded(cast: Cast, who: Any = None, unit: int = 0) -> bytes:
    period = known_period(PERIOD)
    assert period is not None
    return form_sheet(who or cast.reporter_benmau, unit or cast.benmau, period, {"lead": "Mục"})


def seen(cast: Cast, data: bytes) -> Preview:
    found = Round.objects.get()
    return preview_sheet(**place(cast, found), data=data)


def taken(cast: Cast, data: bytes) -> int:
    found = Round.objects.get()
    mark = preview_sheet(**place(cast, found), data=data).mark
    return take_in_sheet(**place(cast, found), data=data, mark=mark)


def typed(cast: Cast, key: str, text: str, version: int = 0, reason: str = "") -> FormValue:
    return enter_value(
        **place(cast, Round.objects.get()),
        indicator=key,
        text=text,
        row_version=version,
        reason=reason,
    )


def kept() -> dict[str, tuple[str, int | None, str]]:
    rows = FormValue.objects.select_related("indicator")
    return {row.indicator.key: (row.state, row.amount, row.reason) for row in rows}


def faults(cast: Cast, data: bytes) -> dict[str, str]:
    """cell -> what is wrong; each is repeated in the error sheet, and nothing is saved."""
    found = seen(cast, data).faults
    assert all(fault.vi and fault.en and fault.vi != fault.en for fault in found)
    listed = open_form(error_sheet(**place(cast, Round.objects.get()), data=data)).sheets
    texts = [cell.text for line in listed["Lỗi cần sửa"].window(5, 1, 100, 3) for cell in line]
    for fault in found:
        assert fault.vi in texts and fault.cell in texts
    refused(BadInput, lambda: take_in_sheet(**place(cast, Round.objects.get()), data=data, mark=""))
    return {fault.cell: fault.vi for fault in found}


def only(cast: Cast, data: bytes, cell: str, words: str) -> None:
    found = faults(cast, data)
    assert list(found) == [cell], found
    assert words in found[cell], found
    assert kept() == {}


def test_the_form_goes_out_with_numbers_and_codes(cast: Cast, form: bytes) -> None:
    main = sheet(form)
    assert tuple(cell.value for cell in main.rows[6 - 1][:7]) == HEADINGS
    assert "Bến Mẫu" in str(main.cell(2, 1).value) and "9A001" in str(main.cell(2, 1).value)
    assert PERIOD in str(main.cell(3, 1).value)
    row = row_of(form, "dialogues_held")
    assert [main.cell(row, column).value for column in (4, 5)] == [1, 1]
    codes = {line[0].value: line[1].value for line in sheet(form, CODES).rows[:5]}
    assert codes["unit"] == "9A001" and codes["period"] == PERIOD
    assert codes["round"] == str(Round.objects.get().public_id)
    asked = form_of(cast.reporter_benmau, Round.objects.get().pk, cast.benmau)
    assert asked is not None
    assert {line.key for line in asked.lines} == {
        cells[6].value for cells in main.rows[6:] if cells[6].value
    }
    opened_form = open_form(form)
    assert opened_form.sheet(CODES).hidden and not opened_form.sheet(SHEET).hidden
    for column, locked in ((1, True), (2, True), (4, True), (5, False), (6, False), (7, True)):
        assert opened_form.sheet(SHEET).window(row, column, 1, 1)[0][0].locked == locked
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        text = package.read(MAIN).decode()
        book = package.read("xl/workbook.xml").decode()
    assert "<f>" not in text and 'fitToPage="1"' in text and "password" not in text
    assert "$6:$6" in book and 'state="veryHidden"' in book
    assert downloaded(cast) == form  # the same form on the same day: the same bytes


def test_a_form_is_downloaded_by_who_fills_it_or_hands_it_in(cast: Cast, form: bytes) -> None:
    for who in (cast.reporter_benmau, cast.leader_benmau, cast.committee_minhhoa):
        assert downloaded(cast, who)
    for who in (cast.reporter_caumau, cast.viewer, cast.outsider):
        refused(NotFound, lambda who=who: downloaded(cast, who))
    found = Round.objects.get()
    for who in (cast.leader_benmau, cast.reporter_caumau, cast.viewer, cast.outsider):
        given = {"actor": who, "round_id": found.pk, "unit_id": cast.benmau, "data": form}
        for call in (preview_sheet, error_sheet):
            refused(NotAllowed, lambda call=call, given=given: call(**given))
        refused(NotAllowed, lambda given=given: take_in_sheet(**given, mark=""))


def test_what_a_person_filled_in_is_shown_and_then_written(cast: Cast, form: bytes) -> None:
    typed(cast, "land_donating_households", "3")
    form = downloaded(cast)
    given = filled(
        form,
        labour_days=40,
        cases_resolved=("kad", "Không có đơn"),
        dialogues_held=(7, "Thiếu hai cuộc chưa ghi"),
        land_donated_m2="KPS",
        contributions_vnd=("", "Chưa tổng hợp xong"),
        land_donating_households="",
    )
    preview = seen(cast, given)
    assert (preview.faults, preview.left) == ((), ())
    shown = {c.line.key: (c.old.amount, c.new.state, c.new.amount) for c in preview.changes}
    assert shown == {
        "labour_days": (None, "reported", 40),
        "cases_resolved": (None, "not_applicable", None),
        "dialogues_held": (1, "reported", 7),
        "land_donated_m2": (None, "zero", 0),
        "contributions_vnd": (None, "missing", None),
        "land_donating_households": (3, "missing", None),
    }
    assert [c.line.key for c in preview.changes if c.differs] == ["dialogues_held"]
    assert {c.cell for c in preview.changes} >= {value_cell(form, "labour_days")}
    assert set(kept()) == {"land_donating_households"}  # nothing before it is confirmed
    assert taken(cast, given) == 6
    assert kept() == {
        "labour_days": ("reported", 40, ""),
        "cases_resolved": ("not_applicable", None, "Không có đơn"),
        "dialogues_held": ("reported", 7, "Thiếu hai cuộc chưa ghi"),
        "land_donated_m2": ("zero", 0, ""),
        "contributions_vnd": ("missing", None, "Chưa tổng hợp xong"),
        "land_donating_households": ("", None, ""),
    }
    assert Entry.objects.filter(code="form.sheet_taken_in").count() == 1
    # Sent again it has nothing more to say.
    again = seen(cast, given)
    assert (again.changes, again.left) == ((), ())
    refused(BadInput, lambda: taken(cast, given))


def test_taking_back_a_number_says_which_figure_holds_again(cast: Cast, form: bytes) -> None:
    typed(cast, "dialogues_held", "7", reason="Thiếu hai cuộc")
    (change,) = seen(cast, filled(downloaded(cast), dialogues_held=("", ""))).changes
    assert change.from_records and change.line.recorded == "1" and not change.differs
    assert taken(cast, filled(downloaded(cast), dialogues_held=("", ""))) == 1
    assert kept()["dialogues_held"] == ("", None, "")


def test_what_nobody_touched_in_the_file_stays_as_typed_meanwhile(cast: Cast, form: bytes) -> None:
    typed(cast, "cases_resolved", "9")
    preview = seen(cast, filled(form, labour_days=40))
    assert [c.line.key for c in preview.changes] == ["labour_days"] and preview.left == ()
    assert taken(cast, filled(form, labour_days=40)) == 1
    assert kept()["cases_resolved"][1] == 9


def test_a_cell_typed_meanwhile_is_shown_and_not_overwritten(cast: Cast, form: bytes) -> None:
    typed(cast, "cases_resolved", "9")
    given = filled(form, cases_resolved=8, labour_days=40)
    preview = seen(cast, given)
    (left,) = preview.left
    assert (left.line.key, left.theirs.amount, left.given.amount) == ("cases_resolved", 9, 8)
    assert left.cell == value_cell(form, "cases_resolved")
    assert taken(cast, given) == 1
    assert kept()["cases_resolved"][1] == 9 and kept()["labour_days"][1] == 40
    # Both wrote the same: nothing to choose between.
    assert seen(cast, filled(form, cases_resolved=9)).left == ()


def test_what_was_not_seen_is_not_written(cast: Cast, form: bytes) -> None:
    found = Round.objects.get()
    given = filled(form, labour_days=40, cases_resolved=8)
    mark = seen(cast, given).mark
    typed(cast, "cases_resolved", "9")
    for wrong in (mark, "", seen(cast, filled(form, labour_days=41)).mark):
        refused(
            Conflict,
            lambda wrong=wrong: take_in_sheet(**place(cast, found), data=given, mark=wrong),
        )
    assert set(kept()) == {"cases_resolved"} and kept()["cases_resolved"][1] == 9


def test_a_form_that_takes_nothing_more_takes_no_file(cast: Cast, form: bytes) -> None:
    found = Round.objects.get()
    given = filled(form, labour_days=40)
    mark = seen(cast, given).mark
    made = submit(**place(cast, found))
    accept_submission(actor=cast.committee_minhhoa, submission_id=made.pk)
    for close in (
        lambda: None,
        lambda: close_round(actor=cast.committee_minhhoa, round_id=found.pk, missing=[cast.caumau]),
    ):
        close()
        refused(Conflict, lambda: seen(cast, given))
        refused(Conflict, lambda: take_in_sheet(**place(cast, found), data=given, mark=mark))
        refused(BadInput, lambda: downloaded(cast))
    assert kept() == {}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("mười hai", "không phải số"),
        ("1.234", "hai số khác nhau: gõ lại 1234 hoặc 1,234"),
        ("1,234", "hai số khác nhau"),
        ("1 2,5", "Số lẻ (12,5)"),
        ("12 công", "không phải số"),
        (-3, "Số âm"),
        ("TRUE", "không phải số"),
    ],
)
def test_words_and_negative_numbers_are_refused_in_their_cell(
    cast: Cast, form: bytes, value: Any, words: str
) -> None:
    only(cast, filled(form, labour_days=value), value_cell(form, "labour_days"), words)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("12.5", "Số lẻ (12,5)"),
        ("-0.5", "Số âm"),
        ("1000000000000001", "quá lớn"),
        ("1E+300", "quá lớn"),
        ("1E-300", "Số lẻ"),
        ("NaN", "không phải số"),
    ],
)
def test_a_number_that_is_no_count_is_refused(
    cast: Cast, form: bytes, raw: str, words: str
) -> None:
    cell = value_cell(form, "labour_days")
    only(cast, with_cell(form, cell, f"<v>{raw}</v>"), cell, words)


@pytest.mark.parametrize(
    ("text", "number"),
    [("5", 5), (" 05 ", 5), ("12\u00a0345", 12345), ("1.234.567", 1234567), ("7", 7)],
)
def test_a_number_kept_as_text_is_read_and_told(
    cast: Cast, form: bytes, text: str, number: int
) -> None:
    found = seen(cast, filled(form, labour_days=text))
    assert not found.faults and found.ignored == ()
    (change,) = found.changes
    assert (change.line.key, change.new.amount) == ("labour_days", number)
    (told,) = found.read_as
    assert told.cell == value_cell(form, "labour_days") and "số lưu dạng chữ" in told.vi
    assert seen(cast, filled(form, labour_days=number)).read_as == ()
    # Where something else in the file is wrong the number in text is no fault beside it.
    both = filled(form, labour_days=text, dialogues_held="nhiều")
    only(cast, both, value_cell(form, "dialogues_held"), "không phải số")


def test_decimals_are_read_as_far_as_the_indicator_goes(cast: Cast, form: bytes) -> None:
    from danchu.reporting.figures.selectors import definitions

    keys = {cells[6].value for cells in sheet(form).rows if len(cells) > 6}
    key = next((k for k in keys if k in definitions() and definitions()[k].scale > 1), None)
    cell = value_cell(form, "land_donated_m2")
    if key is None:
        only(cast, with_cell(form, cell, "<v>0.25</v>"), cell, "Số lẻ")
        return
    cell = value_cell(form, str(key))
    (change,) = seen(cast, with_cell(form, cell, "<v>0.5</v>")).changes
    assert change.new.amount == Decimal("0.5") * definitions()[str(key)].scale


def test_other_kinds_of_cells_are_no_numbers(cast: Cast, form: bytes) -> None:
    cell = value_cell(form, "labour_days")
    for inside, attributes in (
        ("<v>1</v>", ' t="b"'),
        ("<v>#DIV/0!</v>", ' t="e"'),
        ("<v>2026-06-12T00:00:00</v>", ' t="d"'),
    ):
        found = faults(cast, with_cell(form, cell, inside, attributes))
        assert list(found) == [cell]
    assert kept() == {}


def test_a_number_shown_in_percent_is_refused_in_its_cell(cast: Cast, form: bytes) -> None:
    """No indicator that is typed is a rate: 0,95 and 95 would both be a guess."""
    cell = value_cell(form, "labour_days")
    style = 0

    def with_percent(text: str) -> str:
        nonlocal style
        inside = re.search(r"<cellXfs[^>]*>(.*?)</cellXfs>", text, re.DOTALL)
        assert inside is not None
        style = len(re.findall(r"<xf\b", inside[1]))
        return text.replace("</cellXfs>", '<xf numFmtId="9" applyNumberFormat="1"/></cellXfs>')

    styled = rewritten(form, "xl/styles.xml", with_percent)
    wrong = with_cell(styled, cell, "<v>0.95</v>", f' s="{style}"')
    only(cast, wrong, cell, "tỷ lệ phần trăm (95%)")
    (change,) = seen(cast, with_cell(styled, cell, "<v>95</v>")).changes
    assert change.new.amount == 95


def test_a_number_shown_in_millions_is_refused_in_its_cell(cast: Cast, form: bytes) -> None:
    """1234567 shown as 1: which of them was meant nobody but who typed it knows."""
    cell, style = value_cell(form, "labour_days"), 0

    def with_format(text: str) -> str:
        nonlocal style
        inside = re.search(r"<cellXfs[^>]*>(.*?)</cellXfs>", text, re.DOTALL)
        assert inside is not None
        style = len(re.findall(r"<xf\b", inside[1]))
        code = '<numFmt numFmtId="399" formatCode="#,##0,,"/>'
        text = re.sub(r"<numFmts[^>]*>(.*?)</numFmts>", r"\1", text, flags=re.DOTALL)
        kept = "".join(re.findall(r"<numFmt [^>]*/>", text))
        text = re.sub(r"<numFmt [^>]*/>", "", text)
        text = text.replace("<fonts", f"<numFmts>{kept}{code}</numFmts><fonts", 1)
        return text.replace("</cellXfs>", '<xf numFmtId="399" applyNumberFormat="1"/></cellXfs>')

    styled = rewritten(form, "xl/styles.xml", with_format)
    only(cast, with_cell(styled, cell, "<v>1234567</v>", f' s="{style}"'), cell, "giữ số 1.234.567")
    (change,) = seen(cast, with_cell(styled, cell, "<v>95</v>")).changes
    assert change.new.amount == 95


def test_a_formula_is_refused_and_its_result_not_taken(cast: Cast, form: bytes) -> None:
    for key, at in (("labour_days", value_cell), ("labour_days", reason_cell)):
        cell = at(form, key)
        broken = with_cell(form, cell, "<f>20+20</f><v>40</v>")
        only(cast, broken, cell, "công thức")


def test_merged_cells_over_what_is_filled_are_refused(cast: Cast, form: bytes) -> None:
    row = row_of(form, "labour_days")
    merged = rewritten(
        form,
        MAIN,
        lambda text: text.replace("</sheetData>", "</sheetData>", 1).replace(
            "<dataValidations",
            f'<mergeCells count="1"><mergeCell ref="E{row}:F{row}"/></mergeCells><dataValidations',
            1,
        ),
    )
    found = faults(cast, merged)
    assert list(found) == [f"E{row}", f"F{row}"] and "vùng gộp" in found[f"E{row}"]
    above = rewritten(
        form,
        MAIN,
        lambda text: text.replace(
            "<dataValidations",
            '<mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells><dataValidations',
            1,
        ),
    )
    assert seen(cast, filled(above, labour_days=4)).faults == ()  # a title may be merged


def test_rows_are_known_by_their_key(cast: Cast, form: bytes) -> None:
    row = row_of(form, "labour_days")

    def keyed(inside: str) -> bytes:
        return with_cell(form, f"G{row}", f"<is><t>{inside}</t></is>", ' t="inlineStr"')

    twice = faults(cast, keyed("cases_resolved"))
    first, second = sorted((row, row_of(form, "cases_resolved")))
    assert f"dòng {first}" in twice[f"E{second}"]
    assert "thiếu dòng" in twice["B6"]
    unknown = faults(cast, keyed("no_such"))
    assert "no_such" in unknown[f"G{row}"] and "thiếu dòng" in unknown["B6"]
    missing = rewritten(
        form,
        MAIN,
        lambda text: text.replace(
            text[text.index(f'<row r="{row}"') :].split("</row>")[0] + "</row>", ""
        ),
    )
    only(cast, missing, "B6", "thiếu dòng")
    last = sheet(form).rows[-1][0].row + 2
    stray = rewritten(
        form,
        MAIN,
        lambda text: text.replace(
            "</sheetData>", f'<row r="{last}"><c r="E{last}"><v>5</v></c></row></sheetData>'
        ),
    )
    only(cast, stray, f"E{last}", "không có mã")
    assert kept() == {}


def test_rows_may_be_moved(cast: Cast, form: bytes) -> None:
    one, other = row_of(form, "labour_days"), row_of(form, "cases_resolved")
    given = filled(form, labour_days=40)

    def swapped(text: str) -> str:
        rows = {n: text[text.index(f'<row r="{n}"') :].split("</row>")[0] for n in (one, other)}

        def moved(at: int, to: int) -> str:
            import re

            return re.sub(rf'r="([A-G]?){at}"', rf'r="\g<1>{to}"', rows[at])

        lower, upper = moved(one, other), moved(other, one)
        return text.replace(rows[one], "@one").replace(rows[other], lower).replace("@one", upper)

    assert taken(cast, rewritten(given, MAIN, swapped)) == 1
    assert kept() == {"labour_days": ("reported", 40, "")}


def test_a_form_of_another_place_time_or_dictionary_is_refused(cast: Cast, form: bytes) -> None:
    other = downloaded(cast, cast.reporter_caumau, cast.caumau)
    only(cast, filled(other, labour_days=4), "A2", "9A002")
    only(cast, with_code(form, "period", "nd09:2025H2"), "A3", "nd09:2025H2")
    only(cast, with_code(form, "round", "no-such"), "A3", "đợt báo cáo khác")
    newest = DictionaryVersion.objects.order_by("-number").first()
    assert newest is not None
    newest.pk, newest.number = None, newest.number + 1
    newest.save()
    forget_dictionary()
    try:
        only(cast, filled(form, labour_days=4), "A1", "Bộ chỉ tiêu đã đổi")
    finally:
        forget_dictionary()


def test_a_difference_from_the_records_needs_its_reason(cast: Cast, form: bytes) -> None:
    cell = reason_cell(form, "dialogues_held")
    only(cast, filled(form, dialogues_held=7), cell, "khác số theo hồ sơ")
    cell = reason_cell(form, "labour_days")
    only(cast, filled(form, labour_days="KAD"), cell, "lý do")
    long = filled(form, labour_days=(4, "dài " * 100))
    assert list(faults(cast, long)) == [cell]


def test_every_fault_is_told_in_one_go_with_a_list_that_leads_to_the_cells(
    cast: Cast, form: bytes
) -> None:
    broken = filled(form, labour_days="nhiều", dialogues_held=7, cases_resolved="KAD")
    cells = {
        value_cell(form, "labour_days"): "không phải số",
        reason_cell(form, "dialogues_held"): "khác số theo hồ sơ",
        reason_cell(form, "cases_resolved"): "lý do",
    }
    found = faults(cast, broken)
    assert found.keys() == cells.keys()
    assert all(words in found[cell] for cell, words in cells.items())
    rows = [row_of(form, key) for key in ("labour_days", "dialogues_held", "cases_resolved")]
    answer = error_sheet(**place(cast, Round.objects.get()), data=broken)
    listed = sheet(answer, "Lỗi cần sửa")
    assert [row[0].value for row in listed.rows[4:7]] == sorted(cells, key=lambda c: int(c[1:]))
    assert all(row[1].value for row in listed.rows[4:7]) and len(rows) == 3
    with zipfile.ZipFile(io.BytesIO(answer)) as package:
        links = package.read("xl/worksheets/sheet1.xml").decode()
        first = package.read("xl/workbook.xml").decode().partition("<sheet ")[2]
    assert 'name="Lỗi cần sửa"' in first.partition("/>")[0]
    for cell in cells:
        assert f"location=\"'{SHEET}'!{cell}\"" in links


def test_a_locked_cell_that_was_changed_is_named_and_nothing_is_taken_from_it(
    cast: Cast, form: bytes
) -> None:
    assert seen(cast, form).ignored == ()
    assert seen(cast, filled(form, labour_days=5)).ignored == ()
    row = row_of(form, "dialogues_held")
    given = filled(form, labour_days=5)
    for address, inside in (
        (f"D{row}", "<v>99</v>"),
        (f"B{row_of(form, 'cases_resolved')}", "<is><t>Số vụ khác</t></is>"),
        (f"D{row_of(form, 'labour_days')}", "<f>1+1</f><v>2</v>"),
    ):
        given = with_cell(given, address, inside, ' t="inlineStr"' if "<is>" in inside else "")
    found = seen(cast, given)
    assert not found.faults
    told = {mark.cell: mark.vi for mark in found.ignored}
    assert told.keys() == {
        f"D{row}",
        f"B{row_of(form, 'cases_resolved')}",
        f"D{row_of(form, 'labour_days')}",
    }
    assert "“99”" in told[f"D{row}"] and "“Số nộp”" in told[f"D{row}"]
    assert all(mark.en != mark.vi for mark in found.ignored)
    (change,) = found.changes
    assert change.line.key == "labour_days"
    # Told with the faults too, so that one round is enough.
    both = seen(cast, with_cell(filled(form, labour_days="x"), f"D{row}", "<v>99</v>"))
    assert len(both.faults) == len(both.ignored) == 1


def test_files_that_are_no_form_are_answered_in_both_languages(cast: Cast, form: bytes) -> None:
    found = Round.objects.get()
    rows = rewritten(
        form,
        MAIN,
        lambda text: text.replace(
            "</sheetData>",
            "".join(f'<row r="{n}"><c r="E{n}"><v>1</v></c></row>' for n in range(200, 200_200))
            + "</sheetData>",
        ),
    )
    bomb = rewritten(
        form, MAIN, lambda text: text.replace("<sheetData>", " " * 30_000_000 + "<sheetData>")
    )
    headings = rewritten(form, "xl/sharedStrings.xml", lambda text: text.replace("Số nộp", "Số"))
    codes = rewritten(
        form,
        HIDDEN,
        lambda text: text.replace("<sheetData>", "<sheetData><row r='900'/>").replace(
            '<c r="B1"', '<c r="C1"'
        ),
    )
    for data, code in (
        (b"STT,Chi tieu,So nop\n1,labour_days,4\n", "broken_file"),
        (form[:5000], "broken_file"),
        (form[:3000] + b"\x00" * 400 + form[3400:], "broken_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 3000, "not_xlsx"),
        (rows, "too_large"),
        (bomb, "too_large"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
        (headings, "no_form"),
        (codes, "broken_file"),
        (error_sheet(**place(cast, found), data=b"x"), "no_form"),
    ):
        with pytest.raises(BadInput) as caught:
            seen(cast, data)
        assert (caught.value.code, caught.value.field) == (code, "file")
        assert caught.value.en and caught.value.vi != caught.value.en
        answer = sheet(error_sheet(**place(cast, found), data=data), "Lỗi cần sửa")
        assert caught.value.vi in {cell.value for row in answer.rows for cell in row}
        refused(BadInput, lambda data=data: take_in_sheet(**place(cast, found), data=data, mark=""))
    assert kept() == {} and not Entry.objects.filter(code="form.sheet_taken_in").exists()


def test_the_error_sheet_marks_the_cells_where_they_stood(cast: Cast, form: bytes) -> None:
    cell = value_cell(form, "labour_days")
    broken = filled(form, labour_days="=1+1", cases_resolved=5)
    answer = error_sheet(**place(cast, Round.objects.get()), data=broken)
    assert answer == error_sheet(**place(cast, Round.objects.get()), data=broken)
    main = sheet(answer)
    row = row_of(form, "labour_days")
    assert main.cell(row, 5).value == "=1+1" and not main.cell(row, 5).has_formula
    assert main.cell(row_of(form, "cases_resolved"), 5).value == 5
    assert str(main.cell(row, 8).value).startswith(f"{cell}: ")
    assert "is no number" in str(main.cell(row, 9).value)
    with zipfile.ZipFile(io.BytesIO(answer)) as package:
        assert cell in package.read("xl/comments1.xml").decode()
    refused(
        BadInput,
        lambda: error_sheet(**place(cast, Round.objects.get()), data=filled(form, labour_days=5)),
    )


def test_as_many_questions_for_a_full_form_as_for_one_cell(
    cast: Cast, form: bytes, monkeypatch: Any
) -> None:
    monkeypatch.setattr("danchu.reporting.figures.selectors.FRESH", 600.0)
    found = Round.objects.get()
    keys = [row[6].value for row in sheet(form).rows[6:] if row[6].value]
    cells = open_form(form).sheet(SHEET)
    many = [key for key in keys if cells.cell(value_cell(form, str(key))).may_be_filled]
    full = filled(form, **{str(key): (i + 2, "Sổ của xã") for i, key in enumerate(many)})
    counts = []
    seen(cast, full)  # the process knows the dictionary, and goes on knowing it
    for data in (filled(form, labour_days=4), full):
        with CaptureQueriesContext(connection) as asked:
            assert seen(cast, data).faults == ()
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 18
    mark = seen(cast, full).mark
    with CaptureQueriesContext(connection) as asked:
        assert take_in_sheet(**place(cast, found), data=full, mark=mark) == len(many)
    assert len(asked) <= 36 + len(many)
