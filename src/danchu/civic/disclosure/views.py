"""What readers get: notices with their postings, broadcasts, forms and lists."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from danchu.core.law.catalog import Rule

from .rules import Lack, Prescribed
from .standing import Standing


@dataclass(frozen=True, slots=True)
class NamedView:
    """One person of a list, as long as the list is shown."""

    order: int
    name: str
    village: str
    decision: str
    level: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document of a notice. ``order`` and ``ending`` are part of its public address.

    ``file_id``, who added it and what was taken back (``removed``) are told inside only; ``name``
    "" for one that was deleted with the names beside it. ``size`` in bytes.
    """

    order: int
    file_id: UUID | None
    name: str
    ending: str
    size: int
    sha256: str
    removed: bool
    removed_reason: str
    added_by: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """What shows that a posting hung. For officers of the unit only.

    ``days_off``: by how many days the camera's day lies after the first day of the posting, below
    nought before it; None for what is no picture of the start or has no day. ``used_elsewhere``:
    the same file stands at another posting of the unit.
    """

    moment: str
    file_id: UUID | None
    file_name: str
    is_picture: bool
    sha256_given: str  # of the file as it was handed in
    link: str
    taken_at: dt.datetime | None
    taken_place: str
    added_at: dt.datetime
    added_by: str
    days_off: int | None = None
    used_elsewhere: bool = False

    @property
    def days_apart(self) -> int:
        """The days between the camera's day and the first day of the posting."""
        return abs(self.days_off or 0)


@dataclass(frozen=True, slots=True)
class PostingView:
    """A notice at a place. ``evidence`` is empty for the public, ``n_evidence`` is not.

    ``version`` and ``record_id`` go back with what an officer does with it.
    """

    record_id: int
    public_id: UUID
    version: int
    kind: str
    place: str
    link: str
    starts_on: dt.date
    ends_on: dt.date | None
    standing: Standing
    cancelled: bool
    cancel_reason: str
    n_evidence: int
    proven_at_start: bool
    proven_at_end: bool
    evidence: tuple[EvidenceView, ...] = ()


@dataclass(frozen=True, slots=True)
class BroadcastView:
    """One broadcast."""

    record_id: int
    public_id: UUID
    on: dt.date
    at: dt.time
    station: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class StationRun:
    """The broadcasts of one station: on how many days, and the most consecutive ones."""

    station: str
    days: int
    run: int


@dataclass(frozen=True, slots=True)
class FormView:
    """Another form by which a notice was made known."""

    record_id: int
    public_id: UUID
    form: str
    on: dt.date
    note: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Another notice, by its address."""

    public_id: UUID
    title: str
    occurred_on: dt.date


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice with all that hangs on it.

    ``rule``: the clause as the catalogue in force has it; None for one it no longer knows.
    ``named``: the list with names while it is shown, else empty; ``n_named`` tells how many it
    has. ``names_shown`` says whether this viewer is shown them today, ``names_until`` until when
    anybody is. ``corrections`` are the notices that correct this one. ``late_by``: days after the
    due day on which it was published, 0 for in time. ``derivation`` is kept in both languages.
    """

    record_id: int
    public_id: UUID
    unit_id: int
    version: int
    occurred_on: dt.date
    cancelled: bool
    cancel_reason: str
    public: bool
    base_kind: str
    rule_key: str
    rule: Rule | None
    title: str
    text: str
    document_number: str
    decided_on: dt.date
    due_on: dt.date | None
    late_by: int
    derivation: dict[str, Any]
    permanent: bool
    table: dict[str, Any] | None
    documents: tuple[DocumentView, ...]
    has_names: bool
    names_until: dt.date | None
    names_not_after: dt.date | None
    names_shown: bool
    names_forgotten: bool
    n_named: int
    named: tuple[NamedView, ...]
    corrects: Reference | None
    corrections: tuple[Reference, ...]
    register_of: str
    budget_period: str
    planned: str
    planned_item_id: int | None
    postings: tuple[PostingView, ...]
    broadcasts: tuple[BroadcastView, ...]
    stations: tuple[StationRun, ...]
    forms: tuple[FormView, ...]
    prescribed: Prescribed | None
    lacking: tuple[Lack, ...]
    versions: int
    written_by: str

    @property
    def hangs_or_hung(self) -> bool:
        """Whether it was ever posted anywhere."""
        return any(not posting.cancelled for posting in self.postings)

    @property
    def broadcast_run(self) -> int:
        """The most consecutive days of one station."""
        return max((station.run for station in self.stations), default=0)


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in a list. ``places``: its live postings as they stand on the day asked for."""

    record_id: int
    public_id: UUID
    unit_id: int
    occurred_on: dt.date
    decided_on: dt.date
    due_on: dt.date | None
    late_by: int
    cancelled: bool
    rule_key: str
    rule: Rule | None
    title: str
    document_number: str
    permanent: bool
    has_names: bool
    has_table: bool
    is_correction: bool
    corrected: bool
    register_of: str
    places: tuple[PlaceLine, ...]

    @property
    def state(self) -> str:
        """The state of the notice as a whole: what most needs to be seen of its postings.

        "unposted" where it hangs nowhere; else the first of interrupted, taken_early, hanging,
        complete, taken_down, not_yet that a posting has.
        """
        states = {place.standing.state for place in self.places}
        for state in _FIRST_SEEN:
            if state in states:
                return state
        return "unposted"


_FIRST_SEEN = ("interrupted", "taken_early", "hanging", "complete", "taken_down", "not_yet")


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A posting in a list."""

    kind: str
    place: str
    starts_on: dt.date
    ends_on: dt.date | None
    standing: Standing
