"""The review desk: the marked text of a report beside its figures, each decided by a person."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from danchu.core.clock import today
from danchu.core.errors import BadInput, NotAllowed, NotFound, Refusal
from danchu.core.units.selectors import units_by_ids
from danchu.reporting.checks.texts import TextCheck, checks_of_reading
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.reading.selectors import (
    DocumentView,
    FigureView,
    document,
    elsewhere,
    twins,
)
from danchu.reporting.reading.services import (
    accept_above,
    add_figure,
    cancel_reading,
    close_review,
    correct_from_words,
    decide_figure,
    decide_finding,
    reopen_review,
    set_period,
    undo_acceptance,
)
from danchu.reporting.reading.words import indicator_named, place_of
from danchu.web.design.access import signed_in, staff, viewer_of
from danchu.web.design.parameters import parameters
from danchu.web.design.refusals import status_of

from .periods import period_label
from .reading_forms import CorrectionForm, MarkForm, PeriodForm, indicator_choices
from .reading_pages import Part, page_of, part_of
from .sent import whole_number


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows beside the report: the open figure, forms as sent, and a refusal.

    ``refused``: of which figure (0: of the report) and why. ``against``: the report held against
    the figures at hand, where that was asked for.
    """

    figure: int | None = None
    form: CorrectionForm | None = None
    period_form: PeriodForm | None = None
    mark_form: MarkForm | None = None
    refused: tuple[int, Refusal] | None = None
    against: list[TextCheck] | None = None
    page: int = 0

    @property
    def status(self) -> int:
        """The status of the answer."""
        if self.refused:
            return status_of(self.refused[1])
        forms = (self.form, self.period_form, self.mark_form)
        return 400 if any(form is not None and form.errors for form in forms) else 200


