"""Closing a round with the missing named, and opening it again for an amendment.

A closing keeps which version of each unit it counted (DESIGN decision 6): what is published from
it can always be made again, and what an amendment changes can be told figure by figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from danchu.core.acting import acting_as
from danchu.core.clock import now, today
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.outbox.services import enqueue
from danchu.core.records.inputs import clean_line
from danchu.core.records.services import FIGURES
from danchu.core.units.selectors import address_code
from danchu.core.work.services import assign, complete, complete_all
from danchu.reporting.figures.selectors import definitions

from .asking_back import task_to_return
from .models import Closing, ClosingLine, ExpectedReporter, Round, Submission, SubmissionValue


def close_round(*, actor: Actor, round_id: int, missing: Sequence[int]) -> Closing:
    """Close a round on the versions that stand; units without one are named as missing.

    ``missing``: the units the person was shown as missing, by id. When meanwhile one of them
    handed in, or another's version was returned, nothing is closed and the person looks again.
    A version that waits to be checked must be accepted or returned first. Needs
    ``rounds.open``. Raises ``Conflict``, ``NotFound``.
    """
    with acting_as(actor):
        found = _locked(round_id)
        require(actor, "rounds.open", found.unit_id)
        if found.closed_at is not None:
            raise Conflict("Đợt báo cáo này đã đóng.", "This round is closed already.")
        expected = list(
            ExpectedReporter.objects.select_for_update().filter(round=found).order_by("pk")
        )
        newest: dict[int, Submission] = {}
        for row in Submission.objects.filter(round=found).order_by("number"):
            newest[row.unit_id] = row
        asked = [e.unit_id for e in expected if not e.excused]
        waiting = [u for u in asked if u in newest and newest[u].state == "submitted"]
        if waiting:
            raise Conflict(
                f"Còn {len(waiting):02d} bản nộp chưa nhận hoặc trả lại. "
                "Xem xét xong rồi đóng đợt.",
                f"{len(waiting)} submissions are neither accepted nor returned yet.",
            )
        lacking = [u for u in asked if u not in newest or newest[u].state != "accepted"]
        if set(lacking) != set(missing):
            raise Conflict(
                "Danh sách đơn vị chưa nộp vừa thay đổi. Xem lại danh sách rồi đóng đợt.",
                "The list of missing units has just changed. Look at it again, then close.",
            )
        moment = now()
        made = Closing.objects.create(
            round=found,
            number=found.closings.count() + 1,
            closed_at=moment,
            closed_by_id=actor.actor_id,
        )
        ClosingLine.objects.bulk_create(
            [
                ClosingLine(
                    closing=made,
                    unit_id=unit_id,
                    submission=None if unit_id in lacking else newest[unit_id],
                )
                for unit_id in asked
            ]
        )
        found.closed_at = moment
        found.save(update_fields=["closed_at"])
        for unit_id in lacking:
            complete(actor=actor, key=f"round.submit:{found.pk}:{unit_id}")
        complete_all(actor=actor, keys=[task_to_return(found.pk, unit_id) for unit_id in asked])
        enqueue(FIGURES, unit_id=found.unit_id, period_id=found.period_id)
        log_action(
            "round.closed",
            actor=actor,
            data={
                "round": found.pk,
                "number": made.number,
                "versions": sorted(newest[u].pk for u in asked if u not in lacking),
                "missing": sorted(lacking),
            },
        )
    return made


def reopen_round(*, actor: Actor, round_id: int, reason: str, units: Sequence[int] = ()) -> Round:
    """Open a closed round again for an amendment, with the reason.

    ``units`` hand in again: their accepted versions are returned with that reason, and they get
    the task. What was published from earlier closings stays as it is. Needs ``rounds.open``.
    Raises ``Conflict`` when it is not closed, ``BadInput`` without a reason or for a unit that
    the round does not ask.
    """
    why = clean_line(reason, "reason", "lý do mở lại", "reason for opening again", limit=500)
    with acting_as(actor):
        found = _locked(round_id)
        require(actor, "rounds.open", found.unit_id)
        if found.closed_at is None:
            raise Conflict("Đợt báo cáo này đang mở.", "This round is open.")
        lines = {
            e.unit_id: e
            for e in ExpectedReporter.objects.select_for_update().filter(round=found, excused="")
        }
        if not set(units) <= set(lines):
            raise BadInput(
                "Chỉ chọn đơn vị thuộc đợt báo cáo này.",
                "Choose only units that the round asks.",
                field="units",
            )
        if (
            ExpectedReporter.objects.filter(
                unit_id__in=units, round__period=found.period_id, excused=""
            )
            .exclude(round=found)
            .exists()
        ):
            raise BadInput(
                "Có đơn vị đã chuyển đi và nộp số liệu kỳ này trong đợt của nơi mới.",
                "A unit has moved and hands in for this period in a round of its new place.",
                field="units",
            )
        moment = now()
        last = found.closings.order_by("-number")[:1].get()
        last.reopened_at, last.reopened_by_id, last.reason = moment, actor.actor_id, why
        last.save(update_fields=["reopened_at", "reopened_by", "reason"])
        found.closed_at = None
        if found.locks_on is not None and today() > found.locks_on:
            found.locks_on = None  # or nobody could hand in again
        found.save(update_fields=["closed_at", "locks_on"])
        for unit_id in units:
            _ask_again(found, lines[unit_id], actor, why)
        enqueue(FIGURES, unit_id=found.unit_id, period_id=found.period_id)
        log_action(
            "round.reopened",
            actor=actor,
            data={"round": found.pk, "reason": why, "units": sorted(units)},
        )
    return found


def _ask_again(found: Round, line: ExpectedReporter, actor: Actor, why: str) -> None:
    standing = (
        Submission.objects.filter(round=found, unit_id=line.unit_id).order_by("-number").first()
    )
    if standing is not None and standing.state == Submission.State.ACCEPTED:
        standing.state, standing.reason = Submission.State.RETURNED, why
        standing.decided_at, standing.decided_by_id = now(), actor.actor_id
        standing.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        enqueue(FIGURES, unit_id=line.unit_id, period_id=found.period_id)
    code = address_code(line.unit_id, found.period.end)
    assign(
        key=f"round.submit:{found.pk}:{line.unit_id}",
        unit_id=line.unit_id,
        kind="round.submit",
        title=f"Nộp số liệu đính chính: {found.title}",
        starts_on=today(),
        due_on=max(line.due_on, today()),
        path=f"/office/bao-cao/{code}/{found.period.code}/",
    )


def _locked(round_id: int) -> Round:
    found = (
        Round.objects.select_for_update(of=("self",), no_key=True)
        .select_related("period")
        .filter(pk=round_id)
        .first()
    )
    if found is None:
        raise NotFound("Không tìm thấy đợt báo cáo này.", "There is no such round.")
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """A value that differs between two closings; amounts in the indicator's smallest unit."""

    unit_id: int
    indicator: str
    dimension: str
    before: int | None
    after: int | None
    version_before: int | None  # number of the version; None: the unit was missing
    version_after: int | None


