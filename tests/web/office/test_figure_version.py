"""The page of a figure handed in: its version, the post of who handed it in, comments, answers."""

from __future__ import annotations

import re
from typing import Any

import pytest

from danchu.core.accounts.models import Account
from danchu.reporting.rounds.cell_behind import handed_cell
from danchu.reporting.rounds.commenting import answer_comment
from danchu.reporting.rounds.comments import comments_to_answer
from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.services import return_submission, submit

PAGE = "/office/so-lieu/9A001/nd09:2026H1/{}/"
COMMENT = "Số ngày công thấp hơn sổ <của> thôn."


def type_in(cast: Any, opened: Any, number: str, version: int = 0) -> None:
    enter_value(
        actor=cast.reporter_benmau,
        round_id=opened.pk,
        unit_id=cast.benmau,
        indicator="labour_days",
        text=number,
        row_version=version,
    )


def hand_in(cast: Any, opened: Any) -> Any:
    return submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)


@pytest.fixture
def returned(cast: Any, opened: Any, settle: Any) -> Any:
    """Version 1 with forty working days, returned with a comment on them."""
    type_in(cast, opened, "40")
    version = hand_in(cast, opened)
    return_submission(
        actor=cast.committee_minhhoa,
        submission_id=version.pk,
        reason="Xem lại",
        comments={("labour_days", ""): COMMENT},
    )
    settle()
    return opened


def answered(cast: Any, opened: Any, settle: Any, text: str) -> None:
    """The comment answered, fifty-five days in version 2."""
    (comment,) = comments_to_answer(cast.reporter_benmau, opened.pk, cast.benmau)
    type_in(cast, opened, "55", 1)
    answer_comment(
        actor=cast.reporter_benmau,
        comment_id=comment.comment_id,
        row_version=0,
        dealt_with=True,
        text=text,
    )
    hand_in(cast, opened)
    settle()


def version_told(client: Any, key: str = "labour_days") -> dict[str, str]:
    """What the page says of the version, by its names; nothing where it says none."""
    page = client.get(PAGE.format(key)).content.decode()
    found = re.search(r'<section id="ban-nop">.*?</section>', page, re.S)
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", found[0] if found else "", re.S)
    return {name: value.strip() for name, value in pairs}


def test_the_page_tells_the_post_the_comment_and_the_answer_of_the_figure(
    cast: Any, returned: Any, settle: Any, as_person: Any
) -> None:
    post = Account.objects.get(pk=cast.reporter_benmau.pk).post
    assert post
    answered(cast, returned, settle, "Đã cộng thêm thôn Mẫu Đình")
    for person in (cast.reporter_benmau, cast.viewer_benmau, cast.committee_minhhoa):
        told = version_told(as_person(person))
        assert told["Bản"].startswith("số 2, nộp ngày ")
        assert told["Người nộp"] == post
        assert told["Nhận xét ở bản số 1"] == "Số ngày công thấp hơn sổ &lt;của&gt; thôn."
        assert told["Trả lời"] == "Đã cộng thêm thôn Mẫu Đình"
        assert cast.reporter_benmau.name not in " ".join(told.values())
    # A figure on which nothing was said has neither.
    other = version_told(as_person(cast.reporter_benmau), "dialogues_held")
    assert not {"Nhận xét ở bản số 1", "Trả lời"} & other.keys()


def test_an_answer_without_words_and_a_person_without_a_post_are_told_as_that(
    cast: Any, returned: Any, settle: Any, as_person: Any
) -> None:
    Account.objects.filter(pk=cast.reporter_benmau.pk).update(post="")
    answered(cast, returned, settle, "")
    told = version_told(as_person(cast.committee_minhhoa))
    assert told["Trả lời"] == "đã sửa theo nhận xét"
    assert "Người nộp" not in told


def test_while_a_version_is_returned_no_version_of_the_figure_stands_on_its_page(
    cast: Any, returned: Any, as_person: Any
) -> None:
    assert version_told(as_person(cast.reporter_benmau)) == {}
    page = as_person(cast.reporter_benmau).get(PAGE.format("labour_days")).content.decode()
    assert "Số ngày công thấp hơn" not in page


def test_a_neighbour_sees_neither_comment_nor_post(
    cast: Any, returned: Any, settle: Any, as_person: Any
) -> None:
    answered(cast, returned, settle, "Đã cộng thêm thôn Mẫu Đình")
    for stranger in (cast.reporter_caumau, cast.committee_maunguyen, cast.outsider):
        answer = as_person(stranger).get(PAGE.format("labour_days"))
        assert answer.status_code == 403
        assert "Mẫu Đình" not in answer.content.decode()
        assert handed_cell(stranger, cast.benmau, returned.period, "labour_days") is None


def test_a_figure_of_the_calendar_half_year_is_not_titled_like_that_of_the_decree(
    cast: Any, opened: Any, as_person: Any
) -> None:
    reader = as_person(cast.reporter_benmau)
    decree = PAGE.format("dialogues_held")
    full = "6 tháng đầu năm 2026, năm dương lịch"
    calendar = reader.get(decree.replace("nd09:", "")).content.decode()
    assert f">Báo cáo {full}: " in calendar and f", {full}" in calendar
    assert "năm dương lịch" not in reader.get(decree).content.decode()
