"""The quarterly register of disclosures, published as a notice of its own (article 13.2)."""

from __future__ import annotations

import uuid

from danchu.core.acting import acting_as
from danchu.core.clock import today
from danchu.core.contracts import NOBODY, Actor, require
from danchu.core.errors import BadInput, Conflict
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_document_number
from danchu.core.records.models import Record
from danchu.core.text import format_date
from danchu.core.units.services import hold_units

from .. import rules
from ..models import Notice, RegisterEntry
from ..quarters import Quarter, still_runs
from ..selectors import register_of
from .inputs import NoticeInput
from .notices import record_notice


def publish_register(
    *,
    actor: Actor,
    unit_id: int,
    quarter: Quarter,
    seen: str | None = None,
    number: str = "",
    client_key: uuid.UUID | None = None,
    early: bool = False,
) -> Notice:
    """Publish the register of a quarter as it stands now; its lines are frozen in the notice.

    What is written down after it comes in the register of the next quarter, as an addition.
    ``seen``: the digest of the register that the person looked at. ``number``: number and symbol
    of the paper. The same key twice gives the same register. While the quarter still runs it is
    asked first: ``BadInput`` (code and field "early") without ``early``.

    Needs ``records.write``. Raises ``BadInput`` for a quarter that has not begun or that holds
    nothing, or for a unit that keeps no register in law; ``Conflict`` where the register of the
    quarter stands already, where something changed since it was looked at, or (code "sent_before")
    where the key is that of something else or of a register that was cancelled.
    """
    require(actor, "records.write", unit_id)
    told = clean_document_number(
        number, "number", "số, ký hiệu thông báo", "number of the paper", limit=80
    )
    with acting_as(actor):
        hold_units([unit_id])  # two who publish at once wait for each other here
        standing = Notice.objects.select_related("record").filter(
            record__unit_id=unit_id,
            record__state=Record.State.RECORDED,
            register_of=quarter.key,
        )
        before = standing.order_by("-record_id").first()
        if before is not None:
            sent = client_key is not None and before.record.client_key == client_key
            if sent and before.record.author_id == actor.actor_id:
                return before
            raise _published(before, quarter)
        # As everybody may see it: what is published holds nothing that is read inside only.
        register = register_of(NOBODY, unit_id, quarter)
        if not register.lines:
            raise BadInput(
                f"Chưa có nội dung nào công khai trong {quarter.name.vi}, nên chưa có danh mục để "
                "công khai.",
                f"Nothing was disclosed in {quarter.name.en}, so there is no register to publish.",
                field="quarter",
            )
        if seen is not None and seen != register.digest:
            raise Conflict(
                "Nội dung của danh mục đã thay đổi từ khi mở trang. Chưa công khai; xem lại bảng "
                "mới rồi xác nhận.",
                "The register has changed since the page was opened. Nothing was published; look "
                "at the new table and confirm it.",
                code="changed",
            )
        if not early:
            _not_before_its_end(quarter)
        made = record_notice(
            actor=actor,
            unit_id=unit_id,
            occurred_on=today(),
            content=NoticeInput(
                rule_key=rules.REGISTER_RULE,
                title=f"Danh mục nội dung đã công khai {quarter.name.vi}",
                decided_on=today(),
                document_number=told,
                table=register.as_table(),
            ),
            client_key=client_key,
            register_of=quarter.key,
        )
        RegisterEntry.objects.bulk_create(
            RegisterEntry(
                register=made,
                notice_id=line.notice_id,
                order=n,
                added_from=line.added_from.key if line.added_from else "",
            )
            for n, line in enumerate(register.lines, start=1)
        )
        log_action(
            "disclosure.register_published",
            actor=actor,
            record_id=made.pk,
            data={
                "quarter": quarter.key,
                "notices": [line.notice_id for line in register.lines],
                "digest": register.digest,
            },
        )
    return made


def _not_before_its_end(quarter: Quarter) -> None:
    """Raise ``BadInput`` while the quarter still runs: its register would lack what comes in it."""
    if not still_runs(quarter.end):
        return
    day, name, after = format_date(quarter.end), quarter.name, quarter.after.name
    raise BadInput(
        f"Chưa công khai: {name.vi} đến ngày {day} mới hết. Nội dung ghi sau khi công khai danh "
        f"mục sẽ không có trong danh mục {name.vi} mà vào danh mục {after.vi}, ghi là bổ sung.",
        f"Nothing was published: {name.en} ends on {day}. What is written down after the register "
        f"is published will not be in the register of {name.en}; it comes in that of {after.en}, "
        "as an addition.",
        code="early",
        field="early",
    )


def _published(before: Notice, quarter: Quarter) -> Conflict:
    day = format_date(before.record.occurred_on)
    return Conflict(
        f"Danh mục {quarter.name.vi} đã công khai ngày {day} và giữ nguyên. Nội dung ghi sau vào "
        f"danh mục {quarter.after.name.vi}, ghi là bổ sung.",
        f"The register of {quarter.name.en} was published on {day} and stays as it is. What was "
        f"written down later comes in the register of {quarter.after.name.en}, as an addition.",
        code="published",
    )
