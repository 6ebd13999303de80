"""The voice that reads aloud, where the machine has one."""

from __future__ import annotations

import os
import shlex

from django.core.exceptions import ImproperlyConfigured


def voice_from(given: str) -> tuple[str, ...] | None:
    """The command of ``DANCHU_VOICE``: None for the usual one, () for none at all ("off").

    Raises ``ImproperlyConfigured`` for a text that is no command.
    """
    if given.strip() == "off":
        return ()
    try:
        return tuple(shlex.split(given)) or None
    except ValueError:
        raise ImproperlyConfigured("DANCHU_VOICE: a command with its arguments, or off") from None


# Takes text (UTF-8) on standard input, writes WAV to standard output (core.voice).
DANCHU_VOICE = voice_from(os.environ.get("DANCHU_VOICE", ""))
