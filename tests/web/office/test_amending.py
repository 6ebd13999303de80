"""Who returns figures of an issued report reads on the page that it is to be amended."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.reporting.reviews.test_returning import NOW, handed, issue

__all__ = ["handed"]


def test_who_returns_reads_which_report_is_to_be_amended(
    cast: Cast,
    handed: Any,
    as_person: Any,
) -> None:
    issue(cast)
    board = f"/office/bao-cao/9A/{NOW}/dot/"
    client = as_person(cast.committee_minhhoa)
    sent = {"viec": "tra", "ban-nop": handed.pk, "ly-do": "Thiếu số"}
    page = client.post(board, sent, follow=True).content.decode()
    assert "của xã Bến Mẫu đã ban hành với số liệu này" in page
    assert "lập báo cáo đính chính" in page
