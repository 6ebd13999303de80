"""How fast reading is on these texts, and what memory it takes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from danchu.reporting.reading.extraction import read_text

LENGTH = 3_000
SECONDS = 3.0  # of processor time
_READ = "import sys; from danchu.cli import main; sys.exit(main(sys.argv[1:]))"


@dataclass(frozen=True, slots=True)
class Speed:
    """``rate``: texts of 3,000 characters a second of one core; ``memory_mb``: the peak of
    ``danchu read`` over all texts; ``first_s``: ``danchu read`` of one text, warm, processor time:
    on a machine with nothing else to do the clock shows the same.
    """

    rate: float
    memory_mb: float
    first_s: float


def measure(texts: Sequence[str], paths: Sequence[Path]) -> Speed:
    """Times and memory; takes some ten seconds."""
    memory, _ = _command([str(path) for path in paths])
    first = min(_command([str(paths[0])])[1] for _ in range(5))
    return Speed(rate_of(texts), memory, first)


def rate_of(texts: Sequence[str], seconds: float = SECONDS) -> float:
    """Texts of 3,000 characters read in a second of processor time.

    Each text is brought to that length: a longer one cut, a shorter one told again.
    """
    cut = [(text + "\n\n") * (LENGTH // (len(text) + 2) + 1) for text in texts if text.strip()]
    cut = [text[:LENGTH] for text in cut]
    if not cut:
        return 0.0
    for text in cut:
        read_text(text)  # compiles the patterns that these texts need
    number, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        for text in cut:
            read_text(text)
        number += len(cut)
    return number / (time.process_time() - began)


def _command(paths: list[str]) -> tuple[float, float]:
    """Peak memory in MB (10^6 bytes) and processor seconds of ``danchu read``, started anew."""
    process = subprocess.Popen(
        [sys.executable, "-c", _READ, "read", "--json", *paths],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, usage = os.wait4(process.pid, 0)
    # Linux counts in kibibytes.
    return usage.ru_maxrss * 1024 / 1e6, usage.ru_utime + usage.ru_stime
