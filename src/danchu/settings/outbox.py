"""The consumers of the outbox: the only place that knows all floors (DESIGN section 3).

topic -> dotted path of ``consume(rows)``, or several. A consumer recomputes from the source, so a
row handled once, twice or out of order gives the same result.
"""

from __future__ import annotations

OUTBOX_CONSUMERS: dict[str, str | tuple[str, ...]] = {
    "figures.source": (
        "danchu.reporting.figures.fold.consume",
        # The first thing a unit writes down sets going what it is asked for.
        "danchu.civic.disclosure.folding.first_records",
    ),
    "disclosure.clauses": "danchu.civic.disclosure.folding.consume",
}

# Where the kinds of "việc khác" come from.
WORK_KINDS = "danchu.reporting.figures.selectors.work_kinds"

# layer -> module with ``rows``, ``units`` and ``expected`` (figures.sources.Source): where the own
# values of a unit come from. The fold asks each in turn and never adds one to another.
FIGURE_SOURCES: dict[str, str] = {
    "recorded": "danchu.reporting.figures.recorded",
    "stated": "danchu.reporting.reading.stated",
    "reported": "danchu.reporting.rounds.reported",
}

# dotted paths of ``after(period, units)``, called with the fold of a period in its transaction:
# what looks at the new cells. See figures.after.
AFTER_FOLD: list[str] = ["danchu.reporting.differences.noticing.after_fold"]
