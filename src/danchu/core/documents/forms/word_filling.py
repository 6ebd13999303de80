"""What changes in the bytes of a Word document when its places are filled."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..wording import clean
from .word_blocks import WordCell, WordParagraph, WordPlace
from .word_text import BLANK, CELL, FIELD, TAB, Atom, Text, WordField, shows_placeholder
from .word_xml import Element, inside, name_of, sibling_name, text_element

Cut = tuple[int, int, bytes]

# What the mark of a paragraph's end may hold and a run may not.
_NOT_OF_RUNS = frozenset({"ins", "del", "moveFrom", "moveTo", "rPrChange"})
_CODE = re.compile(rb"([\w.-]+:|)(?:fldCharType|instr)\s*=")


def cuts_of(
    content: bytes, changes: Iterable[tuple[WordPlace, str]], paragraphs: Iterable[WordParagraph]
) -> list[Cut]:
    """The cuts that write these texts into these places.

    Fields that compute, anywhere in ``paragraphs``, lose the result of the empty form, which some
    programs would go on showing, and are to be computed when the form is opened.
    """
    filler = _Filler(content)
    for place, text in changes:
        filler.fill(place, clean(text))
    for paragraph in paragraphs:
        for found in paragraph.said.computed:
            filler.compute_anew(paragraph.said, found)
    return filler.cuts()


class _Filler:
    """Gathers what is to change; a text with several places is written once."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._cuts: list[Cut] = []
        self._pieces: dict[int, tuple[Atom, list[tuple[int, int, str]]]] = {}

    def cuts(self) -> list[Cut]:
        """Everything gathered."""
        found = list(self._cuts)
        for atom, pieces in self._pieces.values():
            text = atom.text
            for start, end, new in sorted(pieces, reverse=True):
                text = text[:start] + new + text[end:]
            found.append((atom.element.start, atom.element.end, self._written(atom, text)))
        return found

    def fill(self, place: WordPlace, text: str) -> None:
        """Write a text into a place."""
        span = place.span
        if place.kind == CELL and place.cell is not None:
            self._fill_cell(place.cell, text)
        elif span is None:
            raise ValueError("a place without a span")
        elif span.kind == TAB:
            self._before_tab(place.said, span.start, text)
        elif span.kind == BLANK:
            self._replace(place.said, span.start, span.end, _spaced(place.said, place, text))
        elif span.kind == FIELD and span.field is not None:
            self._fill_field(place.said, span.field, span.start, span.end, text)
        elif span.control is not None:
            self._fill_control(place.said, span.control, span.start, span.end, text)

    def compute_anew(self, said: Text, found: WordField) -> None:
        """Take the result of a field away and have it computed when the form is opened."""
        self._replace(said, found.start, found.stop, "")
        begin = found.begin
        match = _CODE.search(self._content[begin.start : begin.inner])
        if "dirty" not in begin.attributes and match is not None:
            at = begin.start + 1 + len(name_of(self._content, begin))
            self._cuts.append((at, at, b' %sdirty="true"' % match[1]))

    def _written(self, atom: Atom, text: str) -> bytes:
        if atom.element.tag == "t":
            return text_element(name_of(self._content, atom.element), text)
        return text_element(sibling_name(self._content, atom.element, b"t"), text) if text else b""

    def _replace(self, said: Text, start: int, end: int, text: str) -> bool:
        """Put a text in the place of what stands from start to end; whether there was a run."""
        inside_it = [
            atom for atom in said.atoms if atom.start < end and atom.start + len(atom.text) > start
        ]
        for number, atom in enumerate(inside_it):
            cut = (
                max(0, start - atom.start),
                min(len(atom.text), end - atom.start),
                "" if number else text,
            )
            self._pieces.setdefault(atom.element.start, (atom, []))[1].append(cut)
        return bool(inside_it)

    def _before_tab(self, said: Text, at: int, text: str) -> None:
        """Beside the line that a tab draws, which goes on to its end."""
        atom = next(atom for atom in said.atoms if atom.start <= at < atom.start + len(atom.text))
        if said.text[:at] and not said.text[at - 1].isspace():
            text = f" {text}"
        name = sibling_name(self._content, atom.element, b"t")
        start = atom.element.start
        self._cuts.append((start, start, text_element(name, f"{text} ")))

    def _fill_cell(self, cell: WordCell, text: str) -> None:
        done = False
        for block in cell.blocks:
            if isinstance(block, WordParagraph):
                said = block.said
                done = self._replace(said, 0, len(said.text), "" if done else text) or done
                if cell.control is not None and shows_placeholder(cell.control):
                    self._unstyle(said.atoms)
        if not done:
            self._into_empty(
                next(b.said for b in cell.blocks if isinstance(b, WordParagraph)), text
            )
        if cell.control is not None:
            self._unbind(cell.control)

    def _into_empty(self, said: Text, text: str) -> None:
        """Into a paragraph without any text, as its end is formatted."""
        paragraph = said.paragraph
        for run in paragraph.children:
            if run.tag == "r" and not any(
                child.tag != "rPr" and (child.tag != "t" or child.text) for child in run.children
            ):
                written = text_element(sibling_name(self._content, run, b"t"), text)
                self._cuts.append(inside(self._content, run, written))
                return
        self._cuts.append(
            inside(self._content, paragraph, self._run(paragraph, paragraph.first("pPr"), text))
        )

    def _run(self, beside: Element, about: Element | None, text: str) -> bytes:
        """A new run with the formatting that stands in ``about``."""
        name = sibling_name(self._content, beside, b"r")
        style = b""
        wanted = about.first("rPr") if about is not None else None
        if wanted is not None:
            kept = b"".join(
                self._content[child.start : child.end]
                for child in wanted.children
                if child.tag not in _NOT_OF_RUNS
            )
            tag = name_of(self._content, wanted)
            style = b"<%s>%s</%s>" % (tag, kept, tag) if kept else b""
        written = text_element(sibling_name(self._content, beside, b"t"), text)
        return b"<%s>%s%s</%s>" % (name, style, written, name)

    def _fill_field(self, said: Text, found: WordField, start: int, end: int, text: str) -> None:
        done = self._replace(said, start, end, text)
        if found.begin_run is None:
            self._fill_simple(found.begin, text, done=done)
            return
        last = found.end
        if last is None:
            raise ValueError("a field that does not end")
        written = text_element(sibling_name(self._content, last, b"t"), text)
        if found.kind == "MERGEFIELD":  # computed again, it would lose what was filled in
            marks = [found.begin, *found.codes, *([found.separate] if found.separate else [])]
            self._cuts += [(mark.start, mark.end, b"") for mark in marks]
            self._cuts.append((last.start, last.end, b"" if done else written))
        elif not done:
            tag = self._content[last.start : last.end]
            separate = re.sub(rb"""(["'])end\1""", rb"\1separate\1", tag)
            before = b"" if found.separate is not None else separate
            self._cuts.append((last.start, last.start, before + written))

    def _fill_simple(self, element: Element, text: str, *, done: bool) -> None:
        written = b"" if done else self._run(element, None, text)
        if element.inner == element.end:
            self._cuts.append((element.start, element.end, written))
            return
        self._cuts.append((element.start, element.inner, b""))
        self._cuts.append((element.inner_end, element.end, written))

    def _fill_control(self, said: Text, control: Element, start: int, end: int, text: str) -> None:
        atoms = [atom for atom in said.atoms if control.start < atom.element.start < control.end]
        if not self._replace(said, start, end, text):
            content = control.first("sdtContent")
            if content is None:
                raise ValueError("a control without content")
            if any(child.tag == "p" for child in content.children):
                self._into_empty(said, text)
            else:
                new = self._run(content, control.first("sdtPr"), text)
                self._cuts.append(inside(self._content, content, new))
        if shows_placeholder(control):
            self._unstyle(atoms)
        self._unbind(control)

    def _unstyle(self, atoms: Iterable[Atom]) -> None:
        """The grey of a hint goes with the hint."""
        for run in {atom.run.start: atom.run for atom in atoms}.values():
            style = run.first("rPr", "rStyle")
            if style is not None:
                self._cuts.append((style.start, style.end, b""))

    def _unbind(self, control: Element) -> None:
        """What would have the text taken for a hint, or replaced by data kept elsewhere."""
        about = control.first("sdtPr")
        for child in about.children if about is not None else ():
            if child.tag in ("showingPlcHdr", "dataBinding", "~dataBinding"):
                self._cuts.append((child.start, child.end, b""))


def _spaced(said: Text, place: WordPlace, text: str) -> str:
    """The text with a space where a word would stick to it: "Số cuộc:……cuộc"."""
    span = place.span
    if span is None:
        return text
    before, after = said.text[: span.start][-1:], said.text[span.end :][:1]
    left = " " if before.isalnum() or (before in (":", ")", ";", ",") and before) else ""
    right = " " if after.isalpha() else ""
    return f"{left}{text}{right}"
