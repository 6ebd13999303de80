"""What must never be put in order: visits, people, petitions and matters (DESIGN decision 7).

One visit may bring many people, one person may come many times, a matter may have many
petitions. Published reports have 866 visits beside 964 people and 3.938 beside 3.092, so a
rule that orders or adds such counts is false whatever the figures are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations

from danchu.core.errors import BadInput
from danchu.reporting.figures.dictionary import Definition

_KINDS = {
    "turn": "visits",
    "person": "people",
    "individual": "people",
    "petition": "petitions",
    "case": "matters",
}


def kinds_of(meaning: Definition) -> frozenset[str]:
    """Which of the four an indicator counts; empty for everything else it may count."""
    return frozenset(
        _KINDS[unit] for part in meaning.unit.split(",") if (unit := part.strip()) in _KINDS
    )


def refuse_mixed(keys: Collection[str], meanings: Mapping[str, Definition]) -> None:
    """Raise ``BadInput`` when two of these figures count different ones of the four.

    An indicator whose sources count one or the other ("đơn, vụ việc") goes with both.
    """
    for first, second in combinations(keys, 2):
        one, other = kinds_of(meanings[first]), kinds_of(meanings[second])
        if one and other and not one & other:
            raise BadInput(
                f"Không đặt quy tắc giữa “{meanings[first].name_vi}” và "
                f"“{meanings[second].name_vi}”: lượt, người, đơn và vụ việc là những số đếm khác "
                "nhau. Một lượt có thể nhiều người, một người có thể đến nhiều lượt; báo cáo đã "
                "công bố có 866 lượt với 964 người, 3.938 với 3.092.",
                f"No rule may hold between “{meanings[first].name_en}” and "
                f"“{meanings[second].name_en}”: visits, people, petitions and matters are "
                "different counts. One visit may bring many people and one person may come many "
                "times; published reports have 866 visits with 964 people, 3,938 with 3,092.",
                code="mixed_counts",
                field="rule",
            )
