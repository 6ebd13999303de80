"""The consumers of the outbox: the only place that knows all floors (DESIGN section 3).

topic -> dotted path of ``consume(rows)``. A consumer recomputes from the source, so a row
handled once, twice or out of order gives the same result.
"""

from __future__ import annotations

OUTBOX_CONSUMERS: dict[str, str] = {
    "figures.source": "danchu.reporting.figures.fold.consume",
}
