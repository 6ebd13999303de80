"""The instances of many units, judged together: each kind of work is asked once for all of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeAlias

from danchu.core.contracts import DutyRow, Fulfilment, Shape, declared_duties
from danchu.core.law.catalog import Catalogue, Rule

from .instances import Instance, Judge, UnitFacts, spans_asked
from .rhythm import Span, span_before
from .scope import binds, calendar_class_of

Rows: TypeAlias = "dict[tuple[int, str], list[DutyRow]]"  # (unit, rule) -> rows


def declared_by_rule() -> dict[str, tuple[Fulfilment, ...]]:
    """rule -> how it is declared, once in each shape: of several kinds of work the first counts."""
    found: dict[str, dict[Shape, Fulfilment]] = {}
    for one in declared_duties():
        for rule in one.rules:
            found.setdefault(rule, {}).setdefault(one.shape, one)
    return {rule: tuple(shapes.values()) for rule, shapes in found.items()}


def rules_of(
    catalogue: Catalogue, level: str, kind: str, first: dt.date, last: dt.date
) -> list[Rule]:
    """The rules that bound a unit of this level and kind on some day of [first, last]."""
    return [
        rule
        for rule in catalogue
        if binds(rule, level, kind)
        and (rule.applies_from is None or rule.applies_from <= last)
        and (rule.applies_to is None or first <= rule.applies_to)
    ]


def read_instances(
    units: Iterable[UnitFacts],
    rules: Callable[[UnitFacts], Iterable[Rule]],
    judge: Judge,
    first: dt.date,
    last: dt.date,
) -> dict[int, dict[str, list[Instance]]]:
    """unit -> rule -> its instances between two days, in the order of time.

    ``rules``: those that bind a unit. Of a term, what is still to be done is told whenever it
    began; of what was done, only terms that ended or were done in those days.
    """
    declared = declared_by_rule()
    wanted = {
        unit.id: (unit, [rule for rule in rules(unit) if rule.key in declared]) for unit in units
    }
    asked = {rule.key for _unit, bound in wanted.values() for rule in bound}
    used = [
        one
        for one in dict.fromkeys(one for shapes in declared.values() for one in shapes)
        if asked.intersection(one.rules)
    ]
    spans = spans_asked(used, first, last, judge.on)
    read_from = min((span.start for group in spans.values() for span in group), default=first)
    for one in used:
        if one.of_before and spans[one.every]:  # what tells of a period may come before it ends
            earliest = min(spans[one.every], key=lambda span: span.start)
            read_from = min(read_from, span_before(one.every, earliest).start)
    rows = _rows(wanted, asked, min(read_from, first), last)
    found: dict[int, dict[str, list[Instance]]] = {}
    for unit, bound in wanted.values():
        found[unit.id] = {
            rule.key: [
                instance
                for shape in declared[rule.key]
                for instance in _of_rule(rule, shape, unit, rows, judge, spans, first)
            ]
            for rule in bound
        }
    return found


def _of_rule(
    rule: Rule,
    fulfilment: Fulfilment,
    unit: UnitFacts,
    rows: Rows,
    judge: Judge,
    spans: Mapping[str, list[Span]],
    first: dt.date,
) -> list[Instance]:
    mine = rows.get((unit.id, rule.key), [])
    calendar_class = calendar_class_of(unit.level)
    if fulfilment.shape is Shape.PERIODIC:
        return list(
            judge.periodic(rule, fulfilment, unit, mine, spans[fulfilment.every], calendar_class)
        )
    if fulfilment.shape is Shape.STANDING:
        there = judge.standing(rule, unit, mine)
        return [] if there is None else [there]
    terms = [judge.term(rule, fulfilment, unit, row, calendar_class) for row in mine]
    told = [
        one for one in terms if one is not None and (one.state == "open" or _touches(one, first))
    ]
    return sorted(told, key=lambda one: (one.due_on or dt.date.max, one.start, one.record_ids))


def _touches(term: Instance, first: dt.date) -> bool:
    """Whether a term that is over still belongs to a time that begins on ``first``."""
    if term.done_on is None:
        return True  # not done: it is told until it is
    return term.done_on >= first or term.due_on is None or term.due_on >= first


def _rows(units: Collection[int], asked: Collection[str], first: dt.date, last: dt.date) -> Rows:
    found: Rows = defaultdict(list)
    seen: list[Callable[..., object]] = []
    for one in declared_duties():
        if one.rows in seen or not units or not set(one.rules) & set(asked):
            continue
        seen.append(one.rows)
        for row in one.rows(units, first, last):
            if row.rule in asked:
                found[row.unit_id, row.rule].append(row)
    return found
