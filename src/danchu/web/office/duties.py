"""The ledger of duties: a unit's page, one duty, the month, the file, the units below."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.core import clock
from danchu.core.calendar.days import FIRST_DAY, LAST_DAY
from danchu.core.calendar.words import day_of_text
from danchu.core.clock import today
from danchu.reporting.duties.below import STANDINGS, TOLD_FOR, duties_below
from danchu.reporting.duties.coming import broken_by_absence, coming, week_after
from danchu.reporting.duties.ics import CalendarDay, calendar_file
from danchu.reporting.duties.ledger import Ledger, Line, duty_ledger, evidence_of, line_of
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.office_bar import name_at_hand
from danchu.web.design.parameters import parameters
from danchu.web.design.whole_address import whole

from .duties_coming import coming_shown, weeks_of
from .duties_shown import instance_shown, line_shown, untracked_by_mode
from .law_words import basis_words, rhythm_words, rule_cited, rule_title
from .scope import chosen_unit

FILTERS = (
    ("qua-han", "late", _("Quá hạn, thiếu")),
    ("nhac", "advised", _("Nhắc")),
    ("chua-tron", "flawed", _("Làm muộn, chưa đủ ngày")),
    ("sap-toi", "open", _("Còn trong hạn")),
    ("da-lam", "done", _("Đã làm")),
)
STANDING_WORDS = {
    "late": _("quá hạn, thiếu"),
    "advised": _("nhắc"),
    "flawed": _("làm muộn, chưa đủ ngày"),
    "open": _("còn trong hạn"),
    "done": _("đã làm"),
    "unknown": _("chưa theo dõi"),
    "idle": _("chưa ghi nhận phát sinh"),
}
AHEAD = dt.timedelta(days=366)  # of the calendar file


def _has_ended(line: Line, on: dt.date) -> bool:
    """Whether the rule is one of earlier days: nothing can be done for it any more."""
    return line.rule.applies_to is not None and line.rule.applies_to < on


def _urgency(line: Line) -> tuple[bool, ...]:
    """What asks for a hand comes first; among equals the order of the catalogue stays."""
    counts = line.counts
    names = ("late", "advised", "flawed", "open", "done")
    return tuple(not getattr(counts, name) for name in names)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise ValueError
    if not FIRST_DAY.year <= int(text) <= LAST_DAY.year - 1:
        raise ValueError
    return int(text)


def _month(text: str) -> dt.date:
    day = dt.date.fromisoformat(f"{text}-01")
    if len(text) != 7 or not FIRST_DAY.year < day.year < LAST_DAY.year:
        raise ValueError
    return day


@staff("records.read")
def own_duties(request: HttpRequest) -> HttpResponse:
    """To the ledger of the own unit, or of one named."""
    query = parameters(request, {"don-vi": str})
    return redirect("office:duties_of", chosen_unit(request, query["don-vi"], "records.read").code)


def _ledger(
    request: HttpRequest, code: str, year: int | None, only: str = ""
) -> tuple[Ledger, int]:
    chosen = year or today().year
    first, last = dt.date(chosen, 1, 1), dt.date(chosen, 12, 31)
    ledger = duty_ledger(viewer_of(request), code, first, last, today(), only=only)
    name_at_hand(request, ledger.unit.id, ledger.unit.name)
    return ledger, chosen


@signed_in
def duties(request: HttpRequest, code: str) -> HttpResponse:
    """What the law asks of a unit in a year: done, late, next; the week to come; an absence."""
    query = parameters(
        request,
        {"nam": _year, "tinh-trang": [key for key, *_rest in FILTERS], "vang": day_of_text},
    )
    viewer, on = viewer_of(request), today()
    ledger, year = _ledger(request, code, query["nam"])
    wanted = next((name for key, name, _w in FILTERS if key == query["tinh-trang"]), None)
    shown = [line for line in ledger.lines if wanted is None or getattr(line.counts, wanted)]
    shown.sort(key=lambda line: (_has_ended(line, ledger.on), _urgency(line)))
    is_now = ledger.first <= on <= ledger.last
    monday, sunday = week_after(on)
    absent = query["vang"]
    off = ledger.calendar.why_off(absent) if absent else None
    next_days = coming(viewer, ledger, on, sunday) if is_now and not absent else []
    # What each tab holds, in duties and in occasions: the sentence above says the same numbers.
    held = {
        name: (
            sum(bool(getattr(line.counts, name)) for line in ledger.lines),
            getattr(ledger.counts, name),
        )
        for _key, name, _words in FILTERS
    }
    return render(
        request,
        "office/duties.html",
        {
            "ledger": ledger,
            "unit": ledger.unit,
            "year": year,
            "is_now": is_now,
            "held": held,
            "lines": [line_shown(line, ledger) for line in shown],
            "n_lines": len(ledger.lines),
            "filters": [(key, words, held[name][0]) for key, name, words in FILTERS],
            "filter": query["tinh-trang"] or "",
            "monday": monday,
            "sunday": sunday,
            "shows_next": is_now and not absent,
            "until_next_week": coming_shown([one for one in next_days if not one.is_done], on),
            "finished": coming_shown([one for one in next_days if one.is_done], on),
            "absent": absent,
            "absent_off": off,
            "broken": coming_shown(broken_by_absence(viewer, ledger, absent), on)
            if absent
            else None,
            "untracked": untracked_by_mode(ledger.untracked),
            "n_untracked": len(ledger.untracked),
            "has_below": ledger.unit.level in TOLD_FOR,
            "others": [one for one in (year - 1, year + 1) if FIRST_DAY.year < one <= on.year],
        },
    )


@signed_in
def duty(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """One duty of a unit: each time it was asked, with the records and how it was counted."""
    query = parameters(request, {"nam": _year})
    ledger, year = _ledger(request, code, query["nam"], only=key)
    line = line_of(ledger, key)
    told = Line(line.rule, tuple(one for one in line.instances if one.state != "ahead"))
    evidence = evidence_of(viewer_of(request), told)
    evidence.reverse()  # the newest first: that is what is looked for
    return render(
        request,
        "office/duty.html",
        {
            "ledger": ledger,
            "unit": ledger.unit,
            "year": year,
            "rule": line.rule,
            "title": rule_title(line.rule),
            "cited": rule_cited(line.rule),
            "basis": basis_words(line.rule),
            "rhythm": rhythm_words(line.rule),
            "shown": line_shown(line, ledger),
            "instances": [(instance_shown(one, ledger.on), kept) for one, kept in evidence],
        },
    )


@signed_in
def duties_month(request: HttpRequest, code: str) -> HttpResponse:
    """The month: by when what is to be done, and the days on which nobody works."""
    query = parameters(request, {"thang": _month})
    viewer, on = viewer_of(request), today()
    month = query["thang"] or on.replace(day=1)
    after = (month + dt.timedelta(days=32)).replace(day=1)
    last = after - dt.timedelta(days=1)
    ledger = duty_ledger(viewer, code, month, last, on)
    name_at_hand(request, ledger.unit.id, ledger.unit.name)
    items = coming_shown(coming(viewer, ledger, month, last), on)
    return render(
        request,
        "office/duties_month.html",
        {
            "ledger": ledger,
            "unit": ledger.unit,
            "month": month,
            "before": (month - dt.timedelta(days=1)).replace(day=1),
            "after": after,
            "weeks": weeks_of(month, items, ledger.calendar, on),
            "n_items": len(items),
        },
    )


@signed_in
def duties_file(request: HttpRequest, code: str) -> HttpResponse:
    """Days by which something is to be done, a year ahead, as a calendar file.

    Taken under the session of who is signed in: there is no secret address that would go on
    telling what a unit has not done after the person has left it.
    """
    parameters(request, {})
    viewer, on = viewer_of(request), today()
    last = on + AHEAD
    ledger = duty_ledger(viewer, code, on, last, on)
    found = coming(viewer, ledger, on, last)
    entries = []
    for one, item in zip(found, coming_shown(found, on), strict=True):
        if one.duty is not None and one.duty.state not in ("open", "ahead"):
            continue
        address = item.address or reverse("office:duties_of", args=[ledger.unit.code])
        what = item.key or item.address
        entries.append(
            CalendarDay(
                uid=f"{ledger.unit.public_id}-{what}-{one.day:%Y%m%d}@danchu",
                day=one.day,
                title=item.title,
                words=item.words,
                address=whole(request, address),
            )
        )
    name = gettext("Nghĩa vụ: %(unit)s") % {"unit": ledger.unit.name}
    answer = HttpResponse(
        calendar_file(name, entries, clock.now()), content_type="text/calendar; charset=utf-8"
    )
    plain = ledger.unit.code.replace("@", "-")
    answer["Content-Disposition"] = f'attachment; filename="nghia-vu-{plain}.ics"'
    return answer


@signed_in
def duties_of_below(request: HttpRequest, code: str) -> HttpResponse:
    """How the units below stand, rule by rule, with the units behind each count."""
    query = parameters(request, {"nam": _year, "nghia-vu": str, "tinh-trang": STANDINGS})
    on = today()
    year = query["nam"] or on.year
    found = duties_below(viewer_of(request), code, dt.date(year, 1, 1), dt.date(year, 12, 31), on)
    name_at_hand(request, found.unit.unit_id, found.unit.name)
    chosen = next((line for line in found.lines if line.rule.key == query["nghia-vu"]), None)
    standing = query["tinh-trang"]
    ahead = {"idle": _("kỳ chưa bắt đầu")} if year > on.year else {}
    standings = STANDING_WORDS | ahead
    return render(
        request,
        "office/duties_below.html",
        {
            "found": found,
            "unit": found.unit,
            "year": year,
            "lines": [
                (
                    line,
                    rule_title(line.rule),
                    rule_cited(line.rule),
                    basis_words(line.rule),
                    [(key, standings[key], n) for key, n in line.tally],
                    bool(line.standing("advised")),
                    len(line.units),
                )
                for line in found.lines
            ],
            "columns": [(key, standings[key]) for key in STANDINGS],
            "chosen": chosen,
            "chosen_title": rule_title(chosen.rule) if chosen else "",
            "standing": standing,
            "standings": standings,
            "standing_words": standings.get(standing or "", ""),
            "behind": (chosen.standing(standing) if standing else chosen.units) if chosen else (),
        },
    )
