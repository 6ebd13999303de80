"""Whose figures are signed: the unit's own version that stands, or above it those of its round."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, OuterRef, QuerySet, Subquery, Value

from danchu.core.accounts.policy import among
from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.core.prepared import Prepared
from danchu.core.units.models import Unit
from danchu.reporting.figures.completeness import Base
from danchu.reporting.figures.histories import cells_of_records

from .models import ExpectedReporter, Round, Submission
from .which_stand import newest_versions


def standing_words(
    viewer: Actor, levels: Mapping[int, str], period: Period
) -> dict[int, Base | None]:
    """Those of the units whose figures of the period are signed: a version stands.

    ``levels``: unit -> its level. That is the unit's own version; above the communes one of those
    its own round asks, told with the units of that round. Of each unit the newest version counts,
    and one that was returned does not stand. For who may read the unit's figures.
    """
    readable = [unit_id for unit_id in levels if viewer.may("figures.read", unit_id)]
    above = [unit_id for unit_id in readable if levels[unit_id] in _ABOVE]
    others = [unit_id for unit_id in readable if levels[unit_id] not in _ABOVE]
    found: dict[int, Base | None] = {unit_id: None for (unit_id,) in _OWN.rows(others, period.pk)}
    for unit_id, listed, asked in _ASKED.rows(above, period.pk):
        found[unit_id] = Base(listed, asked or 0)
    return found


def standing_over_time(viewer: Actor, unit_ids: Collection[int]) -> set[tuple[int, int]]:
    """The same over all periods: (unit, id of the period)."""
    readable = among(viewer, "figures.read", sorted(unit_ids)) if unit_ids else set()
    return {(unit_id, period) for unit_id, period, _code in _EVER.rows(sorted(readable))}


@dataclass(frozen=True, slots=True)
class Words:
    """Codes of periods of one unit: where its figures are signed, and where records know any."""

    signed: frozenset[str]
    recorded: frozenset[str]


def words_of(viewer: Actor, unit_id: int) -> Words:
    """In which periods the unit's figures are signed or known from records; one question."""
    if not viewer.may("figures.read", unit_id):
        return Words(frozenset(), frozenset())
    told = set(_WORDS.rows(unit_id))
    return Words(
        frozenset(code for code, is_signed in told if is_signed),
        frozenset(code for code, is_signed in told if not is_signed),
    )


_SIGNED, _RECORDED = (Value(told, BooleanField()) for told in (True, False))
# One round, seldom more: to weigh a join takes longer than to ask.
_LEVEL = Subquery(Unit.objects.filter(pk=OuterRef("unit")).values("level")[:1])
_ABOVE = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)


def _own(**which: Any) -> QuerySet[Submission]:
    # From the district upward a figure is the sum of the communes, whatever it hands up itself.
    return newest_versions().filter(**which).exclude(unit__level__in=_ABOVE)


def _asked(**which: Any) -> QuerySet[Round]:
    """The rounds of units above the communes of which a version stands, and whom they ask."""
    versions = Submission.objects.filter(round=OuterRef("round"), unit=OuterRef("unit"))
    asked = ExpectedReporter.objects.filter(round=OuterRef("pk")).alias(
        newest=Subquery(versions.order_by("-number").values("state")[:1])
    )
    stand = asked.filter(newest__in=(Submission.State.SUBMITTED, Submission.State.ACCEPTED))
    # The first one is enough. Asked whether there is any, PostgreSQL would go through them all.
    rounds = Round.objects.alias(first=Subquery(stand.values("pk")[:1]), level=_LEVEL)
    # What villages handed in is below the word of a commune, never instead of it.
    return rounds.filter(first__isnull=False, level__in=_ABOVE, **which)


def _lines(**which: Any) -> Subquery:
    lines = ExpectedReporter.objects.filter(round=OuterRef("pk"), **which)
    return Subquery(lines.values("round").annotate(n=Count("pk")).values("n"))


_OWN = Prepared(
    lambda unit_ids, period_id: _own(unit_id__in=unit_ids, round__period_id=period_id).values_list(
        "unit_id"
    )
)
_ASKED = Prepared(
    lambda unit_ids, period_id: _asked(unit_id__in=unit_ids, period_id=period_id).values_list(
        "unit_id", _lines(), _lines(excused="")
    )
)
_WORDS = Prepared(
    lambda unit_id: (
        _own(unit_id=unit_id)
        .values_list("round__period__code", _SIGNED)
        .union(
            _asked(unit_id=unit_id).values_list("period__code", _SIGNED),
            Period.objects.filter(pk__in=cells_of_records([unit_id]).values("period_id"))
            .order_by()
            .values_list("code", _RECORDED),
        )
    )
)
_EVER = Prepared(
    lambda unit_ids: (
        _own(unit_id__in=unit_ids)
        .values_list("unit_id", "round__period_id", "round__period__code")
        .union(_asked(unit_id__in=unit_ids).values_list("unit_id", "period_id", "period__code"))
    )
)
