"""Reading disclosures; each returns only what the viewer may see.

Public notices are for everybody, those of agencies and workplaces for their own people. The
names of a list are shown up to the day its posting ends, to nobody longer (FEATURES K8).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Count, Exists

from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.law.catalog import Rule
from danchu.core.law.selectors import current_catalogue
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records
from danchu.core.text import fold
from danchu.core.units.selectors import require_unit

from .. import rules
from ..models import Notice
from ..views import (
    BroadcastView,
    FormView,
    NamedView,
    NoticeLine,
    NoticeView,
    Reference,
    StationRun,
)
from .documents import are_names_shown, documents_of
from .lines import lines_by_ids
from .postings import LIVE, hanging_on, postings_of


def no_notice() -> NotFound:
    """Alike for none and for one that the viewer may not see."""
    return NotFound("Không tìm thấy nội dung công khai này.", "There is no such notice.")


def notice(viewer: Actor, public_id: UUID) -> NoticeView:
    """A notice with all that hangs on it, for who may see it; ``NotFound`` for everybody else.

    What was cancelled is shown inside the unit only, with the reason.
    """
    found = (
        Notice.objects.select_related("record__author", "corrects__record", "planned_item")
        .filter(
            record__in=visible_records(viewer, kinds=["disclosure"]), record__public_id=public_id
        )
        .first()
    )
    if found is None:
        raise no_notice()
    record = found.record
    inside = viewer.may("records.read", record.unit_id)
    cancelled = record.state == Record.State.CANCELLED
    if cancelled and not inside:
        raise no_notice()
    day = today()
    rule = current_catalogue().rules.get(found.rule_key)
    postings = postings_of(found, inside=inside, on=day)
    broadcasts = _broadcasts(found)
    forms = _forms(found)
    stations = _stations(broadcasts)
    wanted = rules.prescribed(rule, found.decided_on) if rule is not None else None
    names_shown = are_names_shown(found, day)
    return NoticeView(
        record_id=record.pk,
        public_id=record.public_id,
        unit_id=record.unit_id,
        version=record.version,
        occurred_on=record.occurred_on,
        cancelled=cancelled,
        cancel_reason=record.cancel_reason,
        public=record.visibility == Record.Visibility.PUBLIC,
        base_kind=found.base_kind,
        rule_key=found.rule_key,
        rule=rule,
        title=found.title,
        text=found.text,
        document_number=found.document_number,
        decided_on=found.decided_on,
        due_on=found.due_on,
        late_by=_late_by(record.occurred_on, found.due_on),
        derivation=found.derivation,
        permanent=found.permanent,
        table=found.table,
        documents=documents_of(found, inside=inside, names_shown=names_shown),
        has_names=found.has_names,
        names_until=found.names_until,
        names_not_after=found.names_not_after,
        names_shown=names_shown,
        names_forgotten=found.names_forgotten_at is not None,
        n_named=found.named.count() if found.has_names else 0,
        named=_named(found) if names_shown else (),
        corrects=_corrected(found, inside),
        corrections=_corrections(found, viewer),
        register_of=found.register_of,
        planned=found.planned_item.title if inside and found.planned_item else "",
        planned_item_id=found.planned_item_id if inside else None,
        postings=postings,
        broadcasts=broadcasts,
        stations=stations,
        forms=forms,
        prescribed=wanted,
        lacking=()
        if wanted is None or cancelled
        else rules.lacking(
            wanted,
            places={posting.kind for posting in postings if not posting.cancelled},
            forms={form.form for form in forms},
            broadcast_run=max((station.run for station in stations), default=0),
        ),
        versions=record.versions.count() if inside else 0,
        written_by=record.author.name if inside and record.author else "",
    )


def notices(
    viewer: Actor,
    *,
    unit_id: int,
    words: str = "",
    rule_keys: Collection[str] = (),
    start: dt.date | None = None,
    end: dt.date | None = None,
    hanging: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[NoticeLine], int]:
    """Notices of one unit that the viewer may see, newest first, and how many there are.

    ``words``: all of them stand in title, number or text, accents aside; names of lists are
    never searched. ``rule_keys``: of these clauses only. ``hanging``: posted somewhere today.
    Cancelled ones stand in the unit's own list only.
    """
    records = visible_records(viewer, unit_id=unit_id, kinds=["disclosure"], start=start, end=end)
    rows = Notice.objects.filter(record__in=records)
    if not viewer.may("records.read", unit_id):
        rows = rows.filter(LIVE)
    for word in fold(words).split()[:12]:
        rows = rows.filter(folded__contains=word)
    if rule_keys:
        rows = rows.filter(rule_key__in=list(rule_keys))
    if hanging:
        rows = rows.filter(LIVE).filter(Exists(hanging_on(today())))
    newest = rows.order_by("-record__occurred_on", "-record_id").values_list("pk", flat=True)
    ids = list(newest[offset : offset + limit])
    lines = lines_by_ids(ids, today(), current_catalogue().rules if ids else None)
    return lines, rows.count()


def clause_counts(
    viewer: Actor, unit_id: int, *, start: dt.date | None = None, end: dt.date | None = None
) -> dict[str, int]:
    """How many notices of each clause the viewer may see, by rule key; for the board's filter."""
    records = visible_records(viewer, unit_id=unit_id, kinds=["disclosure"], start=start, end=end)
    rows = Notice.objects.filter(LIVE, record__in=records)
    return dict(rows.values_list("rule_key").annotate(n=Count("pk")).order_by("rule_key"))


