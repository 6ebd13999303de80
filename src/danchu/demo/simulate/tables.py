"""The tables that a plan fills, opened and closed together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from danchu.civic.dialogue.models import Dialogue, Opinion
from danchu.civic.disclosure.models import Notice, Posting
from danchu.civic.otherwork.models import OtherWork
from danchu.civic.reception.models import Reception
from danchu.core.bulk import Table, check_references, give_back_numbering, tell_planner
from danchu.core.ledger.services import Deed, log_actions
from danchu.core.outbox.models import Message
from danchu.core.records.models import Record, RecordVersion
from danchu.core.search.models import IndexedRecord
from danchu.core.units.models import Placement, PublicVersion, Unit, UnitState
from danchu.core.work.models import Task
from danchu.reporting.rounds.models import (
    ExpectedReporter,
    FormValue,
    Round,
    Submission,
    SubmissionValue,
)

AT_ONCE = 20_000  # rows that wait before they are written
LARGEST = (SubmissionValue, FormValue)
NOTICED = (Record, RecordVersion, Notice, Posting, IndexedRecord, Task)  # what notices fill


class Tables:
    """Rows that wait, by table, and the entries of the ledger that tell of them."""

    def __init__(self) -> None:
        self.units = Table(Unit, "public_id level is_demo is_registered registered_code")
        self.states = Table(
            UnitState,
            "unit_id code name kind folded bare_folded sort_key valid_from basis",
        )
        self.placements = Table(Placement, "unit_id parent_id path valid_from basis")
        self.public_versions = Table(PublicVersion, "unit_id number")
        self.records = Table(
            Record,
            "public_id kind unit_id occurred_on visibility author_id client_key created_at version",
        )
        self.dialogues = Table(
            Dialogue,
            "record_id kind base_kind topic place chair_post participants result_summary"
            " result_published_on",
        )
        self.opinions = Table(
            Opinion,
            "record_id dialogue_id order text field within_competence assigned_to due_on"
            " taken_up_on answered_on answer outcome",
        )
        self.receptions = Table(
            Reception,
            "record_id form receiver receiver_post place visits people matters mass_groups note",
        )
        self.works = Table(OtherWork, "record_id kind base_kind number people place note")
        self.notices = Table(
            Notice,
            "record_id base_kind rule_key rule_version title text document_number decided_on"
            " due_on derivation permanent folded",
        )
        self.postings = Table(
            Posting, "record_id notice_id kind place place_key ends_on least_days complete_on"
        )
        self.indexed = Table(IndexedRecord, "record_id unit_id kind day title words")
        self.versions = Table(
            RecordVersion, "record_id number content changed_at changed_by_id reason"
        )
        self.tasks = Table(
            Task,
            "unit_id record_id kind title basis starts_on due_on day_unit path done_at done_by_id"
            " key",
        )
        self.messages = Table(Message, "topic unit_id day form created_at due_at")
        self.rounds = Table(
            Round,
            "public_id unit_id period_id title cut_off due_on structure_on opened_at opened_by_id",
        )
        self.expected = Table(ExpectedReporter, "round_id unit_id due_on")
        self.typed = Table(
            FormValue,
            "round_id unit_id indicator_id state amount reason row_version changed_by_id"
            " changed_at",
        )
        self.submissions = Table(
            Submission,
            "record_id round_id unit_id number state submitted_at decided_at decided_by_id reason",
        )
        self.values = Table(
            SubmissionValue, "submission_id indicator_id state amount recorded_amount reason"
        )
        self.deeds: list[Deed] = []
        self._all = [table for table in vars(self).values() if isinstance(table, Table)]

    def flush_when_full(self) -> None:
        """Write when enough waits; called between two communes."""
        if self.values.waiting + self.units.waiting * 20 + self.records.waiting >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write everything that waits."""
        for table in self._all:
            table.flush()
        deeds, self.deeds = self.deeds, []
        log_actions(deeds)

    @contextmanager
    def written(self) -> Iterator[None]:
        """What is added inside gets ids that nobody else gives meanwhile, and is written."""
        for table in self._all:
            table.begin()
        yield
        self.flush()
        check_references()
        tell_planner(self._all)
        give_back_numbering(table.model for table in self._all)
