"""Records in bulk: what ``record_dialogue``, ``record_reception``, ``record_other_work`` leave."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping
from functools import cache

from danchu.civic.dialogue import rules
from danchu.civic.dialogue.services import OpinionInput
from danchu.core import clock
from danchu.core.ledger.services import Deed as Entry
from danchu.core.records.services import FIGURES

from .frame import People
from .plan import Answer, Deed, DialoguePlan, ReceptionPlan, WorkPlan
from .tables import Tables


class Records:
    """Writes what was written down in a province.

    ``units``: those with records. ``shown``: unit -> changes that its public pages show.
    """

    def __init__(self, tables: Tables, ids: Mapping[str, int], people: People) -> None:
        self.units: set[int] = set()
        self.shown: Counter[int] = Counter()
        self._tables = tables
        self._ids = ids
        self._actor = people.recorder.pk
        self._now = clock.now()
        self._today = clock.today()
        self._due_on = cache(rules.publication_duty)  # the same for every dialogue of a day

    def write_down(self, deed: Deed) -> None:
        """Write one deed with its entries in the ledger."""
        unit_id = self._ids[deed.unit]
        self.units.add(unit_id)
        if isinstance(deed, DialoguePlan):
            self._dialogue(deed, unit_id)
        elif isinstance(deed, ReceptionPlan):
            self._reception(deed, unit_id)
        else:
            self._work(deed, unit_id)

    def _log(self, code: str, record_id: int, data: Mapping[str, object]) -> None:
        self._tables.deeds.append(Entry(code, self._actor, record_id, data))

    def _record(
        self,
        kind: str,
        unit_id: int,
        day: dt.date,
        *,
        public_id: uuid.UUID | None = None,
        key: uuid.UUID | None = None,
        public: bool = False,
        version: int = 1,
    ) -> int:
        return self._tables.records.add(
            public_id or uuid.uuid4(),
            kind,
            unit_id,
            day,
            "public" if public else "internal",
            self._actor,
            key or uuid.uuid4(),
            self._now,
            version,
        )

    def _reception(self, deed: ReceptionPlan, unit_id: int) -> None:
        made = self._record("reception", unit_id, deed.day, key=deed.key)
        said = deed.content
        values = {
            "form": said.form,
            "receiver": said.receiver,
            "receiver_post": said.receiver_post,
            "place": said.place,
            "visits": said.visits,
            "people": said.people,
            "matters": said.matters,
            "mass_groups": said.mass_groups,
            "note": said.note,
        }
        self._tables.receptions.add(made, *values.values())
        self._log("reception.recorded", made, {**values, "occurred_on": deed.day})

    def _work(self, deed: WorkPlan, unit_id: int) -> None:
        made = self._record("otherwork", unit_id, deed.day, key=deed.key)
        said = deed.content
        values = {
            "kind": said.kind,
            "base_kind": said.base_kind,
            "number": said.number,
            "people": said.people,
            "place": said.place,
            "note": said.note,
        }
        self._tables.works.add(made, *values.values())
        self._log("otherwork.recorded", made, {**values, "occurred_on": deed.day})

    def _dialogue(self, deed: DialoguePlan, unit_id: int) -> None:
        said, published = deed.content, deed.published
        public_id = uuid.uuid4()
        public = said.public or published is not None
        made = self._record(
            "dialogue",
            unit_id,
            deed.day,
            public_id=public_id,
            key=deed.key,
            public=public,
            version=2 if published else 1,
        )
        first = {
            "kind": said.kind,
            "base_kind": said.base_kind,
            "topic": said.topic,
            "place": said.place,
            "chair_post": said.chair_post,
            "participants": said.participants,
            "result_summary": said.result_summary,
        }
        last = {**first, "result_summary": deed.result} if published else first
        self._tables.dialogues.add(made, *last.values(), published)
        path = rules.office_path(public_id)
        numbers = [
            self._opinion(opinion, answer, order, made, unit_id, deed.day, public, path)
            for order, (opinion, answer) in enumerate(
                zip(said.opinions, deed.answers, strict=True), start=1
            )
        ]
        self._publication(deed, made, unit_id, path)
        self.shown[unit_id] += said.public
        for number, opinion in zip(numbers, said.opinions, strict=True):
            self._log("opinion.recorded", number, _columns(opinion))
        self._log(
            "dialogue.recorded",
            made,
            {**first, "occurred_on": deed.day, "opinions": len(numbers)},
        )
        for number, answer in zip(numbers, deed.answers, strict=True):
            if answer is not None:
                self.shown[unit_id] += 1
                self._log(
                    "opinion.answered",
                    number,
                    {"on": answer.on, "outcome": answer.outcome, "answer": answer.text},
                )
        if published:
            self.shown[unit_id] += 1
            data = {"on": published, "summary": deed.result}
            self._log("dialogue.result_published", made, data)

    def _opinion(
        self,
        said: OpinionInput,
        answer: Answer | None,
        order: int,
        dialogue_id: int,
        unit_id: int,
        day: dt.date,
        public: bool,
        path: str,
    ) -> int:
        made = self._record("opinion", unit_id, day, public=public, version=2 if answer else 1)
        taken_up = said.taken_up_on
        if answer is not None and said.within_competence:
            taken_up = min(taken_up or answer.on, answer.on)
        self._tables.opinions.add(
            made,
            dialogue_id,
            order,
            said.text,
            said.field,
            said.within_competence,
            said.assigned_to,
            said.due_on,
            taken_up,
            answer.on if answer else None,
            answer.text if answer else "",
            answer.outcome if answer else "",
        )
        if said.due_on is not None and said.due_on >= self._today:
            self._look_again(unit_id, said.due_on + dt.timedelta(days=1))
        self._tables.tasks.add(
            unit_id,
            made,
            "opinion.answer",
            f"Trả lời ý kiến: {said.text[:140]}",
            "",
            day,
            said.due_on,
            "calendar",
            f"{path}#y-kien-{order}",
            self._now if answer else None,
            self._actor if answer else None,
            f"opinion.answer:{made}",
        )
        return made

    def _look_again(self, unit_id: int, day: dt.date) -> None:
        """As ``touch_figures_later``: a promised day that passes changes what is overdue."""
        real_day = clock.day_of(self._now) + (day - self._today)
        begins = dt.datetime.combine(real_day, dt.time(), clock.VIET_NAM)
        self._tables.messages.add(FIGURES, unit_id, day, "opinion", self._now, begins)

    def _publication(self, deed: DialoguePlan, made: int, unit_id: int, path: str) -> None:
        duty = self._due_on(deed.content.kind, deed.day)
        if duty is None:
            return
        self._tables.tasks.add(
            unit_id,
            made,
            "dialogue.publish_result",
            f"Công bố kết quả đối thoại: {deed.content.topic[:140]}",
            duty.basis,
            deed.day,
            duty.due_on,
            duty.day_unit,
            path,
            self._now if deed.published else None,
            self._actor if deed.published else None,
            f"dialogue.publish:{made}",
        )


def _columns(said: OpinionInput) -> dict[str, object]:
    return {
        "text": said.text,
        "field": said.field,
        "within_competence": said.within_competence,
        "assigned_to": said.assigned_to,
        "due_on": said.due_on,
        "taken_up_on": said.taken_up_on,
    }
