"""What decides which duties units have and since when they can be followed; one question."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery

from danchu.core.contracts import declared_measures
from danchu.core.prepared import Prepared
from danchu.core.records.models import Record
from danchu.core.units.models import Unit

from .instances import UnitFacts


def unit_facts(kinds: Mapping[int, str]) -> dict[int, UnitFacts]:
    """Of units given as id -> kind ("xã", "sở"): level, first and last day, first record here.

    A record that a kind of work wrote counts; a past report that was read in does not, for it
    says nothing of work being recorded here.
    """
    found = {}
    for unit_id, level, begins, unknown, ends, lasting, begun in _FACTS.rows(
        sorted(kinds), record_kinds()
    ):
        found[unit_id] = UnitFacts(
            unit_id,
            level,
            kinds[unit_id],
            None if unknown else begins,
            None if lasting else ends,
            begun,
        )
    return found


def record_kinds() -> list[str]:
    """The kinds of records that kinds of work write."""
    return sorted({one.record_kind for one in declared_measures()})


def _facts(unit_ids: Collection[int], kinds: Sequence[str]) -> QuerySet[Unit, Any]:
    first = (
        Record.objects.filter(unit_id=OuterRef("pk"), kind__in=kinds, state=Record.State.RECORDED)
        .order_by("occurred_on")
        .values("occurred_on")[:1]
    )
    return (
        Unit.objects.filter(pk__in=unit_ids)
        .annotate(
            begins=Min("states__valid_from"),
            unknown=Count("states", filter=Q(states__valid_from__isnull=True)),
            ends=Max("states__valid_to"),
            lasting=Count("states", filter=Q(states__valid_to__isnull=True)),
            begun=Subquery(first),
        )
        .values_list("pk", "level", "begins", "unknown", "ends", "lasting", "begun")
    )


_FACTS = Prepared(_facts)
