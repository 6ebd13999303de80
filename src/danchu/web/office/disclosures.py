"""Công khai trong một phút: choosing the clause, writing a notice down, its page."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext

from danchu.civic.disclosure import selectors, services
from danchu.civic.disclosure.models import Form, Place, PostingEvidence
from danchu.civic.disclosure.rules import REGISTER_RULE, Prescribed
from danchu.civic.disclosure.selectors import NoticeView, plan_of_year
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput, NotFound, Refusal
from danchu.core.files.services import check_upload
from danchu.core.law.catalog import Rule, cited
from danchu.core.units.selectors import UnitOnDay, unit_by_id
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.parameters import parameters

from .disclosure_forms import CorrectNoticeForm, NewNoticeForm, clause_number, table_as_text
from .disclosure_step_forms import (
    AgainForm,
    BroadcastForm,
    EvidenceForm,
    FormUsedForm,
    InterruptForm,
    PostingForm,
    ReasonForm,
    TakeDownForm,
    posting_initial,
)
from .record_forms import CancelForm
from .scope import chosen_unit
from .sent import client_key, whole_number


@staff("records.write")
def disclosure_new(request: HttpRequest) -> HttpResponse:
    """First the clause, by a link for each; then one form with what the law prescribes for it."""
    query = parameters(request, {"don-vi": str, "khoan": str, "dinh-chinh": uuid.UUID})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.write")
    offered = selectors.offered_clauses(unit.id, today())
    wrong = selectors.notice(viewer, query["dinh-chinh"]) if query["dinh-chinh"] else None
    if wrong is not None and wrong.unit_id != unit.id:
        raise NotFound("Không tìm thấy nội dung này.", "There is no such notice.")
    key = query["khoan"] or (wrong.rule_key if wrong else "")
    chosen = next(((rule, want) for rule, want in offered if rule.key == key), None)
    if chosen is None:
        if key:
            raise NotFound("Không có khoản này ở đơn vị.", "The unit has no such clause.")
        return render(
            request,
            "office/disclosure_clauses.html",
            {
                "unit": unit,
                # A register is made on its own page, out of what was disclosed.
                "offered": [
                    (clause_number(rule), rule, want)
                    for rule, want in offered
                    if rule.key != REGISTER_RULE
                ],
            },
        )
    rule, wanted = chosen
    plan = plan_of_year(viewer, unit.id, today().year)
    given: dict[str, Any] = {"rule": rule, "wanted": wanted, "plan": plan}
    if request.method != "POST":
        form = NewNoticeForm(initial=_initial(viewer, unit, rule, wrong, plan), **given)
        return _new_form(request, unit, rule, wanted, form, wrong)
    form = NewNoticeForm(request.POST, request.FILES, **given)
    if form.is_valid():
        made = _write(request, unit, rule, form, wrong)
        if made is not None:
            return redirect("office:disclosure", made.record.public_id)
        form.keep_what_files_held()
    return _new_form(request, unit, rule, wanted, form, wrong)


def _initial(viewer: Actor, unit: UnitOnDay, rule: Rule, wrong: Any, plan: Any) -> dict[str, Any]:
    """The day, the places where this unit usually posts, the line of the plan if there is one."""
    usual = selectors.usual_places(viewer, unit.id, today())
    lines = [item for item in plan.items if item.rule_key == rule.key] if plan else []
    return {
        "occurred_on": today(),
        "headquarters": next(iter(usual.get(Place.HEADQUARTERS, ())), f"Trụ sở {unit.name}"),
        "halls": "\n".join(usual.get(Place.CULTURE_HOUSE, ())),
        "points": "\n".join(usual.get(Place.COMMUNITY_POINT, ())),
        "title": f"Đính chính: {wrong.title}"[:300] if wrong else "",
        "planned_item": lines[0].item_id if len(lines) == 1 else None,
    }


def _write(
    request: HttpRequest, unit: UnitOnDay, rule: Rule, form: NewNoticeForm, wrong: Any
) -> Any:
    """The notice that was written, or None with the refusal shown in the form."""
    actor, data = viewer_of(request), form.cleaned_data
    postings = form.postings()
    try:
        content = form.notice(rule.key, postings=postings, corrects_id=wrong and wrong.record_id)
        if "public" in data:
            content = replace(content, public=data["public"])
        _check_photo(data["photo"], bool(data["headquarters"]))
        made = services.record_notice(
            actor=actor,
            unit_id=unit.id,
            occurred_on=data["occurred_on"],
            content=content,
            client_key=client_key(request),
        )
        if data.get("village_heads"):
            services.add_form_used(
                actor=actor,
                notice_id=made.pk,
                content=services.FormInput(Form.VILLAGE_HEAD, data["occurred_on"]),
                client_key=_beside(client_key(request), "d"),
            )
    except BadInput as refusal:
        form.refuse_posting(refusal, postings)
        return None
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, gettext("Đã công khai."))
    if data["photo"] is not None:
        _prove(request, unit.id, made, data["photo"])
    return made


def _beside(key: uuid.UUID | None, what: str) -> uuid.UUID | None:
    return uuid.uuid5(key, what) if key else None


def _check_photo(photo: Any, has_place: bool) -> None:
    """Refuse a picture that cannot be kept before anything is written."""
    if photo is None:
        return
    if not has_place:
        raise BadInput(
            "Ảnh này là ảnh tại trụ sở; ghi nơi niêm yết tại trụ sở.",
            "This is the picture at the headquarters; name that place.",
            field="headquarters",
        )
    try:
        check_upload(photo, photo.name or "", allowed=services.EVIDENCE_KINDS)
    except BadInput as refusal:
        refusal.field = "photo"
        raise
    photo.seek(0)


def _prove(request: HttpRequest, unit_id: int, made: Any, photo: Any) -> None:
    """Add the picture to the posting at the headquarters, once."""
    posting = made.postings.filter(kind=Place.HEADQUARTERS, evidence__isnull=True).first()
    if posting is None:
        return
    try:
        taken = services.hand_in_evidence(
            actor=viewer_of(request), unit_id=unit_id, data=photo, name=photo.name or ""
        )
        services.add_evidence(
            actor=viewer_of(request),
            posting_id=posting.pk,
            content=services.EvidenceInput(PostingEvidence.Moment.START, taken),
        )
    except Refusal as refusal:
        messages.error(
            request, gettext("Nội dung đã lưu, ảnh chưa lưu: %(why)s") % {"why": str(refusal)}
        )


def _new_form(
    request: HttpRequest,
    unit: UnitOnDay,
    rule: Rule,
    wanted: Prescribed,
    form: NewNoticeForm,
    wrong: Any,
) -> HttpResponse:
    return render(
        request,
        "office/disclosure_form.html",
        {
            "unit": unit,
            "rule": rule,
            "number": clause_number(rule),
            "cited": cited(rule),
            "wanted": wanted,
            "corrected": wrong,
            "form": form,
            "where": [name for name in _WHERE if name in form.fields],
            "client_key": request.POST.get("client_key") or uuid.uuid4(),
        },
        status=400 if form.errors else 200,
    )


_WHERE = ("headquarters", "photo", "halls", "points", "link", "village_heads", "public")


@signed_in
def disclosure_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A notice with its postings, evidence, broadcasts, days and what it lacks."""
    parameters(request, {})
    return page(request, public_id)


