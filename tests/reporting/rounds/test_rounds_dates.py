"""A round has a day for each level and a lock; lateness, reminders and the board go by them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.work.models import Task
from danchu.reporting.rounds.closing import close_round, reopen_round
from danchu.reporting.rounds.dates import change_days, offered_days
from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.following import rounds_to_follow
from danchu.reporting.rounds.form import form_of
from danchu.reporting.rounds.models import ExpectedReporter, Round
from danchu.reporting.rounds.reminding import reminder
from danchu.reporting.rounds.selectors import (
    Below,
    dues_of,
    round_of,
    waiting_below,
)
from danchu.reporting.rounds.services import (
    accept_submission,
    open_round,
    return_submission,
    submit,
)
from tests.cast import Cast
from tests.making import cut_off, entries, refused
from tests.reporting.folding import open_periods


def june(day: int) -> dt.date:
    return dt.date(2026, 6, day)


VILLAGES = {f"9A001.0{n}" for n in range(1, 6)}
DUE = {"village": june(15), "workplace": june(17), "commune": june(18), "province": june(22)}


def opening(cast: Cast, **changes: Any) -> dict[str, Any]:
    (period,) = open_periods("nd09:2026H1").values()
    return {
        "actor": cast.committee_minhhoa,
        "unit_id": cast.minhhoa,
        "period": period,
        "title": "Sơ kết",
        "cut_off": june(14),
        "due_on": june(16),
        "due": DUE,
        **changes,
    }


@pytest.fixture
def asked(cast: Cast) -> Round:
    """The province's round, with a day for each level and a lock."""
    return open_round(**opening(cast, locks_on=june(20)))


@pytest.fixture
def below(cast: Cast, asked: Round) -> Round:
    """The round of Bến Mẫu below it."""
    return open_round(**opening(cast, unit_id=cast.benmau, title="Số liệu của thôn"))


def seen(cast: Cast, found: Round, on: dt.date) -> Any:
    return round_of(cast.committee_minhhoa, found.unit_id, found.period, on)


def test_every_unit_is_due_by_the_day_of_its_level(cast: Cast, asked: Round, below: Round) -> None:
    days = dict(ExpectedReporter.objects.values_list("unit_id", "due_on"))
    assert (days[cast.benmau], days[cast.maulai], days[cast.workplace]) == (
        june(18),
        june(15),
        june(17),
    )
    assert (asked.due_on, below.due_on, asked.locks_on, below.locks_on) == (
        june(18),
        june(17),
        june(20),
        None,
    )
    task = Task.objects.get(key=f"round.submit:{below.pk}:{cast.maulai}")
    assert task.due_on == june(15)
    board = seen(cast, below, june(16))
    late = {line.code: line.days_late for line in board.reporters if line.days_late}
    assert late == dict.fromkeys(VILLAGES, 1)  # the workplace has a day left
    assert dues_of(cast.committee_minhhoa, board) == DUE
    assert dues_of(cast.reporter_caumau, board) == {}


def test_the_days_of_the_scheme_are_offered_and_below_those_of_the_round_above(
    cast: Cast, settle: Any
) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    offered = offered_days(cast.minhhoa, period)
    # The cut-off, 14 June 2026, is a Sunday.
    assert offered["village"] == june(15) and offered["commune"] == june(16)
    assert offered["province"] == june(19)
    open_round(**opening(cast))
    below = offered_days(cast.benmau, period)
    assert {level: below[level] for level in DUE} == DUE
    assert offered_days(cast.mautrung, period)["commune"] == june(16)


def test_dates_that_cannot_be_are_refused_beside_their_level(cast: Cast) -> None:
    for wrong, field in (
        ({"due": {"commune": june(13)}}, "due_commune"),
        ({"due": {"village": june(13)}}, "due_village"),
        ({"due": {"village": june(17), "commune": june(16)}}, "due_village"),
        ({"due": {"commune": june(19), "province": june(18)}}, "due_commune"),
        ({"due": {"moon": june(19)}}, "due"),
        ({"locks_on": june(17)}, "locks_on"),
    ):
        assert refused(BadInput, open_round, **opening(cast, **wrong)).field == field


