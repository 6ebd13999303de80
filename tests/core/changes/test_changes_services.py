"""A change of the map is one act: tried first, then carried out whole, with a receipt for each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps

from danchu.civic.reception.models import ScheduleLine
from danchu.core.accounts.models import Account, RoleGrant
from danchu.core.accounts.services import grant_role
from danchu.core.changes.models import MapChange, Receipt
from danchu.core.changes.planning import NewUnit, Plan, Wanted, plan_map_change
from danchu.core.changes.selectors import map_change, receipts
from danchu.core.changes.services import carry_out_map_change
from danchu.core.contracts import NOBODY, OPERATOR, ChangeKind, Effect
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound, Refusal
from danchu.core.ledger.models import Entry
from danchu.core.ledger.selectors import verify
from danchu.core.records.models import Record
from danchu.core.records.services import cancel_record
from danchu.core.units.models import Lineage, Placement, Unit
from danchu.core.units.selectors import child_units, trace, unit_by_id, unit_on
from danchu.core.work import unit_changes as tasks_following
from danchu.core.work.models import Task
from danchu.core.work.services import assign
from danchu.reporting.rounds.models import ExpectedReporter, Round
from danchu.reporting.rounds.services import open_round, submit
from tests.cast import TODAY, Cast, gathered
from tests.making import DAY, hold
from tests.reporting.folding import amount, cells, open_periods, sound

EVE = TODAY - dt.timedelta(days=1)
BASIS = "Nghị quyết số 01/NQ-HĐND (mẫu)"
NEW = NewUnit("xã Hợp Mẫu", "xã", "9A010")


def merger(cast: Cast, **more: Any) -> Wanted:
    given = {
        "kind": ChangeKind.MERGE,
        "units": (cast.benmau, cast.caumau),
        "on": TODAY,
        "basis": BASIS,
        "into": (NEW,),
        **more,
    }
    return Wanted(**given)


def act(actor: Any, wanted: Wanted) -> tuple[Plan, MapChange]:
    plan = plan_map_change(viewer=actor, wanted=wanted)
    made = carry_out_map_change(actor=actor, wanted=wanted, fingerprint=plan.fingerprint)
    return plan, made


def rows() -> dict[str, list[dict[str, Any]]]:
    """Everything there is in every table of ours."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("danchu.")]
    return {m.__name__: list(m._base_manager.order_by("pk").values()) for m in ours}


def refused(kind: type[Refusal], wanted: Wanted, actor: Any = OPERATOR) -> Refusal:
    """The refusal of the dry run, which is that of carrying it out; nothing was written."""
    before = rows()
    with pytest.raises(kind) as said:
        plan_map_change(viewer=actor, wanted=wanted)
    with pytest.raises(kind):
        carry_out_map_change(actor=actor, wanted=wanted, fingerprint="")
    assert rows() == before
    assert said.value.vi and said.value.en
    return said.value


@pytest.fixture
def opened(cast: Cast) -> Round:
    """A round that runs; Bến Mẫu has a dialogue whose result is still to be published."""
    (period,) = open_periods("nd09:2026H1").values()
    hold(cast.recorder_benmau, cast.benmau, on=DAY)
    hold(cast.recorder_caumau, cast.caumau, on=DAY)
    return open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết 6 tháng",
        cut_off=dt.date(2026, 6, 14),
        due_on=dt.date(2026, 6, 16),
    )


