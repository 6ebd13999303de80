"""Dialogues in a list of citizens: what was said is never markup, what is late is told."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils.translation import override

from danchu.civic.dialogue.selectors import DialogueLine
from danchu.core.units.selectors import unit_on
from danchu.web.portal.addresses import dialogue_address
from danchu.web.portal.dialogue_items import dialogue_items
from tests.cast import Cast

DAY = dt.date(2026, 3, 2)


def line(**more: object) -> DialogueLine:
    told = dict.fromkeys(DialogueLine._fields)
    told |= {
        "public_id": uuid.UUID(int=7),
        "occurred_on": DAY,
        "kind": "people",
        "topic": "Nước <sạch> {0}",
        "place": "Nhà văn hóa",
        "participants": 42,
        "result_published_on": DAY,
        "opinions": 4,
        "answered": 3,
        "late": 1,
    }
    return DialogueLine(**(told | more))


def test_a_dialogue_tells_how_many_were_answered_and_how_many_wait_too_long(cast: Cast) -> None:
    unit = unit_on("9A001", DAY)
    (told,) = dialogue_items([line()], unit)
    assert f'href="{dialogue_address(unit, uuid.UUID(int=7))}"' in told
    assert "Nước &lt;sạch&gt; {0}" in told
    assert "Nhà văn hóa. 42 người dự.<br>Công bố kết quả ngày 02/03/2026." in told
    assert "<b>3/4 ý kiến</b> đã trả lời" in told and 'class="meter at-75"' in told
    assert "1 ý kiến quá hạn trả lời" in told and "is-late" in told
    (done,) = dialogue_items([line(answered=4, late=0, participants=None)], unit)
    assert "quá hạn" not in done and "người dự" not in done


def test_a_dialogue_without_opinions_says_so_in_the_language_of_the_page(cast: Cast) -> None:
    unit = unit_on("9A001", DAY)
    (told,) = dialogue_items([line(opinions=0, answered=0, late=0)], unit)
    assert "Không có ý kiến nào được nêu" in told and "meter" not in told
    with override("en"):
        (english,) = dialogue_items([line(opinions=0, answered=0, late=0)], unit)
        assert dialogue_address(unit, uuid.UUID(int=7)).startswith("/en/")
    assert "Không" not in english and 'href="/en/' in english
