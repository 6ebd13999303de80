"""Every page that tells how complete a unit's figures are tells the same number of the same."""

from __future__ import annotations

import re
from typing import Any

from tests.cast import Cast
from tests.making import hold, receive
from tests.reporting.folding import open_round_of_minhhoa

NOW = "nd09:2026H1"
TOLD = re.compile(r"(\d+)/(\d+) chỉ tiêu báo cáo yêu cầu đã có số liệu hoặc đã xác nhận")
TODAY = re.compile(r"Chỉ tiêu đã có số liệu hoặc đã xác nhận</dt><dd>(\d+)/(\d+)")


def test_first_page_report_table_and_form_tell_one_completeness(
    cast: Cast, as_person: Any, settle: Any
) -> None:
    open_round_of_minhhoa(cast)
    hold(cast.recorder_benmau, cast.benmau, "Sửa cầu.")
    receive(cast.recorder_benmau, cast.benmau)
    settle()
    client = as_person(cast.reporter_benmau)
    told = set()
    for path in (f"bao-cao/9A001/{NOW}/", f"so-lieu/9A001/{NOW}/", f"bao-cao/9A001/{NOW}/nop/"):
        found = TOLD.search(client.get(f"/office/{path}").content.decode())
        assert found, path
        told.add(found.groups())
    first = TODAY.search(client.get("/office/").content.decode())
    assert first
    told.add(first.groups())
    assert len(told) == 1 and int(told.pop()[0]) > 1
    # The province, whose figures come from records: its report and its table agree too.
    above = as_person(cast.committee_minhhoa)
    pages = (f"bao-cao/9A/{NOW}/", f"so-lieu/9A/{NOW}/")
    found = [TOLD.search(above.get(f"/office/{path}").content.decode()) for path in pages]
    assert found[0] and found[1] and found[0].groups() == found[1].groups()
