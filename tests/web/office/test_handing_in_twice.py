"""Two officers hand in from the page of the same version: the second is told."""

from __future__ import annotations

import re
from typing import Any

from danchu.reporting.rounds.models import Round, Submission
from tests.cast import Cast

PAGE = "/office/bao-cao/9A001/nd09:2026H1/nop/"


def form(client: Any) -> dict[str, str]:
    page = client.get(PAGE).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(client_key|ban)" value="([^"]+)"', page))


def test_the_second_of_two_officers_is_told_that_the_version_is_handed_in(
    cast: Cast, opened: Round, as_person: Any
) -> None:
    first, second = as_person(cast.reporter_benmau), as_person(cast.leader_benmau)
    one, other = form(first), form(second)
    assert (one["ban"], other["ban"]) == ("1", "1")
    assert first.post(PAGE, one).status_code == 302
    answer = second.post(PAGE, other)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản 1 vừa được nộp từ nơi khác" in page and "Nộp số liệu (bản số 2)" in page
    assert Submission.objects.count() == 1
    # The same page sent twice is one version, and whoever has looked hands in the next one.
    assert first.post(PAGE, one).status_code == 302
    assert Submission.objects.count() == 1
    again = form(second)
    assert second.post(PAGE, again).status_code == 302
    assert sorted(Submission.objects.values_list("number", flat=True)) == [1, 2]
    assert second.post(PAGE, {**form(second), "ban": "x"}).status_code == 400
