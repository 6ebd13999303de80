"""Drawing the forms: numbers that hold together, noughts, what does not apply, what is left out.

Handing in refuses figures that do not hold together; a test hands drawn forms in.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from random import Random

from .plan import CommunePlan, FormPlan, Typed, UnitPlan

# What each kind of unit is asked in earnest; the rest of its form stays empty.
_VILLAGE = frozenset(
    (
        "conferences_held",
        "dialogues_held",
        "participants",
        "opinions_received",
        "opinions_resolved",
        "public_postings",
        "community_matters_decided",
        "supervisions_conducted",
        "supervision_findings",
        "contributions_vnd",
        "land_donated_m2",
        "land_donating_households",
        "labour_days",
        "models_recognised",
        "individuals_commended",
    )
)
_WORKPLACE = frozenset(
    (
        "documents_issued",
        "trainings_held",
        "training_participants",
        "conferences_held",
        "dialogues_held",
        "participants",
        "opinions_received",
        "opinions_resolved",
        "public_postings",
        "workplace_conferences_held",
        "workplace_dialogues",
        "collectives_commended",
        "individuals_commended",
    )
)
_PART_OF = {"dialogues_held": "conferences_held", "opinions_resolved": "opinions_received"}
_WHOLES = frozenset(_PART_OF.values())
_LARGE = {
    "contributions_vnd": 80_000_000,
    "land_donated_m2": 900_000,
    "labour_days": 300,
    "participants": 400,
    "training_participants": 120,
}
_NOT_HERE = "Không thuộc chức năng của đơn vị"
_LOOK_AGAIN = "Đề nghị rà soát số liệu"
# What a commune has no records of and says there was nothing of.
_NOUGHTS = ("rights_restored_vnd", "rights_restored_land_m2", "workplace_dialogues")


def below(unit: UnitPlan, core: Sequence[str], recorded: str, chance: Random) -> FormPlan:
    """The form of a village, an agency or a workplace; ``recorded`` it has records of."""
    chosen = _VILLAGE if unit.level == "village" else _WORKPLACE
    numbers: dict[str, int] = {}
    typed: list[Typed] = []
    for key in core:
        if key not in chosen or key == recorded:
            continue
        if chance.random() < 0.04 and key not in _PART_OF and key not in _WHOLES:
            typed.append(Typed(key, None, _NOT_HERE))
            continue
        most = _LARGE.get(key, 12)
        if key in _PART_OF:
            most = numbers[_PART_OF[key]]
        numbers[key] = chance.randint(0, most) if chance.random() < 0.7 else 0
    typed += [Typed(key, number) for key, number in numbers.items() if number]
    noughts = tuple(key for key, number in numbers.items() if not number)
    return _followed(unit.code, typed, noughts, chance, missing=0.03, left=0.02, again=0.25)


def of_commune(commune: CommunePlan, chance: Random) -> FormPlan:
    """The form of a commune: mostly its records. The first commune always hands in."""
    if commune.number == 0:
        return FormPlan(commune.unit.code, noughts=_NOUGHTS, keys=_keys(chance))
    noughts = _NOUGHTS[: chance.randint(0, len(_NOUGHTS))]
    return _followed(commune.unit.code, [], noughts, chance, missing=0.05, left=0.05, again=0.1)


def _followed(
    code: str,
    typed: list[Typed],
    noughts: tuple[str, ...],
    chance: Random,
    *,
    missing: float,
    left: float,
    again: float,
) -> FormPlan:
    """The form with what becomes of its versions, by these shares."""
    fate = chance.random()
    keys = _keys(chance)
    if fate < missing:
        return FormPlan(code, tuple(typed[:3]), handed_in=False, keys=keys)
    if fate < missing + left:
        return FormPlan(code, tuple(typed), noughts, returned=_LOOK_AGAIN, keys=keys)
    if fate < missing + left + again:
        plain = [one for one in typed if one.amount and one.indicator not in _PART_OF]
        corrected = tuple(Typed(one.indicator, (one.amount or 0) + 1) for one in plain[:2])
        return FormPlan(
            code, tuple(typed), noughts, True, _LOOK_AGAIN, corrected, again=True, keys=keys
        )
    return FormPlan(code, tuple(typed), noughts, accepted=chance.random() < 0.9, keys=keys)


def _keys(chance: Random) -> tuple[uuid.UUID, ...]:
    return tuple(uuid.UUID(int=chance.getrandbits(128), version=4) for _ in range(2))
