"""Freezing a report, noting its way to the signature, issuing it, and taking back what was signed.

What is frozen never changes: it is issued as it is, or withdrawn with a reason before that. An
issued report is amended by a later one, which names it and tells what differs. The steps of
trình ký may all happen outside; danchu notes them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.clock import now, today
from danchu.core.contracts import Actor, require
from danchu.core.documents import (
    Annex,
    Column,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
    render_docx,
    render_pdf,
)
from danchu.core.documents.signed import Differs, check_signed
from danchu.core.documents.wording import annex_label
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.files.services import add_made, made_files, store_upload
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_choice, clean_day, clean_line, clean_text
from danchu.core.records.services import open_record
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.rounds.models import Closing, ClosingLine

from .compose import Report, compose
from .export import MEDIA_TYPES, as_json, render
from .frozen import sign_of
from .frozen_data import Difference, Issue, as_bytes, data_of, differences, document_of, with_issue
from .frozen_files import kept_data, read_kept
from .models import FrozenFile, FrozenReport, SigningStep
from .official import official_document
from .publishing import cells_of, publish
from .shortcomings import shortcomings


def freeze_report(
    *,
    actor: Actor,
    code: str,
    period_code: str,
    reason: str = "",
    known: Collection[str] = (),
) -> FrozenReport:
    """Fix the report of a unit and period as it stands now, for signature.

    A unit that opened a round for the period closes it first. When a report was issued before,
    this one amends it: ``reason`` says why, its opening names the earlier one and an annex tells
    every figure that changed. ``known``: the keys of the shortcomings the person was shown; with
    another one the report is not frozen (:mod:`.shortcomings`). Needs ``reports.write``. Raises
    ``Conflict`` when one waits for signature already, the round is open or nothing differs;
    ``BadInput`` for a paper for reference or without any figure.
    """
    with acting_as(actor):
        report = _composed(actor, code, period_code)
        require(actor, "reports.write", report.unit.id)
        cells = cells_of(actor, report)
    _require_issuable(report)
    if FrozenReport.objects.filter(
        unit_id=report.unit.id, period=report.period, state=FrozenReport.State.FROZEN
    ).exists():
        raise _waits()
    closing = _closing(report)
    earlier = last_issued(report.unit.id, report.period)
    why = clean_line(
        reason,
        "reason",
        "lý do đính chính",
        "reason for the amendment",
        limit=500,
        required=earlier is not None,
    )
    lacking = shortcomings(actor, report)
    unknown = [item for item in lacking if item.key not in known]
    if unknown:
        raise Conflict(
            "Báo cáo còn thiếu: " + " ".join(item.vi for item in unknown) + " Xem rồi chốt lại.",
            "The report lacks: " + " ".join(item.en for item in unknown) + " Look, then freeze.",
        )
    document = official_document(report)
    if report.period.end >= today():
        document = _before_the_end(document)
    if earlier is not None:
        changed = differences(kept_data(earlier)["report"], as_json(report))
        if not changed:
            raise Conflict(
                "Không số liệu nào khác báo cáo đã ban hành nên không có gì để đính chính.",
                "No figure differs from the issued report; there is nothing to amend.",
            )
        document = _amending(document, earlier, changed, why)
    data = data_of(report, document, _versions(closing, report))
    data["shortcomings"] = [item.key for item in lacking]
    data["cells"] = cells
    name = f"bao-cao-{report.unit.code}-{report.period.code.replace(':', '-')}"
    files = {
        "content": (as_bytes(data), f"{name}.json", MEDIA_TYPES["json"]),
        "xlsx": (render(report, "xlsx"), f"{name}.xlsx", MEDIA_TYPES["xlsx"]),
    }
    with made_files(files) as made, acting_as(actor):
        record, _created = open_record(
            actor=actor,
            kind="report",
            unit_id=report.unit.id,
            occurred_on=today(),
            author_id=actor.actor_id,
        )
        try:
            with transaction.atomic():
                frozen = FrozenReport.objects.create(
                    record=record,
                    unit_id=report.unit.id,
                    period=report.period,
                    layout=report.layout,
                    closing=closing,
                    replaces=earlier,
                    frozen_at=now(),
                    frozen_by_id=actor.actor_id,
                    symbol=document.symbol,
                    reason=why,
                )
        except IntegrityError:
            raise _waits() from None  # two froze at once
        for kind, item in made.items():
            row = add_made(actor=actor, unit_id=frozen.unit_id, record_id=record.pk, made=item)
            FrozenFile.objects.create(report=frozen, kind=kind, file=row)
        log_action(
            "report.frozen",
            actor=actor,
            record_id=record.pk,
            data={kind: item.sha256 for kind, item in made.items()},
        )
    return frozen


def _composed(actor: Actor, code: str, period_code: str) -> Report:
    """The report out of one state of the roll-up: folding of its period waits meanwhile."""
    report = compose(viewer=actor, code=code, period_code=period_code)
    Period.objects.select_for_update().get(pk=report.period.pk)
    return compose(viewer=actor, code=code, period_code=period_code)


def _require_issuable(report: Report) -> None:
    if report.is_reference:
        raise BadInput(
            "Đơn vị này không còn ban hành báo cáo; văn bản chỉ để tham khảo nên không chốt được.",
            "This unit issues no reports any more; a paper for reference is not frozen.",
        )
    if not any(figure.has_value for figure in report.figures):
        raise BadInput(
            "Báo cáo chưa có số liệu nào nên chưa chốt được.",
            "The report has no figure yet and cannot be frozen.",
        )
    if report.round is not None and report.round.closed_at is None:
        raise Conflict(
            "Đợt báo cáo của kỳ này còn mở. Đóng đợt rồi chốt báo cáo.",
            "The round of this period is still open. Close it, then freeze the report.",
        )


def _waits() -> Conflict:
    return Conflict(
        "Đã có một bản chốt đang chờ ký. Ban hành hoặc thu hồi bản đó trước khi chốt bản mới.",
        "A frozen report waits for signature. Issue or withdraw it before freezing another.",
    )


def _closing(report: Report) -> Closing | None:
    if report.round is None:
        return None
    return Closing.objects.filter(round_id=report.round.round_id).order_by("-number").first()


def _versions(closing: Closing | None, report: Report) -> list[dict[str, Any]]:
    if closing is None or report.round is None:
        return []
    names = {line.unit_id: (line.code, line.name) for line in report.round.reporters}
    lines = ClosingLine.objects.filter(closing=closing).select_related("submission__record")
    found = [
        {
            "unit": names[line.unit_id][0],
            "name": names[line.unit_id][1],
            "number": line.submission.number if line.submission else None,
            "submission": str(line.submission.record.public_id) if line.submission else None,
        }
        for line in lines
    ]
    return sorted(found, key=lambda version: str(version["unit"]))


def _before_the_end(document: OfficialDocument) -> OfficialDocument:
    """The document with the day to which its figures run, when the period has not ended."""
    day = today()
    words = f"Số liệu tính đến ngày {day.day}/{day.month}/{day.year}, kỳ báo cáo chưa kết thúc."
    return dataclasses.replace(document, blocks=(Paragraph((Run(words),)), *document.blocks))


def last_issued(unit_id: int, period: Period) -> FrozenReport | None:
    """The report in force of a unit and period: the newest one issued."""
    rows = FrozenReport.objects.filter(
        unit_id=unit_id, period=period, state=FrozenReport.State.ISSUED
    )
    return rows.order_by("-issued_at").first()


def _amending(
    document: OfficialDocument, earlier: FrozenReport, changed: Iterable[Difference], why: str
) -> OfficialDocument:
    """The document as an amendment: what it replaces, why, and every figure that changed."""
    assert earlier.issued_on is not None
    sign, day = sign_of(earlier), earlier.issued_on
    # Last, so that what the text says of the other annexes stays true.
    count = len(document.annexes) + 1
    label = annex_label(document.layout, count, count)
    opening = Paragraph(
        (
            Run(
                f"Báo cáo này thay thế Báo cáo số {sign} ngày {day.day}/{day.month}/{day.year}. "
                f"Lý do: {why.rstrip('.')}. Các số liệu thay đổi nêu tại {label}."
            ),
        )
    )
    known = definitions()
    rows = tuple(
        (
            str(n),
            f"{item.name} ({known[item.key].unit_vi})"
            if item.key in known and not known[item.key].is_rate
            else item.name,
            item.before or "chưa có số liệu",
            item.after or "chưa có số liệu",
        )
        for n, item in enumerate(changed, start=1)
    )
    table = Table(
        columns=(
            Column("center", 0.6),
            Column("left", 4),
            Column("right", 1.6),
            Column("right", 1.6),
        ),
        header=(("STT", "Chỉ tiêu", "Đã báo cáo", "Đính chính"),),
        rows=rows,
    )
    return dataclasses.replace(
        document,
        blocks=(opening, *document.blocks),
        annexes=(*document.annexes, Annex("Số liệu đính chính", (table,))),
    )


def note_step(
    *, actor: Actor, frozen_id: int, kind: str, done_on: dt.date, note: str = ""
) -> SigningStep:
    """Note a step of trình ký that was done on a day. Needs ``reports.write``.

    A step is noted once; "sent" only after the report was issued. Raises ``Conflict``,
    ``BadInput`` for a day that has not come or lies before the freezing.
    """
    chosen = clean_choice(kind, SigningStep.Kind.values, "kind", "bước trình ký", "step")
    words = clean_line(note, "note", "ghi chú", "note", limit=200, required=False)
    with acting_as(actor):
        frozen = _locked(frozen_id)
        require(actor, "reports.write", frozen.unit_id)
        _not_before(done_on, frozen, "done_on", "ngày thực hiện", "day of the step")
        if frozen.state == FrozenReport.State.WITHDRAWN:
            raise _withdrawn()
        if chosen == SigningStep.Kind.SENT and frozen.state != FrozenReport.State.ISSUED:
            raise Conflict(
                "Báo cáo chưa ban hành nên chưa gửi được.",
                "The report is not issued yet and cannot be sent.",
            )
        try:
            with transaction.atomic():
                step = SigningStep.objects.create(
                    report=frozen,
                    kind=chosen,
                    done_on=done_on,
                    note=words,
                    noted_at=now(),
                    noted_by_id=actor.actor_id,
                )
        except IntegrityError:
            raise Conflict("Bước này đã ghi rồi.", "This step was noted already.") from None
        log_action(
            "report.step_noted",
            actor=actor,
            record_id=frozen.pk,
            data={"kind": chosen, "done_on": done_on.isoformat(), "note": words},
        )
    return step


def issue_report(
    *,
    actor: Actor,
    frozen_id: int,
    number: str,
    issued_on: dt.date,
    signer_name: str,
    authority: str = "",
    post: str = "",
) -> FrozenReport:
    """Issue a frozen report: the number văn thư gave, the day on it, who signs.

    The final DOCX and PDF are made from the frozen data and kept with it; their hashes stand in
    the ledger. ``authority`` and ``post`` replace the issuing body's usual ones, as when a
    deputy signs. Needs ``reports.issue``. Raises ``Conflict`` when it is issued or withdrawn or
    the number is taken that year, ``BadInput`` for a day that has not come or lies before the
    freezing.
    """
    frozen = FrozenReport.objects.filter(pk=frozen_id).first()
    if frozen is None:
        raise _unknown()
    require(actor, "reports.issue", frozen.unit_id)
    given = _number(number)
    _not_before(issued_on, frozen, "issued_on", "ngày ban hành", "day of issue")
    data = kept_data(frozen)
    usual = document_of(data).signatory
    issue = Issue(
        number=given,
        issued_on=issued_on,
        authority=clean_text(authority, "authority", "thẩm quyền ký", "authority", limit=200)
        or (usual.authority if usual else ""),
        post=clean_line(post, "post", "chức vụ", "post", limit=100, required=False)
        or (usual.post if usual else ""),
        name=clean_line(signer_name, "signer_name", "họ tên người ký", "signatory", limit=100),
    )
    final = with_issue(data, issue)
    with made_files(_final_files(frozen, final)) as made, acting_as(actor):
        frozen = _locked(frozen_id)
        require(actor, "reports.issue", frozen.unit_id)
        if frozen.state == FrozenReport.State.WITHDRAWN:
            raise _withdrawn()
        if frozen.state == FrozenReport.State.ISSUED:
            raise Conflict("Báo cáo này đã ban hành.", "This report was issued already.")
        if frozen.closing_id is not None and _opened_again(frozen.closing_id):
            raise Conflict(
                "Đợt báo cáo đã mở lại sau khi chốt. Thu hồi bản chốt này, đóng đợt rồi chốt lại.",
                "The round was opened again after the freezing. Withdraw this, close the round "
                "and freeze again.",
            )
        _require_free_number(frozen, given, issued_on)
        for kind, item in made.items():
            row = add_made(actor=actor, unit_id=frozen.unit_id, record_id=frozen.pk, made=item)
            FrozenFile.objects.create(report=frozen, kind=kind, file=row)
        frozen.state = FrozenReport.State.ISSUED
        frozen.number, frozen.issued_on = given, issued_on
        frozen.issued_year = issued_on.year
        frozen.issued_at, frozen.issued_by_id = now(), actor.actor_id
        try:
            with transaction.atomic():
                frozen.save()
        except IntegrityError:
            raise _taken(given, issued_on) from None  # another was given the number just now
        publish(frozen, final)
        log_action(
            "report.issued",
            actor=actor,
            record_id=frozen.pk,
            data={
                "number": given,
                "issued_on": issued_on.isoformat(),
                **{kind: item.sha256 for kind, item in made.items()},
            },
        )
    return frozen


def _opened_again(closing_id: int) -> bool:
    return Closing.objects.filter(pk=closing_id, reopened_at__isnull=False).exists()


def _final_files(
    frozen: FrozenReport, data: Mapping[str, Any]
) -> dict[str, tuple[bytes, str, str]]:
    document = document_of(data)
    code = data["report"]["unit"]["code"]
    name = f"bao-cao-{code}-{data['issue']['issued_on']}-so-{data['issue']['number']}"
    name = name.replace("/", "-")
    return {
        "data": (as_bytes(data), f"{name}.json", MEDIA_TYPES["json"]),
        "docx": (render_docx(document), f"{name}.docx", MEDIA_TYPES["docx"]),
        "pdf": (render_pdf(document), f"{name}.pdf", MEDIA_TYPES["pdf"]),
    }


def _number(number: str) -> str:
    text = clean_line(number, "number", "số văn bản", "number", limit=20)
    digits = text.lstrip("0")
    if not text.isascii() or not digits[:1].isdecimal() or not text.replace("-", "").isalnum():
        raise BadInput(
            "Số văn bản ghi bằng chữ số, ví dụ 05 hoặc 112.",
            "The number is written in digits, such as 05 or 112.",
            field="number",
        )
    return digits


def _require_free_number(frozen: FrozenReport, number: str, issued_on: dt.date) -> None:
    """State numbers begin anew each year (NĐ 30/2020 Điều 15), Party ones each term: in one year
    no number is given twice by either."""
    taken = FrozenReport.objects.filter(
        unit_id=frozen.unit_id,
        symbol=frozen.symbol,
        number=number,
        issued_year=issued_on.year,
        state=FrozenReport.State.ISSUED,
    )
    if taken.exists():
        raise _taken(number, issued_on)


def _taken(number: str, issued_on: dt.date) -> Conflict:
    return Conflict(
        f"Số {number} đã dùng cho một báo cáo khác của năm {issued_on.year}.",
        f"Number {number} was given to another report of {issued_on.year}.",
        field="number",
    )


def withdraw_frozen(*, actor: Actor, frozen_id: int, reason: str) -> FrozenReport:
    """Withdraw a frozen report before it is issued, with the reason. Needs ``reports.write``."""
    why = clean_line(reason, "reason", "lý do thu hồi", "reason for the withdrawal", limit=500)
    with acting_as(actor):
        frozen = _locked(frozen_id)
        require(actor, "reports.write", frozen.unit_id)
        if frozen.state == FrozenReport.State.ISSUED:
            raise Conflict(
                "Báo cáo đã ban hành thì không thu hồi; lập báo cáo đính chính.",
                "An issued report is not withdrawn; amend it by another.",
            )
        if frozen.state == FrozenReport.State.WITHDRAWN:
            raise _withdrawn()
        frozen.state, frozen.reason = FrozenReport.State.WITHDRAWN, why
        frozen.withdrawn_at, frozen.withdrawn_by_id = now(), actor.actor_id
        frozen.save(update_fields=["state", "reason", "withdrawn_at", "withdrawn_by"])
        log_action("report.withdrawn", actor=actor, record_id=frozen.pk, data={"reason": why})
    return frozen


def take_back(*, actor: Actor, frozen_id: int, kind: str, data: bytes, name: str) -> FrozenFile:
    """Keep what came back from outside: the signed PDF, or the DOCX somebody went on with.

    A signed PDF of an issued report is held against the pages kept here: a word that is missing
    or another refuses it, page by page; what was added is told; a scan is left to a person.
    Figures are changed only in danchu. Needs ``reports.write``. Raises ``BadInput`` (field
    "file"), ``Conflict``.
    """
    back = (FrozenFile.Kind.SIGNED, FrozenFile.Kind.EDITED)
    chosen = clean_choice(kind, [str(k) for k in back], "kind", "loại tệp", "kind of file")
    frozen = FrozenReport.objects.filter(pk=frozen_id).first()
    if frozen is None:
        raise _unknown()
    require(actor, "reports.write", frozen.unit_id)
    found = None
    if frozen.state == FrozenReport.State.WITHDRAWN:
        raise _withdrawn()
    if chosen == FrozenFile.Kind.SIGNED:
        if frozen.state != FrozenReport.State.ISSUED:
            raise Conflict(
                "Ghi số và ngày ban hành trước khi gửi lại bản đã ký.",
                "Enter the number and day of issue before the signed file.",
            )
        try:
            found = check_signed(read_kept(frozen, FrozenFile.Kind.PDF), data)
        except Differs as told:
            raise _differs(told) from None
    row = store_upload(
        actor=actor,
        unit_id=frozen.unit_id,
        data=data,
        name=name,
        record_id=frozen.pk,
        allowed=("pdf",) if chosen == FrozenFile.Kind.SIGNED else ("docx",),
        rights=("reports.write",),
    )
    with acting_as(actor):
        kept = FrozenFile.objects.create(
            report=frozen,
            kind=chosen,
            file=row,
            verdict=found.verdict if found else "",
            signatures=found.signatures if found else 0,
            added=list(found.added) if found else [],
            pictures=list(found.pictures) if found else [],
        )
        log_action(
            "report.taken_back",
            actor=actor,
            record_id=frozen.pk,
            data={"kind": chosen, "sha256": row.sha256, "verdict": kept.verdict},
        )
    return kept


def _differs(told: Differs) -> BadInput:
    shown = told.where[:5]
    vi = "; ".join(
        f"trang {page}: bản chốt ghi “{wanted}”, tệp này ghi “{found or '(không có)'}”"
        for page, wanted, found in shown
    )
    en = "; ".join(
        f"page {page}: frozen “{wanted}”, here “{found or '(nothing)'}”"
        for page, wanted, found in shown
    )
    return BadInput(
        f"Tệp này không khớp bản chốt: {vi}. Tệp không được giữ lại. Nội dung cần sửa thì sửa "
        "trong danchu rồi lập báo cáo đính chính.",
        f"This file does not match the frozen report: {en}. It was not kept. What has to change "
        "is changed in danchu and issued as an amendment.",
        field="file",
    )


def _not_before(day: dt.date, frozen: FrozenReport, field: str, name_vi: str, name_en: str) -> None:
    clean_day(day, field, name_vi, name_en)
    first = frozen.record.occurred_on
    if day < first:
        raise BadInput(
            f"{name_vi[:1].upper()}{name_vi[1:]} không thể trước ngày chốt "
            f"{first.day}/{first.month}/{first.year}.",
            f"The {name_en} cannot lie before the report was frozen on {first.isoformat()}.",
            field=field,
        )


def _locked(frozen_id: int) -> FrozenReport:
    frozen = (
        FrozenReport.objects.select_for_update(of=("self",))
        .select_related("record")
        .filter(pk=frozen_id)
        .first()
    )
    if frozen is None:
        raise _unknown()
    return frozen


def _unknown() -> NotFound:
    return NotFound("Không tìm thấy bản chốt này.", "There is no such frozen report.")


def _withdrawn() -> Conflict:
    return Conflict("Bản chốt này đã thu hồi.", "This frozen report was withdrawn.")
