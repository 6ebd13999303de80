"""What a notice and its postings must say, checked once for every way they come in."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from danchu.core.calendar.words import Phrase
from danchu.core.errors import BadInput, Faults
from danchu.core.law.catalog import Rule, UnitKind
from danchu.core.records.inputs import (
    clean_choice,
    clean_day,
    clean_document_number,
    clean_line,
    clean_text,
)
from danchu.core.text import fold, format_date
from danchu.core.text.secrecy import inside_mark

from .. import rules
from ..budget_quarters import BUDGET_RULE, PERIOD_NAMES, PERIODS, field_of_another
from ..models import PostingEvidence
from .listed_names import refuse_listed_names
from .named import NamedRow, checked_rows, has_name_column, refuse_personal_columns
from .shielding import refuse_about_people, refuse_in_line, refuse_listed_debtors
from .tables import MOST_COLUMNS, MOST_ROWS, Table


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file taken in before the record it is for was there, and what its camera told."""

    public_id: uuid.UUID
    taken_at: dt.datetime | None = None
    taken_place: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceInput:
    """A picture or document taken in, or a link, at one moment of a posting."""

    moment: str = PostingEvidence.Moment.START
    file: HandedIn | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class PostingInput:
    """A notice at a place. ``starts_on`` None: the day of publication. A portal has a link."""

    kind: str
    place: str = ""
    starts_on: dt.date | None = None
    link: str = ""
    evidence: EvidenceInput | None = None


@dataclass(frozen=True, slots=True)
class NoticeInput:
    """A content made known. ``named``: the rows of a list with names, None for none.

    ``names_not_after``: the last day that the decision sets for the names, None where it sets
    none; the law's own days end them in any case. ``documents``: files handed in for it.
    ``budget_period``: of a content on the budget what it is of (``budget_quarters.PERIODS``), "" to
    tell it by the title. ``public`` None: by the kind of unit. Communes disclose to everybody;
    agencies and workplaces to their own people (Law 10/2022 articles 46, 64), so theirs are read
    inside unless said.
    """

    rule_key: str
    title: str
    decided_on: dt.date | None
    text: str = ""
    document_number: str = ""
    table: Table | None = None
    named: tuple[NamedRow, ...] | None = None
    names_not_after: dt.date | None = None
    documents: tuple[HandedIn, ...] = ()
    planned_item_id: int | None = None
    corrects_id: int | None = None
    budget_period: str = ""
    public: bool | None = None
    postings: tuple[PostingInput, ...] = field(default=())


def clean_decided(value: dt.date | None) -> dt.date:
    """The day of the decision or document."""
    return clean_day(value, "decided_on", "ngày của quyết định, văn bản", "day of the document")


def refuse_before(decided: dt.date, published_on: dt.date) -> None:
    """Raise ``BadInput`` where a content was published before its document."""
    if published_on < decided:
        raise BadInput(
            f"Công khai ngày {format_date(published_on)} trước ngày của văn bản "
            f"{format_date(decided)}. Kiểm tra lại hai ngày.",
            f"Published on {format_date(published_on)}, before the document of "
            f"{format_date(decided)}. Check the two days.",
            field="occurred_on",
        )


def _by_hand() -> BadInput:
    """Article 13.2: the register lists what was disclosed; it is made of that, never typed."""
    return BadInput(
        "Danh mục nội dung đã công khai được lập từ các nội dung đã ghi. Vào Danh mục công khai, "
        "chọn quý rồi công khai; không ghi thành một nội dung riêng.",
        "The register of disclosures is made out of what was written down. Open the register, "
        "choose the quarter and publish it there; it is not written as a notice.",
        code="register",
        field="rule_key",
    )


def cleaned(
    content: NoticeInput,
    kind: UnitKind,
    published_on: dt.date | None,
    *,
    is_register: bool = False,
) -> tuple[dict[str, Any], Rule]:
    """The columns of a notice and its rule; ``BadInput`` names the fields at fault, all of them.

    ``published_on`` None: the day is at fault itself; the rest is judged without it.
    ``is_register``: made by ``publish_register``, which alone may use the register's clause.
    """
    faults = Faults()
    decided: dt.date | None = None
    rule: Rule | None = None
    title = text = number = ""
    with faults.noted():
        decided = clean_decided(content.decided_on)
    with faults.noted():
        if decided is not None and published_on is not None:
            refuse_before(decided, published_on)
    with faults.noted():
        if decided is not None:
            rule = rules.require_clause(content.rule_key, kind, decided)
    if rule is not None and rule.key == rules.REGISTER_RULE and not is_register:
        faults.add(_by_hand())
    with faults.noted():
        title = clean_line(content.title, "title", "tên nội dung công khai", "title", limit=300)
    with faults.noted():
        text = clean_text(content.text, "text", "nội dung", "content", limit=50_000)
    with faults.noted():
        number = _document_number(content.document_number)
    for name, said in (("title", title), ("text", text)):
        mark = inside_mark(said)
        if mark is not None:
            faults.add(_inside(mark, name))
    table = content.table
    with faults.noted():
        if table is not None:
            try:
                _check_table(table)
            except BadInput:
                table = None
                raise
    with faults.noted():
        refuse_about_people(title, text, table, lists_people=content.named is not None)
    with faults.noted():
        budget_period = _budget_period(content, rule) if rule else ""
    faults.tell()
    assert decided is not None and rule is not None
    due = rules.due_derivation(rule, decided)
    columns: dict[str, Any] = {
        "rule_key": rule.key,
        "rule_version": rule.version,
        "title": title,
        "text": text,
        "document_number": number,
        "decided_on": decided,
        "due_on": due.due if due else None,
        "derivation": {language: _jsonable(due.as_json(language)) for language in ("vi", "en")}
        if due
        else {},
        "permanent": rule.period == "permanent",
        "table": content.table,
        "budget_period": budget_period,
        "folded": fold(" ".join((title, number, text))),
    }
    return columns, rule


