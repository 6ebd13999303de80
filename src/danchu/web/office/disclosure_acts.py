"""What is done on the page of a notice: one step, named by the button pressed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.civic.disclosure import selectors, services
from danchu.civic.disclosure.selectors import NoticeView, PostingView
from danchu.civic.disclosure.standing import Gap
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound, Refusal
from danchu.web.design.access import keeps_typed, staff, viewer_of

from . import disclosure_step_forms as steps
from .cancelling import cancelled
from .disclosure_page import gap_form, page
from .kept_files import KeepsFiles
from .record_forms import CancelForm
from .sent import client_key, whole_number


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing done: its form, the service that does it, the sentence after it, where the page
    then stands. ``keyed``: sent twice it is one; ``versioned``: it goes back with the version
    that was seen."""

    form: type[Any]
    service: Callable[..., Any]
    done: Any
    place: str = ""
    keyed: bool = False
    versioned: bool = False


_ON_NOTICE: dict[str, _Step] = {
    "dan": _Step(
        steps.PostingForm, services.add_posting, _("Đã ghi nơi niêm yết."), "niem-yet", keyed=True
    ),
    "phat": _Step(
        steps.BroadcastForm,
        services.add_broadcasts,
        _("Đã ghi các lần phát."),
        "truyen-thanh",
        keyed=True,
    ),
    "hinh-thuc": _Step(
        steps.FormUsedForm,
        services.add_form_used,
        _("Đã ghi hình thức công khai."),
        "hinh-thuc",
        keyed=True,
    ),
    "tep": _Step(steps.DocumentForm, services.add_document, _("Đã đính kèm tệp."), "tep"),
    "go-tep": _Step(
        steps.RemoveDocumentForm,
        services.remove_document,
        _("Đã gỡ tệp; lý do được giữ lại."),
        "tep",
    ),
    "hien-ten": _Step(
        steps.ReasonForm, services.show_names_again, _("Danh sách được hiện lại."), "danh-sach"
    ),
}
_ON_POSTING: dict[str, _Step] = {
    "anh": _Step(steps.EvidenceForm, services.add_evidence, _("Đã lưu minh chứng.")),
    "gian-doan": _Step(
        steps.InterruptForm, services.interrupt_posting, _("Đã ghi gián đoạn."), versioned=True
    ),
    "lai": _Step(
        steps.AgainForm,
        services.resume_posting,
        _("Đã ghi niêm yết lại."),
        versioned=True,
    ),
    "go": _Step(steps.TakeDownForm, services.take_down, _("Đã ghi gỡ niêm yết."), versioned=True),
    "treo-lai": _Step(steps.ReasonForm, services.hang_again, _("Đã bỏ ngày gỡ."), versioned=True),
    "sua": _Step(
        steps.CorrectPostingForm,
        services.correct_posting,
        _("Đã sửa; bản trước được giữ lại."),
        versioned=True,
    ),
    "sua-gd": _Step(
        steps.CorrectInterruptionForm,
        services.correct_interruption,
        _("Đã sửa gián đoạn; bản trước được giữ lại, ngày đếm lại."),
        versioned=True,
    ),
    "huy-gd": _Step(
        steps.ReasonForm,
        services.cancel_interruption,
        _("Đã hủy gián đoạn ghi nhầm; lý do được giữ lại, ngày đếm lại."),
        versioned=True,
    ),
    "bo": _Step(
        steps.ReasonForm, services.cancel_posting, _("Đã hủy lần niêm yết; lý do được giữ lại.")
    ),
}


@staff("records.write")
@keeps_typed
def disclosure_act(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One step on the notice or on one of its postings."""
    found = selectors.notice(viewer_of(request), public_id)
    if request.method != "POST":
        return redirect("office:disclosure", public_id)
    act = request.POST.get("viec", "")
    if act in _ON_NOTICE:
        row = request.POST.get("tep", "") if act == "go-tep" else ""
        return _done(request, found, _ON_NOTICE[act], act + (f"-{row}" if row else ""))
    if act in _ON_POSTING:
        posting = _own_posting(found, request.POST.get("niem-yet", ""))
        name, gap = f"{act}-{posting.record_id}", None
        if act in ("sua-gd", "huy-gd"):
            gap = _own_gap(posting, request.POST.get("tu", ""))
            name = gap_form(act, posting.record_id, gap)
        return _done(request, found, _ON_POSTING[act], name, posting, gap)
    raise NotFound("Không có việc này.", "There is no such step.")


def _done(
    request: HttpRequest,
    found: NoticeView,
    step: _Step,
    name: str,
    posting: PostingView | None = None,
    gap: Gap | None = None,
) -> HttpResponse:
    """Do the step; what it refuses is told on the page of the notice, with all that was sent."""
    actor = viewer_of(request)
    form = step.form(request.POST, request.FILES, prefix=name)
    if isinstance(form, KeepsFiles):
        form.take_in(actor, found.unit_id)
    about: dict[str, Any] = (
        {"notice_id": found.record_id} if posting is None else {"posting_id": posting.record_id}
    )
    if gap is not None:
        about["began"] = gap.from_on
    if step.keyed:
        about["client_key"] = client_key(request)
    if step.versioned:
        about["version"] = whole_number(request.POST.get("version", ""))
    if form.is_valid():
        try:
            step.service(actor=actor, **about, **form.arguments())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, str(step.done))
            place = step.place if posting is None else f"ny-{posting.record_id}"
            return redirect(reverse("office:disclosure", args=[found.public_id]) + f"#{place}")
    return page(request, found.public_id, {name: form})


def _own_posting(found: NoticeView, text: str) -> PostingView:
    record_id = whole_number(text)
    for posting in found.postings:
        if posting.record_id == record_id:
            return posting
    raise NotFound("Không tìm thấy lần niêm yết này.", "There is no such posting.")


def _own_gap(posting: PostingView, began: str) -> Gap:
    for gap in posting.standing.gaps:
        if gap.from_on.isoformat() == began:
            return gap
    raise NotFound("Không tìm thấy lần gián đoạn này.", "There is no such interruption.")


@staff("records.cancel")
@keeps_typed
def disclosure_cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Cancel a notice written by mistake, or one broadcast or form of it."""
    found = selectors.notice(viewer_of(request), public_id)
    if request.method == "POST" and "dong" in request.POST:
        return _cancel_one(request, found, CancelForm(request.POST))
    return cancelled(
        request,
        services.cancel_notice,
        found.record_id,
        ("office:disclosure", public_id),
        lambda form: page(request, public_id, {"huy": form}),
    )


def _cancel_one(request: HttpRequest, found: NoticeView, form: CancelForm) -> HttpResponse:
    """Cancel one broadcast or form; its line holds nothing but the reason."""
    line = whole_number(request.POST["dong"])
    spoken = any(one.record_id == line for one in found.broadcasts)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        _cancel_line(viewer_of(request), found, line, reason)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Đã hủy; nội dung và lý do được giữ lại."))
    place = "truyen-thanh" if spoken else "hinh-thuc"
    return redirect(reverse("office:disclosure", args=[found.public_id]) + f"#{place}")


def _cancel_line(actor: Actor, found: NoticeView, record_id: int, reason: str) -> None:
    if any(one.record_id == record_id for one in found.broadcasts):
        services.cancel_broadcast(actor=actor, broadcast_id=record_id, reason=reason)
    elif any(one.record_id == record_id for one in found.forms):
        services.cancel_form_used(actor=actor, form_id=record_id, reason=reason)
    else:
        raise NotFound("Không tìm thấy dòng này.", "There is no such line.")
