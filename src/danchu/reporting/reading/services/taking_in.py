"""Taking in past reports: their text is kept, and what was read waits for a person."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import label_vi
from danchu.core.calendar.selectors import period_span, span_of
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, current_language
from danchu.core.files.models import StoredFile
from danchu.core.files.services import store_upload
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import EARLIEST, clean_line
from danchu.core.records.models import Record
from danchu.core.records.services import open_record
from danchu.core.text import at_the_door, fold
from danchu.core.text.secrecy import refuse_inside, refuse_secret
from danchu.core.units.models import Unit
from danchu.core.units.selectors import units_by_ids
from danchu.core.units.services import raise_public_version
from danchu.reporting.figures.begun import has_begun, require_begun
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.services import open_period

from ..amounts import LARGEST, smallest
from ..checks import disagreements
from ..duplicates import refuse_same_file, refuse_same_text
from ..extraction import Indicator, PeriodRead, Reading, extract_text, read_text
from ..likeness import likeness_of
from ..models import ReadDocument, ReadFigure, ReadFinding
from ..periods import code_of
from ..titles import states_figures, title_of
from ..units import unit_in_period
from ..whose import refuse_another_unit

READER_VERSION = "1"
MOST_TEXT = 500_000  # characters of one report
MOST_FIGURES = 3_000  # of one report; a person looks at each


@dataclass(frozen=True, slots=True)
class DocumentInput:
    """A report as handed in: a file, or typed text. ``period_code`` empty: as the text says.

    ``anyway``: read it although a report of the same words stands here in another format.
    ``own_only``: nobody looked at it, so a text that names another unit is not taken.
    """

    name: str
    data: bytes | None = None
    text: str = ""
    title: str = ""
    period_code: str = ""
    source_note: str = ""
    public: bool = False
    anyway: bool = False
    own_only: bool = False


def take_in_document(
    *,
    actor: Actor,
    unit_id: int,
    content: DocumentInput,
    client_key: uuid.UUID | None = None,
    stored: StoredFile | None = None,
) -> ReadDocument:
    """Read a report and keep its text, figures and findings for review. Nothing counts yet.

    A text of a period before the unit was made goes to the unit that bore its code then
    (``unit_in_period``). ``stored``: the file as it was kept before, with a batch.

    Needs ``readings.write``. Raises ``BadInput`` for a file that cannot be read,
    ``TakenInBefore`` when the same file or text was taken in for this unit before, and
    ``AnotherUnit`` for a text of another unit where ``content`` says ``own_only``.
    """
    require(actor, "readings.write", unit_id)
    note = clean_line(
        content.source_note, "source_note", "nguồn", "source", limit=500, required=False
    )
    if content.data is not None:
        given = stored.sha256_given if stored else hashlib.sha256(content.data).hexdigest()
        sent = _sent_before(actor, unit_id, client_key)
        if sent is not None:
            return sent
        refuse_same_file(unit_id, given)
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
    refuse_secret(text, content.name)
    if content.public:
        refuse_inside(text)
    title = _given_title(content)
    digest, likeness = hashlib.sha256(text.encode()).hexdigest(), likeness_of(text)
    sent = _sent_before(actor, unit_id, client_key)
    if sent is not None:
        return sent
    refuse_same_text(unit_id, digest, likeness, anyway=content.anyway)
    reading = read_text(text, content.name)
    period = _period(content.period_code, code_of(reading.period))
    if period is not None:
        unit_id = unit_in_period(actor, unit_id, period.end)
    if content.own_only:
        refuse_another_unit(unit_id, reading.unit)
    title = title or _title(text, reading, period, unit_id)
    if stored is None and content.data is not None:
        stored = store_upload(
            actor=actor,
            unit_id=unit_id,
            data=content.data,
            name=content.name,
            rights=("readings.write",),
        )
    with acting_as(actor):
        Unit.objects.select_for_update(no_key=True).get(pk=unit_id)  # the same text twice at once
        sent = _sent_before(actor, unit_id, client_key)
        if sent is not None:
            return sent
        refuse_same_text(unit_id, digest, likeness, anyway=content.anyway)
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
        document = ReadDocument.objects.create(
            record=record,
            period=period,
            title=title,
            source_note=note,
            unit_as_written=(reading.unit.name or "")[:300],
            media_type=media_type,
            text=text,
            text_hash=digest,
            likeness=likeness,
            doc_kind=reading.doc_kind,
            event_date=reading.event_date,
            warnings=[*warnings, *reading.warnings, *_too_many(reading)],
            disagreements=disagreements(reading),
            reader_version=READER_VERSION,
        )
        if stored is not None:
            stored.record = record
            stored.save(update_fields=["record"])
        _keep_reading(document, reading)
        if content.public:
            raise_public_version(unit_id)
        log_action(
            "reading.taken_in",
            actor=actor,
            record_id=record.pk,
            data={"text": digest, "figures": len(reading.indicators)},
        )
    return document


def _period(said: str, read: str) -> Period | None:
    """The period of a report as the person said it, else as it was read; one that has not begun
    was read wrongly and stays open."""
    if said:
        require_begun(period_span(said).start, "period_code")
    elif not read or not has_begun(period_span(read).start):
        return None
    return open_period(said or read)


def _sent_before(actor: Actor, unit_id: int, client_key: uuid.UUID | None) -> ReadDocument | None:
    """What this form, or this file of a batch, made before."""
    if client_key is None:
        return None
    return ReadDocument.objects.filter(
        record__unit_id=unit_id, record__author_id=actor.actor_id, record__client_key=client_key
    ).first()


def _day(reading: Reading, period: Period | None) -> dt.date:
    day = reading.event_date or (period.end if period else None) or today()
    return max(EARLIEST, min(day, today()))


def _given_title(content: DocumentInput) -> str:
    """The title a person gave, "" where none."""
    if not content.title.strip():
        return ""
    title = clean_line(content.title, "title", "tên báo cáo", "title", limit=300)
    if states_figures(title):
        raise BadInput(
            "Tên báo cáo không ghi số liệu: tên hiện cả khi số ấy được che. Ghi loại văn bản, kỳ "
            "và đơn vị.",
            "A title states no figures: it is shown even where the figure is held back. Give the "
            "kind of paper, its period and its unit.",
            field="title",
        )
    return title


def _title(text: str, reading: Reading, period: Period | None, unit_id: int) -> str:
    """What a report is called that nobody gave a title."""
    unit = units_by_ids([unit_id], _day(reading, period)).get(unit_id)
    named = label_vi(span_of(period)) if period is not None else ""
    title = title_of(text, reading, named, unit.name if unit else reading.unit.name or "")
    return clean_line(title, "title", "tên báo cáo", "title", limit=300)


def _keep_reading(document: ReadDocument, reading: Reading) -> None:
    known = definitions()
    own = _own_names(document, reading)
    periods = {item.period: _period_read(item.period) for item in reading.indicators}
    figures = [
        _figure(document, position, item, known[item.key], own, periods[item.period])
        for position, item in enumerate(reading.indicators)
        if item.key in known
    ]
    # No figure of a report is that large; what is, was not read rightly.
    ReadFigure.objects.bulk_create(
        [f for f in figures if _fits(f.amount, f.denominator, f.previous)][:MOST_FIGURES]
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


def _too_many(reading: Reading) -> list[str]:
    """What is said of a text with more figures than one report holds."""
    found = len(reading.indicators)
    if found <= MOST_FIGURES:
        return []
    return [
        f"The text has {found} figures; the first {MOST_FIGURES} were kept. Split it by unit or "
        "period and take the parts in one by one."
        if current_language().startswith("en")
        else f"Văn bản có {found} số liệu; chỉ giữ {MOST_FIGURES} số đầu tiên. Tách văn bản theo "
        "đơn vị hoặc theo kỳ rồi đưa vào từng phần."
    ]


def _period_read(read: PeriodRead | None) -> Period | None:
    """The period that a figure of another time than its report's speaks of, where it is one."""
    code = code_of(read)
    return open_period(code) if code else None


