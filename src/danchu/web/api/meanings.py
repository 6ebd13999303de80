"""Report periods and the dictionary of indicators in its versions."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from danchu.core.calendar.periods import label_en, label_vi
from danchu.core.calendar.selectors import known_periods
from danchu.core.errors import NotFound
from danchu.reporting.figures.meanings import (
    MeaningOfVersion,
    dictionary_versions,
    meanings_at,
    meanings_of,
)

from .api import operation
from .parameters import Key
from .schemas import IndicatorOut, Page, PeriodOut, VersionOut


@operation("periods", Page[PeriodOut], tag="meanings")
def list_periods(request: HttpRequest) -> Any:
    """Every report period this installation knows, the latest first."""
    spans = known_periods()
    return {
        "items": [
            {
                "code": span.code,
                "scheme": span.scheme,
                "kind": span.kind,
                "start": span.start,
                "end": span.end,
                "name_vi": label_vi(span),
                "name_en": label_en(span),
            }
            for span in spans
        ],
        "next": None,
    }


@operation("indicators", Page[IndicatorOut], tag="meanings")
def list_indicators(
    request: HttpRequest,
    version: Annotated[
        int | None,
        Query(ge=1, le=2**31 - 1, description="Version of the dictionary; the newest if not given"),
    ] = None,
) -> Any:
    """The dictionary of indicators as one of its versions had it, in the order of the report."""
    found = meanings_at(version)
    if version is not None and not found:
        raise NotFound(
            f"Không có phiên bản từ điển số {version}.",
            f"There is no version {version} of the dictionary.",
            field="version",
        )
    return {"items": [_indicator_out(one) for one in found.values()], "next": None}


@operation("indicators/{key}", Page[IndicatorOut], tag="meanings")
def one_indicator(request: HttpRequest, key: Key) -> Any:
    """Everything an indicator meant, the newest definition first."""
    found = meanings_of(key)
    if not found:
        raise NotFound(f"Không có chỉ tiêu {key}.", f"There is no indicator {key}.", field="key")
    return {"items": [_indicator_out(one) for one in found], "next": None}


@operation("dictionary-versions", Page[VersionOut], tag="meanings")
def list_dictionary_versions(request: HttpRequest) -> Any:
    """The versions of the dictionary, the newest first."""
    return {
        "items": [
            {
                "version": one.number,
                "sha256": one.sha256,
                "note": one.note,
                "loaded_at": one.created_on,
            }
            for one in dictionary_versions()
        ],
        "next": None,
    }


def _indicator_out(one: MeaningOfVersion) -> dict[str, Any]:
    meaning = one.meaning
    return {
        "indicator": meaning.key,
        "name_vi": meaning.name_vi,
        "name_en": meaning.name_en,
        "definition_vi": meaning.definition_vi,
        "definition_en": meaning.definition_en,
        "unit_vi": meaning.unit_vi,
        "unit_en": meaning.unit_en,
        "decimals": meaning.decimals,
        "nature": meaning.nature,
        "over_time": meaning.time_operator,
        "over_units": meaning.unit_operator,
        "numerator": meaning.numerator,
        "denominator": meaning.denominator,
        "part_of": meaning.part_of,
        "sensitive": bool(meaning.sensitive),
        "basis": meaning.basis,
        "since_version": one.since,
        "retired": one.retired,
    }
