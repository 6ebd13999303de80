"""Addresses of the API: outside both languages, each guarded alike."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, re_path, reverse

from danchu import __version__
from danchu.core.accounts.installation import is_demonstration
from danchu.core.errors import NotFound
from danchu.reporting.figures.selectors import dictionary_number
from danchu.reporting.opendata.licence import licence
from danchu.web.design.programs import PROBLEM, open_to_programs, require_known

from . import figures, meanings, reports, units
from .api import BASE, api, operation
from .schemas import Index

__all__ = ["figures", "meanings", "reports", "units"]

app_name = "api"
DESCRIPTION = "openapi.json"


@operation("", Index, tag="index")
def index(request: HttpRequest) -> Any:
    """What this interface is and where its parts are."""
    terms = licence()
    parts = [
        "units",
        "unit-search",
        "periods",
        "indicators",
        "dictionary-versions",
        "figures",
        "stated-figures",
        "reports",
    ]
    return {
        "name": "danchu",
        "release": __version__,
        "dictionary_version": dictionary_number(),
        "licence": terms.name,
        "licence_address": terms.address,
        "demonstration": is_demonstration(),
        "links": [
            {"rel": "describedby", "href": BASE + DESCRIPTION},
            {"rel": "open-data", "href": reverse("portal:open_data")},
            *({"rel": part, "href": BASE + part} for part in parts),
        ],
    }


@cache
def description() -> bytes:
    """The OpenAPI document of this release; refusals are told as problems (RFC 9457)."""
    schema: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=BASE)))
    for methods in schema["paths"].values():
        for told in methods.values():
            for status, answer in told["responses"].items():
                if status != "200":
                    answer["content"] = {PROBLEM: answer["content"]["application/json"]}
    schema["info"]["license"] = {"name": licence().name, "url": licence().address}
    return json.dumps(schema, ensure_ascii=False, indent=1).encode()


def openapi(request: HttpRequest) -> HttpResponse:
    """The description of this interface."""
    require_known(request, frozenset())
    return HttpResponse(description(), content_type="application/json")


def nowhere(request: HttpRequest) -> HttpResponseBase:
    """No such part of the API, told as the API tells it."""
    raise NotFound(
        f"Giao diện không có địa chỉ này. Xem {BASE}{DESCRIPTION}.",
        f"The interface has no such address. See {BASE}{DESCRIPTION}.",
    )


def _guarded() -> list[URLPattern]:
    """ninja's own addresses, without its root, each view guarded."""
    made, _app, _namespace = api.urls
    return [
        path(str(one.pattern), open_to_programs(one.callback), name=one.name)
        for one in made
        if isinstance(one, URLPattern) and one.name != "api-root"
    ]


urlpatterns: list[URLPattern] = [
    path(DESCRIPTION, open_to_programs(openapi), name="openapi"),
    *_guarded(),
    re_path(r"^.*$", open_to_programs(nowhere), name="nowhere"),
]
