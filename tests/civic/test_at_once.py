"""What two people, or one impatient one, do in the same moment."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from danchu.civic.dialogue.services import (
    add_opinion,
    correct_dialogue,
    record_dialogue,
    take_up_opinion,
)
from danchu.civic.otherwork.services import correct_other_work, record_other_work
from danchu.civic.reception.services import correct_reception, record_reception
from danchu.core.errors import Conflict
from danchu.core.records.models import Record, RecordVersion
from tests.cast import Cast, gathered
from tests.making import (
    DAY,
    dialogue_input,
    hold,
    opinion_input,
    receive,
    reception_input,
    work,
    work_input,
)


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has the lock keeps it long enough for the others to come and wait for it."""
    from danchu.core.ledger import chain

    digest = chain.digest_of

    def late(*given: Any) -> str:
        time.sleep(0.1)
        return digest(*given)

    monkeypatch.setattr(chain, "digest_of", late)


def looked(at_once: Any, call: Callable[[], Any]) -> Any:
    (found,) = at_once(call)
    if isinstance(found, Exception):
        raise found
    return found


def recorder() -> Any:
    return gathered().recorder_benmau


def whole_ledger() -> bool:
    from danchu.core.ledger.selectors import verify

    return verify().ok


def test_the_same_form_sent_twice_at_once_is_one_record(
    committed_cast: Cast, at_once: Any, slowly: None
) -> None:
    unit = committed_cast.benmau
    for call, content in (
        (record_dialogue, dialogue_input("Mương bị lấp.")),
        (record_reception, reception_input()),
        (record_other_work, work_input()),
    ):
        key = uuid.uuid4()

        def send(call: Any = call, content: Any = content, key: uuid.UUID = key) -> int:
            made = call(
                actor=recorder(), unit_id=unit, occurred_on=DAY, content=content, client_key=key
            )
            return int(made.pk)

        came = at_once(send, send, send)
        assert len(set(came)) == 1, came
        assert isinstance(came[0], int), came
        kept = looked(at_once, lambda key=key: Record.objects.filter(client_key=key).count())
        assert kept == 1
    assert looked(at_once, lambda: Record.objects.filter(kind="opinion").count()) == 1
    assert looked(at_once, whole_ledger)


def test_the_same_opinion_added_twice_at_once_is_one(
    committed_cast: Cast, at_once: Any, slowly: None
) -> None:
    minutes = looked(at_once, lambda: hold(recorder(), committed_cast.benmau).pk)
    key = uuid.uuid4()

    def add() -> int:
        made = add_opinion(
            actor=recorder(), record_id=minutes, content=opinion_input(), client_key=key
        )
        return int(made.pk)

    came = at_once(add, add)
    assert came[0] == came[1]
    # Two different ones both find their place.
    different = at_once(
        *[
            lambda text=text: (
                add_opinion(
                    actor=recorder(), record_id=minutes, content=opinion_input(text=text)
                ).order
            )
            for text in ("Một.", "Hai.")
        ]
    )
    assert sorted(different) == [2, 3]


def test_of_two_corrections_of_one_version_the_second_is_told(
    committed_cast: Cast, at_once: Any, slowly: None
) -> None:
    def prepare() -> dict[str, int]:
        who, unit = recorder(), committed_cast.benmau
        minutes = hold(who, unit, "Mương bị lấp.")
        return {
            "dialogue": minutes.pk,
            "opinion": minutes.opinions.get().pk,
            "reception": receive(who, unit).pk,
            "work": work(who, unit).pk,
        }

    made = looked(at_once, prepare)
    common = {"version": 1, "occurred_on": DAY, "reason": "Ghi nhầm"}

    def dialogue() -> str:
        content = dialogue_input(topic="Khác")
        correct_dialogue(actor=recorder(), record_id=made["dialogue"], content=content, **common)
        return "done"

    def reception() -> str:
        content = reception_input(visits=13)
        correct_reception(actor=recorder(), record_id=made["reception"], content=content, **common)
        return "done"

    def other() -> str:
        content = work_input(number=3)
        correct_other_work(actor=recorder(), record_id=made["work"], content=content, **common)
        return "done"

    def opinion() -> str:
        take_up_opinion(
            actor=recorder(), opinion_id=made["opinion"], version=1, on=DAY, assigned_to="Văn phòng"
        )
        return "done"

    for call in (dialogue, reception, other, opinion):
        came = at_once(call, call)
        assert came.count("done") == 1, came
        assert [type(c) for c in came if c != "done"] == [Conflict], came
    versions = looked(
        at_once,
        lambda: sorted(RecordVersion.objects.values_list("record__kind", "number")),
    )
    assert versions == [("dialogue", 1), ("otherwork", 1), ("reception", 1)]
    assert looked(at_once, whole_ledger)
