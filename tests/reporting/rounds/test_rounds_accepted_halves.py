"""The form of a year takes over what was accepted in its two halves, and says when it cannot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from danchu.core.clock import on_day
from danchu.core.errors import BadInput, Conflict
from danchu.reporting.figures.selectors import indicator_ids, values
from danchu.reporting.reviews.figures import report_figures
from danchu.reporting.rounds.checked import findings_on_form
from danchu.reporting.rounds.entering import clear_value, enter_value
from danchu.reporting.rounds.form import FormLine, form_of
from danchu.reporting.rounds.models import Round, SubmissionValue
from danchu.reporting.rounds.services import (
    accept_submission,
    return_submission,
    submit,
)
from tests.cast import Cast
from tests.making import hold, refused, work
from tests.reporting.halves import H1, H2, YEAR, accepted, handed_in, rounds_of_2026, typed

FLOW, STOCK, OTHER_FLOW = "cases_resolved", "opinions_pending", "petitions_received"
COUNTED_ONCE, SAID_ONCE = "projects_supervised", "documents_issued"


@pytest.fixture(autouse=True)
def after_the_year() -> Iterator[None]:
    """All three rounds may be filled on this day."""
    with on_day(dt.date(2026, 12, 21)):
        yield


@pytest.fixture
def rounds(cast: Cast) -> dict[str, Round]:
    """The rounds of both halves and of the year."""
    return rounds_of_2026(cast)


def line(cast: Cast, asked: Round, key: str) -> FormLine:
    form = form_of(cast.reporter_benmau, asked.pk, cast.benmau)
    assert form is not None
    (found,) = (found for found in form.lines if found.key == key)
    return found


def has(cast: Cast, asked: Round, key: str) -> bool:
    form = form_of(cast.reporter_benmau, asked.pk, cast.benmau)
    assert form is not None
    return any(found.key == key for found in form.lines)


def test_a_year_is_what_was_accepted_in_its_halves_by_the_operator_of_each_indicator(
    cast: Cast, rounds: dict[str, Round], settle: Any
) -> None:
    hold(cast.recorder_benmau, cast.benmau, "Mương bị lấp.")  # so that the forms ask for the stock
    settle()
    first = accepted(cast, rounds[H1], **{FLOW: "12", OTHER_FLOW: "0"}, opinions_answered="0")
    later = {"opinions_received": "3", "opinions_answered": "1", STOCK: "3"}  # one carried over
    second = accepted(cast, rounds[H2], **{FLOW: "30", OTHER_FLOW: "0"}, **later)
    for version in (first, second):
        once = indicator_ids()[COUNTED_ONCE]
        SubmissionValue.objects.create(
            submission=version, indicator_id=once, state="reported", amount=3
        )
    flow, stock = line(cast, rounds[YEAR], FLOW), line(cast, rounds[YEAR], STOCK)
    assert (flow.state, flow.amount, flow.taken_over) == ("reported", 42, True)
    assert (stock.state, stock.amount, stock.taken_over) == ("reported", 3, True)
    nought = line(cast, rounds[YEAR], OTHER_FLOW)
    assert (nought.state, nought.amount) == ("zero", 0)
    # Projects counted once in a year do not follow from those of its halves.
    assert not has(cast, rounds[YEAR], COUNTED_ONCE)

    made = submit(actor=cast.reporter_benmau, round_id=rounds[YEAR].pk, unit_id=cast.benmau)
    held = SubmissionValue.objects.get(submission=made, indicator__key=FLOW)
    assert (held.state, held.amount, held.recorded_amount, held.reason) == (
        "reported",
        42,
        None,
        "",
    )
    settle()
    known = values(cast.committee_minhhoa, cast.minhhoa, rounds[YEAR].period, level="province")
    assert known["reported", FLOW, ""].amount == 42


def test_a_share_of_the_year_is_made_from_its_two_numbers_of_the_year(
    cast: Cast, rounds: dict[str, Round], settle: Any
) -> None:
    accepted(cast, rounds[H1], opinions_received="10", opinions_resolved="10")
    accepted(cast, rounds[H2], opinions_received="30", opinions_resolved="10")
    submit(actor=cast.reporter_benmau, round_id=rounds[YEAR].pk, unit_id=cast.benmau)
    settle()
    asked = (cast.benmau, "commune", "9A001", rounds[YEAR].period)
    figures = report_figures(cast.reporter_benmau, *asked)
    assert figures["opinions_resolved_pct"].text == "50%"  # 20 of 40, no mean of 100 and 33


def test_without_both_halves_accepted_the_cell_says_which_one_is_missing(
    cast: Cast, rounds: dict[str, Round], settle: Any
) -> None:
    assert line(cast, rounds[YEAR], FLOW).halves is None
    hold(cast.recorder_benmau, cast.benmau, "Mương bị lấp.")
    settle()
    accepted(cast, rounds[H1], **{FLOW: "12", SAID_ONCE: "2"})
    version = handed_in(cast, rounds[H2], **{FLOW: "30"})
    for key in (FLOW, STOCK):
        found = line(cast, rounds[YEAR], key)
        assert not found.taken_over
        assert found.halves is not None and found.halves.lacking == (H2,)
    accept_submission(actor=cast.committee_minhhoa, submission_id=version.pk)
    assert line(cast, rounds[YEAR], FLOW).amount == 42
    # Accepted, but silent on this one.
    assert line(cast, rounds[YEAR], OTHER_FLOW).halves is None
    silent = line(cast, rounds[YEAR], SAID_ONCE)
    assert (silent.state, silent.taken_over) == ("missing", False)
    assert silent.halves is not None
    assert (silent.halves.lacking, silent.halves.unsaid) == ((), (H2,))
    return_submission(actor=cast.committee_minhhoa, submission_id=version.pk, reason="Xem lại")
    assert line(cast, rounds[YEAR], FLOW).amount is None


def test_the_halves_of_another_unit_are_nobodys_here(cast: Cast, rounds: dict[str, Round]) -> None:
    accepted(cast, rounds[H1], **{FLOW: "12"})
    accepted(cast, rounds[H2], **{FLOW: "30"})
    form = form_of(cast.reporter_caumau, rounds[YEAR].pk, cast.caumau)
    assert form is not None and all(found.halves is None for found in form.lines)
    assert form_of(cast.reporter_caumau, rounds[YEAR].pk, cast.benmau) is None
    half = form_of(cast.reporter_benmau, rounds[H2].pk, cast.benmau)
    assert half is not None and all(found.halves is None for found in half.lines)


def test_records_that_say_something_else_are_shown_and_do_not_hold_the_year_back(
    cast: Cast, rounds: dict[str, Round], settle: Any
) -> None:
    key = "trainings_held"
    accepted(cast, rounds[H1], **{key: "5"})
    accepted(cast, rounds[H2], **{key: "6"})
    work(cast.recorder_benmau, cast.benmau, number=13, people=70)
    settle()
    found = line(cast, rounds[YEAR], key)
    assert (found.amount, found.recorded, found.halves_text) == (11, "13", "11")
    assert found.taken_over and found.halves_differ
    told = findings_on_form(cast.reporter_benmau, rounds[YEAR].pk, cast.benmau, rounds[YEAR].period)
    assert not any(key in finding.indicators and finding.holds_back for finding in told)
    made = submit(actor=cast.reporter_benmau, round_id=rounds[YEAR].pk, unit_id=cast.benmau)
    held = SubmissionValue.objects.get(submission=made, indicator__key=key)
    assert (held.amount, held.recorded_amount) == (11, 13)
    assert held.reason == "Cộng từ hai kỳ 6 tháng đã tiếp nhận"


def test_another_number_than_the_accepted_one_needs_its_reason_that_of_the_records_too(
    cast: Cast, rounds: dict[str, Round], settle: Any
) -> None:
    key, year = "trainings_held", rounds[YEAR]
    accepted(cast, rounds[H1], **{key: "5"})
    accepted(cast, rounds[H2], **{key: "6"})
    work(cast.recorder_benmau, cast.benmau, number=13, people=70)
    settle()
    given = {"actor": cast.reporter_benmau, "round_id": year.pk, "unit_id": cast.benmau}
    given |= {"indicator": key, "row_version": 0}
    refusal = refused(BadInput, enter_value, **given, text="13")
    assert refusal.code == "reason_needed" and "hai kỳ 6 tháng" in refusal.vi
    assert typed(cast, year, key, text="11").amount == 11  # as accepted: nothing to explain
    assert not line(cast, year, key).lacks_reason
    row = typed(cast, year, key, text="13", reason="Ghi bổ sung sau khi chốt", row_version=1)
    assert line(cast, year, key).amount == 13
    clear_value(**{**given, "row_version": row.row_version})
    assert (line(cast, year, key).amount, line(cast, year, key).taken_over) == (11, True)


def test_what_was_typed_before_the_halves_were_accepted_is_explained_before_handing_in(
    cast: Cast, rounds: dict[str, Round]
) -> None:
    year = rounds[YEAR]
    typed(cast, year, FLOW, text="40")
    accepted(cast, rounds[H1], **{FLOW: "12"})
    accepted(cast, rounds[H2], **{FLOW: "30"})
    assert line(cast, year, FLOW).lacks_reason
    given = {"actor": cast.reporter_benmau, "round_id": year.pk, "unit_id": cast.benmau}
    assert "hai kỳ 6 tháng" in refused(Conflict, submit, **given).vi
    typed(cast, year, FLOW, text="40", reason="Hai vụ tính hai lần", row_version=1)
    made = submit(**given)
    held = SubmissionValue.objects.get(submission=made, indicator__key=FLOW)
    assert (held.amount, held.reason) == (40, "Hai vụ tính hai lần")


def test_what_does_not_apply_in_both_halves_does_not_apply_in_the_year(
    cast: Cast, rounds: dict[str, Round]
) -> None:
    for code in (H1, H2):
        typed(cast, rounds[code], FLOW, state="not_applicable", reason="Không có thẩm quyền")
        accepted(cast, rounds[code])
    found = line(cast, rounds[YEAR], FLOW)
    assert (found.state, found.taken_over) == ("not_applicable", True)
    made = submit(actor=cast.reporter_benmau, round_id=rounds[YEAR].pk, unit_id=cast.benmau)
    held = SubmissionValue.objects.get(submission=made, indicator__key=FLOW)
    assert (held.state, held.reason) == ("not_applicable", "Không có thẩm quyền")
