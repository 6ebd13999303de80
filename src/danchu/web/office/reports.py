"""The six-month report: choosing it, reading it beside its evidence, taking it away."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from danchu.core.clock import today
from danchu.core.contracts import require
from danchu.core.errors import BadInput, Conflict, Refusal
from danchu.core.units.selectors import UnitOnDay, unit_within
from danchu.reporting.figures.selectors import being_folded, definitions, periods_with_values
from danchu.reporting.figures.services import (
    confirm_states,
    fold_what_waits,
    open_period,
    withdraw_state,
)
from danchu.reporting.reviews.compose import LayoutName, Report, compose
from danchu.reporting.reviews.export import MEDIA_TYPES
from danchu.reporting.reviews.export import render as render_file
from danchu.reporting.reviews.figure_page import figure_page
from danchu.reporting.reviews.frozen import frozen_reports_of
from danchu.reporting.reviews.notes import notes_of, withdraw_note, write_note
from danchu.reporting.reviews.readiness import readiness
from danchu.reporting.reviews.returning import return_version
from danchu.reporting.rounds.checked import findings_on_form
from danchu.reporting.rounds.comments import Comment, comments_to_answer
from danchu.reporting.rounds.form import form_of
from danchu.reporting.rounds.selectors import RoundView, asked_of, rounds_of
from danchu.reporting.rounds.services import accept_submission, submit
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.parameters import parameters
from danchu.web.design.refusals import status_of

from .amending import amendments_proposed
from .cells import named
from .periods import download_name, period_choices, period_label
from .report_forms import KINDS as NOTE_KINDS
from .report_forms import NoteForm
from .scope import chosen_unit
from .sent import client_key, whole_number

OPENING_LEVELS = ("province", "commune")
LAYOUTS = ("state", "party")
NOTE_ORDER = [kind for kind, _name in NOTE_KINDS]


@staff("reports.read")
def reports(request: HttpRequest) -> HttpResponse:
    """Which reports there are: of the own unit, and the rounds it opened."""
    query = parameters(request, {"don-vi": str})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "reports.read")
    rows = periods_with_values(viewer, unit.id)
    current = period_choices(today())
    running = {code for code, _label in current}
    rounds = rounds_of(viewer, unit.id, today())
    opened = {found.period_code for found in rounds}
    may_open = unit.level in OPENING_LEVELS and viewer.may("rounds.open", unit.id)
    return render(
        request,
        "office/reports.html",
        {
            "unit": unit,
            "periods": [(row, period_label(row.code)) for row in rows if row.code not in running],
            "current": [(code, label, may_open and code not in opened) for code, label in current],
            "rounds": rounds,
            "may_outline": viewer.may("outlines.edit"),
            "may_days": viewer.may("periods.edit"),
        },
    )


@signed_in
def report(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The report on paper in the middle, what stands behind one figure beside it."""
    query = parameters(request, {"the-thuc": LAYOUTS, "so": str})
    return _page(request, code, period, query["the-thuc"], key=query["so"])


