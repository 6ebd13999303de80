"""The roll-up built anew, beside one bare aggregate over the same tables."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from danchu.core.calendar.models import Period
from danchu.core.clock import now
from danchu.core.records.models import Record
from danchu.core.units.models import Unit, UnitState
from danchu.reporting.figures.fold import rebuild_period
from danchu.reporting.figures.models import Cell, CellState, Layer
from danchu.reporting.figures.selectors import definitions, indicator_ids
from danchu.reporting.figures.services import open_period
from danchu.reporting.rounds.models import ExpectedReporter, Round, Submission, SubmissionValue

from .child import Stage
from .country import BATCH, Country, people
from .measuring import (
    OneProcessor,
    Pair,
    Spent,
    asked_again,
    both_processes,
    in_turns,
    spending,
    statements,
)
from .results import Result, at_most

AGGREGATE = Path(__file__).with_name("aggregate.sql")
VALUES = 52  # of one form
MOST_TIMES = 2.0
MOST_MILLISECONDS = 5.0
# No line of the design: besides the roll-up it asks what waits for an answer in each unit below.
MOST_OF_OVERVIEW = 40.0
MOST_STATEMENTS = 12
MOST_MEGABYTES = 300
REPEATS = 100
TURNS = 9


def measure(stage: Stage) -> list[Result]:
    """Every village and workplace of one province has handed in a form of 52 values."""
    land = stage.land()
    period = open_period("2025Q4")
    settle()
    values = hand_in(land, period)
    analyze()
    with OneProcessor():
        _, rows = aggregate()
        handed_in = {str(Layer.REPORTED)}  # what the aggregate reads
        anew = _beside_aggregate(period, handed_in, before=lambda: _clear(period, handed_in))
        analyze()
        cells = Cell.objects.filter(period_id=period.pk, layer__in=handed_in).count()
        again = _beside_aggregate(period, handed_in)
        every_layer = rebuilding(period)
    _same(land, period, rows)
    asked = (
        f"{values} values of {len(land.below)} villages and workplaces of "
        f"{len(land.communes)} communes, {cells} cells; "
    )
    beside = (
        "medians of processor time of this process and of the database server, one processor, "
        f"each {TURNS} times in turns with the aggregate of bench/aggregate.sql"
    )
    return [
        at_most(
            f"roll-up of a province built from nothing, {stage.engine}",
            anew.ratio,
            MOST_TIMES,
            "times the bare aggregate",
            f"{asked}written in {anew.measured:.2f} s, the aggregate {anew.standard:.2f} s; "
            f"{beside}",
        ),
        at_most(
            f"roll-up of a province built anew, {stage.engine}",
            again.ratio,
            MOST_TIMES,
            "times the bare aggregate",
            f"{asked}found to be right in {again.measured:.2f} s, the aggregate "
            f"{again.standard:.2f} s; {beside}; with the layers that the "
            f"aggregate does not read {every_layer.cpu:.2f} s",
        ),
        memory(stage),
        *province_page(stage, land, period),
    ]


def settle() -> None:
    """What the worker does until nothing waits."""
    from danchu.core.outbox.services import drain

    while drain():
        pass


def hand_in(land: Country, period: Period) -> int:
    """Accepted versions of every unit below the communes, in bulk; how many values."""
    chosen = [
        key
        for key, meaning in definitions().items()
        if meaning.unit_operator == "sum" and meaning.time_operator == "sum"
    ][:VALUES]
    ids = [indicator_ids()[key] for key in chosen]
    opened = Round.objects.create(
        unit_id=land.province,
        period=period,
        title="Đợt báo cáo mẫu",
        cut_off=period.end,
        due_on=period.end,
        structure_on=period.end,
        opened_at=now(),
    )
    ExpectedReporter.objects.bulk_create(
        ExpectedReporter(round=opened, unit_id=unit, due_on=period.end) for unit in land.communes
    )
    records = [
        Record(kind="submission", unit_id=unit, occurred_on=period.end) for unit in land.below
    ]
    Record.objects.bulk_create(records, batch_size=BATCH)
    versions = [
        Submission(
            record=record,
            round=opened,
            unit_id=record.unit_id,
            number=1,
            state=Submission.State.ACCEPTED,
            submitted_at=now(),
        )
        for record in records
    ]
    Submission.objects.bulk_create(versions, batch_size=BATCH)
    made = 0
    for start in range(0, len(versions), 400):
        values = [
            _value(version, indicator_id, (7 * (start + order) + 3 * number) % 41)
            for order, version in enumerate(versions[start : start + 400])
            for number, indicator_id in enumerate(ids)
        ]
        SubmissionValue.objects.bulk_create(values, batch_size=BATCH)
        made += len(values)
    return made


_OTHER = {0: CellState.ZERO, 1: CellState.NOT_APPLICABLE, 2: CellState.MISSING}


def _value(version: Submission, indicator_id: int, number: int) -> SubmissionValue:
    state = _OTHER.get(number, CellState.REPORTED)
    amount = {CellState.ZERO: 0, CellState.REPORTED: number}.get(state)
    return SubmissionValue(
        submission=version, indicator_id=indicator_id, state=state, amount=amount
    )


def analyze() -> None:
    """Tell the engine what the tables hold, and let PostgreSQL tidy them.

    A server does both by itself in time, and would do it while the first figures are measured.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def rebuilding(period: Period, layers: set[str] | None = None) -> Spent:
    """What building the cells of a period anew takes, in these layers or in all."""
    with spending(with_database=True) as spent, transaction.atomic():
        rebuild_period(period, layers)
    return spent


