"""The board of a round: who handed in what, deciding on it, closing, opening again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext

from danchu.core.clock import today
from danchu.core.contracts import require
from danchu.core.errors import BadInput, NotFound, Refusal
from danchu.core.units.selectors import unit_within
from danchu.reporting.figures.display import amount_text
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.services import open_period
from danchu.reporting.rounds.closing import changes_between, close_round, reopen_round
from danchu.reporting.rounds.reminding import reminder
from danchu.reporting.rounds.selectors import RoundView, round_of
from danchu.reporting.rounds.services import accept_submission, return_submission
from danchu.web.design.access import signed_in, viewer_of

from .periods import period_label
from .sent import whole_number


@signed_in
def round_board(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Every expected unit with its newest version; for who may, what can be done about it."""
    viewer = viewer_of(request)
    row = open_period(period)
    unit = unit_within(code, row.start, row.end)
    require(viewer, "reports.read", unit.id)
    found = round_of(viewer, unit.id, row, today())
    if found is None:
        raise NotFound(
            "Đơn vị này chưa mở đợt báo cáo cho kỳ này.",
            "This unit has opened no round for this period.",
        )
    refusal = ""
    if request.method == "POST":
        try:
            messages.success(request, _done(request, found))
            return redirect("office:round_board", code, period)
        except Refusal as refused:
            refusal = str(refused)
            found = round_of(viewer, unit.id, row, today()) or found
    return render(
        request,
        "office/round_board.html",
        {
            "unit": unit,
            "period": row,
            "label": period_label(row.code),
            "round": found,
            "before_cut_off": today() < found.cut_off,
            "reminder": reminder(found, today()),
            "changes": _changes(request, found),
            "may_close": viewer.may("rounds.open", unit.id),
            "may_decide": viewer.may("submissions.decide", unit.id),
            "refusal": refusal,
            "typed": request.POST.get("ly-do", ""),
            "kept": request.POST.get("ban-nop", "") or request.POST.get("viec", ""),
            "chosen": request.POST.getlist("don-vi"),
        },
        status=400 if refusal else 200,
    )


def _changes(request: HttpRequest, found: RoundView) -> list[tuple[str, str, str, str]]:
    """(unit, indicator, before, after) between the last two closings, as they are printed."""
    if len(found.closings) < 2:
        return []
    names = {line.unit_id: line.name for line in found.reporters}
    meanings = definitions()
    english = get_language() == "en"
    told = []
    for change in changes_between(
        viewer_of(request), found.round_id, found.closings[-2].number, found.closings[-1].number
    ):
        meaning = meanings.get(change.indicator)
        if meaning is None:
            continue
        before, after = (
            "" if amount is None else amount_text(meaning, amount)
            for amount in (change.before, change.after)
        )
        name = meaning.name_en if english else meaning.name_vi
        told.append((names.get(change.unit_id, ""), name, before, after))
    return told


def _done(request: HttpRequest, found: RoundView) -> str:
    """Do what was sent; the sentence that says it was done."""
    viewer = viewer_of(request)
    what, reason = request.POST.get("viec", ""), request.POST.get("ly-do", "")
    units = [whole_number(text) for text in request.POST.getlist("don-vi")]
    if what == "dong":
        if "da-xem" not in request.POST:
            raise BadInput(
                "Đánh dấu đã xem danh sách trước khi đóng đợt.",
                "Tick that you have seen the list before closing.",
            )
        close_round(actor=viewer, round_id=found.round_id, missing=units)
        return gettext("Đã đóng đợt báo cáo.")
    if what == "mo-lai":
        reopen_round(actor=viewer, round_id=found.round_id, reason=reason, units=units)
        return gettext("Đã mở lại đợt báo cáo.")
    number = whole_number(request.POST.get("ban-nop", ""))
    seen = request.POST.get("da-thay", "")
    if what == "nhan":
        accept_submission(actor=viewer, submission_id=number, seen=seen)
        return gettext("Đã nhận bản nộp.")
    if what != "tra":
        raise BadInput("Yêu cầu không hợp lệ.", "The request is not valid.")
    return_submission(actor=viewer, submission_id=number, reason=reason, seen=seen)
    return gettext("Đã trả lại bản nộp.")
