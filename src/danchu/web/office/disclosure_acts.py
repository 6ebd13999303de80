"""What is done on the page of a notice: one step, named by the button pressed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from danchu.civic.disclosure import selectors, services
from danchu.civic.disclosure.models import PostingEvidence
from danchu.civic.disclosure.selectors import NoticeView, PostingView
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput, NotFound, Refusal
from danchu.web.design.access import staff, viewer_of

from .disclosure_step_forms import (
    AgainForm,
    BroadcastForm,
    EvidenceForm,
    FormUsedForm,
    InterruptForm,
    PostingForm,
    ReasonForm,
    TakeDownForm,
)
from .disclosures import page
from .record_forms import CancelForm
from .sent import client_key, whole_number


@staff("records.write")
def disclosure_act(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One step on the notice or on one of its postings."""
    found = selectors.notice(viewer_of(request), public_id)
    if request.method != "POST":
        return redirect("office:disclosure", public_id)
    act = request.POST.get("viec", "")
    if act in _ON_NOTICE:
        return _on_notice(request, found, act)
    if act in _ON_POSTING:
        return _on_posting(request, found, act)
    raise NotFound("Không có việc này.", "There is no such step.")


def _on_notice(request: HttpRequest, found: NoticeView, act: str) -> HttpResponse:
    actor, key = viewer_of(request), client_key(request)
    form: Any
    if act == "dan":
        form = PostingForm(request.POST)
        service: Callable[[], Any] = lambda: services.add_posting(  # noqa: E731
            actor=actor, notice_id=found.record_id, content=form.content(), client_key=key
        )
        done, place = gettext("Đã ghi nơi niêm yết."), "niem-yet"
    elif act == "phat":
        form = BroadcastForm(request.POST)
        service = lambda: services.add_broadcast(  # noqa: E731
            actor=actor, notice_id=found.record_id, content=form.content(), client_key=key
        )
        done, place = gettext("Đã ghi lần phát."), "truyen-thanh"
    else:
        form = FormUsedForm(request.POST, prefix="ht")
        service = lambda: services.add_form_used(  # noqa: E731
            actor=actor, notice_id=found.record_id, content=form.content(), client_key=key
        )
        done, place = gettext("Đã ghi hình thức công khai."), "hinh-thuc"
    return _done(request, found, act, form, service, done, place)


_ON_NOTICE = ("dan", "phat", "hinh-thuc")


def _on_posting(request: HttpRequest, found: NoticeView, act: str) -> HttpResponse:
    posting = _own_posting(found, request.POST.get("niem-yet", ""))
    step = _ON_POSTING[act]
    prefix = f"{act}-{posting.record_id}"
    form = (
        PostingForm(request.POST, prefix=prefix, correcting=True)
        if act == "sua"
        else step.form(request.POST, request.FILES, prefix=prefix)
    )
    version = whole_number(request.POST.get("version", ""))
    return _done(
        request,
        found,
        prefix,
        form,
        lambda: step.service(viewer_of(request), found, posting, version, form.cleaned_data, form),
        step.done(),
        f"ny-{posting.record_id}",
    )


