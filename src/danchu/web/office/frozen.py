"""The report on its way to the signature: frozen, noted, issued, amended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.contracts import require
from danchu.core.errors import BadInput, Refusal
from danchu.core.units.selectors import UnitOnDay, unit_within
from danchu.reporting.figures.services import open_period
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.export import MEDIA_TYPES
from danchu.reporting.reviews.freezing import (
    freeze_report,
    issue_report,
    note_step,
    take_back,
    withdraw_frozen,
)
from danchu.reporting.reviews.frozen import changed_since, draft_file, frozen_reports_of
from danchu.reporting.reviews.shortcomings import shortcomings
from danchu.web.design.access import signed_in, viewer_of
from danchu.web.design.forms import DanchuForm, VietnameseDateField

from .periods import period_label
from .sent import whole_number

STEP_NAMES = (
    ("draft", _("Trình dự thảo")),
    ("initials", _("Ký nháy nội dung")),
    ("format", _("Kiểm tra thể thức")),
    ("signature", _("Ký")),
    ("sent", _("Gửi nơi nhận")),
)


class FreezeForm(DanchuForm):
    """Freezing the report, or a report that amends one."""

    reason = forms.CharField(
        label=_("Lý do đính chính"),
        help_text=_("In trong báo cáo đính chính. Không nêu tên người."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class IssueForm(DanchuForm):
    """The number and day văn thư gave, and who signed."""

    number = forms.CharField(
        label=_("Số văn bản"),
        help_text=_("Số do văn thư cấp, chỉ ghi số, ví dụ 05."),
        max_length=20,
    )
    issued_on = VietnameseDateField(label=_("Ngày ban hành"))
    authority = forms.CharField(
        label=_("Thẩm quyền ký"),
        help_text=_("Ví dụ: TM. ỦY BAN NHÂN DÂN; cấp phó ký thì thêm dòng KT. CHỦ TỊCH."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    post = forms.CharField(label=_("Chức vụ người ký"), max_length=100)
    signer_name = forms.CharField(label=_("Họ tên người ký"), max_length=100)


class StepForm(DanchuForm):
    """A step that was done."""

    kind = forms.ChoiceField(label=_("Bước"), choices=STEP_NAMES)
    done_on = VietnameseDateField(label=_("Ngày thực hiện"))
    note = forms.CharField(
        label=_("Ghi chú"),
        help_text=_("Ví dụ: trình trên hệ thống văn bản. Không nêu tên người."),
        max_length=200,
        required=False,
    )


class ReasonForm(DanchuForm):
    """Withdrawing."""

    reason = forms.CharField(label=_("Lý do thu hồi"), max_length=500)


class BackForm(DanchuForm):
    """A file that came back from outside."""

    kind = forms.ChoiceField(
        label=_("Tệp là"),
        choices=(
            ("signed", _("PDF đã ký (ký số hoặc bản quét)")),
            ("edited", _("DOCX đã chỉnh sửa câu chữ bên ngoài")),
        ),
    )
    file = forms.FileField(label=_("Chọn tệp"))


FORMS: dict[str, type[DanchuForm]] = {
    "chot": FreezeForm,
    "ban-hanh": IssueForm,
    "buoc": StepForm,
    "thu-hoi": ReasonForm,
    "nhan-lai": BackForm,
}


@signed_in
def frozen_reports(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The frozen report and what was done with it, its files, and those before it."""
    viewer = viewer_of(request)
    row = open_period(period)
    unit = unit_within(code, row.start, row.end)
    require(viewer, "reports.read", unit.id)
    wrong: DanchuForm | None = None
    what = request.POST.get("viec", "")
    if request.method == "POST":
        if what not in FORMS:
            raise BadInput("Yêu cầu không hợp lệ.", "The request is not valid.")
        wrong = FORMS[what](request.POST, request.FILES, prefix=what)
        first = what == "chot" and "lan-dau" in request.POST
        if first:
            wrong.fields["reason"].required = False
        if wrong.is_valid():
            try:
                messages.success(request, _done(request, what, unit, period, wrong.cleaned_data))
                return redirect("office:frozen_reports", code, period)
            except Refusal as refusal:
                wrong.refuse(refusal)
    return _page(request, unit, row, wrong, what)


