"""Sending one message over the mail server of the installation, where there is one.

Called by the worker, never in a transaction or for a page. Nothing here logs: an error of the mail
server quotes the address.
"""

from __future__ import annotations

import smtplib
from collections.abc import Mapping
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from danchu.core.addresses import address_of_installation

_FOR_GOOD = range(500, 600)  # answers of a mail server that trying again does not change


class NotDelivered(Exception):
    """The message did not go out. ``refused``: this mailbox takes none, the server said so."""

    def __init__(self, kind: str, *, refused: bool) -> None:
        super().__init__(kind)
        self.refused = refused


def mail_is_on() -> bool:
    """Whether messages can be sent: there is a mail server, and links in them lead somewhere."""
    return bool(settings.DANCHU_MAIL_FROM and address_of_installation())


def send_message(*, to: str, subject: str, body: str, headers: Mapping[str, str]) -> None:
    """Send a message of plain text to one mailbox. Raises ``NotDelivered``, without the address."""
    host = urlsplit(address_of_installation()).hostname or "localhost"
    message = EmailMessage(
        subject,
        body,
        settings.DANCHU_MAIL_FROM,
        [to],
        headers={
            # The name of this machine is nobody's business.
            "Message-ID": make_msgid(domain=host),
            "Auto-Submitted": "auto-generated",
            **headers,
        },
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _said in error.recipients.values()]
        raise NotDelivered("refused", refused=all(code in _FOR_GOOD for code in codes)) from None
    except (smtplib.SMTPException, OSError) as error:
        raise NotDelivered(type(error).__name__, refused=False) from None
