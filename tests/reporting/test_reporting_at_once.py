"""Handing in, deciding and taking in, in the same moment."""

from __future__ import annotations

import datetime as dt
import threading
import time
from typing import Any

import pytest

from danchu.core.calendar.selectors import known_period
from danchu.core.contracts import OPERATOR
from danchu.core.errors import Conflict
from danchu.core.ledger.models import Entry
from danchu.core.outbox.models import Message
from danchu.core.work.models import Task
from danchu.demo.load import settle
from danchu.reporting.figures import fold
from danchu.reporting.reading.models import ReadDocument
from danchu.reporting.reading.services import (
    DocumentInput,
    accept_above,
    decide_figure,
    take_in_document,
)
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.freezing import freeze_report, issue_report, withdraw_frozen
from danchu.reporting.reviews.models import FrozenFile, FrozenReport, Note
from danchu.reporting.reviews.notes import write_note
from danchu.reporting.reviews.returning import reopen_for_amendment
from danchu.reporting.reviews.shortcomings import shortcomings
from danchu.reporting.rounds.closing import close_round
from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.models import (
    CellComment,
    Closing,
    FormValue,
    Submission,
    SubmissionValue,
)
from danchu.reporting.rounds.services import (
    accept_submission,
    open_round,
    return_submission,
    submit,
)
from danchu.reporting.rounds.spreadsheet.taking_in import preview_sheet, take_in_sheet
from danchu.reporting.rounds.spreadsheet.writing import form_sheet
from tests.cast import TODAY, Cast, gathered
from tests.making import hold
from tests.reporting.folding import open_periods
from tests.reporting.readings import TEXT
from tests.reporting.rounds.sheets import filled


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has the lock keeps it long enough for the others to come and wait for it."""
    from danchu.core.ledger import chain

    digest = chain.digest_of

    def late(*given: Any) -> str:
        time.sleep(0.1)
        return digest(*given)

    monkeypatch.setattr(chain, "digest_of", late)


def looked(at_once: Any, call: Any) -> Any:
    (found,) = at_once(call)
    if isinstance(found, Exception):
        raise found
    return found


def open_one(cast: Cast) -> int:
    (period,) = open_periods("nd09:2026H1").values()
    return open_round(
        actor=gathered().committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết",
        cut_off=dt.date(2026, 6, 14),
        due_on=dt.date(2026, 6, 16),
    ).pk


def test_two_hand_in_at_once_and_get_numbers_of_their_own(
    committed_cast: Cast, at_once: Any, slowly: None
) -> None:
    found = looked(at_once, lambda: open_one(committed_cast))

    def hand_in() -> int:
        who = gathered().reporter_benmau
        return submit(actor=who, round_id=found, unit_id=committed_cast.benmau).number

    assert sorted(at_once(hand_in, hand_in, hand_in)) == [1, 2, 3]


def test_two_open_the_same_round_at_once_and_one_is_told(
    committed_cast: Cast, at_once: Any, slowly: None
) -> None:
    came = at_once(lambda: open_one(committed_cast), lambda: open_one(committed_cast))
    assert sorted(type(c).__name__ for c in came) == ["Conflict", "int"], came


def test_a_version_is_not_accepted_while_the_next_is_handed_in(
    committed_cast: Cast, at_once: Any, slowly: None
) -> None:
    found = looked(at_once, lambda: open_one(committed_cast))
    unit = committed_cast.benmau

    def hand_in() -> str:
        submit(actor=gathered().reporter_benmau, round_id=found, unit_id=unit)
        return "handed in"

    looked(at_once, hand_in)
    first = looked(at_once, lambda: Submission.objects.get().pk)

    def accept() -> str:
        accept_submission(actor=gathered().committee_minhhoa, submission_id=first)
        return "accepted"

    came = at_once(hand_in, accept)
    done = [c for c in came if isinstance(c, str)]
    assert len(done) == 1, came
    assert [type(c) for c in came if not isinstance(c, str)] == [Conflict], came
    states = looked(
        at_once,
        lambda: list(Submission.objects.order_by("number").values_list("state", flat=True)),
    )
    assert states in (["accepted"], ["submitted", "submitted"])


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(
    committed_cast: Cast, at_once: Any, slowly: None
) -> None:
    found = looked(at_once, lambda: open_one(committed_cast))
    unit = committed_cast.benmau

    def hand_in() -> int:
        return submit(actor=gathered().reporter_benmau, round_id=found, unit_id=unit).pk

    sent = looked(at_once, hand_in)

    def accept() -> str:
        who = gathered().leader_minhhoa
        accept_submission(actor=who, submission_id=sent, seen="submitted")
        return "accepted"

    def send_back() -> str:
        return_submission(
            actor=gathered().committee_minhhoa,
            submission_id=sent,
            reason="Xem lại",
            comments={("labour_days", ""): "Thấp hơn sổ của thôn"},
            seen="submitted",
        )
        return "returned"

    came = at_once(accept, send_back)
    (done,) = (c for c in came if isinstance(c, str))
    assert [type(c) for c in came if not isinstance(c, str)] == [Conflict], came
    state, comments = looked(
        at_once, lambda: (Submission.objects.get().state, CellComment.objects.count())
    )
    assert (state, comments) == (done, int(done == "returned"))


@pytest.fixture
def typing_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has read the cell thinks long enough for the others to come and read it too."""
    from danchu.reporting.rounds import entering

    differs = entering.differs

    def late(*given: Any) -> bool:
        time.sleep(0.1)
        return differs(*given)

    monkeypatch.setattr(entering, "differs", late)


