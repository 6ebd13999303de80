"""Writing down dialogues, and following their opinions to the answer."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from danchu.civic.dialogue.selectors import DialogueView, OpinionView, dialogue
from danchu.civic.dialogue.services import (
    MOST_OPINIONS,
    add_opinion,
    answer_opinion,
    cancel_dialogue,
    correct_dialogue,
    correct_opinion,
    publish_result,
    record_dialogue,
    take_up_opinion,
)
from danchu.core.clock import today
from danchu.core.errors import NotFound, Refusal
from danchu.core.files.selectors import files_of
from danchu.core.units.selectors import unit_by_id
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.parameters import parameters

from .cancelling import cancelled
from .record_forms import (
    AnswerForm,
    CancelForm,
    DialogueForm,
    NewDialogueForm,
    OpinionForm,
    OpinionFormSet,
    ResultForm,
    TakeUpForm,
    new_day,
)
from .scope import chosen_unit
from .sent import client_key, next_key, whole_number


@staff("records.write")
def dialogue_new(request: HttpRequest) -> HttpResponse:
    """A new dialogue: the meeting, then its opinions."""
    query = parameters(request, {"don-vi": str})
    unit = chosen_unit(request, query["don-vi"], "records.write")
    if request.method == "POST":
        form = NewDialogueForm(request.POST, opinions=OpinionFormSet(request.POST, prefix="op"))
        if "them" in request.POST:
            rows = OpinionFormSet(_with_more_rows(form.opinions.data), prefix="op")
            return _form(request, unit, NewDialogueForm(initial=_typed(form), opinions=rows))
        if form.is_valid() and form.opinions.is_valid():
            try:
                made = record_dialogue(
                    actor=viewer_of(request),
                    unit_id=unit.id,
                    occurred_on=form.cleaned_data["occurred_on"],
                    content=form.content(tuple(row.content() for row in form.filled)),
                    client_key=client_key(request),
                )
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, gettext("Đã lưu biên bản."))
                return redirect("office:dialogue", made.record.public_id)
        return _form(request, unit, form, status=400)
    rows = OpinionFormSet(prefix="op")
    return _form(request, unit, NewDialogueForm(initial=new_day(), opinions=rows))


def _with_more_rows(sent: QueryDict) -> QueryDict:
    """What was typed, and three empty rows after it as a new form would have them."""
    data = sent.copy()
    count = data.get("op-TOTAL_FORMS", "")
    total = min(int(count), MOST_OPINIONS) if count.isascii() and count.isdigit() else 0
    more = min(total + 3, MOST_OPINIONS)
    for row in range(total, more):
        data[f"op-{row}-within_competence"] = "on"
        data[f"op-{row}-field"] = "other"
    data["op-TOTAL_FORMS"] = str(more)
    return data


def _typed(form: DialogueForm) -> dict[str, Any]:
    """What stands in the boxes, when only more rows were asked for."""
    return {name: form[name].value() for name in form.fields}


def _form(
    request: HttpRequest, unit: Any, form: NewDialogueForm, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "office/dialogue_form.html",
        {
            "unit": unit,
            "form": form,
            "opinions": form.opinions,
            "client_key": next_key(request, form),
        },
        status=status,
    )


@signed_in
def dialogue_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The minutes with every opinion and what became of it."""
    parameters(request, {})
    return _page(request, public_id)


def _page(
    request: HttpRequest,
    public_id: uuid.UUID,
    wrong: dict[str, Any] | None = None,
) -> HttpResponse:
    viewer = viewer_of(request)
    found = dialogue(viewer, public_id)
    wrong = wrong or {}
    may_write = viewer.may("records.write", found.unit_id) and found.state == "recorded"
    return render(
        request,
        "office/dialogue.html",
        {
            "dialogue": found,
            "unit": unit_by_id(found.unit_id, found.occurred_on),
            "may_write": may_write,
            "may_cancel": viewer.may("records.cancel", found.unit_id) and found.state == "recorded",
            "opinion_form": wrong.get("add") or OpinionForm(prefix="moi"),
            "client_key": next_key(request, wrong.get("add")),
            "result_form": wrong.get("result")
            or ResultForm(initial={"on": today(), "summary": found.result_summary}),
            "cancel_form": wrong.get("cancel") or CancelForm(),
            "files": files_of(viewer, found.record_id),
            "rows": [_row(opinion, wrong, may_write) for opinion in found.opinions],
        },
        status=400 if wrong else 200,
    )


def _row(opinion: OpinionView, wrong: dict[str, Any], may_write: bool) -> dict[str, Any]:
    """An opinion with the forms that can act on it now."""
    prefix = f"yk{opinion.order}"
    row: dict[str, Any] = {"opinion": opinion}
    if not may_write:
        return row
    if opinion.state == "received":
        row["take_up"] = wrong.get(f"take_up-{opinion.order}") or TakeUpForm(
            prefix=prefix,
            initial={
                "on": today(),
                "assigned_to": opinion.assigned_to,
                "due_on": opinion.due_on,
            },
        )
    if opinion.state != "answered":
        row["answer"] = wrong.get(f"answer-{opinion.order}") or AnswerForm(
            prefix=prefix, initial={"on": today()}
        )
    return row


def _own_opinion(found: DialogueView, text: str) -> OpinionView:
    order = whole_number(text)
    for opinion in found.opinions:
        if opinion.order == order:
            return opinion
    raise NotFound("Không tìm thấy ý kiến này.", "There is no such opinion.")


