"""A change of the map: what happens, a dry run of everything it touches, the act, its receipts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.changes.models import MapChange, Receipt
from danchu.core.changes.planning import Plan, plan_map_change
from danchu.core.changes.selectors import (
    change_confirmed_on,
    changes_of,
    holders,
    map_change,
    receipts,
    units_of,
)
from danchu.core.changes.services import carry_out_map_change
from danchu.core.changes.withdrawing import may_withdraw, what_depends, withdraw_map_change
from danchu.core.clock import today
from danchu.core.contracts import Actor, Effect, Touched, declared_followings
from danchu.core.errors import NotFound, Refusal
from danchu.core.units.selectors import (
    Child,
    UnitOnDay,
    child_units,
    code_history,
    unit_by_id,
    unit_on,
    units_by_ids,
)
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.parameters import parameters
from danchu.web.design.refusals import status_of

from .unit_change_base import FEWEST_PARTS, MOST_PARTS, WAYS, ChangeForm, is_of_map, ways_of
from .unit_change_forms import MergeForm, MoveForm, NewNameForm, WithdrawForm
from .unit_split_form import SplitForm
from .units import unit_address

TREES = ("state", "party", "front", "union", "committee")
EFFECTS: dict[str, tuple[str, Any]] = {
    Effect.MOVES: ("wait", _("chuyển")),
    Effect.STAYS: ("idle", _("giữ nguyên")),
    Effect.ENDS: ("soon", _("kết thúc")),
    Effect.ADDED: ("done", _("thêm")),
    Effect.LEFT: ("late", _("còn phải làm")),
    Effect.BACK: ("done", _("trả lại")),
}
_MAP_VI, _MAP_EN = "Đơn vị trực thuộc, liên hệ", "Units below, contacts"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a change touches, as the page shows it."""

    tone: str
    effect: str
    text: str
    due_on: dt.date | None
    person: str


@dataclass(frozen=True, slots=True)
class Area:
    """What is touched in one room, with how many things are meant by each effect."""

    name: str
    counts: list[tuple[str, str, int]]
    lines: list[Line]


@signed_in
def unit_changes(request: HttpRequest, code: str) -> HttpResponse:
    """What can be done with a unit, and what was done before."""
    parameters(request, {})
    viewer = viewer_of(request)
    unit = _known(code)
    done = changes_of(viewer, unit.id)
    ways = ways_of(viewer, unit)
    if not done and not ways:
        raise _not_found(code)
    return render(
        request,
        "office/unit_changes.html",
        {
            "unit": unit,
            "address": unit_address(unit),
            "ways": [(word, *WAYS[word][1:]) for word in ways],
            "of_map": is_of_map(unit),
            "done": [(change, _title(change)) for change in done],
        },
    )


@staff("units.change")
def unit_change(request: HttpRequest, code: str, way: str) -> HttpResponse:
    """The form of one kind of change; sent, its dry run; confirmed, the change itself."""
    parameters(request, {})
    viewer = viewer_of(request)
    step = request.POST.get("viec", "")
    fingerprint = request.POST.get("dau-van", "") if step == "thuc-hien" else ""
    # Before anything is looked up: once it is done, the code may be nobody's.
    if done := _done_already(request, viewer, fingerprint):
        return done
    unit = unit_on(code, today())
    if way not in ways_of(viewer, unit):
        raise _not_found(code)
    form = _form(request, viewer, unit, way)
    if request.method != "POST" or step in ("sua", "them") or not form.is_valid():
        checked = request.method == "POST" and step not in ("sua", "them")
        return _form_page(request, unit, way, form, status=400 if checked else 200)
    stale = ""
    status = 200
    if fingerprint:
        try:
            made = carry_out_map_change(actor=viewer, wanted=form.wanted(), fingerprint=fingerprint)
        except Refusal as refusal:
            if done := _done_already(request, viewer, fingerprint):
                return done
            if refusal.code != "plan_changed":
                form.refuse(refusal)
                return _form_page(request, unit, way, form, status=status_of(refusal))
            stale, status = str(refusal), status_of(refusal)
        else:
            messages.success(request, gettext("Đã sắp xếp xong. Mỗi việc có một biên nhận."))
            return redirect("office:map_change", made.public_id)
    try:
        plan = plan_map_change(viewer=viewer, wanted=form.wanted())
    except Refusal as refusal:
        form.refuse(refusal)
        return _form_page(request, unit, way, form, status=status_of(refusal))
    return _plan_page(request, viewer, unit, way, form, plan, stale=stale, status=status)


