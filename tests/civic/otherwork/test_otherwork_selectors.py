"""Who reads other work, and what it counts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter

import pytest

from danchu.civic.otherwork.measures import MEASURES
from danchu.civic.otherwork.models import OtherWork
from danchu.civic.otherwork.selectors import other_work, other_works
from danchu.core.contracts import NOBODY, OPERATOR, declared_findables, work_kinds
from danchu.core.errors import NotFound
from danchu.core.records.services import cancel_record
from tests.cast import Cast
from tests.making import DAY, work


def count(unit: int, day: dt.date = DAY) -> Counter[tuple[str, str]]:
    (measure,) = MEASURES
    found: Counter[tuple[str, str]] = Counter()
    for row in measure.rows([unit], day, day):
        found[row.indicator, row.dimension] += row.amount
    return found


def test_other_work_is_read_inside_and_hidden_from_everybody_else(cast: Cast) -> None:
    made = work(cast.recorder_benmau, cast.benmau)
    address = made.record.public_id
    shown = declared_findables()["otherwork"].visible
    for viewer in (cast.recorder_benmau, cast.viewer, OPERATOR):
        seen = other_work(viewer, address)
        assert seen.kind is not None
        assert (seen.key, seen.kind.unit_vi, seen.number) == ("trainings_held", "lớp", 2)
        assert other_works(viewer, unit_id=cast.benmau)[1] == 1
        assert shown(viewer, [made.pk]) == {
            made.pk: (
                "20/05/2026: Lớp tập huấn, bồi dưỡng",
                f"/office/ghi-viec/viec-khac/{address}/",
            )
        }
    for viewer in (NOBODY, cast.outsider, cast.recorder_caumau, cast.village_head):
        with pytest.raises(NotFound) as hidden:
            other_work(viewer, address)
        with pytest.raises(NotFound) as none:
            other_work(viewer, uuid.uuid4())
        assert str(hidden.value) == str(none.value)
        assert other_works(viewer, unit_id=cast.benmau) == ([], 0)
        assert shown(viewer, [made.pk]) == {}


def test_the_list_is_newest_first_and_shows_what_was_cancelled(cast: Cast) -> None:
    writer = cast.recorder_benmau
    first = work(writer, cast.benmau)
    work(writer, cast.benmau, on=DAY + dt.timedelta(1))
    cancel_record(actor=writer, record_id=first.pk, reason="Trùng", right="records.cancel")
    rows, total = other_works(writer, unit_id=cast.benmau)
    assert total == 2
    assert [(row.occurred_on, row.cancelled) for row in rows] == [
        (DAY + dt.timedelta(1), False),
        (DAY, True),
    ]
    assert other_works(writer, unit_id=cast.benmau, start=DAY, end=DAY)[1] == 1
    assert len(other_works(writer, unit_id=cast.benmau, limit=1)[0]) == 1


def test_the_number_counts_under_its_kind_and_its_people_where_they_have_a_figure(
    cast: Cast,
) -> None:
    work(cast.recorder_benmau, cast.benmau)
    work(cast.recorder_benmau, cast.benmau, kind="outreach_sessions", number=3, people=200)
    work(cast.recorder_benmau, cast.benmau, kind="documents_issued", number=4, people=9)
    work(cast.recorder_benmau, cast.benmau, base_kind="agency", number=1, people=None)
    assert count(cast.benmau) == {
        ("trainings_held", "commune"): 2,
        ("trainings_held", "agency"): 1,
        ("training_participants", "commune"): 270,
        ("outreach_sessions", "commune"): 3,
        ("documents_issued", "commune"): 4,
    }
    assert count(cast.caumau) == {}
    assert count(cast.benmau, DAY + dt.timedelta(1)) == {}


def test_what_was_cancelled_or_taken_over_counts_no_more(cast: Cast) -> None:
    writer = cast.recorder_benmau
    kept, gone, taken = (work(writer, cast.benmau) for _ in range(3))
    cancel_record(actor=writer, record_id=gone.pk, reason="Trùng", right="records.cancel")
    OtherWork.objects.filter(pk=taken.pk).update(taken_over_by=kept.record)
    assert count(cast.benmau)["trainings_held", "commune"] == 2


def test_the_kinds_come_from_the_dictionary(cast: Cast) -> None:
    kinds = work_kinds()
    assert kinds["land_donated_m2"].scale == 1000
    assert kinds["trainings_held"].people_key == "training_participants"
    assert "dialogues_held" not in kinds
