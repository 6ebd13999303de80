"""What citizens say of notices: the list of a unit, one of them with its answer."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext

from danchu.civic.claims.rules import CANCEL_NAMES, KIND_NAMES, OUTCOME_NAMES
from danchu.civic.claims.selectors import (
    ClaimView,
    answers_to,
    claim,
    claims,
    corrected_since,
    corrections_of,
    earlier_answers,
)
from danchu.civic.claims.services import amend_claim_answer, answer_claim, cancel_claim
from danchu.core.clock import today
from danchu.core.contracts import Actor, declared_corrections
from danchu.core.errors import NotFound, Refusal
from danchu.core.law.citing import cited
from danchu.core.units.selectors import unit_by_id, units_by_ids
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters

from .claim_forms import ClaimAmendForm, ClaimAnswerForm, ClaimCancelForm
from .scope import chosen_unit
from .sent import whole_number

PER_PAGE = 30


def _kind(found: ClaimView) -> str:
    return KIND_NAMES[found.kind].said(get_language() or "vi")


@staff("records.write", "records.read")
def claims_page(request: HttpRequest) -> HttpResponse:
    """The claims of a unit: those that wait first."""
    asked = parameters(request, {"don-vi": str, "trang": int})
    number = max(1, asked["trang"] or 1)
    unit = chosen_unit(request, asked["don-vi"], "records.read")
    found = claims(viewer_of(request), unit.id, limit=PER_PAGE + 1, offset=(number - 1) * PER_PAGE)
    if number > 1 and not found:
        raise NotFound("Không có trang này.", "There is no such page.")
    return render(
        request,
        "office/claims.html",
        {
            "unit": unit,
            "claims": [(one, _kind(one)) for one in found[:PER_PAGE]],
            "number": number,
            "more": len(found) > PER_PAGE,
        },
    )


@staff("records.write", "records.read")
def claim_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One claim, and the form of the answer for who may write it."""
    parameters(request, {})
    viewer = viewer_of(request)
    found = claim(viewer, public_id)
    form = _answer_form(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_claim(
                actor=viewer,
                record_id=found.record_id,
                version=whole_number(request.POST.get("version", "")),
                outcome=form.cleaned_data["outcome"],
                answer=form.cleaned_data["answer"],
                correction=form.cleaned_data.get("correction"),
                other_point=form.cleaned_data.get("other_point", False),
            )
        except Refusal as refusal:
            if not (found.is_open and viewer.may("records.write", found.unit_id)):
                raise  # there is no form to show it in
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã lưu câu trả lời."))
            return redirect("office:claim", public_id)
    return _page(request, found, form, ClaimCancelForm())


@staff("records.write")
def claim_amend(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Amend an answer that was given, with a reason; what stood before is kept."""
    viewer = viewer_of(request)
    found = claim(viewer, public_id)
    if request.method != "POST":
        return redirect("office:claim", public_id)
    form = _amend_form(found, request.POST)
    if form.is_valid():
        try:
            amend_claim_answer(
                actor=viewer,
                record_id=found.record_id,
                version=whole_number(request.POST.get("version", "")),
                outcome=form.cleaned_data["outcome"],
                answer=form.cleaned_data["answer"],
                reason=form.cleaned_data["reason"],
                correction=form.cleaned_data.get("correction"),
                other_point=form.cleaned_data.get("other_point", False),
            )
        except Refusal as refusal:
            if not _may_amend(found, viewer):
                raise
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã sửa câu trả lời; câu trước được giữ lại."))
            return redirect("office:claim", public_id)
    return _page(request, found, form, ClaimCancelForm())


@staff("records.cancel")
def claim_cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Cancel what is no claim, with a reason its sender reads."""
    viewer = viewer_of(request)
    found = claim(viewer, public_id)
    if request.method != "POST":
        return redirect("office:claim", public_id)
    form = ClaimCancelForm(request.POST)
    if form.is_valid():
        try:
            cancel_claim(
                actor=viewer,
                record_id=found.record_id,
                version=whole_number(request.POST.get("version", "")),
                why=form.cleaned_data["why"],
                note=form.cleaned_data["note"],
            )
        except Refusal as refusal:
            if not (found.is_open and viewer.may("records.cancel", found.unit_id)):
                raise
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã hủy; nội dung và lý do được giữ lại."))
            return redirect("office:claim", public_id)
    return _page(request, found, _answer_form(found, None), form)


def _may_amend(found: ClaimView, viewer: Actor) -> bool:
    return (
        found.answered_on is not None
        and not found.cancelled_as
        and viewer.may("records.write", found.unit_id)
    )


def _form(found: ClaimView, kind: type[ClaimAnswerForm], sent: Any, **more: Any) -> ClaimAnswerForm:
    about = found.about_kind, found.about_record_id
    since = corrected_since(*about, found.received_at) is not None
    return kind(answers_to(found), corrections_of(*about), sent, corrected_since=since, **more)


def _answer_form(found: ClaimView, sent: Any) -> ClaimAnswerForm:
    return _form(found, ClaimAnswerForm, sent)


def _amend_form(found: ClaimView, sent: Any) -> ClaimAnswerForm:
    said = {"outcome": found.outcome, "answer": found.answer}
    if found.correction is not None:
        said["correction"] = str(found.correction.public_id)
    return _form(found, ClaimAmendForm, sent, initial=said)


def _page(
    request: HttpRequest, found: ClaimView, form: ClaimAnswerForm, cancelling: ClaimCancelForm
) -> HttpResponse:
    viewer, language = viewer_of(request), get_language() or "vi"
    unit = unit_by_id(found.unit_id, found.received_on)
    may_answer = found.is_open and viewer.may("records.write", found.unit_id)
    amending = None
    if _may_amend(found, viewer):
        amending = form if isinstance(form, ClaimAmendForm) else _amend_form(found, None)
    declared = declared_corrections().get(found.about_kind)
    now = units_by_ids([found.about_unit_id], today()).get(found.about_unit_id)
    write_at = ""
    if (may_answer or amending) and found.about_title and declared is not None and now is not None:
        write_at = declared.page(found.about_id, now.code)
    return render(
        request,
        "office/claim.html",
        {
            "claim": found,
            "kind": _kind(found),
            "unit": unit,
            "form": form,
            "cancelling": cancelling,
            "may_answer": may_answer,
            "amending": amending,
            "earlier": [
                (one, OUTCOME_NAMES[one.outcome].said(language))
                for one in earlier_answers(viewer, found)
            ],
            "may_cancel": found.is_open and viewer.may("records.cancel", found.unit_id),
            "correction_written_at": write_at,
            "outcome": OUTCOME_NAMES[found.outcome].said(language) if found.outcome else "",
            "cancelled": CANCEL_NAMES[found.cancelled_as].said(language)
            if found.cancelled_as
            else "",
            "basis": cited(found.rule).said(language) if found.rule else "",
        },
        status=400 if form.errors or cancelling.errors else 200,
    )
