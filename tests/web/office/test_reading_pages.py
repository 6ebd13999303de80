"""A report of many figures on the review desk: a page of figures at a time."""

from __future__ import annotations

import re
from itertools import chain

from danchu.reporting.reading.services import DocumentInput, take_in_document
from danchu.reporting.reading.services import taking_in as service
from danchu.web.office.reading_pages import PER_PAGE

LINES = [f"Ngày thứ {n}, xã tổ chức {n + 3} cuộc đối thoại." for n in range(1, 251)]
LONG = "BÁO CÁO\nKết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2026 của xã Bến Mẫu\n\n" + (
    "\n".join(LINES)
)


def taken_in(cast):
    return take_in_document(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        content=DocumentInput(name="", text=LONG),
    )


def test_figures_come_by_the_page_each_with_its_part_of_the_text(cast, as_person):
    made = taken_in(cast)
    total = made.figures.count()
    assert total > 2 * PER_PAGE
    client = as_person(cast.reporter_benmau)
    page = f"/office/ra-soat/{made.record.public_id}/"
    shown, texts = [], []
    for number in (1, 2, 3):
        body = client.get(f"{page}?trang={number}").content.decode()
        shown.append(re.findall(r'id="so-(\d+)"', body))
        article = body[body.index("<article") : body.index("</article>")]
        texts.append(re.findall(r"Ngày thứ (\d+),", re.sub(r"<[^>]+>", "", article)))
    assert [len(part) for part in shown] == [PER_PAGE, PER_PAGE, total - 2 * PER_PAGE]
    assert len(set(chain(*shown))) == total
    assert list(chain(*texts)) == [str(n) for n in range(1, 251)]  # all of it, none twice
    assert "Trang 3/3" in body and "Trang sau" not in body
    assert client.get(f"{page}?trang=99").content.decode().count('id="so-') == len(shown[2])
    assert client.get(f"{page}?trang=x").status_code == 400


def test_who_decides_stays_on_the_page_of_the_figure(cast, as_person):
    made = taken_in(cast)
    client = as_person(cast.reporter_benmau)
    page = f"/office/ra-soat/{made.record.public_id}/"
    figures = list(made.figures.order_by("start", "position"))
    far = figures[PER_PAGE + 20]
    body = client.get(f"{page}?sua={far.pk}").content.decode()
    assert f'id="so-{far.pk}"' in body and f'id="so-{figures[0].pk}"' not in body
    act = {"viec": "dung", "so": far.pk, "version": far.row_version}
    answer = client.post(f"{page}xu-ly/", act)
    assert answer.url.endswith(f"?trang=2#so-{figures[PER_PAGE + 21].pk}")
    assert client.post(f"{page}xu-ly/", {**act, "so": 0}).status_code == 404


def test_a_text_holds_no_more_figures_than_a_person_can_look_at(cast, monkeypatch):
    monkeypatch.setattr(service, "MOST_FIGURES", 100)
    made = taken_in(cast)
    assert made.figures.count() == 100
    assert any("chỉ giữ 100 số đầu tiên" in warning for warning in made.warnings)
    assert list(made.figures.order_by("position").values_list("position", flat=True)) == list(
        range(100)
    )
