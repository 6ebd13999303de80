"""Taking a request in, saying what its cells mean, answering it, cancelling it."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from danchu.core.acting import acting_as
from danchu.core.clock import VIET_NAM, day_of, now, today
from danchu.core.contracts import Actor, require
from danchu.core.documents.forms.opening import Form, open_form, require_few_rows
from danchu.core.documents.forms.xlsx import Form as Workbook
from danchu.core.documents.forms.xlsx import require_fillable
from danchu.core.errors import BadInput, Faults, NotFound
from danchu.core.files.services import (
    Readable,
    add_made,
    check_upload,
    made_files,
    read_within_limit,
)
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_choice, clean_day, clean_document_number, clean_line
from danchu.core.records.services import cancel_record, open_record
from danchu.core.work.services import assign, complete_for_record
from danchu.reporting.figures.selectors import (
    definition,
    dictionary_number,
    indicator_ids,
)
from danchu.reporting.figures.services import open_period

from . import access
from .access import RIGHT
from .filling import LAYERS, cell_lines, filled, form_of, version_of
from .layouts import Headers, fingerprint, headers_of, ordinal_header, word_headers
from .models import Answer, AnswerCell, CellMapping, FormLayout, OfPeriod, Request
from .periods import open_periods, require_computed

FORMS = ("xlsx", "docx")
MOST_MAPPED = 5_000  # cells of one layout
_EARLIEST = dt.datetime(2020, 1, 1, tzinfo=VIET_NAM)
_LONGEST_SCALE = 10**15


@dataclass(frozen=True, slots=True)
class RequestInput:
    """A request as its letter has it. ``due_at`` is an instant: "16 giờ ngày 5/6"."""

    title: str
    sender: str
    period_code: str
    due_at: dt.datetime
    letter_number: str = ""
    letter_day: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MappingInput:
    """What goes into a cell. ``scale``: smallest units of the indicator that make one."""

    what: str
    key: str = ""
    dimension: str = ""
    scale: int | None = None
    text: str = ""
    of_period: str = OfPeriod.THIS


def take_in_request(
    *,
    actor: Actor,
    unit_id: int,
    content: RequestInput,
    data: bytes | Readable,
    name: str,
    client_key: uuid.UUID | None = None,
) -> Request:
    """Keep a request with its form, and make its task. A known form is mapped already.

    Needs ``reports.write`` over the unit. Raises ``BadInput`` for what is typed and for the file:
    of another kind, renamed, damaged, locked, with macros, signed, too large. Nothing is kept then.
    """
    require(actor, RIGHT, unit_id)
    faults, day = Faults(), content.letter_day
    with faults.noted():
        title = clean_line(content.title, "title", "tên yêu cầu", "title", limit=300)
    with faults.noted():
        sender = clean_line(content.sender, "sender", "nơi yêu cầu", "who asks", limit=200)
    with faults.noted():
        number = clean_document_number(
            content.letter_number, "letter_number", "số, ký hiệu công văn", "number of the letter"
        )
    with faults.noted():
        if day is not None:
            day = clean_day(day, "letter_day", "ngày công văn", "day of the letter")
    with faults.noted():
        note = clean_line(content.note, "note", "ghi chú", "note", limit=500, required=False)
    with faults.noted():
        due_at = _due(content.due_at)
    faults.tell()
    period = open_period(content.period_code)
    sent = _sent_before(actor, unit_id, client_key)
    if sent is not None:
        return sent
    given = read_within_limit(data)
    require_few_rows(given)
    checked = check_upload(given, name, allowed=FORMS)
    form = open_form(checked.data)
    print_of_form = fingerprint(form)
    files = {"form": (checked.data, checked.name, checked.media_type)}
    with made_files(files) as made, acting_as(actor):
        record, created = open_record(
            actor=actor,
            kind="request",
            unit_id=unit_id,
            occurred_on=today(),
            author_id=actor.actor_id,
            client_key=client_key,
        )
        if not created:
            return Request.objects.get(pk=record.pk)
        layout, is_new = FormLayout.objects.get_or_create(
            unit_id=unit_id, fingerprint=print_of_form, defaults={"name": title}
        )
        open_periods(layout, period)
        request = Request.objects.create(
            record=record,
            unit_id=unit_id,
            period=period,
            layout=layout,
            form=add_made(actor=actor, unit_id=unit_id, record_id=record.pk, made=made["form"]),
            title=title,
            sender=sender,
            letter_number=number,
            letter_day=day,
            due_at=due_at,
            note=note,
        )
        hour = due_at.astimezone(VIET_NAM)
        assign(
            key=f"request.{record.pk}",
            unit_id=unit_id,
            kind="request.answer",
            title=f"Trước {hour:%H:%M}, gửi {sender}: {title}",
            starts_on=today(),
            due_on=day_of(due_at),
            basis=f"Công văn số {number}" if number else "",
            path=f"/office/yeu-cau/{record.public_id}/",
            record_id=record.pk,
        )
        log_action(
            "request.taken_in",
            actor=actor,
            record_id=record.pk,
            data={"form": made["form"].sha256, "layout": layout.pk, "new_layout": is_new},
        )
    return request


def _due(due_at: dt.datetime) -> dt.datetime:
    if not isinstance(due_at, dt.datetime) or due_at.tzinfo is None or due_at < _EARLIEST:
        raise BadInput(
            "Nhập ngày và giờ hạn gửi.", "Enter the day and hour it is due.", field="due_on"
        )
    return due_at


def _sent_before(actor: Actor, unit_id: int, client_key: uuid.UUID | None) -> Request | None:
    if client_key is None:
        return None
    return Request.objects.filter(
        record__author_id=actor.actor_id, record__client_key=client_key, unit_id=unit_id
    ).first()


def map_cell(
    *, actor: Actor, request_id: int, sheet: int, cell: str, content: MappingInput
) -> CellMapping:
    """Say what goes into a cell of the form, for this request and every later one of its layout.

    ``sheet`` is counted from 1. Needs ``reports.write``. Raises ``BadInput`` for a cell that is
    not there or not for filling, an indicator or a dimension that is not known, and a figure in
    the column of ordinal numbers; ``Conflict`` for
    a cancelled request.
    """
    what = clean_choice(content.what, CellMapping.What.values, "what", "nội dung ô", "content")
    words = clean_line(
        content.text,
        "text",
        "nội dung cố định",
        "fixed text",
        limit=300,
        required=what == CellMapping.What.TEXT,
    )
    dimension = clean_line(
        content.dimension, "dimension", "phân tổ", "dimension", limit=60, required=False
    )
    of_period = clean_choice(content.of_period, OfPeriod.values, "of_period", "kỳ", "period")
    is_value = what == CellMapping.What.VALUE
    if is_value:
        _require_known(content.key)
    if content.scale is not None and not 0 < content.scale <= _LONGEST_SCALE:
        raise BadInput("Chọn đơn vị tính.", "Choose the unit.", field="scale")
    with acting_as(actor):
        request = _locked(actor, request_id)
        headers = _headers_of_place(form_of(request), sheet, cell)
        ordinal = ordinal_header(headers) if is_value else ""
        if ordinal:
            raise BadInput(
                f"Cột này là cột số thứ tự (“{ordinal}”), không ghi số liệu. Chọn ô ở cột khác.",
                f"This is the column of ordinal numbers (“{ordinal}”); no figure belongs there. "
                "Choose a cell of another column.",
                code="ordinal",
                field="key",
            )
        layout = FormLayout.objects.select_for_update().get(pk=request.layout_id)
        if layout.cells.count() >= MOST_MAPPED:
            raise BadInput(
                f"Một biểu mẫu gắn nhiều nhất {MOST_MAPPED} ô.",
                f"At most {MOST_MAPPED} cells of a form are mapped.",
            )
        mapping, _ = CellMapping.objects.update_or_create(
            layout=layout,
            sheet=sheet,
            cell=cell,
            defaults={
                "what": what,
                "indicator_id": indicator_ids()[content.key] if is_value else None,
                "dimension": dimension if is_value else "",
                "scale": content.scale if is_value else None,
                "text": words if what == CellMapping.What.TEXT else "",
                "of_period": of_period if is_value else OfPeriod.THIS,
            },
        )
        open_periods(layout, request.period)
        log_action(
            "request.cell_mapped",
            actor=actor,
            record_id=request.pk,
            data={
                "sheet": sheet,
                "cell": cell,
                "what": what,
                "key": content.key,
                "of_period": of_period,
            },
        )
    return mapping


def _require_known(key: str) -> None:
    try:
        definition(key)
    except NotFound as refusal:
        raise BadInput(refusal.vi, refusal.en, field="key") from None


def _headers_of_place(form: Form, sheet: int, cell: str) -> Headers:
    """The words that speak of a place. Raises ``BadInput`` for one that is not for filling."""
    if not isinstance(form, Workbook):
        form.require_fillable(sheet, cell)
        return word_headers(form, form.place(sheet, cell))
    names = list(form.sheets)
    if not 1 <= sheet <= len(names):
        raise BadInput("Biểu mẫu không có trang tính này.", "The form has no such sheet.")
    place = form.sheets[names[sheet - 1]]
    found = place.cell(cell)
    require_fillable(place, found)
    return headers_of(place, found.row, found.column)


def unmap_cell(*, actor: Actor, request_id: int, sheet: int, cell: str) -> None:
    """Leave a cell of the form empty from now on. Needs ``reports.write``."""
    with acting_as(actor):
        request = _locked(actor, request_id)
        gone, _ = CellMapping.objects.filter(
            layout_id=request.layout_id, sheet=sheet, cell=cell
        ).delete()
        if not gone:
            raise NotFound("Ô này chưa được gắn.", "This cell is not mapped.")
        log_action(
            "request.cell_unmapped",
            actor=actor,
            record_id=request.pk,
            data={"sheet": sheet, "cell": cell},
        )


def answer_request(*, actor: Actor, request_id: int, layer: str) -> Answer:
    """Fill the form from one layer of the unit's figures and keep it with what was used.

    A request may be answered again; each answer stays as it was made. One that would be the same
    as the last is not kept: the last one is given back. Needs ``reports.write``.
    Raises ``BadInput`` when no cell is mapped or a mapped cell can no longer be filled,
    ``Conflict`` for a cancelled request, ``NotYet`` while a period that the form tells of is
    computed for the first time.
    """
    chosen = clean_choice(layer, LAYERS, "layer", "nguồn số liệu", "source of the figures")
    request = access.open_request(actor, request_id)
    require_computed(request)
    form = form_of(request)
    lines = cell_lines(actor, request, form, chosen)
    if all(line.filling is None for line in lines):
        raise BadInput(
            "Chưa có ô nào để điền: gắn ô với chỉ tiêu, hoặc chọn nguồn số liệu đã có số.",
            "There is nothing to fill: map cells to indicators, or choose figures that exist.",
            field="layer",
        )
    version = version_of(actor, request, chosen)
    cells = [
        AnswerCell(
            sheet=line.sheet,
            cell=line.cell,
            what=line.what,
            key=line.key,
            dimension=line.dimension,
            state=line.state,
            amount=line.value.amount if line.value else None,
            n_reported=line.value.n_reported if line.value else 0,
            n_expected=line.value.n_expected if line.value else 0,
            version=version if line.value and line.of_period == OfPeriod.THIS else None,
            scale=line.scale,
            written=line.written[:300],
            of_period=line.of_period,
        )
        for line in lines
    ]
    last = request.answers.order_by("-number").first()
    if last is not None and _is_same(last, chosen, cells):
        return last
    stem = re.sub(rf"\.{form.kind}$", "", request.form.name, flags=re.IGNORECASE)
    name = f"{stem}-da-dien.{form.kind}"
    files = {"answer": (filled(form, lines), name, request.form.media_type)}
    with made_files(files) as made, acting_as(actor):
        request = _locked(actor, request_id)
        last = request.answers.order_by("-number").first()
        if last is not None and _is_same(last, chosen, cells):
            return last  # made twice at once; the file kept here is swept as an orphan
        answer = Answer.objects.create(
            request=request,
            number=last.number + 1 if last else 1,
            file=add_made(
                actor=actor, unit_id=request.unit_id, record_id=request.pk, made=made["answer"]
            ),
            layer=chosen,
            dictionary=dictionary_number(),
            made_at=now(),
            made_by_id=actor.actor_id,
        )
        for cell in cells:
            cell.answer = answer
        AnswerCell.objects.bulk_create(cells)
        request.state = Request.State.ANSWERED
        request.save(update_fields=["state"])
        complete_for_record(actor=actor, record_id=request.pk)
        log_action(
            "request.answered",
            actor=actor,
            record_id=request.pk,
            data={"number": answer.number, "file": made["answer"].sha256, "layer": chosen},
        )
    return answer


_OF_A_CELL = (
    "sheet", "cell", "what", "key", "dimension", "state", "amount", "n_reported", "n_expected",
    "version", "scale", "written", "of_period",
)  # fmt: skip


def _is_same(last: Answer, layer: str, cells: Sequence[AnswerCell]) -> bool:
    """Whether an answer of these cells would say what the last one says, on the same ground."""
    if last.layer != layer or last.dictionary != dictionary_number():
        return False
    kept = set(last.cells.values_list(*_OF_A_CELL))
    return kept == {tuple(getattr(cell, name) for name in _OF_A_CELL) for cell in cells}


def cancel_request(*, actor: Actor, request_id: int, reason: str) -> None:
    """Cancel a request with a reason; its answers stay. Needs ``reports.write``."""
    with acting_as(actor):
        request = _locked(actor, request_id)
        request.state = Request.State.CANCELLED
        request.save(update_fields=["state"])
        complete_for_record(actor=actor, record_id=request.pk)
        cancel_record(actor=actor, record_id=request.pk, reason=reason, right=RIGHT)


def _locked(actor: Actor, request_id: int) -> Request:
    return access.open_request(actor, request_id, lock=True)
