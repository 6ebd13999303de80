"""The report on its way to the signature: frozen, noted, issued, amended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import known_period, period_span
from danchu.core.contracts import require
from danchu.core.errors import BadInput, NotFound, Refusal
from danchu.core.units.selectors import UnitOnDay, unit_within
from danchu.reporting.figures.services import open_period
from danchu.reporting.reviews.compose import Report, compose
from danchu.reporting.reviews.export import MEDIA_TYPES
from danchu.reporting.reviews.folded import is_folded
from danchu.reporting.reviews.freezing import (
    freeze_report,
    issue_report,
    note_step,
    release_signed,
    take_back,
    withdraw_frozen,
)
from danchu.reporting.reviews.frozen import (
    changed_since,
    draft_file,
    frozen_reports_of,
    words_changed_since,
)
from danchu.reporting.reviews.models import FrozenFile
from danchu.reporting.reviews.shortcomings import shortcomings
from danchu.reporting.reviews.signing_words import usual_recipients
from danchu.reporting.reviews.text_warnings import text_warnings
from danchu.reporting.reviews.word_changes import from_kept, numbers_changed
from danchu.web.design.access import signed_in, viewer_of
from danchu.web.design.forms import DanchuForm, VietnameseDateField
from danchu.web.design.refusals import status_of

from .periods import period_label
from .sent import whole_number

STEP_NAMES = (
    ("draft", _("Trình dự thảo")),
    ("initials", _("Ký nháy nội dung")),
    ("format", _("Kiểm tra thể thức")),
    ("signature", _("Ký")),
    ("sent", _("Gửi nơi nhận")),
)

REASON = "ly-do-"  # with the key of a warning: the field of its reason


class FreezeForm(DanchuForm):
    """Freezing the report, or a report that amends one."""

    reason = forms.CharField(
        label=_("Lý do đính chính"),
        help_text=_("In trong báo cáo đính chính. Không nêu tên người."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    addressee = forms.CharField(
        label=_("Kính gửi"),
        help_text=_("Mỗi dòng một nơi. Lấy từ văn bản yêu cầu báo cáo; sửa được."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    recipients = forms.CharField(
        label=_("Nơi nhận"),
        help_text=_("Mỗi dòng một nơi nhận, ví dụ: Lưu: VT, VHXH. Để trống thì ghi như thường lệ."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    signature = forms.BooleanField(
        label=_("Sửa phần ký"),
        help_text=_("Đánh dấu khi bản đã ban hành sai thẩm quyền, chức vụ hoặc họ tên người ký."),
        required=False,
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
        max_length=200,
        required=False,
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


class ReleaseForm(DanchuForm):
    """Letting a signed file out that is more than the issued one with signatures."""

    file = forms.UUIDField(widget=forms.HiddenInput())


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


EDITED_ONLY = (("edited", _("DOCX đã chỉnh sửa câu chữ bên ngoài")),)

FORMS: dict[str, type[DanchuForm]] = {
    "chot": FreezeForm,
    "ban-hanh": IssueForm,
    "buoc": StepForm,
    "thu-hoi": ReasonForm,
    "nhan-lai": BackForm,
    "cong-bo": ReleaseForm,
}


@signed_in
def frozen_reports(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The frozen report and what was done with it, its files, and those before it."""
    viewer = viewer_of(request)
    span = period_span(period)
    unit = unit_within(code, span.start, span.end)
    require(viewer, "reports.read", unit.id)
    row = open_period(period)
    wrong: DanchuForm | None = None
    refused: Refusal | None = None
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
                messages.success(request, _done(request, what, unit, row, wrong.cleaned_data))
                return redirect("office:frozen_reports", code, period)
            except Refusal as refusal:
                wrong.refuse(refusal)
                refused = refusal
    return _page(request, unit, row, wrong, what, refused)


