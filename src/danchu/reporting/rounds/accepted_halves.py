"""What was accepted in the two half-years, as the figures of the year's form.

A year is not asked for twice: what the unit handed in for its halves and the level above accepted
stands in the form of the year until something else is typed. How two halves make a year is the
dictionary's operator over time; a share is made from its two numbers wherever it is printed, and
units counted once in a year do not follow from two halves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import parse_period
from danchu.core.errors import BadInput
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.selectors import definitions, indicator_ids

from .models import Submission, SubmissionValue
from .which_stand import versions_that_stand

SUM, LAST = "sum", "last"
_OPERATORS = (SUM, LAST)
# The word that travels with the figure where the records say something else.
_WORDS = {
    SUM: "Cộng từ hai kỳ 6 tháng đã tiếp nhận",
    LAST: "Theo kỳ 6 tháng cuối năm đã tiếp nhận",
}


class _Value(NamedTuple):
    state: str
    amount: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class FromHalves:
    """What the accepted versions of the halves make of one indicator of the year.

    ``lacking``: the codes of the halves without an accepted version of the unit; ``unsaid``:
    those whose version does not report this indicator. With either there is no value.
    ``amount`` in the smallest unit.
    """

    operator: str  # of ``SUM`` and ``LAST``
    state: str
    amount: int | None
    reason: str  # of "does not apply", or how the year's figure was made
    lacking: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether there is a value to take over."""
        return self.state != CellState.MISSING


def halves_of(unit_id: int, period: Period) -> dict[str, FromHalves]:
    """Indicator -> what the unit's accepted versions of two halves give for the year.

    Nothing for other periods, without a query, and while neither half is accepted.
    """
    codes = _codes(period)
    if not codes:
        return {}
    found = versions_that_stand(
        unit_id=unit_id, round__period__code__in=codes, state=Submission.State.ACCEPTED
    )
    versions: dict[str, int] = dict(found.values_list("round__period__code", "pk"))
    if not versions:
        return {}
    said = _values(versions)
    lacking = tuple(code for code in codes if code not in versions)
    values: dict[str, FromHalves] = {}
    for key, meaning in definitions().items():
        operator = meaning.time_operator
        if operator in _OPERATORS and not meaning.is_rate:
            parts = [said[code].get(key) for code in codes]
            if any(part is not None for part in parts):
                values[key] = _made(operator, codes, parts, lacking)
    return values


def _codes(period: Period) -> tuple[str, ...]:
    """The codes of the two halves of a year; none for any other period."""
    if period.kind != "year":
        return ()
    try:
        span = parse_period(period.code)
    except BadInput:  # a committee's own, which says nothing of halves
        return ()
    return (f"{span.code}H1", f"{span.code}H2")


def _values(versions: Mapping[str, int]) -> dict[str, dict[str, _Value]]:
    """Code of the half -> indicator -> what its version reports of it."""
    keys = {number: key for key, number in indicator_ids().items()}
    codes = {version: code for code, version in versions.items()}
    found: dict[str, dict[str, _Value]] = defaultdict(dict)
    rows = SubmissionValue.objects.filter(submission_id__in=list(codes), dimension="")
    for version, indicator, state, amount, reason in rows.exclude(
        state=CellState.MISSING
    ).values_list("submission_id", "indicator_id", "state", "amount", "reason"):
        found[codes[version]][keys[indicator]] = _Value(state, amount, reason)
    return found


def _made(
    operator: str,
    codes: Sequence[str],
    parts: Sequence[_Value | None],
    lacking: tuple[str, ...],
) -> FromHalves:
    asked = range(len(codes)) if operator == SUM else [len(codes) - 1]
    unsaid = tuple(codes[n] for n in asked if parts[n] is None and codes[n] not in lacking)
    known = [part for n in asked if (part := parts[n]) is not None]
    if lacking or unsaid:
        return FromHalves(operator, CellState.MISSING, None, "", lacking, unsaid)
    amounts = [part.amount for part in known if part.amount is not None]
    if not amounts:
        return FromHalves(operator, CellState.NOT_APPLICABLE, None, known[-1].reason)
    total = sum(amounts)
    state = CellState.REPORTED if total else CellState.ZERO
    return FromHalves(operator, state, total, _WORDS[operator])
