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

from danchu.core.calendar.selectors import period_span
from danchu.core.clock import today
from danchu.core.contracts import require
from danchu.core.errors import BadInput, Conflict
from danchu.core.units.selectors import UnitOnDay, unit_within
from danchu.reporting.figures.asked import answered
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
from danchu.reporting.reviews.folded import is_folded, require_folded
from danchu.reporting.reviews.frozen import FrozenView, KeptFile, frozen_reports_of, working_mark
from danchu.reporting.reviews.official import head_and_foot
from danchu.reporting.reviews.readiness import readiness
from danchu.reporting.reviews.returning import return_version
from danchu.reporting.reviews.text_warnings import text_warnings
from danchu.reporting.rounds.checked import findings_on_form
from danchu.reporting.rounds.comments import Comment, comments_to_answer
from danchu.reporting.rounds.form import form_of
from danchu.reporting.rounds.selectors import RoundView, asked_of, rounds_of
from danchu.reporting.rounds.services import accept_submission, submit
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.parameters import parameters
from danchu.web.design.refusals import status_of

from .amending import amendments_proposed
from .basis import basis_of_report
from .cells import named
from .periods import download_name, period_choices, period_label, period_span_words
from .scope import chosen_unit
from .sent import client_key, whole_number

OPENING_LEVELS = ("province", "commune")
LAYOUTS = ("state", "party")


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
            "current": [
                (code, label, period_span_words(code), may_open and code not in opened)
                for code, label in current
            ],
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
    folded = is_folded(found.period)
    warnings = text_warnings(viewer, found) if may_write and not found.is_reference else []
    return render(
        request,
        "office/report.html",
        {
            "report": found,
            "label": _label(found),
            "paper": head_and_foot(found),
            "basis": basis_of_report(found),
            "shown": shown,
            "asked": asked,
            "ready": readiness(viewer, found)
            if (folded or wrong) and (may_write or asked)
            else None,
            "may_write": may_write,
            "may_word": may_write and not found.is_reference,
            "warnings": warnings,
            "english": _language() == "en",
            "open_places": {warning.place for warning in warnings if warning.place},
            "open_notes": {warning.note_id for warning in warnings if warning.note_id},
            "may_submit": asked is not None
            and not asked.excused
            and asked.closed_at is None
            and not (asked.versions and asked.versions[0][1] == "accepted")
            and viewer.may("submissions.submit", found.unit.id),
            "may_decide": viewer.may("submissions.decide", found.unit.id),
            "standing": _standing(frozen_reports_of(viewer, found.unit.id, found.period)),
            "may_issue": viewer.may("reports.issue", found.unit.id),
            "may_open": found.round is None
            and found.unit.level in OPENING_LEVELS
            and viewer.may("rounds.open", found.unit.id),
            "base": reverse("office:report", args=[code, period]),
            "first_fold": not folded,
            "being_folded": not folded or being_folded(viewer, found.unit.id),
            "refused": wrong.sentence if wrong else "",
            "ticked": wrong.ticked if wrong else [],
            "why": wrong.reason if wrong else "",
            "undecided": undecided,
            "undecided_elsewhere": undecided is not None
            and not (found.round and undecided.number in _to_decide(found.round)),
        },
        status=400 if wrong else undecided.status if undecided else 200,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the paper is on its way: the one in force, and the one that waits for signature."""

    issued: FrozenView | None
    waiting: FrozenView | None
    files: list[KeptFile]  # of the one in force: the signed first, what came back without last

    @property
    def is_signed(self) -> bool:
        """Whether the signed file came back."""
        return any(file.may_be_signed for file in self.files)


def _standing(rows: list[FrozenView]) -> Standing:
    issued = next((row for row in rows if row.state == "issued"), None)
    waiting = next((row for row in rows if row.state == "frozen"), None)
    shown = ("signed", "pdf", "docx")
    files = [file for file in issued.files if file.kind in shown] if issued else []
    files.sort(key=lambda file: file.kind == "signed" and not file.may_be_signed)
    return Standing(issued, waiting, files)


def _to_decide(found: RoundView) -> set[int | None]:
    """The versions that have their own form on the page."""
    return {line.submission_id for line in found.reporters if line.state == "submitted"}


def _label(found: Report) -> str:
    """The period as the other pages call it, so that the half-years of two cuts are told apart.

    The paper says its days; a committee's own period has no other name than that of the paper.
    """
    label = period_label(found.period.code)
    return found.period_label if label == found.period.code else label


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
    """The report as DOCX, PDF, HTML or XLSX."""
    query = parameters(request, {"the-thuc": LAYOUTS})
    found = _composed(request, code, period, query["the-thuc"])
    require_folded(found.period)
    mark = working_mark(viewer_of(request), found)
    response = HttpResponse(render_file(found, fmt, mark=mark), content_type=MEDIA_TYPES[fmt])
    name = download_name(found.period.code, found.unit.name, fmt)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _unit(request: HttpRequest, code: str, period: str, right: str) -> tuple[UnitOnDay, Any]:
    """The unit and the row of the period; who has no right there makes no row."""
    span = period_span(period)
    unit = unit_within(code, span.start, span.end)
    require(viewer_of(request), right, unit.id)
    return unit, open_period(period)


def _back(code: str, period: str, anchor: str = "") -> HttpResponse:
    return redirect(reverse("office:report", args=[code, period]) + anchor)


@staff("reports.write")
def report_states(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Confirm by name what was nought or does not apply; or take the word back."""
    unit, row = _unit(request, code, period, "reports.write")
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
    unit, row = _unit(request, code, period, "submissions.submit")
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
                shown=whole_number(request.POST["ban"]) if "ban" in request.POST else None,
            )
        except Conflict as refusal:
            refused = refusal
            asked = asked_of(viewer, unit.id, row) or asked
        else:
            messages.success(request, gettext("Đã nộp số liệu, bản số %(n)s.") % {"n": made.number})
            return _back(code, period)
    report = _composed(request, code, period, None)
    form = form_of(viewer, asked.round_id, unit.id)
    stands = {line.key: (line.state, line.amount) for line in form.lines} if form else {}
    comments = [
        (
            comment.indicator,
            named(definitions()[comment.indicator]),
            comment,
            _answers(comment),
            stands.get(comment.indicator) != (comment.state, comment.amount),
        )
        for comment in comments_to_answer(viewer, asked.round_id, unit.id)
    ]
    return render(
        request,
        "office/report_submit.html",
        {
            "report": report,
            "label": _label(report),
            "asked": asked,
            "form": form,
            "findings": [
                (found, [(key, named(definitions()[key])) for key in found.indicators])
                for found in findings_on_form(viewer, asked.round_id, unit.id, row)
            ],
            "complete": form.answered if form else answered({}),
            "may_write": viewer.may("reports.write", unit.id),
            "next_number": asked.versions[0][0] + 1 if asked.versions else 1,
            "before_cut_off": today() < asked.cut_off,
            "being_folded": being_folded(viewer, unit.id),
            "client_key": uuid.uuid4(),
            "comments": comments,
            "answered": sum(done for *_rest, done, _changed in comments),
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
