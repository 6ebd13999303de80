"""A paper on disclosure that goes out, a published register or a settled report: its page."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.civic.disclosure import selectors, services
from danchu.civic.disclosure.selectors import PaperView
from danchu.civic.disclosure.sending import RECIPIENT_NAMES, WAY_NAMES
from danchu.core.clock import today
from danchu.core.errors import NotFound, Refusal
from danchu.core.units.selectors import unit_by_id
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.forms import DanchuForm, VietnameseDateField
from danchu.web.design.parameters import parameters

from .cancelling import cancelled
from .disclosure_files import FORMATS, PAPERS, file_answer
from .disclosure_registers import register_file
from .record_forms import CancelForm
from .sent import client_key, next_key


class SentForm(DanchuForm):
    """To whom a paper was sent, on which day and how."""

    recipient = forms.ChoiceField(
        label=_("Nơi nhận"), widget=forms.RadioSelect(attrs={"class": "is-chips"})
    )
    sent_on = VietnameseDateField(label=_("Ngày gửi"))
    way = forms.ChoiceField(label=_("Cách gửi"))
    number = forms.CharField(
        label=_("Số, ký hiệu văn bản gửi kèm"),
        max_length=80,
        required=False,
        help_text=_("Nếu có, ví dụ 25/UBND-VP."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        for name, said in (("recipient", RECIPIENT_NAMES), ("way", WAY_NAMES)):
            self.fields[name].choices = [  # type: ignore[attr-defined]  # a choice field
                (code, phrase.said(language)) for code, phrase in said.items()
            ]

    def content(self) -> services.SentInput:
        """What was typed, for the service."""
        data = self.cleaned_data
        return services.SentInput(data["recipient"], data["sent_on"], data["way"], data["number"])


@signed_in
def disclosure_paper(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The paper with its files and with whom it was sent to."""
    parameters(request, {})
    return _page(request, selectors.paper(viewer_of(request), public_id))


@signed_in
def disclosure_paper_file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The paper as it was published or settled."""
    query = parameters(request, {"dang": FORMATS})
    found = selectors.paper(viewer_of(request), public_id)
    unit, fmt = unit_by_id(found.unit_id, found.day), query["dang"] or "pdf"
    if found.quarter is not None and found.table is not None:
        return register_file(unit, found.quarter, found.table, fmt, number=found.number)
    if found.document is None or fmt not in PAPERS:
        raise NotFound("Không có tệp này.", "There is no such file.")
    return file_answer(found.document, f"bao-cao-cong-khai-{unit.code}-{found.period}", fmt)


@staff("records.write")
def disclosure_paper_sent(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Note to whom, on which day and how the paper was sent."""
    found = selectors.paper(viewer_of(request), public_id)
    if request.method != "POST":
        return redirect("office:disclosure_paper", public_id)
    form = SentForm(request.POST)
    if form.is_valid():
        try:
            services.note_sent(
                actor=viewer_of(request),
                about_id=found.record_id,
                content=form.content(),
                client_key=client_key(request),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã ghi ngày gửi."))
            return redirect("office:disclosure_paper", public_id)
    return _page(request, found, sent_form=form)


@staff("records.cancel")
def disclosure_sent_cancel(
    request: HttpRequest, public_id: uuid.UUID, sent_id: uuid.UUID
) -> HttpResponse:
    """Cancel a note of sending."""
    found = selectors.paper(viewer_of(request), public_id)
    one = next((sent for sent in found.sent if sent.public_id == sent_id), None)
    if one is None:
        raise NotFound("Không tìm thấy lần gửi này.", "There is no such note.")
    if request.method != "POST":
        return redirect("office:disclosure_paper", public_id)
    services.cancel_sent(
        actor=viewer_of(request), record_id=one.record_id, reason=request.POST.get("reason", "")
    )
    messages.success(request, gettext("Đã hủy lần ghi gửi; lý do được giữ lại."))
    return redirect("office:disclosure_paper", public_id)


@staff("records.cancel")
def disclosure_paper_cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Cancel a settled report that was not sent, or a register published by mistake."""
    found = selectors.paper(viewer_of(request), public_id)
    return cancelled(
        request,
        services.cancel_notice if found.quarter else services.cancel_report,
        found.record_id,
        ("office:disclosure_paper", public_id),
        lambda form: _page(request, found, cancel_form=form),
    )


def _page(
    request: HttpRequest,
    found: PaperView,
    *,
    sent_form: SentForm | None = None,
    cancel_form: CancelForm | None = None,
) -> HttpResponse:
    viewer = viewer_of(request)
    unit = unit_by_id(found.unit_id, found.day)
    is_sent = any(sent.recipient == "front" for sent in found.sent)
    # What is missing is offered: the Council first for its report, then the Front.
    has_council = any(sent.recipient == "council" for sent in found.sent)
    first = "council" if is_sent or (found.period and not has_council) else "front"
    return render(
        request,
        "office/disclosure_paper.html",
        {
            "paper": found,
            "unit": unit,
            "recipients": RECIPIENT_NAMES,
            "ways": WAY_NAMES,
            "formats": FORMATS if found.quarter else PAPERS,
            "needs_front": not is_sent and not found.cancelled,
            "may_write": viewer.may("records.write", found.unit_id) and not found.cancelled,
            "may_cancel": viewer.may("records.cancel", found.unit_id) and not found.cancelled,
            "sent_form": sent_form
            or SentForm(initial={"sent_on": today(), "recipient": first, "way": "system"}),
            "cancel_form": cancel_form or CancelForm(),
            "client_key": next_key(request, sent_form),
        },
        status=400 if sent_form or cancel_form else 200,
    )
