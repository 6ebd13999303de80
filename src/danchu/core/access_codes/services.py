"""Giving a code and a PIN, and opening with them.

Both are drawn from a secret that the form carries and that is kept nowhere here, so that a form
sent twice (a double click, a bad line) shows the same PIN again though only its hash is known.

As for signing in: five wrong tries, then fifteen minutes. It is counted for each code, whether it
exists or not; whoever guesses many codes is slowed down by the face, which knows the address.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import secrets
import uuid
from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.db import connection
from django.utils.crypto import salted_hmac

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.contracts import NOBODY
from danchu.core.errors import Conflict, NotAllowed

from .models import AccessCode, CodeTry

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another when read aloud
CODE_LENGTH = 8  # 31^8: 8.5e11
PIN_LENGTH = 6
MOST_FAILURES = 5
LOCKED_FOR = dt.timedelta(minutes=15)
FORM_LIVES = dt.timedelta(hours=12)  # from opening a form to sending it, and to sending it again
_SALT = "danchu.core.access_codes"
_KEPT_FOR = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code and its PIN before they are kept. ``shown`` is how the code is printed: "K7MP-4XQD".
    ``client_key``: that of the record, so that the same sent again gives the one made before."""

    code: str
    pin: str
    pin_hash: str
    client_key: uuid.UUID

    @property
    def shown(self) -> str:
        """The code in two parts."""
        return f"{self.code[:4]}-{self.code[4:]}"


def new_token(of: str = "") -> str:
    """A secret for one form, signed, with the time it was made.

    ``of``: a secret of the browser, so that all forms opened with it carry the same one: a page
    that is gone back to is asked for anew. Without it, a random one.
    """
    secret = salted_hmac(f"{_SALT}.of", of).hexdigest() if of else secrets.token_urlsafe(16)
    return signing.dumps(secret, salt=_SALT)


def code_for(token: str, *said: str) -> NewCode:
    """The code and PIN for what (``said``) a form with this token sends.

    The same of the same form gives the same, anything else another. Nobody who reads the database
    can draw them again: the token is in the sender's browser only. Takes a tenth of a second or
    more: call it before a transaction. Raises ``Conflict`` (code "form_expired") for a token that
    was not made here or is older than ``FORM_LIVES``.
    """
    try:
        secret = signing.loads(token, salt=_SALT, max_age=FORM_LIVES)
    except signing.BadSignature:
        raise Conflict(
            "Trang này mở đã lâu nên chưa gửi được. Nội dung vừa nhập vẫn còn ở đây, bấm gửi lần "
            "nữa.",
            "This page was opened too long ago, so nothing was sent. What was typed is still here; "
            "send it once more.",
            code="form_expired",
        ) from None
    drawn = salted_hmac(_SALT, json.dumps([secret, *said]), algorithm="sha512").digest()
    number, letters = int.from_bytes(drawn[:16], "big"), []
    for _ in range(CODE_LENGTH):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    pin = f"{int.from_bytes(drawn[16:32], 'big') % 10**PIN_LENGTH:0{PIN_LENGTH}d}"
    key = uuid.UUID(bytes=drawn[32:48], version=4)
    return NewCode("".join(letters), pin, make_password(pin), key)


def keep_code(new: NewCode, *, record_id: int) -> None:
    """Let this code open the record; in the transaction of the service that makes the record."""
    if not connection.in_atomic_block:
        raise RuntimeError("keep_code must run inside the transaction of the service")
    AccessCode.objects.create(
        record_id=record_id, code=new.code, pin_hash=new.pin_hash, created_at=clock.now()
    )


def open_with(code: str, pin: str) -> int:
    """The record that this code and PIN open.

    Raises ``NotAllowed``, alike for a code that does not exist and for a wrong PIN (code
    "wrong_code"), and with code "locked" after five of them, whatever is typed then. Each try is
    counted before the PIN is looked at, so that many at once are not more than one by one.
    """
    typed = re.sub(r"[^0-9A-Z]", "", code.upper())[:40]
    key = hashlib.sha256(typed.encode()).hexdigest()
    left = _counted(key)
    found = AccessCode.objects.filter(code=typed).first()
    right = check_password(pin.strip()[:40], found.pin_hash if found else _hash_of_nothing())
    if found is None or not right:
        raise NotAllowed(
            f"Mã hoặc PIN chưa đúng. Còn {left} lần thử, sau đó phải chờ 15 phút.",
            f"The code or the PIN is not right. {left} tries are left, then there is a wait of 15 "
            "minutes.",
            code="wrong_code",
        )
    CodeTry.objects.filter(key=key).delete()
    return int(found.pk)


def _counted(key: str) -> int:
    """Count one try; how many are left after it."""
    now = clock.now()
    locked = False
    with acting_as(NOBODY):
        CodeTry.objects.filter(last_at__lt=now - _KEPT_FOR).delete()
        row, _new = CodeTry.objects.select_for_update().get_or_create(
            key=key, defaults={"last_at": now}
        )
        if now - row.last_at >= LOCKED_FOR:
            row.failures = 0
        locked = row.failures >= MOST_FAILURES
        if not locked:
            row.failures += 1
            row.last_at = now
            row.save(update_fields=["failures", "last_at"])
    if locked:
        raise NotAllowed(
            "Nhập sai quá nhiều lần. Thử lại sau 15 phút kể từ lần nhập sai cuối.",
            "Too many wrong tries. Try again 15 minutes after the last of them.",
            code="locked",
        )
    return MOST_FAILURES - row.failures


@cache
def _hash_of_nothing() -> str:
    """A hash no PIN has, as slow to check as a real one."""
    return make_password(secrets.token_hex(16))