def page(
    request: HttpRequest, public_id: uuid.UUID, wrong: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of a notice, with the forms that were refused."""
    viewer = viewer_of(request)
    found = selectors.notice(viewer, public_id)
    wrong = wrong or {}
    may_write = viewer.may("records.write", found.unit_id) and not found.cancelled
    day = {"on": today()}
    return render(
        request,
        "office/disclosure.html",
        {
            "notice": found,
            "number": clause_number(found.rule) if found.rule else "",
            "derivation": _rows_of(found),
            "cited": cited(found.rule) if found.rule else None,
            "unit": unit_by_id(found.unit_id, found.occurred_on),
            "may_write": may_write,
            "may_cancel": viewer.may("records.cancel", found.unit_id) and not found.cancelled,
            "postings": [
                {"posting": posting, **(_acts(posting, wrong) if may_write else {})}
                for posting in found.postings
            ],
            "posting_form": wrong.get("dan") or PostingForm(initial={"starts_on": today()}),
            "broadcast_form": wrong.get("phat") or BroadcastForm(initial=day),
            "form_form": wrong.get("hinh-thuc") or FormUsedForm(prefix="ht", initial=day),
            "cancel_form": wrong.get("huy") or CancelForm(),
            "client_key": uuid.uuid4(),
        },
        status=400 if wrong else 200,
    )


def _rows_of(found: NoticeView) -> list[dict[str, Any]]:
    """How the due day came about, in the language of the page; kept as it was derived then."""
    told = found.derivation.get(get_language() or "vi") or found.derivation.get("vi") or {}
    return [
        {**row, "date": dt.date.fromisoformat(row["date"])} for row in told.get("derivation", ())
    ]


def _acts(posting: Any, wrong: dict[str, Any]) -> dict[str, Any]:
    """The forms that can act on a posting as it stands; a refused one as it was sent."""
    if posting.cancelled:
        return {}
    day = {"on": today()}

    def form(name: str, kind: Any, **initial: Any) -> Any:
        prefix = f"{name}-{posting.record_id}"
        return wrong.get(prefix) or kind(prefix=prefix, initial=initial)

    forms = {
        "evidence": form("anh", EvidenceForm, moment="end" if posting.ends_on else "start"),
        "correct": wrong.get(f"sua-{posting.record_id}")
        or PostingForm(
            prefix=f"sua-{posting.record_id}",
            correcting=True,
            initial=posting_initial(posting),
        ),
        "undo": form("bo", ReasonForm),
    }
    if posting.ends_on is not None:
        return {**forms, "hang": form("treo-lai", ReasonForm)}
    if any(gap.to_on is None for gap in posting.standing.gaps):
        return {**forms, "again": form("lai", AgainForm, **day)}
    return {
        **forms,
        "interrupt": form("gian-doan", InterruptForm, from_on=today()),
        "down": form("go", TakeDownForm, **day),
    }


@staff("records.write")
def disclosure_correct(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Correct a slip of the pen; the version before is kept with the reason."""
    parameters(request, {})
    viewer = viewer_of(request)
    found = selectors.notice(viewer, public_id)
    offered = tuple(
        rule for rule, _want in selectors.offered_clauses(found.unit_id, found.occurred_on)
    )
    form = CorrectNoticeForm(
        request.POST or None,
        request.FILES or None,
        found=found,
        offered=offered,
        plan=plan_of_year(viewer, found.unit_id, found.occurred_on.year),
        initial={
            "rule_key": found.rule_key,
            "title": found.title,
            "document_number": found.document_number,
            "decided_on": found.decided_on,
            "occurred_on": found.occurred_on,
            "text": found.text,
            "table_text": table_as_text(found.table),
            "money": "dong" if found.table and found.table["money"] else "",
            "planned_item": found.planned_item_id,
            "public": found.public,
        },
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            content = replace(form.notice(data["rule_key"]), public=data["public"])
            if found.corrects is not None:
                other = selectors.notice(viewer, found.corrects.public_id)
                content = replace(content, corrects_id=other.record_id)
            if data.get("without_table"):
                content = replace(content, table=None)
            services.correct_notice(
                actor=viewer,
                record_id=found.record_id,
                version=whole_number(request.POST.get("version", "")),
                occurred_on=data["occurred_on"],
                content=content,
                reason=data["reason"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
            form.keep_what_files_held()
        else:
            messages.success(request, gettext("Đã sửa; bản trước được giữ lại."))
            return redirect("office:disclosure", public_id)
    return render(
        request,
        "office/disclosure_correct.html",
        {"form": form, "notice": found, "version": found.version},
        status=400 if form.errors else 200,
    )
