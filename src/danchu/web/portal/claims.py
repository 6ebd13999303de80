"""Saying that something made known is wrong, or an opinion on it; reading the answer.

No account and no name. Forms are pages of their own: the notice itself stays the same for
everybody (SECURITY rule 10). A flood is slowed by address; where much came, each address goes
slower still, and none is refused for what others sent.
"""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from danchu.civic.claims.counting import many_came_today
from danchu.civic.claims.models import Claim
from danchu.civic.claims.rules import CANCEL_NAMES, KIND_NAMES, LEAST, MOST, OUTCOME_NAMES
from danchu.civic.claims.selectors import followed
from danchu.civic.claims.services import refuse_telephone, send_claim
from danchu.civic.disclosure.selectors import notice as notice_of
from danchu.core.access_codes.services import new_token
from danchu.core.clock import today
from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, Refusal
from danchu.core.law.citing import cited
from danchu.core.units.selectors import UnitOnDay, unit_by_id, units_by_ids
from danchu.web.design.access import keeps_typed, public_form
from danchu.web.design.asking import AsksOnceMore
from danchu.web.design.client_address import counted_address
from danchu.web.design.forms import DanchuForm
from danchu.web.design.parameters import parameters
from danchu.web.design.rate import Buckets, Places

from .addresses import claim_address, notice_address

# Of one address in a minute; a village hall may share one.
SENDING, READING = 6, 20
# Of one address to one unit in an hour, and where many came today; a mobile network may hide a
# whole commune behind one, so nobody is made to wait for longer than that hour.
SENDING_OF_HOUR, SENDING_WHEN_MANY = 5, 1
sending, reading = Buckets(), Buckets()
of_hour, when_many = Places("claims"), Places("claims-many")
KINDS = {"chua-dung": Claim.Kind.WRONG, "gop-y": Claim.Kind.OPINION}


