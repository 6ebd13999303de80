"""Following a board by e-mail: asking, confirming. Stopping is in ``one_click``."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from danchu.civic.disclosure.selectors.public import newest_lines
from danchu.core.clock import today
from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotFound, Refusal
from danchu.core.mail import mail_is_on
from danchu.core.subscriptions.services import MOST_LETTERS, confirm, subscribe, waiting_for
from danchu.core.units.selectors import UnitOnDay, units_by_ids
from danchu.web.design.access import public_form
from danchu.web.design.client_address import counted_address
from danchu.web.design.forms import DanchuForm
from danchu.web.design.parameters import parameters
from danchu.web.design.rate import DAY, Buckets

from .addresses import unit_part_address
from .board import require_known_to_all
from .places import place_of_today

# Of one network, in a minute and in a day; a village may share one address.
ASKING, ASKING_OF_DAY = 3, 40
asking, asking_of_day = Buckets(), Buckets(DAY)


class FollowBoardForm(DanchuForm):
    """One address. ``website`` is for machines that fill everything: people do not see it."""

    address = forms.CharField(
        label=_("Địa chỉ thư điện tử"),
        max_length=MOST_LETTERS,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


@public_form
@sensitive_post_parameters("address")
@sensitive_variables("form")
def board_mail(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The form, and after sending what to do next: the same for a known and an unknown address."""
    parameters(request, {})
    if not mail_is_on():
        raise NotFound("Không có trang này.", "There is no such page.")
    found = place_of_today(
        request, code, slug, lambda unit: unit_part_address("portal:board_mail", unit)
    )
    if isinstance(found, HttpResponseRedirectBase):
        return found
    there = newest_lines(NOBODY, unit_id=found.unit.id, limit=1)
    require_known_to_all(found.unit, shown_there=bool(there))
    context = {
        "place": found,
        "board_address": unit_part_address("portal:board", found.unit),
        "feed": unit_part_address("portal:board_feed", found.unit),
    }
    form = FollowBoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _not_too_often(request)
            if request.POST.get("website"):
                raise BadInput("Yêu cầu không hợp lệ.", "The request is not valid.")
            subscribe(
                unit_id=found.unit.id,
                address=form.cleaned_data["address"],
                language=get_language() or "vi",
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return render(request, "portal/board_mail_asked.html", context)
    status = 400 if form.errors else 200
    return render(request, "portal/board_mail.html", {**context, "form": form}, status=status)


@public_form
def mail_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of the first message leads: one button, for programs open links too."""
    parameters(request, {})
    if request.method == "POST":
        confirm(token)
        return HttpResponseRedirect(request.path)
    asked = waiting_for(token)
    unit = _unit(asked.unit_id)
    return render(
        request,
        "portal/board_mail_confirm.html",
        {
            "unit": unit,
            "confirmed": asked.confirmed_at is not None,
            "board_address": unit_part_address("portal:board", unit),
        },
    )


def _unit(unit_id: int) -> UnitOnDay:
    unit = units_by_ids([unit_id], today()).get(unit_id)
    if unit is None:
        raise NotFound("Không có trang này.", "There is no such page.")
    return unit


def _not_too_often(request: HttpRequest) -> None:
    address = counted_address(request)
    seconds = asking.wait(address, ASKING) or asking_of_day.wait(address, ASKING_OF_DAY)
    if seconds:
        raise Conflict(
            f"Gửi nhiều lần trong thời gian ngắn. Gửi lại sau {seconds} giây.",
            f"Sent many times in a short while. Send it again in {seconds} seconds.",
            code="too_often",
        )