def _done(
    request: HttpRequest, what: str, unit: UnitOnDay, row: Period, typed: dict[str, Any]
) -> str:
    """Do what was sent; the sentence that says it was done."""
    viewer = viewer_of(request)
    if what == "chot":
        freeze_report(
            actor=viewer,
            code=unit.code,
            period_code=row.code,
            reason=typed.get("reason") or "",
            known=request.POST.getlist("da-xem"),
            recipients=typed["recipients"].splitlines() if typed.get("recipients") else None,
            addressee=_addressee(request, typed),
            reasons=_reasons(request),
            corrects_signature=bool(typed.get("signature")),
        )
        return gettext("Đã chốt nội dung báo cáo để trình ký.")
    frozen_id = whole_number(request.POST.get("ban-chot", ""))
    if frozen_id not in {one.frozen_id for one in frozen_reports_of(viewer, unit.id, row)}:
        raise NotFound("Không tìm thấy bản chốt này.", "There is no such frozen report.")
    if what == "ban-hanh":
        issue_report(actor=viewer, frozen_id=frozen_id, **typed)
        return gettext("Đã ghi số và lưu bản ban hành.")
    if what == "buoc":
        note_step(actor=viewer, frozen_id=frozen_id, **typed)
        return gettext("Đã ghi bước trình ký.")
    if what == "thu-hoi":
        withdraw_frozen(actor=viewer, frozen_id=frozen_id, reason=typed["reason"])
        return gettext("Đã thu hồi bản chốt.")
    if what == "cong-bo":
        release_signed(actor=viewer, frozen_id=frozen_id, file=typed["file"])
        return gettext("Đã cho công bố tệp.")
    given = typed["file"]
    kept = take_back(
        actor=viewer,
        frozen_id=frozen_id,
        kind=typed["kind"],
        data=given.read(),
        name=given.name or "",
    )
    if kept.verdict == "unread":
        return gettext(
            "Đã lưu bản quét; máy không đọc được chữ. Người có quyền ban hành đối chiếu bằng mắt "
            "rồi cho công bố."
        )
    return _signed(kept) if kept.kind == "signed" else _edited(kept)


def _signed(kept: FrozenFile) -> str:
    """Whether a signed PDF that came back goes out by itself, and why not."""
    if kept.only_signed:
        return gettext("Đã lưu bản đã ký; nội dung khớp bản chốt.")
    if kept.added or kept.pictures:
        return gettext(
            "Đã lưu tệp: đủ mọi chữ của bản chốt, nhưng có phần thêm vào. Người có quyền ban hành "
            "xem lại rồi cho công bố."
        )
    if not kept.signatures:
        return gettext(
            "Đã lưu tệp: nội dung khớp bản chốt, chưa thấy chữ ký số trong tệp. Người có quyền "
            "ban hành xem rồi cho công bố."
        )
    return gettext(
        "Đã lưu tệp: nội dung khớp bản chốt, nhưng chữ ký số chưa bao phủ rõ toàn bộ tệp. Người "
        "có quyền ban hành xem rồi cho công bố."
    )


def _edited(kept: FrozenFile) -> str:
    """What a DOCX that came back differs in; the figures of the report stay as they are."""
    changes = from_kept(kept.differences or [])
    if not changes:
        return gettext("Đã lưu tệp; mọi câu chữ và số giống bản hệ thống lập.")
    return gettext(
        "Đã lưu tệp. Tệp khác bản hệ thống lập ở %(n)s chỗ, trong đó %(k)s số; số liệu của báo cáo "
        "không đổi. Xem từng chỗ ở danh sách tệp."
    ) % {"n": len(changes), "k": numbers_changed(changes)}


def _addressee(request: HttpRequest, typed: dict[str, Any]) -> list[str] | None:
    """The lines of "Kính gửi"; None where the form that was sent had no such field."""
    if "chot-addressee" not in request.POST:
        return None
    lines: list[str] = typed["addressee"].splitlines()
    return lines


def _reasons(request: HttpRequest) -> dict[str, str]:
    """key of a warning -> the reason typed for it."""
    return {
        name.removeprefix(REASON): value
        for name, value in request.POST.items()
        if name.startswith(REASON) and isinstance(value, str)
    }


