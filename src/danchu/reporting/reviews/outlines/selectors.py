"""Which outline a report is composed from, and the outlines for who may change them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db.models import Q

from danchu.core.contracts import Actor, require
from danchu.core.errors import NotFound
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.selectors import definitions

from ..models import OutlineDraft, OutlineVersion
from ..outline import Outline, outline_from
from .checking import Fault, faults, unprinted
from .content import LAYOUTS, LEVELS, Content, digest_of, shipped_content
from .services import RIGHT, content_of


@dataclass(frozen=True, slots=True)
class OutlineUsed:
    """The outline of a report and what it is known by.

    ``number`` 0: as shipped with the release. ``is_draft``: only looked at, never issued.
    """

    outline: Outline
    layout: str
    level: str
    number: int
    sha256: str
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version as its list shows it. ``is_shipped``: it says to use the release's own."""

    number: int
    basis: str
    valid_from: dt.date
    valid_to: dt.date | None
    made_at: dt.datetime
    made_by: str
    sha256: str
    is_shipped: bool


@dataclass(frozen=True, slots=True)
class DraftView:
    """The draft, what keeps it from being used, and figures it would leave to the annexes."""

    content: Content
    row_version: int
    started_from: int
    started_by: str
    changed_at: dt.datetime
    faults: tuple[Fault, ...]
    unprinted: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One of the six outlines: what is used for periods ending on a day, and what waits."""

    layout: str
    level: str
    used: int
    coming: VersionView | None
    has_draft: bool


def outline_for(layout: str, level: str, on: dt.date) -> OutlineUsed:
    """The outline of reports of a period that ends on a day.

    Open to every composing: an outline says nothing of anybody.
    """
    row = (
        OutlineVersion.objects.filter(layout=layout, level=level, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        .order_by("-number")
        .values_list("pk", "number", "sha256")
        .first()
    )
    if row is None or not row[2]:
        outline, digest = _shipped(layout, level)
        return OutlineUsed(outline, layout, level, row[1] if row else 0, digest)
    pk, number, digest = row
    return OutlineUsed(_kept(pk, digest), layout, level, number, digest)


def outline_of_draft(viewer: Actor, layout: str, level: str) -> OutlineUsed:
    """The draft as an outline to look at. Needs "outlines.edit". Raises ``NotFound``."""
    draft = _draft(viewer, layout, level)
    content: Content = draft.content
    return OutlineUsed(
        outline_from(content), layout, level, draft.started_from, digest_of(content), is_draft=True
    )


@cache
def _shipped(layout: str, level: str) -> tuple[Outline, str]:
    content = shipped_content(layout, level)
    return outline_from(content), digest_of(content)


@lru_cache(maxsize=32)
def _kept(pk: int, digest: str) -> Outline:
    """A version never changes: its digest is of its content."""
    content: Any = OutlineVersion.objects.values_list("content", flat=True).get(pk=pk)
    return outline_from(content)


def outlines_at_a_glance(viewer: Actor, on: dt.date) -> list[OutlineLine]:
    """The outlines of every layout and level. Needs "outlines.edit"."""
    require(viewer, RIGHT)
    rows = list(OutlineVersion.objects.select_related("made_by").order_by("number"))
    drafts = set(OutlineDraft.objects.values_list("layout", "level"))
    found = []
    for layout in LAYOUTS:
        for level in LEVELS:
            mine = [row for row in rows if (row.layout, row.level) == (layout, level)]
            held = [r for r in mine if r.valid_from <= on and (not r.valid_to or r.valid_to >= on)]
            coming = [row for row in mine if row.valid_from > on]
            found.append(
                OutlineLine(
                    layout,
                    level,
                    held[-1].number if held and held[-1].content is not None else 0,
                    _view(coming[-1]) if coming else None,
                    (layout, level) in drafts,
                )
            )
    return found


def versions_of(viewer: Actor, layout: str, level: str) -> list[VersionView]:
    """Every version, the newest first. Needs "outlines.edit"."""
    require(viewer, RIGHT)
    rows = OutlineVersion.objects.filter(layout=layout, level=level).select_related("made_by")
    return [_view(row) for row in rows.order_by("-number")]


def version_content(viewer: Actor, layout: str, level: str, number: int) -> Content:
    """What a version says; 0 is the shipped one. Needs "outlines.edit". Raises ``NotFound``."""
    require(viewer, RIGHT)
    return content_of(layout, level, number)


def draft_of(viewer: Actor, layout: str, level: str, since: dt.date) -> DraftView | None:
    """The draft, looked through as for periods ending from ``since`` on; None without one."""
    require(viewer, RIGHT)
    rows = OutlineDraft.objects.filter(layout=layout, level=level).select_related("started_by")
    draft = rows.first()
    if draft is None:
        return None
    known = definitions()
    return DraftView(
        content=draft.content,
        row_version=draft.row_version,
        started_from=draft.started_from,
        started_by=_name(draft.started_by),
        changed_at=draft.changed_at,
        faults=tuple(faults(draft.content, known, since)),
        unprinted=tuple(unprinted(draft.content, known)),
    )


def _draft(viewer: Actor, layout: str, level: str) -> OutlineDraft:
    require(viewer, RIGHT)
    draft = OutlineDraft.objects.filter(layout=layout, level=level).first()
    if draft is None:
        raise NotFound("Không có bản soạn nào.", "There is no draft.")
    return draft


def _view(row: OutlineVersion) -> VersionView:
    return VersionView(
        number=row.number,
        basis=row.basis,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        made_at=row.made_at,
        made_by=_name(row.made_by),
        sha256=row.sha256,
        is_shipped=row.content is None,
    )


def _name(account: Any) -> str:
    return str(account.name) if account is not None else ""
