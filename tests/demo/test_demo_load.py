"""The demonstration from end to end: invented work, published reports, everything adds up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from danchu.civic.dialogue.models import Dialogue, Opinion
from danchu.civic.disclosure.models import Notice
from danchu.civic.otherwork.models import OtherWork
from danchu.civic.reception.models import Reception
from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.ledger.selectors import verify
from danchu.core.outbox.selectors import pending
from danchu.core.records.models import Record
from danchu.core.units.models import Unit
from danchu.core.work.selectors import open_tasks
from danchu.demo.cast import PASSWORD
from danchu.demo.data import invented, published
from danchu.demo.load import SHOWN, load_demo
from danchu.demo.records import load_records, workday
from danchu.reporting.reading.extraction import check_reading, extract_text, read_text
from danchu.reporting.reading.models import ReadDocument
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.export import render
from danchu.reporting.rounds.selectors import rounds_of
from tests.cast import TODAY
from tests.core.small_map import Map
from tests.reporting.folding import cells, sound

OLD_MAP = dt.date(2025, 6, 30)


def real_units() -> None:
    """The few official units the published reports stand on, without the other 14,000."""
    country = Map()
    country.add("Việt Nam", "nation", None)
    for code, name, province in (
        ("200", "huyện Đầm Hà", "tỉnh Quảng Ninh"),
        ("902", "huyện Kiên Lương", "tỉnh Kiên Giang"),
    ):
        country.add(province, "province", "Việt Nam", ends=OLD_MAP)
        country.add(name, "district", province, ends=OLD_MAP)
        country[name].states.update(code=code)
    country["Việt Nam"].states.update(code="VN")
    Unit.objects.update(is_demo=False)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The demonstration as loaded on the day of the cast, once for this module."""
    from danchu.core.calendar.reference import REFERENCES as CALENDAR
    from danchu.core.law.reference import REFERENCES as LAW
    from danchu.reporting.figures.reference import REFERENCES as DICTIONARY
    from danchu.reporting.figures.selectors import forget_dictionary

    with django_db_blocker.unblock(), transaction.atomic(), on_day(TODAY):
        for reference in (*CALENDAR, *LAW, *DICTIONARY):
            reference.apply(reference.folder)
        real_units()
        yield SimpleNamespace(accounts=load_demo())
        transaction.set_rollback(True)
    forget_dictionary()


