"""A text in lines, sentences and clauses, each with the headings it stands under."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from danchu.core.text.numbers import Found, find_numbers

from .commas import decimal_elsewhere
from .matching import LOWER, UPPER, plain
from .openings import words_in
from .wraps import unfolded

_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"“.])(?:[A-ZĐƯ]|TP|Tp|tp|Th|ThS|TS|PGS|GS|BS|KS|LS|Đ/c|đ/c|tr|v\.v|NQ|NĐ|St|Q|P|H"
    r"|TX|TT)$"
)
_END = re.compile(
    rf"[.!?…](?:[.!?…]*[\"”’)\]]*(?=\s|$)"
    rf"|(?<=[{LOWER}\d)\"”%][.!?…])[.!?…]*[\"”]?(?=[{UPPER}\"“]))"
)
_STARTS_SENTENCE = re.compile(rf"\s*[\"“‘(\[\-–•+*]*\s*[{UPPER}0-9“\"]")
_NUMBERING = re.compile(
    r"^\s*(?:[-–•+*●▪]\s*|\(?(?:[IVX]{1,5}|Ii{0,2}|[A-HĐ]|\d{1,2}(?:\.\d{1,2}){0,3}"
    r"|[a-hđ])\)?\s*[.)\-–:/]\s*"
    r"|(?:Phần|Mục|PHẦN|MỤC)\s+(?:[IVX]+|\d+|thứ \w+)\b[.:\-–]?\s*)",
)
# A heading reads on for no longer than this.
_HEADING_LENGTH = 110
# No sentence of a report holds more numbers; what does is a dump of data, not to be read as words.
_CROWDED = 400
# Groups of digits in a sentence that is crowded however its numbers are written.
_DUMP = 8 * _CROWDED
_GROUP = re.compile("[0-9]+")
_LOOKED_AT = 2  # times ``MOST_NUMBERS``: those of crowded sentences go
# Four hundred pages hold some eight thousand numbers.
MOST_NUMBERS = 20_000
_RANKS = (
    (re.compile(r"^\s*(?:PHẦN|Phần|[A-H]\.)"), 1),
    (re.compile(r"^\s*\(?[IVX]+\)?[.)\-–:/ ]|^\s*Ii{0,2}\."), 2),
    (re.compile(r"^\s*\(?\d{1,2}\)?[.)\-–:/]"), 3),
    (re.compile(r"^\s*\(?\d{1,2}\.\d{1,2}"), 4),
    (re.compile(r"^\s*\(?[a-hđ]\)"), 5),
    (re.compile(r"^\s*[-–•+*●▪]"), 6),
)


@dataclass(slots=True)
class Line:
    """A line of the text. ``headings`` are the spans of the heading lines it stands under."""

    start: int
    end: int
    is_heading: bool
    rank: int
    headings: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Sentence:
    """A sentence; ``line`` is the number of the line it stands in."""

    start: int
    end: int
    line: int


@dataclass(slots=True)
class Document:
    """A text with its parts.

    ``plain`` is the form to match against, ``unfolded`` the text without the line breaks that only
    fold a paragraph; both are of the length of ``text``.
    """

    text: str
    plain: str
    unfolded: str
    lines: list[Line] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _numbers: list[Found] | None = None
    _words: frozenset[str] | None = None
    _decimals: bool | None = None
    numbers_left_out: int = 0
    """How many numbers beyond ``MOST_NUMBERS`` were left out, of those that were found at all."""
    crowded: int = 0
    """How many sentences hold far too many numbers; nothing of them is read."""

    @property
    def numbers(self) -> list[Found]:
        """All numbers of the text, looked for once; none of a sentence that is no sentence."""
        if self._numbers is None:
            found = find_numbers(self._without_dumps(), _LOOKED_AT * MOST_NUMBERS)
            if len(found) > _CROWDED:
                crowds = Counter(self.sentence_at(one.start).start for one in found)
                self.crowded += sum(count > _CROWDED for count in crowds.values())
                found = [
                    one for one in found if crowds[self.sentence_at(one.start).start] <= _CROWDED
                ]
            self._numbers = found[:MOST_NUMBERS]
            self.numbers_left_out = max(0, len(found) - MOST_NUMBERS)
        return self._numbers

    @property
    def words(self) -> frozenset[str]:
        """The words of ``plain``, each once."""
        if self._words is None:
            self._words = words_in(self.plain)
        return self._words

    @property
    def decimal_commas(self) -> bool:
        """Whether the text writes its numbers by the rule somewhere: looked for once."""
        if self._decimals is None:
            self._decimals = decimal_elsewhere(self.text)
        return self._decimals

    def _without_dumps(self) -> str:
        """The text with blanks for sentences of far too many digits, which take long to read."""
        out, kept = [], 0
        for one in self.sentences:
            # Three thousand groups of digits and the shortest marks between them.
            if one.end - one.start < 2 * _DUMP:
                continue
            groups = _GROUP.finditer(self.unfolded, one.start, one.end)
            if sum(1 for _ in islice(groups, _DUMP)) == _DUMP:
                out += [self.unfolded[kept : one.start], " " * (one.end - one.start)]
                kept = one.end
                self.crowded += 1
        return "".join([*out, self.unfolded[kept:]]) if out else self.unfolded

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds ``offset`` (the one before it, between two sentences)."""
        return self.sentences[max(0, bisect.bisect_right(self._starts, offset) - 1)]

    def line_of(self, sentence: Sentence) -> Line:
        """The line of a sentence."""
        return self.lines[sentence.line]