@signed_in
def reading(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The marked text at left, the figures and findings at right.

    ``?doi-chieu=1``: held against the figures at hand too, for which the text is read again.
    """
    query = parameters(request, {"sua": int, "doi-chieu": int, "trang": int})
    viewer = viewer_of(request)
    against = checks_of_reading(viewer, public_id) if query["doi-chieu"] else None
    shown = Shown(query["sua"], against=against, page=query["trang"] or 0)
    return _page(request, document(viewer, public_id), shown)


def _page(request: HttpRequest, found: DocumentView, shown: Shown) -> HttpResponse:
    viewer = viewer_of(request)
    unit = units_by_ids([found.unit_id], found.event_date or today()).get(found.unit_id)
    may_decide = viewer.may("readings.decide", found.unit_id)
    open_to = may_decide and not found.closed
    chosen = next((f for f in found.figures if f.figure_id == shown.figure), None)
    form = shown.form
    if chosen is not None and form is None and open_to:
        form = CorrectionForm(initial=_as_it_stands(chosen))
    wrong = {
        figure_id: one for one in reversed(found.disagreements) for figure_id in one.figure_ids[:1]
    }
    numbers = {f.figure_id: n for n, f in enumerate(found.figures, start=1)}
    part = part_of(found, _page_shown(numbers, shown))
    return render(
        request,
        "office/reading_desk.html",
        {
            "doc": found,
            "unit": unit,
            "period_label": period_label(found.period_code) if found.period_code else "",
            "numbers": numbers,
            "part": part,
            "marks": _marks(part, numbers, shown.figure),
            "figures": [
                (numbers[f.figure_id], f, wrong.get(f.figure_id), _other_period(f, found))
                for f in part.figures
            ],
            "chosen": chosen,
            "correction": form,
            "mark_form": shown.mark_form or MarkForm(),
            "indicators": indicator_choices() if open_to else (),
            "period_form": shown.period_form
            or PeriodForm(initial={"period_code": found.period_code}),
            "refused_figure": shown.refused[0] if shown.refused else None,
            "refused": str(shown.refused[1]) if shown.refused else "",
            "may_decide": may_decide,
            "twins": twins(viewer, found.record_id),
            "elsewhere": elsewhere(viewer, [found.record_id]).get(found.record_id, ()),
            "open_to": open_to,
            "against": shown.against,
        },
        status=shown.status,
    )


def _as_it_stands(figure: FigureView) -> dict[str, str]:
    decided = figure.decision == "corrected"
    meaning = definitions()[figure.decided_key or figure.key]
    return {
        "key": CorrectionForm.name_of(meaning),
        "amount": (figure.decided_text if decided else figure.text).rstrip("%"),
        "scope": figure.decided_scope,
        "period_code": figure.period_code,
        "note": figure.note,
    }


def _other_period(figure: FigureView, found: DocumentView) -> str:
    """The period of a figure that does not count in its report's, as people call it."""
    if not figure.period_code or figure.period_code == found.period_code:
        return ""
    return period_label(figure.period_code)


def _page_shown(numbers: dict[int, int], shown: Shown) -> int:
    """The page asked for, or that of the figure that is open or was refused."""
    about = shown.figure or (shown.refused[0] if shown.refused else 0)
    return shown.page or (page_of(numbers[about]) if about in numbers else 1)


def _marks(
    found: Part, numbers: dict[int, int], open_figure: int | None
) -> list[list[dict[str, Any]]]:
    """The text as paragraphs of marked stretches; a figure's number stands where it begins."""
    starts = {f.start: f.figure_id for f in reversed(found.figures)}
    by_id = {f.figure_id: f for f in found.figures}
    paragraphs: list[list[dict[str, Any]]] = [[]]
    for segment in found.segments:
        figure = by_id.get(segment.figure_ids[0]) if segment.figure_ids else None
        begins = starts.get(segment.start)
        at = segment.start
        for n, line in enumerate(segment.text.split("\n")):
            if n:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(
                    {
                        "text": line,
                        "at": at,
                        "figure": figure.figure_id if figure else "",
                        "tone": _tone(figure, segment.finding_kind, open_figure),
                        "number": numbers[begins] if begins and n == 0 else None,
                        "id": begins if n == 0 else None,
                    }
                )
            at += len(line) + 1
    return [paragraph for paragraph in paragraphs if paragraph]


def _tone(figure: FigureView | None, finding: str, open_figure: int | None) -> str:
    if figure is None:
        return "lim" if finding == "limitation" else "find" if finding else ""
    if figure.figure_id == open_figure:
        return "at"
    return "lo" if figure.level != "high" and figure.decision == "pending" else "sure"


@staff("readings.decide")
def reading_decide(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Decide a figure, a finding, many figures at once, the period, or the whole report."""
    found = document(viewer_of(request), public_id)
    if request.method != "POST":
        return redirect("office:reading", public_id)
    act = request.POST.get("viec", "")
    whole = _OF_THE_REPORT.get(act)
    if whole is not None:
        try:
            return whole(request, found)
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            return _page(request, found, Shown(refused=(0, refusal)))
    if act == "ky":
        return _set_period(request, found)
    if act == "them-doan":
        return _add_figure(request, found)
    return _decide_figure(request, found, act)


def _back(found: DocumentView, place: str = "", page: int = 1) -> HttpResponse:
    query = f"?trang={page}" if page > 1 else ""
    return redirect(reverse("office:reading", args=[found.public_id]) + query + place)


def _back_to(found: DocumentView, figure_id: int) -> HttpResponse:
    """To a figure, on its page."""
    order = [f.figure_id for f in found.figures]
    number = order.index(figure_id) + 1 if figure_id in order else 1
    return _back(found, f"#so-{figure_id}", page_of(number))


def _accept(request: HttpRequest, found: DocumentView) -> HttpResponse:
    done = accept_above(
        actor=viewer_of(request),
        document_id=found.record_id,
        level=whole_number(request.POST.get("muc", "")),
    )
    said = ngettext(
        "Đã nhận %(n)s số; còn %(left)s số chờ xử lý.",
        "Đã nhận %(n)s số; còn %(left)s số chờ xử lý.",
        done.count,
    )
    messages.success(request, said % {"n": done.count, "left": done.left})
    return _back(found)


def _undo(request: HttpRequest, found: DocumentView) -> HttpResponse:
    try:
        act = uuid.UUID(request.POST.get("lan", ""))
    except ValueError:
        raise BadInput("Yêu cầu không hợp lệ.", "The request is not valid.") from None
    count = undo_acceptance(actor=viewer_of(request), document_id=found.record_id, act=act)
    said = ngettext("Đã trả %(n)s số về chờ xử lý.", "Đã trả %(n)s số về chờ xử lý.", count)
    messages.success(request, said % {"n": count})
    return _back(found)


def _close(request: HttpRequest, found: DocumentView) -> HttpResponse:
    close_review(actor=viewer_of(request), document_id=found.record_id)
    messages.success(request, gettext("Đã khép rà soát báo cáo này."))
    return _back(found)


def _reopen(request: HttpRequest, found: DocumentView) -> HttpResponse:
    reopen_review(actor=viewer_of(request), document_id=found.record_id)
    return _back(found)


def _cancel(request: HttpRequest, found: DocumentView) -> HttpResponse:
    cancel_reading(
        actor=viewer_of(request),
        document_id=found.record_id,
        reason=request.POST.get("ly-do", ""),
    )
    messages.success(request, gettext("Đã hủy bản đọc. Số liệu của bản ấy không còn được tính."))
    return redirect("office:readings")


def _decide_finding(request: HttpRequest, found: DocumentView) -> HttpResponse:
    decide_finding(
        actor=viewer_of(request),
        finding_id=_own(request.POST.get("y", ""), [f.finding_id for f in found.findings]),
        decision="confirmed" if request.POST.get("viec") == "giu-y" else "rejected",
    )
    return _back(found, "#nhan-xet")


_OF_THE_REPORT: dict[str, Callable[[HttpRequest, DocumentView], HttpResponse]] = {
    "nhan-tu": _accept,
    "hoan-tac": _undo,
    "khep": _close,
    "mo-lai": _reopen,
    "huy": _cancel,
    "giu-y": _decide_finding,
    "bo-y": _decide_finding,
}


def _set_period(request: HttpRequest, found: DocumentView) -> HttpResponse:
    form = PeriodForm(request.POST)
    if form.is_valid():
        try:
            set_period(actor=viewer_of(request), document_id=found.record_id, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã ghi kỳ báo cáo."))
            return _back(found)
    return _page(request, found, Shown(period_form=form))


def _marked(found: DocumentView, form: MarkForm) -> tuple[int, int]:
    """Where the marked words stand: as the browser counted, else where the typed words are."""
    start, end = form.cleaned_data["start"], form.cleaned_data["end"]
    if start is not None and end is not None:
        return start, end
    text = "".join(segment.text for segment in found.segments)
    return place_of(text, form.cleaned_data["words"])


def _add_figure(request: HttpRequest, found: DocumentView) -> HttpResponse:
    form = MarkForm(request.POST)
    if form.is_valid():
        try:
            start, end = _marked(found, form)
            made = add_figure(
                actor=viewer_of(request),
                document_id=found.record_id,
                key=indicator_named(form.cleaned_data["key"]),
                start=start,
                end=end,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, gettext("Đã thêm số liệu từ đoạn chọn."))
            return _back_to(document(viewer_of(request), found.public_id), made.pk)
    return _page(request, found, Shown(mark_form=form))


def _own(text: str, ids: list[int]) -> int:
    number = whole_number(text)
    if number not in ids:
        raise NotFound("Không tìm thấy nội dung này.", "There is no such item.")
    return number


_DECISIONS = {"dung": "confirmed", "bo": "rejected", "sua": "corrected", "lai": "pending"}


def _decide_figure(request: HttpRequest, found: DocumentView, act: str) -> HttpResponse:
    if act not in _DECISIONS and act != "sua-doan":
        raise BadInput("Chọn cách xử lý số này.", "Choose what to do with this figure.")
    figure_id = _own(request.POST.get("so", ""), [f.figure_id for f in found.figures])
    which: dict[str, Any] = {
        "actor": viewer_of(request),
        "figure_id": figure_id,
        "row_version": whole_number(request.POST.get("version", "")),
    }
    form: CorrectionForm | MarkForm | None = None
    try:
        if act == "sua-doan":
            form = MarkForm(request.POST)
            if form.is_valid():
                start, end = _marked(found, form)
                key = form.cleaned_data["key"]
                correct_from_words(
                    **which, start=start, end=end, key=indicator_named(key) if key else ""
                )
        elif act == "sua":
            form = CorrectionForm(request.POST)
            if form.is_valid():
                decide_figure(**which, decision="corrected", **form.cleaned_data)
        else:
            decide_figure(**which, decision=_DECISIONS[act])
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        if form is None:
            return _page(request, found, Shown(refused=(figure_id, refusal)))
        form.refuse(refusal)
    if isinstance(form, MarkForm) and form.errors:
        return _page(request, found, Shown(mark_form=form))
    if isinstance(form, CorrectionForm) and form.errors:
        return _page(request, found, Shown(figure_id, form))
    return _back_to(found, _following(found, figure_id, act))


def _following(found: DocumentView, figure_id: int, act: str) -> int:
    """The next figure to decide, or the same one."""
    order = [f.figure_id for f in found.figures]
    rest = found.figures[order.index(figure_id) + 1 :]
    if act == "lai":
        return figure_id
    return next((f.figure_id for f in rest if f.decision == "pending"), figure_id)
