"""Handing figures in as fast as a province may, while the worker folds them upward.

The people and the worker are processes of their own (``bench.hands``), as they are beside a
server. A commune hands in again and again: each time the next version of its figures.
"""

from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from danchu.civic.otherwork.models import OtherWork
from danchu.core import clock
from danchu.core.contracts import OPERATOR, work_kinds
from danchu.core.outbox.models import Message
from danchu.core.outbox.services import enqueue
from danchu.core.records.models import Record
from danchu.core.records.services import FIGURES
from danchu.reporting.figures.models import Cell
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.services import open_period
from danchu.reporting.rounds.models import Round, Submission, SubmissionValue
from danchu.reporting.rounds.services import open_round

from .child import Stage
from .country import BATCH, Country, people
from .measuring import percentile
from .results import Result, at_least, at_most
from .rollup import settle

PERIOD = "nd09:2026H1"
# Submissions a second. PostgreSQL takes what the whole country hands in on its last day; SQLite
# serves one commune or one small province, of which two a second is three times its share.
A_SECOND = {"PostgreSQL": 20, "SQLite": 2}
HANDS = 4  # processes that hand in
SHARE = 0.95
MOST_SECONDS = 2.0
MOST_FOLDING = 5.0
MOST_MEGABYTES = 300
LOOK = 0.05  # seconds between two looks at what waits


def round_of_province(stage: Stage) -> Round:
    """The open round of the province looked at; its communes have records to report."""
    land = stage.land()
    period = open_period(PERIOD)
    known = Round.objects.filter(unit_id=land.province, period=period).first()
    if known is not None:
        return known
    _write_works(land, stage.today)
    opened = open_round(
        actor=OPERATOR,
        unit_id=land.province,
        period=period,
        title="Đợt báo cáo mẫu",
        cut_off=period.end,
        due_on=period.end,
        overlaps_seen=True,  # the roll-up was measured with a round of the quarter before
    )
    with transaction.atomic():
        enqueue(FIGURES, period_id=period.pk)
    settle()
    return opened


def _write_works(land: Country, today: dt.date, each: int = 60) -> None:
    kinds = sorted(work_kinds())
    records, works = [], []
    for place, unit_id in enumerate(land.communes):
        for number in range(each):
            record = Record(
                kind="otherwork", unit_id=unit_id, occurred_on=today - dt.timedelta(number)
            )
            records.append(record)
            works.append(
                OtherWork(
                    record=record,
                    kind=kinds[number % len(kinds)],
                    number=_number(kinds[number % len(kinds)], place),
                )
            )
    Record.objects.bulk_create(records, batch_size=BATCH)
    for work in works:
        work.record = work.record  # the record had no id when it was given
    OtherWork.objects.bulk_create(works, batch_size=BATCH)


def _number(kind: str, place: int) -> int:
    """A number with which a form holds together: a part is small, a whole is large."""
    if kind == "dossiers_resolved":
        return 2  # one in time and one late
    return 1 if definitions()[kind].part_of else 100 + place % 40


def measure(stage: Stage) -> list[Result]:
    """``A_SECOND`` submissions a second from several processes beside the worker."""
    land = stage.land()
    wanted = A_SECOND[stage.engine] * stage.seconds
    every = HANDS / A_SECOND[stage.engine]
    opened = round_of_province(stage)
    before = Submission.objects.filter(round=opened).count()
    with _working() as worker:
        waits = _Waiting()
        hands = [
            _hand(opened, land, number, every, round(stage.seconds / every))
            for number in range(HANDS)
        ]
        while any(hand.poll() is None for hand in hands):
            waits.look()
        ended = time.monotonic()
        while waits.look() and time.monotonic() - ended < 60:
            pass
        memory = _memory(worker.pid)
    told: list[list[Any]] = [one for hand in hands for one in json.loads(hand.stdout.read())]  # type: ignore[union-attr]
    taken = [seconds for seconds, _late, _taken in told]
    kept = Submission.objects.filter(round=opened).count() - before
    _must_have_arrived(land, opened)
    form = SubmissionValue.objects.filter(submission__round=opened).count() // max(1, kept + before)
    rate = (
        f"{len(told)} versions of {form} values handed in for {len(land.communes)} communes, "
        f"{A_SECOND[stage.engine]} a second for {stage.seconds} s by {HANDS} processes beside one "
        f"worker, the latest {max(late for _s, late, _t in told):.1f} s behind its time; on the "
        "clock of a shared machine"
    )
    return [
        at_least(
            f"submissions that stand, {stage.engine}",
            kept,
            wanted,
            "submissions",
            f"{sum(not t for _s, _l, t in told)} refused by the database; {rate}",
        ),
        at_most(
            f"submission accepted, {stage.engine}",
            percentile(taken, SHARE),
            MOST_SECONDS,
            "s, 95th percentile",
            rate,
        ),
        at_most(
            f"submission due and accepted, {stage.engine}",
            percentile([seconds + late for seconds, late, _t in told], SHARE),
            MOST_SECONDS,
            "s, 95th percentile",
            f"the time it waited for its turn counted too; {rate}",
        ),
        at_most(
            f"submission in every ancestor, {stage.engine}",
            waits.longest,
            MOST_FOLDING,
            "s, the slowest",
            f"from the commit until its message is folded up to the nation; {rate}",
        ),
        at_most(
            f"memory of the worker, {stage.engine}",
            memory,
            MOST_MEGABYTES,
            "MB",
            "the most it held at once while these were folded",
        ),
    ]


class _Waiting:
    """How long messages are seen to wait in the outbox; those of a day to come are not late."""

    def __init__(self) -> None:
        self._seen: dict[int, float] = {}
        self.longest = 0.0

    def look(self) -> bool:
        """Look once, and say whether anything waits."""
        time.sleep(LOOK)
        due = Message.objects.filter(Q(due_at__isnull=True) | Q(due_at__lte=clock.now()))
        ids = set(due.filter(topic=FIGURES).values_list("pk", flat=True))
        at = time.monotonic()
        for pk in ids:
            # It may have come at any moment since the last look.
            self._seen.setdefault(pk, at - LOOK)
        for pk in set(self._seen) - ids:
            self.longest = max(self.longest, at - self._seen.pop(pk))
        if self._seen:
            self.longest = max(self.longest, at - min(self._seen.values()))
        return bool(ids)


@contextmanager
def _working() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", "bench.hands", "work"])
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _hand(
    opened: Round, land: Country, number: int, every: float, times: int
) -> subprocess.Popen[bytes]:
    units = ",".join(map(str, land.communes[number::HANDS]))
    actor = str(people(land.province)[0].pk)
    command = ["hand-in", str(opened.pk), actor, units, str(times), str(every)]
    return subprocess.Popen([sys.executable, "-m", "bench.hands", *command], stdout=subprocess.PIPE)


def _memory(process_id: int) -> float:
    """The most a process has held at once so far, in megabytes."""
    status = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _must_have_arrived(land: Country, opened: Round) -> None:
    """The nation and the province count every commune that handed in, or nothing was measured."""
    given = Submission.objects.filter(round=opened).values("unit").distinct().count()
    for unit_id in (land.province, land.nation):
        cells = Cell.objects.filter(
            unit_id=unit_id, period_id=opened.period_id, layer="reported", reach="all", dimension=""
        )
        most = max(cells.values_list("n_reported", flat=True), default=0)
        if most != given:
            raise RuntimeError(f"{most} of {given} communes reached the top")
