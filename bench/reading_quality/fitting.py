"""Fitting the confidence of figures on folders of marked texts.

    python -m bench.reading_quality.fitting [--save FILE] [--from FILE] [--write] [FOLDER ...]

Reads every folder, weighs the signs of each figure (``extraction.confidence``) by a logistic
regression with a penalty, and says how far confidence and truth lie apart when each folder is held
out in turn. ``--save`` keeps the signs, so that readings of texts whose wordings nobody had learned
from yet can be fitted on later with ``--from``; ``--write`` writes the weights into the package.
Figures of texts that shaped the rules are nearly all right: fit on first readings, or the result
promises too much.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from danchu.reporting.reading.extraction import confidence, read_text, weights

from .calibration import Said, expected_error
from .corpus import load

_PENALTY = 2.0
# What a sign is held to mean where no text shows it: a number that may be something else.
_PRIOR = {"doubtful": -1.0}
_STEPS = 40
_TENTHS = 10
_CLOSE = 1e-9
# A figure is never called surer than so many right ones in a row would tell.
_FEWEST_WRONG = 1.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One figure that was read: its folder, its signs, whether it was right."""

    folder: str
    signs: tuple[float, ...]
    right: bool


def samples_of(folder: Path) -> list[Sample]:
    """The figures read from the texts of ``folder``. Raises CorpusError."""
    out = []
    for text in load(folder):
        marked = Counter((x["key"], round(float(x["value"]), 6)) for x in text.gold["indicators"])
        for figure in read_text(text.text).indicators:
            pair = (figure.key, round(float(figure.value), 6))
            out.append(Sample(folder.name, figure.signs, pair in marked))
    return out


def fitted(samples: Sequence[Sample]) -> tuple[float, tuple[float, ...], float]:
    """Bias, weights and the highest confidence, by Newton's method on the penalised likelihood."""
    rows = [(1.0, *sample.signs) for sample in samples]
    right = [float(sample.right) for sample in samples]
    size = len(rows[0])
    penalty = [1e-6, *([_PENALTY] * (size - 1))]
    prior = [0.0, *(_PRIOR.get(sign, 0.0) for sign in confidence.SIGNS)]
    weight = list(prior)
    for _ in range(_STEPS):
        sure = [_sure(row, weight) for row in rows]
        slope = [
            sum(row[i] * (r - s) for row, r, s in zip(rows, right, sure, strict=True))
            - penalty[i] * (weight[i] - prior[i])
            for i in range(size)
        ]
        bend = [
            [
                sum(row[i] * row[j] * s * (1 - s) for row, s in zip(rows, sure, strict=True))
                + (penalty[i] if i == j else 0.0)
                for j in range(size)
            ]
            for i in range(size)
        ]
        step = _solved(bend, slope)
        weight = [w + s for w, s in zip(weight, step, strict=True)]
        if max(abs(s) for s in step) < _CLOSE:
            break
    ranked = sorted(zip((_sure(row, weight) for row in rows), right, strict=True))
    top = [r for _, r in ranked[-max(1, len(ranked) // 5) :]]
    most = 1 - (len(top) - sum(top) + _FEWEST_WRONG) / (len(top) + 2)
    bias, *rest = (round(value, 3) for value in weight)
    return bias, tuple(rest), round(most, 3)


def _sure(row: Sequence[float], weight: Sequence[float]) -> float:
    return 1 / (1 + math.exp(-sum(w * sign for w, sign in zip(weight, row, strict=True))))


def _solved(matrix: list[list[float]], side: list[float]) -> list[float]:
    """The solution of a small system of linear equations, by elimination with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, side, strict=True)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(size):
            if k != i:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [row[-1] / row[i] for i, row in enumerate(rows)]


def said_of(samples: Sequence[Sample], fit: tuple[float, tuple[float, ...], float]) -> list[Said]:
    """What the weights ``fit`` say of ``samples``."""
    bias, rest, most = fit
    weight = (bias, *rest)
    return [Said(min(most, _sure((1.0, *s.signs), weight)), s.right) for s in samples]


def tenths(said: Sequence[Said]) -> list[tuple[float, int, float, float]]:
    """Lower edge, number, mean confidence and share of right ones for every tenth."""
    rows = []
    for tenth in range(_TENTHS):
        low = tenth / _TENTHS
        inside = [one for one in said if low <= one.confidence < low + 1 / _TENTHS]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            rows.append((low, len(inside), mean, sum(one.right for one in inside) / len(inside)))
    return rows


def _print(name: str, said: Sequence[Said]) -> None:
    right = sum(one.right for one in said) / len(said)
    mean = sum(one.confidence for one in said) / len(said)
    print(
        f"{name:24} {len(said):5} figures  right {right:.3f}  mean confidence {mean:.3f}  "
        f"expected error {expected_error(said):.3f}"
    )


def _write(fit: tuple[float, tuple[float, ...], float]) -> None:
    bias, rest, most = fit
    path = Path(str(weights.__file__))
    head = path.read_text("utf-8").split("BIAS")[0]
    path.write_text(f"{head}BIAS = {bias}\nWEIGHTS = {rest}\nMOST = {most}\n", "utf-8")


def main(arguments: Sequence[str]) -> int:
    """Fit, report, and write if asked to."""
    parser = argparse.ArgumentParser(prog="bench.reading_quality.fitting")
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--save", type=Path)
    parser.add_argument("--from", dest="kept", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(arguments)
    samples = [sample for folder in chosen.folders for sample in samples_of(folder)]
    if chosen.kept:
        samples += [
            Sample(row[0], tuple(row[1]), row[2]) for row in json.loads(chosen.kept.read_text())
        ]
    if chosen.save:
        rows = [(sample.folder, sample.signs, sample.right) for sample in samples]
        chosen.save.write_text(json.dumps(rows))
    if not samples:
        parser.error("name a folder, or signs kept with --save")
    _print("as shipped", said_of(samples, (weights.BIAS, weights.WEIGHTS, weights.MOST)))
    held: list[Said] = []
    for name in sorted({sample.folder for sample in samples}):
        others = [sample for sample in samples if sample.folder != name]
        if others:
            own = [sample for sample in samples if sample.folder == name]
            said = said_of(own, fitted(others))
            _print(f"{name} held out", said)
            held += said
    if held:
        _print("each held out in turn", held)
        for low, number, mean, right in tenths(held):
            print(f"  {low:.1f} to {low + 0.1:.1f}  {number:5}  mean {mean:.3f}  right {right:.3f}")
    fit = fitted(samples)
    for sign, weight in zip(("bias", *confidence.SIGNS), (fit[0], *fit[1]), strict=True):
        print(f"{sign:10} {weight:+.3f}")
    print(f"{'most':10}  {fit[2]:.3f}")
    if chosen.write:
        _write(fit)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
