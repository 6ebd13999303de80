"""What allauth and axes ask of the installation: closed sign-up, sealed secrets, our sentences."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from danchu.core.accounts.models import Account
from danchu.core.errors import Conflict
from danchu.web.design.office_bar import address_of
from danchu.web.design.refusals import refused


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Accounts are made by administrators, and a sign-in says one thing for every failure."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "Thư điện tử hoặc mật khẩu không đúng, hoặc tài khoản không còn được đăng nhập."
        ),
        "incorrect_password": _("Mật khẩu không đúng."),
        "too_many_login_attempts": _("Nhập sai quá nhiều lần. Thử lại sau ít phút."),
        "rate_limited": _("Gửi quá nhiều lần trong thời gian ngắn. Thử lại sau ít phút."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people are added by the administrator of their unit."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: failed passwords are counted once, by axes."""

    def reauthenticate(self, user: Account, password: str) -> bool:
        """Whether this is the person's own password; a wrong one counts as a failed sign-in."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The officer's first page, in the language of the address."""
        return address_of("office:today") or reverse("office:account")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Back to signing in: at a counter the next colleague comes."""
        return reverse("office:sign_in")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No flash messages of allauth: the page that follows says where one is."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail server is assumed; links are handed over by administrators."""


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """Secrets of the second factor are sealed with the installation's key before they are kept."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Mã không đúng. Xem mã đang hiện trên điện thoại rồi nhập lại."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return _seal().decrypt(encrypted_text.encode()).decode()


def _seal() -> Fernet:
    key = hashlib.sha256(b"danchu second factor\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def locked_out(
    request: HttpRequest,
    original_response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page after five wrong passwords from one address: when to come back, and the way out."""
    response = refused(
        request,
        Conflict(
            "Nhập sai mật khẩu quá nhiều lần. Đăng nhập được trở lại sau 15 phút. "
            "Nếu quên mật khẩu, đề nghị người quản trị của đơn vị tạo đường dẫn đặt lại.",
            "Too many wrong passwords. You can sign in again in 15 minutes. If the password is "
            "forgotten, ask the administrator of your unit for a link to set a new one.",
        ),
    )
    response.status_code = 429
    return response