def _done(
    request: HttpRequest,
    found: NoticeView,
    name: str,
    form: Any,
    service: Callable[[], Any],
    done: str,
    place: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            service()
        except Refusal as refusal:
            form.refuse(_of_this_form(refusal))
        else:
            messages.success(request, done)
            return redirect(reverse("office:disclosure", args=[found.public_id]) + f"#{place}")
    return page(request, found.public_id, {name: form})


def _of_this_form(refusal: Refusal) -> Refusal:
    """A refusal about the file stands beside the box of the picture."""
    if refusal.field == "file":
        refusal.field = "photo"
    return refusal


def _own_posting(found: NoticeView, text: str) -> PostingView:
    record_id = whole_number(text)
    for posting in found.postings:
        if posting.record_id == record_id:
            return posting
    raise NotFound("Không tìm thấy lần niêm yết này.", "There is no such posting.")


class _Step:
    """One thing done with a posting: its form, the call, the sentence after it."""

    def __init__(self, form: type[Any], service: Callable[..., Any], done: Any) -> None:
        self.form, self.service, self.done = form, service, done


def _taken(actor: Actor, found: NoticeView, moment: str, data: dict[str, Any]) -> Any:
    """The evidence typed or taken; None where there is none."""
    photo = data.get("photo")
    if photo is not None:
        taken = services.hand_in_evidence(
            actor=actor, unit_id=found.unit_id, data=photo, name=photo.name or ""
        )
        return services.EvidenceInput(moment, taken)
    if data.get("evidence_link"):
        return services.EvidenceInput(moment, link=data["evidence_link"])
    return None


def _prove(
    actor: Actor, found: NoticeView, posting: PostingView, _version: int, data: Any, _form: Any
) -> None:
    content = _taken(actor, found, data["moment"], data)
    if content is None:
        raise BadInput(
            "Chụp hoặc chọn ảnh, hoặc nhập đường dẫn.",
            "Take or choose a picture, or enter a link.",
            field="photo",
        )
    services.add_evidence(actor=actor, posting_id=posting.record_id, content=content)


def _interrupt(
    actor: Actor, _found: NoticeView, posting: PostingView, version: int, data: Any, _form: Any
) -> None:
    services.interrupt_posting(actor=actor, posting_id=posting.record_id, version=version, **data)


def _again(
    actor: Actor, _found: NoticeView, posting: PostingView, version: int, data: Any, _form: Any
) -> None:
    services.resume_posting(
        actor=actor, posting_id=posting.record_id, version=version, on=data["on"]
    )


def _down(
    actor: Actor, found: NoticeView, posting: PostingView, version: int, data: Any, _form: Any
) -> None:
    services.take_down(
        actor=actor,
        posting_id=posting.record_id,
        version=version,
        on=data["on"],
        evidence=_taken(actor, found, PostingEvidence.Moment.END, data),
    )


def _hang(
    actor: Actor, _found: NoticeView, posting: PostingView, version: int, data: Any, _form: Any
) -> None:
    services.hang_again(
        actor=actor, posting_id=posting.record_id, version=version, reason=data["reason"]
    )


def _correct(
    actor: Actor, _found: NoticeView, posting: PostingView, version: int, data: Any, form: Any
) -> None:
    services.correct_posting(
        actor=actor,
        posting_id=posting.record_id,
        version=version,
        content=form.content(),
        reason=data["reason"],
    )


def _undo(
    actor: Actor, _found: NoticeView, posting: PostingView, _version: int, data: Any, _form: Any
) -> None:
    services.cancel_posting(actor=actor, posting_id=posting.record_id, reason=data["reason"])


_ON_POSTING: dict[str, _Step] = {
    "anh": _Step(EvidenceForm, _prove, lambda: gettext("Đã lưu minh chứng.")),
    "gian-doan": _Step(InterruptForm, _interrupt, lambda: gettext("Đã ghi gián đoạn.")),
    "lai": _Step(AgainForm, _again, lambda: gettext("Đã ghi niêm yết lại; ngày đếm lại từ đầu.")),
    "go": _Step(TakeDownForm, _down, lambda: gettext("Đã ghi gỡ niêm yết.")),
    "treo-lai": _Step(ReasonForm, _hang, lambda: gettext("Đã bỏ ngày gỡ.")),
    "sua": _Step(PostingForm, _correct, lambda: gettext("Đã sửa; bản trước được giữ lại.")),
    "bo": _Step(ReasonForm, _undo, lambda: gettext("Đã hủy lần niêm yết; lý do được giữ lại.")),
}


@staff("records.cancel")
def disclosure_cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Cancel a notice written by mistake, or one broadcast or form of it."""
    found = selectors.notice(viewer_of(request), public_id)
    if request.method != "POST":
        return redirect("office:disclosure", public_id)
    actor, form = viewer_of(request), CancelForm(request.POST)
    if "dong" in request.POST:
        return _cancel_one(request, found, form)
    if form.is_valid():
        try:
            services.cancel_notice(
                actor=actor, record_id=found.record_id, reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã hủy; nội dung và lý do được giữ lại."))
            return redirect("office:disclosure", public_id)
    return page(request, public_id, {"huy": form})


def _cancel_one(request: HttpRequest, found: NoticeView, form: CancelForm) -> HttpResponse:
    """Cancel one broadcast or form; its line holds nothing but the reason."""
    line = whole_number(request.POST["dong"])
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        _cancel_line(viewer_of(request), found, line, reason)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Đã hủy; nội dung và lý do được giữ lại."))
    return redirect(reverse("office:disclosure", args=[found.public_id]) + "#truyen-thanh")


def _cancel_line(actor: Actor, found: NoticeView, record_id: int, reason: str) -> None:
    if any(one.record_id == record_id for one in found.broadcasts):
        services.cancel_broadcast(actor=actor, broadcast_id=record_id, reason=reason)
    elif any(one.record_id == record_id for one in found.forms):
        services.cancel_form_used(actor=actor, form_id=record_id, reason=reason)
    else:
        raise NotFound("Không tìm thấy dòng này.", "There is no such line.")