def _done(
    request: HttpRequest, what: str, unit: UnitOnDay, period: str, typed: dict[str, Any]
) -> str:
    """Do what was sent; the sentence that says it was done."""
    viewer = viewer_of(request)
    if what == "chot":
        freeze_report(
            actor=viewer,
            code=unit.code,
            period_code=period,
            reason=typed.get("reason") or "",
            known=request.POST.getlist("da-xem"),
        )
        return gettext("Đã chốt nội dung báo cáo để trình ký.")
    frozen_id = whole_number(request.POST.get("ban-chot", ""))
    if what == "ban-hanh":
        issue_report(actor=viewer, frozen_id=frozen_id, **typed)
        return gettext("Đã ghi số và lưu bản ban hành.")
    if what == "buoc":
        note_step(actor=viewer, frozen_id=frozen_id, **typed)
        return gettext("Đã ghi bước trình ký.")
    if what == "thu-hoi":
        withdraw_frozen(actor=viewer, frozen_id=frozen_id, reason=typed["reason"])
        return gettext("Đã thu hồi bản chốt.")
    given = typed["file"]
    kept = take_back(
        actor=viewer,
        frozen_id=frozen_id,
        kind=typed["kind"],
        data=given.read(),
        name=given.name or "",
    )
    if kept.verdict == "unread":
        return gettext("Đã lưu bản quét; máy không đọc được chữ nên cần đối chiếu bằng mắt.")
    if kept.kind == "signed" and (kept.added or kept.pictures):
        return gettext("Đã lưu tệp: đủ mọi chữ của bản chốt, nhưng có phần thêm vào cần xem lại.")
    if kept.kind == "signed" and not kept.signatures:
        return gettext("Đã lưu tệp: nội dung khớp bản chốt, chưa thấy chữ ký số trong tệp.")
    if kept.kind == "signed":
        return gettext("Đã lưu bản đã ký; nội dung khớp bản chốt.")
    return gettext("Đã lưu tệp.")


def _page(
    request: HttpRequest, unit: UnitOnDay, period: Any, wrong: DanchuForm | None, what: str
) -> HttpResponse:
    viewer = viewer_of(request)
    rows = frozen_reports_of(viewer, unit.id, period)
    waiting = next((row for row in rows if row.state == "frozen"), None)
    issued = [row for row in rows if row.state == "issued"]
    report = compose(viewer=viewer, code=unit.code, period_code=period.code)
    newest = waiting or (issued[0] if issued else None)
    blank: dict[str, DanchuForm] = {name: form(prefix=name) for name, form in FORMS.items()}
    for name in ("authority", "post"):
        blank["ban-hanh"].fields[name].initial = getattr(report.issuer, name)
    if newest is not None:
        noted = {step.kind for step in newest.steps if step.done_on}
        left = [(kind, name) for kind, name in STEP_NAMES if kind not in noted]
        blank["buoc"].fields["kind"].choices = left  # type: ignore[attr-defined]
    if wrong is not None:
        blank[what] = wrong
    return render(
        request,
        "office/frozen_reports.html",
        {
            "unit": unit,
            "period": period,
            "label": period_label(period.code),
            "report": report,
            "waiting": waiting,
            "issued": issued[0] if issued else None,
            "newest": newest,
            "rows": [row for row in rows if row is not newest],
            "lacking": shortcomings(viewer, report) if waiting is None else [],
            "english": get_language() == "en",
            "changed": changed_since(report, newest.frozen_id) if newest else [],
            "step_names": dict(STEP_NAMES),
            "forms": {name.replace("-", "_"): form for name, form in blank.items()},
            "opened": what if wrong is not None else "",
            "may_write": viewer.may("reports.write", unit.id),
            "may_issue": viewer.may("reports.issue", unit.id),
            "round_open": report.round is not None and report.round.closed_at is None,
        },
        status=400 if wrong is not None else 200,
    )


@signed_in
def frozen_draft(
    request: HttpRequest, code: str, period: str, frozen_id: int, fmt: str
) -> HttpResponse:
    """The frozen paper for signature, with room for number and day."""
    row = open_period(period)
    unit = unit_within(code, row.start, row.end)
    data, name = draft_file(viewer_of(request), unit.id, row, frozen_id, fmt)
    response = HttpResponse(data, content_type=MEDIA_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
