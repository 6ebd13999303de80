"""How many of the indicators a report asks for are answered: one base whatever is known."""

from __future__ import annotations

import pytest

from danchu.reporting.figures.asked import _FOLLOWS, answered, is_asked
from danchu.reporting.figures.selectors import definitions

pytestmark = pytest.mark.django_db


def test_the_base_is_the_same_whatever_is_known(cast):
    asked = [key for key, meaning in definitions().items() if is_asked(meaning)]
    assert not any(definitions()[key].is_rate for key in asked)
    none = answered({})
    assert (none.n, none.of, none.beside) == (0, len(asked), 0)
    some = answered(
        {
            "documents_issued": "reported",
            "trainings_held": "zero",
            "inspections_conducted": "missing",
            "opinions_resolved_pct": "reported",  # a rate is made from two numbers
        }
    )
    assert (some.n, some.of, some.beside) == (2, len(asked), 1)


def test_what_another_answer_tells_needs_no_word_and_keeps_the_base(cast):
    before = answered({})
    followers = {key for key in _FOLLOWS if is_asked(definitions()[key])}
    causes = {cause for key in followers for cause in _FOLLOWS[key]}
    none = answered(dict.fromkeys(causes, "zero"))
    some = answered(dict.fromkeys(causes, "reported"))
    assert none.of == some.of == before.of
    asked_causes = {cause for cause in causes if is_asked(definitions()[cause])}
    assert followers and none.n == len(asked_causes) + len(followers)
    part = next(
        d for d in definitions().values() if d.part_of and is_asked(definitions()[d.part_of])
    )
    whole = answered({part.key: "reported"})
    assert whole.of == before.of and whole.n == 1 + is_asked(part)
    assert answered({part.key: "zero"}).n == is_asked(part)
