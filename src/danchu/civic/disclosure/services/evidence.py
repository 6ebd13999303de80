"""What shows that a notice hung: pictures, documents, links (K2).

The camera's time and place are read before the picture is cleaned and stand in columns that
only officers see; the file kept carries neither. The hash of what was handed in is kept with it.
"""

from __future__ import annotations

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, NotFound
from danchu.core.files.kinds import PICTURES, sniff
from danchu.core.files.models import StoredFile
from danchu.core.files.pictures import read_camera
from danchu.core.files.services import Readable, attach_file, read_within_limit, store_upload
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_choice

from ..models import Posting, PostingEvidence
from .holding import locked_posting, told_everybody
from .inputs import EvidenceInput, HandedIn
from .place_inputs import clean_link

TAKEN_IN = PICTURES | {"pdf"}


def hand_in_evidence(*, actor: Actor, unit_id: int, data: bytes | Readable, name: str) -> HandedIn:
    """Take a picture or PDF in for a posting that is about to be written down.

    Outside a transaction, as files are. What no posting takes up within two days is deleted by
    ``sweep_orphans``. Raises what ``store_upload`` raises.
    """
    given = read_within_limit(data)
    kind = sniff(given) if given else None
    seen = read_camera(given, kind) if kind in PICTURES else None
    row = store_upload(
        actor=actor,
        unit_id=unit_id,
        data=given,
        name=name,
        allowed=TAKEN_IN,
        rights=("records.write",),
    )
    at = seen.taken_at if seen is not None else None
    return HandedIn(
        row.public_id,
        at.replace(tzinfo=at.tzinfo or clock.VIET_NAM) if at else None,
        seen.place_words if seen is not None else "",
        row.name,
    )


def add_evidence(*, actor: Actor, posting_id: int, content: EvidenceInput) -> PostingEvidence:
    """Add a picture, document or link to a posting; the same file twice gives the same row."""
    with acting_as(actor):
        _notice, posting = locked_posting(posting_id)
        require(actor, "records.write", posting.record.unit_id)
        row = attach(actor, posting, content)
        told_everybody(posting.record)
        log_action(
            "posting.evidence_added",
            actor=actor,
            record_id=posting.pk,
            data={"evidence": row.pk, "moment": row.moment},
        )
    return row


def attach(actor: Actor, posting: Posting, content: EvidenceInput) -> PostingEvidence:
    """Make the row; inside the transaction that holds the posting."""
    moment = clean_choice(
        content.moment,
        PostingEvidence.Moment.values,
        "moment",
        "thời điểm chụp",
        "moment of the evidence",
    )
    if content.file is None:
        link = clean_link(content.link, "evidence_link", required=False)
        if not link:
            raise BadInput(
                "Chụp hoặc chọn ảnh, hoặc nhập đường dẫn.",
                "Take or choose a picture, or enter a link.",
                field="file",
            )
        return PostingEvidence.objects.create(
            posting=posting,
            moment=moment,
            link=link,
            added_at=clock.now(),
            added_by_id=actor.actor_id,
        )
    kept = StoredFile.objects.filter(public_id=content.file.public_id).first()
    if kept is None:
        raise NotFound("Không tìm thấy tệp này.", "There is no such file.")
    known = PostingEvidence.objects.filter(posting=posting, file=kept).first()
    if known is not None:
        return known
    kept = attach_file(actor=actor, public_id=kept.public_id, record_id=posting.pk)
    return PostingEvidence.objects.create(
        posting=posting,
        moment=moment,
        file=kept,
        taken_at=content.file.taken_at,
        taken_place=content.file.taken_place[:60],
        added_at=clock.now(),
        added_by_id=actor.actor_id,
    )
