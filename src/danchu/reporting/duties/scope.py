"""Which rules of the catalogue bind which unit.

The catalogue sorts rules by four kinds of unit. A few bind only some units of their kind: the
province, or a public service unit. A rule that a named province set for itself binds no other.
"""

from __future__ import annotations

from danchu.core.calendar.days import CalendarClass
from danchu.core.law.catalog import Rule, UnitKind
from danchu.core.units.models import Unit

# The catalogue counts the province among agencies (its ``unit_kinds``); a village and a committee
# are no unit of their own to it, and its duties of the community stand with the commune.
KINDS: dict[str, UnitKind] = {
    Unit.Level.PROVINCE: "agency",
    Unit.Level.COMMUNE: "commune",
    Unit.Level.AGENCY: "agency",
    Unit.Level.STATE_ENTERPRISE: "state_enterprise",
    Unit.Level.WORKPLACE: "workplace",
}

# Bind the People's Committee, Council or Party committee of a province, whatever their kind says.
_OF_PROVINCES = frozenset(
    {"tcd_tinh", "dang_tinh", "tinh_bc", "sipas", "hu_bc_tinh", "nd59_tt_app"}
)
# Rules of a kind that a province has too; what else binds agencies is about their own staff.
_ALSO_OF_PROVINCES = ("bc_", "vb_", "vb30_", "dl_")
# Decree 154/2026 article 10.2: heads of public service units; Law 42/2013 article 18.2: heads of
# agencies.
_OF_KINDS = {"tcd_dvsn": ("đơn vị sự nghiệp",)}
_NOT_OF_KINDS = {"tcd_thutruong": ("đơn vị sự nghiệp",)}
# Set by one province for its own units (Khánh Hòa, Hà Tĩnh).
_OF_ONE_PLACE = frozenset({"bc_gui_kh", "hdnd_bienphap"})
# No duty of the unit: the time within which a citizen complains, what a breach is fined.
_NO_DUTIES = frozenset({"kn_thoihieu", "kn_l2_han", "nlv_phat", "nlv_phat_cu"})


def kind_of(level: str) -> UnitKind | None:
    """The catalogue's kind of a unit of this level; None where it knows none."""
    return KINDS.get(level)


def binds(rule: Rule, level: str, kind: str) -> bool:
    """Whether the rule binds a unit of this level and kind ("xã", "sở", "đơn vị sự nghiệp")."""
    if rule.key in _OF_ONE_PLACE or rule.key in _NO_DUTIES or rule.variant_of:
        return False
    if level == Unit.Level.PROVINCE:
        return rule.key in _OF_PROVINCES or (
            rule.unit_kind == "agency" and rule.key.startswith(_ALSO_OF_PROVINCES)
        )
    if rule.key in _OF_PROVINCES or rule.unit_kind != kind_of(level):
        return False
    if rule.key in _OF_KINDS:
        return kind in _OF_KINDS[rule.key]
    return kind not in _NOT_OF_KINDS.get(rule.key, ())


def calendar_class_of(level: str) -> CalendarClass:
    """Whose days off count: an enterprise does not follow the swapped days of officials."""
    return (
        "enterprise" if level in (Unit.Level.STATE_ENTERPRISE, Unit.Level.WORKPLACE) else "public"
    )
