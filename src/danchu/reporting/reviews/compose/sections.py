"""The sections of a report: sentences that flow, findings below them, empty ones marked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.reporting.reading.selectors import findings_of

from ..edits import EditView
from ..figures import ReportFigure
from ..notes import notes_of
from ..outline import AREA, Section, Sentence, heading_number
from ..prose import Piece, name_inside, noughts_beside, noughts_of, noughts_said, pieces_of, stands
from ..wording import words
from .coverage import Spread, coverage_said, of_words, spread_of
from .editing import put_in
from .one_source import fitting
from .report import ComposedParagraph, ComposedSection

_DONE_BY_SOMEONE = (
    "Ban hành ",
    "Công nhận ",
    "Đã tổ chức ",
    "Đăng ký ",
    "Ghi nhận ",
    "Giải quyết ",
    "Hoàn thành ",
    "Khảo sát",
    "Khen thưởng ",
    "Mở ",
    "Rà soát ",
    "Thành lập",
    "Thực hiện ",
    "Tiến hành ",
    "Tiếp ",
    "Tổ chức ",
)  # sentences of the outline that begin with what was done
_PART = re.compile(r"(?:trong đó|cụ thể|bao gồm|gồm có)\b", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"')


def found_and_written(
    viewer: Actor, unit_id: int, period: Period, figures: dict[str, ReportFigure]
) -> dict[str, list[ComposedParagraph]]:
    """Kind -> what was read and written. A read sentence that gives a figure, or a part of the
    one before it ("Trong đó …"), is no judgement: its number stands among the results."""
    counted = {f.stated.surface for f in figures.values() if f.stated and f.stated.surface}
    found: dict[str, list[ComposedParagraph]] = {}
    for kind, texts in findings_of(viewer, unit_id, period).items():
        found.setdefault(kind, []).extend(
            ComposedParagraph((Piece(_sentence(text)),), "read")
            for text in texts
            if not _PART.match(text.strip()) and not any(said in text for said in counted)
        )
    for note in notes_of(viewer, unit_id, period):
        found.setdefault(note.kind, []).append(
            ComposedParagraph((Piece(_sentence(note.text)),), "written", note_id=note.note_id)
        )
    return found


def _sentence(text: str) -> str:
    """A finding as a sentence of its own: a capital first, one full stop, curly quotes."""
    joined = _QUOTED.sub("“\\1”", " ".join(text.split()).rstrip(" ;,.…"))
    return joined[:1].upper() + joined[1:] + "."


@dataclass(frozen=True, slots=True)
class Saying:
    """For which level, day and language a report is worded, and whether it names what lacks."""

    level: str
    on: dt.date
    language: str
    tells_missing: bool
    changes: Mapping[str, str]
    halves: Mapping[str, str]  # indicator -> the half of the year that is known
    kinds: str = ""  # of the units that must report: "xã, phường"
    done_below: bool = False  # the figures are those that units below handed in
    area: str = ""  # what reports, as "toàn {area}" says it: "xã", "tỉnh"
    whole: tuple[int, int] | None = None  # n of N that the opening tells for all figures
    edits: Mapping[str, EditView] = field(default_factory=dict)  # place -> an officer's wording


def sections_of(
    rows: tuple[Section, ...],
    say: Saying,
    figures: dict[str, ReportFigure],
    findings: dict[str, list[ComposedParagraph]],
    depth: int = 1,
) -> list[ComposedSection]:
    made: list[ComposedSection] = []
    english = say.language == "en"
    held = [row for row in rows if row.holds(say.level, say.on)]
    given = 0  # no gap where one is left out
    for row in held:
        paragraphs = put_in(_flowing(row.sentences, figures, say), row.id, say.edits)
        items = [item for kind in row.findings for item in findings.get(kind, [])]
        below = sections_of(row.children, say, figures, findings, depth + 1)
        has_more = any(not section.is_empty for section in below)
        is_empty = not (paragraphs or items or has_more)
        empty = row.empty_en if english else row.empty_vi
        if empty and say.tells_missing and not (paragraphs or items or below):
            paragraphs = [ComposedParagraph((Piece(empty),), "empty", row.id)]
        if paragraphs or items or below:
            given += not is_empty
            made.append(
                ComposedSection(
                    id=row.id,
                    number="" if is_empty else heading_number(depth, given),
                    title=row.title_en if english else row.title_vi,
                    depth=depth,
                    paragraphs=tuple(paragraphs),
                    items=tuple(items),
                    is_empty=is_empty,
                )
            )
            made.extend(below)
    if given == 1 and depth > 1:  # one child alone is not counted
        made = _without_its_heading(made, depth)
    return made


def _without_its_heading(made: list[ComposedSection], depth: int) -> list[ComposedSection]:
    """The one known section of ``depth`` without number; what stands below it moves up to it."""
    raised: list[ComposedSection] = []
    given = 0
    for row in made:
        if row.depth == depth:
            raised.append(replace(row, number="", is_lone=not row.is_empty))
            continue
        number = row.number
        if row.depth == depth + 1 and number:
            given += 1
            number = heading_number(depth, given)
        raised.append(replace(row, depth=row.depth - 1, number=number))
    return raised


def _flowing(
    sentences: tuple[Sentence, ...], figures: dict[str, ReportFigure], say: Saying
) -> list[ComposedParagraph]:
    """The sentences of a section run on in one paragraph; what did not happen is said last."""
    paragraphs: list[list[Piece]] = []
    begun_by: list[str] = []  # what begins each paragraph but the first: its stable name
    spreads: list[Spread | None] = []  # of how many units each paragraph says that it is
    noughts: list[tuple[Sentence, list[ReportFigure]]] = []
    every = figures
    for sentence in sentences:
        if not stands(sentence, every):
            continue
        figures = fitting(sentence, every, say.language)
        if not all(key in figures for key in sentence.needs):
            continue
        nothing = noughts_of(sentence, figures)
        if nothing:
            noughts.append((sentence, nothing))
            continue
        parts = sentence.en if say.language == "en" else sentence.vi
        pieces = list(pieces_of(parts, figures, say.language))
        if not any(piece.figure for piece in pieces):
            continue
        printed = [piece.figure for piece in pieces if piece.figure]
        beside = [f for f in noughts_beside(sentence, figures) if f not in printed]
        if beside:
            noughts.append((sentence, beside))
        pieces = _with_change(_with_area(pieces, say), say)
        pieces, told = _with_doers(pieces, say, begins=not paragraphs)
        if paragraphs and not sentence.apart:
            paragraphs[-1] += [Piece(" "), *pieces]
        else:
            paragraphs.append(pieces)
            begun_by.append(sentence.id if sentence.apart else "")
            spreads.append(told or say.whole)
    for said in noughts_said(noughts, say.language):
        if paragraphs:
            paragraphs[-1] += [Piece(" "), *said]
        else:
            paragraphs.append(list(said))
            begun_by.append("")
            spreads.append(say.whole)
    return [
        ComposedParagraph(
            (
                *pieces,
                *coverage_said(
                    [p.figure for p in pieces if p.figure], say.kinds, say.language, spread
                ),
                *_halves_said(pieces, say),
            ),
            place=begun,
        )
        for pieces, begun, spread in zip(paragraphs, begun_by, spreads, strict=True)
    ]


def _with_area(pieces: list[Piece], say: Saying) -> list[Piece]:
    """The pieces with the name of what reports, words that follow each other as one."""
    made: list[Piece] = []
    for piece in pieces:
        text = piece.text if piece.figure else piece.text.replace(AREA, say.area)
        if made and piece.figure is None and made[-1].figure is None:
            made[-1] = Piece(made[-1].text + text)
        else:
            made.append(Piece(text, piece.figure))
    return made


def _with_doers(
    pieces: list[Piece], say: Saying, *, begins: bool
) -> tuple[list[Piece], Spread | None]:
    """Work of communes is told as theirs: "Các xã, phường đã …", "Toàn tỉnh đã …".

    Where some are not in, the sentence says whose figures it tells ("Theo số liệu của 01/02 xã,
    phường đã nộp: …"): "01/02 xã, phường đã tổ chức" would say that the others did nothing.
    With it, of how many the sentence now says that it is.
    """
    first, whole = pieces[0].text, f"Toàn {say.area} đã "
    of_all = first.startswith(whole)
    if say.language == "en" or not (of_all or (begins and first.startswith(_DONE_BY_SOMEONE))):
        return pieces, None
    spread = spread_of(piece.figure for piece in pieces if piece.figure)
    is_part = spread is not None and spread[0] < spread[1]
    if not is_part if of_all else not say.done_below:
        return pieces, None
    done = first.removeprefix(whole).removeprefix("Đã ")
    if not say.done_below:  # known from records, its own offices' among them
        return [Piece(f"Đã {done}"), *pieces[1:]], None
    done = f"{done[:1].lower()}{done[1:]}"
    if spread is None or not is_part:
        return [Piece(f"Các {say.kinds} đã {done}"), *pieces[1:]], spread
    # Who handed in may still have left this figure open.
    handed_in = " đã nộp" if spread == say.whole else ""
    known_of = f"Theo số liệu của {of_words(spread, say.language)} {say.kinds}{handed_in}"
    return [Piece(f"{known_of}: {done}"), *pieces[1:]], spread


def _with_change(pieces: list[Piece], say: Saying) -> list[Piece]:
    """A sentence of one figure ends with its rise or fall against the year before."""
    printed = [piece.figure for piece in pieces if piece.figure]
    change = say.changes.get(printed[0].key, "") if len(printed) == 1 else ""
    if not change or not pieces[-1].text.endswith("."):
        return pieces
    against = " on the year before" if say.language == "en" else " so với cùng kỳ năm trước"
    return [*pieces[:-1], Piece(f"{pieces[-1].text[:-1]}, {change}{against}.")]


def _halves_said(pieces: list[Piece], say: Saying) -> list[Piece]:
    """After a paragraph of a year: which of its figures are of one half only."""
    printed = {p.figure.key: p.figure for p in pieces if p.figure and not p.figure.meaning.is_rate}
    part = [figure for key, figure in printed.items() if key in say.halves]
    halves = dict.fromkeys(say.halves[figure.key] for figure in part)
    if not part:
        return []
    told = words(say.language)
    if len(part) == len(printed) and len(halves) == 1:
        all_said = told.half_one if len(part) == 1 else told.half_all
        return [Piece(" " + all_said.format(half=next(iter(halves))))]
    groups = [
        told.half_group.format(
            names=", ".join(
                name_inside(figure.meaning, say.language)
                for figure in part
                if say.halves[figure.key] == half
            ),
            half=half,
        )
        for half in halves
    ]
    return [Piece(f" {told.half_some.format(groups='; '.join(groups))}")]
