"""What the ledger holds of reports: their files as frozen and issued, number and day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from danchu.core.contracts.attested import FILES, PUBLISHED, ROWS, Attestation, AttestedEntry
from danchu.core.errors import Refusal
from danchu.core.files.selectors import open_kept

from .models import FrozenFile, FrozenReport, PublishedFigure

_FROZEN = (FrozenFile.Kind.CONTENT, FrozenFile.Kind.XLSX)
_ISSUED = (FrozenFile.Kind.DATA, FrozenFile.Kind.DOCX, FrozenFile.Kind.PDF)
_BACK = (FrozenFile.Kind.SIGNED, FrozenFile.Kind.EDITED)
_OF_A_FIGURE: tuple[str, ...] = ("state", "amount", "scale", "numerator", "denominator")
_OF_A_PART: tuple[str, ...] = ("state", "amount")


def _reports(entries: Sequence[AttestedEntry]) -> dict[int, Any]:
    rows = FrozenReport.objects.filter(pk__in=[one.record_id for one in entries])
    return {
        one.pk: one for one in rows.select_related("publication").prefetch_related("files__file")
    }


def _kept(report: FrozenReport, kinds: Iterable[str]) -> list[FrozenFile]:
    return [one for one in report.files.all() if one.kind in kinds]


def _hashes(files: Iterable[FrozenFile]) -> dict[str, str]:
    return {str(one.kind): one.file.sha256 for one in files}


def _whole(files: Iterable[FrozenFile]) -> bool:
    for one in files:
        try:
            open_kept(one.file).handle.close()
        except Refusal:
            return False
    return True


def _check_frozen(entries: Sequence[AttestedEntry]) -> Mapping[int, str]:
    reports, found = _reports(entries), {}
    for entry in entries:
        report = reports.get(entry.record_id or 0)
        files = _kept(report, _FROZEN) if report else []
        if not entry.says(_hashes(files)):
            found[entry.number] = ROWS
        elif not _whole(files):
            found[entry.number] = FILES
    return found


def _check_issued(entries: Sequence[AttestedEntry]) -> Mapping[int, str]:
    reports, found = _reports(entries), {}
    for entry in entries:
        report = reports.get(entry.record_id or 0)
        files = _kept(report, _ISSUED) if report else []
        if report is None or report.issued_on is None:
            found[entry.number] = ROWS
            continue
        day = report.issued_on.isoformat()
        if not entry.says({"number": report.number, "issued_on": day, **_hashes(files)}):
            found[entry.number] = ROWS
        elif not _whole(files):
            found[entry.number] = FILES
        elif hasattr(report, "publication") and not _as_issued(report, files):
            found[entry.number] = PUBLISHED
    return found


def _as_issued(report: FrozenReport, files: Iterable[FrozenFile]) -> bool:
    """Whether the published rows say what the issued data say."""
    kept = next(one for one in files if one.kind == FrozenFile.Kind.DATA)
    with open_kept(kept.file).handle as handle:
        data: dict[str, Any] = json.load(handle)
    told = data["report"]
    public = report.publication
    if (public.title, public.issuing_body, public.unit_code) != (
        told["title"][:400],
        told["issuing_body"][:200],
        told["unit"]["code"],
    ) or report.symbol != data["document"].get("symbol", ""):
        return False
    figures = {one["key"]: one for one in told["figures"]}
    parts = {(one["key"], one["dimension"]): one for one in data.get("cells", ())}
    for row in PublishedFigure.objects.filter(publication=public).iterator():
        source = parts.get((row.key, row.dimension)) if row.dimension else figures.get(row.key)
        names = _OF_A_PART if row.dimension else _OF_A_FIGURE
        if source is None or any(getattr(row, name) != source[name] for name in names):
            return False
        if not row.dimension and row.text != source["text"][:60]:
            return False
    return True


def _check_taken_back(entries: Sequence[AttestedEntry]) -> Mapping[int, str]:
    """Of the files that came back the entry is of one: it tells its kind, hash and verdict."""
    reports, found = _reports(entries), {}
    for entry in entries:
        report = reports.get(entry.record_id or 0)
        of_it = [
            one
            for one in (_kept(report, _BACK) if report else [])
            if entry.says(
                {"kind": str(one.kind), "sha256": one.file.sha256, "verdict": one.verdict}
            )
        ]
        if not of_it:
            found[entry.number] = ROWS
        elif not _whole(of_it):
            found[entry.number] = FILES
    return found


ATTESTED = (
    Attestation("report.frozen", _check_frozen),
    Attestation("report.issued", _check_issued),
    Attestation("report.taken_back", _check_taken_back),
)
