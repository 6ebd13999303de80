"""The calendar and the periods of an installation: extending, versions, reference data."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
from django.db import DatabaseError

from danchu.core.calendar import selectors, services, shipped
from danchu.core.calendar.days import Special
from danchu.core.calendar.models import CalendarVersion, Period, PeriodScheme
from danchu.core.calendar.reference import REFERENCES
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.models import Entry

pytestmark = pytest.mark.django_db
D = dt.date
REFERENCE = REFERENCES[0]
LUNAR_NEW_YEAR = Special(D(2026, 2, 13), "holiday", "Nghỉ thêm", "", "QĐ mẫu")


def extend(*days: Special, note: str = "Thông báo mẫu") -> CalendarVersion:
    return services.extend_calendar(actor=OPERATOR, days=days, note=note)


def test_an_empty_database_answers_with_the_calendar_of_the_release():
    calendar = selectors.current_calendar()
    assert calendar is shipped.shipped_calendar()


def test_a_database_that_fails_is_not_taken_for_an_empty_one(monkeypatch):
    class Lost:
        def rows(self):
            raise DatabaseError("the connection was lost")

    monkeypatch.setattr(selectors, "_newest_version", Lost)
    with pytest.raises(DatabaseError):
        selectors.current_calendar()
    monkeypatch.setattr(selectors, "never_set_up", lambda table: True)
    assert selectors.current_calendar() is shipped.shipped_calendar()


def test_an_extension_is_a_new_version_and_the_old_one_stays_as_it_was():
    version = extend(LUNAR_NEW_YEAR, note=" Thông báo\u200b\nmẫu ")
    assert version.number == 2  # the days of the release came first
    assert version.note == "Thông báo mẫu", "kept as it passed the door"
    calendar = selectors.current_calendar()
    assert calendar.version == 2
    assert not calendar.is_working_day(D(2026, 2, 13))
    assert not calendar.is_working_day(D(2026, 2, 17)), "the days of the release are kept"
    before = selectors.calendar_at(1)
    assert before.is_working_day(D(2026, 2, 13))
    assert dict(before.days) == dict(shipped.shipped_calendar().days)
    assert Entry.objects.filter(code="calendar.extended").count() == 1
    with pytest.raises(NotFound):
        selectors.calendar_at(3)


def test_a_later_version_may_withdraw_a_day():
    extend(LUNAR_NEW_YEAR)
    extend(Special(D(2026, 2, 13), "ordinary", ""))
    assert selectors.current_calendar().is_working_day(D(2026, 2, 13))
    assert not selectors.calendar_at(2).is_working_day(D(2026, 2, 13))


def test_who_may_not_edit_the_calendar_changes_nothing():
    with pytest.raises(NotAllowed):
        services.extend_calendar(actor=NOBODY, days=[LUNAR_NEW_YEAR], note="x")
    assert not CalendarVersion.objects.exists()


@pytest.mark.parametrize(
    ("days", "note"),
    [
        ([], "x"),
        ([LUNAR_NEW_YEAR], "  "),
        ([LUNAR_NEW_YEAR, LUNAR_NEW_YEAR], "x"),
        ([Special(D(2026, 3, 2), "work", "Làm bù")], "x"),
        ([Special(D(2300, 3, 2), "holiday", "Xa")], "x"),
        ([Special(D(2026, 3, 2), "holiday", "x" * 201)], "x"),
        ([Special(D(2026, 3, 2), "holiday", "Nghỉ", "", "x" * 301)], "x"),
        ([Special(D(2026, 3, 2), "holiday", "Nghỉ", "", "", "perhaps")], "x"),
        ([LUNAR_NEW_YEAR], "x" * 301),
    ],
)
def test_an_extension_that_contradicts_itself_is_refused(days, note):
    with pytest.raises(BadInput):
        services.extend_calendar(actor=OPERATOR, days=days, note=note)
    assert not CalendarVersion.objects.exists()


def test_the_calendar_in_force_is_one_query(django_assert_num_queries):
    extend(LUNAR_NEW_YEAR)
    selectors.current_calendar()
    with django_assert_num_queries(1):
        selectors.current_calendar()


def test_reference_data_is_taken_over_once():
    assert REFERENCE.installed() is None
    added = REFERENCE.apply(REFERENCE.folder)
    assert {change.what for change in added} == {"add"}
    assert len(added) == len(shipped.shipped_calendar().days)
    assert REFERENCE.installed() == REFERENCE.version(REFERENCE.folder)
    assert REFERENCE.plan(REFERENCE.folder) == []
    assert REFERENCE.apply(REFERENCE.folder) == []
    assert CalendarVersion.objects.count() == 1
    assert selectors.current_calendar().version == 1


@pytest.fixture
def next_release(tmp_path):
    """A folder with the release's file, and a way to replace a line in it."""
    path = tmp_path / "calendar.csv"
    shutil.copy(REFERENCE.folder / "calendar.csv", path)

    def edit(old: str, new: str):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        return tmp_path

    return edit


