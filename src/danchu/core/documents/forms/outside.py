"""What a form may not do: fetch something over the network, or run something, where it is opened.

A form is sent on to others. Links that a person clicks are left; so is what lies on the sender's
own disk, which Word writes into nearly every file and nobody else can reach.
"""

from __future__ import annotations

import re
import zipfile
from urllib.parse import unquote

from danchu.core.errors import BadInput
from danchu.core.package_parts import field_codes, field_kind, xml_parts

from .common import parsed

_CONTROLS = frozenset({"control", "activeXControlBinary"})
_CLICKED = frozenset({"hyperlink", "externalLinkPath"})  # another workbook is asked for first
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_REACHING = re.compile(r"(?i)\b(?:https?|ftp|smb|mhtml|file):|(?<!\\)\\{2,}+[\w.]")
_FETCHING = frozenset(
    {"DATABASE", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "RD"}
)
_RUNNING = frozenset({"DDE", "DDEAUTO", "MACROBUTTON"})


def require_self_contained(package: zipfile.ZipFile) -> None:
    """Raise ``BadInput`` for a package that fetches from the network or runs something."""
    for name in package.namelist():
        if "/activex/" in name.lower():
            raise _runs()
        if name.lower().endswith(".rels"):
            for link in parsed(package, name).iter("{*}Relationship"):
                kind = link.get("Type", "").rpartition("/")[2]
                if kind == "aFChunk":
                    raise _fetches()
                if kind in _CONTROLS:
                    raise _runs()
                outside = link.get("TargetMode", "").lower() == "external"
                if outside and kind not in _CLICKED and _is_afar(link.get("Target", "")):
                    raise _fetches()
    # A field of a header, a note or a text box is opened with the rest.
    for _name, part in xml_parts(package):
        _require_quiet_fields(field_codes(part))


def _require_quiet_fields(codes: list[str]) -> None:
    for code in codes:
        kind = field_kind(code)
        if kind in _RUNNING:
            raise _runs()
        if kind in _FETCHING and _REACHING.search(unquote(code)):
            raise _fetches()


def _is_afar(target: str) -> bool:
    """Whether a target lies on another machine, and not on the disk of whoever opens it."""
    path = unquote(target).strip().replace("\\", "/")
    scheme = _SCHEME.match(path)
    if scheme is not None and len(scheme[1]) > 1:
        if scheme[1].lower() != "file":
            return True
        path = path[scheme.end() :]
        slashes = len(path) - len(path.lstrip("/"))
        return slashes not in (0, 1, 3) and not re.match(r"/*[A-Za-z]:", path)
    return path.startswith("//")


def _fetches() -> BadInput:
    return BadInput(
        "Biểu mẫu này tự lấy nội dung từ nơi khác khi mở (ảnh, mẫu hay tệp liên kết) nên không "
        "nhận được. Bỏ liên kết, lưu lại rồi gửi. Tệp không được giữ lại.",
        "This form fetches something from elsewhere when it is opened (a linked picture, template "
        "or file). Remove the link, save it and send it again. It was not kept.",
        code="outside",
        field="file",
    )


def _runs() -> BadInput:
    return BadInput(
        "Biểu mẫu này có mã lệnh tự chạy nên không nhận được. Lưu lại bản không có mã lệnh rồi "
        "gửi. Tệp không được giữ lại.",
        "This form runs commands when it is opened. Save it without them and send it again. It "
        "was not kept.",
        code="macros",
        field="file",
    )
