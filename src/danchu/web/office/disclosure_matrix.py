"""Oversight of disclosure: units against clauses, one cell, and sending what is missing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from danchu.civic.disclosure import selectors, services
from danchu.civic.disclosure.budget_quarters import BUDGET_RULE
from danchu.civic.disclosure.clause_states import clause_number
from danchu.civic.disclosure.printing_matrix import matrix_xlsx
from danchu.core.clock import today
from danchu.core.documents.model import DEMONSTRATION_MARK
from danchu.core.errors import Refusal
from danchu.core.law.citing import said_article
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.office_bar import name_at_hand
from danchu.web.design.parameters import parameters
from danchu.web.design.refusals import status_of

from .disclosure_matrix_forms import RemindForm
from .disclosure_matrix_shown import (
    columns_of,
    group_shown,
    lead_of,
    names_of,
    other_periods,
    state_tag,
    through_shown,
)
from .law_words import basis_words, rhythm_words, rule_cited, rule_title, said
from .periods import plain_label
from .scope import chosen_unit

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NEEDS_A_HAND = "can-xu-ly"
_MOST_NOTICES = 100  # of one unit and clause that are listed


@staff("records.read")
def own_matrix(request: HttpRequest) -> HttpResponse:
    """To the matrix of the own unit for this year."""
    query = parameters(request, {"don-vi": str})
    unit = chosen_unit(request, query["don-vi"], "records.read")
    return redirect("office:disclosure_matrix", unit.code, str(today().year))


@signed_in
def disclosure_matrix(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The units directly below against the clauses; the unit's own first."""
    query = parameters(request, {"chi": (_NEEDS_A_HAND,), "trang": int, "tat-ca": bool})
    viewer = viewer_of(request)
    only, whole = query["chi"] == _NEEDS_A_HAND, bool(query["tat-ca"])
    matrix = selectors.disclosure_matrix(
        viewer, code, period, page=None if whole else query["trang"] or 1, needing=only
    )
    name_at_hand(request, matrix.unit.unit_id, matrix.unit.name)
    may_remind = selectors.may_remind(viewer, matrix)
    n_missing = matrix.tally()["missing"]
    # Asked only where there is something to remind of: most pages have one query less.
    reminded = selectors.reminded_of(viewer, matrix) if may_remind and n_missing else None
    groups = [
        group_shown(group, reminded=reminded, period=matrix.span.code) for group in matrix.groups
    ]
    heads = columns_of(matrix.clauses)
    return render(
        request,
        "office/disclosure_matrix.html",
        {
            "matrix": matrix,
            "unit": matrix.unit,
            "period": matrix.span.code,
            "label": plain_label(matrix.span.code),
            "lead": lead_of(matrix),
            "own": group_shown(matrix.own, own=True) if matrix.own else None,
            "groups": [group for group in groups if group.rows],
            "page": Paginator(range(matrix.listed), selectors.AT_ONCE).page(matrix.page),
            "whole": whole,
            "others": through_shown(matrix),
            "heads": {"columns": heads, "names": names_of(heads)},
            "periods": other_periods(matrix.span, today()),
            "only": only,
            "calm": matrix.number - matrix.needing if only else 0,
            "may_remind": may_remind,
            "n_new": max(0, n_missing - len(reminded.sent)) if reminded else 0,
            "n_reminded": len(reminded.sent) if reminded else 0,
            "reminded": reminded.last if reminded else None,
        },
    )


@signed_in
def disclosure_matrix_file(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The same as a spreadsheet, with a sheet of what is owed."""
    parameters(request, {})
    matrix = selectors.disclosure_matrix(viewer_of(request), code, period)
    mark = DEMONSTRATION_MARK if matrix.unit.is_demo else None
    answer = HttpResponse(matrix_xlsx(matrix, demo_mark=mark), content_type=_XLSX)
    plain = f"{matrix.unit.code}-{matrix.span.code}".replace(":", "-").replace("@", "-")
    answer["Content-Disposition"] = f'attachment; filename="ma-tran-cong-khai-{plain}.xlsx"'
    return answer


@signed_in
def disclosure_clause(
    request: HttpRequest, above: str, period: str, code: str, key: str
) -> HttpResponse:
    """One cell: why it stands so, and the notices behind it. ``above``: whose matrix it is of."""
    parameters(request, {})
    viewer = viewer_of(request)
    found = selectors.clause_of_unit(viewer, code, period, key)
    unit = found.unit
    name_at_hand(request, unit.unit_id, unit.name)
    may_remind, reminded = selectors.reminder_of_cell(viewer, above, found)
    lines, number = selectors.notices(
        viewer,
        unit_id=unit.unit_id,
        rule_keys=[key],
        start=found.span.start,
        end=found.span.end,
        limit=_MOST_NOTICES,
    )
    return render(
        request,
        "office/disclosure_clause.html",
        {
            "found": found,
            "unit": unit,
            "rule": found.rule,
            "title": rule_title(found.rule),
            "cited": rule_cited(found.rule),
            "basis": basis_words(found.rule),
            "rhythm": rhythm_words(found.rule),
            "tag": state_tag(found.cell.state),
            "owed": ", ".join(said(quarter.name) for quarter in found.cell.owed),
            "label": plain_label(found.span.code),
            "period": found.span.code,
            "above": above,
            "lines": lines,
            "number": number - sum(line.cancelled for line in lines),
            "without": ", ".join(said(quarter.name) for quarter in found.without),
            "may_remind": may_remind,
            "reminded": reminded,
            "late": [(said(one.quarter.name), one) for one in found.late]
            if key == BUDGET_RULE and found.cell.state in ("late", "unconfirmed")
            else [],
            "late_papers": any(line.late_by and not line.cancelled for line in lines),
            "article": said(said_article(clause_number(found.rule))),
        },
    )


@staff("units.remind")
def disclosure_remind(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """What would be sent, to whom, by when it is asked for; then it is sent, once."""
    query = parameters(request, {"don-vi": str, "khoan": str})
    viewer = viewer_of(request)
    part: dict[str, Any] = {
        "unit_code": query["don-vi"] or "",
        "rule_key": query["khoan"] or "",
    }
    found = selectors.missing_below(viewer, code, period, **part)
    unit = found.matrix.unit
    name_at_hand(request, unit.unit_id, unit.name)
    form, status = RemindForm(initial={"due_on": found.offered_day}), 200
    if request.method == "POST":
        form, status = RemindForm(request.POST), 400
        if form.is_valid():
            try:
                sent = services.remind_units(
                    actor=viewer,
                    code=code,
                    period=period,
                    due_on=form.cleaned_data["due_on"],
                    **part,
                )
            except Refusal as refusal:
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                messages.success(
                    request,
                    ngettext("Đã nhắc %(n)s nội dung.", "Đã nhắc %(n)s nội dung.", sent)
                    % {"n": sent},
                )
                return redirect(
                    reverse("office:disclosure_matrix", args=[code, found.matrix.span.code])
                )
    return render(
        request,
        "office/disclosure_remind.html",
        {
            "found": found,
            "unit": unit,
            "period": found.matrix.span.code,
            "label": plain_label(found.matrix.span.code),
            "lines": [(line, rule_title(line.rule), rule_cited(line.rule)) for line in found.lines],
            "n_new": len(found.new),
            "n_reminded": len(found.lines) - len(found.new),
            "reminded": found.last_sent,
            "n_units": len({line.unit_id for line in found.new}),
            "form": form,
            "heading": gettext("Gửi nhắc đơn vị"),
        },
        status=status,
    )
