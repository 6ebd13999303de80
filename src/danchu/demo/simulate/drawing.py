"""Drawing the plan: units, deeds and forms, each commune from its own chance.

Nothing is kept: a commune is drawn again when it is asked for again, and is the same.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from danchu.civic.dialogue.services import DialogueInput, OpinionInput
from danchu.civic.otherwork.services import OtherWorkInput
from danchu.civic.reception.services import ReceptionInput

from . import forms, names
from .plan import (
    Answer,
    CommunePlan,
    Deed,
    DialoguePlan,
    FormPlan,
    ProvincePlan,
    ReceptionPlan,
    Scale,
    Time,
    WorkPlan,
)

_FIELDS = ("land", "clearance", "environment", "infrastructure", "social", "other")
_TOPICS = (
    "nước sạch và đường thôn",
    "thu gom rác thải",
    "chiếu sáng công cộng",
    "khoản đóng góp của người dân",
    "quy hoạch khu dân cư",
)
_SAID = (
    "Ngõ ngập mỗi khi mưa, đề nghị khơi cống.",
    "Đề nghị công khai dự toán đường thôn.",
    "Đèn đường hỏng đã lâu.",
    "Hỏi về thời gian giải quyết hồ sơ đất.",
    "Điểm gom rác đặt gần trường học.",
)
# What a commune writes down: indicator, smallest and largest number, of which parts.
_ALONE = (
    ("documents_issued", 2, 30),
    ("outreach_sessions", 1, 20),
    ("inspections_conducted", 1, 6),
    ("units_inspected", 1, 12),
    ("funds_recovered_vnd", 1_000_000, 400_000_000),
    ("survey_forms", 5, 60),
    ("community_matters_decided", 1, 15),
    ("hotline_calls", 1, 40),
    ("cases_resolved", 1, 9),
    ("mediation_cases", 1, 8),
    ("supervisions_conducted", 1, 8),
    ("supervision_findings", 1, 5),
    ("workplace_conferences_held", 1, 20),
    ("social_criticism_held", 1, 3),
    ("models_recognised", 1, 4),
    ("collectives_commended", 1, 9),
    ("individuals_commended", 1, 30),
    ("land_donated_m2", 50_000, 4_000_000),
    ("land_donating_households", 1, 60),
    ("labour_days", 20, 2_000),
    ("roads_built_m", 100_000, 5_000_000),
    ("works_completed", 1, 6),
    ("houses_supported", 1, 10),
)
_WITH_PARTS = (
    ("petitions_received", 40, ("complaints_received", "denunciations_received"), 6),
    ("models_registered", 20, ("models_registered_collective", "models_registered_individual"), 6),
    ("investment_vnd", 9_000_000_000, ("state_funding_vnd", "contributions_vnd"), 2_000_000_000),
)
# What a village or a workplace writes down itself; nothing of it is part of anything.
_BELOW = ("documents_issued", "survey_forms", "labour_days", "hotline_calls")


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole simulation. ``core``: the indicators that every form asks for, in their order."""

    scale: Scale
    seed: int
    time: Time
    core: tuple[str, ...]

    def provinces(self) -> Iterator[ProvincePlan]:
        """The provinces in the order of their codes."""
        for number in range(self.scale.provinces):
            unit = names.province(number)
            yield ProvincePlan(unit, names.people(unit.code), self.scale.communes_of(number))

    def communes(self, province: ProvincePlan) -> list[CommunePlan]:
        """The communes of the province, each with the units below it."""
        return [self._commune(province, number) for number in province.communes]

    def _commune(self, province: ProvincePlan, number: int) -> CommunePlan:
        unit = names.commune(province.unit.code, number)
        below = names.below(
            unit,
            self.scale.villages_of(number),
            self.scale.workplaces_of(number),
            self._chance(number, "units"),
        )
        return CommunePlan(number, unit, below)

    def deeds(self, commune: CommunePlan) -> Iterator[Deed]:
        """What the commune and the units below it write down."""
        chance = self._chance(commune.number, "deeds")
        code = commune.unit.code
        for _ in range(chance.randint(2, 4)):
            yield self._dialogue(code, chance)
        for _ in range(chance.randint(6, 10)):
            yield self._reception(code, chance)
        for indicator, number in _works(chance):
            yield self._work(code, indicator, number, "commune", chance)
        yield from self._deeds_below(commune)

    def _deeds_below(self, commune: CommunePlan) -> Iterator[WorkPlan]:
        chance = self._chance(commune.number, "deeds below")
        for unit in commune.below:
            if chance.random() < 0.1:
                base = "workplace" if unit.level == "workplace" else "agency"
                kind = "commune" if unit.level == "village" else base
                indicator = chance.choice(_BELOW)
                yield self._work(unit.code, indicator, chance.randint(1, 12), kind, chance)

    def forms_below(self, commune: CommunePlan) -> Iterator[FormPlan]:
        """The forms of the units below the commune, in their order."""
        chance = self._chance(commune.number, "forms")
        if self._is_silent(commune):
            yield from (FormPlan(unit.code, handed_in=False) for unit in commune.below)
            return
        recorded = {deed.unit: deed.content.kind for deed in self._deeds_below(commune)}
        for unit in commune.below:
            yield forms.below(unit, self.core, recorded.get(unit.code, ""), chance)

    def form_of(self, commune: CommunePlan) -> FormPlan:
        """The commune's own form."""
        if self._is_silent(commune):
            return FormPlan(commune.unit.code, handed_in=False)
        return forms.of_commune(commune, self._chance(commune.number, "form"))

    @staticmethod
    def _is_silent(commune: CommunePlan) -> bool:
        """Whether nobody of the commune hands anything in, so that it is missing above."""
        return commune.number % 50 == 13

    def _chance(self, number: int, what: str) -> Random:
        return Random(f"{self.seed} {number} {what}")  # noqa: S311 - to be the same again

    def _dialogue(self, code: str, chance: Random) -> DialoguePlan:
        day, key = self._day(chance), _key(chance)
        kind = chance.choice(("people", "people", "village_heads", "conference"))
        opinions, answers = [], []
        for _ in range(chance.randint(2, 5)):
            opinion, answer = self._opinion(day, chance)
            opinions.append(opinion)
            answers.append(answer)
        public = chance.random() < 0.7
        published = self._by_the_end(day, chance.randint(3, 15))
        if not public or chance.random() < 0.4:
            published = None
        content = DialogueInput(
            kind=kind,
            topic=f"Đối thoại mẫu về {chance.choice(_TOPICS)}",
            place="Nhà văn hóa mẫu",
            chair_post="Chủ tịch UBND",
            participants=chance.randint(20, 150),
            public=public,
            opinions=tuple(opinions),
        )
        result = "Giao các bộ phận trả lời từng ý kiến." if published else ""
        return DialoguePlan(code, day, key, content, tuple(answers), published, result)

    def _opinion(self, day: dt.date, chance: Random) -> tuple[OpinionInput, Answer | None]:
        within = chance.random() < 0.85
        # Some are promised for after the period: those wait in the outbox for that day.
        due = day + dt.timedelta(days=chance.choice((10, 20, 30))) if within else None
        taken_up = self._by_the_end(day, chance.randint(0, 4)) if within else None
        answered = self._by_the_end(taken_up or day, chance.randint(3, 40))
        answer = None
        if answered is not None and chance.random() < 0.8:
            outcome = chance.choice(("accepted", "explained")) if within else "transferred"
            answer = Answer(answered, outcome, "Đã giao cán bộ chuyên môn thực hiện.")
        opinion = OpinionInput(
            text=chance.choice(_SAID),
            field=chance.choice(_FIELDS),
            within_competence=within,
            assigned_to="Phòng Kinh tế" if within else "",
            due_on=due,
            taken_up_on=taken_up,
        )
        return opinion, answer

    def _reception(self, code: str, chance: Random) -> ReceptionPlan:
        form = chance.choice(("regular", "regular", "periodic", "ad_hoc"))
        receiver = chance.choice(("head", "party_secretary", "deputy"))
        visits = chance.randint(0, 12)
        content = ReceptionInput(
            form=form,
            receiver="officer" if form == "regular" else receiver,
            receiver_post="Công chức tiếp công dân" if form == "regular" else "Lãnh đạo xã",
            visits=visits,
            people=visits + chance.randint(0, 5) if visits else 0,
            matters=chance.randint(0, visits),
            mass_groups=int(visits > 0 and chance.random() < 0.1),
            place="Phòng tiếp công dân",
        )
        return ReceptionPlan(code, self._day(chance), _key(chance), content)

    def _work(
        self, code: str, indicator: str, number: int, base_kind: str, chance: Random
    ) -> WorkPlan:
        content = OtherWorkInput(kind=indicator, number=number, base_kind=base_kind)
        return WorkPlan(code, self._day(chance), _key(chance), content)

    def _day(self, chance: Random) -> dt.date:
        length = (self.time.period.end - self.time.first).days
        return self.time.first + dt.timedelta(days=chance.randint(0, length))

    def _by_the_end(self, day: dt.date, after: int) -> dt.date | None:
        later = day + dt.timedelta(days=after)
        return later if later <= self.time.period.end else None


def _works(chance: Random) -> Iterator[tuple[str, int]]:
    """Numbers that hold together: parts within their wholes, dossiers in time and late."""
    for indicator, least, most in _ALONE:
        if chance.random() < 0.9:
            yield indicator, chance.randint(least, most)
    for whole, most, parts, at_most in _WITH_PARTS:
        numbers = [chance.randint(1, at_most) for _ in parts]
        yield whole, sum(numbers) + chance.randint(1, most)
        yield from zip(parts, numbers, strict=True)
    in_time, late = chance.randint(100, 900), chance.randint(1, 20)
    yield "dossiers_received", in_time + late + chance.randint(1, 90)
    yield "dossiers_resolved", in_time + late
    yield "dossiers_on_time", in_time
    yield "dossiers_overdue", late
    sessions = chance.randint(1, 6)
    yield "trainings_held", sessions


def _key(chance: Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)
