"""Taking in past reports, and deciding each figure and finding that was read."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import F

from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.clock import now, today
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.files.services import store_upload
from danchu.core.ledger.services import log_action
from danchu.core.outbox.services import enqueue
from danchu.core.records.inputs import EARLIEST, clean_line
from danchu.core.records.models import Record
from danchu.core.records.services import FIGURES, open_record
from danchu.core.text import at_the_door
from danchu.core.units.services import raise_public_version
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.selectors import definition, definitions
from danchu.reporting.figures.services import open_period

from .extraction import Indicator, Reading, extract_text, read_text
from .models import Decision, ReadDocument, ReadFigure, ReadFinding
from .periods import code_of

READER_VERSION = "1"
MOST_TEXT = 500_000  # characters of one report
HIGH_CONFIDENCE = 800  # thousandths


@dataclass(frozen=True, slots=True)
class DocumentInput:
    """A report as handed in: a file, or typed text. ``period_code`` empty: as the text says."""

    name: str
    data: bytes | None = None
    text: str = ""
    title: str = ""
    period_code: str = ""
    source_note: str = ""
    public: bool = False


def take_in_document(
    *,
    actor: Actor,
    unit_id: int,
    content: DocumentInput,
    client_key: uuid.UUID | None = None,
) -> ReadDocument:
    """Read a report and keep its text, figures and findings for review. Nothing counts yet.

    Needs ``readings.write``. Raises ``BadInput`` for a file that cannot be read, ``Conflict``
    when the same text was taken in for this unit before.
    """
    require(actor, "readings.write", unit_id)
    note = clean_line(
        content.source_note, "source_note", "nguồn", "source", limit=500, required=False
    )
    if content.data is not None:
        source = extract_text(content.data, content.name)
        text, media_type, warnings = source.text, source.media_type, list(source.warnings)
    else:
        text, media_type, warnings = at_the_door(content.text).strip(), "text/plain", []
    if not text.strip():
        raise BadInput(
            "Văn bản không có chữ nào để đọc. Chọn tệp khác hoặc dán nội dung vào ô.",
            "There is no text to read. Choose another file or paste the text.",
            field="given",
        )
    if len(text) > MOST_TEXT:
        raise BadInput(
            f"Văn bản dài {len(text)} ký tự; đọc nhiều nhất {MOST_TEXT} ký tự một lần.",
            f"The text has {len(text)} characters; at most {MOST_TEXT} are read at once.",
            field="given",
        )
    reading = read_text(text, content.name)
    digest = hashlib.sha256(text.encode()).hexdigest()
    code = content.period_code or code_of(reading.period)
    period = open_period(code) if code else None
    title = clean_line(
        content.title or _first_line(text), "title", "tên báo cáo", "title", limit=300
    )
    stored = (
        store_upload(actor=actor, unit_id=unit_id, data=content.data, name=content.name)
        if content.data is not None
        else None
    )
    with acting_as(actor):
        same = ReadDocument.objects.filter(
            text_hash=digest, record__unit_id=unit_id, record__state=Record.State.RECORDED
        ).first()
        record, created = open_record(
            actor=actor,
            kind="reading",
            unit_id=unit_id,
            occurred_on=_day(reading, period),
            visibility=(Record.Visibility.PUBLIC if content.public else Record.Visibility.INTERNAL),
            client_key=client_key,
            author_id=actor.actor_id,
        )
        if not created:
            return ReadDocument.objects.get(record=record)
        if same is not None:
            raise Conflict(
                "Văn bản này đã được đưa vào trước đó cho đơn vị này. Mở bản đã có để rà soát.",
                "This text was taken in for this unit before. Open that one to review it.",
            )
        document = ReadDocument.objects.create(
            record=record,
            period=period,
            title=title,
            source_note=note,
            unit_as_written=(reading.unit.name or "")[:300],
            media_type=media_type,
            text=text,
            text_hash=digest,
            doc_kind=reading.doc_kind,
            event_date=reading.event_date,
            warnings=[*warnings, *reading.warnings],
            reader_version=READER_VERSION,
        )
        if stored is not None:
            stored.record = record
            stored.save(update_fields=["record"])
        _keep_reading(document, reading)
        log_action(
            "reading.taken_in",
            actor=actor,
            record_id=record.pk,
            data={"text": digest, "figures": len(reading.indicators)},
        )
    return document


def _day(reading: Reading, period: Period | None) -> dt.date:
    day = reading.event_date or (period.end if period else None) or today()
    return max(EARLIEST, min(day, today()))


def _first_line(text: str) -> str:
    return next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")[:300]


def _keep_reading(document: ReadDocument, reading: Reading) -> None:
    known = definitions()
    ReadFigure.objects.bulk_create(
        [
            _figure(document, position, item, known[item.key])
            for position, item in enumerate(reading.indicators)
            if item.key in known
        ]
    )
    lists = (
        (ReadFinding.Kind.ACHIEVEMENT, reading.findings.achievements),
        (ReadFinding.Kind.LIMITATION, reading.findings.limitations),
        (ReadFinding.Kind.TASK, reading.findings.tasks),
    )
    found = [(kind, item) for kind, items in lists for item in items]
    ReadFinding.objects.bulk_create(
        [
            ReadFinding(
                document=document,
                position=position,
                kind=kind,
                surface=item.surface,
                start=item.char_start,
                end=item.char_end,
            )
            for position, (kind, item) in enumerate(found)
        ]
    )


def _figure(
    document: ReadDocument, position: int, item: Indicator, meaning: Definition
) -> ReadFigure:
    digits = item.digits or item.surface
    return ReadFigure(
        document=document,
        position=position,
        key=item.key,
        amount=smallest(item.value, meaning),
        stated=digits[:60] + ("%" if meaning.is_rate and not digits.endswith("%") else ""),
        denominator=(smallest(item.denominator, meaning) if item.denominator is not None else None),
        surface=item.surface,
        start=item.char_start,
        end=item.char_end,
        approx=item.approx,
        scope=(item.scope or "")[:300],
        part_of=item.part_of or "",
        previous=smallest(item.previous, meaning) if item.previous is not None else None,
        confidence=round(item.confidence * 1000),
    )


def smallest(value: int | Fraction, meaning: Definition) -> int:
    """A value in the indicator's smallest unit, half away from zero where it is finer still."""
    exact = Fraction(value) * meaning.scale
    whole, rest = divmod(abs(exact.numerator), exact.denominator)
    rounded = whole + (2 * rest >= exact.denominator)
    return -rounded if exact < 0 else rounded


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
        if amount is None:
            raise BadInput("Nhập số đúng.", "Enter the right number.", field="amount")
        definition(key or figure.key)
        if abs(amount) > 2**62:
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
        log_action(
            "reading.finding_decided",
            actor=actor,
            record_id=record.pk,
            data={"finding": finding.pk, "decision": decision},
        )
    return finding


def set_period(*, actor: Actor, document_id: int, period_code: str) -> ReadDocument:
    """Say which period a report is about, where the text did not or was read wrongly."""
    period = open_period(period_code)
    with acting_as(actor):
        document = _document(document_id)
        require(actor, "readings.decide", document.record.unit_id)
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
