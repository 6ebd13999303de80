"""Ghi nội dung công khai: choosing the clause, writing a notice down, its page."""

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
from danchu.civic.disclosure.budget_quarters import BUDGET_RULE, period_told
from danchu.civic.disclosure.models import Form
from danchu.civic.disclosure.rules import REGISTER_RULE, Prescribed, kind_of_level, prescribed
from danchu.civic.disclosure.selectors import NoticeView, plan_of_year
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput, NotFound, Refusal
from danchu.core.law.catalog import Rule
from danchu.core.law.citing import cited
from danchu.core.law.selectors import current_catalogue
from danchu.core.units.selectors import UnitOnDay, unit_by_id
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.data_tables import table_shown
from danchu.web.design.parameters import parameters

from .disclosure_forms import (
    CorrectNoticeForm,
    clause_name,
    table_as_text,
)
from .disclosure_places import NewNoticeForm, usual_rows
from .disclosure_step_forms import (
    AgainForm,
    BroadcastForm,
    CorrectPostingForm,
    DocumentForm,
    EvidenceForm,
    FormUsedForm,
    InterruptForm,
    PostingForm,
    ReasonForm,
    RemoveDocumentForm,
    TakeDownForm,
    posting_initial,
)
from .record_forms import CancelForm
from .scope import chosen_unit
from .sent import client_key, next_key, whole_number


@staff("records.write", keeps_typed=True)
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
    if chosen is None and request.method == "POST":
        # What was typed is not lost for a clause that does not apply: the service says why.
        known = current_catalogue().rules.get(key)
        chosen = (known, prescribed(known, today())) if known is not None else None
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
                    (clause_name(rule), rule, want)
                    for rule, want in offered
                    if rule.key != REGISTER_RULE
                ],
            },
        )
    rule, wanted = chosen
    plan, kind = plan_of_year(viewer, unit.id, today().year), kind_of_level(unit.level)
    given: dict[str, Any] = {"rule": rule, "kind": kind, "wanted": wanted, "plan": plan}
    if request.method != "POST":
        usual = selectors.usual_places(viewer, unit.id, today())
        rows = usual_rows(unit, kind, wanted, usual)
        begun = _initial(viewer, unit, rule, wrong, plan)
        form = NewNoticeForm(initial=begun, rows=rows, **given)
        return _new_form(request, unit, rule, wanted, form, wrong)
    form = NewNoticeForm(request.POST, request.FILES, **given)
    form.take_in(viewer, unit.id)
    if form.is_valid():
        made = _write(request, unit, rule, form, wrong)
        if made is not None:
            return redirect("office:disclosure", made.record.public_id)
    if not form.sent_before:
        _tell_the_rest(request, unit, rule, form, wrong)
    form.keep_what_files_held()
    return _new_form(request, unit, rule, wanted, form, wrong)


def _initial(viewer: Actor, unit: UnitOnDay, rule: Rule, wrong: Any, plan: Any) -> dict[str, Any]:
    """The days, and what the plan of the year or the ledger of duties tells of the content.

    The day of the document is left to who has it in hand: the last day to publish hangs on it.
    """
    lines = [item for item in plan.items if item.rule_key == rule.key] if plan else []
    line = lines[0] if len(lines) == 1 else None
    title = f"Đính chính: {wrong.title}" if wrong else (line.title if line else "")
    owed = () if wrong or rule.key != BUDGET_RULE else _owed(viewer, unit)
    if owed:
        title = f"Thực hiện dự toán ngân sách {unit.name} {owed[0].name.vi}"
    return {
        "occurred_on": today(),
        "posted_on": today(),
        "title": title[:300],
        "planned_item": line.item_id if line else None,
        # Else it is told by the title, which may yet be changed.
        "budget_period": (wrong.budget_period or period_told(wrong.title)) if wrong else "",
    }


def _owed(viewer: Actor, unit: UnitOnDay) -> tuple[Any, ...]:
    """The quarters whose execution the unit has not told yet this year, the oldest first."""
    found = selectors.clause_of_unit(viewer, unit.code, str(today().year), BUDGET_RULE)
    return tuple(found.cell.owed)


def _write(
    request: HttpRequest, unit: UnitOnDay, rule: Rule, form: NewNoticeForm, wrong: Any
) -> Any:
    """The notice that was written, or None with the refusal shown in the form."""
    actor, data = viewer_of(request), form.cleaned_data
    try:
        content = form.notice(
            rule.key, postings=form.postings(), corrects_id=wrong and wrong.record_id
        )
        if "public" in data:
            content = replace(content, public=data["public"])
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
        form.refuse_each(refusal)
        return None
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, gettext("Đã công khai."))
    return made


def _tell_the_rest(
    request: HttpRequest, unit: UnitOnDay, rule: Rule, form: NewNoticeForm, wrong: Any
) -> None:
    """All that can be said is said at once, not the files first and then the rest."""
    form.tell_the_rest(
        lambda content: services.refusals_of(
            actor=viewer_of(request),
            unit_id=unit.id,
            occurred_on=form.cleaned_data.get("occurred_on"),
            content=content,
        ),
        rule.key,
        postings=form.postings(),
        corrects_id=wrong and wrong.record_id,
    )


def _beside(key: uuid.UUID | None, what: str) -> uuid.UUID | None:
    return uuid.uuid5(key, what) if key else None


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
            "clause": clause_name(rule),
            "basis": cited(rule),
            "wanted": wanted,
            "corrected": wrong,
            "form": form,
            "client_key": next_key(request, form),
        },
        status=400 if form.wrong_fields else 200,
    )


