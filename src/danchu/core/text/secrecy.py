"""Marks that keep a document out (SECURITY, rule 1 of the country). Pure: loads without Django.

danchu holds no state secrets: what bears a stamp of secrecy is refused, kept nowhere, and only
its number, symbol and date are entered in a register. What is for inside use only is refused
on the citizens' side.
"""

from __future__ import annotations

import re

from danchu.core.errors import BadInput
from danchu.core.text.normal import nfc

HEAD_LINES, HEAD_CHARACTERS = 80, 6000  # a stamp stands at the head of the first page

_CELLS = re.compile(r"\||\t|\r| {3,}")
_EDGES = "()[]{}<>.:;,-–—_*=\"'“”‘’ "
_STAMPS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
_LEVEL = re.compile(r"(?:độ|mức độ|mức)\s+mật\s*[:\-–]?\s*", re.IGNORECASE)
_INSIDE = {
    "LƯUHÀNHNỘIBỘ": "LƯU HÀNH NỘI BỘ",
    "TÀILIỆUTHUHỒI": "TÀI LIỆU THU HỒI",
    "TÀILIỆULƯUHÀNHNỘIBỘ": "LƯU HÀNH NỘI BỘ",
}
_IN_NAME = re.compile(r"(?<!\w)(?:TUYỆT[ _-]*MẬT|TỐI[ _-]*MẬT|MẬT)(?!\w)")


def secret_mark(text: str) -> str | None:
    """The stamp of secrecy at the head of ``text``: "MẬT", "TỐI MẬT", "TUYỆT MẬT", or None.

    A stamp stands alone in its line or cell, in capitals, often letter-spaced; "bí mật",
    "mật khẩu" and a "Mật" inside a sentence are no stamps.
    """
    for cell in _cells_of_head(text):
        level = _LEVEL.match(cell)
        bare = cell[level.end() :].upper() if level else cell
        mark = _STAMPS.get("".join(bare.strip(_EDGES).split()))
        if mark:
            return mark
    return None


def secret_name(name: str) -> str | None:
    """The stamp of secrecy that a file's name bears, or None."""
    found = _IN_NAME.search(nfc(name).replace("_", " "))
    return " ".join(found[0].replace("-", " ").split()) if found else None


def inside_mark(text: str) -> str | None:
    """The mark of inside use at the head of ``text``, or None."""
    for cell in _cells_of_head(text):
        mark = _INSIDE.get("".join(cell.upper().strip(_EDGES).split()))
        if mark:
            return mark
    return None


def refuse_secret(text: str, name: str = "") -> None:
    """Raise ``BadInput`` (code "secret") when the text or the name bears a stamp of secrecy."""
    mark = secret_mark(text) or secret_name(name)
    if mark is not None:
        raise BadInput(
            f"Văn bản mang dấu {mark}. Hệ thống không nhận bí mật nhà nước và không giữ lại tệp "
            "này; chỉ vào sổ số, ký hiệu, ngày của văn bản.",
            f"The document is marked {mark}. State secrets are not taken in and the file was not "
            "kept; enter only its number, symbol and date in the register.",
            code="secret",
            field="file",
        )


def refuse_inside(text: str) -> None:
    """Raise ``BadInput`` (code "inside") when the text is marked for inside use only."""
    mark = inside_mark(text)
    if mark is not None:
        raise BadInput(
            f"Văn bản mang dấu {mark} nên không đưa ra phía người dân. Tệp này không được giữ lại; "
            "gắn vào nội dung nội bộ, hoặc dùng bản được phép công khai.",
            f"The document is marked {mark} and cannot be shown to citizens. The file was not "
            "kept; attach it to an internal record, or use a version that may be published.",
            code="inside",
            field="file",
        )


def _cells_of_head(text: str) -> list[str]:
    head = nfc(text[:HEAD_CHARACTERS])
    lines = head.splitlines()[:HEAD_LINES]
    return [cell.strip() for line in lines for cell in _CELLS.split(line)]
