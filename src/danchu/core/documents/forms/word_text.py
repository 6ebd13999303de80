"""The text of a Word paragraph and the places in it that are left to be filled.

A place is a blank (a row of dots or of low lines, underlined spaces, a tab whose leader draws a
line), a field that asks for text (merge fields, form fields) or a content control.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from danchu.core.package_parts import MAX_NESTED_FIELDS, too_nested

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


@dataclass(slots=True, eq=False)
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
        self._waiting = 0  # fields that have begun and do not show anything yet
        self._above = 0  # how many of the open fields began in a paragraph above
        self._latest = -1  # where in the bytes the last field began

    def read(self, paragraph: Element, control: Element | None = None) -> Text:
        """The paragraph; ``control`` is the content control that holds nothing else."""
        text = Text(paragraph)
        self._above = len(self._open)
        begun_above = self._above > 0
        pieces = _Pieces()
        shadow = _Shadow()
        leaders = _leaders(paragraph)
        tabs = 0
        lined: tuple[Element | None, bool] = (None, False)  # the last run, whether underlined
        for node, run in pieces.of(paragraph):
            if isinstance(node, _ControlEnd):
                self._control(text, shadow, node)
            elif isinstance(node, _SimpleEnd):
                found = node.field
                found.end = node.element
                self._latest = max(self._latest, found.begin.start)
                text.fields.append(found)
                self._result(text, shadow, found)
            elif node.tag == "fldChar" and run is not None:
                self._field_mark(text, shadow, node, run)
            elif node.tag == "instrText":
                if self._open:
                    self._open[-1].codes.append(node)
            elif node.tag in _OBJECTS:
                text.has_objects = True
            elif run is not None and not self._waiting:
                if lined[0] is not run:
                    lined = run, _underlined(run)
                piece = _shown(node)
                shade = piece
                if node.tag == "tab":
                    draws = tabs < len(leaders) and leaders[tabs]
                    shade = _LINE if draws or lined[1] else "\t"
                    tabs += 1
                elif lined[1] and len(piece) >= _LEAST_UNDERLINED and not piece.strip():
                    shade = "_" * len(piece)
                if begun_above:
                    shade = _TAKEN * len(piece)
                text.atoms.append(Atom(node, run, shadow.length, piece))
                shadow.add(shade)
                pieces.length = shadow.length
        text.text = "".join(atom.text for atom in text.atoms)
        for unfinished in self._open[self._above :]:
            if unfinished.separate is not None:
                shadow.take(unfinished.start)
        alone = not text.spans and not text.fields and not text.has_objects
        if control is not None and alone and fillable_control(control):
            text.spans = [_control_span(control, 0, len(text.text))]
        else:
            _add_blanks(text, shadow.drawn())
        text.spans.sort(key=lambda span: (span.start, span.end))
        return text

    def _field_mark(self, text: Text, shadow: _Shadow, mark: Element, run: Element) -> None:
        kind = mark.attributes.get("fldCharType")
        if kind == "begin":
            if self._open:
                self._open[-1].has_inner = True
            self._open.append(WordField(mark, run))
            self._waiting += 1
            self._latest = mark.start
            if len(self._open) > MAX_NESTED_FIELDS:
                raise too_nested()
        elif not self._open:
            return
        elif kind == "separate":
            if self._open[-1].separate is None:
                self._waiting -= 1
            self._open[-1].separate = mark
            self._open[-1].start = shadow.length
        elif kind == "end":
            found = self._open.pop()
            found.code = "".join(code.text for code in found.codes)
            if found.separate is None:
                self._waiting -= 1
                found.start = shadow.length
            if len(self._open) < self._above:
                self._above -= 1
                return
            found.end = mark
            text.fields.append(found)
            self._result(text, shadow, found)

    def _result(self, text: Text, shadow: _Shadow, found: WordField) -> None:
        """What a field shows is filled by the field or not at all."""
        found.stop = shadow.length
        shadow.take(found.start)
        # Those that begin later stand behind: a place is noted when it ends, with none inside.
        while text.spans and _begins(text.spans[-1]) >= found.begin.start:
            text.spans.pop()
        if found.asks and not self._open:
            text.spans.append(Span(FIELD, found.start, found.stop, field=found))

    def _control(self, text: Text, shadow: _Shadow, ended: _ControlEnd) -> None:
        at = ended.element.start
        if is_locked(ended.element):
            shadow.take(ended.start)
            for span in reversed(text.spans):
                if _begins(span) <= at:
                    break
                span.locked = True
        inner = self._latest > at or (bool(text.spans) and _begins(text.spans[-1]) > at)
        if fillable_control(ended.element) and not inner:
            shadow.take(ended.start)
            text.spans.append(_control_span(ended.element, ended.start, shadow.length))


class _Shadow:
    """What is drawn of a paragraph's text, letter for letter, with what cannot begin a blank."""

    def __init__(self) -> None:
        self.length = 0
        self._pieces: list[str] = []
        self._taken: list[tuple[int, int]] = []  # in their order, apart from each other

    def add(self, piece: str) -> None:
        """The next piece of the text."""
        self._pieces.append(piece)
        self.length += len(piece)

    def take(self, start: int) -> None:
        """Nothing from here on to the end of what is read so far is a blank."""
        while self._taken and self._taken[-1][1] >= start:
            start = min(start, self._taken.pop()[0])
        self._taken.append((start, self.length))

    def drawn(self) -> str:
        """All of it."""
        whole, pieces, at = "".join(self._pieces), [], 0
        for start, end in self._taken:
            pieces += [whole[at:start], _TAKEN * (end - start)]
            at = end
        return "".join([*pieces, whole[at:]])


def _begins(span: Span) -> int:
    """Where the field or the control of a place begins in the bytes."""
    if span.control is not None:
        return span.control.start
    return span.field.begin.start if span.field is not None else 0


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


class _Pieces:
    """What stands in a paragraph in its order; a control and a field say where they end.

    ``length``: of the text read so far, kept by who reads.
    """

    def __init__(self) -> None:
        self.length = 0

    def of(self, parent: Element) -> Iterator[_Piece]:
        """The pieces of an element."""
        for child in parent.children:
            if child.tag == "r":
                if not is_on(child.value("rPr", "vanish")):
                    for piece in child.children:
                        if piece.tag in _READ:
                            yield piece, child
            elif child.tag in _WRAPS:
                yield from self.of(child)
            elif child.tag in _OBJECTS:
                yield child, None
            elif child.tag == "fldSimple":
                found = WordField(child, None, code=child.attributes.get("instr", ""))
                found.start = self.length
                found.separate = child
                found.has_inner = any(
                    each.tag in ("fldSimple", "fldChar") for each in child.within()
                )
                yield from self.of(child)
                yield _SimpleEnd(child, found), None
            elif child.tag == "sdt":
                start = self.length
                content = child.first("sdtContent")
                if content is not None:
                    yield from self.of(content)
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
