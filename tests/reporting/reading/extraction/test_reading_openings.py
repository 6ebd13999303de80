"""Patterns are tried only where they can match: what is found is what a search finds."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import danchu.demo_data
import danchu.reporting.reading.extraction as extraction
from danchu.reporting.reading.extraction import read_text
from danchu.reporting.reading.extraction.lexicon import RULES, TOPICS
from danchu.reporting.reading.extraction.lexicon.choosing import Near, choosing_for
from danchu.reporting.reading.extraction.lexicon.rules import RULES_BY_CLASS
from danchu.reporting.reading.extraction.lexicon.wording import LastWording, Wording, spaced
from danchu.reporting.reading.extraction.matching import plain
from danchu.reporting.reading.extraction.openings import (
    beginnings_of,
    is_of_whole_words,
    opening_of,
    pieces_of,
    words_in,
)
from danchu.reporting.reading.extraction.sought import Sought

PUBLISHED = Path(danchu.demo_data.__file__).parent / "published"
WORDINGS = Path(__file__).parent / "wordings"
TEXT = "\n".join(
    plain(path.read_text("utf-8"))
    for path in [*sorted(PUBLISHED.glob("*.txt"))[:2], WORDINGS / "paragraphs.txt"]
)


def _windows(number: int) -> list[tuple[int, int]]:
    """Parts of the text that begin and end within words too, as those of rules do."""
    chance = random.Random(number)
    starts = [chance.randrange(len(TEXT)) for _ in range(number)]
    return [(start, start + chance.choice((0, 1, 5, 23, 60, 140))) for start in starts]


def _wordings() -> Iterator[Wording]:
    yield from TOPICS.values()
    for rule in RULES:
        sides = (rule.before, rule.after, rule.unless, rule.then, rule.not_before, rule.not_after)
        yield from (wording for wording in (*sides, rule.title) if wording is not None)


def _sought() -> dict[str, Sought]:
    """Every pattern of the modules that read that is tried only where it can begin."""
    found: dict[str, Sought] = {}
    for module in pkgutil.walk_packages(extraction.__path__, f"{extraction.__name__}."):
        if ".sources" in module.name:
            continue
        names = vars(importlib.import_module(module.name))
        for name, value in names.items():
            for place, one in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(one, Sought):
                    found[f"{module.name}.{name}.{place}"] = one
    return found


def _spans(matches: Iterator[re.Match[str]]) -> list[tuple[int, int]]:
    return [match.span() for match in matches]


@pytest.mark.parametrize(
    ("source", "words", "beginnings"),
    [
        ("tiếp dân|đón tiếp", {"tiếp", "đón"}, set()),
        ("(?:đã )?giải quyết(?: xong)?", {"đã", "giải"}, set()),
        ("(?<!chưa )xong|(?:kỳ|năm) trước", {"xong", "kỳ", "năm"}, set()),
        ("đơn(?: thư)?", {"đơn"}, set()),
        ("quy(?:ết)? định", {"quy", "quyết"}, set()),
        ("cbcc\\w* xã", {"cbcc"}, {"cbc"}),
        ("hiến(?:[^.;]{0,50})?", {"hiến"}, {"hiế"}),
        ("20\\d\\d", set(), {"20"}),
    ],
)
def test_what_a_pattern_begins_with_is_told_from_its_source(
    source: str, words: set[str], beginnings: set[str]
) -> None:
    opening = opening_of(spaced(source))
    assert (opening.words, opening.beginnings) == (words, beginnings)


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        ("[^.;]{0,20} công chức", ("công",)),
        ("(?:các )?\\w+ viên", ("viên",)),
        ("\\(kế hoạch|\\w+ chỉ tiêu", ("hoạch", "tiêu")),
        ("\\d+|hộ", ()),
        ("(?i)đơn", ()),
    ],
)
def test_where_the_beginning_is_open_a_piece_is_known_or_nothing(
    source: str, pieces: tuple[str, ...]
) -> None:
    opening = opening_of(source)
    assert not opening.words and not opening.beginnings
    assert opening.within == pieces == pieces_of(source)


def test_a_pattern_says_itself_whether_it_is_of_whole_words() -> None:
    assert is_of_whole_words(r"(?<!\w)(?:đơn|hồ sơ)(?!\w)")
    assert not is_of_whole_words(r"(?<!\w)đơn|hồ sơ(?!\w)")
    assert not is_of_whole_words(r"(?:đơn|hồ sơ)(?!\w)")
    assert not is_of_whole_words(r"(?<!\w)(?:đơn|hồ sơ)")
    with pytest.raises(ValueError, match="any word"):
        Sought(r"(?:đơn|hồ sơ)").may_be_among(frozenset({"đơn"}))
    with pytest.raises(ValueError, match="anything"):
        Sought(r"[^.]*đơn").search("đơn")


@pytest.mark.parametrize("name", sorted(_sought()))
def test_a_sought_pattern_finds_what_a_search_with_it_finds(name: str) -> None:
    sought = _sought()[name]
    pattern = re.compile(sought.pattern)
    assert beginnings_of(sought.pattern)
    for text in (TEXT, TEXT.replace(" ", "  "), TEXT.upper()):
        assert _spans(sought.finditer(text)) == _spans(pattern.finditer(text))
    for start, end in _windows(60):
        assert _spans(sought.finditer(TEXT, start, end)) == _spans(
            pattern.finditer(TEXT, start, end)
        )
        # A slice ends there for "$" and begins there for "^".
        first, expected = sought.search(TEXT[start:end]), pattern.search(TEXT[start:end])
        assert (first and first.span()) == (expected and expected.span())
    if is_of_whole_words(sought.pattern) and not opening_of(sought.pattern).beginnings:
        words = words_in(TEXT)
        assert _spans(sought.finditer_among(words, TEXT)) == _spans(pattern.finditer(TEXT))


def test_every_wording_is_found_where_its_pattern_finds_it() -> None:
    words, found = words_in(TEXT), 0
    windows = [((start, end), words_in(TEXT[start:end])) for start, end in _windows(50)]
    for wording in dict.fromkeys(_wordings()):
        if isinstance(wording, LastWording):
            body = spaced(wording._source)
            pattern = re.compile(
                rf"(?s).*(?P<cue>(?:(?<!\w)|(?=[(/,]))(?:{body})(?:(?!\w)|(?<=[(/,])))"
            )
            for (start, end), near in windows:
                nearest = wording.nearest(TEXT, start, end, near)
                expected = pattern.match(TEXT, start, end)
                assert (nearest and nearest.span("cue")) == (expected and expected.span("cue"))
                found += expected is not None
            continue
        pattern = re.compile(rf"(?<!\w)(?P<cue>{spaced(wording._source)})(?!\w)")
        spans = _spans(pattern.finditer(TEXT))
        assert _spans(wording.among(words, TEXT)) == spans
        found += len(spans)
        for (start, end), near in windows:
            inside = _spans(pattern.finditer(TEXT, start, end))
            first, last = wording.search(TEXT, start, end), wording.last(TEXT, start, end)
            assert (first and first.span()) == (inside[0] if inside else None)
            assert (last and last.span()) == (inside[-1] if inside else None)
            assert wording.may_be_among(near) or not inside
    assert found > 2_000


@pytest.mark.parametrize("kind", ["case", "none", "person", "percent", "money"])
def test_no_rule_is_passed_over_whose_words_stand_around_a_number(kind: str) -> None:
    numbers = list(re.finditer(r"\d+(?:[.,]\d+)*", TEXT))
    tried = left_out = 0
    for one, following in pairwise(numbers[:400]):
        left = TEXT[max(0, one.start() - 90) : one.start()]
        right = TEXT[one.end() : min(following.start(), one.end() + 70)]
        near = Near(left, right, right, words_in(left))
        opened = {rule.name: sides for rule, *sides in choosing_for(kind).open_rules(near)}
        left_out += len(RULES_BY_CLASS[kind]) - len(opened)
        for rule in RULES_BY_CLASS[kind]:
            before = rule.before and rule.before.nearest(
                TEXT, one.start() - len(left), one.start(), near.words_before
            )
            after = rule.after and rule.after.pattern.search(right)
            at = rule.at and rule.at.pattern.match(right)
            if rule.at and not at:
                continue
            cued = (before and after) if rule.both else (before or after)
            if cued or (rule.before is None and rule.after is None):
                tried += 1
                assert opened[rule.name][0] or not before
                assert opened[rule.name][1] or not after
    assert tried > 20
    assert left_out > 5 * tried


def test_a_text_compiles_only_the_wordings_it_gives_reason_to() -> None:
    wording = Wording("tuyên dương hộ tiêu biểu")
    assert wording.search("thôn có 12 hộ", 0, 13) is None
    assert wording._pattern is None
    assert wording.search("đã tuyên dương hộ tiêu biểu", 0, 27) is not None
    assert wording._pattern is not None


def test_words_without_end_are_looked_at_but_not_remembered() -> None:
    side = choosing_for("case").before
    word = "giải" * 300_000
    assert side.open_for([word], word) == side.open_for([], "") | side.beginnings.get("giả", 0)
    assert word not in side
    for number in range(5_000):
        side.open_for([f"x{number}"], "")
    assert len(side) <= 2_000


def test_an_instrument_cited_with_wide_spaces_is_read() -> None:
    (cited,) = read_text("Căn cứ Nghị  định  số 59/2023/NĐ-CP, xã có 12 hộ.").legal_refs
    assert cited.canonical == "59/2023/NĐ-CP"
    assert [
        ref.canonical for ref in read_text("Theo Chỉ  thị 30-CT/TW và nghị  định 59.").legal_refs
    ][:1] == ["30-CT/TW"]
