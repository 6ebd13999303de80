"""The fold: from what changed to the cells of every ancestor, and the same as a rebuild."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from django.db import transaction

from danchu.civic.dialogue.services import answer_opinion, cancel_dialogue, correct_dialogue
from danchu.core import clock
from danchu.core.clock import on_day
from danchu.core.contracts import OPERATOR
from danchu.core.outbox.models import Message
from danchu.core.records.services import cancel_record
from danchu.core.units.services import place_unit, register_demo_unit, register_unit
from danchu.reporting.figures import fold
from danchu.reporting.figures.services import confirm_states, open_period, withdraw_state
from tests.cast import CHANGE, LAST_OLD_DAY, TODAY, Cast
from tests.making import DAY, dialogue_input, hold, opinion_input, receive, work
from tests.reporting.folding import amount, cell, cells, of, open_periods, sound


def test_a_fact_counts_in_every_period_of_its_day_and_not_when_it_is_typed(
    cast: Cast, settle: Any
) -> None:
    periods = open_periods("nd09:2026H1", "2026Q2", "2026Q1", "2026M05", "2026M06", "2026")
    hold(cast.recorder_benmau, cast.benmau, on=DAY)  # 20 May, typed on 10 June
    settle()
    counted = {c for c, p in periods.items() if amount(cast.benmau, p, "dialogues_held")}
    assert counted == {"nd09:2026H1", "2026Q2", "2026M05", "2026"}
    # The last and the first day of periods belong to them.
    hold(cast.recorder_benmau, cast.benmau, on=dt.date(2025, 12, 14))
    hold(cast.recorder_benmau, cast.benmau, on=dt.date(2025, 12, 15))
    settle()
    last = open_periods("nd09:2025H2")["nd09:2025H2"]
    assert amount(cast.benmau, last, "dialogues_held") == 1
    assert amount(cast.benmau, periods["nd09:2026H1"], "dialogues_held") == 2
    sound()


def test_what_a_commune_does_is_added_to_all_above_it_and_nowhere_else(
    cast: Cast, settle: Any
) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    hold(cast.recorder_benmau, cast.benmau, participants=80)
    hold(cast.village_head, cast.maulai, participants=30)
    hold(cast.recorder_caumau, cast.caumau, participants=9)
    hold(cast.recorder_mautrung, cast.mautrung, participants=7)
    settle()
    people = {
        unit: amount(unit, period, "participants")
        for unit in (cast.maulai, cast.benmau, cast.caumau, cast.minhhoa, cast.maunguyen)
    }
    assert people == {
        cast.maulai: 30,
        cast.benmau: 110,
        cast.caumau: 9,
        cast.minhhoa: 119,
        cast.maunguyen: 7,
    }
    assert amount(cast.benmau, period, "participants", reach="own") == 80
    assert amount(cast.minhhoa, period, "participants", reach="own") is None
    own = cell(cast.benmau, period, "participants", reach="own")
    assert own is not None
    assert own.province_id == cast.minhhoa
    sound()


def test_villages_answer_through_their_commune(cast: Cast, settle: Any) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    hold(cast.village_head, cast.maulai)
    hold(cast.recorder_benmau, cast.maudinh)
    settle()
    assert of(cell(cast.benmau, period, "dialogues_held")) == (1, 0, 0, 0, 1)
    assert amount(cast.benmau, period, "dialogues_held") == 2
    assert of(cell(cast.minhhoa, period, "dialogues_held")) == (1, 0, 0, 1, 2)
    sound()


def test_nobody_stands_in_for_a_commune_that_is_missing(cast: Cast, settle: Any) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    work(OPERATOR, cast.agency, base_kind="agency")
    settle()
    assert of(cell(cast.minhhoa, period, "trainings_held")) == (1, 0, 0, 2, 3)
    work(cast.recorder_benmau, cast.benmau)
    settle()
    assert of(cell(cast.minhhoa, period, "trainings_held")) == (2, 0, 0, 1, 3)
    work(OPERATOR, cast.minhhoa)
    settle()
    assert of(cell(cast.minhhoa, period, "trainings_held")) == (3, 0, 0, 1, 4)
    work(cast.recorder_caumau, cast.caumau)
    settle()
    assert of(cell(cast.minhhoa, period, "trainings_held")) == (4, 0, 0, 0, 4)
    # The province alone does not speak for its communes either.
    work(OPERATOR, cast.maunguyen)
    settle()
    assert of(cell(cast.maunguyen, period, "trainings_held")) == (1, 0, 0, 2, 3)
    sound()


def test_nought_not_applicable_and_not_reported_are_three_things(cast: Cast, settle: Any) -> None:
    (period,) = open_periods("nd09:2026H1").values()

    def say(who: Any, unit: int, state: str, reason: str = "") -> None:
        confirm_states(
            actor=who,
            unit_id=unit,
            period=period,
            keys=["social_criticism_held"],
            state=state,
            reason=reason,
        )
        settle()

    key = "social_criticism_held"
    assert cell(cast.benmau, period, key) is None
    say(cast.reporter_benmau, cast.benmau, "zero")
    found = cell(cast.benmau, period, key)
    assert found is not None
    assert (found.state, found.amount, found.sources) == ("zero", 0, 0)
    assert of(cell(cast.minhhoa, period, key)) == (0, 1, 0, 1, 2)
    say(cast.reporter_caumau, cast.caumau, "not_applicable", "Không có tổ chức")
    found = cell(cast.caumau, period, key)
    assert found is not None
    assert (found.state, found.amount) == ("not_applicable", None)
    above = cell(cast.minhhoa, period, key)
    assert of(above) == (0, 1, 1, 0, 2)
    assert above is not None
    assert (above.state, above.amount) == ("zero", 0)
    sound()
    # A record speaks louder than a word, and when it goes the word stands again.
    record = work(cast.recorder_benmau, cast.benmau, kind=key, number=3, people=None).record
    settle()
    assert amount(cast.benmau, period, key) == 3
    assert of(cell(cast.minhhoa, period, key)) == (1, 0, 1, 0, 2)
    cancel_record(
        actor=cast.recorder_benmau, record_id=record.pk, reason="Trùng", right="records.cancel"
    )
    settle()
    assert amount(cast.benmau, period, key) == 0
    withdraw_state(actor=cast.reporter_benmau, unit_id=cast.benmau, period=period, key=key)
    settle()
    assert cell(cast.benmau, period, key) is None
    assert of(cell(cast.minhhoa, period, key)) == (0, 0, 1, 1, 2)
    above = cell(cast.minhhoa, period, key)
    assert above is not None
    assert (above.state, above.amount) == ("not_applicable", None)
    sound()


def test_a_record_of_nought_is_a_confirmed_nought(cast: Cast, settle: Any) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    receive(cast.recorder_benmau, cast.benmau, visits=0, people=0, matters=None, mass_groups=0)
    settle()
    visits = cell(cast.benmau, period, "citizens_received")
    assert visits is not None
    assert (visits.state, visits.amount, visits.sources) == ("zero", 0, 1)
    assert cell(cast.benmau, period, "reception_cases") is None  # not counted is not nought
    receive(cast.recorder_benmau, cast.benmau, visits=4)
    settle()
    assert amount(cast.benmau, period, "citizens_received") == 4
    sound()


def test_an_opinion_answered_in_a_later_period_counts_there(cast: Cast, settle: Any) -> None:
    first, second = open_periods("2026Q1", "2026Q2").values()
    minutes = hold(cast.recorder_benmau, cast.benmau, "Mương bị lấp.", on=dt.date(2026, 3, 30))
    settle()
    answer_opinion(
        actor=cast.recorder_benmau,
        opinion_id=minutes.opinions.get().pk,
        version=1,
        on=dt.date(2026, 4, 2),
        outcome="accepted",
        answer="Đã khơi.",
    )
    settle()
    for period, said, answered in ((first, 1, 0), (second, None, 1)):
        assert amount(cast.benmau, period, "opinions_received") == said
        assert amount(cast.benmau, period, "opinions_answered") == answered
        assert amount(cast.minhhoa, period, "opinions_answered") == answered
    sound()


def test_what_is_typed_late_or_moved_counts_as_open_in_every_later_period(
    cast: Cast, settle: Any
) -> None:
    first, second = open_periods("2026Q1", "2026Q2").values()
    minutes = hold(cast.recorder_benmau, cast.benmau, "Mương bị lấp.", on=dt.date(2026, 4, 2))
    settle()
    assert amount(cast.benmau, second, "opinions_carried_over") == 0
    correct_dialogue(
        actor=cast.recorder_benmau,
        record_id=minutes.pk,
        version=1,
        occurred_on=dt.date(2026, 3, 2),
        content=dialogue_input(),
        reason="Nhầm ngày",
    )
    settle()
    for key, (before, after) in {
        "opinions_carried_over": (0, 1),
        "opinions_pending": (1, 1),
        "opinions_answered": (0, 0),
    }.items():
        assert amount(cast.benmau, first, key) == before, key
        assert amount(cast.minhhoa, second, key) == after, key
    sound()


def test_the_day_after_the_promised_one_makes_an_opinion_overdue(cast: Cast, settle: Any) -> None:
    (period,) = open_periods("2026").values()
    promised = TODAY + dt.timedelta(10)
    hold(cast.recorder_benmau, cast.benmau, opinion_input(due_on=promised), on=TODAY)
    settle()
    assert amount(cast.benmau, period, "opinions_overdue") == 0
    waiting = Message.objects.get()  # nothing else will tell the figures that the day has passed
    assert waiting.day == promised + dt.timedelta(1)
    assert waiting.due_at is not None
    assert clock.day_of(waiting.due_at) - clock.day_of(clock.now()) == dt.timedelta(11)
    with on_day(promised + dt.timedelta(1)):
        Message.objects.update(due_at=clock.now())
        settle()
        assert amount(cast.minhhoa, period, "opinions_overdue") == 1
        sound()


def test_a_correction_leaves_the_old_period_and_a_cancelling_all_of_them(
    cast: Cast, settle: Any
) -> None:
    first, second = open_periods("2026Q1", "2026Q2").values()
    minutes = hold(cast.recorder_benmau, cast.benmau, "Mương bị lấp.", on=dt.date(2026, 3, 30))
    settle()
    correct_dialogue(
        actor=cast.recorder_benmau,
        record_id=minutes.pk,
        version=1,
        occurred_on=dt.date(2026, 4, 1),
        content=dialogue_input(),
        reason="Sai ngày",
    )
    settle()
    for key in ("dialogues_held", "opinions_received"):
        assert cell(cast.minhhoa, first, key) is None
        assert amount(cast.minhhoa, second, key) == 1
    sound()
    cancel_dialogue(actor=cast.recorder_benmau, record_id=minutes.pk, reason="Trùng")
    settle()
    assert cells() == {}


def test_dimensions_add_up_to_the_whole(cast: Cast, settle: Any) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    hold(cast.recorder_benmau, cast.benmau)
    hold(cast.recorder_benmau, cast.benmau, base_kind="agency")
    hold(cast.recorder_caumau, cast.caumau, base_kind="agency")
    settle()
    parts = {
        dimension: amount(cast.minhhoa, period, "dialogues_held", dimension=dimension)
        for dimension in ("", "commune", "agency", "workplace")
    }
    assert parts == {"": 3, "commune": 1, "agency": 2, "workplace": None}
    sound()


# --- messages -------------------------------------------------------------------------------


def test_messages_once_twice_doubled_or_out_of_order_give_the_same(cast: Cast) -> None:
    open_periods("nd09:2026H1", "2026Q2", "2026")
    first = hold(cast.recorder_benmau, cast.benmau, "Một.", "Hai.")
    receive(cast.recorder_caumau, cast.caumau)
    work(cast.village_head, cast.maulai)
    cancel_dialogue(actor=cast.recorder_benmau, record_id=first.pk, reason="Trùng")
    hold(cast.recorder_benmau, cast.benmau, "Ba.")
    messages = list(Message.objects.order_by("id"))
    Message.objects.all().delete()
    with transaction.atomic():
        fold.consume(messages)
    expected = cells()
    assert expected
    shuffled = random.Random(7)
    for _ in range(2):
        order = messages * 2
        shuffled.shuffle(order)
        cut = shuffled.randrange(len(order))
        with transaction.atomic():
            fold.consume(order[:cut])
            fold.consume(order[cut:])
        assert cells() == expected
    sound()


def test_a_message_of_a_period_without_a_unit_folds_it_whole(cast: Cast, settle: Any) -> None:
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    assert cells() == {}  # no period was open
    period = open_period("nd09:2026H1")
    assert amount(cast.benmau, period, "dialogues_held") is None
    settle()
    assert amount(cast.benmau, period, "dialogues_held") == 1
    assert amount(cast.minhhoa, period, "dialogues_held") == 1
    assert open_period("nd09:2026H1").pk == period.pk
    assert not Message.objects.exists()  # one that is known is not folded again
    sound()


# --- the map changes -----------------------------------------------------------------------


def test_before_and_after_the_change_of_the_map(cast: Cast, settle: Any) -> None:
    """An old commune's records stay on it and on what stood above it then."""
    period, year = open_periods("nd09:2025H2", "2025").values()
    writer = cast.recorder_benmau
    hold(writer, cast.old_benmau, participants=10, on=LAST_OLD_DAY)
    hold(writer, cast.old_dongmau, participants=20, on=LAST_OLD_DAY)
    settle()
    assert amount(cast.benmau, period, "participants") is None
    hold(writer, cast.benmau, participants=300, on=CHANGE)
    settle()
    for found in (period, year):
        people = {
            unit: amount(unit, found, "participants")
            for unit in (
                cast.old_benmau,
                cast.old_dongmau,
                cast.old_district,
                cast.benmau,
                cast.minhhoa,
            )
        }
        assert people == {
            cast.old_benmau: 10,
            cast.old_dongmau: 20,
            cast.old_district: 30,
            cast.benmau: 300,
            cast.minhhoa: 330,
        }
    # The old district had four communes; the province has two of today, and two more gave.
    assert of(cell(cast.old_district, period, "participants")) == (2, 0, 0, 2, 4)
    assert of(cell(cast.minhhoa, period, "participants")) == (3, 0, 0, 1, 4)
    sound()


