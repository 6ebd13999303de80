"""Unicode's normal forms in the time of the text's length; what is written in earnest is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from danchu.core.documents.wording import clean
from danchu.core.text import at_the_door, decode_bytes, fold
from danchu.core.text.normal import MOST_MARKS, limited, nfc, nfkd
from danchu.core.text.secrecy import refuse_secret
from tests.timing import times_as_long

# Marks that have to be sorted: below and above by turns, and one that shows it only taken apart.
PAIRS = ["\u0301\u0327", "\u0f73", "\u0301\u05b0"]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize(
    "read", [nfc, nfkd, at_the_door, fold, clean, lambda text: decode_bytes(text.encode())]
)
def test_marks_upon_marks_take_no_longer_than_their_length(
    read: Callable[[str], object], pair: str
) -> None:
    small, large = f"a{pair * 3000}", f"a{pair * 12000}"
    assert times_as_long(lambda: read(large), lambda: read(small), rounds=2) < 10


@pytest.mark.parametrize("before", range(32))
def test_of_too_many_marks_on_a_letter_the_rest_goes_wherever_it_stands(before: int) -> None:
    start, end = "x" * before, "o bản"
    for count in (MOST_MARKS, MOST_MARKS + 1, 500):
        kept = limited(start + "a" + "\u0323" * count + end)
        assert kept == start + "a" + "\u0323" * MOST_MARKS + end


@pytest.mark.parametrize(
    "text",
    ["Biên bản họp thôn", "a\u0323\u0302\u0301", "1.234", "", "\u0301", "각", "e\u0301" * 99],
)
def test_texts_of_people_are_normalized_as_ever(text: str) -> None:
    for form in ("NFC", "NFD", "NFKD"):
        given = unicodedata.normalize(form, text)
        assert limited(given) == given
        assert nfc(given) == unicodedata.normalize("NFC", text)
        assert nfkd(given) == unicodedata.normalize("NFKD", text)
    refuse_secret(text, text)
