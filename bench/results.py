"""A measured budget, the file of all of them, and the table a person reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Result:
    """One budget as measured. ``unit`` says what ``value`` and ``budget`` count."""

    name: str
    value: float
    budget: float
    unit: str
    ok: bool
    how: str


def at_most(name: str, value: float, budget: float, unit: str, how: str) -> Result:
    """A budget that is kept when the value does not exceed it. Judged before rounding."""
    return Result(name, _short(value), budget, unit, value <= budget, how)


def at_least(name: str, value: float, budget: float, unit: str, how: str) -> Result:
    """A budget that is kept when the value reaches it. Judged before rounding."""
    return Result(name, _short(value), budget, unit, value >= budget, how)


def write(results: Sequence[Result], path: Path) -> None:
    """Write the results as one JSON list (INTERFACE, make bench)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(result) for result in results]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def read(path: Path) -> list[Result]:
    """The results of such a file."""
    return [Result(**row) for row in json.loads(path.read_text(encoding="utf-8"))]


def table(results: Sequence[Result]) -> str:
    """The results as aligned columns, those that miss their budget marked and counted."""
    head = ("", "what", "value", "budget", "unit")
    rows = [
        ("ok" if r.ok else "OVER", r.name, _text(r.value), _text(r.budget), r.unit) for r in results
    ]
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    lines = [
        "  ".join(
            cell.rjust(width) if place in (2, 3) else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (head, *rows)
    ]
    over = sum(not r.ok for r in results)
    lines.append(f"{len(results)} budgets, {over} over" if over else f"{len(results)} budgets kept")
    return "\n".join(lines)


def _short(value: float) -> float:
    """Three figures are all that a measurement is worth; whole numbers stay whole."""
    if value == int(value):
        return int(value)
    return float(f"{value:.3g}")


def _text(value: float) -> str:
    return f"{value:g}"
