"""How well reading finds what people marked in a set of texts.

    python -m bench.reading_quality FOLDER [--floor F1] [--verbose]

FOLDER holds ``articles/*.txt`` and ``gold/*.json`` of the same names. Printed for each field:
precision, recall and F1. An indicator is right when its key and value are; one that says again,
in other words, what a text states elsewhere is not counted against reading. A finding is right
when it shares half of its characters with a marked one. ``--floor`` ends with 1 when the F1 of
the indicators lies below it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from danchu.reporting.reading.extraction import Reading, extract_text, read_text

_LABELS = ("achievements", "limitations", "tasks")
# A date or level is one answer a text: right or wrong, so precision and recall are the same.
_SINGLE = ("doc_kind", "unit.level", "unit.province", "period", "event_date")
_ATTRIBUTES = ("unit", "approx", "denominator", "part_of", "previous")


@dataclass(slots=True)
class Score:
    """Counts of one field."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / ((self.right + self.extra) or 1)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + self.missed) or 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / ((2 * self.right + self.extra + self.missed) or 1)

    def add(self, right: int, extra: int, missed: int) -> None:
        self.right += right
        self.extra += extra
        self.missed += missed


Scores = dict[str, Score]


def _value(value: Any) -> float:
    return round(float(value), 6)


def _sets(scores: Scores, field: str, got: set[Hashable], gold: set[Hashable]) -> None:
    scores.setdefault(field, Score()).add(len(got & gold), len(got - gold), len(gold - got))


def _indicators(scores: Scores, reading: Reading, gold: dict[str, Any]) -> list[str]:
    marked = Counter((x["key"], _value(x["value"])) for x in gold["indicators"])
    found = Counter((i.key, _value(i.value)) for i in reading.indicators)
    right = marked & found
    extra = {pair: n for pair, n in (found - marked).items() if pair not in marked}
    missed = marked - found
    scores.setdefault("indicators (key, value)", Score()).add(
        right.total(), sum(extra.values()), missed.total()
    )
    _attributes(scores, reading, gold)
    return [f"- {key} {value:g}" for key, value in missed] + [
        f"+ {key} {value:g}" for key, value in extra
    ]


def _attributes(scores: Scores, reading: Reading, gold: dict[str, Any]) -> None:
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
        for attribute in _ATTRIBUTES:
            want = marked.get(attribute) or None
            have = found[attribute] or None
            score = scores.setdefault(f"  indicator.{attribute}", Score())
            score.add(*((1, 0, 0) if want == have else (0, have is not None, want is not None)))
        overlap = min(found["char_end"], marked["char_end"]) > max(
            found["char_start"], marked["char_start"]
        )
        score = scores.setdefault("  indicator.words overlap", Score())
        score.add(*((1, 0, 0) if overlap else (0, 1, 1)))


def _single(scores: Scores, reading: Reading, gold: dict[str, Any]) -> None:
    document = reading.as_json()
    for field in _SINGLE:
        have, want = document, gold
        for name in field.split("."):
            have, want = have[name], want[name]
        score = scores.setdefault(field, Score())
        if have == want:
            score.add(int(want is not None), 0, 0)
        else:
            score.add(0, int(have is not None), int(want is not None))


def _findings(scores: Scores, reading: Reading, gold: dict[str, Any]) -> None:
    for label in _LABELS:
        have = [(f.char_start, f.char_end) for f in getattr(reading.findings, label)]
        right = 0
        for marked in gold["findings"][label]:
            want = (marked["char_start"], marked["char_end"])
            best = max(have, key=lambda span: _shared(span, want), default=None)
            if best is not None and _shared(best, want) >= 0.5:
                have.remove(best)
                right += 1
        missed = len(gold["findings"][label]) - right
        scores.setdefault(f"findings.{label}", Score()).add(right, len(have), missed)


def _shared(one: tuple[int, int], other: tuple[int, int]) -> float:
    inside = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return inside / (max(one[1], other[1]) - min(one[0], other[0]))


def _names(entries: Iterable[str]) -> set[Hashable]:
    return {" ".join(entry.casefold().split()) for entry in entries}


def measure(folder: Path, *, verbose: bool = False) -> tuple[Scores, float]:
    """The scores of all fields, and reports read in a second of processor time."""
    scores: Scores = {}
    texts: list[tuple[str, dict[str, Any]]] = []
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        source = extract_text(folder / "articles" / f"{path.stem}.txt")
        texts.append((source.text, gold))
        reading = read_text(source.text, path.stem)
        wrong = _indicators(scores, reading, gold)
        if verbose and wrong:
            print(path.stem, *wrong, sep="\n  ")
        _single(scores, reading, gold)
        _findings(scores, reading, gold)
        _sets(
            scores,
            "persons (name)",
            _names(p.name for p in reading.persons),
            _names(p["name"] for p in gold["persons"]),
        )
        _sets(
            scores,
            "legal_refs (symbol)",
            {r.canonical or r.surface for r in reading.legal_refs},
            {r["canonical"] or r["surface"] for r in gold["legal_refs"]},
        )
    begun = time.process_time()
    for text, _ in texts:
        read_text(text)
    return scores, len(texts) / ((time.process_time() - begun) or 1)


def main(arguments: list[str] | None = None) -> int:
    """Print the table of scores; 1 when the indicators lie below the floor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--floor", type=float, default=0.0, metavar="F1")
    parser.add_argument("--verbose", action="store_true", help="name what was missed and added")
    options = parser.parse_args(arguments)
    if not (options.folder / "gold").is_dir():
        parser.error(f"{options.folder} holds no folder gold")
    scores, rate = measure(options.folder, verbose=options.verbose)
    print(f"{'field':28} {'precision':>9} {'recall':>7} {'F1':>6}  right/extra/missed")
    for field, score in scores.items():
        print(
            f"{field:28} {score.precision:9.3f} {score.recall:7.3f} {score.f1:6.3f}  "
            f"{score.right}/{score.extra}/{score.missed}"
        )
    print(f"{rate:.0f} reports read in a second of one core")
    return int(scores["indicators (key, value)"].f1 < options.floor)


if __name__ == "__main__":
    sys.exit(main())
