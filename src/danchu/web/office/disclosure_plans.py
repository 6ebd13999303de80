"""The disclosure plan of a year: a table begun with the clauses in force or last year's plan."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from danchu.civic.disclosure import rules, selectors, services
from danchu.civic.disclosure.selectors import CarriedOver, PlanView
from danchu.core.clock import today
from danchu.core.errors import Refusal
from danchu.core.law.catalog import Rule
from danchu.core.units.selectors import UnitOnDay, unit_by_id
from danchu.web.design.access import keeps_typed, signed_in, staff, viewer_of
from danchu.web.design.parameters import parameters

from .cancelling import cancelled
from .disclosure_plan_forms import (
    MORE_ROWS,
    PlanForm,
    plan_content,
    refuse_plan,
    row_faults,
    rows_meant,
    rows_of,
    rows_right,
    rows_sent,
)
from .record_forms import CancelForm
from .scope import chosen_unit
from .sent import client_key, next_key, whole_number


@staff("records.write", "records.read")
@keeps_typed
def disclosure_plan_year(request: HttpRequest) -> HttpResponse:
    """The plan of a year where there is one, else a new one with the clauses in force."""
    query = parameters(request, {"don-vi": str, "nam": int, "chep": bool})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.read")
    year = query["nam"] or today().year
    within = 1998 <= year <= 2199
    found = selectors.plan_of_year(viewer, unit.id, year) if within else None
    if found is not None and request.method != "POST":
        return redirect("office:disclosure_plan", found.public_id)
    may_write = viewer.may("records.write", unit.id)
    before = selectors.last_year_items(viewer, unit.id, year, today()) if within else None
    given: dict[str, Any] = {"may_write": may_write, "year": year, "before": before}
    if request.method != "POST" or not may_write:
        head = PlanForm(initial={"year": year, "occurred_on": today()})
        if query["chep"] and before is not None:
            rows = rows_of(before.items, _offered(unit))
            return _form(request, unit, None, head, rows, copied=True, **given)
        items = selectors.proposed_items(unit.id, min(max(year, 1998), 2199), today())
        return _form(request, unit, None, head, rows_of(items, _offered(unit)), **given)
    head = PlanForm(request.POST)
    if "them" in request.POST:
        return _more_rows(request, unit, None, head, **given)
    lines = rows_sent(request.POST, _offered(unit))
    if rows_right(head, lines):
        data, kept = head.cleaned_data, rows_meant(lines)
        try:
            made = services.record_plan(
                actor=viewer,
                unit_id=unit.id,
                occurred_on=data["occurred_on"],
                content=plan_content(data, kept),
                client_key=client_key(request),
            )
        except Refusal as refusal:
            refuse_plan(head, kept, refusal)
        else:
            messages.success(
                request,
                ngettext(
                    "Đã lưu kế hoạch công khai với %(n)s nội dung.",
                    "Đã lưu kế hoạch công khai với %(n)s nội dung.",
                    len(kept),
                )
                % {"n": len(kept)},
            )
            return redirect("office:disclosure_plan", made.record.public_id)
    return _form(request, unit, None, head, lines, status=400, **given)


@signed_in
def disclosure_plan(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A plan with what was done for each line."""
    parameters(request, {})
    return _page(request, public_id)


def _page(
    request: HttpRequest, public_id: uuid.UUID, cancel_form: CancelForm | None = None
) -> HttpResponse:
    viewer = viewer_of(request)
    found = selectors.plan(viewer, public_id)
    return render(
        request,
        "office/disclosure_plan.html",
        {
            "plan": found,
            "n_unassigned": sum(not item.responsible for item in found.items),
            "unit": unit_by_id(found.unit_id, found.occurred_on),
            "may_write": viewer.may("records.write", found.unit_id) and not found.cancelled,
            "may_cancel": viewer.may("records.cancel", found.unit_id) and not found.cancelled,
            "cancel_form": cancel_form or CancelForm(),
        },
        status=400 if cancel_form else 200,
    )


@staff("records.write")
@keeps_typed
def disclosure_plan_correct(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Correct or add to a plan; the version before is kept with the reason."""
    parameters(request, {})
    viewer = viewer_of(request)
    found = selectors.plan(viewer, public_id)
    unit = unit_by_id(found.unit_id, found.occurred_on)
    if request.method != "POST":
        head = PlanForm(
            correcting=True,
            initial={
                "year": found.year,
                "number": found.number,
                "occurred_on": found.occurred_on,
            },
        )
        return _form(request, unit, found, head, rows_of(found.items, _offered(unit)))
    head = PlanForm(request.POST, correcting=True)
    if "them" in request.POST:
        return _more_rows(request, unit, found, head)
    lines = rows_sent(request.POST, _offered(unit))
    if rows_right(head, lines):
        data, kept = head.cleaned_data, rows_meant(lines)
        try:
            services.correct_plan(
                actor=viewer,
                record_id=found.record_id,
                version=whole_number(request.POST.get("version", "")),
                occurred_on=data["occurred_on"],
                content=plan_content(data, kept),
                reason=data["reason"],
            )
        except Refusal as refusal:
            refuse_plan(head, kept, refusal)
        else:
            messages.success(request, gettext("Đã sửa kế hoạch; bản trước được giữ lại."))
            return redirect("office:disclosure_plan", public_id)
    return _form(request, unit, found, head, lines, status=400)


@staff("records.cancel")
@keeps_typed
def disclosure_plan_cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Cancel a plan written by mistake."""
    found = selectors.plan(viewer_of(request), public_id)
    return cancelled(
        request,
        services.cancel_plan,
        found.record_id,
        ("office:disclosure_plan", public_id),
        lambda form: _page(request, public_id, form),
        done=gettext("Đã hủy kế hoạch; nội dung và lý do được giữ lại."),
    )


def _offered(unit: UnitOnDay) -> tuple[Rule, ...]:
    offered = selectors.offered_clauses(unit.id, today())
    return tuple(rule for rule, _want in offered if rule.key != rules.REGISTER_RULE)


def _more_rows(
    request: HttpRequest, unit: UnitOnDay, plan: PlanView | None, head: PlanForm, **given: Any
) -> HttpResponse:
    """The form as it was typed with more empty rows; nothing is checked or saved yet."""
    lines = rows_sent(request.POST, _offered(unit), more=MORE_ROWS)
    return _form(request, unit, plan, head, lines, checked=False, **given)


def _form(
    request: HttpRequest,
    unit: UnitOnDay,
    plan: PlanView | None,
    head: PlanForm,
    lines: Any,
    *,
    may_write: bool = True,
    year: int = 0,
    before: CarriedOver | None = None,
    copied: bool = False,
    checked: bool = True,
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        "office/disclosure_plan_form.html",
        {
            "unit": unit,
            "plan": plan,
            "form": head,
            "lines": lines,
            "checked": checked,
            "faults": row_faults(lines) if checked and lines.is_bound else [],
            "may_write": may_write,
            "year": year,
            "before": before,
            "copied": copied,
            "client_key": next_key(request, head),
        },
        status=status,
    )
