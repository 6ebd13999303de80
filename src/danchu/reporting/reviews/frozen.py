"""Reading frozen reports: their files, steps and what has changed since."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor, require
from danchu.core.errors import NotFound

from .compose import Report
from .export import RENDERED, as_json
from .frozen_data import Difference, differences, document_of
from .frozen_files import kept_data
from .models import FrozenFile, FrozenReport, SigningStep
from .text_differences import TextDifference, worded_since
from .word_changes import LineChange, from_kept, numbers_changed

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
WORKING_MARK = "BẢN LÀM VIỆC, không phải bản ban hành"
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
    """One file of a frozen report; from ``verdict`` on of a signed one, ``differences`` of an
    edited DOCX: what differs from the paper danchu made, None where nobody compared.
    ``only_signed``: the issued PDF grown by signatures alone, which goes out by itself;
    ``released_at``: when ``released_by`` let another one out."""

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
    uploaded_by: str = ""
    uploaded_by_id: int | None = None
    only_signed: bool = False
    released_at: dt.datetime | None = None
    released_by: str = ""
    differences: tuple[LineChange, ...] | None = None

    @property
    def may_be_signed(self) -> bool:
        """Whether it came back with digital signatures, or with what only an eye can tell: a scan
        or pages with something stamped over them."""
        came_back = self.kind == FrozenFile.Kind.SIGNED
        return came_back and bool(self.signatures or self.pictures or self.verdict == "unread")

    @property
    def waits_for_release(self) -> bool:
        """Whether it is a signed file that nobody outside gets yet."""
        return self.kind == FrozenFile.Kind.SIGNED and not (self.only_signed or self.released_at)

    @property
    def numbers_changed(self) -> int:
        """How many numbers of an edited DOCX are not those of the paper."""
        return numbers_changed(self.differences or ())


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of trình ký; ``done_on`` is None while it was not noted."""

    kind: str
    done_on: dt.date | None
    note: str


@dataclass(frozen=True, slots=True)
class FrozenView:
    """A frozen report. ``sign``: "05/BC-UBND" or "05-BC/BCĐ", "" before it was issued.
    ``is_public``: whether it is opened to everybody."""

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
    is_public: bool = False


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
        .select_related("closing", "publication")
        .prefetch_related("files__file__uploaded_by", "files__released_by", "steps")
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
                uploaded_by=kept.file.uploaded_by.name if kept.file.uploaded_by else "",
                uploaded_by_id=kept.file.uploaded_by_id,
                only_signed=kept.only_signed,
                released_at=kept.released_at,
                released_by=kept.released_by.name if kept.released_by else "",
                differences=None if kept.differences is None else from_kept(kept.differences),
            )
            for kept in sorted(row.files.all(), key=lambda kept: (_ORDER[kept.kind], kept.pk))
        ),
        steps=tuple(
            StepView(kind, noted[kind].done_on, noted[kind].note)
            if kind in noted
            else StepView(kind, None, "")
            for kind in STEPS
        ),
        is_public=hasattr(row, "publication"),
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


def working_mark(viewer: Actor, report: Report) -> str | None:
    """What the paper of today says at its head where a report was issued already: it is not that
    one. None before, and for who may not read the unit's reports."""
    if not viewer.may("reports.read", report.unit.id):
        return None
    issued = FrozenReport.objects.filter(
        unit_id=report.unit.id, period=report.period, state=FrozenReport.State.ISSUED
    )
    return WORKING_MARK if issued.exists() else None


def draft_file(
    viewer: Actor, unit_id: int, period: Period, frozen_id: int, fmt: str
) -> tuple[bytes, str]:
    """The frozen paper as ``docx``, ``pdf`` or ``html``, with room for number and day until it is
    issued, and its file name. Needs ``reports.read``. Raises ``NotFound``."""
    rows = FrozenReport.objects.filter(unit_id=unit_id, period=period)
    frozen = rows.filter(pk=frozen_id).first()
    if frozen is None or fmt not in RENDERED:
        raise NotFound("Không tìm thấy bản chốt này.", "There is no such frozen report.")
    require(viewer, "reports.read", frozen.unit_id)
    data = kept_data(frozen)
    document = document_of(data)
    issue = data.get("issue")
    stem = f"bao-cao-so-{issue['number']}" if issue else "du-thao"
    name = f"{stem}-{data['report']['unit']['code']}-{data['composed_on']}.{fmt}"
    return RENDERED[fmt](document), name


def changed_since(report: Report, frozen_id: int) -> list[Difference]:
    """Figures that would print differently now: written down or amended after the freezing.

    ``report`` was composed for the person who looks.
    """
    frozen = FrozenReport.objects.get(pk=frozen_id, unit_id=report.unit.id, period=report.period)
    return differences(kept_data(frozen)["report"], as_json(report))


def words_changed_since(report: Report, frozen_id: int) -> list[TextDifference]:
    """Lines that would be worded differently now, beside the figures that changed.

    ``report`` was composed for the person who looks.
    """
    frozen = FrozenReport.objects.get(pk=frozen_id, unit_id=report.unit.id, period=report.period)
    kept = kept_data(frozen)
    return worded_since(frozen, kept, report, differences(kept["report"], as_json(report)))
