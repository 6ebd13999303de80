"""Small counts are not told, nor what gives them away."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.figures.withholding import (
    HIDDEN_BESIDE,
    HIDDEN_SMALL,
    NOT_OPEN,
    gives_away,
    is_small,
    withheld,
)

WHOLE, COMPLAINTS, DENUNCIATIONS, PROPOSALS = (
    "petitions_received",
    "complaints_received",
    "denunciations_received",
    "proposal_letters_received",
)


def hidden(**amounts: int) -> dict[str, str]:
    found = withheld(shipped(), amounts)
    return {key: reason for key, reason in found.items() if key in amounts}


def test_a_count_under_five_is_hidden_only_in_a_sensitive_matter():
    assert hidden(complaints_received=4) == {COMPLAINTS: HIDDEN_SMALL}
    assert hidden(complaints_received=5) == hidden(complaints_received=0) == {}
    assert hidden(dialogues_held=2) == {}
    assert not is_small(shipped()[COMPLAINTS], None)


def test_the_part_that_would_give_it_away_is_hidden_beside_it():
    assert hidden(petitions_received=20, complaints_received=3, proposal_letters_received=17) == {
        COMPLAINTS: HIDDEN_SMALL,
        PROPOSALS: HIDDEN_BESIDE,
    }
    # Parts that do not make up the whole leave something unknown.
    assert hidden(petitions_received=20, complaints_received=3, proposal_letters_received=10) == {
        COMPLAINTS: HIDDEN_SMALL
    }
    # Nothing else to hide: the whole itself.
    assert hidden(petitions_received=3, complaints_received=3) == {
        COMPLAINTS: HIDDEN_SMALL,
        WHOLE: HIDDEN_BESIDE,
    }


def test_two_small_counts_protect_each_other_unless_both_must_be_the_least():
    assert hidden(
        petitions_received=15,
        complaints_received=3,
        denunciations_received=2,
        proposal_letters_received=10,
    ) == {COMPLAINTS: HIDDEN_SMALL, DENUNCIATIONS: HIDDEN_SMALL}
    assert hidden(
        petitions_received=12,
        complaints_received=1,
        denunciations_received=1,
        proposal_letters_received=10,
    ) == {COMPLAINTS: HIDDEN_SMALL, DENUNCIATIONS: HIDDEN_SMALL, PROPOSALS: HIDDEN_BESIDE}


def test_what_is_held_back_for_another_reason_is_taken_into_account():
    found = withheld(
        shipped(),
        {WHOLE: 40, COMPLAINTS: 30, PROPOSALS: 10},
        {COMPLAINTS: HIDDEN_BESIDE},
    )
    assert found[PROPOSALS] == HIDDEN_BESIDE and WHOLE not in found


def test_a_share_made_of_a_hidden_number_is_hidden():
    rates = {
        key: meaning
        for key, meaning in shipped().items()
        if meaning.numerator and meaning.denominator
    }
    key, meaning = next(iter(rates.items()))
    found = withheld(shipped(), {}, {meaning.numerator: HIDDEN_BESIDE})
    assert found[key] == HIDDEN_BESIDE
    assert key not in withheld(shipped(), {meaning.numerator: 90})


@given(st.lists(st.integers(0, 12), min_size=3, max_size=3))
def test_no_reader_can_subtract_a_small_count(parts):
    """Every table that agrees with what is told leaves more than one value for a small count."""
    keys = (COMPLAINTS, DENUNCIATIONS, PROPOSALS)
    amounts = {WHOLE: sum(parts), **dict(zip(keys, parts, strict=True))}
    if not amounts[WHOLE]:
        return
    found = withheld(shipped(), amounts)
    small = [key for key in keys if found.get(key) == HIDDEN_SMALL]

    def may_be(key):
        if key not in found:
            return [amounts[key]]
        return [1, 2, 3, 4] if found[key] == HIDDEN_SMALL else range(40)

    told = [WHOLE] if WHOLE not in found else []
    possible = {key: set() for key in small}
    for values in product(*(may_be(key) for key in keys)):
        if all(sum(values) == amounts[whole] for whole in told):
            for key, value in zip(keys, values, strict=True):
                if key in possible:
                    possible[key].add(value)
    assert all(len(values) > 1 for values in possible.values()), (amounts, found)


@pytest.mark.parametrize(
    ("total", "parts", "told"),
    [
        (12, [(10, ""), (2, "small")], True),
        (13, [(10, ""), (2, "small")], False),  # something is not known
        (12, [(10, ""), (1, "small"), (1, "small")], True),
        (18, [(10, ""), (4, "small"), (4, "small")], True),
        (13, [(10, ""), (1, "small"), (2, "small")], False),
        (13, [(10, "protects"), (3, "small")], False),
        (10, [(10, "")], False),
    ],
)
def test_when_a_total_gives_its_parts_away(total, parts, told):
    assert gives_away(total, parts) is told


@pytest.mark.parametrize(
    ("total", "parts", "told"),
    [
        (32, [(30, "")], True),  # who published nothing has two
        (34, [(30, "")], True),
        (35, [(30, "")], False),  # five are told
        (30, [(30, "")], False),
        (4, [], True),
        (40, [], False),
        (13, [(10, ""), (2, "small")], False),  # two small ones, one and two or two and one
        (12, [(10, ""), (1, "small")], True),  # one each
        (18, [(10, ""), (4, "small")], True),  # four each
        (42, [(30, ""), (2, "small")], False),  # the rest may be anything
        (32, [(30, ""), (4, "small")], True),  # a later correction: who subtracts reads two
        (20, [(30, "")], False),
        (36, [(30, ""), (8, "protects")], False),
    ],
)
def test_what_the_parts_leave_of_a_sensitive_total_is_a_part_too(total, parts, told):
    assert gives_away(total, parts, sensitive=True) is told
    assert gives_away(total * 10, [(n * 10, why) for n, why in parts], 10, sensitive=True) is told


def test_inner_work_of_organisations_is_named_and_known():
    assert set(shipped()) >= NOT_OPEN
