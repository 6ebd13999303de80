"""Forms of signing in, in our words; what they check is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgain
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.web.design.forms import DanchuForm

CODE_WIDGET = {"autocomplete": "one-time-code", "spellcheck": "false"}


class SignInForm(DanchuForm, LoginForm):  # type: ignore[misc]  # allauth carries no types
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(
            self,
            "login",
            forms.EmailField(
                label=_("Thư điện tử"),
                max_length=254,
                widget=forms.EmailInput({"autocomplete": "username", "spellcheck": "false"}),
                error_messages={
                    "required": _("Nhập địa chỉ thư điện tử."),
                    "invalid": _("Địa chỉ thư điện tử không đúng dạng."),
                },
            ),
        )
        _set(self, "password", _password(_("Mật khẩu"), "current-password"))
        self.order_fields(["login", "password"])


class AgainByPasswordForm(DanchuForm, PasswordAgain):  # type: ignore[misc]
    """The password once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "password", _password(_("Mật khẩu hiện tại"), "current-password"))


class CodeForm(DanchuForm, AuthenticateForm):  # type: ignore[misc]
    """The code of the second factor, or one of the recovery codes, after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "code", _code())


class AgainByCodeForm(DanchuForm, CodeAgain):  # type: ignore[misc]
    """The code once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "code", _code())


class ActivateForm(DanchuForm, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a phone, which shows that it holds the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(
            self,
            "code",
            forms.CharField(
                label=_("Mã 6 số đang hiện trên điện thoại"),
                max_length=12,
                widget=forms.TextInput({**CODE_WIDGET, "inputmode": "numeric"}),
                error_messages={"required": _("Nhập mã đang hiện trên điện thoại.")},
            ),
        )


class DeactivateForm(DanchuForm, DeactivateTOTPForm):  # type: ignore[misc]
    """Taking the second factor away."""


class NewCodesForm(DanchuForm, GenerateRecoveryCodesForm):  # type: ignore[misc]
    """New recovery codes in place of the old ones."""


class NewPasswordForm(DanchuForm):
    """A new password, typed twice: nobody can read it back."""

    password = forms.CharField(widget=forms.PasswordInput)
    again = forms.CharField(widget=forms.PasswordInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "password", _password(_("Mật khẩu mới"), "new-password"))
        self.fields["password"].help_text = _(
            "Ít nhất 10 ký tự. Một câu ngắn dễ nhớ tốt hơn một từ khó nhớ."
        )
        _set(self, "again", _password(_("Nhập lại mật khẩu mới"), "new-password"))

    def clean(self) -> dict[str, Any]:
        """Both fields must hold the same."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, second = cleaned.get("password"), cleaned.get("again")
        if first and second and first != second:
            self.add_error("again", _("Hai lần nhập không giống nhau. Nhập lại cả hai."))
        return cleaned


def _set(form: forms.Form, name: str, field: forms.Field) -> None:
    """Replace a field; allauth looks at its own while it makes a form, and Django keeps that."""
    form.fields[name] = field
    form._bound_fields_cache.pop(name, None)  # type: ignore[attr-defined]


def _password(label: Any, purpose: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=256,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": purpose}),
        error_messages={"required": _("Nhập mật khẩu.")},
    )


def _code() -> forms.CharField:
    return forms.CharField(
        label=_("Mã xác thực"),
        help_text=_("Mã 6 số trên điện thoại, hoặc một mã dự phòng."),
        max_length=32,
        widget=forms.TextInput(CODE_WIDGET),
        error_messages={"required": _("Nhập mã xác thực.")},
    )
