"""The form of a round as a spreadsheet: downloaded, sent back filled, looked through, taken in."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, override

from danchu.core.calendar.selectors import known_period
from danchu.core.contracts import Actor, require
from danchu.core.documents.filled_xlsx import too_large
from danchu.core.errors import BadInput, Refusal
from danchu.core.units.selectors import UnitOnDay
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.reviews.export import MEDIA_TYPES
from danchu.reporting.rounds.form import FormLine, FormView, exact_text
from danchu.reporting.rounds.spreadsheet.taking_in import (
    Change,
    InCell,
    Left,
    Preview,
    error_sheet,
    preview_sheet,
    take_in_sheet,
)
from danchu.reporting.rounds.spreadsheet.writing import form_sheet
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters
from danchu.web.design.refusals import status_of
from danchu.web.design.templatetags.danchu import written

from .entry import asked_form
from .entry_sheet_forms import EntrySheetAgainForm, EntrySheetForm
from .periods import download_name, period_label
from .words import SECTIONS


@dataclass(frozen=True, slots=True)
class Row:
    """A cell of the preview in words. ``recorded`` is "" where the records give nothing."""

    cell: str
    name: str
    unit: str
    old: str
    new: str
    recorded: str
    reason: str
    differs: bool = False
    halves: bool = False  # it differs from the half-years accepted


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: the address of the cell, "" for the file as a whole, and the sentence."""

    cell: str
    sentence: str


