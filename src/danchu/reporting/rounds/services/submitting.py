"""Handing figures in as a version that never changes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.clock import now, today
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.outbox.models import Message
from danchu.core.outbox.services import drain, enqueue
from danchu.core.prepared import Prepared, PreparedInsert
from danchu.core.records.inputs import clean_line
from danchu.core.records.services import FIGURES, open_record
from danchu.core.units.selectors import descendant_ids
from danchu.core.units.services import hold_units
from danchu.core.work.services import complete
from danchu.reporting.checks.running import CheckedValue
from danchu.reporting.figures.begun import require_begun
from danchu.reporting.figures.selectors import definitions, indicator_ids

from ..attested import Row, entry_of_version
from ..checked import require_sound
from ..commenting import hand_in_answers
from ..form_cells import Standing, standing, stands
from ..models import ExpectedReporter, Submission, SubmissionValue
from .running import HANDED_IN, require_running


def submit(
    *,
    actor: Actor,
    round_id: int,
    unit_id: int,
    justifications: Mapping[str, str] | None = None,
    client_key: uuid.UUID | None = None,
    shown: int | None = None,
) -> Submission:
    """Hand in the unit's figures as they stand, as the next version, which never changes.

        raise _unexplained(line)
    recorded = line.cell.amount if line.cell else None
    rows.append((submission.pk, ids[line.key], line.state, line.amount, recorded, reason))
    attested.append((line.key, "", line.state, line.amount, recorded))
    written[line.key] = CheckedValue(line.state, line.amount, line.checked_against, reason)
    """
    require(actor, "submissions.submit", unit_id)
    reasons = _words(justifications or {})
    _fold_first(unit_id)
    with acting_as(actor):
        hold_units([unit_id])  # before the line, as a change of the map does
        period = _period_of_line(round_id, unit_id)
        require_begun(period.start)
        require_running(round_id, unlocked=True)
        record, created = open_record(
            actor=actor,
            kind="submission",
            unit_id=unit_id,
            occurred_on=today(),
            client_key=client_key,
            author_id=actor.actor_id,
            in_figures=False,
        )
        if not created:
            sent = Submission.objects.get(record=record)
            if sent.round_id != round_id:
                raise Conflict(
                    "Phiếu này đã được dùng để nộp cho đợt khác. Mở lại trang rồi nộp.",
                    "This form was used for another round. Open the page again to hand in.",
                )
            last, state = _last_version(round_id, unit_id)
            if last != sent.number or state == Submission.State.RETURNED:
                raise Conflict(
                    f"Phiếu này đã được dùng để nộp bản {sent.number}; sau đó bản này đã được trả "
                    "lại hoặc đã có bản mới. Lần gửi này chưa nộp gì. Xem lại số liệu; nếu vẫn cần "
                    "thì nộp lại.",
                    f"This form was used to hand in version {sent.number}, which was returned or "
                    "followed by another one since. Nothing was handed in now. Look at the figures "
                    "again; hand them in once more if it is still needed.",
                    code="sent_before",
                )
            return sent
        last, state = _last_version(round_id, unit_id)
        if state == Submission.State.ACCEPTED:
            raise Conflict(
                "Bản trước đã được nhận. Đề nghị cấp trên trả lại nếu cần nộp bản mới.",
                "The last version was accepted. Ask for its return to hand in another.",
            )
        number = last + 1
        if shown is not None and shown != number:
            raise Conflict(
                f"Bản {last} vừa được nộp từ nơi khác. Xem bản đó trước; nếu vẫn cần thì nộp "
                f"bản {number}.",
                f"Version {last} was handed in elsewhere just now. Look at it first; hand in "
                f"version {number} only if it is still needed.",
                code="handed_in_meanwhile",
            )
        made = Submission.objects.create(
            record=record,
            round_id=round_id,
            unit_id=unit_id,
            number=number,
            submitted_at=now(),
        )
        values, rows = _write_values(made, period, unit_id, reasons)
        require_sound(actor, unit_id, period, values)
        answers = hand_in_answers(made)
        complete(actor=actor, key=f"round.submit:{round_id}:{unit_id}")
        enqueue(FIGURES, unit_id=unit_id, period_id=period.pk, form=HANDED_IN)
        log_action(
            "submission.submitted",
            actor=actor,
            record_id=record.pk,
            data=entry_of_version(round_id, number, rows, answers),
        )
    return made


def _period_of_line(round_id: int, unit_id: int) -> Period:
    """The period of the round, the line of the expected unit locked; or ``NotFound``."""
    found = _LINE.rows(round_id, unit_id)
    if not found or found[0][0]:
        raise NotFound(
            "Đơn vị không thuộc diện báo cáo của đợt này.",
            "The unit is not expected in this round.",
        )
    return Period(*found[0][1:])


_LINE = Prepared(
    lambda round_id, unit_id: (
        ExpectedReporter.objects.select_for_update(of=("self",))
        .filter(round_id=round_id, unit_id=unit_id)
        .values_list(
            "excused", *(f"round__period__{f.attname}" for f in Period._meta.concrete_fields)
        )
    )
)


def _last_version(round_id: int, unit_id: int) -> tuple[int, str]:
    """Number and state of the unit's newest version; nought before the first."""
    return next(iter(_LAST_VERSION.rows(round_id, unit_id)), (0, ""))


