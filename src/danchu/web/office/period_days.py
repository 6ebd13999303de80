"""By how many days after a period each level hands in, scheme by scheme."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.calendar.selectors import SchemeDays, schemes_to_edit
from danchu.core.calendar.services import MOST_DAYS_AFTER, set_due_days
from danchu.core.errors import NotFound, Refusal
from danchu.web.design.access import signed_in, viewer_of
from danchu.web.design.forms import DanchuForm
from danchu.web.design.parameters import parameters

# Field -> its label and the levels it holds. Districts ended on 1 July 2025 and hand in nothing.
FIELDS = {
    "due_village": (_("Thôn, tổ dân phố"), ("village",)),
    "due_agency": (_("Cơ quan, đơn vị"), ("agency",)),
    "due_workplace": (_("Doanh nghiệp, nơi làm việc"), ("state_enterprise", "workplace")),
    "due_commune": (_("Xã, phường, đặc khu"), ("commune",)),
    "due_province": (_("Tỉnh, thành phố"), ("province",)),
    "due_nation": (_("Trung ương"), ("nation",)),
}


class DaysForm(DanchuForm):
    """The days of one scheme."""

    def __init__(self, *args: object, scheme: SchemeDays, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, levels) in FIELDS.items():
            self.add_field(
                name,
                forms.IntegerField(
                    label=label,
                    min_value=0,
                    max_value=MOST_DAYS_AFTER,
                    initial=scheme.days[levels[0]],
                    widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
                ),
            )

    @property
    def days(self) -> dict[str, int]:
        """level -> days after the period's end."""
        return {
            level: self.cleaned_data[name]
            for name, (_label, levels) in FIELDS.items()
            for level in levels
        }

    def field_of(self, fault: Refusal) -> str | None:
        """The field that holds the level."""
        level = fault.field.removeprefix("due_")
        return next((n for n, (_l, levels) in FIELDS.items() if level in levels), None)


@signed_in
def period_days(request: HttpRequest) -> HttpResponse:
    """The schemes whose days the person may change, each with its form."""
    parameters(request, {})
    viewer = viewer_of(request)
    schemes = schemes_to_edit(viewer)
    if not schemes:
        raise NotFound("Không có trang này.", "There is no such page.")
    sent = request.POST.get("cach", "") if request.method == "POST" else ""
    shown = []
    for scheme in schemes:
        mine = request.POST if sent == scheme.code else None
        form = DaysForm(mine, scheme=scheme, prefix=scheme.code)
        if mine is not None and form.is_valid():
            try:
                set_due_days(actor=viewer, scheme_code=scheme.code, days=form.days)
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, gettext("Đã lưu hạn nộp của cách chia kỳ."))
                return redirect("office:period_days")
        name = scheme.name_en if get_language() == "en" else scheme.name_vi
        shown.append((scheme, name, form))
    return render(
        request,
        "office/period_days.html",
        {"schemes": shown},
        status=400 if any(form.errors for *_rest, form in shown) else 200,
    )
