"""Rà soát báo cáo cũ: the list of reports taken in, and taking one in."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from danchu.core.clock import today
from danchu.core.errors import Refusal
from danchu.core.files.services import read_within_limit
from danchu.core.units.selectors import UnitOnDay, units_by_ids
from danchu.reporting.reading.duplicates import TakenInBefore
from danchu.reporting.reading.selectors import BatchLine, DocumentLine, batches, documents
from danchu.reporting.reading.services import DocumentInput, take_in_document
from danchu.reporting.reading.units import unit_of_text
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.office_bar import own_unit_of
from danchu.web.design.parameters import parameters

from .reading_forms import TakeInForm
from .readings_shown import lines_shown
from .scope import chosen_unit
from .sent import client_key

PER_PAGE = 25


@staff("readings.write", "readings.decide", "records.read")
def readings(request: HttpRequest) -> HttpResponse:
    """Reports taken in, and which still wait for decisions."""
    query = parameters(request, {"don-vi": str, "trang": int})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.read") if query["don-vi"] else None
    number = query["trang"] or 1
    lines, total = documents(
        viewer,
        unit_id=unit.id if unit else None,
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )
    return render(
        request,
        "office/readings.html",
        {
            "lines": lines_shown(lines, _names(lines)),
            "page": Paginator(range(total), PER_PAGE).get_page(number),
            "may_write": viewer.may("readings.write"),
            "may_decide": viewer.may("readings.decide"),
            "batches": _batches(request, unit),
        },
    )


def _batches(request: HttpRequest, unit: UnitOnDay | None) -> list[BatchLine]:
    """The batches of the unit looked at, or of the person's own."""
    unit = unit or own_unit_of(request)
    return batches(viewer_of(request), unit.id) if unit else []


def _names(lines: list[DocumentLine]) -> dict[int, str]:
    """unit -> its name today, or the one it had on the day of its report."""
    names = {u.id: u.name for u in units_by_ids({x.unit_id for x in lines}, today()).values()}
    ended = {x.unit_id: x.event_date for x in lines if x.unit_id not in names and x.event_date}
    for day in set(ended.values()):
        then = units_by_ids([uid for uid, on in ended.items() if on == day], day)
        names |= {uid: unit.name for uid, unit in then.items()}
    return names


@staff("readings.write")
def reading_new(request: HttpRequest) -> HttpResponse:
    """Take a report in: a file, or pasted text."""
    query = parameters(request, {"don-vi": str})
    unit = chosen_unit(request, query["don-vi"], "readings.write")
    sent = request.method == "POST"
    form = TakeInForm(request.POST, request.FILES) if sent else TakeInForm()
    before: TakenInBefore | None = None
    if sent and form.is_valid():
        data = form.cleaned_data
        given = data["given"]
        try:
            made = take_in_document(
                actor=viewer_of(request),
                unit_id=unit_of_text(viewer_of(request), data["unit_code"], unit.id),
                content=DocumentInput(
                    name=given.name if given else "",
                    data=read_within_limit(given) if given else None,
                    text=data["text"],
                    title=data["title"],
                    period_code=data["period_code"],
                    source_note=data["source_note"],
                    public=data["public"],
                    anyway="anyway" in request.POST,
                ),
                client_key=client_key(request),
            )
        except Refusal as refusal:
            before = refusal if isinstance(refusal, TakenInBefore) else None
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã đọc báo cáo. Xác nhận từng số bên dưới."))
            return redirect("office:reading", made.record.public_id)
    return render(
        request,
        "office/reading_new.html",
        {
            "form": form,
            "unit": unit,
            "before": before,
            "client_key": request.POST.get("client_key") or uuid.uuid4(),
        },
        status=400 if form.errors else 200,
    )
