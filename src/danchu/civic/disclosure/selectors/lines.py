"""Notices as lines of a list: one statement, put together once, however many there are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from danchu.core.law.catalog import Rule
from danchu.core.prepared import Prepared
from danchu.core.records.models import Record

from ..models import Notice
from ..standing import Gap, standing
from ..views import NoticeLine, PlaceLine
from .postings import LIVE


def lines_by_ids(
    ids: Sequence[int], on: dt.date, known: Mapping[str, Rule] | None = None
) -> list[NoticeLine]:
    """The notices with these ids, in their order, as their postings stand on that day.

    Who calls has asked which of them the viewer may see. ``known``: the rules of the catalogue,
    None for lines that do not name theirs.
    """
    rows = _by_notice(_LINES.rows(ids))
    return [_line(rows[pk], on, known or {}) for pk in ids if pk in rows]


def newest_of_unit(unit_id: int, faces: Sequence[str], on: dt.date, limit: int) -> list[NoticeLine]:
    """The newest notices of a unit that were not cancelled, in one statement, without the rules.

    ``faces``: the visibilities that the viewer may see (``records.selectors.seen_faces``).
    """
    rows = _by_notice(_newest(limit).rows(unit_id, faces))
    newest = sorted(rows.values(), key=lambda found: (found[0].occurred_on, found[0].record_id))
    return [_line(found, on, {}) for found in reversed(newest)]


def _by_notice(found: list[tuple[Any, ...]]) -> dict[int, list[_Row]]:
    rows: dict[int, list[_Row]] = defaultdict(list)
    for row in map(_Row._make, found):
        rows[row.record_id].append(row)
    return rows


class _Row(NamedTuple):
    """A notice with one of its postings and one of the posting's interruptions, or none."""

    record_id: int
    public_id: UUID
    unit_id: int
    state: str
    occurred_on: dt.date
    decided_on: dt.date
    due_on: dt.date | None
    rule_key: str
    title: str
    document_number: str
    permanent: bool
    has_names: bool
    has_table: bool
    corrects_id: int | None
    corrected: bool
    register_of: str
    posting_id: int | None
    kind: str
    place: str
    starts_on: dt.date
    ends_on: dt.date | None
    least_days: int | None
    complete_on: dt.date | None
    gap_from: dt.date | None
    gap_to: dt.date | None
    gap_reason: str


def _rows(ids: Sequence[int] | QuerySet[Record, Any]) -> QuerySet[Notice, Any]:
    corrections = Notice.objects.filter(LIVE, corrects_id=OuterRef("pk"))
    return (
        Notice.objects.filter(pk__in=ids)
        .annotate(
            corrected=Exists(corrections),
            has_table=Q(table__isnull=False),
            live=FilteredRelation("postings", condition=Q(postings__is_live=True)),
            starts_on=F("live__record__occurred_on"),
            gap_from=F("live__interruptions__from_on"),
        )
        .order_by("starts_on", "live__pk", "gap_from", "live__interruptions__pk")
        .values_list(
            "pk",
            "record__public_id",
            "record__unit_id",
            "record__state",
            "record__occurred_on",
            "decided_on",
            "due_on",
            "rule_key",
            "title",
            "document_number",
            "permanent",
            "has_names",
            "has_table",
            "corrects_id",
            "corrected",
            "register_of",
            "live__pk",
            "live__kind",
            "live__place",
            "starts_on",
            "live__ends_on",
            "live__least_days",
            "live__complete_on",
            "gap_from",
            "live__interruptions__to_on",
            "live__interruptions__reason",
        )
    )


_LINES = Prepared(_rows)


@cache
def _newest(limit: int) -> Prepared:
    def build(unit_id: int, faces: Sequence[str]) -> QuerySet[Notice, Any]:
        standing = Record.objects.filter(
            unit_id=unit_id,
            kind="disclosure",
            visibility__in=faces,
            state=Record.State.RECORDED,
        )
        return _rows(standing.order_by("-occurred_on", "-pk").values("pk")[:limit])

    return Prepared(build)


def _line(rows: Sequence[_Row], on: dt.date, known: Mapping[str, Rule]) -> NoticeLine:
    row = rows[0]
    postings: dict[int, list[_Row]] = defaultdict(list)
    for one in rows:
        if one.posting_id is not None:
            postings[one.posting_id].append(one)
    return NoticeLine(
        record_id=row.record_id,
        public_id=row.public_id,
        unit_id=row.unit_id,
        occurred_on=row.occurred_on,
        decided_on=row.decided_on,
        due_on=row.due_on,
        late_by=max(0, (row.occurred_on - row.due_on).days) if row.due_on else 0,
        cancelled=row.state == Record.State.CANCELLED,
        rule_key=row.rule_key,
        rule=known.get(row.rule_key),
        title=row.title,
        document_number=row.document_number,
        permanent=row.permanent,
        has_names=row.has_names,
        has_table=row.has_table,
        is_correction=row.corrects_id is not None,
        corrected=row.corrected,
        register_of=row.register_of,
        places=tuple(_place(found, on) for found in postings.values()),
    )


def _place(rows: Sequence[_Row], on: dt.date) -> PlaceLine:
    row = rows[0]
    gaps = [
        Gap(one.gap_from, one.gap_to, one.gap_reason) for one in rows if one.gap_from is not None
    ]
    stands = standing(
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        least_days=row.least_days,
        complete_on=row.complete_on,
        permanent=row.permanent,
        gaps=gaps,
        on=on,
    )
    return PlaceLine(row.kind, row.place, row.starts_on, row.ends_on, stands)
