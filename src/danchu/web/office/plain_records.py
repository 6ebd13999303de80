"""Receptions and other work: one page to write, one to read, correct and cancel."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy

from danchu.civic.otherwork import selectors as other_selectors
from danchu.civic.otherwork import services as other_services
from danchu.civic.reception import selectors as reception_selectors
from danchu.civic.reception import services as reception_services
from danchu.core.calendar.selectors import current_calendar
from danchu.core.errors import Refusal
from danchu.core.files.selectors import files_of
from danchu.core.records.services import cancel_record
from danchu.core.units.selectors import unit_by_id
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.parameters import parameters

from .cancelling import cancelled
from .record_forms import CancelForm, OtherWorkForm, ReceptionForm, new_day
from .scope import chosen_unit
from .sent import client_key, next_key, whole_number


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of plain record: its words, form, services and addresses."""

    name: Any
    new_words: Any
    form: type[Any]
    template: str
    url: str
    read: Callable[..., Any]
    write: Callable[..., Any]
    correct: Callable[..., Any]
    initial: Callable[[Any], dict[str, Any]]


def _reception_fields(found: Any) -> dict[str, Any]:
    names = (
        "occurred_on",
        "form",
        "receiver",
        "receiver_post",
        "place",
        "visits",
        "people",
        "matters",
        "mass_groups",
        "note",
    )
    return {name: getattr(found, name) for name in names}


def _other_fields(found: Any) -> dict[str, Any]:
    scale = found.kind.scale if found.kind else 1
    whole, rest = divmod(found.number, scale)
    places = len(str(scale)) - 1
    number = f"{whole},{rest:0{places}d}" if rest else str(whole)
    return {
        "occurred_on": found.occurred_on,
        "kind": found.key,
        "number": number,
        "people": found.people,
        "base_kind": found.base_kind,
        "place": found.place,
        "note": found.note,
    }


RECEPTION = Kind(
    name=gettext_lazy("Tiếp công dân"),
    new_words=gettext_lazy("Ghi tiếp công dân"),
    form=ReceptionForm,
    template="office/reception.html",
    url="office:reception",
    read=reception_selectors.reception,
    write=reception_services.record_reception,
    correct=reception_services.correct_reception,
    initial=_reception_fields,
)
OTHER = Kind(
    name=gettext_lazy("Việc khác"),
    new_words=gettext_lazy("Ghi việc khác"),
    form=OtherWorkForm,
    template="office/otherwork.html",
    url="office:other_work",
    read=other_selectors.other_work,
    write=other_services.record_other_work,
    correct=other_services.correct_other_work,
    initial=_other_fields,
)


def _new(request: HttpRequest, kind: Kind) -> HttpResponse:
    query = parameters(request, {"don-vi": str})
    unit = chosen_unit(request, query["don-vi"], "records.write")
    form = kind.form(request.POST or None, initial=new_day())
    if request.method == "POST" and form.is_valid():
        try:
            made = kind.write(
                actor=viewer_of(request),
                unit_id=unit.id,
                occurred_on=form.cleaned_data["occurred_on"],
                content=form.content(),
                client_key=client_key(request),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã lưu."))
            return redirect(kind.url, made.record.public_id)
    return render(
        request,
        "office/record_form.html",
        {
            "unit": unit,
            "form": form,
            "words": kind.new_words,
            "client_key": next_key(request, form),
        },
        status=400 if form.errors else 200,
    )


def _page(
    request: HttpRequest, kind: Kind, public_id: uuid.UUID, cancel_form: CancelForm | None = None
) -> HttpResponse:
    viewer = viewer_of(request)
    found = kind.read(viewer, public_id)
    return render(
        request,
        kind.template,
        {
            "record": found,
            "unit": unit_by_id(found.unit_id, found.occurred_on),
            "kind": kind,
            "correct_url": f"{kind.url}_correct",
            "cancel_url": f"{kind.url}_cancel",
            "may_write": viewer.may("records.write", found.unit_id) and not found.cancelled,
            "may_cancel": viewer.may("records.cancel", found.unit_id) and not found.cancelled,
            "cancel_form": cancel_form or CancelForm(),
            "files": files_of(viewer, found.record_id),
            "day_off": current_calendar().why_off(found.occurred_on),
        },
        status=400 if cancel_form else 200,
    )


def _correct(request: HttpRequest, kind: Kind, public_id: uuid.UUID) -> HttpResponse:
    found = kind.read(viewer_of(request), public_id)
    form = kind.form(request.POST or None, correcting=True, initial=kind.initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            kind.correct(
                actor=viewer_of(request),
                record_id=found.record_id,
                version=whole_number(request.POST.get("version", "")),
                occurred_on=form.cleaned_data["occurred_on"],
                content=form.content(),
                reason=form.cleaned_data["reason"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã sửa; bản trước được giữ lại."))
            return redirect(kind.url, public_id)
    return render(
        request,
        "office/correct.html",
        {
            "form": form,
            "version": found.version,
            "title": kind.name,
            "back": kind.url,
            "public_id": public_id,
        },
        status=400 if form.errors else 200,
    )


def _cancel(request: HttpRequest, kind: Kind, public_id: uuid.UUID) -> HttpResponse:
    found = kind.read(viewer_of(request), public_id)
    return cancelled(
        request,
        partial(cancel_record, right="records.cancel"),
        found.record_id,
        (kind.url, public_id),
        lambda form: _page(request, kind, public_id, form),
    )


@staff("records.write")
def reception_new(request: HttpRequest) -> HttpResponse:
    """Write a reception down."""
    return _new(request, RECEPTION)


@signed_in
def reception_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A reception with its totals."""
    return _page(request, RECEPTION, public_id)


@staff("records.write")
def reception_correct(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Correct a reception."""
    return _correct(request, RECEPTION, public_id)


@staff("records.cancel")
def reception_cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Cancel a reception."""
    return _cancel(request, RECEPTION, public_id)


@staff("records.write")
def other_work_new(request: HttpRequest) -> HttpResponse:
    """Write other work down."""
    return _new(request, OTHER)


@signed_in
def other_work_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A row of other work."""
    return _page(request, OTHER, public_id)


@staff("records.write")
def other_work_correct(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Correct other work."""
    return _correct(request, OTHER, public_id)


@staff("records.cancel")
def other_work_cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Cancel other work."""
    return _cancel(request, OTHER, public_id)
