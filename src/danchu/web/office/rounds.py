"""The board of a round: who handed in what, deciding on it, closing, opening again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.calendar.selectors import period_span
from danchu.core.clock import today
from danchu.core.contracts import require
from danchu.core.errors import BadInput, Conflict, NotFound, Refusal
from danchu.core.units.kinds import kind_in_english
from danchu.core.units.selectors import UnitOnDay, unit_within
from danchu.reporting.figures.display import amount_text
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.structure import LOWER
from danchu.reporting.reviews.returning import reopen_for_amendment, return_version
from danchu.reporting.rounds.closing import changes_between, close_round
from danchu.reporting.rounds.dates import change_days
from danchu.reporting.rounds.reminding import reminder
from danchu.reporting.rounds.selectors import (
    Below,
    ReporterLine,
    RoundView,
    dues_of,
    round_at,
    waiting_below,
)
from danchu.reporting.rounds.services import accept_submission
from danchu.web.design.access import keeps_typed, signed_in, viewer_of
from danchu.web.design.forms import readable

from .amending import amendments_proposed
from .periods import period_label
from .report_forms import ChangeDaysForm
from .sent import whole_number


@signed_in
@keeps_typed
def round_board(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Every expected unit with its newest version; for who may, what can be done about it."""
    viewer = viewer_of(request)
    row = period_span(period)
    unit = unit_within(code, row.start, row.end)
    require(viewer, "reports.read", unit.id)
    found = round_at(viewer, unit.id, row.code, today())
    if found is None:
        raise NotFound(
            "Đơn vị này chưa mở đợt báo cáo cho kỳ này.",
            "This unit has opened no round for this period.",
        )
    refusal = ""
    on = today()
    dues = dues_of(viewer, found)
    days = ChangeDaysForm(
        request.POST if request.POST.get("viec") == "doi-han" else None,
        level=unit.level,
        offered=dues,
        locks_on=found.locks_on,
    )
    if request.method == "POST" and days.is_bound:
        if _days_changed(request, found, days):
            return redirect("office:round_board", code, period)
    elif request.method == "POST":
        try:
            messages.success(request, _done(request, found))
            return redirect("office:round_board", code, period)
        except Refusal as refused:
            refusal = str(refused)
            found = round_at(viewer, unit.id, row.code, today()) or found
    below = waiting_below(viewer, found, on)
    return render(
        request,
        "office/round_board.html",
        {
            "unit": unit,
            "period": row,
            "label": period_label(row.code),
            "round": found,
            "lines": [
                (line, _where(line, below.get(line.unit_id), unit)) for line in found.reporters
            ],
            "tally": _tally(found, below, unit),
            "dues": _by_level(dues, found, unit.level, on),
            "days": days,
            "before_cut_off": on < found.cut_off,
            "reminder": reminder(found, on),
            "changes": _changes(request, found),
            "may_close": viewer.may("rounds.open", unit.id),
            "may_decide": viewer.may("submissions.decide", unit.id),
            "refusal": refusal,
            "typed": request.POST.get("ly-do", ""),
            "kept": request.POST.get("ban-nop", "") or request.POST.get("viec", ""),
            "chosen": request.POST.getlist("don-vi"),
        },
        status=400 if refusal or days.errors else 200,
    )


# By level, from below: whose day it is.
_LEVELS: tuple[tuple[str, Any], ...] = (
    ("village", _("Thôn, tổ dân phố")),
    ("agency", _("Cơ quan, đơn vị")),
    ("state_enterprise", _("Doanh nghiệp nhà nước")),
    ("workplace", _("Nơi làm việc khác")),
    ("commune", _("Xã, phường, đặc khu")),
    ("province", _("Tỉnh, thành phố tổng hợp")),
)


