"""The report on disclosure to the People's Council: looked at, settled, taken along."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.civic.claims.counting import claim_counts
from danchu.civic.disclosure import selectors, services
from danchu.civic.disclosure.council_paper import ClaimsTold, council_document, require_council
from danchu.civic.disclosure.models import CouncilReport
from danchu.civic.disclosure.quarters import reported_span, span_name, still_runs
from danchu.core.calendar.periods import PeriodSpan
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.documents import OfficialDocument
from danchu.core.errors import BadInput, NotFound, Refusal
from danchu.core.units.selectors import UnitOnDay
from danchu.reporting.reviews.papers import state_paper
from danchu.web.design.access import keeps_typed, staff, viewer_of
from danchu.web.design.asking import AsksOnceMore
from danchu.web.design.forms import DanchuForm, VietnameseDateField
from danchu.web.design.parameters import parameters

from .disclosure_files import PAPERS, file_answer
from .scope import chosen_unit
from .sent import client_key, next_key

MOST_SESSIONS = 6  # that are shown: three years of them


class SessionForm(DanchuForm):
    """The first day of a regular session of the People's Council."""

    on = VietnameseDateField(
        label=_("Ngày khai mạc kỳ họp thường lệ"),
        help_text=_("Đã họp hoặc sẽ họp, theo thông báo của Thường trực Hội đồng nhân dân."),
    )


class SettleForm(AsksOnceMore):
    """The number of the report that is settled, where it has one already."""

    all_the_same = _("Vẫn chốt báo cáo trước khi hết kỳ")

    number = forms.CharField(
        label=_("Số, ký hiệu báo cáo"),
        max_length=80,
        required=False,
        help_text=_("Nếu đã lấy số, ví dụ 120/BC-UBND; có thể để trống."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "is-number"}),
    )


@staff("records.write", "records.read")
@keeps_typed
def disclosure_council(request: HttpRequest) -> HttpResponse:
    """What the report of a half-year or year would say today; settled by who writes records."""
    query = parameters(request, {"don-vi": str, "ky": str})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.read")
    require_council(unit.level)
    span = reported_span(query["ky"] or _usual())
    session_form, settle_form = SessionForm(), SettleForm()
    if request.method == "POST" and request.POST.get("viec") == "ky-hop":
        session_form = SessionForm(request.POST)
        if _session_noted(viewer, unit, session_form, request):
            return redirect(request.get_full_path())
    elif request.method == "POST":
        settle_form = SettleForm(request.POST)
        made = _settled(viewer, unit, span, settle_form, request)
        if made is not None:
            return redirect("office:disclosure_paper", made.record.public_id)
    return render(
        request,
        "office/disclosure_council.html",
        {
            "unit": unit,
            "span": span,
            "name": span_name(span),
            "periods": [(one.code, span_name(one)) for one in _periods(unit)],
            "summary": selectors.disclosure_summary(viewer, unit.id, span.start, span.end, today()),
            "claims": _claims(viewer, unit, span),
            "settled": selectors.settled_report(viewer, unit.id, span.code),
            "is_running": still_runs(span.end),
            "may_settle": viewer.may("records.write", unit.id),
            "settle_form": settle_form,
            "client_key": _key(request, settle_form),
            "session_key": _key(request, session_form),
            "sessions": selectors.council_sessions(viewer, unit.id)[:MOST_SESSIONS],
            "session_form": session_form,
            "today": today(),
            "may_cancel": viewer.may("records.cancel", unit.id),
        },
        status=400 if settle_form.errors or session_form.errors else 200,
    )


def _key(request: HttpRequest, form: DanchuForm) -> str:
    """The key of one of the two forms of the page: the key that came is that of the form sent."""
    return next_key(request, form) if form.is_bound else str(uuid.uuid4())


def _settled(
    viewer: Actor, unit: UnitOnDay, span: PeriodSpan, form: SettleForm, request: HttpRequest
) -> CouncilReport | None:
    """The report that was settled, or None with the refusal shown in the form."""
    if not form.is_valid():
        return None
    try:
        made = services.settle_report(
            actor=viewer,
            unit_id=unit.id,
            period=span.code,
            paper=_paper(unit),
            claims=_claims(viewer, unit, span),
            number=form.cleaned_data["number"],
            client_key=client_key(request),
            early=form.insists,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, gettext("Đã chốt báo cáo. Ghi ngày gửi khi đã gửi đi."))
    return made


def _session_noted(viewer: Actor, unit: UnitOnDay, form: SessionForm, request: HttpRequest) -> bool:
    if not form.is_valid():
        return False
    try:
        services.record_session(
            actor=viewer,
            unit_id=unit.id,
            on=form.cleaned_data["on"],
            client_key=client_key(request),
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, gettext("Đã ghi ngày kỳ họp."))
    return True


@staff("records.cancel")
def disclosure_session_cancel(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Cancel a session that was moved or written down by mistake."""
    query = parameters(request, {"don-vi": str})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.read")
    back = redirect(f"{reverse('office:disclosure_council')}?don-vi={unit.code}#ky-hop")
    if request.method != "POST":
        return back
    found = selectors.council_sessions(viewer, unit.id)
    one = next((session for session in found if session.public_id == session_id), None)
    if one is None:
        raise NotFound("Không tìm thấy kỳ họp này.", "There is no such session.")
    try:
        services.cancel_session(
            actor=viewer, record_id=one.record_id, reason=request.POST.get("reason", "")
        )
    except BadInput as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Đã hủy; nội dung và lý do được giữ lại."))
    return back


@staff("records.write", "records.read")
def disclosure_council_file(request: HttpRequest) -> HttpResponse:
    """The report as it would be settled today, to be read and signed."""
    query = parameters(request, {"don-vi": str, "ky": str, "dang": PAPERS})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.read")
    require_council(unit.level)
    span = reported_span(query["ky"] or "")
    summary = selectors.disclosure_summary(viewer, unit.id, span.start, span.end, today())
    document = council_document(_paper(unit), summary, span, _claims(viewer, unit, span))
    name = f"bao-cao-cong-khai-{unit.code}-{span.code}"
    return file_answer(document, name, query["dang"] or "docx")


def _paper(unit: UnitOnDay) -> OfficialDocument:
    return state_paper(unit, today(), kind="BÁO CÁO", sign="BC", to_council=True)


def _claims(viewer: Actor, unit: UnitOnDay, span: PeriodSpan) -> ClaimsTold:
    found = claim_counts(viewer, unit.id, span.start, span.end, today())
    return ClaimsTold(
        found.wrong, found.opinions, found.answered, found.late, found.overdue, found.corrected
    )


def _usual() -> str:
    """The half-year that was just over or is about to be: sessions are in July and December."""
    day = today()
    return f"{day.year}H1" if day.month <= 9 else f"{day.year}"


def _periods(unit: UnitOnDay) -> list[PeriodSpan]:
    """This year and the one before, in which the unit stood when they ended."""
    day = today()
    keys = [f"{day.year}H1", f"{day.year}", f"{day.year - 1}", f"{day.year - 1}H1"]
    if day.month > 6:
        keys.insert(1, f"{day.year}H2")
    spans = [reported_span(key) for key in keys]
    return [one for one in spans if unit.valid_from is None or unit.valid_from <= one.end]
