"""Counting what was read against what was marked.

An indicator is right when its key and value are; one that says again, in other words, what the
text states elsewhere is not counted against reading (the rules of annotation ask for that).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from danchu.reporting.reading.extraction import Reading

from .calibration import Said
from .corpus import LABELS, Annotated

CORE, ALL, VALUES = "core keys", "all keys", "values"
# One answer a text, which may be "none".
_SINGLE = {
    "doc_kind": "kind of text",
    "unit.name": "unit: name",
    "unit.level": "unit: level",
    "unit.province": "unit: province",
    "period": "period",
    "event_date": "date",
}
_ATTRIBUTES = ("unit", "approx", "denominator", "part_of", "scope", "period", "previous")
OVERLAP = 0.5
"""A finding is right when it shares this part of its characters with a marked one."""


@dataclass(slots=True)
class Score:
    """Counts of one field."""

    right: int = 0
    extra: int = 0
    missed: int = 0
    empty: int = 0
    """Texts where nothing was marked and nothing read."""

    @property
    def precision(self) -> float:
        """Of what was read, the share that is right."""
        return _share(self.right, self.right + self.extra)

    @property
    def recall(self) -> float:
        """Of what was marked, the share that was read."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Both in one."""
        return _share(2 * self.right, 2 * self.right + self.extra + self.missed)

    @property
    def accuracy(self) -> float:
        """Of single answers, the share that is right, "none" among them."""
        return _share(
            self.right + self.empty, self.right + self.empty + max(self.extra, self.missed)
        )

    def add(self, other: Score) -> None:
        """Pool with another text."""
        self.right += other.right
        self.extra += other.extra
        self.missed += other.missed
        self.empty += other.empty


def _share(part: int, whole: int) -> float:
    """Nothing to find and nothing found is no fault."""
    return part / whole if whole else 1.0


@dataclass(slots=True)
class Scored:
    """The scores of one text, or of all of them pooled."""

    scores: dict[str, Score] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """What was missed (-), read too much (+) and answered otherwise (*)."""

    def of(self, name: str) -> Score:
        """The score of a field, made when it is first asked for."""
        return self.scores.setdefault(name, Score())

    def add(self, other: Scored) -> None:
        """Pool with another text."""
        for name, score in other.scores.items():
            self.of(name).add(score)
        self.said += other.said


def score(reading: Reading, text: Annotated, core: frozenset[str]) -> Scored:
    """What ``reading`` made of one text."""
    scored = Scored()
    _indicators(scored, reading, text.gold, core)
    _single(scored, reading, text.gold)
    _attributes(scored, reading, text.gold)
    _sets(
        scored,
        "legal references",
        {r.canonical or r.surface for r in reading.legal_refs},
        {r.get("canonical") or r["surface"] for r in text.gold["legal_refs"]},
    )
    _sets(
        scored,
        "persons: name",
        _folded(p.name for p in reading.persons),
        _folded(p["name"] for p in text.gold["persons"]),
    )
    _findings(scored, reading, text)
    return scored


def _value(value: Any) -> float:
    return round(float(value), 6)


def _indicators(
    scored: Scored, reading: Reading, gold: dict[str, Any], core: frozenset[str]
) -> None:
    marked = Counter((x["key"], _value(x["value"])) for x in gold["indicators"])
    found = Counter((i.key, _value(i.value)) for i in reading.indicators)
    missed, extra = marked - found, Counter({k: n for k, n in found.items() if k not in marked})
    scored.wrong += [f"- {key} {value:g}" for key, value in missed]
    scored.wrong += [f"+ {key} {value:g}" for key, value in extra]
    for name, kept in ((CORE, core), (ALL, None)):
        _pairs(scored.of(name), *(_kept(pairs, kept) for pairs in (marked, found)))
    _pairs(scored.of(VALUES), *(_values(pairs) for pairs in (marked, found)))
    scored.said += [
        Said(i.confidence, (i.key, _value(i.value)) in marked) for i in reading.indicators
    ]


