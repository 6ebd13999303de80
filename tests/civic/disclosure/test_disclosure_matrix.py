"""Units against clauses: what each cell says, that the ledger says the same, and reminding."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.civic.disclosure.budget_quarters import BUDGET_RULE
from danchu.civic.disclosure.clause_states import ClauseState
from danchu.civic.disclosure.folding import turn_of_day
from danchu.civic.disclosure.measures import MEASURES
from danchu.civic.disclosure.models import Notice
from danchu.civic.disclosure.selectors import (
    Matrix,
    Quarter,
    clause_of_unit,
    disclosure_matrix,
    missing_below,
)
from danchu.civic.disclosure.services import (
    PlanInput,
    PlannedInput,
    cancel_notice,
    correct_notice,
    interrupt_posting,
    record_plan,
    remind_units,
    take_down,
)
from danchu.core.errors import BadInput, NotAllowed, NotFound
from danchu.core.law.services import confirm_rule
from danchu.core.ledger.models import Entry
from danchu.core.work.models import Task
from danchu.demo.load import settle
from danchu.reporting.duties.ledger import duty_ledger
from tests.cast import TODAY
from tests.civic.disclosure.made import HALL, HEADQUARTERS, notice_input, publish_register_now
from tests.civic.disclosure.made import publish as publish_any
from tests.making import hold

D = dt.date
NEW_YEAR = D(2026, 1, 5)
YEAR, QUARTER, HALF = "2026", "2026Q2", "nd09:2026H1"


@pytest.fixture
def confirmed(cast: Any) -> Any:
    """The clauses of article 11 compared by the legal officer, but for clause 14; and a record of
    each commune long ago, so that what is missing can be told."""
    keys = [f"xa_ck_{n:02}" for n in range(1, 14)] + ["xa_ck_kh", "xa_ck_so"]
    for key in keys:
        confirm_rule(
            actor=cast.legal_officer,
            key=key,
            on=TODAY,
            officer="Bùi Mẫu Liên",
            text_compared="12/VBHN-VPQH",
        )
    hold(cast.recorder_benmau, cast.benmau, on=D(2025, 12, 1))
    hold(cast.recorder_caumau, cast.caumau, on=D(2026, 2, 3))
    return cast


def state(found: Matrix, code: str, rule: str) -> ClauseState:
    for group in (*found.groups, *((found.own,) if found.own else ())):
        for unit in group.units:
            if unit.code == code:
                keys = [one.key for one in group.rules]
                return unit.cells[keys.index(rule)].state
    raise AssertionError(f"{code} is not in the matrix")


def cell(cast: Any, rule: str, *, code: str = "9A001", period: str = YEAR) -> ClauseState:
    """The cell in the province's matrix, which the unit's own page tells as well.

    It is the same whether it is read of what is kept or judged anew.
    """
    settle()
    turn_of_day()
    found = state(disclosure_matrix(cast.committee_minhhoa, "9A", period), code, rule)
    anew = disclosure_matrix(cast.committee_minhhoa, "9A", period, anew=True)
    assert clause_of_unit(cast.committee_minhhoa, code, period, rule).cell.state == found
    assert state(anew, code, rule) == found
    return found


def publish(actor: Any, unit_id: int, *postings: Any, **changes: Any) -> Any:
    """A content of clause 3: the law asks for it when there is one, and in no period."""
    return publish_any(actor, unit_id, *postings, **{"rule_key": "xa_ck_03", **changes})


def plan(cast: Any, *items: PlannedInput, on: dt.date = NEW_YEAR) -> Any:
    return record_plan(
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=on,
        content=PlanInput(
            year=2026, items=items or (PlannedInput("xa_ck_12", "Phí", from_on=D(2026, 12, 1)),)
        ),
    )


def test_a_clause_goes_from_missing_by_the_plan_over_its_posting_to_complete(
    confirmed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = confirmed
    assert cell(cast, "xa_ck_03") == "none", "nothing arose that anybody wrote down"
    plan(cast, PlannedInput("xa_ck_03", "Dự án", from_on=D(2026, 5, 1), to_on=D(2026, 5, 31)))
    assert cell(cast, "xa_ck_03") == "missing"
    assert cell(cast, "xa_ck_03", code="9A002") == "none"
    made = publish(cast.recorder_benmau, cast.benmau, on=D(2026, 5, 20), decided_on=D(2026, 5, 18))
    assert cell(cast, "xa_ck_03") == "short", "it hangs nowhere yet"
    cancel_notice(actor=cast.recorder_benmau, record_id=made.pk, reason="Ghi nhầm")
    assert cell(cast, "xa_ck_03") == "missing"
    made = publish(
        cast.recorder_benmau,
        cast.benmau,
        HEADQUARTERS,
        HALL,
        on=D(2026, 5, 20),
        decided_on=D(2026, 5, 18),
    )
    assert cell(cast, "xa_ck_03") == "hanging"
    for day, expected in ((D(2026, 6, 19), "done"), (D(2026, 6, 18), "hanging")):
        monkeypatch.setenv("DANCHU_TODAY", day.isoformat())
        assert made.postings.get(kind="culture_house").complete_on == D(2026, 6, 19)
        assert cell(cast, "xa_ck_03") == expected


def test_what_is_published_after_its_days_is_late_and_says_so_where_the_rule_is_confirmed(
    confirmed: Any,
) -> None:
    cast = confirmed
    late: dict[str, Any] = {"on": D(2026, 6, 1), "decided_on": D(2026, 5, 18)}
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, **late)
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, rule_key="xa_ck_14", **late)
    assert cell(cast, "xa_ck_03") == "late"
    assert cell(cast, "xa_ck_14") == "unconfirmed", "nobody here has compared clause 14"
    assert cell(cast, "xa_ck_03", period=QUARTER) == "late"
    assert cell(cast, "xa_ck_03", period="2026Q1") == "none", "another quarter"


def test_a_posting_that_was_cut_off_is_told_until_it_hangs_at_that_place_again(
    confirmed: Any,
) -> None:
    cast = confirmed
    who = cast.recorder_benmau
    made = publish(
        who, cast.benmau, HEADQUARTERS, HALL, on=D(2026, 5, 20), decided_on=D(2026, 5, 18)
    )
    hall = made.postings.get(kind="culture_house")
    interrupt_posting(
        actor=who, posting_id=hall.pk, version=1, from_on=D(2026, 6, 1), reason="Mưa bão"
    )
    assert cell(cast, "xa_ck_03") == "short", "though it hangs at headquarters"
    house = made.postings.get(kind="headquarters")
    take_down(actor=who, posting_id=house.pk, version=1, on=D(2026, 6, 2), early=True)
    assert cell(cast, "xa_ck_03") == "short"


def test_what_hangs_all_the_time_the_plan_and_the_register_are_asked_of_every_commune(
    confirmed: Any,
) -> None:
    cast = confirmed
    for rule in ("xa_ck_04", "xa_ck_13", "xa_ck_kh"):
        assert cell(cast, rule) == cell(cast, rule, code="9A002") == "missing"
    # Bến Mẫu wrote its first record down before the first quarter, Cầu Mẫu within it.
    assert cell(cast, "xa_ck_so") == "missing"
    assert cell(cast, "xa_ck_so", code="9A002") == "planned"
    assert cell(cast, "xa_ck_so", code="9A002", period="2026Q1") == "unknown"
    assert cell(cast, "xa_ck_so", period=QUARTER) == "planned"
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, on=D(2026, 5, 20), rule_key="xa_ck_04")
    plan(cast)
    publish_register_now(
        actor=cast.recorder_benmau, unit_id=cast.benmau, quarter=Quarter.read("2026-Q2")
    )
    assert cell(cast, "xa_ck_04") == cell(cast, "xa_ck_kh") == "done"
    assert cell(cast, "xa_ck_13") == "missing", "another clause"
    assert cell(cast, "xa_ck_so", period=QUARTER) == "done"
    assert cell(cast, "xa_ck_so") == "missing", "the first quarter is over"
    publish(cast.recorder_benmau, cast.benmau, on=D(2026, 2, 10), decided_on=D(2026, 2, 9))
    publish_register_now(
        actor=cast.recorder_benmau, unit_id=cast.benmau, quarter=Quarter.read("2026-Q1")
    )
    assert cell(cast, "xa_ck_so", period="2026Q1") == cell(cast, "xa_ck_so") == "late"
    assert cell(cast, "xa_ck_so", period=QUARTER) == "done"


def test_the_execution_of_the_budget_is_asked_for_in_each_quarter(
    confirmed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = confirmed
    who, unit = cast.recorder_benmau, cast.benmau

    def told(what: str, on: dt.date, **changes: Any) -> Any:
        return publish(
            who,
            unit,
            HEADQUARTERS,
            on=on,
            **{**paper(f"Thực hiện ngân sách {what}", on), **changes},
        )

    # Bến Mẫu wrote its first record down before the first quarter, Cầu Mẫu within it.
    assert cell(cast, BUDGET_RULE) == "missing"
    assert cell(cast, BUDGET_RULE, code="9A002", period="2026Q1") == "unknown"
    assert cell(cast, BUDGET_RULE, period=QUARTER) == "planned", "the quarter runs"
    found = clause_of_unit(cast.committee_minhhoa, "9A001", YEAR, BUDGET_RULE).cell
    assert [quarter.key for quarter in found.owed] == ["2025-Q4"]
    publish(who, unit, HEADQUARTERS, on=D(2026, 2, 10), **paper("Dự toán 2026", D(2026, 2, 9)))
    assert cell(cast, BUDGET_RULE) == "missing", "an estimate tells of no quarter"
    late = told("quý IV năm 2025", D(2026, 4, 1))
    assert cell(cast, BUDGET_RULE, period="2026Q1") == "late", "a day after the quarter"
    cancel_notice(actor=who, record_id=late.pk, reason="Ghi nhầm")
    told("quý IV năm 2025", D(2026, 3, 31))
    assert cell(cast, BUDGET_RULE, period="2026Q1") == "done"
    assert cell(cast, BUDGET_RULE, period=QUARTER) == "planned"
    told("quý I năm 2026", D(2026, 5, 20))
    assert cell(cast, BUDGET_RULE, period=QUARTER) == "hanging"
    assert cell(cast, BUDGET_RULE) == "hanging"
    monkeypatch.setenv("DANCHU_TODAY", "2026-09-30")
    assert cell(cast, BUDGET_RULE) == "planned", "the six months, until the third quarter is over"
    monkeypatch.setenv("DANCHU_TODAY", "2026-10-01")
    assert cell(cast, BUDGET_RULE) == "missing"
    found = clause_of_unit(cast.committee_minhhoa, "9A001", YEAR, BUDGET_RULE).cell
    assert [quarter.key for quarter in found.owed] == ["2026-Q2"]
    told("6 tháng đầu năm 2026", D(2026, 9, 28))
    assert cell(cast, BUDGET_RULE) == "hanging"


def test_each_kind_of_unit_has_its_own_clauses_and_a_village_none(confirmed: Any) -> None:
    cast = confirmed
    province = disclosure_matrix(cast.committee_minhhoa, "9A", YEAR)
    assert {group.kind for group in province.groups} == {"commune", "agency", "state_enterprise"}
    assert province.own is None
    assert all(rule.unit_kind == group.kind for group in province.groups for rule in group.rules)
    with pytest.raises(AssertionError, match="not in the matrix"):
        state(province, "9B001", "xa_ck_02")
    commune = disclosure_matrix(cast.recorder_benmau, "9A001", YEAR)
    assert [group.kind for group in commune.groups] == ["workplace"]
    assert commune.own is not None
    assert commune.own.units[0].code == "9A001"
    assert commune.silent == 6, "its villages and the committee"
    publish(
        cast.workplace_officer,
        cast.workplace,
        HEADQUARTERS,
        on=D(2026, 5, 20),
        rule_key="nlv_ck_a",
        decided_on=D(2026, 5, 18),
    )
    again = disclosure_matrix(cast.recorder_benmau, "9A001", YEAR)
    assert state(again, "9A001.MAY", "nlv_ck_a") == "done", "no least days of posting"


def test_a_neighbour_sees_nothing_of_it(confirmed: Any) -> None:
    cast = confirmed
    for viewer, code in (
        (cast.committee_maunguyen, "9A"),
        (cast.recorder_caumau, "9A001"),
        (cast.recorder_benmau, "9A"),
        (cast.outsider, "9A001"),
    ):
        with pytest.raises(NotFound, match="9A"):
            disclosure_matrix(viewer, code, YEAR)
        with pytest.raises(NotFound):
            clause_of_unit(viewer, code, YEAR, "xa_ck_02")
    with pytest.raises(NotFound, match="không có nội dung"):
        clause_of_unit(cast.recorder_benmau, "9A001", YEAR, "cq_ck_01")
    with pytest.raises(NotFound, match="không có nội dung"):
        clause_of_unit(cast.recorder_benmau, "9A001.01", YEAR, "xa_ck_02")
    with pytest.raises(BadInput):
        disclosure_matrix(cast.recorder_benmau, "9A001", "2026X9")


# --- the ledger of duties and the measures say the same -----------------------------------------

_OF_LEDGER: dict[str, set[ClauseState]] = {
    "done": {"done", "hanging", "short"},  # the ledger judges postings that were taken down alone
    "short": {"short", "late", "unconfirmed"},
    "done_late": {"late", "unconfirmed"},
    "late": {"missing", "unconfirmed"},
    "open": {"planned", "hanging", "short"},  # the quarter runs, and something was published
    "unknown": {"unknown"},
    "": {"none", "na", "missing", "planned"},
}


def paper(title: str, decided_on: dt.date) -> dict[str, Any]:
    """A paper on the budget."""
    return {"rule_key": BUDGET_RULE, "title": title, "decided_on": decided_on}


def told_by_ledger(cast: Any, code: str, period: tuple[dt.date, dt.date]) -> dict[str, str]:
    """rule -> the worst of what the ledger says of what was done in the period."""
    first, last = period
    ledger = duty_ledger(cast.admin, code, first, last, TODAY)
    found = {}
    for line in ledger.lines:
        told = {
            one.state
            for one in line.instances
            if one.state != "ahead"
            and (one.shape.value != "term" or (one.done_on and first <= one.done_on <= last))
            and (one.shape.value != "periodic" or one.start <= TODAY)
        }
        found[line.rule.key] = next(
            (s for s in ("late", "short", "done_late", "open", "done", "unknown") if s in told), ""
        )
    return found


@pytest.mark.parametrize(
    ("period", "span"),
    [
        (YEAR, (D(2026, 1, 1), D(2026, 12, 31))),
        (QUARTER, (D(2026, 4, 1), D(2026, 6, 30))),
        (HALF, (D(2025, 12, 15), D(2026, 6, 14))),
    ],
)
@pytest.mark.parametrize(
    "budget",
    [
        {},
        {"quý IV năm 2025": D(2026, 3, 31), "quý I năm 2026": D(2026, 5, 20)},
        {"quý IV năm 2025": D(2026, 4, 1)},
        {"cả năm 2025": D(2025, 12, 30), "quý I năm 2026": D(2026, 4, 2)},
    ],
    ids=["none", "in time", "late", "early"],
)
def test_the_ledger_of_duties_says_the_same_of_every_unit_and_clause(
    confirmed: Any, period: str, span: tuple[dt.date, dt.date], budget: dict[str, dt.date]
) -> None:
    cast = confirmed
    who, unit = cast.recorder_benmau, cast.benmau
    plan(cast, PlannedInput("xa_ck_05", "Quỹ"))
    publish(who, unit, HEADQUARTERS, on=D(2026, 2, 10), **paper("Dự toán năm 2026", D(2026, 2, 9)))
    for told, on in budget.items():
        publish(who, unit, HEADQUARTERS, on=on, **paper(f"Thực hiện ngân sách {told}", on))
    publish(who, unit, on=D(2026, 6, 1), decided_on=D(2026, 5, 18), rule_key="xa_ck_03")
    publish(who, unit, on=D(2026, 6, 1), decided_on=D(2026, 5, 18), rule_key="xa_ck_14")
    publish(
        who, unit, HEADQUARTERS, on=D(2025, 12, 20), decided_on=D(2025, 12, 18), rule_key="xa_ck_01"
    )
    publish(who, unit, HEADQUARTERS, on=D(2026, 5, 20), rule_key="xa_ck_13")
    publish_register_now(actor=who, unit_id=unit, quarter=Quarter.read("2026-Q2"))
    matrix = disclosure_matrix(cast.admin, "9A", period)
    assert state(matrix, "9A001", BUDGET_RULE) != "na"
    compared, kinds = 0, set()
    for group in matrix.groups:
        for one in group.units:
            told = told_by_ledger(cast, one.code, span)
            for rule, its in zip(group.rules, one.cells, strict=True):
                if rule.key in told:
                    assert its.state in _OF_LEDGER[told[rule.key]], (one.code, rule.key, told)
                    compared += 1
                    kinds.add(told[rule.key])
    assert compared > 40
    assert {"done", "late", "done_late", ""} <= kinds


def test_what_the_plan_has_and_nobody_disclosed_is_what_the_measure_counts(confirmed: Any) -> None:
    cast = confirmed
    plan(
        cast,
        PlannedInput("xa_ck_01", "Kế hoạch", from_on=D(2026, 1, 1), to_on=D(2026, 3, 31)),
        PlannedInput("xa_ck_02", "Dự toán", from_on=D(2026, 5, 1), to_on=D(2026, 5, 31)),
        PlannedInput("xa_ck_03", "Dự án"),
        PlannedInput("xa_ck_06", "Tài sản", from_on=D(2026, 9, 1), to_on=D(2026, 9, 30)),
    )
    publish_any(cast.recorder_benmau, cast.benmau, on=D(2026, 5, 20), decided_on=D(2026, 5, 18))
    for told_of, on in (("cả năm 2025", D(2026, 2, 3)), ("quý I năm 2026", D(2026, 5, 5))):
        publish(
            cast.recorder_benmau,
            cast.benmau,
            on=on,
            **paper(f"Thực hiện {told_of}", on),
        )
    measure = next(one for one in MEASURES if one.name == "disclosure.planned_clauses")
    due = {row.dimension for row in measure.rows([cast.benmau], D(2026, 1, 1), D(2026, 12, 31))}
    told = {rule: cell(cast, rule) for rule in ("xa_ck_01", "xa_ck_02", "xa_ck_03", "xa_ck_06")}
    assert told["xa_ck_01"] == "missing"
    assert told["xa_ck_03"] == told["xa_ck_06"] == "planned"
    assert due == {rule for rule, its in told.items() if its in ("missing", "planned")}
    # Published at last: not in its time, and no longer missing where it was due.
    publish(
        cast.recorder_benmau,
        cast.benmau,
        HEADQUARTERS,
        on=D(2026, 6, 9),
        decided_on=D(2026, 6, 8),
        rule_key="xa_ck_01",
    )
    assert cell(cast, "xa_ck_01", period="2026Q1") == "late"
    assert cell(cast, "xa_ck_01") == "hanging"


# --- sending ------------------------------------------------------------------------------------

DUE = D(2026, 6, 17)


def test_what_is_missing_is_sent_once_and_the_task_ends_with_the_notice(confirmed: Any) -> None:
    cast = confirmed
    who = cast.committee_minhhoa
    owed = missing_below(who, "9A", YEAR, unit_code="9A001")
    always = {"xa_ck_04", "xa_ck_13", "xa_ck_kh", "xa_ck_so"}
    assert {line.rule.key for line in owed.new} == {*always, BUDGET_RULE}
    (budget,) = (line for line in owed.new if line.rule.key == BUDGET_RULE)
    assert [quarter.key for quarter in budget.owed] == ["2025-Q4"], "the second quarter runs"
    publish(
        cast.recorder_benmau,
        cast.benmau,
        HEADQUARTERS,
        on=D(2026, 6, 8),
        **paper("Thực hiện ngân sách năm 2025", D(2026, 6, 5)),
    )
    owed = missing_below(who, "9A", YEAR, unit_code="9A001")
    assert {line.rule.key for line in owed.new} == always
    assert owed.offered_day == DUE, "five working days from Wednesday 10 June"
    entries = Entry.objects.count()
    sent = remind_units(
        actor=who, code="9A", period=YEAR, due_on=DUE, unit_code="9A001", rule_key="xa_ck_04"
    )
    assert sent == 1
    assert Entry.objects.count() == entries + 1
    task = Task.objects.get(kind="disclosure.remind")
    assert (task.unit_id, task.due_on, task.done_at) == (cast.benmau, DUE, None)
    assert task.title.startswith("Công khai nội dung còn thiếu: ")
    with pytest.raises(BadInput, match="Không có nội dung còn thiếu"):
        remind_units(
            actor=who, code="9A", period=YEAR, due_on=DUE, unit_code="9A001", rule_key="xa_ck_04"
        )
    assert Entry.objects.count() == entries + 1
    # The column: the other commune is reminded, this one not again.
    assert remind_units(actor=who, code="9A", period=YEAR, due_on=DUE, rule_key="xa_ck_04") == 1
    assert remind_units(actor=who, code="9A", period=YEAR, due_on=DUE, unit_code="9A001") == 3
    made = publish(cast.recorder_benmau, cast.benmau, on=D(2026, 6, 9), rule_key="xa_ck_04")
    task.refresh_from_db()
    assert task.done_at is None, "it has to hang"
    from danchu.civic.disclosure.services import add_posting

    add_posting(actor=cast.recorder_benmau, notice_id=made.pk, content=HEADQUARTERS)
    plan(cast, on=TODAY)
    open_ones = Task.objects.filter(kind="disclosure.remind", done_at=None)
    assert set(open_ones.values_list("unit_id", "key")) == {
        (cast.benmau, f"disclosure.remind:{cast.benmau}:xa_ck_13:2026"),
        (cast.benmau, f"disclosure.remind:{cast.benmau}:xa_ck_so:2026"),
        (cast.caumau, f"disclosure.remind:{cast.caumau}:xa_ck_04:2026"),
    }
    # Taken back, it is missing again and may be sent again.
    cancel_notice(actor=cast.recorder_benmau, record_id=made.pk, reason="Ghi nhầm")
    assert (
        remind_units(
            actor=who, code="9A", period=YEAR, due_on=DUE, unit_code="9A001", rule_key="xa_ck_04"
        )
        == 1
    )
    assert open_ones.count() == 4
    assert Notice.objects.count() == 2


def test_a_reminder_stays_until_nothing_it_named_is_missing_any_more(
    confirmed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = confirmed
    who, above = cast.recorder_benmau, cast.committee_minhhoa

    def told(what: str, on: dt.date) -> Any:
        return publish(who, cast.benmau, HEADQUARTERS, on=on, **paper(f"Thực hiện {what}", on))

    def of_year(open_ones: bool = True) -> list[str]:
        rows = Task.objects.filter(kind="disclosure.remind", done_at__isnull=open_ones)
        return sorted(
            key.partition(f"{BUDGET_RULE}:")[2] for key in rows.values_list("key", flat=True)
        )

    monkeypatch.setenv("DANCHU_TODAY", "2026-07-10")
    for period in (YEAR, QUARTER):
        remind_units(
            actor=above,
            code="9A",
            period=period,
            due_on=D(2026, 7, 17),
            unit_code="9A001",
            rule_key=BUDGET_RULE,
        )
    title = Task.objects.get(kind="disclosure.remind", key__endswith=f":{YEAR}").title
    assert "(thực hiện quý IV năm 2025, quý I năm 2026)" in title
    told("quý IV năm 2025", D(2026, 7, 10))
    assert of_year() == [YEAR, QUARTER], "the first quarter is missing in both periods"
    for task in Task.objects.filter(kind="disclosure.remind"):  # half done: it names what is left
        assert "(thực hiện quý I năm 2026), " in task.title and "quý IV" not in task.title
    (line,) = missing_below(above, "9A", YEAR, unit_code="9A001", rule_key=BUDGET_RULE).lines
    assert line.sent is not None
    with pytest.raises(BadInput, match="Không có nội dung còn thiếu"):
        remind_units(
            actor=above,
            code="9A",
            period=YEAR,
            due_on=D(2026, 7, 17),
            unit_code="9A001",
            rule_key=BUDGET_RULE,
        )
    # Of what fell due only afterwards nobody was reminded.
    monkeypatch.setenv("DANCHU_TODAY", "2026-10-05")
    told("quý I năm 2026", D(2026, 10, 5))
    assert (of_year(), of_year(open_ones=False)) == ([], [YEAR, QUARTER])
    (line,) = missing_below(above, "9A", YEAR, unit_code="9A001", rule_key=BUDGET_RULE).new
    assert [quarter.key for quarter in line.owed] == ["2026-Q2"]


def test_a_slip_that_is_corrected_ends_the_reminder_too(confirmed: Any) -> None:
    cast = confirmed
    who, unit = cast.recorder_benmau, cast.benmau
    remind_units(
        actor=cast.committee_minhhoa,
        code="9A",
        period=YEAR,
        due_on=DUE,
        unit_code="9A001",
        rule_key=BUDGET_RULE,
    )
    slip = paper("Thực hiện quý I năm 2026", D(2026, 6, 8))
    made = publish(who, unit, HEADQUARTERS, on=D(2026, 6, 9), **slip)
    task = Task.objects.get(kind="disclosure.remind")
    assert task.done_at is None, "another quarter than the one that is missing"
    correct_notice(
        actor=who,
        record_id=made.pk,
        version=1,
        occurred_on=D(2026, 6, 9),
        content=notice_input(**{**slip, "title": "Thực hiện quý IV năm 2025"}),
        reason="Ghi nhầm quý",
    )
    task.refresh_from_db()
    assert task.done_at is not None


def test_only_units_below_are_reminded_by_who_may_and_of_confirmed_rules(confirmed: Any) -> None:
    cast = confirmed
    before = Task.objects.count()
    for who in (cast.viewer, cast.recorder_benmau, cast.committee_maunguyen, cast.outsider):
        with pytest.raises(NotAllowed):
            remind_units(actor=who, code="9A", period=YEAR, due_on=DUE)
        with pytest.raises(NotFound):
            missing_below(who, "9A", YEAR)
    with pytest.raises(BadInput, match="Không có nội dung còn thiếu"):
        # Its own clauses are no concern of itself as the unit above.
        remind_units(actor=cast.leader_benmau, code="9A001", period=YEAR, due_on=DUE)
    for day in (None, D(2026, 6, 9)):
        with pytest.raises(BadInput) as refused:
            remind_units(actor=cast.committee_minhhoa, code="9A", period=YEAR, due_on=day)
        assert refused.value.field == "due_on"
    assert Task.objects.count() == before
    late: dict[str, Any] = {"on": D(2026, 6, 1), "decided_on": D(2026, 5, 18)}
    publish(cast.recorder_benmau, cast.benmau, rule_key="xa_ck_14", **late)
    owed = missing_below(cast.committee_minhhoa, "9A", YEAR)
    assert "xa_ck_14" not in {line.rule.key for line in owed.lines}
    assert {line.code for line in owed.lines} == {"9A001", "9A002"}


def test_it_takes_as_many_statements_for_many_units_as_for_two(
    confirmed: Any, django_assert_max_num_queries: Any
) -> None:
    cast = confirmed
    disclosure_matrix(cast.committee_minhhoa, "9A", YEAR)
    with django_assert_max_num_queries(9):
        disclosure_matrix(cast.committee_minhhoa, "9A", YEAR)
