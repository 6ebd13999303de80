"""Ghi việc: choosing what to write, and what was written."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danchu.civic.disclosure.rules import KIND_OF_LEVEL
from danchu.core.contracts import declared_findables
from danchu.core.records.selectors import visible_records
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters

from .scope import chosen_unit

KINDS = ("dialogue", "reception", "disclosure", "otherwork")
PER_PAGE = 25


@staff("records.write", "records.read")
def records(request: HttpRequest) -> HttpResponse:
    """What to write down, and the unit's newest records."""
    query = parameters(request, {"don-vi": str, "loai": KINDS, "trang": int})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.read")
    kinds = [query["loai"]] if query["loai"] else list(KINDS)
    found = visible_records(viewer, unit_id=unit.id, kinds=kinds).order_by("-occurred_on", "-pk")
    rows = found.values_list("pk", "kind", "state", "visibility", named=True)
    page = Paginator(rows, PER_PAGE).get_page(query["trang"] or 1)
    findables = declared_findables()
    shown: dict[int, tuple[str, str]] = {}
    for kind in kinds:
        ids = [row.pk for row in page if row.kind == kind]
        if ids:
            shown |= findables[kind].visible(viewer, ids)
    return render(
        request,
        "office/records.html",
        {
            "unit": unit,
            "kind": query["loai"] or "",
            "page": page,
            "lines": [
                (row, findables[row.kind], *shown[row.pk]) for row in page if row.pk in shown
            ],
            "may_write": viewer.may("records.write", unit.id),
            "may_disclose": unit.level in KIND_OF_LEVEL,
        },
    )