def _kept(pairs: Counter[Any], keys: frozenset[str] | None) -> Counter[Any]:
    return Counter({pair: n for pair, n in pairs.items() if keys is None or pair[0] in keys})


def _values(pairs: Counter[Any]) -> Counter[Any]:
    values: Counter[Any] = Counter()
    for (_, value), number in pairs.items():
        values[value] += number
    return values


def _pairs(total: Score, marked: Counter[Any], found: Counter[Any]) -> None:
    right = (marked & found).total()
    total.right += right
    total.missed += (marked - found).total()
    total.extra += sum(n for pair, n in found.items() if pair not in marked)


def _attributes(scored: Scored, reading: Reading, gold: dict[str, Any]) -> None:
    """Fields of the indicators that were found, each against the marked one nearest to it."""
    free = [i.as_json() for i in reading.indicators]
    for marked in gold["indicators"]:
        same = [
            i
            for i in free
            if i["key"] == marked["key"] and _value(i["value"]) == _value(marked["value"])
        ]
        if not same:
            continue
        found = min(same, key=lambda i: abs(i["char_start"] - marked["char_start"]))
        free.remove(found)
        for name in _ATTRIBUTES:
            want, have = (_plain(x.get(name)) for x in (marked, found))
            _answer(scored.of(f"figures: {name}"), want, have)
        shared = min(found["char_end"], marked["char_end"]) > max(
            found["char_start"], marked["char_start"]
        )
        _answer(scored.of("figures: words"), True, shared)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.casefold().split()) or None
    if isinstance(value, dict):
        return (value.get("start"), value.get("end"))
    return value or None


def _answer(total: Score, want: Any, have: Any) -> None:
    if want == have:
        total.right += want is not None
        total.empty += want is None
    else:
        total.extra += have is not None
        total.missed += want is not None


def _single(scored: Scored, reading: Reading, gold: dict[str, Any]) -> None:
    document = reading.as_json()
    for path, name in _SINGLE.items():
        have, want = document, gold
        for step in path.split("."):
            have, want = have[step], want.get(step) or None
        if isinstance(want, str) and path == "unit.name":
            have, want = _plain(have), _plain(want)
        _answer(scored.of(name), want, have)
        if have != want:
            scored.wrong.append(f"* {name}: {_short(have)} instead of {_short(want)}")


def _short(answer: Any) -> str:
    if isinstance(answer, dict):
        return " ".join(str(part) for part in answer.values())
    return "none" if answer is None else str(answer)


def _sets(scored: Scored, name: str, got: set[Hashable], marked: set[Hashable]) -> None:
    scored.of(name).add(Score(len(got & marked), len(got - marked), len(marked - got)))
    scored.wrong += [f"- {name}: {x}" for x in sorted(marked - got, key=str)]
    scored.wrong += [f"+ {name}: {x}" for x in sorted(got - marked, key=str)]


def _folded(entries: Iterable[str]) -> set[Hashable]:
    return {" ".join(entry.casefold().split()) for entry in entries}


def _findings(scored: Scored, reading: Reading, text: Annotated) -> None:
    for label in LABELS:
        have = [(f.char_start, f.char_end) for f in getattr(reading.findings, label)]
        want = [(f["char_start"], f["char_end"]) for f in text.gold["findings"][label]]
        free, right = list(have), 0
        for span in want:
            best = max(free, key=lambda other: _shared(span, other), default=None)
            if best is not None and _shared(span, best) >= OVERLAP:
                free.remove(best)
                right += 1
        scored.of(f"findings: {label}").add(Score(right, len(free), len(want) - right))
        read, marked = _places(have), _places(want)
        scored.of(f"findings, characters: {label}").add(
            Score(len(read & marked), len(read - marked), len(marked - read))
        )


def _places(spans: list[tuple[int, int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def _shared(one: tuple[int, int], other: tuple[int, int]) -> float:
    inside = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return inside / (max(one[1], other[1]) - min(one[0], other[0]))