_LAST_VERSION = Prepared(
    lambda round_id, unit_id: (
        Submission.objects.filter(round_id=round_id, unit_id=unit_id)
        .order_by("-number")
        .values_list("number", "state")[:1]
    )
)


def _words(justifications: Mapping[str, str]) -> dict[str, str]:
    known = definitions()
    for key in justifications:
        if key not in known:
            raise BadInput(f"Không có chỉ tiêu {key}.", f"There is no indicator {key}.")
    return {
        key: clean_line(word, key, "giải trình", "justification", limit=300, required=False)
        for key, word in justifications.items()
    }


def _fold_first(unit_id: int) -> None:
    """What was written down up to now, here and below, belongs into the version.

    What another worker is folding just now is waited for: the version never changes, so it
    must not be made of half of it. Versions themselves are no part of what is handed in.
    """
    waiting = Message.objects.filter(
        Q(due_at__isnull=True) | Q(due_at__lte=now()), topic=FIGURES
    ).exclude(form=HANDED_IN)
    if not waiting.exists():
        return
    units = [unit_id, *descendant_ids(unit_id, today())]
    waiting = waiting.filter(unit_id__in=units).order_by("pk")
    while waiting.exists():
        if drain(topics=[FIGURES]) == 0:
            with transaction.atomic():
                waiting.select_for_update().first()


def _write_values(
    submission: Submission, period: Period, unit_id: int, reasons: Mapping[str, str]
) -> tuple[dict[str, CheckedValue], list[Row]]:
    """The form as it stands, with what the records show beside.

    Returns the values by indicator, for the checks, and their rows, for the ledger.
    """
    ids = indicator_ids()
    rows = []
    attested: list[Row] = []
    written: dict[str, CheckedValue] = {}
    for line in standing(submission.round_id, unit_id, period):
        reason = reasons.get(line.key) or line.word
        if line.differs and not reason:
            raise _unexplained(line)
        recorded = line.cell.amount if line.cell else None
        rows.append((submission.pk, ids[line.key], line.state, line.amount, recorded, reason))
        attested.append((line.key, "", line.state, line.amount, recorded))
        written[line.key] = CheckedValue(line.state, line.amount, line.checked_against, reason)
    _VALUES.write_all(rows)
    return written, attested


_VALUES = PreparedInsert(
    SubmissionValue, "submission_id indicator_id state amount recorded_amount reason"
)


def _unexplained(line: Standing) -> Conflict:
    """What would stand there changed after the value was typed, and now says something else."""
    meaning = definitions()[line.key]
    if stands(line.halves):
        return Conflict(
            f"“{meaning.name_vi}”: số trong biểu khác số từ hai kỳ 6 tháng đã tiếp nhận mà chưa có "
            "lý do. Mở biểu, ghi lý do hoặc lấy số đã tiếp nhận, rồi nộp.",
            f"“{meaning.name_en}”: the form differs from the half-years accepted and no reason is "
            "given. Open the form, say why or take the accepted figure, then hand in.",
        )
    return Conflict(
        f"“{meaning.name_vi}”: số trong biểu khác số theo hồ sơ mà chưa có lý do. Mở biểu, ghi lý "
        "do hoặc lấy số theo hồ sơ, rồi nộp.",
        f"“{meaning.name_en}”: the form differs from the records and no reason is given. Open the "
        "form, say why or take the records' value, then hand in.",
    )
