"""A commune moves to another province inside the half-year, before or after it handed in."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.core.changes.models import MapChange
from danchu.core.changes.withdrawing import withdraw_map_change
from danchu.core.clock import now
from danchu.core.contracts import OPERATOR
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.outbox.services import enqueue
from danchu.core.records.models import Record
from danchu.core.records.services import FIGURES
from danchu.core.units.services import place_unit
from danchu.core.work.models import Task
from danchu.reporting.figures.models import Cell
from danchu.reporting.figures.selectors import indicator_ids
from danchu.reporting.reviews.freezing import freeze_report
from danchu.reporting.reviews.frozen_files import kept_data
from danchu.reporting.reviews.models import FrozenReport
from danchu.reporting.rounds.closing import reopen_round
from danchu.reporting.rounds.form import form_for
from danchu.reporting.rounds.models import (
    ExpectedReporter,
    Round,
    Submission,
    SubmissionValue,
)
from danchu.reporting.rounds.services import return_submission, submit
from tests.cast import Cast
from tests.making import refused
from tests.reporting.rounds.moving import (
    KEY,
    MOVED_ON,
    PERIOD,
    a_nation,
    adds_up,
    board,
    call,
    close,
    hand_in,
    move,
    said,
    the_period,
    view_of,
)


def closed_round_of_both(cast: Cast) -> Any:
    opened = call(cast.minhhoa, "Sơ kết Minh Họa")
    hand_in(opened, cast.benmau, 10)
    hand_in(opened, cast.caumau, 20)
    close(opened)
    return opened


def frozen_of_minhhoa() -> FrozenReport:
    from danchu.demo.load import settle as folded
    from danchu.reporting.reviews.compose import compose
    from danchu.reporting.reviews.shortcomings import shortcomings

    compose(viewer=OPERATOR, code="9A", period_code=PERIOD)
    folded()  # what the report compares with, too
    report = compose(viewer=OPERATOR, code="9A", period_code=PERIOD)
    known = [item.key for item in shortcomings(OPERATOR, report)]
    return freeze_report(actor=OPERATOR, code="9A", period_code=PERIOD, known=known)


def test_a_closed_round_keeps_its_figures_when_a_commune_moves_away(
    cast: Cast, settle: Any
) -> None:
    nation = a_nation(cast)
    opened = closed_round_of_both(cast)
    settle()
    assert said(cast.minhhoa) == (30, 2, 2)
    move(cast.benmau, cast.maunguyen)
    adds_up(nation, settle)
    assert said(cast.minhhoa) == (30, 2, 2)
    assert said(cast.maunguyen) is None
    whole = said(nation)
    assert whole is not None and whole[:2] == (30, 2)
    data = kept_data(frozen_of_minhhoa())
    assert [v["unit"] for v in data["versions"]] == ["9A001", "9A002"]
    (figure,) = (f for f in data["report"]["figures"] if f["key"] == KEY)
    assert figure["amount"] == 30
    # Opened again for an amendment it is still the round in which Bến Mẫu is counted.
    reopen_round(actor=OPERATOR, round_id=opened.pk, reason="Đính chính", units=[cast.benmau])
    hand_in(opened, cast.benmau, 11)
    adds_up(nation, settle)
    assert (said(cast.minhhoa), said(cast.maunguyen)) == ((31, 2, 2), None)
    close(opened)
    adds_up(nation, settle)
    assert said(cast.minhhoa) == (31, 2, 2)


def test_a_report_whose_figures_are_not_those_of_its_versions_is_not_frozen(
    cast: Cast, settle: Any
) -> None:
    closed_round_of_both(cast)
    settle()
    Cell.objects.filter(
        unit_id=cast.minhhoa,
        period_id=the_period().pk,
        layer="reported",
        reach="all",
        indicator_id=indicator_ids()[KEY],
    ).update(amount=20)
    with pytest.raises(Conflict) as told:
        frozen_of_minhhoa()
    assert "các bản nộp đã chốt" in told.value.vi and told.value.en
    assert not FrozenReport.objects.exists()


def test_what_a_village_hands_in_later_changes_no_closed_round(cast: Cast, settle: Any) -> None:
    opened = call(cast.minhhoa, "Sơ kết Minh Họa")
    hand_in(opened, cast.caumau, 20)
    close(opened, cast.benmau)
    settle()
    assert said(cast.minhhoa) == (20, 1, 2)
    villages = call(cast.benmau, "Sơ kết xã")
    hand_in(villages, cast.maulai, 5)
    settle()
    assert said(cast.benmau) == (5, 1, 1)
    assert said(cast.minhhoa) == (20, 1, 2)


def asked_in_both(cast: Cast) -> tuple[Round, Round]:
    """As an earlier release left it: both provinces ask Bến Mẫu for one half-year."""
    first, second = call(cast.minhhoa, "Sơ kết 9A"), call(cast.maunguyen, "Sơ kết 9B")
    ExpectedReporter.objects.get_or_create(
        round=second, unit_id=cast.benmau, defaults={"due_on": second.due_on}
    )
    return first, second


def version(asked: Round, unit_id: int, number: int, days: int) -> Submission:
    made = Submission.objects.create(
        record=Record.objects.create(kind="submission", unit_id=unit_id, occurred_on=MOVED_ON),
        round=asked,
        unit_id=unit_id,
        number=number,
        submitted_at=now(),
    )
    SubmissionValue.objects.create(
        submission=made, indicator_id=indicator_ids()[KEY], state="reported", amount=days
    )
    return made


def test_of_two_rounds_that_ask_one_commune_a_returned_version_hides_nothing(
    cast: Cast, settle: Any
) -> None:
    nation = a_nation(cast)
    first, second = asked_in_both(cast)

    def shown(state: str, made: Submission) -> Any:
        Submission.objects.filter(pk=made.pk).update(state=state)
        enqueue(FIGURES, unit_id=cast.benmau, period_id=the_period().pk)
        adds_up(nation, settle)
        found = said(cast.benmau)
        return found[0] if found else None

    assert shown("accepted", version(first, cast.benmau, 1, 10)) == 10
    place_unit(
        actor=OPERATOR,
        unit_id=cast.benmau,
        tree="state",
        parent_id=cast.maunguyen,
        valid_from=MOVED_ON,
    )
    assert shown("returned", version(second, cast.benmau, 1, 12)) == 10
    assert shown("accepted", version(second, cast.benmau, 2, 13)) == 13
    again = version(first, cast.benmau, 3, 11)
    assert shown("submitted", again) == 13  # handed in later, to whom it belongs no more
    assert shown("returned", again) == 13
    assert (said(cast.minhhoa), said(cast.maunguyen)) == (None, (13, 1, 3))
    for made in Submission.objects.filter(round=second):
        shown("returned", made)
    assert said(cast.benmau) is None
    assert shown("accepted", version(first, cast.benmau, 4, 14)) == 14
    Round.objects.filter(pk=first.pk).update(closed_at=now())
    assert shown("accepted", version(second, cast.benmau, 3, 15)) == 14  # was counted for good


def two_rounds(cast: Cast) -> tuple[Round, Round]:
    return call(cast.minhhoa, "Sơ kết 9A"), call(cast.maunguyen, "Sơ kết 9B")


def test_a_commune_that_came_stands_in_for_nobody_who_is_missing(cast: Cast, settle: Any) -> None:
    nation = a_nation(cast)
    first, second = two_rounds(cast)
    hand_in(first, cast.benmau, 10)
    hand_in(first, cast.caumau, 20)
    hand_in(second, cast.mautrung, 5)
    plan = move(cast.benmau, cast.maunguyen)
    assert any("vẫn tính trong đợt" in item.text_vi for item in plan.touched)
    close(first)
    close(second, cast.thuong)  # who is named, and only who never handed in
    adds_up(nation, settle)
    assert (said(cast.minhhoa), said(cast.maunguyen)) == ((30, 2, 2), (5, 1, 2))
    assert board(cast.minhhoa) == {"xã Bến Mẫu": "accepted", "phường Cầu Mẫu": "accepted"}
    here = {line.unit_id: line for line in view_of(cast.maunguyen).reporters}
    assert here[cast.benmau].state == "excused"
    assert "đợt “Sơ kết 9A” của tỉnh Minh Họa" in here[cast.benmau].reason
    assert here[cast.thuong].state in ("missing", "late")


def test_who_has_not_handed_in_does_so_where_it_belongs_now(cast: Cast, settle: Any) -> None:
    nation = a_nation(cast)
    first, second = two_rounds(cast)
    made = hand_in(first, cast.benmau, 10, accept=False)
    return_submission(actor=OPERATOR, submission_id=made.pk, reason="Kiểm tra lại")
    move(cast.benmau, cast.maunguyen)
    old = {line.unit_id: line for line in view_of(cast.minhhoa).reporters}[cast.benmau]
    assert old.state == "excused" and "Sơ kết 9B" in old.reason
    refused(NotFound, submit, actor=OPERATOR, round_id=first.pk, unit_id=cast.benmau)
    waiting = Task.objects.filter(unit_id=cast.benmau, kind="round.submit", done_at=None)
    assert [task.key for task in waiting] == [f"round.submit:{second.pk}:{cast.benmau}"]
    assert waiting[0].due_on == first.due_on
    form = form_for(OPERATOR, cast.benmau, the_period())
    assert form is not None and form.round_id == second.pk
    (line,) = (line for line in form.lines if line.key == KEY)
    assert line.amount == 10  # what it had typed came with it
    hand_in(second, cast.benmau, 13)
    adds_up(nation, settle)
    assert (said(cast.minhhoa), said(cast.maunguyen)) == (None, (13, 1, 3))
    close(first, cast.caumau)
    told = refused(
        BadInput,
        reopen_round,
        actor=OPERATOR,
        round_id=first.pk,
        reason="Đính chính",
        units=[cast.benmau],
    )
    assert "thuộc đợt" in told.vi


def test_a_round_that_opens_after_the_move_asks_nobody_a_second_time(
    cast: Cast, settle: Any
) -> None:
    nation = a_nation(cast)
    first = call(cast.minhhoa, "Sơ kết 9A")
    hand_in(first, cast.benmau, 10)
    move(cast.benmau, cast.maunguyen)
    move(cast.caumau, cast.maunguyen)
    second = call(cast.maunguyen, "Sơ kết 9B")
    assert board(cast.maunguyen)["xã Bến Mẫu"] == "excused"
    assert board(cast.minhhoa) == {"xã Bến Mẫu": "accepted", "phường Cầu Mẫu": "excused"}
    refused(NotFound, submit, actor=OPERATOR, round_id=second.pk, unit_id=cast.benmau)
    hand_in(second, cast.caumau, 20)
    adds_up(nation, settle)
    assert (said(cast.minhhoa), said(cast.maunguyen)) == ((10, 1, 1), (20, 1, 3))


def test_a_move_taken_back_puts_the_lines_back(cast: Cast, settle: Any) -> None:
    first, second = two_rounds(cast)
    hand_in(first, cast.benmau, 10)

    def lines() -> list[Any]:
        columns = ("round_id", "unit_id", "due_on", "excused")
        return sorted(ExpectedReporter.objects.values_list(*columns))

    before = lines()
    for unit in (cast.benmau, cast.caumau):
        move(unit, cast.maunguyen)
        change = MapChange.objects.latest("pk")
        assert lines() != before
        withdraw_map_change(actor=OPERATOR, public_id=change.public_id, reason="Nhập nhầm")
        assert lines() == before
    move(cast.caumau, cast.maunguyen)
    change = MapChange.objects.latest("pk")
    made = hand_in(second, cast.caumau, 20, accept=False)
    again = {"actor": OPERATOR, "public_id": change.public_id, "reason": "Nhập nhầm"}
    refused(Conflict, withdraw_map_change, **again)
    assert Submission.objects.filter(pk=made.pk).exists()


def test_a_nation_expects_a_commune_once_that_moved_to_a_province_without_a_round(
    cast: Cast, settle: Any
) -> None:
    nation = a_nation(cast)
    first = call(cast.minhhoa, "Sơ kết 9A")
    hand_in(first, cast.benmau, 10)
    settle()
    assert said(nation) == (10, 1, 4)  # four communes in two provinces
    move(cast.benmau, cast.maunguyen)
    adds_up(nation, settle)
    assert (said(cast.minhhoa), said(cast.maunguyen)) == ((10, 1, 2), None)
    assert said(nation) == (10, 1, 4)


def test_a_nation_expects_a_commune_once_that_moved_to_a_round_where_nothing_is_handed_in(
    cast: Cast, settle: Any
) -> None:
    nation = a_nation(cast)
    first, _second = two_rounds(cast)
    hand_in(first, cast.benmau, 10)
    move(cast.benmau, cast.maunguyen)
    adds_up(nation, settle)
    assert (said(cast.minhhoa), said(cast.maunguyen)) == ((10, 1, 2), None)
    assert said(nation) == (10, 1, 4)
