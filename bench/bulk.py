"""A commune with years of records, written in bulk and always the same."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from danchu.civic.dialogue.models import Dialogue, Opinion
from danchu.civic.otherwork.models import OtherWork
from danchu.civic.reception.models import Reception
from danchu.core.accounts.models import Account, RoleGrant
from danchu.core.calendar.models import Period
from danchu.core.contracts import work_kinds
from danchu.core.outbox.services import drain, enqueue
from danchu.core.records.models import Record
from danchu.core.records.services import FIGURES
from danchu.core.units.models import UnitState
from danchu.reporting.reading.models import Decision, ReadDocument, ReadFigure

BATCH = 2000
_SINCE = dt.date(2025, 7, 1)
_KEYS = uuid.UUID("7c1b8f2a-46a5-4a57-9d8e-0d2f3c4b5a69")


def fill_commune(day: dt.date) -> str:
    """Years of work, readings and people for the demonstration's commune; says how many."""
    unit = UnitState.objects.get(code="9A001", valid_to__isnull=True).unit_id
    author = Account.objects.get(email="ghiviec.benmau@minhhoa.example").pk
    if not Account.objects.filter(email__startswith="nguoi0.mau").exists():
        write_years(unit, author, day)
        write_readings(unit, author, day, 60, 30)
        write_people(unit, 60)
        period = Period.objects.get(code="nd09:2026H1")
        with transaction.atomic():
            enqueue(FIGURES, unit_id=unit, period_id=period.pk)
        while drain():
            pass
    records = Record.objects.filter(unit_id=unit).count()
    people = RoleGrant.objects.filter(unit_id=unit).count()
    return f"{records} records, {people} people in the commune"


def write_years(unit_id: int, author_id: int, day: dt.date, months: int = 60) -> int:
    """Years of records of one commune: what a list must page through without slowing down."""
    kinds = sorted(work_kinds())
    records: list[Record] = []
    works: list[OtherWork] = []
    receptions: list[Reception] = []
    for number in range(months * 70):
        # Since the commune exists; many on one day do no harm here.
        on = max(_SINCE, day - dt.timedelta(days=number % 330))
        if number % 3:
            record = _record("otherwork", unit_id, on, author_id)
            works.append(
                OtherWork(record=record, kind=kinds[number % len(kinds)], number=1 + number % 50)
            )
        else:
            record = _record("reception", unit_id, on, author_id)
            receptions.append(
                Reception(
                    record=record,
                    form="regular",
                    receiver="officer",
                    receiver_post="Công chức tiếp công dân",
                    visits=number % 4,
                )
            )
        records.append(record)
    _create(records, works, receptions)
    return len(records) + _write_dialogues(unit_id, author_id, day, months * 4)


def _write_dialogues(unit_id: int, author_id: int, day: dt.date, count: int) -> int:
    """Public dialogues of four opinions, half of them answered."""
    records: list[Record] = []
    dialogues: list[Dialogue] = []
    opinions: list[Opinion] = []
    for number in range(count):
        on = max(_SINCE, day - dt.timedelta(days=20 + number))
        record = _record("dialogue", unit_id, on, author_id, "public")
        dialogue = Dialogue(
            record=record,
            kind="people",
            topic=f"Đối thoại mẫu số {number + 1} về nước sạch và đường thôn",
            place="Nhà văn hóa thôn Mẫu",
            chair_post="Chủ tịch UBND xã",
            participants=40 + number % 60,
            result_summary="Giao các bộ phận trả lời.",
            result_published_on=on + dt.timedelta(days=8),
        )
        records.append(record)
        dialogues.append(dialogue)
        for order in range(1, 5):
            said = _record("opinion", unit_id, on, author_id, "public")
            records.append(said)
            answered = on + dt.timedelta(days=6) if order % 2 else None
            opinions.append(
                Opinion(
                    record=said,
                    dialogue=dialogue,
                    order=order,
                    text=f"Ý kiến mẫu số {order}: ngõ ngập mỗi khi mưa.",
                    taken_up_on=answered,
                    answered_on=answered,
                    answer="Đã khơi cống." if answered else "",
                    outcome="accepted" if answered else "",
                )
            )
    _create(records, dialogues, opinions)
    return len(records)


def write_readings(unit_id: int, author_id: int, day: dt.date, count: int, each: int) -> int:
    """Reports taken in, each with figures waiting for a decision."""
    records: list[Record] = []
    documents: list[ReadDocument] = []
    figures: list[ReadFigure] = []
    for number in range(count):
        record = _record("reading", unit_id, day - dt.timedelta(days=number), author_id)
        document = ReadDocument(
            record=record,
            title=f"Báo cáo mẫu số {number + 1}",
            media_type="text/plain",
            text="Tổ chức 12 hội nghị. " * each,
            text_hash=f"{number:064d}",
            doc_kind="report",
            reader_version="1",
        )
        records.append(record)
        documents.append(document)
        figures += [
            ReadFigure(
                document=document,
                position=place,
                key="conferences_held",
                amount=12,
                stated="12",
                surface="12 hội nghị",
                start=8 + 21 * place,
                end=19 + 21 * place,
                confidence=900,
                decision=Decision.PENDING if place % 3 else Decision.REJECTED,
            )
            for place in range(each)
        ]
    _create(records, documents, figures)
    return len(records)


def write_people(unit_id: int, count: int) -> int:
    """People of a unit, each with one role."""
    accounts = [
        Account(
            email=f"nguoi{number}.mau@minhhoa.example",
            name=f"Trần Mẫu {number}",
            post="Cán bộ mẫu",
            is_demo=True,
        )
        for number in range(count)
    ]
    Account.objects.bulk_create(accounts)
    RoleGrant.objects.bulk_create(
        RoleGrant(account=account, role="viewer", unit_id=unit_id, valid_from=_SINCE)
        for account in accounts
    )
    return count


_made = 0


def _record(
    kind: str, unit_id: int, on: dt.date, author_id: int | None, visibility: str = "internal"
) -> Record:
    global _made
    _made += 1
    return Record(
        kind=kind,
        unit_id=unit_id,
        occurred_on=on,
        author_id=author_id,
        visibility=visibility,
        client_key=uuid.uuid5(_KEYS, f"{unit_id} {kind} {_made}"),
        public_id=uuid.uuid5(_KEYS, f"public {unit_id} {kind} {_made}"),
    )


def _create(records: list[Record], *others: list) -> None:  # type: ignore[type-arg]
    Record.objects.bulk_create(records, batch_size=BATCH)
    for rows in others:
        for row in rows:  # what points at a record took its place before the record had an id
            for name in ("record", "dialogue", "document"):
                if name in {field.name for field in row._meta.fields}:
                    setattr(row, name, getattr(row, name))
        if rows:
            type(rows[0]).objects.bulk_create(rows, batch_size=BATCH)