def test_two_officers_type_into_one_cell_at_once_and_one_is_shown_the_other(
    committed_cast: Cast, at_once: Any, typing_slowly: None
) -> None:
    found = looked(at_once, lambda: open_one(committed_cast))

    def typed(text: str) -> Any:
        return enter_value(
            actor=gathered().reporter_benmau,
            round_id=found,
            unit_id=committed_cast.benmau,
            indicator="labour_days",
            row_version=0,
            text=text,
        ).amount

    came = at_once(lambda: typed("40"), lambda: typed("41"))
    assert sorted(type(c).__name__ for c in came) == ["CellTaken", "int"], came
    (kept,) = [c for c in came if isinstance(c, int)]
    (refusal,) = [c for c in came if not isinstance(c, int)]
    assert refusal.theirs.amount == kept
    looked(at_once, lambda: FormValue.objects.get(amount=kept, row_version=1).pk)
    # The same number by both, or sent twice because the line was cut, is one change.
    assert at_once(lambda: typed(str(kept)), lambda: typed(str(kept))) == [kept, kept]


def test_two_confirm_an_imported_form_at_once_and_it_is_written_once(
    committed_cast: Cast, at_once: Any, slowly: None
) -> None:
    found = looked(at_once, lambda: open_one(committed_cast))
    unit = committed_cast.benmau

    def form() -> bytes:
        period = known_period("nd09:2026H1")
        assert period is not None
        return form_sheet(gathered().reporter_benmau, unit, period, {"lead": "Mục"})

    def marked(data: bytes) -> str:
        who = gathered().reporter_benmau
        return preview_sheet(actor=who, round_id=found, unit_id=unit, data=data).mark

    def confirm(data: bytes, mark: str) -> int:
        who = gathered().reporter_benmau
        return take_in_sheet(actor=who, round_id=found, unit_id=unit, data=data, mark=mark)

    def kept() -> list[tuple[str, int | None, int]]:
        rows = FormValue.objects.order_by("indicator__key")
        return list(rows.values_list("indicator__key", "amount", "row_version"))

    empty = looked(at_once, form)
    data = filled(empty, labour_days=40, cases_resolved=8)
    mark = looked(at_once, lambda: marked(data))
    came = at_once(*[lambda: confirm(data, mark)] * 3)
    refusals = [c for c in came if not isinstance(c, int)]
    assert [c for c in came if isinstance(c, int)] == [2], came
    assert [(type(c), c.code) for c in refusals] == [(Conflict, "written_already")] * 2, came
    written = [("cases_resolved", 8, 1), ("labour_days", 40, 1)]
    assert looked(at_once, kept) == written
    entries = Entry.objects.filter(code="form.sheet_taken_in")
    assert looked(at_once, entries.count) == 1

    # Two files that say different things: what the second saw is gone, and it is told.
    one, other = (filled(looked(at_once, form), labour_days=days) for days in (50, 60))
    marks = [looked(at_once, lambda each=each: marked(each)) for each in (one, other)]
    came = at_once(lambda: confirm(one, marks[0]), lambda: confirm(other, marks[1]))
    (refusal,) = [c for c in came if not isinstance(c, int)]
    assert (type(refusal), refusal.code) == (Conflict, "looked_otherwise"), came
    days = 50 if came[0] == 1 else 60
    assert looked(at_once, kept) == [written[0], ("labour_days", days, 2)]


