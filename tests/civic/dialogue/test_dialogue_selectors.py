"""Who reads which minutes, and how much of them."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from danchu.civic.dialogue.rules import days_late
from danchu.civic.dialogue.selectors import dialogue, dialogues, waiting_opinions, waiting_within
from danchu.civic.dialogue.services import (
    answer_opinion,
    cancel_dialogue,
    correct_dialogue,
    publish_result,
    take_up_opinion,
)
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import NotFound
from danchu.core.records.models import Record
from tests.cast import CHANGE, LAST_OLD_DAY, TODAY, Cast
from tests.making import DAY, dialogue_input, hold, opinion_input


def test_internal_minutes_are_read_inside_and_hidden_from_everybody_else(cast: Cast) -> None:
    made = hold(cast.recorder_benmau, cast.benmau, "Mương bị lấp.")
    address = made.record.public_id
    for viewer in (
        cast.recorder_benmau,
        cast.viewer_benmau,
        cast.leader_benmau,
        cast.viewer,  # of the province
        cast.committee_minhhoa,
        cast.admin,
        OPERATOR,
    ):
        assert dialogue(viewer, address).topic == "Đối thoại về vệ sinh môi trường"
        assert dialogues(viewer, unit_id=cast.benmau)[1] == 1
    for viewer in (
        NOBODY,
        cast.outsider,
        cast.recorder_caumau,
        cast.village_head,
        cast.committee_maunguyen,
    ):
        with pytest.raises(NotFound) as hidden:
            dialogue(viewer, address)
        with pytest.raises(NotFound) as none:
            dialogue(viewer, uuid.uuid4())
        assert str(hidden.value) == str(none.value)
        assert dialogues(viewer, unit_id=cast.benmau) == ([], 0)


def test_what_the_old_commune_did_is_read_by_who_answers_for_it_now(cast: Cast) -> None:
    made = hold(cast.recorder_benmau, cast.old_dongmau, on=LAST_OLD_DAY)
    shared = hold(OPERATOR, cast.old_nuimau, on=LAST_OLD_DAY)  # went to both communes
    assert dialogue(cast.viewer_benmau, made.record.public_id).unit_id == cast.old_dongmau
    for viewer in (cast.viewer_benmau, cast.recorder_caumau):
        assert dialogue(viewer, shared.record.public_id).unit_id == cast.old_nuimau
    with pytest.raises(NotFound):
        dialogue(cast.recorder_caumau, made.record.public_id)


def test_the_public_sees_what_was_published_without_its_inner_side(cast: Cast) -> None:
    writer = cast.recorder_benmau
    made = hold(writer, cast.benmau, opinion_input(assigned_to="Phòng Kinh tế"), "Đèn hỏng.")
    publish_result(actor=writer, record_id=made.pk, on=DAY, summary="Đã khơi mương.")
    correct_dialogue(
        actor=writer,
        record_id=made.pk,
        version=2,
        occurred_on=DAY,
        content=dialogue_input(public=True),
        reason="Sai tên",
    )
    inside = dialogue(writer, made.record.public_id)
    outside = dialogue(NOBODY, made.record.public_id)
    assert outside.public
    assert outside.result_summary == inside.result_summary == "Đã khơi mương."
    assert (inside.written_by, outside.written_by) == (writer.name, "")
    assert (inside.corrections, outside.corrections) == (1, 0)
    assert [o.assigned_to for o in inside.opinions] == ["Phòng Kinh tế", ""]
    assert [o.assigned_to for o in outside.opinions] == ["", ""]
    assert [o.text for o in outside.opinions] == ["Mương thoát nước đầu thôn bị lấp.", "Đèn hỏng."]


def test_cancelled_minutes_stay_inside_with_their_reason(cast: Cast) -> None:
    writer = cast.recorder_benmau
    made = hold(writer, cast.benmau, "Mương bị lấp.", public=True)
    publish_result(actor=writer, record_id=made.pk, on=DAY, summary="Đã khơi.")
    assert dialogues(NOBODY, unit_id=cast.benmau)[1] == 1
    cancel_dialogue(actor=writer, record_id=made.pk, reason="Nhập trùng")
    seen = dialogue(writer, made.record.public_id)
    assert (seen.state, seen.cancel_reason) == ("cancelled", "Nhập trùng")
    assert [o.text for o in seen.opinions] == ["Mương bị lấp."]
    assert dialogues(writer, unit_id=cast.benmau)[0][0].cancelled
    with pytest.raises(NotFound):
        dialogue(NOBODY, made.record.public_id)
    for published_only in (True, False):
        found = dialogues(NOBODY, unit_id=cast.benmau, published_only=published_only)
        assert found == ([], 0)
    assert dialogues(writer, unit_id=cast.benmau, published_only=True) == ([], 0)


def test_the_state_of_an_opinion_follows_its_chain(cast: Cast) -> None:
    writer = cast.recorder_benmau
    made = hold(
        writer,
        cast.benmau,
        "Một.",
        opinion_input(text="Hai.", taken_up_on=DAY),
        opinion_input(text="Ba.", within_competence=False),
        "Bốn.",
    )
    last = made.opinions.select_related("record").get(order=4)
    answer_opinion(
        actor=writer,
        opinion_id=last.pk,
        version=1,
        on=DAY,
        outcome="explained",
        answer="Đã trả lời.",
    )
    seen = dialogue(writer, made.record.public_id)
    assert [o.state for o in seen.opinions] == ["received", "taken_up", "outside", "answered"]
    assert [o.version for o in seen.opinions] == [1, 1, 1, 2]
    line = dialogues(writer, unit_id=cast.benmau)[0][0]
    assert (line.opinions, line.answered) == (4, 1)


def test_the_list_is_newest_first_in_pages_and_between_days(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    days = [DAY + dt.timedelta(n) for n in range(5)]
    for day in days:
        hold(cast.recorder_benmau, cast.benmau, "Một.", "Hai.", on=day)
    viewer = cast.viewer_benmau
    viewer.may("records.read", cast.benmau)
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        lines, total = dialogues(viewer, unit_id=cast.benmau, limit=2, offset=1)
    assert total == 5
    assert dialogues(viewer, unit_id=cast.benmau, limit=2, offset=6) == ([], 5)
    assert [line.occurred_on for line in lines] == [days[3], days[2]]
    within, count = dialogues(viewer, unit_id=cast.benmau, start=days[1], end=days[3])
    assert count == 3
    assert {line.occurred_on for line in within} == set(days[1:4])
    assert dialogues(viewer, unit_id=cast.caumau) == ([], 0)


def test_what_waits_is_listed_oldest_first_inside_only(cast: Cast) -> None:
    writer = cast.recorder_benmau
    new = hold(writer, cast.benmau, "Mới.", "Mới hơn.", on=DAY)
    old = hold(writer, cast.benmau, "Cũ.", "Đã trả lời.", on=CHANGE)
    gone = hold(writer, cast.benmau, "Đã hủy.", on=CHANGE)
    cancel_dialogue(actor=writer, record_id=gone.pk, reason="Nhập trùng")
    done = old.opinions.get(order=2)
    answer_opinion(
        actor=writer,
        opinion_id=done.pk,
        version=Record.objects.get(pk=done.pk).version,
        on=DAY,
        outcome="accepted",
        answer="Xong.",
    )
    take_up_opinion(
        actor=writer,
        opinion_id=new.opinions.get(order=1).pk,
        version=1,
        on=DAY,
        assigned_to="Phòng Kinh tế",
    )
    lines, total = waiting_opinions(cast.viewer_benmau, cast.benmau, limit=2)
    assert total == 3
    assert [line.text for line in lines] == ["Cũ.", "Mới."]
    assert lines[1].assigned_to == "Phòng Kinh tế"
    for viewer in (NOBODY, cast.recorder_caumau, cast.village_head):
        assert waiting_opinions(viewer, cast.benmau) == ([], 0)


@pytest.mark.parametrize(
    ("due", "answered", "late"),
    [
        (None, None, 0),
        (DAY, None, (TODAY - DAY).days),
        (TODAY, None, 0),  # the promised day itself is in time
        (TODAY - dt.timedelta(1), None, 1),
        (DAY, DAY, 0),
        (DAY, DAY + dt.timedelta(3), 3),
        (TODAY, DAY, 0),
    ],
)
def test_one_clock_says_how_late_an_answer_is(due, answered, late) -> None:
    assert days_late(due, answered, TODAY) == late


def test_what_waits_below_is_counted_where_it_waits(cast: Cast) -> None:
    late = opinion_input(due_on=TODAY - dt.timedelta(2))
    hold(cast.recorder_benmau, cast.benmau, "Một.", late)
    hold(cast.recorder_caumau, cast.caumau, late, opinion_input(text="Khác.", due_on=TODAY))
    hold(cast.recorder_caumau, cast.caumau, "Ba.")
    hold(cast.recorder_mautrung, cast.mautrung, late)  # another province
    hold(cast.admin, cast.minhhoa, "Của tỉnh.")
    for viewer in (cast.committee_minhhoa, cast.viewer, cast.admin, OPERATOR):
        found = waiting_within(viewer, cast.minhhoa)
        assert (found.waiting, found.late, found.n_units) == (6, 2, 3)
        assert [(u.name, u.waiting, u.late) for u in found.units] == [
            ("phường Cầu Mẫu", 3, 1),
            ("xã Bến Mẫu", 2, 1),
            ("tỉnh Minh Họa", 1, 0),
        ]
    short = waiting_within(cast.viewer, cast.minhhoa, limit=1)
    assert (short.waiting, short.n_units, len(short.units)) == (6, 3, 1)
    assert waiting_opinions(cast.viewer, cast.minhhoa)[1] == 1  # of the province itself
    for outsider in (NOBODY, cast.outsider, cast.recorder_benmau, cast.committee_maunguyen):
        assert waiting_within(outsider, cast.minhhoa).waiting == 0


def test_answered_and_cancelled_opinions_wait_nowhere(cast: Cast) -> None:
    writer = cast.recorder_benmau
    made = hold(writer, cast.benmau, opinion_input(due_on=DAY), "Hai.")
    first = made.opinions.select_related("record").get(order=1)
    answer_opinion(
        actor=writer,
        opinion_id=first.pk,
        version=1,
        on=DAY + dt.timedelta(4),
        outcome="accepted",
        answer="Đã khơi mương.",
    )
    assert waiting_within(cast.viewer, cast.minhhoa).waiting == 1
    told = dialogue(writer, made.record.public_id).opinions
    assert [(o.state, o.days_late) for o in told] == [("answered", 4), ("received", 0)]
    assert [line.late for line in dialogues(writer, unit_id=cast.benmau)[0]] == [0]
    cancel_dialogue(actor=writer, record_id=made.pk, reason="Nhập trùng")
    assert waiting_within(cast.viewer, cast.minhhoa).waiting == 0


def test_the_earliest_promise_stands_first_among_what_waits(cast: Cast) -> None:
    writer = cast.recorder_benmau
    hold(
        writer,
        cast.benmau,
        "Chưa hẹn.",
        opinion_input(text="Hẹn sau.", due_on=TODAY),
        opinion_input(text="Hẹn trước.", due_on=TODAY - dt.timedelta(1)),
    )
    found, count = waiting_opinions(writer, cast.benmau)
    assert count == 3
    assert [(o.text, o.days_late) for o in found] == [
        ("Hẹn trước.", 1),
        ("Hẹn sau.", 0),
        ("Chưa hẹn.", 0),
    ]
    assert found[2].days_waiting == (TODAY - DAY).days
    assert [line.late for line in dialogues(writer, unit_id=cast.benmau)[0]] == [1]
