"""What two officers do with one register in the same moment."""

from __future__ import annotations

from typing import Any

from danchu.civic.disclosure.models import RegisterEntry
from danchu.civic.disclosure.selectors import Quarter
from tests.cast import Cast, gathered
from tests.civic.disclosure.made import HEADQUARTERS, publish, publish_register_now


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
