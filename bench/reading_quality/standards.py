"""The lines that reading must keep."""

from __future__ import annotations

from ..results import Result, at_least, at_most
from .scoring import ALL, CORE, VALUES, Scored
from .speed import Speed

_F1 = ((CORE, 0.90), (ALL, 0.80), (VALUES, 0.92))
_SINGLE = (("period", 0.90), ("date", 0.90))


def standards(pooled: Scored, speed: Speed | None) -> list[Result]:
    """Each line as measured. Of period and date the lower of accuracy and F1 counts."""
    found = [
        at_least(f"{name}, F1", pooled.of(name).f1, line, "", "(text, key, value), pooled")
        for name, line in _F1
    ]
    for name, line in _SINGLE:
        answers = pooled.of(name)
        found.append(
            at_least(
                name,
                min(answers.f1, answers.accuracy),
                line,
                "",
                f"F1 {answers.f1:.3f}, accuracy {answers.accuracy:.3f}; the lower counts",
            )
        )
    found.append(
        at_least(
            "legal references, F1",
            pooled.of("legal references").f1,
            0.95,
            "",
            "(text, canonical form), pooled",
        )
    )
    if speed is not None:
        found += [
            at_least("speed", speed.rate, 50, "texts/s", "texts of 3,000 characters on one core"),
            at_most("memory", speed.memory_mb, 400, "MB", "peak of danchu read over all texts"),
            at_most("first result", speed.first_s, 1.5, "s", "danchu read of one text, warm, CPU"),
        ]
    return found
