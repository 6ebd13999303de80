"""The pages of oversight on a phone and on a desk, with every state that a cell can have."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.civic.disclosure.services import PlanInput, PlannedInput, record_plan
from danchu.core.law.services import confirm_rule
from tests.cast import TODAY
from tests.civic.disclosure.made import HEADQUARTERS, publish
from tests.making import hold

pytestmark = pytest.mark.browser

D = dt.date


def cookies_of(client: Any) -> list[dict[str, str]]:
    value = client.cookies["sessionid"].value
    return [{"name": "sessionid", "value": value, "domain": "localhost", "path": "/"}]


def test_the_pages_of_oversight_fit_a_phone_and_can_be_read(
    committed_cast: Any, look_at: Any, as_person: Any
) -> None:
    cast = committed_cast
    for n in range(1, 14):
        confirm_rule(
            actor=cast.legal_officer,
            key=f"xa_ck_{n:02}",
            on=TODAY,
            officer="Bùi Mẫu Liên",
            text_compared="12/VBHN-VPQH",
        )
    who, unit = cast.recorder_benmau, cast.benmau
    hold(cast.recorder_caumau, cast.caumau, on=D(2025, 12, 1))
    record_plan(
        actor=who,
        unit_id=unit,
        occurred_on=D(2026, 1, 5),
        content=PlanInput(
            2026,
            items=(
                PlannedInput("xa_ck_01", "Kế hoạch", to_on=D(2026, 3, 31)),
                PlannedInput("xa_ck_12", "Phí", from_on=D(2026, 9, 1)),
            ),
        ),
    )
    publish(who, unit, HEADQUARTERS, on=D(2026, 2, 10), decided_on=D(2026, 2, 9))
    publish(
        who, unit, HEADQUARTERS, on=D(2026, 6, 9), decided_on=D(2026, 6, 8), rule_key="xa_ck_03"
    )
    publish(who, unit, on=D(2026, 6, 9), decided_on=D(2026, 6, 8), rule_key="xa_ck_05")
    late: dict[str, Any] = {"on": D(2026, 6, 1), "decided_on": D(2026, 5, 18)}
    publish(who, unit, HEADQUARTERS, rule_key="xa_ck_06", **late)
    publish(who, unit, HEADQUARTERS, rule_key="xa_ck_14", **late)
    above = cookies_of(as_person(cast.committee_minhhoa))
    base = "/office/cong-khai/ma-tran/"
    for address in (
        "9A/2026/",
        "9A/2026/?chi=can-xu-ly",
        "9A/2026/nhac/?don-vi=9A001",
        "9A/2026/9A001/xa_ck_06/",
    ):
        look_at(base + address, cookies=above)
    look_at(f"{base}9A001/2026/", cookies=cookies_of(as_person(who)))
