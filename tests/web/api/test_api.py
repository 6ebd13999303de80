"""The public API: what it answers, what it never tells, how it refuses."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from danchu.core.contracts import OPERATOR
from danchu.reporting.reviews.freezing import withdraw_frozen
from tests.making import hold
from tests.reporting.publishing import PERIOD, freeze, issue, known, public_id

BASE = "/api/v1/"


def ask(client: Any, path: str, status: int = 200, **asked: Any) -> Any:
    answer = client.get(BASE + path, asked)
    assert answer.status_code == status, answer.content.decode()[:500]
    kind = "application/json" if status == 200 else "application/problem+json"
    assert answer["Content-Type"].startswith(kind)
    return json.loads(answer.content)


def test_the_index_leads_to_every_part(client: Any, told: Any) -> None:
    found = ask(client, "")
    assert (found["name"], found["licence"]) == ("danchu", "CC-BY-4.0")
    for link in found["links"]:
        answer = client.get(link["href"], {"q": "mau"} if "search" in link["href"] else {})
        assert answer.status_code == 200, link


def test_units_are_those_of_the_day_in_the_order_of_their_codes(client: Any, told: Any) -> None:
    found = ask(client, "units", level="commune", parent="9A")
    assert [one["code"] for one in found["items"]] == ["9A001", "9A002"]
    assert (found["next"], found["total"]) == (None, 2)
    assert found["items"][0]["page"].startswith("/dia-phuong/9A001-xa-ben-mau")
    then = ask(client, "units", on="2025-06-30", level="district")
    assert {one["code"] for one in then["items"]} >= {"9A1", "9A2"}
    assert ask(client, "units", level="district")["items"] == []
    assert ask(client, "units/9A001")["parent_code"] == "9A"
    assert ask(client, "unit-search", q="ben mau")["items"][0]["code"] == "9A001"
    kin = ask(client, "units/9A001/lineage")
    assert kin["predecessors"] and kin["predecessors"][0]["part"] in ("whole", "part")


def test_pieces_of_a_list_are_the_whole_list(client: Any, told: Any) -> None:
    for path in ("units", "figures", "stated-figures", "reports"):
        whole = ask(client, path, limit=500)["items"]
        found, address = [], f"{BASE}{path}?limit=1"
        for _ in range(len(whole) + 1):
            piece = json.loads(client.get(address).content)
            found += piece["items"]
            address = piece["next"]
            if address is None:
                break
        assert found == whole, path
        assert whole


def test_units_inside_an_installation_are_not_told_of(client: Any, told: Any) -> None:
    codes = {one["code"] for one in ask(client, "units", limit=500)["items"]}
    assert not codes & {"9A001.01", "9A001.MAY", "9A.BCD", "9A.SNV"}
    for code in ("9A001.01", "9A001.MAY", "9A.BCD"):
        refusal = ask(client, f"units/{code}", 404)
        assert refusal["code"] == "not_found"
        assert "May" not in refusal["detail_vi"] and "Ban Chỉ đạo" not in refusal["detail_vi"]
        ask(client, f"units/{code}/lineage", 404)
        ask(client, "units", 404, parent=code)
    assert ask(client, "unit-search", q="9A001.MAY")["items"] == []


def test_a_figure_tells_its_state_and_what_it_stands_on(client: Any, told: Any) -> None:
    held = ask(client, "figures", indicator="dialogues_held", dimensions="false")["items"]
    (one,) = held
    assert (one["value"], one["state"], one["unit_code"], one["period"]) == (
        1,
        "reported",
        "9A001",
        PERIOD,
    )
    assert (one["n_reported"], one["n_expected"], one["in_force"]) == (1, 1, True)
    assert one["report_id"] == str(public_id(told.report)) and one["demonstration"] is True
    (small,) = ask(client, "figures", indicator="complaints_received", dimensions="false")["items"]
    assert (small["value"], small["text"], small["withheld"]) == (None, "dưới 5", "small")
    assert ask(client, "figures", known_on="2026-06-09")["items"] == []


def test_what_a_report_of_elsewhere_states_comes_with_words_and_source(
    client: Any, told: Any
) -> None:
    found = ask(client, "stated-figures")["items"]
    assert {one["period"] for one in found} == {"2019H1"}
    one = next(one for one in found if one["indicator"] == "opinions_received")
    assert (one["value"], one["words"], one["stated"]) == (191, "191 ý kiến", "191")
    assert one["source"] == "Trang thông tin của huyện Mẫu"
    share = next(one for one in found if one["indicator"] == "satisfaction_very_satisfied_pct")
    assert share["value"] == 90.49
    assert ask(client, "stated-figures", unit="9A1")["items"] == found
    assert ask(client, "stated-figures", unit="9A001")["items"] == []
    assert ask(client, "stated-figures", period="2018H1")["items"] == []
    # What can be nothing's code is refused: an empty answer would say that nothing was published.
    for path, asked, field in (
        ("stated-figures", {"period": "abc"}, "period"),
        ("figures", {"period": "2019H3"}, "period"),
        ("reports", {"period": "nd09:2026H9"}, "period"),
        ("figures", {"indicator": "nope"}, "indicator"),
        ("units", {"on": "31/12/2025"}, "on"),
    ):
        refused = ask(client, path, 400, **asked)
        assert refused["field"] == field, path
    assert "2026-06-30" in str(refused)
    assert ask(client, "units", 404, parent="99999")["field"] == "parent"


def test_a_report_tells_its_files_and_where_they_are(client: Any, told: Any) -> None:
    one = ask(client, f"reports/{public_id(told.report)}")
    assert ask(client, "reports")["items"] == [one]
    assert (one["number"], one["files"], one["files_held"]) == ("05/BC-UBND", [], True)
    assert client.get(one["page"]).status_code == 200
    assert json.loads(client.get(one["proof"]).content)["data"]["number"] == "5"


def test_drafts_withdrawn_papers_and_inside_records_are_nowhere(client: Any, told: Any) -> None:
    hold(told.cast.recorder_caumau, told.cast.caumau, "Một ý kiến của phường bên.")
    known(PERIOD, "9A002")
    waiting = freeze("9A002")
    everything = [
        json.dumps(ask(client, path, **asked), ensure_ascii=False)
        for path, asked in (
            ("reports", {}),
            ("figures", {}),
            ("stated-figures", {}),
            ("figures", {"unit": "9A002"}),
            ("reports", {"unit": "9A002"}),
        )
    ]
    assert not any("9A002" in text or "2018H1" in text for text in everything)
    ask(client, f"reports/{public_id(waiting)}", 404)
    withdraw_frozen(actor=OPERATOR, frozen_id=waiting.pk, reason="Sai số liệu")
    ask(client, f"reports/{public_id(waiting)}", 404)
    ask(client, f"reports/{told.inside.record.public_id}", 404)
    ask(client, f"reports/{told.public.record.public_id}", 404)
    issued = issue("9A002", number="08")
    assert ask(client, f"reports/{public_id(issued)}")["unit_code"] == "9A002"


def test_a_signed_in_person_gets_the_same_answer_and_no_session_is_read(
    client: Any, told: Any
) -> None:
    nobody = client.get(BASE + "figures")
    client.force_login(told.cast.leader_benmau)
    somebody = client.get(BASE + "figures")
    assert somebody.content == nobody.content
    assert not somebody.wsgi_request.session.accessed
    assert not somebody.cookies and "Cookie" not in somebody.get("Vary", "")


@pytest.mark.parametrize(
    ("path", "asked", "field"),
    [
        ("units", {"sort": "name"}, "sort"),
        ("units", {"limit": "0"}, "limit"),
        ("units", {"limit": "501"}, "limit"),
        ("units", {"limit": "x"}, "limit"),
        ("units", {"level": "village"}, "level"),
        ("units", {"on": "31/12/2025"}, "on"),
        ("units", {"after": "x"}, "after"),
        ("unit-search", {}, "q"),
        ("unit-search", {"q": "a" * 201}, "q"),
        ("figures", {"after": "-1"}, "after"),
        ("figures", {"after": "99999999999999999999"}, "after"),
        ("figures", {"report": "5"}, "report"),
        ("figures", {"indicator": "a'b"}, "indicator"),
        ("figures", {"in_force": "maybe"}, "in_force"),
        ("reports", {"after": "5"}, "after"),
        ("reports/5", {}, "report_id"),
        ("periods", {"page": "2"}, "page"),
        ("indicators", {"version": "0"}, "version"),
        ("openapi.json", {"x": "1"}, "x"),
    ],
)
def test_what_was_not_asked_for_or_is_not_of_its_type_is_a_problem(
    client: Any, db: Any, path: str, asked: dict[str, str], field: str
) -> None:
    refusal = ask(client, path, 400, **asked)
    assert refusal["field"] == field and refusal["status"] == 400
    assert refusal["detail_vi"] and refusal["detail_en"]
    assert "Traceback" not in json.dumps(refusal)


def test_a_parameter_given_twice_and_a_bad_character_are_refused(client: Any, db: Any) -> None:
    assert client.get(BASE + "units?limit=1&limit=2").status_code == 400
    assert client.get(BASE + "unit-search?q=%00").status_code == 400
    assert client.get(BASE + "units/%00").status_code in (400, 404)


def test_what_is_not_there_is_a_problem_too(client: Any, db: Any) -> None:
    for path in (
        "nothing",
        "units/ZZ999",
        "indicators/no_such_key",
        "indicators?version=99",
        "reports/00000000-0000-4000-8000-000000000000",
        "docs",
    ):
        answer = client.get(BASE + path)
        assert answer.status_code == 404, path
        assert json.loads(answer.content)["detail_en"]


def test_it_is_only_read(client: Any, db: Any) -> None:
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(BASE + "units")
        assert answer.status_code == 405 and "GET" in answer["Allow"]
        assert answer["Content-Type"] == "application/problem+json"
    assert client.options(BASE + "units").status_code == 204
    assert client.head(BASE + "units").status_code == 200


def test_a_failure_tells_nothing_of_its_cause(
    client: Any, db: Any, monkeypatch: Any, caplog: Any
) -> None:
    from danchu.web.api import meanings

    def fail() -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(meanings, "known_periods", fail)
    answer = client.get(BASE + "periods")
    assert answer.status_code == 500
    assert b"secret" not in answer.content and b"Traceback" not in answer.content
    assert json.loads(answer.content)["code"] == "failed"


def test_answers_carry_the_headers_of_the_house_and_may_be_read_from_anywhere(
    client: Any, told: Any
) -> None:
    for path in ("figures", "nothing", "openapi.json"):
        answer = client.get(BASE + path)
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
    assert "no-store" in client.get(BASE + "nothing")["Cache-Control"]


def test_who_has_the_answer_already_is_told_so_and_it_travels_small(client: Any, told: Any) -> None:
    first = client.get(BASE + "indicators")
    assert first["Cache-Control"] == "public, max-age=60"
    again = client.get(BASE + "indicators", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    small = client.get(BASE + "indicators", headers={"accept-encoding": "gzip"})
    assert gzip.decompress(small.content) == first.content
    assert small["Vary"] == "Accept-Encoding"
    hold(told.cast.recorder_caumau, told.cast.caumau, "Một ý kiến của phường bên.")
    known(PERIOD, "9A002")
    before = client.get(BASE + "figures")["ETag"]
    issue("9A002", number="08")
    assert client.get(BASE + "figures")["ETag"] != before


def test_who_asks_too_often_waits(client: Any, db: Any, settings: Any) -> None:
    settings.DANCHU_API_RATE = 5
    answers = [client.get(BASE + "periods") for _ in range(6)]
    assert [one.status_code for one in answers] == [200] * 5 + [429]
    assert int(answers[-1]["Retry-After"]) >= 1
    assert json.loads(answers[-1].content)["code"] == "too_many"
    other = client.get(BASE + "periods", REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 200
    # A header that anybody may write makes nobody another.
    forged = client.get(BASE + "periods", headers={"x-forwarded-for": "192.0.2.9"})
    assert forged.status_code == 429


@pytest.mark.parametrize(
    "path",
    [
        "",
        "units?limit=500",
        "unit-search?q=mau",
        "units/9A001",
        "units/9A001/lineage",
        "periods",
        "indicators",
        "indicators/dialogues_held",
        "dictionary-versions",
        "figures?limit=500",
        "stated-figures?limit=500",
        "reports",
    ],
)
def test_every_answer_takes_twelve_statements_at_most(
    client: Any, told: Any, path: str, django_assert_max_num_queries: Any
) -> None:
    client.get(BASE)  # the dictionary
    with django_assert_max_num_queries(12):
        assert client.get(BASE + path).status_code == 200
