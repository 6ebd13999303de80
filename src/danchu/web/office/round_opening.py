"""Opening a round of reporting."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from danchu.core.errors import Refusal
from danchu.reporting.figures.services import open_period
from danchu.reporting.rounds.dates import offered_days
from danchu.reporting.rounds.services import open_round
from danchu.web.design.access import staff, viewer_of

from .periods import period_label, round_title
from .report_forms import RoundForm
from .scope import chosen_unit


@staff("rounds.open")
def round_open(request: HttpRequest, period: str) -> HttpResponse:
    """Open a round over a period for those who report to the own unit."""
    unit = chosen_unit(request, request.GET.get("don-vi"), "rounds.open")
    row = open_period(period)
    form = RoundForm(
        request.POST or None,
        period=row,
        title=round_title(row.code),
        level=unit.level,
        offered=offered_days(unit.id, row),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            open_round(
                actor=viewer_of(request),
                unit_id=unit.id,
                period=row,
                title=given["title"],
                letter=given["letter"],
                cut_off=given["cut_off"],
                due_on=form.last_asked,
                due=form.due,
                locks_on=given["locks_on"],
                overlaps_seen=given.get("overlaps_seen", False),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã mở đợt báo cáo."))
            return redirect("office:report", unit.code, period)
    return render(
        request,
        "office/round_open.html",
        {"form": form, "unit": unit, "period": row, "label": period_label(row.code)},
        status=400 if form.errors else 200,
    )
