"""The transaction of a service."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from danchu.core.acting import acting_as
from danchu.core.contracts import OPERATOR
from danchu.core.errors import Conflict


@pytest.mark.django_db
def test_two_that_waited_crosswise_are_asked_to_try_again() -> None:
    class Deadlock(Exception):
        sqlstate = "40P01"

    with pytest.raises(Conflict) as told, acting_as(OPERATOR):
        raise OperationalError("deadlock detected") from Deadlock()
    assert (told.value.code, "Thử lại" in told.value.vi) == ("try_again", True)
    with pytest.raises(OperationalError), acting_as(OPERATOR):
        raise OperationalError("disk full")
