"""The arithmetic of the figures a text states (INTERFACE, "Checking").

Only identities are tried. Visits (lượt), persons and matters are never ordered against each other:
a group is one visit of several persons, and one person may come often.
"""

from __future__ import annotations

import bisect
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from .joining import joined
from .lexicon.relations import CHANGE_OF, IDENTITIES, SHARE_OF
from .model import EARLY_INCLUDED, Check, Exact, Indicator, Reading, Verdict
from .printing import decimals_of, printed, rounded

_COUNT_OF: dict[str, tuple[str, ...]] = {
    share: tuple(key for key, other in SHARE_OF.items() if other == share)
    for share in set(SHARE_OF.values())
}
_BASE_OF = {change: base for base, change in CHANGE_OF.items()}
# Scores and rates that are measured by others and have no two numbers in a report.
_NO_SHARE = frozenset(("par_index_score", "service_index_score"))
# How far apart, in characters, figures still speak of one thing.
_NEAR = 260
_PARAGRAPH = 700
_CLAUSE = 120
# No table between a part and its whole has more figures than this.
_TABLE = 500
_PERCENT_DECIMALS = 2
_LONGEST_NUMBER = 100


def check_reading(reading: Reading) -> list[Check]:
    """Every check that the figures of ``reading`` allow, in the order of the text.

    Verdicts: ``ok`` and ``fail`` where the numbers are all there, ``not_checkable`` for a share
    without its denominator and a rise or fall without its earlier figure.
    """
    figures = _Figures(reading.indicators)
    checks = [
        *_shares(figures),
        *_changes(figures),
        *_parts_of_their_kind(figures),
        *_identities(figures),
        *_larger_than_whole(figures.all),
    ]
    return sorted(joined(checks, reading), key=lambda check: check.spans[0])


def _check(
    rule: str,
    verdict: Verdict,
    vi: str,
    en: str,
    figures: list[Indicator],
    stated: Exact | None = None,
    computed: Exact | None = None,
) -> Check:
    return Check(
        rule=rule,
        message_vi=vi,
        message_en=en,
        verdict=verdict,
        stated=stated,
        computed=computed,
        spans=tuple((f.char_start, f.char_end) for f in figures),
        indicators=tuple(dict.fromkeys(f.key for f in figures)),
    )


def _distance(one: Indicator, other: Indicator) -> int:
    return max(
        one.number[0] - other.number[1],
        other.number[0] - one.number[1],
        0,
    )


class _Figures:
    """The figures of a reading by key, so that those near one are found without going over all."""

    def __init__(self, figures: Sequence[Indicator]) -> None:
        self.all = list(figures)
        self._of: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, figure in enumerate(self.all):
            self._of[figure.key].append((figure.number[0], place))
        for places in self._of.values():
            places.sort()

    def of(self, key: str) -> Iterator[Indicator]:
        """Those of ``key``."""
        return (self.all[place] for _, place in self._of.get(key, ()))

    def near(self, keys: Sequence[str], to: Indicator, reach: int) -> list[Indicator]:
        """Those of ``keys`` at most ``reach`` characters from ``to``, in their order."""
        found: list[int] = []
        for key in keys:
            places = self._of.get(key, [])
            first = bisect.bisect_left(places, (to.number[0] - reach - _LONGEST_NUMBER, -1))
            for start, place in islice(places, first, None):
                if start > to.number[1] + reach:
                    break
                if _distance(to, self.all[place]) <= reach:
                    found.append(place)
        return [self.all[place] for place in sorted(found)]


# -- shares -------------------------------------------------------------------------------------


def _shares(figures: _Figures) -> Iterator[Check]:
    for share in figures.all:
        if share.unit != "percent" or share.key in _BASE_OF or share.key in _NO_SHARE:
            continue
        pairs = list(_pairs_for(share, figures))
        if not pairs:
            yield _no_denominator(share)
            continue
        decimals = decimals_of(share.digits)
        fitting = next(
            (p for p in pairs if rounded(100 * p[1] / Fraction(p[2]), decimals) == share.value),
            None,
        )
        parts, count, whole = fitting or pairs[0]
        computed = rounded(100 * count / Fraction(whole), max(decimals + 1, _PERCENT_DECIMALS))
        shown = f"{printed(count)}/{printed(whole)} = {printed(computed)}%"
        stated = printed(share.value, decimals)
        involved = [share, *parts]
        if fitting:
            yield _check(
                "share",
                "ok",
                f"Tỷ lệ {stated}% khớp với {shown}.",
                f"The share {share.digits or stated} agrees with {shown}.",
                involved,
                share.value,
                computed,
            )
        elif share.approx or any(_is_approximate(part, figures) for part in parts):
            yield _check(
                "share",
                "not_checkable",
                f"Tỷ lệ {stated}% đứng cạnh số nói khoảng chừng ({shown}) nên không kiểm được.",
                f"The share {stated}% stands beside approximate numbers ({shown}).",
                involved,
                share.value,
                computed,
            )
        else:
            yield _check(
                "share",
                "fail",
                f"Tỷ lệ nêu {stated}% không khớp: {shown}.",
                f"The stated share {stated}% does not agree: {shown}.",
                involved,
                share.value,
                computed,
            )