def test_what_is_typed_while_the_round_closes_is_in_it_or_refused(
    committed_cast: Cast, at_once: Any, slowly: None, typing_slowly: None
) -> None:
    found = looked(at_once, lambda: open_one(committed_cast))
    units = [committed_cast.benmau, committed_cast.caumau]

    def typed() -> str:
        enter_value(
            actor=gathered().reporter_benmau,
            round_id=found,
            unit_id=committed_cast.benmau,
            indicator="labour_days",
            row_version=0,
            text="40",
        )
        return "typed"

    def close() -> str:
        close_round(actor=gathered().committee_minhhoa, round_id=found, missing=units)
        return "closed"

    came = at_once(typed, close)
    assert "closed" in came, came
    rows = looked(at_once, lambda: FormValue.objects.count())
    assert rows == (came[0] == "typed"), came


def test_what_another_worker_is_folding_is_waited_for(
    committed_cast: Cast, at_once: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker has taken the message of a record and is slow; the version has the record."""
    found = looked(at_once, lambda: open_one(committed_cast))
    looked(at_once, lambda: drained())
    unit = committed_cast.benmau
    looked(at_once, lambda: hold(gathered().recorder_benmau, unit).pk)
    taken = threading.Event()
    consume = fold.consume

    def slow(messages: list[Message]) -> None:
        taken.set()
        time.sleep(0.3)
        consume(messages)

    monkeypatch.setattr(fold, "consume", slow)

    def work() -> None:
        drained()

    def hand_in() -> int:
        assert taken.wait(20)
        who = gathered().reporter_benmau
        made = submit(actor=who, round_id=found, unit_id=unit)
        value = SubmissionValue.objects.get(submission=made, indicator__key="dialogues_held")
        return value.amount or 0

    came = at_once(work, hand_in)
    assert came[1] == 1, came


def drained() -> None:
    from danchu.demo.load import settle

    settle()


def test_the_same_text_taken_in_twice_at_once_is_one_report(
    committed_cast: Cast, at_once: Any, slowly: None
) -> None:
    unit = committed_cast.benmau

    def take() -> str:
        take_in_document(
            actor=gathered().reporter_benmau,
            unit_id=unit,
            content=DocumentInput(name="a.txt", text=TEXT, period_code="2026H1"),
        )
        return "taken"

    looked(at_once, lambda: open_periods("2026H1") and None)
    came = at_once(take, take)
    assert sorted(c if isinstance(c, str) else type(c).__name__ for c in came) == [
        "TakenInBefore",
        "taken",
    ], came
    figure = looked(at_once, lambda: ReadDocument.objects.get().figures.first().pk)

    def decide() -> str:
        decide_figure(
            actor=gathered().reporter_benmau,
            figure_id=figure,
            row_version=0,
            decision="confirmed",
        )
        return "decided"

    came = at_once(decide, decide)
    assert sorted(c if isinstance(c, str) else type(c).__name__ for c in came) == [
        "Conflict",
        "decided",
    ], came


def test_a_version_is_in_the_closing_or_is_refused(
    committed_cast: Cast, at_once: Any, slowly: None
) -> None:
    found = looked(at_once, lambda: open_one(committed_cast))

    def hand_in() -> str:
        who = gathered().reporter_benmau
        submit(actor=who, round_id=found, unit_id=committed_cast.benmau)
        return "handed in"

    def close() -> str:
        both = [committed_cast.benmau, committed_cast.caumau]
        close_round(actor=gathered().committee_minhhoa, round_id=found, missing=both)
        return "closed"

    came = at_once(hand_in, close)
    told = [c for c in came if isinstance(c, str)]
    # One of the two is first; the other is told and nothing is lost in between.
    assert len(told) == 1, came
    assert isinstance(next(c for c in came if not isinstance(c, str)), Conflict), came
    left = looked(at_once, lambda: (Submission.objects.count(), Closing.objects.count()))
    assert left == ((1, 0) if told == ["handed in"] else (0, 1))


def _frozen(cast: Cast) -> int:
    open_periods("nd09:2026H1", "nd09:2025H1")
    hold(gathered().recorder_benmau, cast.benmau)
    open_periods("nd09:2026H1", "nd09:2025H1")
    return freeze_report(
        actor=gathered().reporter_benmau,
        code="9A001",
        period_code="nd09:2026H1",
        known=("period_runs", "figures_missing", "not_assessed"),
    ).pk


def test_two_freeze_at_once_and_one_is_told(
    committed_cast: Cast, at_once: Any, slowly: None
) -> None:
    came = at_once(lambda: _frozen(committed_cast), lambda: _frozen(committed_cast))
    assert sorted(type(c).__name__ for c in came) == ["Conflict", "int"], came
    left = looked(at_once, lambda: (FrozenReport.objects.count(), FrozenFile.objects.count()))
    assert left == (1, 2)


def test_a_report_is_issued_once_or_withdrawn_never_both(
    committed_cast: Cast, at_once: Any, slowly: None
) -> None:
    frozen = looked(at_once, lambda: _frozen(committed_cast))

    def issue() -> str:
        issue_report(
            actor=gathered().leader_benmau,
            frozen_id=frozen,
            number="5",
            issued_on=TODAY,
            signer_name="Người Ký Mẫu",
        )
        return "issued"

    def withdraw() -> str:
        withdraw_frozen(actor=gathered().reporter_benmau, frozen_id=frozen, reason="Bổ sung")
        return "withdrawn"

    came = at_once(issue, issue, withdraw)
    told = [c for c in came if isinstance(c, str)]
    assert len(told) == 1, came
    left = looked(at_once, lambda: (FrozenReport.objects.get().state, FrozenFile.objects.count()))
    # What the slower one had made is not left lying about.
    assert left == (told[0], 5 if told == ["issued"] else 2)


def test_all_above_a_level_accepted_twice_at_once_is_one_act(
    committed_cast: Cast, at_once: Any, slowly: None
) -> None:
    def take() -> int:
        return take_in_document(
            actor=gathered().reporter_benmau,
            unit_id=committed_cast.benmau,
            content=DocumentInput(name="a.txt", text=TEXT, period_code="2026H1"),
        ).pk

    looked(at_once, lambda: open_periods("2026H1") and None)
    document_id = looked(at_once, take)

    def accept() -> str:
        accept_above(actor=gathered().reporter_benmau, document_id=document_id, level=1)
        return "accepted"

    came = at_once(accept, accept)
    assert sorted(c if isinstance(c, str) else type(c).__name__ for c in came) == [
        "Conflict",
        "accepted",
    ], came
    acts = looked(
        at_once,
        lambda: set(
            ReadDocument.objects.get(pk=document_id)
            .figures.exclude(accepted_in=None)
            .values_list("accepted_in", flat=True)
        ),
    )
    assert len(acts) == 1


def test_a_finding_sent_twice_at_once_is_written_once(
    committed_cast: Cast, request: pytest.FixtureRequest, slowly: None
) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    at_once = request.getfixturevalue("at_once")

    def write() -> int:
        return write_note(
            actor=gathered().reporter_benmau,
            unit_id=committed_cast.benmau,
            period=period,
            kind="achievement",
            text="Nhà văn hóa thôn đã sửa xong.",
        ).pk

    came = at_once(write, write)
    assert sorted(type(one).__name__ for one in came) == ["Conflict", "int"], came
    assert looked(at_once, Note.objects.count) == 1


def test_a_report_issued_while_its_round_is_opened_again_is_refused_or_to_be_amended(
    committed_cast: Cast, request: pytest.FixtureRequest, slowly: None
) -> None:
    open_periods("nd09:2026H1")
    hold(gathered().recorder_benmau, committed_cast.benmau)
    settle()
    found = open_one(committed_cast)
    sent = submit(actor=gathered().reporter_benmau, round_id=found, unit_id=committed_cast.benmau)
    accept_submission(actor=gathered().committee_minhhoa, submission_id=sent.pk)
    close_round(actor=gathered().committee_minhhoa, round_id=found, missing=[committed_cast.caumau])
    settle()
    compose(viewer=OPERATOR, code="9A", period_code="nd09:2026H1")
    settle()
    report = compose(viewer=OPERATOR, code="9A", period_code="nd09:2026H1")
    frozen = freeze_report(
        actor=OPERATOR,
        code="9A",
        period_code="nd09:2026H1",
        known=[item.key for item in shortcomings(OPERATOR, report)],
    ).pk
    at_once = request.getfixturevalue("at_once")

    def issue() -> str:
        issue_report(
            actor=OPERATOR,
            frozen_id=frozen,
            number="5",
            issued_on=TODAY,
            signer_name="Người Ký Mẫu",
        )
        return "issued"

    def reopen() -> str:
        time.sleep(0.05)
        reopen_for_amendment(actor=OPERATOR, round_id=found, reason="Đính chính")
        return "opened"

    came = at_once(issue, reopen)
    assert came[1] == "opened", came
    issued = came[0] == "issued"
    assert issued or isinstance(came[0], Conflict), came
    tasks = looked(at_once, lambda: Task.objects.filter(kind="report.amend").count())
    assert tasks == int(issued)