def _by_level(
    dues: Mapping[str, dt.date], found: RoundView, own: str, on: dt.date
) -> list[tuple[str, dt.date, bool]]:
    """(who, by when, whether somebody of the level whom the round knows is late): the levels
    asked, the one that asks, and those below that report to the ones asked."""
    asked = {line.level for line in found.reporters}
    late = {line.level for line in found.reporters if line.days_late}
    if found.closed_at is None and own in dues and on > dues[own]:
        late.add(own)
    deeper = {dues[level] for level in LOWER if level in dues and level not in asked}
    told = [
        (str(name), dues[level], level in late)
        for level, name in _LEVELS
        if level in dues and (level in asked or level == own)
    ]
    if own != "commune":
        name = gettext("Thôn, tổ dân phố, cơ quan, nơi làm việc")
        told = [(name, day, False) for day in sorted(deeper)] + told
    return told


def _kind(kind: str) -> str:
    """A kind of unit in the language of the page: "phường", "ward"."""
    return kind_in_english(kind) if get_language() == "en" else kind


def _where(line: ReporterLine, below: Below | None, asker: UnitOnDay) -> str:
    """At which level the unit's figures lie, in words."""
    if line.state in ("accepted", "excused"):
        return ""
    if line.state == "submitted":
        return _kind(asker.kind)
    if below is None:
        return _kind(line.kind)
    if below.lacking:
        told = gettext("cấp dưới của %(kind)s: %(n)s/%(of)s đơn vị chưa nộp") % {
            "kind": _kind(line.kind),
            "n": below.lacking,
            "of": below.expected,
        }
        late = gettext(", %(n)s quá hạn") % {"n": below.late} if below.late else ""
        return told + late
    if below.to_check:
        return gettext("%(kind)s, còn %(n)s bản của cấp dưới chờ kiểm tra") % {
            "kind": _kind(line.kind),
            "n": below.to_check,
        }
    return gettext("%(kind)s, cấp dưới đã nộp đủ") % {"kind": _kind(line.kind)}


def _tally(found: RoundView, below: Mapping[int, Below], asker: UnitOnDay) -> list[tuple[str, int]]:
    """How many units' figures lie at which level, from below."""
    owing = found.missing
    deeper = sum(bool(b.lacking) for line in owing if (b := below.get(line.unit_id)))
    accepted = sum(line.state == "accepted" for line in found.reporters)
    late = sum(bool(line.days_late) for line in owing)
    received_late = sum(bool(line.received_late) for line in found.standing)
    told = [
        (gettext("còn ở cấp dưới của đơn vị"), deeper),
        (gettext("còn ở đơn vị"), len(owing) - deeper),
        (gettext("trong đó bị trả lại, chưa nộp lại"), len(found.returned)),
        (gettext("chờ %(kind)s kiểm tra") % {"kind": _kind(asker.kind)}, len(found.waiting)),
        (gettext("đã nhận"), accepted),
        (gettext("trong đó quá hạn chưa nộp"), late),
        (gettext("nộp muộn"), received_late),
    ]
    return [(words, n) for words, n in told if n]


def _days_changed(request: HttpRequest, found: RoundView, form: ChangeDaysForm) -> bool:
    """Give the round the dates that were sent; False when they were refused."""
    if not form.is_valid():
        return False
    try:
        change_days(
            actor=viewer_of(request),
            round_id=found.round_id,
            due=form.due,
            locks_on=form.cleaned_data["locks_on"],
            reason=form.cleaned_data["reason"],
        )
    except (BadInput, Conflict) as refused:
        form.refuse(refused)
        return False
    messages.success(request, gettext("Đã đổi hạn của đợt báo cáo."))
    return True


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
    what, reason = request.POST.get("viec", ""), readable(request.POST.get("ly-do", ""))
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
        due = reopen_for_amendment(
            actor=viewer, round_id=found.round_id, reason=reason, units=units
        )
        return gettext("Đã mở lại đợt báo cáo.") + amendments_proposed(due)
    number = whole_number(request.POST.get("ban-nop", ""))
    seen = request.POST.get("da-thay", "")
    if what == "nhan":
        accept_submission(actor=viewer, submission_id=number, seen=seen)
        return gettext("Đã nhận bản nộp.")
    if what != "tra":
        raise BadInput("Yêu cầu không hợp lệ.", "The request is not valid.")
    due = return_version(actor=viewer, submission_id=number, reason=reason, seen=seen)
    return gettext("Đã trả lại bản nộp.") + amendments_proposed(due)
