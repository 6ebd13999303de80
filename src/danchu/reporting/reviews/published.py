"""Reading what was published: issued reports and their files.

Every page, download and answer of the API about issued reports goes through here; whoever looks,
what is not told outside is not told.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Window

from danchu.core.clock import day_of
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.files.selectors import OpenedFile, open_kept
from danchu.core.ledger.selectors import entry_of_record, inclusion_proof, proof_document
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.telling import matters_of

from .frozen import sign_of
from .left_out import Held, tells_in_words
from .models import FrozenFile, FrozenReport, Publication, PublishedFigure
from .publications import amending, publications, unknown_report

# The names under which the files of a report are given out, what citizens look for first.
FILE_NAMES = {
    FrozenFile.Kind.SIGNED: "ban-da-ky.pdf",
    FrozenFile.Kind.PDF: "bao-cao.pdf",
    FrozenFile.Kind.DOCX: "bao-cao.docx",
}


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of a published report. ``name`` is its last part of the address.

    Of the signed one, ``standing``: "signature" where it is the issued PDF grown by digital
    signatures alone, "scan" or "looked_at" where a person answers for it since ``released_on``.
    """

    kind: str
    name: str
    media_type: str
    size: int
    sha256: str
    standing: str = ""
    released_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """An issued report as everybody may see it.

    ``files`` is empty where the paper prints a small count that is not told outside
    (``files_held``). ``replaced_by``: the report that amends it.
    """

    report_id: int
    public_id: uuid.UUID
    sign: str
    title: str
    issuing_body: str
    issued_on: dt.date
    known_on: dt.date
    published_at: dt.datetime
    release: str
    dictionary: int
    unit_id: int
    unit_code: str
    unit_name: str
    unit_level: str
    province_code: str
    province_name: str
    period_code: str
    period_scheme: str
    period_kind: str
    period_start: dt.date
    period_end: dt.date
    is_demo: bool
    replaces: uuid.UUID | None
    replaced_by: uuid.UUID | None
    reason: str
    files: tuple[PublishedFile, ...]
    files_held: bool


@dataclass(frozen=True, slots=True)
class ReportLine:
    """An issued report in a list. ``is_amended``: a later one has replaced it."""

    public_id: uuid.UUID
    sign: str
    issued_on: dt.date
    period_code: str
    unit_code: str
    unit_name: str
    amends: bool
    is_amended: bool


def published_reports(
    viewer: Actor,
    *,
    unit_id: int | None = None,
    unit_code: str | None = None,
    province_code: str | None = None,
    period_code: str | None = None,
    known_on: dt.date | None = None,
    in_force_only: bool = False,
    after: uuid.UUID | None = None,
    limit: int = 100,
) -> tuple[list[PublishedReport], int]:
    """Published reports, the newest first, at most ``limit``, and how many there are in all.

    ``unit_code`` is the code on the last day of the period. ``known_on``: what was issued by
    that day; ``in_force_only`` leaves out those amended (by that day). ``after``: the last one
    of the piece before. Raises ``NotFound`` for an ``after`` that is none of them.
    """
    rows = publications(viewer)
    if unit_id is not None:
        rows = rows.filter(report__unit_id=unit_id)
    if unit_code is not None:
        rows = rows.filter(unit_code=unit_code)
    if province_code is not None:
        rows = rows.filter(province_code=province_code)
    if period_code is not None:
        rows = rows.filter(report__period__code=period_code)
    if known_on is not None:
        rows = rows.filter(report__issued_on__lte=known_on)
    if in_force_only:
        rows = rows.exclude(Exists(amending(known_on)))
    total = rows.count()
    if after is not None:
        last = publications(viewer).filter(report__record__public_id=after).first()
        if last is None:
            raise unknown_report()
        on, pk = last.report.issued_on, last.pk
        rows = rows.filter(Q(report__issued_on__lt=on) | Q(report__issued_on=on, pk__lt=pk))
    found = list(_whole(rows.order_by("-report__issued_on", "-pk"))[:limit])
    return [_report(row) for row in found], total


def published_lines(
    viewer: Actor, unit_id: int, *, limit: int, offset: int = 0
) -> tuple[list[ReportLine], int]:
    """The published reports of a unit, the newest first, and how many there are; one statement
    unless ``offset`` leads past the end."""
    rows = publications(viewer).filter(report__unit_id=unit_id)
    found = (
        rows.select_related("report__record", "report__period")
        .annotate(amended=Exists(amending()), total=Window(Count("*")))
        .order_by("-report__issued_on", "-pk")[offset : offset + limit]
    )
    lines = [
        ReportLine(
            public_id=row.report.record.public_id,
            sign=sign_of(row.report),
            issued_on=row.report.issued_on,
            period_code=row.report.period.code,
            unit_code=row.unit_code,
            unit_name=row.unit_name,
            amends=row.report.replaces_id is not None,
            is_amended=row.amended,
        )
        for row in cast(Iterable[Any], found)
    ]
    total = next((row.total for row in cast(Iterable[Any], found)), 0)
    return lines, total if lines or not offset else rows.count()


def published_report(viewer: Actor, public_id: uuid.UUID) -> PublishedReport:
    """The report of this address. Raises ``NotFound`` for any that is not for everybody."""
    row = _whole(publications(viewer).filter(report__record__public_id=public_id)).first()
    if row is None:
        raise unknown_report()
    return _report(row)


def unit_of_report(viewer: Actor, public_id: uuid.UUID) -> int:
    """The unit of a published report. Raises ``NotFound`` as :func:`published_report` does."""
    rows = publications(viewer).filter(report__record__public_id=public_id)
    unit_id = rows.values_list("report__unit_id", flat=True).first()
    if unit_id is None:
        raise unknown_report()
    return unit_id


