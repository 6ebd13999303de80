"""The disclosure plan of a year: begun with the clauses in force, corrected line by line."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.civic.disclosure import rules, selectors, services
from danchu.civic.disclosure.selectors import PlannedView, PlanView
from danchu.core.clock import today
from danchu.core.errors import Refusal
from danchu.core.law.catalog import Rule
from danchu.core.units.selectors import UnitOnDay, unit_by_id
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.forms import DanchuForm, VietnameseDateField
from danchu.web.design.parameters import parameters

from .disclosure_forms import clause_choices
from .record_forms import CancelForm
from .scope import chosen_unit
from .sent import client_key, whole_number


class PlanForm(DanchuForm):
    """The head of a plan."""

    year = forms.IntegerField(
        label=_("Năm"),
        min_value=1998,
        max_value=2199,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    number = forms.CharField(label=_("Số, ký hiệu kế hoạch"), max_length=80, required=False)
    occurred_on = VietnameseDateField(label=_("Ngày ban hành"))

    def __init__(self, *args: Any, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if correcting:
            self.add_field(
                "reason",
                forms.CharField(
                    label=gettext("Lý do sửa"),
                    max_length=500,
                    help_text=gettext("Bản trước được giữ lại cùng lý do này."),
                ),
            )


class LineForm(DanchuForm):
    """A line of a plan."""

    item_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    rule_key = forms.ChoiceField(label=_("Khoản luật"))
    title = forms.CharField(
        label=_("Nội dung"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    ways = forms.MultipleChoiceField(
        label=_("Hình thức"), required=False, widget=forms.CheckboxSelectMultiple
    )
    places = forms.MultipleChoiceField(
        label=_("Nơi niêm yết"), required=False, widget=forms.CheckboxSelectMultiple
    )
    responsible = forms.CharField(
        label=_("Bộ phận chịu trách nhiệm"), max_length=160, required=False
    )
    from_on = VietnameseDateField(label=_("Từ ngày"), required=False)
    to_on = VietnameseDateField(label=_("Đến ngày"), required=False)
    left_out = forms.BooleanField(label=_("Bỏ nội dung này khỏi kế hoạch"), required=False)

    def __init__(self, *args: Any, offered: tuple[Rule, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        for name, choices in (
            ("rule_key", [("", gettext("Chọn khoản luật")), *clause_choices(offered)]),
            ("ways", [(code, said.said(language)) for code, said in rules.FORM_NAMES.items()]),
            ("places", [(code, said.said(language)) for code, said in rules.PLACE_NAMES.items()]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def content(self) -> services.PlannedInput:
        """What was typed, for the service."""
        data = self.cleaned_data
        return services.PlannedInput(
            rule_key=data["rule_key"],
            title=data["title"],
            forms=tuple(data["ways"]),
            places=tuple(data["places"]),
            responsible=data["responsible"],
            from_on=data["from_on"],
            to_on=data["to_on"],
            item_id=data["item_id"],
        )


LineFormSet = forms.formset_factory(LineForm, extra=1, max_num=200, validate_max=True)


@staff("records.write", "records.read")
def disclosure_plan_year(request: HttpRequest) -> HttpResponse:
    """The plan of a year where there is one, else a new one with the clauses in force."""
    query = parameters(request, {"don-vi": str, "nam": int})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.read")
    year = query["nam"] or today().year
    found = selectors.plan_of_year(viewer, unit.id, year) if 1998 <= year <= 2199 else None
    if found is not None:
        return redirect("office:disclosure_plan", found.public_id)
    may_write = viewer.may("records.write", unit.id)
    if request.method != "POST" or not may_write:
        items = selectors.proposed_items(unit.id, min(max(year, 1998), 2199), today())
        head = PlanForm(initial={"year": year, "occurred_on": today()})
        return _form(request, unit, None, head, _lines(unit, items), may_write=may_write)
    head = PlanForm(request.POST)
    lines = _sent(request, unit)
    if head.is_valid() and lines.is_valid():
        data, kept = head.cleaned_data, _kept(lines)
        try:
            made = services.record_plan(
                actor=viewer,
                unit_id=unit.id,
                occurred_on=data["occurred_on"],
                content=_content(data, kept),
                client_key=client_key(request),
            )
        except Refusal as refusal:
            _refuse(head, kept, refusal)
        else:
            messages.success(request, gettext("Đã lưu kế hoạch công khai."))
            return redirect("office:disclosure_plan", made.record.public_id)
    return _form(request, unit, None, head, lines, status=400)


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
            "unit": unit_by_id(found.unit_id, found.occurred_on),
            "may_write": viewer.may("records.write", found.unit_id) and not found.cancelled,
            "may_cancel": viewer.may("records.cancel", found.unit_id) and not found.cancelled,
            "cancel_form": cancel_form or CancelForm(),
        },
        status=400 if cancel_form else 200,
    )


@staff("records.write")
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
        return _form(request, unit, found, head, _lines(unit, found.items))
    head, lines = PlanForm(request.POST, correcting=True), _sent(request, unit)
    if head.is_valid() and lines.is_valid():
        data, kept = head.cleaned_data, _kept(lines)
        try:
            services.correct_plan(
                actor=viewer,
                record_id=found.record_id,
                version=whole_number(request.POST.get("version", "")),
                occurred_on=data["occurred_on"],
                content=_content(data, kept),
                reason=data["reason"],
            )
        except Refusal as refusal:
            _refuse(head, kept, refusal)
        else:
            messages.success(request, gettext("Đã sửa kế hoạch; bản trước được giữ lại."))
            return redirect("office:disclosure_plan", public_id)
    return _form(request, unit, found, head, lines, status=400)


@staff("records.cancel")
def disclosure_plan_cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Cancel a plan written by mistake."""
    found = selectors.plan(viewer_of(request), public_id)
    if request.method != "POST":
        return redirect("office:disclosure_plan", public_id)
    form = CancelForm(request.POST)
    if form.is_valid():
        try:
            services.cancel_plan(
                actor=viewer_of(request),
                record_id=found.record_id,
                reason=form.cleaned_data["reason"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã hủy kế hoạch; nội dung và lý do được giữ lại."))
            return redirect("office:disclosure_plan", public_id)
    return _page(request, public_id, form)


def _lines(unit: UnitOnDay, items: tuple[PlannedView, ...]) -> Any:
    return LineFormSet(
        prefix="d",
        form_kwargs={"offered": _offered(unit)},
        initial=[
            {
                "item_id": item.item_id,
                "rule_key": item.rule_key,
                "title": item.title,
                "ways": list(item.forms),
                "places": list(item.places),
                "responsible": item.responsible,
                "from_on": item.from_on,
                "to_on": item.to_on,
            }
            for item in items
        ],
    )


def _sent(request: HttpRequest, unit: UnitOnDay) -> Any:
    # Every line sent is meant, also one left as it was proposed: none counts as initial.
    data = request.POST.copy()
    data["d-INITIAL_FORMS"] = "0"
    return LineFormSet(data, prefix="d", form_kwargs={"offered": _offered(unit)})


def _offered(unit: UnitOnDay) -> tuple[Rule, ...]:
    offered = selectors.offered_clauses(unit.id, today())
    return tuple(rule for rule, _want in offered if rule.key != rules.REGISTER_RULE)


def _kept(lines: Any) -> list[Any]:
    """The lines that have a content and were not left out."""
    return [
        line
        for line in lines
        if line.cleaned_data.get("title") and not line.cleaned_data.get("left_out")
    ]


def _content(data: dict[str, Any], lines: list[Any]) -> services.PlanInput:
    return services.PlanInput(
        year=data["year"],
        number=data["number"],
        items=tuple(line.content() for line in lines),
    )


def _refuse(head: PlanForm, lines: list[Any], refusal: Refusal) -> None:
    """Show what the service refused beside the line it names ("items-3-title")."""
    parts = refusal.field.split("-", 2)
    if len(parts) == 3 and parts[0] == "items":
        field = "ways" if parts[2] == "forms" else parts[2]
        told = type(refusal)(refusal.vi, refusal.en, code=refusal.code, field=field)
        lines[int(parts[1])].refuse(told)
    else:
        head.refuse(refusal)


def _form(
    request: HttpRequest,
    unit: UnitOnDay,
    plan: PlanView | None,
    head: PlanForm,
    lines: Any,
    *,
    may_write: bool = True,
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
            "may_write": may_write,
            "client_key": request.POST.get("client_key") or uuid.uuid4(),
        },
        status=status,
    )