def test_the_dry_run_shows_what_is_touched_and_writes_nothing(cast: Cast, opened: Round) -> None:
    before = rows()
    plan = plan_map_change(viewer=OPERATOR, wanted=merger(cast))
    again = plan_map_change(viewer=OPERATOR, wanted=merger(cast))
    assert rows() == before
    assert plan.fingerprint == again.fingerprint
    by_area: dict[str, set[Effect]] = {}
    for item in plan.touched:
        by_area.setdefault(item.area, set()).add(item.effect)
        assert item.text_vi and item.text_en and item.text_vi != item.text_en
    assert by_area == {
        "units": {Effect.MOVES, Effect.STAYS},
        "accounts": {Effect.MOVES},
        "records": {Effect.STAYS},
        "work": {Effect.MOVES},
        "reception": {Effect.ENDS},
        "rounds": {Effect.STAYS, Effect.ADDED},
    }
    tasks = Task.objects.filter(unit_id__in=[cast.benmau, cast.caumau], done_at=None)
    shown = {i.ref: i.due_on for i in plan.touched if i.area == "work"}
    assert shown == {f"task {t.pk}": t.due_on for t in tasks}
    # No name of a person and nothing that anybody said stands in it.
    names = list(Account.objects.values_list("name", flat=True))
    titles = [t.title for t in tasks if t.title]
    for item in plan.touched:
        assert not any(word in item.text_vi for word in (*names, *titles))