def test_a_period_before_the_change_knows_nothing_of_the_new_communes(
    cast: Cast, settle: Any
) -> None:
    (period,) = open_periods("nd09:2025H1").values()
    day = dt.date(2025, 5, 5)
    hold(cast.recorder_benmau, cast.old_benmau, on=day)
    hold(cast.recorder_caumau, cast.old_caumau, on=day)
    settle()
    assert of(cell(cast.old_district, period, "dialogues_held")) == (1, 0, 0, 3, 4)
    assert of(cell(cast.old_town, period, "dialogues_held")) == (1, 0, 0, 0, 1)
    assert of(cell(cast.minhhoa, period, "dialogues_held")) == (2, 0, 0, 3, 5)
    assert cell(cast.benmau, period, "dialogues_held") is None
    sound()


def test_a_unit_that_moved_inside_a_period_is_counted_once(cast: Cast, settle: Any) -> None:
    period, before = open_periods("nd09:2025H2", "nd09:2025H1").values()
    island = register_demo_unit(
        actor=OPERATOR,
        level="commune",
        code="9A009",
        name="xã Đảo Mẫu",
        kind="xã",
        parent_id=cast.old_district,
        valid_to=LAST_OLD_DAY,
    ).pk
    register_demo_unit(
        actor=OPERATOR,
        level="commune",
        code="9A009",
        name="xã Đảo Mẫu",
        kind="xã",
        parent_id=cast.minhhoa,
        valid_from=CHANGE,
        continues=island,
    )
    for day in (dt.date(2025, 5, 5), LAST_OLD_DAY, CHANGE):
        hold(OPERATOR, island, on=day)
    settle()
    assert amount(island, period, "dialogues_held") == 2
    assert amount(cast.minhhoa, period, "dialogues_held") == 2
    assert cell(cast.old_district, period, "dialogues_held") is None
    assert of(cell(cast.minhhoa, period, "dialogues_held")) == (1, 0, 0, 2, 3)
    # In the half-year before, it stood under the district.
    assert amount(cast.old_district, before, "dialogues_held") == 1
    assert amount(cast.minhhoa, before, "dialogues_held") == 1
    sound()


