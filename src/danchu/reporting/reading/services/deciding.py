"""Deciding each figure and finding that was read; nothing counts before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.clock import now
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.outbox.services import enqueue
from danchu.core.records.inputs import clean_line
from danchu.core.records.models import Record
from danchu.core.records.services import FIGURES
from danchu.core.units.services import raise_public_version
from danchu.reporting.figures.begun import require_begun
from danchu.reporting.figures.selectors import definition
from danchu.reporting.figures.services import open_period

from ..across import units_told_with
from ..amounts import LARGEST
from ..models import Decision, ReadDocument, ReadFigure, ReadFinding
from .corrections import keep_correction


@dataclass(frozen=True, slots=True)
class Made:
    """What a person made of a figure. None, or "", leaves a part as it was read."""

    key: str = ""
    amount: int | None = None
    scope: str | None = None
    period: Period | None = None
    span: tuple[int, int] | None = None


def decide_figure(
    *,
    actor: Actor,
    figure_id: int,
    row_version: int,
    decision: str,
    key: str = "",
    amount: int | None = None,
    scope: str | None = None,
    period_code: str = "",
    note: str = "",
) -> ReadFigure:
    """Confirm, correct or reject a figure; only confirmed and corrected ones count.

    A correction names the indicator and the amount in its smallest unit; ``scope`` says which
    part of the unit it is about ("" the whole), ``period_code`` another period than it was read
    for. Needs ``readings.decide``. ``Conflict`` when somebody decided it since the page was
    opened, or when the review was closed.
    """
    why = clean_line(note, "note", "ghi chú", "note", limit=300, required=False)
    if scope is not None:
        scope = clean_line(scope, "scope", "phạm vi", "scope", limit=300, required=False)
    with acting_as(actor):
        figure = locked_figure(actor, figure_id, row_version)
        period = open_period(period_code) if period_code else None
        record = figure.document.record
        before = figure.period_id
        apply(figure, actor, decision, Made(key, amount, scope, period), why)
        keep_correction(figure)
        tell(figure.document, before, figure.period_id)
        log_action(
            "reading.figure_decided",
            actor=actor,
            record_id=record.pk,
            data={"figure": figure.pk, "decision": decision, "amount": figure.decided_amount},
        )
    return figure


def apply(figure: ReadFigure, actor: Actor, decision: str, made: Made, note: str) -> None:
    """Write a decision on a locked figure. Raises ``BadInput`` for a correction without sense."""
    if decision not in Decision.values:
        raise BadInput("Chọn cách xử lý số này.", "Choose what to do with this figure.")
    figure.decided_scope, figure.period_id = figure.scope, period_as_read(figure)
    figure.decided_start = figure.decided_end = None
    if decision == Decision.CORRECTED:
        if isinstance(made.amount, bool) or not isinstance(made.amount, int):
            raise BadInput("Nhập số đúng.", "Enter the right number.", field="amount")
        definition(made.key or figure.key)
        if abs(made.amount) > LARGEST:
            raise BadInput("Số quá lớn.", "The number is too large.", field="amount")
        figure.decided_key, figure.decided_amount = made.key or figure.key, made.amount
        if made.scope is not None:
            figure.decided_scope = made.scope
        if made.period is not None:
            figure.period_id = made.period.pk
        if made.span is not None:
            figure.decided_start, figure.decided_end = made.span
    else:
        figure.decided_key = figure.key if decision == Decision.CONFIRMED else ""
        figure.decided_amount = figure.amount if decision == Decision.CONFIRMED else None
    figure.decision = decision
    figure.decision_note = note
    figure.decided_by_id = actor.actor_id
    figure.decided_at = now() if decision != Decision.PENDING else None
    figure.accepted_in = None
    figure.row_version += 1
    figure.save()


def period_as_read(figure: ReadFigure) -> int | None:
    """The period a figure counts in as it was read: its own, else that of its report."""
    return figure.read_period_id if figure.own_period else figure.document.period_id


def locked_figure(actor: Actor, figure_id: int, row_version: int) -> ReadFigure:
    """A figure of an open review, locked. ``Conflict`` when it was decided since it was seen."""
    figure = (
        ReadFigure.objects.select_for_update(of=("self",))
        .select_related("document__record", "document__period")
        .filter(pk=figure_id, document__record__state=Record.State.RECORDED)
        .first()
    )
    if figure is None:
        raise NotFound("Không tìm thấy số này.", "There is no such figure.")
    require(actor, "readings.decide", figure.document.record.unit_id)
    refuse_closed(figure.document)
    if figure.row_version != row_version:
        raise Conflict(
            "Số này vừa được người khác xử lý. Mở lại trang để xem.",
            "Somebody has just decided this figure. Open the page again.",
        )
    return figure


def refuse_closed(document: ReadDocument) -> None:
    """Raise ``Conflict`` when the review of the report was closed."""
    if document.closed_at is not None:
        raise Conflict(
            "Báo cáo này đã rà soát xong. Chọn “Mở lại rà soát” rồi xử lý.",
            "The review of this report is closed. Reopen it first.",
        )


def tell(document: ReadDocument, *period_ids: int | None) -> None:
    """Have the figures of the report's period and of these periods worked out again."""
    record = document.record
    for period_id in sorted({i for i in (document.period_id, *period_ids) if i is not None}):
        enqueue(FIGURES, unit_id=record.unit_id, period_id=period_id, form="reading")
    if record.visibility == Record.Visibility.PUBLIC:
        for unit_id in units_told_with(record.unit_id):
            raise_public_version(unit_id)


