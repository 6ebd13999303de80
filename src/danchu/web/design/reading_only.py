"""What is only read refuses everything else by itself, before forms are asked for their token."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from .access import declared_access

_READING = ("GET", "HEAD", "OPTIONS", "TRACE")


class ReadOnlyPages:
    """Middleware, before the one that asks for the token of a form.

    A ``@public`` view takes no form and answers any other method with 405 and ``Allow``; asked
    for a token first, it would answer 403 and tell of a right that nobody needs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the rest of the house."""
        return self._get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> HttpResponseBase | None:
        """The view's own refusal of a method that does not read; else None."""
        access = declared_access(view)
        if access is None or access.kind != "public" or request.method in _READING:
            return None
        return view(request, *args, **kwargs)
