"""Days on which a posting was not to be read: written down, ended, corrected, taken back."""

from __future__ import annotations

import datetime as dt

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput, Conflict, Faults, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_line
from danchu.core.records.services import keep_version
from danchu.core.text import format_date

from ..models import Interruption, Notice, Posting
from .holding import posting_to_change
from .inputs import clean_ended
from .listed_names import refuse_listed_name
from .names import names_beside
from .postings import recounted, told
from .shielding import refuse_in_line

_ONE_DAY = dt.timedelta(days=1)


def interrupt_posting(
    *,
    actor: Actor,
    posting_id: int,
    version: int,
    from_on: dt.date | None,
    reason: str,
    to_on: dt.date | None = None,
) -> Posting:
    """Write down days on which a posting was not to be read. Its count starts again after them.

    ``to_on`` None: it still is; :func:`resume_posting` ends it.
    """
    with acting_as(actor):
        notice, posting = posting_to_change(actor, posting_id, version)
        began, ended, why = _cleaned(notice, posting, from_on, to_on, reason, None)
        keep_version(posting.record, content=told(posting), actor=actor, reason=why)
        Interruption.objects.create(posting=posting, from_on=began, to_on=ended, reason=why)
        recounted(actor, notice, posting)
        log_action("posting.interrupted", actor=actor, record_id=posting.pk, data=told(posting))
    return posting


def resume_posting(*, actor: Actor, posting_id: int, version: int, on: dt.date | None) -> Posting:
    """Write down the day on which an interrupted posting was put up again.

    Put up again on the very day, it hung on every day: its consecutive days go on ("liên tục",
    counted in whole days), and the interruption stays in the version before and in the ledger.
    """
    with acting_as(actor):
        notice, posting = posting_to_change(actor, posting_id, version)
        gap = posting.interruptions.filter(to_on__isnull=True).first()
        if gap is None:
            raise Conflict(
                "Lần niêm yết này không đang bị gián đoạn.", "This posting is not interrupted."
            )
        again = clean_ended(on, gap.from_on, "on", "ngày niêm yết lại", "day it was put up again")
        same_day = again == gap.from_on
        kept = _put_up_the_same_day(gap) if same_day else ""
        keep_version(posting.record, content=told(posting), actor=actor, reason=kept)
        if same_day:
            gap.delete()
        else:
            gap.to_on = again - _ONE_DAY
            gap.save(update_fields=["to_on"])
        recounted(actor, notice, posting)
        data = {**told(posting), "on": again.isoformat(), "why": kept}
        log_action("posting.resumed", actor=actor, record_id=posting.pk, data=data)
    return posting


def _put_up_the_same_day(gap: Interruption) -> str:
    return f"Gián đoạn và niêm yết lại trong ngày {format_date(gap.from_on)}: {gap.reason}"


def correct_interruption(
    *,
    actor: Actor,
    posting_id: int,
    version: int,
    began: dt.date,
    from_on: dt.date | None,
    reason: str,
    why: str,
    to_on: dt.date | None = None,
) -> Posting:
    """Correct the interruption that began on ``began``; what stood before is kept with ``why``.

    The days of the posting are counted again. Needs ``records.write``. Raises what
    :func:`interrupt_posting` raises, ``Conflict`` where somebody changed it since ``version``.
    """
    given = clean_line(why, "why", "lý do sửa", "reason for the correction", limit=500)
    with acting_as(actor):
        notice, posting = posting_to_change(actor, posting_id, version)
        gap = _gap(posting, began)
        first, last, cause = _cleaned(notice, posting, from_on, to_on, reason, gap)
        keep_version(posting.record, content=told(posting), actor=actor, reason=given)
        gap.from_on, gap.to_on, gap.reason = first, last, cause
        gap.save(update_fields=["from_on", "to_on", "reason"])
        recounted(actor, notice, posting)
        log_action(
            "posting.interruption_corrected",
            actor=actor,
            record_id=posting.pk,
            data={**told(posting), "why": given},
        )
    return posting


def cancel_interruption(
    *, actor: Actor, posting_id: int, version: int, began: dt.date, reason: str
) -> Posting:
    """Take back an interruption written by mistake: the posting hung all the time.

    It stays in the version of the posting that was before, with the reason. Needs
    ``records.cancel``, as cancelling the posting does.
    """
    why = clean_line(reason, "reason", "lý do hủy", "reason for cancelling", limit=500)
    with acting_as(actor):
        notice, posting = posting_to_change(actor, posting_id, version, right="records.cancel")
        gap = _gap(posting, began)
        keep_version(posting.record, content=told(posting), actor=actor, reason=why)
        gap.delete()
        recounted(actor, notice, posting)
        log_action(
            "posting.interruption_cancelled",
            actor=actor,
            record_id=posting.pk,
            data={**told(posting), "began": began.isoformat(), "why": why},
        )
    return posting


def _gap(posting: Posting, began: dt.date) -> Interruption:
    found = posting.interruptions.filter(from_on=began).first()
    if found is None:
        raise NotFound("Không tìm thấy lần gián đoạn này.", "There is no such interruption.")
    return found


def _cleaned(
    notice: Notice,
    posting: Posting,
    from_on: dt.date | None,
    to_on: dt.date | None,
    reason: str,
    self_: Interruption | None,
) -> tuple[dt.date, dt.date | None, str]:
    """First and last day and the reason; ``BadInput`` with every field at fault."""
    faults = Faults()
    began = ended = None
    why = ""
    with faults.noted():
        began = clean_ended(
            from_on,
            posting.record.occurred_on,
            "from_on",
            "ngày bị gián đoạn",
            "day of the interruption",
        )
    with faults.noted():
        if to_on is not None:
            least = began or posting.record.occurred_on
            ended = clean_ended(to_on, least, "to_on", "ngày cuối bị gián đoạn", "its last day")
    with faults.noted():
        why = clean_line(
            reason, "reason", "lý do gián đoạn", "reason of the interruption", limit=300
        )
        refuse_in_line(why, field="reason", vi="lý do gián đoạn", en="reason of the interruption")
        refuse_listed_name(names_beside(notice), why, field="reason")
    faults.tell()
    assert began is not None
    if posting.ends_on is not None and (ended is None or ended > posting.ends_on):
        raise BadInput(
            f"Đã gỡ ngày {format_date(posting.ends_on)}; gián đoạn phải kết thúc trước đó.",
            f"It was taken down on {format_date(posting.ends_on)}; an interruption ends "
            "before that.",
            field="to_on",
        )
    others = posting.interruptions.all()
    for gap in others.exclude(pk=self_.pk) if self_ is not None else others:
        if began <= (gap.to_on or dt.date.max) and gap.from_on <= (ended or dt.date.max):
            raise BadInput(
                f"Đã ghi gián đoạn từ ngày {format_date(gap.from_on)}; hai lần trùng nhau.",
                f"An interruption from {format_date(gap.from_on)} is written down already; "
                "the two overlap.",
                field="from_on",
            )
    return began, ended, why
