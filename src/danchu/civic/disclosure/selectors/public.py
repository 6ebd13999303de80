"""The public board of a unit: pages of notices without counting how many there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists

from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.law.catalog import Rule
from danchu.core.law.selectors import current_catalogue
from danchu.core.prepared import Prepared
from danchu.core.records.models import Record
from danchu.core.records.selectors import seen_faces, visible_records

from ..models import Notice, Posting
from ..views import NoticeLine
from .lines import lines_by_ids, newest_of_unit
from .notices import no_notice
from .postings import LIVE, hanging_on


@dataclass(frozen=True, slots=True)
class BoardPage:
    """Some notices of a board, newest first; ``more``: there are others after them.

    ``clauses``: those under which the viewer sees anything of the unit, in catalogue order;
    ``chosen`` the one asked for. Both stay empty where no filter was asked for.
    """

    lines: list[NoticeLine]
    more: bool
    clauses: tuple[Rule, ...] = ()
    chosen: Rule | None = None


def board_page(
    viewer: Actor,
    *,
    unit_id: int,
    rule_key: str | None = None,
    hanging: bool = False,
    limit: int,
    offset: int = 0,
) -> BoardPage:
    """Notices of one unit that the viewer may see and that were not cancelled, newest first.

    ``rule_key``: of this clause only, "" for all, None where no filter is shown; ``hanging``:
    posted somewhere today. One row more than asked for says whether there is another page, so
    that nothing is counted. Raises ``NotFound`` for a clause under which there is nothing.
    """
    seen = visible_records(viewer, unit_id=unit_id, kinds=["disclosure"])
    rows = seen.filter(state=Record.State.RECORDED).order_by("-occurred_on", "-pk")
    known: Mapping[str, Rule] | None = None
    clauses: tuple[Rule, ...] = ()
    chosen = None
    if rule_key is not None:
        known = current_catalogue().rules
        there = {key for (key,) in _CLAUSES.rows(unit_id, seen_faces(viewer, unit_id))}
        clauses = tuple(rule for key, rule in known.items() if key in there)
        chosen = known.get(rule_key)
    if rule_key:
        if chosen not in clauses:
            raise no_notice()
        rows = rows.filter(disclosure__rule_key=rule_key)
    if hanging:
        rows = rows.filter(Exists(hanging_on(today())))
    found = list(rows.values_list("pk", flat=True)[offset : offset + limit + 1])
    return BoardPage(
        lines_by_ids(found[:limit], today(), known), len(found) > limit, clauses, chosen
    )


_CLAUSES = Prepared(
    lambda unit_id, faces: (
        Notice.objects.filter(
            LIVE,
            record__unit_id=unit_id,
            record__kind="disclosure",
            record__visibility__in=faces,
        )
        .values_list("rule_key")
        .distinct()
    )
)


def lines_by_record(viewer: Actor, record_ids: Sequence[int]) -> list[NoticeLine]:
    """The notices with these records that the viewer may see, in the order given."""
    rows = Notice.objects.filter(
        LIVE, record__in=visible_records(viewer, kinds=["disclosure"]), pk__in=record_ids
    )
    seen = set(rows.values_list("pk", flat=True))
    ids = [pk for pk in record_ids if pk in seen]
    return lines_by_ids(ids, today(), current_catalogue().rules if ids else None)


def newest_lines(viewer: Actor, *, unit_id: int, limit: int) -> list[NoticeLine]:
    """The newest notices of a unit with their postings, without the rules.

    For a page that shows a few of them among much else.
    """
    return newest_of_unit(unit_id, seen_faces(viewer, unit_id), today(), limit)


@dataclass(frozen=True, slots=True)
class PostedDays:
    """A posting as a calendar shows it: first day, and the last one where it is known."""

    public_id: UUID
    notice_id: UUID
    title: str
    place: str
    starts_on: dt.date
    last_on: dt.date | None
    changed: int  # version of the notice's record, for readers that keep events


def posted_days(viewer: Actor, *, unit_id: int, limit: int) -> list[PostedDays]:
    """The newest postings of a unit with the days on which they begin and are complete.

    The last day is that on which it was taken down, else the one that completes it.
    """
    rows = (
        Posting.objects.filter(
            LIVE,
            record__in=visible_records(viewer, unit_id=unit_id, kinds=["posting"]),
            notice__record__state=Record.State.RECORDED,
            notice__record__visibility__in=seen_faces(viewer, unit_id),
        )
        .select_related("record", "notice__record")
        .order_by("-record__occurred_on", "-pk")[:limit]
    )
    return [
        PostedDays(
            public_id=row.record.public_id,
            notice_id=row.notice.record.public_id,
            title=row.notice.title,
            place=row.place,
            starts_on=row.record.occurred_on,
            last_on=row.ends_on or row.complete_on,
            changed=row.record.version,
        )
        for row in rows
    ]


def notice_between(viewer: Actor, first: UUID, last: UUID) -> UUID:
    """The one notice whose id lies between these, both inclusive. ``NotFound`` for none or two."""
    rows = visible_records(viewer, kinds=["disclosure"]).filter(
        state=Record.State.RECORDED, public_id__gte=first, public_id__lte=last
    )
    found = list(rows.values_list("public_id", flat=True)[:2])
    if len(found) != 1:
        raise no_notice()
    return found[0]


def unit_of_notice(viewer: Actor, public_id: UUID) -> int:
    """The unit of a notice, before anything of it is read. ``NotFound`` as of the notice."""
    records = visible_records(viewer, kinds=["disclosure"]).filter(public_id=public_id)
    unit_id = records.values_list("unit_id", flat=True).first()
    if unit_id is None:
        raise no_notice()
    return unit_id
