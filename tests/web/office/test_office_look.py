"""Every office page at 320 and 1440 pixels: an accessibility engine finds nothing, nothing
scrolls sideways, the browser does not complain."""

from __future__ import annotations

import pytest

from danchu.civic.otherwork.services import OtherWorkInput, record_other_work
from danchu.civic.reception.services import ReceptionInput, record_reception
from tests.cast import TODAY

pytestmark = pytest.mark.browser


@pytest.fixture
def pages(committed_cast, settle, request):
    """(person, address) of every kind of page."""
    cast = committed_cast
    dialogue = request.getfixturevalue("a_committed_dialogue")
    reading = request.getfixturevalue("a_committed_reading")
    reception = record_reception(
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=TODAY,
        content=ReceptionInput("periodic", "head", "Chủ tịch UBND xã", 3, 12, 2),
    )
    other = record_other_work(
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=TODAY,
        content=OtherWorkInput("trainings_held", 1, 40),
    )
    settle()
    period = "nd09:2026H1"
    figure = reading.figures.first()
    return {
        cast.recorder_benmau: [
            "/office/",
            "/office/ghi-viec/",
            "/office/ghi-viec/doi-thoai/moi/",
            f"/office/ghi-viec/doi-thoai/{dialogue.record.public_id}/",
            f"/office/ghi-viec/doi-thoai/{dialogue.record.public_id}/sua/",
            "/office/ghi-viec/tiep-cong-dan/moi/",
            f"/office/ghi-viec/tiep-cong-dan/{reception.record.public_id}/",
            "/office/ghi-viec/viec-khac/moi/",
            f"/office/ghi-viec/viec-khac/{other.record.public_id}/",
        ],
        cast.reporter_benmau: [
            "/office/ra-soat/",
            "/office/ra-soat/moi/",
            f"/office/ra-soat/{reading.record.public_id}/",
            f"/office/ra-soat/{reading.record.public_id}/?sua={figure.pk}",
            "/office/bao-cao/",
            f"/office/bao-cao/9A001/{period}/",
            f"/office/bao-cao/9A001/{period}/?so=opinions_received",
            f"/office/bao-cao/9A001/{period}/nhan-xet/",
            f"/office/so-lieu/9A001/{period}/",
            f"/office/so-lieu/9A001/{period}/opinions_received/",
            "/office/chuoi/9A001/trainings_held/",
            "/office/chuoi/9A001/trainings_held/?cach=cong-bo&nhom=1",
            f"/en/office/bao-cao/9A001/{period}/?so=opinions_received",
            f"/office/toan-canh/9A001/{period}/",
        ],
        cast.committee_minhhoa: [
            f"/office/bao-cao/9A/{period}/",
            f"/office/bao-cao/mo-dot/{period}/",
            f"/office/so-lieu/9A/{period}/opinions_received/",
            f"/office/toan-canh/9A/{period}/?chi-tieu=opinions_received",
            f"/en/office/toan-canh/9A/{period}/",
            "/office/toan-canh/ban-do/",
        ],
    }


def test_every_office_page_is_accessible_and_fits(pages, look_at, as_person):
    for person, addresses in pages.items():
        client = as_person(person)
        cookie = client.cookies["sessionid"]
        for address in addresses:
            look_at(
                address,
                cookies=[
                    {
                        "name": "sessionid",
                        "value": cookie.value,
                        "domain": "localhost",
                        "path": "/",
                    }
                ],
            )
