"""Figures from words that a person marked, and what is kept of corrections."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.reporting.reading.models import Correction
from danchu.reporting.reading.selectors import document, stated_figures
from danchu.reporting.reading.services import (
    add_figure,
    close_review,
    confirm_figures,
    correct_from_words,
    decide_figure,
)
from danchu.reporting.reading.words import LONGEST, indicator_named, place_of
from tests.cast import Cast
from tests.making import cut_off, entries, refused
from tests.reporting.readings import RECEIVED, TEXT, figure, take_in

REPORT = """BÁO CÁO
Trong kỳ xã ghi nhận 191 ý kiến, giải quyết 183 ý kiến.
Mở hai mươi lăm lớp tập huấn; vận động được 1,25 tỷ đồng và hiến 3,2 ha đất.
Đạt 95,5% kế hoạch. Cán bộ tích cực tham gia.
"""


def span(words: str, text: str = REPORT) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


@pytest.fixture
def made(cast: Cast, monkeypatch: Any) -> Any:
    read = figure("191 ý kiến", "opinions_received", 191, text=REPORT)
    return take_in(
        monkeypatch, cast.reporter_benmau, cast.benmau, read, text=REPORT, period="2026H1"
    )


def test_a_figure_is_added_from_marked_words_and_keeps_exactly_these(cast: Cast, made: Any) -> None:
    who = cast.reporter_benmau
    given = {"document_id": made.pk, "key": "trainings_held"}
    words = span(" hai mươi lăm lớp tập huấn")
    for stranger in (cast.reporter_caumau, cast.recorder_benmau, cast.outsider, NOBODY):
        refused(NotAllowed, add_figure, actor=stranger, **given, **words)
    added = add_figure(actor=who, **given, **words)
    assert (added.amount, added.stated, added.surface) == (
        25,
        "hai mươi lăm",
        "hai mươi lăm lớp tập huấn",
    )
    assert REPORT[added.start : added.end] == added.surface  # the blank before is not part of it
    assert (added.by_hand, added.decision, added.period_id) == (True, "confirmed", made.period_id)
    standing = stated_figures(who, cast.benmau, made.period)["trainings_held"]
    assert (standing.amount, standing.stated, standing.surface) == (
        25,
        "hai mươi lăm",
        "hai mươi lăm lớp tập huấn",
    )
    assert entries("reading.figure_added")[-1].record_id == made.pk
    refused(Conflict, add_figure, actor=who, **given, **words)  # twice


def test_money_and_land_come_in_the_unit_of_the_indicator(cast: Cast, made: Any) -> None:
    who, given = cast.reporter_benmau, {"document_id": made.pk}
    money = add_figure(actor=who, **given, key="contributions_vnd", **span("1,25 tỷ đồng"))
    land = add_figure(actor=who, **given, key="land_donated_m2", **span("3,2 ha đất"))
    assert (money.amount, money.stated) == (1_250_000_000, "1,25 tỷ đồng")
    assert (land.amount, land.stated) == (32_000_000, "3,2 ha")
    for key, words in (
        ("contributions_vnd", "3,2 ha đất"),
        ("land_donated_m2", "1,25 tỷ đồng"),
        ("opinions_received", "95,5%"),
        ("opinions_received", "1,25 tỷ đồng"),
    ):
        wrong = refused(BadInput, add_figure, actor=who, **given, key=key, **span(words))
        assert wrong.field == "words", key


def test_words_that_give_no_figure_are_refused(cast: Cast, made: Any) -> None:
    who, given = cast.reporter_benmau, {"document_id": made.pk, "key": "trainings_held"}
    for words in (
        {"start": 5, "end": 5},
        {"start": 9, "end": 4},
        {"start": -1, "end": 4},
        {"start": 0, "end": len(REPORT) + 1},
        span(" ", REPORT),
        span("Cán bộ tích cực tham gia"),
        span("191 ý kiến, giải quyết 183 ý kiến"),
    ):
        assert refused(BadInput, add_figure, actor=who, **given, **words).field == "words"
    refused(NotFound, add_figure, actor=who, **{**given, "key": "no_such"}, **span("95,5%"))
    refused(NotFound, add_figure, actor=who, **{**given, "document_id": 10**9}, **span("95,5%"))


def test_a_selection_of_a_whole_report_is_refused(cast: Cast, monkeypatch: Any) -> None:
    long = REPORT + "Nội dung khác. " * 60
    made = take_in(monkeypatch, cast.reporter_benmau, cast.benmau, RECEIVED, text=TEXT + long)
    wrong = refused(
        BadInput,
        add_figure,
        actor=cast.reporter_benmau,
        document_id=made.pk,
        key="trainings_held",
        start=0,
        end=LONGEST + 1,
    )
    assert str(LONGEST) in str(wrong)


def test_a_figure_is_corrected_from_marked_words_and_what_was_read_stays(
    cast: Cast, made: Any
) -> None:
    read = made.figures.get()
    given = {"figure_id": read.pk, "row_version": 0, **span("183 ý kiến")}
    for stranger in (cast.reporter_caumau, cast.viewer_benmau, NOBODY):
        refused(NotAllowed, correct_from_words, actor=stranger, **given)
    who = cast.reporter_benmau
    empty = {**given, **span("Cán bộ tích cực")}
    assert refused(BadInput, correct_from_words, actor=who, **empty).field == "words"
    correct_from_words(actor=who, **given, key="opinions_resolved")
    read.refresh_from_db()
    assert (read.key, read.amount, read.surface) == ("opinions_received", 191, "191 ý kiến")
    assert (read.decided_key, read.decided_amount) == ("opinions_resolved", 183)
    assert REPORT[read.decided_start : read.decided_end] == "183 ý kiến"
    shown = document(who, made.record.public_id).figures[0]
    assert (shown.decided_words, shown.decided_text) == ("183 ý kiến", "183")
    standing = stated_figures(who, cast.benmau, made.period)["opinions_resolved"]
    assert standing.surface == "183 ý kiến"
    assert standing.before.endswith("giải quyết ")
    refused(Conflict, correct_from_words, actor=who, **given)  # seen before it was decided
    # Put back, it is what was read again.
    decide_figure(actor=who, figure_id=read.pk, row_version=1, decision="pending")
    read.refresh_from_db()
    assert (read.decided_start, read.decided_key) == (None, "")


def test_place_and_period_are_corrected_too(cast: Cast, made: Any) -> None:
    who, read = cast.reporter_benmau, made.figures.get()
    given = {
        "actor": who,
        "figure_id": read.pk,
        "decision": "corrected",
        "amount": 191,
    }
    refused(BadInput, decide_figure, **given, row_version=0, period_code="2026H9")
    refused(BadInput, decide_figure, **given, row_version=0, scope="x" * 301)
    decide_figure(**given, row_version=0, scope="thôn Mẫu Lai", period_code="2026Q2")
    read.refresh_from_db()
    assert (read.decided_scope, read.scope, read.period.code) == ("thôn Mẫu Lai", "", "2026Q2")
    assert stated_figures(who, cast.benmau, made.period) == {}  # of a part and another quarter
    decide_figure(**given, row_version=1, period_code="2026Q2")
    read.refresh_from_db()
    assert stated_figures(who, cast.benmau, read.period)["opinions_received"].amount == 191
    assert stated_figures(who, cast.benmau, made.period) == {}


def test_what_was_read_and_what_a_person_made_of_it_is_kept_to_train_with(
    cast: Cast, made: Any
) -> None:
    who, read = cast.reporter_benmau, made.figures.get()
    ids = [read.pk]
    given = {"actor": who, "figure_id": read.pk}
    confirm_figures(actor=who, document_id=made.pk, figure_ids=ids)
    assert not Correction.objects.exists()  # read rightly
    decide_figure(**given, row_version=1, decision="rejected")
    correct_from_words(**given, row_version=2, **span("183 ý kiến"), key="opinions_resolved")
    rejected, corrected = Correction.objects.order_by("pk")
    assert rejected.kind == "rejected"
    assert rejected.withdrawn_at is not None
    assert (rejected.key, rejected.amount) == ("", None)
    assert corrected.withdrawn_at is None
    assert (corrected.read_key, corrected.read_amount, corrected.confidence) == (
        "opinions_received",
        191,
        900,
    )
    assert (corrected.key, corrected.amount) == ("opinions_resolved", 183)
    assert REPORT[corrected.read_start : corrected.read_end] == "191 ý kiến"
    assert REPORT[corrected.start : corrected.end] == "183 ý kiến"
    assert not [f.name for f in Correction._meta.get_fields() if "by" in f.name.split("_")]
    added = add_figure(
        actor=who, document_id=made.pk, key="trainings_held", **span("hai mươi lăm lớp")
    )
    mine = Correction.objects.get(figure=added)
    assert (mine.kind, mine.read_key, mine.read_start) == ("added", "", None)
    decide_figure(actor=who, figure_id=added.pk, row_version=0, decision="rejected")
    assert not Correction.objects.filter(figure=added, withdrawn_at=None).exists()


def test_nothing_is_half_marked_and_nothing_is_added_to_a_closed_review(
    cast: Cast, made: Any, monkeypatch: Any
) -> None:
    who, read = cast.reporter_benmau, made.figures.get()
    words = {"document_id": made.pk, "key": "trainings_held", **span("hai mươi lăm lớp")}
    cut_off(monkeypatch, add_figure, actor=who, **words)
    given = {"figure_id": read.pk, "row_version": 0, **span("183 ý kiến")}
    cut_off(monkeypatch, correct_from_words, actor=who, **given)
    decide_figure(actor=who, figure_id=read.pk, row_version=0, decision="confirmed")
    close_review(actor=who, document_id=made.pk)
    refused(Conflict, add_figure, actor=who, **words)
    refused(Conflict, correct_from_words, actor=who, **{**given, "row_version": 1})


def test_pasted_words_are_found_where_they_stand_alone() -> None:
    text = "Tiếp 12 lượt.\nTiếp  12\nlượt công dân."
    start, end = place_of(text, "Tiếp 12 lượt công dân")
    assert text[start:end] == "Tiếp  12\nlượt công dân"
    for words in ("", "  ", "13 lượt", "Tiếp 12"):
        with pytest.raises(BadInput) as caught:
            place_of(text, words)
        assert caught.value.field == "words"


def test_an_indicator_is_found_by_name_key_or_a_few_letters(cast: Cast) -> None:
    assert indicator_named("trainings_held") == "trainings_held"
    from danchu.reporting.figures.selectors import definitions

    name = definitions()["trainings_held"].name_vi
    assert indicator_named(name.upper()) == "trainings_held"
    for text in ("", "không có chỉ tiêu nào như thế", "ý kiến"):
        with pytest.raises(BadInput) as caught:
            indicator_named(text)
        assert caught.value.field == "key"
