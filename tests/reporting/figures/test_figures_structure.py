"""Which unit stands below which in a period."""

from __future__ import annotations

from danchu.reporting.figures import structure
from tests.cast import Cast
from tests.reporting.folding import open_periods


def test_a_unit_belongs_to_the_parent_it_had_last_in_the_period(cast: Cast) -> None:
    periods = open_periods("nd09:2025H1", "nd09:2025H2", "nd09:2026H1")
    old, both, new = periods.values()
    assert structure.children(old, cast.minhhoa) == sorted([cast.old_district, cast.old_town])
    today = [cast.benmau, cast.caumau, cast.agency, cast.enterprise, cast.committee_of_minhhoa]
    assert structure.children(new, cast.minhhoa) == sorted(today)
    assert structure.children(both, cast.minhhoa) == sorted(
        [cast.old_district, cast.old_town, *today]
    )
    assert cast.old_benmau in structure.children(both, cast.old_district)
    assert structure.children(new, cast.old_district) == []


def test_ancestors_are_those_of_the_period_nearest_first(cast: Cast) -> None:
    old, new = open_periods("nd09:2025H1", "nd09:2026H1").values()
    units = [cast.maulai, cast.old_benmau, cast.minhhoa]
    assert structure.ancestors(new, units) == {
        cast.maulai: [cast.benmau, cast.minhhoa],
        cast.old_benmau: [],
        cast.minhhoa: [],
    }
    assert structure.ancestors(old, [cast.old_benmau]) == {
        cast.old_benmau: [cast.old_district, cast.minhhoa]
    }
    assert structure.ancestors(new, []) == {}
    chains = structure.ancestors(new, units)
    levels = structure.levels([cast.maulai, cast.benmau, cast.minhhoa, cast.old_benmau])
    found = structure.provinces(chains, levels)
    assert found == {
        cast.maulai: cast.minhhoa,
        cast.benmau: cast.minhhoa,
        cast.minhhoa: cast.minhhoa,
        cast.old_benmau: None,
    }


def test_communes_are_counted_for_each_child_that_holds_any(cast: Cast) -> None:
    old, both, new = open_periods("nd09:2025H1", "nd09:2025H2", "nd09:2026H1").values()
    assert structure.communes_by_child(new, cast.minhhoa) == {cast.benmau: 1, cast.caumau: 1}
    assert structure.communes_by_child(both, cast.minhhoa) == {cast.benmau: 1, cast.caumau: 1}
    assert structure.communes_by_child(old, cast.minhhoa) == {
        cast.old_district: 4,
        cast.old_town: 1,
    }
    assert set(structure.communes_by_child(both, cast.old_district)) == {
        cast.old_benmau,
        cast.old_dongmau,
        cast.old_nuimau,
        cast.old_chomau,
    }
    assert structure.communes_by_child(new, cast.old_district) == {}
    assert structure.communes_by_child(new, cast.benmau) == {}
