"""What dialogues and opinions count, and on which day."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from danchu.civic.dialogue.measures import MEASURES
from danchu.civic.dialogue.models import Dialogue
from danchu.civic.dialogue.services import answer_opinion, cancel_dialogue, take_up_opinion
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
    assert not {key for key, _ in said} & {"opinions_resolved", "opinions_answered"}
    assert count(cast.benmau, SECOND, SECOND) == {("opinions_resolved", "land"): 1}
    assert count(cast.benmau, day, day) == {
        ("opinions_answered", "land"): 1,
        ("opinions_answered", "other"): 1,
    }
    cancel_dialogue(actor=writer, record_id=minutes.pk, reason="Nhập trùng")
    assert count(cast.benmau, FIRST, day) == {}


def test_the_registry_finds_these_measures() -> None:
    names = {measure.name for measure in declared_measures()}
    assert names >= {"dialogue.meetings", "dialogue.opinions", "reception", "otherwork"}
