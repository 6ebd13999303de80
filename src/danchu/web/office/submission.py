"""A version a unit handed in: checked value by value, accepted, or returned with comments."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext

from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import known_period
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput, Conflict, NotFound, Refusal
from danchu.core.units.selectors import unit_at_last, unit_within
from danchu.reporting.figures.services import fold_what_waits
from danchu.reporting.reviews.returning import return_version
from danchu.reporting.rounds.asking_back import asked_back
from danchu.reporting.rounds.commenting import Cell
from danchu.reporting.rounds.comments import Comment
from danchu.reporting.rounds.services import accept_submission
from danchu.reporting.rounds.version import (
    VersionLine,
    VersionView,
    findings_on_version,
    version_of,
)
from danchu.web.design.access import keeps_typed, signed_in, viewer_of
from danchu.web.design.forms import readable
from danchu.web.design.parameters import parameters
from danchu.web.design.refusals import status_of

from .amending import amendments_proposed
from .cells import named, state_text, unit_of
from .periods import period_label
from .sent import whole_number
from .words import section_name

COMMENT = "nx."  # before the key of an indicator, in the name of its field


@dataclass(frozen=True, slots=True)
class Said:
    """An earlier comment as it is drawn: with what stood in the cell then."""

    comment: Comment
    then: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the version as it is drawn, with the comment that is being typed."""

    line: VersionLine
    name: str
    unit: str
    now: str
    before: str  # "" where the version before had no such line, or there was none
    recorded: str
    said: tuple[Said, ...]
    typed: str
    wrong: str
    is_told: bool = False  # a check says something of it


@signed_in
@keeps_typed
def submission(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The newest version of a unit, or the one of a number; for who may, accepting, returning."""
    query = parameters(request, {"ban": int})
    viewer = viewer_of(request)
    row = known_period(period)
    unit = unit_within(code, row.start, row.end) if row else None
    found = version_of(viewer, unit.id, row, query["ban"]) if unit and row else None
    if row is None or unit is None or found is None:
        raise NotFound("Chưa có bản nộp này.", "There is no such version.")
    refusal: Refusal | None = None
    typed: dict[str, str] = {}
    if request.method == "POST":
        typed = {
            name.removeprefix(COMMENT): text.strip()
            for name, text in request.POST.items()
            if isinstance(text, str) and name.startswith(COMMENT) and text.strip()
        }
        try:
            messages.success(request, _decided(request, typed))
        except (BadInput, Conflict) as refused:
            refusal = refused
            found = version_of(viewer, unit.id, row, query["ban"]) or found
        else:
            fold_what_waits()
            asked_by = unit_at_last(found.asked_by, row.end)
            return redirect("office:round_board", asked_by.code, period)
    findings = findings_on_version(viewer, unit.id, row, found)
    told = {key for finding in findings for key in finding.indicators}
    sections = _sections(found, typed, refusal, told)
    meanings = {line.meaning.key: line.meaning for line in found.lines}
    may_decide = found.may_be_decided and viewer.may("submissions.decide", found.asked_by)
    return render(
        request,
        "office/submission.html",
        {
            "unit": unit,
            "period": row,
            "label": period_label(row.code),
            "version": found,
            "sections": sections,
            "said": [(row, one) for *_head, rows in sections for row in rows for one in row.said],
            "findings": [
                (one, [(key, named(meanings[key])) for key in one.indicators if key in meanings])
                for one in findings
            ],
            "n_noted": sum(r.line.is_noted or r.is_told for *_head, rows in sections for r in rows),
            "english": get_language() == "en",
            "may_decide": may_decide,
            "before_cut_off": today() < found.cut_off,
            "asked_back": asked_back(found.round_id, unit.id) if found.may_be_decided else "",
            "board": _board(viewer, found, row),
            "refused": str(refusal) if refusal else "",
            "reason": request.POST.get("ly-do", ""),
        },
        status=status_of(refusal) if refusal else 200,
    )


def _board(viewer: Actor, found: VersionView, period: Period) -> str:
    """The code of the unit whose board of the round the viewer may open; "" for none."""
    if not viewer.may("reports.read", found.asked_by):
        return ""
    return unit_at_last(found.asked_by, period.end).code


def _decided(request: HttpRequest, typed: Mapping[str, str]) -> str:
    """Accept or return what was sent; the sentence that says it was done."""
    viewer, what = viewer_of(request), request.POST.get("viec", "")
    number = whole_number(request.POST.get("ban-nop", ""))
    seen = request.POST.get("da-thay", "")
    if what == "nhan":
        if typed:
            raise BadInput(
                "Có nhận xét ở từng số: trả lại bản nộp kèm nhận xét, hoặc xóa nhận xét rồi nhận.",
                "There are comments on figures: return the version with them, or clear them to "
                "accept it.",
            )
        accept_submission(actor=viewer, submission_id=number, seen=seen)
        return gettext("Đã nhận bản nộp.")
    if what != "tra":
        raise BadInput("Yêu cầu không hợp lệ.", "The request is not valid.")
    comments: dict[Cell, str] = {(key, ""): readable(text, key) for key, text in typed.items()}
    due = return_version(
        actor=viewer,
        submission_id=number,
        reason=readable(request.POST.get("ly-do", "")),
        comments=comments,
        seen=seen,
    )
    return gettext("Đã trả lại bản nộp.") + amendments_proposed(due)


def _sections(
    found: VersionView,
    typed: Mapping[str, str],
    refusal: Refusal | None,
    told: Collection[str],
) -> list[tuple[str, str, list[Row]]]:
    """Section, its name and its rows."""
    return [
        (
            section,
            section_name(section),
            [
                _row(
                    line,
                    typed.get(line.meaning.key, ""),
                    refusal,
                    is_told=line.meaning.key in told,
                )
                for line in lines
            ],
        )
        for section, lines in found.sections
    ]


def _row(line: VersionLine, typed: str, refusal: Refusal | None, *, is_told: bool) -> Row:
    meaning = line.meaning
    return Row(
        line=line,
        name=named(meaning),
        unit=unit_of(meaning),
        now=state_text(meaning, line.state, line.amount),
        before=state_text(meaning, *line.before) if line.before else "",
        recorded="" if line.recorded is None else state_text(meaning, "", line.recorded),
        said=tuple(
            Said(comment, state_text(meaning, comment.state, comment.amount))
            for comment in line.comments
        ),
        typed=typed,
        wrong=str(refusal) if refusal is not None and refusal.field == meaning.key else "",
        is_told=is_told,
    )
