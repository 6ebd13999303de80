"""A form is checked at the moment it is handed in; a reason given for a figure travels with it."""

from __future__ import annotations

from typing import Any

from danchu.core.contracts import OPERATOR
from danchu.core.errors import Conflict
from danchu.reporting.rounds.checked import findings_on_form
from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.models import Round, Submission, SubmissionValue
from danchu.reporting.rounds.services import open_round, submit
from tests.cast import Cast
from tests.making import refused, work


def typed(cast: Cast, opened: Round, key: str, number: str, version: int = 0, why: str = "") -> Any:
    return enter_value(
        actor=cast.reporter_benmau,
        round_id=opened.pk,
        unit_id=cast.benmau,
        indicator=key,
        text=number,
        row_version=version,
        reason=why,
    )


def told(cast: Cast, opened: Round) -> list[tuple[str, bool]]:
    found = findings_on_form(cast.reporter_benmau, opened.pk, cast.benmau, opened.period)
    return [(finding.key, finding.holds_back) for finding in found]


def test_figures_that_do_not_hold_together_are_not_handed_in(cast: Cast, opened: Round) -> None:
    given = {"actor": cast.reporter_benmau, "round_id": opened.pk, "unit_id": cast.benmau}
    typed(cast, opened, "models_registered", "5")
    typed(cast, opened, "models_registered_collective", "4")
    row = typed(cast, opened, "models_registered_individual", "3")
    assert ("models_by_holder", True) in told(cast, opened)
    refusal = refused(Conflict, submit, **given)
    # A rule that blocks offers no reason as a way out; beside one that asks for one it says which.
    assert "Chưa nộp được" in refusal.vi and refusal.vi.endswith("Sửa số trong biểu.")
    assert "lý do" not in refusal.vi
    slip = typed(cast, opened, "trainings_held", "20000000")
    both = refused(Conflict, submit, **given).vi
    assert both.endswith("1 điểm phải sửa số; điểm còn lại sửa số hoặc ghi lý do trong biểu.")
    typed(cast, opened, "trainings_held", "2", slip.row_version)
    assert not Submission.objects.exists()
    typed(cast, opened, "models_registered_individual", "1", row.row_version)
    assert told(cast, opened) == []
    submit(**given)
    assert Submission.objects.get().number == 1


def test_a_reason_lets_an_unusual_figure_through_and_goes_with_it(
    cast: Cast, opened: Round
) -> None:
    given = {"actor": cast.reporter_benmau, "round_id": opened.pk, "unit_id": cast.benmau}
    row = typed(cast, opened, "trainings_held", "20000000")
    assert told(cast, opened) == [("count_bound", True)]
    assert "Sửa số hoặc ghi lý do trong biểu" in refused(Conflict, submit, **given).vi
    why = "Gộp các buổi phát thanh lưu động"
    typed(cast, opened, "trainings_held", "20000000", row.row_version, why)
    assert told(cast, opened) == [("count_bound", False)]
    made = submit(**given)
    value = SubmissionValue.objects.get(submission=made, indicator__key="trainings_held")
    assert (value.amount, value.reason) == (20_000_000, why)


def test_a_commune_whose_figure_is_less_than_its_villages_hand_in_is_warned(
    cast: Cast, opened: Round, settle: Any
) -> None:
    of_benmau = open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.benmau,
        period=opened.period,
        title="Số liệu của thôn",
        cut_off=opened.cut_off,
        due_on=opened.cut_off,
    )
    for village, number in ((cast.maulai, 3), (cast.maudinh, 4)):
        work(OPERATOR, village, number=number)
        settle()
        submit(actor=OPERATOR, round_id=of_benmau.pk, unit_id=village)
    row = typed(cast, opened, "trainings_held", "8", why="Thêm một lớp của xã")
    assert told(cast, opened) == [("as_recorded", False)]
    typed(cast, opened, "trainings_held", "6", row.row_version, "Một lớp ghi hai lần")
    assert told(cast, opened) == [("as_recorded", False), ("less_than_below", False)]
    found = findings_on_form(cast.reporter_benmau, opened.pk, cast.benmau, opened.period)
    warning = next(finding for finding in found if finding.key == "less_than_below")
    assert "ghi 6" in warning.sentence_vi and "cộng lại là 7" in warning.sentence_vi
    assert warning.records == ()
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
