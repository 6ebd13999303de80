"""Reading what was published: issued reports and their figures, small counts held back.

Every page, download and answer of the API about issued reports goes through here; whoever looks,
what is not told outside is not told.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Window

from danchu.core.clock import day_of
from danchu.core.contracts import NOBODY, Actor
from danchu.core.documents import BulletList, Heading, Paragraph, Run
from danchu.core.errors import NotFound
from danchu.core.files.selectors import OpenedFile, open_kept
from danchu.core.ledger.selectors import entry_of_record, inclusion_proof, proof_document
from danchu.core.records.selectors import visible_records
from danchu.reporting.figures.display import NOT_TOLD, SMALL
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.withholding import HIDDEN_SMALL

from .frozen import sign_of
from .frozen_data import document_of
from .frozen_files import kept_data
from .left_out import Held, held_of, matters_of, tells_in_words, texts_of_people, told_part
from .models import FrozenFile, FrozenReport, Publication, PublishedFigure

# The names under which the files of a report are given out, what citizens look for first.
FILE_NAMES = {
    FrozenFile.Kind.SIGNED: "ban-da-ky.pdf",
    FrozenFile.Kind.PDF: "bao-cao.pdf",
    FrozenFile.Kind.DOCX: "bao-cao.docx",
}
AMENDS = "Báo cáo này thay thế Báo cáo số"  # how the opening of an amendment begins
BELOW_FIVE = f"dưới {SMALL}"


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


@dataclass(frozen=True, slots=True)
class OpenFigure:
    """A published figure with its report. Numbers are in the printed unit, never rounded.

    ``withheld``: "" where the number is told, "small" for a count of 1 to 4 in a sensitive
    matter, "protects" where it would give such a count away. Counts None: not kept at the time.
    """

    id: int
    report_id: uuid.UUID
    report_sign: str
    issued_on: dt.date
    known_on: dt.date
    in_force: bool
    unit_code: str
    unit_name: str
    unit_level: str
    province_code: str
    province_name: str
    period_code: str
    period_start: dt.date
    period_end: dt.date
    key: str
    dimension: str
    layer: str
    state: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    text: str
    withheld: str
    n_reported: int | None
    n_zero: int | None
    n_not_applicable: int | None
    n_missing: int | None
    n_expected: int | None
    dictionary: int
    is_demo: bool


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A line of the reading copy: "heading", "paragraph", "item" or "held" (left out whole).

    ``left_out``: sentences of it are left out.
    """

    kind: str
    text: str
    level: int = 0
    number: str = ""
    left_out: bool = False


def _published(viewer: Actor) -> QuerySet[Publication]:
    """The publications whose report is issued and whose record the viewer may see."""
    return Publication.objects.filter(
        report__state=FrozenReport.State.ISSUED,
        report__record__in=visible_records(viewer, kinds=["report"]).filter(state="recorded"),
    )


def _amending(on: dt.date | None = None) -> QuerySet[Publication]:
    """Publications that amend the one asked about, issued by ``on`` where it is given."""
    rows = Publication.objects.filter(report__replaces_id=OuterRef("pk"))
    return rows if on is None else rows.filter(report__issued_on__lte=on)


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
    rows = _published(viewer)
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
        rows = rows.exclude(Exists(_amending(known_on)))
    total = rows.count()
    if after is not None:
        last = _published(viewer).filter(report__record__public_id=after).first()
        if last is None:
            raise _unknown()
        on, pk = last.report.issued_on, last.pk
        rows = rows.filter(Q(report__issued_on__lt=on) | Q(report__issued_on=on, pk__lt=pk))
    found = list(_whole(rows.order_by("-report__issued_on", "-pk"))[:limit])
    return [_report(row) for row in found], total