def changes_between(viewer: Actor, round_id: int, earlier: int, later: int) -> list[Change]:
    """What differs between two closings of a round, unit by unit, in the order of the dictionary.

    ``earlier`` and ``later``: numbers of closings. Empty for who may not read the round's
    reports. A value that was not handed in is None.
    """
    found = Round.objects.filter(pk=round_id).first()
    if found is None or not viewer.may("reports.read", found.unit_id):
        return []
    before, after = _counted(found, earlier), _counted(found, later)
    changes: list[Change] = []
    for unit_id in sorted(before.keys() | after.keys()):
        old, new = before.get(unit_id), after.get(unit_id)
        if old == new:
            continue
        had, has = _values(old), _values(new)
        changes += [
            Change(
                unit_id=unit_id,
                indicator=indicator,
                dimension=dimension,
                before=had.get((indicator, dimension)),
                after=has.get((indicator, dimension)),
                version_before=old.number if old else None,
                version_after=new.number if new else None,
            )
            for indicator, dimension in sorted(had.keys() | has.keys(), key=_in_order)
            if had.get((indicator, dimension)) != has.get((indicator, dimension))
        ]
    return changes


def _counted(found: Round, number: int) -> dict[int, Submission | None]:
    rows = ClosingLine.objects.filter(closing__round=found, closing__number=number)
    return {line.unit_id: line.submission for line in rows.select_related("submission")}


def _values(submission: Submission | None) -> dict[tuple[str, str], int | None]:
    if submission is None:
        return {}
    rows = SubmissionValue.objects.filter(submission=submission)
    return {
        (key, dimension): amount
        for key, dimension, amount in rows.values_list("indicator__key", "dimension", "amount")
    }


def _in_order(key: tuple[str, str]) -> tuple[int, str]:
    meaning = definitions().get(key[0])
    return (meaning.order if meaning else 0, key[1])