def _page(
    request: HttpRequest,
    unit: UnitOnDay,
    period: Period,
    wrong: DanchuForm | None,
    what: str,
    refused: Refusal | None,
) -> HttpResponse:
    viewer = viewer_of(request)
    rows = frozen_reports_of(viewer, unit.id, period)
    waiting = next((row for row in rows if row.state == "frozen"), None)
    issued = [row for row in rows if row.state == "issued"]
    report = compose(viewer=viewer, code=unit.code, period_code=period.code)
    folded = is_folded(report.period)
    newest = waiting or (issued[0] if issued else None)
    typed = _reasons(request)
    may_write = viewer.may("reports.write", unit.id)
    open_words = text_warnings(viewer, report) if waiting is None and may_write else []
    blank: dict[str, DanchuForm] = {name: form(prefix=name) for name, form in FORMS.items()}
    for name in ("authority", "post"):
        blank["ban-hanh"].fields[name].initial = getattr(report.issuer, name)
    if waiting is None:
        blank["chot"].fields["recipients"].initial = "\n".join(usual_recipients(report))
        blank["chot"].fields["addressee"].initial = "\n".join(report.addressee)
    if waiting is not None:  # the signed file comes back after the issue
        blank["nhan-lai"].fields["kind"].choices = EDITED_ONLY  # type: ignore[attr-defined]  # a choice field
    if newest is not None:
        noted = {step.kind for step in newest.steps if step.done_on}
        left = [(kind, name) for kind, name in STEP_NAMES if kind not in noted]
        blank["buoc"].fields["kind"].choices = left  # type: ignore[attr-defined]  # a choice field
    if wrong is not None:
        blank[what] = wrong
    if report.layout != "state":  # a paper of the Party is addressed to nobody
        del blank["chot"].fields["addressee"]
    _explain_signature(blank["ban-hanh"], waiting.layout if waiting else report.layout, report)
    may_write = viewer.may("reports.write", unit.id)
    may_issue = viewer.may("reports.issue", unit.id)
    # Where somebody was quicker, the form that was sent is not on the page any more.
    drawn = {
        "chot": waiting is None and may_write,
        "ban-hanh": waiting is not None and may_issue,
        "buoc": newest is not None and may_write,
        "thu-hoi": waiting is not None and may_write,
        "nhan-lai": newest is not None and newest.state == "issued" and may_write,
        "cong-bo": False,
    }
    elsewhere = refused if refused is not None and not drawn[what] else None
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
            "lacking": shortcomings(viewer, report) if waiting is None and folded else [],
            "seen": request.POST.getlist("da-xem"),
            "first_fold": not folded,
            "open_words": [(w, typed.get(w.key, w.reason)) for w in open_words],
            "english": get_language() == "en",
            "changed": changed_since(report, newest.frozen_id) if newest else [],
            "reworded": words_changed_since(report, newest.frozen_id) if newest else [],
            "step_names": dict(STEP_NAMES),
            "forms": {name.replace("-", "_"): form for name, form in blank.items()},
            "opened": what if wrong is not None else "",
            "may_write": may_write,
            "may_issue": may_issue,
            "me": viewer.actor_id,
            "refused": str(elsewhere) if elsewhere else "",
            "round_open": report.round is not None and report.round.closed_at is None,
        },
        status=status_of(elsewhere) if elsewhere else 400 if wrong is not None else 200,
    )


def _explain_signature(form: DanchuForm, layout: str, report: Report) -> None:
    """What is written where, by the layout: the Party has no K/T, one head no authority."""
    authority, post = form["authority"], form["post"]  # bound: they hold their own hint
    if layout == "party":
        authority.help_text = gettext("Ghi T/M BAN CHỈ ĐẠO, kể cả khi cấp phó ký; không ghi K/T.")
        post.help_text = gettext("TRƯỞNG BAN; cấp phó ký thì ghi PHÓ TRƯỞNG BAN.")
    elif report.issuer.authority:
        authority.help_text = gettext(
            "Ví dụ: TM. ỦY BAN NHÂN DÂN. Cấp phó ký thì dòng KT. CHỦ TỊCH được tự thêm bên dưới."
        )
    else:
        authority.help_text = gettext(
            "Để trống khi người đứng đầu ký. Cấp phó ký thì dòng KT. %(post)s được tự thêm."
        ) % {"post": report.issuer.post}


@signed_in
def frozen_draft(
    request: HttpRequest, code: str, period: str, frozen_id: int, fmt: str
) -> HttpResponse:
    """The frozen paper for signature, with room for number and day."""
    row = known_period(period)
    if row is None:
        raise NotFound("Không tìm thấy bản chốt này.", "There is no such frozen report.")
    unit = unit_within(code, row.start, row.end)
    data, name = draft_file(viewer_of(request), unit.id, row, frozen_id, fmt)
    response = HttpResponse(data, content_type=MEDIA_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
