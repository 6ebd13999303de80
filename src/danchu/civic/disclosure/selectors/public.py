"""The public board of a unit: pages of notices without counting how many there are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.law.catalog import Rule
from danchu.core.law.selectors import current_catalogue
from danchu.core.records.models import Record
from danchu.core.records.selectors import seen_faces, visible_records

from ..models import Notice, Posting
from ..standing import Gap
from ..standing import standing as stands
from ..views import NoticeLine, PlaceLine
from .notices import lines_of, no_notice
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
    records = visible_records(viewer, unit_id=unit_id, kinds=["disclosure"])
    rows = Notice.objects.filter(LIVE, record__in=records)
    known: Mapping[str, Rule] | None = None
    clauses: tuple[Rule, ...] = ()
    chosen = None
    if rule_key is not None:
        known = current_catalogue().rules
        there = set(rows.values_list("rule_key", flat=True).distinct())
        clauses = tuple(rule for key, rule in known.items() if key in there)
        chosen = known.get(rule_key)
    if rule_key:
        if chosen not in clauses:
            raise no_notice()
        rows = rows.filter(rule_key=rule_key)
    if hanging:
        rows = rows.filter(Exists(hanging_on(today())))
    ordered = rows.select_related("record").order_by("-record__occurred_on", "-record_id")
    found = list(ordered[offset : offset + limit + 1])
    lines = lines_of(found[:limit], today(), known)
    return BoardPage(lines, len(found) > limit, clauses, chosen)


def lines_by_record(viewer: Actor, record_ids: Sequence[int]) -> list[NoticeLine]:
    """The notices with these records that the viewer may see, in the order given."""
    rows = Notice.objects.filter(
        LIVE, record__in=visible_records(viewer, kinds=["disclosure"]), pk__in=record_ids
    ).select_related("record")
    place = {pk: n for n, pk in enumerate(record_ids)}
    return sorted(lines_of(rows, today()), key=lambda line: place[line.record_id])


def newest_lines(viewer: Actor, *, unit_id: int, limit: int) -> list[NoticeLine]:
    """The newest notices of a unit with their postings, in one statement and without the rules.

    For a page that shows a few of them among much else.
    """
    records = visible_records(viewer, unit_id=unit_id, kinds=["disclosure"])
    newest = Notice.objects.filter(LIVE, record__in=records).order_by(
        "-record__occurred_on", "-record_id"
    )
    corrections = Notice.objects.filter(LIVE, corrects_id=OuterRef("pk"))
    rows = (
        Notice.objects.filter(pk__in=newest.values("pk")[:limit])
        .annotate(
            corrected=Exists(corrections),
            live=FilteredRelation("postings", condition=Q(postings__is_live=True)),
        )
        .select_related("record")
        .annotate(
            p_id=F("live__pk"),
            p_kind=F("live__kind"),
            p_place=F("live__place"),
            p_from=F("live__record__occurred_on"),
            p_to=F("live__ends_on"),
            p_least=F("live__least_days"),
            p_complete=F("live__complete_on"),
            g_from=F("live__interruptions__from_on"),
            g_to=F("live__interruptions__to_on"),
        )
        .order_by("-record__occurred_on", "-record_id", "p_from", "p_id", "g_from")
    )
    by_notice: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_notice[row.pk].append(row)
    return [_line(found, today()) for found in by_notice.values()]


def _line(rows: Sequence[Any], on: dt.date) -> NoticeLine:
    """The line of one notice from its rows, one for each interruption of each posting."""
    row = rows[0]
    postings: dict[int, list[Any]] = defaultdict(list)
    for one in rows:
        if one.p_id is not None:
            postings[one.p_id].append(one)
    return NoticeLine(
        record_id=row.pk,
        public_id=row.record.public_id,
        unit_id=row.record.unit_id,
        occurred_on=row.record.occurred_on,
        decided_on=row.decided_on,
        due_on=row.due_on,
        late_by=0,  # told inside the unit only
        cancelled=False,
        rule_key=row.rule_key,
        rule=None,
        title=row.title,
        document_number=row.document_number,
        permanent=row.permanent,
        has_names=row.has_names,
        has_table=row.table is not None,
        is_correction=row.corrects_id is not None,
        corrected=row.corrected,
        register_of=row.register_of,
        places=tuple(_place(found, row.permanent, on) for found in postings.values()),
    )


def _place(rows: Sequence[Any], permanent: bool, on: dt.date) -> PlaceLine:
    row = rows[0]
    standing = stands(
        starts_on=row.p_from,
        ends_on=row.p_to,
        least_days=row.p_least,
        complete_on=row.p_complete,
        permanent=permanent,
        gaps=[Gap(one.g_from, one.g_to) for one in rows if one.g_from is not None],
        on=on,
    )
    return PlaceLine(row.p_kind, row.p_place, row.p_from, row.p_to, standing)


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
