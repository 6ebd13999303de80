"""The list with names of a notice: written, shown again with a reason, overwritten in the end."""

from __future__ import annotations

from collections.abc import Sequence

from danchu.core.acting import acting_as
from danchu.core.clock import now, today
from danchu.core.contracts import OPERATOR, Actor, require
from danchu.core.errors import BadInput, Conflict
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_line
from danchu.core.text import format_date

from ..models import NamedEntry, Notice
from .documents import forget_documents
from .holding import cap_names, locked_notice, names_end, set_names_until, told_everybody
from .named import NamedRow


def show_names_again(*, actor: Actor, notice_id: int, reason: str) -> Notice:
    """Show a list again that went dark, as long as it hangs by the law and the decision.

    A new posting never does: whoever puts the paper up again may not know that the names were to
    go, and the end counts from the postings there were when they went. Needs ``records.write``.
    Raises ``Conflict`` where the names are shown, were overwritten, or where neither law nor
    decision has them shown today.
    """
    why = clean_line(reason, "reason", "lý do hiện lại", "reason for showing it", limit=500)
    with acting_as(actor):
        notice = locked_notice(notice_id)
        require(actor, "records.write", notice.record.unit_id)
        if not notice.has_names or not is_dark(notice):
            raise Conflict(
                "Nội dung này không có danh sách đã hết thời gian hiện.",
                "This notice has no list whose time is over.",
            )
        if notice.names_forgotten_at is not None:
            raise Conflict(
                "Tên trong danh sách đã bị xóa khỏi hệ thống, không hiện lại được. Công khai danh "
                "sách bằng một nội dung mới nếu luật còn cho phép.",
                "The names were deleted and cannot be shown again. Disclose the list anew if the "
                "law still allows it.",
            )
        cap_names(notice)
        last = names_end(notice)
        if last < today():
            raise Conflict(
                f"Theo luật và quyết định, danh sách chỉ hiện đến hết ngày {format_date(last)}. "
                "Danh sách không được hiện lại.",
                f"By the law and the decision the list is shown until {format_date(last)} only. "
                "It stays dark.",
            )
        set_names_until(notice, light=True)
        told_everybody(notice.record)
        log_action(
            "disclosure.names_shown_again",
            actor=actor,
            record_id=notice.pk,
            data={"reason": why, "until": last.isoformat()},
        )
    return notice


def forget_names() -> int:
    """Overwrite the lists of names whose posting has ended; a daily duty. How many lists.

    They went dark on that day already (``selectors``); from now on nobody has them.
    """
    waiting = Notice.objects.filter(
        has_names=True, names_forgotten_at__isnull=True, names_until__lt=today()
    )
    count = 0
    for record_id in list(waiting.order_by("pk").values_list("pk", flat=True)):
        with acting_as(OPERATOR):
            notice = waiting.select_for_update(of=("self",)).filter(pk=record_id).first()
            if notice is None:
                continue  # shown again, or forgotten by another worker in between
            forget_list(notice)
            told_everybody(notice.record)
            log_action("disclosure.names_forgotten", actor=OPERATOR, record_id=record_id, data={})
            count += 1
    return count


def forget_list(notice: Notice) -> None:
    """Overwrite the names, and let go of the documents beside them."""
    notice.named.update(name="", village="", decision="", level="")
    forget_documents(notice)
    notice.names_forgotten_at = now()
    notice.save(update_fields=["names_forgotten_at"])


def is_dark(notice: Notice) -> bool:
    """Whether the time of the list is over."""
    return notice.names_until is not None and notice.names_until < today()


def refuse_dark_list(notice: Notice) -> None:
    """Raise ``BadInput`` for a new list in a notice whose own went dark: nobody would see it."""
    if notice.has_names and notice.names_until is not None and is_dark(notice):
        raise BadInput(
            "Danh sách của nội dung này đã hết thời gian hiện ngày "
            f"{format_date(notice.names_until)}. Để trống ô danh sách; công khai danh sách mới "
            "bằng một nội dung mới.",
            "The time of this notice's list is over. Leave the list empty; disclose a new list "
            "as a notice of its own.",
            code="dark",
            field="names_text",
        )


def write_names(notice: Notice, rows: Sequence[NamedRow]) -> None:
    """Write the list anew. No version keeps the one before: names are not kept twice."""
    if not notice.has_names:
        return
    notice.named.all().delete()
    NamedEntry.objects.bulk_create(
        NamedEntry(
            notice=notice,
            order=n,
            name=row.name,
            village=row.village,
            decision=row.decision,
            level=row.level,
        )
        for n, row in enumerate(rows, start=1)
    )


def names_of(notice: Notice) -> tuple[NamedRow, ...]:
    """The rows of the list as they are kept."""
    columns = ("name", "village", "decision", "level")
    rows = notice.named.order_by("order").values_list(*columns)
    return tuple(NamedRow(*values) for values in rows)


def names_beside(notice: Notice | None) -> frozenset[str]:
    """The names of the list of a notice and of all those it corrects, as far as they are kept."""
    chain: list[int] = []
    while notice is not None and notice.pk not in chain:
        chain.append(notice.pk)
        notice = notice.corrects
    rows = NamedEntry.objects.filter(notice_id__in=chain).exclude(name="")
    return frozenset(rows.values_list("name", flat=True))
