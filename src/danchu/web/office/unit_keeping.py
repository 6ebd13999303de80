"""What a unit's own people keep up to date: contact, schedule, and what is registered below it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from danchu.civic.reception.selectors import published_schedule
from danchu.civic.reception.services import add_schedule_line, end_schedule_line
from danchu.core.accounts.models import Account
from danchu.core.accounts.selectors import posts_of
from danchu.core.clock import today
from danchu.core.errors import Conflict, NotFound, Refusal
from danchu.core.units.selectors import UnitOnDay, child_units, contact_of, unit_by_id, unit_on
from danchu.core.units.services import end_unit, register_unit, rename_unit, update_contact
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters

from .scope import own_unit
from .unit_forms import REGISTERED, ContactForm, EndForm, RegisterForm, RenameForm, ScheduleForm
from .units import by_level

CONTACT = ("address", "telephone", "email", "hours", "counter_note")


def kept_unit(request: HttpRequest, code: str | None, *rights: str) -> UnitOnDay:
    """The unit named by ``code``, else the person's own, over which one of the rights is held.

    Someone who holds the right elsewhere than at home is led there. A unit the person has
    nothing to do with answers as if it did not exist.
    """
    viewer = viewer_of(request)
    unit = own_unit(request) if code is None else unit_on(code, today())
    if any(viewer.may(right, unit.id) for right in rights):
        return unit
    if code is None and isinstance(viewer, Account):
        for post in posts_of(viewer):
            if any(viewer.may(right, post.unit_id) for right in rights):
                return unit_by_id(post.unit_id, today())
    raise NotFound(
        f"Không tìm thấy đơn vị {code or unit.code} trong phạm vi của tài khoản này.",
        f"There is no unit {code or unit.code} within this account's scope.",
    )


def _kept(request: HttpRequest, *rights: str) -> UnitOnDay:
    return kept_unit(request, parameters(request, {"don-vi": str})["don-vi"], *rights)


def _to(name: str, unit: UnitOnDay, anchor: str = "") -> HttpResponse:
    return redirect(f"{reverse(name)}?don-vi={unit.code}{anchor}")


@staff("units.edit", "units.register")
def units(request: HttpRequest) -> HttpResponse:
    """The own unit: how it is reached, who receives, and what is registered below it."""
    unit = _kept(request, "units.edit", "units.register")
    viewer = viewer_of(request)
    registered = [child for child in child_units(unit.id, today()) if child.level in REGISTERED]
    return render(
        request,
        "office/units.html",
        {
            "unit": unit,
            "contact": contact_of(unit.id),
            "registered": by_level(registered),
            "may_edit": viewer.may("units.edit", unit.id),
            "may_register": viewer.may("units.register", unit.id),
            "may_manage": viewer.may("people.manage", unit.id),
        },
    )


@staff("units.edit")
def contact(request: HttpRequest) -> HttpResponse:
    """How citizens reach the unit."""
    unit = _kept(request, "units.edit")
    present = contact_of(unit.id)
    initial: dict[str, Any] = {"row_version": present.row_version if present else 0}
    if present is not None:
        initial |= {name: getattr(present, name) for name in CONTACT}
    form = ContactForm(request.POST or None, initial=initial)
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            update_contact(actor=viewer_of(request), unit_id=unit.id, **form.cleaned_data)
        except Refusal as refusal:
            stale = isinstance(refusal, Conflict)
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã lưu. Trang của người dân hiện nội dung mới."))
            return _to("office:units", unit)
    return render(
        request,
        "office/unit_contact.html",
        {"unit": unit, "form": form, "stale": stale},
        status=400 if form.errors else 200,
    )


@staff("units.edit")
def schedule(request: HttpRequest) -> HttpResponse:
    """Who receives citizens when; lines are added here and taken off."""
    unit = _kept(request, "units.edit")
    form = ScheduleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_schedule_line(actor=viewer_of(request), unit_id=unit.id, content=form.content())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã thêm vào lịch tiếp công dân."))
            return _to("office:schedule", unit)
    return render(
        request,
        "office/unit_schedule.html",
        {
            "unit": unit,
            "lines": published_schedule(viewer_of(request), unit.id, today()),
            "form": form,
        },
        status=400 if form.errors else 200,
    )


@staff("units.edit")
def schedule_end(request: HttpRequest, line_id: int) -> HttpResponse:
    """Take a line off the schedule from today on."""
    unit = _kept(request, "units.edit")
    if request.method == "POST":
        end_schedule_line(actor=viewer_of(request), line_id=line_id)
        messages.success(request, gettext("Đã bỏ khỏi lịch tiếp công dân từ hôm nay."))
    return _to("office:schedule", unit)


@staff("units.register")
def register(request: HttpRequest) -> HttpResponse:
    """Register a village, agency, workplace or committee below the unit."""
    unit = _kept(request, "units.register")
    form = RegisterForm(
        request.POST or None, parent=unit, initial={"valid_from": unit.valid_from or today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            register_unit(actor=viewer_of(request), parent_id=unit.id, **form.content())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, gettext("Đã đăng ký %(name)s.") % {"name": form.cleaned_data["name"]}
            )
            return _to("office:units", unit, "#da-dang-ky")
    return render(
        request,
        "office/unit_register.html",
        {"unit": unit, "form": form},
        status=400 if form.errors else 200,
    )


@staff("units.register")
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Another name for a registered unit, from a day on."""
    parameters(request, {})
    unit = kept_unit(request, code, "units.register")
    form = RenameForm(request.POST or None, initial={"name": unit.name, "on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            rename_unit(actor=viewer_of(request), unit_id=unit.id, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request,
                gettext("Từ ngày %(day)s đơn vị mang tên %(name)s.")
                % {
                    "day": f"{form.cleaned_data['on']:%d/%m/%Y}",
                    "name": form.cleaned_data["name"],
                },
            )
            return _above(unit)
    return _page(request, "office/unit_rename.html", unit, form)


@staff("units.register")
def end(request: HttpRequest, code: str) -> HttpResponse:
    """The last day of a registered unit."""
    parameters(request, {})
    unit = kept_unit(request, code, "units.register")
    form = EndForm(request.POST or None, initial={"last_day": today()})
    if request.method == "POST" and form.is_valid():
        try:
            end_unit(actor=viewer_of(request), unit_id=unit.id, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request,
                gettext("%(name)s còn đến hết ngày %(day)s.")
                % {
                    "day": f"{form.cleaned_data['last_day']:%d/%m/%Y}",
                    "name": unit.name[:1].upper() + unit.name[1:],
                },
            )
            return _above(unit)
    return _page(request, "office/unit_end.html", unit, form)


def _above(unit: UnitOnDay) -> HttpResponse:
    """Back to the list the unit stands in."""
    return redirect(f"{reverse('office:units')}?don-vi={unit.parent_code}#da-dang-ky")


def _page(request: HttpRequest, template: str, unit: UnitOnDay, form: Any) -> HttpResponse:
    return render(
        request,
        template,
        {"unit": unit, "form": form},
        status=400 if form.errors else 200,
    )
