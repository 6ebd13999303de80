"""Who may do what where: every service × every role × every relation of unit, in one table.

What is expected follows from ``roles.py`` and the map alone: a right is held over the unit of
the role, over what stands below it today, and over what ended and is answered for by it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from danchu.core.accounts.roles import ROLES
from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound, NotYet
from tests.cast import LAST_OLD_DAY, TODAY, Cast, gathered
from tests.civic.claims.rights import claimed
from tests.civic.claims.rights import selectors as claim_selectors
from tests.civic.claims.rights import services as claim_services
from tests.civic.disclosure.rights import disclosed
from tests.civic.disclosure.rights import selectors as disclosure_selectors
from tests.civic.disclosure.rights import services as disclosure_services
from tests.core.documents.province_form import province_form
from tests.making import (
    DAY,
    dialogue_input,
    hold,
    opinion_input,
    receive,
    reception_input,
    work,
    work_input,
)
from tests.reporting.readings import TEXT, reading

ROLES_TRIED = (
    "nobody",
    "outsider",
    "viewer",
    "recorder",
    "reporter",
    "leader",
    "committee",
    "unit_admin",
    "admin",
)
# The unit a thing is done for, seen from the unit over which the role is held.
RELATIONS = (
    "own",
    "child",
    "parent",
    "sibling",
    "predecessor",  # it ended, and the own unit answers for it
    "successor",  # the own unit ended, and it goes on
    "former child",  # it stood below the own unit and was moved
)
HELD = {"own", "child", "predecessor"}


@dataclass(frozen=True)
class Place:
    """A unit with one of everything that can be done something with."""

    unit: int
    day: dt.date
    period: Any
    dialogue: int
    opinion: int
    reception: int
    work: int
    line: int
    note: int
    document: int
    figure: int
    finding: int
    round: int
    submission: int
    comment: int
    frozen: int
    request: int
    code: str
    addresses: dict[str, Any]
    disclosed: Any
    claimed: Any


@dataclass(frozen=True)
class World:
    """Who holds which role over the own unit, and where the units stand."""

    people: dict[tuple[str, str], Any]  # (role, relation) -> who tries
    places: dict[str, Place]  # relation -> where


def _place(unit: int, day: dt.date, period: Any) -> Place:
    from danchu.civic.reception.models import ScheduleLine
    from danchu.core.changes.models import ChangedUnit, MapChange
    from danchu.core.records.models import Record
    from danchu.core.units.selectors import unit_by_id
    from danchu.core.work.models import Task
    from danchu.reporting.figures.models import Indicator
    from danchu.reporting.figures.services import confirm_states
    from danchu.reporting.reading.services import DocumentInput, take_in_document
    from danchu.reporting.requests.services import (
        MappingInput,
        RequestInput,
        map_cell,
        take_in_request,
    )
    from danchu.reporting.reviews.models import FrozenReport
    from danchu.reporting.reviews.notes import write_note
    from danchu.reporting.rounds.models import (
        CellComment,
        ExpectedReporter,
        Round,
        Submission,
        SubmissionValue,
    )

    minutes = hold(OPERATOR, unit, "Mương bị lấp.", on=day)
    reception, other = receive(OPERATOR, unit, on=day), work(OPERATOR, unit, on=day)
    line = ScheduleLine.objects.create(
        unit_id=unit,
        leader_post="Chủ tịch",
        weekday=1,
        starts_at=dt.time(8),
        ends_at=dt.time(9),
        place="Trụ sở",
        valid_from=dt.date(2026, 1, 1),
    )
    document = take_in_document(
        actor=OPERATOR,
        unit_id=unit,
        content=DocumentInput(name="a.txt", text=TEXT, period_code=period.code),
    )
    opened = Round.objects.create(
        unit_id=unit,
        period=period,
        title="Đợt",
        cut_off=period.end,
        due_on=period.end,
        structure_on=day,
        opened_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
    )
    ExpectedReporter.objects.create(round=opened, unit_id=unit, due_on=period.end)
    record = Record.objects.create(kind="submission", unit_id=unit, occurred_on=TODAY)
    version = Submission.objects.create(
        record=record,
        round=opened,
        unit_id=unit,
        number=1,
        submitted_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
    )
    days = {"submission": version, "indicator": Indicator.objects.get(key="labour_days")}
    SubmissionValue.objects.create(**days, state="zero", amount=0)
    comment = CellComment.objects.create(**days, text="Xem lại")
    confirm_states(
        actor=OPERATOR, unit_id=unit, period=period, keys=["documents_issued"], state="zero"
    )
    note = write_note(actor=OPERATOR, unit_id=unit, period=period, kind="task", text="Một việc.")
    waiting = Record.objects.create(kind="report", unit_id=unit, occurred_on=TODAY)
    FrozenReport.objects.create(
        record=waiting,
        unit_id=unit,
        period=period,
        layout="state",
        frozen_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
        symbol="BC-UBND",
    )
    request = take_in_request(
        actor=OPERATOR,
        unit_id=unit,
        content=RequestInput(
            "Biểu", "Sở Mẫu", period.code, dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC)
        ),
        data=province_form(),
        name="bieu.xlsx",
    )
    map_cell(
        actor=OPERATOR, request_id=request.pk, sheet=1, cell="C6", content=MappingInput("date")
    )
    # Written directly: a task that is made for a unit which ended is given to who took over.
    Task.objects.create(
        unit_id=unit, kind="test", title="Việc", starts_on=day, due_on=day, key=f"rights:{unit}"
    )
    change = MapChange.objects.create(
        kind="rename", on=day, basis="NQ", carried_out_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    )
    ChangedUnit.objects.create(change=change, unit_id=unit, was=True, goes_on=True)
    return Place(
        unit=unit,
        day=day,
        period=period,
        dialogue=minutes.pk,
        opinion=minutes.opinions.get().pk,
        reception=reception.pk,
        work=other.pk,
        line=line.pk,
        note=note.pk,
        document=document.pk,
        figure=document.figures.order_by("position")[0].pk,
        finding=document.findings.order_by("position")[0].pk,
        round=opened.pk,
        submission=record.pk,
        comment=comment.pk,
        frozen=waiting.pk,
        request=request.pk,
        code=unit_by_id(unit, day).code,
        addresses={
            "dialogue": minutes.record.public_id,
            "reception": reception.record.public_id,
            "work": other.record.public_id,
            "document": document.record.public_id,
            "request": request.record.public_id,
            "change": change.public_id,
        },
        disclosed=disclosed(unit, day),
        claimed=claimed(unit, day, minutes.pk),
    )


def _people(cast: Cast) -> dict[tuple[str, str], Any]:
    from danchu.core.accounts.models import Account, RoleGrant

    found: dict[tuple[str, str], Any] = {}
    for role in ROLES_TRIED:
        for relation in RELATIONS:
            over = {"successor": cast.old_benmau, "former child": cast.caumau}
            unit = over.get(relation, cast.benmau)
            if role in ("nobody", "outsider"):
                found[role, relation] = NOBODY if role == "nobody" else cast.outsider
                continue
            account, _ = Account.objects.get_or_create(
                email=f"{role}-{unit}@minhhoa.example", defaults={"name": "Người Mẫu"}
            )
            RoleGrant.objects.get_or_create(
                account=account, role=role, unit_id=unit, valid_from=dt.date(2020, 1, 1)
            )
            found[role, relation] = account
    return found


@pytest.fixture(scope="module")
def world(_staged_cast: None, django_db_blocker: Any) -> Iterator[World]:
    from danchu.core.units.services import place_unit, register_unit
    from danchu.demo.load import settle
    from danchu.reporting.figures.services import open_period
    from danchu.reporting.reading.services import taking_in

    patched = pytest.MonkeyPatch()
    patched.setattr(taking_in, "read_text", lambda *_: reading())
    with django_db_blocker.unblock(), on_day(TODAY):
        cast = gathered()
        moved = register_unit(
            actor=OPERATOR,
            parent_id=cast.caumau,
            level="village",
            name="thôn Mẫu Chuyển",
            kind="thôn",
            short_code="88",
            valid_from=dt.date(2026, 1, 1),
        ).pk
        place_unit(
            actor=OPERATOR,
            unit_id=moved,
            tree="state",
            parent_id=cast.benmau,
            valid_from=dt.date(2026, 5, 1),
        )
        now, before = open_period("nd09:2026H1"), open_period("nd09:2025H1")
        own = _place(cast.benmau, DAY, now)
        places = {
            "own": own,
            "child": _place(cast.maulai, DAY, now),
            "parent": _place(cast.minhhoa, DAY, now),
            "sibling": _place(cast.caumau, DAY, now),
            "predecessor": _place(cast.old_benmau, LAST_OLD_DAY, before),
            "successor": own,
            "former child": _place(moved, DAY, now),
        }
        settle()
        yield World(_people(cast), places)
    patched.undo()


@pytest.fixture(autouse=True)
def _today(world: World, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANCHU_TODAY", TODAY.isoformat())


Call = Callable[[Any, Place], Any]


def _as_far_as(call: Callable[[], Any], *, no_such: bool = False) -> None:
    """A call that gets past the question of rights and is refused for what it asks.

    ``no_such``: it asks for what is not there.
    """
    with pytest.raises(NotFound if no_such else (Conflict, BadInput, NotYet)):
        call()


def _twice(place: Place) -> int:
    """A file of a batch whose words stand here in another format."""
    return _waiting(place, state="duplicate").pk


def _waiting(place: Place, **of_file: Any) -> Any:
    """A file of a batch that waits for somebody's decision."""
    from danchu.core.accounts.models import Account
    from danchu.reporting.reading.models import Batch, BatchFile

    batch = Batch.objects.create(
        unit_id=place.unit,
        made_by=Account.objects.order_by("pk")[0],
        made_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
        client_key=uuid.uuid4(),
    )
    return BatchFile.objects.create(batch=batch, position=0, name="c.txt", **of_file)


