"""Every page that tells how complete a unit's figures are tells the same number of the same."""

from __future__ import annotations

import re
from typing import Any

from tests.cast import Cast
from tests.making import hold, receive, work
from tests.reporting.folding import open_round_of_minhhoa

NOW = "nd09:2026H1"
TOLD = re.compile(r"(\d+)/(\d+) chỉ tiêu báo cáo yêu cầu đã có số liệu hoặc đã xác nhận")
FORM = re.compile(r"Còn <span data-left>(\d+)</span>/(\d+) chỉ tiêu báo cáo yêu cầu")
PARTS = re.compile(r"<dt>([^<]*)</dt><dd>(\d+)</dd>")
TODAY = re.compile(r"Chỉ tiêu đã có số liệu hoặc đã xác nhận</dt><dd>(\d+)/(\d+)")


def test_first_page_report_table_and_form_tell_one_completeness(
    cast: Cast, as_person: Any, settle: Any
) -> None:
    open_round_of_minhhoa(cast)
    hold(cast.recorder_benmau, cast.benmau, "Sửa cầu.")
    receive(cast.recorder_benmau, cast.benmau)
    # A part without its whole: the whole is known not to be nought.
    work(cast.recorder_benmau, cast.benmau, kind="models_registered_individual", number=2)
    settle()
    client = as_person(cast.reporter_benmau)
    client.get(f"/office/bao-cao/9A001/{NOW}/")
    settle()  # what the report compares with was met for the first time
    told = set()
    for path in (f"bao-cao/9A001/{NOW}/", f"so-lieu/9A001/{NOW}/", f"bao-cao/9A001/{NOW}/nop/"):
        found = TOLD.search(client.get(f"/office/{path}").content.decode())
        assert found, path
        told.add(found.groups())
    home = client.get("/office/").content.decode()
    first = TODAY.search(home)
    assert first
    told.add(first.groups())
    assert len(told) == 1
    n, of = (int(number) for number in told.pop())
    assert n > 1
    form = FORM.search(client.get(f"/office/bao-cao/9A001/{NOW}/bieu/").content.decode())
    assert form and (int(form[1]), int(form[2])) == (of - n, of)
    # The parts that are told add up to the whole, the one that is implied among them.
    step = client.get(f"/office/bao-cao/9A001/{NOW}/nop/").content.decode()
    for page in (home[home.index('id="bc"') :], step):
        parts = {name: int(number) for name, number in PARTS.findall(page.split("</dl>")[0])}
        assert parts["Đã rõ từ chỉ tiêu khác"] and sum(parts.values()) == of, parts
    # The province, whose figures come from records: its report and its table agree too.
    above = as_person(cast.committee_minhhoa)
    pages = (f"bao-cao/9A/{NOW}/", f"so-lieu/9A/{NOW}/")
    found = [TOLD.search(above.get(f"/office/{path}").content.decode()) for path in pages]
    assert found[0] and found[1] and found[0].groups() == found[1].groups()
    home = above.get("/office/").content.decode()
    parts = {n: int(number) for n, number in PARTS.findall(home[home.index('id="bc"') :])}
    (of,) = {int(total) for _n, total in TODAY.findall(home)}
    assert parts["Chưa có số liệu"] and sum(parts.values()) == of, parts
