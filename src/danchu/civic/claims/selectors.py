"""Reading claims: officers of the unit theirs, the sender the one that code and PIN open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, F, Q, Value, When

from danchu.core.access_codes.services import open_with
from danchu.core.clock import today
from danchu.core.contracts import NOBODY, Actor, declared_corrections, declared_findables
from danchu.core.errors import NotAllowed, NotFound
from danchu.core.law.catalog import Rule
from danchu.core.law.selectors import current_catalogue
from danchu.core.records.models import Record
from danchu.core.records.selectors import versions_of, visible_records

from .models import Claim
from .rules import ANSWERS


@dataclass(frozen=True, slots=True)
class Correction:
    """A published record that corrects another. ``known_at``: since when everybody sees it."""

    record_id: int
    public_id: UUID
    unit_id: int
    day: dt.date
    title: str
    known_at: dt.datetime


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """An answer that was amended: what it said, until which day, and why it was changed."""

    outcome: str
    answer: str
    until: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its answer. ``about_title`` is "" where its content is no longer public.

    ``days_late``: days since the day it was due without an answer, or by which the answer was
    late. ``rule``: on which the day rests, None where the law sets none. ``correction``: what
    corrects the content, as long as it is public. ``cancelled_as`` is "" unless it was cancelled.
    """

    record_id: int
    public_id: UUID
    version: int
    unit_id: int
    received_on: dt.date
    kind: str
    text: str
    due_on: dt.date | None
    days_late: int
    rule: Rule | None
    outcome: str
    answer: str
    answered_on: dt.date | None
    amended_on: dt.date | None
    about_id: UUID
    about_record_id: int
    about_unit_id: int
    about_day: dt.date
    about_title: str
    about_path: str  # of its office page
    about_kind: str
    correction: Correction | None
    cancelled_as: str
    cancel_note: str
    received_at: dt.datetime

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answered_on is None and not self.cancelled_as


def claims(
    viewer: Actor, unit_id: int, *, waiting: bool = False, limit: int = 50, offset: int = 0
) -> list[ClaimView]:
    """The claims of a unit for who may read its records.

    Those that wait come first, the one due soonest at their head; then what was answered and what
    was cancelled, the latest first. ``waiting``: only the former.
    """
    waits = Q(answered_on__isnull=True, record__state=Record.State.RECORDED)
    rows = Claim.objects.filter(
        record__in=visible_records(viewer, unit_id=unit_id, kinds=["claim"])
    ).select_related("record", "about")
    if waiting:
        rows = rows.filter(waits)
    ordered = rows.order_by(
        Case(When(waits, then=Value(0)), default=Value(1)),
        Case(When(waits, then=F("due_on"))).asc(nulls_last=True),
        "-record__occurred_on",
        "-pk",
    )
    return _views(list(ordered[offset : offset + limit]))


def claim(viewer: Actor, public_id: UUID) -> ClaimView:
    """One claim, for who may read the unit's records; ``NotFound`` for everybody else."""
    seen = visible_records(viewer, kinds=["claim"]).filter(public_id=public_id)
    return _one(seen.values_list("pk", flat=True).first())


def followed(code: str, pin: str) -> ClaimView:
    """The claim that code and PIN open, for its sender. Raises what ``open_with`` raises."""
    record_id = open_with(code, pin)
    if not Claim.objects.filter(pk=record_id).exists():
        raise NotAllowed(
            "Mã này không phải mã của phản ánh về nội dung công khai.",
            "This is not the code of a claim about a public content.",
            code="wrong_code",
        )
    return _one(record_id)


def answers_to(found: ClaimView) -> list[str]:
    """What can be answered to it as things stand: "corrected" once a correction is public, "no
    longer made known" once it is not."""
    possible: dict[str, bool] = {
        Claim.Outcome.CORRECTED: bool(corrections_of(found.about_kind, found.about_record_id)),
        Claim.Outcome.WITHDRAWN: not found.about_title,
    }
    return [outcome for outcome in ANSWERS[found.kind] if possible.get(outcome, True)]


