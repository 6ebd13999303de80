"""The register of a quarter: looked at, confirmed on a page that shows it, then published."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.civic.disclosure import selectors, services
from danchu.civic.disclosure.printing import register_document, register_xlsx
from danchu.civic.disclosure.quarters import still_runs
from danchu.civic.disclosure.selectors import Quarter
from danchu.core.clock import today
from danchu.core.contracts import NOBODY
from danchu.core.documents.model import DEMONSTRATION_MARK
from danchu.core.errors import Refusal
from danchu.core.units.selectors import UnitOnDay
from danchu.reporting.reviews.papers import state_paper
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.asking import AsksOnceMore
from danchu.web.design.parameters import parameters

from .disclosure_files import FORMATS, file_answer
from .scope import chosen_unit
from .sent import client_key, next_key

_QUARTERS = 5  # to choose from: this one and a year before it


class PublishForm(AsksOnceMore):
    """The number of the register that is published, where it has one already."""

    all_the_same = _("Vẫn công khai danh mục trước khi hết quý")

    number = forms.CharField(
        label=_("Số, ký hiệu thông báo"),
        max_length=80,
        required=False,
        help_text=_("Nếu đã lấy số, ví dụ 15/TB-UBND; có thể để trống."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "is-number"}),
    )


@staff("records.write", "records.read")
def disclosure_register(request: HttpRequest) -> HttpResponse:
    """The register of a quarter: as it was published, or as it would be."""
    query = parameters(request, {"don-vi": str, "quy": str})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.read")
    quarter = Quarter.read(query["quy"]) if query["quy"] else Quarter.of(today())
    published = selectors.published_register(viewer, unit.id, quarter)
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
            "register": selectors.register_of(NOBODY, unit.id, quarter),
            "published": published,
            "paper": selectors.paper(viewer, published.public_id) if published else None,
            "n_inside": selectors.n_read_inside(viewer, unit.id, quarter),
            "may_publish": viewer.may("records.write", unit.id) and unit.level == "commune",
            "is_running": still_runs(quarter.end),
        },
    )


@staff("records.write")
def disclosure_register_publish(request: HttpRequest) -> HttpResponse:
    """What will be published, with the button that publishes exactly that."""
    query = parameters(request, {"don-vi": str, "quy": str})
    unit = chosen_unit(request, query["don-vi"], "records.write")
    quarter = Quarter.read(query["quy"] or "")
    form = PublishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.publish_register(
                actor=viewer_of(request),
                unit_id=unit.id,
                quarter=quarter,
                seen=request.POST.get("seen", ""),
                number=form.cleaned_data["number"],
                client_key=client_key(request),
                early=form.insists,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request,
                gettext("Đã công khai danh mục. Ghi nơi niêm yết và ngày gửi Mặt trận Tổ quốc."),
            )
            return redirect("office:disclosure_paper", made.record.public_id)
    register = selectors.register_of(NOBODY, unit.id, quarter)
    return render(
        request,
        "office/disclosure_register_publish.html",
        {
            "unit": unit,
            "quarter": quarter,
            "register": register,
            "n_short": sum(line.incomplete for line in register.lines),
            "published": selectors.published_register(viewer_of(request), unit.id, quarter),
            "is_running": still_runs(quarter.end),
            "n_inside": selectors.n_read_inside(viewer_of(request), unit.id, quarter),
            "form": form,
            "client_key": next_key(request, form),
        },
        status=400 if form.errors else 200,
    )


@staff("records.write", "records.read")
def disclosure_register_file(request: HttpRequest) -> HttpResponse:
    """The register as everybody may see it: as published, else as it stands, to be signed."""
    query = parameters(request, {"don-vi": str, "quy": str, "dang": FORMATS})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.read")
    quarter = Quarter.read(query["quy"] or "")
    published = selectors.published_register(viewer, unit.id, quarter)
    if published is not None:
        return register_file(
            unit, quarter, published.table, query["dang"] or "xlsx", number=published.number
        )
    register = selectors.register_of(NOBODY, unit.id, quarter)
    return register_file(unit, quarter, register.as_table(), query["dang"] or "xlsx")


def register_file(
    unit: UnitOnDay, quarter: Quarter, table: dict[str, object], fmt: str, *, number: str = ""
) -> HttpResponse:
    """The lines of a register as a file to take away."""
    name = f"danh-muc-cong-khai-{unit.code}-{quarter.key}"
    if fmt == "xlsx":
        mark = DEMONSTRATION_MARK if unit.is_demo else None
        return file_answer(register_xlsx(quarter, table, unit.name, demo_mark=mark), name, fmt)
    paper = state_paper(unit, today(), kind="THÔNG BÁO", sign="TB")
    return file_answer(register_document(paper, quarter, table, number=number), name, fmt)
