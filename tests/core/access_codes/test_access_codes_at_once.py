"""Many guesses at once are no more than many one after the other."""

from __future__ import annotations

from danchu.core.access_codes.services import code_for, keep_code, new_token, open_with
from danchu.core.acting import acting_as
from danchu.core.contracts import NOBODY
from danchu.core.errors import NotAllowed
from tests.civic.disclosure.made import publish


def test_of_eight_guesses_at_once_five_are_looked_at(committed_cast, at_once):
    made = publish(committed_cast.recorder_benmau, committed_cast.benmau)
    new = code_for(new_token())
    with acting_as(NOBODY):
        keep_code(new, record_id=made.pk)
    wrong = f"{(int(new.pin) + 1) % 10**6:06d}"
    came = at_once(*[lambda: open_with(new.code, wrong)] * 8)
    assert all(isinstance(one, NotAllowed) for one in came), came
    assert sorted(one.code for one in came) == ["locked"] * 3 + ["wrong_code"] * 5
    assert sorted(one.vi.partition("Còn ")[2][:1] for one in came if one.code == "wrong_code") == [
        "0",
        "1",
        "2",
        "3",
        "4",
    ]