def test_a_lock_more_than_a_year_after_the_last_day_is_refused_with_the_limit(cast: Cast) -> None:
    last = DUE["commune"]  # the round asks communes
    year = last.replace(year=last.year + 1)
    for far in (year + dt.timedelta(days=1), dt.date(2199, 12, 31), dt.date.max):
        refusal = refused(BadInput, open_round, **opening(cast, locks_on=far))
        assert refusal.field == "locks_on" and f"chậm nhất là {year:%d/%m/%Y}" in refusal.vi
    made = open_round(**opening(cast, locks_on=year))
    change = {"actor": cast.committee_minhhoa, "round_id": made.pk, "reason": "Bão", "due": {}}
    far = year + dt.timedelta(days=1)
    assert refused(BadInput, change_days, **change, locks_on=far).field == "locks_on"
    made.refresh_from_db()
    assert made.locks_on == year


def test_all_dates_that_cannot_be_are_told_at_once(cast: Cast) -> None:
    wrong = {
        "due": {"village": june(13), "commune": june(18), "province": june(17)},
        "locks_on": june(16),
    }
    told = refused(BadInput, open_round, **opening(cast, **wrong)).each
    assert [fault.field for fault in told] == ["due_village", "due_commune", "locks_on"]
    assert len({fault.vi for fault in told}) == 3
    made = open_round(**opening(cast))
    change = {"actor": cast.committee_minhhoa, "round_id": made.pk, "reason": "Lùi hạn"}
    told = refused(BadInput, change_days, **change, **wrong).each
    assert [fault.field for fault in told] == ["due_village", "due_commune", "locks_on"]


def test_after_the_lock_nothing_is_typed_handed_in_or_sent_back(cast: Cast, asked: Round) -> None:
    who = {"actor": cast.reporter_benmau, "round_id": asked.pk, "unit_id": cast.benmau}
    cell = {**who, "indicator": "labour_days", "row_version": 0, "text": "3"}
    version = submit(**who)
    back = {"actor": cast.committee_minhhoa, "submission_id": version.pk, "reason": "Thiếu"}
    with on_day(june(20)):
        enter_value(**cell)
    with on_day(june(21)):
        for call, given in ((enter_value, {**cell, "row_version": 1}), (submit, who)):
            refusal = refused(Conflict, call, **given)
            assert "khóa sau ngày 20/6/2026" in refusal.vi.replace("20/06", "20/6")
        refused(Conflict, return_submission, **back)  # the unit could not hand in again
        form = form_of(cast.reporter_benmau, asked.pk, cast.benmau)
        assert form is not None
        assert (form.takes_values, form.locked_after) == (False, june(20))
        change_days(
            actor=cast.committee_minhhoa,
            round_id=asked.pk,
            due={"commune": june(22)},
            locks_on=june(23),
            reason="Mất điện ba ngày",
        )
        return_submission(**back)
        submit(**who)
        accept_submission(
            actor=cast.committee_minhhoa, submission_id=asked.submissions.get(number=2).pk
        )
    with on_day(june(24)):  # what was handed in in time is still decided, and the round closed
        close_round(actor=cast.committee_minhhoa, round_id=asked.pk, missing=[cast.caumau])
        reopen_round(
            actor=cast.committee_minhhoa, round_id=asked.pk, reason="Sai", units=[cast.benmau]
        )
        assert submit(**who).number == 3  # opened again, it takes what it was opened for


