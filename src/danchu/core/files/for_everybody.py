"""A Word document that everybody may take home: read whole, and free of what only its writer saw.

What is refused is what may have been meant to stay inside (comments, tracked changes, embedded
files) or acts on the machine of whoever opens it (links into other files). Every part of the
package is read, by its content type and never by its name alone.
"""

from __future__ import annotations

import re
import zipfile

from danchu.core.errors import BadInput
from danchu.core.package_parts import parse, parser_of_parts, require_no_commands, xml_parts

MOST_LETTERS = 2_000_000  # of a document; a thousand pages
_MOST_MARKUP = 3_000_000  # tags of all parts together; a thousand pages have two million

_PARAGRAPHS = frozenset({"p", "h", "si", "is"})
_SAID = frozenset({"t", "delText", "instrText", "delInstrText", "v"})
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Attributes in which people write: what stands for a picture, what a link or text effect says.
_SAID_IN = frozenset(
    {"descr", "title", "alt", "tooltip", "string", "alias", "instr", "displayText"}
)
_BOX = 200  # lines among which a box says the same once more
_TAKEN_OUT = frozenset({"creator", "lastModifiedBy"})  # before the file is kept
# Names of places in the text that Word makes itself, such as "_Toc123456789".
_MADE_MARK = re.compile(r"\b_[A-Za-z]+\d+")
_NUMBER = re.compile(r"\s*-?[\d.,]+(?:[eE][-+]?\d+)?%?\s*")

_WORD = ("wordprocessingml/2006/main", "wordprocessingml/main")
_CHANGES = frozenset(
    {
        "ins", "del", "moveFrom", "moveTo", "delText", "delInstrText", "cellIns", "cellDel",
        "cellMerge", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange",
        "tcPrChange", "trPrChange", "tblGridChange", "numberingChange", "comment",
    }
)  # fmt: skip
_EMBEDDED = frozenset(
    {"oleObject", "package", "aFChunk", "control", "activeXControlBinary", "subDocument"}
)
_ORDINARY_LINK = re.compile(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)
_EMBEDDED_PART = re.compile(r"(^|/)(embeddings|activeX)/", re.IGNORECASE)


def read_whole(package: zipfile.ZipFile) -> str:
    """Everything that stands in a Word document, a line for each paragraph: also in headers,
    notes, boxes, charts, deleted and hidden text and in what describes a picture.

    Raises ``BadInput`` for one with tracked changes or comments (code "changes"), with embedded
    files or links into others (code "embedded"), or too long to be read whole (code "too_long");
    ``ValueError`` for a part that is no XML.
    """
    if any(_EMBEDDED_PART.search(name) for name in package.namelist()):
        raise embedded()
    stamps: list[str] = []  # headers and footers first: there a stamp is set on every page
    body: list[str] = []
    others: list[str] = []
    letters = markup = 0
    for name, part in xml_parts(package):
        markup += part.count(b"<")
        if markup > _MOST_MARKUP:
            raise too_long()
        require_no_commands(part)
        if name.lower().endswith(".rels"):
            _require_no_way_out(part)
            continue
        # The program's own numbers and names of persons are taken out before it is kept.
        if name.lower().startswith("docprops/") and not name.lower().endswith("core.xml"):
            continue
        found = _Reader(part, everything=name.lower().startswith(("customxml/", "docprops/")))
        letters += found.letters
        if letters > MOST_LETTERS:
            raise too_long()
        place = name.lower()
        first = "/header" in place or "/footer" in place
        (stamps if first else body if place == "word/document.xml" else others).extend(found.lines)
    # The same header may stand in three parts, one for each kind of page.
    return "\n".join([*dict.fromkeys(stamps), *body, *others])


def _require_no_way_out(part: bytes) -> None:
    """Look through the relations of a part."""

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] != "Relationship":
            return
        kind = attributes.get("Type", "").strip().rpartition("/")[2]
        if kind in _EMBEDDED:
            raise embedded()
        if attributes.get("TargetMode", "").strip().lower() != "external":
            return
        if kind == "attachedTemplate":
            return  # taken out before it is kept
        target = attributes.get("Target", "").strip()
        if kind != "hyperlink" or not _ORDINARY_LINK.match(target):
            raise _leads_out(target)

    parser = parser_of_parts()
    parser.StartElementHandler = start
    parse(parser, part)


