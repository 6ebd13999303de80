"""What the services of this room share: locking a notice, counting its days again."""

from __future__ import annotations

import datetime as dt

from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.errors import NotFound
from danchu.core.records.models import Record
from danchu.core.records.services import touch_figures, touch_figures_later, unchanged_since
from danchu.core.units.services import raise_public_version
from danchu.core.work.services import assign, complete

from .. import rules
from ..folding import judge_again
from ..models import Notice, Posting
from ..standing import Gap, posting_derivation

# Of a list with names whose rule sets no days of posting: as long as most clauses ask for.
NAMES_DAYS = 30


def locked_notice(record_id: int) -> Notice:
    """The notice, locked until the transaction ends; ``NotFound`` when cancelled."""
    found = (
        Notice.objects.select_for_update(of=("self", "record"))
        .select_related("record")
        .filter(pk=record_id, record__state=Record.State.RECORDED)
        .first()
    )
    if found is None:
        raise NotFound("Không tìm thấy nội dung công khai này.", "There is no such notice.")
    return found


def locked_posting(record_id: int) -> tuple[Notice, Posting]:
    """A posting and its notice, the notice locked first; ``NotFound`` when one is cancelled."""
    gone = NotFound("Không tìm thấy lần niêm yết này.", "There is no such posting.")
    of = Posting.objects.filter(pk=record_id).values_list("notice_id", flat=True).first()
    if of is None:
        raise gone
    try:
        notice = locked_notice(of)
    except NotFound:
        raise gone from None
    posting = (
        Posting.objects.select_for_update(of=("self", "record"))
        .select_related("record")
        .filter(pk=record_id, record__state=Record.State.RECORDED)
        .first()
    )
    if posting is None:
        raise gone
    return notice, posting


def posting_to_change(
    actor: Actor, posting_id: int, version: int, *, right: str = "records.write"
) -> tuple[Notice, Posting]:
    """A posting that ``actor`` may change as it stood at ``version``, and its notice; both locked.

    The end of a list of names is fixed first (:func:`cap_names`). Raises ``NotFound`` where one is
    cancelled, ``NotAllowed`` without ``right`` over its unit, ``Conflict`` where somebody changed
    it since ``version``.
    """
    notice, posting = locked_posting(posting_id)
    require(actor, right, posting.record.unit_id)
    unchanged_since(posting.record, version)
    cap_names(notice)
    return notice, posting


def live_postings(notice: Notice) -> list[Posting]:
    """The postings of a notice that were not cancelled, in the order they were put up."""
    return list(
        notice.postings.select_related("record")
        .filter(record__state=Record.State.RECORDED)
        .order_by("record__occurred_on", "pk")
    )


def count_again(actor: Actor, notice: Notice, posting: Posting) -> None:
    """Count the days of a posting with its interruptions, and bring its task up to date."""
    gaps = [
        Gap(row.from_on, row.to_on, row.reason)
        for row in posting.interruptions.order_by("from_on", "pk")
    ]
    starts_on = posting.record.occurred_on
    derived = posting_derivation(notice.rule_key, notice.base_kind, starts_on, gaps)
    before = posting.complete_on
    posting.least_days = derived.days if derived else None
    posting.complete_on = derived.due if derived else None
    posting.save(update_fields=["least_days", "complete_on"])
    for day in {before, posting.complete_on}:
        if day is None:
            continue
        if day <= today():
            touch_figures(posting.record, day=day)
        else:
            touch_figures_later(posting.record, day=day)
    _follow(actor, notice, posting)


def _follow(actor: Actor, notice: Notice, posting: Posting) -> None:
    """The task to take a posting down, with a picture, once its days are complete.

    It has no last day and no article: the law asks for the days of posting, not for their end.
    """
    key = f"posting.take_down:{posting.pk}"
    if posting.ends_on is not None or posting.complete_on is None or not posting.is_live:
        complete(actor=actor, key=key)
        return
    assign(
        key=key,
        unit_id=notice.record.unit_id,
        kind="posting.take_down",
        title=f"Gỡ niêm yết đã đủ ngày: {posting.place}, {notice.title}",
        # Nothing is to be done while it has to hang.
        starts_on=posting.complete_on,
        due_on=None,
        path=rules.office_path(notice.record.public_id),
        record_id=posting.pk,
    )


def set_names_until(notice: Notice, *, light: bool = False) -> None:
    """How long the names of a list are shown: to the end of its postings, never longer.

    What has gone dark stays dark, whatever is posted or corrected later, unless ``light``: the
    list is new, or an officer said so with a reason.
    """
    if not notice.has_names:
        return
    until = names_end(notice)
    if not light and notice.names_until is not None and notice.names_until < today():
        until = min(until, notice.names_until)
    notice.names_until = until
    notice.save(update_fields=["names_until"])


def cap_names(notice: Notice) -> None:
    """Fix how long a list that has gone dark could ever be shown, before what hangs is changed.

    The end counts from the postings there were when it went dark: one written down, moved or
    interrupted later never brings the names back. A taking down written by mistake may.
    """
    if not notice.has_names or notice.names_capped_on is not None:
        return
    if notice.names_until is None or notice.names_until >= today():
        return
    notice.names_capped_on = _end_by_postings(notice, as_taken_down=False)
    notice.save(update_fields=["names_capped_on"])


def names_end(notice: Notice) -> dt.date:
    """The last day on which the law and the decision have the names of a list shown.

    The day that the decision sets ends them all, and so does the day of ``cap_names``.
    """
    ends = (_end_by_postings(notice), notice.names_not_after, notice.names_capped_on)
    return min(day for day in ends if day is not None)


def _end_by_postings(notice: Notice, *, as_taken_down: bool = True) -> dt.date:
    """A posting ends for the names with its least days even where the paper hangs on; one that
    was taken down before ends on that day."""
    published = notice.record.occurred_on
    ends: list[dt.date] = []
    for posting in live_postings(notice):
        least = dt.timedelta(days=posting.least_days or NAMES_DAYS)
        last = posting.complete_on or posting.record.occurred_on + least
        taken_down = posting.ends_on if as_taken_down else None
        ends.append(min(last, taken_down) if taken_down else last)
    if not ends:
        derived = posting_derivation(notice.rule_key, notice.base_kind, published, ())
        ends.append(
            derived.due if derived and derived.due else published + dt.timedelta(days=NAMES_DAYS)
        )
    return max(ends)


def judged_anew(record: Record) -> None:
    """Have the matrix of clauses told how the unit stands after what was written here."""
    judge_again(record.unit_id, record.occurred_on)


def told_everybody(record: Record) -> None:
    """Raise the public version where the record is public."""
    if record.visibility == Record.Visibility.PUBLIC:
        raise_public_version(record.unit_id)
