"""Wording a paragraph of the report anew, beside what the figures give."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.contracts import require
from danchu.core.errors import NotFound, Refusal
from danchu.reporting.reviews.compose import Report, compose
from danchu.reporting.reviews.editing import (
    CHANGED,
    MOST_WORDS,
    composed_text,
    paragraphs_of,
    withdraw_paragraph,
    write_paragraph,
)
from danchu.reporting.reviews.edits import EditView, edits_of
from danchu.reporting.reviews.text_warnings import TextWarning, text_warnings
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.forms import DanchuForm
from danchu.web.design.parameters import parameters

from .periods import period_label
from .sent import whole_number


class ParagraphForm(DanchuForm):
    """A paragraph as the officer words it."""

    text = forms.CharField(
        label=_("Câu in trong báo cáo"),
        help_text=_("Số liệu không sửa ở đây: số sai thì sửa trong hồ sơ hoặc biểu số liệu."),
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=MOST_WORDS,
    )
    reason = forms.CharField(
        label=_("Lý do có số ngoài số liệu (không in)"),
        help_text=_(
            "Chỉ ghi khi câu có số mà hệ thống không có, ví dụ số của ngành khác cung cấp."
        ),
        max_length=500,
        required=False,
    )


@staff("reports.write")
def report_paragraph(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """One paragraph: what the figures give, the officer's wording, and what does not match."""
    place = parameters(request, {"cho": str})["cho"] or ""
    viewer = viewer_of(request)
    # The paper is Vietnamese, whatever the language of the page.
    report = compose(viewer=viewer, code=code, period_code=period)
    require(viewer, "reports.write", report.unit.id)
    edits = edits_of(viewer, report.unit.id, report.period, report.layout)
    if place not in paragraphs_of(report) and place not in edits:
        raise NotFound("Báo cáo không có đoạn này.", "The report has no such paragraph.")
    if request.method == "POST":
        form = ParagraphForm(request.POST)
        try:
            if "bo" in request.POST:
                withdraw_paragraph(
                    actor=viewer,
                    code=code,
                    period_code=period,
                    place=place,
                    seen=whole_number(request.POST["bo"]),
                )
                messages.success(request, gettext("Báo cáo in lại câu theo số liệu."))
                return _to_report(code, period, place)
            if form.is_valid():
                write_paragraph(
                    actor=viewer,
                    code=code,
                    period_code=period,
                    place=place,
                    text=form.cleaned_data["text"],
                    reason=form.cleaned_data["reason"],
                    seen=whole_number(request.POST.get("ban", "")),
                    over=request.POST.get("lap", ""),
                )
                return _saved(request, code, period, place)
        except Refusal as refusal:
            form.refuse(refusal)
            return _page(request, report, place, form, clash=refusal.code == CHANGED)
        return _page(request, report, place, form)
    edit = edits.get(place)
    shown = edit.text if edit else _composed(report, place)
    return _page(
        request,
        report,
        place,
        ParagraphForm(initial={"text": shown, "reason": edit.reason if edit else ""}),
    )


def _saved(request: HttpRequest, code: str, period: str, place: str) -> HttpResponse:
    """Back to the report; a number that needs a word more is shown at once."""
    report = compose(viewer=viewer_of(request), code=code, period_code=period)
    if any(not warning.reason for warning in _open(request, report, place)):
        messages.warning(
            request, gettext("Đã lưu câu này, nhưng câu chưa khớp số liệu. Sửa hoặc ghi lý do.")
        )
        address = reverse("office:report_paragraph", args=[code, period])
        return redirect(f"{address}?{urlencode({'cho': place})}")
    messages.success(request, gettext("Đã lưu câu này vào báo cáo."))
    return _to_report(code, period, place)


def _to_report(code: str, period: str, place: str) -> HttpResponse:
    return redirect(reverse("office:report", args=[code, period]) + f"#doan-{place}")


def _open(request: HttpRequest, report: Report, place: str) -> list[TextWarning]:
    return [w for w in text_warnings(viewer_of(request), report) if w.place == place]


def _composed(report: Report, place: str) -> str:
    paragraph = paragraphs_of(report).get(place)
    return composed_text(paragraph) if paragraph else ""


def _page(
    request: HttpRequest, report: Report, place: str, form: ParagraphForm, *, clash: bool = False
) -> HttpResponse:
    viewer = viewer_of(request)
    if clash:
        report = compose(viewer=viewer, code=report.unit.code, period_code=report.period.code)
    edit: EditView | None = edits_of(viewer, report.unit.id, report.period, report.layout).get(
        place
    )
    section = next(
        (s for s in report.sections if any(p.place == place for p in s.paragraphs)), None
    )
    warnings = _open(request, report, place)
    context: dict[str, Any] = {
        "report": report,
        "label": period_label(report.period.code),
        "place": place,
        "section": section,
        "composed": _composed(report, place),
        "edit": edit,
        "clash": clash,
        "english": get_language() == "en",
        "warnings": warnings,
        "changed": next((w for w in warnings if w.kind == "changed"), None),
        "gone": any(w.kind == "gone" for w in warnings),
        "form": form,
    }
    return render(
        request,
        "office/report_paragraph.html",
        context,
        status=409 if clash else 400 if form.errors else 200,
    )
