"""What comes again under a known key with another content is never silently taken for the first."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from danchu.civic.disclosure.models import CouncilSession, Dispatch, RegisterEntry
from danchu.civic.disclosure.quarters import Quarter
from danchu.civic.disclosure.services import (
    SentInput,
    cancel_notice,
    note_sent,
    publish_register,
    record_notice,
    record_session,
)
from danchu.civic.otherwork.services import (
    correct_other_work,
    record_other_work,
)
from danchu.civic.reception.services import correct_reception, record_reception
from danchu.core.errors import Conflict
from tests.cast import TODAY, Cast
from tests.civic.disclosure.made import DAY, notice_input, publish
from tests.making import reception_input, refused, work_input


def test_a_dispatch_of_the_same_key_is_one_and_another_is_refused(cast: Cast) -> None:
    publish(cast.recorder_benmau, cast.benmau)
    who = cast.recorder_benmau
    register = publish_register(actor=who, unit_id=cast.benmau, quarter=Quarter(2026, 2))
    given: dict[str, Any] = {
        "actor": who,
        "about_id": register.pk,
        "content": SentInput("front", TODAY, "paper"),
        "client_key": uuid.uuid4(),
    }
    assert note_sent(**given) == note_sent(**given)
    for other in (SentInput("front", TODAY, "email"), SentInput("council", TODAY, "paper")):
        fault = refused(Conflict, note_sent, **{**given, "content": other})
        assert fault.code == "sent_before"
    assert Dispatch.objects.count() == 1


def test_a_reception_and_other_work_of_a_known_key_are_held_against_what_was_sent(
    cast: Cast,
) -> None:
    """Also where it was corrected since: compared is what was written first."""
    cases: tuple[tuple[Any, Any, Any, str], ...] = (
        (record_reception, correct_reception, reception_input(), "visits"),
        (record_other_work, correct_other_work, work_input(), "number"),
    )
    for write, correct, first, column in cases:
        given: dict[str, Any] = {
            "actor": cast.recorder_benmau,
            "unit_id": cast.benmau,
            "occurred_on": TODAY,
            "content": first,
            "client_key": uuid.uuid4(),
        }
        row = write(**given)
        assert write(**given) == row
        other = replace(first, **{column: 7})
        assert refused(Conflict, write, **{**given, "content": other}).code == "sent_before"
        earlier = {**given, "occurred_on": TODAY - dt.timedelta(days=1)}
        assert refused(Conflict, write, **earlier).code == "sent_before"
        correct(
            actor=cast.recorder_benmau,
            record_id=row.pk,
            version=1,
            occurred_on=TODAY,
            content=other,
            reason="Ghi nhầm",
        )
        assert write(**given) == row


def test_a_session_of_the_same_key_is_one_and_another_is_refused(cast: Cast) -> None:
    given: dict[str, Any] = {
        "actor": cast.recorder_benmau,
        "unit_id": cast.benmau,
        "on": TODAY,
        "client_key": uuid.uuid4(),
    }
    assert record_session(**given) == record_session(**given)
    other = {**given, "on": TODAY + dt.timedelta(days=1)}
    assert refused(Conflict, record_session, **other).code == "sent_before"
    assert CouncilSession.objects.count() == 1


def test_a_register_under_the_key_of_another_or_of_a_cancelled_one_is_refused(cast: Cast) -> None:
    """It neither goes wrong in the database nor adds its lines to what stands under that key."""
    who, key, taken = cast.recorder_benmau, uuid.uuid4(), uuid.uuid4()
    notice: dict[str, Any] = {"occurred_on": DAY, "content": notice_input()}
    record_notice(actor=who, unit_id=cast.benmau, **notice, client_key=taken)
    given: dict[str, Any] = {"actor": who, "unit_id": cast.benmau, "quarter": Quarter(2026, 2)}
    assert refused(Conflict, publish_register, **given, client_key=taken).code == "sent_before"
    assert not RegisterEntry.objects.exists()
    first = publish_register(**given, client_key=key)
    assert publish_register(**given, client_key=key) == first
    cancel_notice(actor=cast.leader_benmau, record_id=first.pk, reason="Thiếu nội dung")
    assert refused(Conflict, publish_register, **given, client_key=key).code == "sent_before"
    publish(who, cast.benmau, title="Ghi sau khi hủy")
    assert RegisterEntry.objects.count() == 1
    again = publish_register(**given, client_key=uuid.uuid4())
    assert again != first and RegisterEntry.objects.filter(register=again).count() == 2
