"""Requests from above: taken in, mapped on the form itself, filled, compared."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.errors import BadInput, Conflict, NotFound, Refusal
from danchu.core.files.services import read_within_limit
from danchu.core.units.selectors import unit_by_id
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.models import Layer
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.requests.layouts import found_indicators
from danchu.reporting.requests.models import Request
from danchu.reporting.requests.selectors import (
    WINDOW_COLUMNS,
    WINDOW_ROWS,
    SheetPage,
    answers_of,
    differences,
    layers_with_values,
    lines_of,
    other_requests,
    request_at,
    requests_of,
    sheet_page,
)
from danchu.reporting.requests.services import (
    MappingInput,
    RequestInput,
    answer_request,
    cancel_request,
    map_cell,
    take_in_request,
    unmap_cell,
)
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.parameters import parameters
from danchu.web.design.refusals import status_of

from .periods import period_label
from .request_forms import CancelForm, RequestForm
from .scope import chosen_unit
from .sent import client_key, whole_number

PER_PAGE = 25
LAYER_NAMES = {
    "recorded": _("Hồ sơ gốc"),
    "stated": _("Báo cáo đã công bố"),
    "reported": _("Số đã nộp"),
}
FACTORS = {
    1: _("như chỉ tiêu"),
    1_000: _("nghìn"),
    1_000_000: _("triệu"),
    1_000_000_000: _("tỷ"),
    100: _("phần trăm ghi dạng 0,95"),
}
WHAT_NAMES = {
    "unit": _("Tên đơn vị"),
    "date": _("Ngày điền biểu"),
    "text": _("Nội dung cố định"),
}


@staff("reports.read", "reports.write")
def requests(request: HttpRequest) -> HttpResponse:
    """The requests to the own unit, the open ones first."""
    query = parameters(request, {"don-vi": str, "trang": int})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "reports.read")
    number = query["trang"] or 1
    lines, total = requests_of(viewer, unit.id, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return render(
        request,
        "office/requests.html",
        {
            "unit": unit,
            "lines": lines,
            "page": Paginator(range(total), PER_PAGE).get_page(number),
            "may_write": viewer.may("reports.write", unit.id),
        },
    )


@staff("reports.write")
def request_new(request: HttpRequest) -> HttpResponse:
    """Take a request in with its form."""
    query = parameters(request, {"don-vi": str})
    unit = chosen_unit(request, query["don-vi"], "reports.write")
    sent = request.method == "POST"
    form = RequestForm(request.POST, request.FILES) if sent else RequestForm()
    if sent and form.is_valid():
        data = form.cleaned_data
        try:
            made = take_in_request(
                actor=viewer_of(request),
                unit_id=unit.id,
                content=RequestInput(
                    title=data["title"],
                    sender=data["sender"],
                    period_code=data["period_code"],
                    due_at=form.due_at,
                    letter_number=data["letter_number"],
                    letter_day=data["letter_day"],
                    note=data["note"],
                ),
                data=read_within_limit(data["given"]),
                name=data["given"].name or "",
                client_key=client_key(request),
            )
        except Refusal as refusal:
            refusal.field = "given" if refusal.field == "file" else refusal.field
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã nhận biểu mẫu."))
            return redirect("office:request", made.record.public_id)
    return render(
        request,
        "office/request_new.html",
        {
            "form": form,
            "unit": unit,
            "client_key": request.POST.get("client_key") or uuid.uuid4(),
        },
        status=400 if form.errors else 200,
    )


@signed_in
def request(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What is asked, what would be filled in, what was given; fill, or cancel."""
    query = parameters(request, {"nguon": Layer.values})
    viewer = viewer_of(request)
    found = request_at(viewer, public_id)
    cancel = CancelForm()
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            if "huy" in request.POST:
                cancel = CancelForm(request.POST)
                if cancel.is_valid():
                    cancel_request(
                        actor=viewer, request_id=found.pk, reason=cancel.cleaned_data["reason"]
                    )
                    messages.success(request, gettext("Đã hủy yêu cầu."))
                    return redirect("office:request", public_id)
            else:
                answer_request(
                    actor=viewer, request_id=found.pk, layer=request.POST.get("nguon", "")
                )
                messages.success(request, gettext("Đã điền biểu. Tải về rồi gửi."))
                return redirect(reverse("office:request", args=[public_id]) + "#da-dien")
        except (BadInput, Conflict) as refusal:
            refused = refusal
    layers = layers_with_values(viewer, found)
    layer = query["nguon"] or max(layers, key=lambda item: item[1])[0]
    return render(
        request,
        "office/request.html",
        {
            "found": found,
            "unit": unit_by_id(found.unit_id, found.period.end),
            "label": period_label(found.period.code),
            "lines": [(line, _line_name(line)) for line in lines_of(viewer, found, layer)],
            "layer": layer,
            "layers": [(code, LAYER_NAMES[code], n) for code, n in layers],
            "answers": [(a, LAYER_NAMES[a.layer]) for a in answers_of(viewer, found)],
            "others": other_requests(viewer, found) if found.state == "answered" else (),
            "may_write": found.state != Request.State.CANCELLED
            and viewer.may("reports.write", found.unit_id),
            "cancel": cancel,
            "refused": str(refused) if refused else "",
        },
        status=status_of(refused) if refused else 400 if cancel.errors else 200,
    )


