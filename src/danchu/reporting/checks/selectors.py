"""Reading the rules, and trying one on what was handed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from danchu.core.accounts.policy import within
from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor, require
from danchu.core.units.models import Unit
from danchu.reporting.figures.models import Cell, Layer
from danchu.reporting.figures.selectors import definitions, indicator_ids

from .content import RuleContent, cleaned
from .models import CheckRule
from .running import CheckedValue, Finding, background_for, findings

MOST_TRIED = 30  # forms a rule is tried on
_LATEST = 400  # (unit, period) pairs looked through for those the viewer may read


def rules(viewer: Actor) -> list[CheckRule]:
    """Every rule, those in use first, for who may change them. Raises ``NotAllowed``."""
    require(viewer, "checks.edit")
    rows = list(CheckRule.objects.order_by("pk"))
    return sorted(rows, key=lambda row: row.retired_at is not None)


@dataclass(frozen=True, slots=True)
class TriedForm:
    """A form on which the rule would have fired or could not be asked."""

    unit_id: int
    period_code: str
    findings: tuple[Finding, ...]

    @property
    def fired(self) -> tuple[Finding, ...]:
        """What the rule would have said."""
        return tuple(f for f in self.findings if f.fired)


@dataclass(frozen=True, slots=True)
class Trial:
    """How a rule would have done on the forms handed in last."""

    forms: tuple[TriedForm, ...]  # newest period first

    @property
    def tried(self) -> int:
        """On how many forms it was tried."""
        return len(self.forms)

    @property
    def fired(self) -> tuple[TriedForm, ...]:
        """The forms on which it would have fired."""
        return tuple(form for form in self.forms if form.fired)

    @property
    def silent(self) -> int:
        """On how many forms it would have had nothing to say."""
        return sum(not form.findings for form in self.forms)

    @property
    def not_checkable(self) -> int:
        """On how many forms it could not be asked and did not fire."""
        return sum(bool(form.findings) and not form.fired for form in self.forms)


def try_rule(viewer: Actor, content: RuleContent) -> Trial:
    """What a rule, not saved, would have said of the forms handed in last.

    Needs "checks.edit"; only forms of units whose figures the viewer may read. Forms are the
    versions that stand, as the roll-up has them; each is checked with the records, periods and
    peers as they are known now. Raises ``BadInput`` for a rule that is unfit.
    """
    require(viewer, "checks.edit")
    tidy = cleaned(content)
    handed_in = _last_forms(viewer)
    background = background_for([tidy], handed_in)
    return Trial(
        tuple(
            TriedForm(
                unit_id,
                period.code,
                tuple(findings(tidy, (unit_id, period.pk), values, background)),
            )
            for (unit_id, period), values in handed_in.items()
        )
    )


def _last_forms(viewer: Actor) -> dict[tuple[int, Period], dict[str, CheckedValue]]:
    own = Cell.objects.filter(layer=Layer.REPORTED, reach=Cell.Reach.OWN, dimension="")
    recent = list(
        Period.objects.filter(pk__in=own.values("period_id").distinct()).order_by("-end")[:10]
    )
    pairs: list[tuple[int, Period]] = []
    by_period: dict[int, list[int]] = defaultdict(list)
    in_recent = own.filter(period_id__in=[p.pk for p in recent])
    for unit_id, period_id in in_recent.values_list("unit_id", "period_id").distinct():
        by_period[period_id].append(unit_id)
    for period in recent:
        pairs += [(unit_id, period) for unit_id in sorted(by_period[period.pk])]
    pairs = pairs[:_LATEST]
    readable = set(
        Unit.objects.filter(
            within(viewer, "figures.read"), pk__in={unit_id for unit_id, _period in pairs}
        ).values_list("pk", flat=True)
    )
    return _values([pair for pair in pairs if pair[0] in readable][:MOST_TRIED])


def _values(
    pairs: Sequence[tuple[int, Period]],
) -> dict[tuple[int, Period], dict[str, CheckedValue]]:
    names = {number: key for key, number in indicator_ids().items()}
    known = definitions()
    rows = Cell.objects.filter(
        unit_id__in={unit_id for unit_id, _period in pairs},
        period_id__in={period.pk for _unit, period in pairs},
        dimension="",
    )
    recorded = {
        (unit_id, period_id, names[indicator_id]): amount
        for unit_id, period_id, indicator_id, amount in rows.filter(
            layer=Layer.RECORDED, reach=Cell.Reach.ALL
        ).values_list("unit_id", "period_id", "indicator_id", "amount")
    }
    found: dict[tuple[int, int], dict[str, CheckedValue]] = defaultdict(dict)
    for unit_id, period_id, indicator_id, state, amount in rows.filter(
        layer=Layer.REPORTED, reach=Cell.Reach.OWN
    ).values_list("unit_id", "period_id", "indicator_id", "state", "amount"):
        key = names[indicator_id]
        if key in known:
            found[unit_id, period_id][key] = CheckedValue(
                state, amount, recorded.get((unit_id, period_id, key))
            )
    return {pair: found[pair[0], pair[1].pk] for pair in pairs}
