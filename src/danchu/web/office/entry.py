"""The form of a round: a section of cells sent whole, or one cell by the script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from danchu.core.calendar.selectors import period_span
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput, Conflict, NotFound, Refusal
from danchu.core.units.selectors import UnitOnDay, unit_within
from danchu.reporting.rounds.asking_back import ask_for_return, asked_back
from danchu.reporting.rounds.entering import CellTaken, clear_value, enter_value, enter_zeros
from danchu.reporting.rounds.form import FormLine, FormView, form_at, form_of
from danchu.web.design.access import keeps_typed, staff, viewer_of
from danchu.web.design.forms import readable
from danchu.web.design.parameters import parameters
from danchu.web.design.refusals import status_of

from .cells import clock_text, named
from .entry_answers import comments_at, one_answer, save_answers
from .entry_shown import (
    NOT_APPLICABLE,
    Typed,
    Wrong,
    complaints_of,
    fields_of,
    row_of,
    theirs_in_words,
)
from .periods import period_label
from .sent import whole_number
from .words import section_name


@staff("reports.write", "submissions.submit")
@keeps_typed
def entry(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The form, section by section; it is sent a section, one cell, or names that were nought."""
    parameters(request, {})
    viewer = viewer_of(request)
    unit, form = asked_form(viewer, code, period)
    if request.method != "POST":
        return _page(request, unit, period, form)
    kind = request.POST.get("viec", "")
    if kind == "o":
        return _one_cell(request, unit, form)
    if kind == "tl":
        return one_answer(request, unit.id, form)
    if kind == "xin-lai":
        return _asked_back(request, unit, period, form)
    if kind == "khong":
        return _zeros(request, unit, period, form)
    return _section(request, unit, period, form)


def asked_form(viewer: Actor, code: str, period: str) -> tuple[UnitOnDay, FormView]:
    """The unit and its form of the period; ``NotFound`` where the viewer has none."""
    try:
        span = period_span(period)
        unit = unit_within(code, span.start, span.end)
        form = form_at(viewer, unit.id, period)
    except BadInput:  # the code is that of no period
        form = None
    if form is None:
        raise NotFound(
            "Kỳ này chưa có đợt báo cáo hỏi đơn vị.", "No round asks the unit for this period."
        )
    return unit, form


def _asked_back(request: HttpRequest, unit: UnitOnDay, period: str, form: FormView) -> HttpResponse:
    """Ask for the accepted version back; the page again where that was refused."""
    try:
        ask_for_return(
            actor=viewer_of(request),
            round_id=form.round_id,
            unit_id=unit.id,
            reason=readable(request.POST.get("ly-do", ""), "reason"),
        )
    except (BadInput, Conflict) as refused:
        return _page(request, unit, period, _again(request, unit, form), refused=refused)
    messages.success(request, gettext("Đã gửi đề nghị trả lại tới nơi mở đợt."))
    return redirect("office:entry", unit.code, period)


def _again(request: HttpRequest, unit: UnitOnDay, form: FormView) -> FormView:
    """The form as it stands after something was sent."""
    return form_of(viewer_of(request), form.round_id, unit.id) or form


def _page(
    request: HttpRequest,
    unit: UnitOnDay,
    period: str,
    form: FormView,
    *,
    wrong: Mapping[str, Wrong] | None = None,
    unsaid: Mapping[int, Refusal] | None = None,
    refused: Refusal | None = None,
    ticked: tuple[str, ...] = (),
) -> HttpResponse:
    viewer = viewer_of(request)
    wrong = wrong or {}
    unsaid = unsaid or {}
    every = [refused, *(found.refusal for found in wrong.values()), *unsaid.values()]
    failed = next((refusal for refusal in every if refusal), None)
    comments = comments_at(request, unit.id, form, unsaid)
    complaints = complaints_of(viewer, unit.id, form)
    lines = {line.key: line for line in form.lines}
    said = [(key, named(lines[key].meaning), c) for key, found in comments.items() for c in found]
    sections = [
        (
            section,
            section_name(section),
            [
                replace(
                    row_of(line, lines, wrong.get(line.key)),
                    said=comments.get(line.key, ()),
                    complaints=complaints.get(line.key, ()),
                )
                for line in found
            ],
            [line for line in found if line.may_be_zero],
        )
        for section, found in form.sections
    ]
    return render(
        request,
        "office/entry.html",
        {
            "unit": unit,
            "period": period,
            "label": period_label(period),
            "asked": form,
            "sections": sections,
            "from_halves": any(line.halves for line in form.lines),
            "before": period_label(form.last_year) if form.last_year else "",
            "may_write": form.takes_values and viewer.may("reports.write", unit.id),
            "may_submit": form.takes_values and viewer.may("submissions.submit", unit.id),
            "asks_back": form.accepted
            and form.closed_at is None
            and form.locked_after is None
            and viewer.may("submissions.submit", unit.id),
            "asked_back": asked_back(form.round_id, unit.id) if form.accepted else "",
            "why_back": request.POST.get("ly-do", ""),
            "wrong": [
                *((key, named(lines[key].meaning), str(w.refusal)) for key, w in wrong.items()),
                *((key, name, one.refused) for key, name, one in said if one.refused),
            ],
            "said": said,
            "outside": [
                (key, named(line.meaning)) for key, line in lines.items() if line.changed_from
            ],
            "outsiders": ", ".join(
                dict.fromkeys(line.changed_from for line in form.lines if line.changed_from)
            ),
            "refused": str(refused) if refused else "",
            "ticked": ticked,
        },
        status=status_of(failed) if failed else 200,
    )


