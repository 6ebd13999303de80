"""The text of a Word paragraph and the places in it that are left to be filled.

A place is a blank (a row of dots or of low lines, underlined spaces, a tab whose leader draws a
line), a field that asks for text (merge fields, form fields) or a content control.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .word_xml import Element, is_on, number_in

BLANK, TAB, FIELD, CONTROL, CELL = "blank", "tab", "field", "control", "cell"

# What wraps runs and is shown as they are. What was deleted or moved away is not shown.
_WRAPS = frozenset({"hyperlink", "ins", "moveTo", "smartTag", "customXml", "bdo", "dir"})
_SHOWN_AS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": "\ufffc"}
_OBJECTS = frozenset({"drawing", "pict", "object", "~AlternateContent"})
_READ = _OBJECTS | _SHOWN_AS.keys() | {"t", "fldChar", "instrText"}
_ASKING = frozenset({"MERGEFIELD", "FORMTEXT"})
_NO_TEXT_CONTROLS = frozenset(
    {
        "dropDownList",
        "picture",
        "docPartObj",
        "docPartList",
        "group",
        "equation",
        "citation",
        "bibliography",
        "~checkbox",
        "~repeatingSection",
    }
)
# In the shadow of a text: what cannot begin a blank, a tab that draws a line.
_TAKEN, _LINE = "\ue000", "\ue001"
_BLANK = re.compile(
    r"[.\u2024](?:[ \u00a0]?[.\u2024\u2025\u2026])+|[\u2025\u2026](?:[ \u00a0]?[.\u2024-\u2026])*"
    r"|_(?:[ \u00a0]?_)+|" + _LINE
)
_LEADERS = frozenset({"dot", "hyphen", "underscore", "heavy", "middleDot"})
_LEAST_UNDERLINED = 3  # spaces that draw a line to write on


@dataclass(slots=True)
class Atom:
    """A piece of text in a run; ``start`` is its place in the text of the paragraph."""

    element: Element
    run: Element
    start: int
    text: str


@dataclass(slots=True)
class WordField:
    """A field with what it says and what it shows: ``{ MERGEFIELD Name }``."""

    begin: Element
    begin_run: Element | None  # None: a field in one element
    codes: list[Element] = field(default_factory=list)
    code: str = ""
    separate: Element | None = None
    end: Element | None = None
    start: int = 0  # of its result in the text
    stop: int = 0
    has_inner: bool = False

    @property
    def kind(self) -> str:
        """The first word of what it says: "MERGEFIELD", "="."""
        code = self.code.strip()
        return "=" if code.startswith("=") else (code.split() or [""])[0].upper()

    @property
    def asks(self) -> bool:
        """Whether it stands for a text to be filled in."""
        return self.kind in _ASKING and not self.has_inner


@dataclass(slots=True)
class Span:
    """A place in the text of a paragraph, from ``start`` to before ``end``."""

    kind: str
    start: int
    end: int
    field: WordField | None = None
    control: Element | None = None
    locked: bool = False


@dataclass(slots=True)
class Text:
    """A paragraph read: its text, the atoms it is made of, the places in it."""

    paragraph: Element
    text: str = ""
    atoms: list[Atom] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    fields: list[WordField] = field(default_factory=list)
    has_objects: bool = False

    @property
    def computed(self) -> list[WordField]:
        """The fields in it that compute."""
        return [found for found in self.fields if found.kind == "="]


class TextReader:
    """Reads paragraph after paragraph of a document; a field may begin in one and end in
    another, and then it is no place."""

    def __init__(self) -> None:
        self._open: list[WordField] = []
        self.fields: list[WordField] = []  # all of the document, for what their codes say

    def read(self, paragraph: Element, control: Element | None = None) -> Text:
        """The paragraph; ``control`` is the content control that holds nothing else."""
        text = Text(paragraph)
        before = list(self._open)
        shadow: list[str] = []
        leaders = _leaders(paragraph)
        tabs = 0
        for node, run in _pieces(paragraph, text):
            if isinstance(node, _ControlEnd):
                self._control(text, shadow, node)
            elif isinstance(node, _SimpleEnd):
                found = node.field
                found.end = node.element
                text.fields.append(found)
                self.fields.append(found)
                self._result(text, shadow, found)
            elif node.tag == "fldChar" and run is not None:
                self._field_mark(text, shadow, node, run, before)
            elif node.tag == "instrText":
                if self._open:
                    self._open[-1].codes.append(node)
                    self._open[-1].code += node.text
            elif node.tag in _OBJECTS:
                text.has_objects = True
            elif run is not None and not any(each.separate is None for each in self._open):
                piece = _shown(node)
                shade = piece
                if node.tag == "tab":
                    draws = tabs < len(leaders) and leaders[tabs]
                    shade = _LINE if draws or _underlined(run) else "\t"
                    tabs += 1
                elif _underlined(run) and len(piece) >= _LEAST_UNDERLINED and not piece.strip():
                    shade = "_" * len(piece)
                if before:
                    shade = _TAKEN * len(piece)
                text.atoms.append(Atom(node, run, len(text.text), piece))
                text.text += piece
                shadow.append(shade)
        for unfinished in self._open:
            if unfinished not in before and unfinished.separate is not None:
                _take(shadow, unfinished.start)
        alone = not text.spans and not text.fields and not text.has_objects
        if control is not None and alone and fillable_control(control):
            text.spans = [_control_span(control, 0, len(text.text))]
        else:
            _add_blanks(text, "".join(shadow))
        text.spans.sort(key=lambda span: (span.start, span.end))
        return text

    def _field_mark(
        self, text: Text, shadow: list[str], mark: Element, run: Element, before: list[WordField]
    ) -> None:
        kind = mark.attributes.get("fldCharType")
        if kind == "begin":
            for outer in self._open:
                outer.has_inner = True
            self._open.append(WordField(mark, run))
        elif not self._open:
            return
        elif kind == "separate":
            self._open[-1].separate = mark
            self._open[-1].start = len(text.text)
        elif kind == "end":
            found = self._open.pop()
            self.fields.append(found)
            if found in before:
                before.remove(found)
                return
            found.end = mark
            if found.separate is None:
                found.start = len(text.text)
            text.fields.append(found)
            self._result(text, shadow, found)

    def _result(self, text: Text, shadow: list[str], found: WordField) -> None:
        """What a field shows is filled by the field or not at all."""
        found.stop = len(text.text)
        _take(shadow, found.start)
        text.spans = [span for span in text.spans if _begins(span) < found.begin.start]
        if found.asks and not self._open:
            text.spans.append(Span(FIELD, found.start, len(text.text), field=found))

    def _control(self, text: Text, shadow: list[str], ended: _ControlEnd) -> None:
        at = ended.element.start
        if is_locked(ended.element):
            _take(shadow, ended.start)
            for span in text.spans:
                span.locked = span.locked or _begins(span) > at
        inner = any(_begins(span) > at for span in text.spans) or any(
            each.begin.start > at for each in (*text.fields, *self._open)
        )
        if fillable_control(ended.element) and not inner:
            _take(shadow, ended.start)
            text.spans.append(_control_span(ended.element, ended.start, len(text.text)))


def _begins(span: Span) -> int:
    """Where the field or the control of a place begins in the bytes."""
    if span.control is not None:
        return span.control.start
    return span.field.begin.start if span.field is not None else 0


def _take(shadow: list[str], start: int) -> None:
    """Nothing from here on to the end of what is read so far is a blank."""
    whole = "".join(shadow)
    shadow[:] = [whole[:start] + _TAKEN * (len(whole) - start)]


def _add_blanks(text: Text, shadow: str) -> None:
    for match in _BLANK.finditer(shadow):
        kind = TAB if match[0] == _LINE else BLANK
        text.spans.append(Span(kind, match.start(), match.end()))


def _control_span(control: Element, start: int, end: int) -> Span:
    return Span(CONTROL, start, end, control=control, locked=is_locked(control))


def is_locked(control: Element) -> bool:
    """Whether the sender locked what a content control holds."""
    return control.value("sdtPr", "lock") in ("contentLocked", "sdtContentLocked")


def fillable_control(control: Element) -> bool:
    """Whether a content control stands for a text: not a list to choose from, no picture.

    One that may hold anything is taken for a place only while it shows what to put there.
    """
    about = control.first("sdtPr")
    kinds = {child.tag for child in about.children} if about is not None else set()
    if kinds & _NO_TEXT_CONTROLS:
        return False
    if kinds & {"text", "date", "comboBox"}:
        return True
    return shows_placeholder(control)


def shows_placeholder(control: Element) -> bool:
    """Whether a content control is still empty and shows only what to put there."""
    return is_on(control.value("sdtPr", "showingPlcHdr"))


# ---- the pieces of a paragraph -------------------------------------------------------------


@dataclass(slots=True)
class _ControlEnd:
    element: Element
    start: int


@dataclass(slots=True)
class _SimpleEnd:
    element: Element
    field: WordField


_Piece = tuple["Element | _ControlEnd | _SimpleEnd", "Element | None"]


def _pieces(parent: Element, text: Text) -> Iterator[_Piece]:
    """What stands in a paragraph in its order; a control and a field say where they end."""
    for child in parent.children:
        if child.tag == "r":
            if not is_on(child.value("rPr", "vanish")):
                for piece in child.children:
                    if piece.tag in _READ:
                        yield piece, child
        elif child.tag in _WRAPS:
            yield from _pieces(child, text)
        elif child.tag in _OBJECTS:
            yield child, None
        elif child.tag == "fldSimple":
            found = WordField(child, None, code=child.attributes.get("instr", ""))
            found.start = len(text.text)
            found.separate = child
            found.has_inner = any(each.tag in ("fldSimple", "fldChar") for each in child.within())
            yield from _pieces(child, text)
            yield _SimpleEnd(child, found), None
        elif child.tag == "sdt":
            start = len(text.text)
            content = child.first("sdtContent")
            if content is not None:
                yield from _pieces(content, text)
                yield _ControlEnd(child, start), None


def _shown(node: Element) -> str:
    if node.tag != "t":
        return _SHOWN_AS[node.tag]
    # Without xml:space the spaces around a text are not shown.
    return node.text if node.attributes.get("space") == "preserve" else node.text.strip(" \t\r\n")


def _underlined(run: Element) -> bool:
    return is_on(run.value("rPr", "u"))


def _leaders(paragraph: Element) -> list[bool]:
    """For each tab stop of a paragraph, from the left, whether a line is drawn up to it."""
    tabs = paragraph.first("pPr", "tabs")
    stops = [
        (number_in(stop.attributes.get("pos")), stop.attributes.get("leader") in _LEADERS)
        for stop in (tabs.children if tabs is not None else ())
        if stop.tag == "tab" and stop.attributes.get("val") != "clear"
    ]
    return [draws for _place, draws in sorted(stops)]
