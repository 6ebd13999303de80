"""The mail server, where there is one: without it nothing is offered that needs a message."""

from __future__ import annotations

import os
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class MailServer:
    """How the mail server is reached."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


# scheme -> (usual port, STARTTLS, TLS from the first byte)
_SCHEMES = {
    "smtp": (587, True, False),
    "smtps": (465, False, True),
    "smtp+plain": (25, False, False),
}


def server_from(given: str) -> MailServer | None:
    """The server of ``DANCHU_MAIL``, or None where it is empty.

    smtp:// speaks STARTTLS, smtps:// TLS at once, smtp+plain:// neither (a relay on this machine).
    Raises ``ImproperlyConfigured`` for anything else; the message holds no password.
    """
    if not given:
        return None
    parts = urlsplit(given)
    wrong = ImproperlyConfigured(
        "DANCHU_MAIL: smtp://USER:PASSWORD@HOST:PORT, smtps:// or smtp+plain://"
    )
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise wrong
    usual, starttls, tls = _SCHEMES[parts.scheme]
    try:
        port = parts.port or usual
    except ValueError:
        raise wrong from None
    return MailServer(
        parts.hostname,
        port,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        starttls,
        tls,
    )


def sender_from(given: str, server: MailServer | None) -> str:
    """The sender of messages; "" without a server. Raises ``ImproperlyConfigured`` for none."""
    if server is None:
        return ""
    if "@" not in parseaddr(given)[1] or "\n" in given:
        raise ImproperlyConfigured("DANCHU_MAIL_FROM: an address, or Name <address>")
    return given


_SERVER = server_from(os.environ.get("DANCHU_MAIL", ""))
# Messages are sent where this is not empty and the installation knows its address (core.mail).
DANCHU_MAIL_FROM = sender_from(os.environ.get("DANCHU_MAIL_FROM", ""), _SERVER)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _SERVER
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_TIMEOUT = 20  # seconds
if _SERVER:
    EMAIL_HOST, EMAIL_PORT = _SERVER.host, _SERVER.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _SERVER.user, _SERVER.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _SERVER.starttls, _SERVER.tls
