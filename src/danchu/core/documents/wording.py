"""The words a layout adds around a document, the same for every format.

:func:`compose` turns an :class:`OfficialDocument` into the lines that are printed:
"Số: 05/BC-UBND", "Bến Mẫu, ngày 05 tháng 7 năm 2026", "I. KẾT QUẢ", "- Lưu: VT." Renderers only
place them.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from danchu.core.text.normal import nfc

from .layouts import LAYOUTS, LayoutSpec
from .model import (
    Annex,
    Block,
    BulletList,
    Heading,
    Layout,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
    runs_of,
)
from .typeface import balanced

BLANK = "\u00a0" * 6  # room for a number written by hand

_NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_PARTY_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
# Controls, lone surrogates and non-characters cannot stand in XML; marks of direction could make
# a line read differently from what is stored.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e"
    "\u2066-\u2069\ufeff]"
)
# "ỦY BAN NHÂN DÂN / XÃ BẾN MẪU", "BAN CHỈ ĐẠO THỰC HIỆN / DÂN CHỦ Ở CƠ SỞ"
_SAID_APART = re.compile(r"(?<=NHÂN DÂN)\s+|(?<=THỰC HIỆN)\s+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ComposedAnnex:
    """An annex with its label ("Phụ lục I"), title in capitals and "(Kèm theo …)" line."""

    label: str
    title: str
    reference: str
    blocks: tuple[Block, ...]
    landscape: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """The lines of a document, ready to be placed. Empty texts are not printed.

    ``right_title`` is quốc hiệu or the title of the Party, ``motto`` is empty for the Party and
    ``star`` for the State; ``subject_mark`` is "-----" or empty, a rule then stands there.
    """

    spec: LayoutSpec
    parent: tuple[str, ...]
    issuing: tuple[str, ...]
    star: str
    number: str
    right_title: str
    motto: str
    place_date: str
    kind: str
    subject: tuple[str, ...]
    subject_mark: str
    addressee_label: str
    addressee: tuple[str, ...]
    basis: tuple[str, ...]
    blocks: tuple[Block, ...]
    recipients_title: str
    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    post: str
    name: str
    annexes: tuple[ComposedAnnex, ...]
    draft: bool
    mark: str
    metadata_title: str
    author: str

    @property
    def has_foot(self) -> bool:
        """Whether recipients or a signature are printed."""
        return bool(self.recipients or self.authority or self.post)


def compose(doc: OfficialDocument) -> Composed:
    """The lines of ``doc``.

    A document with a ``draft_mark`` comes out without number line, place and date, addressee,
    recipients and signature: it shows how the text would look and must not be taken for an
    issued paper.
    """
    spec = LAYOUTS[doc.layout]
    party = spec.family == "party"
    draft = bool(doc.draft_mark)
    signatory = None if draft else doc.signatory
    number = "" if draft else number_line(doc.layout, doc.number, doc.symbol)
    width = spec.width_of(landscape=False)
    subject = _balanced(doc.title, spec.subject_size, width - 6, bold=True)
    kind = one_line(doc.kind).upper()
    return Composed(
        spec=spec,
        parent=_body(doc.parent_body, spec.parent_size, spec.head_left),
        issuing=_body(doc.issuing_body, spec.issuing_size, spec.head_left, bold=True),
        star="*" if party else "",
        number=number,
        right_title=_PARTY_TITLE if party else _NATIONAL_TITLE,
        motto="" if party else _MOTTO,
        place_date="" if draft else place_date(doc.place, doc.date, day_open=doc.day_open),
        kind=kind,
        subject=subject,
        subject_mark="-----" if party else "",
        addressee_label="Kính gửi:" if doc.addressee and not draft else "",
        addressee=() if draft else _addressee(doc.addressee),
        basis=_basis(doc.basis, dash=party),
        blocks=_closed(tuple(_clean(block) for block in doc.blocks), spec.closing),
        recipients_title="Nơi nhận:" if doc.recipients and not draft else "",
        recipients=() if draft else _dashed(doc.recipients, spec.recipients_separator),
        authority=tuple(line.upper() for line in _lines(signatory.authority)) if signatory else (),
        post=one_line(signatory.post).upper() if signatory else "",
        name=one_line(signatory.name or "") if signatory else "",
        annexes=tuple(
            _annex(doc, annex, index, number) for index, annex in enumerate(doc.annexes, 1)
        ),
        draft=draft,
        mark=" - ".join(one_line(mark) for mark in (doc.draft_mark, doc.demo_mark) if mark),
        metadata_title=one_line(doc.metadata_title)
        or f"{kind.capitalize()} {' '.join(subject)}".strip()
        or "Văn bản",
        author=one_line(" ".join(_lines(doc.issuing_body))),
    )


def number_line(layout: Layout, number: str | None, symbol: str) -> str:
    """ "Số: 05/BC-UBND" or "Số 05-BC/BCĐ"; room for the hand when there is no number yet.

    A number under 10 is written with a leading 0 (NĐ 30/2020, Phụ lục I).
    """
    party = LAYOUTS[layout].family == "party"
    text = one_line(number or "")
    text = text.zfill(2) if text.isdecimal() else text or BLANK
    symbol = one_line(symbol)
    return f"Số {text}-{symbol}" if party else f"Số: {text}/{symbol}"


def place_date(place: str, day: dt.date, *, day_open: bool = False) -> str:
    """ "Bến Mẫu, ngày 05 tháng 7 năm 2026": days under 10 and the months 1 and 2 with a 0."""
    return f"{one_line(place)}, {date_in_words(day, day_open=day_open)}"


def date_in_words(day: dt.date, *, day_open: bool = False) -> str:
    """ "ngày 05 tháng 7 năm 2026"; with ``day_open`` room for day and month."""
    if day_open:
        return f"ngày{BLANK}tháng{BLANK}năm {day.year}"
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: dt.date) -> str:
    """ "05/6/2026": days under 10 and the months 1 and 2 with a 0, as in :func:`place_date`."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def heading_text(spec: LayoutSpec, heading: Heading) -> str:
    """The whole line of a heading: "I. KẾT QUẢ", "I- KẾT QUẢ", "1. Công khai", "a) Niêm yết"."""
    number = _unended(one_line(heading.number)).rstrip("-)")
    text = one_line(heading.text)
    if heading.level == 1:
        text = text.upper()
    if not number:
        return f"- {text}" if heading.level == 4 else text
    separator = {1: spec.section_separator, 2: ". ", 3: ") ", 4: " "}[heading.level]
    return f"{number}{separator}{text}"


