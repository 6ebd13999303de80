"""A list of staff as a spreadsheet: looked through first, with every wrong cell, then taken in."""

from __future__ import annotations

import base64

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from danchu.core.accounts.roles import ROLES
from danchu.core.accounts.staff_lists import (
    StaffPreview,
    apply_staff_list,
    blank_staff_list,
    preview_staff_list,
)
from danchu.core.errors import Refusal
from danchu.core.units.selectors import UnitOnDay
from danchu.reporting.reviews.export import MEDIA_TYPES
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters

from .people import HandOver, handed_over, one_time_address
from .people_forms import StaffListAgainForm, StaffListForm, role_name
from .unit_keeping import kept_unit


@staff("people.manage")
def staff_list(request: HttpRequest) -> HttpResponse:
    """Give a list, see what it would do and what is wrong in it, take it in."""
    unit = kept_unit(request, parameters(request, {"don-vi": str})["don-vi"], "people.manage")
    if request.method == "POST" and request.POST.get("viec") == "them":
        return _take_in(request, unit)
    if request.method != "POST":
        return _page(request, unit, StaffListForm())
    form = StaffListForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data["file"].read()
        try:
            preview = preview_staff_list(actor=viewer_of(request), unit_id=unit.id, data=data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _page(request, unit, StaffListForm(), preview, data)
    return _page(request, unit, form)


@staff("people.manage")
def staff_list_blank(request: HttpRequest) -> HttpResponse:
    """The empty list, to be filled in."""
    parameters(request, {})
    response = HttpResponse(blank_staff_list(), content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = 'attachment; filename="danh-sach-nguoi-dung.xlsx"'
    return response


def _take_in(request: HttpRequest, unit: UnitOnDay) -> HttpResponse:
    actor = viewer_of(request)
    again = StaffListAgainForm(request.POST)
    if not again.is_valid():
        return _page(request, unit, StaffListForm(), refused=gettext("Đưa lại tệp danh sách."))
    data = again.cleaned_data["listed"]
    try:
        done = apply_staff_list(actor=actor, unit_id=unit.id, data=data)
    except Refusal as refusal:
        return _page(request, unit, StaffListForm(), refused=str(refusal))
    if not done.links:
        messages.success(
            request,
            gettext("Đã cấp %(n)s vai trò; %(kept)s dòng đã có từ trước.")
            % {"n": done.granted, "kept": done.unchanged},
        )
        return redirect(f"{reverse('office:people')}?don-vi={unit.code}")
    links = [
        HandOver(done.names[email], email, one_time_address(request, "welcome", token))
        for email, token in done.links.items()
    ]
    return handed_over(request, unit, links, "welcome", done=done)


def _page(
    request: HttpRequest,
    unit: UnitOnDay,
    form: StaffListForm,
    preview: StaffPreview | None = None,
    data: bytes = b"",
    refused: str = "",
) -> HttpResponse:
    english = get_language() == "en"
    return render(
        request,
        "office/staff_list.html",
        {
            "unit": unit,
            "form": form,
            "preview": preview,
            "refused": refused,
            "rows": [(row, role_name(ROLES[row.role])) for row in preview.rows] if preview else [],
            "errors": [(e.cell, e.en if english else e.vi) for e in preview.errors]
            if preview
            else [],
            "listed": base64.b64encode(data).decode() if preview and not preview.errors else "",
        },
        status=400 if form.errors or refused or (preview and preview.errors) else 200,
    )
