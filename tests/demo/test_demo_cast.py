"""The invented cast stands as its file says, and the tests' names lead to it."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.civic.reception.selectors import published_schedule
from danchu.core.contracts import NOBODY
from danchu.core.units.models import Contact, Lineage
from danchu.core.units.selectors import trace, unit_by_id, unit_on
from danchu.demo.data import invented
from danchu.reporting.reviews.issuers import issuer_of
from tests.cast import CHANGE, LAST_OLD_DAY, PEOPLE, TODAY, UNITS, Cast


def test_every_name_of_the_tests_is_a_unit_or_a_person(cast: Cast) -> None:
    assert len({getattr(cast, name) for name in UNITS}) == len(UNITS)
    assert len({getattr(cast, name).pk for name in PEOPLE}) == len(PEOPLE)
    assert not cast.outsider.may("records.read")
    with pytest.raises(AttributeError):
        _ = cast.nobody_of_this_name


def test_units_are_what_the_file_says_on_their_days(cast: Cast) -> None:
    for row in invented()["units"]:
        day = row.get("valid_from") or row.get("valid_to") or TODAY
        unit = unit_by_id(cast.units[row["key"]], day)
        assert (unit.code, unit.name, unit.level) == (row["code"], row["name"], row["level"])
        assert unit.is_demo
    assert unit_on("9A001", LAST_OLD_DAY).id == cast.old_benmau
    assert unit_on("9A001", CHANGE).id == cast.benmau
    assert Lineage.objects.count() == len(invented()["lineage"])
    became = {kin.unit.id for kin in trace("9A004", LAST_OLD_DAY, None).successors}
    assert became == {cast.benmau, cast.caumau}


def test_everybody_holds_the_roles_of_the_file_and_no_more(cast: Cast) -> None:
    for row in invented()["people"]:
        account = cast.people[row["email"]]
        held = {(g.role, g.unit_id, g.tree) for g in account.grants.all()}
        assert held == {(g["role"], cast.units[g["unit"]], g["tree"]) for g in row["grants"]}
    assert cast.recorder_benmau.may("records.write", cast.benmau)
    assert cast.recorder_benmau.may("records.write", cast.maulai)
    assert not cast.recorder_benmau.may("records.write", cast.caumau)
    assert not cast.village_head.may("records.write", cast.benmau)
    assert not cast.committee_minhhoa.may("reports.read", cast.maunguyen)


def test_citizens_find_contacts_and_schedules_and_papers_their_issuer(cast: Cast) -> None:
    assert Contact.objects.count() == len(invented()["contacts"])
    lines = published_schedule(NOBODY, cast.benmau, TODAY)
    assert len(lines) == sum(row["unit"] == "9A001" for row in invented()["schedules"])
    assert all(day >= TODAY for line in lines for day in line.next_days)
    assert published_schedule(NOBODY, cast.benmau, TODAY - dt.timedelta(1)) == []
    assert issuer_of(unit_by_id(cast.minhhoa, TODAY), TODAY).layout == "party"
    assert issuer_of(unit_by_id(cast.benmau, TODAY), TODAY).symbol == "BC-UBND"
