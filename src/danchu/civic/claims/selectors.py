"""Reading claims: officers of the unit theirs, the sender the one that code and PIN open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from danchu.core.access_codes.services import open_with
from danchu.core.clock import today
from danchu.core.contracts import NOBODY, Actor, declared_findables
from danchu.core.errors import NotAllowed, NotFound
from danchu.core.law.catalog import Rule
from danchu.core.law.selectors import current_catalogue
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records

from .models import Claim


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its answer. ``about_title`` is "" where its content is no longer public.

    ``days_late``: days since the day it was due without an answer, or by which the answer was
    late. ``rule``: on which the day rests, None where the law sets none.
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
    about_id: UUID
    about_unit_id: int
    about_day: dt.date
    about_title: str
    about_path: str  # of its office page


def claims(
    viewer: Actor, unit_id: int, *, waiting: bool = False, limit: int = 50, offset: int = 0
) -> list[ClaimView]:
    """The claims of a unit for who may read its records: waiting ones first, then the newest."""
    rows = Claim.objects.filter(
        record__in=visible_records(viewer, unit_id=unit_id, kinds=["claim"]),
        record__state=Record.State.RECORDED,
    ).select_related("record", "about")
    if waiting:
        rows = rows.filter(answered_on__isnull=True)
    ordered = rows.order_by(F("answered_on").desc(nulls_first=True), "-record__occurred_on", "-pk")
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


def _one(record_id: int | None) -> ClaimView:
    views = _views(list(Claim.objects.select_related("record", "about").filter(pk=record_id)))
    if not views:
        raise NotFound("Không tìm thấy phản ánh này.", "There is no such claim.")
    return views[0]


def _views(rows: list[Claim]) -> list[ClaimView]:
    named: dict[int, tuple[str, str]] = {}
    findables = declared_findables()
    for kind in {row.about.kind for row in rows}:
        ids = [row.about_id for row in rows if row.about.kind == kind]
        # As everybody sees it: what was taken from the public face is not named here either.
        live = set(
            Record.objects.filter(pk__in=ids, state=Record.State.RECORDED).values_list(
                "pk", flat=True
            )
        )
        shown = findables[kind].visible(NOBODY, ids) if kind in findables else {}
        named |= {pk: told for pk, told in shown.items() if pk in live}
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
                days_late=max(0, (until - row.due_on).days) if row.due_on else 0,
                rule=rule,
                outcome=row.outcome,
                answer=row.answer,
                answered_on=row.answered_on,
                about_id=row.about.public_id,
                about_unit_id=row.about.unit_id,
                about_day=row.about.occurred_on,
                about_title=title.partition(": ")[2],
                about_path=path,
            )
        )
    return views
