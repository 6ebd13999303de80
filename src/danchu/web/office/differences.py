"""Side by side: what a unit says, what records show, what citizens answer; and the explanation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from danchu.core.errors import Refusal
from danchu.reporting.differences.selectors import difference_page, side_by_side
from danchu.reporting.differences.services import explain
from danchu.reporting.differences.sheets import side_by_side_xlsx
from danchu.reporting.reviews.export import MEDIA_TYPES
from danchu.web.design.access import signed_in, viewer_of
from danchu.web.design.parameters import parameters
from danchu.web.design.refusals import status_of

from .difference_forms import ExplanationForm
from .periods import period_label


@signed_in
def differences(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Every indicator of a unit and period with its three sides."""
    parameters(request, {})
    found = side_by_side(viewer_of(request), code, period)
    return render(
        request,
        "office/differences.html",
        {"found": found, "unit": found.unit, "label": period_label(found.period.code)},
    )


@signed_in
def differences_file(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Every table of the same page as a spreadsheet."""
    parameters(request, {})
    found = side_by_side(viewer_of(request), code, period)
    answer = HttpResponse(side_by_side_xlsx(found), content_type=MEDIA_TYPES["xlsx"])
    name = f"doi-chieu-{found.unit.code}-{found.period.code.replace(':', '-')}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@signed_in
def difference(request: HttpRequest, code: str, period: str, key: str) -> HttpResponse:
    """One difference with its story, and the place where the unit explains it."""
    parameters(request, {})
    viewer = viewer_of(request)
    page = difference_page(viewer, code, period, key)
    form = ExplanationForm(initial={"version": page.difference.version})
    status = 200
    if request.method == "POST":
        form, status = ExplanationForm(request.POST), 400
        if form.is_valid():
            try:
                explain(
                    actor=viewer,
                    difference_id=page.difference.id,
                    seen=form.cleaned_data["version"],
                    text=form.cleaned_data["explanation"],
                )
            except Refusal as refusal:
                # Shown with what stands there now: whoever sends it again has seen that.
                page = difference_page(viewer, code, period, key)
                form = ExplanationForm({**request.POST.dict(), "version": page.difference.version})
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                messages.success(request, gettext("Đã gửi giải trình."))
                return redirect("office:differences", code, period)
    return render(
        request,
        "office/difference.html",
        {
            "page": page,
            "unit": page.unit,
            "told": page.difference,
            "label": period_label(page.period.code),
            "form": form,
        },
        status=status,
    )
