"""The bulk path and the services leave the same rows, the same cells and a ledger that holds."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import parse_period
from danchu.core.clock import on_day
from danchu.core.contracts import OPERATOR
from danchu.core.ledger import chain
from danchu.core.ledger.selectors import verify
from danchu.core.units.models import Unit
from danchu.demo.simulate.by_services import by_services
from danchu.demo.simulate.drawing import Plan
from danchu.demo.simulate.in_bulk import in_bulk
from danchu.demo.simulate.plan import SCALES, Scale, Time
from danchu.reporting.checks.running import CheckedValue
from danchu.reporting.figures.fold import rebuild
from danchu.reporting.figures.models import Cell, CellState
from danchu.reporting.figures.selectors import definitions, indicator_ids
from danchu.reporting.rounds.checked import require_sound
from danchu.reporting.rounds.form_cells import is_asked
from danchu.reporting.rounds.models import ExpectedReporter, Submission, SubmissionValue
from tests.cast import Cast

TIME = Time(parse_period("nd09:2026H1"), dt.date(2025, 7, 1))
SMALL = Scale("two provinces", 2, 5, 30, 35)
# Of one run only: the hour, the salts and what follows from them, and ids nobody points at.
OF_THE_RUN = {"digest", "hash", "previous", "salt", "password"}
UNNUMBERED = {
    "Cell",
    "ClauseStanding",
    "Message",
}  # rows that come and go: how many there were shows in the ids

Snapshot = dict[str, list[Any]]


def plan(scale: Scale, seed: int = 1) -> Plan:
    core = tuple(key for key, meaning in definitions().items() if is_asked(meaning))
    return Plan(scale, seed, TIME, core)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """What the ledger was told, in its order: the digests of two runs never agree."""
    heard: list[bytes] = []
    digest_of = chain.digest_of

    def listening(salt: str, data: Any) -> str:
        heard.append(chain.canonical(data))
        return digest_of(salt, data)

    monkeypatch.setattr(chain, "digest_of", listening)
    yield heard


def models() -> list[Any]:
    return [m for m in apps.get_models() if m.__module__.startswith("danchu.")]


def written(write: Callable[[Plan], object], of: Plan) -> Snapshot:
    """Every table after ``write``, which is then taken back."""
    with connection.cursor() as cursor:
        for statement in numbers_from_the_last():
            cursor.execute(statement)
    with transaction.atomic():
        write(of)
        found = everything()
        assert verify().ok
        transaction.set_rollback(True)
    return found


def numbers_from_the_last() -> list[str]:
    """Statements after which new rows are numbered from the last there is.

    On PostgreSQL a rollback takes no number back, on SQLite the emptying after a test none.
    """
    ops = connection.ops
    if connection.vendor == "postgresql":
        return ops.sequence_reset_sql(no_style(), models())
    tables = [{"table": model._meta.db_table, "column": None} for model in models()]
    return ops.sequence_reset_by_name_sql(no_style(), tables)


def everything() -> Snapshot:
    owners: dict[str, str] = {}
    for model in models():
        if "public_id" in {field.name for field in model._meta.fields}:
            for pk, public in model._base_manager.values_list("pk", "public_id"):
                owners[str(public)] = f"{model.__name__} {pk}"
    return {model.__name__: rows(model, owners) for model in models()}


def rows(model: Any, owners: dict[str, str]) -> list[Any]:
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if field.attname not in OF_THE_RUN
        and not (field.primary_key and model.__name__ in UNNUMBERED)
    ]
    found = [
        tuple(plain(name, value, owners) for name, value in zip(names, row, strict=True))
        for row in model._base_manager.order_by("pk").values_list(*names)
    ]
    return sorted(found, key=repr) if model.__name__ in UNNUMBERED else found


def plain(name: str, value: Any, owners: dict[str, str]) -> Any:
    """A value without the hour and without the chance of one run."""
    if isinstance(value, dt.datetime) and name != "due_at":
        return "some time"
    if isinstance(value, uuid.UUID):
        return owners.get(str(value), "a key" if value.version == 4 else value)
    if isinstance(value, str):
        return re.sub(r"[0-9a-f-]{36}", lambda found: owners.get(found[0], found[0]), value)
    return value


def compared(by_hand: Snapshot, at_once: Snapshot) -> None:
    assert by_hand.keys() == at_once.keys()
    for table in by_hand:
        assert len(by_hand[table]) == len(at_once[table]), table
        for one, other in zip(by_hand[table], at_once[table], strict=True):
            assert one == other, table


def both_leave_the_same(of: Plan, told: list[bytes]) -> Snapshot:
    services = written(by_services, of)
    said_by_services, told[:] = list(told), []
    bulk = written(in_bulk, of)
    compared(services, bulk)
    assert said_by_services == told
    return bulk


def test_at_the_scale_of_a_commune_both_leave_the_same(cast: Cast, told: list[bytes]) -> None:
    bulk = both_leave_the_same(plan(SCALES["commune"]), told)
    filled = {name for name, found in bulk.items() if found}
    assert filled >= {
        *("Unit", "UnitState", "Placement", "PublicVersion", "Record", "Dialogue", "Opinion"),
        *("Reception", "OtherWork", "Task", "Message", "Round", "ExpectedReporter", "FormValue"),
        *("Submission", "SubmissionValue", "Entry", "EntrySalt", "Cell", "Account", "RoleGrant"),
    }


@pytest.mark.long
def test_with_several_provinces_both_leave_the_same(cast: Cast, told: list[bytes]) -> None:
    both_leave_the_same(plan(SMALL, seed=7), told)


def test_a_rebuild_finds_nothing_to_change_and_the_same_seed_gives_the_same(cast: Cast) -> None:
    in_bulk(plan(SMALL))
    cells = Cell._base_manager.order_by("pk").values_list()
    before, first = list(cells), everything()
    with on_day(TIME.day):
        rebuild()
    assert list(cells) == before
    assert len(before) > 1000
    again, other = plan(SMALL), plan(SMALL, seed=2)
    province, *_ = again.provinces()
    drawn = [list(p.deeds(p.communes(province)[0])) for p in (plan(SMALL), again, other)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert first["Submission"]


def test_there_are_missing_returned_and_waiting_forms_and_all_four_states(cast: Cast) -> None:
    of = plan(Scale("some", 1, 40, 160, 200))
    done = in_bulk(of)
    communes = Submission.objects.filter(unit__level="commune")
    asked = ExpectedReporter.objects.filter(unit__level="commune")
    assert asked.count() == 40
    assert 30 < communes.values("unit").distinct().count() < 40
    states = set(Submission.objects.values_list("unit__level", "state").distinct())
    assert states >= {
        (level, state)
        for level in ("commune", "village", "workplace", "agency")
        for state in Submission.State.values
    }
    assert set(SubmissionValue.objects.values_list("state", flat=True)) == set(CellState.values)
    assert done.values == SubmissionValue.objects.count()
    assert done.versions == Submission.objects.count() > 350
    assert done.units_below == 360
    reported = Cell.objects.filter(layer="reported", reach="all")
    nation = reported.filter(unit_id=Unit.objects.get(level="nation").pk)
    assert set(nation.values_list("n_expected", flat=True)) == {40}
    assert nation.filter(n_missing=1).exists()
    assert reported.filter(state=CellState.ZERO).exists()
    assert verify().ok


def test_what_was_written_in_bulk_would_have_been_taken_by_the_checks(cast: Cast) -> None:
    in_bulk(plan(Scale("some", 1, 12, 40, 52), seed=3))
    period = Period.objects.get(code=TIME.period.code)
    keys = {number: key for key, number in indicator_ids().items()}
    for version in Submission.objects.prefetch_related("values"):
        require_sound(
            OPERATOR,
            version.unit_id,
            period,
            {
                keys[value.indicator_id]: CheckedValue(
                    value.state, value.amount, value.recorded_amount, value.reason
                )
                for value in version.values.all()
            },
        )


def test_the_scales_have_as_many_units_as_they_say() -> None:
    for scale in SCALES.values():
        communes = [n for p in range(scale.provinces) for n in scale.communes_of(p)]
        assert communes == list(range(scale.communes))
        assert sum(map(scale.villages_of, communes)) == scale.villages
        assert sum(map(scale.workplaces_of, communes)) == scale.workplaces
    nation = SCALES["nation"]
    sizes = (nation.provinces, nation.communes, nation.villages, nation.workplaces)
    assert sizes == (34, 3321, 90_000, 120_000)
