"""The outlines of reports: the list, one with its versions, its draft, and a look at the draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.clock import today
from danchu.core.errors import BadInput, NotFound, Refusal
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.reviews.outline import heading_number
from danchu.reporting.reviews.outlines.content import LAYOUTS, LEVELS, as_file, from_file
from danchu.reporting.reviews.outlines.editing import MoveSection, RemoveSection
from danchu.reporting.reviews.outlines.selectors import (
    DraftView,
    draft_of,
    outlines_at_a_glance,
    version_content,
    versions_of,
)
from danchu.reporting.reviews.outlines.services import (
    bring_in_force,
    discard_draft,
    edit_draft,
    restore_shipped,
    start_draft,
)
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.forms import DanchuForm
from danchu.web.design.parameters import parameters

from .outline_forms import InForceForm, RestoreForm, StartForm
from .periods import period_choices
from .report_forms import KINDS
from .sent import whole_number
from .words import name_in

LAYOUT_NAMES = (("state", _("Thể thức Nhà nước")), ("party", _("Thể thức Đảng")))
LEVEL_NAMES = (
    ("commune", _("Xã, phường, đặc khu")),
    ("district", _("Huyện (đến 30/6/2025)")),
    ("province", _("Tỉnh, thành phố")),
)


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section of an outline as a page lists it."""

    path: str
    depth: int
    number: str
    row: dict[str, Any]
    title: str
    findings: str
    sentences: list[str]
    is_first: bool
    is_last: bool
    days: tuple[dt.date | None, dt.date | None]


def known(layout: str, level: str) -> tuple[str, str]:
    """Layout and level of the address. Raises ``NotFound`` for any other."""
    if layout not in LAYOUTS or level not in LEVELS:
        raise NotFound("Không có đề cương này.", "There is no such outline.")
    return layout, level


def naming(layout: str, level: str) -> dict[str, Any]:
    """What every page of an outline is told about it."""
    return {
        "layout": layout,
        "level": level,
        "layout_name": name_in(LAYOUT_NAMES, layout),
        "level_name": name_in(LEVEL_NAMES, level),
    }


def since() -> dt.date:
    """The end of the running half-year: from when a change made now is usually meant."""
    from danchu.core.calendar.selectors import period_span

    return period_span(period_choices(today())[0][0]).end


@staff("outlines.edit")
def outlines(request: HttpRequest) -> HttpResponse:
    """The outline of each layout and level: which version is used, what waits."""
    parameters(request, {})
    found = outlines_at_a_glance(viewer_of(request), since())
    return render(
        request,
        "office/outlines.html",
        {
            "groups": [
                (
                    name,
                    [
                        (line, name_in(LEVEL_NAMES, line.level))
                        for line in found
                        if line.layout == key
                    ],
                )
                for key, name in LAYOUT_NAMES
            ]
        },
    )


@staff("outlines.edit")
def outline(request: HttpRequest, layout: str, level: str) -> HttpResponse:
    """One outline: its versions, beginning a draft, going back to the shipped one."""
    parameters(request, {})
    known(layout, level)
    viewer = viewer_of(request)
    versions = versions_of(viewer, layout, level)
    choices = [("0", gettext("Đề cương của hệ thống"))]
    choices += [
        (str(v.number), gettext("Bản %(n)s") % {"n": v.number})
        for v in versions
        if not v.is_shipped
    ]
    start = StartForm(versions=choices, prefix="soan")
    restore = RestoreForm(prefix="ve", initial={"valid_from": since()})
    wrong: DanchuForm | None = None
    if request.method == "POST":
        if request.POST.get("viec") == "khoi-phuc":
            wrong = restore = RestoreForm(request.POST, prefix="ve")
        else:
            wrong = start = StartForm(request.POST, request.FILES, versions=choices, prefix="soan")
        if wrong.is_valid():
            try:
                return _done(request, layout, level, wrong)
            except Refusal as refusal:
                wrong.refuse(refusal)
    used = next(
        x for x in outlines_at_a_glance(viewer, since()) if (x.layout, x.level) == (layout, level)
    )
    return render(
        request,
        "office/outline.html",
        {
            **naming(layout, level),
            "versions": versions,
            "used": used,
            "draft": draft_of(viewer, layout, level, since()),
            "start": start,
            "restore": restore,
            "opened": wrong is restore,
        },
        status=400 if wrong is not None else 200,
    )


def _done(request: HttpRequest, layout: str, level: str, form: DanchuForm) -> HttpResponse:
    viewer, typed = viewer_of(request), form.cleaned_data
    if isinstance(form, RestoreForm):
        restore_shipped(actor=viewer, layout=layout, level=level, **typed)
        messages.success(request, gettext("Đã dùng lại đề cương của hệ thống."))
        return redirect("office:outline", layout, level)
    given = typed["file"]
    start_draft(
        actor=viewer,
        layout=layout,
        level=level,
        number=int(typed["start"]),
        content=from_file(given.read()) if given else None,
    )
    return redirect("office:outline_draft", layout, level)


