"""How a report's sentences print: numbers as officers write them, noughts in words, no gaps.

In Vietnamese a count under ten in running text has a leading 0 ("02 hội nghị"); a nought is
said in words ("Trong kỳ không phát sinh …"). In English numbers have English separators and a
template says "inspection|inspections was|were" for one and for many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text
from danchu.reporting.figures.models import CellState, Layer

from .figures import ReportFigure
from .outline import Literal, Optional, Part, Sentence, Slot, Total

SMALLEST_BASE = 10  # a share or a change of fewer is told by its counts, never as a rate
MEASURED = {"VND", "m2", "m", "hour", "point", "percent"}
_ONE_OR_MANY = re.compile(r"([^\s|]+)\|([^\s|.,;:]+)")
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_LEFT_OVER = re.compile(r"^[\s,;:]+")
_AMONG = re.compile(r"^, trong đó (?:có )?")
_PROPER = ("Ban ", "Bộ ", "Mặt trận", "Ủy ban", "Đảng", "Nhân dân", "Dân vận", "Chương trình")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: words, or a printed figure with its reference."""

    text: str
    figure: ReportFigure | None = None


def in_english(figure: ReportFigure) -> ReportFigure:
    """The figure with its numbers as English prints them: "4,984", "90.49%"."""
    return figure._replace(
        text=english_numbers(figure.text), remark_en=english_numbers(figure.remark_en)
    )


def english_numbers(text: str) -> str:
    """The text with the separators of its numbers exchanged: "4.984" is "4,984"."""
    swap = str.maketrans(".,", ",.")
    return _NUMBER.sub(lambda found: found[0].translate(swap), text)


def in_prose(figure: ReportFigure, language: str) -> str:
    """The figure's number in running text."""
    if figure.meaning.nature == "change":
        return _changed(figure.text, language)
    return _number(figure.text, figure.meaning, language)


def _number(text: str, meaning: Definition, language: str) -> str:
    small = text.isdecimal() and len(text) == 1 and text != "0"
    if language != "en" and small and meaning.unit not in MEASURED:
        return f"0{text}"
    return text


def _changed(text: str, language: str) -> str:
    """A change said by its verb: "tăng 12,5%", "fell by 3%"."""
    english = language == "en"
    size = text.lstrip("+-−")
    if not size.strip("0.,%"):
        return "did not change" if english else "không thay đổi"
    if text[:1] in "-−":
        return f"fell by {size}" if english else f"giảm {size}"
    return f"rose by {size}" if english else f"tăng {size}"


def is_nought(figure: ReportFigure | None) -> bool:
    """Whether the figure is a count of nought, which is said in words and never as "0"."""
    return figure is not None and figure.state == CellState.ZERO and not figure.meaning.is_rate


def is_sayable(figure: ReportFigure | None) -> bool:
    """Whether running text prints the figure: it has a value, and no share of a handful."""
    return figure is not None and figure.has_value and not is_of_few(figure)


def is_of_few(figure: ReportFigure) -> bool:
    """Whether the figure is a share of fewer than ten: "66,7%" of three says more than is known."""
    return figure.denominator is not None and figure.denominator < SMALLEST_BASE


def counts_or_text(figure: ReportFigure) -> str:
    """The figure as a table prints it: a share of fewer than ten as its two counts, "2/3"."""
    return f"{figure.numerator}/{figure.denominator}" if is_of_few(figure) else figure.text


def stands(sentence: Sentence, figures: Mapping[str, ReportFigure]) -> bool:
    """Whether the sentence is printed at all: its figures are there and no fuller one is."""
    return all(is_sayable(figures.get(key)) for key in sentence.needs) and not any(
        key in figures and figures[key].has_value for key in sentence.unless
    )


def noughts_of(sentence: Sentence, figures: Mapping[str, ReportFigure]) -> list[ReportFigure]:
    """The figures of a sentence that would print nothing but noughts; else none."""
    always = [figures[part.key] for part in sentence.vi if isinstance(part, Slot)]
    clauses = _in_clauses(sentence)
    if not all(is_nought(figure) for figure in always):
        return []
    known = [figures[k] for k in clauses if k in figures and figures[k].has_value]
    if any(not is_nought(figure) for figure in known):
        return []
    return always or (known if sentence.none_vi else [])  # a sentence of clauses only


def noughts_beside(sentence: Sentence, figures: Mapping[str, ReportFigure]) -> list[ReportFigure]:
    """What a printed sentence of clauses only leaves out as nought, to be said by its own words."""
    if not sentence.none_vi or any(isinstance(part, Slot) for part in sentence.vi):
        return []
    return [figures[k] for k in _in_clauses(sentence) if is_nought(figures.get(k))]


def _in_clauses(sentence: Sentence) -> list[str]:
    """The figures that stand in clauses, in their order."""
    return [
        inner.key
        for part in sentence.vi
        if isinstance(part, Optional)
        for inner in part.parts
        if isinstance(inner, Slot)
    ]


def pieces_of(
    parts: tuple[Part, ...], figures: Mapping[str, ReportFigure], language: str
) -> tuple[Piece, ...]:
    """The parts with figures printed, from a capital on; a clause of noughts is left out."""
    return _begun(_printed(parts, figures, language))


