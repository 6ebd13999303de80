"""Which units share territory, and which moved: on a small invented map and on the country's."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from danchu.core.calendar.reference import REFERENCES as CALENDAR
from danchu.core.clock import now, on_day
from danchu.core.contracts import OPERATOR
from danchu.core.outbox.services import drain, enqueue
from danchu.core.records.models import Record
from danchu.core.records.services import FIGURES
from danchu.core.units.models import Lineage, Placement, Unit, UnitState
from danchu.core.units.selectors import unit_on
from danchu.core.units.selectors.territory import (
    Link,
    communes_ever_below,
    moved,
    shared_territory,
    territory_of,
)
from danchu.core.units.selectors.validity import in_force
from danchu.demo.load import settle
from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.figures.models import Cell, Indicator
from danchu.reporting.figures.reference import REFERENCES as DICTIONARY
from danchu.reporting.figures.restating import Given, Part, Share, Standing, Ways, restate
from danchu.reporting.figures.selectors import forget_dictionary
from danchu.reporting.reviews.series import SeriesRequest, series
from danchu.reporting.reviews.series_points import Reading
from danchu.reporting.rounds.models import Round, Submission
from tests.core.small_map import CHANGE, EVE
from tests.reporting.folding import open_periods, sound

TODAY = dt.date(2026, 6, 10)
FLOW = shipped()["dialogues_held"]
RATE = shipped()["reception_compliance_pct"]
WHOLE = Share(Fraction(1), Fraction(1))


def names(ground, units=None):
    return {ground.latest(unit).name for unit in units or ground.members}


def test_units_that_share_a_predecessor_are_one_group(land):
    group = shared_territory([land["Bến Mẫu"].pk], TODAY)
    assert names(group) == {"Bến Mẫu", "Cầu Mẫu"} and group.whole
    assert names(shared_territory([land["huyện Mẫu"].pk], TODAY)) == {"Bến Mẫu", "Cầu Mẫu"}
    assert names(shared_territory([land["Chợ Mẫu"].pk], TODAY)) == {"Chợ Mẫu"}
    assert group.last_day(land["huyện Mẫu"].pk) == EVE
    ways = Ways(group.links)
    assert ways.share(land["Đò Mẫu cũ"].pk, EVE, group.members) == WHOLE
    alone = territory_of([land["Bến Mẫu"].pk], TODAY)
    ways = Ways(alone.links)
    assert ways.share(land["Đò Mẫu cũ"].pk, EVE, alone.members) == Share(Fraction(0), Fraction(1))
    assert ways.share(land["Bến Mẫu cũ"].pk, EVE, alone.members) == WHOLE
    # A change that comes later is not known on an earlier day.
    assert territory_of([land["Bến Mẫu"].pk], EVE).links == ()


def test_a_commune_that_moved_is_found_in_both_provinces_and_in_no_other(land):
    old, new, other = (land[name].pk for name in ("Minh Họa cũ", "Minh Họa", "Ví Dụ"))
    island = {land["Đảo Mẫu"].pk}
    places = communes_ever_below([old, new])
    assert moved(places, [old], EVE, [new], CHANGE) == island
    assert moved(communes_ever_below([other]), [other], EVE, [other], CHANGE) == island
    assert moved(places, [new], CHANGE, [new], TODAY) == set()


# --- the map of the country ----------------------------------------------------------------------


@pytest.fixture
def lines(country):
    """What became of each commune of the country."""
    communes = Lineage.objects.filter(predecessor__level=Unit.Level.COMMUNE)
    return list(communes.values_list("predecessor_id", "successor_id", "part", "on"))


def test_the_sum_over_the_communes_of_today_is_the_sum_over_those_before(lines):
    ways = Ways(
        Link(old, new, Fraction(1) if part == "whole" else None, on, "")
        for old, new, part, on in lines
    )
    chance = random.Random(1)
    before = set(
        UnitState.objects.filter(unit__level="commune", valid_from=None)
        .filter(unit__is_demo=False)
        .values_list("unit_id", flat=True)
    )
    values = {unit: chance.randrange(500) for unit in sorted(before)}
    assert len(values) == 10_035
    now = set(
        UnitState.objects.filter(unit__level="commune", valid_to=None).values_list(
            "unit_id", flat=True
        )
    )
    assert len(now) == 3_321
    parts = [Part(u, ways.share(u, EVE, now), Given(v)) for u, v in values.items()]
    point = restate(FLOW, parts, same_territory=True)
    assert (point.standing, point.low) == (Standing.EXACT, sum(values.values()))
    # Each commune of today alone: at least and at most, and the truth between the two sums.
    reached: dict[int, list[int]] = {}
    for old, new, _part, _on in lines:
        reached.setdefault(new, []).append(old)
    low = high = Fraction(0)
    # Island districts had no communes: their special zones of today come from them alone.
    islands = now - reached.keys()
    assert set(
        Lineage.objects.filter(successor__in=islands).values_list("predecessor__level", flat=True)
    ) == {"district"}
    for unit in now - islands:
        olds = sorted(set(reached[unit]))
        one = restate(FLOW, [Part(u, ways.share(u, EVE, {unit}), Given(values[u])) for u in olds])
        assert one.low is not None and one.high is not None and one.low <= one.high
        low, high = low + one.low, high + one.high
    assert low <= sum(values.values()) <= high


def test_the_communes_of_dam_ha_together_are_the_former_district(country):
    commune, district = unit_on("06895", TODAY), unit_on("200", EVE)
    group = shared_territory([commune.id], TODAY)
    assert names(group) == {"xã Đầm Hà", "xã Quảng Tân"}
    assert Ways(group.links).share(district.id, EVE, group.members) == WHOLE
    assert shared_territory([district.id], TODAY).members == group.members
    # Kiên Lương shares a commune with Hà Tiên, so the two districts stand together.
    district = unit_on("902", EVE)
    group = shared_territory([district.id], TODAY)
    former = {
        group.latest(link.predecessor).name
        for link in group.links
        if group.latest(link.predecessor).level == "district"
    }
    assert former == {"huyện Kiên Lương", "thành phố Hà Tiên"}
    assert len(group.members) == 7


def test_no_group_of_the_country_reaches_too_far_or_asks_too_often(country):
    with CaptureQueriesContext(connection) as asked:
        whole = [
            shared_territory([unit_on(code, TODAY).id], TODAY).whole
            for code in ("06895", "30787", "00004")
        ]
    assert all(whole)
    assert len(asked) <= 40, len(asked)


@pytest.mark.django_db
def test_figures_of_random_communes_add_up_on_the_map_of_every_day(country):
    """Through the fold: in each half-year since 2025 by its own map, and looking back from today."""
    chance = random.Random(2)
    for reference in (*CALENDAR, *DICTIONARY):
        reference.apply(reference.folder)
    forget_dictionary()
    with on_day(TODAY):
        vietnam = Unit.objects.get(level="nation", is_demo=False).pk
        periods = open_periods("2025H1", "2025H2", "2026H1")
        said: dict[str, dict[int, int]] = {}
        for code, period in periods.items():
            standing = sorted(Unit.objects.filter(level="commune").filter(
                in_force(period.end, "placements__")).values_list("pk", flat=True))  # fmt: skip
            said[code] = {unit: chance.randrange(1, 500) for unit in chance.sample(standing, 8)}
            _hand_in(vietnam, period, said[code], chance)
        settle()
        for code, period in periods.items():
            paths = dict(
                Placement.objects.filter(in_force(period.end), tree="state")
                .filter(unit__in=said[code])
                .values_list("unit_id", "path")
            )
            sums: dict[int, int] = {}
            for unit, value in said[code].items():
                for above in map(int, paths[unit].split("/")[1:-1]):
                    sums[above] = sums.get(above, 0) + value
            cells = Cell.objects.filter(period_id=period.pk, layer="reported", reach="all")
            flow = cells.filter(indicator_id=Indicator.objects.get(key=FLOW.key).pk)
            assert dict(flow.values_list("unit_id", "amount")) == sums
            assert sums[vietnam] == sum(said[code].values())
        before = said["2025H1"]
        for day in (EVE, CHANGE, dt.date(2026, 4, 13), dt.date(2026, 4, 14), TODAY):
            living = set(
                Placement.objects.filter(in_force(day), tree="state", unit__level="commune")
                .filter(unit__is_demo=False)
                .values_list("unit_id", flat=True)
            )
            heirs = living & (set(before) | _after(before))
            ways = Ways(territory_of(heirs, day).links)
            parts = [Part(u, ways.share(u, EVE, living), Given(v)) for u, v in before.items()]
            point = restate(FLOW, parts, same_territory=True)
            assert (point.standing, point.low) == (Standing.EXACT, sum(before.values()))
        for unit, value in chance.sample(sorted(before.items()), 3):
            state = UnitState.objects.get(unit_id=unit, valid_to=EVE)
            asked = SeriesRequest(state.code, FLOW.key, on=EVE, layer="reported", group=True)
            published = series(OPERATOR, replace(asked, reading=Reading.PUBLISHED)).points[0]
            assert {p.unit_id: p.given.amount for p in published.point.parts}[unit] == value
            same = series(OPERATOR, replace(asked, reading=Reading.SAME)).points[0].point
            group = {part.unit_id for part in same.parts}
            assert same.low == sum(v for u, v in before.items() if u in group)
        # A rate is made of its two numbers, added up; so none of them is over a hundred.
        given = said["2026H1"]
        places = Placement.objects.filter(in_force(TODAY), tree="state", unit__in=given)
        paths = dict(places.values_list("unit_id", "path"))
        communes = sorted(given)[:3]
        provinces = [int(paths[unit].split("/")[-3]) for unit in communes]
        for unit in (*communes, *provinces, vietnam):
            below = [given[one] for one, path in paths.items() if f"/{unit}/" in path]
            code = UnitState.objects.get(in_force(TODAY), unit_id=unit).code
            lines = series(OPERATOR, SeriesRequest(code, RATE.key, layer="reported")).points
            last = next(line.point for line in lines if line.period_code == "2026H1")
            both = (sum(value // 2 + 1 for value in below), sum(below))
            assert (last.numerator, last.denominator) == both, code
            for point in (line.point for line in lines if line.point.numerator is not None):
                assert 0 < point.numerator <= point.denominator, (code, point)
        sound()


def _after(units):
    rows = Lineage.objects.filter(predecessor__in=units)
    return set(rows.values_list("successor_id", flat=True))


def _hand_in(nation, period, values, chance):
    opened = Round.objects.create(
        unit_id=nation,
        period=period,
        title="Đợt mẫu",
        cut_off=period.end,
        due_on=period.end,
        structure_on=period.end,
        opened_at=now(),
    )
    indicator = Indicator.objects.get(key=FLOW.key)
    top, base = (Indicator.objects.get(key=key) for key in (RATE.numerator, RATE.denominator))
    for unit, value in values.items():
        made = Submission.objects.create(
            record=Record.objects.create(kind="submission", unit_id=unit, occurred_on=period.end),
            round=opened,
            unit_id=unit,
            number=1,
            submitted_at=now(),
        )
        made.values.create(indicator=indicator, state="reported", amount=value)
        made.values.create(indicator=base, state="reported", amount=value)
        made.values.create(indicator=top, state="reported", amount=value // 2 + 1)
        with transaction.atomic():
            enqueue(FIGURES, unit_id=unit, period_id=period.pk, form="submission")
        if chance.random() < 0.04:
            drain(limit=chance.randrange(1, 20))