class _Reader:
    """One walk over a part; text of a box inside a paragraph is a paragraph of its own."""

    def __init__(self, part: bytes, *, everything: bool) -> None:
        self.lines: list[str] = []
        self.letters = 0
        self._open: list[list[str]] = [[]]
        self._everything = everything
        self._said: list[str] = []  # elements, one in another, whose text is read
        self._piece: list[str] = []
        self._second = 0  # inside what older programs show, mostly the same once more
        parser = self._parser = parser_of_parts(between="}")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parse(parser, part)
        self._close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        language, _sign, local = name.rpartition("}")
        if local in _CHANGES and language.endswith(_WORD):
            raise _changes()
        self._second += local == "Fallback"
        if self._everything:
            self._open[0].append("\n")
            said = self._open[0].append if local not in _TAKEN_OUT else None
            self._parser.CharacterDataHandler = said
        elif local in _PARAGRAPHS:
            self._open.append([])
        elif local in _SAID:
            self._said.append(local)
            self._parser.CharacterDataHandler = self._piece.append
        elif local in _BREAKS:
            self._open[-1].append(_BREAKS[local])
        for attribute, value in attributes.items():
            if attribute.rpartition("}")[2] in _SAID_IN and value.strip():
                self._tell(_MADE_MARK.sub("", value))

    def _end(self, name: str) -> None:
        local = name.rpartition("}")[2]
        self._second -= local == "Fallback"
        if self._everything:
            return
        if local in _PARAGRAPHS and len(self._open) > 1:
            self._close()
        elif local in _SAID:
            self._said.pop()
            if not self._said:
                self._parser.CharacterDataHandler = None
                self._keep("".join(self._piece), local)
                self._piece = []

    def _keep(self, text: str, local: str) -> None:
        if local in ("instrText", "delInstrText"):
            text = _MADE_MARK.sub("", text)
        if local != "v" or not _NUMBER.fullmatch(text):  # a chart is full of bare numbers
            self._open[-1].append(text)

    def _close(self) -> None:
        text = "".join(self._open.pop())
        if text.strip():
            self._tell(text)

    def _tell(self, text: str) -> None:
        self.letters += len(text)
        if self.letters > MOST_LETTERS:
            raise too_long()
        lines = [line for line in text.splitlines() if line.strip()]
        if self._second:
            known = set(self.lines[-_BOX:])
            lines = [line for line in lines if line not in known]
        self.lines += lines


def too_long() -> BadInput:
    """The refusal of a document that cannot be checked whole before everybody sees it."""
    return BadInput(
        "Tệp này quá dài nên không kiểm tra hết được trước khi công khai (nhiều nhất 300 trang "
        "PDF hoặc 2 triệu ký tự). Chia thành nhiều tệp rồi gửi lại; tệp không được giữ lại.",
        "This file is too long to be checked whole before it is published (at most 300 pages of "
        "PDF or 2 million characters). Divide it and send it again; it was not kept.",
        code="too_long",
        field="file",
    )


def embedded() -> BadInput:
    """The refusal of a document that carries other files."""
    return BadInput(
        "Tệp này có tệp khác nhúng bên trong (ví dụ bảng tính của biểu đồ, tệp đính kèm). Bỏ tệp "
        "nhúng hoặc dán biểu đồ dạng ảnh rồi gửi lại; tệp không được giữ lại.",
        "This file carries another file inside (such as the sheet behind a chart, an attachment). "
        "Take it out or paste the chart as a picture and send it again; it was not kept.",
        code="embedded",
        field="file",
    )


def _leads_out(target: str) -> BadInput:
    return BadInput(
        f"Tệp này có liên kết mở tệp khác (“{target[:80]}”). Chỉ giữ liên kết trang web, thư điện "
        "tử; bỏ liên kết này rồi gửi lại. Tệp không được giữ lại.",
        f"This file has a link that opens another file (“{target[:80]}”). Only links to web pages "
        "and mail addresses may stay; take this one out and send it again. It was not kept.",
        code="embedded",
        field="file",
    )


def _changes() -> BadInput:
    return BadInput(
        "Tệp này còn bản sửa hoặc chú thích (theo dõi thay đổi), người tải về đọc được. Hãy chấp "
        "nhận các sửa đổi, xóa chú thích rồi gửi lại; tệp không được giữ lại.",
        "This file still has tracked changes or comments, which whoever takes it home can read. "
        "Accept the changes, delete the comments and send it again; it was not kept.",
        code="changes",
        field="file",
    )
