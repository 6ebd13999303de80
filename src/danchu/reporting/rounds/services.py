"""Opening a round, handing figures in, accepting and returning them."""

from __future__ import annotations

import datetime as dt
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
from danchu.core.units.models import Unit
from danchu.core.units.selectors import UnitOnDay, address_code, children, descendant_ids
from danchu.core.units.services import hold_units
from danchu.core.work.services import assign, complete
from danchu.reporting.checks.running import CheckedValue
from danchu.reporting.figures.begun import require_begun
from danchu.reporting.figures.selectors import definitions, indicator_ids
from danchu.reporting.figures.structure import LOWER

from . import carrying
from .asking_back import task_to_return, title_when_returned
from .attested import Row, entry_of_version
from .carrying import asked_elsewhere, told
from .checked import require_sound
from .commenting import Cell, cleaned_comments, hand_in_answers, write_comments
from .dates import check_days, require_unlocked, write_days
from .form_cells import Standing, standing, stands
from .models import ExpectedReporter, Round, Submission, SubmissionValue
from .overlaps import refuse_overlap

HANDED_IN = "submission"  # the form of a message that tells of a version


def open_round(
    *,
    actor: Actor,
    unit_id: int,
    period: Period,
    title: str,
    cut_off: dt.date,
    due_on: dt.date,
    letter: str = "",
    structure_on: dt.date | None = None,
    excused: Mapping[int, str] | None = None,
    due: Mapping[str, dt.date] | None = None,
    locks_on: dt.date | None = None,
    overlaps_seen: bool = False,
) -> Round:
    """Open a round and freeze who is expected: the communes directly below on that map.

    A commune asks its villages, agencies and workplaces.
    ``excused``: unit -> why it does not report this time; it is never missing. ``due_on`` is
    not before the cut-off; Decree 09/2019 article 8.5 asks State reports for a working day
    between the two, committees set their own. ``due``: level -> its own day, of units that are
    asked instead of ``due_on``, of those below and above for who opens a round there.
    ``locks_on``: last day on which anything is handed in. ``overlaps_seen``: the person knows
    that the unit has another round over days of this period (:mod:`.overlaps`). A unit that
    another round of the period asks, for it moved, is asked once (:mod:`.carrying`). Raises
    ``Conflict`` when the round is open already or such another was not seen, ``BadInput`` for an
    excuse without a reason or of a unit that is not expected.
    """
    name = clean_line(title, "title", "tên đợt báo cáo", "name of the round", limit=300)
    asked_by = clean_line(
        letter, "letter", "số, ngày công văn", "letter", limit=200, required=False
    )
    reasons = {
        unit: clean_line(
            why, "excused", "lý do không thuộc diện báo cáo", "reason for the excuse", limit=300
        )
        for unit, why in (excused or {}).items()
    }
    days = dict(due or {})
    on = structure_on or min(period.end, today())
    with acting_as(actor):
        require(actor, "rounds.open", unit_id)
        hold_units([unit_id])  # two rounds opened at once see each other, and the map
        reporters = _asked(unit_id, on)
        if not reporters:
            raise BadInput(
                "Đơn vị này không có đơn vị trực thuộc phải báo cáo vào ngày đã chọn.",
                "This unit has nobody directly below it on that day who would report.",
            )
        if reasons.keys() - {u.id for u in reporters}:
            raise BadInput(
                "Chỉ ghi lý do cho đơn vị thuộc đợt báo cáo này.",
                "Only a unit that the round would ask can be excused.",
                field="excused",
            )
        if not overlaps_seen:
            refuse_overlap(unit_id, period)
        last = max(days.get(u.level, due_on) for u in reporters)
        check_days(cut_off, last, days, locks_on)
        made, created = Round.objects.get_or_create(
            unit_id=unit_id,
            period=period,
            defaults={
                "title": name,
                "letter": asked_by,
                "cut_off": cut_off,
                "due_on": last,
                "locks_on": locks_on,
                "structure_on": on,
                "opened_at": now(),
                "opened_by_id": actor.actor_id,
            },
        )
        if not created:
            raise Conflict(
                "Đợt báo cáo của kỳ này đã mở.", "The round of this period is already open."
            )
        write_days(made, days)
        elsewhere = asked_elsewhere([u.id for u in reporters], period, unit_id)
        reasons = told(elsewhere) | reasons  # a unit that came from another round of the period
        ExpectedReporter.objects.bulk_create(
            [
                ExpectedReporter(
                    round=made,
                    unit_id=u.id,
                    due_on=days.get(u.level, due_on),
                    excused=reasons.get(u.id, ""),
                )
                for u in reporters
            ]
        )
        for u in reporters:
            if u.id not in reasons:
                assign(
                    key=f"round.submit:{made.pk}:{u.id}",
                    unit_id=u.id,
                    kind="round.submit",
                    title=f"Nộp số liệu: {name}",
                    starts_on=today(),
                    due_on=days.get(u.level, due_on),
                    path=f"/office/bao-cao/{u.code}/{period.code}/",
                )
        for one in elsewhere:
            if one.can_go and one.line.unit_id not in reasons:
                carrying.let_go(actor, one.line, made)
        enqueue(FIGURES, period_id=period.pk, unit_id=unit_id)
        log_action("round.opened", actor=actor, data={"round": made.pk, "units": len(reporters)})
    return made


