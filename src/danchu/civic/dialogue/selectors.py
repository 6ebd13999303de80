"""Reading dialogues and opinions; each returns only what the viewer may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window

from danchu.core.accounts.models import Account
from danchu.core.accounts.policy import may_under, scope_paths
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.prepared import Prepared
from danchu.core.records.models import Record
from danchu.core.records.selectors import seen_faces, visible_records
from danchu.core.units.selectors import end_under, path_of, units_between
from danchu.core.units.selectors.validity import in_force

from .listing import newest, page_of
from .models import Dialogue, Opinion
from .rules import days_late


@dataclass(frozen=True, slots=True)
class OpinionView:
    """One opinion. ``state`` is received, taken_up, answered or outside.

    ``days_late``: by how many days the answer is, or was, later than promised.
    """

    record_id: int
    order: int
    version: int
    text: str
    field: str
    state: str
    within_competence: bool
    assigned_to: str
    due_on: dt.date | None
    taken_up_on: dt.date | None
    answered_on: dt.date | None
    answer: str
    outcome: str
    days_late: int


@dataclass(frozen=True, slots=True)
class DialogueView:
    """Minutes with their opinions."""

    record_id: int
    public_id: UUID
    unit_id: int
    version: int
    occurred_on: dt.date
    state: str
    cancel_reason: str
    public: bool
    kind: str
    base_kind: str
    topic: str
    place: str
    chair_post: str
    participants: int | None
    result_summary: str
    result_published_on: dt.date | None
    opinions: tuple[OpinionView, ...]
    corrections: int
    written_by: str


class DialogueLine(NamedTuple):
    """A dialogue in a list. ``late``: opinions without an answer whose promised day is past."""

    public_id: UUID
    occurred_on: dt.date
    kind: str
    topic: str
    place: str
    participants: int | None
    result_published_on: dt.date | None
    cancelled: bool
    opinions: int
    answered: int
    late: int


def dialogue(viewer: Actor, public_id: UUID) -> DialogueView:
    """The minutes, for who may see them; ``NotFound`` for everybody else.

    What was cancelled is shown inside the unit only, with the reason.
    """
    found = (
        Dialogue.objects.select_related("record__author")
        .filter(record__in=visible_records(viewer, kinds=["dialogue"]), record__public_id=public_id)
        .first()
    )
    if found is None:
        raise _no_minutes()
    record = found.record
    inside = viewer.may("records.read", record.unit_id)
    if record.state == Record.State.CANCELLED and not inside:
        raise _no_minutes()
    opinions = found.opinions.select_related("record").order_by("order")
    if record.state == Record.State.RECORDED:
        opinions = opinions.filter(record__state=Record.State.RECORDED)
    return DialogueView(
        record_id=record.pk,
        public_id=record.public_id,
        unit_id=record.unit_id,
        version=record.version,
        occurred_on=record.occurred_on,
        state=record.state,
        cancel_reason=record.cancel_reason,
        public=record.visibility == Record.Visibility.PUBLIC,
        kind=found.kind,
        base_kind=found.base_kind,
        topic=found.topic,
        place=found.place,
        chair_post=found.chair_post,
        participants=found.participants,
        result_summary=found.result_summary,
        result_published_on=found.result_published_on,
        opinions=tuple(_opinion(o, inside=inside) for o in opinions),
        corrections=record.versions.count() if inside else 0,
        written_by=record.author.name if inside and record.author else "",
    )


def _no_minutes() -> NotFound:
    return NotFound("Không tìm thấy biên bản này.", "There are no such minutes.")


def _opinion(row: Opinion, *, inside: bool) -> OpinionView:
    if row.answered_on:
        state = "answered"
    elif not row.within_competence:
        state = "outside"
    else:
        state = "taken_up" if row.taken_up_on else "received"
    return OpinionView(
        record_id=row.pk,
        order=row.order,
        version=row.record.version,
        text=row.text,
        field=row.field,
        state=state,
        within_competence=row.within_competence,
        assigned_to=row.assigned_to if inside else "",
        due_on=row.due_on,
        taken_up_on=row.taken_up_on,
        answered_on=row.answered_on,
        answer=row.answer,
        outcome=row.outcome,
        days_late=days_late(row.due_on, row.answered_on, today()),
    )


def dialogues(
    viewer: Actor,
    *,
    unit_id: int,
    start: dt.date | None = None,
    end: dt.date | None = None,
    published_only: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[DialogueLine], int]:
    """Dialogues of one unit that the viewer may see, newest first, and how many there are.

    Cancelled ones stand in the unit's own list only.
    """
    faces = seen_faces(viewer, unit_id)
    states = [str(Record.State.RECORDED)]
    if viewer.may("records.read", unit_id) and not published_only:
        states = [str(state) for state in Record.State]
    asked = (unit_id, faces, states, start or dt.date.min, end or dt.date.max)
    shown = page_of(limit, offset, published_only).rows(*asked)
    total = shown[0][-1] if shown else 0
    if not shown and offset:
        total = newest(*asked, published_only=published_only).count()
    counts = {
        dialogue: numbers
        for dialogue, *numbers in _OPINIONS.rows([row[0] for row in shown], today())
    }
    lines = [
        DialogueLine._make((*told, state == Record.State.CANCELLED, *counts.get(pk, (0, 0, 0))))
        for pk, *told, state, _total in shown
    ]
    return lines, total


def _late(day: dt.date) -> Q:
    """Not answered, and the promised day is past (``rules.days_late``)."""
    return Q(answered_on__isnull=True, due_on__lt=day)


_OPINIONS = Prepared(
    lambda dialogues, day: (
        Opinion.objects.filter(dialogue_id__in=dialogues, record__state=Record.State.RECORDED)
        .values_list("dialogue_id")
        .annotate(
            given=Count("pk"),
            answered=Count("pk", filter=Q(answered_on__isnull=False)),
            late=Count("pk", filter=_late(day)),
        )
    )
)


@dataclass(frozen=True, slots=True)
class Heard:
    """How many dialogues and opinions the public minutes of some time tell of."""

    dialogues: int
    opinions: int
    answered: int

    @property
    def waiting(self) -> int:
        """Opinions without an answer."""
        return self.opinions - self.answered


def heard(viewer: Actor, *, unit_id: int, start: dt.date, end: dt.date) -> Heard:
    """What the published dialogues of one unit between two days come to, in one query."""
    rows = _HEARD.rows(unit_id, seen_faces(viewer, unit_id), start, end)
    return Heard(*rows[0][1:]) if rows else Heard(0, 0, 0)


def _heard(
    unit_id: int, faces: Sequence[str], start: dt.date, end: dt.date
) -> QuerySet[Dialogue, Any]:
    kept = Q(opinions__record__state=Record.State.RECORDED)
    return (
        Dialogue.objects.filter(
            record__unit_id=unit_id,
            record__kind="dialogue",  # known, but it leads the database to the right index
            record__visibility__in=faces,
            record__occurred_on__gte=start,
            record__occurred_on__lte=end,
            record__state=Record.State.RECORDED,
            result_published_on__isnull=False,
        )
        .values_list("record__unit_id")
        .annotate(
            n_dialogues=Count("pk", distinct=True),
            n_opinions=Count("opinions", filter=kept),
            n_answered=Count("opinions", filter=kept & Q(opinions__answered_on__isnull=False)),
        )
    )


_HEARD = Prepared(_heard)


@dataclass(frozen=True, slots=True)
class WaitingOpinion:
    """An opinion without an answer, for the office's list of what waits."""

    public_id: UUID  # of the dialogue
    order: int
    text: str
    given_on: dt.date
    due_on: dt.date | None
    assigned_to: str

    @property
    def days_late(self) -> int:
        """Days since the day promised; 0 before it, and where none was."""
        return days_late(self.due_on, None, today())

    @property
    def days_waiting(self) -> int:
        """Days since it was given."""
        return (today() - self.given_on).days