def _pairs_for(
    share: Indicator, figures: _Figures
) -> Iterator[tuple[list[Indicator], Exact, Exact]]:
    """Count and whole that the share may stand for, the nearest first."""
    keys = _COUNT_OF.get(share.key, ())
    near = [
        f for f in figures.near(keys, share, _PARAGRAPH) if _distance(share, f) <= _reach(share, f)
    ]
    near = [f for f in near if f.scope == share.scope or _distance(share, f) <= 60]
    for count in sorted(near, key=lambda f: _distance(share, f))[:3]:
        if not count.denominator:
            # The share stands beside this count; further ones are not its own.
            return
        yield [count], count.value, count.denominator
        if count.key == "dossiers_on_time" and count.rule != EARLY_INCLUDED:
            for early in figures.near(("dossiers_early",), count, _PARAGRAPH):
                if (early.scope, early.denominator) == (count.scope, count.denominator):
                    yield [early, count], early.value + count.value, count.denominator


def _is_approximate(part: Indicator, figures: _Figures) -> bool:
    """Whether a count, or the whole it is a share of, is only about what it says."""
    return part.approx or any(
        f.approx and f.value == part.denominator for f in figures.of(part.part_of or "")
    )


def _reach(share: Indicator, count: Indicator) -> int:
    # A table and the sentence below it are one passage.
    return _PARAGRAPH if count.part_of else _NEAR


def _no_denominator(share: Indicator) -> Check:
    stated = printed(share.value, decimals_of(share.digits))
    if share.key.startswith(("satisfaction", "no_")):
        vi = f"Tỷ lệ {stated}% không kèm số phiếu trả lời và tổng số phiếu nên không kiểm được."
        en = f"The share {stated}% comes without the number of answers and cannot be checked."
    else:
        vi = f"Tỷ lệ {stated}% không kèm tử số và mẫu số nên không kiểm được."
        en = f"The share {stated}% comes without its two numbers and cannot be checked."
    return _check("share", "not_checkable", vi, en, [share], share.value, None)


# -- rises and falls ----------------------------------------------------------------------------


def _changes(figures: _Figures) -> Iterator[Check]:
    for change in figures.all:
        base_key = _BASE_OF.get(change.key)
        if base_key is None:
            continue
        with_earlier = [f for f in figures.near((base_key,), change, _NEAR) if f.previous]
        size: Exact = -change.value if change.value < 0 else change.value
        stated = printed(size, decimals_of(change.digits))
        way_vi, way_en = ("giảm", "fall") if change.value < 0 else ("tăng", "rise")
        if not with_earlier:
            yield _check(
                "change",
                "not_checkable",
                f"Mức {way_vi} {stated}% không kèm số của kỳ trước nên không kiểm được.",
                f"The {way_en} of {stated}% comes without the earlier figure.",
                [change],
                change.value,
            )
            continue
        base = min(with_earlier, key=lambda f: _distance(change, f))
        earlier = Fraction(base.previous or 1)
        exact = 100 * (Fraction(base.value) - earlier) / earlier
        decimals = decimals_of(change.digits)
        computed = rounded(exact, max(decimals + 1, _PERCENT_DECIMALS))
        fits = rounded(exact, decimals) == change.value
        real_vi, real_en = ("giảm", "a fall of") if computed < 0 else ("tăng", "a rise of")
        real = printed(abs(computed))
        shown = f"từ {printed(earlier)} đến {printed(base.value)} là {real_vi} {real}%"
        shown_en = f"{printed(earlier)} to {printed(base.value)} is {real_en} {real}%"
        approximate = change.approx or base.approx
        yield _check(
            "change",
            "ok" if fits else "not_checkable" if approximate else "fail",
            f"Mức {way_vi} {stated}% {'khớp' if fits else 'không khớp'}: {shown}.",
            f"The {way_en} of {stated}% {'agrees' if fits else 'does not agree'}: {shown_en}.",
            [change, base],
            change.value,
            computed,
        )


# -- parts and wholes ---------------------------------------------------------------------------


