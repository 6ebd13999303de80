"""Requests from above: taken in, mapped on the form itself, filled, compared."""

from __future__ import annotations

import uuid
from fractions import Fraction

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.errors import BadInput, Conflict, Refusal
from danchu.core.files.services import read_within_limit
from danchu.core.units.selectors import unit_at_last
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.requests.documents import is_document
from danchu.reporting.requests.filling import LAYERS, CellLine, shown
from danchu.reporting.requests.models import OfPeriod, Request
from danchu.reporting.requests.receivers import AnswerDifference, compared, receivers_of
from danchu.reporting.requests.selectors import (
    answers_of,
    layers_with_values,
    lines_and_layer,
    request_at,
    requests_of,
)
from danchu.reporting.requests.sending import ReceiverInput, add_receiver, note_sent
from danchu.reporting.requests.services import (
    RequestInput,
    answer_request,
    cancel_request,
    take_in_request,
)
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.parameters import parameters
from danchu.web.design.refusals import status_of

from .periods import period_label
from .request_forms import CancelForm, ReceiverForm, RequestForm, SentForm
from .request_mapping import PERIOD_NAMES, WHAT_NAMES, indicator_name, place_name
from .scope import chosen_unit
from .sent import client_key, whole_number

PER_PAGE = 25
LAYER_NAMES = {
    "issued": _("Báo cáo đã ban hành"),
    "recorded": _("Hồ sơ gốc"),
    "stated": _("Báo cáo đã công bố"),
    "reported": _("Số đã nộp"),
}


