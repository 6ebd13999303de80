"""Rà soát báo cáo cũ: taking a report in, and deciding each figure beside its words."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from danchu.core.clock import today
from danchu.core.errors import BadInput, Conflict, NotFound, Refusal
from danchu.core.files.services import read_within_limit
from danchu.core.units.selectors import units_by_ids
from danchu.reporting.reading.selectors import (
    DocumentLine,
    DocumentView,
    FigureView,
    document,
    documents,
)
from danchu.reporting.reading.services import (
    DocumentInput,
    confirm_figures,
    decide_figure,
    decide_finding,
    set_period,
    take_in_document,
)
from danchu.reporting.reading.units import unit_of_text
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.parameters import parameters
from danchu.web.design.refusals import status_of

from .periods import period_label
from .reading_forms import CorrectionForm, PeriodForm, TakeInForm
from .scope import chosen_unit
from .sent import client_key, whole_number

PER_PAGE = 25


@staff("readings.write", "readings.decide", "records.read")
def readings(request: HttpRequest) -> HttpResponse:
    """Reports taken in, and which still wait for decisions."""
    query = parameters(request, {"don-vi": str, "trang": int})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.read") if query["don-vi"] else None
    number = query["trang"] or 1
    lines, total = documents(
        viewer,
        unit_id=unit.id if unit else None,
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )
    return render(
        request,
        "office/readings.html",
        {
            "lines": lines,
            "units": _names(lines),
            "periods": {line.period_code: period_label(line.period_code) for line in lines},
            "page": Paginator(range(total), PER_PAGE).get_page(number),
            "may_write": viewer.may("readings.write"),
        },
    )


def _names(lines: list[DocumentLine]) -> dict[int, str]:
    """unit -> its name today, or the one it had on the day of its report."""
    names = {u.id: u.name for u in units_by_ids({x.unit_id for x in lines}, today()).values()}
    ended = {x.unit_id: x.event_date for x in lines if x.unit_id not in names and x.event_date}
    for day in set(ended.values()):
        then = units_by_ids([uid for uid, on in ended.items() if on == day], day)
        names |= {uid: unit.name for uid, unit in then.items()}
    return names


@staff("readings.write")
def reading_new(request: HttpRequest) -> HttpResponse:
    """Take a report in: a file, or pasted text."""
    query = parameters(request, {"don-vi": str})
    unit = chosen_unit(request, query["don-vi"], "readings.write")
    sent = request.method == "POST"
    form = TakeInForm(request.POST, request.FILES) if sent else TakeInForm()
    if sent and form.is_valid():
        data = form.cleaned_data
        given = data["given"]
        try:
            made = take_in_document(
                actor=viewer_of(request),
                unit_id=unit_of_text(viewer_of(request), data["unit_code"], unit.id),
                content=DocumentInput(
                    name=given.name if given else "",
                    data=read_within_limit(given) if given else None,
                    text=data["text"],
                    title=data["title"],
                    period_code=data["period_code"],
                    source_note=data["source_note"],
                    public=data["public"],
                ),
                client_key=client_key(request),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã đọc báo cáo. Xác nhận từng số bên dưới."))
            return redirect("office:reading", made.record.public_id)
    return render(
        request,
        "office/reading_new.html",
        {
            "form": form,
            "unit": unit,
            "client_key": request.POST.get("client_key") or uuid.uuid4(),
        },
        status=400 if form.errors else 200,
    )


@signed_in
def reading(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The marked text at left, the figures and findings at right."""
    query = parameters(request, {"sua": int})
    return _page(request, public_id, open_figure=query["sua"])


def _page(
    request: HttpRequest,
    public_id: uuid.UUID,
    *,
    open_figure: int | None = None,
    form: CorrectionForm | None = None,
    period_form: PeriodForm | None = None,
    refused: tuple[int, Refusal] | None = None,
) -> HttpResponse:
    """The page of a report; ``refused``: of which figure (0: of several) and why."""
    viewer = viewer_of(request)
    found = document(viewer, public_id)
    unit = units_by_ids([found.unit_id], found.event_date or today()).get(found.unit_id)
    may_decide = viewer.may("readings.decide", found.unit_id)
    chosen = next((f for f in found.figures if f.figure_id == open_figure), None)
    if chosen is not None and form is None and may_decide:
        form = CorrectionForm(
            initial={"key": chosen.decided_key or chosen.key, "amount": chosen.text.rstrip("%")}
        )
    wrong = {
        figure_id: one for one in reversed(found.disagreements) for figure_id in one.figure_ids[:1]
    }
    numbers = {f.figure_id: n for n, f in enumerate(found.figures, start=1)}
    return render(
        request,
        "office/reading.html",
        {
            "doc": found,
            "unit": unit,
            "period_label": period_label(found.period_code) if found.period_code else "",
            "numbers": numbers,
            "marks": _marks(found, numbers, open_figure),
            "figures": [(numbers[f.figure_id], f, wrong.get(f.figure_id)) for f in found.figures],
            "chosen": chosen,
            "form": form,
            "period_form": period_form or PeriodForm(initial={"period_code": found.period_code}),
            "refused_figure": refused[0] if refused else None,
            "refused": str(refused[1]) if refused else "",
            "may_decide": may_decide,
            "sure": [f for f in found.figures if f.decision == "pending" and f.level == "high"],
        },
        status=_status(form, period_form, refused),
    )