def offered_clauses(unit_id: int, on: dt.date) -> tuple[tuple[Rule, rules.Prescribed], ...]:
    """The clauses by which a unit discloses on a day, each with the forms the law prescribes.

    The law is public, so everybody is told the same. Raises ``BadInput`` for a unit that did not
    exist that day or that discloses nothing of its own (a village, a committee).
    """
    kind = rules.kind_of_level(require_unit(unit_id, on, field="unit").level)
    return tuple((rule, rules.prescribed(rule, on)) for rule in rules.clauses(kind, on))


def _late_by(published: dt.date, due: dt.date | None) -> int:
    return max(0, (published - due).days) if due is not None else 0


def _named(row: Notice) -> tuple[NamedView, ...]:
    columns = ("order", "name", "village", "decision", "level")
    return tuple(NamedView(*values) for values in row.named.order_by("order").values_list(*columns))


def _corrected(row: Notice, inside: bool) -> Reference | None:
    other = row.corrects
    if other is None or (other.record.state == Record.State.CANCELLED and not inside):
        return None
    if not inside and other.record.visibility != Record.Visibility.PUBLIC:
        return None
    return Reference(other.record.public_id, other.title, other.record.occurred_on)


def _corrections(row: Notice, viewer: Actor) -> tuple[Reference, ...]:
    seen = visible_records(viewer, unit_id=row.record.unit_id, kinds=["disclosure"])
    rows = row.corrections.filter(LIVE, record__in=seen).order_by("record__occurred_on", "pk")
    columns = ("record__public_id", "title", "record__occurred_on")
    return tuple(Reference(*values) for values in rows.values_list(*columns))


def _broadcasts(row: Notice) -> tuple[BroadcastView, ...]:
    rows = row.broadcasts.filter(LIVE).order_by("record__occurred_on", "at", "pk")
    columns = ("pk", "record__public_id", "record__occurred_on", "at", "station", "minutes")
    return tuple(BroadcastView(*values) for values in rows.values_list(*columns))


def _stations(broadcasts: Iterable[BroadcastView]) -> tuple[StationRun, ...]:
    days: dict[str, set[dt.date]] = defaultdict(set)
    names: dict[str, str] = {}
    for one in broadcasts:
        key = fold(one.station)
        names.setdefault(key, one.station)
        days[key].add(one.on)
    return tuple(
        StationRun(names[key], len(days[key]), rules.longest_run(days[key])) for key in sorted(days)
    )


def _forms(row: Notice) -> tuple[FormView, ...]:
    rows = row.forms_used.filter(LIVE).order_by("record__occurred_on", "pk")
    columns = ("pk", "record__public_id", "form", "record__occurred_on", "note")
    return tuple(FormView(*values) for values in rows.values_list(*columns))
