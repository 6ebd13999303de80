"""Views that programs read, the API and the downloads: refusals as JSON, how often one may ask,
headers, compression."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

import brotli  # type: ignore[import-untyped]  # it ships no types
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from danchu.core.errors import BadInput, Refusal

from .access import Access
from .client_address import counted_address
from .encoding import accepted_encoding
from .rate import Buckets
from .refusals import status_of

log = logging.getLogger(__name__)
PROBLEM = "application/problem+json"
FRESH = 60  # seconds an answer may be kept by whoever asked
_SMALL = 500  # bytes not worth compressing
_READING = ("GET", "HEAD")

# One for the API and for the downloads: both are read by programs.
buckets = Buckets()


def open_to_programs(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view for everybody that is only read, by programs of other sites too.

    Counts requests by address, answers every refusal and failure as a problem in JSON (RFC 9457),
    sets no cookie, and lets pages of any origin read it: there is nothing here that not everybody
    may see, and no session is looked at.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.danchu_access = access  # type: ignore[attr-defined]  # read by context.page
        return _for_any_origin(_answered(view, request, args, kwargs))

    access = Access("public")
    guarded.danchu_access = access  # type: ignore[attr-defined]  # read by the tests of access
    return guarded


def _answered(view: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})
    if request.method not in _READING:
        answer = problem(
            405,
            "method",
            "Giao diện này chỉ để đọc, bằng GET.",
            "This interface is only read, with GET.",
        )
        answer["Allow"] = "GET, HEAD, OPTIONS"
        return answer
    seconds = buckets.wait(counted_address(request), settings.DANCHU_API_RATE)
    if seconds:
        answer = problem(
            429,
            "too_many",
            f"Hỏi quá nhiều lần trong một phút. Hỏi lại sau {seconds} giây.",
            f"Too many requests in a minute. Ask again in {seconds} seconds.",
        )
        answer["Retry-After"] = str(seconds)
        return answer
    try:
        _require_text(request, kwargs)
        request.method = "GET"  # of a HEAD the server sends the headers alone
        answer = view(request, *args, **kwargs)
    except Refusal as refusal:
        return refused(refusal)
    except Exception:  # a program gets an answer in JSON whatever failed, never a traceback
        # The path holds no personal data: there is none in this interface.
        log.exception("the API failed at %s", request.path)
        return problem(
            500,
            "failed",
            "Hệ thống gặp lỗi. Lỗi đã được ghi lại; hỏi lại sau ít phút.",
            "The system failed. The error was noted; ask again in some minutes.",
        )
    return _kept_for_a_while(request, answer)


def _require_text(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Refuse the one character no database takes."""
    given = [*kwargs.values(), *(v for name in request.GET for v in request.GET.getlist(name))]
    if any("\x00" in value for value in given if isinstance(value, str)):
        raise BadInput("Địa chỉ có ký tự không dùng được.", "The address holds a bad character.")


def require_known(request: HttpRequest, names: frozenset[str]) -> None:
    """Refuse parameters that were not asked for, and one given twice (SECURITY rule 12)."""
    for name in request.GET:
        if name not in names:
            known = ", ".join(sorted(names))
            raise BadInput(
                f"Không có tham số “{name[:40]}”. Có: {known or 'không có'}.",
                f"There is no parameter “{name[:40]}”. Known: {known or 'none'}.",
                field=name[:40],
            )
        if len(request.GET.getlist(name)) > 1:
            raise BadInput(
                f"Tham số “{name}” ghi nhiều lần.",
                f"The parameter “{name}” is given more than once.",
                field=name,
            )


def problem(
    status: int, code: str, detail_vi: str, detail_en: str, field: str = ""
) -> HttpResponse:
    """A refusal as JSON, in both languages: the address of the API belongs to neither."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail_vi": detail_vi,
        "detail_en": detail_en,
        "field": field,
    }
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM)
    answer["Cache-Control"] = "no-store"
    return answer


def refused(refusal: Refusal) -> HttpResponse:
    """A refusal of a selector as a problem with the status it deserves."""
    return problem(status_of(refusal), refusal.code, refusal.vi, refusal.en, refusal.field)


def _kept_for_a_while(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """An answer with its ETag, compressed as the asker takes it, or 304 where it has it already."""
    if not isinstance(answer, HttpResponse) or answer.status_code != 200:
        return answer
    if "no-store" in answer.get("Cache-Control", ""):
        return answer  # beside a list of people nothing is kept on the way
    body = answer.content
    encoding = accepted_encoding(request) if len(body) > _SMALL else ""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}{encoding and "-" + encoding}"'
    if etag in request.headers.get("If-None-Match", ""):
        answer = HttpResponse(status=304)
        del answer["Content-Type"]
    elif encoding:
        answer.content = (
            brotli.compress(body, quality=4)
            if encoding == "br"
            else gzip.compress(body, 5, mtime=0)
        )
        answer["Content-Encoding"] = encoding
    answer["ETag"] = etag
    answer["Vary"] = "Accept-Encoding"
    answer["Cache-Control"] = f"public, max-age={FRESH}"
    return answer


def _for_any_origin(answer: HttpResponseBase) -> HttpResponseBase:
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
