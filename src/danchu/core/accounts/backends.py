"""Who may sign in, asked again on every request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend

from danchu.core import clock

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import Account


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth carries no types
    """Sign-in by e-mail and password, as long as the account is open and its last day not over.

    Django asks ``get_user`` for every request of a session, so a session ends by itself when
    the day is over.
    """

    def user_can_authenticate(self, user: Account) -> bool:
        """Whether this person may be signed in today."""
        return user.is_active and (user.last_day is None or clock.today() <= user.last_day)

    def _check_password(self, user: Account | None, password: str) -> Account | None:
        # allauth lets someone with the right password through to a page about closed accounts
        # by handing the person around the refusal; here a refusal is a refusal.
        found: Account | None = super()._check_password(user, password)
        self.unstash_authenticated_user()
        return found

    def get_user(self, user_id: int) -> Account | None:
        """The person of a session, or None when it is no longer to be."""
        user: Account | None = super().get_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used; rights come from roles over units."""
        return False


def attempted_email(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The address a sign-in was tried with, as lock-out counts it: lower case."""
    tried = (credentials or {}).get("email") or (credentials or {}).get("username")
    return str(tried or request.POST.get("login", "")).strip().lower()
