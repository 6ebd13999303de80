"""Reports read: for whom, in their own words, without a gap."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from danchu.core.contracts import NOBODY, OPERATOR, declared_findables
from danchu.core.errors import BadInput, NotFound
from danchu.core.records.models import Record
from danchu.reporting.figures.models import Definition, DictionaryVersion
from danchu.reporting.figures.selectors import forget_dictionary
from danchu.reporting.reading.extraction import PeriodRead
from danchu.reporting.reading.periods import code_of
from danchu.reporting.reading.selectors import (
    document,
    documents,
    findings_of,
    periods_with_stated,
    sources_of,
    stated_figures,
    stated_of,
)
from danchu.reporting.reading.services import decide_figure, decide_finding
from danchu.reporting.reading.stated import lacks_ballots
from danchu.reporting.reading.units import unit_in_period, unit_of_text
from tests.cast import Cast
from tests.reporting.folding import open_periods
from tests.reporting.readings import ALL, TEXT, take_in


def test_a_report_is_read_inside_and_hidden_until_it_is_public(
    cast: Cast, monkeypatch: Any
) -> None:
    inside = take_in(monkeypatch, cast.reporter_benmau, cast.benmau, confirm=True)
    shown = declared_findables()["reading"].visible
    address = inside.record.public_id
    for viewer in (cast.viewer_benmau, cast.viewer, cast.committee_minhhoa, OPERATOR):
        assert document(viewer, address).title == inside.title
        assert documents(viewer, unit_id=cast.benmau)[1] == 1
        assert set(stated_figures(viewer, cast.benmau, inside.period)) > {"opinions_received"}
        assert periods_with_stated(viewer, cast.benmau) == [inside.period]
        assert len(sources_of(viewer, cast.benmau, inside.period)) == 1
        assert shown(viewer, [inside.pk]) == {
            inside.pk: (inside.title, f"/office/ra-soat/{address}/")
        }
    strangers = (NOBODY, cast.outsider, cast.reporter_caumau, cast.committee_maunguyen)
    for viewer in strangers:
        with pytest.raises(NotFound) as hidden:
            document(viewer, address)
        with pytest.raises(NotFound) as none:
            document(viewer, uuid.uuid4())
        assert str(hidden.value) == str(none.value)
        assert documents(viewer) == ([], 0)
        assert stated_figures(viewer, cast.benmau, inside.period) == {}
        assert findings_of(viewer, cast.benmau, inside.period) == {}
        assert sources_of(viewer, cast.benmau, inside.period) == []
        assert periods_with_stated(viewer, cast.benmau) == []
        assert shown(viewer, [inside.pk]) == {}
    Record.objects.filter(pk=inside.pk).update(visibility="public")
    for viewer in strangers:
        assert document(viewer, address).public
        assert stated_figures(viewer, cast.benmau, inside.period)
        assert periods_with_stated(viewer, cast.benmau) == [inside.period]


def test_the_public_is_not_told_who_decided(cast: Cast, monkeypatch: Any) -> None:
    made = take_in(monkeypatch, cast.reporter_benmau, cast.benmau, public=True)
    row = made.figures.get(position=1)
    decide_figure(
        actor=cast.reporter_benmau,
        figure_id=row.pk,
        row_version=0,
        decision="corrected",
        amount=180,
        note="Đếm lại theo biên bản",
    )
    inside = document(cast.viewer_benmau, made.record.public_id).figures[1]
    outside = document(NOBODY, made.record.public_id).figures[1]
    assert (inside.decided_by, inside.note) == (
        cast.reporter_benmau.name,
        "Đếm lại theo biên bản",
    )
    assert (outside.decided_by, outside.note) == ("", "")
    assert (outside.text, outside.decided_text) == ("183", "180")


def test_the_marked_text_is_the_text_without_gap_or_overlap(cast: Cast, monkeypatch: Any) -> None:
    made = take_in(monkeypatch, cast.reporter_benmau, cast.benmau)
    seen = document(cast.viewer_benmau, made.record.public_id)
    assert "".join(segment.text for segment in seen.segments) == TEXT
    position = 0
    for segment in seen.segments:
        assert segment.start == position
        position += len(segment.text)
    by_id = {f.figure_id: f for f in seen.figures}
    for number, figure in by_id.items():
        marked = "".join(s.text for s in seen.segments if number in s.figure_ids)
        assert marked == figure.surface
    assert [f.surface for f in seen.figures] == sorted(
        (f.surface for f in seen.figures), key=TEXT.index
    )
    assert {s.text for s in seen.segments if s.finding_kind == "limitation"} == {
        "công khai ở một số thôn còn chậm"
    }
    assert seen.waiting == len(ALL)
    assert [f.level for f in seen.figures] == ["high", "high", "high", "high", "fair", "look"]
    assert [f.no_denominator for f in seen.figures] == [False, False, False, True, False, False]


def test_a_report_of_any_length_is_read_in_a_few_queries(
    cast: Cast, monkeypatch: Any, django_assert_max_num_queries: Any
) -> None:
    made = take_in(monkeypatch, cast.reporter_benmau, cast.benmau, *(ALL * 20), confirm=True)
    viewer = cast.viewer_benmau
    with django_assert_max_num_queries(12):
        seen = document(viewer, made.record.public_id)
    assert len(seen.figures) == 120
    with django_assert_max_num_queries(4):
        documents(viewer)


def test_the_number_of_reports_is_known_on_every_page_and_beyond_the_last(
    cast: Cast, monkeypatch: Any
) -> None:
    for number in range(3):
        text = f"{TEXT}\nBản {number}."
        take_in(monkeypatch, cast.reporter_benmau, cast.benmau, *ALL, text=text, confirm=True)
    viewer = cast.viewer_benmau
    for offset, shown in ((0, 2), (2, 1), (4, 0)):
        lines, total = documents(viewer, limit=2, offset=offset)
        assert (len(lines), total) == (shown, 3)
    assert documents(cast.outsider) == ([], 0)


@pytest.mark.usefixtures("changing_dictionary")
def test_a_figure_whose_indicator_was_retired_is_left_out(cast: Cast, monkeypatch: Any) -> None:
    made = take_in(monkeypatch, cast.reporter_benmau, cast.benmau, confirm=True)
    version = DictionaryVersion.objects.create(number=2, source_hash="x" * 64)
    row = Definition.objects.get(indicator__key="conferences_held")
    row.pk, row.version, row.retired = None, version, True
    row.save(force_insert=True)
    forget_dictionary()
    seen = document(cast.viewer_benmau, made.record.public_id)
    assert len(seen.figures) == len(ALL) - 1
    assert "conferences_held" not in stated_figures(cast.viewer_benmau, cast.benmau, made.period)


def test_the_words_of_a_figure_stand_beside_it(cast: Cast, monkeypatch: Any) -> None:
    made = take_in(
        monkeypatch,
        cast.reporter_benmau,
        cast.benmau,
        confirm=True,
        source_note="Cổng thông tin",
    )
    found = stated_figures(cast.viewer_benmau, cast.benmau, made.period)
    share, received = found["opinions_resolved_pct"], found["opinions_received"]
    assert (share.stated, share.amount, share.source_note) == ("96%", 96_000, "Cổng thông tin")
    assert share.before.endswith("giải quyết 183 ý kiến, đạt ")
    assert share.after.startswith(".\nQua khảo sát")
    words = found["conferences_held"].before
    assert 150 < len(words) <= 160 and not words.startswith("hội")
    assert words.startswith("tiếp nhận")
    assert received.amount == 191  # the whole, never the twelve of one place
    assert found["satisfaction_very_satisfied_pct"].no_denominator
    assert found["conferences_held"].approx
    many = stated_of(cast.viewer, [cast.benmau, cast.caumau], made.period)
    assert many == {cast.benmau: found, cast.caumau: {}}


def test_a_corrected_number_is_no_longer_the_one_misread(cast: Cast, monkeypatch: Any) -> None:
    made = take_in(monkeypatch, cast.reporter_benmau, cast.benmau)
    row = made.figures.get(key="satisfaction_very_satisfied_pct")
    decide_figure(
        actor=cast.reporter_benmau,
        figure_id=row.pk,
        row_version=0,
        decision="corrected",
        amount=94_900,
    )
    (found,) = stated_figures(cast.viewer_benmau, cast.benmau, made.period).values()
    assert (found.stated, found.amount) == ("94,9%", 94_900)


def test_findings_are_those_that_were_kept(cast: Cast, monkeypatch: Any) -> None:
    made = take_in(monkeypatch, cast.reporter_benmau, cast.benmau)
    who = cast.reporter_benmau
    assert findings_of(who, cast.benmau, made.period) == {}
    for finding in made.findings.all():
        decision = "rejected" if finding.kind == "task" else "confirmed"
        decide_finding(actor=who, finding_id=finding.pk, decision=decision)
    assert findings_of(who, cast.benmau, made.period) == {
        "achievement": ["đối thoại đi vào nền nếp"],
        "limitation": ["công khai ở một số thôn còn chậm"],
    }


def test_the_list_tells_how_much_waits(cast: Cast, monkeypatch: Any) -> None:
    made = take_in(monkeypatch, cast.reporter_benmau, cast.benmau)
    row = made.figures.first()
    decide_figure(actor=cast.reporter_benmau, figure_id=row.pk, row_version=0, decision="confirmed")
    take_in(monkeypatch, cast.committee_minhhoa, cast.old_district)
    lines, total = documents(cast.committee_minhhoa)
    assert total == 2
    assert [(x.unit_id, x.figures, x.waiting, x.period_code) for x in lines] == [
        (cast.old_district, 6, 6, "2019H1"),
        (cast.benmau, 6, 5, "2026H1"),
    ]
    assert len(documents(cast.committee_minhhoa, limit=1, offset=1)[0]) == 1


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (dt.date(2019, 1, 1), dt.date(2019, 6, 30), "2019H1"),
        (dt.date(2018, 12, 15), dt.date(2019, 6, 14), "nd09:2019H1"),
        (dt.date(2019, 1, 1), dt.date(2019, 12, 31), "2019"),
        (dt.date(2019, 4, 1), dt.date(2019, 6, 30), "2019Q2"),
        (dt.date(2019, 1, 1), dt.date(2019, 9, 30), "2019N9"),
        (dt.date(2019, 1, 2), dt.date(2019, 6, 30), ""),
    ],
)
def test_a_period_as_read_is_the_built_in_one_of_its_days(
    start: dt.date, end: dt.date, code: str
) -> None:
    assert code_of(PeriodRead("range", start, end)) == code
    assert code_of(None) == ""


def test_a_report_is_for_a_unit_within_the_scope(cast: Cast) -> None:
    committee = cast.committee_minhhoa
    assert unit_of_text(committee, "", cast.minhhoa) == cast.minhhoa
    assert unit_of_text(committee, "9A002", cast.minhhoa) == cast.caumau
    assert unit_of_text(committee, "9A1", cast.minhhoa) == cast.old_district
    for code in ("9B001", "9Z999"):
        with pytest.raises(NotFound):
            unit_of_text(committee, code, cast.minhhoa)
    with pytest.raises(NotFound):
        unit_of_text(cast.reporter_benmau, "9A002", cast.benmau)


def test_an_older_text_belongs_to_the_unit_that_bore_the_code_then(cast: Cast) -> None:
    before, after = dt.date(2025, 6, 30), dt.date(2025, 12, 31)
    assert unit_in_period(cast.reporter_benmau, cast.benmau, before) == cast.old_benmau
    assert unit_in_period(cast.reporter_benmau, cast.benmau, after) == cast.benmau
    assert unit_in_period(cast.reporter_benmau, cast.old_benmau, after) == cast.old_benmau
    with pytest.raises(BadInput):
        unit_in_period(cast.viewer_benmau, cast.benmau, before)


def test_periods_with_figures_come_newest_first(cast: Cast, monkeypatch: Any) -> None:
    open_periods("2026H1", "2025H2")
    for text, period in ((TEXT, "2025H2"), (TEXT + "\nBản hai.", "2026H1")):
        take_in(
            monkeypatch, cast.reporter_benmau, cast.benmau, text=text, period=period, confirm=True
        )
    found = periods_with_stated(cast.viewer_benmau, cast.benmau)
    assert [period.code for period in found] == ["2026H1", "2025H2"]


def test_ballots_are_missed_only_of_what_people_answered() -> None:
    from danchu.reporting.figures.dictionary import shipped

    def missed(key: str, has_whole: bool = False) -> bool:
        return lacks_ballots(shipped()[key], has_whole)

    assert missed("satisfaction_pct") and missed("no_bribe_request_pct")
    assert not missed("satisfaction_pct", has_whole=True)
    for key in ("petitions_change_pct", "satisfaction_change_pct", "petitions_processed_pct"):
        assert not missed(key)
