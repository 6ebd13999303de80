"""Carrying the plan out with rows written many at once: the same rows as ``by_services`` leaves.

A province is one transaction; its rows are written as they are drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from danchu.core.bulk import references_checked_at_the_end
from danchu.core.calendar.models import Period
from danchu.core.clock import on_day
from danchu.core.outbox.services import drain
from danchu.reporting.figures.fold import fold_layer
from danchu.reporting.figures.models import Layer

from . import frame
from .bulk_forms import Forms
from .bulk_records import Records
from .bulk_units import Units
from .drawing import Plan
from .plan import ProvincePlan
from .tables import LARGEST, Tables

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Written:
    """How many there are of what was written."""

    provinces: int = 0
    communes: int = 0
    units_below: int = 0
    records: int = 0
    versions: int = 0
    values: int = 0


def in_bulk(plan: Plan, progress: Progress | None = None) -> Written:
    """Write the whole plan, province by province, with the cells that follow from it.

    ``progress`` is told the province's name, its number from 1 and how many there are.
    The installation must have no other writer meanwhile.
    """
    done = Written()
    with on_day(plan.time.day):
        with transaction.atomic():
            nation_id, period = frame.found_nation(plan.time)
        _settle()
        with references_checked_at_the_end(LARGEST):
            for number, province in enumerate(plan.provinces(), start=1):
                with transaction.atomic():
                    _province(plan, province, nation_id, period, done)
                _settle()
                if progress is not None:
                    progress(province.unit.name, number, plan.scale.provinces)
    return done


def _settle() -> None:
    """What the few services of the frame left to be folded."""
    while drain():
        pass


def _province(
    plan: Plan, province: ProvincePlan, nation_id: int, period: Period, done: Written
) -> None:
    province_id, people = frame.found_province(province, nation_id, plan.time)
    communes = plan.communes(province)
    tables = Tables()
    with tables.written():
        units = Units(tables, plan.time, nation_id, province_id)
        for commune in communes:
            units.found(commune)
            tables.flush_when_full()
        records = Records(tables, units.ids, people)
        for commune in communes:
            for deed in plan.deeds(commune):
                records.write_down(deed)
            tables.flush_when_full()
        tables.flush()
        units.write_public_versions(records.shown)
    done.records += tables.records.written
    _fold(period, Layer.RECORDED, records.units)
    opened = frame.ask_communes(people, province_id, period, plan.time)
    tables = Tables()
    with tables.written():
        forms = Forms(tables, plan, period, people, units)
        for commune in communes:
            forms.of_commune(commune, opened.pk)
            tables.flush_when_full()
    forms.close_tasks_of_communes()
    _fold(period, Layer.REPORTED, {units.ids[code] for code in forms.communes})
    done.provinces += 1
    done.communes += len(province.communes)
    done.units_below += len(units.ids) - len(province.communes)
    done.versions += tables.submissions.written
    done.values += tables.values.written


def _fold(period: Period, layer: Layer, unit_ids: set[int]) -> None:
    held = Period.objects.select_for_update().get(pk=period.pk)
    fold_layer(held, layer, unit_ids)
