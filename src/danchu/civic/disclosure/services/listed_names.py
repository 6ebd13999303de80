"""Names of a disclosed list, which may stand nowhere beside it: the list is taken down in time."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from danchu.core.errors import BadInput, Faults
from danchu.core.text import fold

if TYPE_CHECKING:
    from .inputs import NoticeInput


def refuse_listed_names(names: Collection[str], content: NoticeInput) -> None:
    """Raise ``BadInput`` where one of the names of a list stands beside it in what a notice says.

    Beside its own list or the list of the notice that it corrects: both are taken down.
    """
    table = content.table or {"header": [], "rows": []}
    cells = [*table["header"], *(cell for row in table["rows"] for cell in row)]
    beside = {
        "title": content.title,
        "text": content.text,
        "document_number": content.document_number,
        "table_text": " | ".join(cell for cell in cells if isinstance(cell, str)),
    }
    faults = Faults()
    for field, text in beside.items():
        found = first_named(names, text)
        if found:
            faults.add(_in_text(found, field))
    for n, posting in enumerate(content.postings):
        with faults.noted():
            refuse_listed_name(names, posting.place, field=f"postings-{n}-place")
    faults.tell()


def _in_text(found: str, field: str) -> BadInput:
    return BadInput(
        f"Tên “{found}” đang ở trong tiêu đề hoặc nội dung. Chỉ ghi tên trong danh "
        "sách: danh sách được gỡ khi hết thời gian niêm yết.",
        f"The name “{found}” stands in the title or text. Names belong into the list "
        "only: it is taken down when the posting ends.",
        code="name_in_text",
        field=field,
    )


def refuse_listed_name(names: Collection[str], text: str, *, field: str) -> None:
    """The same for a line beside the notice: a place, a station, a reason, a note."""
    found = first_named(names, text)
    if found:
        raise BadInput(
            f"Tên “{found}” có trong danh sách đã công khai. Không ghi tên đó ở đây: danh sách "
            "được gỡ khi hết thời gian niêm yết, dòng này thì còn lại.",
            f"The name “{found}” is one of the disclosed list. Do not write it here: the list is "
            "taken down when the posting ends, this line stays.",
            code="name_in_text",
            field=field,
        )


def first_named(names: Collection[str], text: str) -> str:
    """The first of the names, of two words or more, that stands in a text; "" for none."""
    said = f" {_bare(text)} "
    for name in names:
        bare = _bare(name)
        if " " in bare and f" {bare} " in said:
            return name
    return ""


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


_WORD = re.compile(r"[^\W_]+|\|")
