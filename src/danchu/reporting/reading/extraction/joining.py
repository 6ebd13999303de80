"""The checks of the figures that rules know together with those of the sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .model import Check, Reading

_PLACE = 256  # characters


def joined(checks: list[Check], reading: Reading) -> Iterator[Check]:
    """With the arithmetic of the sentences: one verdict for each number and rule.

    The figures that rules know come first; what they leave open the sentence may settle, and what
    agrees within its own sentence is not called wrong: neither a number nor parts that the rules
    added up to another whole.
    """
    keys = {figure.number: figure.key for figure in reading.indicators}
    settled = _Near(check for check in reading.arithmetic if check.verdict != "not_checkable")
    kept = _Near()
    for check in checks:
        judged = [
            other
            for other in settled.to(check.spans[0])
            if _overlap(other.spans[0], check.spans[0])
        ]
        if check.verdict == "not_checkable" and judged:
            continue
        if check.verdict == "fail" and any(
            other.verdict == "ok" and other.rule == check.rule for other in judged
        ):
            continue
        if check.verdict == "fail" and any(
            _same_parts(check, other) for other in settled.to(*check.spans[1:2])
        ):
            continue
        kept.add(check)
        yield check
    for check in reading.arithmetic:
        if not any(_says_the_same(check, other) for other in kept.to(check.spans[0])):
            named = tuple(dict.fromkeys(keys[span] for span in check.spans if span in keys))
            yield replace(check, indicators=named)


class _Near:
    """Checks by where their numbers stand: a text of thousands of them is not gone through for
    each.
    """

    __slots__ = ("_by_place",)

    def __init__(self, checks: Iterable[Check] = ()) -> None:
        self._by_place: dict[int, list[Check]] = {}
        for check in checks:
            self.add(check)

    def add(self, check: Check) -> None:
        places = {place for span in check.spans for place in _places(span)}
        for place in places:
            self._by_place.setdefault(place, []).append(check)

    def to(self, *spans: tuple[int, int]) -> Iterator[Check]:
        """Those one of whose numbers may overlap a span; some come twice."""
        for span in spans:
            for place in _places(span):
                yield from self._by_place.get(place, ())


def _places(span: tuple[int, int]) -> range:
    return range(span[0] // _PLACE, max(span[0], span[1] - 1) // _PLACE + 1)


def _same_parts(check: Check, other: Check) -> bool:
    """Whether the numbers that ``check`` adds up are accounted for otherwise in their sentence:
    as parts of another whole, or by a sum that agrees and takes more of them.
    """
    if check.rule not in ("parts", "remainder") or other.rule not in ("parts", "remainder"):
        return False
    parts = check.spans[1:]
    if other.verdict == "ok":
        return len(parts) > 1 and _covers(other.spans, parts)
    return (
        len(parts) > 1
        and other.rule == "parts"
        and not _overlap(check.spans[0], other.spans[0])
        and _covers(other.spans[1:], parts)
    )


def _covers(known: tuple[tuple[int, int], ...], spans: tuple[tuple[int, int], ...]) -> bool:
    return all(any(_overlap(span, other) for other in known) for span in spans)


def _says_the_same(check: Check, other: Check) -> bool:
    """Whether ``other`` already judges the number of ``check``, or is about the same numbers."""
    if _overlap(check.spans[0], other.spans[0]):
        return check.rule == other.rule or "not_checkable" in (check.verdict, other.verdict)
    return _covers(other.spans, check.spans)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
