"""Accepting all figures above a confidence at once, and taking it back."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.outbox.models import Message
from danchu.reporting.reading.selectors import document
from danchu.reporting.reading.services import (
    accept_above,
    close_review,
    decide_figure,
    reopen_review,
    undo_acceptance,
)
from tests.cast import Cast
from tests.making import cut_off, entries, refused
from tests.reporting.readings import ALL, LOCAL, RECEIVED, ROUGH, figure, take_in

OTHER_VALUE = figure("183 ý kiến", "opinions_received", 183)


def strangers(cast: Cast) -> list[Any]:
    return [
        cast.reporter_caumau,
        cast.recorder_benmau,
        cast.viewer_benmau,
        cast.committee_maunguyen,
        cast.outsider,
        NOBODY,
    ]


def decisions(made: Any) -> list[str]:
    return list(made.figures.order_by("position").values_list("decision", flat=True))


@pytest.fixture
def made(cast: Cast, monkeypatch: Any) -> Any:
    found = take_in(monkeypatch, cast.reporter_benmau, cast.benmau)
    Message.objects.all().delete()
    return found


def test_all_above_a_level_are_accepted_in_one_act_and_the_others_stay(
    cast: Cast, made: Any
) -> None:
    given = {"document_id": made.pk, "level": 800}
    for stranger in strangers(cast):
        refused(NotAllowed, accept_above, actor=stranger, **given)
    who = cast.reporter_benmau
    for level in (0, 1001, True):
        refused(BadInput, accept_above, actor=who, **{**given, "level": level})
    refused(NotFound, accept_above, actor=who, **{**given, "document_id": 10**9})
    refused(Conflict, accept_above, actor=who, **{**given, "level": 950})
    choices = document(who, made.record.public_id).choices
    assert [(c.level, c.count, c.left) for c in choices] == [(900, 4, 2), (600, 5, 1)]
    done = accept_above(actor=who, **given)
    assert (done.count, done.left) == (4, 2)
    assert decisions(made) == ["confirmed"] * 4 + ["pending"] * 2
    first = made.figures.get(position=0)
    assert (first.decided_amount, first.decided_by_id, first.row_version) == (191, who.pk, 1)
    assert {m.period_id for m in Message.objects.all()} == {made.period_id}
    assert entries("reading.figures_accepted")[-1].record_id == made.pk
    refused(Conflict, accept_above, actor=who, **given)  # twice: nothing is left to accept


def test_figures_that_contradict_one_another_are_never_accepted_together(
    cast: Cast, monkeypatch: Any
) -> None:
    made = take_in(
        monkeypatch, cast.reporter_benmau, cast.benmau, RECEIVED, OTHER_VALUE, LOCAL, ROUGH
    )
    seen = document(cast.viewer_benmau, made.record.public_id)
    assert [f.contradicted for f in seen.figures] == [True, True, False, False]
    assert accept_above(actor=cast.reporter_benmau, document_id=made.pk, level=1).count == 2
    assert decisions(made) == ["pending", "pending", "confirmed", "confirmed"]
    # Once a person rejected one of them, nothing speaks against the other.
    wrong = made.figures.get(position=1)
    decide_figure(
        actor=cast.reporter_benmau, figure_id=wrong.pk, row_version=0, decision="rejected"
    )
    assert accept_above(actor=cast.reporter_benmau, document_id=made.pk, level=1).count == 1
    assert decisions(made)[0] == "confirmed"


def test_a_figure_that_does_not_add_up_or_has_no_period_stays_for_a_person(
    cast: Cast, monkeypatch: Any
) -> None:
    made = take_in(monkeypatch, cast.reporter_benmau, cast.benmau)
    share = made.figures.get(key="opinions_resolved_pct")
    made.disagreements = [{"vi": "", "en": "", "spans": [[share.start, share.end]]}]
    made.save(update_fields=["disagreements"])
    made.figures.filter(position=0).update(own_period=True, period=None)
    accept_above(actor=cast.reporter_benmau, document_id=made.pk, level=1)
    assert decisions(made) == [
        "pending",
        "confirmed",
        "pending",
        "confirmed",
        "confirmed",
        "confirmed",
    ]


def test_an_act_is_taken_back_but_not_what_was_decided_since(cast: Cast, made: Any) -> None:
    who = cast.reporter_benmau
    act = accept_above(actor=who, document_id=made.pk, level=800).act
    last = document(who, made.record.public_id).last_act
    assert last is not None
    assert (last.act, last.count) == (act, 4)
    kept = made.figures.get(position=2)
    decide_figure(actor=who, figure_id=kept.pk, row_version=1, decision="confirmed")
    given = {"document_id": made.pk, "act": act}
    for stranger in strangers(cast):
        refused(NotAllowed, undo_acceptance, actor=stranger, **given)
    refused(Conflict, undo_acceptance, actor=who, **{**given, "act": uuid.uuid4()})
    Message.objects.all().delete()
    assert undo_acceptance(actor=cast.leader_benmau, **given) == 3
    assert decisions(made) == ["pending", "pending", "confirmed"] + ["pending"] * 3
    assert made.figures.get(position=0).decided_amount is None
    assert Message.objects.count() == 1
    assert entries("reading.acceptance_undone")
    refused(Conflict, undo_acceptance, actor=who, **given)  # twice
    assert document(who, made.record.public_id).last_act is None


def test_nothing_is_taken_back_once_the_review_is_closed(cast: Cast, made: Any) -> None:
    who = cast.reporter_benmau
    for stranger in strangers(cast):
        refused(NotAllowed, close_review, actor=stranger, document_id=made.pk)
    assert "6 số" in str(refused(Conflict, close_review, actor=who, document_id=made.pk))
    refused(Conflict, reopen_review, actor=who, document_id=made.pk)
    act = accept_above(actor=who, document_id=made.pk, level=1).act
    close_review(actor=who, document_id=made.pk)
    assert document(who, made.record.public_id).closed
    figure_id = made.figures.get(position=0).pk
    for call, given in (
        (undo_acceptance, {"document_id": made.pk, "act": act}),
        (accept_above, {"document_id": made.pk, "level": 1}),
        (close_review, {"document_id": made.pk}),
        (decide_figure, {"figure_id": figure_id, "row_version": 1, "decision": "pending"}),
    ):
        refused(Conflict, call, actor=who, **given)
    for stranger in strangers(cast):
        refused(NotAllowed, reopen_review, actor=stranger, document_id=made.pk)
    reopen_review(actor=who, document_id=made.pk)
    assert undo_acceptance(actor=who, document_id=made.pk, act=act) == len(ALL)
    assert [e.code for e in entries()][-3:] == [
        "reading.review_closed",
        "reading.review_reopened",
        "reading.acceptance_undone",
    ]


def test_nothing_is_half_accepted_when_the_ledger_cannot_be_written(
    cast: Cast, made: Any, monkeypatch: Any
) -> None:
    given = {"actor": cast.reporter_benmau, "document_id": made.pk, "level": 800}
    cut_off(monkeypatch, accept_above, **given)
    assert set(decisions(made)) == {"pending"}
