"""The page of a notice, with the forms that can act on it as it stands."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from danchu.civic.disclosure import selectors
from danchu.civic.disclosure.selectors import NoticeView
from danchu.civic.disclosure.standing import Gap
from danchu.core.clock import today
from danchu.core.law.citing import cited
from danchu.core.units.selectors import unit_by_id
from danchu.web.design.access import signed_in, viewer_of
from danchu.web.design.data_tables import table_shown
from danchu.web.design.parameters import parameters

from . import disclosure_step_forms as steps
from .disclosure_forms import clause_name
from .disclosure_outside import papers_outside
from .record_forms import CancelForm


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
        "papers": papers_outside(found),
        "documents": [
            {
                "document": one,
                "remove": shown.form(
                    f"go-tep-{one.order}", steps.RemoveDocumentForm, order=one.order
                )
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
        "posting": shown.form("dan", steps.PostingForm, starts_on=today()),
        "broadcast": shown.form("phat", steps.BroadcastForm, on=today()),
        "used": shown.form("hinh-thuc", steps.FormUsedForm, on=today()),
        "document": shown.form("tep", steps.DocumentForm),
    }
    if found.has_names and not found.names_shown and not found.names_forgotten:
        forms["names"] = shown.form("hien-ten", steps.ReasonForm)
    return forms


def _rows_of(found: NoticeView) -> list[dict[str, Any]]:
    """How the due day came about, in the language of the page; kept as it was derived then."""
    told = found.derivation.get(get_language() or "vi") or found.derivation.get("vi") or {}
    return [
        {**row, "date": dt.date.fromisoformat(row["date"])} for row in told.get("derivation", ())
    ]


def gap_form(act: str, posting_id: int, gap: Gap) -> str:
    """The name of a form about one interruption of a posting."""
    return f"{act}-{posting_id}-{gap.from_on:%Y%m%d}"


def _gap_initial(gap: Gap) -> dict[str, Any]:
    return {"from_on": gap.from_on, "to_on": gap.to_on, "reason": gap.reason}


def _acts(posting: Any, shown: _Shown) -> dict[str, Any]:
    """The forms that can act on a posting as it stands."""
    if posting.cancelled:
        return {}

    def form(name: str, kind: Any, /, **initial: Any) -> Any:
        return shown.form(f"{name}-{posting.record_id}", kind, **initial)

    forms: dict[str, Any] = {
        "gaps": [
            (
                gap,
                *(
                    shown.form(gap_form(act, posting.record_id, gap), kind, **initial)
                    for act, kind, initial in (
                        ("sua-gd", steps.CorrectInterruptionForm, _gap_initial(gap)),
                        ("huy-gd", steps.ReasonForm, {}),
                    )
                ),
            )
            for gap in posting.standing.gaps
        ],
        "evidence": form("anh", steps.EvidenceForm, moment="end" if posting.ends_on else "start"),
        "correct": form("sua", steps.CorrectPostingForm, **steps.posting_initial(posting)),
        "undo": form("bo", steps.ReasonForm),
    }
    if posting.ends_on is not None:
        return {**forms, "hang": form("treo-lai", steps.ReasonForm)}
    if any(gap.to_on is None for gap in posting.standing.gaps):
        return {**forms, "again": form("lai", steps.AgainForm, on=today())}
    return {
        **forms,
        "interrupt": form("gian-doan", steps.InterruptForm, from_on=today()),
        "down": form("go", steps.TakeDownForm, on=today()),
    }
