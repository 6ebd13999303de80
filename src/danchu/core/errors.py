"""Errors a person can read: what was wrong and what to do, in both languages.

Every service, selector and command refuses by raising one of these. The web shows
``str(error)`` beside the field it names; a command prints it on one line and exits.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


class Refusal(Exception):
    """Something was asked that cannot be done; nothing was changed.

    ``vi`` and ``en`` are whole sentences for the person, ``code`` is a stable word for
    tests and the API, ``field`` names the input at fault where there is one.
    """

    default_code = "refused"

    def __init__(self, vi: str, en: str, *, code: str = "", field: str = "") -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en
        self.code = code or self.default_code
        self.field = field
        self.also: tuple[Refusal, ...] = ()  # what else is wrong with what was sent

    @property
    def each(self) -> tuple[Refusal, ...]:
        """This refusal and every other one of the same form, in order."""
        return (self, *self.also)

    def in_language(self, language: str) -> str:
        """The sentence in ``language`` ("vi" or "en"); Vietnamese for any other."""
        return self.en if language.startswith("en") else self.vi

    def __str__(self) -> str:
        return self.in_language(current_language())


class BadInput(Refusal):
    """The input itself is wrong: malformed, out of range, of the wrong type."""

    default_code = "bad_input"


class Faults:
    """Gathers what is wrong with a form, so that a person is told of everything at once.

    Each check runs in its own ``with faults.noted():``, then ``faults.tell()`` raises what was
    found. What a failed check would have given is not there before that.
    """

    def __init__(self) -> None:
        self._found: list[Refusal] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Keep the ``BadInput`` raised within the block, and go on behind it."""
        try:
            yield
        except BadInput as fault:
            self.add(fault)

    def add(self, fault: Refusal) -> None:
        """Keep a fault with all that it brings along."""
        self._found.extend(fault.each)

    @property
    def found(self) -> tuple[Refusal, ...]:
        """What was kept until now, in order."""
        return tuple(self._found)

    def tell(self) -> None:
        """Raise the first ``BadInput`` that was kept with the others beside it; none, nothing."""
        if self._found:
            first, *others = self._found
            first.also = tuple(others)
            raise first


class NotFound(Refusal):
    """Nothing by that name, or nothing this person may see: the two are not told apart."""

    default_code = "not_found"


class NotAllowed(Refusal):
    """The person is known but may not do this here."""

    default_code = "not_allowed"


class Conflict(Refusal):
    """Somebody else changed it first, or it was done already."""

    default_code = "conflict"


class NotYet(Refusal):
    """It is being made ready; the same asked again in a few seconds will be answered."""

    default_code = "not_yet"


def current_language() -> str:
    """The language messages are wanted in: the active one of a request, else ``DANCHU_LANG``.

    Kept free of Django so that the extraction part of reading can raise refusals.
    """
    import sys

    translation = sys.modules.get("django.utils.translation")
    settings = sys.modules.get("django.conf")
    if translation is not None and settings is not None and settings.settings.configured:
        return translation.get_language() or "vi"
    return os.environ.get("DANCHU_LANG", "vi")