def _name(meaning: Definition | None, key: str) -> str:
    if meaning is None:
        return key
    return meaning.name_en if get_language() == "en" else meaning.name_vi


def _line_name(line: Any) -> str:
    if line.key:
        return _name(definitions().get(line.key), line.key)
    return str(WHAT_NAMES[line.what])


@signed_in
def request_form(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The form as it came; a cell is chosen, then what goes into it."""
    query = parameters(request, {"trang-tinh": int, "dong": int, "cot": int, "o": str, "tim": str})
    viewer = viewer_of(request)
    found = request_at(viewer, public_id)
    place: dict[str, Any] = {
        "number": query["trang-tinh"] or 1,
        "top": query["dong"] or 1,
        "left": query["cot"] or 1,
        "cell": query["o"] or "",
    }
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            _map(request, found, place)
        except (BadInput, Conflict, NotFound) as refusal:
            refused = refusal
        else:
            return redirect(_address(found, place) + "#bieu")
    page = sheet_page(viewer, found, **place)
    asked = query["tim"] or ""
    meanings = definitions()
    return render(
        request,
        "office/request_form.html",
        {
            "found": found,
            "page": page,
            "here": _address(found, place | {"cell": ""}),
            "windows": _windows(found, page),
            "asked": asked,
            "results": [(d, _name(d, d.key)) for d in found_indicators(meanings, asked)],
            "suggested": [(meanings[key], _name(meanings[key], key)) for key in page.suggested],
            "mapped_name": _line_name_of(page),
            "factors": FACTORS.items(),
            "may_write": found.state != Request.State.CANCELLED
            and viewer.may("reports.write", found.unit_id),
            "refused": str(refused) if refused else "",
        },
        status=status_of(refused) if refused else 200,
    )


def _line_name_of(page: SheetPage) -> str:
    mapping = page.mapping
    if mapping is None:
        return ""
    if mapping.indicator is not None:
        return _name(definitions().get(mapping.indicator.key), mapping.indicator.key)
    return mapping.text or str(WHAT_NAMES[mapping.what])


def _map(request: HttpRequest, found: Request, place: dict[str, Any]) -> None:
    """Map the chosen cell, or take its mapping away."""
    sent, where = request.POST, {"sheet": place["number"], "cell": place["cell"]}
    actor = viewer_of(request)
    if "bo" in sent:
        unmap_cell(actor=actor, request_id=found.pk, **where)
        messages.success(request, gettext("Ô %(cell)s để trống từ nay.") % where)
        return
    key = sent.get("chi-tieu", "")
    meaning = definitions().get(key)
    factor = whole_number(sent.get("don-vi-tinh", "1"))
    if factor not in FACTORS:
        raise BadInput("Chọn đơn vị tính.", "Choose the unit.", field="scale")
    map_cell(
        actor=actor,
        request_id=found.pk,
        content=MappingInput(
            what="value" if key else sent.get("noi-dung", ""),
            key=key,
            scale=meaning.scale * factor if meaning is not None and factor > 1 else None,
            text=sent.get("chu", ""),
        ),
        **where,
    )
    messages.success(request, gettext("Đã gắn ô %(cell)s.") % where)


def _address(found: Request, place: dict[str, Any]) -> str:
    names = {"number": "trang-tinh", "top": "dong", "left": "cot", "cell": "o"}
    query = {names[key]: value for key, value in place.items() if value not in ("", 1)}
    address = reverse("office:request_form", args=[found.record.public_id])
    return f"{address}?{urlencode(query)}" if query else f"{address}?dong=1"


def _windows(found: Request, page: SheetPage) -> list[tuple[str, str]]:
    """The ways to the parts of the sheet beside the one that is shown."""
    top, left = page.top, page.left
    ways = (
        (gettext("Các dòng trước"), max(1, top - WINDOW_ROWS), left, top > 1),
        (
            gettext("Các dòng sau"),
            top + WINDOW_ROWS,
            left,
            top + WINDOW_ROWS <= page.sheet.rows,
        ),
        (gettext("Các cột trước"), top, max(1, left - WINDOW_COLUMNS), left > 1),
        (
            gettext("Các cột sau"),
            top,
            left + WINDOW_COLUMNS,
            left + WINDOW_COLUMNS <= page.sheet.columns,
        ),
    )
    return [
        (
            words,
            _address(found, {"number": page.number, "top": to_row, "left": to_column}) + "#bieu",
        )
        for words, to_row, to_column, there in ways
        if there
    ]


@signed_in
def request_compare(
    request: HttpRequest, public_id: uuid.UUID, other_id: uuid.UUID
) -> HttpResponse:
    """Where what two receivers got differs, and why."""
    parameters(request, {})
    viewer = viewer_of(request)
    first, second = request_at(viewer, public_id), request_at(viewer, other_id)
    meanings = definitions()
    return render(
        request,
        "office/request_compare.html",
        {
            "first": first,
            "second": second,
            "label": period_label(first.period.code),
            "lines": [
                (d, _name(meanings.get(d.key), d.key)) for d in differences(viewer, first, second)
            ],
        },
    )
