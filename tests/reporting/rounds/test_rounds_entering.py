"""Filling the form: one exact number a cell, whose change is never lost, before handing in."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.models import Entry
from danchu.reporting.figures.models import Cell
from danchu.reporting.figures.selectors import indicator_ids
from danchu.reporting.figures.services import confirm_states
from danchu.reporting.rounds.amounts import MOST, read_amount
from danchu.reporting.rounds.closing import close_round
from danchu.reporting.rounds.entering import (
    CellTaken,
    clear_value,
    enter_value,
    enter_zeros,
)
from danchu.reporting.rounds.form import FormLine, FormView, form_of
from danchu.reporting.rounds.models import FormValue, Round, SubmissionValue
from danchu.reporting.rounds.services import (
    accept_submission,
    return_submission,
    submit,
)
from tests.cast import Cast
from tests.making import hold, refused, work
from tests.reporting.folding import open_periods


def place(cast: Cast, opened: Round) -> dict[str, Any]:
    return {"actor": cast.reporter_benmau, "round_id": opened.pk, "unit_id": cast.benmau}


def typed(cast: Cast, opened: Round, key: str, text: str, version: int = 0, **more: Any) -> Any:
    given = {**place(cast, opened), "indicator": key, "text": text, "row_version": version}
    return enter_value(**{**given, **more})


def form(cast: Cast, opened: Round) -> FormView:
    found = form_of(cast.reporter_benmau, opened.pk, cast.benmau)
    assert found is not None
    return found


def line(cast: Cast, opened: Round, key: str) -> FormLine:
    (found,) = (found for found in form(cast, opened).lines if found.key == key)
    return found


def handed_in(cast: Cast, opened: Round, key: str) -> SubmissionValue:
    made = submit(**place(cast, opened))
    return SubmissionValue.objects.get(submission=made, indicator__key=key)


def test_a_number_is_read_exactly_in_the_unit_of_its_indicator() -> None:
    money, land, count = "contributions_vnd", "land_donated_m2", "cases_resolved"
    for key, text, amount in (
        (count, "4.984", 4984),
        (count, " 12 ", 12),
        (money, "2,5 tỷ", 2_500_000_000),
        (money, "2,5 tỷ đồng", 2_500_000_000),
        (land, "1.234,5", 1_234_500),
        (land, "1.234,5 m²", 1_234_500),
        (land, "0,001", 1),
        (land, "2 ha", 20_000_000),
    ):
        assert read_amount(_meaning(key), text) == amount, text
    for key, text in (
        (count, ""),
        (count, "   "),
        (count, "mười hai rưỡi đơn"),
        (count, "12,5"),
        (count, "4.98"),
        (count, "3/4"),
        (count, "10-15"),
        (count, "hơn 10"),
        (count, "50%"),
        (count, "20/11/2026"),
        (count, "1e9"),
        (count, "=1+1"),
        (count, "9" * 5000),
        (money, "5 ha"),
        (land, "0,0001"),
    ):
        with pytest.raises(BadInput) as caught:
            read_amount(_meaning(key), text)
        assert caught.value.field == "amount"


def test_what_is_no_count_is_answered_without_a_word_of_money() -> None:
    for text in ("abc", "2,5 tỷ đồng", "12,5", "4.98", "5 ha", "20/11/2026"):
        assert _unread("cases_resolved", text) == "Ghi số nguyên, ví dụ 12.", text
    # A thousand as others write it would be one: no comma stands in a whole number.
    for text in ("1,000", "5,000", "12,000", "1,234", "12,0"):
        assert _unread("cases_resolved", text) == "Ghi số nguyên, ví dụ 12.", text
    assert "tỷ đồng" in _unread("contributions_vnd", "abc")


def test_a_thousand_with_a_comma_is_not_taken_for_decimals() -> None:
    told = _unread("contributions_vnd", "2,000 triệu")
    assert told == "“2,000” có thể là hai số khác nhau: ghi 2.000 hoặc 2,0."
    assert "ghi 1.234 hoặc 1,2340" in _unread("contributions_vnd", "1,234 tỷ")
    meaning = _meaning("contributions_vnd")
    for text, amount in (("2.000 triệu", 2 * 10**9), ("2,0 triệu", 2 * 10**6)):
        assert read_amount(meaning, text) == amount
    assert read_amount(meaning, "1,2340 tỷ") == 1_234_000_000
    assert read_amount(meaning, "0,125 tỷ") == 125_000_000


def test_a_range_is_no_count() -> None:
    assert "không ghi khoảng" in _unread("cases_resolved", "hơn 10")


def test_several_cells_of_a_sheet_are_never_read_as_one_number(cast: Cast, opened: Round) -> None:
    for text in (
        "12\n400",
        "15\r\n250",
        "1\t2",
        "7\t2\n8\t3",
        "12\v400",
        "12\u2028400",
        "12\x85400",
    ):
        given = {**place(cast, opened), "indicator": "cases_resolved", "row_version": 0}
        refusal = refused(BadInput, enter_value, **given, text=text)
        assert (refusal.code, refusal.field) == ("several_cells", "amount"), text
    assert FormValue.objects.count() == 0
    # One cell of a sheet ends with a line break of its own.
    assert typed(cast, opened, "cases_resolved", "\t12\r\n").amount == 12


def _unread(key: str, text: str) -> str:
    with pytest.raises(BadInput) as caught:
        read_amount(_meaning(key), text)
    return caught.value.vi


def _meaning(key: str) -> Any:
    from danchu.reporting.figures.dictionary import shipped

    return shipped()[key]


def test_what_is_typed_is_handed_in_and_what_the_records_show_stays_beside(
    cast: Cast, opened: Round, settle: Any
) -> None:
    work(cast.recorder_benmau, cast.benmau, kind="trainings_held", number=2, people=70)
    settle()
    assert line(cast, opened, "trainings_held").text == "2"
    before = Entry.objects.count()
    typed(cast, opened, "cases_resolved", "1.200")
    typed(cast, opened, "trainings_held", "3", reason="Một lớp ghi ở sổ cũ")
    typed(cast, opened, "complaints_received", "0")
    enter_value(
        **place(cast, opened),
        indicator="labour_days",
        row_version=0,
        state="not_applicable",
        reason="Xã không có công trình",
    )
    assert Entry.objects.count() == before  # a draft is not in the ledger
    shown = line(cast, opened, "trainings_held")
    assert (shown.text, shown.recorded, shown.differs, shown.row_version) == ("3", "2", True, 1)
    assert shown.changed_by == cast.reporter_benmau.name
    made = submit(**place(cast, opened))
    found = {
        v.indicator.key: (v.state, v.amount, v.recorded_amount, v.reason)
        for v in SubmissionValue.objects.filter(submission=made).select_related("indicator")
    }
    assert found["cases_resolved"] == ("reported", 1200, None, "")
    assert found["trainings_held"] == ("reported", 3, 2, "Một lớp ghi ở sổ cũ")
    assert found["training_participants"] == ("reported", 70, 70, "")
    assert found["complaints_received"] == ("zero", 0, None, "")
    assert found["labour_days"] == ("not_applicable", None, None, "Xã không có công trình")
    assert found["rights_restored_vnd"] == ("missing", None, None, "")
    assert Entry.objects.count() == before + 1


def test_a_value_other_than_the_records_says_why(cast: Cast, opened: Round, settle: Any) -> None:
    work(cast.recorder_benmau, cast.benmau, kind="trainings_held", number=2)
    settle()
    given = {**place(cast, opened), "indicator": "trainings_held", "row_version": 0}
    for other in ({"text": "3"}, {"state": "missing"}, {"text": "0"}):
        refusal = refused(BadInput, enter_value, **given, **other)
        assert (refusal.code, refusal.field) == ("reason_needed", "reason")
    typed(cast, opened, "trainings_held", "2")  # the same number needs no word
    # The records grow after it was typed: it cannot be handed in without a word.
    work(cast.recorder_benmau, cast.benmau, kind="trainings_held", number=1)
    settle()
    assert line(cast, opened, "trainings_held").lacks_reason
    assert "lớp tập huấn" in refused(Conflict, submit, **place(cast, opened)).vi.lower()
    clear_value(**given | {"row_version": 1})
    assert line(cast, opened, "trainings_held").text == "3"
    assert handed_in(cast, opened, "trainings_held").amount == 3


def test_an_earlier_word_of_the_unit_is_no_record(cast: Cast, opened: Round, settle: Any) -> None:
    confirm_states(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        period=opened.period,
        keys=["labour_days"],
        state="zero",
    )
    settle()
    assert line(cast, opened, "labour_days").state == "zero"
    typed(cast, opened, "labour_days", "40")
    assert handed_in(cast, opened, "labour_days").amount == 40


def test_who_comes_second_is_shown_the_value_of_the_first(cast: Cast, opened: Round) -> None:
    typed(cast, opened, "labour_days", "40")
    other = cast.committee_minhhoa
    given = {**place(cast, opened), "actor": other, "indicator": "labour_days"}
    refusal = refused(CellTaken, enter_value, **given, row_version=0, text="41")
    assert (refusal.theirs.amount, refusal.theirs.row_version) == (40, 1)
    refused(CellTaken, clear_value, **given, row_version=0)
    # The same value typed by both is no conflict, and sent twice it is one change.
    assert enter_value(**given, row_version=0, text="40").row_version == 1
    assert enter_value(**given, row_version=1, text="41").row_version == 2
    # A cell that was cleared never returns to a version somebody still has on the screen.
    clear_value(**given, row_version=2)
    typed(cast, opened, "labour_days", "50", 3)
    refused(CellTaken, enter_value, **given, row_version=1, text="42")
    assert FormValue.objects.get().amount == 50


def test_wrong_cells_are_refused_and_nothing_is_kept(cast: Cast, opened: Round) -> None:
    given = {**place(cast, opened), "row_version": 0}
    for wrong in (
        {"indicator": "no_such", "text": "1"},
        {"indicator": "opinions_resolved_pct", "text": "1"},
        {"indicator": "outreach_sessions", "text": "1"},  # known, but the form does not ask it
        {"indicator": "labour_days", "text": ""},
        {"indicator": "labour_days", "text": "-1"},
        {"indicator": "labour_days", "text": "12,5"},
        {"indicator": "labour_days", "amount": MOST + 1},
        {"indicator": "labour_days", "amount": 1.5},
        {"indicator": "labour_days", "amount": True},
        {"indicator": "labour_days", "text": "1", "reason": "dài " * 100},
        {"indicator": "labour_days", "state": "no_such"},
        {"indicator": "labour_days", "state": "zero", "text": "3"},
        {"indicator": "labour_days", "state": "not_applicable"},
        {"indicator": "labour_days", "state": "not_applicable", "text": "3", "reason": "Không"},
    ):
        refused(BadInput, enter_value, **given, **wrong)
    refused(BadInput, enter_value, **given, indicator="labour_days", text="1", reason="TUYỆT MẬT")
    assert typed(cast, opened, "labour_days", "", amount=MOST).amount == MOST


def test_only_who_composes_the_report_of_an_asked_unit_fills_its_form(
    cast: Cast, opened: Round
) -> None:
    given = {**place(cast, opened), "indicator": "labour_days", "row_version": 0, "text": "1"}
    for who in (NOBODY, cast.recorder_benmau, cast.reporter_caumau, cast.viewer, cast.outsider):
        refused(NotAllowed, enter_value, **given | {"actor": who})
        refused(
            NotAllowed, enter_zeros, **{**place(cast, opened), "actor": who}, keys=["labour_days"]
        )
        assert form_of(who, opened.pk, cast.benmau) is None
    refused(NotFound, enter_value, **given | {"round_id": 0})
    above = {"actor": cast.committee_minhhoa, "unit_id": cast.minhhoa}
    refused(NotFound, enter_value, **given | above)
    assert form_of(cast.committee_minhhoa, opened.pk, cast.minhhoa) is None
    leader = form_of(cast.leader_benmau, opened.pk, cast.benmau)  # who hands in sees it
    assert leader is not None and leader.takes_values


def test_noughts_are_confirmed_by_name_all_or_none(cast: Cast, opened: Round) -> None:
    given = place(cast, opened)
    keys = ["labour_days", "rights_restored_vnd"]
    assert enter_zeros(**given, keys=[*keys, "labour_days"]) == 2
    assert line(cast, opened, "labour_days").state == "zero"
    before = FormValue.objects.count()
    refusal = refused(Conflict, enter_zeros, **given, keys=["cases_resolved", "labour_days"])
    assert "Ngày công" in refusal.vi
    refused(BadInput, enter_zeros, **given, keys=[])
    refused(BadInput, enter_zeros, **given, keys=["no_such"])
    typed(cast, opened, "dialogues_held", "2")
    assert not line(cast, opened, "conferences_held").may_be_zero
    refused(BadInput, enter_zeros, **given, keys=["conferences_held"])
    assert FormValue.objects.count() == before + 1
    assert handed_in(cast, opened, "labour_days").state == "zero"


def test_the_form_closes_with_the_round_and_with_the_accepted_version(
    cast: Cast, opened: Round
) -> None:
    typed(cast, opened, "labour_days", "40")
    first = submit(**place(cast, opened))
    typed(cast, opened, "labour_days", "41", 1)  # not accepted yet: the next version may differ
    accept_submission(actor=cast.committee_minhhoa, submission_id=first.pk)
    refused(Conflict, typed, cast=cast, opened=opened, key="labour_days", text="42", version=2)
    assert not form(cast, opened).takes_values
    return_submission(actor=cast.committee_minhhoa, submission_id=first.pk, reason="Thiếu")
    assert form(cast, opened).takes_values
    second = submit(**place(cast, opened))
    values = SubmissionValue.objects.filter(indicator__key="labour_days")
    assert dict(values.values_list("submission__number", "amount")) == {1: 40, 2: 41}
    accept_submission(actor=cast.committee_minhhoa, submission_id=second.pk)
    close_round(actor=cast.committee_minhhoa, round_id=opened.pk, missing=[cast.caumau])
    refused(Conflict, enter_zeros, **place(cast, opened), keys=["cases_resolved"])
    shown = form(cast, opened)
    assert not shown.takes_values and shown.closed_at is not None


def test_the_form_shows_parts_and_the_same_period_of_last_year(
    cast: Cast, opened: Round, settle: Any
) -> None:
    assert form(cast, opened).last_year == ""  # a period the installation has not met
    (before,) = open_periods("nd09:2025H1").values()
    hold(cast.recorder_benmau, cast.benmau, participants=80)
    settle()
    for layer, amount in (("stated", 30), ("recorded", 25)):
        Cell.objects.create(
            unit_id=cast.benmau,
            period_id=before.pk,
            indicator_id=indicator_ids()["dialogues_held"],
            layer=layer,
            reach="all",
            state="reported",
            amount=amount,
        )
    assert form(cast, opened).last_year == "nd09:2025H1"
    shown = line(cast, opened, "dialogues_held")
    assert (shown.recorded, shown.last_year) == ("1", "25")
    assert line(cast, opened, "conferences_held").parts == ("dialogues_held",)
    assert line(cast, opened, "labour_days").last_year == ""
    assert [section for section, _ in form(cast, opened).sections][:2] == ["lead", "outreach"]
    found = form(cast, opened)
    # The parts of what is asked add up to the whole, and the open lines are those without a word.
    told = found.answered
    known = told.reported + told.zero + told.not_applicable + told.implied
    assert (known, told.missing) == (told.n, len(found.open)) and known + told.missing == told.of
    assert {line.state for line in found.open} == {"missing"}
