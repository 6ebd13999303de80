"""Changing one part of an outline's draft: a section, the frame around them, the annex tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.errors import BadInput, Refusal
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.reviews.outline import Slot, parse
from danchu.reporting.reviews.outlines.checking import faults_of_section
from danchu.reporting.reviews.outlines.content import DEEPEST, LINES, tidy_section
from danchu.reporting.reviews.outlines.editing import (
    AddSection,
    Edit,
    PlaceSection,
    SaveAnnexes,
    SaveFrame,
    SaveSection,
    section_at,
)
from danchu.reporting.reviews.outlines.services import edit_draft
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters

from .outline_clash import (
    Clash,
    annex_lines,
    frame_lines,
    is_clash,
    section_lines,
    seen_of,
)
from .outline_forms import (
    AnnexFormSet,
    LineFormSet,
    PlaceForm,
    SectionForm,
    SentenceFormSet,
    dated,
    in_order,
    numbered,
)
from .outlines import draft, known, naming, path_of, shown
from .sent import whole_number

PART_NAMES = (
    ("subject", _("Trích yếu")),
    ("basis", _("Căn cứ")),
    ("opening", _("Lời mở đầu")),
    ("closing", _("Lời kết")),
)


@staff("outlines.edit")
def outline_section(request: HttpRequest, layout: str, level: str, path: str) -> HttpResponse:
    """A section: its heading, its findings, its sentences, and where it stands."""
    parameters(request, {})
    known(layout, level)
    found = draft(request, layout, level)
    row = section_at(found.content, path_of(path))
    places = PlaceForm(
        request.POST if request.POST.get("viec") == "chuyen" else None,
        places=_places(found.content["sections"], path_of(path)),
        prefix="cho",
    )
    if places.is_bound and places.is_valid():
        try:
            under = path_of(places.cleaned_data["under"])
            _edit(request, layout, level, PlaceSection(path_of(path), under))
            messages.success(request, gettext("Đã chuyển mục."))
            return _to_sections(layout, level)
        except Refusal as refusal:
            places.refuse(refusal)
    posted = request.POST if request.method == "POST" and not places.is_bound else None
    return _section_page(request, layout, level, path, row, posted, places)


@staff("outlines.edit")
def outline_section_new(request: HttpRequest, layout: str, level: str) -> HttpResponse:
    """A new section, the last one in the section of the address."""
    query = parameters(request, {"trong": str})
    known(layout, level)
    found = draft(request, layout, level)
    under = query["trong"] or ""
    if under:
        section_at(found.content, path_of(under))
    row: dict[str, Any] = {"findings": [], "sentences": []}
    posted = request.POST if request.method == "POST" else None
    return _section_page(request, layout, level, "", row, posted, None, under)


def _section_page(
    request: HttpRequest,
    layout: str,
    level: str,
    path: str,
    row: Mapping[str, Any],
    posted: Any,
    places: PlaceForm | None,
    under: str = "",
) -> HttpResponse:
    form = SectionForm(posted, initial={k: v for k, v in dated(row).items() if k != "sentences"})
    rows = SentenceFormSet(
        posted, prefix="cau", initial=[_as_typed(s) for s in numbered(row["sentences"])]
    )
    clash: Clash | None = None
    if posted is not None and form.is_valid() and rows.is_valid():
        try:
            made = _made(form, [one.sentence() for one in in_order(rows, "vi")])
            edit: Edit = (
                SaveSection(path_of(path), made) if path else AddSection(path_of(under), made)
            )
            _edit(request, layout, level, edit)
            messages.success(request, gettext("Đã lưu mục."))
            return _to_sections(layout, level)
        except Refusal as refusal:
            form.refuse(refusal)
            if is_clash(refusal):
                moved = bool(path) and request.POST.get("muc-id") != row["id"]
                clash = Clash(section_lines(row) if path else (), elsewhere=moved)
    found = draft(request, layout, level)
    return render(
        request,
        "office/outline_section.html",
        {
            **naming(layout, level),
            "row": row,
            "path": path,
            "form": form,
            "rows": rows,
            "places": places,
            "clash": clash,
            "row_id": request.POST.get("muc-id") or row.get("id", ""),
            "seen": seen_of(request, found, clash),
            "keys": keys(),
        },
        status=400
        if (posted is not None and (form.errors or rows.errors)) or (places and places.errors)
        else 200,
    )


def _made(form: SectionForm, sentences: list[dict[str, Any]]) -> dict[str, Any]:
    """The section, looked through by itself. Raises ``BadInput`` with the sentence at fault."""
    placed = [{**s, "id": s["id"] or f"moi_{n}"} for n, s in enumerate(sentences)]
    row = tidy_section({"id": "muc", **form.row(placed)})
    wrong = faults_of_section(row, definitions())
    if wrong:
        raise BadInput(
            " ".join(fault.vi for fault in wrong[:5]), " ".join(fault.en for fault in wrong[:5])
        )
    for one, typed in zip(row["sentences"], sentences, strict=True):
        one["id"] = typed["id"]
    return {key: value for key, value in row.items() if key not in ("id", "children")}


def _as_typed(sentence: Mapping[str, Any]) -> dict[str, Any]:
    none = sentence["none_vi"]
    always = {part.key for part in parse(sentence["vi"]) if isinstance(part, Slot)}
    return {
        **sentence,
        "needs": ", ".join(key for key in sentence["needs"] if key not in always),
        "unless": ", ".join(sentence["unless"]),
        "nought": "general" if none is None else "own" if none else "silent",
    }


def _places(rows: list[dict[str, Any]], moved: tuple[int, ...]) -> list[tuple[str, str]]:
    """Where a section may go: the top, and every section that is not in it."""
    found = [("", gettext("Mục lớn, không nằm trong mục nào"))]
    found += [
        (one.path, f"{one.number}. {one.title}")
        for one in shown(rows)
        if one.depth < DEEPEST and path_of(one.path)[: len(moved)] != moved
    ]
    return found


@staff("outlines.edit")
def outline_frame(request: HttpRequest, layout: str, level: str) -> HttpResponse:
    """Subject, legal bases, opening and closing."""
    parameters(request, {})
    known(layout, level)
    found = draft(request, layout, level)
    posted = request.POST if request.method == "POST" else None
    parts = {
        part: LineFormSet(
            posted, prefix=part, initial=[dated(row) for row in numbered(found.content[part])]
        )
        for part in LINES
    }
    refused = ""
    clash: Clash | None = None
    if posted is not None and all(rows.is_valid() for rows in parts.values()):
        lines = {
            part: [_kept(row.line()) for row in in_order(rows, "vi")]
            for part, rows in parts.items()
        }
        try:
            _edit(request, layout, level, SaveFrame(lines))
            messages.success(request, gettext("Đã lưu."))
            return _to_sections(layout, level)
        except Refusal as refusal:
            refused = str(refusal)
            clash = Clash(frame_lines(found.content)) if is_clash(refusal) else None
    return render(
        request,
        "office/outline_frame.html",
        {
            **naming(layout, level),
            "parts": [(name, parts[part]) for part, name in PART_NAMES],
            "refused": refused,
            "clash": clash,
            "seen": seen_of(request, found, clash),
        },
        status=400 if posted is not None else 200,
    )


def _kept(line: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in line.items()}


@staff("outlines.edit")
def outline_annexes(request: HttpRequest, layout: str, level: str) -> HttpResponse:
    """The tables of the annex and their columns."""
    parameters(request, {})
    known(layout, level)
    found = draft(request, layout, level)
    posted = request.POST if request.method == "POST" else None
    initial = [
        {**row, "columns": ", ".join(row["columns"])} for row in numbered(found.content["annexes"])
    ]
    rows = AnnexFormSet(posted, prefix="bieu", initial=initial)
    refused = ""
    clash: Clash | None = None
    if posted is not None and rows.is_valid():
        try:
            tables = [row.annex() for row in in_order(rows, "title_vi")]
            _edit(request, layout, level, SaveAnnexes(tables))
            messages.success(request, gettext("Đã lưu."))
            return _to_sections(layout, level)
        except Refusal as refusal:
            refused = str(refusal)
            clash = Clash(annex_lines(found.content)) if is_clash(refusal) else None
    return render(
        request,
        "office/outline_annexes.html",
        {
            **naming(layout, level),
            "rows": rows,
            "refused": refused,
            "clash": clash,
            "seen": seen_of(request, found, clash),
            "keys": keys(),
        },
        status=400 if posted is not None else 200,
    )


def _edit(request: HttpRequest, layout: str, level: str, edit: Edit) -> None:
    edit_draft(
        actor=viewer_of(request),
        layout=layout,
        level=level,
        row_version=whole_number(request.POST.get("ban", "")),
        edit=edit,
    )


def _to_sections(layout: str, level: str) -> HttpResponse:
    return redirect(reverse("office:outline_draft", args=[layout, level]) + "#cac-muc")


def keys() -> list[tuple[str, str]]:
    """Every indicator's key and name."""
    english = get_language() == "en"
    return [(key, d.name_en if english else d.name_vi) for key, d in definitions().items()]
