"""What people do with disclosures."""

from .documents import MOST_DOCUMENTS, add_document, hand_in_document, remove_document
from .documents import TAKEN_IN as DOCUMENT_KINDS
from .evidence import TAKEN_IN as EVIDENCE_KINDS
from .evidence import add_evidence, hand_in_evidence
from .form_inputs import BroadcastInput, FormInput
from .forms import add_broadcast, add_broadcasts, add_form_used, cancel_broadcast, cancel_form_used
from .inputs import (
    EvidenceInput,
    HandedIn,
    NoticeInput,
    PostingInput,
)
from .interruptions import (
    cancel_interruption,
    correct_interruption,
    interrupt_posting,
    resume_posting,
)
from .judging import refusals_of
from .money_cells import ReadAs
from .named import NamedRow, named_from_text, named_from_xlsx
from .names import forget_names, show_names_again
from .notices import cancel_notice, correct_notice, record_notice
from .papers import SentInput, cancel_report, cancel_sent, note_sent, settle_report
from .plan_inputs import PlanInput, PlannedInput
from .plans import cancel_plan, correct_plan, record_plan
from .postings import (
    add_posting,
    cancel_posting,
    correct_posting,
    hang_again,
    take_down,
)
from .registers import publish_register
from .reminding import remind_units
from .sent_again import AlikeStands
from .sessions import cancel_session, record_session
from .tables import table_from_text, table_from_xlsx

__all__ = [
    "DOCUMENT_KINDS",
    "EVIDENCE_KINDS",
    "MOST_DOCUMENTS",
    "AlikeStands",
    "BroadcastInput",
    "EvidenceInput",
    "FormInput",
    "HandedIn",
    "NamedRow",
    "NoticeInput",
    "PlanInput",
    "PlannedInput",
    "PostingInput",
    "ReadAs",
    "SentInput",
    "add_broadcast",
    "add_broadcasts",
    "add_document",
    "add_evidence",
    "add_form_used",
    "add_posting",
    "cancel_broadcast",
    "cancel_form_used",
    "cancel_interruption",
    "cancel_notice",
    "cancel_plan",
    "cancel_posting",
    "cancel_report",
    "cancel_sent",
    "cancel_session",
    "correct_interruption",
    "correct_notice",
    "correct_plan",
    "correct_posting",
    "forget_names",
    "hand_in_document",
    "hand_in_evidence",
    "hang_again",
    "interrupt_posting",
    "named_from_text",
    "named_from_xlsx",
    "note_sent",
    "publish_register",
    "record_notice",
    "record_plan",
    "record_session",
    "refusals_of",
    "remind_units",
    "remove_document",
    "resume_posting",
    "settle_report",
    "show_names_again",
    "table_from_text",
    "table_from_xlsx",
    "take_down",
]