def test_a_village_that_moved_counts_for_the_commune_it_had_last(cast: Cast, settle: Any) -> None:
    earlier, period = open_periods("2026Q1", "2026Q2").values()
    with on_day(dt.date(2026, 1, 5)):
        village = register_unit(
            actor=OPERATOR,
            parent_id=cast.benmau,
            level="village",
            name="thôn Mẫu Sông",
            kind="thôn",
            short_code="77",
            valid_from=dt.date(2026, 1, 1),
        ).pk
    place_unit(
        actor=OPERATOR,
        unit_id=village,
        tree="state",
        parent_id=cast.caumau,
        valid_from=dt.date(2026, 5, 1),
    )
    for day in (dt.date(2026, 3, 1), dt.date(2026, 4, 1), dt.date(2026, 5, 2)):
        hold(OPERATOR, village, on=day)
    settle()
    assert amount(cast.benmau, earlier, "dialogues_held") == 1
    assert cell(cast.benmau, period, "dialogues_held") is None
    assert amount(cast.caumau, period, "dialogues_held") == 2
    assert amount(cast.minhhoa, period, "dialogues_held") == 2
    sound()


def test_a_nation_counts_every_commune_of_its_provinces(cast: Cast, settle: Any) -> None:
    nation = register_demo_unit(
        actor=OPERATOR, level="nation", code="MH", name="nước Minh Họa", kind="nước", parent_id=None
    ).pk
    province = register_demo_unit(
        actor=OPERATOR,
        level="province",
        code="9C",
        name="tỉnh Mẫu Sơn",
        kind="tỉnh",
        parent_id=nation,
    ).pk
    communes = [
        register_demo_unit(
            actor=OPERATOR,
            level="commune",
            code=f"9C00{n}",
            name=f"xã Mẫu {n}",
            kind="xã",
            parent_id=province,
        ).pk
        for n in range(1, 4)
    ]
    register_demo_unit(
        actor=OPERATOR,
        level="province",
        code="9D",
        name="tỉnh Mẫu Hải",
        kind="tỉnh",
        parent_id=nation,
    )
    (period,) = open_periods("nd09:2026H1").values()
    hold(OPERATOR, communes[0])
    hold(OPERATOR, province)
    settle()
    assert of(cell(province, period, "dialogues_held")) == (2, 0, 0, 2, 4)
    assert of(cell(nation, period, "dialogues_held")) == (2, 0, 0, 2, 4)
    found = cell(nation, period, "dialogues_held")
    assert found is not None
    assert found.province_id is None
    sound()
