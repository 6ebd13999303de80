"""What no honest package (XLSX, DOCX, ODT) carries: macros, commands, a document type.

Judged by what a part is, by its content type, the relation to it and what stands in it, never by
its name alone. Every part is looked through once, and for as long as it is long: no pattern here
runs over a text twice.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from danchu.core.errors import BadInput

from .unpacking import doctype, swollen, unsafe

MAX_PARTS = 5000
MAX_NESTED_FIELDS = 100  # Word itself stops at some twenty
MAX_MARKUP = 8_000_000  # tags of all parts together; a sheet of a million cells has six million

# Where none of these bytes stands, no part in UTF-8 can hold anything that is looked for.
_HINTS = (b"|", b"&#", b"dde", b"instr", b"<!doctype", b"<![cdata", b"macrosheet")
_FORMULAS = frozenset(
    {
        "f",
        "formula",
        "formula1",
        "formula2",
        "oldFormula",
        "definedName",
        "calculatedColumnFormula",
        "totalsRowFormula",
    }
)
_READ = _FORMULAS | {"instrText", "delInstrText"}
_LINKS = frozenset({"ddeLink", "dde-source", "dde-connection-decl", "dde-link"})
# A text in a formula, the name of a sheet or of a topic, and what says DDE: server|topic!item.
_TOKEN = re.compile(r""""[^"]*+"?|'[^']*+'?|[|!]""")
_MACRO_TYPE = re.compile(r"macroEnabled|vbaProject|vbaData|macrosheet", re.IGNORECASE)
_MACRO_LINK = re.compile(r"/(?:vbaProject\w*|wordVbaData|xl(?:Intl)?Macrosheet)\Z", re.IGNORECASE)


def require_quiet_package(package: zipfile.ZipFile) -> None:
    """Raise ``BadInput`` for a package with macros (code "macros"), with a document type, a
    formula or field that calls a program (code "unsafe"), or with more markup than any document
    (code "too_large"); ``ValueError`` for a part that is no XML where one must be."""
    for _name, part in xml_parts(package):
        require_no_commands(part)


