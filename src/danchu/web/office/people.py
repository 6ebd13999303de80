"""People of a unit: who works there in which role until when, and links that work once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from danchu.core.accounts.links import PURPOSES, drop_second_factor, make_one_time_link
from danchu.core.accounts.selectors import PersonRow, RoleRow, people_of, roles_to_give
from danchu.core.accounts.services import add_person, end_access, end_role, grant_role
from danchu.core.clock import today
from danchu.core.errors import BadInput, NotFound, Refusal
from danchu.core.units.selectors import UnitOnDay, child_units
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters
from danchu.web.design.whole_address import whole

from .people_forms import EndingForm, PersonForm, RoleForm
from .sent import whole_number
from .unit_keeping import kept_unit

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class HandOver:
    """A link that works once, and whom it is for; shown on one page and kept nowhere."""

    name: str
    email: str
    address: str


def one_time_address(request: HttpRequest, purpose: str, token: str) -> str:
    """The whole address to hand over to the person."""
    return whole(request, reverse("office:one_time_link", args=[purpose, token]))


@staff("people.manage")
def people(request: HttpRequest) -> HttpResponse:
    """Who works in the unit, in which roles from when to when."""
    query = parameters(request, {"don-vi": str, "trang": int, "het-han": bool})
    unit = kept_unit(request, query["don-vi"], "people.manage")
    with_past = bool(query["het-han"])
    rows = people_of(viewer_of(request), unit.id, with_past=with_past)
    return render(
        request,
        "office/people.html",
        {
            "unit": unit,
            "page": Paginator(rows, PER_PAGE).get_page(query["trang"] or 1),
            "with_past": with_past,
            "below": child_units(unit.id, today()),
        },
    )


@staff("people.manage")
def person_new(request: HttpRequest) -> HttpResponse:
    """Add a person with a first role; who is new gets a link to set a password."""
    unit = _unit(request)
    actor = viewer_of(request)
    form = PersonForm(
        request.POST or None,
        roles=roles_to_give(actor, unit.id),
        initial={"valid_from": today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            added = add_person(actor=actor, unit_id=unit.id, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if added.created:
                return _hand_over(request, unit, added.account.pk, "welcome")
            messages.success(
                request,
                gettext("%(name)s đã có tài khoản; đã cấp vai trò.") % {"name": added.account.name},
            )
            return _to_person(unit, added.account.pk)
    return render(
        request,
        "office/person_new.html",
        {"unit": unit, "form": form},
        status=400 if form.errors else 200,
    )


@staff("people.manage")
def person(request: HttpRequest, account_id: int) -> HttpResponse:
    """One person: the roles over this unit, and what can be done about them."""
    unit = _unit(request)
    return _person_page(request, unit, _person(request, unit, account_id))


@staff("people.manage")
def person_act(request: HttpRequest, account_id: int) -> HttpResponse:
    """Give a role, end one, end all, make a link, take a lost second factor away."""
    unit = _unit(request)
    found = _person(request, unit, account_id)
    if request.method != "POST":
        return _to_person(unit, account_id)
    act = _ACTS.get(request.POST.get("viec", ""))
    if act is None:
        raise BadInput("Yêu cầu không hợp lệ.", "The request is not valid.")
    return act(request, unit, found)


def _give(request: HttpRequest, unit: UnitOnDay, found: PersonRow) -> HttpResponse:
    actor = viewer_of(request)
    form = RoleForm(request.POST, roles=roles_to_give(actor, unit.id))
    if form.is_valid():
        try:
            grant_role(
                actor=actor, account_id=found.account_id, unit_id=unit.id, **form.cleaned_data
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã cấp vai trò."))
            return _to_person(unit, found.account_id)
    return _person_page(request, unit, found, give_form=form)


def _end_role(request: HttpRequest, unit: UnitOnDay, found: PersonRow) -> HttpResponse:
    grant_id = whole_number(request.POST.get("vai-tro", ""))
    if all(role.grant_id != grant_id for role in found.roles):
        raise NotFound("Không tìm thấy vai trò này.", "There is no such role.")
    form = EndingForm(request.POST, prefix=f"r{grant_id}")
    if form.is_valid():
        try:
            end_role(actor=viewer_of(request), grant_id=grant_id, last_day=form.last_day)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã ghi ngày thôi vai trò."))
            return _to_person(unit, found.account_id)
    return _person_page(request, unit, found, end_forms={grant_id: form})


def _end_access(request: HttpRequest, unit: UnitOnDay, found: PersonRow) -> HttpResponse:
    form = EndingForm(request.POST, prefix="all")
    if form.is_valid():
        try:
            count = end_access(
                actor=viewer_of(request), account_id=found.account_id, last_day=form.last_day
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request,
                gettext("%(name)s thôi quyền từ ngày %(day)s; %(n)s vai trò kết thúc.")
                % {
                    "name": found.name,
                    "day": f"{form.cleaned_data['from_day']:%d/%m/%Y}",
                    "n": count,
                },
            )
            return redirect(f"{reverse('office:people')}?don-vi={unit.code}")
    return _person_page(request, unit, found, access_form=form)


def _make_link(request: HttpRequest, unit: UnitOnDay, found: PersonRow) -> HttpResponse:
    purpose = "reset" if found.has_signed_in else "welcome"
    try:
        return _hand_over(request, unit, found.account_id, purpose)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _to_person(unit, found.account_id)


def _drop_factor(request: HttpRequest, unit: UnitOnDay, found: PersonRow) -> HttpResponse:
    try:
        dropped = drop_second_factor(actor=viewer_of(request), account_id=found.account_id)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        if dropped:
            messages.success(request, gettext("Đã bỏ lớp xác thực thứ hai của người này."))
        else:
            messages.info(request, gettext("Người này chưa bật lớp xác thực thứ hai."))
    return _to_person(unit, found.account_id)


_ACTS: dict[str, Callable[[HttpRequest, UnitOnDay, PersonRow], HttpResponse]] = {
    "cap": _give,
    "thoi": _end_role,
    "thoi-het": _end_access,
    "duong-dan": _make_link,
    "bo-xac-thuc": _drop_factor,
}


def _unit(request: HttpRequest) -> UnitOnDay:
    return kept_unit(request, parameters(request, {"don-vi": str})["don-vi"], "people.manage")


def _person(request: HttpRequest, unit: UnitOnDay, account_id: int) -> PersonRow:
    """The person, if they hold or held a role over exactly this unit; else ``NotFound``."""
    for row in people_of(viewer_of(request), unit.id, with_past=True):
        if row.account_id == account_id:
            return row
    raise NotFound("Không tìm thấy người này.", "There is no such person.")


def _to_person(unit: UnitOnDay, account_id: int) -> HttpResponse:
    return redirect(f"{reverse('office:person', args=[account_id])}?don-vi={unit.code}")


def _person_page(
    request: HttpRequest,
    unit: UnitOnDay,
    found: PersonRow,
    *,
    give_form: RoleForm | None = None,
    access_form: EndingForm | None = None,
    end_forms: dict[int, EndingForm] | None = None,
) -> HttpResponse:
    viewer, day = viewer_of(request), today()
    is_self = viewer.actor_id == found.account_id
    givable = {tree: roles_to_give(viewer, unit.id, tree) for tree in _trees(found)}
    tomorrow = {"from_day": day + dt.timedelta(days=1)}
    wrong = [form for form in (give_form, access_form, *(end_forms or {}).values()) if form]

    def ending(role: RoleRow) -> EndingForm | None:
        lasts = role.valid_to is None or role.valid_to >= day
        if is_self or not lasts or role.role not in {r.key for r in givable[role.tree]}:
            return None
        return (end_forms or {}).get(role.grant_id) or EndingForm(
            initial=tomorrow, prefix=f"r{role.grant_id}"
        )

    lines = [(role, ending(role)) for role in found.roles]
    return render(
        request,
        "office/person.html",
        {
            "unit": unit,
            "person": found,
            "is_self": is_self,
            "lines": lines,
            "may_end": any(form is not None for _role, form in lines),
            "give_form": None
            if is_self or not givable["state"]
            else give_form or RoleForm(roles=givable["state"], initial={"valid_from": day}),
            "access_form": access_form or EndingForm(initial=tomorrow, prefix="all"),
            "form": wrong[0] if wrong else None,  # what was refused: the page's title says so
        },
        status=400 if wrong else 200,
    )


def _trees(found: PersonRow) -> set[str]:
    return {"state"} | {role.tree for role in found.roles}


def _hand_over(
    request: HttpRequest, unit: UnitOnDay, account_id: int, purpose: str
) -> HttpResponse:
    """The page with the link, as the answer itself: the link stands in no address or cookie."""
    token = make_one_time_link(actor=viewer_of(request), account_id=account_id, purpose=purpose)
    found = _person(request, unit, account_id)
    link = HandOver(found.name, found.email, one_time_address(request, purpose, token))
    return handed_over(request, unit, [link], purpose)


def handed_over(
    request: HttpRequest,
    unit: UnitOnDay,
    links: list[HandOver],
    purpose: str,
    **more: Any,
) -> HttpResponse:
    """Links, shown this once, each with the person it is for."""
    life = PURPOSES[purpose]
    response = render(
        request,
        "office/person_links.html",
        {
            "unit": unit,
            "links": links,
            "days": life.days if life.days > 1 else 0,
            "hours": int(life.total_seconds()) // 3600,
            "is_first": purpose == "welcome",
            **more,
        },
    )
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    return response
