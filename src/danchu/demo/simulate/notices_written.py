"""Writing the notices of a simulated country: one service at a time, or rows many at once.

Both leave the same rows; a test holds them against each other. The units, people and the period
of the plan must be there.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from django.db import transaction
from django.db.models import F

from danchu.civic.disclosure import rules
from danchu.civic.disclosure.folding import rebuild
from danchu.civic.disclosure.services import record_notice, take_down
from danchu.core import clock
from danchu.core.accounts.models import Account
from danchu.core.bulk import references_checked_at_the_end
from danchu.core.calendar.models import Period
from danchu.core.law.catalog import Rule
from danchu.core.ledger.services import Deed
from danchu.core.outbox.services import drain
from danchu.core.records.services import FIGURES
from danchu.core.search.tokens import words_of
from danchu.core.text import fold
from danchu.core.units.models import PublicVersion, UnitState
from danchu.reporting.figures.fold import fold_layer
from danchu.reporting.figures.models import Layer

from .drawing import Plan
from .in_bulk import Progress
from .notices import Days, NoticePlan, notices
from .plan import ProvincePlan
from .tables import NOTICED, Tables


def notices_by_services(plan: Plan) -> None:
    """Write what communes disclosed as their officers would, and fold what follows from it."""
    with clock.on_day(plan.time.day):
        days = Days()
        for province in plan.provinces():
            actor, ids = _author(province), _unit_ids(plan, province)
            for commune in plan.communes(province):
                for one in notices(plan, commune, days):
                    made = record_notice(
                        actor=actor,
                        unit_id=ids[one.unit],
                        occurred_on=one.day,
                        content=one.content,
                        client_key=one.key,
                        alike=True,  # written in bulk it is not asked
                    )
                    hung = made.postings.order_by("pk").values_list("pk", flat=True)
                    for pk, day in zip(list(hung), one.taken, strict=True):
                        if day is not None:
                            take_down(actor=actor, posting_id=pk, version=1, on=day, early=True)
        while drain():
            pass


def notices_in_bulk(plan: Plan, progress: Progress | None = None) -> int:
    """Write the same, province by province; how many notices. No other writer meanwhile.

    Not inside a transaction: PostgreSQL checks the references when all is there.
    """
    written = 0
    with clock.on_day(plan.time.day), references_checked_at_the_end(NOTICED):
        period, days = Period.objects.get(code=plan.time.period.code), Days()
        for number, province in enumerate(plan.provinces(), start=1):
            with transaction.atomic():
                written += _province(plan, province, period, days)
            if progress is not None:
                progress(province.unit.name, number, plan.scale.provinces)
        rebuild()  # how communes stand with the clauses: each once, when all is there
    return written


def _author(province: ProvincePlan) -> Account:
    email = next(person.email for person in province.people if person.role == "recorder")
    return Account.objects.get(email=email)


def _unit_ids(plan: Plan, province: ProvincePlan) -> dict[str, int]:
    codes = [commune.unit.code for commune in plan.communes(province)]
    rows = UnitState.objects.filter(code__in=codes, unit__is_demo=True)
    return dict(rows.values_list("code", "unit_id"))


def _province(plan: Plan, province: ProvincePlan, period: Period, days: Days) -> int:
    tables = Tables()
    ids = _unit_ids(plan, province)
    with tables.written():
        writer = _Notices(tables, ids, _author(province).pk, days)
        for commune in plan.communes(province):
            for one in notices(plan, commune, days):
                writer.write(one)
            tables.flush_when_full()
    for unit_id, number in sorted(writer.shown.items()):
        rows = PublicVersion.objects.filter(unit_id=unit_id)
        if not rows.update(number=F("number") + number):
            PublicVersion.objects.create(unit_id=unit_id, number=number)
    held = Period.objects.select_for_update().get(pk=period.pk)
    fold_layer(held, Layer.RECORDED, set(ids.values()))
    return tables.notices.written


class _Notices:
    """Writes the notices of one province. ``shown``: unit -> changes that its board shows."""

    def __init__(self, tables: Tables, ids: Mapping[str, int], author: int, days: Days) -> None:
        self.shown: Counter[int] = Counter()
        self._tables = tables
        self._ids = ids
        self._author = author
        self._now = clock.now()
        self._today = clock.today()
        self._days = days
        self._due = cache(self._derived)

    def write(self, plan: NoticePlan) -> None:
        """What ``record_notice`` and, for each posting that ended, ``take_down`` leave."""
        said, unit_id, tables = plan.content, self._ids[plan.unit], self._tables
        rule = self._days.rules.rules[said.rule_key]
        assert said.decided_on is not None
        due_on, derivation = self._due(rule.key, said.decided_on)
        permanent = rule.period == "permanent"
        made, public = self._record("disclosure", unit_id, plan.day, 1, plan.key)
        tables.notices.add(
            made,
            "commune",
            rule.key,
            rule.version,
            said.title,
            said.text,
            said.document_number,
            said.decided_on,
            due_on,
            derivation,
            permanent,
            _folded(said.title, said.document_number, said.text),
        )
        tables.indexed.add(
            made,
            unit_id,
            "disclosure",
            plan.day,
            said.title,
            _words(said.title, said.document_number, said.text),
        )
        tables.deeds.append(
            Deed(
                "disclosure.recorded",
                self._author,
                made,
                {
                    "occurred_on": plan.day.isoformat(),
                    "rule_key": rule.key,
                    "rule_version": rule.version,
                    "title": said.title,
                    "text": said.text,
                    "document_number": said.document_number,
                    "decided_on": said.decided_on.isoformat(),
                    "due_on": due_on.isoformat() if due_on else None,
                    "permanent": permanent,
                    "table": None,
                    "named": None,
                    "names_not_after": None,
                    "documents": [],
                    "planned_item": None,
                    "corrects": None,
                    "visibility": "public",
                    "postings": len(said.postings),
                },
            )
        )
        self.shown[unit_id] += 1
        path = rules.office_path(public)
        postings = [
            self._posting(plan, number, rule, made, unit_id, path)
            for number in range(len(said.postings))
        ]
        for number, pk in enumerate(postings):
            self._taken_down(plan, number, pk, unit_id)

    def _record(
        self, kind: str, unit_id: int, day: dt.date, version: int, key: Any = None
    ) -> tuple[int, Any]:
        public = uuid.uuid4()
        made = self._tables.records.add(
            public,
            kind,
            unit_id,
            day,
            "public",
            self._author,
            key or uuid.uuid4(),
            self._now,
            version,
        )
        return made, public

    def _derived(self, key: str, decided: dt.date) -> tuple[dt.date | None, dict[str, Any]]:
        derived = self._days.derived(key, decided, posting=False)
        if derived is None:
            return None, {}
        told = {language: _plain(derived.as_json(language)) for language in ("vi", "en")}
        return derived.due, told

    def _posting(
        self, plan: NoticePlan, number: int, rule: Rule, notice: int, unit_id: int, path: str
    ) -> int:
        said, taken = plan.content.postings[number], plan.taken[number]
        complete = self._days.complete_on(rule.key, plan.day)
        least = rule.posting_days if complete else None
        made, _public = self._record("posting", unit_id, plan.day, 1 if taken is None else 2)
        self._tables.postings.add(
            made,
            notice,
            said.kind,
            said.place,
            _place_key(said.kind, said.place),
            taken,
            least,
            complete,
        )
        if complete is None:
            return made
        if complete > self._today:
            real_day = clock.day_of(self._now) + (complete - self._today)
            begins = dt.datetime.combine(real_day, dt.time(), clock.VIET_NAM)
            self._tables.messages.add(FIGURES, unit_id, complete, "posting", self._now, begins)
        self._tables.tasks.add(
            unit_id,
            made,
            "posting.take_down",
            f"Gỡ niêm yết đã đủ ngày: {said.place}, {plan.content.title}"[:300],
            "",  # taking down is no duty: neither an article nor a last day
            complete,
            None,
            "calendar",
            path,
            self._now if taken else None,
            self._author if taken else None,
            f"posting.take_down:{made}",
        )
        return made

    def _taken_down(self, plan: NoticePlan, number: int, posting: int, unit_id: int) -> None:
        said, taken = plan.content.postings[number], plan.taken[number]
        if taken is None:
            return
        before: dict[str, Any] = {
            "starts_on": plan.day.isoformat(),
            "kind": said.kind,
            "place": said.place,
            "link": "",
            "ends_on": None,
            "interruptions": [],
        }
        self._tables.versions.add(posting, 1, before, self._now, self._author, "")
        after = {**before, "ends_on": taken.isoformat()}
        self._tables.deeds.append(Deed("posting.taken_down", self._author, posting, after))
        self.shown[unit_id] += 1


def _plain(value: Any) -> Any:
    """Days as they stand in JSON."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


@cache
def _place_key(kind: str, place: str) -> str:
    return f"{kind}:{fold(place)}"[:220]


# Titles, numbers and texts are put together of few parts: each part is folded once.
_fold_part = lru_cache(maxsize=200_000)(fold)


@lru_cache(maxsize=200_000)
def _words_of_part(part: str) -> tuple[str, ...]:
    return tuple(words_of(part).split())


def _folded(*parts: str) -> str:
    return " ".join(map(_fold_part, parts))


def _words(*parts: str) -> str:
    found: dict[str, None] = {}
    for part in parts:
        found |= dict.fromkeys(_words_of_part(part))
    return " ".join(found)
