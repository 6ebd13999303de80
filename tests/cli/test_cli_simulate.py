"""danchu simulate: only into an empty demonstration, never over anything that is there."""

from __future__ import annotations

import json

import pytest

from danchu.cli import installation, main
from danchu.core.accounts.installation import DEMO, LIVE, loading, set_up
from danchu.core.accounts.models import Installation
from danchu.core.clock import on_day
from danchu.core.ledger.models import Entry
from danchu.core.ledger.selectors import verify
from danchu.core.records.models import Record
from danchu.core.units.models import Unit, UnitState
from danchu.reporting.rounds.models import SubmissionValue
from tests.cast import TODAY, Cast

COMMUNE = ["simulate", "--scale", "commune"]


@pytest.fixture
def empty(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database with its reference data and nothing invented; what is there is not loaded anew."""
    from danchu.demo.simulate import run

    monkeypatch.setattr(installation, "bring_in", lambda _file: None)
    monkeypatch.setattr(run, "_is_invented", lambda: Unit.objects.filter(level="nation").exists())


def test_a_commune_is_written_and_told_as_json(
    empty: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with on_day(TODAY.replace(month=9)):
        assert main([*COMMUNE, "--seed", "3", "--json"]) == 0
        told = capsys.readouterr()
        answer = json.loads(told.out)
        sizes = [answer[key] for key in ("provinces", "communes", "units_below")]
        assert (answer["scale"], answer["seed"], sizes) == ("commune", 3, [1, 1, 63])
        assert answer["period"] == "nd09:2026H1"
        assert answer["values"] == SubmissionValue.objects.count() > 2500
        assert "1/1 tỉnh Mẫu" in told.err
        row = Installation.objects.get()
        assert (row.mode, row.demo_state) == (DEMO, "loaded")
        assert verify().ok
        written = Record.objects.count(), Entry.objects.count()
        # A second time nothing is added, and the line says why.
        assert main(COMMUNE) == 1
        assert "đã có dữ liệu minh họa" in capsys.readouterr().err
        assert (Record.objects.count(), Entry.objects.count()) == written


def test_every_invented_unit_says_so(empty: None) -> None:
    known = set(Unit.objects.values_list("pk", flat=True))
    with on_day(TODAY.replace(month=9)):
        assert main(COMMUNE) == 0
    made = UnitState.objects.exclude(unit__in=known).select_related("unit")
    assert made.count() == 66
    for state in made:
        assert state.unit.is_demo
        assert "Mẫu" in state.name
        assert any(letter.isalpha() for letter in state.code)


def test_a_live_installation_and_a_full_demonstration_refuse(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Entry.objects.count()
    set_up(mode=DEMO)
    assert main(COMMUNE) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    Installation.objects.all().delete()
    set_up(mode=LIVE)
    assert main(COMMUNE) == 1
    told = capsys.readouterr()
    assert "bản dùng thật" in told.err
    assert told.out == ""
    assert Entry.objects.count() == before + 2  # the two that set it up
    with pytest.raises(Exception, match="bản chính thức"):
        loading()


@pytest.mark.parametrize("words", [[], ["--scale", "world"], ["--scale", "nation", "--seed", "x"]])
def test_wrong_use_ends_with_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["simulate", *words])
    assert ended.value.code == 2


def test_what_was_cut_off_is_emptied_first(
    empty: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from danchu.demo.simulate import run

    set_up(mode=DEMO)
    loading()
    emptied: list[str] = []
    monkeypatch.setattr("danchu.cli.simulate.empty", lambda: emptied.append("flush"))
    assert run.is_half_made()
    with on_day(TODAY.replace(month=9)):
        assert main(COMMUNE) == 0
    assert emptied == ["flush"]
    assert Installation.objects.get().demo_state == "loaded"
