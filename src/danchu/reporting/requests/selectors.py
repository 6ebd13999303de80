"""Reading requests, their forms, and what each receiver got."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from danchu.core.accounts.policy import within
from danchu.core.clock import now
from danchu.core.contracts import Actor
from danchu.core.documents.forms.xlsx import Form, FormCell, FormSheet
from danchu.core.errors import BadInput, NotFound
from danchu.reporting.figures.models import Layer
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.reviews.issued import ISSUED

from .filling import LAYERS, CellLine, cell_lines_by_layer, form_of
from .layouts import Headers, headers_of, suggestions
from .models import Answer, CellMapping, OfPeriod, Request

READ = "reports.read"
WINDOW_ROWS, WINDOW_COLUMNS = 40, 20


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in a list."""

    public_id: uuid.UUID
    title: str
    sender: str
    due_at: dt.datetime
    state: str
    answers: int
    is_late: bool


def requests_of(
    viewer: Actor, unit_id: int, *, limit: int = 25, offset: int = 0
) -> tuple[list[RequestLine], int]:
    """The requests to a unit, open ones first by their hour, and how many there are."""
    if not viewer.may(READ, unit_id):
        return [], 0
    rows = Request.objects.filter(unit_id=unit_id)
    total = rows.count()
    shown = (
        rows.select_related("record")
        .annotate(n=Count("answers"))
        .order_by("-state", "due_at")[offset : offset + limit]
    )
    at = now()
    return [
        RequestLine(
            row.record.public_id,
            row.title,
            row.sender,
            row.due_at,
            row.state,
            row.n,
            row.state == Request.State.OPEN and row.due_at < at,
        )
        for row in shown
    ], total


def request_at(viewer: Actor, public_id: uuid.UUID) -> Request:
    """The request of this address; ``NotFound`` alike for none and for one not to be seen."""
    row = (
        Request.objects.filter(within(viewer, READ, "unit"), record__public_id=public_id)
        .select_related("record", "period", "form", "layout")
        .first()
    )
    if row is None:
        raise NotFound("Không tìm thấy yêu cầu này.", "There is no such request.")
    return row


def answers_of(viewer: Actor, request: Request) -> list[Answer]:
    """The answers to a request, the latest first."""
    if not viewer.may(READ, request.unit_id):
        return []
    return list(request.answers.select_related("file", "made_by", "sending").order_by("-number"))


def lines_and_layer(viewer: Actor, request: Request) -> tuple[dict[str, list[CellLine]], str]:
    """What would be filled now from each layer, and the layer the form is filled from unless
    another is chosen; no lines for who may not read the figures."""
    if not viewer.may(READ, request.unit_id):
        return {layer: [] for layer in LAYERS}, Layer.RECORDED.value
    return cell_lines_by_layer(viewer, request, form_of(request), LAYERS)


def layers_with_values(lines: Mapping[str, list[CellLine]]) -> list[tuple[str, int]]:
    """Each layer and how many of the mapped figures it has, in the order of the layers."""
    return [
        (
            layer,
            sum(
                line.value is not None
                and line.filling is not None
                and line.of_period == OfPeriod.THIS
                for line in lines[layer]
            ),
        )
        for layer in LAYERS
        if layer != ISSUED
        or any(line.value for line in lines[layer] if line.of_period == OfPeriod.THIS)
    ]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the form on the mapping page, and what is mapped to it.

    ``rows`` × ``columns`` is the part of its merged range that the window shows.
    """

    cell: FormCell
    mapping: CellMapping | None
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A window of a sheet. ``top`` and ``left`` are its first row and column, from 1."""

    names: tuple[tuple[int, str, bool], ...]  # number, name, hidden
    number: int
    sheet: FormSheet
    top: int
    left: int
    rows: tuple[tuple[int, tuple[ShownCell, ...]], ...]
    columns: tuple[str, ...]
    chosen: FormCell | None
    mapping: CellMapping | None
    headers: Headers | None
    suggested: tuple[str, ...]


def sheet_page(
    viewer: Actor, request: Request, *, number: int = 1, top: int = 1, left: int = 1, cell: str = ""
) -> SheetPage:
    """A window of one sheet of the form, with the cell that is being mapped.

    Raises ``BadInput`` for a sheet or a cell that is not there, ``NotFound`` for who may not read
    and for a form of another kind.
    """
    form = form_of(request) if viewer.may(READ, request.unit_id) else None
    if not isinstance(form, Form):
        raise NotFound("Không tìm thấy yêu cầu này.", "There is no such request.")
    names = list(form.sheets)
    if not 1 <= number <= len(names):
        raise BadInput("Biểu mẫu không có trang tính này.", "The form has no such sheet.")
    sheet = form.sheets[names[number - 1]]
    mapped = {
        m.cell: m
        for m in CellMapping.objects.filter(
            layout_id=request.layout_id, sheet=number
        ).select_related("indicator")
    }
    chosen = sheet.cell(cell) if cell else None
    if chosen is not None and chosen.covered_by:
        chosen = sheet.cell(chosen.covered_by)
    top = max(1, min(top, sheet.open_rows))
    left = max(1, min(left, sheet.open_columns))
    window = sheet.window(top, left, WINDOW_ROWS, WINDOW_COLUMNS)
    shown = {c.address for line in window for c in line}
    headers = headers_of(sheet, chosen.row, chosen.column) if chosen else None
    return SheetPage(
        names=tuple((n, name, form.sheets[name].hidden) for n, name in enumerate(names, 1)),
        number=number,
        sheet=sheet,
        top=top,
        left=left,
        rows=tuple(
            (
                line[0].row,
                tuple(
                    ShownCell(
                        c,
                        mapped.get(c.address),
                        min(c.rows, top + len(window) - c.row),
                        min(c.columns, left + len(line) - c.column),
                    )
                    for c in line
                    if c.covered_by not in shown
                ),
            )
            for line in window
            if line
        ),
        columns=tuple(c.address.rstrip("0123456789") for c in (window[0] if window else ())),
        chosen=chosen,
        mapping=mapped.get(chosen.address) if chosen else None,
        headers=headers,
        suggested=tuple(suggestions(headers, definitions()))
        if headers and chosen and chosen.may_be_filled
        else (),
    )
