"""What villages and workplaces hand in is added up where it stands, and read where it stands."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from django.db import transaction

from danchu.core.clock import now
from danchu.core.contracts import OPERATOR
from danchu.core.outbox.services import drain, enqueue
from danchu.core.records.models import Record
from danchu.core.records.services import FIGURES
from danchu.core.units.services import place_unit, register_unit
from danchu.reporting.figures import fold
from danchu.reporting.figures.models import Cell, Indicator
from danchu.reporting.figures.selectors import (
    periods_with_values,
    sums_below,
    values,
    values_below,
)
from danchu.reporting.rounds.models import Round, Submission, SubmissionValue
from danchu.reporting.rounds.services import open_round, submit
from tests.cast import Cast, gathered
from tests.making import DAY, hold
from tests.reporting.folding import amount, cell, of, open_periods, sound

KEYS = ("dialogues_held", "participants")
STATES = ("reported", "reported", "zero", "not_applicable", "missing")


class Province:
    """Communes of the cast, lower units of every kind, and a round that asks them all."""

    def __init__(self, cast: Cast, period: Any, seed: int) -> None:
        self.cast, self.period, self.chance = cast, period, random.Random(seed)
        self.communes = [cast.benmau, cast.caumau]
        self.parent: dict[int, int] = {}
        self.said: dict[int, dict[str, tuple[str, int | None]]] = {}
        self.round = Round.objects.create(
            unit_id=cast.minhhoa,
            period=period,
            title="Đợt mẫu",
            cut_off=period.end,
            due_on=period.end,
            structure_on=period.end,
            opened_at=now(),
        )
        self.numbers: dict[int, int] = {}

    def found(self, parent: int, level: str = "workplace") -> int:
        unit = register_unit(
            actor=OPERATOR,
            parent_id=parent,
            level=level,
            name=f"Cơ sở Mẫu {len(self.parent)}",
            kind="doanh nghiệp",
            short_code=f"M{len(self.parent)}",
            valid_from=dt.date(2025, 7, 1),
        ).pk
        self.parent[unit] = parent
        return unit

    def move(self, unit: int, parent: int, day: dt.date) -> None:
        place_unit(actor=OPERATOR, unit_id=unit, tree="state", parent_id=parent, valid_from=day)
        former, self.parent[unit] = self.parent[unit], parent
        for one in (unit, former, parent):
            self.changed(one)

    def hand_in(self, unit: int, said: dict[str, tuple[str, int | None]]) -> Submission:
        self.numbers[unit] = self.numbers.get(unit, 0) + 1
        made = Submission.objects.create(
            record=Record.objects.create(
                kind="submission", unit_id=unit, occurred_on=self.period.end
            ),
            round=self.round,
            unit_id=unit,
            number=self.numbers[unit],
            submitted_at=now(),
        )
        SubmissionValue.objects.bulk_create(
            SubmissionValue(
                submission=made,
                indicator=Indicator.objects.get(key=key),
                state=state,
                amount=amount,
            )
            for key, (state, amount) in said.items()
        )
        self.said[unit] = {k: v for k, v in said.items() if v[0] != "missing"}
        self.changed(unit)
        return made

    def take_back(self, made: Submission) -> None:
        """Returned: an older version does not stand again."""
        made.state = Submission.State.RETURNED
        made.save()
        self.said[made.unit_id] = {}
        self.changed(made.unit_id)

    def changed(self, unit: int) -> None:
        with transaction.atomic():
            enqueue(FIGURES, unit_id=unit, period_id=self.period.pk)

    def anything(self) -> dict[str, tuple[str, int | None]]:
        said = {}
        for key in KEYS:
            state = self.chance.choice(STATES)
            many = {"reported": self.chance.randrange(1, 50), "zero": 0}.get(state)
            said[key] = (state, many)
        return said

    def sum_of(self, unit: int, key: str) -> int | None:
        """What the unit answers: its own word, else what all below it hand up, the slow way."""
        if key in self.said.get(unit, {}):
            return self.said[unit][key][1]
        theirs = [
            value
            for child, parent in self.parent.items()
            if parent == unit and (value := self.sum_of(child, key)) is not None
        ]
        return sum(theirs) if theirs else None

    def look(self) -> None:
        """Communes and their lower units read as the slow way says, and the province adds up."""
        for key in KEYS:
            for unit in (*self.communes, *self.parent):
                read = values(OPERATOR, unit, self.period).get(("reported", key, ""))
                assert (read.amount if read else None) == self.sum_of(unit, key), (unit, key)
            known = [v for c in self.communes if (v := self.sum_of(c, key)) is not None]
            above = amount(self.cast.minhhoa, self.period, key, layer="reported")
            assert above == (sum(known) if known else None)


@pytest.fixture
def province(cast: Cast, settle: Any) -> Province:
    (period,) = open_periods("nd09:2026H1").values()
    return Province(cast, period, 1)


def test_a_commune_adds_up_what_its_units_handed_in_without_copying_it(
    province: Province, settle: Any
) -> None:
    cast, period = province.cast, province.period
    first, second, other = (province.found(c) for c in (cast.benmau, cast.benmau, cast.caumau))
    province.hand_in(first, {"dialogues_held": ("reported", 3), "participants": ("zero", 0)})
    province.hand_in(second, {"dialogues_held": ("reported", 4), "participants": ("missing", None)})
    province.hand_in(other, {"dialogues_held": ("not_applicable", None)})
    settle()
    assert amount(cast.benmau, period, "dialogues_held", layer="reported") == 7
    assert of(cell(cast.benmau, period, "dialogues_held", layer="reported")) == (1, 0, 0, 0, 1)
    assert of(cell(cast.minhhoa, period, "dialogues_held", layer="reported"))[:3] == (1, 0, 1)
    assert not Cell.objects.filter(unit_id__in=[first, second, other], layer="reported").exists()
    # And each of them reads its own, in the table of the unit and below the commune.
    below = values_below(OPERATOR, cast.benmau, period, "dialogues_held", "reported")
    assert {unit: value.amount for unit, value in below.items()} == {first: 3, second: 4}
    own = values(OPERATOR, first, period, reach="own")
    assert own["reported", "participants", ""].state == "zero"
    assert own["reported", "participants", ""].n_zero == 1
    assert [p.pk for p in periods_with_values(OPERATOR, first)] == [period.pk]
    # Who may not read the unit's figures reads none of it.
    stranger = gathered().recorder_caumau
    assert values(stranger, first, period) == {}
    assert periods_with_values(stranger, first) == []
    sound()


def test_a_commune_that_answers_stands_by_its_own_word_and_the_sum_below_stays_beside_it(
    province: Province, settle: Any
) -> None:
    cast, period = province.cast, province.period
    first, second = province.found(cast.benmau), province.found(cast.benmau)
    province.hand_in(first, {"dialogues_held": ("reported", 3), "participants": ("reported", 30)})
    province.hand_in(second, {"dialogues_held": ("reported", 4), "participants": ("zero", 0)})
    own = province.hand_in(
        cast.benmau, {"dialogues_held": ("reported", 9), "participants": ("missing", None)}
    )
    settle()
    for unit in (cast.benmau, cast.minhhoa):
        assert amount(unit, period, "dialogues_held", layer="reported") == 9
        # What it leaves open, its villages answer for it.
        assert amount(unit, period, "participants", layer="reported") == 30
    below = sums_below(OPERATOR, cast.benmau, period)
    assert (below["dialogues_held"].amount, below["participants"].amount) == (7, 30)
    assert sums_below(gathered().recorder_caumau, cast.benmau, period) == {}
    province.look()
    sound()
    # Its word is returned: until it hands in again the villages' sum stands.
    province.take_back(own)
    settle()
    assert amount(cast.benmau, period, "dialogues_held", layer="reported") == 7
    province.look()
    sound()


def test_that_a_question_does_not_apply_is_a_word_of_its_own(
    province: Province, settle: Any
) -> None:
    cast, period = province.cast, province.period
    agency = province.found(cast.benmau, "agency")
    nested = province.found(agency)
    province.hand_in(nested, {"dialogues_held": ("reported", 3), "participants": ("reported", 8)})
    province.hand_in(agency, {"dialogues_held": ("zero", 0)})
    province.hand_in(cast.benmau, {"participants": ("not_applicable", None)})
    settle()
    read = values(OPERATOR, agency, period)
    assert read["reported", "dialogues_held", ""].state == "zero"
    assert read["reported", "participants", ""].amount == 8
    assert amount(cast.benmau, period, "dialogues_held", layer="reported") == 0
    said = cell(cast.benmau, period, "participants", layer="reported")
    assert said is not None
    assert (said.state, said.amount) == ("not_applicable", None)
    province.look()
    sound()


def test_a_returned_version_counts_nowhere_and_brings_no_older_one_back(
    province: Province, settle: Any
) -> None:
    unit = province.found(province.cast.benmau)
    province.hand_in(unit, {"dialogues_held": ("reported", 3)})
    newest = province.hand_in(unit, {"dialogues_held": ("reported", 5)})
    settle()
    province.look()
    assert province.sum_of(province.cast.benmau, "dialogues_held") == 5
    province.take_back(newest)
    settle()
    province.look()
    assert cell(province.cast.benmau, province.period, "dialogues_held", layer="reported") is None
    assert values(OPERATOR, unit, province.period) == {}
    assert periods_with_values(OPERATOR, unit) == []
    sound()


def live(province: Province, steps: int, settle: Any) -> None:
    chance = province.chance
    made: list[Submission] = []
    days = iter(range(1, 1000))
    for commune in province.communes:
        nested = province.found(commune, "agency")
        for parent in (commune, commune, nested):
            province.found(parent)
    for _ in range(steps):
        units = list(province.parent)
        match chance.choice(("hand in", "hand in", "hand in", "return", "move", "fold")):
            case "hand in":
                unit = chance.choice([*units, *province.communes])
                made.append(province.hand_in(unit, province.anything()))
            case "return":
                newest = [m for m in made if m.number == province.numbers[m.unit_id]]
                if newest:
                    province.take_back(chance.choice(newest))
            case "move":
                leaves = [u for u in units if u not in province.parent.values()]
                unit, parent = chance.choice(leaves), chance.choice(province.communes)
                if province.parent[unit] != parent:
                    day = dt.date(2026, 1, 1) + dt.timedelta(days=next(days))
                    province.move(unit, parent, day)
            case "fold":
                drain(limit=chance.randrange(1, 4))
    settle()
    province.look()
    sound()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_is_handed_in_and_moved_the_increments_are_the_rebuild(
    cast: Cast, settle: Any, seed: int
) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    live(Province(cast, period, seed), 40, settle)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 30))
def test_the_same_in_long_lives(cast: Cast, settle: Any, seed: int) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    live(Province(cast, period, seed), 120, settle)


def test_a_version_is_folded_into_the_period_of_its_round_and_no_other(
    cast: Cast, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day it was handed in on lies in four periods more, which say nothing new."""
    periods = open_periods()
    opened = open_round(
        actor=OPERATOR,
        unit_id=cast.minhhoa,
        period=periods["nd09:2026H1"],
        title="Đợt mẫu",
        cut_off=periods["nd09:2026H1"].end,
        due_on=periods["nd09:2026H1"].end,
    )
    settle()
    folded: list[tuple[str, set[str] | None]] = []
    fold_units = fold.fold_units

    def listening(period: Any, units: Any, layers: Any = None, **also: Any) -> set[int]:
        folded.append((period.code, layers))
        return fold_units(period, units, layers, **also)

    monkeypatch.setattr(fold, "fold_units", listening)
    submit(actor=OPERATOR, round_id=opened.pk, unit_id=cast.benmau)
    settle()
    assert folded == [("nd09:2026H1", {"reported"})]
    # A record of that same day goes into every period that contains it, in every layer; the unit
    # that only handed in is still folded in one.
    folded.clear()
    hold(OPERATOR, cast.benmau, on=DAY)
    submit(actor=OPERATOR, round_id=opened.pk, unit_id=cast.caumau)
    settle()
    every = [(code, None) for code in ("nd09:2026H1", "2026H1", "2026Q2", "2026")]
    assert sorted(folded, key=str) == sorted([*every, ("nd09:2026H1", {"reported"})], key=str)
    sound()


def test_communes_without_anybody_below_are_settled_whole(cast: Cast) -> None:
    from danchu.reporting.figures import wholesale
    from danchu.reporting.figures.models import Layer
    from danchu.reporting.figures.selectors import summed_over_units
    from danchu.reporting.figures.sources import sources

    (period,) = open_periods("nd09:2026H1").values()
    communes = {cast.old_benmau: cast.minhhoa, cast.caumau: cast.minhhoa}
    source: Any = sources()[Layer.REPORTED]
    done, written = wholesale.settle(source, Layer.REPORTED, communes, period, summed_over_units())
    assert (done, written) == (set(communes), 0)
