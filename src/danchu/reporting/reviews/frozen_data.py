"""What a frozen report is made of, as one JSON document, and what differs between two of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from danchu import __version__
from danchu.core.documents import OfficialDocument, Signatory, layout_for
from danchu.core.documents.keeping import as_data, from_data
from danchu.reporting.figures.selectors import dictionary_number

from .compose import Report
from .export import as_json

FORMAT = "danchu.report.1"


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that one report prints otherwise than another; "" where it prints none."""

    key: str
    name: str
    unit: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Issue:
    """What văn thư and the signatory add: the number, the day printed, who signs."""

    number: str
    issued_on: dt.date
    authority: str
    post: str
    name: str


def data_of(
    report: Report, document: OfficialDocument, versions: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Everything that makes this report: its figures and where they come from, and its words.

    ``versions``: the submissions counted, {"unit", "name", "number", "submission"}; "number" is
    None for a unit that was missing.
    """
    return {
        "format": FORMAT,
        "release": __version__,
        "dictionary": dictionary_number(),
        "outline": report.outline.sha256,  # its version stands in "report"
        "composed_on": report.written_on.isoformat(),
        "report": as_json(report),
        "versions": [dict(version) for version in versions],
        "document": as_data(document),
    }


def with_issue(data: Mapping[str, Any], issue: Issue) -> dict[str, Any]:
    """The data of the issued report."""
    return {
        **data,
        "issue": {
            "number": issue.number,
            "issued_on": issue.issued_on.isoformat(),
            "authority": issue.authority,
            "post": issue.post,
            "name": issue.name,
        },
    }


def document_of(data: Mapping[str, Any]) -> OfficialDocument:
    """The document to print: with number, day and signatory once it was issued.

    The layout is that of the day on the document (Hướng dẫn 05-HD/VPTW from 27/5/2026).
    """
    document = from_data(data["document"])
    issue = data.get("issue")
    if issue is None:
        return document
    issued_on = dt.date.fromisoformat(issue["issued_on"])
    return dataclasses.replace(
        document,
        layout=layout_for(data["report"]["layout"], issued_on),
        number=issue["number"],
        date=issued_on,
        day_open=False,
        signatory=Signatory(issue["authority"], issue["post"], issue["name"]),
    )


def as_bytes(data: Mapping[str, Any]) -> bytes:
    """The data as it is kept: UTF-8, keys in order, the same bytes for the same data."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Figures that two reports (as :func:`as_json` has them) print differently.

    In the order of the later report; figures that only the earlier one has come last.
    """
    had = {figure["key"]: figure for figure in before["figures"]}
    has = {figure["key"]: figure for figure in after["figures"]}
    return [
        Difference(
            key=key,
            name=(has.get(key) or had[key])["name"],
            unit=(has.get(key) or had[key])["unit"],
            before=had.get(key, {}).get("text") or "",
            after=has.get(key, {}).get("text") or "",
        )
        for key in [*has, *(key for key in had if key not in has)]
        if (had.get(key, {}).get("text") or "") != (has.get(key, {}).get("text") or "")
    ]