@staff("records.write")
def dialogue_act(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One step on the minutes or on one of the opinions, named by the button pressed."""
    viewer = viewer_of(request)
    found = dialogue(viewer, public_id)
    if request.method != "POST":
        return redirect("office:dialogue", public_id)
    act = request.POST.get("viec", "")
    if act == "them":
        return _add(request, found)
    if act == "cong-bo":
        return _publish(request, found)
    opinion = _own_opinion(found, request.POST.get("y-kien", ""))
    version = whole_number(request.POST.get("version", ""))
    form: Any
    if act == "tiep-nhan":
        form = TakeUpForm(request.POST, prefix=f"yk{opinion.order}")
        name, done = f"take_up-{opinion.order}", gettext("Đã tiếp nhận ý kiến.")
        service = take_up_opinion
    elif act == "tra-loi":
        form = AnswerForm(request.POST, prefix=f"yk{opinion.order}")
        name, done = f"answer-{opinion.order}", gettext("Đã ghi câu trả lời.")
        service = answer_opinion  # type: ignore[assignment]
    else:
        raise NotFound("Không có việc này.", "There is no such step.")
    if form.is_valid():
        try:
            service(
                actor=viewer,
                opinion_id=opinion.record_id,
                version=version,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, done)
            return redirect(_at(public_id, opinion.order))
    return _page(request, public_id, {name: form})


def _at(public_id: uuid.UUID, order: int) -> str:
    from django.urls import reverse

    return reverse("office:dialogue", args=[public_id]) + f"#y-kien-{order}"


def _add(request: HttpRequest, found: DialogueView) -> HttpResponse:
    form = OpinionForm(request.POST, prefix="moi")
    if form.is_valid():
        try:
            made = add_opinion(
                actor=viewer_of(request),
                record_id=found.record_id,
                content=form.content(),
                client_key=client_key(request),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã thêm ý kiến."))
            return redirect(_at(found.public_id, made.order))
    return _page(request, found.public_id, {"add": form})


def _publish(request: HttpRequest, found: DialogueView) -> HttpResponse:
    form = ResultForm(request.POST)
    if form.is_valid():
        try:
            publish_result(actor=viewer_of(request), record_id=found.record_id, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã công bố kết quả."))
            return redirect("office:dialogue", found.public_id)
    return _page(request, found.public_id, {"result": form})


@staff("records.write")
def dialogue_correct(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Correct the minutes; the version before is kept with the reason."""
    found = dialogue(viewer_of(request), public_id)
    form = DialogueForm(
        request.POST or None,
        correcting=True,
        initial={
            "occurred_on": found.occurred_on,
            "kind": found.kind,
            "base_kind": found.base_kind,
            "topic": found.topic,
            "place": found.place,
            "chair_post": found.chair_post,
            "participants": found.participants,
            "public": found.public,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            correct_dialogue(
                actor=viewer_of(request),
                record_id=found.record_id,
                version=whole_number(request.POST.get("version", "")),
                occurred_on=form.cleaned_data["occurred_on"],
                content=form.content(),
                reason=form.cleaned_data["reason"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã sửa biên bản; bản trước được giữ lại."))
            return redirect("office:dialogue", public_id)
    return _correction(request, form, found.version, found.topic, "office:dialogue", public_id)


@staff("records.write")
def opinion_correct(request: HttpRequest, public_id: uuid.UUID, order: int) -> HttpResponse:
    """Correct one opinion's words, field or competence."""
    found = dialogue(viewer_of(request), public_id)
    opinion = _own_opinion(found, str(order))
    form = OpinionCorrection(
        request.POST or None,
        initial={
            "text": opinion.text,
            "field": opinion.field,
            "within_competence": opinion.within_competence,
            "assigned_to": opinion.assigned_to,
            "due_on": opinion.due_on,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            correct_opinion(
                actor=viewer_of(request),
                opinion_id=opinion.record_id,
                version=whole_number(request.POST.get("version", "")),
                content=form.content(),
                reason=form.cleaned_data["reason"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã sửa ý kiến; bản trước được giữ lại."))
            return redirect(_at(public_id, opinion.order))
    return _correction(request, form, opinion.version, found.topic, "office:dialogue", public_id)


class OpinionCorrection(OpinionForm):
    """An opinion corrected with its reason."""

    reason = DialogueForm.base_fields["reason"]
    field_order = ("text", "field", "within_competence", "assigned_to", "due_on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        del self.fields["taken_up_on"]

    def content(self) -> Any:
        """What was typed; the day of taking up stays as it is."""
        self.cleaned_data.setdefault("taken_up_on", None)
        return super().content()


def _correction(
    request: HttpRequest, form: Any, version: int, title: str, back: str, public_id: uuid.UUID
) -> HttpResponse:
    return render(
        request,
        "office/correct.html",
        {
            "form": form,
            "version": version,
            "title": title,
            "back": back,
            "public_id": public_id,
        },
        status=400 if form.errors else 200,
    )


@staff("records.cancel")
def dialogue_cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Cancel minutes written by mistake."""
    found = dialogue(viewer_of(request), public_id)
    return cancelled(
        request,
        cancel_dialogue,
        found.record_id,
        ("office:dialogue", public_id),
        lambda form: _page(request, public_id, {"cancel": form}),
        done=gettext("Đã hủy biên bản; nội dung và lý do được giữ lại."),
    )