def corrections_of(kind: str, record_id: int) -> list[Correction]:
    """What was published to correct the public record of this kind, the newest first."""
    declared = declared_corrections().get(kind)
    if declared is None:
        return []
    found = _published(declared.of(record_id))
    return sorted(found.values(), key=lambda one: (one.day, one.record_id), reverse=True)


def corrected_since(kind: str, record_id: int, since: dt.datetime) -> Correction | None:
    """The newest correction of the record that everybody sees, shown first after ``since``."""
    found = (one for one in corrections_of(kind, record_id) if one.known_at > since)
    return next(found, None)


def earlier_answers(viewer: Actor, found: ClaimView) -> list[EarlierAnswer]:
    """What was answered before each change, the latest first; for who may read inside."""
    earlier: list[EarlierAnswer] = []
    until = found.amended_on
    for version in versions_of(viewer, found.record_id):
        said = version.content
        if until is None:
            break
        earlier.append(EarlierAnswer(said["outcome"], said["answer"], until, version.reason))
        until = dt.date.fromisoformat(said["amended_on"]) if said["amended_on"] else None
    return earlier


def _published(record_ids: list[int]) -> dict[int, Correction]:
    """Of these records those that everybody may see today, by their own kind's titles."""
    rows = list(
        visible_records(NOBODY).filter(pk__in=record_ids, state=Record.State.RECORDED)
        if record_ids
        else ()
    )
    titles = _titles([(row.pk, row.kind) for row in rows])
    return {
        row.pk: Correction(
            row.pk,
            row.public_id,
            row.unit_id,
            row.occurred_on,
            titles[row.pk][0],
            row.public_at or row.created_at,
        )
        for row in rows
        if row.pk in titles
    }


def _titles(records: list[tuple[int, str]]) -> dict[int, tuple[str, str]]:
    """record -> (title, path of its office page), of those that everybody sees."""
    named: dict[int, tuple[str, str]] = {}
    findables = declared_findables()
    for kind in {kind for _pk, kind in records}:
        if kind not in findables:
            continue
        shown = findables[kind].visible(NOBODY, [pk for pk, of in records if of == kind])
        # "20/05/2026: title"
        named |= {pk: (title.partition(": ")[2], path) for pk, (title, path) in shown.items()}
    return named


def _one(record_id: int | None) -> ClaimView:
    views = _views(list(Claim.objects.select_related("record", "about").filter(pk=record_id)))
    if not views:
        raise NotFound("Không tìm thấy phản ánh này.", "There is no such claim.")
    return views[0]


def _days_late(row: Claim, until: dt.date) -> int:
    if row.due_on is None or row.cancelled_as:
        return 0
    return max(0, (until - row.due_on).days)


def _views(rows: list[Claim]) -> list[ClaimView]:
    # As everybody sees it: what was taken from the public face is not named here either.
    named = _titles(
        [(row.about_id, row.about.kind) for row in rows if row.about.state == Record.State.RECORDED]
    )
    corrections = _published([row.correction_id for row in rows if row.correction_id])
    known = current_catalogue().rules if any(row.derivation for row in rows) else {}
    day = today()
    views = []
    for row in rows:
        title, path = named.get(row.about_id, ("", ""))
        rule = known.get(str(row.derivation["vi"]["rule"])) if row.derivation else None
        until = row.answered_on or day
        views.append(
            ClaimView(
                record_id=row.pk,
                public_id=row.record.public_id,
                version=row.record.version,
                unit_id=row.record.unit_id,
                received_on=row.record.occurred_on,
                kind=row.kind,
                text=row.text,
                due_on=row.due_on,
                days_late=_days_late(row, until),
                rule=rule,
                outcome=row.outcome,
                answer=row.answer,
                answered_on=row.answered_on,
                amended_on=row.amended_on,
                about_id=row.about.public_id,
                about_record_id=row.about_id,
                about_unit_id=row.about.unit_id,
                about_day=row.about.occurred_on,
                about_title=title,
                about_path=path,
                about_kind=row.about.kind,
                correction=corrections.get(row.correction_id or 0),
                cancelled_as=row.cancelled_as,
                cancel_note=row.cancel_note,
                received_at=row.record.created_at,
            )
        )
    return views