# Who reports to a commune; a committee's figures are those of its unit.
_BELOW_COMMUNES = tuple(level for level in LOWER if level != Unit.Level.COMMITTEE)


def _asked(unit_id: int, on: dt.date) -> list[UnitOnDay]:
    commune = Unit.objects.filter(pk=unit_id, level=Unit.Level.COMMUNE).exists()
    levels = _BELOW_COMMUNES if commune else (Unit.Level.COMMUNE,)
    return [unit for unit in children(unit_id, on) if unit.level in levels]


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
        _running(round_id, unlocked=True)
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


def _running(round_id: int, *, unlocked: bool = False) -> None:
    """Raise ``Conflict`` when the round is closed, or past its lock where ``unlocked`` is asked.

    Asked while the line of the expected unit is locked: closing locks every line, so a version
    is either counted by the closing or refused.
    """
    ((closed_at, locks_on),) = _STATE.rows(round_id)
    if closed_at is not None:
        raise Conflict(
            "Đợt báo cáo đã đóng. Đề nghị nơi mở đợt mở lại nếu cần đính chính số liệu.",
            "The round is closed. Ask who opened it to open it again for an amendment.",
        )
    if unlocked:
        require_unlocked(locks_on)


_STATE = Prepared(
    lambda round_id: Round.objects.filter(pk=round_id).values_list("closed_at", "locks_on")
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


def _decide(
    actor: Actor,
    submission_id: int,
    state: str,
    code: str,
    *,
    seen: str,
    reason: str = "",
    comments: Mapping[Cell, str] | None = None,
) -> Submission:
    with acting_as(actor):
        place = Submission.objects.filter(pk=submission_id).values("round_id", "unit_id").first()
        if place is None:
            raise NotFound("Không tìm thấy bản nộp này.", "There is no such submission.")
        # The lock under which versions are handed in: none comes in between.
        expected = ExpectedReporter.objects.select_for_update().get(**place)
        found = (
            Submission.objects.select_for_update(of=("self",))
            .select_related("round")
            .get(pk=submission_id)
        )
        require(actor, "submissions.decide", found.round.unit_id)
        _running(found.round_id)
        if state == Submission.State.RETURNED:
            require_unlocked(found.round.locks_on)  # it could not be handed in again
        newest = (
            Submission.objects.filter(round=found.round, unit_id=found.unit_id)
            .order_by("-number")
            .first()
        )
        if newest != found:
            raise Conflict(
                "Đơn vị đã nộp bản mới hơn. Mở bản mới để xem xét.",
                "The unit has handed in a newer version. Open that one.",
            )
        if found.state == Submission.State.RETURNED or (
            found.state == Submission.State.ACCEPTED and state == Submission.State.ACCEPTED
        ):
            raise Conflict("Bản này đã được xử lý.", "This version was already decided.")
        if seen and found.state != seen:
            raise Conflict(
                "Người khác vừa nhận bản này. Xem lại rồi quyết định.",
                "Somebody else has just accepted this version. Look at it again, then decide.",
            )
        found.state = state
        found.reason = reason
        found.decided_at = now()
        found.decided_by_id = actor.actor_id
        found.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        write_comments(found, comments or {})
        enqueue(FIGURES, unit_id=found.unit_id, period_id=found.round.period_id, form=HANDED_IN)
        if state == Submission.State.RETURNED:
            complete(actor=actor, key=task_to_return(found.round_id, found.unit_id))
            assign(
                key=f"round.submit:{found.round_id}:{found.unit_id}",
                unit_id=found.unit_id,
                kind="round.submit",
                title=title_when_returned(found.round.title, reason),
                starts_on=today(),
                due_on=expected.due_on,
                path=f"/office/bao-cao/{_code(found)}/{found.round.period.code}/",
            )
        data: dict[str, object] = {"state": state}
        if comments:
            data["cells"] = sorted(comments)
        log_action(code, actor=actor, record_id=found.pk, data=data)
    return found


def _code(submission: Submission) -> str:
    return address_code(submission.unit_id, submission.round.period.end)


def accept_submission(*, actor: Actor, submission_id: int, seen: str = "") -> Submission:
    """Accept the newest version of a unit's figures. Needs ``submissions.decide``.

    ``seen``: the state in which the person saw the version; raises ``Conflict`` when somebody
    else decided on it meanwhile.
    """
    state = Submission.State.ACCEPTED
    return _decide(actor, submission_id, state, "submission.accepted", seen=seen)


def return_submission(
    *,
    actor: Actor,
    submission_id: int,
    reason: str,
    comments: Mapping[Cell, str] | None = None,
    seen: str = "",
) -> Submission:
    """Return the newest version with the reason; the unit then hands in another.

    ``comments``: (indicator, dimension) -> a word on that cell, kept with the version; blank
    ones are left out. Where there are some, the reason may be left out. ``seen`` as in
    ``accept_submission``: without it a version that somebody else accepted in the same moment
    would be returned unawares. Raises ``BadInput`` (with the indicator as field) for a comment
    that is too long or on a cell the version does not have.
    """
    said = cleaned_comments(comments or {})
    why = clean_line(
        reason.strip() or (f"Có nhận xét ở {len(said):02d} chỉ tiêu." if said else ""),
        "reason",
        "lý do trả lại",
        "reason for the return",
        limit=500,
    )
    return _decide(
        actor,
        submission_id,
        Submission.State.RETURNED,
        "submission.returned",
        seen=seen,
        reason=why,
        comments=said,
    )
