"""What people do with disclosures."""

from .evidence import TAKEN_IN as EVIDENCE_KINDS
from .evidence import add_evidence, hand_in_evidence
from .forms import add_broadcast, add_form_used, cancel_broadcast, cancel_form_used
from .inputs import (
    BroadcastInput,
    EvidenceInput,
    FormInput,
    HandedIn,
    NoticeInput,
    PostingInput,
)
from .named import NamedRow, named_from_text, named_from_xlsx
from .notices import cancel_notice, correct_notice, forget_names, record_notice
from .plan_inputs import PlanInput, PlannedInput
from .plans import cancel_plan, correct_plan, record_plan
from .postings import (
    add_posting,
    cancel_posting,
    correct_posting,
    hang_again,
    interrupt_posting,
    resume_posting,
    take_down,
)
from .registers import publish_register
from .reminding import remind_units
from .tables import table_from_text, table_from_xlsx

__all__ = [
    "EVIDENCE_KINDS",
    "BroadcastInput",
    "EvidenceInput",
    "FormInput",
    "HandedIn",
    "NamedRow",
    "NoticeInput",
    "PlanInput",
    "PlannedInput",
    "PostingInput",
    "add_broadcast",
    "add_evidence",
    "add_form_used",
    "add_posting",
    "cancel_broadcast",
    "cancel_form_used",
    "cancel_notice",
    "cancel_plan",
    "cancel_posting",
    "correct_notice",
    "correct_plan",
    "correct_posting",
    "forget_names",
    "hand_in_evidence",
    "hang_again",
    "interrupt_posting",
    "named_from_text",
    "named_from_xlsx",
    "publish_register",
    "record_notice",
    "record_plan",
    "remind_units",
    "resume_posting",
    "table_from_text",
    "table_from_xlsx",
    "take_down",
]
