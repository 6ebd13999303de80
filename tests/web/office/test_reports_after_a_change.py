"""What a unit that ended still owes a round: its pages open, and whoever took over hands in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.core.changes.planning import NewUnit, Wanted, plan_map_change
from danchu.core.changes.services import carry_out_map_change
from danchu.core.clock import VIET_NAM, on_day
from danchu.core.contracts import OPERATOR, ChangeKind
from danchu.core.units.models import UnitState
from danchu.core.units.selectors import unit_on, unit_within, who_answers
from danchu.core.work.models import Task
from danchu.core.work.services import assign
from danchu.reporting.requests.services import RequestInput, take_in_request
from danchu.reporting.rounds.models import Submission
from danchu.reporting.rounds.services import return_submission, submit
from tests.cast import TODAY, gathered
from tests.core.documents.province_form import province_form
from tests.making import DAY, hold

PERIOD = "nd09:2026H1"


def text_of(answer: Any) -> str:
    return answer.content.decode()


@pytest.fixture
def merged(cast: Any, opened: Any, settle: Any) -> Any:
    """Bến Mẫu and Cầu Mẫu are one today, in the middle of a round that asks both."""
    hold(cast.recorder_benmau, cast.benmau, on=DAY)
    merge_both(cast)
    settle()
    return gathered()


def merge_both(cast: Any) -> None:
    wanted = Wanted(
        ChangeKind.MERGE,
        (cast.benmau, cast.caumau),
        TODAY,
        "Nghị quyết (mẫu)",
        into=(NewUnit("xã Hợp Mẫu", "xã", "9A010"),),
    )
    plan = plan_map_change(viewer=OPERATOR, wanted=wanted)
    carry_out_map_change(actor=OPERATOR, wanted=wanted, fingerprint=plan.fingerprint)


def the_code_is_taken_over(code: str, new: str) -> None:
    """The new unit has the code of a former one, as most communes of July 2025 have."""
    UnitState.objects.filter(code=new).update(code=code)


@pytest.mark.parametrize("reused", [False, True])
def test_whoever_took_over_opens_every_task_and_hands_in_for_the_former_unit(
    merged: Any, opened: Any, as_person: Any, reused: bool
) -> None:
    cast = merged
    new = unit_on("9A010", TODAY).id
    if reused:
        the_code_is_taken_over("9A001", "9A010")
    client = as_person(cast.reporter_benmau)
    tasks = Task.objects.filter(kind="round.submit", unit_id=new, done_at=None)
    assert tasks.count() == 3  # Bến Mẫu's, Cầu Mẫu's and the new unit's own
    for task in tasks:
        if reused and task.key.endswith(f":{new}"):
            continue  # made under the code it had here
        page = client.get(task.path)
        assert page.status_code == 200, task.path
    theirs = Task.objects.get(key=f"round.submit:{opened.pk}:{cast.benmau}")
    assert theirs.path == f"/office/bao-cao/9A001@2026-06-09/{PERIOD}/"
    report = text_of(client.get(theirs.path))
    assert "xã Bến Mẫu" in report and "xã Hợp Mẫu" not in report.split("<main")[1][:600]
    entry = client.get(f"{theirs.path}bieu/")
    assert entry.status_code == 200
    code = "9A001@2026-06-09" if reused else "9A001"
    assert f"/office/bao-cao/{code}/{PERIOD}/" in text_of(entry)
    sent = client.post(f"{theirs.path}nop/")
    assert sent.status_code in (200, 302, 409)
    assert client.get(f"/office/so-lieu/{code}/{PERIOD}/opinions_received/").status_code == 200
    assert client.get(f"/office/don-vi/{code}/", follow=True).status_code == 200


@pytest.mark.parametrize("reused", [False, True])
def test_the_level_above_sees_all_three_and_can_return_each(
    merged: Any, opened: Any, as_person: Any, reused: bool
) -> None:
    cast = merged
    new = unit_on("9A010", TODAY)
    if reused:
        the_code_is_taken_over("9A001", "9A010")
    above = as_person(cast.committee_minhhoa)
    board = above.get(f"/office/bao-cao/9A/{PERIOD}/dot/")
    assert board.status_code == 200
    for name in ("Xã Bến Mẫu", "Phường Cầu Mẫu", "Xã Hợp Mẫu"):
        assert name.lower() in text_of(board).lower()
    assert above.get("/office/").status_code == 200
    assert above.get(f"/office/bao-cao/9A/{PERIOD}/").status_code == 200
    for unit in (cast.benmau, new.id):
        made = submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=unit)
        former = "9A001@2026-06-09" if reused else "9A001"
        board = text_of(above.get(f"/office/bao-cao/9A/{PERIOD}/dot/"))
        assert f"/office/bao-cao/{former}/{PERIOD}/" in board
        back = return_submission(
            actor=cast.committee_minhhoa, submission_id=made.pk, reason="Thiếu số."
        )
        assert back.state == Submission.State.RETURNED
        task = Task.objects.get(key=f"round.submit:{opened.pk}:{unit}")
        # The task is that of the people there are.
        assert (task.unit_id, task.done_at) == (new.id, None)
        assert as_person(cast.reporter_benmau).get(task.path).status_code == 200, task.path


@pytest.mark.parametrize("reused", [False, True])
def test_requests_and_excel_forms_of_a_former_unit_go_on_with_whoever_took_over(
    cast: Any, opened: Any, settle: Any, as_person: Any, reused: bool
) -> None:
    with on_day(DAY):
        made = take_in_request(
            actor=cast.reporter_benmau,
            unit_id=cast.benmau,
            content=RequestInput(
                title="Biểu thực hiện dân chủ",
                sender="Sở Nội vụ",
                period_code=PERIOD,
                due_at=dt.datetime(2026, 6, 30, 16, 0, tzinfo=VIET_NAM),
            ),
            data=province_form(),
            name="bieu.xlsx",
        )
    merge_both(cast)
    settle()
    if reused:
        the_code_is_taken_over("9A001", "9A010")
    client = as_person(gathered().reporter_benmau)
    task = Task.objects.get(kind__startswith="request", done_at=None)
    page = client.get(task.path)
    assert page.status_code == 200, task.path
    assert "xã Bến Mẫu" in text_of(page)
    client.post(f"/office/yeu-cau/{made.record.public_id}/", {"huy": "1", "reason": "Nhầm."})
    made.refresh_from_db()
    assert made.state == "cancelled"
    code = "9A001@2026-06-09" if reused else "9A001"
    form = client.get(f"/office/bao-cao/{code}/{PERIOD}/bieu/excel/")
    assert form.status_code == 200
    given = SimpleUploadedFile("bieu.xlsx", form.getvalue())
    back = client.post(f"/office/bao-cao/{code}/{PERIOD}/bieu/nhap/", {"file": given})
    assert back.status_code in (200, 400) and "Tải bảng lỗi" not in text_of(back)


def test_a_code_means_a_unit_within_days(merged: Any) -> None:
    cast = merged
    new = unit_on("9A010", TODAY).id
    end = opened_end = TODAY.replace(day=14)
    assert unit_within("9A001", DAY, end).id == cast.benmau
    the_code_is_taken_over("9A001", "9A010")
    assert unit_within("9A001", DAY, opened_end).id == new
    former = unit_within("9A001@2026-06-01", DAY, end)
    assert (former.id, former.code) == (cast.benmau, "9A001@2026-06-09")
    for wrong in ("9A001@2026-13-01", "9A999", "9A001@1999-01-01x"):
        with pytest.raises(Exception, match="9A"):
            unit_within(wrong, DAY, end)
    assert who_answers(cast.benmau, TODAY) == new
    assert who_answers(new, TODAY) == new
    # A task that is made for a unit that ended is given to who took over.
    task = assign(
        key="test:late", unit_id=cast.caumau, kind="test", title="Việc", starts_on=DAY, due_on=None
    )
    assert task.unit_id == new
