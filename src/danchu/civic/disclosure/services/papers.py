"""The report to the People's Council, and noting to whom a register or a report was sent.

Law 10/2022 article 14.3: the commune reports on disclosure at the next regular session of its
Council, and sends the report to the Fatherland Front.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from dataclasses import dataclass

from danchu.core.acting import acting_as
from danchu.core.calendar.periods import PeriodSpan
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.documents import OfficialDocument
from danchu.core.documents.keeping import as_data
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_choice, clean_day, clean_document_number
from danchu.core.records.models import Record
from danchu.core.records.services import cancel_record, open_record, require_same
from danchu.core.text import format_date
from danchu.core.units.selectors import require_unit

from ..council_paper import ClaimsTold, council_document, require_council
from ..models import CouncilReport, Dispatch, Notice
from ..quarters import reported_span, span_name, still_runs
from ..selectors.summaries import disclosure_summary


@dataclass(frozen=True, slots=True)
class SentInput:
    """That a paper went out: to whom, on which day, which way, with which letter."""

    recipient: str
    sent_on: dt.date | None
    way: str
    number: str = ""


def settle_report(
    *,
    actor: Actor,
    unit_id: int,
    period: str,
    paper: OfficialDocument,
    claims: ClaimsTold | None = None,
    number: str = "",
    client_key: uuid.UUID | None = None,
    early: bool = False,
) -> CouncilReport:
    """Settle the report on the disclosure of "2026H1" or "2026" as it stands today.

    ``paper``: head and foot of the unit's papers; ``claims``: what citizens said of what was
    disclosed. What is settled is kept and printed from what was kept; the same key twice gives
    the same report. While the period still runs it is asked first: ``BadInput`` (code and field
    "early") without ``early``. Needs ``records.write``. Raises ``BadInput`` for a period that has
    not begun and for a unit other than a commune, ``Conflict`` where a report of the period
    stands: it is cancelled first.
    """
    require(actor, "records.write", unit_id)
    span, day = reported_span(period), today()
    require_council(require_unit(unit_id, day, field="unit").level)
    told = clean_document_number(
        number, "number", "số, ký hiệu báo cáo", "number of the report", limit=80
    )
    summary = disclosure_summary(actor, unit_id, span.start, span.end, day)
    with acting_as(actor):
        record, created = open_record(
            actor=actor,
            kind="council_report",
            unit_id=unit_id,
            occurred_on=day,
            client_key=client_key,
            author_id=actor.actor_id,
            in_figures=False,
            happened_there=True,
        )
        if not created:
            sent = CouncilReport.objects.select_related("record").get(record=record)
            require_same(sent.record, (sent.period, sent.number) == (period, told))
            return sent
        before = CouncilReport.objects.filter(
            record__unit_id=unit_id, record__state=Record.State.RECORDED, period=period
        ).first()
        if before is not None:
            raise Conflict(
                f"Báo cáo {span_name(span).vi} đã chốt ngày "
                f"{format_date(before.record.occurred_on)}. Hủy bản đó nếu cần chốt lại.",
                f"The report of {span_name(span).en} was settled on "
                f"{format_date(before.record.occurred_on)}. Cancel it to settle another.",
                code="settled",
            )
        if not early:
            _not_before_its_end(span)
        document = council_document(paper, summary, span, claims, number=told)
        report = CouncilReport.objects.create(
            record=record, period=period, number=told, document=as_data(document)
        )
        log_action(
            "council_report.settled",
            actor=actor,
            record_id=record.pk,
            data={"period": period, "number": told, "document": _digest(report)},
        )
    return report


def _not_before_its_end(span: PeriodSpan) -> None:
    """Raise ``BadInput`` while the period still runs: its report would lack what comes in it."""
    if not still_runs(span.end):
        return
    day, name = format_date(span.end), span_name(span)
    raise BadInput(
        f"Chưa chốt: kỳ {name.vi} đến ngày {day} mới hết. Nội dung công khai sau khi chốt sẽ "
        "không có trong báo cáo này.",
        f"Nothing was settled: the period, {name.en}, ends on {day}. What is disclosed after the "
        "report is settled will not be in it.",
        code="early",
        field="early",
    )


def cancel_report(*, actor: Actor, record_id: int, reason: str) -> None:
    """Cancel a settled report that was not sent; it stays, with the reason."""
    with acting_as(actor):
        require(actor, "records.cancel", _locked(record_id, "council_report").unit_id)
        if Dispatch.objects.filter(
            about_id=record_id, record__state=Record.State.RECORDED
        ).exists():
            raise Conflict(
                "Báo cáo đã ghi gửi đi nên không hủy được. Hủy lần ghi gửi trước nếu ghi nhầm.",
                "The report is noted as sent and cannot be cancelled. Cancel that note first if "
                "it was wrong.",
                code="sent",
            )
        cancel_record(actor=actor, record_id=record_id, reason=reason, right="records.cancel")


def note_sent(
    *, actor: Actor, about_id: int, content: SentInput, client_key: uuid.UUID | None = None
) -> Dispatch:
    """Note that a published register or a settled report was sent; the same key twice is one.

    Needs ``records.write``. Raises ``BadInput`` for a day before the paper or still to come,
    ``NotFound`` for anything that is no such paper.
    """
    with acting_as(actor):
        about = _locked(about_id, "disclosure", "council_report")
        require(actor, "records.write", about.unit_id)
        if about.kind == "disclosure" and not (
            Notice.objects.filter(pk=about_id).exclude(register_of="").exists()
        ):
            raise _no_paper()
        recipient = clean_choice(
            content.recipient, Dispatch.Recipient.values, "recipient", "nơi nhận", "recipient"
        )
        way = clean_choice(content.way, Dispatch.Way.values, "way", "cách gửi", "way")
        day = clean_day(content.sent_on, "sent_on", "ngày gửi", "day it was sent")
        if day < about.occurred_on:
            raise BadInput(
                f"Văn bản có ngày {format_date(about.occurred_on)}; không thể gửi trước ngày đó.",
                f"The paper is of {format_date(about.occurred_on)}; it cannot have been sent "
                "before.",
                field="sent_on",
            )
        number = clean_document_number(
            content.number, "number", "số văn bản gửi kèm", "number of the letter", limit=80
        )
        record, created = open_record(
            actor=actor,
            kind="disclosure_dispatch",
            unit_id=about.unit_id,
            occurred_on=day,
            client_key=client_key,
            author_id=actor.actor_id,
            in_figures=False,
        )
        if not created:
            sent = Dispatch.objects.get(record=record)
            told = (sent.about_id, sent.recipient, sent.way, sent.number, record.occurred_on)
            require_same(record, told == (about.pk, recipient, way, number, day))
            return sent
        sent = Dispatch.objects.create(
            record=record, about=about, recipient=recipient, way=way, number=number
        )
        log_action(
            "disclosure.sent",
            actor=actor,
            record_id=record.pk,
            data={
                "about": about.pk,
                "recipient": recipient,
                "way": way,
                "number": number,
                "sent_on": day.isoformat(),
            },
        )
    return sent


def cancel_sent(*, actor: Actor, record_id: int, reason: str) -> None:
    """Cancel a note of sending that was written by mistake; it stays, with the reason."""
    with acting_as(actor):
        if not Dispatch.objects.filter(pk=record_id).exists():
            raise _no_paper()
        cancel_record(actor=actor, record_id=record_id, reason=reason, right="records.cancel")


def _digest(report: CouncilReport) -> str:
    kept = json.dumps(report.document, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(kept.encode()).hexdigest()


def _locked(record_id: int, *kinds: str) -> Record:
    found = (
        Record.objects.select_for_update()
        .filter(pk=record_id, kind__in=kinds, state=Record.State.RECORDED)
        .first()
    )
    if found is None:
        raise _no_paper()
    return found


def _no_paper() -> NotFound:
    return NotFound("Không tìm thấy văn bản này.", "There is no such paper.")
