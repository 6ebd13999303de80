"""Checking a form: the rules in use, the records behind it, earlier periods and peers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR, declared_measures
from danchu.core.errors import BadInput, NotAllowed
from danchu.core.units.services import register_demo_unit
from danchu.reporting.checks.content import RuleContent
from danchu.reporting.checks.models import CheckRule
from danchu.reporting.checks.running import CheckedValue, Finding, held_back, run_checks
from danchu.reporting.checks.services import add_rule
from danchu.reporting.figures.models import Cell, Indicator
from danchu.reporting.figures.selectors import definitions
from tests.cast import Cast
from tests.making import hold, receive
from tests.reporting.folding import open_periods
from tests.timing import times_as_long


@pytest.fixture
def period(cast: Cast) -> Any:
    return open_periods("nd09:2026H1")["nd09:2026H1"]


def entered(amount: int, recorded: int | None = None, reason: str = "") -> CheckedValue:
    return CheckedValue("reported" if amount else "zero", amount, recorded, reason)


def fired(found: list[Finding]) -> dict[str, Finding]:
    return {f.key: f for f in found if f.fired}


def cell(unit: int, period: Any, key: str, amount: int, layer: str = "reported") -> None:
    Cell.objects.create(
        unit_id=unit,
        period_id=period.pk,
        indicator_id=Indicator.objects.get(key=key).pk,
        layer=layer,
        reach="all" if layer == "recorded" else "own",
        state="reported" if amount else "zero",
        amount=amount,
    )


def test_a_form_is_checked_for_who_reads_the_figures_and_for_nobody_else(
    cast: Cast, period: Any
) -> None:
    wrong = {"documents_issued": entered(-1)}
    for person in (cast.reporter_benmau, cast.leader_benmau, cast.viewer, OPERATOR):
        found = fired(run_checks(person, cast.benmau, period, wrong))
        assert found["not_negative"].holds_back
    for stranger in (cast.reporter_caumau, cast.outsider, NOBODY):
        with pytest.raises(NotAllowed):
            run_checks(stranger, cast.benmau, period, wrong)
    with pytest.raises(BadInput):
        run_checks(cast.reporter_benmau, cast.benmau, period, {"no_such": entered(1)})
    assert run_checks(cast.reporter_benmau, cast.benmau, period, {}) == []


def test_an_empty_form_and_one_of_zeros_hold_nothing_back(cast: Cast, period: Any) -> None:
    for state, amount in (("missing", None), ("not_applicable", None), ("zero", 0)):
        form = {key: CheckedValue(state, amount) for key in definitions()}
        found = run_checks(cast.reporter_benmau, cast.benmau, period, form)
        assert fired(found) == {}, state


def test_what_differs_from_records_names_those_the_viewer_may_see(cast: Cast, period: Any) -> None:
    first = hold(cast.recorder_benmau, cast.benmau, "Mương bị lấp.", "Đường hỏng.")
    other = hold(cast.recorder_benmau, cast.benmau)
    receive(cast.recorder_benmau, cast.benmau)
    form = {
        "dialogues_held": entered(3, 2),
        "conferences_held": entered(3, 3),
        "opinions_received": entered(5, 2, "Ghi cả sổ giấy của thôn."),
    }
    found = [
        f
        for f in run_checks(cast.reporter_benmau, cast.benmau, period, form)
        if f.layer == "records" and f.fired
    ]
    by_figure = {f.indicators[0]: f for f in found}
    assert set(by_figure) == {"dialogues_held", "opinions_received"}
    assert set(by_figure["dialogues_held"].records) == {first.pk, other.pk}
    assert by_figure["dialogues_held"].hidden_records == 0
    assert by_figure["dialogues_held"].holds_back
    assert "tổng hợp từ 2 hồ sơ đã ghi là 2" in by_figure["dialogues_held"].sentence("vi")
    assert by_figure["opinions_received"].justified
    assert not by_figure["opinions_received"].holds_back
    opinions = set(first.opinions.values_list("pk", flat=True))  # each a record of its own
    assert set(by_figure["opinions_received"].records) == opinions


def test_earlier_periods_need_five_values_and_say_on_how_many_they_stand(
    cast: Cast, period: Any
) -> None:
    codes = [f"nd09:20{y}H{h}" for y in range(22, 26) for h in (1, 2)]
    before = open_periods(*codes)
    form = {"documents_issued": entered(40)}
    for code in codes[:4]:
        cell(cast.benmau, before[code], "documents_issued", 10)
    cell(cast.benmau, open_periods("2025")["2025"], "documents_issued", 10)  # another kind

    def ask() -> Finding:
        (found,) = (
            f
            for f in run_checks(cast.reporter_benmau, cast.benmau, period, form)
            if f.key == "unlike_earlier_periods"
        )
        return found

    assert ask().not_checkable
    # Values of two layers never stand in one series.
    cell(cast.benmau, before[codes[4]], "documents_issued", 11, layer="stated")
    assert ask().not_checkable
    cell(cast.benmau, before[codes[4]], "documents_issued", 11)
    found = ask()
    assert found.fired and not found.holds_back and found.severity == "warn"
    assert "trung vị 10 của 5 kỳ trước (số đã nộp các kỳ trước)" in found.sentence_vi
    form["documents_issued"] = entered(12)
    assert not fired(run_checks(cast.reporter_benmau, cast.benmau, period, form))


def test_a_number_far_from_the_unit_s_last_ones_asks_for_a_reason_where_no_records_stand_behind(
    cast: Cast, period: Any
) -> None:
    before = open_periods("nd09:2025H1", "nd09:2025H2", "nd09:2024H2")
    ask = (cast.reporter_benmau, cast.benmau, period)
    cell(cast.benmau, before["nd09:2024H2"], "labour_days", 9_000_000)  # neither of the two
    slip = {"labour_days": entered(5_000_000), "public_postings": entered(3)}
    assert not fired(run_checks(*ask, slip))
    cell(cast.benmau, before["nd09:2025H2"], "labour_days", 260)
    cell(cast.benmau, before["nd09:2025H1"], "public_postings", 400)
    found = fired(run_checks(*ask, slip))
    assert set(found) == {"far_above_last", "far_below_last"}
    above = found["far_above_last"]
    assert above.holds_back and above.indicators == ("labour_days",)
    assert "5.000.000" in above.sentence_vi and "260 của 1 kỳ đã so" in above.sentence_vi
    assert "{" not in above.sentence_vi + above.sentence_en
    assert found["far_below_last"].indicators == ("public_postings",)
    assert not found["far_below_last"].holds_back
    assert [f.key for f in held_back(*ask, slip)] == ["far_above_last"]
    # A year before there was more: the larger of the two is what it is held against.
    cell(cast.benmau, before["nd09:2025H1"], "labour_days", 1_500_000)
    assert set(fired(run_checks(*ask, slip))) == {"far_below_last"}
    for sound in (entered(8_000_000, None, "Làm đường liên xã"), entered(8_000_000, 8_000_000)):
        assert held_back(*ask, {"labour_days": sound}) == []
    assert held_back(*ask, {"labour_days": entered(8_000_000)}) != []


def peers_of(cast: Cast, count: int) -> list[int]:
    with on_day(dt.date(2025, 7, 1)):
        return [
            register_demo_unit(
                actor=OPERATOR,
                level="commune",
                code=f"9A1{n:02}",
                name=f"xã Mẫu {n}",
                kind="xã",
                parent_id=cast.minhhoa,
                valid_from=dt.date(2025, 7, 1),
            ).pk
            for n in range(count)
        ]


def test_peers_are_units_of_the_same_kind_below_the_same_parent(cast: Cast, period: Any) -> None:
    form = {"documents_issued": entered(90), "complaints_received": entered(80)}

    def found() -> dict[str, Finding]:
        asked = run_checks(cast.reporter_benmau, cast.benmau, period, form)
        return {f.indicators[0]: f for f in asked if f.key == "unlike_peers" and f.fired}

    peers = peers_of(cast, 6)
    for peer in [*peers[:4], cast.mautrung, cast.thuong]:  # two of another province
        cell(peer, period, "documents_issued", 10)
    cell(cast.benmau, period, "documents_issued", 10)  # itself is no peer
    cell(cast.caumau, period, "documents_issued", 10)  # a phường is none of a xã
    assert found() == {}
    cell(peers[4], period, "documents_issued", 20, layer="recorded")  # not handed in
    assert found() == {}
    cell(peers[4], period, "documents_issued", 20)
    assert "trung vị 10 của 5 đơn vị cùng loại" in found()["documents_issued"].sentence_vi


def test_a_rule_counts_while_it_is_valid_and_in_use(cast: Cast, period: Any) -> None:
    form = {"documents_issued": entered(6)}
    content = RuleContent(
        "mine", "cell", "block", "value <= 5", "Ghi {value}.", "It is {value}.", "documents_issued"
    )
    row = add_rule(actor=cast.admin, content=content)

    def fires() -> bool:
        return "mine" in fired(run_checks(cast.reporter_benmau, cast.benmau, period, form))

    assert fires()
    for first, last, expected in (
        (None, period.end, True),
        (period.end, None, True),
        (None, period.end - dt.timedelta(1), False),
        (period.end + dt.timedelta(1), None, False),
    ):
        CheckRule.objects.filter(pk=row.pk).update(valid_from=first, valid_to=last)
        assert fires() is expected
    CheckRule.objects.filter(pk=row.pk).update(valid_from=None)
    from danchu.reporting.checks.services import retire_rule

    retire_rule(actor=cast.admin, rule_id=row.pk, reason="Không phù hợp")
    assert not fires()


def sixty(cast: Cast, period: Any) -> dict[str, CheckedValue]:
    keys = [k for k, m in definitions().items() if m.nature in ("flow", "stock")][:60]
    codes = [f"nd09:20{y}H{h}" for y in range(22, 26) for h in (1, 2)]
    before = open_periods(*codes)
    ids = dict(Indicator.objects.values_list("key", "id"))
    peers = peers_of(cast, 45)
    places = [(cast.benmau, p) for p in before.values()] + [(u, period) for u in peers]
    Cell.objects.bulk_create(
        [
            Cell(
                unit_id=unit,
                period_id=p.pk,
                indicator_id=ids[key],
                layer="reported",
                reach="own",
                state="reported",
                amount=10 + n % 3,
            )
            for n, (unit, p) in enumerate(places)
            for key in keys
        ]
    )
    return {key: entered(11, 11) for key in keys}


def test_handing_in_asks_what_holds_back_and_looks_at_no_peers(cast: Cast, period: Any) -> None:
    ask = (cast.reporter_benmau, cast.benmau, period)
    usual = sixty(cast, period)
    key = next(iter(usual))
    alone = {key: CheckedValue("reported", 10**6, 10**6, "Đã kiểm tra lại.")}
    assert {f.layer for f in run_checks(*ask, alone) if f.fired} >= {"history"}
    with CaptureQueriesContext(connection) as caught:
        assert held_back(*ask, alone) == []
    assert not any("figures_cell" in query["sql"] for query in caught)
    wrong = alone | {"dialogues_held": entered(3, 2)}
    found = run_checks(*ask, wrong)
    assert held_back(*ask, wrong) == [f for f in found if f.holds_back] != []
    for stranger in (cast.reporter_caumau, cast.outsider, NOBODY):
        with pytest.raises(NotAllowed):
            held_back(stranger, cast.benmau, period, wrong)


def test_sixty_values_take_as_many_queries_as_one_and_little_more_time(
    cast: Cast, period: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("danchu.reporting.figures.selectors.FRESH", 600.0)
    form = sixty(cast, period)
    ask = (cast.reporter_benmau, cast.benmau, period)
    run_checks(*ask, form)
    one = dict(list(form.items())[:1])

    def queries(values: dict[str, CheckedValue]) -> int:
        with CaptureQueriesContext(connection) as caught:
            run_checks(*ask, values)
        return len(caught)

    assert queries(form) == queries(one) <= 9
    differing = {key: CheckedValue(v.state, v.amount, 12) for key, v in form.items()}
    # The records behind figures that differ: each measure is asked once, whatever differs.
    assert queries(differing) <= 10 + len(declared_measures())
    ratio = times_as_long(lambda: run_checks(*ask, form), lambda: run_checks(*ask, one))
    print(f"run_checks, 60 values against one: {ratio:.2f}")
    assert ratio <= 9
