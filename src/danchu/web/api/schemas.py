"""What the API answers with. A field is only ever added; the names are those of the open tables."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Generic, TypeVar

from ninja import Field, Schema

Item = TypeVar("Item")


class Problem(Schema):
    """Why there is no answer (RFC 9457), in Vietnamese and in English."""

    type: str
    title: str
    status: int
    code: str
    detail_vi: str
    detail_en: str
    field: str = Field(description="The parameter at fault, empty where there is none.")


class Page(Schema, Generic[Item]):
    """A piece of a list in a stable order; ``next`` leads to the piece after it."""

    items: list[Item]
    next: str | None = Field(description="Address of the next piece; null at the end.")


class CountedPage(Page[Item], Generic[Item]):
    """The same with the number of all that fit."""

    total: int


class LinkOut(Schema):
    """Where something is to be had."""

    rel: str
    href: str


class Index(Schema):
    """What this interface is and where its parts are."""

    name: str
    release: str
    dictionary_version: int
    licence: str
    licence_address: str
    demonstration: bool
    links: list[LinkOut]


class UnitOut(Schema):
    """A unit of the map as it was on one day."""

    id: uuid.UUID
    code: str
    name: str
    kind: str
    level: str
    parent_code: str | None
    parent_name: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    known_from: dt.date | None
    basis: str
    demonstration: bool
    page: str = Field(description="Address of its page for citizens.")


class KinOut(Schema):
    """A unit that another became or was made of."""

    unit: UnitOut
    part: str = Field(description="whole or part: how the earlier unit went into the later one.")
    share: str | None = Field(description='Exact share as a fraction, "3/5"; null: not known.')
    on: dt.date | None = Field(description="First day after the change.")
    name_then: str = Field(description="Its name on that day; the unit is told as it is later.")
    parent_name_then: str = Field(description="What it stood below on that day, as it was called.")
    basis: str


class LineageOut(Schema):
    """What a code became and was made of."""

    unit: UnitOut
    on: dt.date
    ended_on: dt.date | None
    successors: list[KinOut]
    predecessors: list[KinOut]
    warnings_vi: list[str]
    warnings_en: list[str]


class PeriodOut(Schema):
    """A report period; both days belong to it."""

    code: str
    scheme: str
    kind: str
    start: dt.date
    end: dt.date
    name_vi: str
    name_en: str


class IndicatorOut(Schema):
    """What an indicator means, from one version of the dictionary on."""

    indicator: str
    name_vi: str
    name_en: str
    definition_vi: str
    definition_en: str
    unit_vi: str
    unit_en: str
    decimals: int
    nature: str
    over_time: str
    over_units: str
    numerator: str
    denominator: str
    part_of: str
    sensitive: bool
    basis: str
    since_version: int
    retired: bool


class VersionOut(Schema):
    """A version of the dictionary of indicators."""

    version: int
    sha256: str
    note: str
    loaded_at: dt.datetime


class FigureOut(Schema):
    """A figure of an issued report. Null is never nought: ``state`` says which."""

    report_id: uuid.UUID
    report_number: str
    issued_on: dt.date
    known_on: dt.date
    in_force: bool
    unit_code: str
    unit_name: str
    unit_level: str
    province_code: str
    province_name: str
    period: str
    period_start: dt.date
    period_end: dt.date
    indicator: str
    dimension: str
    layer: str
    state: str
    value: int | float | None
    numerator: int | float | None
    denominator: int | float | None
    text: str
    withheld: str
    n_reported: int | None
    n_zero: int | None
    n_not_applicable: int | None
    n_missing: int | None
    n_expected: int | None
    dictionary_version: int
    demonstration: bool


class StatementOut(Schema):
    """A figure that a published report states, with its words and its source."""

    unit_code: str
    unit_name: str
    unit_level: str
    parent_code: str
    parent_name: str
    period: str
    period_start: dt.date
    period_end: dt.date
    indicator: str
    value: int | float | None
    text: str
    stated: str
    words: str
    approximate: bool
    withheld: str
    document_id: uuid.UUID
    document_title: str
    document_date: dt.date | None
    source: str
    demonstration: bool


class FileOut(Schema):
    """A file of a report, byte for byte as it was issued or came back signed.

    ``standing`` of the signed one: "signature" for the issued PDF grown by digital signatures
    alone, "scan" or "looked_at" where the issuing body answers for it since ``released_on``.
    """

    kind: str
    href: str
    media_type: str
    size: int
    sha256: str
    standing: str
    released_on: dt.date | None


class ReportOut(Schema):
    """An issued report that is public."""

    id: uuid.UUID
    number: str
    title: str
    issuing_body: str
    issued_on: dt.date
    known_on: dt.date
    unit_code: str
    unit_name: str
    unit_level: str
    province_code: str
    province_name: str
    period: str
    period_start: dt.date
    period_end: dt.date
    in_force: bool
    replaces: uuid.UUID | None
    replaced_by: uuid.UUID | None
    release: str
    dictionary_version: int
    demonstration: bool
    page: str
    proof: str = Field(description="Address of the entry of the ledger that holds its hashes.")
    files: list[FileOut]
    files_held: bool = Field(
        description="True where the paper prints a count under 5 in a sensitive matter and is "
        "therefore not given out; its reading copy is on the page."
    )
