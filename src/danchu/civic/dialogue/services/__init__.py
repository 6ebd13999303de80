"""What people do with minutes and opinions."""

from .inputs import MOST_OPINIONS, DialogueInput, OpinionInput
from .minutes import cancel_dialogue, correct_dialogue, publish_result, record_dialogue
from .opinions import add_opinion, answer_opinion, correct_opinion, take_up_opinion

__all__ = [
    "MOST_OPINIONS",
    "DialogueInput",
    "OpinionInput",
    "add_opinion",
    "answer_opinion",
    "cancel_dialogue",
    "correct_dialogue",
    "correct_opinion",
    "publish_result",
    "record_dialogue",
    "take_up_opinion",
]