def confirm_figures(*, actor: Actor, document_id: int, figure_ids: Sequence[int]) -> int:
    """Confirm several figures at once, those still undecided among them; returns how many."""
    with acting_as(actor):
        document = locked_document(actor, document_id)
        waiting = ReadFigure.objects.select_for_update().filter(
            document=document, pk__in=list(figure_ids), decision=Decision.PENDING
        )
        periods = {figure.pk: figure.period_id for figure in waiting}
        ids = list(periods)
        ReadFigure.objects.filter(pk__in=ids).update(
            decision=Decision.CONFIRMED,
            decided_key=F("key"),
            decided_amount=F("amount"),
            decided_by_id=actor.actor_id,
            decided_at=now(),
            row_version=F("row_version") + 1,
        )
        tell(document, *periods.values())
        log_action(
            "reading.figures_confirmed",
            actor=actor,
            record_id=document.pk,
            data={"figures": sorted(ids)},
        )
    return len(ids)


def decide_finding(*, actor: Actor, finding_id: int, decision: str) -> ReadFinding:
    """Take a finding over into the report of its period, or leave it out."""
    if decision not in (Decision.CONFIRMED, Decision.REJECTED, Decision.PENDING):
        raise BadInput("Chọn giữ hoặc bỏ ý này.", "Choose to keep or to leave out.")
    with acting_as(actor):
        finding = (
            ReadFinding.objects.select_for_update(of=("self",))
            .select_related("document__record", "document__period")
            .filter(pk=finding_id, document__record__state=Record.State.RECORDED)
            .first()
        )
        if finding is None:
            raise NotFound("Không tìm thấy ý này.", "There is no such finding.")
        record = finding.document.record
        require(actor, "readings.decide", record.unit_id)
        refuse_closed(finding.document)
        finding.decision = decision
        finding.decided_by_id = actor.actor_id
        finding.decided_at = now()
        finding.save(update_fields=["decision", "decided_by", "decided_at"])
        if record.visibility == Record.Visibility.PUBLIC:
            raise_public_version(record.unit_id)
        log_action(
            "reading.finding_decided",
            actor=actor,
            record_id=record.pk,
            data={"finding": finding.pk, "decision": decision},
        )
    return finding


def set_period(*, actor: Actor, document_id: int, period_code: str) -> ReadDocument:
    """Say which period a report is about, where the text did not or was read wrongly."""
    with acting_as(actor):
        document = locked_document(actor, document_id)
        period = open_period(period_code)
        require_begun(period.start, "period")
        before = document.period
        # Those of another time than their report's stay where they are.
        document.figures.filter(own_period=False, period=before).update(period=period)
        document.period = period
        document.save(update_fields=["period"])
        tell(document, before.pk if before else None)
        log_action(
            "reading.period_set",
            actor=actor,
            record_id=document.pk,
            data={"period": period.code},
        )
    return document


def locked_document(actor: Actor, document_id: int, *, closed: bool = False) -> ReadDocument:
    """A report whose review is open, locked for who may decide; ``closed``: also a closed one."""
    found = (
        ReadDocument.objects.select_for_update(of=("self",))
        .select_related("record", "period")
        .filter(pk=document_id, record__state=Record.State.RECORDED)
        .first()
    )
    if found is None:
        raise NotFound("Không tìm thấy báo cáo này.", "There is no such report.")
    require(actor, "readings.decide", found.record.unit_id)
    if not closed:
        refuse_closed(found)
    return found
