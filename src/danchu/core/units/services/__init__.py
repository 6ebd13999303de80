"""What people do with units: register, rename, end, place, say how to reach them."""

from .ahead import begin_map_commune
from .changing import end_unit, place_unit, rename_unit
from .contact import update_contact
from .holding import hold_units, require_held_unit
from .invented import record_lineage, register_demo_unit
from .public import raise_public_version
from .registering import register_unit
from .taking_back import (
    put_back,
    reopen_unit,
    take_back_lineage,
    take_back_state,
    unmake_unit,
)

__all__ = [
    "begin_map_commune",
    "end_unit",
    "hold_units",
    "place_unit",
    "put_back",
    "raise_public_version",
    "record_lineage",
    "register_demo_unit",
    "register_unit",
    "rename_unit",
    "reopen_unit",
    "require_held_unit",
    "take_back_lineage",
    "take_back_state",
    "unmake_unit",
    "update_contact",
]
