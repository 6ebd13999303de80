"""A form of whichever kind it is."""

from __future__ import annotations

import io
import re
from typing import TypeAlias

from danchu.core.unpacking import DAMAGE, BoundedZip

from . import docx, xlsx
from .common import MAX_UNPACKED, too_large, whole

_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_LONGEST_TAG = 80  # bytes kept from one piece to the next, so that no tag is cut in two
_PIECE = 1 << 20

Form: TypeAlias = xlsx.Form | docx.WordForm


def require_few_rows(data: bytes) -> None:
    """Raise ``BadInput`` (code "too_large") for a workbook with more rows than a form may have.

    Counted in pieces and no further than that, before anything is looked through or parsed: of a
    sheet of 200,000 rows that alone takes the time in which a person gives up. What is no package
    at all is left to who opens it.
    """
    try:
        with BoundedZip(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > MAX_UNPACKED:
                return
            for name in package.namelist():
                if name.startswith("xl/worksheets/") and _has_many_rows(package, name):
                    raise too_large(f"{xlsx.MAX_ROWS} dòng", f"{xlsx.MAX_ROWS} rows")
    except DAMAGE:
        return


def _has_many_rows(package: BoundedZip, name: str) -> bool:
    found, kept = 0, b""
    with package.open(name) as part:
        while piece := part.read(_PIECE):
            here = kept + piece
            last = 0
            for match in _ROW.finditer(here):
                found, last = found + 1, match.end()
            if found > xlsx.MAX_ROWS:
                return True
            kept = here[max(last, len(here) - _LONGEST_TAG) :]
    return False


def open_form(data: bytes) -> Form:
    """The form in these bytes: a document where the package has one, else a workbook.

    Raises ``BadInput`` as :class:`docx.WordForm` and :class:`xlsx.Form` do.
    """
    with whole(), BoundedZip(io.BytesIO(data)) as package:
        is_document = docx.MAIN in package.namelist()
    return docx.WordForm(data) if is_document else xlsx.Form(data)
