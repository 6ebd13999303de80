"""What two officers do with one register in the same moment."""

from __future__ import annotations

import uuid
from typing import Any

from danchu.civic.disclosure.models import FormUsed, Notice, RegisterEntry
from danchu.civic.disclosure.selectors import Quarter
from danchu.civic.disclosure.services import FormInput, add_form_used, record_notice
from tests.cast import Cast, gathered
from tests.civic.disclosure.made import HEADQUARTERS, notice_input, publish, publish_register_now
from tests.making import DAY


def test_two_who_publish_at_once_make_one_register(committed_cast: Cast, at_once: Any) -> None:
    unit = committed_cast.benmau

    def write() -> Any:
        return publish(gathered().recorder_benmau, unit, HEADQUARTERS).pk

    def send() -> Any:
        who = gathered().recorder_benmau
        return publish_register_now(actor=who, unit_id=unit, quarter=Quarter(2026, 2)).pk

    def entries() -> list[int]:
        return list(RegisterEntry.objects.values_list("notice_id", flat=True))

    (written,) = at_once(write)
    came = at_once(send, send)
    assert sorted(type(one).__name__ for one in came) == ["Conflict", "int"], came
    assert at_once(entries) == [[written]]


def test_one_content_sent_at_once_by_four_forms_is_written_once(
    committed_cast: Cast, at_once: Any
) -> None:
    unit = committed_cast.benmau

    def send() -> Any:
        return record_notice(
            actor=gathered().recorder_benmau,
            unit_id=unit,
            occurred_on=DAY,
            content=notice_input(HEADQUARTERS),
            client_key=uuid.uuid4(),
        ).pk

    came = at_once(send, send, send, send)
    assert sorted(type(one).__name__ for one in came) == ["AlikeStands"] * 3 + ["int"], came
    assert {one.code for one in came if not isinstance(one, int)} == {"alike"}
    assert at_once(lambda: Notice.objects.count()) == [1]


def test_one_form_used_sent_at_once_four_times_is_written_once(
    committed_cast: Cast, at_once: Any
) -> None:
    unit = committed_cast.benmau

    def write() -> Any:
        return publish(gathered().recorder_benmau, unit, HEADQUARTERS).pk

    (written,) = at_once(write)

    def send() -> Any:
        return add_form_used(
            actor=gathered().recorder_benmau,
            notice_id=written,
            content=FormInput("d", DAY, "Gửi năm Trưởng thôn"),
            client_key=uuid.uuid4(),
        ).pk

    came = at_once(send, send, send, send)
    assert [type(one) for one in came].count(int) == 1, came
    assert at_once(lambda: FormUsed.objects.count()) == [1]
