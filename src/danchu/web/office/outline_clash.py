"""An outline that somebody else changed meanwhile: what was typed stays, theirs is beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from danchu.core.errors import Refusal
from danchu.reporting.reviews.outlines.content import LINES
from danchu.reporting.reviews.outlines.selectors import DraftView
from danchu.reporting.reviews.outlines.services import CHANGED


@dataclass(frozen=True, slots=True)
class Clash:
    """What stands in the draft now. ``elsewhere``: the section typed for is not there any more."""

    lines: tuple[str, ...]
    elsewhere: bool = False


def is_clash(refusal: Refusal) -> bool:
    """Whether it was refused because somebody else changed the draft."""
    return refusal.code == CHANGED


def seen_of(request: HttpRequest, found: DraftView, clash: Clash | None) -> object:
    """The version of the draft that the page was made of.

    After a clash the one that is shown now, so that saving again means to replace it; unless the
    section moved away, which nobody may replace by its place.
    """
    if clash is not None and not clash.elsewhere:
        return found.row_version
    return request.POST.get("ban") or found.row_version


def section_lines(row: Mapping[str, Any]) -> tuple[str, ...]:
    """A section as it is read: its heading, then its sentences."""
    return (_said(row, "title_vi", "title_en"), *(_said(s, "vi", "en") for s in row["sentences"]))


def frame_lines(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The lines around the sections."""
    return tuple(_said(line, "vi", "en") for part in LINES for line in content[part])


def annex_lines(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The tables with the keys of their columns."""
    return tuple(
        f"{_said(row, 'title_vi', 'title_en')}: {', '.join(row['columns'])}"
        for row in content["annexes"]
    )


def _said(row: Mapping[str, Any], vi: str, en: str) -> str:
    return str((get_language() == "en" and row[en]) or row[vi])