def _fits(*amounts: int | None) -> bool:
    return all(amount is None or abs(amount) <= LARGEST for amount in amounts)


def _own_names(document: ReadDocument, reading: Reading) -> frozenset[str]:
    """What the reporting unit is called: a figure limited to that is the whole, not a part."""
    record = document.record
    names = [reading.unit.name or ""]
    unit = units_by_ids([record.unit_id], record.occurred_on).get(record.unit_id)
    if unit is not None:
        names += [unit.name, unit.name.removeprefix(f"{unit.kind} ")]
    return frozenset(fold(name) for name in names if name)


def _figure(
    document: ReadDocument,
    position: int,
    item: Indicator,
    meaning: Definition,
    own: frozenset[str],
    read_period: Period | None,
) -> ReadFigure:
    digits = item.digits or item.surface
    scope = "" if fold(item.scope or "") in own else (item.scope or "")[:300]
    own_period = item.period is not None and (
        read_period is None or read_period.pk != document.period_id
    )
    return ReadFigure(
        document=document,
        position=position,
        key=item.key,
        amount=smallest(item.value, meaning),
        stated=digits[:59] + ("%" if meaning.is_rate and not digits.endswith("%") else ""),
        denominator=(smallest(item.denominator, meaning) if item.denominator is not None else None),
        surface=item.surface,
        start=item.char_start,
        end=item.char_end,
        approx=item.approx,
        scope=scope,
        decided_scope=scope,
        own_period=own_period,
        read_period=read_period if own_period else None,
        period=read_period if own_period else document.period,
        part_of=item.part_of or "",
        previous=smallest(item.previous, meaning) if item.previous is not None else None,
        confidence=round(item.confidence * 1000),
        rule=item.rule[:60],
    )
