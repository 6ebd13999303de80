"""Pages of signing in and of one's own account. The engine is allauth; the rules are its own."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.stagekit import clear_login
from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.adapter import get_adapter as second_factor
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from danchu.core.accounts import links
from danchu.core.accounts.models import Account
from danchu.core.accounts.selectors import own_roles
from danchu.core.clock import today
from danchu.core.errors import NotAllowed, NotFound, Refusal
from danchu.core.units.selectors import unit_names
from danchu.web.design.access import public_form, signed_in

from . import forms


class _OurPage:
    """A page of allauth in our look: its ``site`` must not hide what our templates call so."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context.pop("site", None)
        return context


class _SignIn(_OurPage, LoginView):  # type: ignore[misc]  # allauth carries no types
    template_name = "office/signin/sign_in.html"
    form_class = forms.SignInForm

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        # Opening this page begins anew: another person at the same counter, or a second factor
        # that was taken away meanwhile and whose code page would send back here for ever.
        clear_login(request)


class _SignOut(_OurPage, LogoutView):  # type: ignore[misc]
    template_name = "office/signin/sign_out.html"


class _Code(_OurPage, AuthenticateView):  # type: ignore[misc]
    template_name = "office/signin/code.html"
    form_class = forms.CodeForm


class _AgainByPassword(_OurPage, ReauthenticateView):  # type: ignore[misc]
    template_name = "office/signin/again.html"
    form_class = forms.AgainByPasswordForm


class _AgainByCode(_OurPage, CodeAgainView):  # type: ignore[misc]
    template_name = "office/signin/again.html"
    form_class = forms.AgainByCodeForm


class _Activate(_OurPage, ActivateTOTPView):  # type: ignore[misc]
    template_name = "office/signin/activate.html"
    form_class = forms.ActivateForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        # In groups, as one types it; ungrouped it is wider than a small phone.
        context["secret"] = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
        return context


class _Deactivate(_OurPage, DeactivateTOTPView):  # type: ignore[misc]
    template_name = "office/signin/deactivate.html"
    form_class = forms.DeactivateForm


class _Codes(_OurPage, ViewRecoveryCodesView):  # type: ignore[misc]
    template_name = "office/signin/codes.html"


class _NewCodes(_OurPage, GenerateRecoveryCodesView):  # type: ignore[misc]
    template_name = "office/signin/new_codes.html"
    form_class = forms.NewCodesForm


sign_in = public_form(_SignIn.as_view())
sign_out = public_form(_SignOut.as_view())
code = public_form(_Code.as_view())
again_by_password = signed_in(_AgainByPassword.as_view())
again_by_code = signed_in(_AgainByCode.as_view())
activate = signed_in(_Activate.as_view())
deactivate = signed_in(_Deactivate.as_view())
codes = signed_in(_Codes.as_view())
new_codes = signed_in(_NewCodes.as_view())


@signed_in
def qr(request: HttpRequest) -> HttpResponse:
    """The secret that is being set up, as a picture for the phone; of this session only."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise NotFound("Không có mã nào đang được thiết lập.", "There is no code being set up.")
    adapter = second_factor()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(drawn, content_type="image/svg+xml")


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: who, which roles until when, the second factor."""
    person = _person(request)
    roles = own_roles(person)
    units = unit_names([held.unit_id for held in roles], today())
    kinds = set(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
    return render(
        request,
        "office/signin/account.html",
        {
            "person": person,
            "roles": [
                (units[held.unit_id][1] if held.unit_id in units else "", held.role)
                for held in roles
            ],
            "has_second_factor": Authenticator.Type.TOTP in kinds,
            "has_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        },
    )


@signed_in
@sensitive_variables()
@sensitive_post_parameters()
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth carries no types
def password(request: HttpRequest) -> HttpResponse:
    """Setting one's own password, after giving the present one once more."""
    person = _person(request)
    form = forms.NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            links.set_password(
                actor=person, account_id=person.pk, password=form.cleaned_data["password"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            update_session_auth_hash(request, Account.objects.get(pk=person.pk))
            messages.success(request, _("Đã đổi mật khẩu. Các phiên khác đã bị đăng xuất."))
            return HttpResponseRedirect(reverse("office:account"))
    return render(request, "office/signin/password.html", {"form": form})


@public_form
@sensitive_variables()
@sensitive_post_parameters()
def one_time_link(request: HttpRequest, purpose: str, token: str) -> HttpResponse:
    """A link that works once: opening it spends nothing, setting the password does."""
    owner = links.owner_of_link(token, purpose)
    form = forms.NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            links.redeem_link(token=token, purpose=purpose, password=form.cleaned_data["password"])
        except NotFound:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã đặt mật khẩu. Đăng nhập bằng mật khẩu mới."))
            return HttpResponseRedirect(reverse("office:sign_in"))
    response = render(
        request,
        "office/signin/one_time_link.html",
        {"form": form, "owner": owner, "is_first": purpose == "welcome"},
    )
    # The address is the secret and goes to no other site. Not "no-referrer": browsers then send
    # "Origin: null" with the form, and the form is refused as forged.
    response["Referrer-Policy"] = "same-origin"
    patch_cache_control(response, no_store=True)
    return response


def _person(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise NotAllowed("Đăng nhập để mở trang này.", "Sign in to open this page.")
    return request.user