def _named(place: Place) -> uuid.UUID:
    """A batch of which a file names the unit."""
    file = _waiting(place, state="other_unit", other_unit_id=place.unit)
    return file.batch.public_id


def _span(words: str) -> dict[str, int]:
    """Where words of the report that was taken in stand."""
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def _renaming_below(place: Place) -> Any:
    """A new name for a unit right below: that is asked of whoever answers for the one above."""
    from danchu.core.changes.planning import Wanted
    from danchu.core.contracts import ChangeKind
    from danchu.core.units.models import Placement, Unit, UnitState

    unit = Unit.objects.create(level="agency", is_registered=True)
    UnitState.objects.create(unit=unit, code=f"T{unit.pk}", name="cơ quan", kind="cơ quan")
    Placement.objects.create(unit=unit, parent_id=place.unit, path=f"/{place.unit}/{unit.pk}/")
    return Wanted(ChangeKind.RENAME, (unit.pk,), place.day, "NQ", name="cơ quan khác")


def _services() -> dict[str, tuple[str, Call]]:
    """Each service with the right it asks for and a lawful call."""
    from danchu.civic.dialogue import services as dialogue
    from danchu.civic.otherwork import services as other
    from danchu.civic.reception import services as reception
    from danchu.core.changes import services as changes
    from danchu.core.records.services import cancel_record
    from danchu.reporting.figures import services as figures
    from danchu.reporting.reading import services as readings
    from danchu.reporting.requests import sending
    from danchu.reporting.requests import services as requests
    from danchu.reporting.reviews import editing, freezing, issuers, notes, returning
    from danchu.reporting.rounds import asking_back, closing, commenting, dates, entering
    from danchu.reporting.rounds import services as rounds
    from tests.civic.reception.test_reception_services import LINE
    from tests.reporting.reviews.test_review_writing import ISSUER

    once = {"version": 1}
    why = {"reason": "Ghi nhầm"}
    write, cancel, compose = "records.write", "records.cancel", "reports.write"
    decide = "readings.decide"
    return {
        **disclosure_services(_as_far_as),
        **claim_services(),
        "record_dialogue": (
            write,
            lambda a, p: dialogue.record_dialogue(
                actor=a, unit_id=p.unit, occurred_on=p.day, content=dialogue_input("Một.")
            ),
        ),
        "correct_dialogue": (
            write,
            lambda a, p: dialogue.correct_dialogue(
                actor=a,
                record_id=p.dialogue,
                occurred_on=p.day,
                content=dialogue_input(),
                **once,
                **why,
            ),
        ),
        "publish_result": (
            write,
            lambda a, p: dialogue.publish_result(
                actor=a, record_id=p.dialogue, on=p.day, summary="Đã khơi."
            ),
        ),
        "cancel_dialogue": (
            cancel,
            lambda a, p: dialogue.cancel_dialogue(actor=a, record_id=p.dialogue, **why),
        ),
        "add_opinion": (
            write,
            lambda a, p: dialogue.add_opinion(
                actor=a, record_id=p.dialogue, content=opinion_input()
            ),
        ),
        "take_up_opinion": (
            write,
            lambda a, p: dialogue.take_up_opinion(
                actor=a, opinion_id=p.opinion, on=p.day, assigned_to="Văn phòng", **once
            ),
        ),
        "answer_opinion": (
            write,
            lambda a, p: dialogue.answer_opinion(
                actor=a, opinion_id=p.opinion, on=p.day, outcome="accepted", answer="Xong.", **once
            ),
        ),
        "correct_opinion": (
            write,
            lambda a, p: dialogue.correct_opinion(
                actor=a, opinion_id=p.opinion, content=opinion_input(), **once, **why
            ),
        ),
        "record_reception": (
            write,
            lambda a, p: reception.record_reception(
                actor=a, unit_id=p.unit, occurred_on=p.day, content=reception_input()
            ),
        ),
        "correct_reception": (
            write,
            lambda a, p: reception.correct_reception(
                actor=a,
                record_id=p.reception,
                occurred_on=p.day,
                content=reception_input(),
                **once,
                **why,
            ),
        ),
        "cancel_record": (
            cancel,
            lambda a, p: cancel_record(actor=a, record_id=p.reception, right=cancel, **why),
        ),
        "carry_out_map_change": (
            "units.change",
            lambda a, p: _as_far_as(
                lambda: changes.carry_out_map_change(
                    actor=a, wanted=_renaming_below(p), fingerprint=""
                )
            ),
        ),
        "add_schedule_line": (
            "units.edit",
            lambda a, p: reception.add_schedule_line(actor=a, unit_id=p.unit, content=LINE),
        ),
        "end_schedule_line": (
            "units.edit",
            lambda a, p: reception.end_schedule_line(actor=a, line_id=p.line),
        ),
        "record_other_work": (
            write,
            lambda a, p: other.record_other_work(
                actor=a, unit_id=p.unit, occurred_on=p.day, content=work_input()
            ),
        ),
        "correct_other_work": (
            write,
            lambda a, p: other.correct_other_work(
                actor=a,
                record_id=p.work,
                occurred_on=p.day,
                content=work_input(),
                **once,
                **why,
            ),
        ),
        "confirm_states": (
            compose,
            lambda a, p: figures.confirm_states(
                actor=a,
                unit_id=p.unit,
                period=p.period,
                keys=["social_criticism_held"],
                state="zero",
            ),
        ),
        "withdraw_state": (
            compose,
            lambda a, p: figures.withdraw_state(
                actor=a, unit_id=p.unit, period=p.period, key="documents_issued"
            ),
        ),
        "take_in_document": (
            "readings.write",
            lambda a, p: readings.take_in_document(
                actor=a,
                unit_id=p.unit,
                content=readings.DocumentInput(name="b.txt", text=TEXT + "\nBản khác."),
            ),
        ),
        "decide_figure": (
            decide,
            lambda a, p: readings.decide_figure(
                actor=a, figure_id=p.figure, row_version=0, decision="confirmed"
            ),
        ),
        "confirm_figures": (
            decide,
            lambda a, p: readings.confirm_figures(
                actor=a, document_id=p.document, figure_ids=[p.figure]
            ),
        ),
        "decide_finding": (
            decide,
            lambda a, p: readings.decide_finding(
                actor=a, finding_id=p.finding, decision="confirmed"
            ),
        ),
        "set_period": (
            decide,
            lambda a, p: readings.set_period(
                actor=a, document_id=p.document, period_code=p.period.code
            ),
        ),
        "hand_in_batch": (
            "readings.write",
            lambda a, p: readings.hand_in_batch(
                actor=a, unit_id=p.unit, files=[("c.txt", b"Ba")], client_key=uuid.uuid4()
            ),
        ),
        "decide_file": (
            "readings.write",
            lambda a, p: readings.decide_file(actor=a, file_id=_twice(p), read=True),
        ),
        "sort_to_unit": (
            "readings.write",
            lambda a, p: readings.sort_to_unit(actor=a, batch_id=_named(p), unit_id=p.unit),
        ),
        "add_figure": (
            decide,
            lambda a, p: readings.add_figure(
                actor=a, document_id=p.document, key="trainings_held", **_span("40 cuộc")
            ),
        ),
        "correct_from_words": (
            decide,
            lambda a, p: readings.correct_from_words(
                actor=a, figure_id=p.figure, row_version=0, **_span("183 ý kiến")
            ),
        ),
        "accept_above": (
            decide,
            lambda a, p: readings.accept_above(actor=a, document_id=p.document, level=1),
        ),
        "undo_acceptance": (
            decide,
            lambda a, p: _as_far_as(
                lambda: readings.undo_acceptance(actor=a, document_id=p.document, act=uuid.uuid4())
            ),
        ),
        "close_review": (
            decide,
            lambda a, p: _as_far_as(lambda: readings.close_review(actor=a, document_id=p.document)),
        ),
        "reopen_review": (
            decide,
            lambda a, p: _as_far_as(
                lambda: readings.reopen_review(actor=a, document_id=p.document)
            ),
        ),
        "cancel_reading": (
            decide,
            lambda a, p: readings.cancel_reading(actor=a, document_id=p.document, **why),
        ),
        "open_round": (
            "rounds.open",
            lambda a, p: rounds.open_round(
                actor=a,
                unit_id=p.unit,
                period=figures.open_period("2026Q1"),
                title="Đợt",
                cut_off=p.day,
                due_on=p.day,
                structure_on=p.day,
                overlaps_seen=True,
            ),
        ),
        "submit": (
            "submissions.submit",
            lambda a, p: rounds.submit(actor=a, round_id=p.round, unit_id=p.unit),
        ),
        "enter_value": (
            compose,
            lambda a, p: entering.enter_value(
                actor=a,
                round_id=p.round,
                unit_id=p.unit,
                indicator="labour_days",
                row_version=0,
                text="12",
            ),
        ),
        "clear_value": (
            compose,
            lambda a, p: entering.clear_value(
                actor=a,
                round_id=p.round,
                unit_id=p.unit,
                indicator="labour_days",
                row_version=0,
            ),
        ),
        "enter_all": (
            compose,
            lambda a, p: entering.enter_all(
                actor=a,
                round_id=p.round,
                unit_id=p.unit,
                entries=[entering.Entry("labour_days", 0, text="12")],
            ),
        ),
        "refusals_of": (
            compose,
            lambda a, p: entering.refusals_of(
                actor=a, round_id=p.round, unit_id=p.unit, entries=[]
            ),
        ),
        "lock_form": (
            compose,
            lambda a, p: entering.lock_form(actor=a, round_id=p.round, unit_id=p.unit),
        ),
        "enter_zeros": (
            compose,
            lambda a, p: entering.enter_zeros(
                actor=a, round_id=p.round, unit_id=p.unit, keys=["labour_days"]
            ),
        ),
        "answer_comment": (
            compose,
            lambda a, p: commenting.answer_comment(
                actor=a, comment_id=p.comment, row_version=0, dealt_with=True
            ),
        ),
        "accept_submission": (
            "submissions.decide",
            lambda a, p: rounds.accept_submission(actor=a, submission_id=p.submission),
        ),
        "return_submission": (
            "submissions.decide",
            lambda a, p: rounds.return_submission(actor=a, submission_id=p.submission, **why),
        ),
        "return_version": (
            "submissions.decide",
            lambda a, p: returning.return_version(actor=a, submission_id=p.submission, **why),
        ),
        "reopen_for_amendment": (
            "rounds.open",
            lambda a, p: _as_far_as(
                lambda: returning.reopen_for_amendment(actor=a, round_id=p.round, **why)
            ),
        ),
        "change_days": (
            "rounds.open",
            lambda a, p: dates.change_days(actor=a, round_id=p.round, due={}, locks_on=None, **why),
        ),
        "close_round": (
            "rounds.open",
            lambda a, p: _as_far_as(
                lambda: closing.close_round(actor=a, round_id=p.round, missing=[])
            ),
        ),
        "reopen_round": (
            "rounds.open",
            lambda a, p: _as_far_as(lambda: closing.reopen_round(actor=a, round_id=p.round, **why)),
        ),
        "take_in_request": (
            compose,
            lambda a, p: requests.take_in_request(
                actor=a,
                unit_id=p.unit,
                content=requests.RequestInput(
                    "Biểu", "Sở Mẫu", p.period.code, dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC)
                ),
                data=province_form(),
                name="bieu.xlsx",
            ),
        ),
        "map_cell": (
            compose,
            lambda a, p: requests.map_cell(
                actor=a,
                request_id=p.request,
                sheet=1,
                cell="D6",
                content=requests.MappingInput("value", key="dialogues_held"),
            ),
        ),
        "unmap_cell": (
            compose,
            lambda a, p: requests.unmap_cell(actor=a, request_id=p.request, sheet=1, cell="C6"),
        ),
        "answer_request": (
            compose,
            lambda a, p: requests.answer_request(actor=a, request_id=p.request, layer="recorded"),
        ),
        "add_receiver": (
            compose,
            lambda a, p: sending.add_receiver(
                actor=a,
                request_id=p.request,
                content=sending.ReceiverInput(
                    "Ban Mẫu", dt.datetime(2026, 6, 11, 9, tzinfo=dt.UTC)
                ),
            ),
        ),
        "note_sent": (
            compose,
            lambda a, p: _as_far_as(
                lambda: sending.note_sent(actor=a, request_id=p.request, number=1)
            ),
        ),
        "cancel_request": (
            compose,
            lambda a, p: requests.cancel_request(actor=a, request_id=p.request, **why),
        ),
        "freeze_report": (
            compose,
            lambda a, p: _as_far_as(
                lambda: freezing.freeze_report(actor=a, code=p.code, period_code=p.period.code)
            ),
        ),
        "issue_report": (
            "reports.issue",
            lambda a, p: _as_far_as(
                lambda: freezing.issue_report(
                    actor=a, frozen_id=p.frozen, number="", issued_on=TODAY, signer_name="Mẫu"
                )
            ),
        ),
        "note_step": (
            compose,
            lambda a, p: freezing.note_step(
                actor=a, frozen_id=p.frozen, kind="draft", done_on=TODAY
            ),
        ),
        "withdraw_frozen": (
            compose,
            lambda a, p: freezing.withdraw_frozen(actor=a, frozen_id=p.frozen, **why),
        ),
        "take_back": (
            compose,
            lambda a, p: _as_far_as(
                lambda: freezing.take_back(
                    actor=a, frozen_id=p.frozen, kind="edited", data=b"x", name="a.docx"
                )
            ),
        ),
        "release_signed": (
            "reports.issue",
            lambda a, p: _as_far_as(
                lambda: freezing.release_signed(actor=a, frozen_id=p.frozen, file=uuid.uuid4()),
                no_such=True,
            ),
        ),
        "ask_for_return": (
            "submissions.submit",
            lambda a, p: _as_far_as(
                lambda: asking_back.ask_for_return(
                    actor=a, round_id=p.round, unit_id=p.unit, reason="Sót số."
                )
            ),
        ),
        "write_note": (
            compose,
            lambda a, p: notes.write_note(
                actor=a, unit_id=p.unit, period=p.period, kind="cause", text="Một ý."
            ),
        ),
        "withdraw_note": (compose, lambda a, p: notes.withdraw_note(actor=a, note_id=p.note)),
        "edit_note": (
            compose,
            lambda a, p: notes.edit_note(actor=a, note_id=p.note, seen=0, text="Ý khác."),
        ),
        "move_note": (compose, lambda a, p: notes.move_note(actor=a, note_id=p.note, up=True)),
        "write_paragraph": (
            compose,
            lambda a, p: _as_far_as(
                lambda: editing.write_paragraph(
                    actor=a,
                    code=p.code,
                    period_code=p.period.code,
                    place="opening",
                    text="Câu khác.",
                    seen=0,
                    over="Câu đã xem.",
                )
            ),
        ),
        "withdraw_paragraph": (
            compose,
            lambda a, p: _as_far_as(
                lambda: editing.withdraw_paragraph(
                    actor=a, code=p.code, period_code=p.period.code, place="opening", seen=1
                )
            ),
        ),
        "set_issuer": (
            compose,
            lambda a, p: issuers.set_issuer(actor=a, unit_id=p.unit, **ISSUER),
        ),
    }


