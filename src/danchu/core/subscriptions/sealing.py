"""Addresses as they are kept, and the links that stand for them."""

from __future__ import annotations

import base64
import datetime as dt
import re
import uuid

from cryptography.fernet import Fernet, InvalidToken
from django.core import signing
from django.utils.crypto import salted_hmac

CONFIRM_WITHIN = dt.timedelta(days=7)
_ROOM = "danchu.core.subscriptions"
_HASH = re.compile(r"[0-9a-f]{64}")


def sealed(address: str) -> str:
    """The address encrypted with the key of the installation; each time another text."""
    return _fernet().encrypt(address.encode()).decode("ascii")


def opened(text: str) -> str | None:
    """The address again; None where it was sealed with another key."""
    try:
        return _fernet().decrypt(text.encode("ascii")).decode()
    except InvalidToken:
        return None


def mailbox_of(address: str) -> str:
    """A keyed hash by which the same mailbox is known again, however it is capitalised."""
    return salted_hmac(f"{_ROOM}.mailbox", address.casefold(), algorithm="sha256").hexdigest()


def confirming(public_id: uuid.UUID) -> str:
    """What a link to confirm carries; good for ``CONFIRM_WITHIN``."""
    return signing.TimestampSigner(salt=f"{_ROOM}.confirm", sep=".").sign(public_id.hex)


def confirmed_by(token: str) -> uuid.UUID | None:
    """The subscription such a link confirms; None for one that was not made here or is too old."""
    signer = signing.TimestampSigner(salt=f"{_ROOM}.confirm", sep=".")
    try:
        return uuid.UUID(signer.unsign(token, max_age=CONFIRM_WITHIN))
    except signing.BadSignature:
        return None


def stopping(public_id: uuid.UUID) -> str:
    """What a link that stops one subscription carries. Without an end: a message is found again
    years later, and nobody is kept by an old link."""
    return signing.Signer(salt=f"{_ROOM}.stop", sep=".").sign(public_id.hex)


def stopping_all(mailbox: str) -> str:
    """The same for everything that goes to a mailbox."""
    return signing.Signer(salt=f"{_ROOM}.stop", sep=".").sign(mailbox)


def stopped_by(token: str) -> uuid.UUID | str | None:
    """The subscription (its id) or the mailbox (its hash) such a link stops."""
    try:
        named = signing.Signer(salt=f"{_ROOM}.stop", sep=".").unsign(token)
    except signing.BadSignature:
        return None
    return named if _HASH.fullmatch(named) else uuid.UUID(named)


def _fernet() -> Fernet:
    key = salted_hmac(f"{_ROOM}.address", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
