"""Short addresses, to be typed from paper: ten letters and digits of a record's public id.

Fifty bits: of a million and a half notices of the nation two share one with a chance of one in a
thousand, and then the address says that it is none. Letters and digits that look alike are not
used; who types one is understood.
"""

from __future__ import annotations

import uuid

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_LOOK_ALIKE = str.maketrans("oil", "011")
_LENGTH, _BITS, _ALL = 10, 50, 128


def short_of(public_id: uuid.UUID) -> str:
    """The first fifty bits of an id as ten characters: "4r3wq-8tz1k"."""
    value = public_id.int >> (_ALL - _BITS)
    found = ""
    for _n in range(_LENGTH):
        value, digit = divmod(value, len(_LETTERS))
        found = _LETTERS[digit] + found
    return f"{found[:5]}-{found[5:]}"


def ids_of(short: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """The first and the last id that begin so; None for what is no short address."""
    typed = short.lower().replace("-", "").translate(_LOOK_ALIKE)
    if len(typed) != _LENGTH or not set(typed) <= set(_LETTERS):
        return None
    value = 0
    for letter in typed:
        value = value * len(_LETTERS) + _LETTERS.index(letter)
    first = value << (_ALL - _BITS)
    return uuid.UUID(int=first), uuid.UUID(int=first + (1 << (_ALL - _BITS)) - 1)
