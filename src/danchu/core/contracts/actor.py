"""Who acts and who looks: every service takes an ``actor``, every selector a ``viewer``.

Both are :class:`Actor`. A signed-in person is an ``accounts.Account``; the public is
``NOBODY``; the person at the keyboard of the server, running a command, is ``OPERATOR``.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from danchu.core.errors import NotAllowed


class Actor(Protocol):
    """A person, or the absence of one, as the rooms below the accounts see them."""

    @property
    def actor_id(self) -> int | None:
        """The account's id; None for the public and for the operator of the server."""

    def may(self, right: str, unit_id: int | None = None, on: dt.date | None = None) -> bool:
        """Whether this person holds ``right`` over the unit on that day (today if not given).

        ``unit_id`` None asks whether the right is held anywhere.
        """


class _Nobody:
    actor_id: int | None = None

    def may(self, right: str, unit_id: int | None = None, on: dt.date | None = None) -> bool:
        return False


class _Operator:
    actor_id: int | None = None

    def may(self, right: str, unit_id: int | None = None, on: dt.date | None = None) -> bool:
        return True


NOBODY: Actor = _Nobody()
OPERATOR: Actor = _Operator()


def require(
    actor: Actor, right: str, unit_id: int | None = None, on: dt.date | None = None
) -> None:
    """Raise ``NotAllowed`` unless the actor holds the right over the unit."""
    if not actor.may(right, unit_id, on):
        raise NotAllowed(
            "Tài khoản này không có quyền làm việc đó ở đơn vị này.",
            "This account may not do that for this unit.",
        )