def _document_number(typed: str) -> str:
    said = {"vi": "số, ký hiệu văn bản", "en": "number of the document"}
    number = clean_document_number(typed, "document_number", said["vi"], said["en"], limit=80)
    refuse_in_line(number, field="document_number", **said)
    refuse_listed_debtors(re.sub("[/-]", " ", number), field="document_number")
    return number


def _inside(mark: str, field: str) -> BadInput:
    return BadInput(
        f"Nội dung mang dấu {mark} nên không công khai được.",
        f"The content is marked {mark} and cannot be disclosed.",
        code="inside",
        field=field,
    )


def _budget_period(content: NoticeInput, rule: Rule) -> str:
    if rule.key != BUDGET_RULE or not content.budget_period:
        return ""
    chosen = clean_choice(
        content.budget_period, PERIODS, "budget_period", "kỳ của nội dung ngân sách", "period"
    )
    _refuse_another_period(content, chosen)
    return chosen


def _refuse_another_period(content: NoticeInput, chosen: str) -> None:
    """By a title of one quarter and a choice of another the ledger would miss the one that people
    read of (article 11.2)."""
    field, other = field_of_another(content.title, content.text, chosen)
    if not field:
        return
    where = {
        "title": Phrase("Tên nội dung", "The title"),
        "text": Phrase("Phần tóm tắt", "The summary"),
    }[field]
    named, wanted = PERIOD_NAMES[other], PERIOD_NAMES[chosen]
    raise BadInput(
        f"{where.vi} ghi {named.vi} mà kỳ đã chọn là {wanted.vi}. Sửa lời văn hoặc chọn lại kỳ, "
        "để sổ nghĩa vụ tính đúng kỳ người dân đọc thấy.",
        f"{where.en} names {named.en}, and what was chosen is {wanted.en}. Change the words or the "
        "choice, so that the ledger counts the period that people read of.",
        code="another_period",
        field=field,
    )


def cleaned_names(content: NoticeInput) -> tuple[NamedRow, ...] | None:
    """The rows of the list with names; none of the names may stand in the title or text."""
    if content.named is None:
        return None
    rows = checked_rows(content.named, field="names_text")
    if not rows:
        raise BadInput(
            "Danh sách chưa có ai. Nhập danh sách hoặc bỏ chọn “có nêu tên”.",
            "The list is empty. Enter it, or do not choose “with names”.",
            field="names_text",
        )
    refuse_listed_names([row.name for row in rows], content)
    return rows


def clean_names_end(content: NoticeInput, published_on: dt.date | None) -> dt.date | None:
    """The last day that the decision sets for the names: never before the publication."""
    last = content.names_not_after
    if last is None or content.named is None:
        return None
    if published_on is not None and last < published_on:
        raise BadInput(
            f"Ngày cuối hiện danh sách {format_date(last)} trước ngày công khai "
            f"{format_date(published_on)}.",
            f"The last day of the list, {format_date(last)}, is before its publication on "
            f"{format_date(published_on)}.",
            field="names_not_after",
        )
    return last


def require_content(content: NoticeInput, *, documents: int = 0) -> None:
    """Raise ``BadInput`` for a notice that makes nothing known but its title.

    ``documents``: how many it has already.
    """
    if content.text.strip() or content.table or content.named or content.documents or documents:
        return
    raise BadInput(
        "Nội dung công khai còn trống: ghi tóm tắt, hoặc kèm tệp văn bản, bảng số liệu hay danh "
        "sách. Chỉ có tên nội dung thì người dân không biết được gì.",
        "There is nothing to make known yet: write a summary, or attach the document, a table or "
        "a list. A title alone tells people nothing.",
        code="empty",
        field="text",
    )


def _check_table(table: Table) -> None:
    header, rows = table.get("header"), table.get("rows")
    if (
        not isinstance(header, list)
        or not isinstance(rows, list)
        or not all(isinstance(name, str) for name in header)
        or not 1 <= len(header) <= MOST_COLUMNS
        or not 1 <= len(rows) <= MOST_ROWS
        or not all(_is_row(row, len(header)) for row in rows)
    ):
        raise BadInput(
            "Bảng không đúng dạng: cần tên cột và các dòng gồm số nguyên hoặc chữ.",
            "The table is malformed: it needs column names and rows of whole numbers or text.",
            field="table_text",
        )
    refuse_personal_columns(header, field="table_text")
    if has_name_column(header):
        raise BadInput(
            "Bảng này nêu tên người. Đưa vào “danh sách có nêu tên” để được gỡ khi hết thời gian "
            "niêm yết.",
            "This table names people. Enter it as a list with names, which is taken down when the "
            "posting ends.",
            code="names_in_table",
            field="table_text",
        )


def _is_row(row: object, width: int) -> bool:
    return (
        isinstance(row, list)
        and len(row) == width
        and all(isinstance(cell, int | str) and not isinstance(cell, bool) for cell in row)
    )


def clean_ended(value: dt.date | None, starts_on: dt.date, name: str, vi: str, en: str) -> dt.date:
    """A day of a posting that has come, not before it was put up."""
    return clean_day(value, name, vi, en, not_before=starts_on)


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