def _status(
    form: CorrectionForm | None,
    period_form: PeriodForm | None,
    refused: tuple[int, Refusal] | None,
) -> int:
    if refused:
        return status_of(refused[1])
    return 400 if (form and form.errors) or (period_form and period_form.errors) else 200


def _marks(
    found: DocumentView, numbers: dict[int, int], open_figure: int | None
) -> list[list[dict[str, Any]]]:
    """The text as paragraphs of marked stretches; a figure's number stands where it begins."""
    starts = {f.start: f.figure_id for f in reversed(found.figures)}
    by_id = {f.figure_id: f for f in found.figures}
    paragraphs: list[list[dict[str, Any]]] = [[]]
    for segment in found.segments:
        figure = by_id.get(segment.figure_ids[0]) if segment.figure_ids else None
        begins = starts.get(segment.start)
        for n, line in enumerate(segment.text.split("\n")):
            if n:
                paragraphs.append([])
            if not line:
                continue
            paragraphs[-1].append(
                {
                    "text": line,
                    "figure": figure,
                    "tone": _tone(figure, segment.finding_kind, open_figure),
                    "number": numbers[begins] if begins and n == 0 else None,
                    "id": begins if n == 0 else None,
                }
            )
    return [paragraph for paragraph in paragraphs if paragraph]


def _tone(figure: FigureView | None, finding: str, open_figure: int | None) -> str:
    if figure is None:
        return "lim" if finding == "limitation" else "find" if finding else ""
    if figure.figure_id == open_figure:
        return "at"
    return "lo" if figure.level != "high" and figure.decision == "pending" else "sure"


@staff("readings.decide")
def reading_decide(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Decide a figure, a finding, several figures at once, or the period."""
    viewer = viewer_of(request)
    found = document(viewer, public_id)
    if request.method != "POST":
        return redirect("office:reading", public_id)
    act = request.POST.get("viec", "")
    if act == "xac-nhan-het":
        ids = [whole_number(x) for x in request.POST.getlist("so")]
        try:
            count = confirm_figures(actor=viewer, document_id=found.record_id, figure_ids=ids)
        except (BadInput, Conflict) as refusal:
            return _page(request, public_id, refused=(0, refusal))
        messages.success(request, gettext("Đã xác nhận %(n)s số.") % {"n": count})
        return redirect("office:reading", public_id)
    if act == "ky":
        return _set_period(request, found)
    if act in ("giu-y", "bo-y"):
        decide_finding(
            actor=viewer,
            finding_id=_own(request.POST.get("y", ""), [f.finding_id for f in found.findings]),
            decision="confirmed" if act == "giu-y" else "rejected",
        )
        return redirect(reverse("office:reading", args=[public_id]) + "#nhan-xet")
    return _decide_figure(request, found, act)


def _set_period(request: HttpRequest, found: DocumentView) -> HttpResponse:
    form = PeriodForm(request.POST)
    if form.is_valid():
        try:
            set_period(actor=viewer_of(request), document_id=found.record_id, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã ghi kỳ báo cáo."))
            return redirect("office:reading", found.public_id)
    return _page(request, found.public_id, period_form=form)


def _own(text: str, ids: list[int]) -> int:
    number = whole_number(text)
    if number not in ids:
        raise NotFound("Không tìm thấy nội dung này.", "There is no such item.")
    return number


def _decide_figure(request: HttpRequest, found: DocumentView, act: str) -> HttpResponse:
    decisions = {"dung": "confirmed", "bo": "rejected", "sua": "corrected", "lai": "pending"}
    if act not in decisions:
        raise BadInput("Chọn cách xử lý số này.", "Choose what to do with this figure.")
    figure_id = _own(request.POST.get("so", ""), [f.figure_id for f in found.figures])
    form: CorrectionForm | None = None
    values: dict[str, Any] = {}
    if act == "sua":
        form = CorrectionForm(request.POST)
        if not form.is_valid():
            return _page(request, found.public_id, open_figure=figure_id, form=form)
        values = {
            "key": form.cleaned_data["key"],
            "amount": form.cleaned_data["amount"],
            "note": form.cleaned_data["note"],
        }
    try:
        decide_figure(
            actor=viewer_of(request),
            figure_id=figure_id,
            row_version=whole_number(request.POST.get("version", "")),
            decision=decisions[act],
            **values,
        )
    except Refusal as refusal:
        if form is None:
            if not isinstance(refusal, BadInput | Conflict):
                raise
            return _page(request, found.public_id, refused=(figure_id, refusal))
        form.refuse(refusal)
        return _page(request, found.public_id, open_figure=figure_id, form=form)
    order = [f.figure_id for f in found.figures]
    after = [f.figure_id for f in found.figures if f.decision == "pending"]
    following = [i for i in after if order.index(i) > order.index(figure_id)]
    target = following[0] if following and act != "lai" else figure_id
    return redirect(reverse("office:reading", args=[found.public_id]) + f"#so-{target}")
