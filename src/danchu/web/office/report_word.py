"""The working paper come back from Word: what differs, and what the report takes over."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.contracts import require
from danchu.core.errors import Refusal
from danchu.core.units.selectors import unit_within
from danchu.reporting.figures.services import open_period
from danchu.reporting.reviews.editing import write_paragraph
from danchu.reporting.reviews.notes import edit_note
from danchu.reporting.reviews.word_back import Takeable, changes_in_word
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.forms import DanchuForm
from danchu.web.design.parameters import parameters

from .periods import period_label
from .sent import whole_number


class WordForm(DanchuForm):
    """The DOCX as somebody went on with it."""

    file = forms.FileField(
        label=_("Chọn tệp DOCX"),
        help_text=_("Tệp tải từ trang báo cáo rồi sửa trong Word. Hệ thống không lưu tệp này."),
    )


@staff("reports.write")
def report_word(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Compare a DOCX with the paper as it is now, and take over the sentences that are ticked."""
    parameters(request, {})
    row = open_period(period)
    unit = unit_within(code, row.start, row.end)
    viewer = viewer_of(request)
    require(viewer, "reports.write", unit.id)
    form, found = WordForm(), None
    if request.method == "POST" and "lay" in request.POST:
        return _taken(request, code, period)
    if request.method == "POST":
        form = WordForm(request.POST, request.FILES)
        if form.is_valid():
            given = form.cleaned_data["file"]
            try:
                found = changes_in_word(
                    actor=viewer,
                    code=code,
                    period_code=period,
                    data=given.read(),
                    name=given.name or "",
                )
            except Refusal as refusal:
                form.refuse(refusal)
    return render(
        request,
        "office/report_word.html",
        {
            "unit": unit,
            "period": row,
            "label": period_label(row.code),
            "form": form,
            "found": found,
            "takeable": sum(_may_be_taken(one) for one in found or []),
            "numbers": sum(len(one.change.numbers) for one in found or []),
        },
        status=400 if form.errors else 200,
    )


def _may_be_taken(one: Takeable) -> bool:
    return bool(one.place or one.note_id)


def _taken(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Each ticked sentence by itself: what is refused is told, the others stand."""
    viewer, sent = viewer_of(request), request.POST
    done = 0
    for n in sent.getlist("lay"):
        place, text = sent.get(f"cho-{n}", ""), sent.get(f"cau-{n}", "")
        seen = whole_number(sent.get(f"ban-{n}", ""))
        try:
            if place:
                write_paragraph(
                    actor=viewer,
                    code=code,
                    period_code=period,
                    place=place,
                    text=text,
                    seen=seen,
                    over=sent.get(f"lap-{n}", ""),
                )
            else:
                edit_note(
                    actor=viewer,
                    note_id=whole_number(sent.get(f"y-{n}", "")),
                    seen=seen,
                    text=text,
                )
            done += 1
        except Refusal as refusal:
            messages.warning(request, f"“{text[:60]}”: {refusal}")
    if done:
        messages.success(request, gettext("Đã lấy %(n)s câu vào báo cáo.") % {"n": done})
    return redirect("office:report", code, period)