@signed_in
def receipts_of_change(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What was done, with a receipt for each thing that was touched; sent, it is taken back."""
    parameters(request, {})
    viewer = viewer_of(request)
    change = map_change(viewer, public_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            withdraw_map_change(actor=viewer, public_id=public_id, reason=reason)
        except Refusal as refusal:
            form.refuse(refusal)
            return _change_page(request, viewer, change, form, status=status_of(refusal))
        messages.success(request, gettext("Đã rút lại. Mọi thứ trở về như trước lần sắp xếp."))
        return redirect("office:map_change", public_id)
    return _change_page(request, viewer, change, form, status=400 if form.errors else 200)


def _change_page(
    request: HttpRequest, viewer: Actor, change: MapChange, form: WithdrawForm, *, status: int
) -> HttpResponse:
    rows = receipts(viewer, change)
    done = [row for row in rows if not row.of_withdrawal]
    back = [row for row in rows if row.of_withdrawal]
    part = units_of(change)
    eve = change.on - dt.timedelta(days=1)
    before, after = units_by_ids(part.before, eve), units_by_ids(part.after, change.on)
    english = get_language() == "en"
    depends = what_depends(viewer, change)
    return render(
        request,
        "office/map_change.html",
        {
            "change": change,
            "title": _title(change),
            "before": [(u, unit_address(u)) for u in _in_order(before, part.before)],
            "after": []
            if change.withdrawn_at
            else [(u, unit_address(u)) for u in _in_order(after, part.after)],
            "gone": part.gone,
            "areas": _areas(viewer, done),
            "back": _areas(viewer, back),
            "left": sum(row.effect == Effect.LEFT for row in back or done),
            "form": form,
            "may_withdraw": may_withdraw(viewer, change),
            "depends": [item.text_en if english else item.text_vi for item in depends],
        },
        status=status,
    )


def _done_already(request: HttpRequest, viewer: Actor, fingerprint: str) -> HttpResponse | None:
    """Leads whoever confirms a dry run a second time to what was done the first time."""
    already = change_confirmed_on(viewer, fingerprint)
    if already is None:
        return None
    messages.info(request, gettext("Lần sắp xếp này đã được thực hiện từ trước."))
    return redirect("office:map_change", already.public_id)


def _known(code: str) -> UnitOnDay:
    """The unit that has the code today, else the last that had it."""
    try:
        return unit_on(code, today())
    except NotFound:
        history = code_history(code)
        if not history:
            raise
        return history[0]


def _form(request: HttpRequest, viewer: Actor, unit: UnitOnDay, way: str) -> ChangeForm:
    data = request.POST if request.method == "POST" else None
    common: dict[str, Any] = {"unit": unit, "way": way, "of_map": is_of_map(unit)}
    if way == "nhap":
        return MergeForm(data, siblings=_siblings(unit), **common)
    if way in ("chia", "tach"):
        parts = _number(request.POST.get("so-phan", ""))
        more = request.POST.get("viec") == "them"
        return SplitForm(data, below=_below(unit), parts=parts + more, **common)
    if way == "chuyen":
        return MoveForm(data, above=_other_parents(viewer, unit), **common)
    if way == "doi-ten":
        return NewNameForm(data, **common)
    return ChangeForm(data, **common)


def _number(text: str) -> int:
    given = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else FEWEST_PARTS
    return max(FEWEST_PARTS, min(given, MOST_PARTS))


def _siblings(unit: UnitOnDay) -> list[Child]:
    assert unit.parent_id is not None
    beside = child_units(unit.parent_id, today())
    return [child for child in beside if child.level == unit.level and child.id != unit.id]


def _below(unit: UnitOnDay) -> list[Child]:
    found = {child.id: child for tree in TREES for child in child_units(unit.id, today(), tree)}
    return list(found.values())


def _other_parents(viewer: Actor, unit: UnitOnDay) -> list[Child]:
    assert unit.parent_id is not None
    above = unit_by_id(unit.parent_id, today())
    if above.parent_id is None:
        return []
    return [
        child
        for child in child_units(above.parent_id, today())
        if child.level == above.level
        and child.id != above.id
        and viewer.may("units.change", child.id)
    ]


def _form_page(
    request: HttpRequest, unit: UnitOnDay, way: str, form: ChangeForm, *, status: int
) -> HttpResponse:
    if request.method == "POST" and status == 200:
        form.unjudged()
    return render(
        request,
        "office/unit_change.html",
        {
            "unit": unit,
            "way": way,
            "words": WAYS[way][1],
            "rule": WAYS[way][2],
            "form": form,
            "parts": form.n_parts if isinstance(form, SplitForm) else 0,
            "may_add": isinstance(form, SplitForm) and form.n_parts < MOST_PARTS,
            "no_parent": isinstance(form, MoveForm) and len(form.fields["parent_id"].choices) < 2,  # type: ignore[attr-defined]
        },
        status=status,
    )


def _plan_page(
    request: HttpRequest,
    viewer: Actor,
    unit: UnitOnDay,
    way: str,
    form: ChangeForm,
    plan: Plan,
    *,
    stale: str,
    status: int,
) -> HttpResponse:
    change = plan.change
    after = {
        heir.name
        for unit_id in change.units
        for heir in change.became[unit_id]
        if way != "giai-the"
    }
    return render(
        request,
        "office/unit_change_plan.html",
        {
            "unit": unit,
            "way": way,
            "words": WAYS[way][1],
            "plan": plan,
            "before": list(change.units.values()),
            "after": sorted(after),
            "doubts": [doubt.en if get_language() == "en" else doubt.vi for doubt in plan.doubts],
            "above": unit_by_id(plan.wanted.parent_id, change.on).name
            if plan.wanted.parent_id
            else "",
            "areas": _areas(viewer, plan.touched),
            "left": sum(item.effect == Effect.LEFT for item in plan.touched),
            "form": form,
            "parts": form.n_parts if isinstance(form, SplitForm) else 0,
            "is_ahead": change.on > today(),
            "stale": stale,
        },
        status=status,
    )


def _areas(viewer: Actor, items: Sequence[Touched | Receipt]) -> list[Area]:
    """What is touched, room by room in the order of the rooms; what is left to do comes first."""
    english = get_language() == "en"
    names = {"units": _MAP_EN if english else _MAP_VI}
    names |= {f.area: f.name_en if english else f.name_vi for f in declared_followings()}
    people = holders(viewer, items)
    found: dict[str, list[Touched | Receipt]] = {}
    for item in items:
        found.setdefault(item.area, []).append(item)
    areas = []
    for area, lines in found.items():
        lines.sort(key=lambda item: item.effect != Effect.LEFT)
        counts: dict[str, int] = {}
        for item in lines:
            counts[item.effect] = counts.get(item.effect, 0) + item.number
        areas.append(
            Area(
                name=names.get(area, area),
                counts=[(*_said(effect), number) for effect, number in counts.items()],
                lines=[
                    Line(
                        *_said(item.effect),
                        item.text_en if english else item.text_vi,
                        item.due_on,
                        people.get(item.account_id or 0, ""),
                    )
                    for item in lines
                ],
            )
        )
    return areas


def _said(effect: str) -> tuple[str, str]:
    tone, words = EFFECTS[effect]
    return tone, str(words)


def _title(change: MapChange) -> str:
    """What was done, in words; a split that kept the unit is told as one."""
    by_kind = {str(kind): str(words) for kind, words, _rule in reversed(WAYS.values())}
    if change.kind == "split":
        kept = change.units.filter(was=True, goes_on=True).exists()
        return str(WAYS["tach" if kept else "chia"][1])
    return by_kind.get(change.kind, change.kind)


def _in_order(found: dict[int, UnitOnDay], ids: Iterable[int]) -> list[UnitOnDay]:
    return [found[unit_id] for unit_id in ids if unit_id in found]


def _not_found(code: str) -> NotFound:
    return NotFound(
        f"Không tìm thấy đơn vị {code} trong phạm vi của tài khoản này.",
        f"There is no unit {code} within this account's scope.",
    )