def _typed(request: HttpRequest, key: str) -> tuple[Typed, str]:
    """What was sent for one cell, and the mark of what the person had been shown."""
    sent = request.POST
    now = Typed(
        sent.get(f"so.{key}", "").strip(),
        f"ka.{key}" in sent,
        sent.get(f"ly.{key}", "").strip(),
    )
    return now, sent.get(f"cu.{key}", "")


def _save(
    request: HttpRequest, unit: UnitOnDay, form: FormView, line: FormLine, now: Typed
) -> None:
    """Hand one cell to the service that keeps it."""
    readable(now.text, "amount")
    readable(now.reason, "reason")
    actor, key = viewer_of(request), line.key
    version = whole_number(request.POST.get(f"bv.{key}", ""))
    given: dict[str, Any] = {
        "actor": actor,
        "round_id": form.round_id,
        "unit_id": unit.id,
        "indicator": key,
        "row_version": version,
    }
    if now.not_applicable:
        # The number that was shown may still stand in its field; a new one beside it is refused.
        text = "" if now.text == line.text else now.text
        enter_value(**given, state=NOT_APPLICABLE, text=text, reason=now.reason)
    elif now.text:
        enter_value(**given, text=now.text, reason=now.reason)
    elif now.reason and not line.given:
        enter_value(**given, state="missing", reason=now.reason)
    else:
        clear_value(**given)


def _one_cell(request: HttpRequest, unit: UnitOnDay, form: FormView) -> HttpResponse:
    """Autosave: one cell in, a few words out."""
    key = request.POST.get("khoa", "")
    try:
        _save(request, unit, form, _line(form, key), _typed(request, key)[0])
    except CellTaken as refusal:
        line = _line(_again(request, unit, form), key)
        said = {"sentence": str(refusal), "theirs": theirs_in_words(refusal.theirs, line.meaning)}
        return JsonResponse({**said, **fields_of(line)}, status=409)
    except Refusal as refusal:
        told = {"sentence": str(refusal), "field": refusal.field}
        return JsonResponse(told, status=status_of(refusal))
    form = _again(request, unit, form)
    line = _line(form, key)
    # Only what is about this cell can have changed with it.
    complaints = complaints_of(viewer_of(request), unit.id, form).get(key, ())
    return JsonResponse(
        {
            "saved": clock_text(line.changed_at),
            "left": form.answered.missing,
            "complaints": [
                {"kind": c.kind, "todo": c.what_to_do, "says": c.says, "touches": c.touches}
                for c in complaints
            ],
            **fields_of(line),
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _line(form: FormView, key: str) -> FormLine:
    for line in form.lines:
        if line.key == key and line.entered:
            return line
    raise BadInput("Biểu này không có ô ấy.", "This form has no such cell.")


def _section(request: HttpRequest, unit: UnitOnDay, period: str, form: FormView) -> HttpResponse:
    """A whole section, as a browser without scripts sends it: what changed is saved."""
    section = request.POST.get("muc", "")
    take = request.POST.get("lay", "")  # of this cell the other officer's value is taken
    lines = dict(form.sections).get(section)
    if lines is None:
        raise BadInput("Biểu này không có mục ấy.", "This form has no such section.")
    wrong: dict[str, Wrong] = {}
    saved = 0
    for line in lines:
        now, shown = _typed(request, line.key)
        if not line.entered or f"so.{line.key}" not in request.POST:
            continue
        if now.mark == shown or line.key == take:
            continue
        try:
            _save(request, unit, form, line, now)
        except Refusal as refusal:
            wrong[line.key] = Wrong(now, request.POST.get(f"bv.{line.key}", ""), refusal)
        else:
            saved += 1
    answered, unsaid = save_answers(request, unit.id, form, {line.key for line in lines})
    saved += answered
    if saved:
        messages.success(
            request,
            ngettext("Đã lưu %(n)s ô.", "Đã lưu %(n)s ô.", saved) % {"n": saved},
        )
    if wrong or unsaid:
        form = _again(request, unit, form)
        return _page(request, unit, period, form, wrong=wrong, unsaid=unsaid)
    return _to(unit, period, section)


def _zeros(request: HttpRequest, unit: UnitOnDay, period: str, form: FormView) -> HttpResponse:
    """Cells confirmed by name as nought."""
    keys = request.POST.getlist("chi-tieu")
    try:
        count = enter_zeros(
            actor=viewer_of(request), round_id=form.round_id, unit_id=unit.id, keys=keys
        )
    except Refusal as refusal:
        form = _again(request, unit, form)
        return _page(request, unit, period, form, refused=refusal, ticked=tuple(keys))
    messages.success(
        request,
        ngettext("Đã xác nhận %(n)s chỉ tiêu bằng 0.", "Đã xác nhận %(n)s chỉ tiêu bằng 0.", count)
        % {"n": count},
    )
    return _to(unit, period, request.POST.get("muc", ""))


def _to(unit: UnitOnDay, period: str, section: str) -> HttpResponse:
    anchor = f"#muc-{section}" if section.isidentifier() else ""
    return redirect(reverse("office:entry", args=[unit.code, period]) + anchor)
