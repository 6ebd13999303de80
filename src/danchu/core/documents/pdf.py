"""PDF through Typst: tagged, PDF/A-2a and PDF/UA-1, the same bytes for the same document.

Texts of people are data (``sys_inputs``), never markup. Only the typeface shipped with the package
is used, so a document looks the same on every machine and no letter comes from another font.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import threading
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst

from .layouts import LayoutSpec
from .model import (
    Block,
    BulletList,
    Heading,
    Note,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
    column_widths,
    header_cells,
    runs_of,
    table_font_size,
)
from .typeface import FAMILY, FONTS, REPLACEMENT, letters
from .wording import Composed, compose, heading_text

_TEMPLATE = Path(__file__).parent / "templates" / "official.typ"
# One compiler for the process keeps fonts and template parsed; it is not made for two at once.
_lock = threading.Lock()
_LONG = 40  # letters in a row that no line should have to hold
_LONG_TOKEN = re.compile(rf"\S{{{_LONG},}}")
_ZERO_WIDTH = "\u200b"
# Single spacing of the typeface, as Word measures it, in ems.
_SINGLE = 1.15
# A row taller than this many letters might not fit on one page and may be divided.
_DIVISIBLE = 1200


def render_pdf(doc: OfficialDocument) -> bytes:
    """The document as PDF. Letters the typeface does not have are printed as a white square.

    Deterministic: the only time in the file is midnight of ``doc.date`` in Viet Nam.
    """
    composed = compose(doc)
    midnight = dt.datetime.combine(doc.date, dt.time(), dt.timezone(dt.timedelta(hours=7)))
    data = json.dumps(_data(doc, composed), ensure_ascii=False, separators=(",", ":"))
    with _lock:
        _refuse_after_fork()
        found = _compiler().compile(
            format="pdf",
            sys_inputs={"doc": data},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(midnight.timestamp()),
        )
        _forget()
    assert isinstance(found, bytes)
    return found


_first_used_in = 0  # the id of the process, 0 before the first document


def typesetter_used() -> bool:
    """Whether this process has typeset a document, so that it must not be forked any more.

    The typesetter's threads do not live on in a forked process, which would wait for them forever.
    """
    return _first_used_in == os.getpid()


def _refuse_after_fork() -> None:
    global _first_used_in
    if _first_used_in not in (0, os.getpid()):
        raise RuntimeError("the typesetter was used before this process was forked")
    _first_used_in = os.getpid()


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(
        str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=fonts, ignore_system_fonts=True
    )


@cache
def _blank() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    return typst.Compiler(str(_TEMPLATE.with_name("blank.typ")), font_paths=fonts)


def _forget() -> None:
    """Let the typesetter's memory of this document go.

    It keeps every laid out page until ten documents later, some 40 MB for an annex of 300 rows.
    Ten blank sheets, a few milliseconds in all, make it forget at once.
    """
    for _ in range(10):
        _blank().compile(format="svg")


def _data(doc: OfficialDocument, composed: Composed) -> dict[str, Any]:
    spec = asdict(composed.spec)
    spec["line_step"] = (
        composed.spec.line_exact or composed.spec.body_size * _SINGLE * composed.spec.line_multiple
    )
    data = {
        name: getattr(composed, name)
        for name in (
            "parent", "issuing", "star", "number", "right_title", "motto", "place_date", "kind",
            "subject", "subject_mark", "addressee_label", "addressee", "basis",
            "recipients_title", "recipients", "authority", "post", "name", "draft", "mark",
            "metadata_title", "author", "has_foot",
        )
    }  # fmt: skip
    width = composed.spec.width_of
    data["blocks"] = _blocks(composed.blocks, composed.spec, width(landscape=False))
    data["annexes"] = [
        {
            "label": annex.label,
            "title": annex.title,
            "reference": annex.reference,
            "landscape": annex.landscape,
            "blocks": _blocks(
                annex.blocks, composed.spec, width(landscape=annex.landscape), under=1
            ),
        }
        for annex in composed.annexes
    ]
    shown: dict[str, Any] = _printable(data)
    return {
        **shown,
        "spec": spec,
        "font": FAMILY,
        "language": doc.language.partition("-")[0],
        "year": doc.date.year,
        "month": doc.date.month,
        "day": doc.date.day,
    }


def _blocks(
    blocks: tuple[Block, ...], spec: LayoutSpec, width: float, under: int = 0
) -> list[dict[str, Any]]:
    """The blocks as data, ``width`` millimetres wide. ``under`` is the depth of the heading they
    stand under; PDF/UA wants depths without gaps, whatever levels a text uses."""
    found: list[dict[str, Any]] = []
    depth = under
    for block in blocks:
        match block:
            case Heading():
                depth = min(block.level + under, depth + 1)
                text = heading_text(spec, block)
                found.append({"t": "heading", "level": block.level, "depth": depth, "text": text})
            case Paragraph():
                found.append({"t": "par", "runs": [_run(run) for run in block.runs]})
            case BulletList():
                items = [[_run(run) for run in item] for item in block.items]
                found.append({"t": "list", "items": items})
            case Note():
                found.append({"t": "note", "text": block.text})
            case Table():
                found.append({"t": "table", **_table(block, width)})
    return found


def _table(block: Table, width: float) -> dict[str, Any]:
    cells = [[_run(runs_of(cell)) for cell in row] for row in block.rows]
    return {
        "caption": block.caption,
        "widths": column_widths(block, width),
        "aligns": [column.align for column in block.columns],
        "header": header_cells(block),
        "rows": cells,
        "total": None if block.total is None else [_run(runs_of(c)) for c in block.total],
        "size": table_font_size(block),
        "breakable": any(len(cell[0]) > _DIVISIBLE for row in cells for cell in row),
    }


def _run(run: Run) -> tuple[str, bool, bool]:
    return run.text, run.bold, run.italic


def _printable(value: Any) -> Any:
    """The same data with letters the typeface can print and places where long tokens may break."""
    if isinstance(value, str):
        if len(value) < _LONG and value.isascii() and value.isprintable():
            return value
        known = letters()
        if not all(ord(letter) in known for letter in value):
            value = "".join(c if ord(c) in known else REPLACEMENT for c in value)
        return _LONG_TOKEN.sub(lambda m: _ZERO_WIDTH.join(_pieces(m[0])), value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return value


def _pieces(token: str, size: int = 8) -> list[str]:
    return [token[i : i + size] for i in range(0, len(token), size)]
