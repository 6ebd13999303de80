"""Between the rows of the database and the values of the catalogue."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import Any, cast

from . import models
from .catalog import (
    Confirmation,
    DeadlineUnit,
    Instrument,
    Mode,
    Rule,
    TextBasis,
    UnitKind,
)

_SAME_INSTRUMENT = (
    "key", "number", "title_vi", "issued", "effective_from", "effective_to", "status",
    "confidence", "source", "notes",
)  # fmt: skip
_SAME_RULE = (
    "key", "title_vi", "title_en", "article", "deadline_days", "variant_of", "posting_days",
    "period", "threshold_basis", "confidence", "date_confidence", "applies_from", "applies_to",
    "group", "source", "notes",
)  # fmt: skip


def instrument_fields(instrument: Instrument) -> dict[str, Any]:
    """The columns of an instrument, without its place in the versions."""
    fields = {name: getattr(instrument, name) for name in _SAME_INSTRUMENT}
    return {**fields, "replaces": list(instrument.replaces)}


def instrument_of(row: models.Instrument) -> Instrument:
    """The value of a row."""
    fields = {name: getattr(row, name) for name in _SAME_INSTRUMENT}
    return Instrument(**fields, replaces=tuple(row.replaces))


def rule_fields(rule: Rule) -> dict[str, Any]:
    """The columns of a rule, without its place in the versions."""
    fields = {name: getattr(rule, name) for name in _SAME_RULE}
    extend = {}
    if rule.extend_max is not None and rule.extend_times is not None:
        extend = {"max_days": rule.extend_max, "times": rule.extend_times}
    return {
        **fields,
        "instrument_key": rule.instrument.key,
        "unit_kind": rule.unit_kind,
        "mode": rule.mode,
        "deadline_unit": rule.deadline_unit or "",
        "days_if": dict(rule.days_if),
        "extend": extend,
        "threshold_numerator": rule.threshold.numerator if rule.threshold else None,
        "threshold_denominator": rule.threshold.denominator if rule.threshold else None,
        "text_basis": rule.text_basis,
        "supersedes": list(rule.supersedes),
        "superseded_by": list(rule.superseded_by),
    }


def rule_of(
    row: models.Obligation, instrument: Instrument, confirmation: Confirmation | None = None
) -> Rule:
    """The value of a row, with the confirmation that stands for it here."""
    fields = {name: getattr(row, name) for name in _SAME_RULE}
    threshold = None
    if row.threshold_numerator is not None and row.threshold_denominator is not None:
        threshold = Fraction(row.threshold_numerator, row.threshold_denominator)
    return Rule(
        **fields,
        instrument=instrument,
        unit_kind=cast(UnitKind, row.unit_kind),
        mode=cast(Mode, row.mode),
        deadline_unit=cast(DeadlineUnit, row.deadline_unit) if row.deadline_unit else None,
        days_if=MappingProxyType(dict(row.days_if)),
        extend_max=row.extend.get("max_days"),
        extend_times=row.extend.get("times"),
        threshold=threshold,
        text_basis=cast(TextBasis, row.text_basis),
        supersedes=tuple(row.supersedes),
        superseded_by=tuple(row.superseded_by),
        version=row.version,
        confirmation=confirmation,
    )
