"""Comments in the report: written, worded anew, put in order, taken out."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from danchu.core.contracts import require
from danchu.core.errors import NotFound, Refusal
from danchu.reporting.figures.services import open_period
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.notes import (
    CHANGED,
    NoteView,
    edit_note,
    move_note,
    notes_of,
    withdraw_note,
    write_note,
)
from danchu.reporting.reviews.text_warnings import TextWarning, text_warnings
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters

from .periods import period_label
from .report_forms import KINDS, NoteForm, WordingForm
from .sent import whole_number

_ORDER = [kind for kind, _name in KINDS]


@staff("reports.write")
def report_notes(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The comments of a report, with those whose numbers do not match; one may be open."""
    opened = parameters(request, {"sua": int})["sua"]
    viewer = viewer_of(request)
    # A comment is printed in the Vietnamese paper and held against its figures.
    report = compose(viewer=viewer, code=code, period_code=period)
    require(viewer, "reports.write", report.unit.id)
    notes = sorted(  # as they stand on paper
        notes_of(viewer, report.unit.id, report.period),
        key=lambda note: _ORDER.index(note.kind),
    )
    one = next((note for note in notes if note.note_id == opened), None)
    if opened is not None and one is None:
        raise NotFound("Không tìm thấy ý này.", "There is no such item.")
    adding, wording, clash = NoteForm(), None, False
    if one is not None:
        wording = WordingForm(initial={"text": one.text, "reason": one.reason})
    if request.method == "POST":
        posted = WordingForm(request.POST) if one is not None else NoteForm(request.POST)
        moving = any(name in request.POST for name in ("bo", "len", "xuong"))
        if moving or posted.is_valid():
            typed = {} if moving else posted.cleaned_data
            try:
                said, about = _done(request, report.unit.id, period, one, typed)
            except Refusal as refusal:
                posted.refuse(refusal)
                clash = refusal.code == CHANGED
            else:
                messages.success(request, said)
                address = reverse("office:report_notes", args=[code, period])
                return redirect(address + (f"#y-{about}" if about else ""))
        if isinstance(posted, WordingForm):
            wording = posted
        else:
            adding = posted
    if clash:
        notes = sorted(
            notes_of(viewer, report.unit.id, report.period),
            key=lambda note: _ORDER.index(note.kind),
        )
    warned: dict[int, list[TextWarning]] = {}
    for warning in text_warnings(viewer, report):
        if warning.note_id is not None:
            warned.setdefault(warning.note_id, []).append(warning)
    return render(
        request,
        "office/report_notes.html",
        {
            "unit": report.unit,
            "period": report.period,
            "label": period_label(report.period.code),
            "lines": _lines(notes, warned),
            "opened": opened,
            "wording": wording,
            "clash": clash,
            "english": get_language() == "en",
            "form": adding,
        },
        status=409 if clash else 400 if adding.errors or (wording and wording.errors) else 200,
    )


def _done(
    request: HttpRequest,
    unit_id: int,
    period: str,
    one: NoteView | None,
    typed: Mapping[str, str],
) -> tuple[str, int | None]:
    """Do what was sent: the sentence that says so, and the comment it is about."""
    viewer, sent = viewer_of(request), request.POST
    if "bo" in sent:
        withdraw_note(actor=viewer, note_id=whole_number(sent["bo"]))
        return gettext("Đã bỏ ý này khỏi báo cáo."), None
    for name in ("len", "xuong"):
        if name in sent:
            number = whole_number(sent[name])
            move_note(actor=viewer, note_id=number, up=name == "len")
            return gettext("Đã đổi thứ tự."), number
    if one is not None:
        edit_note(
            actor=viewer,
            note_id=one.note_id,
            seen=whole_number(sent.get("ban", "")),
            **typed,
        )
        return gettext("Đã sửa ý này."), one.note_id
    made = write_note(actor=viewer, unit_id=unit_id, period=open_period(period), **typed)
    return gettext("Đã ghi ý này vào báo cáo."), made.pk


def _lines(
    notes: list[NoteView], warned: Mapping[int, list[TextWarning]]
) -> list[tuple[NoteView, str, list[TextWarning], bool, bool]]:
    """Each comment with the name of its kind, its warnings, and whether it is first or last."""
    names = dict(KINDS)
    return [
        (
            note,
            str(names[note.kind]),
            warned.get(note.note_id, []),
            n == 0 or notes[n - 1].kind != note.kind,
            n + 1 == len(notes) or notes[n + 1].kind != note.kind,
        )
        for n, note in enumerate(notes)
    ]