@dataclass(frozen=True, slots=True)
class NotConfirmed:
    """Zeros that were refused: the sentence, and what had been ticked and typed."""

    sentence: str
    ticked: list[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """A version that could not be accepted or returned: the sentence, and what was typed."""

    number: int
    sentence: str
    reason: str
    status: int


def _page(
    request: HttpRequest,
    code: str,
    period: str,
    layout: str | None,
    *,
    key: str | None = None,
    wrong: NotConfirmed | None = None,
    undecided: Undecided | None = None,
) -> HttpResponse:
    """The report page, with what was refused beside the thing it was about."""
    viewer = viewer_of(request)
    found = _composed(request, code, period, layout)
    shown = figure_page(viewer, code, period, key, _language()) if key else None
    asked = asked_of(viewer, found.unit.id, found.period)
    may_write = viewer.may("reports.write", found.unit.id)
    return render(
        request,
        "office/report.html",
        {
            "report": found,
            "shown": shown,
            "asked": asked,
            "ready": readiness(viewer, found) if may_write or asked else None,
            "may_write": may_write,
            "may_submit": asked is not None
            and not asked.excused
            and asked.closed_at is None
            and not (asked.versions and asked.versions[0][1] == "accepted")
            and viewer.may("submissions.submit", found.unit.id),
            "may_decide": viewer.may("submissions.decide", found.unit.id),
            "frozen": frozen_reports_of(viewer, found.unit.id, found.period)[:1],
            "may_open": found.round is None
            and found.unit.level in OPENING_LEVELS
            and viewer.may("rounds.open", found.unit.id),
            "base": reverse("office:report", args=[code, period]),
            "being_folded": being_folded(viewer, found.unit.id),
            "refused": wrong.sentence if wrong else "",
            "ticked": wrong.ticked if wrong else [],
            "why": wrong.reason if wrong else "",
            "undecided": undecided,
            "undecided_elsewhere": undecided is not None
            and not (found.round and undecided.number in _to_decide(found.round)),
        },
        status=400 if wrong else undecided.status if undecided else 200,
    )


def _to_decide(found: RoundView) -> set[int | None]:
    """The versions that have their own form on the page."""
    return {line.submission_id for line in found.reporters if line.state == "submitted"}


def _language() -> str:
    return get_language() or "vi"


def _composed(request: HttpRequest, code: str, period: str, layout: str | None) -> Report:
    found = compose(
        viewer=viewer_of(request),
        code=code,
        period_code=period,
        layout=cast(LayoutName | None, layout),
        language=_language(),
    )
    if found.layout != found.issuer.layout:
        raise BadInput(
            "Báo cáo chỉ lập theo thể thức của cơ quan ban hành: văn bản của cơ quan nhà nước "
            "không theo thể thức Đảng, văn bản của Đảng không theo thể thức Nhà nước.",
            "A report is set in the layout of the body that issues it: a State body's paper is "
            "not set as a Party paper, nor the reverse.",
        )
    return found


@signed_in
def report_file(request: HttpRequest, code: str, period: str, fmt: str) -> HttpResponse:
    """The report as DOCX, PDF or XLSX."""
    query = parameters(request, {"the-thuc": LAYOUTS})
    found = _composed(request, code, period, query["the-thuc"])
    response = HttpResponse(render_file(found, fmt), content_type=MEDIA_TYPES[fmt])
    name = download_name(found.period.code, found.unit.name, fmt)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _unit(code: str, period: str) -> tuple[UnitOnDay, Any]:
    row = open_period(period)
    return unit_within(code, row.start, row.end), row


def _back(code: str, period: str, anchor: str = "") -> HttpResponse:
    return redirect(reverse("office:report", args=[code, period]) + anchor)


@staff("reports.write")
def report_notes(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Write a finding into the report, or take one out."""
    unit, row = _unit(code, period)
    require(viewer_of(request), "reports.write", unit.id)
    if request.method == "POST":
        form = NoteForm(request.POST)
        if "bo" in request.POST:
            withdraw_note(actor=viewer_of(request), note_id=whole_number(request.POST["bo"]))
            messages.success(request, gettext("Đã bỏ ý này khỏi báo cáo."))
        elif form.is_valid():
            try:
                write_note(
                    actor=viewer_of(request),
                    unit_id=unit.id,
                    period=row,
                    kind=form.cleaned_data["kind"],
                    text=form.cleaned_data["text"],
                )
            except Refusal as refusal:
                form.refuse(refusal)
                return _with_notes(request, code, period, form)
            messages.success(request, gettext("Đã ghi ý này vào báo cáo."))
        else:
            return _with_notes(request, code, period, form)
        return redirect("office:report_notes", code, period)
    return _with_notes(request, code, period, NoteForm())


def _with_notes(request: HttpRequest, code: str, period: str, form: NoteForm) -> HttpResponse:
    unit, row = _unit(code, period)
    return render(
        request,
        "office/report_notes.html",
        {
            "unit": unit,
            "period": row,
            "label": period_label(row.code),
            "notes": sorted(  # as they stand on paper
                notes_of(viewer_of(request), unit.id, row),
                key=lambda note: NOTE_ORDER.index(note.kind),
            ),
            "form": form,
        },
        status=400 if form.errors else 200,
    )


@staff("reports.write")
def report_states(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Confirm by name what was nought or does not apply; or take the word back."""
    unit, row = _unit(code, period)
    if request.method == "POST":
        keys = request.POST.getlist("chi-tieu")
        if "rut" in request.POST:
            withdraw_state(
                actor=viewer_of(request), unit_id=unit.id, period=row, key=request.POST["rut"]
            )
            messages.success(request, gettext("Đã rút xác nhận."))
        else:
            reason = request.POST.get("ly-do", "")
            try:
                count = confirm_states(
                    actor=viewer_of(request),
                    unit_id=unit.id,
                    period=row,
                    keys=keys,
                    state=request.POST.get("trang-thai", ""),
                    reason=reason,
                )
            except BadInput as refusal:
                wrong = NotConfirmed(str(refusal), keys, reason)
                return _page(request, code, period, None, wrong=wrong)
            messages.success(request, _confirmed(count))
        fold_what_waits()
    return _back(code, period, "#day-du")


def _confirmed(count: int) -> str:
    return ngettext("Đã xác nhận %(n)s chỉ tiêu.", "Đã xác nhận %(n)s chỉ tiêu.", count) % {
        "n": count
    }


@staff("submissions.submit")
def report_submit(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """What would be handed in as the next version; sent, it is handed in."""
    unit, row = _unit(code, period)
    viewer = viewer_of(request)
    require(viewer, "submissions.submit", unit.id)
    asked = asked_of(viewer, unit.id, row)
    if asked is None or asked.excused:
        raise BadInput("Kỳ này chưa có đợt báo cáo.", "No round asks for this period.")
    refused: Conflict | None = None
    if request.method == "POST":
        try:
            made = submit(
                actor=viewer,
                round_id=asked.round_id,
                unit_id=unit.id,
                client_key=client_key(request),
            )
        except Conflict as refusal:
            refused = refusal
        else:
            messages.success(request, gettext("Đã nộp bản %(n)s.") % {"n": made.number})
            return _back(code, period)
    form = form_of(viewer, asked.round_id, unit.id)
    comments = [
        (comment.indicator, named(definitions()[comment.indicator]), comment, _answers(comment))
        for comment in comments_to_answer(viewer, asked.round_id, unit.id)
    ]
    return render(
        request,
        "office/report_submit.html",
        {
            "report": _composed(request, code, period, None),
            "asked": asked,
            "form": form,
            "findings": findings_on_form(viewer, asked.round_id, unit.id, row),
            "computed": form.count("reported") if form else 0,
            "zero": form.count("zero") if form else 0,
            "not_applicable": form.count("not_applicable") if form else 0,
            "missing": form.count("missing") if form else 0,
            "may_write": viewer.may("reports.write", unit.id),
            "next_number": asked.versions[0][0] + 1 if asked.versions else 1,
            "before_cut_off": today() < asked.cut_off,
            "being_folded": being_folded(viewer, unit.id),
            "client_key": uuid.uuid4(),
            "comments": comments,
            "answered": sum(done for *_rest, done in comments),
            "refused": str(refused) if refused else "",
        },
        status=status_of(refused) if refused else 200,
    )


def _answers(comment: Comment) -> bool:
    """Whether a word on the comment goes up with the next version."""
    return comment.answer is not None and bool(comment.answer.dealt_with or comment.answer.text)


@staff("submissions.decide")
def submission_decide(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Accept a version, or return it with the reason."""
    if request.method != "POST":
        return _back(code, period, "#don-vi-nop")
    viewer = viewer_of(request)
    number = whole_number(request.POST.get("ban-nop", ""))
    reason, seen = request.POST.get("reason", ""), request.POST.get("da-thay", "")
    try:
        if request.POST.get("viec") == "nhan":
            accept_submission(actor=viewer, submission_id=number, seen=seen)
            done = gettext("Đã nhận bản nộp.")
        else:
            due = return_version(actor=viewer, submission_id=number, reason=reason, seen=seen)
            done = gettext("Đã trả lại bản nộp.") + amendments_proposed(due)
    except (BadInput, Conflict) as refusal:
        undecided = Undecided(number, str(refusal), reason, status_of(refusal))
        return _page(request, code, period, None, undecided=undecided)
    messages.success(request, done)
    fold_what_waits()
    return _back(code, period, "#don-vi-nop")
