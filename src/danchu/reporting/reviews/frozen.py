"""Reading frozen reports: their files, steps and what has changed since."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor, require
from danchu.core.documents import render_docx, render_pdf
from danchu.core.errors import NotFound

from .compose import Report
from .export import as_json
from .frozen_data import Difference, differences, document_of
from .frozen_files import kept_data
from .models import FrozenFile, FrozenReport, SigningStep

# What a person looks for first comes first; what a machine reads, last.
_ORDER = {
    str(kind): place
    for place, kind in enumerate(
        (
            FrozenFile.Kind.SIGNED,
            FrozenFile.Kind.PDF,
            FrozenFile.Kind.DOCX,
            FrozenFile.Kind.EDITED,
            FrozenFile.Kind.XLSX,
            FrozenFile.Kind.DATA,
            FrozenFile.Kind.CONTENT,
        )
    )
}
STEPS = tuple(str(kind) for kind in SigningStep.Kind)


@dataclass(frozen=True, slots=True)
class SignerView:
    """What a digital signature says of itself, unverified; instants are None where it does not."""

    subject: str
    issuer: str
    valid_from: dt.datetime | None
    valid_to: dt.datetime | None
    signed_at: dt.datetime | None
    covers: str  # whole | earlier | unclear


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of a frozen report; from ``verdict`` on of a signed one."""

    kind: str
    public_id: uuid.UUID
    name: str
    size: int
    sha256: str
    uploaded_at: dt.datetime
    verdict: str
    signatures: int
    signers: tuple[SignerView, ...]
    added: tuple[str, ...]
    pictures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of trình ký; ``done_on`` is None while it was not noted."""

    kind: str
    done_on: dt.date | None
    note: str


@dataclass(frozen=True, slots=True)
class FrozenView:
    """A frozen report. ``sign``: "05/BC-UBND" or "05-BC/BCĐ", "" before it was issued."""

    frozen_id: int
    state: str
    layout: str
    frozen_at: dt.datetime
    sign: str
    issued_on: dt.date | None
    reason: str
    replaces: int | None
    closing: int | None  # number of the round's closing it counts
    files: tuple[KeptFile, ...]
    steps: tuple[StepView, ...]


def sign_of(frozen: FrozenReport) -> str:
    """The number and symbol as they are cited; "" before the report was issued."""
    if not frozen.number:
        return ""
    number = frozen.number.zfill(2) if frozen.number.isdecimal() else frozen.number
    mark = "-" if frozen.layout == "party" else "/"
    return f"{number}{mark}{frozen.symbol}"


def frozen_reports_of(viewer: Actor, unit_id: int, period: Period) -> list[FrozenView]:
    """The frozen reports of a unit and period, the newest first; for who may read its reports."""
    if not viewer.may("reports.read", unit_id):
        return []
    rows = (
        FrozenReport.objects.filter(unit_id=unit_id, period=period)
        .select_related("closing")
        .prefetch_related("files__file", "steps")
        .order_by("-frozen_at", "-pk")
    )
    return [_view(row) for row in rows]


def _view(row: FrozenReport) -> FrozenView:
    noted = {step.kind: step for step in row.steps.all()}
    return FrozenView(
        frozen_id=row.pk,
        state=row.state,
        layout=row.layout,
        frozen_at=row.frozen_at,
        sign=sign_of(row),
        issued_on=row.issued_on,
        reason=row.reason,
        replaces=row.replaces_id,
        closing=row.closing.number if row.closing else None,
        files=tuple(
            KeptFile(
                kind=kept.kind,
                public_id=kept.file.public_id,
                name=kept.file.name,
                size=kept.file.size,
                sha256=kept.file.sha256,
                uploaded_at=kept.file.uploaded_at,
                verdict=kept.verdict,
                signatures=kept.signatures,
                signers=tuple(_signer(told) for told in kept.signers),
                added=tuple(kept.added),
                pictures=tuple(kept.pictures),
            )
            for kept in sorted(row.files.all(), key=lambda kept: (_ORDER[kept.kind], kept.pk))
        ),
        steps=tuple(
            StepView(kind, noted[kind].done_on, noted[kind].note)
            if kind in noted
            else StepView(kind, None, "")
            for kind in STEPS
        ),
    )


def _signer(told: Mapping[str, str]) -> SignerView:
    def at(name: str) -> dt.datetime | None:
        return dt.datetime.fromisoformat(told[name]) if told[name] else None

    return SignerView(
        subject=told["subject"],
        issuer=told["issuer"],
        valid_from=at("valid_from"),
        valid_to=at("valid_to"),
        signed_at=at("signed_at"),
        covers=told["covers"],
    )


def draft_file(
    viewer: Actor, unit_id: int, period: Period, frozen_id: int, fmt: str
) -> tuple[bytes, str]:
    """The frozen paper for signature as ``docx`` or ``pdf`` with room for number and day, and
    its file name. Needs ``reports.read``. Raises ``NotFound``."""
    rows = FrozenReport.objects.filter(unit_id=unit_id, period=period)
    frozen = rows.filter(pk=frozen_id).first()
    if frozen is None or fmt not in ("docx", "pdf"):
        raise NotFound("Không tìm thấy bản chốt này.", "There is no such frozen report.")
    require(viewer, "reports.read", frozen.unit_id)
    data = kept_data(frozen)
    document = document_of(data)
    name = f"du-thao-{data['report']['unit']['code']}-{data['composed_on']}.{fmt}"
    return (render_docx(document) if fmt == "docx" else render_pdf(document)), name


def changed_since(report: Report, frozen_id: int) -> list[Difference]:
    """Figures that would print differently now: written down or amended after the freezing.

    ``report`` was composed for the person who looks.
    """
    frozen = FrozenReport.objects.get(pk=frozen_id, unit_id=report.unit.id, period=report.period)
    return differences(kept_data(frozen)["report"], as_json(report))
