"""Arithmetic of validity, tried on random spans against counting days one by one."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from danchu.core.units.kinds import KINDS, bare_name, kind_in_english, split_kind
from danchu.core.units.spans import Span, Standing, joined, standings, uncovered

DAYS = [dt.date(2025, 1, 1) + dt.timedelta(days=n) for n in range(12)]
_ends = st.sampled_from([None, *DAYS[2:10]])
SPANS = st.tuples(_ends, _ends).map(lambda ends: Span(*_ordered(*ends)))


def _ordered(first, last):
    return (last, first) if first and last and last < first else (first, last)


def _days(span):
    return {day for day in DAYS if span.holds(day)}


@given(SPANS, SPANS)
def test_what_two_spans_share_is_what_both_hold(one, other):
    common = one.common(other)
    assert (_days(common) if common else set()) == _days(one) & _days(other)
    assert one.meets(other) == (common is not None)


@given(SPANS, st.lists(SPANS, max_size=4))
def test_what_is_uncovered_is_the_rest(span, covers):
    rest = uncovered(span, covers)
    left = _days(span) - {day for cover in covers for day in _days(cover)}
    assert {day for piece in rest for day in _days(piece)} == left
    assert sum(len(_days(piece)) for piece in rest) == len(left)


@given(SPANS, st.lists(SPANS, max_size=3))
def test_a_unit_stands_somewhere_on_each_of_its_days_and_gaps_are_told(span, above):
    parents = {7: [Standing(place, None, f"/{n}/7/") for n, place in enumerate(_apart(above))]}
    found, gaps = standings(9, [(span, 7)], parents)
    assert {day for place in found for day in _days(place.span)} == _days(span)
    assert sum(len(_days(place.span)) for place in found) == len(_days(span))
    held = {day for place in parents[7] for day in _days(place.span)}
    assert {day for gap in gaps for day in _days(gap)} == _days(span) - held
    for place in found:
        assert place.path.endswith("/7/9/")


def _apart(spans):
    """Spans cut so that no two share a day."""
    kept: list[Span] = []
    for span in spans:
        kept += uncovered(span, kept)
    return kept


def test_a_path_follows_its_parent_and_neighbours_with_one_path_are_one():
    change = dt.date(2025, 1, 6)
    eve = change - dt.timedelta(days=1)
    above = {2: [Standing(Span(None, eve), 1, "/1/2/"), Standing(Span(change, None), 3, "/3/2/")]}
    found, gaps = standings(5, [(Span(None, None), 2)], above)
    assert [(place.span, place.path) for place in found] == [
        (Span(None, eve), "/1/2/5/"),
        (Span(change, None), "/3/2/5/"),
    ]
    assert gaps == []
    same = [Standing(Span(None, eve), 2, "/1/2/5/"), Standing(Span(change, None), 2, "/1/2/5/")]
    assert joined(same) == [Standing(Span(None, None), 2, "/1/2/5/")]
    root, _gaps = standings(4, [(Span(change, None), None)], {})
    assert root == [Standing(Span(change, None), None, "/4/")]


def test_kinds_are_taken_off_names_and_recognised_in_front_of_what_people_type():
    assert bare_name("huyện Đầm Hà", "huyện") == "Đầm Hà"
    assert bare_name("thành phố Tam Kỳ", "thành phố") == "Tam Kỳ"
    assert bare_name("Việt Nam", "quốc gia") == "Việt Nam"
    assert bare_name("xã", "xã") == "xã"
    kinds = frozenset({"xa", "thi xa", "thanh pho", "quan"})
    assert split_kind("thanh pho tam ky", kinds) == ("thanh pho", "tam ky")
    assert split_kind("tp. tam ky", kinds) == ("thanh pho", "tam ky")
    assert split_kind("thi xa", kinds) == ("", "thi xa")
    assert split_kind("dam ha", kinds) == ("", "dam ha")
    assert kind_in_english("đặc khu") == "special zone" and kind_in_english("khum") == "khum"
    assert all(KINDS.values())
