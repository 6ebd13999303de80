"""Reading units: every question names the day it is asked for.

The official map is public, so these selectors take no viewer. A unit registered here may be
internal to its installation (a private workplace, a committee): a page for the public shows
one only when something public hangs on it.
"""

from .finding import find_units
from .heirs import who_answers
from .history import Child, child_units, code_history, contact_of, told_history, unit_names
from .lineage import Kin, Renaming, Trace, made_of, made_of_unit, trace
from .listing import ON_THE_MAP, listed_units
from .named import names_ever_borne
from .states import (
    UnitOnDay,
    Warning,
    address_code,
    count_units,
    holder_on,
    require_unit,
    unit_at_last,
    unit_by_id,
    unit_named_on,
    unit_on,
    unit_within,
    units_by_ids,
)
from .tree import (
    ancestors,
    children,
    descendant_ids,
    end_under,
    is_within,
    path_of,
    units_below,
    units_between,
    units_under,
    with_ancestors,
)

__all__ = [
    "ON_THE_MAP",
    "Child",
    "Kin",
    "Renaming",
    "Trace",
    "UnitOnDay",
    "Warning",
    "address_code",
    "ancestors",
    "child_units",
    "children",
    "code_history",
    "contact_of",
    "count_units",
    "descendant_ids",
    "end_under",
    "find_units",
    "holder_on",
    "is_within",
    "listed_units",
    "made_of",
    "made_of_unit",
    "names_ever_borne",
    "path_of",
    "require_unit",
    "told_history",
    "trace",
    "unit_at_last",
    "unit_by_id",
    "unit_named_on",
    "unit_names",
    "unit_on",
    "unit_within",
    "units_below",
    "units_between",
    "units_by_ids",
    "units_under",
    "who_answers",
    "with_ancestors",
]
