"""What a disclosure plan must say, checked once for every way it comes in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from danchu.core.clock import today
from danchu.core.errors import BadInput, Faults
from danchu.core.law.catalog import UnitKind
from danchu.core.records.inputs import EARLIEST, clean_line

from .. import rules
from ..models import Form, Place


@dataclass(frozen=True, slots=True)
class PlannedInput:
    """One line of a plan. ``item_id``: the line it was, None for a new one.

    ``title`` "": the clause as the law names it; without forms and places those that the law
    prescribes for it.
    """

    rule_key: str
    title: str = ""
    forms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    responsible: str = ""
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlanInput:
    """The disclosure plan of a year."""

    year: int
    number: str = ""
    items: tuple[PlannedInput, ...] = ()


MOST_ITEMS = 200


def cleaned_plan(
    content: PlanInput, kind: UnitKind, on: dt.date
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The columns of a plan made on that day and of its lines.

    Everything that is wrong with any line is told at once (``Refusal.each``).
    """
    if isinstance(content.year, bool) or not isinstance(content.year, int):
        raise BadInput("Nhập năm của kế hoạch.", "Enter the year of the plan.", field="year")
    if not EARLIEST.year <= content.year <= today().year + 1:
        raise BadInput(
            f"Năm của kế hoạch từ {EARLIEST.year} đến {today().year + 1}.",
            f"The year of a plan lies between {EARLIEST.year} and {today().year + 1}.",
            field="year",
        )
    number = clean_line(
        content.number, "number", "số, ký hiệu kế hoạch", "number", limit=80, required=False
    )
    if not 1 <= len(content.items) <= MOST_ITEMS:
        raise BadInput(
            f"Kế hoạch có từ 1 đến {MOST_ITEMS} nội dung.",
            f"A plan has 1 to {MOST_ITEMS} contents.",
            field="items",
        )
    faults, lines = Faults(), []
    for n, item in enumerate(content.items):
        with faults.noted():
            lines.append(_planned(item, kind, on, f"items-{n}"))
    faults.tell()
    return {"year": content.year, "number": number}, lines


def _planned(item: PlannedInput, kind: UnitKind, on: dt.date, prefix: str) -> dict[str, Any]:
    try:
        rule = rules.require_clause(item.rule_key, kind, on)
    except BadInput as refusal:
        refusal.field = f"{prefix}-rule_key"
        raise
    faults = Faults()
    with faults.noted():
        _known(item.forms, Form.values, f"{prefix}-forms")
    with faults.noted():
        _known(item.places, Place.values, f"{prefix}-places")
    with faults.noted():
        _not_backwards(item, prefix)
    forms, places = item.forms, item.places
    if not forms and not places:  # who chooses none takes what the law prescribes
        wanted = rules.prescribed(rule, on)
        forms, places = wanted.forms, wanted.places
    title = responsible = ""
    with faults.noted():
        title = clean_line(
            item.title, f"{prefix}-title", "nội dung", "content", limit=400, required=False
        )
    with faults.noted():
        responsible = clean_line(
            item.responsible,
            f"{prefix}-responsible",
            "bộ phận chịu trách nhiệm",
            "office responsible",
            limit=160,
            required=False,
        )
    faults.tell()
    return {
        "rule_key": rule.key,
        "rule_version": rule.version,
        "title": title or rule.title_vi[:400],
        "forms": list(dict.fromkeys(forms)),
        "places": list(dict.fromkeys(places)),
        "responsible": responsible,
        "from_on": item.from_on,
        "to_on": item.to_on,
    }


def _not_backwards(item: PlannedInput, prefix: str) -> None:
    if item.from_on and item.to_on and item.to_on < item.from_on:
        raise BadInput(
            "Thời hạn kết thúc trước khi bắt đầu.",
            "It ends before it begins.",
            field=f"{prefix}-to_on",
        )


def _known(values: Sequence[str], choices: Sequence[str], name: str) -> None:
    if any(value not in choices for value in values):
        raise BadInput(
            "Chọn trong danh sách hình thức và nơi niêm yết.",
            "Choose among the listed forms and places.",
            field=name,
        )