@signed_in
def disclosure_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A notice with its postings, evidence, broadcasts, days and what it lacks."""
    parameters(request, {})
    return page(request, public_id)


def page(
    request: HttpRequest, public_id: uuid.UUID, wrong: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of a notice, with the forms that were refused as they were sent.

    What was refused is told at the top too: where somebody else changed the notice meanwhile,
    its form may be on the page no more.
    """
    viewer = viewer_of(request)
    found = selectors.notice(viewer, public_id)
    wrong = wrong or {}
    may_write = viewer.may("records.write", found.unit_id) and not found.cancelled
    may_cancel = viewer.may("records.cancel", found.unit_id) and not found.cancelled
    shown = _Shown(wrong)
    context = {
        "notice": found,
        "clause": clause_name(found.rule) if found.rule else "",
        "derivation": _rows_of(found),
        "basis": cited(found.rule) if found.rule else None,
        "unit": unit_by_id(found.unit_id, found.occurred_on),
        "may_write": may_write,
        "may_cancel": may_cancel,
        "postings": [
            {"posting": posting, **(_acts(posting, shown) if may_write else {})}
            for posting in found.postings
        ],
        "table": table_shown(found.table) if found.table else None,
        "documents": [
            {
                "document": one,
                "remove": shown.form(f"go-tep-{one.order}", RemoveDocumentForm, order=one.order)
                if may_write and not one.removed and one.file_id
                else None,
            }
            for one in found.documents
        ],
        "forms": _forms(found, shown) if may_write else {},
        "cancel_form": shown.form("huy", CancelForm, prefixed=False) if may_cancel else None,
        "client_key": uuid.uuid4(),
    }
    context["refused"], context["refused_elsewhere"] = shown.refused, shown.elsewhere
    return render(request, "office/disclosure.html", context, status=400 if wrong else 200)


class _Shown:
    """The forms of a page; those that were refused as they were sent."""

    def __init__(self, wrong: dict[str, Any]) -> None:
        self.wrong, self.drawn = wrong, set[str]()

    def form(self, name: str, kind: Any, /, *, prefixed: bool = True, **initial: Any) -> Any:
        """A form of this page by its name."""
        self.drawn.add(name)
        prefix = name if prefixed else None
        return self.wrong.get(name) or kind(prefix=prefix, initial=initial)

    @property
    def refused(self) -> Any:
        """The form that was refused and is drawn, else None."""
        return next((form for name, form in self.wrong.items() if name in self.drawn), None)

    @property
    def elsewhere(self) -> list[str]:
        """What was refused of a form that is not drawn any more."""
        gone = [form for name, form in self.wrong.items() if name not in self.drawn]
        return [sentence for form in gone for _target, sentence in form.wrong_fields]


def _forms(found: NoticeView, shown: _Shown) -> dict[str, Any]:
    """The forms that add something to a notice."""
    forms = {
        "posting": shown.form("dan", PostingForm, starts_on=today()),
        "broadcast": shown.form("phat", BroadcastForm, on=today()),
        "used": shown.form("hinh-thuc", FormUsedForm, on=today()),
        "document": shown.form("tep", DocumentForm),
    }
    if found.has_names and not found.names_shown and not found.names_forgotten:
        forms["names"] = shown.form("hien-ten", ReasonForm)
    return forms


def _rows_of(found: NoticeView) -> list[dict[str, Any]]:
    """How the due day came about, in the language of the page; kept as it was derived then."""
    told = found.derivation.get(get_language() or "vi") or found.derivation.get("vi") or {}
    return [
        {**row, "date": dt.date.fromisoformat(row["date"])} for row in told.get("derivation", ())
    ]


def _acts(posting: Any, shown: _Shown) -> dict[str, Any]:
    """The forms that can act on a posting as it stands."""
    if posting.cancelled:
        return {}

    def form(name: str, kind: Any, /, **initial: Any) -> Any:
        return shown.form(f"{name}-{posting.record_id}", kind, **initial)

    forms = {
        "evidence": form("anh", EvidenceForm, moment="end" if posting.ends_on else "start"),
        "correct": form("sua", CorrectPostingForm, **posting_initial(posting)),
        "undo": form("bo", ReasonForm),
    }
    if posting.ends_on is not None:
        return {**forms, "hang": form("treo-lai", ReasonForm)}
    if any(gap.to_on is None for gap in posting.standing.gaps):
        return {**forms, "again": form("lai", AgainForm, on=today())}
    return {
        **forms,
        "interrupt": form("gian-doan", InterruptForm, from_on=today()),
        "down": form("go", TakeDownForm, on=today()),
    }


@staff("records.write", keeps_typed=True)
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
            "budget_period": found.budget_period or period_told(found.title),
            "public": found.public,
            "names_not_after": found.names_not_after,
        },
    )
    if request.method == "POST":
        form.take_in(viewer, found.unit_id)
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
        else:
            messages.success(request, gettext("Đã sửa; bản trước được giữ lại."))
            return redirect("office:disclosure", public_id)
    if request.method == "POST":
        form.tell_the_rest(
            lambda content: tuple(
                fault
                for fault in services.refusals_of(
                    actor=viewer,
                    unit_id=found.unit_id,
                    occurred_on=form.cleaned_data.get("occurred_on"),
                    content=content,
                )
                if fault.code != "empty"  # what stands there already is not in the form
            ),
            form.cleaned_data.get("rule_key", found.rule_key),
        )
        form.keep_what_files_held()
    return render(
        request,
        "office/disclosure_correct.html",
        {"form": form, "notice": found, "version": found.version},
        status=400 if form.errors else 200,
    )
