"""What the product is compared with: an empty view, and a bare template page with 25 ORM rows.

Both stand behind the same middleware as every page of the product.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danchu.core.records.models import Record

PER_PAGE = 25


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing: what the framework itself costs."""
    return HttpResponse(b"")


def rows(request: HttpRequest) -> HttpResponse:
    """A template that inherits, the signed-in person, a count, and 25 rows with their relations."""
    found = Record.objects.select_related("unit", "author").order_by("-pk")
    page = Paginator(found, PER_PAGE).get_page(1)
    return render(request, "bench/rows.html", {"page": page, "person": request.user})
