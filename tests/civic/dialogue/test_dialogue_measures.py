"""What dialogues and opinions count, and on which day."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest

from danchu.civic.dialogue.measures import MEASURES
from danchu.civic.dialogue.models import Dialogue
from danchu.civic.dialogue.services import answer_opinion, cancel_dialogue, take_up_opinion
from danchu.core.clock import on_day, today
from danchu.core.contracts import declared_measures
from tests.cast import Cast
from tests.making import hold, opinion_input

FIRST, SECOND = dt.date(2026, 3, 31), dt.date(2026, 4, 1)


def count(unit: int, start: dt.date, end: dt.date) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for measure in MEASURES:
        for row in measure.rows([unit], start, end):
            assert row.indicator in measure.indicators
            found[row.indicator, row.dimension] += row.amount
    return found


STOCK = ("opinions_carried_over", "opinions_answered", "opinions_pending", "opinions_overdue")


def stock(found: Counter[tuple[str, str]]) -> tuple[int, ...]:
    """Carried over, answered, open, overdue; all fields together."""
    return tuple(sum(n for (key, _), n in found.items() if key == wanted) for wanted in STOCK)


def test_every_meeting_is_counted_and_dialogues_apart(cast: Cast) -> None:
    writer = cast.recorder_benmau
    for kind in Dialogue.Kind.values:
        hold(writer, cast.benmau, on=FIRST, kind=kind, participants=10)
    hold(writer, cast.benmau, on=FIRST, base_kind="agency", participants=None)
    hold(writer, cast.maulai, on=FIRST)
    assert count(cast.benmau, FIRST, FIRST) == {
        ("conferences_held", "commune"): 8,
        ("conferences_held", "agency"): 1,
        ("dialogues_held", "commune"): 6,
        ("dialogues_held", "agency"): 1,
        ("participants", "commune"): 80,
    }
    assert count(cast.benmau, SECOND, SECOND) == {}


def test_an_opinion_counts_when_said_when_taken_up_and_when_answered(cast: Cast) -> None:
    writer = cast.recorder_benmau
    minutes = hold(
        writer,
        cast.benmau,
        opinion_input(field="land"),
        opinion_input(field="other", within_competence=False),
        on=FIRST,
    )
    land, other = minutes.opinions.select_related("record").order_by("order")
    take_up_opinion(actor=writer, opinion_id=land.pk, version=1, on=SECOND, assigned_to="Văn phòng")
    day = SECOND + dt.timedelta(9)
    for opinion, version in ((land, 2), (other, 1)):
        answer_opinion(
            actor=writer,
            opinion_id=opinion.pk,
            version=version,
            on=day,
            outcome="explained",
            answer="Đã nêu rõ.",
        )
    said = count(cast.benmau, FIRST, FIRST)
    assert (said["opinions_received", "land"], said["opinions_received", "other"]) == (1, 1)
    assert "opinions_resolved" not in {key for key, _ in said}
    assert stock(said) == (0, 0, 2, 0)
    taken_up = count(cast.benmau, SECOND, SECOND)
    assert taken_up["opinions_resolved", "land"] == 1
    assert stock(taken_up) == (2, 0, 2, 0)
    answered = count(cast.benmau, day, day)
    assert (answered["opinions_answered", "land"], answered["opinions_answered", "other"]) == (1, 1)
    assert stock(answered) == (2, 2, 0, 0)
    assert count(cast.benmau, day + dt.timedelta(1), day + dt.timedelta(1)) == {}
    cancel_dialogue(actor=writer, record_id=minutes.pk, reason="Nhập trùng")
    assert count(cast.benmau, FIRST, day) == {}


@pytest.mark.parametrize("promised", [1, 3, None])
def test_late_answers_and_those_passed_on_are_counted_apart(
    cast: Cast, promised: int | None
) -> None:
    said, day = dt.date(2026, 3, 2), dt.date(2026, 3, 4)
    due = dt.date(2026, 3, 2 + promised) if promised else None
    minutes = hold(
        cast.recorder_benmau, cast.benmau, opinion_input(due_on=due), opinion_input(), on=said
    )
    for opinion, outcome in zip(
        minutes.opinions.select_related("record").order_by("order"),
        ("explained", "transferred"),
        strict=True,
    ):
        answer_opinion(
            actor=cast.recorder_benmau,
            opinion_id=opinion.pk,
            version=opinion.record.version,
            on=day,
            outcome=outcome,
            answer="Đã nêu rõ.",
        )
    found = count(cast.benmau, day, day)
    late = {row: n for row, n in found.items() if row[0] == "opinions_answered_late" and n}
    assert sum(late.values()) == (1 if promised == 1 else 0)
    passed_on = {row: n for row, n in found.items() if row[0] == "opinions_transferred"}
    assert sum(passed_on.values()) == 1
    before = count(cast.benmau, said, said)
    assert not {"opinions_answered_late", "opinions_transferred"} & {row[0] for row in before}


def test_the_registry_finds_these_measures() -> None:
    names = {measure.name for measure in declared_measures()}
    assert names >= {"dialogue.meetings", "dialogue.opinions", "reception", "otherwork"}


@pytest.mark.parametrize("seed", range(4))
def test_what_comes_in_goes_out_or_stays(cast: Cast, seed: int) -> None:
    """Carried over and received make answered and open, in any period, whatever happened."""
    chance = random.Random(seed)
    writer = cast.recorder_benmau
    for _ in range(12):
        said = FIRST - dt.timedelta(chance.randrange(120))
        answered = said + dt.timedelta(chance.randrange(100))
        minutes = hold(
            writer,
            cast.benmau,
            opinion_input(due_on=said + dt.timedelta(chance.randrange(60))),
            on=said,
        )
        if chance.random() < 0.7 and answered <= today():
            answer_opinion(
                actor=writer,
                opinion_id=minutes.opinions.get().pk,
                version=1,
                on=answered,
                outcome="explained",
                answer="Đã nêu rõ.",
            )
    before = 0
    for month in range(1, 6):
        start, end = dt.date(2026, month, 1), dt.date(2026, month + 1, 1) - dt.timedelta(1)
        found = count(cast.benmau, start, end)
        carried, answered_now, still_open, overdue = stock(found)
        received = sum(n for (key, _), n in found.items() if key == "opinions_received")
        assert carried + received == answered_now + still_open
        assert 0 <= overdue <= still_open
        assert month == 1 or carried == before
        before = still_open


def test_a_promised_day_has_passed_only_when_it_is_over(cast: Cast) -> None:
    writer = cast.recorder_benmau
    hold(writer, cast.benmau, opinion_input(due_on=SECOND), on=FIRST)
    hold(writer, cast.benmau, on=FIRST)
    assert stock(count(cast.benmau, FIRST, SECOND))[3] == 0
    assert stock(count(cast.benmau, FIRST, SECOND + dt.timedelta(1)))[3] == 1
    # While the period runs, what is promised for a later day is not overdue.
    year_end = dt.date(2026, 12, 31)
    with on_day(SECOND):
        assert stock(count(cast.benmau, FIRST, year_end))[3] == 0
    with on_day(SECOND + dt.timedelta(1)):
        assert stock(count(cast.benmau, FIRST, year_end))[3] == 1
