"""Who was given what: the receivers of a unit's figures, and where what they got differs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from danchu.core.accounts.policy import within
from danchu.core.clock import now
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput, NotFound

from .models import Answer, AnswerCell, CellMapping, OfPeriod, Request
from .selectors import READ

MOST_RECEIVERS = 50

_Figures: TypeAlias = Mapping[tuple[str, str], AnswerCell]


@dataclass(frozen=True, slots=True)
class Given:
    """The answer that counts for a receiver: the last one sent, else the last one filled."""

    number: int
    layer: str
    made_at: dt.datetime
    sent_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who asked for figures of the unit about the period.

    ``is_late``: the hour has passed and nothing was sent by it. ``asked_alike``: how many figures
    both forms ask for, ``differing``: how many of these they were given differently; None while
    one of the two has no answer.
    """

    public_id: uuid.UUID
    title: str
    sender: str
    due_at: dt.datetime
    given: Given | None
    is_late: bool
    asked_alike: int | None
    differing: int | None


@dataclass(frozen=True, slots=True)
class AnswerDifference:
    """A figure that two receivers got differently. ``why``: "layer", "changed" or "absent"."""

    key: str
    dimension: str
    first: AnswerCell
    second: AnswerCell
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two receivers were given. ``alike``: how many figures both asked for; None while one
    of them has no answer."""

    first: Given | None
    second: Given | None
    alike: int | None
    differing: list[AnswerDifference]


def receivers_of(viewer: Actor, request: Request) -> tuple[Receiver, list[Receiver]]:
    """The receiver of this request, and the others of the same unit and period by their hour.

    Cancelled requests are left out; at most ``MOST_RECEIVERS`` others.
    """
    rows = (
        Request.objects.filter(within(viewer, READ, "unit"), unit_id=request.unit_id)
        .filter(period_id=request.period_id)
        .exclude(pk=request.pk)
        .exclude(state=Request.State.CANCELLED)
        .select_related("record")
        .order_by("due_at", "pk")
    )
    others = list(rows[:MOST_RECEIVERS])
    answers = _counting([request, *others])
    figures = _figures(answers.values())
    own = answers.get(request.pk)
    found = []
    for other in others:
        answer = answers.get(other.pk)
        alike = differing = None
        if own is not None and answer is not None:
            mine, theirs = figures[own.pk], figures[answer.pk]
            alike = len(mine.keys() & theirs.keys())
            differing = len(_differing(own, mine, answer, theirs))
        found.append(_receiver(other, answer, alike, differing))
    return _receiver(request, own, None, None), found


def _receiver(
    request: Request, answer: Answer | None, alike: int | None, differing: int | None
) -> Receiver:
    given = _given(answer) if answer else None
    sent_at = given.sent_at if given else None
    return Receiver(
        request.record.public_id,
        request.title,
        request.sender,
        request.due_at,
        given,
        (sent_at or now()) > request.due_at,
        alike,
        differing,
    )


def _given(answer: Answer) -> Given:
    sending = getattr(answer, "sending", None)
    return Given(answer.number, answer.layer, answer.made_at, sending.sent_at if sending else None)


def _counting(requests: Iterable[Request]) -> dict[int, Answer]:
    """The answer that counts for each request: the last one sent, else the last one filled."""
    rows = Answer.objects.filter(request__in=[r.pk for r in requests]).select_related("sending")
    found: dict[int, Answer] = {}
    for answer in rows.order_by("number"):
        before = found.get(answer.request_id)
        if before is None or hasattr(answer, "sending") or not hasattr(before, "sending"):
            found[answer.request_id] = answer
    return found


def _figures(answers: Iterable[Answer]) -> dict[int, _Figures]:
    """The figures of each answer by indicator and dimension."""
    found: dict[int, dict[tuple[str, str], AnswerCell]] = {answer.pk: {} for answer in answers}
    rows = AnswerCell.objects.filter(
        answer__in=list(found), what=CellMapping.What.VALUE, of_period=OfPeriod.THIS
    )
    for row in rows.order_by("-sheet", "-pk"):
        found[row.answer_id][row.key, row.dimension] = row
    return dict(found)


def compared(viewer: Actor, first: Request, second: Request) -> Comparison:
    """What two requests about the same unit and period were given, where it differs, and why.

    "layer": the figures came from different sources; "changed": from the same one, which had
    changed in between; "absent": only one of them had the figure at all. What only one form asks
    for is no difference. Raises ``BadInput`` for two that cannot be compared, ``NotFound`` for who
    may not read.
    """
    if not (viewer.may(READ, first.unit_id) and viewer.may(READ, second.unit_id)):
        raise NotFound("Không tìm thấy yêu cầu này.", "There is no such request.")
    if (first.unit_id, first.period_id) != (second.unit_id, second.period_id):
        raise BadInput(
            "Chỉ so được hai lần trả lời của cùng đơn vị, cùng kỳ.",
            "Only answers of one unit about one period can be compared.",
        )
    answers = _counting([first, second])
    one, other = answers.get(first.pk), answers.get(second.pk)
    if one is None or other is None:
        return Comparison(_given(one) if one else None, _given(other) if other else None, None, [])
    figures = _figures((one, other))
    given, taken = figures[one.pk], figures[other.pk]
    return Comparison(
        _given(one),
        _given(other),
        len(given.keys() & taken.keys()),
        _differing(one, given, other, taken),
    )


def _differing(
    one: Answer, given: _Figures, other: Answer, taken: _Figures
) -> list[AnswerDifference]:
    found = []
    for key in sorted(given.keys() & taken.keys()):
        a, b = given[key], taken[key]
        if (a.state, a.amount) == (b.state, b.amount) and (
            a.amount is not None or a.written == b.written
        ):
            continue
        why = "changed"
        if one.layer != other.layer:
            why = "layer"
        elif not a.state or not b.state:
            why = "absent"
        found.append(AnswerDifference(*key, a, b, why))
    return found