@pytest.fixture(autouse=True)
def _today(demo: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANCHU_TODAY", TODAY.isoformat())


def person(email: str) -> Any:
    from danchu.core.accounts.models import Account

    return Account.objects.get(email=f"{email}@minhhoa.example")


def test_those_who_are_shown_can_sign_in(demo: Any) -> None:
    assert [account.email for account in demo.accounts] == list(SHOWN)
    for account in demo.accounts:
        who = person(account.email.split("@")[0])
        assert who.check_password(account.password)
        assert who.is_demo
        assert account.password == PASSWORD
        assert account.who == f"{who.name}, {who.post}"


def test_everything_was_written_by_its_officer_and_folded() -> None:
    assert pending().count == 0  # but for the days promised to meetings, which are to come
    assert verify().ok
    rows = list(invented()["records"])
    for model, group in (
        (Dialogue, "dialogues"),
        (Reception, "receptions"),
        (OtherWork, "works"),
        (Notice, "disclosures"),
    ):
        # The invented communes begin on 1 July 2025; what lay before is left out.
        kept = sum(
            workday(item["days_ago"]) >= dt.date(2025, 7, 1)
            for block in rows
            for item in block.get(group, ())
        )
        late = int(group == "receptions")  # written down after the figures were handed in
        assert model.objects.count() == kept + late > 1
    authors = {b["unit"]: b["author"] for b in rows}
    for record in Record.objects.filter(kind="dialogue").select_related("author", "unit"):
        assert record.author is not None
        assert record.author.email in authors.values()
        assert record.unit.is_demo


def test_the_roll_up_of_the_demonstration_is_that_of_a_rebuild() -> None:
    sound()


def test_days_are_working_days_before_today() -> None:
    from danchu.core.calendar.selectors import current_calendar

    calendar = current_calendar()
    for day in Record.objects.exclude(kind="reading").values_list("occurred_on", flat=True):
        assert day <= TODAY
    for day in Record.objects.filter(kind__in=["dialogue", "reception"]).values_list(
        "occurred_on", flat=True
    ):
        assert calendar.is_working_day(day)
    for opinion in Opinion.objects.select_related("record"):
        for later in (opinion.taken_up_on, opinion.answered_on):
            assert later is None or opinion.record.occurred_on <= later <= TODAY


def test_loading_the_records_again_doubles_nothing() -> None:
    from danchu.demo.cast import Cast

    before = (Record.objects.count(), Opinion.objects.count())
    cast = Cast(
        people={row["email"]: person(row["email"].split("@")[0]) for row in invented()["people"]}
    )
    from danchu.core.units.selectors import unit_on

    cast.units = {
        key: unit_on(key, TODAY).id for key in {block["unit"] for block in invented()["records"]}
    }
    with on_day(TODAY):
        load_records(cast)
    assert (Record.objects.count(), Opinion.objects.count()) == before


def test_the_committee_sees_one_in_and_one_missing_and_a_round_that_is_open() -> None:
    from danchu.core.units.selectors import unit_on

    found = rounds_of(person("bcd.tinh"), unit_on("9A", TODAY).id, TODAY)
    assert [r.period_code for r in found] == ["nd09:2026H1", "nd09:2025H2"]
    now, past = found
    assert {line.state for line in now.reporters} == {"missing"}
    assert {line.code: line.state for line in past.reporters} == {
        "9A001": "accepted",
        "9A002": "late",
    }


def test_the_reports_can_be_composed_and_the_recorder_has_something_to_do() -> None:
    commune = compose(viewer=person("baocao.benmau"), code="9A001", period_code="nd09:2026H1")
    by_key = {f.key: f for f in commune.figures}
    assert int(by_key["opinions_received"].text) > 20
    assert by_key["opinions_resolved_pct"].text.endswith("%")
    assert any(section.items for section in commune.sections)
    province = compose(viewer=person("bcd.tinh"), code="9A", period_code="nd09:2025H2")
    assert province.layout == "party"
    assert any(row.before for row in commune.comparison) is False
    who = person("ghiviec.benmau")
    tasks = open_tasks(who, commune.unit.id, TODAY)
    assert any(task.days_late > 0 for task in tasks)
    assert any(task.days_late <= 0 for task in tasks)


@pytest.mark.parametrize(
    ("who", "code", "period"),
    [
        ("baocao.benmau", "9A001", "nd09:2026H1"),
        ("baocao.benmau", "9A001", "nd09:2025H2"),
        ("bcd.tinh", "9A", "nd09:2026H1"),
        ("bcd.tinh", "9A", "nd09:2025H2"),
    ],
)
@pytest.mark.parametrize("format_", ["docx", "pdf"])
def test_the_reports_raise_no_error_when_they_are_checked(
    who: str, code: str, period: str, format_: str, tmp_path: Path
) -> None:
    written = compose(viewer=person(who), code=code, period_code=period)
    path = tmp_path / f"report.{format_}"
    path.write_bytes(render(written, format_))
    text = extract_text(path).text
    checks = check_reading(read_text(text))
    assert [check.message_vi for check in checks if check.verdict == "fail"] == []
    # The same check does find an error planted in the report.
    planted = check_reading(read_text(text + "\nCó 18/24 thôn đã họp, đạt tỷ lệ 72%.\n"))
    assert len([check for check in planted if check.verdict == "fail"]) == 1


def test_published_reports_stand_on_their_real_units_with_their_source() -> None:
    assert ReadDocument.objects.count() == len(published())
    assert set(ReadDocument.objects.values_list("record__visibility", flat=True)) == {"public"}
    report = compose(viewer=NOBODY, code="200", period_code="2019H1")
    text = " ".join(p.text for s in report.sections for p in s.paragraphs)
    assert "191 ý kiến" in text
    assert "tỷ lệ trên số ý kiến ghi nhận đạt 95,8% (văn bản nguồn ghi 96%)" in text
    assert "90,49% (nguồn không nêu số phiếu trả lời)" in text
    assert report.sources[0][1].startswith("Viết lại theo tin đã đăng")
    # What no source ties to a unit is counted for none.
    unknown = ReadDocument.objects.filter(record__unit__level="nation")
    assert unknown.count() == sum(not row.get("unit_code") for row in published())
    decided = {d for doc in unknown for d in doc.figures.values_list("decision", flat=True)}
    assert decided <= {"pending"}
    nation = Unit.objects.get(level="nation").pk
    assert not [key for key in cells() if key[0] == nation and key[2] == "stated"]


def test_real_units_carry_nothing_invented() -> None:
    real = Unit.objects.filter(is_demo=False).values_list("pk", flat=True)
    assert set(Record.objects.filter(unit_id__in=real).values_list("kind", flat=True)) == {
        "reading"
    }
    assert not [key for key in cells() if key[0] in set(real) and key[2] != "stated"]
    assert compose(viewer=OPERATOR, code="902", period_code="2019H1").is_reference


def test_one_commune_has_work_written_down_after_it_handed_in(demo: Any) -> None:
    from danchu.reporting.differences.models import Difference
    from danchu.reporting.differences.selectors import side_by_side

    rows = Difference.objects.filter(settled_on__isnull=True)
    assert {(row.unit.is_demo, row.stated_in.kind) for row in rows} == {(True, "report")}
    explained = {row.indicator.key: row.explanation for row in rows}
    assert explained.pop("citizens_received") and not any(explained.values())
    assert len(explained) == 2
    own = side_by_side(person("baocao.benmau"), "9A001", "nd09:2025H2")
    assert (own.n_different, len(own.waiting)) == (3, 2)
    above = side_by_side(person("bcd.tinh"), "9A001", "nd09:2025H2")
    assert above.n_different == 1
    assert side_by_side(person("bcd.tinh"), "9A", "nd09:2025H2").n_below == 1


def test_the_legal_officer_has_compared_article_11_but_for_one_clause() -> None:
    from danchu.core.law.models import LocalConfirmation
    from danchu.core.law.selectors import obligation
    from danchu.demo.law import CONFIRMED, LEFT

    assert all(obligation(key).can_fail for key in CONFIRMED)
    assert not obligation(LEFT).can_fail
    rows = LocalConfirmation.objects.all()
    assert {row.confirmed_by_id for row in rows} == {person("phapche").pk}
    assert all("không phải đối chiếu thật" in row.text_compared for row in rows)


def test_an_account_for_each_kind_of_work_is_printed_and_marked_as_a_demonstration() -> None:
    shown = [person(email.partition("@")[0]) for email in SHOWN]
    assert all(one.is_demo and "Mẫu" in one.name for one in shown)
    held = {grant.role for one in shown for grant in one.grants.all()}
    assert {"recorder", "reporter", "leader", "committee", "legal_officer", "admin"} <= held


def test_the_ledger_of_the_demonstration_has_something_done_late_and_next() -> None:
    from danchu.reporting.duties.ledger import duty_ledger, line_of

    ledger = duty_ledger(
        person("ghiviec.benmau"), "9A001", dt.date(2026, 1, 1), dt.date(2026, 12, 31), TODAY
    )
    assert ledger.counts.done and ledger.counts.open and ledger.counts.late
    assert {r: line_of(ledger, r).rule.can_fail for r in ("xa_ck_13", "xa_ck_14")} == {
        "xa_ck_13": True,
        "xa_ck_14": False,
    }
