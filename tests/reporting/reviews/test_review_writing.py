"""What people add to a report: findings, words on figures, the issuer's head and foot."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.units.selectors import unit_by_id
from danchu.reporting.figures.services import confirm_states
from danchu.reporting.reviews import notes
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.issuers import issuer_of, set_issuer
from danchu.reporting.reviews.models import Issuer, Note
from danchu.reporting.reviews.notes import notes_of, withdraw_note, write_note
from danchu.reporting.reviews.readiness import readiness, readiness_at_a_glance
from tests.cast import TODAY, Cast
from tests.making import cut_off, entries, hold, receive, refused
from tests.reporting.folding import open_periods

NOW = "nd09:2026H1"


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


def test_findings_are_written_and_taken_out_by_who_composes(cast: Cast) -> None:
    (period,) = open_periods(NOW).values()
    given = {"unit_id": cast.benmau, "period": period, "kind": "limitation", "text": "Một ý. "}
    for stranger in strangers(cast):
        refused(NotAllowed, write_note, actor=stranger, **given)
    who = cast.reporter_benmau
    for wrong, field in (
        ({"kind": "rumour"}, "kind"),
        ({"text": " "}, "text"),
        ({"text": "x" * 2001}, "text"),
    ):
        assert refused(BadInput, write_note, actor=who, **{**given, **wrong}).field == field
    first = write_note(actor=who, **given)
    second = write_note(actor=who, **{**given, "text": "Hai ý."})
    assert (first.text, first.order, second.order) == ("Một ý.", 1, 2)
    refused(Conflict, write_note, actor=who, **given)
    for viewer in (cast.viewer_benmau, cast.viewer, cast.leader_benmau):
        assert [n.text for n in notes_of(viewer, cast.benmau, period)] == ["Một ý.", "Hai ý."]
    for viewer in (NOBODY, cast.reporter_caumau, cast.committee_maunguyen):
        assert notes_of(viewer, cast.benmau, period) == []
    for stranger in strangers(cast):
        refused(NotAllowed, withdraw_note, actor=stranger, note_id=first.pk)
    withdraw_note(actor=who, note_id=first.pk)
    refused(NotFound, withdraw_note, actor=who, note_id=first.pk)
    assert [n.text for n in notes_of(who, cast.benmau, period)] == ["Hai ý."]
    assert Note.objects.count() == 2  # it stays known that it was there
    assert write_note(actor=who, **given).pk != first.pk
    assert len(entries("reviews.note_written")) == 3
    assert entries("reviews.note_withdrawn")


def test_a_report_holds_so_many_findings_of_a_kind(cast: Cast, monkeypatch: Any) -> None:
    (period,) = open_periods(NOW).values()
    monkeypatch.setattr(notes, "MOST_NOTES", 2)
    given = {"actor": cast.reporter_benmau, "unit_id": cast.benmau, "period": period}
    for text in ("Một.", "Hai."):
        write_note(**given, kind="task", text=text)
    refused(BadInput, write_note, **given, kind="task", text="Ba.")
    assert write_note(**given, kind="cause", text="Ba.")


ISSUER: dict[str, Any] = {
    "layout": "party",
    "parent_body": "TỈNH ỦY MINH HỌA\nĐẢNG ỦY XÃ BẾN MẪU",
    "issuing_body": "BAN CHỈ ĐẠO",
    "symbol": "BC/BCĐ",
    "place": "Bến Mẫu",
    "addressee": "Ban Chỉ đạo tỉnh",
    "authority": "T/M BAN CHỈ ĐẠO",
    "post": "TRƯỞNG BAN",
    "recipients": ["Như trên", "Lưu"],
}


def test_the_issuer_is_set_by_who_composes_from_a_day_on(cast: Cast) -> None:
    given = {"unit_id": cast.benmau, **ISSUER, "valid_from": TODAY}
    for stranger in strangers(cast):
        refused(NotAllowed, set_issuer, actor=stranger, **given)
    who = cast.reporter_benmau
    for wrong, field in (
        ({"layout": "army"}, "layout"),
        ({"issuing_body": ""}, "issuing_body"),
        ({"symbol": "x" * 41}, "symbol"),
        ({"place": ""}, "place"),
        ({"parent_body": "x" * 201}, "parent_body"),
        ({"addressee": "x" * 301}, "addressee"),
        ({"recipients": ["x"] * 41}, "recipients"),
        ({"recipients": [""]}, "recipients"),
        ({"recipients": ["x" * 201]}, "recipients"),
        ({"authority": "x" * 101}, "authority"),
        ({"post": ""}, "post"),
    ):
        assert refused(BadInput, set_issuer, actor=who, **{**given, **wrong}).field == field
    set_issuer(actor=who, **given)
    unit = unit_by_id(cast.benmau, TODAY)
    assert issuer_of(unit, TODAY).layout == "party"
    assert issuer_of(unit, TODAY).parent_body == "TỈNH ỦY MINH HỌA\nĐẢNG ỦY XÃ BẾN MẪU"
    assert issuer_of(unit, TODAY - dt.timedelta(1)).layout == "state"  # the one before
    assert entries("reviews.issuer_set")


def test_without_an_issuer_it_is_the_peoples_committee(cast: Cast) -> None:
    Issuer.objects.all().delete()
    commune = issuer_of(unit_by_id(cast.benmau, TODAY), TODAY)
    assert (commune.layout, commune.parent_body, commune.issuing_body) == (
        "state",
        "",  # a People's Committee names no body above it (Decree 30/2020)
        "ỦY BAN NHÂN DÂN\nXÃ BẾN MẪU",
    )
    assert (commune.place, commune.addressee) == ("Bến Mẫu", ("Ủy ban nhân dân tỉnh Minh Họa",))
    province = issuer_of(unit_by_id(cast.minhhoa, TODAY), TODAY)
    assert (province.parent_body, province.addressee, province.place) == ("", (), "Minh Họa")


def test_how_complete_a_report_is(cast: Cast, settle: Any) -> None:
    (period,) = open_periods(NOW).values()
    hold(cast.recorder_benmau, cast.benmau, participants=0)
    receive(cast.recorder_benmau, cast.benmau)
    confirm_states(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        period=period,
        keys=["social_criticism_held"],
        state="not_applicable",
        reason="Không có tổ chức",
    )
    settle()
    report = compose(viewer=cast.reporter_benmau, code="9A001", period_code=NOW)
    ready = readiness(cast.reporter_benmau, report)
    # Two meetings' counts and three of the reception; nobody was present.
    assert (ready.computed, ready.zero) == (5, 1)
    assert [(d.key, why) for d, why in ready.not_applicable] == [
        ("social_criticism_held", "Không có tổ chức")
    ]
    assert ready.total == ready.settled + len(ready.open)
    assert [d.key for d in ready.said] == ["social_criticism_held"]
    assert "documents_issued" in {d.key for d in ready.open}
    glance = readiness_at_a_glance(cast.reporter_benmau, cast.benmau, "commune", period)
    assert (glance.computed, glance.zero, glance.open) == (ready.computed, ready.zero, ready.open)
    # Whoever may not read the report is told no reasons.
    assert readiness(NOBODY, report).said == ()


def test_nothing_is_half_kept_when_the_ledger_cannot_be_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    (period,) = open_periods(NOW).values()
    who = cast.reporter_benmau
    given = {"unit_id": cast.benmau, "period": period, "kind": "task", "text": "Một."}
    cut_off(monkeypatch, write_note, actor=who, **given)
    note = write_note(actor=who, **given)
    cut_off(monkeypatch, withdraw_note, actor=who, note_id=note.pk)
    cut_off(monkeypatch, set_issuer, actor=who, unit_id=cast.benmau, **ISSUER)
    note.refresh_from_db()
    assert note.withdrawn_at is None