def waiting_opinions(
    viewer: Actor, unit_id: int, limit: int = 10
) -> tuple[list[WaitingOpinion], int]:
    """Opinions of the unit itself still without an answer, the earliest promise first, and how
    many there are; those without a promise last."""
    if not viewer.may("records.read", unit_id):
        return [], 0
    rows = _waiting(limit).rows(unit_id)
    return [WaitingOpinion(*row) for *row, _total in rows], rows[0][-1] if rows else 0


@cache
def _waiting(limit: int) -> Prepared:
    return Prepared(
        lambda unit_id: (
            Opinion.objects.filter(
                record__unit_id=unit_id,
                record__kind="opinion",  # known, but it leads the database to the right index
                record__state=Record.State.RECORDED,
                answered_on__isnull=True,
            )
            .annotate(total=Window(Count("*")))
            .order_by(F("due_on").asc(nulls_last=True), "record__occurred_on", "order")
            .values_list(
                "dialogue__record__public_id",
                "order",
                "text",
                "record__occurred_on",
                "due_on",
                "assigned_to",
                "total",
            )[:limit]
        )
    )


@dataclass(frozen=True, slots=True)
class WaitingUnit:
    """Opinions without an answer in one unit; ``late`` of them past the day promised."""

    code: str
    name: str
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class WaitingWithin:
    """What waits for an answer in a unit and below it. ``units``: the most late first."""

    waiting: int
    late: int
    n_units: int
    units: tuple[WaitingUnit, ...]


def _path(viewer: Actor, unit_id: int, day: dt.date) -> str:
    """Where the unit stands; known already for who holds a role over that very unit."""
    if isinstance(viewer, Account):
        for tree, path in scope_paths(viewer, "records.read", day):
            if tree == "state" and path.endswith(f"/{unit_id}/"):
                return path
    return path_of(unit_id, day)


def waiting_within(viewer: Actor, unit_id: int, limit: int = 10) -> WaitingWithin:
    """Opinions without an answer in a unit and in those below it today, and where they are."""
    nothing = WaitingWithin(0, 0, 0, ())
    day = today()
    if not viewer.may("records.read", unit_id):
        return nothing
    try:
        path = _path(viewer, unit_id, day)
    except NotFound:  # it ended, or it stands in another tree only
        return nothing
    # A role over a committee or a union reaches what is below it there, not the communes.
    if isinstance(viewer, Account) and not may_under(viewer, "records.read", "state", path):
        return nothing
    rows = _WITHIN.rows(path, end_under(path), day)
    return WaitingWithin(
        waiting=sum(waiting for _code, _name, waiting, _late_ones in rows),
        late=sum(late for _code, _name, _waiting, late in rows),
        n_units=len(rows),
        units=tuple(WaitingUnit(*row) for row in rows[:limit]),
    )


_WITHIN = Prepared(
    lambda start, end, day: (
        Opinion.objects.filter(
            in_force(day, "record__unit__states__"),
            record__unit_id__in=units_between(start, end, day).values("unit_id"),
            record__kind="opinion",
            record__state=Record.State.RECORDED,
            answered_on__isnull=True,
        )
        .values_list("record__unit__states__code", "record__unit__states__name")
        .annotate(waiting=Count("pk"), late=Count("pk", filter=_late(day)))
        .order_by("-late", "-waiting", "record__unit__states__code")
    )
)
