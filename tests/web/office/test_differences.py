"""The page of the three sides: who sees what on it, explaining, the file, the number of queries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.clock import on_day
from danchu.core.contracts import CitizensAnswers, CitizensQuestion
from danchu.core.documents.sheets_in import read_xlsx
from danchu.reporting.differences import selectors
from danchu.reporting.differences.models import Difference
from danchu.reporting.rounds.services import submit
from tests.making import receive
from tests.reporting.differences.conftest import AFTER, LAST

PAGE = "/office/doi-chieu/9A001/nd09:2026H1/"
ABOVE = "/office/doi-chieu/9A/nd09:2026H1/"
ONE = f"{PAGE}citizens_received/"
WHY = "Ba lượt tiếp ở nhà văn hóa thôn ghi bổ sung sau khi nộp."


@pytest.fixture
def differing(cast: Any, opened: Any, settle: Any, monkeypatch: Any) -> Difference:
    """Bến Mẫu handed in 12 visits and its records show 15, two days after the period."""
    receive(cast.recorder_benmau, cast.benmau)
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    monkeypatch.setenv("DANCHU_TODAY", AFTER.isoformat())
    receive(cast.recorder_benmau, cast.benmau, visits=3, people=3, matters=2, mass_groups=0)
    settle()
    return Difference.objects.get(indicator__key="citizens_received")


def later(monkeypatch: Any) -> None:
    monkeypatch.setenv("DANCHU_TODAY", (LAST + dt.timedelta(days=1)).isoformat())


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def rows_of(answer: Any, sheet: str) -> list[tuple[Any, ...]]:
    found = next((one for one in read_xlsx(answer.content) if one.name == sheet), None)
    return [] if found is None else [tuple(row) for row in found.rows]


def test_the_unit_is_told_on_its_first_page_and_finds_the_way(
    cast: Any, as_person: Any, differing: Any
) -> None:
    home = text_of(as_person(cast.reporter_benmau).get("/office/"))
    assert "Giải trình chênh lệch số liệu: 3 chỉ tiêu, 6 tháng đầu năm 2026" in home
    assert f'href="{PAGE}"' in home
    above = text_of(as_person(cast.committee_minhhoa).get("/office/?don-vi=9A001"))
    assert "Giải trình chênh lệch" not in above
    english = text_of(as_person(cast.reporter_benmau).get("/en/office/"))
    assert f'href="/en{PAGE}"' in english
    for address in ("/office/so-lieu/9A001/nd09:2026H1/", "/office/toan-canh/9A001/nd09:2026H1/"):
        assert f'href="{PAGE}"' in text_of(as_person(cast.reporter_benmau).get(address))


def test_the_three_sides_stand_beside_each_other(cast: Any, as_person: Any, differing: Any) -> None:
    page = text_of(as_person(cast.reporter_benmau).get(PAGE))
    assert "3 chênh lệch cần giải trình đến ngày 30/06/2026" in page
    row = page.split("/citizens_received/")[1].split("</tr>")[0]
    assert "<b>12</b>" in row and "<b>15</b>" in row and "<b>−3</b>" in row
    assert "bản nộp 10/06/2026" in row and "2 hồ sơ" in row
    assert "chưa hỏi" in row and "đang trong hạn giải trình" in row


def test_levels_above_see_it_only_when_the_days_are_over(
    cast: Any, as_person: Any, differing: Any, monkeypatch: Any
) -> None:
    client = as_person(cast.committee_minhhoa)
    for address in (PAGE, ABOVE):
        page = text_of(client.get(address))
        assert "9A001/nd09:2026H1/citizens_received/" not in page and "<b>−3</b>" not in page
        file = client.get(f"{address}tai-ve/")
        assert "12" not in [row[2] for row in rows_of(file, "Đối chiếu")]
        assert not rows_of(file, "Đơn vị trực thuộc")
    assert client.get(ONE).status_code == 404
    assert client.post(ONE, {"explanation": WHY, "version": 1}).status_code == 404
    later(monkeypatch)
    for address in (PAGE, ABOVE):
        page = text_of(client.get(address))
        assert "<b>−3</b>" in page and "quá hạn, chưa giải trình" in page
    assert "Gửi giải trình" not in text_of(client.get(ONE))
    for stranger in (cast.reporter_caumau, cast.committee_maunguyen, cast.outsider):
        for address in (PAGE, f"{PAGE}tai-ve/", ONE):
            assert as_person(stranger).get(address).status_code in (403, 404)


def test_the_unit_explains_and_the_level_above_reads_it(
    cast: Any, as_person: Any, differing: Any
) -> None:
    client = as_person(cast.reporter_benmau)
    form = text_of(client.get(ONE))
    assert "Gửi giải trình" in form and 'name="version" value="1"' in form
    for wrong in ("", "   ", "a" * 2001):
        answer = client.post(ONE, {"explanation": wrong, "version": 1})
        assert answer.status_code == 400 and "govuk-error-message" in answer.content.decode()
    assert client.post(ONE, {"explanation": WHY, "version": "x"}).status_code == 400
    answer = client.post(ONE, {"explanation": WHY, "version": 1})
    assert (answer.status_code, answer.url) == (302, PAGE)
    again = client.post(ONE, {"explanation": "Một ý khác", "version": 1})
    assert again.status_code == 409
    assert "Một ý khác" in text_of(again) and 'name="version" value="2"' in text_of(again)
    above = text_of(as_person(cast.committee_minhhoa).get(PAGE))
    assert WHY in above and "đã giải trình" in above
    assert as_person(cast.recorder_benmau).post(ONE, {"explanation": "x", "version": 2}).status_code


def test_who_only_records_work_reads_and_does_not_explain(
    cast: Any, as_person: Any, differing: Any
) -> None:
    client = as_person(cast.recorder_benmau)
    assert "Gửi giải trình" not in text_of(client.get(ONE))
    assert client.post(ONE, {"explanation": WHY, "version": 1}).status_code == 403
    differing.refresh_from_db()
    assert differing.explanation == ""


def test_the_file_has_every_table(
    cast: Any, as_person: Any, differing: Any, monkeypatch: Any
) -> None:
    later(monkeypatch)
    rows = rows_of(as_person(cast.reporter_benmau).get(f"{PAGE}tai-ve/"), "Đối chiếu")
    said = {row[0]: row for row in rows}
    (line,) = [row for row in rows if row[2] == "12"]
    assert line[6] == "15" and line[7] == 2 and line[10] == "chưa hỏi" and line[13] == "−3"
    assert len(said) == len(rows)
    assert rows[0][0] == "Đối chiếu số báo cáo, hồ sơ và người dân trả lời"
    below = rows_of(as_person(cast.committee_minhhoa).get(f"{ABOVE}tai-ve/"), "Đơn vị trực thuộc")
    assert below[0][0] == "Đơn vị trực thuộc" and "6 tháng đầu năm 2026" in below[1][0]
    assert next(row[3:5] for row in below[4:]) == ("12", "15")


def test_what_citizens_answer_stands_in_its_own_column(
    cast: Any, as_person: Any, differing: Any, monkeypatch: Any
) -> None:
    def question(answered: int, agreeing: int) -> tuple[CitizensQuestion, ...]:
        def rows(unit_ids: Any, _start: Any, _end: Any) -> Any:
            assert cast.benmau in unit_ids
            yield CitizensAnswers(cast.benmau, "citizens_received", 20, answered, agreeing)

        return (
            CitizensQuestion(
                "thử",
                ("citizens_received",),
                "Ông, bà có được tiếp không?",
                "Were you received?",
                "được tiếp",
                "were received",
                rows,
            ),
        )

    def shown(answered: int, agreeing: int) -> str:
        for module in ("citizens", "selectors"):
            monkeypatch.setattr(
                f"danchu.reporting.differences.{module}.declared_questions",
                lambda: question(answered, agreeing),
            )
        page = text_of(as_person(cast.reporter_benmau).get(PAGE))
        return page.split("/citizens_received/")[1].split("</tr>")[0]

    assert "<b>75%</b> được tiếp" in shown(12, 9)
    assert "12/20 người được hỏi đã trả lời" in shown(12, 9)
    few = shown(4, 3)
    assert "dưới 5 người trả lời" in few and "75%" not in few
    assert "chưa có người trả lời" in shown(0, 0)


def test_a_rate_that_no_record_shows_is_not_said_to_lack_records(
    cast: Any, as_person: Any, differing: Any, monkeypatch: Any
) -> None:
    known = selectors.said

    def with_a_rate(unit_ids: Any, period: Any, layers: Any = None) -> Any:
        found = known(unit_ids, period, layers)
        one = next(iter(found.values()))
        rate = one._replace(key="resolution_rate_pct", amount=880, text="88%")
        return found | {(cast.benmau, rate.key): rate}

    monkeypatch.setattr(selectors, "said", with_a_rate)
    page = text_of(as_person(cast.reporter_benmau).get(PAGE))
    assert "/citizens_received/" in page and "/resolution_rate_pct/" not in page


def test_unknown_parameters_and_units_are_refused(
    cast: Any, as_person: Any, differing: Any
) -> None:
    client = as_person(cast.reporter_benmau)
    assert client.get(f"{PAGE}?x=1").status_code == 400
    assert client.get(f"{PAGE}participants/").status_code == 404
    assert client.get("/office/doi-chieu/9A777/nd09:2026H1/").status_code == 404
    assert client.get("/office/doi-chieu/9A001/khong/").status_code == 400


@pytest.mark.parametrize(
    ("address", "person", "most"),
    [
        (PAGE, "reporter_benmau", 12),
        # The versions that stand are asked by their ids: joined, every value would be read.
        (PAGE, "committee_minhhoa", 13),
        # Which units gave, and what their records show: like is held against like.
        (ABOVE, "committee_minhhoa", 14),
        (ONE, "reporter_benmau", 10),
    ],
)
def test_the_page_takes_few_queries(
    cast: Any,
    as_person: Any,
    differing: Any,
    monkeypatch: Any,
    django_assert_max_num_queries: Any,
    address: str,
    person: str,
    most: int,
) -> None:
    monkeypatch.setattr("danchu.web.design.context._mode", "demo")
    later(monkeypatch)
    client = as_person(getattr(cast, person))
    client.get(address)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_nothing_is_written_by_looking(cast: Any, as_person: Any, differing: Any) -> None:
    before = list(Difference.objects.order_by("pk").values())
    with on_day(LAST + dt.timedelta(days=30)):
        as_person(cast.reporter_benmau).get(PAGE)
        as_person(cast.committee_minhhoa).get(PAGE)
    assert list(Difference.objects.order_by("pk").values()) == before