def _printed(
    parts: Iterable[Part], figures: Mapping[str, ReportFigure], language: str
) -> list[Piece]:
    out: list[Piece] = []
    is_one = False
    among = False  # the clause just printed tells a part of what stands before it
    for part in parts:
        if isinstance(part, Optional):
            if _clause_stands(part, figures):
                clause = _printed(part.parts, figures, language)
                if among:
                    clause = _without_among(clause)
                if not out:
                    out += _begun(clause)
                elif out[-1].text.endswith(" "):  # the clause before it was left out
                    out += _without_comma(clause)
                else:
                    out += clause
                among = bool(_AMONG.match(_text_of(part)))
            continue
        among = False
        if isinstance(part, Literal):
            out.append(Piece(_one_or_many(part.text, is_one=is_one)))
        elif isinstance(part, Total):
            text = _total(part, figures, language)
            is_one = text in ("1", "01")
            out.append(Piece(text))
        else:
            found = figures[part.key]
            is_one = found.text == "1"
            if part.says_none and is_nought(found):
                out.append(Piece("none" if language == "en" else "không có", found))
                continue
            out.append(Piece(in_prose(found, language), found))
            remark = found.remark_en if language == "en" else found.remark_vi
            # What an old text says beside a figure that is not from it is for the screen and the
            # evidence annex; where the figure comes from a text, the paper says how it does.
            if remark and found.layer == Layer.STATED:
                out.append(Piece(f" ({remark})"))
    return out


def _clause_stands(clause: Optional, figures: Mapping[str, ReportFigure]) -> bool:
    """Whether every figure of a clause is known and none is nought, but where a nought is said."""
    slots = [part for part in clause.parts if isinstance(part, Slot)]
    if not all(is_sayable(figures.get(slot.key)) for slot in slots):
        return False
    noughts = [slot for slot in slots if figures[slot.key].state == CellState.ZERO]
    if not all(slot.says_none for slot in noughts):
        return False
    if not any(isinstance(part, Total) for part in clause.parts):
        return True
    amounts = [figures[slot.key].amount for slot in slots]
    return None not in amounts and any(amounts)


def _total(total: Total, figures: Mapping[str, ReportFigure], language: str) -> str:
    added = [figures[key] for key in total.keys]
    text = amount_text(added[0].meaning, sum(figure.amount or 0 for figure in added))
    return _number(english_numbers(text) if language == "en" else text, added[0].meaning, language)


def _text_of(clause: Optional) -> str:
    first = clause.parts[0]
    return first.text if isinstance(first, Literal) else ""


def _without_among(clause: list[Piece]) -> list[Piece]:
    """One "trong đó" is said for all the parts that follow each other."""
    if clause[0].figure is not None:
        return clause
    return [Piece(_AMONG.sub(", ", clause[0].text)), *clause[1:]]


def _begun(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces without what a left-out clause left at the beginning, from a capital on."""
    out = list(pieces)
    while out and out[0].figure is None:
        text = _LEFT_OVER.sub("", out[0].text)
        if text:
            out[0] = Piece(text[:1].upper() + text[1:])
            break
        out.pop(0)
    return tuple(out)


def _without_comma(pieces: list[Piece]) -> list[Piece]:
    first = pieces[0]
    if first.figure is not None:
        return pieces
    text = _LEFT_OVER.sub("", first.text)
    return [*([Piece(text)] if text else []), *pieces[1:]]


def _one_or_many(text: str, *, is_one: bool) -> str:
    group = 1 if is_one else 2
    return _ONE_OR_MANY.sub(lambda found: found[group], text)


def noughts_said(
    noughts: Iterable[tuple[Sentence, list[ReportFigure]]], language: str
) -> list[tuple[Piece, ...]]:
    """Sentences that say in words what did not happen and what there is none of.

    A sentence's own words for a nought go before the general ones; where it has a name for each
    of its clauses ("Chưa khen thưởng | tập thể | cá nhân"), those that are nought are named.
    """
    found: list[ReportFigure] = []
    own: dict[str, list[tuple[str, ReportFigure]]] = {}
    for sentence, figures in noughts:
        none = sentence.none_en if language == "en" else sentence.none_vi
        if none is None:
            found += figures
        elif none:
            begin, *names = none.split(" | ")
            if len(names) < 2:
                own.setdefault(begin, []).append((names[0] if names else "", figures[0]))
                continue
            by_key = dict(zip(_in_clauses(sentence), names, strict=False))
            own.setdefault(begin, []).extend((by_key[f.key], f) for f in figures)
    return [_own_words(begin, named) for begin, named in own.items()] + _general(found, language)


def _own_words(begin: str, named: list[tuple[str, ReportFigure]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for number, (name, figure) in enumerate(named):
        if not number:
            pieces.append(Piece(f"{begin} {name}".rstrip(), figure))
        else:
            pieces += [Piece(", "), Piece(name, figure)]
    return (*pieces, Piece("."))


def _general(found: list[ReportFigure], language: str) -> list[tuple[Piece, ...]]:
    happened = [figure for figure in found if figure.meaning.nature == "flow"]
    there = [figure for figure in found if figure.meaning.nature != "flow"]
    english = language == "en"
    said = []
    for group, words in (
        (
            happened,
            "Nothing was recorded in the period of: " if english else "Trong kỳ không phát sinh ",
        ),
        (there, "There are none of: " if english else "Không có "),
    ):
        if group:
            said.append((Piece(words), *_named(group, language), Piece(".")))
    return said


def _named(figures: list[ReportFigure], language: str) -> Iterable[Piece]:
    for number, figure in enumerate(figures):
        if number:
            yield Piece("; ")
        yield Piece(name_inside(figure.meaning, language), figure)


def name_inside(meaning: Definition, language: str) -> str:
    """An indicator's name within a sentence: a small first letter unless it is a proper name."""
    name = meaning.name_en if language == "en" else meaning.name_vi
    if language != "en" and name.startswith(_PROPER):
        return name
    return name[:1].lower() + name[1:]
