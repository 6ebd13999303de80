"""What is not told outside of a published report is told on no face to anybody from elsewhere."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from danchu.core.clock import today
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.units.selectors import unit_by_id
from danchu.reporting.reading.models import ReadDocument
from danchu.reporting.reading.selectors import documents
from danchu.web.portal.addresses import unit_part_address
from tests.cast import Cast
from tests.reporting.readings import figure, take_in

TEXT = (
    "Trong kỳ tiếp nhận 12 đơn. Trong đó 9 khiếu nại. Còn ba đơn tố cáo. "
    "Đã tổ chức 40 cuộc đối thoại."
)
TELLING = ("9 khiếu nại", "ba đơn tố cáo", "3 tố cáo")
SAID = (
    figure("12 đơn", "petitions_received", 12, text=TEXT),
    figure("9 khiếu nại", "complaints_received", 9, text=TEXT),
    figure("ba đơn tố cáo", "denunciations_received", 3, text=TEXT, digits="3"),
    figure("40 cuộc", "conferences_held", 40, text=TEXT),
)


@pytest.fixture
def stated(cast: Cast, monkeypatch: Any, settle: Any) -> Any:
    found = take_in(
        monkeypatch,
        OPERATOR,
        cast.benmau,
        *SAID,
        text=TEXT,
        confirm=True,
        public=True,
        title="Báo cáo",
        source_note="Trang tin: còn ba đơn tố cáo",
    )
    # As one that was taken in while titles could still state figures.
    ReadDocument.objects.filter(pk=found.pk).update(title="Báo cáo có 3 tố cáo")
    settle()
    return found


def sheet(data: bytes) -> str:
    """All the text in a spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return " ".join(book.read(name).decode() for name in book.namelist() if ".xml" in name)


def test_no_face_tells_a_small_count_to_who_may_not_read_the_figures(
    cast: Cast, stated: Any, client: Any, as_person: Any
) -> None:
    page = client.get(unit_part_address("portal:figures", unit_by_id(cast.benmau, today())))
    said = page.content.decode()
    assert "dưới 5" in said and "không công bố" in said and "<mark>12 đơn</mark>" in said
    answer = client.get("/api/v1/stated-figures", {"period": "2026H1"}).json()
    assert {one["withheld"] for one in answer["items"]} == {"", "small", "protects"}
    assert {(one["document_title"], one["source"]) for one in answer["items"]} == {("", "")}
    shown = [said, str(answer)]

    neighbour = as_person(cast.recorder_mautrung)
    for key in ("complaints_received", "denunciations_received"):
        for address in (f"/office/chuoi/9A001/{key}/", f"/office/chuoi/9A001/{key}/tai-ve/"):
            assert neighbour.get(address).status_code == 403, address
        assert neighbour.get(f"/office/so-lieu/9A001/2026H1/{key}/").status_code == 403
    told = neighbour.get("/office/so-lieu/9A001/2026H1/petitions_received/")
    assert told.status_code == 200 and "12" in told.content.decode()
    shown.append(told.content.decode())
    shown.append(neighbour.get("/office/so-lieu/9A001/2026H1/").content.decode())
    shown.append(neighbour.get("/office/chuoi/9A001/petitions_received/").content.decode())
    file = neighbour.get("/office/chuoi/9A001/petitions_received/tai-ve/").content
    shown.append(sheet(file))
    desk = f"/office/ra-soat/{stated.record.public_id}/"
    assert neighbour.get(desk).status_code == 404
    shown.append(neighbour.get("/office/don-vi/9A001/").content.decode())
    for face in shown:
        for words in TELLING:
            assert words not in face
    assert documents(NOBODY, unit_id=cast.benmau) == ([], 0)

    inside = as_person(cast.recorder_benmau)
    own = inside.get("/office/so-lieu/9A001/2026H1/denunciations_received/").content.decode()
    assert "ba đơn tố cáo" in own
    assert inside.get(desk).status_code == 200
