"""A unit that moves inside a period is asked once for it.

What it handed in stays with the round it was handed in to, and the unit above by now is told so
in a line of its own round. What it has not handed in yet it hands in to whom it belongs now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import Conflict
from danchu.core.units.selectors import UnitOnDay, units_by_ids
from danchu.core.work.services import assign, complete

from .models import ExpectedReporter, FormValue, Round, Submission
from .which_stand import standing_versions


@dataclass(frozen=True, slots=True)
class AskedElsewhere:
    """A line of another round of the period that asks the unit; ``stands``: it handed in there."""

    line: ExpectedReporter
    stands: bool

    @property
    def can_go(self) -> bool:
        """Whether the unit may be asked by another round instead."""
        return not self.stands and self.line.round.closed_at is None


def asked_elsewhere(unit_ids: Collection[int], period: Period, but: int) -> list[AskedElsewhere]:
    """The lines that ask these units in rounds of the period opened by others than ``but``."""
    lines = (
        ExpectedReporter.objects.filter(unit_id__in=unit_ids, round__period=period, excused="")
        .exclude(round__unit_id=but)
        .select_related("round__period")
        .order_by("round_id", "unit_id")
    )
    found = list(lines)
    if not found:
        return []
    versions = standing_versions(period, [line.unit_id for line in found])
    stands = set(versions.values_list("round_id", "unit_id"))
    return [AskedElsewhere(line, (line.round_id, line.unit_id) in stands) for line in found]


def told(found: Iterable[AskedElsewhere]) -> dict[int, str]:
    """unit -> why another round does not ask it: it handed in already."""
    lines = [one.line for one in found if one.stands]
    names = _names(lines)
    return {
        line.unit_id: f"Số liệu kỳ này đã nộp và được tính trong đợt “{line.round.title[:150]}” "
        f"của {names[line.round_id]}"[:140]
        for line in lines
    }


def _names(lines: Iterable[ExpectedReporter]) -> dict[int, str]:
    rounds = {line.round_id: line.round for line in lines}
    if not rounds:
        return {}
    found: dict[int, str] = {}
    for round_id, one in rounds.items():
        above: dict[int, UnitOnDay] = units_by_ids([one.unit_id], one.structure_on)
        found[round_id] = above[one.unit_id].name if one.unit_id in above else "đơn vị khác"
    return found


def carry(actor: Actor, line: ExpectedReporter, to: Round, path: str) -> None:
    """Have the other round ask the unit: its day stays, and what it has typed goes with it."""
    ask(to, line.unit_id, line.due_on, path)
    let_go(actor, line, to)


def let_go(actor: Actor, line: ExpectedReporter, to: Round) -> None:
    """Have a round ask the unit no more, for another does; its line says so.

    Raises ``Conflict`` when the unit has just handed in there.
    """
    kept = ExpectedReporter.objects.select_for_update(of=("self",)).get(pk=line.pk)
    sent = Submission.objects.filter(round_id=kept.round_id, unit_id=kept.unit_id)
    last = sent.order_by("-number").first()
    if last is not None and last.state != Submission.State.RETURNED:
        raise Conflict(
            "Đơn vị vừa nộp số liệu trong đợt của nơi cũ. Xem lại rồi làm lại.",
            "The unit has just handed in for the round of its former place. Look again.",
        )
    names = _names([ExpectedReporter(round=to, unit_id=line.unit_id)])
    typed = FormValue.objects.filter(round_id=kept.round_id, unit_id=kept.unit_id)
    if not FormValue.objects.filter(round=to, unit_id=kept.unit_id).exists():
        typed.update(round=to)
    kept.excused = (
        f"Đã chuyển về {names[to.pk]}; nộp số liệu kỳ này trong đợt “{to.title[:150]}” của nơi mới"
    )[:300]
    kept.save(update_fields=["excused"])
    complete(actor=actor, key=f"round.submit:{kept.round_id}:{kept.unit_id}")


def ask(to: Round, unit_id: int, due_on: dt.date, path: str) -> None:
    """Have the round ask one more unit, with its task."""
    ExpectedReporter.objects.update_or_create(
        round=to, unit_id=unit_id, defaults={"due_on": due_on, "excused": ""}
    )
    assign(
        key=f"round.submit:{to.pk}:{unit_id}",
        unit_id=unit_id,
        kind="round.submit",
        title=f"Nộp số liệu: {to.title}",
        starts_on=today(),
        due_on=due_on,
        path=path,
    )


def carry_back(actor: Actor, unit_id: int, was: int, to: int, path: str) -> None:
    """Undo :func:`carry`."""
    FormValue.objects.filter(round_id=to, unit_id=unit_id).update(round_id=was)
    line = ExpectedReporter.objects.select_related("round").get(round_id=was, unit_id=unit_id)
    ask(line.round, unit_id, line.due_on, path)
    forget(actor, unit_id, to)


def forget(actor: Actor, unit_id: int, round_id: int) -> None:
    """Have the round ask the unit no more, as if it had never named it."""
    ExpectedReporter.objects.filter(round_id=round_id, unit_id=unit_id).delete()
    complete(actor=actor, key=f"round.submit:{round_id}:{unit_id}")


def lines_of(unit_ids: Collection[int], opened_by: int) -> Iterator[tuple[Round, AskedElsewhere]]:
    """Each line that asks one of the units, with the open round for the same period of the unit
    above by now, where that does not ask it yet."""
    for to in Round.objects.filter(unit_id=opened_by, closed_at=None).select_related("period"):
        there = set(
            ExpectedReporter.objects.filter(round=to, unit_id__in=unit_ids, excused="").values_list(
                "unit_id", flat=True
            )
        )
        for one in asked_elsewhere(unit_ids, to.period, opened_by):
            if one.line.unit_id not in there:
                yield to, one
