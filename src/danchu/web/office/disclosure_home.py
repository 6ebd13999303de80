"""The page from which a unit's disclosures are reached: what it made known, and its papers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from danchu.civic.disclosure import selectors
from danchu.civic.disclosure.asked import KIND_ASKED, LOOKED_THROUGH
from danchu.core.clock import today
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.office_bar import name_at_hand
from danchu.web.design.parameters import parameters

from .scope import chosen_unit

PER_PAGE = 20
_HANGING = "dang-niem-yet"


@staff("records.read")
def disclosure_home(request: HttpRequest) -> HttpResponse:
    """The newest notices of a unit. Who discloses nothing of its own is led to what it oversees."""
    query = parameters(request, {"don-vi": str, "tinh-trang": (_HANGING,), "trang": int})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.read")
    name_at_hand(request, unit.id, unit.name, unit.valid_to)
    if unit.level in LOOKED_THROUGH:
        return redirect("office:disclosure_matrix", unit.code, str(today().year))
    if unit.level not in KIND_ASKED:
        return redirect("office:duties_of", unit.code)
    number = max(1, query["trang"] or 1)
    hanging = query["tinh-trang"] == _HANGING
    lines, total = selectors.notices(
        viewer,
        unit_id=unit.id,
        hanging=hanging,
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )
    return render(
        request,
        "office/disclosure_home.html",
        {
            "unit": unit,
            "lines": lines,
            "total": total,
            "hanging": hanging,
            "number": number,
            "has_more": number * PER_PAGE < total,
            "year": today().year,
            "may_write": viewer.may("records.write", unit.id),
            "is_commune": unit.level == "commune",
        },
    )