def _whole(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    hidden = PublishedFigure.objects.filter(publication=OuterRef("pk")).exclude(withheld="")
    return (
        rows.select_related("report__record", "report__period__scheme")
        .select_related("report__replaces__record", "report__replaces__publication")
        .prefetch_related(
            Prefetch("report__files", FrozenFile.objects.select_related("file")),
            Prefetch(
                "report__replaced_by",
                FrozenReport.objects.select_related("record", "publication").order_by("pk"),
            ),
        )
        .annotate(holds_back=Exists(hidden))
    )


def _report(row: Any) -> PublishedReport:
    report = row.report
    held = row.holds_back or row.small_beside
    replaces = report.replaces
    amended = [one for one in report.replaced_by.all() if _is_published(one)]
    assert report.issued_on is not None
    return PublishedReport(
        report_id=row.pk,
        public_id=report.record.public_id,
        sign=sign_of(report),
        title=row.title,
        issuing_body=row.issuing_body,
        issued_on=report.issued_on,
        known_on=row.known_on,
        published_at=row.published_at,
        release=row.release,
        dictionary=row.dictionary,
        unit_id=report.unit_id,
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        unit_level=row.unit_level,
        province_code=row.province_code,
        province_name=row.province_name,
        period_code=report.period.code,
        period_scheme=report.period.scheme.code,
        period_kind=report.period.kind,
        period_start=report.period.start,
        period_end=report.period.end,
        is_demo=row.is_demo,
        replaces=replaces.record.public_id if replaces and _is_published(replaces) else None,
        replaced_by=amended[-1].record.public_id if amended else None,
        reason=_reason(report, held=held or _held(replaces)),
        files=() if held else tuple(_files(report)),
        files_held=held,
    )


def _held(amended: FrozenReport | None) -> bool:
    """Whether the report that is amended held anything back: the reason may say of what."""
    if amended is None or not hasattr(amended, "publication"):
        return False
    return amended.publication.small_beside or (
        amended.publication.figures.exclude(withheld="").exists()
    )


def _is_published(report: FrozenReport) -> bool:
    return hasattr(report, "publication") and report.state == FrozenReport.State.ISSUED


def _files(report: FrozenReport) -> Iterator[PublishedFile]:
    """Those given out: as issued, and the newest signed one that may go out."""
    kept = sorted(report.files.all(), key=lambda one: one.pk)
    for kind, name in FILE_NAMES.items():
        of_kind = [one for one in kept if one.kind == kind]
        if kind == FrozenFile.Kind.SIGNED:
            of_kind = [one for one in of_kind if one.only_signed or one.released_at]
        if of_kind:
            file, (standing, since) = of_kind[-1].file, _standing(of_kind[-1])
            yield PublishedFile(
                str(kind), name, file.media_type, file.size, file.sha256, standing, since
            )


def _standing(kept: FrozenFile) -> tuple[str, dt.date | None]:
    if kept.only_signed:
        return "signature", None
    if kept.released_at is None:
        return "", None
    return "scan" if kept.verdict == "unread" else "looked_at", day_of(kept.released_at)


def open_published(viewer: Actor, public_id: uuid.UUID, name: str) -> OpenedFile:
    """A file of a published report by the name of :data:`FILE_NAMES`, opened.

    Raises ``NotFound`` alike for none, for a report that is not for everybody and for a paper
    that is held back; ``Refusal`` when the bytes are not those that were kept.
    """
    report = published_report(viewer, public_id)
    wanted = next((file for file in report.files if file.name == name), None)
    if wanted is None:
        raise NotFound("Không tìm thấy tệp này.", "There is no such file.")
    rows = FrozenFile.objects.filter(report_id=report.report_id, kind=wanted.kind)
    row = rows.select_related("file").filter(file__sha256=wanted.sha256).order_by("-pk").first()
    assert row is not None
    return open_kept(row.file, name=f"{report.unit_code}-{report.issued_on}-{name}")


def _reason(report: FrozenReport, *, held: bool) -> str:
    """Why a report was amended, "" where the words could tell a number that is held back."""
    sensitive = [one for one in definitions().values() if one.sensitive]
    nothing = Held(frozenset(), frozenset(), matters_of(sensitive))
    return "" if held and tells_in_words(report.reason, nothing) else report.reason


def proof_of_report(report: PublishedReport) -> dict[str, Any]:
    """The entry of the ledger that holds the hashes of an issued report, with its proof.

    ``salt`` and ``data`` give ``digest``; the fields of ``entry`` give its hash; ``proof`` leads
    from there to the root of the day and is None until that root is kept, the day after
    (``scripts/verify_ledger.py`` has the layout). Raises ``NotFound`` where there is no entry.
    """
    entry = entry_of_record(report.report_id, "report.issued")
    if entry is None:
        raise NotFound("Chưa có mục sổ nhật ký.", "There is no entry of the ledger.")
    frozen = FrozenReport.objects.get(pk=report.report_id)
    made = FrozenFile.objects.filter(report=frozen, kind__in=("data", "docx", "pdf"))
    hashes = dict(made.values_list("kind", "file__sha256"))
    return {
        "report": str(report.public_id),
        "entry": entry.plain,
        "salt": entry.salt,
        "data": {"number": frozen.number, "issued_on": report.issued_on.isoformat(), **hashes},
        "proof": _proof(entry.number, entry.hash) if entry.is_rooted else None,
    }


@lru_cache(maxsize=256)
def _proof(number: int, _hash: str) -> dict[str, object]:
    """The proof of an entry whose day is over: it never changes, and a long day is long to read."""
    return proof_document(inclusion_proof(number))
