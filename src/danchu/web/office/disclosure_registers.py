"""The register of a quarter: what was disclosed, how and when; looked at, then published."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from danchu.civic.disclosure import selectors, services
from danchu.civic.disclosure.printing import register_xlsx
from danchu.civic.disclosure.selectors import Quarter
from danchu.core.clock import today
from danchu.core.contracts import NOBODY
from danchu.core.documents.model import DEMONSTRATION_MARK
from danchu.core.errors import Refusal
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters

from .scope import chosen_unit
from .sent import client_key

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_QUARTERS = 5  # to choose from: this one and a year before it


@staff("records.write", "records.read")
def disclosure_register(request: HttpRequest) -> HttpResponse:
    """The register as everybody may see it, with what is read inside only counted."""
    query = parameters(request, {"don-vi": str, "quy": str})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.read")
    quarter = Quarter.read(query["quy"]) if query["quy"] else Quarter.of(today())
    refused = ""
    if request.method == "POST":
        try:
            made = services.publish_register(
                actor=viewer, unit_id=unit.id, quarter=quarter, client_key=client_key(request)
            )
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, gettext("Đã công khai danh mục; ghi nơi niêm yết danh mục."))
            return redirect("office:disclosure", made.record.public_id)
    register = selectors.register_of(NOBODY, unit.id, quarter)
    inside = selectors.register_of(viewer, unit.id, quarter)
    quarters = [Quarter.of(today())]
    while len(quarters) < _QUARTERS:
        quarters.append(quarters[-1].before)
    return render(
        request,
        "office/disclosure_register.html",
        {
            "unit": unit,
            "quarter": quarter,
            "quarters": quarters,
            "register": register,
            "n_inside": len(inside.lines) - len(register.lines),
            "published": selectors.registers_published(viewer, unit.id, quarter),
            "refused": refused,
            "may_write": viewer.may("records.write", unit.id),
            "client_key": uuid.uuid4(),
        },
        status=400 if refused else 200,
    )


@staff("records.write", "records.read")
def disclosure_register_file(request: HttpRequest) -> HttpResponse:
    """The register as everybody may see it, as a spreadsheet."""
    query = parameters(request, {"don-vi": str, "quy": str})
    unit = chosen_unit(request, query["don-vi"], "records.read")
    quarter = Quarter.read(query["quy"] or "")
    register = selectors.register_of(NOBODY, unit.id, quarter)
    mark = DEMONSTRATION_MARK if unit.is_demo else None
    answer = HttpResponse(register_xlsx(register, unit.name, demo_mark=mark), content_type=_XLSX)
    name = f"danh-muc-cong-khai-{unit.code}-{quarter.key}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
