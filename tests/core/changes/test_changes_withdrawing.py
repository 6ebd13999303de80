"""A change entered by mistake is taken back whole, while nothing was built on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.civic.reception.models import ScheduleLine
from danchu.core.accounts.models import Account, RoleGrant
from danchu.core.accounts.services import grant_role
from danchu.core.changes.models import MapChange, Receipt
from danchu.core.changes.planning import NewUnit, Wanted
from danchu.core.changes.services import carry_out_map_change, plan_map_change
from danchu.core.changes.withdrawing import may_withdraw, what_depends, withdraw_map_change
from danchu.core.contracts import OPERATOR, ChangeKind
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.models import Entry
from danchu.core.ledger.selectors import verify
from danchu.core.units.models import Lineage, Placement, Unit, UnitState
from danchu.core.units.selectors import child_units, unit_on
from danchu.core.units.services import register_unit
from danchu.core.work import unit_changes as tasks_following
from danchu.core.work.models import Task
from danchu.core.work.services import assign
from danchu.reporting.figures.services import confirm_states, open_period
from danchu.reporting.rounds.closing import close_round
from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.models import ExpectedReporter, Round
from danchu.reporting.rounds.services import submit
from tests.cast import TODAY, Cast, gathered
from tests.core.changes.test_changes_services import NEW, act, merger, rows
from tests.core.changes.test_changes_services import opened as opened
from tests.making import DAY, hold
from tests.reporting.folding import cells, sound

EARLIER = TODAY - dt.timedelta(days=20)
OTHER = NewUnit("xã Tân Mẫu", "xã", "9A011")
WHY = "Nhập nhầm xã"
MAP = (UnitState, Placement, Lineage)


def the_map() -> dict[str, list[dict[str, Any]]]:
    return {m.__name__: sorted(m.objects.values(), key=lambda row: row["id"]) for m in MAP}


def work_of(cast: Cast) -> dict[str, Any]:
    """What people hold, do and publish, and who is expected; without what closed with the act."""
    lasting = RoleGrant.objects.filter(valid_to=None).order_by("pk")
    return {
        "roles": list(lasting.values_list("pk", "account_id", "role", "unit_id", "ended_by_id")),
        "last days": list(Account.objects.order_by("pk").values_list("pk", "last_day")),
        "tasks": list(
            Task.objects.filter(done_at=None)
            .order_by("pk")
            .values_list("pk", "unit_id", "path", "due_on")
        ),
        "schedule": list(ScheduleLine.objects.order_by("pk").values()),
        "expected": list(ExpectedReporter.objects.order_by("pk").values()),
    }


def changes(cast: Cast) -> dict[str, Wanted]:
    below = [unit.id for unit in child_units(cast.benmau, EARLIER)]
    split = {"kind": ChangeKind.SPLIT, "units": (cast.benmau,)}
    one = {"units": (cast.benmau,), "into": ()}
    return {
        "merged": merger(cast),
        "joined": merger(cast, into=(cast.benmau,)),
        "divided": merger(
            cast, **split, into=(NEW, OTHER), goes=tuple((u, i % 2) for i, u in enumerate(below))
        ),
        "carved": merger(cast, **split, into=(cast.benmau, NEW), goes=((below[0], 1),)),
        "moved": merger(cast, kind=ChangeKind.MOVE, **one, parent_id=cast.maunguyen),
        "renamed": merger(
            cast, kind=ChangeKind.RENAME, **one, name="phường Bến Mẫu", unit_kind="phường"
        ),
        "abolished": merger(cast, kind=ChangeKind.ABOLISH, units=(cast.maulai,), into=()),
    }


@pytest.mark.parametrize("on", [TODAY, EARLIER], ids=["today", "backdated"])
@pytest.mark.parametrize(
    "which", ["merged", "joined", "divided", "carved", "moved", "renamed", "abolished"]
)
def test_what_was_a_mistake_is_taken_back_and_done_rightly_the_same_day(
    cast: Cast, opened: Round, settle: Any, which: str, on: dt.date
) -> None:
    if on == EARLIER:  # what was recorded there since would need its unit
        for record in cast_records(cast):
            record.occurred_on = EARLIER - dt.timedelta(days=1)
            record.save(update_fields=["occurred_on"])
    assign(
        key="test:village",
        unit_id=cast.maulai,
        kind="test",
        title="Việc mẫu",
        starts_on=DAY,
        due_on=TODAY,
        path="/office/bao-cao/9A001/nd09:2026H1/",
    )
    settle()
    wanted = changes(cast)[which]
    wanted = Wanted(**{f: getattr(wanted, f) for f in wanted.__slots__} | {"on": on})
    map_before, work_before, cells_before = the_map(), work_of(cast), cells()
    plan, made = act(OPERATOR, wanted)
    settle()
    assert the_map() != map_before
    assert may_withdraw(OPERATOR, made) and what_depends(OPERATOR, made) == []
    taken = withdraw_map_change(actor=OPERATOR, public_id=made.public_id, reason=WHY)
    assert (taken.withdrawn_reason, taken.withdrawn_at is None) == (WHY, False)
    settle()
    # Everything stands as if it had never been.
    assert the_map() == map_before
    assert work_of(cast) == work_before
    assert cells() == cells_before
    sound()
    entry = Entry.objects.get(code="map.withdrawn")
    assert entry.number > Entry.objects.get(code="map.changed").number and verify().ok
    given = Receipt.objects.filter(change=made, of_withdrawal=True)
    assert given.exists() and all(row.text_vi and row.text_en for row in given)
    assert Receipt.objects.filter(change=made, of_withdrawal=False).count() == len(plan.touched)
    # Nobody takes it back twice; the very same change can be made now, with the same codes.
    with pytest.raises(Conflict, match="đã được rút lại"):
        withdraw_map_change(actor=OPERATOR, public_id=made.public_id, reason=WHY)
    _again, other = act(OPERATOR, wanted)
    assert other.pk != made.pk
    settle()
    sound()


def cast_records(cast: Cast) -> Any:
    from danchu.core.records.models import Record

    return Record.objects.filter(occurred_on__gte=EARLIER)


def test_a_town_of_the_release_and_its_code_are_free_again(cast: Cast, opened: Round) -> None:
    _plan, made = act(OPERATOR, merger(cast))
    new = unit_on("9A010", TODAY)
    identity = Unit.objects.get(pk=new.id).public_id
    withdraw_map_change(actor=OPERATOR, public_id=made.public_id, reason=WHY)
    assert Unit.objects.get(pk=new.id).public_id != identity
    with pytest.raises(NotFound):
        unit_on("9A010", TODAY)
    assert made.units.get(unit_id=new.id).name == "xã Hợp Mẫu (9A010)"
    act(OPERATOR, merger(cast))
    assert Unit.objects.get(pk=unit_on("9A010", TODAY).id).public_id == identity


def built_upon(cast: Cast, opened: Round, what: str, made: MapChange) -> None:
    """Something that rests on the merger."""
    new, now = unit_on("9A010", TODAY).id, gathered()
    if what == "a record":
        hold(now.recorder_benmau, new, on=TODAY)
    elif what == "a submission":
        submit(actor=now.reporter_benmau, round_id=opened.pk, unit_id=new)
    elif what == "a cell":
        enter_value(
            actor=now.reporter_benmau,
            round_id=opened.pk,
            unit_id=new,
            indicator="labour_days",
            row_version=0,
            text="40",
        )
    elif what == "a nought":
        confirm_states(
            actor=now.reporter_benmau,
            unit_id=new,
            period=opened.period,
            keys=["public_postings"],
            state="zero",
        )
    elif what == "a round":
        Round.objects.create(
            unit_id=cast.minhhoa,
            period=open_period("2026Q2"),
            title="Đợt quý II",
            cut_off=TODAY,
            due_on=TODAY,
            structure_on=TODAY,
            opened_at=dt.datetime.now(dt.UTC),
        )
    elif what == "a closing":
        missing = list(opened.expected.values_list("unit_id", flat=True))
        close_round(actor=now.committee_minhhoa, round_id=opened.pk, missing=missing)
    elif what == "a village":
        register_unit(
            actor=OPERATOR,
            parent_id=new,
            level="village",
            name="thôn Mới Mẫu",
            kind="thôn",
            short_code="M9",
            valid_from=TODAY,
        )
    elif what == "a further change":
        village = merger(
            cast,
            kind=ChangeKind.RENAME,
            units=(new,),
            into=(),
            on=TODAY + dt.timedelta(days=1),
            name="xã Hòa Mẫu",
            unit_kind="xã",
        )
        from danchu.core.clock import on_day

        with on_day(TODAY + dt.timedelta(days=1)):
            act(OPERATOR, village)
    elif what == "an end below":
        from danchu.core.units.services import end_unit

        end_unit(actor=OPERATOR, unit_id=cast.maulai, last_day=TODAY)
    elif what == "an old receipt":
        Receipt.objects.filter(change=made).update(was="?")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("a record", "đã ghi 1 nội dung"),
        ("a submission", "đã ghi 1 nội dung"),
        ("a cell", "đã nhập 1 ô"),
        ("a nought", "đã xác nhận 1 chỉ tiêu"),
        ("a round", "Đợt quý II” đã mở"),
        ("a closing", "đã đóng theo bản đồ mới"),
        ("a village", "1 đơn vị đăng ký"),
        ("a further change", "sắp xếp tiếp từ ngày 11/06/2026"),
        ("an end below", "chuyển nơi khác hoặc kết thúc"),
        ("an old receipt", "bản phần mềm cũ"),
    ],
)
def test_once_something_rests_on_it_it_stays_and_says_what(
    cast: Cast, opened: Round, what: str, said: str
) -> None:
    _plan, made = act(OPERATOR, merger(cast))
    assert what_depends(OPERATOR, made) == []
    built_upon(cast, opened, what, made)
    assert any(said in item.text_vi and item.text_en for item in what_depends(OPERATOR, made))
    before = rows()
    with pytest.raises(Conflict) as refused:
        withdraw_map_change(actor=OPERATOR, public_id=made.public_id, reason=WHY)
    assert refused.value.code == "built_upon" and said in refused.value.vi
    assert refused.value.en and rows() == before


def test_what_a_surviving_unit_wrote_since_may_be_of_those_that_joined_it(
    cast: Cast, opened: Round
) -> None:
    _plan, made = act(OPERATOR, merger(cast, into=(cast.benmau,)))
    hold(gathered().recorder_benmau, cast.benmau, on=TODAY)
    (item,) = what_depends(OPERATOR, made)
    assert item.unit_id == cast.benmau and "1 nội dung" in item.text_vi
    # Another name is no reason: the unit is the same, and what it wrote is its own.
    renaming = changes(cast)["renamed"]
    tomorrow = TODAY + dt.timedelta(days=1)
    wanted = Wanted(**{f: getattr(renaming, f) for f in renaming.__slots__} | {"on": tomorrow})
    from danchu.core.clock import on_day

    with on_day(tomorrow):
        _plan, named = act(OPERATOR, wanted)
        hold(gathered().recorder_benmau, cast.benmau, on=tomorrow)
        assert what_depends(OPERATOR, named) == []
        withdraw_map_change(actor=OPERATOR, public_id=named.public_id, reason=WHY)
    assert unit_on("9A001", tomorrow).name == "xã Bến Mẫu"


def test_only_who_may_change_the_map_takes_back_and_says_why(cast: Cast, opened: Round) -> None:
    _plan, made = act(OPERATOR, merger(cast))
    now, before = gathered(), rows()
    for person, refusal in (
        (now.recorder_benmau, NotAllowed),  # reads the receipts and changes nothing
        (now.recorder_mautrung, NotFound),
    ):
        assert not may_withdraw(person, made) and what_depends(person, made) == []
        with pytest.raises(refusal):
            withdraw_map_change(actor=person, public_id=made.public_id, reason=WHY)
    for reason in ("", "  ", "x" * 501):
        with pytest.raises(BadInput):
            withdraw_map_change(actor=now.admin, public_id=made.public_id, reason=reason)
    assert rows() == before
    withdraw_map_change(actor=now.admin, public_id=made.public_id, reason=WHY)
    made.refresh_from_db()
    assert made.withdrawn_by_id == now.admin.pk and not may_withdraw(now.admin, made)


def test_roles_given_over_a_unit_that_never_was_end_and_what_one_may_not_give_is_left(
    cast: Cast, opened: Round
) -> None:
    _plan, made = act(OPERATOR, merger(cast))
    new = unit_on("9A010", TODAY).id
    grant_role(
        actor=OPERATOR,
        account_id=cast.recorder_mautrung.pk,
        role="recorder",
        unit_id=new,
        valid_from=TODAY,
    )
    withdraw_map_change(actor=OPERATOR, public_id=made.public_id, reason=WHY)
    assert not RoleGrant.objects.filter(unit_id=new, valid_to=None).exists()
    now = gathered()
    assert now.recorder_benmau.may("records.write", cast.benmau)
    assert not now.recorder_benmau.may("records.write", cast.caumau)
    assert not now.recorder_mautrung.may("records.read", cast.benmau)


def test_what_breaks_in_the_middle_leaves_the_change_as_it_was(
    cast: Cast, opened: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    _plan, made = act(OPERATOR, merger(cast))
    before = rows()

    def broken(*_given: Any, **_named: Any) -> Any:
        raise OSError("cut off in the middle")

    monkeypatch.setattr(tasks_following.Task, "save", broken)
    with pytest.raises(OSError, match="cut off"):
        withdraw_map_change(actor=OPERATOR, public_id=made.public_id, reason=WHY)
    monkeypatch.undo()
    assert rows() == before


def test_a_dry_run_of_before_is_carried_out_after_the_change_was_taken_back(
    cast: Cast, opened: Round
) -> None:
    plan, made = act(OPERATOR, merger(cast))
    withdraw_map_change(actor=OPERATOR, public_id=made.public_id, reason=WHY)
    assert plan_map_change(viewer=OPERATOR, wanted=merger(cast)).fingerprint == plan.fingerprint
    carry_out_map_change(actor=OPERATOR, wanted=merger(cast), fingerprint=plan.fingerprint)
    assert MapChange.objects.filter(withdrawn_at=None).count() == 1
