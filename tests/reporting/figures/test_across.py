"""Nobody subtracts a small count from what units and periods state side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danchu.reporting.figures.across import Across, Days, Place
from danchu.reporting.figures.dictionary import shipped

KEY, WHOLE, OTHER = "complaints_received", "petitions_received", "proposal_letters_received"
COUNTRY, PROVINCE, ONE, TWO, THREE = 1, 2, 11, 12, 13
ABOVE = {ONE: [PROVINCE, COUNTRY], TWO: [PROVINCE, COUNTRY], THREE: [COUNTRY], PROVINCE: [COUNTRY]}
BELOW = {PROVINCE: (ONE, TWO), COUNTRY: (PROVINCE, THREE)}
LEAVES = (ONE, TWO, THREE)


def days(first: int, last: int) -> Days:
    end = dt.date(2026, last + 1, 1) if last < 12 else dt.date(2027, 1, 1)
    return Days(dt.date(2026, first, 1), end - dt.timedelta(days=1))


Q1, Q2, H1, H2, YEAR = days(1, 3), days(4, 6), days(1, 6), days(7, 12), days(1, 12)
SHORT = (Q1, Q2, H2)
PERIODS = (Q1, Q2, H1, H2, YEAR)


def held(amounts: Mapping[Place, int], key: str = KEY) -> dict[Place, str]:
    across = Across(
        shipped(),
        {place: {key: amount} for place, amount in amounts.items()},
        lambda unit, _days: ABOVE.get(unit, []),
        lambda unit, _days: BELOW.get(unit, ()),
    )
    found = {place: across.held(*place).get(key, "") for place in amounts}
    return {place: why for place, why in found.items() if why}


def test_the_sum_of_units_of_which_one_is_held_back_is_held_back_too() -> None:
    told = held({(PROVINCE, H1): 32, (ONE, H1): 30, (TWO, H1): 2})
    assert told == {(TWO, H1): "small", (PROVINCE, H1): "protects"}
    # With a second one held back the sum says nothing of either.
    assert held({(COUNTRY, H1): 35, (ONE, H1): 30, (TWO, H1): 2, (THREE, H1): 3}).keys() == {
        (TWO, H1),
        (THREE, H1),
    }
    assert held({(PROVINCE, H1): 42, (ONE, H1): 30, (TWO, H1): 12}) == {}


def test_the_year_of_which_one_half_is_held_back_is_held_back_too() -> None:
    told = held({(ONE, YEAR): 22, (ONE, H1): 20, (ONE, H2): 2})
    assert told == {(ONE, H2): "small", (ONE, YEAR): "protects"}
    assert held({(ONE, YEAR): 32, (ONE, H1): 20, (ONE, H2): 12}) == {}


def test_a_unit_or_a_half_that_stated_nothing_is_protected_too() -> None:
    assert held({(PROVINCE, H1): 32, (ONE, H1): 30}) == {(PROVINCE, H1): "protects"}
    assert held({(ONE, YEAR): 22, (ONE, H1): 20}) == {(ONE, YEAR): "protects"}
    assert held({(ONE, YEAR): 29, (ONE, H1): 20}) == {}


def test_what_is_held_back_is_not_had_by_a_longer_way() -> None:
    """The year of Two stands nowhere: its quarters and its half give it, but for one."""
    amounts = {
        (PROVINCE, YEAR): 60,
        (ONE, YEAR): 40,
        (TWO, Q1): 8,
        (TWO, Q2): 2,
        (TWO, H2): 10,
    }
    assert held(amounts) == {(TWO, Q2): "small", (PROVINCE, YEAR): "protects"}
    # Up to the last sum that all others lead to.
    amounts |= {(COUNTRY, YEAR): 90, (THREE, YEAR): 30}
    assert held(amounts).keys() == {(TWO, Q2), (PROVINCE, YEAR), (COUNTRY, YEAR)}


def test_what_one_table_holds_back_is_not_had_from_those_beside_it() -> None:
    """In Two the proposals stand back for its complaints; their sum over the units tells them."""
    table = {
        (PROVINCE, H1): {WHOLE: 90, OTHER: 47},
        (ONE, H1): {WHOLE: 70, OTHER: 30},
        (TWO, H1): {WHOLE: 20, KEY: 3, OTHER: 17},
    }
    across = Across(
        shipped(),
        table,
        lambda unit, _days: ABOVE.get(unit, []),
        lambda unit, _days: BELOW.get(unit, ()),
    )
    assert across.held(TWO, H1).get(OTHER) == "protects"
    assert across.held(PROVINCE, H1).get(OTHER) == "protects"
    assert WHOLE not in across.held(PROVINCE, H1)


@pytest.mark.parametrize("key", ["dialogues_held", "opinions_pending"])
def test_what_is_not_sensitive_or_adds_up_over_nothing_is_told(key: str) -> None:
    assert held({(ONE, YEAR): 22, (ONE, H1): 20, (ONE, H2): 2}, key) == {}


# --- everybody's arithmetic ---------------------------------------------------------------------


def parts(unit: int, period: Days) -> frozenset[tuple[int, Days]]:
    """The smallest pieces that a number is the sum of."""
    units = [one for one in LEAVES if unit in (one, *ABOVE[one])]
    return frozenset(
        (one, short)
        for one in units
        for short in SHORT
        if period.start <= short.start and short.end <= period.end
    )


def follows(wanted: Sequence[int], told: Sequence[Sequence[int]]) -> bool:
    """Whether sums and differences of the told lines come to the wanted one."""
    rows = [[Fraction(x) for x in line] for line in told]
    goal = [Fraction(x) for x in wanted]
    for column in range(len(goal)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        for row in (*rows, goal):
            factor = row[column] / pivot[column]
            row[:] = [x - factor * y for x, y in zip(row, pivot, strict=True)]
    return not any(goal)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from((0, 1, 2, 3, 7, 12, 30)), min_size=9, max_size=9),
    st.sets(
        st.tuples(st.sampled_from((COUNTRY, PROVINCE, *LEAVES)), st.sampled_from(PERIODS)),
        min_size=3,
    ),
)
def test_no_sum_or_difference_of_all_that_is_told_gives_a_small_count(
    counts: list[int], published: set[Place]
) -> None:
    pieces = [(unit, short) for unit in LEAVES for short in SHORT]
    count = dict(zip(pieces, counts, strict=True))
    amounts = {place: sum(count[one] for one in parts(*place)) for place in published}
    hidden = held(amounts)

    def line(place: Place) -> list[int]:
        return [int(piece in parts(*place)) for piece in pieces]

    told = [line(place) for place in amounts if place not in hidden]
    for place, why in hidden.items():
        assert why != "small" or not follows(line(place), told), (amounts, hidden)
