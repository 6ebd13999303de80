"""An interruption written wrongly is corrected or taken back alone; its posting stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danchu.civic.disclosure.models import Interruption
from danchu.civic.disclosure.services import (
    cancel_interruption,
    correct_interruption,
    hang_again,
    interrupt_posting,
    resume_posting,
    take_down,
)
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.models import Entry
from danchu.core.records.models import RecordVersion
from tests.cast import TODAY, Cast
from tests.civic.disclosure.made import HALL, publish
from tests.making import DAY, refused

LATER = dt.timedelta


def _interrupted(cast: Cast, *, to_on: dt.date | None = None) -> dict[str, Any]:
    who = cast.recorder_benmau
    posting = publish(who, cast.benmau, HALL).postings.get()
    interrupt_posting(
        actor=who,
        posting_id=posting.pk,
        version=1,
        from_on=DAY + LATER(3),
        to_on=to_on,
        reason="Mưa bão",
    )
    return {"actor": who, "posting_id": posting.pk, "version": 2, "began": DAY + LATER(3)}


def test_an_interruption_alone_is_taken_back_and_the_days_count_as_if_it_had_not_been(
    cast: Cast,
) -> None:
    call = _interrupted(cast)
    undo = {**call, "reason": "Ghi nhầm nơi"}
    refused(NotAllowed, cancel_interruption, **{**undo, "actor": cast.viewer_benmau})
    may = {**undo, "actor": cast.leader_benmau}  # who cancels, and writes nothing down
    refused(BadInput, cancel_interruption, **{**may, "reason": " "})
    refused(Conflict, cancel_interruption, **{**may, "version": 1})
    refused(NotFound, cancel_interruption, **{**may, "began": DAY})
    posting = cancel_interruption(**may)
    posting.refresh_from_db()
    assert posting.record.state == "recorded" and posting.is_live
    assert posting.complete_on == DAY + LATER(30)
    assert not Interruption.objects.exists()
    kept = RecordVersion.objects.get(record=posting.record, number=2)
    assert kept.reason == "Ghi nhầm nơi"
    assert kept.content["interruptions"] == [[(DAY + LATER(3)).isoformat(), None, "Mưa bão"]]
    assert Entry.objects.filter(code="posting.interruption_cancelled").count() == 1


def test_an_interruption_is_corrected_with_a_reason_and_the_days_are_counted_again(
    cast: Cast,
) -> None:
    call = _interrupted(cast)
    new = {
        **call,
        "from_on": DAY + LATER(5),
        "to_on": DAY + LATER(6),
        "reason": "Bảng tin đổ",
        "why": "Ghi nhầm ngày",
    }
    for stranger in (cast.viewer_benmau, cast.leader_benmau):
        refused(NotAllowed, correct_interruption, **{**new, "actor": stranger})
    refused(Conflict, correct_interruption, **{**new, "version": 1})
    refused(NotFound, correct_interruption, **{**new, "began": DAY})
    for wrong, field in (
        ({"why": ""}, "why"),
        ({"reason": ""}, "reason"),
        ({"from_on": DAY - LATER(1)}, "from_on"),
        ({"to_on": TODAY + LATER(1)}, "to_on"),
        ({"reason": "Gọi 0912345678"}, "reason"),
    ):
        assert refused(BadInput, correct_interruption, **{**new, **wrong}).field == field
    both = refused(BadInput, correct_interruption, **{**new, "reason": "", "from_on": None})
    assert [one.field for one in both.each] == ["from_on", "reason"]
    posting = correct_interruption(**new)
    gap = posting.interruptions.get()
    assert (gap.from_on, gap.to_on, gap.reason) == (DAY + LATER(5), DAY + LATER(6), "Bảng tin đổ")
    assert posting.complete_on == DAY + LATER(7 + 30)
    kept = RecordVersion.objects.get(record=posting.record, number=2)
    assert (kept.reason, kept.content["interruptions"][0][2]) == ("Ghi nhầm ngày", "Mưa bão")
    assert Entry.objects.filter(code="posting.interruption_corrected").count() == 1
    # Its own days do not stand in its way, those of another do.
    again = {**new, "version": 3, "began": DAY + LATER(5), "to_on": DAY + LATER(7)}
    assert correct_interruption(**again).interruptions.get().to_on == DAY + LATER(7)
    interrupt_posting(
        actor=call["actor"],
        posting_id=posting.pk,
        version=4,
        from_on=DAY + LATER(10),
        to_on=DAY + LATER(11),
        reason="Mưa",
    )
    over = {**again, "version": 5, "to_on": DAY + LATER(10)}
    assert refused(BadInput, correct_interruption, **over).field == "from_on"


def test_what_was_taken_down_keeps_its_interruptions_within_its_days(cast: Cast) -> None:
    call = _interrupted(cast, to_on=DAY + LATER(4))
    last = DAY + LATER(8)
    given = {name: call[name] for name in ("actor", "posting_id", "version")}
    take_down(**given, on=last, early=True)
    new = {**call, "version": 3, "from_on": DAY + LATER(4), "reason": "Mưa", "why": "Nhầm"}
    for to_on in (None, last + LATER(1)):
        assert refused(BadInput, correct_interruption, **new, to_on=to_on).field == "to_on"
    assert correct_interruption(**new, to_on=last).interruptions.get().to_on == last


def test_a_taking_down_undone_leaves_the_interruption_open_as_it_was(cast: Cast) -> None:
    call = _interrupted(cast)
    given = {name: call[name] for name in ("actor", "posting_id")}
    refused(BadInput, take_down, **given, version=2, on=DAY + LATER(8))
    take_down(**given, version=2, on=DAY + LATER(8), early=True)
    assert Interruption.objects.get().to_on == DAY + LATER(8)
    refused(BadInput, hang_again, **given, version=3, reason="")
    assert Interruption.objects.get().to_on == DAY + LATER(8)
    posting = hang_again(**given, version=3, reason="Ghi nhầm nơi")
    assert (posting.ends_on, posting.complete_on) == (None, None)
    assert Interruption.objects.get().to_on is None
    # One that had ended before stays ended, also on the day of the taking down.
    resume_posting(**given, version=4, on=DAY + LATER(9))
    take_down(**given, version=5, on=DAY + LATER(8), early=True)
    posting = hang_again(**given, version=6, reason="Ghi nhầm nơi")
    assert posting.complete_on == DAY + LATER(9 + 30)
    assert Interruption.objects.get().to_on == DAY + LATER(8)


def test_what_is_put_up_again_the_same_day_hung_on_every_day_and_the_event_is_kept(
    cast: Cast,
) -> None:
    call = _interrupted(cast)
    again = {name: call[name] for name in ("actor", "posting_id", "version")}
    for day in (DAY + LATER(2), TODAY + LATER(1), None):
        assert refused(BadInput, resume_posting, **again, on=day).field == "on"
    assert Interruption.objects.get().to_on is None
    posting = resume_posting(**again, on=DAY + LATER(3))
    assert posting.complete_on == DAY + LATER(30)
    assert not Interruption.objects.exists()
    kept = RecordVersion.objects.get(record=posting.record, number=2)
    assert kept.reason.endswith("Mưa bão")
    assert kept.content["interruptions"] == [[(DAY + LATER(3)).isoformat(), None, "Mưa bão"]]
    assert Entry.objects.filter(code="posting.resumed").count() == 1
    refused(Conflict, resume_posting, **{**again, "version": 3}, on=DAY + LATER(3))
