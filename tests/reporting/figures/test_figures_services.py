"""An officer's word on a figure that no record speaks of; opening periods."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.civic.dialogue.services import cancel_dialogue
from danchu.core.calendar.models import Period
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, NotAllowed
from danchu.core.outbox.models import Message
from danchu.reporting.figures.models import ConfirmedState
from danchu.reporting.figures.services import (
    confirm_states,
    open_period,
    period_for,
    withdraw_state,
)
from tests.cast import Cast
from tests.making import DAY, cut_off, entries, hold, refused
from tests.reporting.folding import open_periods

KEYS = ("social_criticism_held", "documents_issued")


def strangers(cast: Cast) -> list[Any]:
    return [
        cast.reporter_caumau,
        cast.recorder_benmau,
        cast.leader_benmau,
        cast.viewer_benmau,
        cast.committee_maunguyen,
        cast.outsider,
        NOBODY,
    ]


def test_the_reporter_confirms_by_name_and_nobody_else(cast: Cast) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    given = {"unit_id": cast.benmau, "period": period, "keys": KEYS, "state": "zero"}
    for stranger in strangers(cast):
        refused(NotAllowed, confirm_states, actor=stranger, **given)
    assert confirm_states(actor=cast.reporter_benmau, **given) == 2
    rows = ConfirmedState.objects.select_related("indicator")
    assert {(r.indicator.key, r.state, r.confirmed_by_id) for r in rows} == {
        (key, "zero", cast.reporter_benmau.pk) for key in KEYS
    }
    message = Message.objects.get()
    assert (message.unit_id, message.period_id) == (cast.benmau, period.pk)
    assert entries("figures.state_confirmed")
    # Said again, the word is changed and not doubled.
    confirm_states(
        actor=cast.reporter_benmau,
        **{**given, "state": "not_applicable", "reason": "Không có tổ chức", "keys": KEYS[:1]},
    )
    assert ConfirmedState.objects.count() == 2
    changed = ConfirmedState.objects.get(indicator__key=KEYS[0])
    assert (changed.state, changed.reason) == ("not_applicable", "Không có tổ chức")


def test_a_word_that_says_nothing_is_refused(cast: Cast) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    given = {
        "actor": cast.reporter_benmau,
        "unit_id": cast.benmau,
        "period": period,
        "keys": KEYS,
        "state": "zero",
    }
    for wrong in (
        {"state": "reported"},
        {"state": "missing"},
        {"state": ""},
        {"keys": ()},
        {"keys": ("no_such_key", KEYS[0])},
        {"state": "not_applicable"},
        {"state": "not_applicable", "reason": " "},
        {"state": "not_applicable", "reason": "x" * 301},
    ):
        refused(BadInput, confirm_states, **{**given, **wrong})
    refusal = refused(BadInput, confirm_states, **{**given, "keys": ("no_such_key", KEYS[0])})
    assert "no_such_key" in refusal.vi
    assert KEYS[0] not in refusal.vi


def test_a_word_is_taken_back_by_who_may_give_it(cast: Cast) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    confirm_states(
        actor=cast.reporter_benmau, unit_id=cast.benmau, period=period, keys=KEYS, state="zero"
    )
    given = {"unit_id": cast.benmau, "period": period, "key": KEYS[0]}
    for stranger in strangers(cast):
        refused(NotAllowed, withdraw_state, actor=stranger, **given)
    withdraw_state(actor=cast.reporter_benmau, **given)
    assert [r.indicator.key for r in ConfirmedState.objects.all()] == [KEYS[1]]
    assert entries("figures.state_withdrawn")


def test_nothing_is_half_kept_when_the_ledger_cannot_be_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    given = {"actor": cast.reporter_benmau, "unit_id": cast.benmau, "period": period}
    cut_off(monkeypatch, confirm_states, **given, keys=KEYS, state="zero")
    confirm_states(**given, keys=KEYS, state="zero")
    cut_off(monkeypatch, withdraw_state, **given, key=KEYS[0])
    assert ConfirmedState.objects.count() == 2


def test_a_period_is_opened_once_and_folded_whole(cast: Cast) -> None:
    refused(BadInput, open_period, code="2026H3")
    refused(BadInput, open_period, code="x" * 5000)
    made = open_period("2026H1")
    assert open_period("2026H1").pk == made.pk
    message = Message.objects.get()
    assert (message.period_id, message.unit_id) == (made.pk, None)


def test_looking_opens_a_period_only_for_who_may_read_figures_there(cast: Cast) -> None:
    for stranger in (NOBODY, cast.outsider, cast.recorder_caumau, cast.committee_maunguyen):
        assert period_for(stranger, cast.benmau, "2026H1") is None
    assert not Period.objects.filter(code="2026H1").exists()
    assert not Message.objects.exists()
    made = period_for(cast.viewer_benmau, cast.benmau, "2026H1")
    assert made is not None
    assert period_for(NOBODY, cast.benmau, "2026H1") == made
    assert period_for(OPERATOR, cast.benmau, "2025H1") is not None


def test_a_nought_is_refused_where_a_record_counted_elsewhere_gainsays_it(cast: Cast) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    hold(cast.recorder_benmau, cast.benmau)  # with the people of the commune
    hold(cast.recorder_benmau, cast.benmau, kind="conference", base_kind="agency")
    hold(cast.recorder_benmau, cast.benmau, on=DAY.replace(year=2025, month=11), kind="workplace")
    given = {
        "actor": cast.reporter_benmau,
        "unit_id": cast.benmau,
        "period": period,
        "keys": ["documents_issued", "workplace_dialogues"],
    }
    assert confirm_states(**given, state="zero") == 2
    made = hold(
        cast.recorder_benmau, cast.benmau, base_kind="workplace", kind="staff", topic="Bữa ăn ca"
    )
    refusal = refused(BadInput, confirm_states, **given, state="zero")
    assert refusal.vi == (
        "“Cuộc đối thoại tại nơi làm việc” không thể bằng 0: "
        "đã ghi biên bản “Bữa ăn ca” ngày 20/05/2026."
    )
    cancel_dialogue(actor=cast.recorder_benmau, record_id=made.pk, reason="Ghi nhầm")
    assert confirm_states(**given, state="zero") == 2
    other = hold(cast.recorder_benmau, cast.benmau, kind="workplace")
    assert other.pk
    refused(BadInput, confirm_states, **given, state="zero")
    assert confirm_states(**given, state="not_applicable", reason="Không có nơi làm việc") == 2
