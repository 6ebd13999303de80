"""The tables a person reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .calibration import Said, bands, expected_error
from .scoring import ALL, CORE, VALUES, Score, Scored

_OF_A_TEXT = (CORE, ALL, VALUES)


def per_text(each: Mapping[str, Scored]) -> str:
    """One line a text: figures by core keys, all keys and value; period, date and law."""
    head = ("text", *(f"{name}: P / R / F1" for name in _OF_A_TEXT), "period", "date", "law F1")
    rows = [head]
    for name, scored in each.items():
        rows.append(
            (
                name,
                *(_three(scored.of(part)) for part in _OF_A_TEXT),
                *("ok" if scored.of(p).accuracy == 1 else "wrong" for p in ("period", "date")),
                _one(scored.of("legal references")),
            )
        )
    return _aligned(rows)


def _three(score: Score) -> str:
    if not (score.right or score.extra or score.missed):
        return "-"
    return f"{score.precision:.2f} / {score.recall:.2f} / {score.f1:.2f}"


def _one(score: Score) -> str:
    return f"{score.f1:.2f}" if score.right or score.extra or score.missed else "-"


def pooled_table(pooled: Scored) -> str:
    """Every field over all texts together."""
    rows = [("all texts", "precision", "recall", "F1", "accuracy", "right/extra/missed/none")]
    for name, score in pooled.scores.items():
        rows.append(
            (
                name,
                f"{score.precision:.3f}",
                f"{score.recall:.3f}",
                f"{score.f1:.3f}",
                f"{score.accuracy:.3f}" if score.empty else "",
                f"{score.right}/{score.extra}/{score.missed}/{score.empty}",
            )
        )
    return _aligned(rows)


def reliability(said: Sequence[Said]) -> str:
    """How often figures of a confidence were right."""
    rows = [("confidence", "figures", "mean", "right")]
    for band in bands(said):
        rows.append(
            (
                f"{band.low:.2f} to {band.high:.2f}",
                str(band.number),
                f"{band.confidence:.3f}",
                f"{band.right:.3f}",
            )
        )
    return _aligned(rows) + f"\nmean distance {expected_error(said):.3f}"


def _aligned(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
