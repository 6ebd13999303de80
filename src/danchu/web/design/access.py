"""Who may open a page: every view declares it, or the route-walk test fails (SECURITY rule 2).

``@public`` pages are for everybody and hold no form; ``@public_form`` pages are for everybody
and may be sent; ``@signed_in`` and ``@staff("right")`` pages belong to the office. Each
decorator also turns a ``Refusal`` that the view lets through into a page with its sentence,
so a view only says what it does when things go well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, TypeVar

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.http.request import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_cache_control

from danchu.core.accounts.roles import RIGHTS
from danchu.core.contracts import NOBODY, Actor
from danchu.core.errors import BadInput, NotAllowed, Refusal

from .forms import UNREADABLE
from .refusals import method_refused, refused

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

SIGN_IN = "office:sign_in"
_READING = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declared about who may open it."""

    kind: Literal["public", "public_form", "signed_in", "staff"]
    rights: tuple[str, ...] = ()


def declared_access(view: Any) -> Access | None:
    """What the view declared, or None for a view that declared nothing."""
    found = getattr(view, "danchu_access", None)
    return found if isinstance(found, Access) else None


def viewer_of(request: HttpRequest) -> Actor:
    """The person who looks: the signed-in account, or ``NOBODY``.

    Pages of the citizens' face do not call this: they are the same for everybody and pass
    ``NOBODY``, so that they touch no session (SECURITY rule 10).
    """
    user = request.user
    if not user.is_authenticated:
        return NOBODY
    # The account itself, not Django's lazy wrapper: what is known of a person is kept on it.
    account: Actor = getattr(user, "_wrapped", user)
    return account


def public(view: View) -> View:
    """A page for everybody that is only read: any other method is refused, no session is read."""
    return _declare(view, Access("public"))


def public_form(view: View) -> View:
    """A page for everybody that may be sent (sign-in, a link that works once)."""
    return _declare(view, Access("public_form"))


def signed_in(view: View) -> View:
    """A page for any person who has signed in; the services below ask for the right."""
    return _declare(view, Access("signed_in"))


def keeps_typed(view: View) -> View:
    """Says of a view that all it takes of what is sent is asked for unreadable characters, by its
    forms or by :func:`~danchu.web.design.forms.readable`, and shown again. Stands under the
    decorator that says who may open it."""
    view.keeps_typed = True  # type: ignore[attr-defined]  # read when its access is declared
    return view


def staff(*rights: str) -> Callable[[View], View]:
    """A page for a person who holds one of ``rights`` over some unit.

    Which unit is asked by the service or the selector, next to the data. Raises
    ``ValueError`` at import for a right that does not exist.
    """
    unknown = [right for right in rights if right not in RIGHTS]
    if unknown or not rights:
        raise ValueError(f"not a right: {unknown or 'none given'}")

    def decorate(view: View) -> View:
        return _declare(view, Access("staff", rights))

    return decorate


def _declare(view: View, access: Access) -> View:
    keeps = getattr(view, "keeps_typed", False)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.danchu_access = access  # type: ignore[attr-defined]  # read by context.page
        if access.kind == "public" and request.method not in _READING:
            return method_refused(request)
        try:
            if access.kind in ("signed_in", "staff"):
                if not request.user.is_authenticated:
                    return _to_sign_in(request)
                if access.kind == "staff":
                    _require_one(viewer_of(request), access.rights)
            _require_text(request, keeps_typed=keeps)
            response = view(request, *args, **kwargs)
        except Refusal as refusal:
            response = refused(request, refusal)
        if access.kind != "public":
            patch_cache_control(response, private=True, no_store=True)
        return response

    guarded.danchu_access = access  # type: ignore[attr-defined]  # read by the tests of access
    return guarded  # type: ignore[return-value]


def _require_text(request: HttpRequest, *, keeps_typed: bool) -> None:
    """No form of ours sends a NUL, and PostgreSQL takes none in a text.

    A page that keeps what was typed gets a mark in its place, which forms refuse beside the field.
    """
    for given in (request.GET, request.POST):
        if not any("\x00" in value for _name, values in given.lists() for value in values):
            continue
        if given is request.GET or not keeps_typed:
            raise BadInput("Yêu cầu không hợp lệ.", "The request is not valid.")
        told = request.POST.copy()
        for name, values in request.POST.lists():
            told.setlist(name, [value.replace("\x00", UNREADABLE) for value in values])
        told._mutable = False
        request.POST = told  # type: ignore[assignment]  # as immutable as the one it replaces


def _require_one(viewer: Actor, rights: tuple[str, ...]) -> None:
    if any(viewer.may(right) for right in rights):
        return
    names_vi = " hoặc ".join(f"“{RIGHTS[right][0]}”" for right in rights)
    names_en = " or ".join(f"“{RIGHTS[right][1]}”" for right in rights)
    raise NotAllowed(
        f"Trang này cần quyền {names_vi}. Người quản trị của đơn vị cấp quyền này.",
        f"This page needs the right {names_en}. The administrator of the unit grants it.",
    )


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    try:
        address = reverse(SIGN_IN)
    except NoReverseMatch:
        return refused(
            request,
            NotAllowed("Đăng nhập để mở trang này.", "Sign in to open this page."),
        )
    # Only a page that can be opened again is a place to come back to.
    if request.method not in _READING:
        return HttpResponseRedirect(address)
    query = QueryDict(mutable=True)
    query["next"] = request.get_full_path()
    return HttpResponseRedirect(f"{address}?{query.urlencode(safe='/')}")
