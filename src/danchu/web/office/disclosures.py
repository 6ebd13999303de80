"""Ghi nội dung công khai: choosing the clause, writing a notice down, correcting it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from danchu.civic.disclosure import selectors, services
from danchu.civic.disclosure.budget_quarters import (
    BUDGET_RULE,
    period_told,
    titles_offered,
)
from danchu.civic.disclosure.models import Form
from danchu.civic.disclosure.rules import REGISTER_RULE, Prescribed, kind_of_level, prescribed
from danchu.civic.disclosure.selectors import plan_of_year
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound, Refusal
from danchu.core.law.catalog import Rule
from danchu.core.law.citing import cited
from danchu.core.law.selectors import current_catalogue
from danchu.core.units.selectors import UnitOnDay
from danchu.web.design.access import keeps_typed, staff, viewer_of
from danchu.web.design.parameters import parameters

from .disclosure_forms import (
    CorrectNoticeForm,
    clause_name,
    table_as_text,
)
from .disclosure_places import ClauseChoice, NewNoticeForm, usual_rows
from .scope import chosen_unit
from .sent import client_key, next_key, whole_number


@staff("records.write")
@keeps_typed
def disclosure_new(request: HttpRequest) -> HttpResponse:
    """First the clause, by a link for each; then one form with what the law prescribes for it."""
    query = parameters(request, {"don-vi": str, "khoan": str, "dinh-chinh": uuid.UUID})
    viewer = viewer_of(request)
    unit = chosen_unit(request, query["don-vi"], "records.write")
    # A register is made on its own page, out of what was disclosed.
    offered = [
        (rule, want)
        for rule, want in selectors.offered_clauses(unit.id, today())
        if rule.key != REGISTER_RULE
    ]
    wrong = selectors.notice(viewer, query["dinh-chinh"]) if query["dinh-chinh"] else None
    if wrong is not None and wrong.unit_id != unit.id:
        raise NotFound("Không tìm thấy nội dung này.", "There is no such notice.")
    if wrong is not None and wrong.register_of and not query["khoan"]:
        # It is cancelled and published again; its own page says what can be done.
        return redirect("office:disclosure_paper", wrong.public_id)
    key = query["khoan"] or (wrong.rule_key if wrong else "")
    by_key = {rule.key: (rule, want) for rule, want in offered}
    chosen, choose = by_key.get(key), None
    if chosen is None and request.method == "POST" and offered:
        # What was typed is not lost for a clause that does not apply: another one is chosen.
        key = request.POST.get("rule_key", "") or key
        known = current_catalogue().rules.get(key)
        choose = ClauseChoice(tuple(rule for rule, _want in offered), required=known is None)
        chosen = by_key.get(key) or (
            (known, prescribed(known, today())) if known is not None else offered[0]
        )
    if chosen is None:
        if key:
            raise NotFound("Không có khoản này ở đơn vị.", "The unit has no such clause.")
        return render(
            request,
            "office/disclosure_clauses.html",
            {
                "unit": unit,
                "offered": [(clause_name(rule), rule, want) for rule, want in offered],
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
        if rule.key == BUDGET_RULE and not begun["title"]:
            form.offer_titles(titles_offered(unit.name, today()), _owed(viewer, unit))
        return _new_form(request, unit, rule, wanted, form, wrong)
    form = NewNoticeForm(request.POST, request.FILES, choose=choose, **given)
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
    if rule.key == BUDGET_RULE and not wrong and _owed(viewer, unit):
        title = ""  # it follows the period that is chosen; none is guessed
    return {
        "occurred_on": today(),
        "posted_on": today(),
        "title": title[:300],
        "planned_item": line.item_id if line else None,
        # Else it is told by the title, which may yet be changed.
        "budget_period": (wrong.budget_period or period_told(wrong.title)) if wrong else "",
    }


def _owed(viewer: Actor, unit: UnitOnDay) -> tuple[Any, ...]:
    """The quarters whose execution is overdue, the oldest first."""
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
            alike=form.insists,
        )
        if data.get("village_heads"):
            services.add_form_used(
                actor=actor,
                notice_id=made.pk,
                content=services.FormInput(Form.VILLAGE_HEAD, data["occurred_on"]),
                client_key=_beside(client_key(request), "d"),
            )
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, gettext("Đã công khai."))
    if form.read_as:
        messages.info(request, form.read_as)
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


@staff("records.write")
@keeps_typed
def disclosure_correct(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Correct a slip of the pen; the version before is kept with the reason."""
    parameters(request, {})
    viewer = viewer_of(request)
    found = selectors.notice(viewer, public_id)
    offered = tuple(
        rule
        for rule, _want in selectors.offered_clauses(found.unit_id, found.occurred_on)
        if rule.key != REGISTER_RULE or found.register_of
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
            if form.read_as:
                messages.info(request, form.read_as)
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
