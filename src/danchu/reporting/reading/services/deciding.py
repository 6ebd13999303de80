"""Deciding each figure and finding that was read; nothing counts before."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F

from danchu.core.acting import acting_as
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

from ..models import Decision, ReadDocument, ReadFigure, ReadFinding
from .taking_in import LARGEST


def decide_figure(
    *,
    actor: Actor,
    figure_id: int,
    row_version: int,
    decision: str,
    key: str = "",
    amount: int | None = None,
    note: str = "",
) -> ReadFigure:
    """Confirm, correct or reject a figure; only confirmed and corrected ones count.

    A correction names the indicator and the amount in its smallest unit. Needs
    ``readings.decide``. ``Conflict`` when somebody decided it since the page was opened.
    """
    why = clean_line(note, "note", "ghi chú", "note", limit=300, required=False)
    with acting_as(actor):
        figure = _locked_figure(figure_id)
        record = figure.document.record
        require(actor, "readings.decide", record.unit_id)
        if figure.row_version != row_version:
            raise Conflict(
                "Số này vừa được người khác xử lý. Mở lại trang để xem.",
                "Somebody has just decided this figure. Open the page again.",
            )
        _apply(figure, actor, decision, key, amount, why)
        _tell(figure.document)
        log_action(
            "reading.figure_decided",
            actor=actor,
            record_id=record.pk,
            data={"figure": figure.pk, "decision": decision, "amount": figure.decided_amount},
        )
    return figure


def _apply(
    figure: ReadFigure, actor: Actor, decision: str, key: str, amount: int | None, note: str
) -> None:
    if decision not in Decision.values:
        raise BadInput("Chọn cách xử lý số này.", "Choose what to do with this figure.")
    if decision == Decision.CORRECTED:
        if isinstance(amount, bool) or not isinstance(amount, int):
            raise BadInput("Nhập số đúng.", "Enter the right number.", field="amount")
        definition(key or figure.key)
        if abs(amount) > LARGEST:
            raise BadInput("Số quá lớn.", "The number is too large.", field="amount")
        figure.decided_key, figure.decided_amount = key or figure.key, amount
    else:
        figure.decided_key = figure.key if decision == Decision.CONFIRMED else ""
        figure.decided_amount = figure.amount if decision == Decision.CONFIRMED else None
    figure.decision = decision
    figure.decision_note = note
    figure.decided_by_id = actor.actor_id
    figure.decided_at = now() if decision != Decision.PENDING else None
    figure.row_version += 1
    figure.save()


def _locked_figure(figure_id: int) -> ReadFigure:
    figure = (
        ReadFigure.objects.select_for_update(of=("self",))
        .select_related("document__record", "document__period")
        .filter(pk=figure_id, document__record__state=Record.State.RECORDED)
        .first()
    )
    if figure is None:
        raise NotFound("Không tìm thấy số này.", "There is no such figure.")
    return figure


def _tell(document: ReadDocument) -> None:
    record = document.record
    if document.period_id is not None:
        enqueue(FIGURES, unit_id=record.unit_id, period_id=document.period_id, form="reading")
    if record.visibility == Record.Visibility.PUBLIC:
        raise_public_version(record.unit_id)


def confirm_figures(*, actor: Actor, document_id: int, figure_ids: Sequence[int]) -> int:
    """Confirm several figures at once, those still undecided among them; returns how many."""
    with acting_as(actor):
        document = _document(document_id)
        require(actor, "readings.decide", document.record.unit_id)
        waiting = ReadFigure.objects.select_for_update().filter(
            document=document, pk__in=list(figure_ids), decision=Decision.PENDING
        )
        ids = [figure.pk for figure in waiting]
        ReadFigure.objects.filter(pk__in=ids).update(
            decision=Decision.CONFIRMED,
            decided_key=F("key"),
            decided_amount=F("amount"),
            decided_by_id=actor.actor_id,
            decided_at=now(),
            row_version=F("row_version") + 1,
        )
        _tell(document)
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
        document = _document(document_id)
        require(actor, "readings.decide", document.record.unit_id)
        period = open_period(period_code)
        require_begun(period.start, "period")
        _tell(document)
        document.period = period
        document.save(update_fields=["period"])
        _tell(document)
        log_action(
            "reading.period_set",
            actor=actor,
            record_id=document.pk,
            data={"period": period.code},
        )
    return document


def _document(document_id: int) -> ReadDocument:
    found = (
        ReadDocument.objects.select_for_update(of=("self",))
        .select_related("record", "period")
        .filter(pk=document_id, record__state=Record.State.RECORDED)
        .first()
    )
    if found is None:
        raise NotFound("Không tìm thấy báo cáo này.", "There is no such report.")
    return found
