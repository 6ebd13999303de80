"""The unit sees a difference first, explains it, and then the levels above see both."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.work.models import Task
from danchu.core.work.selectors import open_tasks
from danchu.reporting.differences.models import Difference, DifferenceStep
from danchu.reporting.differences.selectors import difference_page, side_by_side
from danchu.reporting.differences.services import explain
from danchu.reporting.reviews.compose import compose
from tests.cast import Cast
from tests.making import cut_off, entries, receive, refused
from tests.reporting.differences.conftest import AFTER, LAST

PERIOD = "nd09:2026H1"
KEY = "citizens_received"
WHY = "Ba lượt tiếp ở nhà văn hóa thôn ghi bổ sung sau khi nộp."


@pytest.fixture
def differing(cast: Cast, version: Any, after: None, settle: Any) -> Difference:
    """12 visits were handed in; the records show 15."""
    receive(cast.recorder_benmau, cast.benmau, visits=3, people=3, matters=2, mass_groups=0)
    settle()
    return Difference.objects.get(indicator__key=KEY)


def lines(viewer: Any, code: str = "9A001") -> dict[str, Any]:
    return {line.meaning.key: line for line in side_by_side(viewer, code, PERIOD).lines}


def explaining(row: Difference, actor: Any, text: str = WHY, **more: Any) -> dict[str, Any]:
    given = {"actor": actor, "difference_id": row.pk, "seen": row.row_version, "text": text}
    return given | more


def test_only_the_unit_sees_it_before_its_days_are_over(cast: Cast, differing: Any) -> None:
    told = lines(cast.viewer_benmau)[KEY]
    assert (told.stated.text, told.shown.text, told.shown.records) == ("12", "15", 2)
    assert (told.difference.state, told.difference.gap) == ("open", "−3")
    assert told.difference.explain_by == LAST
    assert told.citizens is None
    for above in (cast.committee_minhhoa, cast.leader_minhhoa, cast.viewer, cast.admin):
        assert KEY not in lines(above)
        assert "participants" not in lines(above)
        assert side_by_side(above, "9A", PERIOD).n_below == 0
        with pytest.raises(NotFound):
            difference_page(above, "9A001", PERIOD, KEY)
        assert not [t for t in open_tasks(above, cast.benmau, AFTER) if "Giải trình" in t.title]
    assert [t for t in open_tasks(cast.viewer_benmau, cast.benmau, AFTER) if "Giải" in t.title]
    for stranger in (cast.reporter_caumau, cast.committee_maunguyen, cast.outsider, NOBODY):
        with pytest.raises((NotAllowed, NotFound)):
            side_by_side(stranger, "9A001", PERIOD)
        with pytest.raises(NotFound):
            difference_page(stranger, "9A001", PERIOD, KEY)


def test_after_its_days_the_levels_above_see_it(cast: Cast, differing: Any) -> None:
    with on_day(LAST):
        assert KEY not in lines(cast.committee_minhhoa)
    with on_day(LAST + dt.timedelta(days=1)):
        assert lines(cast.committee_minhhoa)[KEY].difference.state == "unexplained"
        page = side_by_side(cast.committee_minhhoa, "9A", PERIOD)
        assert (page.n_below, len(page.below)) == (3, 3)
        assert {line.code for line in page.below} == {"9A001"}
        with pytest.raises(NotAllowed):
            side_by_side(cast.committee_maunguyen, "9A", PERIOD)


def test_the_unit_explains_and_both_sides_are_seen_above(cast: Cast, differing: Any) -> None:
    made = explain(**explaining(differing, cast.reporter_benmau))
    assert (made.explained_late, made.explanation_stands) == (False, True)
    for viewer in (cast.leader_benmau, cast.committee_minhhoa):
        told = lines(viewer)[KEY].difference
        assert (told.state, told.explanation, told.late) == ("explained", WHY, False)
        assert told.by == cast.reporter_benmau.post
    assert "reception_cases" not in lines(cast.committee_minhhoa)
    page = difference_page(cast.committee_minhhoa, "9A001", PERIOD, KEY)
    assert [(s.kind, s.stated, s.recorded) for s in page.steps] == [
        ("noticed", "12", "15"),
        ("explained", "12", "15"),
    ]
    assert (page.own, page.may_explain) == (False, False)
    (task,) = Task.objects.filter(kind="difference.explain")
    assert "2 chỉ tiêu" in task.title
    (entry,) = entries("difference.explained")
    assert entry.account_id == cast.reporter_benmau.pk


def test_the_task_is_done_when_nothing_is_left_to_explain(cast: Cast, differing: Any) -> None:
    for row in Difference.objects.all():
        explain(**explaining(row, cast.leader_benmau))
    (task,) = Task.objects.filter(kind="difference.explain")
    assert task.done_at is not None
    assert task.done_by_id == cast.leader_benmau.pk


def test_who_may_not_explain_is_refused(cast: Cast, differing: Any) -> None:
    for outside in (
        cast.committee_minhhoa,
        cast.leader_minhhoa,
        cast.admin,
        cast.reporter_caumau,
        cast.outsider,
        NOBODY,
    ):
        refused(NotFound, explain, **explaining(differing, outside))
    for inside in (cast.recorder_benmau, cast.viewer_benmau):
        refused(NotAllowed, explain, **explaining(differing, inside))
    with on_day(LAST + dt.timedelta(days=1)):  # seen from above by then, and still not theirs
        refused(NotAllowed, explain, **explaining(differing, cast.leader_minhhoa))
        refused(NotAllowed, explain, **explaining(differing, cast.admin))
        refused(NotFound, explain, **explaining(differing, cast.reporter_caumau))
    refused(NotFound, explain, **explaining(differing, OPERATOR, difference_id=10**9))


def test_an_explanation_must_say_something_and_not_too_much(cast: Cast, differing: Any) -> None:
    for text in ("", "   \n\t ", "a" * 2001):
        error = refused(BadInput, explain, **explaining(differing, cast.reporter_benmau, text))
        assert error.field == "explanation"
    explain(**explaining(differing, cast.reporter_benmau, "ă" * 2000))


def test_what_was_sent_twice_or_after_a_change_is_not_taken(
    cast: Cast, differing: Any, settle: Any
) -> None:
    explain(**explaining(differing, cast.reporter_benmau))
    refused(Conflict, explain, **explaining(differing, cast.leader_benmau))
    differing.refresh_from_db()
    again = explain(**explaining(differing, cast.leader_benmau, "Đã soát lại sổ."))
    assert again.explanation == "Đã soát lại sổ."
    said = DifferenceStep.objects.filter(difference=differing, kind="explained")
    assert list(said.order_by("number").values_list("text", flat=True)) == [WHY, "Đã soát lại sổ."]
    receive(cast.recorder_benmau, cast.benmau, visits=1, people=0, matters=0, mass_groups=0)
    settle()
    refused(Conflict, explain, **explaining(again, cast.leader_benmau))
    told = lines(cast.committee_minhhoa)[KEY].difference  # once told it stays told
    assert (told.state, told.recorded, told.explanation) == ("outdated", "16", "Đã soát lại sổ.")


def test_a_late_explanation_is_taken_and_marked(cast: Cast, differing: Any) -> None:
    with on_day(LAST):
        in_time = Difference.objects.get(indicator__key="reception_cases")
        assert explain(**explaining(in_time, cast.reporter_benmau)).explained_late is False
    with on_day(LAST + dt.timedelta(days=1)):
        assert explain(**explaining(differing, cast.reporter_benmau)).explained_late is True
        assert lines(cast.committee_minhhoa)[KEY].difference.late is True


def test_a_settled_difference_takes_no_explanation_and_was_the_units_own_matter(
    cast: Cast, opened: Any, version: Any, differing: Any, settle: Any
) -> None:
    from danchu.reporting.rounds.services import return_submission

    return_submission(actor=cast.committee_minhhoa, submission_id=version.pk, reason="Xem lại")
    settle()
    differing.refresh_from_db()
    refused(Conflict, explain, **explaining(differing, cast.reporter_benmau))
    own = side_by_side(cast.reporter_benmau, "9A001", PERIOD)
    assert {told.settled_how for _meaning, told in own.settled} == {"withdrawn"}
    with on_day(LAST + dt.timedelta(days=9)):
        assert side_by_side(cast.committee_minhhoa, "9A001", PERIOD).settled == ()


def test_an_explanation_cut_off_in_the_middle_leaves_nothing(
    cast: Cast, differing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(monkeypatch, explain, **explaining(differing, cast.reporter_benmau))
    explain(**explaining(differing, cast.reporter_benmau))


def test_a_sum_is_held_against_the_records_of_the_same_units(
    cast: Cast, version: Any, settle: Any
) -> None:
    receive(cast.recorder_caumau, cast.caumau, visits=20, people=20, matters=2, mass_groups=0)
    settle()
    page = side_by_side(cast.committee_minhhoa, "9A", PERIOD)
    line = {line.meaning.key: line for line in page.lines}[KEY]
    assert (line.stated.text, line.stated.n, line.stated.of) == ("12", 1, 2)
    assert (line.shown.text, line.shown.n, line.shown.of) == ("12", 1, 2)
    assert (line.others.text, line.others.n) == ("20", 1)  # handed in nothing yet
    assert page.has_others
    report = compose(viewer=cast.committee_minhhoa, code="9A", period_code=PERIOD)
    (figure,) = [figure for figure in report.figures if figure.key == KEY]
    assert figure.text == "12" and figure.beside is None  # the same units say the same
    receive(cast.recorder_benmau, cast.benmau, visits=3, people=3, matters=2, mass_groups=0)
    settle()
    report = compose(viewer=cast.committee_minhhoa, code="9A", period_code=PERIOD)
    (figure,) = [figure for figure in report.figures if figure.key == KEY]
    assert figure.beside == ("recorded", "15", 1, 2)
