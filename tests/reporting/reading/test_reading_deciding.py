"""Deciding each figure and finding: by whom, on what was seen, with a trace."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.outbox.models import Message
from danchu.core.records.models import Record
from danchu.core.units.models import PublicVersion
from danchu.reporting.reading.models import ReadFigure, ReadFinding
from danchu.reporting.reading.services import (
    confirm_figures,
    decide_figure,
    decide_finding,
    set_period,
)
from tests.cast import Cast
from tests.making import cut_off, entries, refused
from tests.reporting.folding import open_periods
from tests.reporting.readings import take_in


@pytest.fixture
def document(cast: Cast, monkeypatch: Any) -> Any:
    made = take_in(monkeypatch, cast.reporter_benmau, cast.benmau)
    Message.objects.all().delete()
    return made


def strangers(cast: Cast) -> list[Any]:
    return [
        cast.reporter_caumau,
        cast.recorder_benmau,
        cast.viewer_benmau,
        cast.committee_maunguyen,
        cast.outsider,
        NOBODY,
    ]


def public_number(cast: Cast) -> int:
    return getattr(PublicVersion.objects.filter(unit_id=cast.benmau).first(), "number", 0)


def test_a_figure_is_confirmed_by_who_decides_readings(cast: Cast, document: Any) -> None:
    figure = document.figures.get(position=0)
    given = {"figure_id": figure.pk, "row_version": 0, "decision": "confirmed"}
    for stranger in strangers(cast):
        refused(NotAllowed, decide_figure, actor=stranger, **given)
    number = public_number(cast)
    decide_figure(actor=cast.leader_benmau, **given)
    figure.refresh_from_db()
    assert (figure.decision, figure.decided_key, figure.decided_amount) == (
        "confirmed",
        "opinions_received",
        191,
    )
    assert (figure.row_version, figure.decided_by_id) == (1, cast.leader_benmau.pk)
    message = Message.objects.get()
    assert (message.unit_id, message.period_id) == (cast.benmau, document.period_id)
    assert entries("reading.figure_decided")[-1].record_id == document.pk
    assert public_number(cast) == number  # an internal report changes no public page
    # Whoever still looks at the page of before is told.
    refused(Conflict, decide_figure, actor=cast.reporter_benmau, **given)


def test_a_correction_says_the_right_number_and_indicator(cast: Cast, document: Any) -> None:
    figure = document.figures.get(position=1)
    given = {
        "actor": cast.reporter_benmau,
        "figure_id": figure.pk,
        "row_version": 0,
        "decision": "corrected",
        "amount": 180,
    }
    for wrong in ({"amount": None}, {"amount": 1.5}, {"amount": True}, {"amount": 2**62 + 1}):
        assert refused(BadInput, decide_figure, **{**given, **wrong}).field == "amount"
    refused(BadInput, decide_figure, **{**given, "decision": "maybe"})
    refused(BadInput, decide_figure, **{**given, "note": "x" * 301})
    refused(NotFound, decide_figure, **{**given, "key": "no_such_key"})
    refused(NotFound, decide_figure, **{**given, "figure_id": 10**9})
    decide_figure(**given, key="opinions_answered", note="Nguồn nói trả lời")
    figure.refresh_from_db()
    assert (figure.decided_key, figure.decided_amount, figure.decision_note) == (
        "opinions_answered",
        180,
        "Nguồn nói trả lời",
    )
    assert (figure.key, figure.amount) == ("opinions_resolved", 183)  # what was read stays
    decide_figure(**{**given, "row_version": 1})
    figure.refresh_from_db()
    assert figure.decided_key == "opinions_resolved"
    # Rejected or put back, it stands for nothing.
    for version, decision in ((2, "rejected"), (3, "pending")):
        decide_figure(**{**given, "row_version": version, "decision": decision})
        figure.refresh_from_db()
        assert (figure.decided_key, figure.decided_amount) == ("", None)
    assert figure.decided_at is None


def test_several_are_confirmed_at_once_and_decided_ones_left_alone(
    cast: Cast, document: Any
) -> None:
    rejected = document.figures.get(position=0)
    decide_figure(
        actor=cast.reporter_benmau, figure_id=rejected.pk, row_version=0, decision="rejected"
    )
    ids = list(document.figures.filter(position__lt=3).values_list("pk", flat=True))
    other = ReadFigure.objects.order_by("-pk").first()
    assert other is not None
    given = {"document_id": document.pk, "figure_ids": ids}
    for stranger in strangers(cast):
        refused(NotAllowed, confirm_figures, actor=stranger, **given)
    refused(
        NotFound, confirm_figures, actor=cast.reporter_benmau, **{**given, "document_id": 10**9}
    )
    assert confirm_figures(actor=cast.reporter_benmau, **given) == 2
    assert confirm_figures(actor=cast.reporter_benmau, **given) == 0
    states = dict(document.figures.values_list("position", "decision"))
    assert states == {
        0: "rejected",
        1: "confirmed",
        2: "confirmed",
        3: "pending",
        4: "pending",
        5: "pending",
    }
    confirmed = document.figures.get(position=1)
    assert (confirmed.decided_amount, confirmed.row_version) == (183, 1)
    assert entries("reading.figures_confirmed")


def test_figures_of_another_report_are_not_confirmed_along(
    cast: Cast, document: Any, monkeypatch: Any
) -> None:
    other = take_in(monkeypatch, cast.reporter_caumau, cast.caumau)
    ids = list(other.figures.values_list("pk", flat=True))
    assert confirm_figures(actor=cast.reporter_benmau, document_id=document.pk, figure_ids=ids) == 0
    assert set(other.figures.values_list("decision", flat=True)) == {"pending"}


def test_a_finding_is_kept_or_left_out(cast: Cast, document: Any) -> None:
    finding = document.findings.get(kind="limitation")
    given = {"finding_id": finding.pk, "decision": "confirmed"}
    for stranger in strangers(cast):
        refused(NotAllowed, decide_finding, actor=stranger, **given)
    who = cast.reporter_benmau
    refused(BadInput, decide_finding, actor=who, **{**given, "decision": "corrected"})
    refused(NotFound, decide_finding, actor=who, **{**given, "finding_id": 10**9})
    decide_finding(actor=who, **given)
    assert ReadFinding.objects.get(pk=finding.pk).decision == "confirmed"
    decide_finding(actor=who, **{**given, "decision": "rejected"})
    kept = ReadFinding.objects.get(pk=finding.pk)
    assert (kept.decision, kept.decided_by_id) == ("rejected", who.pk)
    assert len(entries("reading.finding_decided")) == 2


def test_the_period_is_set_and_both_periods_are_folded(cast: Cast, document: Any) -> None:
    before = document.period_id
    given = {"document_id": document.pk, "period_code": "2026Q2"}
    for stranger in strangers(cast):
        refused(NotAllowed, set_period, actor=stranger, **given)
    who = cast.reporter_benmau
    refused(BadInput, set_period, actor=who, **{**given, "period_code": "nothing"})
    refused(NotFound, set_period, actor=who, **{**given, "document_id": 10**9})
    (after,) = open_periods("2026Q2").values()
    Message.objects.all().delete()
    set_period(actor=who, **given)
    document.refresh_from_db()
    assert document.period.code == "2026Q2"
    assert set(Message.objects.values_list("period_id", flat=True)) == {before, after.pk}
    assert entries("reading.period_set")


def test_decisions_on_a_public_report_change_the_public_page(cast: Cast, monkeypatch: Any) -> None:
    document = take_in(monkeypatch, cast.reporter_benmau, cast.benmau, public=True)
    figure, finding = document.figures.first(), document.findings.first()
    who = cast.reporter_benmau
    for call, given in (
        (decide_figure, {"figure_id": figure.pk, "row_version": 0, "decision": "confirmed"}),
        (confirm_figures, {"document_id": document.pk, "figure_ids": []}),
        (decide_finding, {"finding_id": finding.pk, "decision": "confirmed"}),
        (set_period, {"document_id": document.pk, "period_code": "2026"}),
    ):
        number = public_number(cast)
        call(actor=who, **given)
        assert public_number(cast) > number, call


def test_nothing_more_is_decided_on_a_cancelled_report(cast: Cast, document: Any) -> None:
    Record.objects.filter(pk=document.pk).update(state="cancelled", cancel_reason="Nhầm")
    figure, finding = document.figures.first(), document.findings.first()
    who = cast.reporter_benmau
    for call, given in (
        (decide_figure, {"figure_id": figure.pk, "row_version": 0, "decision": "confirmed"}),
        (confirm_figures, {"document_id": document.pk, "figure_ids": [figure.pk]}),
        (decide_finding, {"finding_id": finding.pk, "decision": "confirmed"}),
        (set_period, {"document_id": document.pk, "period_code": "2026"}),
    ):
        refused(NotFound, call, actor=who, **given)


def test_nothing_is_half_kept_when_the_ledger_cannot_be_written(
    cast: Cast, document: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_periods("2026")
    figure, finding = document.figures.first(), document.findings.first()
    for call, given in (
        (decide_figure, {"figure_id": figure.pk, "row_version": 0, "decision": "confirmed"}),
        (confirm_figures, {"document_id": document.pk, "figure_ids": [figure.pk]}),
        (decide_finding, {"finding_id": finding.pk, "decision": "confirmed"}),
        (set_period, {"document_id": document.pk, "period_code": "2026"}),
    ):
        cut_off(monkeypatch, call, actor=cast.reporter_benmau, **given)
    figure.refresh_from_db()
    finding.refresh_from_db()
    assert (figure.decision, finding.decision) == ("pending", "pending")
    document.refresh_from_db()
    assert document.period.code == "2026H1"
