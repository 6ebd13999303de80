"""The interface itself, and how an operation is added to it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from danchu.core.errors import BadInput, Refusal
from danchu.web.design.programs import refused, require_known

from .schemas import Problem

VERSION = "1.0.0"
BASE = "/api/v1/"
_ABOUT = """\
Public data of this installation about grassroots democracy (thực hiện dân chủ ở cơ sở): the map of
units in time, report periods, the dictionary of indicators, and the figures and papers of issued
reports. Read-only, without an account.

A value that is null is never nought: `state` says whether it was reported, confirmed to be nought,
not applicable or not reported. Counts under 5 in sensitive matters are not told (`withheld`).
Lists are in a stable order; follow `next` until it is null.
"""


class _Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="danchu",
    version=VERSION,
    description=_ABOUT,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    renderer=_Renderer(),
)

View = TypeVar("View", bound=Callable[..., Any])
_PROBLEMS = frozenset({400, 404, 405, 429, 500})


@api.exception_handler(Refusal)
def _refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return refused(refusal)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The first parameter that is wrong, by name; its value is not sent back."""
    first = error.errors[0] if error.errors else {}
    name = str(first.get("loc", ("",))[-1])[:40]
    is_day = str(first.get("type", "")).startswith("date")
    return refused(
        BadInput(
            f"Giá trị của “{name}” không dùng được"
            f"{'; ngày ghi dạng 2026-06-30' if is_day else ''}.",
            f"The value of “{name}” cannot be used"
            f"{'; days are written 2026-06-30' if is_day else ''}.",
            field=name,
        )
    )


def operation(path: str, answer: Any, *, tag: str) -> Callable[[View], View]:
    """Add a GET operation; its parameters are those of the function and no others.

    The first line of the docstring is its summary. An unknown parameter is a 400.
    """

    def decorate(view: View) -> View:
        names = frozenset(_names(view, path))

        @wraps(view)
        def only_known(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            require_known(request, names)
            return view(request, *args, **kwargs)

        # ninja would look the names of annotations up in this module.
        only_known.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
        api.get(
            path,
            response={200: answer, _PROBLEMS: Problem},
            operation_id=view.__name__,
            summary=(inspect.getdoc(view) or "").partition("\n")[0],
            tags=[tag],
            url_name=view.__name__,
        )(only_known)
        return view

    return decorate


def _names(view: Callable[..., Any], path: str) -> list[str]:
    found = []
    for name, parameter in inspect.signature(view, eval_str=True).parameters.items():
        if name == "request" or f"{{{name}}}" in path:
            continue
        described = getattr(parameter.annotation, "__metadata__", ())
        alias = next((one.alias for one in described if getattr(one, "alias", None)), None)
        found.append(alias or name)
    return found


def next_piece(request: HttpRequest, after: object, *, is_last: bool) -> str | None:
    """The address of the piece after this one: the same question, asked from ``after`` on."""
    if is_last:
        return None
    asked: Mapping[str, Any] = {**request.GET.dict(), "after": str(after)}
    return f"{request.path}?{urlencode(asked)}"
