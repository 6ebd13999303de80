"""The XML of a Word document as a tree that knows where each element stands in the bytes.

A document is never parsed and written anew: whoever sent it may rely on anything that stands in
it. What is filled is cut out and put in by its place in the bytes; the rest keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat
from xml.sax.saxutils import escape

from .common import too_large

MAX_BYTES = 16_000_000  # of the part that holds the document
MAX_ELEMENTS = 300_000
MAX_DEPTH = 150

_MAIN = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
# What lies inside is drawn, not written; a text box stands there twice, for old readers and new.
_OPAQUE = frozenset({"drawing", "pict", "object", "~AlternateContent"})
_NAME = re.compile(rb"<([\w.:-]+)")


class Element:
    """An element with its place: the tag from ``start`` to ``inner``, the end tag from
    ``inner_end`` to ``end``. A name that is not Word's own begins with "~"."""

    __slots__ = ("attributes", "children", "end", "inner", "inner_end", "start", "tag", "text")

    def __init__(self, tag: str, start: int, attributes: dict[str, str]) -> None:
        self.tag, self.start, self.attributes = tag, start, attributes
        self.inner = self.inner_end = self.end = start
        self.children: list[Element] = []
        self.text = ""

    def first(self, *path: str) -> Element | None:
        """The first element down this path of names."""
        found: Element | None = self
        for tag in path:
            if found is None:
                return None
            found = next((child for child in found.children if child.tag == tag), None)
        return found

    def value(self, *path: str) -> str | None:
        """The ``w:val`` of the first element down this path; "" when it has none."""
        found = self.first(*path)
        return None if found is None else found.attributes.get("val", "")

    def within(self) -> Iterator[Element]:
        """Every element inside, in the order of the document."""
        for child in self.children:
            yield child
            yield from child.within()


def is_on(value: str | None) -> bool:
    """Whether a switch of Word is on: there, and not said to be off."""
    return value is not None and value not in ("0", "false", "off", "none")


def number_in(value: str | None) -> int:
    """A whole number of an attribute; 0 for none and for what is written in another way."""
    return int(value) if value is not None and re.fullmatch(r"[0-9]{1,9}", value) else 0


def read_tree(content: bytes) -> Element:
    """The root of a part in UTF-8. Raises ``ValueError`` for what is not whole or has a document
    type, ``BadInput`` for what is larger than any form."""
    if len(content) > MAX_BYTES:
        raise too_large(f"{MAX_BYTES // 1_000_000} MB chữ", f"{MAX_BYTES // 1_000_000} MB of text")
    return _Walk(content).root


class _Walk:
    """One walk over the bytes. Where a tag ends is where the next thing begins."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._stack: list[Element] = [Element("", 0, {})]
        self._said: list[list[str]] = [[]]  # what each of the stack says itself
        self._opened: Element | None = None
        self._opaque = self._count = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        parser.CommentHandler = parser.DefaultHandler = self._other
        parser.StartCdataSectionHandler = self._note
        self._parser = parser
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from error
        self.root = self._stack[0].children[0]

    def _note(self) -> None:
        if self._opened is not None:
            self._opened.inner = self._parser.CurrentByteIndex
            self._opened = None

    def _other(self, _data: str) -> None:
        self._note()

    def _refuse(self, *_: object) -> None:
        raise ValueError("a document type has no business in a form")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._note()
        if self._opaque:
            self._opaque += 1
            return
        element = Element(_local(name), self._parser.CurrentByteIndex, _locals(attributes))
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise too_large(f"{MAX_ELEMENTS} phần tử", f"{MAX_ELEMENTS} elements")
        if len(self._stack) > MAX_DEPTH:
            raise ValueError("nested too deep")
        self._stack[-1].children.append(element)
        self._stack.append(element)
        self._said.append([])
        self._opened = element
        if element.tag in _OPAQUE:
            self._opaque = 1

    def _end(self, _name: str) -> None:
        if self._opaque > 1:
            self._opaque -= 1
            return
        self._opaque = 0
        at, element = self._parser.CurrentByteIndex, self._stack.pop()
        element.text = "".join(self._said.pop())
        if self._opened is element and self._content[at - 2 : at] == b"/>":
            element.inner = element.inner_end = element.end = at
            self._opened = None
            return
        self._note()
        element.inner_end = at
        element.end = self._content.index(b">", at) + 1

    def _text(self, text: str) -> None:
        self._note()
        if not self._opaque and self._stack[-1].tag in ("t", "instrText"):
            self._said[-1].append(text)


def _local(name: str) -> str:
    for space in _MAIN:
        if name.startswith(space):
            return name[len(space) :]
    return "~" + name.rpartition(" ")[2]


def _locals(attributes: dict[str, str]) -> dict[str, str]:
    return {name.rpartition(" ")[2]: value for name, value in attributes.items()}


# ---- changing ------------------------------------------------------------------------------


def name_of(content: bytes, element: Element) -> bytes:
    """The name of an element as it is written, with its prefix."""
    match = _NAME.match(content, element.start)
    if match is None:
        raise ValueError("no element begins here")
    return match[1]


def sibling_name(content: bytes, element: Element, tag: bytes) -> bytes:
    """The name of another of Word's own elements, with the prefix that this one has."""
    prefix, colon, _ = name_of(content, element).rpartition(b":")
    return prefix + colon + tag


def text_element(name: bytes, text: str) -> bytes:
    """A ``w:t`` of this name that keeps its spaces."""
    return b'<%s xml:space="preserve">%s</%s>' % (name, escape(text).encode(), name)


def inside(content: bytes, element: Element, new: bytes) -> tuple[int, int, bytes]:
    """The cut that puts something at the end of an element, also of one without an end tag."""
    if element.inner_end < element.end:
        return element.inner_end, element.inner_end, new
    name = name_of(content, element)
    tag = content[element.start : element.end - 2].rstrip()
    return element.start, element.end, b"%s>%s</%s>" % (tag, new, name)


def cut(content: bytes, cuts: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The bytes with each part from start to end replaced. Raises ``ValueError`` where two
    overlap."""
    pieces, at = [], 0
    for start, end, new in sorted(cuts, key=lambda each: each[:2]):
        if start < at:
            raise ValueError("two changes in one place")
        pieces += [content[at:start], new]
        at = end
    pieces.append(content[at:])
    return b"".join(pieces)
