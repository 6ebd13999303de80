"""How a value is printed: exact numbers in, text out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.figures.display import (
    amount_text,
    change_text,
    public_amount_text,
    rate_text,
)

DICTIONARY = shipped()


@pytest.mark.parametrize(
    ("key", "amount", "text"),
    [
        ("opinions_received", 0, "0"),
        ("opinions_received", 4984, "4.984"),
        ("contributions_vnd", 12_500_000_000, "12.500.000.000"),
        ("land_donated_m2", 2500, "2,5"),
        ("land_donated_m2", 1_246_000, "1.246"),
        ("satisfaction_very_satisfied_pct", 90_490, "90,49%"),
        ("opinions_resolved_pct", 96_000, "96%"),
    ],
)
def test_amounts_are_printed_in_the_unit_of_the_dictionary(
    key: str, amount: int, text: str
) -> None:
    assert amount_text(DICTIONARY[key], amount) == text


def test_small_counts_in_sensitive_matters_are_not_shown_outside() -> None:
    sensitive, plain = DICTIONARY["denunciations_received"], DICTIONARY["opinions_received"]
    assert [public_amount_text(sensitive, n) for n in (0, 1, 4, 5, 12)] == [
        "0",
        "dưới 5",
        "dưới 5",
        "5",
        "12",
    ]
    assert public_amount_text(plain, 1) == "1"


def test_a_share_is_made_of_its_two_numbers() -> None:
    rate = DICTIONARY["opinions_resolved_pct"]
    assert rate_text(rate, 183, 191) == "95,8%"
    assert rate_text(rate, 191, 191) == "100%"
    assert rate_text(rate, 0, 191) == "0%"
    assert rate_text(rate, 1, 2000) == "0,1%"  # 0.05 goes away from nought
    assert rate_text(rate, 5, 0) == ""
    assert rate_text(DICTIONARY["satisfaction_pct"], 9049, 10_000) == "90,49%"


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (141, 100, "+41%"),
        (7, 8, "−12,5%"),
        (5, 5, "không đổi"),
        (0, 0, "không đổi"),
        (3, 0, ""),
        (0, 4, "−100%"),
        (1, 3, "−66,7%"),
    ],
)
def test_rise_and_fall(now: int, before: int, text: str) -> None:
    assert change_text(now, before) == text


@given(
    top=st.integers(min_value=0, max_value=10**12),
    base=st.integers(min_value=1, max_value=10**12),
)
def test_a_share_is_printed_to_the_nearest_of_its_decimals(top: int, base: int) -> None:
    definition: Any = DICTIONARY["opinions_resolved_pct"]
    text = rate_text(definition, top, base)
    whole, _, tenth = text.removesuffix("%").replace(".", "").partition(",")
    tenths = int(whole) * 10 + int(tenth or 0)
    # |printed − exact| ≤ 0.05 %, without any float.
    assert abs(tenths * base - 1000 * top) * 2 <= base