def clean(text: str) -> str:
    """Text fit for any format: NFC, without controls and marks of direction; tabs are spaces."""
    return nfc(_UNPRINTABLE.sub("", text.replace("\t", " ")))


def one_line(text: str) -> str:
    """Clean text on one line, trimmed."""
    if text.isascii() and text.isprintable():  # a number in most cells of a long table
        return text.strip()
    return " ".join(line.strip() for line in clean(text).splitlines()).strip()


def roman(number: int) -> str:
    """A Roman numeral for 1 to 3999."""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    numerals = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"]
    found = ""
    for value, numeral in zip(values, numerals, strict=True):
        count, number = divmod(number, value)
        found += numeral * count
    return found


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in clean(text).splitlines() if line.strip())


def _body(text: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines of a body's name: one too long for the head is divided where it is said."""
    points = width * 72 / 25.4
    lines: list[str] = []
    for line in _lines(text.upper()):
        if len(balanced(line, size, points, bold=bold)) > 1:
            lines += filter(None, (part.strip() for part in _SAID_APART.split(line, maxsplit=1)))
        else:
            lines.append(line)
    return _balanced("\n".join(lines), size, width, bold=bold)


def _balanced(text: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines of ``text``, each divided evenly where it is wider than ``width`` millimetres."""
    points = width * 72 / 25.4
    return tuple(part for line in _lines(text) for part in balanced(line, size, points, bold=bold))


def _addressee(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(names) == 1:
        return (_unended(one_line(names[0])) + ".",)
    return _dashed(names, ";")


def _dashed(items: tuple[str, ...], separator: str) -> tuple[str, ...]:
    """Lines with a dash, each ended by ``separator`` and the last by a full stop."""
    texts = [re.sub(r"^-\s*", "", _unended(one_line(item))) for item in items]
    last = len(texts) - 1
    return tuple(f"- {text}{'.' if i == last else separator}" for i, text in enumerate(texts))


def _basis(items: tuple[str, ...], *, dash: bool) -> tuple[str, ...]:
    lines = _dashed(items, ";")
    return lines if dash else tuple(line.removeprefix("- ") for line in lines)


def annex_label(layout: Layout, index: int, count: int) -> str:
    """ "Phụ lục II" or "Phụ lục 2" of the ``index``-th of ``count`` annexes; "Phụ lục" of one."""
    if count == 1:
        return "Phụ lục"
    roman_ones = LAYOUTS[layout].annex_numerals == "roman"
    return f"Phụ lục {roman(index) if roman_ones else index}"


def _annex(doc: OfficialDocument, annex: Annex, index: int, number: str) -> ComposedAnnex:
    label = annex_label(doc.layout, index, len(doc.annexes))
    reference = ""
    if doc.annex_reference and number:
        day = date_in_words(doc.date, day_open=doc.day_open)
        name = number.replace("Số", "số", 1).replace(":", "", 1)
        of = f" của {one_line(doc.issuer_name)}" if doc.issuer_name else ""
        reference = f"(Kèm theo {one_line(doc.kind).capitalize()} {name} {day}{of})"
    return ComposedAnnex(
        label=one_line(annex.label) or label,
        title=one_line(annex.title).upper(),
        reference=reference,
        blocks=tuple(_clean(block) for block in annex.blocks),
        landscape=annex.landscape,
    )


def _closed(blocks: tuple[Block, ...], closing: str) -> tuple[Block, ...]:
    """The text with the mark that ends it: "./." for the State, "." for the Party."""
    if not blocks:
        return blocks
    last = blocks[-1]
    if isinstance(last, Paragraph) and last.runs:
        return (*blocks[:-1], Paragraph(_close_runs(last.runs, closing)))
    if isinstance(last, BulletList) and last.items and last.items[-1]:
        items = (*last.items[:-1], _close_runs(last.items[-1], closing))
        return (*blocks[:-1], BulletList(items))
    return blocks


def _close_runs(runs: tuple[Run, ...], closing: str) -> tuple[Run, ...]:
    return (*runs[:-1], replace(runs[-1], text=_unended(runs[-1].text) + closing))


def _clean(block: Block) -> Block:
    """The block with its texts on one line each and fit for any format."""
    if isinstance(block, Paragraph):
        return Paragraph(_clean_runs(block.runs))
    if isinstance(block, BulletList):
        return BulletList(tuple(_clean_runs(item) for item in block.items))
    if isinstance(block, Table):
        return replace(
            block,
            caption=one_line(block.caption),
            header=tuple(
                tuple(
                    one_line(cell)
                    if isinstance(cell, str)
                    else replace(cell, text=one_line(cell.text))
                    for cell in row
                )
                for row in block.header
            ),
            rows=tuple(_clean_cells(row) for row in block.rows),
            total=None if block.total is None else _clean_cells(block.total),
        )
    return replace(block, text=one_line(block.text))


def _clean_runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return tuple(
        replace(run, text=_SPACES.sub(lambda found: _unbroken(found[0]), clean(run.text)))
        for run in runs
    )


def _unbroken(spaces: str) -> str:
    """Spaces with a line break among them as one space; others as they are."""
    return " " if "\n" in spaces or "\r" in spaces else spaces


def _unended(text: str) -> str:
    """The text without the signs and spaces at its end."""
    end = len(text)
    while end and (text[end - 1] in ".;,/" or text[end - 1].isspace()):
        end -= 1
    return text[:end]


def _clean_cells(row: tuple[str | Run, ...]) -> tuple[Run, ...]:
    return tuple(map(_clean_cell, row))


def _clean_cell(cell: str | Run) -> Run:
    run = runs_of(cell)
    text = one_line(run.text)
    return run if text == run.text else replace(run, text=text)
