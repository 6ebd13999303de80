"""What a published report states is open but for small counts and what would give them away."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.core.contracts import NOBODY, OPERATOR
from danchu.reporting.reading.open_statements import open_statements
from tests.cast import Cast
from tests.reporting.readings import figure, take_in


def stated(cast: Cast, monkeypatch: Any, *said: tuple[str, str, int]) -> dict[str, Any]:
    """What is open of a report that says these words, each of an indicator and its number."""
    text = "Trong kỳ: " + "; ".join(words for words, _key, _number in said) + "."
    read = [figure(words, key, number, text=text) for words, key, number in said]
    take_in(
        monkeypatch,
        OPERATOR,
        cast.old_district,
        *read,
        text=f"{text}\nƯu điểm: đối thoại đi vào nền nếp.",
        confirm=True,
        public=True,
        source_note="Trang thông tin của huyện Mẫu",
    )
    return {one.key: one for one in open_statements(NOBODY)}


def test_a_small_count_cannot_be_had_from_the_parts_stated_beside_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = stated(
        cast,
        monkeypatch,
        ("12 đơn", "petitions_received", 12),
        ("9 khiếu nại", "complaints_received", 9),
        ("3 tố cáo", "denunciations_received", 3),
    )
    shown = {key: (str(one.value), one.text, one.withheld) for key, one in told.items()}
    assert shown == {
        "petitions_received": ("12", "12", ""),
        "complaints_received": ("None", "không công bố", "protects"),
        "denunciations_received": ("None", "dưới 5", "small"),
    }
    for key in ("complaints_received", "denunciations_received"):
        assert (told[key].stated, told[key].words) == ("", "")
    assert "3" not in told["petitions_received"].words
    # Asked for alone a figure is judged by all that stands beside it.
    (alone,) = open_statements(NOBODY, key="complaints_received")
    assert alone == told["complaints_received"]


def test_without_a_small_count_every_part_is_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = stated(
        cast,
        monkeypatch,
        ("22 đơn, trong đó 9 khiếu nại", "petitions_received", 22),
        ("9 đơn khiếu nại", "complaints_received", 9),
        ("13 đơn tố cáo", "denunciations_received", 13),
    )
    assert {one.withheld for one in told.values()} == {""}
    assert told["denunciations_received"].value == 13
    assert told["petitions_received"].words == "22 đơn, trong đó 9 khiếu nại"


def test_words_that_state_a_number_beside_one_held_back_are_not_quoted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = stated(
        cast,
        monkeypatch,
        ("20 đơn, trong đó 3 tố cáo", "petitions_received", 20),
        ("3 tố cáo", "denunciations_received", 3),
    )
    assert (told["petitions_received"].value, told["petitions_received"].words) == (20, "")


def test_statements_are_read_in_few_statements_however_many(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    stated(cast, monkeypatch, ("22 đơn", "petitions_received", 22), ("9 cuộc", "dialogues_held", 9))
    with django_assert_max_num_queries(5):
        assert open_statements(NOBODY)
