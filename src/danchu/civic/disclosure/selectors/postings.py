"""The postings of notices as they stand on a day, with what shows that they hung."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.files.kinds import KINDS, PICTURES
from danchu.core.law.clock import Derivation
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records

from ..models import Interruption, Notice, Posting, PostingEvidence
from ..standing import Gap, Standing, posting_derivation, standing
from ..views import EvidenceView, PostingView

_PICTURE_TYPES = frozenset(KINDS[key].media_type for key in PICTURES)
LIVE = Q(record__state=Record.State.RECORDED)


def derivation_of_posting(viewer: Actor, public_id: UUID) -> Derivation | None:
    """How the day that completes a posting comes about, day by day, by today's catalogue.

    None where no least days are set. ``NotFound`` for who may not see it.
    """
    row = (
        Posting.objects.select_related("record", "notice")
        .filter(record__in=visible_records(viewer, kinds=["posting"]), record__public_id=public_id)
        .first()
    )
    if row is None:
        raise NotFound("Không tìm thấy lần niêm yết này.", "There is no such posting.")
    gaps = [
        Gap(gap.from_on, gap.to_on, gap.reason)
        for gap in row.interruptions.order_by("from_on", "pk")
    ]
    return posting_derivation(
        row.notice.rule_key, row.notice.base_kind, row.record.occurred_on, gaps
    )


def hanging_on(day: dt.date) -> QuerySet[Posting]:
    """Postings of the notice asked about (``OuterRef("pk")``) that hang on that day and count."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    counting = (
        Q(notice__permanent=True)
        | Q(least_days__isnull=True)
        | Q(complete_on__isnull=True)
        | Q(complete_on__gte=day)
    )
    return Posting.objects.filter(
        LIVE, still, counting, notice_id=OuterRef("pk"), record__occurred_on__lte=day
    )


def _gaps(posting_ids: Collection[int]) -> dict[int, list[Gap]]:
    found: dict[int, list[Gap]] = defaultdict(list)
    rows = Interruption.objects.filter(posting_id__in=posting_ids).order_by("from_on", "pk")
    for gap in rows:
        found[gap.posting_id].append(Gap(gap.from_on, gap.to_on, gap.reason))
    return found


def _standing(posting: Posting, row: Notice, gaps: list[Gap], on: dt.date) -> Standing:
    return standing(
        starts_on=posting.record.occurred_on,
        ends_on=posting.ends_on,
        least_days=posting.least_days,
        complete_on=posting.complete_on,
        permanent=row.permanent,
        gaps=gaps,
        on=on,
    )


def postings_of(row: Notice, *, inside: bool, on: dt.date) -> tuple[PostingView, ...]:
    """The postings of a notice; with evidence and those cancelled where ``inside``."""
    postings = row.postings.select_related("record").order_by("record__occurred_on", "pk")
    if not inside:
        postings = postings.filter(LIVE)
    shown = list(postings)
    ids = [posting.pk for posting in shown]
    gaps = _gaps(ids)
    evidence: dict[int, list[PostingEvidence]] = defaultdict(list)
    proofs = PostingEvidence.objects.select_related("file", "added_by").filter(posting_id__in=ids)
    for proof in proofs.order_by("added_at", "pk"):
        evidence[proof.posting_id].append(proof)
    moments = PostingEvidence.Moment
    return tuple(
        PostingView(
            record_id=posting.pk,
            public_id=posting.record.public_id,
            version=posting.record.version,
            kind=posting.kind,
            place=posting.place,
            link=posting.link,
            starts_on=posting.record.occurred_on,
            ends_on=posting.ends_on,
            standing=_standing(posting, row, gaps[posting.pk], on),
            cancelled=posting.record.state == Record.State.CANCELLED,
            cancel_reason=posting.record.cancel_reason,
            n_evidence=len(evidence[posting.pk]),
            # What stands at an address is its own evidence.
            proven_at_start=bool(posting.link)
            or any(one.moment == moments.START for one in evidence[posting.pk]),
            proven_at_end=any(one.moment == moments.END for one in evidence[posting.pk]),
            evidence=tuple(_evidence(one) for one in evidence[posting.pk]) if inside else (),
        )
        for posting in shown
    )


def _evidence(row: PostingEvidence) -> EvidenceView:
    file = row.file
    return EvidenceView(
        moment=row.moment,
        file_id=file.public_id if file else None,
        file_name=file.name if file else "",
        is_picture=file is not None and file.media_type in _PICTURE_TYPES,
        sha256_given=file.sha256_given if file else "",
        link=row.link,
        taken_at=row.taken_at,
        taken_place=row.taken_place,
        added_at=row.added_at,
        added_by=row.added_by.name if row.added_by else "",
    )
