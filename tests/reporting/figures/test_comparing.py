"""The roll-up is held against its sources once a day."""

from __future__ import annotations

import datetime as dt
import json
import logging

import pytest

from danchu.cli import main
from danchu.core import clock
from danchu.reporting.figures import comparing
from danchu.reporting.figures.comparing import compare_rollup, last_comparison
from danchu.reporting.figures.models import Cell, Comparison
from tests.cast import Cast
from tests.making import hold
from tests.reporting.folding import open_periods


@pytest.fixture
def folded(cast: Cast, settle) -> Cast:
    open_periods()
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    assert Cell.objects.exists()
    return cast


def test_cells_that_agree_are_counted_and_not_compared_twice_a_day(folded: Cast) -> None:
    found = compare_rollup()
    assert found
    assert {one.differing for one in found} == {0}
    assert sum(one.cells for one in found) == Cell.objects.count()
    assert compare_rollup() == []
    assert last_comparison().cells == Cell.objects.count()


def test_a_cell_that_somebody_changed_is_told_and_put_right(
    folded: Cast, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    cell = Cell.objects.filter(amount__gt=0).order_by("pk")[0]
    before = sorted(Cell.objects.values_list("unit_id", "indicator_id", "layer", "reach", "amount"))
    Cell.objects.filter(pk=cell.pk).update(amount=cell.amount + 1)
    gone = Cell.objects.exclude(pk=cell.pk).order_by("pk")[0]
    Cell.objects.filter(pk=gone.pk).delete()
    with caplog.at_level(logging.ERROR, logger=comparing.log.name):
        found = compare_rollup()
    assert sum(one.differing or 0 for one in found) == 2
    assert "differed" in caplog.text
    after = sorted(Cell.objects.values_list("unit_id", "indicator_id", "layer", "reach", "amount"))
    assert after == before
    assert main(["rollup", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["differing"] == 2
    assert main(["rollup", "status"]) == 0
    assert "Ô sai lệch" in capsys.readouterr().out


def test_what_is_written_meanwhile_makes_no_false_alarm(
    folded: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "drain", lambda: 0)
    hold(folded.recorder_benmau, folded.benmau, topic="Ghi khi đang đối chiếu")
    found = compare_rollup()
    assert None in {one.differing for one in found}
    assert sum(one.differing or 0 for one in found) == 0


def test_old_comparisons_are_forgotten(folded: Cast) -> None:
    (first, *_rest) = compare_rollup()
    Comparison.objects.update(compared_at=clock.now() - comparing.KEPT - dt.timedelta(days=1))
    assert first.pk not in {one.pk for one in compare_rollup()}
    assert not Comparison.objects.filter(pk=first.pk).exists()
