"""What a PDF says of its digital signatures; read in the process of :mod:`.pdf_child`.

Nothing is judged here: neither whether a signature is right nor whether its certificate was
trusted, valid or revoked. What is told is what stands in the file.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import re
from typing import Any

import pypdfium2.raw as raw
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

MOST = 20  # signatures that are told one by one
_LONGEST = 200
_TIME = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?")


def signers(document: Any, data: bytes) -> list[dict[str, Any]]:
    """Of each signature: subject, issuer, the certificate's days, the time the signing program
    wrote down (ISO, "" where none), and what of the file it covers: "whole", "earlier" for a
    state the file grew from afterwards, "unclear" for anything else."""
    count = max(0, raw.FPDF_GetSignatureCount(document.raw))
    return [_one(raw.FPDF_GetSignatureObject(document.raw, n), data) for n in range(count)[:MOST]]


def _one(signature: Any, data: bytes) -> dict[str, Any]:
    told: dict[str, Any] = {
        "subject": "",
        "issuer": "",
        "valid_from": "",
        "valid_to": "",
        "signed_at": _time(_bytes(raw.FPDFSignatureObj_GetTime, signature)),
        "covers": _covers(_ranges(signature), data),
    }
    certificate = _certificate(_bytes(raw.FPDFSignatureObj_GetContents, signature))
    if certificate is not None:
        told |= {
            "subject": _name(certificate.subject),
            "issuer": _name(certificate.issuer),
            "valid_from": certificate.not_valid_before_utc.isoformat(),
            "valid_to": certificate.not_valid_after_utc.isoformat(),
        }
    return told


def _bytes(read: Any, signature: Any) -> bytes:
    size = read(signature, None, 0)
    if not size:
        return b""
    room = ctypes.create_string_buffer(size)
    read(signature, room, size)
    return room.raw


def _ranges(signature: Any) -> list[int]:
    count = raw.FPDFSignatureObj_GetByteRange(signature, None, 0)
    if count != 4:
        return []
    numbers = (ctypes.c_int * 4)()
    raw.FPDFSignatureObj_GetByteRange(signature, numbers, 4)
    return list(numbers)


def _covers(ranges: list[int], data: bytes) -> str:
    """The two stretches must meet at the signature itself, written as <…>, and nothing else."""
    if len(ranges) != 4:
        return "unclear"
    start, length, second, rest = ranges
    begin, end = start + length, second + rest
    gap = data[begin:second]
    if start or not 0 < begin < second <= end <= len(data):
        return "unclear"
    if not re.fullmatch(rb"<[0-9A-Fa-f\s]*>", gap):
        return "unclear"
    return "whole" if end == len(data) else "earlier"


def _certificate(contents: bytes) -> x509.Certificate | None:
    """The signer's certificate: of those sent along, the one that signed no other of them."""
    try:
        found = pkcs7.load_der_pkcs7_certificates(_without_padding(contents))
    except Exception:  # of somebody else's making: any fault means only that it is not read
        return None
    issuers = {c.issuer.public_bytes() for c in found if c.issuer != c.subject}
    leaves = [c for c in found if c.subject.public_bytes() not in issuers]
    return leaves[0] if len(leaves) == 1 else None


def _without_padding(contents: bytes) -> bytes:
    """The DER object without the noughts that fill the room kept for it."""
    if len(contents) < 2 or contents[0] != 0x30:
        return contents
    first = contents[1]
    if first < 0x80:
        return contents[: 2 + first]
    head = 2 + (first & 0x7F)
    return contents[: head + int.from_bytes(contents[2:head], "big")]


def _name(name: x509.Name) -> str:
    parts = [
        str(attribute.value)
        for oid in (
            NameOID.COMMON_NAME,
            NameOID.ORGANIZATIONAL_UNIT_NAME,
            NameOID.ORGANIZATION_NAME,
        )
        for attribute in name.get_attributes_for_oid(oid)
    ]
    text = ", ".join(dict.fromkeys(parts)) or name.rfc4514_string()
    return "".join(c if c.isprintable() else " " for c in text)[:_LONGEST]


def _time(told: bytes) -> str:
    found = _TIME.match(told.decode("latin-1"))
    if found is None:
        return ""
    minutes = int(found[9] or 0) * 60 + int(found[10] or 0)
    zone = dt.timezone(dt.timedelta(minutes=-minutes if found[8] == "-" else minutes))
    try:
        year, month, day, hour, minute, second = (int(found[n]) for n in range(1, 7))
        when = dt.datetime(year, month, day, hour, minute, second, tzinfo=zone)
        return when.astimezone(dt.UTC).isoformat()
    except (ValueError, OverflowError):
        return ""