def test_other_dates_need_the_right_a_reason_and_an_open_round(
    cast: Cast, asked: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"round_id": asked.pk, "due": {"commune": june(19)}, "locks_on": None, "reason": "Bão"}
    for stranger in (cast.reporter_benmau, cast.leader_minhhoa, cast.committee_maunguyen, NOBODY):
        refused(NotAllowed, change_days, actor=stranger, **given)
    who = cast.committee_minhhoa
    refused(NotFound, change_days, actor=who, **{**given, "round_id": 10**9})
    assert refused(BadInput, change_days, actor=who, **{**given, "reason": " "}).field == "reason"
    too_early = {**given, "due": {"commune": june(14)}}
    assert refused(BadInput, change_days, actor=who, **too_early).field == "due_village"
    cut_off(monkeypatch, change_days, actor=who, **given)
    changed = change_days(actor=who, **given)
    assert (changed.due_on, changed.locks_on) == (june(19), None)
    assert set(asked.expected.values_list("due_on", flat=True)) == {june(19)}
    task = Task.objects.get(key=f"round.submit:{asked.pk}:{cast.benmau}")
    assert task.due_on == june(19)
    assert len(entries("round.days_changed")) == 1
    close_round(actor=who, round_id=asked.pk, missing=[cast.benmau, cast.caumau])
    refused(Conflict, change_days, actor=who, **given)


def test_no_level_is_due_more_than_a_year_after_the_period(cast: Cast, asked: Round) -> None:
    who, far = cast.committee_minhhoa, dt.date(2199, 1, 1)
    last = asked.period.end.replace(year=asked.period.end.year + 1)
    given = {"actor": who, "round_id": asked.pk, "locks_on": None, "reason": "Bão"}
    for day in (far, last + dt.timedelta(days=1)):
        due = {"commune": day, "province": day}
        told = refused(BadInput, change_days, **given, due=due).each
        assert [fault.field for fault in told] == ["due_commune", "due_province"]
        assert f"chậm nhất là {last:%d/%m/%Y}" in told[0].vi
    assert set(asked.expected.values_list("due_on", flat=True)) == {DUE["commune"]}
    change_days(**given, due={"commune": last, "province": last})
    assert set(asked.expected.values_list("due_on", flat=True)) == {last}


def test_a_round_is_not_opened_for_a_day_more_than_a_year_after_its_period(cast: Cast) -> None:
    far = dt.date(2199, 1, 1)
    given = opening(cast, due={}, due_on=far)
    assert refused(BadInput, open_round, **given).field == "due_on"
    late = opening(cast, due={"commune": june(18).replace(year=2028)}, cut_off=june(14))
    refused(BadInput, open_round, **late)
    with on_day(june(18).replace(year=2028)):  # figures of long ago, collected now
        open_round(**late)


def test_the_board_knows_at_which_level_a_file_lies(
    cast: Cast, asked: Round, below: Round, django_assert_max_num_queries: Any
) -> None:
    who = cast.committee_minhhoa
    on = june(16)
    count = below.expected.count()
    board = seen(cast, asked, on)
    with django_assert_max_num_queries(3):
        assert waiting_below(who, board, on) == {cast.benmau: Below(count, count, len(VILLAGES), 0)}
    sent = submit(actor=OPERATOR, round_id=below.pk, unit_id=cast.maulai)
    assert waiting_below(who, board, on)[cast.benmau] == Below(
        count, count - 1, len(VILLAGES) - 1, 1
    )
    return_submission(actor=OPERATOR, submission_id=sent.pk, reason="Thiếu")
    assert waiting_below(who, board, on)[cast.benmau] == Below(count, count, len(VILLAGES), 0)
    assert waiting_below(cast.reporter_caumau, board, on) == {}


def test_who_is_reminded_is_told_its_own_day(cast: Cast, asked: Round, below: Round) -> None:
    told = reminder(seen(cast, below, june(16)), june(16))
    first = told.index("Đã quá hạn 1 ngày (hạn 15/6/2026): thôn Mẫu")
    assert first < told.index("Hạn nộp 17/6/2026: ")
    assert "Đề nghị đơn vị quá hạn nộp ngay, các đơn vị khác nộp đúng hạn" in told
    one = reminder(seen(cast, asked, june(16)), june(16))
    assert one.startswith("Sơ kết: hạn nộp 18/6/2026. Đến ngày 16/6/2026 còn 02 đơn vị")
    assert one.endswith("khóa nhập số liệu sau ngày 20/6/2026.")
    followed = rounds_to_follow(cast.committee_minhhoa, cast.benmau, june(16)).rounds[0]
    assert {line.code for line in followed.late} == VILLAGES
    assert followed.due_on == june(17)  # the next day on which somebody is awaited
