"""How the words around a published figure are begun and ended, and what leads to figures."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from danchu.web.portal.figures import CUT, FigureRow
from tests.web.portal.conftest import hold_dialogue


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        ("Trong kỳ, xã tổ chức ", "Trong kỳ, xã tổ chức "),
        ("ghi nhận ", "…ghi nhận "),
        ("; đã giải quyết ", "…đã giải quyết "),
        ("- Tổng số: ", "- Tổng số: "),
        ("2. Đã tiếp ", "2. Đã tiếp "),
        ("", ""),
        ("Ban " + "x" * CUT, "…" + "x" * CUT),
    ],
)
def test_a_quote_begins_with_its_sentence_or_with_dots(before: str, shown: str) -> None:
    stated = cast(Any, SimpleNamespace(before=before, after=""))
    assert FigureRow(cast(Any, None), "12", stated).before == shown


def test_what_looks_like_a_button_leads_somewhere(client: Any, places: Any) -> None:
    hold_dialogue(places.new)
    page = client.get("/dia-phuong/9A101-xa-ben-mau/").content.decode()
    band = page.partition('class="six"')[2].partition("</section>")[0]
    assert band.count("<li>") == band.count('<a href="#') == 2
    assert "Dân kiểm tra" not in band  # no figure is published: nothing to look into
    front = client.get("/").content.decode()
    assert "Dân biết, dân bàn, dân làm" in front
