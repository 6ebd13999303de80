"""A form of whichever kind it is."""

from __future__ import annotations

import io
from typing import TypeAlias

from danchu.core.unpacking import BoundedZip

from . import docx, xlsx
from .common import whole

Form: TypeAlias = xlsx.Form | docx.WordForm


def open_form(data: bytes) -> Form:
    """The form in these bytes: a document where the package has one, else a workbook.

    Raises ``BadInput`` as :class:`docx.WordForm` and :class:`xlsx.Form` do.
    """
    with whole(), BoundedZip(io.BytesIO(data)) as package:
        is_document = docx.MAIN in package.namelist()
    return docx.WordForm(data) if is_document else xlsx.Form(data)
