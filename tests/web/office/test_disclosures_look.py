"""The pages of disclosure on a phone and on a desk, with everything that can stand on them."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.civic.disclosure.selectors import Quarter
from danchu.civic.disclosure.services import (
    BroadcastInput,
    EvidenceInput,
    FormInput,
    PlanInput,
    PlannedInput,
    add_broadcast,
    add_evidence,
    add_form_used,
    interrupt_posting,
    publish_register,
    record_plan,
    table_from_text,
    take_down,
)
from tests.civic.disclosure.made import HALL, HEADQUARTERS, publish, publish_names
from tests.making import DAY

pytestmark = pytest.mark.browser

LONG = "Dự_toán_thu_chi_ngân_sách_xã_" * 6


def cookies_of(client):
    value = client.cookies["sessionid"].value
    return [{"name": "sessionid", "value": value, "domain": "localhost", "path": "/"}]


def test_the_pages_of_disclosure_fit_a_phone_and_can_be_read(committed_cast, look_at, as_person):
    cast = committed_cast
    who = cast.recorder_benmau
    table = table_from_text("Khoản;Năm;Dự toán\n" + f"{LONG};2026;1.234.567.890", money="dong")
    full = publish_names(who, cast.benmau, HEADQUARTERS, HALL, table=table)
    hall, house = full.postings.order_by("-pk")
    add_evidence(
        actor=who,
        posting_id=hall.pk,
        content=EvidenceInput("start", link=f"https://benmau.example/{LONG}"),
    )
    interrupt_posting(
        actor=who, posting_id=hall.pk, version=1, from_on=dt.date(2026, 6, 1), reason=LONG
    )
    take_down(actor=who, posting_id=house.pk, version=1, on=dt.date(2026, 6, 2))
    add_broadcast(
        actor=who, notice_id=full.pk, content=BroadcastInput(DAY, dt.time(6), LONG[:100], 10)
    )
    add_form_used(actor=who, notice_id=full.pk, content=FormInput("d", DAY, LONG))
    publish(who, cast.benmau, HEADQUARTERS, title=LONG, corrects_id=full.pk)
    plan = record_plan(
        actor=who,
        unit_id=cast.benmau,
        occurred_on=DAY,
        content=PlanInput(2026, items=(PlannedInput("xa_ck_02", LONG, ("a",), ("headquarters",)),)),
    )
    publish_register(actor=who, unit_id=cast.benmau, quarter=Quarter.of(DAY))
    cookies = cookies_of(as_person(who))
    notice = f"/office/ghi-viec/cong-khai/{full.record.public_id}/"
    year = "/office/cong-khai/ke-hoach/"
    for address in (
        "/office/ghi-viec/cong-khai/moi/",
        "/office/ghi-viec/cong-khai/moi/?khoan=xa_ck_07",
        notice,
        f"{notice}sua/",
        f"{year}?nam=2025",
        f"{year}{plan.record.public_id}/",
        f"{year}{plan.record.public_id}/sua/",
        "/office/cong-khai/danh-muc/",
        "/office/ghi-viec/?loai=disclosure",
    ):
        look_at(address, cookies=cookies)
