"""What the tests of office pages need: a signed-in client, a dialogue and a reading to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from danchu.civic.dialogue.services import DialogueInput, OpinionInput, record_dialogue
from danchu.reporting.reading.services import DocumentInput, take_in_document
from tests.reporting.folding import open_round_of_minhhoa

REPORT = """BÁO CÁO
Kết quả thực hiện Quy chế dân chủ ở cơ sở 6 tháng đầu năm 2026 của xã Bến Mẫu

Trong kỳ, xã tổ chức 12 hội nghị, ghi nhận 50 ý kiến; đã giải quyết 40 ý kiến, đạt 80%.
Ban Tiếp công dân đã tiếp 21 lượt công dân. Có 92,5% phiếu đánh giá rất hài lòng.
Hạn chế: một số thôn niêm yết chưa đủ thời gian.
"""


@pytest.fixture
def as_person() -> Callable[[Any], Client]:
    """``as_person(account)`` is a browser in which that person has signed in."""

    def sign_in(account: Any) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return sign_in


@pytest.fixture
def opened(cast: Any) -> Any:
    """The open round of Minh Họa for nd09:2026H1."""
    return open_round_of_minhhoa(cast)


@pytest.fixture
def a_dialogue(cast: Any) -> Any:
    """A dialogue of Bến Mẫu with one opinion taken up and one still waiting."""
    return _dialogue(cast)


@pytest.fixture
def a_committed_dialogue(committed_cast: Any) -> Any:
    """The same where other connections see it."""
    return _dialogue(committed_cast)


def _dialogue(cast: Any) -> Any:
    return record_dialogue(
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=dt.date(2026, 6, 2),
        content=DialogueInput(
            kind="people",
            topic="Đối thoại về vệ sinh môi trường",
            place="Nhà văn hóa thôn Mẫu Lai",
            chair_post="Chủ tịch UBND xã",
            participants=86,
            opinions=(
                OpinionInput(
                    "Rác để lâu ở đầu thôn.", "environment", taken_up_on=dt.date(2026, 6, 3)
                ),
                OpinionInput("Đường ngõ xóm ngập khi mưa.", "infrastructure"),
            ),
        ),
    )


@pytest.fixture
def a_reading(cast: Any) -> Any:
    """A past report of Bến Mẫu that was taken in and is still to be decided."""
    return _reading(cast)


@pytest.fixture
def a_committed_reading(committed_cast: Any) -> Any:
    """The same where other connections see it."""
    return _reading(committed_cast)


def _reading(cast: Any) -> Any:
    return take_in_document(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        content=DocumentInput(name="bao-cao.txt", text=REPORT, period_code="2026H1"),
    )
