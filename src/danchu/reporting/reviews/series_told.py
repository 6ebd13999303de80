"""What the units of a series gave: in each layer, as chosen by the rule, and as signed."""

from __future__ import annotations

from typing import NamedTuple

from danchu.core.contracts import Actor
from danchu.core.units.selectors import Warning
from danchu.reporting.figures.completeness import completeness
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.histories import readable_units, values_over_time, with_records
from danchu.reporting.figures.models import CellState, Layer
from danchu.reporting.figures.restating import Given, Kind, kind_of
from danchu.reporting.figures.selectors import Value
from danchu.reporting.reading.selectors import stated_over_time
from danchu.reporting.rounds.signed_words import standing_over_time
from danchu.reporting.rounds.standing import bases_over_time

from .issued import ISSUED, IssuedReport, issued_over_time
from .layers import layers_by_rule

CHOSEN = "chosen"  # no one layer: what was issued, else what the rule of the figures gives


class Signed(NamedTuple):
    """A value that somebody signed, and where it stands: said where a point gives another."""

    given: Given
    words: Warning


class Told(NamedTuple):
    """What the units gave: (unit, period, layer) -> value; and of whom nothing may be read.

    ``sources``: (unit, period) -> the layer its chosen value is of.
    """

    values: dict[tuple[int, int, str], Given]
    hidden: set[int]
    sources: dict[tuple[int, int], str]
    signed: dict[tuple[int, int], list[Signed]]


def told_of(viewer: Actor, meaning: Definition, unit_ids: set[int]) -> Told:
    share = kind_of(meaning) == Kind.SHARE
    keys = [meaning.key, *((meaning.numerator, meaning.denominator) if share else ())]
    readable = readable_units(viewer, unit_ids)
    cells = values_over_time(viewer, unit_ids, keys, readable=readable)
    given: dict[tuple[int, int, str], Given] = {}
    bases = bases_over_time(
        {
            unit
            for (unit, _period, layer, _key), value in cells.items()
            if layer == Layer.RECORDED and value.n_expected > 1
        }
    )
    for unit, period, layer in {key[:3] for key in cells}:
        own, top, below = (cells.get((unit, period, layer, k)) for k in (keys * 3)[:3])
        base = bases.get((unit, period))
        if share and top and below and top.amount is not None and below.amount is not None:
            n = min(top.n_reported + top.n_zero, below.n_reported + below.n_zero)
            n, of, _others = completeness(layer, n, max(top.n_expected, below.n_expected), base)
            given[unit, period, layer] = Given(None, top.amount, below.amount, n, of)
        elif own and own.state != CellState.MISSING:
            n = own.n_reported + own.n_zero + own.n_not_applicable
            n, of, _others = completeness(layer, n, own.n_expected, base)
            given[unit, period, layer] = Given(
                own.amount,
                n_given=n,
                n_expected=of,
                not_applicable=own.state == CellState.NOT_APPLICABLE,
            )
    unread = unit_ids - readable
    published = stated_over_time(viewer, sorted(unread), keys) if unread else {}
    for unit, period in {key[:2] for key in published}:
        said, top_said, below_said = (published.get((unit, period, k)) for k in (keys * 3)[:3])
        if share and top_said and below_said:
            given[unit, period, Layer.STATED] = Given(None, top_said.amount, below_said.amount)
        elif said:
            given[unit, period, Layer.STATED] = Given(said.amount)
    return _chosen_beside(viewer, meaning, unit_ids, Told(given, unread, {}, {}))


def _chosen_beside(viewer: Actor, meaning: Definition, unit_ids: set[int], told: Told) -> Told:
    """The same with the value that each unit and period speaks with, and all that was signed."""
    values = dict(told.values)
    known: dict[tuple[int, int], set[str]] = {}
    for unit, period, layer in told.values:
        known.setdefault((unit, period), set()).add(layer)
    issued = issued_over_time(viewer, unit_ids, readable=unit_ids - told.hidden)
    handed_in = {pair[0] for pair, layers in known.items() if Layer.REPORTED in layers}
    standing = standing_over_time(viewer, handed_in) if handed_in else set()
    doubtful = {
        unit
        for (unit, period), layers in known.items()
        if (unit, period) not in standing and Layer.REPORTED in layers
    }
    recorded = with_records(doubtful) if doubtful else set()
    for pair in known.keys() | issued.keys():
        layers = known.get(pair, set())
        if pair in recorded:
            layers = layers | {Layer.RECORDED.value}
        words = told.signed.setdefault(pair, [])
        if pair in issued and (value := issued[pair].value(meaning)) is not None:
            words.append(Signed(_given_of(value), _issued_words(issued[pair])))
            values[(*pair, ISSUED)] = words[-1].given
        if pair in standing and (*pair, Layer.REPORTED) in values:
            words.append(Signed(values[(*pair, Layer.REPORTED)], _HANDED_IN))
        order = (ISSUED, *layers_by_rule(layers, is_signed=pair in standing))
        source = next((str(one) for one in order if (*pair, one) in values), None)
        if source is not None:
            values[(*pair, CHOSEN)] = values[(*pair, source)]
            told.sources[pair] = source
    return told._replace(values=values)


def _given_of(value: Value) -> Given:
    n = value.n_reported + value.n_zero
    if value.numerator is not None and value.denominator:
        return Given(None, value.numerator, value.denominator, n, value.n_expected)
    no = value.state == CellState.NOT_APPLICABLE
    return Given(value.amount, n_given=n, n_expected=value.n_expected, not_applicable=no)


def _issued_words(report: IssuedReport) -> Warning:
    day = f"{report.issued_on:%d/%m/%Y}"
    return Warning(
        f"Báo cáo số {report.sign} ngày {day} ghi", f"Report {report.sign} of {day} states"
    )


_HANDED_IN = Warning("Bản đã nộp đang được tính ghi", "The version handed in that stands states")