def test_a_release_adds_changes_and_ends_days_as_a_new_version(next_release):
    REFERENCE.apply(REFERENCE.folder)
    folder = next_release(
        "2026-01-10,work,", "2026-01-11,work,"
    )  # the make-up day moved from Saturday to Sunday
    changes = {(change.what, change.key) for change in REFERENCE.plan(folder)}
    assert changes == {("end", "2026-01-10"), ("add", "2026-01-11")}
    REFERENCE.apply(folder)
    calendar = selectors.current_calendar()
    assert not calendar.is_working_day(D(2026, 1, 10)) and calendar.is_working_day(D(2026, 1, 11))
    assert selectors.calendar_at(1).is_working_day(D(2026, 1, 10))
    assert REFERENCE.plan(folder) == []


def test_a_day_entered_here_is_a_conflict_and_is_not_overwritten(next_release):
    REFERENCE.apply(REFERENCE.folder)
    extend(Special(D(2027, 2, 4), "ordinary", ""))  # decided here: no holiday on 4/2/2027
    assert REFERENCE.plan(REFERENCE.folder) == [], "the release has nothing new to say"
    folder = next_release("2027-02-04,holiday,Tết Nguyên đán,", "2027-02-04,holiday,Tết,")
    assert [(c.what, c.key) for c in REFERENCE.apply(folder)] == [("conflict", "2027-02-04")]
    assert selectors.current_calendar().is_working_day(D(2027, 2, 4))
    versions = CalendarVersion.objects.count()
    assert [c.what for c in REFERENCE.apply(folder)] == ["conflict"]
    assert CalendarVersion.objects.count() == versions


def test_a_day_entered_here_that_the_release_confirms_is_no_conflict(next_release):
    REFERENCE.apply(REFERENCE.folder)
    extend(Special(D(2028, 1, 3), "holiday", "Nghỉ bù"))
    last = "2027-11-24,holiday,"
    folder = next_release(last, f"2028-01-03,holiday,Tết (nghỉ bù),x,y,sure\n{last}")
    assert REFERENCE.plan(folder) == []


def test_a_period_has_one_row_made_on_first_use():
    row = services.period_row("nd09:2026H1")
    assert (row.start, row.end, row.scheme.code) == (D(2025, 12, 15), D(2026, 6, 14), "nd09")
    assert services.period_row("nd09:2026H1").pk == row.pk
    assert services.period_row("2026H1").scheme.code == "cal"
    assert selectors.span_of(row).kind == "half_year"
    with pytest.raises(BadInput):
        services.period_row("2019H3")
    assert Period.objects.count() == 2


def test_a_committee_has_its_own_periods():
    services.add_scheme(actor=OPERATOR, code="bcd-mau", name_vi="Kỳ của Ban Chỉ đạo Mẫu", unit_id=7)
    add = lambda name, start, end, kind="half_year": services.add_period(  # noqa: E731
        actor=OPERATOR, scheme_code="bcd-mau", name=name, start=start, end=end, kind=kind
    )
    first = add("2026a", D(2026, 1, 10), D(2026, 7, 9))
    second = add("2026b", D(2026, 7, 10), D(2027, 1, 9))
    assert first.code == "bcd-mau:2026a"
    span = selectors.period_span("bcd-mau:2026b")
    assert span.end == D(2027, 1, 9)
    assert selectors.previous_span(span) == selectors.span_of(first)
    assert selectors.previous_span(selectors.span_of(first)) is None
    assert services.period_row(second.code).pk == second.pk
    with pytest.raises(Conflict):
        add("2026c", D(2026, 7, 1), D(2026, 12, 31))
    with pytest.raises(Conflict):
        add("2026a", D(2029, 1, 1), D(2029, 6, 30))
    add("stub", D(2026, 7, 1), D(2026, 7, 9), "other")
    with pytest.raises(BadInput):
        add("x", D(2026, 2, 2), D(2026, 2, 1))
    with pytest.raises(BadInput):
        add("có dấu", D(2030, 2, 2), D(2030, 2, 3))
    with pytest.raises(BadInput):
        services.add_period(
            actor=OPERATOR, scheme_code="nd09", name="x", start=D(2026, 1, 1), end=D(2026, 1, 2)
        )
    with pytest.raises(NotFound):
        services.add_period(
            actor=OPERATOR, scheme_code="none", name="x", start=D(2026, 1, 1), end=D(2026, 1, 2)
        )
    with pytest.raises(NotAllowed):
        services.add_period(
            actor=NOBODY, scheme_code="bcd-mau", name="z", start=D(2028, 1, 1), end=D(2028, 1, 2)
        )


