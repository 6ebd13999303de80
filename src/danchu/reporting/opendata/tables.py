"""The open tables: what each is, its columns and its rows, read in pieces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, TypeVar

from danchu.core.contracts import NOBODY
from danchu.reporting.figures.meanings import meanings_at
from danchu.reporting.reading.open_statements import open_statements
from danchu.reporting.reviews.models import FrozenFile
from danchu.reporting.reviews.published import published_reports
from danchu.reporting.reviews.published_figures import published_figures

from .columns import FIGURES, INDICATORS, REPORTS, STATEMENTS, Column

T = TypeVar("T")

PIECE = 2000  # rows held in memory at once
Cell: TypeAlias = str | int | Decimal | dt.date | bool | None
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """An open table; each row has a cell for each column."""

    name: str
    title_vi: str
    title_en: str
    about_vi: str
    about_en: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]


def _whole(ask: Callable[..., Sequence[T]], after: Callable[[T], object]) -> Iterator[T]:
    """Everything ``ask`` gives page by page; ``after`` names the last one of a page."""
    last: object = None
    while True:
        piece = ask(NOBODY, after=last, limit=PIECE)
        yield from piece
        if len(piece) < PIECE:
            return
        last = after(piece[-1])


def _figure_rows() -> Iterator[Row]:
    for one in _whole(published_figures, lambda one: one.id):
        yield (
            str(one.report_id),
            one.report_sign,
            one.issued_on,
            one.known_on,
            one.in_force,
            one.unit_code,
            one.unit_name,
            one.unit_level,
            one.province_code,
            one.province_name,
            one.period_code,
            one.period_start,
            one.period_end,
            one.key,
            one.dimension,
            one.layer,
            one.state,
            one.value,
            one.numerator,
            one.denominator,
            one.text,
            one.withheld,
            one.n_reported,
            one.n_zero,
            one.n_not_applicable,
            one.n_missing,
            one.n_expected,
            one.dictionary,
            one.is_demo,
        )


def _statement_rows() -> Iterator[Row]:
    for one in _whole(open_statements, lambda one: one.id):
        yield (
            one.unit_code,
            one.unit_name,
            one.unit_level,
            one.parent_code,
            one.parent_name,
            one.period_code,
            one.period_start,
            one.period_end,
            one.key,
            one.value,
            one.text,
            one.stated,
            one.words,
            one.approximate,
            one.withheld,
            str(one.document_id),
            one.document_title,
            one.document_date,
            one.source,
            one.is_demo,
        )


def _report_rows() -> Iterator[Row]:
    for one in _whole(lambda *a, **k: published_reports(*a, **k)[0], lambda one: one.public_id):
        hashes = {file.kind: file.sha256 for file in one.files}
        yield (
            str(one.public_id),
            one.sign,
            one.issued_on,
            one.known_on,
            one.replaced_by is None,
            one.title,
            one.issuing_body,
            one.unit_code,
            one.unit_name,
            one.unit_level,
            one.period_code,
            one.period_start,
            one.period_end,
            str(one.replaces or ""),
            str(one.replaced_by or ""),
            hashes.get(FrozenFile.Kind.PDF, ""),
            one.release,
            one.dictionary,
            one.is_demo,
        )


def _indicator_rows() -> Iterator[Row]:
    for key, found in meanings_at().items():
        meaning = found.meaning
        yield (
            key,
            meaning.name_vi,
            meaning.name_en,
            meaning.definition_vi,
            meaning.definition_en,
            meaning.unit_vi,
            meaning.unit_en,
            meaning.decimals,
            meaning.nature,
            meaning.time_operator,
            meaning.unit_operator,
            meaning.numerator,
            meaning.denominator,
            meaning.part_of,
            bool(meaning.sensitive),
            meaning.basis,
            found.since,
            found.retired,
        )


TABLES = (
    Table(
        "figures",
        "Số liệu trong báo cáo đã ban hành",
        "Figures of issued reports",
        "Mỗi dòng là một số của một báo cáo đã ký, ban hành: đơn vị, kỳ, chỉ tiêu, trạng thái và "
        "số đơn vị mà số đó dựa vào. Báo cáo đính chính có dòng riêng; dòng cũ giữ nguyên.",
        "Each row is a figure of a report that was signed and issued: unit, period, indicator, "
        "state and the number of units it stands on. An amending report has rows of its own; "
        "earlier rows stay.",
        FIGURES,
        _figure_rows,
    ),
    Table(
        "stated-figures",
        "Số liệu đọc từ báo cáo đã công bố",
        "Figures stated in published reports",
        "Mỗi dòng là một số nêu trong một báo cáo đã công bố ở nơi khác, có người xác nhận, đi "
        "cùng nguyên văn và nguồn.",
        "Each row is a figure stated in a report that was published elsewhere, confirmed by a "
        "person, with its very words and its source.",
        STATEMENTS,
        _statement_rows,
    ),
    Table(
        "reports",
        "Báo cáo đã ban hành",
        "Issued reports",
        "Mỗi dòng là một báo cáo đã ban hành và công khai ở đây.",
        "Each row is a report that was issued and is public here.",
        REPORTS,
        _report_rows,
    ),
    Table(
        "indicators",
        "Từ điển chỉ tiêu",
        "Dictionary of indicators",
        "Mỗi dòng là một chỉ tiêu theo phiên bản mới nhất của từ điển.",
        "Each row is an indicator by the newest version of the dictionary.",
        INDICATORS,
        _indicator_rows,
    ),
)


def table(name: str) -> Table | None:
    """The table of this name, or None."""
    return next((one for one in TABLES if one.name == name), None)