@staff("outlines.edit")
def outline_version(request: HttpRequest, layout: str, level: str, number: int) -> HttpResponse:
    """What a version says; with ``tep=1`` as a file."""
    query = parameters(request, {"tep": bool})
    known(layout, level)
    content = version_content(viewer_of(request), layout, level, number)
    if query["tep"]:
        response = HttpResponse(as_file(content), content_type="application/json")
        name = f"de-cuong-{layout}-{level}-{number}.json"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    return render(
        request,
        "office/outline_version.html",
        {
            **naming(layout, level),
            "number": number,
            "content": content,
            "sections": list(shown(content["sections"])),
            "annexes": with_names(content["annexes"]),
        },
    )


@staff("outlines.edit")
def outline_draft(request: HttpRequest, layout: str, level: str) -> HttpResponse:
    """The draft: its sections in order, what is to be mended, using it or giving it up."""
    parameters(request, {})
    known(layout, level)
    form = InForceForm(request.POST or None, prefix="dung", initial={"valid_from": since()})
    what = request.POST.get("viec", "")
    if request.method == "POST":
        if what != "ap-dung":
            form = InForceForm(prefix="dung", initial={"valid_from": since()})
        if what != "ap-dung" or form.is_valid():
            try:
                return _changed(request, layout, level, what, form)
            except Refusal as refusal:
                if what != "ap-dung":
                    raise
                form.refuse(refusal)
    found = draft(request, layout, level)
    return render(
        request,
        "office/outline_draft.html",
        {
            **naming(layout, level),
            "draft": found,
            "sections": list(shown(found.content["sections"])),
            "annexes": with_names(found.content["annexes"]),
            "faults": [f.en if get_language() == "en" else f.vi for f in found.faults],
            "form": form,
        },
        status=400 if form.errors else 200,
    )


def _changed(
    request: HttpRequest, layout: str, level: str, what: str, form: DanchuForm
) -> HttpResponse:
    viewer = viewer_of(request)
    seen = whole_number(request.POST.get("ban", ""))
    which: dict[str, Any] = {"actor": viewer, "layout": layout, "level": level, "row_version": seen}
    if what == "ap-dung":
        made = bring_in_force(**which, **form.cleaned_data)
        messages.success(request, gettext("Đã lưu đề cương bản %(n)s.") % {"n": made.number})
        return redirect("office:outline", layout, level)
    if what == "bo":
        discard_draft(**which)
        messages.success(request, gettext("Đã bỏ bản soạn."))
        return redirect("office:outline", layout, level)
    path = path_of(request.POST.get("muc", ""))
    if what in ("len", "xuong"):
        edit_draft(**which, edit=MoveSection(path, -1 if what == "len" else 1))
    elif what == "bo-muc":
        edit_draft(**which, edit=RemoveSection(path))
        messages.success(request, gettext("Đã bỏ mục khỏi bản soạn."))
    else:
        raise BadInput("Yêu cầu không hợp lệ.", "The request is not valid.")
    return redirect(reverse("office:outline_draft", args=[layout, level]) + "#cac-muc")


def draft(request: HttpRequest, layout: str, level: str) -> DraftView:
    """The draft. Raises ``NotFound`` where there is none."""
    found = draft_of(viewer_of(request), layout, level, since())
    if found is None:
        raise NotFound("Không có bản soạn nào.", "There is no draft.")
    return found


def path_of(text: str) -> tuple[int, ...]:
    """A section's path out of an address: "0-2" is the third in the first; "" is the top."""
    parts = text.split("-") if text else []
    if len(parts) > 4 or not all(
        part.isascii() and part.isdecimal() and len(part) < 4 for part in parts
    ):
        raise BadInput("Yêu cầu không hợp lệ.", "The request is not valid.")
    return tuple(int(part) for part in parts)


def shown(rows: list[dict[str, Any]], path: tuple[int, ...] = ()) -> Iterator[ShownSection]:
    """Every section in print order, numbered as they would be if all were printed."""
    english = get_language() == "en"
    for place, row in enumerate(rows):
        mine = (*path, place)
        yield ShownSection(
            path="-".join(map(str, mine)),
            depth=len(mine),
            number=heading_number(len(mine), place + 1),
            row=row,
            title=(english and row["title_en"]) or row["title_vi"],
            findings=", ".join(str(name_in(KINDS, kind)) for kind in row["findings"]),
            sentences=[(english and s["en"]) or s["vi"] for s in row["sentences"]],
            is_first=place == 0,
            is_last=place == len(rows) - 1,
            days=(_day(row["valid_from"]), _day(row["valid_to"])),
        )
        yield from shown(row["children"], mine)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def with_names(annexes: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Each table's title and the names of its columns."""
    english, meanings = get_language() == "en", definitions()
    return [
        (
            (english and annex["title_en"]) or annex["title_vi"],
            [
                (meanings[k].name_en if english else meanings[k].name_vi) if k in meanings else k
                for k in annex["columns"]
            ],
        )
        for annex in annexes
    ]
