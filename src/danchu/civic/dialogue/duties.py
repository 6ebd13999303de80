"""Which duties of the law a recorded dialogue fulfils.

Declared is only what a record shows without doubt. The yearly conference of an agency's or an
enterprise's staff (Law 10/2022, articles 51 and 69) is not: the kind "hội nghị, cuộc họp khác" does
not say whether a meeting was that one. Nor is the notice before a dialogue: minutes do not hold it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import Q

from danchu.core.contracts import DutyRow, Fulfilment, Shape
from danchu.core.prepared import Prepared
from danchu.core.records.models import Record

from .models import BaseKind, Dialogue
from .rules import PUBLICATION_RULES, office_path

# Law 10/2022 article 32.1 and Law 72/2025 article 43, before it Law 77/2015 article 125: the
# conference that the authority itself holds with the people. One on request of voters is another
# matter of article 43 and does not stand for it.
_OF_THE_YEAR = ("xa_dt_nam", "xa_dt_72", "xa_dt_77")
# (kinds of dialogue, kind of unit they were held for) -> the yearly duty they fulfil
_YEARLY: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = (
    ((Dialogue.Kind.PEOPLE,), BaseKind.COMMUNE, _OF_THE_YEAR),
    # Law 10/2022 article 73.1: a state enterprise with its workers, under either name.
    ((Dialogue.Kind.STAFF, Dialogue.Kind.WORKPLACE), BaseKind.STATE_ENTERPRISE, ("nn_dt",)),
    # Labour Code 2019 article 63.2.a, before it Decree 149/2018.
    ((Dialogue.Kind.WORKPLACE,), BaseKind.WORKPLACE, ("nlv_dt_nam", "nd149_dt")),
)
_ROWS = Prepared(
    lambda units, start, end: Dialogue.objects.filter(
        Q(record__occurred_on__gte=start)
        | Q(kind__in=sorted(PUBLICATION_RULES), result_published_on__isnull=True)
        | Q(kind__in=sorted(PUBLICATION_RULES), result_published_on__gte=start),
        record__unit_id__in=units,
        record__kind="dialogue",  # known, but it leads the database to the right index
        record__state=Record.State.RECORDED,
        record__occurred_on__lte=end,
    ).values_list(
        "record__unit_id",
        "record_id",
        "record__occurred_on",
        "kind",
        "base_kind",
        "result_published_on",
        "record__public_id",
    )
)


def _rows(unit_ids: Collection[int], start: dt.date, end: dt.date) -> Iterator[DutyRow]:
    """Dialogues held in the days, and those whose result was still to be published in them."""
    for unit_id, record_id, day, kind, base_kind, published_on, public_id in _ROWS.rows(
        sorted(unit_ids), start, end
    ):
        if day >= start:
            for kinds, base, rules in _YEARLY:
                if kind in kinds and base_kind == base:
                    for rule in rules:
                        yield DutyRow(unit_id, rule, record_id, done_on=day)
        if kind in PUBLICATION_RULES and (published_on is None or published_on >= start):
            yield DutyRow(
                unit_id,
                PUBLICATION_RULES[Dialogue.Kind(kind)],
                record_id,
                done_on=published_on,
                event_on=day,
                path=office_path(public_id),
            )


DUTIES = [
    Fulfilment(
        name="dialogue.of_the_year",
        shape=Shape.PERIODIC,
        rules=(*_OF_THE_YEAR, "nn_dt", "nlv_dt_nam", "nd149_dt"),
        rows=_rows,
        every="year",
    ),
    Fulfilment(
        name="dialogue.result",
        shape=Shape.TERM,
        rules=tuple(sorted(set(PUBLICATION_RULES.values()))),
        rows=_rows,
    ),
]
