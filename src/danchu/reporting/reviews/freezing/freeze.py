"""Fixing the content of a report for signature."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction

from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import period_span
from danchu.core.clock import now, today
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict
from danchu.core.files.services import add_made, made_files
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_line
from danchu.core.records.services import open_record
from danchu.core.units.models import Unit
from danchu.core.work.services import assign, complete
from danchu.reporting.rounds.agreeing import require_agreement
from danchu.reporting.rounds.models import Closing, ClosingLine

from ..compose import Report, compose
from ..earlier import period_title
from ..export import MEDIA_TYPES, as_json, render
from ..folded import require_folded
from ..frozen_data import as_bytes, data_of, differences
from ..frozen_files import kept_data
from ..letterheads import outline_level
from ..models import FrozenFile, FrozenReport
from ..official import official_document
from ..outlines.selectors import outline_for
from ..printed import as_printed
from ..publishing import cells_of
from ..returning import amendment_task
from ..shortcomings import shortcomings
from ..signing_words import addressees_given, recipients_given
from ..text_differences import TextDifference, signature_difference, worded_since
from ..text_warnings import TextWarning, text_warnings
from .amending import amending, last_issued
from .locking import issue_task

# The first page of those who follow rounds names what waits for signature by itself.
_TOLD_OTHERWISE = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)

MOST_TOLD = 5  # warnings in one sentence


def freeze_report(
    *,
    actor: Actor,
    code: str,
    period_code: str,
    reason: str = "",
    known: Collection[str] = (),
    recipients: Sequence[str] | None = None,
    addressee: Sequence[str] | None = None,
    reasons: Mapping[str, str] | None = None,
    corrects_signature: bool = False,
) -> FrozenReport:
    """Fix the report of a unit and period as it stands now, for signature.

    A unit that opened a round for the period closes it first. When a report was issued before,
    this one amends it: ``reason`` says why, its opening names the earlier one and annexes tell
    every figure that changed and every line that is put right; ``corrects_signature``: so is who
    signed. ``known``: the keys of the shortcomings the person was shown; with another one the
    report is not frozen (:mod:`.shortcomings`). ``recipients`` replace the issuing body's usual
    ones on this paper, and ``addressee`` those of its "Kính gửi". ``reasons``: why each sentence
    that does not match the figures stays as it is, by the key of its warning
    (:mod:`.text_warnings`); kept with the report, not printed. Needs ``reports.write``. Raises
    ``Conflict`` when one waits for signature already, the round is open, nothing differs or the
    figures are not those of the versions the round was closed on; ``BadInput`` for a paper for
    reference or without any figure, or a warning without a reason; ``NotYet`` while the figures of
    the period are computed for the first time.
    """
    with acting_as(actor):
        report = _composed(actor, code, period_code)
        cells = cells_of(actor, report)
        closing = _closing(report)
        earlier = last_issued(report.unit.id, report.period)
    _require_issuable(report)
    if FrozenReport.objects.filter(
        unit_id=report.unit.id, period=report.period, state=FrozenReport.State.FROZEN
    ).exists():
        raise _waits()
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
    explained = _explained(text_warnings(actor, report), reasons or {})
    document = official_document(report)
    if recipients is not None:
        document = replace(document, recipients=recipients_given(recipients))
    if addressee is not None and report.layout == "state":
        document = replace(document, addressee=addressees_given(addressee))
    worded: list[TextDifference] = []
    if earlier is not None:
        issued = kept_data(earlier)
        changed = differences(issued["report"], as_json(report))
        worded = worded_since(earlier, issued, report, changed, document)
        if corrects_signature:
            worded = [*worded, signature_difference(issued)]
        if not changed and not worded:
            with acting_as(actor):
                complete(actor=actor, key=amendment_task(report.unit.id, report.period.pk))
            raise Conflict(
                "Không số liệu, câu chữ nào khác báo cáo đã ban hành nên không có gì để đính "
                "chính. Sai phần ký thì đánh dấu ô “Sửa phần ký”.",
                "No figure and no sentence differs from the issued report; there is nothing to "
                "amend. If the signature was wrong, tick the box for it.",
            )
        level = outline_level(report.unit, today())
        outline = outline_for(report.layout, level, report.period.end).outline
        printed = as_printed(issued["report"], changed, outline)
        document = amending(document, earlier, printed, worded, why)
    data = data_of(report, document, _versions(closing, report))
    data["shortcomings"] = [item.key for item in lacking]
    if explained:
        data["text_warnings"] = explained
    if worded:
        data["corrected"] = [item.as_json() for item in worded]
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
        complete(actor=actor, key=amendment_task(frozen.unit_id, report.period.pk))
        if report.unit.level not in _TOLD_OTHERWISE:
            assign(
                key=issue_task(frozen.pk),
                unit_id=frozen.unit_id,
                kind="report.issue",
                title=f"Ghi số và ban hành: báo cáo {_period_name(report.period)} đã chốt, chờ ký",
                starts_on=today(),
                due_on=None,
                path=f"/office/bao-cao/{report.unit.code}/{report.period.code}/ban-chot/",
                record_id=record.pk,
                inside=True,
            )
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
    require(actor, "reports.write", report.unit.id)
    require_folded(report.period)
    Period.objects.select_for_update().get(pk=report.period.pk)
    require_agreement(report.unit.id, report.period)
    return compose(viewer=actor, code=code, period_code=period_code)


def _period_name(period: Period) -> str:
    return period_title(period_span(period.code), "vi")


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


def _explained(warnings: Sequence[TextWarning], reasons: Mapping[str, str]) -> list[dict[str, str]]:
    """The warnings with the reason given for each. Raises ``BadInput`` where one has none."""
    given = {
        warning.key: clean_line(
            reasons.get(warning.key, ""), "text", "lý do", "reason", limit=500, required=False
        )
        for warning in warnings
    }
    bare = [warning for warning in warnings if not given[warning.key]]
    if bare:
        raise BadInput(
            "Báo cáo có câu không khớp số liệu: "
            + " ".join(f"“{_short(warning.text)}”: {warning.vi}" for warning in bare[:MOST_TOLD])
            + " Sửa câu, hoặc ghi lý do của từng câu rồi chốt lại.",
            "The report has sentences that do not match the figures: "
            + " ".join(f"“{_short(warning.text)}”: {warning.en}" for warning in bare[:MOST_TOLD])
            + " Change them or give the reason for each, then freeze.",
            code="text_unexplained",
        )
    return [
        {
            "key": warning.key,
            "kind": warning.kind,
            "text": warning.text,
            "warning": warning.vi,
            "reason": given[warning.key],
        }
        for warning in warnings
    ]


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


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
