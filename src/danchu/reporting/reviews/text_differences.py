"""What two reports say otherwise in words: for the correction of one that was issued."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from danchu.core.documents import BulletList, Heading, OfficialDocument, Paragraph

from .compose import Report
from .export import as_json
from .frozen_data import Difference, document_of
from .models import FrozenReport
from .official import official_document
from .word_changes import differing_lines
from .wording import RUNS_TO


@dataclass(frozen=True, slots=True)
class TextDifference:
    """A line that the later report prints otherwise; "" where one of them does not have it.

    ``part``: the Vietnamese name of its place on the paper.
    """

    part: str
    before: str
    after: str

    def as_json(self) -> dict[str, str]:
        """As the frozen data keep it."""
        return asdict(self)


def text_differences(
    earlier: FrozenReport, kept: Mapping[str, Any], document: OfficialDocument
) -> list[TextDifference]:
    """What ``document``, not yet marked as an amendment, says otherwise than an issued report.

    ``kept``: the data of the issued one. Its head, basis, text and recipients are looked at; not
    the annexes, whose figures are compared by themselves, nor the signature, which is given with
    the issue. In the order of the paper.
    """
    issued = document_of(kept)
    found = [
        TextDifference(part, before, after)
        for part, before, after in (
            ("Cơ quan cấp trên", issued.parent_body, document.parent_body),
            ("Cơ quan ban hành", issued.issuing_body, document.issuing_body),
            ("Trích yếu", issued.title, document.title),
            ("Kính gửi", "; ".join(issued.addressee), "; ".join(document.addressee)),
        )
        if before != after
    ]
    found += _lines("Căn cứ", list(issued.basis), list(document.basis))
    skipped = int(earlier.replaces_id is not None)  # the sentence that it replaced another
    # It names the annexes with what was put right, which the paper has no more.
    of_annexes = not skipped
    found += _body_differences(
        _body(issued, skipped, of_annexes), _body(document, of_annexes=of_annexes)
    )
    found += _lines("Nơi nhận", list(issued.recipients), list(document.recipients))
    return found


def worded_since(
    earlier: FrozenReport,
    kept: Mapping[str, Any],
    report: Report,
    changed: Sequence[Difference],
    document: OfficialDocument | None = None,
) -> list[TextDifference]:
    """What a report as it is now would put right in the words of the issued one.

    Where figures changed the sentences that danchu composes follow them and are not listed again:
    only what people wrote is. ``document``: the paper as it is to be; without it those to whom it
    goes, which are chosen with the paper, are taken to stay.
    """
    if document is None:
        issued = document_of(kept)
        document = replace(
            official_document(report), addressee=issued.addressee, recipients=issued.recipients
        )
    found = text_differences(earlier, kept, document)
    if not changed:
        return found
    people = said_by_people(kept["report"]) | said_by_people(as_json(report))
    return [item for item in found if item.before in people or item.after in people]


def signature_difference(kept: Mapping[str, Any]) -> TextDifference:
    """The signature that is put right: as it was issued, and where the right one stands."""
    issue = kept["issue"]
    parts = (issue["authority"], issue["post"], issue["name"])
    before = ", ".join(" ".join(part.split()) for part in parts if part)
    return TextDifference("Phần ký", before, "ghi như phần ký của báo cáo này")


def said_by_people(kept: Mapping[str, Any]) -> set[str]:
    """The comments and the paragraphs an officer worded, of a report as its data keep it."""
    found: set[str] = set()
    for section in kept["sections"]:
        found |= {item["text"] for item in section["items"]}
        found |= {p["text"] for p in section["paragraphs"] if p.get("edited")}
    return found


_RUNS_TO = re.compile(r"\s*" + r"[\d/]+".join(map(re.escape, RUNS_TO.split("{day}"))))


def _lasting(lines: Iterable[str]) -> list[str]:
    """The lines without what only tells of the day they were composed on."""
    return [line for line in (_RUNS_TO.sub("", line) for line in lines) if line.strip()]


_NAMES_ANNEXES = "Kèm theo báo cáo"
_CLOSES = re.compile(rf"{_NAMES_ANNEXES}|Trên đây là")
Place = tuple[str, ...]  # titles of the headings, then what kind of line it is


@dataclass(slots=True)
class _Group:
    """Lines of one kind under one heading; ``name`` is what the paper calls the place."""

    name: str
    lines: list[str]


def _body(
    document: OfficialDocument, skipped: int = 0, of_annexes: bool = True
) -> dict[Place, _Group]:
    """The text by its places, in the order of the paper, without its first ``skipped`` blocks.

    ``of_annexes``: with the sentence that names the annexes.
    """
    groups: dict[Place, _Group] = {}
    above: list[Heading] = []

    def put(kind: str, name: str, *lines: str) -> None:
        place = (*(heading.text for heading in above), kind)
        groups.setdefault(place, _Group(name, [])).lines += _lasting(lines)

    for block in document.blocks[skipped:]:
        if isinstance(block, Heading):
            above = [*(one for one in above if one.level < block.level), block]
            put("heading", _called(above), f"{block.number} {block.text}".strip())
        elif isinstance(block, Paragraph):
            text = "".join(run.text for run in block.runs)
            if _CLOSES.match(text) or text.endswith("./."):
                above = []
                if text.startswith(_NAMES_ANNEXES) and not of_annexes:
                    continue
                put("closing", "Phần kết", text)
            else:
                put("paragraph", _called(above), text)
        elif isinstance(block, BulletList):
            items = ("".join(run.text for run in item) for item in block.items)
            put("item", _called(above), *items)
    return groups


def _called(above: Sequence[Heading]) -> str:
    """The place as one names it: "Mục III.1"; of a heading without a number its title too."""
    numbers = [heading.number for heading in above if heading.number]
    if not above:
        return "Phần mở đầu"
    named = f"Mục {'.'.join(numbers)}" if numbers else ""
    return named if above[-1].number else f"{named}, “{above[-1].text}”".removeprefix(", ")


def _body_differences(
    before: Mapping[Place, _Group], after: Mapping[Place, _Group]
) -> Iterator[TextDifference]:
    """Line by line within each place: what took the place of another is told beside it."""
    order = list(after)
    last = -1
    for place in before:
        if place in after:
            last = order.index(place)
        else:
            last += 1
            order.insert(last, place)
    none = _Group("", [])
    for place in order:
        had, has = before.get(place, none), after.get(place, none)
        for pair in _in_place(list(differing_lines(had.lines, has.lines))):
            yield TextDifference(has.name or had.name, *pair)


def _in_place(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A line left out and one added in the same place are one that another replaced."""
    lone = [n for n, (_, after) in enumerate(pairs) if not after]
    new = [n for n, (before, _) in enumerate(pairs) if not before]
    together = dict(zip(lone, new, strict=False))
    return [
        (before, pairs[together[n]][1]) if n in together else (before, after)
        for n, (before, after) in enumerate(pairs)
        if n not in together.values()
    ]


def _lines(part: str, before: list[str], after: list[str]) -> Iterator[TextDifference]:
    return (TextDifference(part, *pair) for pair in differing_lines(before, after))