def test_a_merger_hands_everything_over_and_leaves_every_clock_as_it_was(
    cast: Cast, opened: Round, settle: Any
) -> None:
    settle()
    figures = cells()
    theirs = [cast.benmau, cast.caumau]
    clocks = dict(Task.objects.filter(done_at=None).values_list("key", "due_on"))
    owners = dict(Task.objects.filter(done_at=None).values_list("key", "owner_id"))
    villages = {c.id for unit in theirs for c in child_units(unit, EVE)}
    roles = set(
        RoleGrant.objects.filter(unit_id__in=theirs, valid_to=None).values_list(
            "account_id", "role", "tree"
        )
    )
    plan, made = act(OPERATOR, merger(cast))
    new = unit_on("9A010", TODAY)
    # The map: one unit of today, both former ones whole in it, everything below moved.
    assert (new.name, new.parent_id, new.basis) == ("xã Hợp Mẫu", cast.minhhoa, BASIS)
    assert {c.id for c in child_units(new.id, TODAY)} == villages
    for unit in theirs:
        assert unit_by_id(unit, EVE).valid_to == EVE
        assert not Placement.objects.filter(parent_id=unit, valid_to=None).exists()
    lines = Lineage.objects.filter(successor_id=new.id).values_list("predecessor_id", "part", "on")
    assert set(lines) == {(unit, "whole", TODAY) for unit in theirs}
    # People: the same roles over the new unit, none over the former ones.
    given = RoleGrant.objects.filter(unit_id=new.id, valid_from=TODAY, valid_to=None)
    assert set(given.values_list("account_id", "role", "tree")) == roles
    assert not RoleGrant.objects.filter(unit_id__in=theirs, valid_to=None).exists()
    now = gathered()
    for officer in (now.recorder_benmau, now.recorder_caumau):
        assert officer.may("records.write", new.id)
        assert officer.may("records.read", cast.caumau)
        assert officer.last_day is None
    assert not now.recorder_mautrung.may("records.read", new.id)
    # Tasks: theirs are the new unit's, with the same days and owners; one more for its own figures.
    after = dict(Task.objects.filter(done_at=None).values_list("key", "due_on"))
    added = f"round.submit:{opened.pk}:{new.id}"
    assert after.pop(added) == opened.due_on
    assert after == clocks
    assert owners == dict(
        Task.objects.filter(done_at=None).exclude(key=added).values_list("key", "owner_id")
    )
    assert not Task.objects.filter(unit_id__in=theirs, done_at=None).exists()
    # The round asks all three, each for the days it has, and the new unit's people answer.
    asked = dict(ExpectedReporter.objects.filter(round=opened).values_list("unit_id", "due_on"))
    assert asked == dict.fromkeys((*theirs, new.id), opened.due_on)
    assert not ScheduleLine.objects.filter(unit_id__in=theirs, valid_to=None).exists()
    # What was known of figures stands where it stood, and the roll-up is a rebuild's.
    settle()
    kept = {k: v for k, v in cells().items() if k[0] in theirs}
    assert kept == {k: v for k, v in figures.items() if k[0] in theirs}
    submit(actor=now.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    submit(actor=now.reporter_benmau, round_id=opened.pk, unit_id=new.id)
    settle()
    assert not Task.objects.filter(key=f"round.submit:{opened.pk}:{cast.benmau}", done_at=None)
    held = amount(cast.minhhoa, opened.period, "dialogues_held", layer="recorded")
    assert held == 2
    sound()
    # Receipts: one for each thing the dry run showed, kept, and one entry in the ledger.
    told = receipts(OPERATOR, made)
    assert [(r.area, r.ref, r.effect) for r in told] == [
        (i.area, i.ref, i.effect) for i in plan.touched
    ]
    assert {r.to_unit_id for r in told if r.effect == "moves"} == {new.id}
    assert made.fingerprint == plan.fingerprint
    assert Entry.objects.filter(code="map.changed").count() == 1
    assert verify().ok


def test_only_the_level_above_may_and_only_it_and_the_units_read_the_receipts(
    cast: Cast, opened: Round
) -> None:
    for stranger in (
        NOBODY,
        cast.outsider,
        cast.admin_benmau,
        cast.leader_minhhoa,
        cast.committee_minhhoa,
        cast.recorder_benmau,
        cast.committee_maunguyen,
    ):
        refused(NotAllowed, merger(cast), stranger)
    # The administrator of a commune changes its villages, and not those of a neighbour.
    villages = merger(
        cast, units=(cast.maulai, cast.maudinh), into=(NewUnit("thôn Hợp Lai", "thôn", "10"),)
    )
    other = merger(cast, kind=ChangeKind.ABOLISH, units=(cast.to_dan_pho,), into=())
    refused(NotAllowed, other, cast.admin_benmau)
    _plan, made = act(gathered().admin_benmau, villages)
    now = gathered()
    assert map_change(now.admin_benmau, made.public_id) == made
    assert receipts(now.recorder_benmau, made)
    for stranger in (NOBODY, now.outsider, now.recorder_caumau):
        with pytest.raises(NotFound):
            map_change(stranger, made.public_id)
        assert receipts(stranger, made) == []
    # To hand a unit over to a province one must hold the right there too.
    moving = merger(
        cast, kind=ChangeKind.MOVE, units=(cast.workplace,), into=(), parent_id=cast.caumau
    )
    refused(NotAllowed, moving, gathered().admin_benmau)


def test_nobody_hands_on_a_role_they_could_not_give(cast: Cast) -> None:
    grant_role(actor=OPERATOR, account_id=cast.viewer.pk, role="legal_officer", unit_id=cast.benmau)
    grant_role(
        actor=OPERATOR, account_id=cast.leader_minhhoa.pk, role="unit_admin", unit_id=cast.minhhoa
    )
    grant_role(
        actor=OPERATOR, account_id=cast.leader_minhhoa.pk, role="viewer", unit_id=cast.benmau
    )
    boss = gathered().leader_minhhoa
    plan, _made = act(boss, merger(cast))
    left = {i.account_id for i in plan.touched if i.effect == Effect.LEFT}
    assert left == {cast.viewer.pk, boss.pk}
    new = unit_on("9A010", TODAY).id
    assert not RoleGrant.objects.filter(unit_id=new, role="legal_officer").exists()
    assert not RoleGrant.objects.filter(unit_id=new, account_id=boss.pk).exists()
    assert RoleGrant.objects.get(role="legal_officer", unit_id=cast.benmau).valid_to is None


def test_a_plan_that_is_no_longer_so_is_not_carried_out(cast: Cast, opened: Round) -> None:
    wanted = merger(cast)
    plan = plan_map_change(viewer=OPERATOR, wanted=wanted)

    def stale(other: Wanted = wanted) -> None:
        before = rows()
        with pytest.raises(Conflict) as said:
            carry_out_map_change(actor=OPERATOR, wanted=other, fingerprint=plan.fingerprint)
        assert said.value.code == "plan_changed"
        assert rows() == before

    stale(merger(cast, into=(NewUnit("xã Khác Mẫu", "xã", "9A011"),)))
    stale(merger(cast, basis="Nghị quyết khác (mẫu)"))
    extra = {"unit_id": cast.benmau, "kind": "test", "title": "Việc mẫu", "starts_on": DAY}
    assign(key="test:new", due_on=None, **extra)
    stale()
    Task.objects.filter(key="test:new").delete()
    grant_role(actor=OPERATOR, account_id=cast.viewer.pk, role="viewer", unit_id=cast.benmau)
    stale()
    plan = plan_map_change(viewer=OPERATOR, wanted=wanted)
    carry_out_map_change(actor=OPERATOR, wanted=wanted, fingerprint=plan.fingerprint)
    # And not twice.
    refused(Refusal, wanted)
    assert MapChange.objects.count() == 1


def test_what_breaks_in_the_middle_leaves_nothing(
    cast: Cast, opened: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = merger(cast)
    plan = plan_map_change(viewer=OPERATOR, wanted=wanted)
    before = rows()

    def broken(*_given: Any, **_more: Any) -> Any:
        raise RuntimeError("cut off")

    monkeypatch.setattr(tasks_following, "_touched", broken)
    with pytest.raises(RuntimeError):
        carry_out_map_change(actor=OPERATOR, wanted=wanted, fingerprint=plan.fingerprint)
    assert rows() == before


def test_a_day_that_is_wrong_is_refused_and_says_so(cast: Cast) -> None:
    tomorrow = TODAY + dt.timedelta(days=1)
    ahead = merger(cast, on=tomorrow)
    plan = plan_map_change(viewer=OPERATOR, wanted=ahead)  # may be tried before
    with pytest.raises(BadInput) as said:
        carry_out_map_change(actor=OPERATOR, wanted=ahead, fingerprint=plan.fingerprint)
    assert said.value.field == "on"
    # What was recorded from the day on would lose its unit.
    hold(cast.recorder_benmau, cast.benmau, on=TODAY)
    assert refused(Conflict, merger(cast)).field == "on"
    # Before the units were, or on the day they began.
    refused(BadInput, merger(cast, on=dt.date(2025, 7, 1)))
    refused(BadInput, merger(cast, basis="  "))


def test_what_is_no_change_is_refused(cast: Cast) -> None:
    second = NewUnit("xã Hai Mẫu", "xã", "9A011")
    split = {"kind": ChangeKind.SPLIT, "units": (cast.benmau,)}
    for wrong in (
        merger(cast, units=()),
        merger(cast, units=(cast.benmau,)),
        merger(cast, units=(cast.benmau, cast.benmau)),
        merger(cast, into=()),
        merger(cast, into=(NEW, second)),
        merger(cast, into=(cast.mautrung,)),
        merger(cast, units=(cast.benmau, cast.maulai)),
        merger(cast, units=(cast.benmau, 10**9)),
        merger(cast, units=tuple(range(1, 100))),
        merger(cast, **split, into=(NEW,)),
        merger(cast, **split, into=(cast.benmau, NEW), shares=(None,)),
        merger(cast, kind=ChangeKind.RENAME, units=(cast.benmau,), into=()),
        merger(cast, kind=ChangeKind.MOVE, units=(cast.benmau,), into=()),
    ):
        refused(BadInput, wrong)
    # A split or an abolition leaves no unit below without a place.
    refused(Conflict, merger(cast, **split, into=(NEW, second)))
    refused(Conflict, merger(cast, kind=ChangeKind.ABOLISH, units=(cast.benmau,), into=()))
    # What is official and what is invented are never made one.
    Unit.objects.filter(pk=cast.caumau).update(is_demo=False)
    refused(BadInput, merger(cast))
    # A code that somebody has, or had, is refused by the dry run already.
    taken = merger(
        cast, units=(cast.maulai, cast.maudinh), into=(NewUnit("thôn Hai", "thôn", "01"),)
    )
    assert refused(Conflict, taken).field == "code"


def test_a_unit_joins_another_that_goes_on(cast: Cast, opened: Round) -> None:
    roles = RoleGrant.objects.filter(unit_id=cast.benmau, valid_to=None).count()
    _plan, made = act(OPERATOR, merger(cast, into=(cast.benmau,)))
    assert unit_by_id(cast.benmau, TODAY).valid_to is None
    assert cast.to_dan_pho in {c.id for c in child_units(cast.benmau, TODAY)}
    assert gathered().recorder_caumau.may("records.write", cast.benmau)
    told = {(r.area, r.unit_id): r.number for r in receipts(OPERATOR, made) if r.effect == "stays"}
    assert told["accounts", cast.benmau] == roles
    asked = ExpectedReporter.objects.filter(round=opened).values_list("unit_id", flat=True)
    assert set(asked) == {cast.benmau, cast.caumau}


def test_a_part_goes_its_own_way_and_the_rest_keeps_what_it_had(cast: Cast, opened: Round) -> None:
    tasks = set(Task.objects.filter(unit_id=cast.benmau).values_list("key", flat=True))
    wanted = merger(cast, kind=ChangeKind.SPLIT, units=(cast.benmau,), into=(cast.benmau, NEW))
    act(OPERATOR, wanted)
    new = unit_on("9A010", TODAY).id
    assert tasks == set(Task.objects.filter(unit_id=cast.benmau).values_list("key", flat=True))
    assert [t.key for t in Task.objects.filter(unit_id=new)] == [f"round.submit:{opened.pk}:{new}"]
    assert not RoleGrant.objects.filter(unit_id=new).exists()
    parts = trace("9A001", EVE, TODAY).successors
    assert {(kin.unit.code, kin.part) for kin in parts} == {("9A001", "part"), ("9A010", "part")}


def test_a_new_name_a_new_place_and_an_end(cast: Cast, opened: Round) -> None:
    renaming = merger(
        cast,
        kind=ChangeKind.RENAME,
        units=(cast.benmau,),
        into=(),
        name="phường Bến Mẫu",
        unit_kind="phường",
    )
    act(OPERATOR, renaming)
    assert unit_by_id(cast.benmau, TODAY).name == "phường Bến Mẫu"
    assert unit_by_id(cast.benmau, EVE).name == "xã Bến Mẫu"
    moving = merger(
        cast, kind=ChangeKind.MOVE, units=(cast.caumau,), into=(), parent_id=cast.maunguyen
    )
    _plan, made = act(OPERATOR, moving)
    assert unit_by_id(cast.caumau, TODAY).parent_id == cast.maunguyen
    assert ExpectedReporter.objects.filter(round=opened, unit_id=cast.caumau).exists()
    assert {r.area for r in receipts(OPERATOR, made)} >= {"accounts", "work", "rounds"}
    assert not gathered().leader_minhhoa.may("records.read", cast.caumau)
    ending = merger(cast, kind=ChangeKind.ABOLISH, units=(cast.maulai,), into=())
    assign(
        key="test:village",
        unit_id=cast.maulai,
        kind="test",
        title="Việc mẫu",
        starts_on=DAY,
        due_on=TODAY,
    )
    act(OPERATOR, ending)
    assert Task.objects.get(key="test:village").unit_id == cast.benmau
    assert not RoleGrant.objects.filter(unit_id=cast.maulai, valid_to=None).exists()
    assert gathered().village_head.last_day == EVE
    assert Receipt.objects.filter(area="accounts", effect="ends").exists()
    sound_after = MapChange.objects.values_list("kind", flat=True)
    assert sorted(sound_after) == ["abolish", "move", "rename"]


def test_what_was_handed_in_since_hinders_no_day_and_what_happened_since_is_named(
    cast: Cast, opened: Round
) -> None:
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    earlier = merger(cast, on=DAY - dt.timedelta(days=1))
    told = refused(Conflict, earlier)
    assert "phiếu nộp" not in told.vi.lower() and told.vi.count(" ngày ") >= 2
    hindering = Record.objects.filter(kind="dialogue", occurred_on=DAY)
    for one in hindering:
        cancel_record(
            actor=OPERATOR, record_id=one.pk, reason="Nhập nhầm xã", right="records.write"
        )
    plan, _made = act(OPERATOR, earlier)
    assert any("submission of" in item.ref for item in plan.touched)
