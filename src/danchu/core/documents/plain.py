"""An official document as plain text: for search, for e-mail, for reading it back."""

from __future__ import annotations

from .model import Block, BulletList, Heading, Note, OfficialDocument, Paragraph, Table, runs_of
from .wording import Composed, compose, heading_text


def plain_text(doc: OfficialDocument) -> str:
    """The whole document in reading order, one paragraph a line, cells separated by " | ".

    Same words as the other formats; parts are separated by an empty line.
    """
    composed = compose(doc)
    party = composed.spec.family == "party"
    national = [composed.right_title, composed.motto]
    bodies = [*composed.parent, *composed.issuing, composed.star]
    parts = [
        [composed.mark],
        [*bodies, *national] if party else [*national, *bodies],
        [composed.number, composed.place_date],
        [composed.kind, *composed.subject, composed.subject_mark],
        _addressee(composed),
        list(composed.basis),
        _text(composed.blocks, composed),
        [composed.recipients_title, *composed.recipients],
        [*composed.authority, composed.post, composed.name],
    ]
    for annex in composed.annexes:
        parts.append([annex.label, annex.title, annex.reference])
        parts.append(_text(annex.blocks, composed))
    shown = ("\n".join(line for line in part if line) for part in parts)
    return "\n\n".join(part for part in shown if part) + "\n"


def _addressee(composed: Composed) -> list[str]:
    if len(composed.addressee) == 1:
        return [f"{composed.addressee_label} {composed.addressee[0]}"]
    return [composed.addressee_label, *composed.addressee]


def _text(blocks: tuple[Block, ...], composed: Composed) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                lines.append(heading_text(composed.spec, block))
            case Paragraph():
                lines.append("".join(run.text for run in block.runs))
            case BulletList():
                lines.extend("- " + "".join(run.text for run in item) for item in block.items)
            case Note():
                lines.append(block.text)
            case Table():
                lines.extend(_table(block))
    return lines


def _table(block: Table) -> list[str]:
    heads = [[cell if isinstance(cell, str) else cell.text for cell in row] for row in block.header]
    rows = block.rows if block.total is None else (*block.rows, block.total)
    cells = [[runs_of(cell).text for cell in row] for row in rows]
    return [block.caption, *(" | ".join(row) for row in (*heads, *cells))]
