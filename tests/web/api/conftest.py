"""What the API tells of: an issued report of a commune, and a report of elsewhere that was read."""

from __future__ import annotations

import shutil
from types import SimpleNamespace
from typing import Any

import pytest

from danchu.core.contracts import OPERATOR
from danchu.web.design.programs import buckets
from tests.cast import Cast
from tests.making import hold, work
from tests.reporting.publishing import issue, known
from tests.reporting.readings import TEXT, take_in


@pytest.fixture(autouse=True)
def _everybody_may_ask_again(settings: Any) -> Any:
    """Nothing is counted and no edition kept from another test."""
    buckets.clear()
    settings.DANCHU_API_RATE = 0
    shutil.rmtree(settings.DANCHU_DATA / "cache" / "open-data", ignore_errors=True)
    yield
    shutil.rmtree(settings.DANCHU_DATA / "cache" / "open-data", ignore_errors=True)


@pytest.fixture
def told(cast: Cast, settle: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A commune's issued report with a small count held back, and a public past report."""
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    work(cast.recorder_benmau, cast.benmau, kind="complaints_received", number=2, people=None)
    known()
    frozen = issue()
    source = "Trang thông tin của huyện Mẫu"
    public = take_in(
        monkeypatch, OPERATOR, cast.old_district, confirm=True, public=True, source_note=source
    )
    inside = take_in(
        monkeypatch,
        OPERATOR,
        cast.old_district,
        text=TEXT + "\nBản dùng trong cơ quan.",
        period="2018H1",
        confirm=True,
    )
    settle()
    return SimpleNamespace(cast=cast, report=frozen, public=public, inside=inside)
