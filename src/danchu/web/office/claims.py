"""What citizens say of notices: the list of a unit, one of them with its answer."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.civic.claims.rules import ANSWERS, KIND_NAMES, OUTCOME_NAMES
from danchu.civic.claims.selectors import ClaimView, claim, claims
from danchu.civic.claims.services import answer_claim
from danchu.core.errors import NotFound, Refusal
from danchu.core.law.catalog import cited
from danchu.core.units.selectors import unit_by_id
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.forms import DanchuForm
from danchu.web.design.parameters import parameters

from .scope import chosen_unit
from .sent import whole_number

PER_PAGE = 30


class ClaimAnswerForm(DanchuForm):
    """The answer; what may be answered depends on what was sent."""

    outcome = forms.ChoiceField(label=_("Kết quả"), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Nội dung trả lời"),
        help_text=_("Người gửi đọc được bằng mã và PIN. Nêu đã kiểm tra gì, căn cứ vào đâu."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, kind: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        choices = [(key, OUTCOME_NAMES[key].said(language)) for key in ANSWERS[kind]]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]  # a choice field


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
    form = ClaimAnswerForm(found.kind, request.POST or None)
    may_answer = found.answered_on is None and viewer.may("records.write", found.unit_id)
    if request.method == "POST" and form.is_valid():
        try:
            answer_claim(
                actor=viewer,
                record_id=found.record_id,
                version=whole_number(request.POST.get("version", "")),
                outcome=form.cleaned_data["outcome"],
                answer=form.cleaned_data["answer"],
            )
        except Refusal as refusal:
            if not may_answer:
                raise  # there is no form to show it in
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã lưu câu trả lời."))
            return redirect("office:claim", public_id)
    language = get_language() or "vi"
    return render(
        request,
        "office/claim.html",
        {
            "claim": found,
            "kind": _kind(found),
            "unit": unit_by_id(found.unit_id, found.received_on),
            "form": form,
            "may_answer": may_answer,
            "outcome": OUTCOME_NAMES[found.outcome].said(language) if found.outcome else "",
            "basis": cited(found.rule).said(language) if found.rule else "",
        },
        status=400 if form.errors else 200,
    )