def _unless_refused(call: Callable[..., Any], *given: Any) -> Any:
    """What a page shows; None where it says that one may not see it."""
    try:
        return call(*given)
    except NotAllowed:
        return None


def _selectors() -> dict[str, tuple[str, Call]]:
    """Each selector with its right; the call tells whether the thing is shown."""
    from danchu.civic.dialogue import selectors as dialogue
    from danchu.civic.dialogue.open_below import opinions_open_under
    from danchu.civic.otherwork import selectors as other
    from danchu.civic.reception import selectors as reception
    from danchu.core.changes import selectors as changes
    from danchu.core.units.selectors import path_of
    from danchu.core.work.selectors import open_tasks, tasks_due
    from danchu.reporting.duties.below import duties_below
    from danchu.reporting.duties.ledger import duty_ledger
    from danchu.reporting.figures import selectors as figures
    from danchu.reporting.overviews.selectors import overview
    from danchu.reporting.reading import selectors as readings
    from danchu.reporting.requests import selectors as requests
    from danchu.reporting.reviews.frozen import frozen_reports_of
    from danchu.reporting.reviews.notes import notes_of
    from danchu.reporting.reviews.to_sign import reports_to_sign
    from danchu.reporting.rounds import selectors as rounds
    from danchu.reporting.rounds.comments import comments_on, comments_to_answer
    from danchu.reporting.rounds.following import rounds_to_follow
    from danchu.reporting.rounds.form import form_of
    from danchu.reporting.rounds.standing import asked_in
    from danchu.reporting.rounds.version import version_of

    read, numbers, reports = "records.read", "figures.read", "reports.read"
    return {
        **disclosure_selectors(),
        **claim_selectors(),
        "dialogue": (read, lambda v, p: dialogue.dialogue(v, p.addresses["dialogue"])),
        "dialogues": (read, lambda v, p: dialogue.dialogues(v, unit_id=p.unit)[1]),
        "waiting_opinions": (read, lambda v, p: dialogue.waiting_opinions(v, p.unit)[1]),
        "reception": (read, lambda v, p: reception.reception(v, p.addresses["reception"])),
        "receptions": (read, lambda v, p: reception.receptions(v, unit_id=p.unit)[1]),
        "other_work": (read, lambda v, p: other.other_work(v, p.addresses["work"])),
        "other_works": (read, lambda v, p: other.other_works(v, unit_id=p.unit)[1]),
        "document": (read, lambda v, p: readings.document(v, p.addresses["document"])),
        "documents": (read, lambda v, p: readings.documents(v, unit_id=p.unit)[1]),
        "changes_of": ("units.change or records.read", lambda v, p: changes.changes_of(v, p.unit)),
        "map_change": (
            "units.change or records.read",
            lambda v, p: changes.map_change(v, p.addresses["change"]),
        ),
        "open_tasks": (read, lambda v, p: open_tasks(v, p.unit, TODAY)),
        "tasks_due": (
            read,
            lambda v, p: tasks_due(v, p.unit, dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
        ),
        "duty_ledger": (
            read,
            lambda v, p: duty_ledger(v, p.code, dt.date(p.day.year, 1, 1), p.day, TODAY),
        ),
        "duties_below": (
            read,
            lambda v, p: duties_below(v, p.code, dt.date(p.day.year, 1, 1), p.day, TODAY),
        ),
        "values": (numbers, lambda v, p: figures.values(v, p.unit, p.period)),
        "periods_with_values": (numbers, lambda v, p: figures.periods_with_values(v, p.unit)),
        "overview": (numbers, lambda v, p: _unless_refused(overview, v, p.code, p.period.code)),
        "asked_in": (numbers, lambda v, p: asked_in(v, p.unit, [p.period.code], TODAY)),
        "opinions_open_under": (
            read,
            lambda v, p: [
                row.path
                for row in opinions_open_under(v, path_of(p.unit, p.day), p.day)
                if row.path.endswith(f"/{p.unit}/")
            ],
        ),
        "round_of": (reports, lambda v, p: rounds.round_of(v, p.unit, p.period, TODAY)),
        "rounds_of": (reports, lambda v, p: rounds.rounds_of(v, p.unit, TODAY)),
        "rounds_to_follow": (
            reports,
            lambda v, p: rounds_to_follow(v, p.unit, TODAY).period_codes,
        ),
        "comments_on": (reports, lambda v, p: comments_on(v, p.round, p.unit)),
        "comments_to_answer": (
            "reports.write or submissions.submit",
            lambda v, p: comments_to_answer(v, p.round, p.unit),
        ),
        "version_of": (reports, lambda v, p: version_of(v, p.unit, p.period)),
        "asked_of": (reports, lambda v, p: rounds.asked_of(v, p.unit, p.period)),
        "form_of": (
            "reports.write or submissions.submit",
            lambda v, p: form_of(v, p.round, p.unit),
        ),
        "requests_of": (reports, lambda v, p: requests.requests_of(v, p.unit)[1]),
        "request_at": (reports, lambda v, p: requests.request_at(v, p.addresses["request"])),
        "notes_of": (reports, lambda v, p: notes_of(v, p.unit, p.period)),
        "frozen_reports_of": (reports, lambda v, p: frozen_reports_of(v, p.unit, p.period)),
        "reports_to_sign": (reports, lambda v, p: reports_to_sign(v, p.unit)),
    }


def expected(right: str) -> dict[tuple[str, str], bool]:
    """The table as the roles and the map have it; ``right`` may name two, either of which does."""
    rights = set(right.split(" or "))
    return {
        (role, relation): role in ROLES and bool(rights & ROLES[role].rights) and relation in HELD
        for role in ROLES_TRIED
        for relation in RELATIONS
    }


def done(call: Call, actor: Any, place: Place) -> bool:
    """Whether the service does it; what it did is taken back."""
    with transaction.atomic():
        try:
            call(actor, place)
        except NotAllowed:
            return False
        except BadInput as refusal:
            # Allowed to open a round, where there is nobody to ask.
            assert "nobody directly below" in refusal.en, refusal.en
        finally:
            transaction.set_rollback(True)
    return True


@pytest.mark.parametrize("name", sorted(_services()))
def test_who_may_do_it_where(world: World, name: str) -> None:
    right, call = _services()[name]
    found = {
        (role, relation): done(call, world.people[role, relation], world.places[relation])
        for role in ROLES_TRIED
        for relation in RELATIONS
    }
    assert found == expected(right)
    assert any(found.values())


@pytest.mark.parametrize("name", sorted(_selectors()))
def test_who_may_read_it_where(world: World, name: str) -> None:
    right, call = _selectors()[name]

    def shown(viewer: Any, place: Place) -> bool:
        try:
            return bool(call(viewer, place))
        except NotFound:
            return False

    found = {
        (role, relation): shown(world.people[role, relation], world.places[relation])
        for role in ROLES_TRIED
        for relation in RELATIONS
    }
    assert found == expected(right)
    assert any(found.values())


def test_every_service_of_the_rooms_stands_in_the_table() -> None:
    """A new service brings its row."""
    import inspect

    from danchu.civic.claims import services as claims
    from danchu.civic.dialogue import services as dialogue
    from danchu.civic.disclosure import services as disclosure
    from danchu.civic.otherwork import services as other
    from danchu.civic.reception import services as reception
    from danchu.core.changes import services as changes
    from danchu.reporting.figures import services as figures
    from danchu.reporting.reading import services as readings
    from danchu.reporting.requests import sending
    from danchu.reporting.requests import services as requests
    from danchu.reporting.reviews import freezing, issuers, notes, returning
    from danchu.reporting.rounds import asking_back, closing, commenting, dates, entering
    from danchu.reporting.rounds import services as rounds

    named: set[str] = set()
    for room in (
        claims,
        dialogue,
        disclosure,
        other,
        reception,
        figures,
        readings,
        issuers,
        notes,
        returning,
        rounds,
        closing,
        commenting,
        dates,
        entering,
        asking_back,
        freezing,
        requests,
        changes,
        sending,
    ):
        package = room.__name__.removesuffix(".services")
        package = package.removesuffix(".closing").removesuffix(".freezing")
        package = package.removesuffix(".entering").removesuffix(".commenting")
        package = (
            package.removesuffix(".asking_back").removesuffix(".dates").removesuffix(".returning")
        )
        for name, value in vars(room).items():
            if (
                inspect.isfunction(value)
                and not name.startswith("_")
                and value.__module__.startswith(package)
                and "actor" in inspect.signature(value).parameters
            ):
                named.add(name)
    assert named - set(_services()) == set()