class ClaimForm(AsksOnceMore):
    """What is wrong. ``website`` is for machines that fill everything: people do not see it."""

    asked_by = "telephone"
    all_the_same = _("Để nguyên số điện thoại và gửi")

    kind = forms.ChoiceField(
        label=_("Muốn báo điều gì"),
        choices=[
            (Claim.Kind.WRONG, _("Thông tin này chưa đúng")),
            (Claim.Kind.OPINION, _("Góp ý về nội dung này")),
        ],
        widget=forms.RadioSelect(attrs={"class": "is-chips"}),
    )
    text = forms.CharField(
        label=_("Nội dung"),
        help_text=_(
            "Ghi rõ chỗ nào chưa đúng, đúng ra là thế nào, dựa vào đâu. Không ghi họ tên, số điện "
            "thoại, số căn cước của mình hay của người khác."
        ),
        min_length=LEAST,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class FollowForm(DanchuForm):
    """Code and PIN."""

    code = forms.CharField(
        label=_("Mã"),
        help_text=_("Tám chữ và số, ví dụ K7MP-4XQD. Chữ hoa hay chữ thường đều được."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    pin = forms.CharField(
        label=_("PIN"),
        help_text=_("Sáu số."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


@public_form
@keeps_typed
@sensitive_post_parameters("text")
@sensitive_variables("sent")
def claim_new(request: HttpRequest, code: str, slug: str, public_id: str) -> HttpResponse:
    """The form, and after sending the code and the PIN, shown this once."""
    asked = parameters(request, {"loai": tuple(KINDS)})
    about = notice_of(NOBODY, uuid.UUID(public_id))
    unit = _unit(about.unit_id, about.occurred_on)
    here = claim_address(unit, about.public_id)
    if request.path != here:
        return redirect(here, permanent=True)
    context: dict[str, Any] = {
        "notice": about,
        "unit": unit,
        "notice_address": notice_address(unit, about.public_id),
        "token": request.POST.get("token") or _token(request),
    }
    form = ClaimForm(
        request.POST or None, initial={"kind": KINDS.get(asked["loai"] or "chua-dung")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            _not_too_often(sending, request, SENDING)
            if not form.insists:  # asked before this counts for the hour
                refuse_telephone(form.cleaned_data["text"])
            _not_too_often_in_an_hour(request, about.public_id, unit)
            if request.POST.get("website"):
                raise BadInput("Yêu cầu không hợp lệ.", "The request is not valid.")
            sent = send_claim(
                about=about.public_id,
                kind=form.cleaned_data["kind"],
                text=form.cleaned_data["text"],
                token=request.POST.get("token") or "-",
                telephone=form.insists,
            )
        except Refusal as refusal:
            form.refuse(refusal)
            if refusal.code == "form_expired":
                context["token"] = _token(request)
        else:
            return render(request, "portal/claim_sent.html", {**context, "sent": sent})
    return render(request, "portal/claim.html", {**context, "form": form})


@public_form
@keeps_typed
@sensitive_post_parameters("code", "pin")
def claim_follow(request: HttpRequest) -> HttpResponse:
    """The answer to a claim, for who has its code and PIN."""
    parameters(request, {})
    form = FollowForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _not_too_often(reading, request, READING)
            found = followed(form.cleaned_data["code"], form.cleaned_data["pin"])
        except Refusal as refusal:
            form.refuse(refusal)
            status = 429 if refusal.code in ("locked", "too_often") else 200
        else:
            unit = _unit(found.about_unit_id, found.about_day)
            language = get_language() or "vi"
            return render(
                request,
                "portal/claim_answer.html",
                {
                    "claim": found,
                    "unit": unit,
                    "notice_address": notice_address(unit, found.about_id),
                    "kind": KIND_NAMES[found.kind].said(language),
                    "correction_address": found.correction
                    and notice_address(
                        _unit(found.correction.unit_id, found.correction.day),
                        found.correction.public_id,
                    ),
                    "cancelled": CANCEL_NAMES[found.cancelled_as].said(language)
                    if found.cancelled_as
                    else "",
                    "outcome": OUTCOME_NAMES[found.outcome].said(language) if found.outcome else "",
                    "basis": cited(found.rule).said(language) if found.rule else "",
                },
            )
    return render(request, "portal/claim_follow.html", {"form": form}, status=status)


def _unit(unit_id: int, then: Any) -> UnitOnDay:
    return units_by_ids([unit_id], today()).get(unit_id) or unit_by_id(unit_id, then)


def _token(request: HttpRequest) -> str:
    """That of this browser, which the cookie of its forms tells: who goes back and sends the same
    again gets the same code and PIN."""
    get_token(request)
    return new_token(of=str(request.META["CSRF_COOKIE"]))


def _not_too_often(buckets: Buckets, request: HttpRequest, rate: int) -> None:
    seconds = buckets.wait(counted_address(request), rate)
    if seconds:
        raise Conflict(
            f"Gửi nhiều lần trong thời gian ngắn. Gửi lại sau {seconds} giây; nội dung vừa nhập "
            "vẫn còn ở đây.",
            f"Sent many times in a short while. Send it again in {seconds} seconds; what was typed "
            "is still here.",
            code="too_often",
        )


def _not_too_often_in_an_hour(request: HttpRequest, about: uuid.UUID, unit: UnitOnDay) -> None:
    many = many_came_today(about, unit.id)
    address = f"{counted_address(request)} {unit.id}"
    if many:
        seconds = when_many.wait(address, SENDING_WHEN_MANY)
    else:
        seconds = of_hour.wait(address, SENDING_OF_HOUR)
    if seconds:
        minutes = -(-seconds // 60)
        raise Conflict(
            f"Đã nhận nhiều phản ánh từ cùng một mạng gửi tới {unit.name}. Gửi lại sau {minutes} "
            "phút, hoặc báo trực tiếp tại trụ sở; nội dung vừa nhập vẫn còn ở đây.",
            f"Much came from the same network to {unit.name}. Send it again in {minutes} minutes, "
            "or tell it at the office; what was typed is still here.",
            code="too_often",
        )