def segment(text: str) -> Document:
    """The parts of ``text``."""
    whole = unfolded(text)
    document = Document(text=text, plain=plain(whole), unfolded=whole)
    open_headings: list[tuple[int, int, int]] = []
    offset = 0
    raw_lines = whole.split("\n")
    for raw in raw_lines:
        start, end = offset, offset + len(raw)
        offset = end + 1
        stripped = raw.strip()
        if not stripped:
            continue
        rank = _rank(stripped)
        heading = _is_heading(stripped, rank)
        if heading:
            while open_headings and open_headings[-1][2] >= rank:
                open_headings.pop()
        elif rank < 6:
            # A numbered paragraph ends what stood under numbers of its own or a lower rank.
            while open_headings and open_headings[-1][2] >= rank:
                open_headings.pop()
        spans = tuple((a, b) for a, b, _ in open_headings)
        document.lines.append(Line(start, end, heading, rank, spans))
        if heading:
            open_headings.append((start, end, rank))
            del open_headings[:-4]
        _split_sentences(document, start, end)
    if not document.sentences:
        document.lines.append(Line(0, len(text), False, 9))
        document.sentences.append(Sentence(0, len(text), 0))
    document._starts = [sentence.start for sentence in document.sentences]
    return document


def _rank(line: str) -> int:
    for pattern, rank in _RANKS:
        if pattern.match(line):
            return rank
    return 7


def _is_heading(line: str, rank: int) -> bool:
    if len(line) > _HEADING_LENGTH or "|" in line or line.count(";") > 1:
        return False
    bare = _NUMBERING.sub("", line)
    if not bare:
        return rank <= 5
    if bare[-1] in ".;,!?…" or any(character.isdigit() for character in bare[:1]):
        return False
    if rank in (6,):
        return False
    if ":" in bare[:-1] and not bare.isupper():
        return False
    words = bare.split()
    if rank <= 5:
        return len(words) <= 18
    return bare.isupper() or len(words) <= 9


def _split_sentences(document: Document, start: int, end: int) -> None:
    text = document.unfolded
    line = len(document.lines) - 1
    begin = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        if stop >= end:
            break
        if match[0].startswith(".") and len(match[0]) == 1:
            if _ABBREVIATED.search(text, max(start, match.start() - 8), match.start()):
                continue
            if match.start() - begin <= 3 and text[begin : match.start()].strip().isalnum():
                continue
        if not _STARTS_SENTENCE.match(text, stop):
            continue
        document.sentences.append(Sentence(begin, stop, line))
        begin = stop
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        document.sentences.append(Sentence(begin, end, line))