@staff("reports.write", "submissions.submit")
def entry_sheet_file(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The unit's form as XLSX, to be filled; in Vietnamese, as it goes from hand to hand."""
    parameters(request, {})
    viewer = viewer_of(request)
    unit, _form = asked_form(viewer, code, period)
    row = known_period(period)
    assert row is not None  # the form is of this period
    with override("vi"):
        names = {key: str(name) for key, name in SECTIONS.items()}
    return _file(form_sheet(viewer, unit.id, row, names), "Bieu", unit, period)


@staff("reports.write")
def entry_sheet(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Send the filled form back; see what it changes and what is wrong; confirm."""
    parameters(request, {})
    viewer = viewer_of(request)
    unit, form = asked_form(viewer, code, period)
    require(viewer, "reports.write", unit.id)
    page = _Page(request, viewer, unit, period, form)
    if request.method != "POST":
        return page.answer(EntrySheetForm())
    step = request.POST.get("viec", "")
    if step == "ghi":
        return page.take_in()
    return page.errors() if step == "loi" else page.look_through()


@dataclass(frozen=True, slots=True)
class _Page:
    """The page for one unit's form, and the steps on it."""

    request: HttpRequest
    viewer: Actor
    unit: UnitOnDay
    period: str
    form: FormView

    @property
    def _place(self) -> dict[str, Any]:
        return {"actor": self.viewer, "round_id": self.form.round_id, "unit_id": self.unit.id}

    def look_through(self) -> HttpResponse:
        """A file has come: show what it would change, or everything that is wrong with it."""
        form = EntrySheetForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self.answer(form)
        if form.is_too_large:
            return self.refused(too_large())
        return self.shown(form.cleaned_data["file"].read())

    def shown(self, data: bytes, refused: Refusal | None = None) -> HttpResponse:
        """The preview of a file, under what was refused just before."""
        try:
            preview = preview_sheet(**self._place, data=data)
        except BadInput as refusal:
            return self.refused(refusal)
        except Refusal as refusal:
            return self.answer(EntrySheetForm(), refused=refusal)
        return self.answer(EntrySheetForm(), preview=preview, data=data, refused=refused)

    def refused(self, refusal: BadInput) -> HttpResponse:
        """A file that is no form: the sentence says what is wrong with it as a whole."""
        faults = [Fault("", str(refusal))]
        return self.answer(EntrySheetForm(), faults=faults)

    def take_in(self) -> HttpResponse:
        """Confirmed: the file is read again and written, all of it or nothing."""
        again = EntrySheetAgainForm(self.request.POST)
        if not again.is_valid():
            return self.lost()
        data = again.cleaned_data["listed"]
        try:
            count = take_in_sheet(**self._place, data=data, mark=again.cleaned_data["mark"])
        except Refusal as refusal:
            return self.shown(data, refusal)
        messages.success(
            self.request,
            ngettext("Đã ghi %(n)s ô từ tệp Excel.", "Đã ghi %(n)s ô từ tệp Excel.", count)
            % {"n": count},
        )
        return redirect(reverse("office:entry", args=[self.unit.code, self.period]))

    def errors(self) -> HttpResponse:
        """The error sheet of a file that was refused."""
        again = EntrySheetAgainForm(self.request.POST)
        if not again.is_valid() or not again.cleaned_data["listed"]:
            return self.lost()
        data = error_sheet(**self._place, data=again.cleaned_data["listed"])
        return _file(data, "Loi bieu", self.unit, self.period)

    def lost(self) -> HttpResponse:
        """What came back with the page is no file any more."""
        sentence = BadInput("Đưa lại tệp biểu.", "Upload the file again.")
        return self.answer(EntrySheetForm(), refused=sentence)

    def answer(
        self,
        form: EntrySheetForm,
        *,
        preview: Preview | None = None,
        faults: list[Fault] | None = None,
        data: bytes = b"",
        refused: Refusal | None = None,
    ) -> HttpResponse:
        """The page. ``data`` travels in it to the next step, where it is read again."""
        wrong = list(faults or ())
        if preview is not None:
            wrong += [Fault(found.cell, _said(found.vi, found.en)) for found in preview.faults]
        status = 400 if form.errors or wrong else status_of(refused) if refused else 200
        return render(
            self.request,
            "office/entry_sheet.html",
            {
                "unit": self.unit,
                "period": self.period,
                "label": period_label(self.period),
                "asked": self.form,
                "form": form,
                "preview": preview if preview and not wrong else None,
                "changes": [_changed(c) for c in preview.changes] if preview else [],
                "left": [_left(found) for found in preview.left] if preview else [],
                "faults": wrong,
                # Of a file that is no form there is no cell to mark: the sentence says it all.
                "has_error_sheet": any(fault.cell for fault in wrong),
                "ignored": [
                    Fault(found.cell, _said(found.vi, found.en)) for found in preview.ignored
                ]
                if preview
                else [],
                "read_as": [
                    Fault(found.cell, _said(found.vi, found.en)) for found in preview.read_as
                ]
                if preview
                else [],
                "listed": base64.b64encode(data).decode(),
                "refused": str(refused) if refused else "",
            },
            status=status,
        )


def _file(data: bytes, about: str, unit: UnitOnDay, period: str) -> HttpResponse:
    response = HttpResponse(data, content_type=MEDIA_TYPES["xlsx"])
    name = download_name(period, unit.name, "xlsx").replace("BC", about, 1)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _said(vi: str, en: str) -> str:
    return en if get_language() == "en" else vi


def _named(meaning: Definition) -> tuple[str, str]:
    if get_language() == "en":
        return meaning.name_en, meaning.unit_en
    return meaning.name_vi, meaning.unit_vi


def _words(meaning: Definition, standing: InCell) -> str:
    if standing.state == "not_applicable":
        return gettext("không áp dụng")
    if standing.amount is None:
        return gettext("chưa báo cáo")
    return written(exact_text(meaning, standing.amount))


def _changed(change: Change) -> Row:
    line = change.line
    new = _words(line.meaning, change.new)
    if change.from_records:
        new = _taken_back(line)
    return Row(
        change.cell,
        *_named(line.meaning),
        old=_words(line.meaning, change.old),
        new=new,
        recorded=written(line.recorded),
        reason=change.new.reason,
        differs=change.differs,
        halves=line.halves is not None and line.halves.stands,
    )


def _taken_back(line: FormLine) -> str:
    """What stands once nothing is typed any more."""
    if line.halves is None or not line.halves.stands:
        return gettext("lấy số theo hồ sơ: %(value)s") % {"value": written(line.recorded)}
    value = written(line.halves_text) or gettext("không áp dụng")
    return gettext("lấy số từ hai kỳ 6 tháng đã tiếp nhận: %(value)s") % {"value": value}


def _left(found: Left) -> Row:
    line = found.line
    return Row(
        found.cell,
        *_named(line.meaning),
        old=_words(line.meaning, found.theirs),
        new=_words(line.meaning, found.given),
        recorded=line.changed_by,
        reason=found.given.reason,
    )