@staff("reports.read", "reports.write")
def requests(request: HttpRequest) -> HttpResponse:
    """The requests to the own unit, the open ones first."""
    query = parameters(request, {"don-vi": str, "trang": int})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "reports.read")
    number = query["trang"] or 1
    lines, total = requests_of(viewer, unit.id, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return render(
        request,
        "office/requests.html",
        {
            "unit": unit,
            "lines": lines,
            "page": Paginator(range(total), PER_PAGE).get_page(number),
            "may_write": viewer.may("reports.write", unit.id),
        },
    )


@staff("reports.write")
def request_new(request: HttpRequest) -> HttpResponse:
    """Take a request in with its form."""
    query = parameters(request, {"don-vi": str})
    unit = chosen_unit(request, query["don-vi"], "reports.write")
    sent = request.method == "POST"
    form = RequestForm(request.POST, request.FILES) if sent else RequestForm()
    if sent and form.is_valid():
        data = form.cleaned_data
        try:
            made = take_in_request(
                actor=viewer_of(request),
                unit_id=unit.id,
                content=RequestInput(
                    title=data["title"],
                    sender=data["sender"],
                    period_code=data["period_code"],
                    due_at=form.due_at,
                    letter_number=data["letter_number"],
                    letter_day=data["letter_day"],
                    note=data["note"],
                ),
                data=read_within_limit(data["given"]),
                name=data["given"].name or "",
                client_key=client_key(request),
            )
        except Refusal as refusal:
            refusal.field = "given" if refusal.field == "file" else refusal.field
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã nhận biểu mẫu."))
            return redirect("office:request", made.record.public_id)
    return render(
        request,
        "office/request_new.html",
        {
            "form": form,
            "unit": unit,
            "client_key": request.POST.get("client_key") or uuid.uuid4(),
        },
        status=400 if form.errors else 200,
    )


@signed_in
def request(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What is asked, what would be filled in, what was given to whom; fill, note, add, cancel."""
    query = parameters(request, {"nguon": LAYERS})
    viewer = viewer_of(request)
    found = request_at(viewer, public_id)
    sent = request.POST if request.method == "POST" else None
    cancel = CancelForm(sent if sent and "huy" in sent else None)
    more = ReceiverForm(sent if sent and "them" in sent else None)
    sendings: dict[int, SentForm] = {}
    if sent and "gui" in sent:
        number = whole_number(sent["gui"])
        sendings[number] = SentForm(sent, prefix=f"ban-{number}")
    refused: Refusal | None = None
    if sent is not None:
        try:
            done = _act(request, found, cancel, more, sendings)
        except (BadInput, Conflict) as refusal:
            if more.is_bound and refusal.field in more.fields:
                more.refuse(refusal)
            else:
                refused = refusal
        else:
            if done:
                return redirect(done)
    lines, usual = lines_and_layer(viewer, found)
    layers = layers_with_values(lines)
    layer = query["nguon"] or usual
    receiver, others = receivers_of(viewer, found)
    is_wrong = any(form.errors for form in (cancel, more, *sendings.values()))
    return render(
        request,
        "office/request.html",
        {
            "found": found,
            "unit": unit_at_last(found.unit_id, found.period.end),
            "label": period_label(found.period.code),
            "in_word": is_document(found),
            "lines": [(line, _line_place(line), _line_name(line)) for line in lines[layer]],
            "layer": layer,
            "layers": [(code, LAYER_NAMES[code], n) for code, n in layers],
            "answers": [
                (a, LAYER_NAMES[a.layer], sendings.get(a.number) or SentForm.of(a.number))
                for a in answers_of(viewer, found)
            ],
            "receiver": receiver,
            "others": others,
            "may_write": found.state != Request.State.CANCELLED
            and viewer.may("reports.write", found.unit_id),
            "cancel": cancel,
            "more": more,
            "client_key": (sent.get("client_key") if sent else None) or uuid.uuid4(),
            "refused": str(refused) if refused else "",
        },
        status=status_of(refused) if refused else 400 if is_wrong else 200,
    )


def _act(
    request: HttpRequest,
    found: Request,
    cancel: CancelForm,
    more: ReceiverForm,
    sendings: dict[int, SentForm],
) -> str:
    """Do what was sent; the address to go on to, "" when a form has to be corrected."""
    actor, here = viewer_of(request), reverse("office:request", args=[found.record.public_id])
    if cancel.is_bound:
        if not cancel.is_valid():
            return ""
        cancel_request(actor=actor, request_id=found.pk, reason=cancel.cleaned_data["reason"])
        messages.success(request, gettext("Đã hủy yêu cầu."))
        return here
    if more.is_bound:
        if not more.is_valid():
            return ""
        added = add_receiver(
            actor=actor,
            request_id=found.pk,
            content=ReceiverInput(
                sender=more.cleaned_data["sender"],
                due_at=more.due_at,
                letter_number=more.cleaned_data["letter_number"],
            ),
            client_key=client_key(request),
        )
        messages.success(request, gettext("Đã thêm nơi nhận; biểu đã gắn sẵn."))
        return reverse("office:request", args=[added.record.public_id])
    for number, form in sendings.items():
        if not form.is_valid():
            return ""
        note_sent(actor=actor, request_id=found.pk, number=number, sent_at=form.sent_at)
        messages.success(request, gettext("Đã ghi là đã gửi."))
        return f"{here}#da-dien"
    before = answers_of(actor, found)
    made = answer_request(actor=actor, request_id=found.pk, layer=request.POST.get("nguon", ""))
    if any(made.pk == answer.pk for answer in before):
        same = gettext("Số liệu không đổi so với bản %(n)s nên không lưu thêm bản nào.")
        messages.info(request, same % {"n": made.number})
    else:
        messages.success(request, gettext("Đã điền biểu. Tải về rồi gửi."))
    return f"{here}#da-dien"


def _line_name(line: CellLine) -> str:
    if line.key:
        name = indicator_name(definitions().get(line.key), line.key)
        if line.of_period == OfPeriod.THIS:
            return name
        then = period_label(line.period) if line.period else PERIOD_NAMES[line.of_period]
        return f"{name}: {then}"
    return str(WHAT_NAMES[line.what])


def _line_place(line: CellLine) -> str:
    """Where a figure goes: "Biểu 1, C6" in a workbook, "Bảng 2, ô C5" in a document."""
    if line.sheet_name:
        return f"{line.sheet_name}, {line.cell}"
    return place_name(line.sheet, line.cell)


@signed_in
def request_compare(
    request: HttpRequest, public_id: uuid.UUID, other_id: uuid.UUID
) -> HttpResponse:
    """Where what two receivers got differs, and why."""
    parameters(request, {})
    viewer = viewer_of(request)
    first, second = request_at(viewer, public_id), request_at(viewer, other_id)
    found = compared(viewer, first, second)
    return render(
        request,
        "office/request_compare.html",
        {
            "sides": [
                (asked, given, LAYER_NAMES[given.layer] if given else "")
                for asked, given in ((first, found.first), (second, found.second))
            ],
            "first": first,
            "second": second,
            "alike": found.alike,
            "label": period_label(first.period.code),
            "lines": [_difference(line) for line in found.differing],
        },
    )


def _difference(line: AnswerDifference) -> tuple[AnswerDifference, str, str, str]:
    """A figure with its name, and what each got in the unit of the indicator.

    Two forms may ask in thousands and in ones: as written they could not be compared.
    """
    meaning = definitions().get(line.key)
    name = indicator_name(meaning, line.key)
    first, second = (
        shown(Fraction(cell.amount, meaning.scale))
        if meaning is not None and cell.amount is not None
        else cell.written
        for cell in (line.first, line.second)
    )
    return line, name, first, second
