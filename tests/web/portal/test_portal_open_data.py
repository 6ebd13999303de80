"""The page of the open data and its files."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import shutil
from typing import Any

import pytest

from danchu.reporting.opendata.edition import make_edition
from danchu.reporting.opendata.tables import TABLES
from danchu.web.design.programs import buckets
from danchu.web.portal.caching import forget_all
from tests.cast import TODAY, Cast
from tests.making import hold, work
from tests.reporting.publishing import issue, known


@pytest.fixture(autouse=True)
def _nothing_made_before(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setenv("DANCHU_TODAY", TODAY.isoformat())
    settings.DANCHU_API_RATE = 0
    buckets.clear()
    shutil.rmtree(settings.DANCHU_DATA / "cache" / "open-data", ignore_errors=True)


@pytest.fixture
def told(cast: Cast) -> Cast:
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    work(cast.recorder_benmau, cast.benmau, kind="complaints_received", number=2, people=None)
    known()
    issue()
    return cast


def escape(text: str) -> str:
    return html.escape(text).replace("&#x27;", "&#x27;")


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_page_describes_every_column_in_both_languages(client: Any, told: Cast) -> None:
    vi = client.get("/open-data/").content.decode()
    en = client.get("/en/open-data/").content.decode()
    for table in TABLES:
        assert table.title_vi in vi and table.title_en in en
        for column in table.columns:
            assert escape(column.vi) in vi and escape(column.en) in en
    for words in ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "SHA-256"):
        assert words in vi
    assert "Cuộc đối thoại" in client.get("/open-data/chi-tieu/").content.decode()
    assert "Dialogues" in client.get("/en/open-data/chi-tieu/").content.decode()


def test_every_file_is_there_with_the_hash_the_page_gives(client: Any, told: Cast) -> None:
    page = client.get("/open-data/").content.decode()
    answer = client.get("/open-data/datapackage.json", follow=True)
    package = json.loads(body(answer))
    assert package["version"] in page and package["version"].startswith("2026-06-10-")
    assert len(package["resources"]) == 12
    base = f"/open-data/{package['version']}/"
    for one in package["resources"]:
        data = body(client.get(base + one["path"]))
        assert one["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        assert one["hash"].removeprefix("sha256:") in page and base + one["path"] in page
        assert len(data) == one["bytes"]
    figures = client.get(base + "figures.csv")
    body(figures)  # read to its end, so that the file is closed
    assert f"danchu-figures-{package['version']}.csv" in figures["Content-Disposition"]


def test_the_three_forms_say_the_same(client: Any, told: Cast) -> None:
    from python_calamine import CalamineWorkbook

    text = body(client.get("/open-data/figures.csv", follow=True))
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    whole = json.loads(body(client.get("/open-data/figures.json", follow=True)))
    assert [one["name"] for one in whole["columns"]] == list(rows[0])
    assert len(whole["rows"]) == len(rows)
    held = next(r for r in rows if r["indicator"] == "dialogues_held" and not r["dimension"])
    assert (held["value"], held["state"], held["n_expected"]) == ("1", "reported", "1")
    small = next(r for r in whole["rows"] if r["indicator"] == "complaints_received")
    assert (small["value"], small["text"], small["withheld"]) == (None, "dưới 5", "small")
    assert "2" not in {r["value"] for r in rows if r["indicator"] == "complaints_received"}
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(body(client.get("/open-data/figures.xlsx", follow=True)))
    )
    sheet = book.get_sheet_by_index(0).to_python()
    at = sheet[0].index("value")
    numbers = [row[at] for row in sheet[1:] if row[at] != ""]
    assert numbers and all(isinstance(value, int | float) for value in numbers)
    notes = " ".join(
        str(cell) for row in book.get_sheet_by_name("Ghi chú").to_python() for cell in row
    )
    assert "Phiên bản" in notes and "CC-BY-4.0" in notes and "danchu" in notes


def test_an_edition_never_changes_and_the_next_one_has_what_is_new(
    client: Any, told: Cast, settle: Any
) -> None:
    first = make_edition()
    before = body(client.get(f"/open-data/{first}/figures.csv"))
    assert make_edition() == first
    hold(told.recorder_caumau, told.caumau, "Một ý kiến.")
    known("nd09:2026H1", "9A002")
    issue("9A002", number="08")
    second = make_edition()
    assert second != first
    assert body(client.get(f"/open-data/{first}/figures.csv")) == before
    assert b"9A002" in body(client.get("/open-data/figures.csv", follow=True))
    forget_all()
    page = client.get("/open-data/").content.decode()
    assert first in page and second in page


def test_the_same_data_give_the_same_bytes(told: Cast, settings: Any) -> None:
    def made() -> dict[str, bytes]:
        name = make_edition()
        folder = settings.DANCHU_DATA / "cache" / "open-data" / name
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

    first = made()
    shutil.rmtree(settings.DANCHU_DATA / "cache" / "open-data")
    assert made() == first


def test_nothing_outside_the_editions_is_given_out(client: Any, told: Cast) -> None:
    edition = make_edition()
    for address in (
        f"/open-data/{edition}/lock",
        f"/open-data/{edition}/other.csv",
        f"/open-data/{edition}/figures.txt",
        "/open-data/2026-06-10-00000000/figures.csv",
        "/open-data/secret-key.json",
        f"/open-data/{edition}/..%2F..%2Fkeys/secret-key.json",
    ):
        assert client.get(address).status_code == 404, address
    assert client.get("/open-data/figures.csv?x=1").status_code == 400
    assert client.post("/open-data/figures.csv").status_code == 405
    assert client.get("/open-data/?x=1").status_code == 400


def test_text_that_looks_like_a_formula_is_led_in_by_a_quote() -> None:
    from danchu.reporting.opendata.edition import _in_csv

    assert _in_csv("=1+1") == "'=1+1" and _in_csv("@x") == "'@x"
    assert _in_csv("xã Bến Mẫu") == "xã Bến Mẫu" and _in_csv(None) == ""


def test_the_licence_is_a_setting(client: Any, told: Cast, settings: Any) -> None:
    settings.DANCHU_OPEN_LICENCE = "CC0-1.0"
    assert "publicdomain/zero" in client.get("/open-data/").content.decode()


def test_the_pages_cost_few_queries_and_set_no_cookie(
    client: Any, told: Cast, django_assert_max_num_queries: Any
) -> None:
    make_edition()
    client.get("/")
    for address in ("/open-data/", "/open-data/chi-tieu/"):
        forget_all()
        with django_assert_max_num_queries(12):
            answer = client.get(address)
        assert answer.status_code == 200 and not answer.cookies
        assert not answer.wsgi_request.session.accessed
        assert len(answer.content) < 600_000


def test_the_settings_take_every_known_licence_and_no_other() -> None:
    import os
    import subprocess
    import sys

    from danchu.reporting.opendata.licence import LICENCES

    def starts(name: str) -> bool:
        done = subprocess.run(
            [sys.executable, "-c", "import danchu.settings.web"],
            env={**os.environ, "DANCHU_OPEN_LICENCE": name},
            capture_output=True,
        )
        return done.returncode == 0

    assert all(starts(name) for name in LICENCES)
    assert not starts("PROPRIETARY")


def test_the_dictionary_is_searched_with_and_without_accents(cast, client):
    page = "/open-data/chi-tieu/"
    every = client.get(page).content.decode()
    assert every.count("<li id=") > 50
    for text in ("đối thoại", "doi thoai", "DOI  THOAI", "dialogues_held"):
        found = client.get(page, {"q": text}).content.decode()
        assert 'id="dialogues_held"' in found and "chỉ tiêu có" in found, text
        assert found.count("<li id=") < every.count("<li id="), text
    none = client.get(page, {"q": "không có chỉ tiêu nào như vậy"}).content.decode()
    assert "<li id=" not in none and "0 chỉ tiêu có" in none
    assert client.get(page, {"q": "<script>"}).content.decode().count("<script>") == every.count(
        "<script>"
    )
    assert client.get(page, {"x": "1"}).status_code == 400
