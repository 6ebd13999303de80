"""Weights of the signs of a reading, fitted by ``bench.reading_quality.fitting``; not by hand."""

from __future__ import annotations

BIAS = 1.665
WEIGHTS = (0.313, 1.007, -1.154, -1.0, 0.854, -0.115, 0.205, 0.553, -0.796, -0.934)
MOST = 0.962
