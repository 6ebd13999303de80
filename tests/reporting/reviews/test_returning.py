"""Figures returned after a report was issued with them: an amendment is proposed at once."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.core.errors import Conflict
from danchu.core.work.selectors import open_tasks
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.freezing import freeze_report, issue_report
from danchu.reporting.reviews.returning import return_version
from danchu.reporting.rounds.services import return_submission, submit
from tests.cast import TODAY, Cast
from tests.making import hold, refused
from tests.reporting.folding import open_round_of_minhhoa

NOW = "nd09:2026H1"
KNOWN = (
    "period_runs",
    "units_missing",
    "figures_missing",
    "not_assessed",
    "findings_issued_before",
)
PAGE = f"/office/bao-cao/9A001/{NOW}/ban-chot/"


@pytest.fixture
def handed(cast: Cast, settle: Any) -> Any:
    """Bến Mẫu's version in the round of the province."""
    opened = open_round_of_minhhoa(cast)
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    compose(viewer=cast.reporter_benmau, code="9A001", period_code=NOW)
    settle()
    return submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)


def issue(cast: Cast, reason: str = "") -> Any:
    frozen = freeze_report(
        actor=cast.reporter_benmau, code="9A001", period_code=NOW, known=KNOWN, reason=reason
    )
    return issue_report(
        actor=cast.leader_benmau,
        frozen_id=frozen.pk,
        issued_on=TODAY,
        signer_name="Người Ký Mẫu",
        number="05" if not reason else "06",
    )


def amendments(cast: Cast) -> list[tuple[str, str]]:
    tasks = open_tasks(cast.reporter_benmau, cast.benmau, TODAY)
    return [(t.title, t.path) for t in tasks if t.title.startswith("Lập báo cáo đính chính")]


def returned(cast: Cast, version: Any) -> Any:
    return return_version(
        actor=cast.committee_minhhoa, submission_id=version.pk, reason="Thiếu thuyết minh"
    )


def test_nothing_is_proposed_before_a_report_was_issued(cast: Cast, handed: Any) -> None:
    assert returned(cast, handed) == []
    assert amendments(cast) == []


def test_the_issued_report_is_to_be_amended_until_its_amendment_is_frozen(
    cast: Cast, handed: Any, settle: Any
) -> None:
    issue(cast)
    (due,) = returned(cast, handed)
    assert (due.unit, due.path) == ("xã Bến Mẫu", PAGE) and due.sign.startswith("05/")
    (task,) = amendments(cast)
    assert due.sign in task[0] and task[1] == PAGE
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    issue(cast, reason="Bổ sung cuộc đối thoại")
    assert amendments(cast) == []


def test_a_report_whose_figures_stayed_needs_no_amendment(cast: Cast, handed: Any) -> None:
    issue(cast)
    returned(cast, handed)
    assert amendments(cast)
    refused(Conflict, issue, cast=cast, reason="Không có gì đổi")
    assert amendments(cast) == []


def test_what_was_not_returned_proposes_nothing(cast: Cast, handed: Any) -> None:
    issue(cast)
    return_submission(actor=cast.committee_minhhoa, submission_id=handed.pk, reason="Thiếu số")
    # Already returned: the refusal takes the task back with it.
    refused(Conflict, returned, cast=cast, version=handed)
    assert amendments(cast) == []
