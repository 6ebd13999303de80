"""What a PDF does or carries besides its pages; read in the process of :mod:`.pdf_child`.

PDFium writes the file anew, each object in plain sight, so that no name hides in a packed list of
objects or behind an odd way to write it. Only names are looked for: whether an action could ever
be reached is not asked.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pypdfium2 as pdfium

_STREAM = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)
_ODD_NAME = re.compile(rb"/[^\x00-\x20()<>\[\]{}/%]{0,60}#[0-9A-Fa-f]{2}[^\x00-\x20()<>\[\]{}/%]*")
_ODD_SIGN = re.compile(rb"#([0-9A-Fa-f]{2})")
_END = rb"(?![^\x00-\x20()<>\[\]{}/%])"
_RUNS = re.compile(
    rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|Rendition|RichMedia\w*|XFA|GoToE|GoToR)"
    + _END
)
_CARRIES = re.compile(rb"/(?:EmbeddedFiles?|EF|FileAttachment)" + _END)
_ADDRESS = re.compile(rb"/URI\s*(?:\(([^)]{0,40})|<([0-9A-Fa-f\s]{0,80}))")
_NO_PAGE = re.compile(rb"\s*(?:javascript|vbscript|data|file)\s*:|\s*\\\\", re.IGNORECASE)
# Looked for in the bytes as they came as well: long enough never to stand there by chance.
_RUNS_RAW = re.compile(rb"/(?:JavaScript|SubmitForm|ImportData|RichMedia)" + _END)
_LAST = b"%%EOF"
_GROWN = re.compile(rb"\s*(?:\d+\s+\d+\s+obj\b|xref\b|%|startxref\b)")
_MOST_BEHIND = 32  # signs; what a printer's language writes behind a file


def found_in(document: Any, data: bytes) -> list[str]:
    """What of "runs", "carries", "behind" (another file behind or around the PDF) was found."""
    found = []
    plain = _structure(document)
    if _RUNS.search(plain) or _leads_out(plain) or _RUNS_RAW.search(data):
        found.append("runs")
    if _CARRIES.search(plain):
        found.append("carries")
    if _behind(data):
        found.append("behind")
    return found


def _structure(document: Any) -> bytes:
    """The objects of a file without the insides of its streams, names written plainly."""
    out = io.BytesIO()
    document.save(out, flags=pdfium.raw.FPDF_NO_INCREMENTAL)
    bare = _STREAM.sub(b" ", out.getvalue())
    return _ODD_NAME.sub(
        lambda name: _ODD_SIGN.sub(lambda sign: bytes([int(sign[1], 16)]), name[0]), bare
    )


def _leads_out(plain: bytes) -> bool:
    for address in _ADDRESS.finditer(plain):
        said = address[1]
        if said is None:
            digits = b"".join(address[2].split())
            said = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
        if _NO_PAGE.match(said.replace(b"\x00", b"")):
            return True
    return False


def _behind(data: bytes) -> bool:
    """Whether the file is also one of another kind, or has something behind its end."""
    end = data.rfind(_LAST)
    if end < 0 or zipfile.is_zipfile(io.BytesIO(data)):
        return True
    if len(data[end + len(_LAST) :].strip(b"\x00\t\n\x0c\r ")) > _MOST_BEHIND:
        return True
    if re.search(rb"<(?:html|script|!doctype|\?php|svg)\b", data[:1024], re.IGNORECASE):
        return True
    at = data.find(b"\n" + _LAST)
    while 0 <= at < end - 1:  # a file that grew: objects follow
        at += 1 + len(_LAST)
        if not _GROWN.match(data, at):
            return True
        at = data.find(b"\n" + _LAST, at)
    return False
