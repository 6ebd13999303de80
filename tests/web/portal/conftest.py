from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from danchu.core.contracts import OPERATOR

LAST_DAY = dt.date(2025, 6, 30)
CHANGE = dt.date(2025, 7, 1)
TODAY = dt.date(2026, 11, 20)
BASIS = "Nghị quyết minh họa số 01 ngày 16/06/2025"


def build_places():
    """An invented province; a commune that ended with its district; two of today."""
    from danchu.core.units.services import record_lineage, register_demo_unit

    def unit(level, code, name, kind, parent, **span):
        return register_demo_unit(
            actor=OPERATOR,
            level=level,
            code=code,
            name=name,
            kind=kind,
            parent_id=parent.pk if parent else None,
            **span,
        )

    nation = unit("nation", "MM", "Nước Minh Họa", "quốc gia", None)
    province = unit("province", "9A", "tỉnh Minh Họa", "tỉnh", nation)
    district = unit("district", "9A1", "huyện Mẫu Cũ", "huyện", province, valid_to=LAST_DAY)
    old = unit("commune", "9A001", "xã Mẫu Giữa", "xã", district, valid_to=LAST_DAY)
    new = unit("commune", "9A101", "xã Bến Mẫu", "xã", province, valid_from=CHANGE, basis=BASIS)
    other = unit("commune", "9A102", "phường Cầu Mẫu", "phường", province, valid_from=CHANGE)
    record_lineage(
        actor=OPERATOR,
        predecessor_id=old.pk,
        successor_id=new.pk,
        part="whole",
        on=CHANGE,
        basis=BASIS,
    )
    return SimpleNamespace(
        nation=nation, province=province, district=district, old=old, new=new, other=other
    )


def write_contact(unit, *, version=0, **texts):
    from danchu.core.units.services import update_contact

    return update_contact(actor=OPERATOR, unit_id=unit.pk, row_version=version, **texts)


def hold_dialogue(unit, topic="Đối thoại về nước sạch", *, day=dt.date(2026, 10, 9), publish=True):
    """A dialogue with two opinions, one of them answered; published unless told not to."""
    from danchu.civic.dialogue.services import answer_opinion, publish_result, record_dialogue
    from danchu.civic.dialogue.services.inputs import DialogueInput, OpinionInput

    dialogue = record_dialogue(
        actor=OPERATOR,
        unit_id=unit.pk,
        occurred_on=day,
        content=DialogueInput(
            kind="people",
            topic=topic,
            place="Nhà văn hóa thôn Mẫu Hợp",
            chair_post="Chủ tịch UBND xã",
            participants=86,
            opinions=(
                OpinionInput(text="Ngõ xóm 3 ngập mỗi khi mưa.", field="infrastructure"),
                OpinionInput(
                    text="Giá nước <b>cao</b> hơn thôn khác.", assigned_to="Phòng Kinh tế"
                ),
            ),
        ),
    )
    first = dialogue.opinions.select_related("record").order_by("order").first()
    answer_opinion(
        actor=OPERATOR,
        opinion_id=first.pk,
        version=first.record.version,
        on=day + dt.timedelta(days=5),
        outcome="accepted",
        answer="Đã khơi 120 m cống.",
    )
    if publish:
        publish_result(
            actor=OPERATOR,
            record_id=dialogue.pk,
            on=day + dt.timedelta(days=8),
            summary="Giao Phòng Kinh tế trả lời.",
        )
    dialogue.refresh_from_db()
    return dialogue


@pytest.fixture(autouse=True)
def _a_fixed_day(monkeypatch):
    """For this thread and for the one of the live server."""
    monkeypatch.setenv("DANCHU_TODAY", TODAY.isoformat())


@pytest.fixture
def places(db):
    return build_places()
