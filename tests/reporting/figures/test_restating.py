"""Values brought from former units to others: on invented maps with merges, splits and moves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.figures.restating import (
    Given,
    Part,
    Reason,
    Share,
    Standing,
    Ways,
    best,
    counted,
    restate,
)

FLOW = shipped()["dialogues_held"]
RATE = shipped()["reception_compliance_pct"]
STATED_RATE = shipped()["units_implementing_pct"]
DISTINCT = next(d for d in shipped().values() if d.unit_operator == "distinct")
STOCK = next(
    d for d in shipped().values() if d.time_operator == "last" and d.unit_operator == "sum"
)
WHOLE = Share(Fraction(1), Fraction(1))
UNKNOWN = Share(Fraction(0), Fraction(1))
FIRST = dt.date(2020, 1, 1)


class Link(NamedTuple):
    predecessor: int
    successor: int
    share: Fraction | None
    on: dt.date


@dataclass
class Story:
    """A map that changed: who lives on which day, what became of whom, and the hidden truth."""

    alive: list[set[int]]  # after each change
    links: list[Link] = field(default_factory=list)
    truth: dict[int, dict[int, Fraction]] = field(default_factory=dict)  # first unit -> now
    parents: dict[int, int] = field(default_factory=dict)

    @property
    def now(self) -> set[int]:
        return self.alive[-1]

    def day(self, change: int) -> dt.date:
        return FIRST + dt.timedelta(days=100 * change)


@st.composite
def stories(draw, *, known_shares: bool = False) -> Story:
    """Merges, splits (whole or known or unknown shares, onto new units or kept ones) and moves."""
    n = draw(st.integers(2, 6))
    story = Story([set(range(n))], parents={unit: unit % 2 for unit in range(n)})
    number = n
    lies: dict[int, dict[int, Fraction]] = {unit: {unit: Fraction(1)} for unit in range(n)}
    for change in range(1, draw(st.integers(1, 4)) + 1):
        on = story.day(change)
        here = sorted(story.alive[-1])
        what = draw(st.sampled_from(("merge", "split", "move", "exchange")))
        goes: dict[int, list[tuple[int, Fraction, Fraction | None]]] = {}
        if what == "merge" and len(here) > 1:
            goes = {unit: [(number, Fraction(1), Fraction(1))] for unit in here[:2]}
            number += 1
        elif what in ("split", "exchange"):
            old = draw(st.sampled_from(here))
            # A unit may keep its identity and lose a part; another may be there already.
            first = old if draw(st.booleans()) else number
            others = [unit for unit in here if unit != old]
            second = others[0] if what == "exchange" and others else number + 1
            hidden = Fraction(draw(st.integers(0, 10)), 10)
            told = known_shares or draw(st.booleans())
            goes = {
                old: [
                    (first, hidden, hidden if told else None),
                    (second, 1 - hidden, 1 - hidden if told else None),
                ]
            }
            if second in here:
                goes[second] = [(second, Fraction(1), Fraction(1))]
            number += 2
        else:
            moved = draw(st.sampled_from(here))
            story.parents[moved] = 1 - story.parents[moved]
        living = set(here) - set(goes)
        for old, parts in goes.items():
            for new, _hidden, told_share in parts:
                story.links.append(Link(old, new, told_share, on))
                story.parents.setdefault(new, story.parents[old])
                living.add(new)
        story.alive.append(living)
        for first_unit, where in lies.items():
            onward: dict[int, Fraction] = {}
            for unit, share in where.items():
                for new, hidden, _told in goes.get(unit, [(unit, Fraction(1), None)]):
                    onward[new] = onward.get(new, Fraction(0)) + share * hidden
            lies[first_unit] = onward
    story.truth = lies
    return story


def parts_of(story: Story, values: dict[int, int], members: set[int]) -> list[Part]:
    """What the first units gave, as it comes to these units of the last map."""
    ways = Ways(story.links)
    return counted(
        FLOW,
        [Part(unit, ways.share(unit, FIRST, members), Given(v)) for unit, v in values.items()],
    )


amounts = st.lists(st.integers(0, 1000), min_size=6, max_size=6)


@given(stories(), amounts)
def test_a_range_always_contains_the_hidden_truth(story, numbers):
    values = dict(zip(sorted(story.alive[0]), numbers, strict=False))
    for unit in story.now:
        point = restate(FLOW, parts_of(story, values, {unit}))
        truth = sum(
            (v * story.truth[first].get(unit, Fraction(0)) for first, v in values.items()),
            Fraction(0),
        )
        if point.low is None:
            assert truth == 0
        else:
            assert point.low <= truth <= point.high
            if point.standing == Standing.EXACT:
                assert point.low == point.high


@given(stories(), amounts)
def test_all_units_of_any_day_together_are_the_root_and_exact(story, numbers):
    values = dict(zip(sorted(story.alive[0]), numbers, strict=False))
    for change, living in enumerate(story.alive):
        links = [link for link in story.links if link.on <= story.day(change)]
        ways = Ways(links)
        parts = [Part(u, ways.share(u, FIRST, living), Given(v)) for u, v in values.items()]
        point = restate(FLOW, parts, same_territory=True)
        assert (point.standing, point.low) == (Standing.EXACT, sum(values.values()))
        below = [
            [u for u in living if story.parents[u] == parent] for parent in (0, 1)
        ]  # two provinces of that day: what one lost the other has
        highs = [restate(FLOW, _of(values, ways, group)).high or 0 for group in below]
        lows = [restate(FLOW, _of(values, ways, group)).low or 0 for group in below]
        assert sum(lows) <= sum(values.values()) <= sum(highs)


def _of(values, ways, group):
    return counted(
        FLOW, [Part(u, ways.share(u, FIRST, group), Given(v)) for u, v in values.items()]
    )


@given(stories(known_shares=True), amounts)
def test_known_shares_add_up_to_the_last_fraction(story, numbers):
    values = dict(zip(sorted(story.alive[0]), numbers, strict=False))
    points = [restate(FLOW, parts_of(story, values, {unit})) for unit in story.now]
    assert all(point.standing != Standing.RANGE for point in points)
    assert sum(point.low or 0 for point in points) == sum(values.values())


@given(stories(), amounts)
def test_looking_back_from_a_merger_restores_every_published_figure(story, numbers):
    values = dict(zip(sorted(story.alive[0]), numbers, strict=False))
    alone = [restate(FLOW, [Part(unit, WHOLE, Given(value))]).low for unit, value in values.items()]
    assert alone == list(values.values())
    merged = Ways([Link(u, 99, Fraction(1), story.day(1)) for u in values])
    parts = [Part(u, merged.share(u, FIRST, {99}), Given(v)) for u, v in values.items()]
    point = restate(FLOW, parts, same_territory=True)
    assert point.low == sum(values.values())
    assert {part.unit_id: part.given.amount for part in point.parts} == values


@given(stories(), amounts, amounts)
def test_a_rate_is_never_over_a_hundred_and_only_of_whole_units(story, tops, bases):
    ways = Ways(story.links)
    for members in ({unit} for unit in story.now):
        parts = counted(
            RATE,
            [
                Part(u, ways.share(u, FIRST, members), Given(None, top, base))
                for u, top, base in zip(sorted(story.alive[0]), tops, bases, strict=False)
            ],
        )
        point = restate(RATE, parts)
        if point.numerator is not None:
            assert 0 <= point.numerator <= point.denominator
            assert all(part.share.whole for part in parts)


# --- one by one ----------------------------------------------------------------------------------


def test_a_known_share_is_exact_and_marked_an_unknown_one_is_a_range():
    whole, part = Part(1, WHOLE, Given(7)), Part(2, Share(*[Fraction(2, 5)] * 2), Given(9))
    point = restate(FLOW, [whole, part])
    assert (point.standing, point.low) == (Standing.ESTIMATED, 7 + Fraction(18, 5))
    point = restate(FLOW, [whole, Part(2, UNKNOWN, Given(9))])
    assert (point.standing, point.low, point.high) == (Standing.RANGE, 7, 16)
    point = restate(FLOW, [whole, Part(2, UNKNOWN, Given(9))], same_territory=True)
    assert (point.standing, point.reason, point.low) == (
        Standing.NOT_COMPARABLE,
        Reason.TERRITORY,
        None,
    )


def test_a_share_of_nought_is_nought():
    point = restate(FLOW, [Part(1, UNKNOWN, Given(0)), Part(2, WHOLE, Given(3))])
    assert (point.standing, point.low, point.high) == (Standing.EXACT, 3, 3)


def test_who_gave_nothing_is_counted_and_nothing_stands_for_it():
    point = restate(FLOW, [Part(1, WHOLE, Given(7)), Part(2, WHOLE, None)])
    assert (point.low, point.n, point.of, point.complete) == (7, 1, 2, False)
    assert restate(FLOW, [Part(1, WHOLE, None)]).standing == Standing.MISSING
    nothing = Given(None, not_applicable=True)
    assert restate(FLOW, [Part(1, WHOLE, nothing)]).standing == Standing.NOT_APPLICABLE


def test_a_rate_is_added_by_its_two_numbers_and_not_made_without_them():
    two = [Part(1, WHOLE, Given(None, 1, 2)), Part(2, WHOLE, Given(None, 8, 8))]
    point = restate(RATE, two)
    assert (point.numerator, point.denominator) == (9, 10)
    missing = [two[0], Part(2, WHOLE, Given(80))]
    assert (restate(RATE, missing).n, restate(RATE, missing).of) == (1, 2)
    printed = [Part(1, WHOLE, Given(50)), Part(2, WHOLE, Given(80))]
    assert restate(RATE, printed).reason == Reason.NUMBERS
    assert restate(RATE, printed[:1]).low == 50
    over = [Part(1, WHOLE, Given(None, 9, 2))]
    assert restate(RATE, over).reason == Reason.OVER
    part = [Part(1, UNKNOWN, Given(None, 1, 2))]
    assert restate(RATE, part).standing == Standing.NOT_COMPARABLE


@pytest.mark.parametrize("meaning", [DISTINCT, STATED_RATE], ids=lambda m: m.key)
def test_what_cannot_be_added_stands_for_its_own_unit_only(meaning):
    assert restate(meaning, [Part(1, WHOLE, Given(5))]).low == 5
    both = [Part(1, WHOLE, Given(5)), Part(2, WHOLE, Given(6))]
    assert restate(meaning, both).reason == Reason.KIND
    assert restate(meaning, [Part(1, UNKNOWN, Given(5))]).standing == Standing.NOT_COMPARABLE


def test_what_ended_inside_the_period_counts_in_a_flow_and_not_in_a_stock():
    parts = [Part(1, WHOLE, Given(5)), Part(2, WHOLE, Given(6), ended=True)]
    silent = Part(3, WHOLE, None, ended=True)
    assert restate(FLOW, counted(FLOW, [*parts, silent])).low == 11
    assert restate(FLOW, counted(FLOW, [*parts, silent])).of == 2
    assert restate(STOCK, counted(STOCK, parts)).low == 5


def test_a_split_is_whole_again_where_every_part_belongs_to_the_group():
    on = dt.date(2025, 7, 1)
    ways = Ways([Link(1, 2, None, on), Link(1, 3, None, on)])
    eve = on - dt.timedelta(days=1)
    assert ways.share(1, eve, {2}) == UNKNOWN
    assert ways.share(1, eve, {2, 3}) == WHOLE
    later = dt.date(2026, 1, 1)
    again = Ways(
        [
            Link(1, 2, None, on),
            Link(1, 3, None, on),
            *(Link(u, 4, Fraction(1), later) for u in (2, 3)),
        ]
    )
    assert again.share(1, eve, {4}) == WHOLE


def test_a_district_is_not_counted_beside_its_communes():
    communes = restate(FLOW, [Part(1, WHOLE, None), Part(2, WHOLE, None)])
    district = restate(FLOW, [Part(9, UNKNOWN, Given(12))])
    assert best({"commune": communes, "district": district}, "commune") == "district"
    told = restate(FLOW, [Part(1, WHOLE, Given(3)), Part(2, WHOLE, None)])
    assert best({"commune": told, "district": district}, "commune") == "commune"
    sure = restate(FLOW, [Part(9, WHOLE, Given(12))])
    assert best({"commune": told, "district": sure}, "commune") == "district"