def published_lines(
    viewer: Actor, unit_id: int, *, limit: int, offset: int = 0
) -> tuple[list[ReportLine], int]:
    """The published reports of a unit, the newest first, and how many there are; one statement
    unless ``offset`` leads past the end."""
    rows = _published(viewer).filter(report__unit_id=unit_id)
    found = (
        rows.select_related("report__record", "report__period")
        .annotate(amended=Exists(_amending()), total=Window(Count("*")))
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
    row = _whole(_published(viewer).filter(report__record__public_id=public_id)).first()
    if row is None:
        raise _unknown()
    return _report(row)


def unit_of_report(viewer: Actor, public_id: uuid.UUID) -> int:
    """The unit of a published report. Raises ``NotFound`` as :func:`published_report` does."""
    rows = _published(viewer).filter(report__record__public_id=public_id)
    unit_id = rows.values_list("report__unit_id", flat=True).first()
    if unit_id is None:
        raise _unknown()
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
        reason=_reason(report, held=held),
        files=() if held else tuple(_files(report)),
        files_held=held,
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


def reading_copy(
    report: PublishedReport, figures: Iterable[OpenFigure] | None = None
) -> list[PublishedLine]:
    """The text of a published report as it was signed, without its annexes.

    ``figures``: the published figures of the report, where they were read already. Sentences
    that could tell a number not told outside are left out (:mod:`.left_out`), and the copy says
    so.
    """
    frozen = FrozenReport.objects.get(pk=report.report_id)
    data = kept_data(frozen)
    if figures is None:
        figures = published_figures(NOBODY, report=report.public_id, dimensions=False)
    hidden = {one.key: one.withheld for one in figures if one.withheld}
    meanings = definitions()
    small = [meanings[key] for key, why in hidden.items() if why == HIDDEN_SMALL]
    held = held_of(data, hidden, small) if hidden else None
    people = texts_of_people(data)
    # A report frozen before its opening and closing told who worded them.
    computed = None if "worded" in data["report"] else _texts(data)
    found: list[PublishedLine] = []

    def line(kind: str, runs: tuple[Run, ...]) -> PublishedLine:
        text = "".join(run.text for run in runs)
        if held is None:
            return PublishedLine(kind, text)
        written = text in people or text.startswith(AMENDS)
        written = written or (computed is not None and text not in computed)
        told, left_out = told_part(runs, held, by_person=written)
        return PublishedLine(kind if told else "held", told, left_out=left_out)

    for block in document_of(data).blocks:
        if isinstance(block, Heading):
            found.append(PublishedLine("heading", block.text, block.level, block.number))
        elif isinstance(block, Paragraph):
            found.append(line("paragraph", block.runs))
        elif isinstance(block, BulletList):
            found += [line("item", item) for item in block.items]
    return found


def _texts(data: Mapping[str, Any]) -> frozenset[str]:
    """Every paragraph and item of the sections of a kept report."""
    return frozenset(
        one["text"]
        for row in data["report"]["sections"]
        for one in (*row["paragraphs"], *row["items"])
    )


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


def published_figures(
    viewer: Actor,
    *,
    report: uuid.UUID | None = None,
    unit_code: str | None = None,
    province_code: str | None = None,
    period_code: str | None = None,
    key: str | None = None,
    dimensions: bool = True,
    known_on: dt.date | None = None,
    in_force_only: bool = False,
    after: int | None = None,
    limit: int | None = None,
) -> list[OpenFigure]:
    """Published figures in the order in which they were published, at most ``limit``.

    ``after``: the id of the last one of the piece before. The other filters are those of
    :func:`published_reports`; ``dimensions`` False leaves out the parts of figures. One
    statement for the figures and one for what amends their reports.
    """
    rows = PublishedFigure.objects.filter(publication__in=_published(viewer))
    given = {
        "publication__report__record__public_id": report,
        "publication__unit_code": unit_code,
        "publication__province_code": province_code,
        "publication__report__period__code": period_code,
        "publication__report__issued_on__lte": known_on,
        "key": key,
        "pk__gt": after,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
    if not dimensions:
        rows = rows.filter(dimension="")
    amending = Publication.objects.filter(report__replaces_id=OuterRef("publication_id"))
    if known_on is not None:
        amending = amending.filter(report__issued_on__lte=known_on)
    rows = rows.annotate(amended=Exists(amending))
    if in_force_only:
        rows = rows.filter(amended=False)
    rows = rows.select_related(
        "publication__report__record", "publication__report__period"
    ).order_by("pk")
    return [_open(row) for row in (rows if limit is None else rows[:limit])]


def _open(row: Any) -> OpenFigure:
    of, report = row.publication, row.publication.report
    told = not row.withheld
    return OpenFigure(
        id=row.pk,
        report_id=report.record.public_id,
        report_sign=sign_of(report),
        issued_on=report.issued_on,
        known_on=of.known_on,
        in_force=not row.amended,
        unit_code=of.unit_code,
        unit_name=of.unit_name,
        unit_level=of.unit_level,
        province_code=of.province_code,
        province_name=of.province_name,
        period_code=report.period.code,
        period_start=report.period.start,
        period_end=report.period.end,
        key=row.key,
        dimension=row.dimension,
        layer=row.layer,
        state=row.state,
        value=_value(row) if told else None,
        numerator=_decimal(row.numerator, row.base_scale) if told else None,
        denominator=_decimal(row.denominator, row.base_scale) if told else None,
        text=_TOLD_INSTEAD.get(row.withheld, NOT_TOLD) if row.withheld else row.text,
        withheld=row.withheld,
        n_reported=row.n_reported,
        n_zero=row.n_zero,
        n_not_applicable=row.n_not_applicable,
        n_missing=row.n_missing,
        n_expected=row.n_expected,
        dictionary=of.dictionary,
        is_demo=of.is_demo,
    )


def _value(row: PublishedFigure) -> Decimal | None:
    """The number itself; of a share that is made of two numbers, the digits it is printed with."""
    if row.amount is None and row.denominator:
        return Decimal(row.text.rstrip("%").replace(".", "").replace(",", "."))
    return _decimal(row.amount, row.scale)


def _decimal(amount: int | None, scale: int) -> Decimal | None:
    """The number in the printed unit, exact: scales are powers of ten."""
    if amount is None:
        return None
    return Decimal(amount).scaleb(1 - len(str(scale)))


_TOLD_INSTEAD = {HIDDEN_SMALL: BELOW_FIVE}


def newest_change() -> tuple[int, int, str]:
    """What tells one state of the published figures from another: how many there are, how many
    are held back, and when the newest was published."""
    rows = PublishedFigure.objects.filter(publication__in=_published(NOBODY))
    told = rows.aggregate(
        n=Count("pk"), held=Count("pk", filter=~Q(withheld="")), at=Max("publication__published_at")
    )
    return told["n"], told["held"], told["at"].isoformat() if told["at"] else ""


def _unknown() -> NotFound:
    return NotFound("Không tìm thấy báo cáo này.", "There is no such report.")