def _parts_of_their_kind(every: _Figures) -> Iterator[Check]:
    """ "20 đoàn, gồm 7 đoàn … và 12 đoàn …"; rows of a table against its total."""
    figures = every.all
    summed: set[tuple[int, int]] = set()
    rows: defaultdict[str, deque[tuple[int, Indicator]]] = defaultdict(deque)
    for index, whole in enumerate(figures):
        told = rows[whole.key]
        while told and told[0][0] < index - _TABLE:
            told.popleft()
        before = [f for _, f in told if f.number not in summed]
        if whole.part_of == whole.key and whole.denominator is None:
            told.append((index, whole))
        if whole.unit == "percent" or (whole.part_of == whole.key):
            continue
        after = _run(islice(figures, index + 1, index + _TABLE), whole)
        if len(before) >= 2 and whole.scope is None and _of_each_one(before):
            summed.update(f.number for f in before)
            yield _sum_check(whole, before)
        for group in after:
            if len(group) >= 2:
                total = sum(Fraction(part.value) for part in group)
                # A few parts named out of many need not make the whole.
                if total * 10 >= whole.value * 9:
                    yield _sum_check(whole, group)


def _of_each_one(rows: list[Indicator]) -> bool:
    """Whether no row is told twice: two columns of one meaning are no column to add up."""
    named = [row.scope for row in rows if row.scope]
    return len(set(named)) == len(named)


def _run(figures: Iterable[Indicator], whole: Indicator) -> list[list[Indicator]]:
    """The parts that name ``whole`` as theirs, in groups that stand close together."""
    groups: list[list[Indicator]] = []
    last = whole.number[1]
    for figure in figures:
        if figure.key == whole.key and figure.part_of != figure.key:
            break
        if figure.key != whole.key or figure.denominator != whole.value:
            continue
        if not groups or figure.number[0] - last > _SENTENCE_GAP:
            groups.append([])
        groups[-1].append(figure)
        last = figure.number[1]
    return groups


# Parts of one breakdown stand in one sentence; a new breakdown begins further on.
_SENTENCE_GAP = 75


def _sum_check(whole: Indicator, parts: list[Indicator]) -> Check:
    total = sum((Fraction(part.value) for part in parts), Fraction(0))
    shown = " + ".join(printed(part.value) for part in parts)
    approximate = whole.approx or any(part.approx for part in parts)
    if total == whole.value:
        verdict: Verdict = "ok"
        vi = f"Các phần cộng lại khớp tổng: {shown} = {printed(whole.value)}."
        en = f"The parts add up to the whole: {shown} = {printed(whole.value)}."
    else:
        verdict = "not_checkable" if approximate else "fail"
        vi = f"Các phần cộng lại là {shown} = {printed(total)}, tổng nêu {printed(whole.value)}."
        en = (
            f"The parts add up to {shown} = {printed(total)}; the stated whole is "
            f"{printed(whole.value)}."
        )
    return _check("parts", verdict, vi, en, [whole, *parts], whole.value, total)


def _identities(figures: _Figures) -> Iterator[Check]:
    used: set[tuple[int, int]] = set()
    for whole_key, part_keys in IDENTITIES:
        for whole in figures.all:
            if whole.key != whole_key or whole.part_of == whole_key:
                continue
            if whole.number in used:
                continue
            parts = [_nearest(figures, key, whole) for key in part_keys]
            if any(part is None for part in parts):
                continue
            found = [part for part in parts if part is not None]
            if len({part.number for part in found}) < len(found):
                continue
            # "Trước hạn" is a part beside "đúng hạn" unless it was added to it in the reading.
            included = any(part.rule == EARLY_INCLUDED for part in found)
            if included and "dossiers_early" in part_keys:
                continue
            alone = part_keys == ("dossiers_on_time", "dossiers_overdue") and not included
            if alone and _nearest(figures, "dossiers_early", whole):
                continue
            used.add(whole.number)
            check = _sum_check(whole, found)
            if not part_keys[-1].endswith("_pending"):
                yield check
            elif check.verdict == "ok":
                # Else what was carried over, handed on or withdrawn may lie between; where a
                # sentence says whole, done and left, its own arithmetic finds the error.
                yield replace(check, rule="remainder")


def _nearest(figures: _Figures, key: str, whole: Indicator) -> Indicator | None:
    found = [
        f
        for f in figures.near((key,), whole, _PARAGRAPH)
        if f.part_of != key
        and (f.scope == whole.scope or (_distance(whole, f) <= _CLAUSE and not f.scope))
        and f.period == whole.period
        and f.denominator in (None, whole.value)
    ]
    return min(found, key=lambda f: _distance(whole, f)) if found else None


_MAY_EXCEED = frozenset(
    ("inspections_conducted", "reception_sessions_held", "inspections_completed")
)


def _larger_than_whole(figures: list[Indicator]) -> Iterator[Check]:
    """ "12/10 hộ": a part larger than its whole; a plan may be exceeded."""
    for figure in figures:
        if figure.denominator is None or figure.unit == "percent" or figure.key in _MAY_EXCEED:
            continue
        if figure.value > figure.denominator:
            yield _check(
                "parts",
                "fail",
                f"Phần {printed(figure.value)} lớn hơn tổng {printed(figure.denominator)}.",
                f"The part {printed(figure.value)} is larger than its whole "
                f"{printed(figure.denominator)}.",
                [figure],
                figure.value,
                figure.denominator,
            )
