"""The work of reading grows with the text, not with its square: counted, not timed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from danchu.reporting.reading.extraction import read_text
from danchu.reporting.reading.extraction.mentions import mentions_of
from danchu.reporting.reading.extraction.segments import Line, segment
from danchu.reporting.reading.extraction.skipping import Skipping


class Counted(list[Line]):
    """Lines that count how often they are looked at."""

    looked_at = 0

    def __getitem__(self, index: Any) -> Any:
        self.looked_at += 1
        return super().__getitem__(index)


def _bullets(number: int) -> str:
    return "UBND XÃ BẾN MẪU\nKết quả tiếp công dân:\n" + "\n".join(
        f"- Thôn {place} tiếp {place % 80 + 2} lượt công dân" for place in range(number)
    )


def _looks(number: int) -> int:
    document = segment(_bullets(number))
    mentions = mentions_of(document)
    document.lines = lines = Counted(document.lines)
    skipping = Skipping(document)
    assert not any(skipping.is_planned(mention) for mention in mentions)
    return lines.looked_at


def test_a_long_run_of_bullets_is_climbed_once() -> None:
    assert _looks(800) < 2 * _looks(400) + 20


@pytest.mark.parametrize(
    ("label", "results"),
    [("Kết quả đã đạt được:", True), ("Các chỉ tiêu, nhiệm vụ trọng tâm năm sau:", False)],
)
def test_every_bullet_of_the_run_is_what_the_line_above_it_says(label: str, results: bool) -> None:
    bullets = "\n".join(f"- Tiếp {n} lượt công dân" for n in (41, 52, 63))
    read = read_text(f"UBND XÃ BẾN MẪU\nXã báo cáo như sau. {label}\n{bullets}\n")
    assert [i.value for i in read.indicators] == ([41, 52, 63] if results else [])


@pytest.mark.parametrize(
    ("body", "kept"),
    [("Đã tiếp 935 lượt công dân.", [935]), ("Đã tiếp 1.400 lượt công dân.", [900, 1400])],
)
def test_a_round_headline_gives_way_to_what_the_body_tells_exactly(
    body: str, kept: list[int]
) -> None:
    read = read_text(f"Xã Bến Mẫu tiếp hơn 900 lượt công dân.\nBáo cáo năm 2024.\n{body}\n")
    assert [i.value for i in read.indicators] == kept


def test_words_of_one_window_are_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from danchu.reporting.reading.extraction import openings

    told: list[str] = []
    inner: Callable[[str], frozenset[str]] = openings.words_in
    monkeypatch.setattr(openings, "words_in", lambda text: told.append(text) or inner(text))
    openings.words_of.cache_clear()
    assert openings.words_of("một hai") is openings.words_of("một hai")
    assert told == ["một hai"]
