"""Issued reports on the citizens' face: the list, one report, its files, its proof."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from danchu.core.contracts import OPERATOR
from danchu.core.records.models import Record
from danchu.core.units.services import raise_public_version
from danchu.reporting.reviews.issuers import set_issuer
from danchu.web.design.programs import buckets
from danchu.web.portal.caching import forget_all
from tests.cast import TODAY, Cast
from tests.making import hold, work
from tests.reporting.publishing import freeze, issue, known, public_id


@pytest.fixture(autouse=True)
def _a_fixed_day(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The cast's own day, and nobody counted from another test."""
    monkeypatch.setenv("DANCHU_TODAY", TODAY.isoformat())
    settings.DANCHU_API_RATE = 0
    buckets.clear()


@pytest.fixture
def ready(cast: Cast) -> Cast:
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    known()
    return cast


def home(client: Any, code: str = "9A001") -> str:
    return client.get(f"/dia-phuong/{code}/")["Location"]


def page(client: Any, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def test_the_unit_leads_to_its_reports_and_the_list_to_each(client: Any, ready: Cast) -> None:
    address = home(client) + "bao-cao/"
    assert "Chưa có báo cáo nào được công khai" in page(client, address)
    issued = issue()
    assert f'href="{address}"' in page(client, home(client))
    listed = page(client, address)
    assert "Báo cáo số 05/BC-UBND, ngày 10/06/2026" in listed
    assert f"{address}{public_id(issued)}/" in listed
    assert "05/BC-UBND" in page(client, "/en" + address)
    assert "Chưa có báo cáo" in page(client, home(client, "9A002") + "bao-cao/")


def test_the_page_of_a_report_has_its_words_figures_files_and_proof(
    client: Any, ready: Cast
) -> None:
    issued = issue()
    address = f"{home(client)}bao-cao/{public_id(issued)}/"
    shown = page(client, address)
    for words in (
        "05/BC-UBND",
        "10/06/2026",
        "Nội dung báo cáo",
        "Cuộc đối thoại",
        "bao-cao.pdf",
        "bao-cao.docx",
        "chung-thuc.json",
        "1/1 đơn vị",
    ):
        assert words in shown, words
    assert "/office/so-lieu/" not in shown
    assert "Dialogues" in page(client, "/en" + address)
    for name in ("bao-cao.pdf", "bao-cao.docx"):
        answer = client.get(address + name)
        data = b"".join(answer.streaming_content)
        assert hashlib.sha256(data).hexdigest() in shown
        assert "attachment" in answer["Content-Disposition"]
        assert not answer.cookies
    proof = json.loads(client.get(address + "chung-thuc.json").content)
    assert proof["data"]["pdf"] in shown


def test_an_old_or_wrong_address_leads_to_the_right_one(client: Any, ready: Cast) -> None:
    issued = issue()
    right = f"{home(client)}bao-cao/{public_id(issued)}/"
    for wrong in (
        f"/dia-phuong/9A001-ten-khac/bao-cao/{public_id(issued)}/",
        f"/dia-phuong/9A002-phuong/bao-cao/{public_id(issued)}/",
    ):
        answer = client.get(wrong)
        assert (answer.status_code, answer["Location"]) == (301, right)


def test_what_is_not_public_has_no_page_and_no_file(client: Any, ready: Cast) -> None:
    frozen = freeze()
    base = f"{home(client)}bao-cao/{public_id(frozen)}/"

    def gone() -> None:
        page(client, base, 404)
        for name in ("bao-cao.pdf", "bao-cao.docx", "chung-thuc.json", "data.json"):
            assert client.get(base + name).status_code == 404, name
        assert str(public_id(frozen)) not in page(client, home(client) + "bao-cao/")

    gone()
    client.force_login(ready.leader_benmau)  # what is public does not follow from who looks
    gone()
    page(client, f"{home(client)}bao-cao/00000000-0000-4000-8000-000000000000/", 404)


def test_a_paper_of_the_party_has_no_page(client: Any, ready: Cast) -> None:
    set_issuer(
        actor=OPERATOR,
        unit_id=ready.benmau,
        layout="party",
        issuing_body="BAN CHỈ ĐẠO",
        symbol="BC/BCĐ",
        place="Bến Mẫu",
        authority="T/M BAN CHỈ ĐẠO",
        post="TRƯỞNG BAN",
    )
    issued = issue()
    page(client, f"{home(client)}bao-cao/{public_id(issued)}/", 404)
    assert "Chưa có báo cáo nào được công khai" in page(client, home(client) + "bao-cao/")


def test_small_counts_are_on_no_page_and_in_no_file(client: Any, ready: Cast, settle: Any) -> None:
    work(ready.recorder_benmau, ready.benmau, kind="complaints_received", number=2, people=None)
    settle()
    issued = issue()
    address = f"{home(client)}bao-cao/{public_id(issued)}/"
    shown = page(client, address)
    assert "dưới 5" in shown and "(Đoạn này không công bố.)" in shown
    assert "không đưa tệp lên đây" in shown and "bao-cao.pdf" not in shown
    assert client.get(address + "bao-cao.pdf").status_code == 404


def test_issuing_and_hiding_show_at_once(client: Any, ready: Cast) -> None:
    address = home(client) + "bao-cao/"
    assert "05/BC-UBND" not in page(client, address)
    issued = issue()
    assert "05/BC-UBND" in page(client, address)
    Record.objects.filter(pk=issued.pk).update(visibility="internal")
    raise_public_version(ready.benmau)
    assert "05/BC-UBND" not in page(client, address)


def test_the_pages_take_twelve_queries_at_most(
    client: Any, ready: Cast, django_assert_max_num_queries: Any
) -> None:
    issued = issue()
    client.get("/")
    for address in (home(client) + "bao-cao/", f"{home(client)}bao-cao/{public_id(issued)}/"):
        forget_all()
        with django_assert_max_num_queries(12):
            page(client, address)