def xml_parts(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Each part that is XML, by its name or by its content type, after proof that no content
    type and no relation of the package speaks of macros. Raises as
    :func:`require_quiet_package`, but looks for no commands in the parts it gives."""
    entries = package.infolist()
    if len(entries) > MAX_PARTS:
        raise swollen()
    typed: set[str] = set()
    markup = 0
    for entry in entries:
        name = entry.filename.lower()
        if name == "[content_types].xml" or name.endswith(".rels"):
            part = package.read(entry)
            markup = _counted(part, markup)
            _about(part, typed)
    for entry in entries:
        if _is_xml(entry.filename.lower(), typed):
            part = package.read(entry)
            markup = _counted(part, markup)
            yield entry.filename, part


def require_no_commands(part: bytes) -> None:
    """Raise ``BadInput`` for a part as :func:`field_codes` does, and for a field that calls a
    program."""
    if any(field_kind(code) in ("DDE", "DDEAUTO") for code in field_codes(part)):
        raise _calls()


def field_codes(part: bytes) -> list[str]:
    """What the fields of a part of Word say, also those written in several pieces.

    Raises ``BadInput`` for a part with a document type, a macro sheet, or a formula or link that
    calls a program; ``ValueError`` for what is not whole XML.
    """
    return _Walk(part).codes if _may_hold(part) else []


def field_kind(code: str) -> str:
    """The first word of what a field says: "PAGE", "" for none."""
    return (code.split(None, 1) or [""])[0].upper()


def too_nested() -> BadInput:
    """The refusal of a document whose fields begin in one another without an end."""
    return BadInput(
        f"Tệp có hơn {MAX_NESTED_FIELDS} trường (field) lồng nhau nên không nhận được. "
        "Tệp không được giữ lại.",
        f"The file has more than {MAX_NESTED_FIELDS} fields inside one another. It was not kept.",
        code="too_large",
        field="file",
    )


def _about(part: bytes, typed: set[str]) -> None:
    """Look through content types or relations; ``typed`` gathers the parts that are XML."""

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local in ("Override", "Default"):
            kind = attributes.get("ContentType", "").strip().lower()
            if _MACRO_TYPE.search(kind):
                raise _macros()
            if kind.partition(";")[0].strip().endswith(("+xml", "/xml")):
                extension = attributes.get("Extension", "").lower()
                name = attributes.get("PartName", "").lstrip("/").lower()
                typed.add(name if local == "Override" else f".{extension}")
        elif local == "Relationship" and _MACRO_LINK.search(attributes.get("Type", "").strip()):
            raise _macros()

    parser = parser_of_parts()
    parser.StartElementHandler = start
    parse(parser, part)


def _is_xml(name: str, typed: set[str]) -> bool:
    if name == "[content_types].xml" or name.startswith("meta-inf/"):
        return False  # looked through already; the list of an old ODF has a document type
    if name.endswith((".xml", ".rels")) or name in typed:
        return True
    # Pictures may be XML, of a kind that Office does not read as its own.
    extension = name.rpartition(".")[2]
    return f".{extension}" in typed and extension not in ("svg", "vml")


def _counted(part: bytes, markup: int) -> int:
    markup += part.count(b"<")
    if markup > MAX_MARKUP:
        raise swollen()
    return markup


def _may_hold(part: bytes) -> bool:
    """Whether a part has to be looked through: it holds one of the hints, or is not in UTF-8."""
    head = part[:200].lower()
    if b"\x00" in head[:4] or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"encoding" in head and b"utf-8" not in head:
        return True
    lower = part.lower()  # looking for bytes that stand fixed costs nothing, a pattern does
    return any(hint in lower for hint in _HINTS)


class _Walk:
    """One walk over a part. Text is gathered only inside of what is looked for."""

    def __init__(self, part: bytes) -> None:
        self.codes: list[str] = []
        self._open: list[list[str]] = []  # fields that have begun, each with what it says
        self._text: list[str] = []
        self._inside = self._end_of = ""
        parser = self._parser = parser_of_parts()
        parser.StartElementHandler = self._start
        parse(parser, part)
        self.codes += ["".join(code) for code in self._open]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag in _READ:
            if self._end_of:
                raise ValueError("one formula or code in another")
            self._text, self._inside, self._end_of = [], tag, name
            self._parser.CharacterDataHandler = self._text.append
            self._parser.EndElementHandler = self._end
        elif tag == "fldChar":
            self._mark(_valued(attributes, "fldCharType"))
        elif tag == "fldSimple":
            self.codes.append(_valued(attributes, "instr"))
        elif tag in _LINKS:
            raise _calls()
        elif tag == "macrosheet":
            raise _macros()

    def _end(self, name: str) -> None:
        if name != self._end_of:
            return
        self._end_of = ""
        self._parser.CharacterDataHandler = self._parser.EndElementHandler = None
        text = "".join(self._text)
        if self._inside in _FORMULAS:
            if _is_call(text):
                raise _calls()
        elif self._open:
            self._open[-1].append(text)
        else:
            self.codes.append(text)

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._open.append([])
            if len(self._open) > MAX_NESTED_FIELDS:
                raise too_nested()
        elif kind == "end" and self._open:
            code = "".join(self._open.pop())
            self.codes.append(code)
            if self._open:  # an address may be put together by a field of its own
                self._open[-1].append(f" {code} ")


def _valued(attributes: dict[str, str], wanted: str) -> str:
    return next((v for k, v in attributes.items() if k.rpartition(":")[2] == wanted), "")


def _is_call(formula: str) -> bool:
    """Whether a formula asks another program: server|topic!item, outside of its texts."""
    piped = False
    for token in _TOKEN.finditer(formula):
        said = token[0]
        if said == "!":
            if piped:
                return True
        elif said[0] != '"' and "|" in said:
            piped = True
    return False


def parser_of_parts(*, between: str | None = None) -> expat.XMLParserType:
    """A parser that refuses a document type wherever it stands, and gathers text.

    ``between``: with it names come as the language's address, this sign, and the local name.
    """
    parser = expat.ParserCreate(None, between)
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def parse(parser: expat.XMLParserType, part: bytes) -> None:
    """Run a parser over a whole part. Raises ``ValueError`` for what is not whole XML."""
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def _no_doctype(*_: object) -> None:
    raise doctype()


def _calls() -> BadInput:
    return unsafe(
        "có công thức hoặc trường gọi chương trình trên máy (DDE, ví dụ “=cmd|…”)",
        "has a formula or field that calls a program on the machine (DDE, such as “=cmd|…”)",
    )


def _macros() -> BadInput:
    return BadInput(
        "Tệp này có macro hoặc mã lệnh nên không nhận được. Lưu lại bản không có macro rồi gửi; "
        "tệp không được giữ lại.",
        "This file carries macros or scripts. Save it without them and send it again; it was not "
        "kept.",
        code="macros",
        field="file",
    )
