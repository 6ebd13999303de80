"""The language of the rules: what it takes, what it refuses and where, what it means."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.core.errors import BadInput
from danchu.reporting.checks.language import MOST_TERMS, Rule, Term, holds, parse, written

names = st.text("abxyz_019", max_size=8).map(lambda tail: f"k{tail}")
factors = st.builds(Fraction, st.integers(-(10**9), 10**9), st.integers(1, 10**6))
terms = st.one_of(
    st.builds(Term, factors.filter(bool), names), st.builds(Term, factors, st.just(""))
)
sums = st.lists(terms, min_size=1, max_size=6).map(tuple)
signs = st.sampled_from(["<=", ">=", "<", ">", "="])


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    named = draw(sums.filter(lambda s: any(t.name for t in s)))
    comparisons = tuple(draw(st.lists(signs, max_size=2)))
    return Rule((named, *(draw(sums) for _ in comparisons)), comparisons)


@given(rules())
def test_a_rule_written_and_read_again_is_the_same_tree(rule: Rule) -> None:
    assert parse(written(rule)) == rule


@given(rules(), st.data())
def test_a_rule_means_what_its_sums_say(rule: Rule, data: st.DataObject) -> None:
    numbers = {n: data.draw(st.fractions(max_denominator=1000)) for n in rule.names}
    amounts = [
        sum((t.factor * (numbers[t.name] if t.name else 1) for t in s), Fraction(0))
        for s in rule.sums
    ]
    compared = {
        "<=": lambda a, b: a <= b,
        ">=": lambda a, b: a >= b,
        "<": lambda a, b: a < b,
        ">": lambda a, b: a > b,
        "=": lambda a, b: a == b,
    }
    expected = (
        all(compared[s](amounts[i], amounts[i + 1]) for i, s in enumerate(rule.comparisons))
        if rule.comparisons
        else amounts[0] == int(amounts[0])
    )
    assert holds(rule, numbers) == expected


@given(st.text(max_size=80))
def test_any_text_is_a_rule_or_is_refused_with_its_place(text: str) -> None:
    try:
        found = parse(text)
    except BadInput as refusal:
        assert refusal.field == "rule"
        assert "vị trí" in refusal.vi and "position" in refusal.en
    else:
        assert found.names


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "b2",
                "1",
                "2/3",
                "50%",
                "+",
                "-",
                "*",
                "of",
                "is",
                "integer",
                "<=",
                "=",
                "/",
                "%",
                "(",
                "≤",
                "lambda",
                "__import__",
            ]
        ),
        max_size=12,
    ).map(" ".join)
)
def test_no_row_of_words_does_anything_but_be_read_or_refused(text: str) -> None:
    try:
        assert isinstance(parse(text), Rule)
    except BadInput as refusal:
        assert refusal.field == "rule"


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("a <= ", 6, "the end"),
        ("a b", 3, "“b”"),
        ("a <= b <= c <= d", 13, "“<=”"),
        ("a + <= b", 5, "“<=”"),
        ("a ** b <= 1", 3, "“*”"),
        ("2 <= 3", 1, "“2”"),
        ("1/0 * a <= 3", 3, "“0”"),
        ("a <= 1,5", 7, "“,”"),
        ("a <= b; c", 7, "“;”"),
        ("a <= (b)", 6, "“(”"),
        ("a is whole", 6, "“whole”"),
        ("a <= of", 6, "“of”"),
        ("a != b", 3, "“!”"),
        ("A <= b", 1, "“A”"),
        ("a <= 1000000000000000000", 6, "digits"),
        ("", 1, "the end"),
        ("a.__class__ <= 1", 2, "“.”"),
    ],
)
def test_a_wrong_rule_is_refused_naming_the_place(text: str, place: int, word: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text)
    assert f"position {place}," in caught.value.en and word in caught.value.en
    assert f"vị trí {place}," in caught.value.vi


def test_what_grows_without_end_is_refused() -> None:
    assert parse(" + ".join(["a"] * MOST_TERMS) + " is integer").names == ("a",)
    with pytest.raises(BadInput, match="40"):
        parse(" + ".join(["a"] * (MOST_TERMS + 1)) + " is integer")
    with pytest.raises(BadInput, match="500"):
        parse("a" * 600 + " <= 1")


@pytest.mark.parametrize(
    ("text", "numbers", "kept"),
    [
        ("a ≤ 2/3 of b", {"a": 2, "b": 3}, True),
        ("a <= 66% * b", {"a": 2, "b": 3}, False),
        ("a + b = c + d", {"a": 3, "b": 4, "c": 2, "d": 5}, True),
        ("a - b >= 0", {"a": 3, "b": 4}, False),
        ("-a <= b <= 10", {"a": 3, "b": 11}, False),
        ("-a <= b <= 10", {"a": 3, "b": -3}, True),
        ("a is integer", {"a": Fraction(5, 2)}, False),
        ("a is integer", {"a": 10**20}, True),
        ("a < 1/3", {"a": Fraction(333333333333333333, 10**18)}, True),
    ],
)
def test_numbers_are_exact(text: str, numbers: dict[str, int], kept: bool) -> None:
    assert holds(parse(text), {k: Fraction(v) for k, v in numbers.items()}) is kept
