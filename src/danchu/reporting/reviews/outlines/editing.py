"""Changes of an outline as data: each takes a content and gives the changed one.

A section is named by its path, the places from the top: (1, 0) is the first one in the second.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from danchu.core.errors import BadInput, NotFound

from .content import DEEPEST, Content, walk

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SaveSection:
    """Another heading, other sentences; what stands below the section stays."""

    path: Path
    row: dict[str, Any]

    def apply(self, content: Content) -> Content:
        """The content with the section changed."""
        made = copy.deepcopy(content)
        rows, place = _found(made, self.path)
        kept = rows[place]
        rows[place] = {
            **self.row,
            "id": kept["id"],
            "children": kept["children"],
            "sentences": _with_ids(self.row["sentences"], _sentence_ids(made, kept)),
        }
        return made


@dataclass(frozen=True, slots=True)
class AddSection:
    """A new section, the last one in ``under``; () is the top."""

    under: Path
    row: dict[str, Any]

    def apply(self, content: Content) -> Content:
        """The content with the section added."""
        made = copy.deepcopy(content)
        ids = {row["id"] for row in walk(made["sections"])}
        rows = _rows_in(made, self.under)
        if len(self.under) >= DEEPEST:
            raise _too_deep()
        sentences = _with_ids(self.row["sentences"], _sentence_ids(made, None))
        rows.append({**self.row, "id": _free("muc", ids), "children": [], "sentences": sentences})
        return made


@dataclass(frozen=True, slots=True)
class MoveSection:
    """One place up (-1) or down (+1) among its neighbours."""

    path: Path
    by: int

    def apply(self, content: Content) -> Content:
        """The content with the two exchanged; at the end of the row nothing changes."""
        made = copy.deepcopy(content)
        rows, place = _found(made, self.path)
        other = place + (1 if self.by > 0 else -1)
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
        return made


@dataclass(frozen=True, slots=True)
class PlaceSection:
    """Into another section, as its last one; () is the top."""

    path: Path
    under: Path

    def apply(self, content: Content) -> Content:
        """The content with the section moved. Raises ``BadInput`` for itself or what is in it."""
        if self.under[: len(self.path)] == self.path:
            raise BadInput(
                "Không đưa một mục vào chính nó hay mục con của nó.",
                "A section does not go into itself or into what stands in it.",
                field="under",
            )
        made = copy.deepcopy(content)
        target = _rows_in(made, self.under)
        rows, place = _found(made, self.path)
        if len(self.under) + _height(rows[place]) > DEEPEST:
            raise _too_deep()
        target.append(rows.pop(place))
        return made


@dataclass(frozen=True, slots=True)
class RemoveSection:
    """Without the section and what is below it."""

    path: Path

    def apply(self, content: Content) -> Content:
        """The content without it."""
        made = copy.deepcopy(content)
        rows, place = _found(made, self.path)
        rows.pop(place)
        return made


@dataclass(frozen=True, slots=True)
class SaveFrame:
    """Other lines around the sections: part -> its lines."""

    lines: dict[str, list[dict[str, Any]]]

    def apply(self, content: Content) -> Content:
        """The content with these lines."""
        return {**copy.deepcopy(content), **self.lines}


@dataclass(frozen=True, slots=True)
class SaveAnnexes:
    """Other tables of the annex."""

    annexes: list[dict[str, Any]]

    def apply(self, content: Content) -> Content:
        """The content with these tables."""
        made = copy.deepcopy(content)
        made["annexes"] = _with_ids(self.annexes, set(), "bieu")
        return made


Edit = (
    SaveSection | AddSection | MoveSection | PlaceSection | RemoveSection | SaveFrame | SaveAnnexes
)


def section_at(content: Content, path: Path) -> dict[str, Any]:
    """The section. Raises ``NotFound``."""
    rows, place = _found(content, path)
    found: dict[str, Any] = rows[place]
    return found


def _found(content: Content, path: Path) -> tuple[list[dict[str, Any]], int]:
    rows: list[dict[str, Any]] = content["sections"]
    for place in path[:-1]:
        if not 0 <= place < len(rows):
            raise _no_section()
        rows = rows[place]["children"]
    if not path or not 0 <= path[-1] < len(rows):
        raise _no_section()
    return rows, path[-1]


def _rows_in(content: Content, path: Path) -> list[dict[str, Any]]:
    if not path:
        top: list[dict[str, Any]] = content["sections"]
        return top
    below: list[dict[str, Any]] = section_at(content, path)["children"]
    return below


def _height(row: dict[str, Any]) -> int:
    return 1 + max((_height(child) for child in row["children"]), default=0)


def _sentence_ids(content: Content, apart: dict[str, Any] | None) -> set[str]:
    return {
        sentence["id"]
        for row in walk(content["sections"])
        if row is not apart
        for sentence in row["sentences"]
    }


def _with_ids(
    rows: Sequence[dict[str, Any]], others: Collection[str], begin: str = "cau"
) -> list[dict[str, Any]]:
    """The rows with an id each; new ones have "" until now."""
    taken = {*others, *(row["id"] for row in rows)}
    made = []
    for row in rows:
        given = row["id"] or _free(begin, taken)
        taken.add(given)
        made.append({**row, "id": given})
    return made


def _free(begin: str, taken: Collection[str]) -> str:
    number = 1
    while f"{begin}_{number}" in taken:
        number += 1
    return f"{begin}_{number}"


def _no_section() -> NotFound:
    return NotFound("Không tìm thấy mục này.", "There is no such section.")


def _too_deep() -> BadInput:
    return BadInput(
        f"Chỉ chia đến {DEEPEST} cấp đề mục.",
        f"Headings go {DEEPEST} levels deep.",
        field="under",
    )