def test_a_scheme_needs_a_free_and_plain_code():
    with pytest.raises(NotAllowed):
        services.add_scheme(actor=NOBODY, code="bcd", name_vi="Mẫu")
    for code in ("nd09", "cal"):
        with pytest.raises(Conflict):
            services.add_scheme(actor=OPERATOR, code=code, name_vi="Mẫu")
    for long in ({"name_vi": "x" * 201}, {"name_vi": "x", "basis": "x" * 301}):
        with pytest.raises(BadInput):
            services.add_scheme(actor=OPERATOR, code="bcd", **long)
    for code in ("", "B", "có-dấu", "x" * 31, "1a"):
        with pytest.raises(BadInput):
            services.add_scheme(actor=OPERATOR, code=code, name_vi="Mẫu")
    with pytest.raises(BadInput):
        services.add_scheme(actor=OPERATOR, code="bcd", name_vi=" ")
    services.add_scheme(actor=OPERATOR, code="bcd", name_vi="Mẫu")
    with pytest.raises(Conflict):
        services.add_scheme(actor=OPERATOR, code="bcd", name_vi="Mẫu")
    assert PeriodScheme.objects.count() == 1


def test_the_right_is_asked_over_the_unit_of_the_scheme():
    class OfUnitSeven:
        actor_id = None

        def may(self, right, unit_id=None, on=None):
            return right == "periods.edit" and unit_id == 7

    with pytest.raises(NotAllowed):
        services.add_scheme(actor=OfUnitSeven(), code="bcd", name_vi="Mẫu", unit_id=8)
    services.add_scheme(actor=OfUnitSeven(), code="bcd", name_vi="Mẫu", unit_id=7)


def test_a_scheme_says_by_when_each_level_hands_in_and_no_day_off_is_due():
    period = services.period_row("nd09:2026H1")  # ends on Sunday 14 June 2026
    usual = selectors.due_days(period)
    assert (usual["village"], usual["commune"], usual["province"]) == (
        D(2026, 6, 15),
        D(2026, 6, 16),
        D(2026, 6, 19),
    )
    given = {"scheme_code": "nd09", "days": {"commune": 5, "province": 6}}
    with pytest.raises(NotAllowed):
        services.set_due_days(actor=NOBODY, **given)
    services.set_due_days(actor=OPERATOR, **given)
    services.set_due_days(actor=OPERATOR, **given)
    changed = selectors.due_days(period)
    assert changed["commune"] == D(2026, 6, 19)
    assert changed["province"] == D(2026, 6, 22), "the sixth day is a Saturday"
    assert changed["village"] == usual["village"]
    for wrong in ({"moon": 1}, {"commune": -1}, {"commune": 366}, {"commune": True}):
        with pytest.raises(BadInput):
            services.set_due_days(actor=OPERATOR, scheme_code="nd09", days=wrong)
    with pytest.raises(NotFound):
        services.set_due_days(actor=OPERATOR, scheme_code="none", days={})
    assert selectors.due_days(period) == changed
    assert selectors.due_days(services.period_row("2026H1"))["commune"] == D(2026, 7, 2)
    assert Entry.objects.filter(code="periods.due_days_set").count() == 2


def test_by_default_each_level_hands_in_a_working_day_after_those_below():
    period = services.period_row("2026M07")  # ends on a Friday: both days fall on one Monday
    usual = selectors.due_days(period)
    assert (usual["village"], usual["commune"]) == (D(2026, 8, 3), D(2026, 8, 4))
    for code in ("nd09:2026H1", "nd09:2026H2", "2026M01", "2026M08", "2027Q1", "2026"):
        days = selectors.due_days(services.period_row(code))
        storeys = ("village", "commune", "district", "province", "nation")
        assert sorted({days[one] for one in storeys}) == [days[one] for one in storeys], code
    # What a scheme says itself stands, also when both fall on one day.
    services.set_due_days(actor=OPERATOR, scheme_code="cal", days={"village": 1, "commune": 2})
    said = selectors.due_days(period)
    assert said["village"] == said["commune"] == D(2026, 8, 3)


def test_no_level_is_told_to_hand_in_after_the_one_above():
    services.period_row("2026")
    with pytest.raises(BadInput) as refused:
        services.set_due_days(actor=OPERATOR, scheme_code="cal", days={"village": 5, "commune": 3})
    assert refused.value.field == "due_village"
    services.set_due_days(actor=OPERATOR, scheme_code="cal", days={"commune": 3})
    with pytest.raises(BadInput):
        services.set_due_days(actor=OPERATOR, scheme_code="cal", days={"village": 4})


def test_the_schemes_are_shown_to_who_may_change_them():
    services.period_row("2026")
    services.set_due_days(actor=OPERATOR, scheme_code="cal", days={"commune": 3})
    assert selectors.schemes_to_edit(NOBODY) == []
    (found,) = selectors.schemes_to_edit(OPERATOR)
    assert (found.code, found.days["commune"], found.days["village"]) == ("cal", 3, 1)
    assert "commune" not in found.usual and "village" in found.usual
