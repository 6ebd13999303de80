"""A PDF signed with a certificate made here, as a signing program would sign it."""

from __future__ import annotations

import datetime as dt
import io
import re

import pypdfium2 as pdfium
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

ROOM = 6000  # bytes kept for the signature


def name(words: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.COMMON_NAME, words),
        ]
    )


def certificate(
    subject: str, issuer: str, key: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2028, 12, 31, tzinfo=dt.UTC))
        .sign(by, hashes.SHA256())
    )


def signed(
    frozen: bytes,
    *,
    subject: str = "Trần Mẫu Hòa",
    contents: bytes | None = None,
    box: tuple[int, int, int, int] | None = None,
) -> bytes:
    """The file grown by one signature of ``subject``, the issuer's certificate sent along.

    ``box``: left, bottom, right, top of its picture on the first page, None for no picture.
    """
    theirs, mine = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = certificate("Cơ quan chứng thực Mẫu", "Cơ quan chứng thực Mẫu", theirs, theirs)
    signer = certificate(subject, "Cơ quan chứng thực Mẫu", mine, theirs)
    root, catalog = _catalog(frozen)
    room = b"0" * ROOM
    dictionary = (
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached"
        b"/M(D:20260615101112+07'00')/ByteRange[0 %010d %010d %010d]/Contents<" + room + b">>>"
    )
    parts = [
        (root, catalog[:-2] + b"/AcroForm<</SigFlags 3/Fields[9001 0 R]>>>>"),
        (9001, b"<</FT/Sig/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/T(Sig)/V 9002 0 R>>"),
        (9002, dictionary.replace(b"%010d", b"0000000000")),
    ]
    if box is not None:
        parts += _drawn(frozen, box)
        place = b"%d %d %d %d" % box
        parts[1] = (
            9001,
            b"<</FT/Sig/Type/Annot/Subtype/Widget/F 4/Rect[" + place + b"]/T(Sig)/V 9002 0 R"
            b"/AP<</N 9003 0 R>>>>",
        )
    body, places = bytearray(frozen), []
    for number, content in parts:
        places.append((number, len(body)))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    before = int(frozen.rsplit(b"startxref", 1)[1].split()[0])
    body += b"xref\n"
    for number, offset in places:
        body += b"%d 1\n%010d 00000 n \n" % (number, offset)
    body += b"trailer\n<</Size 9004/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        root,
        before,
        start,
    )
    begin = body.index(b"/Contents<", len(frozen)) + len(b"/Contents")
    end = begin + ROOM + 2
    place = body.index(b"/ByteRange[", len(frozen))
    ranges = b"/ByteRange[0 %010d %010d %010d]" % (begin, end, len(body) - end)
    body[place : place + len(ranges)] = ranges
    if contents is None:
        contents = (
            pkcs7.PKCS7SignatureBuilder()
            .set_data(bytes(body[:begin] + body[end:]))
            .add_signer(signer, mine, hashes.SHA256())
            .add_certificate(authority)
            .sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary])
        )
    written = contents.hex().encode()
    body[begin + 1 : begin + 1 + len(written)] = written
    assert len(pdfium.PdfDocument(io.BytesIO(bytes(body)))) > 0
    return bytes(body)


def _drawn(frozen: bytes, box: tuple[int, int, int, int]) -> list[tuple[int, bytes]]:
    """The first page with the field on it, and a picture that fills the box with red."""
    width, height = box[2] - box[0], box[3] - box[1]
    red = b"1 0 0 rg 0 0 %d %d re f" % (width, height)
    number = int(re.findall(rb"/Kids\s*\[(\d+) 0 R", frozen)[0])
    page = _object(frozen, number)
    assert b"/Annots" not in page
    return [
        (number, page[:-2] + b"/Annots[9001 0 R]>>"),
        (
            9003,
            b"<</Type/XObject/Subtype/Form/BBox[0 0 %d %d]/Length %d>>stream\n%s\nendstream"
            % (width, height, len(red), red),
        ),
    ]


def _catalog(frozen: bytes) -> tuple[int, bytes]:
    """The number and the text of the catalogue; our own files have it in plain sight."""
    number = int(re.findall(rb"/Root (\d+) 0 R", frozen)[-1])
    return number, _object(frozen, number)


def _object(frozen: bytes, number: int) -> bytes:
    found = re.search(rb"(?:^|\n)%d 0 obj\s*(<<.*?>>)\s*endobj" % number, frozen, re.DOTALL)
    assert found, "the object stands in a packed stream"
    return found[1]
