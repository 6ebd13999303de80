"""Past reports are taken in once, whole or not at all; nothing counts yet."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, Refusal
from danchu.core.files.models import StoredFile
from danchu.core.outbox.models import Message
from danchu.core.records.models import Record
from danchu.core.units.models import PublicVersion
from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.reading.amounts import smallest
from danchu.reporting.reading.extraction import Indicator, PeriodRead
from danchu.reporting.reading.models import ReadDocument
from danchu.reporting.reading.services import DocumentInput, take_in_document
from danchu.reporting.reading.services.taking_in import MOST_TEXT
from tests.cast import TODAY, Cast
from tests.making import cut_off, entries, refused
from tests.reporting.folding import cells, open_periods
from tests.reporting.readings import ALL, RECEIVED, TEXT, take_in


def content(**changes: Any) -> DocumentInput:
    return DocumentInput(
        **{"name": "bao-cao.txt", "text": TEXT, "period_code": "2026H1", **changes}
    )


def public_number(unit: int) -> int:
    return getattr(PublicVersion.objects.filter(unit_id=unit).first(), "number", 0)


def test_who_writes_readings_takes_a_report_in_and_nobody_else(cast: Cast) -> None:
    given = {"unit_id": cast.benmau, "content": content()}
    for stranger in (
        cast.reporter_caumau,
        cast.recorder_benmau,
        cast.leader_benmau,
        cast.viewer_benmau,
        cast.committee_maunguyen,
        cast.outsider,
        NOBODY,
    ):
        refused(NotAllowed, take_in_document, actor=stranger, **given)
    made = take_in_document(actor=cast.reporter_benmau, **given)
    assert (made.record.kind, made.record.unit_id, made.record.visibility) == (
        "reading",
        cast.benmau,
        "internal",
    )
    assert made.period is not None
    assert made.period.code == "2026H1"
    assert made.title.startswith("BÁO CÁO TÓM TẮT")
    entry = entries("reading.taken_in")[-1]
    assert (entry.record_id, entry.account_id) == (made.pk, cast.reporter_benmau.pk)
    for figure in made.figures.all():
        assert made.text[figure.start : figure.end] == figure.surface
        assert figure.decision == "pending"


def test_nothing_counts_before_somebody_decided(cast: Cast, monkeypatch: Any, settle: Any) -> None:
    open_periods("2019H1")
    made = take_in(monkeypatch, cast.committee_minhhoa, cast.old_district)
    settle()
    assert made.figures.count() == len(ALL)
    assert made.findings.count() == 3
    assert cells() == {}
    assert not Message.objects.exists()


def test_sending_twice_makes_one_and_the_same_text_is_known_again(cast: Cast) -> None:
    key = uuid.uuid4()
    given = {"actor": cast.reporter_benmau, "unit_id": cast.benmau, "content": content()}
    first = take_in_document(**given, client_key=key)
    assert take_in_document(**given, client_key=key).pk == first.pk
    refused(Conflict, take_in_document, **given)
    refused(Conflict, take_in_document, **given, client_key=uuid.uuid4())
    assert ReadDocument.objects.count() == 1
    # Another unit may have the same text, and a cancelled one may be taken in again.
    assert take_in_document(**{**given, "actor": cast.reporter_caumau, "unit_id": cast.caumau}).pk
    Record.objects.filter(pk=first.pk).update(state="cancelled", cancel_reason="Nhầm")
    assert take_in_document(**given).pk != first.pk


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ""},
        {"text": " \n\u200b"},
        {"text": "x" * (MOST_TEXT + 1)},
        {"title": "x" * 301},
        {"source_note": "x" * 501},
        {"period_code": "2019H3"},
        {"text": "", "data": b""},
        {"text": "", "data": b"\x00\x01\x02", "name": "a.pdf"},
        {"text": "MẬT\n" + TEXT},
        {"text": "LƯU HÀNH NỘI BỘ\n" + TEXT, "public": True},
        {"text": "", "data": ("TUYỆT MẬT\n" + TEXT).encode(), "name": "a.txt"},
    ],
)
def test_what_cannot_be_taken_in_leaves_nothing(cast: Cast, changes: dict[str, Any]) -> None:
    refused(
        Refusal,
        take_in_document,
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        content=content(**changes),
    )


def test_what_is_for_inside_use_is_taken_in_inside(cast: Cast) -> None:
    made = take_in_document(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        content=content(text="LƯU HÀNH NỘI BỘ\n" + TEXT),
    )
    assert made.record.visibility == "internal"
    refused(
        BadInput,
        take_in_document,
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        content=content(text="LƯU HÀNH NỘI BỘ\nkhác\n" + TEXT, public=True),
    )


def test_a_file_is_kept_with_its_report(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.DANCHU_DATA = tmp_path
    key = uuid.uuid4()
    given = {
        "actor": cast.reporter_benmau,
        "unit_id": cast.benmau,
        "content": content(text="", data=TEXT.encode(), title=" Báo cáo\n cũ "),
        "client_key": key,
    }
    made = take_in_document(**given)
    assert made.title == "Báo cáo cũ"
    assert made.text.startswith("BÁO CÁO TÓM TẮT")
    stored = StoredFile.objects.get()
    assert (stored.record_id, stored.name) == (made.pk, "bao-cao.txt")
    # Sent again, neither the report nor the file is kept a second time.
    assert take_in_document(**given).pk == made.pk
    refused(Conflict, take_in_document, **{**given, "client_key": uuid.uuid4()})
    assert StoredFile.objects.count() == 1


def test_a_public_report_is_shown_at_once(cast: Cast) -> None:
    number = public_number(cast.benmau)
    take_in_document(actor=cast.reporter_benmau, unit_id=cast.benmau, content=content(public=True))
    assert public_number(cast.benmau) == number + 1
    take_in_document(actor=cast.reporter_caumau, unit_id=cast.caumau, content=content(public=False))
    assert Record.objects.get(unit_id=cast.benmau).visibility == "public"


def test_period_and_day_are_what_the_text_says_unless_a_person_says(
    cast: Cast, monkeypatch: Any
) -> None:
    half = PeriodRead("half_year", dt.date(2019, 1, 1), dt.date(2019, 6, 30))
    given = {"period_read": half, "event_date": dt.date(2019, 7, 31)}
    who = cast.committee_minhhoa
    read = take_in(monkeypatch, who, cast.old_district, period="", **given)
    assert (read.period.code, read.record.occurred_on) == ("2019H1", dt.date(2019, 7, 31))
    said = take_in(monkeypatch, who, cast.old_town, period="2018", **given)
    assert said.period.code == "2018"
    # Without a day, the last of the period, and never one to come.
    later = take_in(monkeypatch, who, cast.benmau, period="2026")
    assert later.record.occurred_on == TODAY
    none = take_in(monkeypatch, who, cast.caumau, period="")
    assert (none.period, none.record.occurred_on) == (None, TODAY)
    old = take_in(monkeypatch, who, cast.minhhoa, period="", event_date=dt.date(1950, 1, 1))
    assert old.record.occurred_on == dt.date(1998, 2, 18)


def test_figures_are_kept_in_the_smallest_unit_with_their_own_digits(
    cast: Cast, monkeypatch: Any
) -> None:
    text = TEXT + "\nHiến 2,5 m² đất; 95,75% hộ; thu 999999999999999999999999 đồng."
    big = "999999999999999999999999 đồng"
    from tests.reporting.readings import figure

    made = take_in(
        monkeypatch,
        cast.committee_minhhoa,
        cast.old_district,
        RECEIVED,
        figure("2,5 m²", "land_donated_m2", "2.5", text=text),
        figure("95,75%", "satisfaction_pct", "95.75", text=text, digits="95,75"),
        figure(big, "contributions_vnd", 10**24 - 1, text=text),
        figure("191 ý kiến", "no_such_key", 1, text=text),
        text=text,
    )
    kept = {f.key: (f.amount, f.stated) for f in made.figures.all()}
    # What no dictionary knows and no column holds was not read rightly.
    assert kept == {
        "opinions_received": (191, "191"),
        "land_donated_m2": (2500, "2,5"),
        "satisfaction_pct": (95_750, "95,75%"),
    }


def test_the_smallest_unit_is_reached_exactly() -> None:
    from fractions import Fraction

    area = shipped()["land_donated_m2"]
    assert smallest(Fraction(5, 2), area) == 2500
    assert smallest(Fraction(1, 2000), area) == 1  # half goes away from nought
    assert smallest(Fraction(-1, 2000), area) == -1
    assert smallest(Fraction(1, 2001), area) == 0


def test_digits_longer_than_kept_do_not_break_the_reading(cast: Cast, monkeypatch: Any) -> None:
    long = Indicator(
        key="satisfaction_pct",
        value=90,
        unit="percent",
        surface="90,49%",
        char_start=TEXT.index("90,49%"),
        char_end=TEXT.index("90,49%") + 6,
        digits="9" * 200,
    )
    made = take_in(monkeypatch, cast.committee_minhhoa, cast.old_district, long)
    assert len(made.figures.get().stated) == 60


def test_nothing_is_half_kept_when_the_ledger_cannot_be_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    settings.DANCHU_DATA = tmp_path
    open_periods("2026H1")
    for given in (content(), content(text="", data=TEXT.encode())):
        cut_off(
            monkeypatch,
            take_in_document,
            actor=cast.reporter_benmau,
            unit_id=cast.benmau,
            content=given,
        )
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