def _clear(period: Period, layers: set[str]) -> None:
    Cell.objects.filter(period_id=period.pk, layer__in=layers).delete()
    analyze()


def _beside_aggregate(
    period: Period, layers: set[str], before: Callable[[], object] | None = None
) -> Pair:
    """Whatever else the machine does meets both alike, for they take turns."""
    return in_turns(
        lambda: rebuilding(period, layers),
        _sums,
        times=TURNS,
        before=before,
        clock=both_processes,
    )


def _sums() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(AGGREGATE.read_text(encoding="utf-8"))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def aggregate() -> tuple[Spent, list[tuple[Any, ...]]]:
    """What the bare aggregate takes, and its rows."""
    # Twice: what the first one brings into memory must not be told apart from the sums.
    for _ in range(2):
        with spending(with_database=True) as spent:
            rows = _sums()
    return spent, rows


def _same(land: Country, period: Period, rows: list[tuple[Any, ...]]) -> None:
    """A measurement of two things that differ would mean nothing."""
    summed: Counter[tuple[int, int]] = Counter()
    for commune, indicator, of_period, _state, amount, _count in rows:
        if of_period != period.pk:
            continue  # what the demonstration handed in
        for unit in (commune, land.province, land.nation):
            summed[unit, indicator] += int(amount or 0)
    stored = {
        (unit, indicator): amount
        for unit, indicator, amount in Cell.objects.filter(
            period_id=period.pk,
            layer="reported",
            reach="all",
            unit_id__in=[*land.communes, land.province, land.nation],
        ).values_list("unit_id", "indicator_id", "amount")
    }
    if summed != stored:
        raise RuntimeError("the roll-up and the bare aggregate give different sums")


def memory(stage: Stage) -> Result:
    """``danchu rollup rebuild`` in a process of its own, at its largest.

    ``ru_maxrss`` would tell the larger of this process and that one: Linux hands it on to whatever
    a process starts. ``VmHWM`` begins anew with the program.
    """
    code = (
        "import pathlib, sys\n"
        "from danchu.cli import main\n"
        "status = main(['rollup', 'rebuild'])\n"
        "told = pathlib.Path('/proc/self/status').read_text().split()\n"
        "print(told[told.index('VmHWM:') + 1])\n"
        "sys.exit(status)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "danchu.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return at_most(
        f"memory of a rebuilding process, {stage.engine}",
        int(run.stdout.split()[-1]) / 1024,
        MOST_MEGABYTES,
        "MB",
        "danchu rollup rebuild over all periods of this installation, the most it held at once",
    )


def province_page(stage: Stage, land: Country, period: Period) -> list[Result]:
    """Every statement of the page, asked again with its rows fetched: what the database takes."""
    from .browser import Browser, cookie_of

    code = UnitState.objects.get(unit_id=land.province).code
    browser = Browser(cookie_of(people(land.province)[1]))
    return [
        result
        for name, page, most in (
            ("page", "so-lieu", MOST_MILLISECONDS),
            ("overview", "toan-canh", MOST_OF_OVERVIEW),
        )
        for result in _asked_of(stage, browser, name, f"/office/{page}/{code}/{period.code}/", most)
    ]


def _asked_of(stage: Stage, browser: Any, name: str, address: str, most: float) -> list[Result]:
    browser.get(address)
    with statements() as sent:
        browser.get(address)
    seconds = statistics.median(asked_again(sent.sent, REPEATS) for _ in range(TURNS))
    units = Unit.objects.count()
    return [
        at_most(
            f"province {name} from the roll-up, {stage.engine}: database time",
            seconds * 1000,
            most,
            "ms",
            f"the {len(sent.sent)} statements of {address} asked again {REPEATS} times with their "
            f"rows fetched, the median of {TURNS} such; processor time of the database; "
            f"{units} units",
        ),
        at_most(
            f"province {name} from the roll-up, {stage.engine}: statements",
            len(sent.sent),
            MOST_STATEMENTS,
            "statements",
            address,
        ),
    ]
