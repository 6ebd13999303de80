"""A difference between what a unit says and what its records show is noticed by the fold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from danchu.core.calendar.selectors import current_calendar
from danchu.core.clock import on_day
from danchu.core.contracts import OPERATOR
from danchu.core.outbox.models import Message
from danchu.core.outbox.services import drain
from danchu.core.records.services import cancel_record
from danchu.core.work.models import Task
from danchu.reporting.differences import noticing
from danchu.reporting.differences.models import Difference, DifferenceStep
from danchu.reporting.differences.noticing import notice_all
from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.services import return_submission, submit
from tests.cast import TODAY, Cast
from tests.making import receive, work
from tests.reporting.differences.conftest import AFTER, LAST
from tests.reporting.publishing import issue, known
from tests.reporting.readings import figure, take_in

COUNTS = ("citizens_received", "citizens_received_persons", "reception_cases")


def noticed(unit: int, *, alive: bool = True) -> dict[str, Difference]:
    """The differences of a unit by indicator."""
    rows = Difference.objects.filter(unit_id=unit, settled_on__isnull=alive)
    return {row.indicator.key: row for row in rows.select_related("indicator")}


def story(row: Difference) -> list[tuple[str, int | None, int | None]]:
    """What happened to a difference, in order."""
    steps = DifferenceStep.objects.filter(difference=row).order_by("number")
    return [(step.kind, step.stated_amount, step.recorded_amount) for step in steps]


def late_record(cast: Cast, **changes: Any) -> Any:
    """A reception of May that is written down only after the report was handed in."""
    changes = {"visits": 3, "people": 3, "matters": 2, "mass_groups": 0, **changes}
    return receive(cast.recorder_benmau, cast.benmau, **changes)


def tasks(unit: int) -> list[Task]:
    return list(Task.objects.filter(unit_id=unit, kind="difference.explain").order_by("pk"))


def test_a_record_written_after_handing_in_makes_a_difference(
    cast: Cast, version: Any, after: None, settle: Any
) -> None:
    settle()
    assert noticed(cast.benmau) == {}
    late_record(cast)
    settle()
    found = noticed(cast.benmau)
    assert set(found) == set(COUNTS)
    row = found["citizens_received"]
    assert (row.stated_amount, row.recorded_amount) == (12, 15)
    assert (row.stated_in_id, row.recorded_sources) == (version.pk, 2)
    assert (row.noticed_on, row.explain_by) == (AFTER, LAST)
    assert story(row) == [("noticed", 12, 15)]
    (task,) = tasks(cast.benmau)
    assert task.title.startswith("Giải trình chênh lệch số liệu: 3 chỉ tiêu")
    assert (task.due_on, task.inside, task.done_at) == (LAST, True, None)
    assert task.path == "/office/doi-chieu/9A001/nd09:2026H1/"
    assert not Difference.objects.exclude(unit_id=cast.benmau).exists()


def test_looking_again_and_rebuilding_change_nothing(
    cast: Cast, version: Any, after: None, settle: Any
) -> None:
    late_record(cast)
    settle()
    rows = list(Difference.objects.order_by("pk").values())
    steps = list(DifferenceStep.objects.order_by("pk").values())
    notice_all()
    late_record(cast, visits=0, people=0, matters=0)
    settle()
    again = list(Difference.objects.order_by("pk").values())
    assert [r | {"recorded_sources": 0} for r in again] == [
        r | {"recorded_sources": 0} for r in rows
    ]
    assert list(DifferenceStep.objects.order_by("pk").values()) == steps
    assert len(tasks(cast.benmau)) == 1


def test_nothing_is_noticed_while_facts_still_happen(cast: Cast, version: Any, settle: Any) -> None:
    late_record(cast)
    settle()
    assert noticed(cast.benmau) == {}
    with on_day(AFTER):
        notice_all()
        assert set(noticed(cast.benmau)) == set(COUNTS)


def test_facts_after_the_cut_off_are_no_difference(cast: Cast, opened: Any, settle: Any) -> None:
    opened.cut_off = dt.date(2026, 6, 5)
    opened.save()
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    late_record(cast, on=dt.date(2026, 6, 8))
    with on_day(AFTER):
        settle()
        assert noticed(cast.benmau) == {}
        late_record(cast, on=dt.date(2026, 6, 4))
        settle()
        row = noticed(cast.benmau)["citizens_received"]
    assert (row.stated_amount, row.recorded_amount) == (12, 15)
    assert row.recorded_until == dt.date(2026, 6, 5)


def test_a_difference_that_is_mended_is_settled_with_the_day(
    cast: Cast, version: Any, after: None, settle: Any
) -> None:
    record = late_record(cast)
    settle()
    with on_day(AFTER + dt.timedelta(days=1)):
        cancel_record(
            actor=cast.recorder_benmau, record_id=record.pk, reason="Nhầm", right="records.cancel"
        )
        settle()
    assert noticed(cast.benmau) == {}
    row = noticed(cast.benmau, alive=False)["citizens_received"]
    assert (row.settled_on, row.settled_how) == (AFTER + dt.timedelta(days=1), "mended")
    assert story(row) == [("noticed", 12, 15), ("settled", 12, 12)]
    assert [task.done_at is None for task in tasks(cast.benmau)] == [False]


def test_a_new_version_settles_it_and_a_returned_one_says_nothing(
    cast: Cast, opened: Any, version: Any, after: None, settle: Any
) -> None:
    late_record(cast)
    settle()
    return_submission(actor=cast.committee_minhhoa, submission_id=version.pk, reason="Xem lại")
    settle()
    row = noticed(cast.benmau, alive=False)["citizens_received"]
    assert row.settled_how == "withdrawn"
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    settle()
    assert noticed(cast.benmau) == {}
    assert Difference.objects.count() == 3


def test_a_changed_difference_keeps_its_story_and_its_days(
    cast: Cast, version: Any, after: None, settle: Any
) -> None:
    late_record(cast)
    settle()
    with on_day(AFTER + dt.timedelta(days=3)):
        late_record(cast, visits=1, people=1, matters=0)
        settle()
    row = noticed(cast.benmau)["citizens_received"]
    assert (row.recorded_amount, row.explain_by) == (16, LAST)
    assert story(row) == [("noticed", 12, 15), ("changed", 12, 16)]
    assert story(noticed(cast.benmau)["reception_cases"]) == [("noticed", 9, 11)]


def test_the_same_difference_once_more_goes_on_where_it_was(
    cast: Cast, opened: Any, version: Any, after: None, settle: Any
) -> None:
    late_record(cast)
    settle()
    fix = late_record(cast, visits=2, people=2, matters=0)
    settle()
    cancel_record(
        actor=cast.recorder_benmau, record_id=fix.pk, reason="Nhầm", right="records.cancel"
    )
    settle()
    assert Difference.objects.count() == 3
    return_submission(actor=cast.committee_minhhoa, submission_id=version.pk, reason="Xem lại")
    settle()
    for key, text in (("citizens_received", "12"), ("reception_cases", "9")):
        enter_value(
            actor=cast.reporter_benmau,
            round_id=opened.pk,
            unit_id=cast.benmau,
            indicator=key,
            text=text,
            reason="Sổ giấy ghi 12",
            row_version=0,
        )
    with on_day(AFTER + dt.timedelta(days=2)):
        again = submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
        settle()
    row = noticed(cast.benmau)["citizens_received"]
    assert story(row)[-2:] == [("again", 12, 15), ("explained", 12, 15)]
    assert (row.noticed_on, row.explain_by, row.stated_in_id) == (AFTER, LAST, again.pk)
    assert Difference.objects.count() == 3


def test_a_word_handed_in_with_the_figure_is_its_explanation(
    cast: Cast, opened: Any, settle: Any
) -> None:
    settle()
    enter_value(
        actor=cast.reporter_benmau,
        round_id=opened.pk,
        unit_id=cast.benmau,
        indicator="citizens_received",
        text="14",
        reason="Hai lượt chỉ ghi sổ giấy",
        row_version=0,
    )
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    with on_day(AFTER):
        settle()
        notice_all()
        row = noticed(cast.benmau)["citizens_received"]
        assert (row.explanation, row.explanation_stands) == ("Hai lượt chỉ ghi sổ giấy", True)
        assert row.explained_by_id == cast.reporter_benmau.pk
        assert tasks(cast.benmau) == []
        late_record(cast, visits=1, people=0, matters=0)
        settle()
    row = noticed(cast.benmau)["citizens_received"]
    assert (row.explanation, row.explanation_stands) == ("Hai lượt chỉ ghi sổ giấy", False)
    assert len(tasks(cast.benmau)) == 1


def test_a_fold_stopped_in_the_middle_leaves_the_same_as_one_that_was_not(
    cast: Cast, version: Any, after: None, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle()
    late_record(cast)
    waiting = Message.objects.count()

    def killed(*_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(noticing, "follow", killed)
        with pytest.raises(SystemExit), transaction.atomic():
            drain()
    assert Difference.objects.count() == 0
    assert Message.objects.count() == waiting
    settle()
    assert set(noticed(cast.benmau)) == set(COUNTS)
    assert [story(row) for row in noticed(cast.benmau).values()] == [
        [("noticed", r.stated_amount, r.recorded_amount)] for r in noticed(cast.benmau).values()
    ]


def test_a_record_of_a_village_changes_what_its_commune_shows(
    cast: Cast, version: Any, after: None, settle: Any
) -> None:
    settle()
    receive(OPERATOR, cast.maulai, visits=1, people=1, matters=1, mass_groups=0)
    settle()
    row = noticed(cast.benmau)["citizens_received"]
    assert (row.stated_amount, row.recorded_amount) == (12, 13)
    assert noticed(cast.maulai) == {}


def test_without_records_there_is_nothing_to_compare(cast: Cast, opened: Any, settle: Any) -> None:
    enter_value(
        actor=cast.reporter_benmau,
        round_id=opened.pk,
        unit_id=cast.benmau,
        indicator="trainings_held",
        text="4",
        row_version=0,
    )
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    with on_day(AFTER):
        settle()
        notice_all()
        assert noticed(cast.benmau) == {}
        work(cast.recorder_benmau, cast.benmau)
        settle()
        assert noticed(cast.benmau)["trainings_held"].recorded_amount == 2


def test_an_issued_report_is_what_the_unit_says_last(
    cast: Cast, opened: Any, version: Any, settle: Any
) -> None:
    known()
    issued = issue()
    with on_day(AFTER):
        late_record(cast)
        late_record(cast, on=dt.date(2026, 6, 12))  # after the day the report was composed
        settle()
        row = noticed(cast.benmau)["citizens_received"]
    assert (row.stated_in_id, row.stated_amount, row.recorded_amount) == (issued.pk, 12, 15)
    assert row.recorded_until == TODAY


def test_a_version_handed_in_after_the_issue_on_the_same_day_is_the_last_word(
    cast: Cast, opened: Any, version: Any, settle: Any
) -> None:
    with on_day(AFTER):
        known()
        issue(on=AFTER)
        late_record(cast)
        settle()
        assert noticed(cast.benmau)["citizens_received"].stated_amount == 12
        return_submission(actor=cast.committee_minhhoa, submission_id=version.pk, reason="Xem lại")
        submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
        settle()
        assert noticed(cast.benmau) == {}
        row = noticed(cast.benmau, alive=False)["citizens_received"]
    assert (row.settled_how, row.settled_on) == ("amended", AFTER)


def test_a_confirmed_old_report_stands_until_the_unit_says_something_later(
    cast: Cast, opened: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = take_in(
        monkeypatch,
        cast.reporter_benmau,
        cast.benmau,
        figure("12 ý kiến", "citizens_received", 20),
        figure("40 cuộc", "reception_cases", 4, scope="thôn Mẫu Lai"),
        period="nd09:2026H1",
        confirm=True,
    )
    with on_day(AFTER):
        settle()
        row = noticed(cast.benmau)["citizens_received"]
        assert (row.stated_in_id, row.stated_amount) == (document.pk, 20)
        assert set(noticed(cast.benmau)) == {"citizens_received"}
        submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
        settle()
    assert noticed(cast.benmau) == {}
    assert noticed(cast.benmau, alive=False)["citizens_received"].settled_how == "amended"


def test_the_worker_looks_at_every_living_period_each_day() -> None:
    from danchu.cli.serving import daily_duties

    assert notice_all in daily_duties()


def test_days_off_are_no_days_to_explain_in(
    cast: Cast, opened: Any, version: Any, settle: Any
) -> None:
    with on_day(dt.date(2026, 8, 25)):  # a Tuesday before the National Day
        late_record(cast)
        settle()
    row = noticed(cast.benmau)["citizens_received"]
    due = current_calendar().add_working_days(dt.date(2026, 8, 25), 10)
    assert due.skipped[-1].date < due.date
    assert (row.explain_by, row.calendar_version) == (due.date, due.calendar_version)
    assert row.explain_by > dt.date(2026, 9, 8)  # ten weekdays later without the holiday
