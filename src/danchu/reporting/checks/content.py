"""What makes a rule fit for use: the one door of shipped rules and of those added by hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

from danchu.core.errors import BadInput
from danchu.core.records.inputs import clean_line
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.selectors import definitions

from . import language
from .counting import refuse_mixed
from .language import Rule
from .models import CheckRule

EARLIER = ("earlier_median", "earlier_spread")
BELOW = "below"  # what the units directly below handed in, added up
PEERS = ("peer_median", "peer_spread")
LAST = ("last_least", "last_most")  # of the same period last year and the period just before
# Names with a meaning of their own, layer by layer; all others are keys of indicators.
OWN_NAMES: dict[str, tuple[str, ...]] = {
    CheckRule.Layer.CELL: ("value",),
    CheckRule.Layer.FORM: ("value", "whole"),
    CheckRule.Layer.RECORDS: ("value", "recorded", BELOW),
    CheckRule.Layer.HISTORY: ("value", *EARLIER, *PEERS, *LAST),
}
_PRINTED: dict[str, frozenset[str]] = {
    CheckRule.Layer.CELL: frozenset({"name", "value"}),
    CheckRule.Layer.FORM: frozenset({"name", "value", "whole_name", "whole"}),
    CheckRule.Layer.RECORDS: frozenset({"name", "value", "recorded", "below", "n"}),
    CheckRule.Layer.HISTORY: frozenset({"name", "value", "n", "source"}),
}
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_KEY = re.compile(r"[a-z][a-z0-9_]{1,59}")


@dataclass(frozen=True, slots=True)
class RuleContent:
    """A rule as it is written down: see the columns of ``CheckRule``."""

    key: str
    layer: str
    severity: str
    rule: str
    sentence_vi: str
    sentence_en: str
    applies_to: str = ""
    basis: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


COLUMNS = tuple(f.name for f in fields(RuleContent))


def content_of(row: CheckRule) -> RuleContent:
    """The content of a stored rule."""
    return RuleContent(**{name: getattr(row, name) for name in COLUMNS})


_worked_out: tuple[Mapping[str, Definition], dict[str, tuple[str, ...]]] = ({}, {})


def in_use(applies_to: str, meanings: Mapping[str, Definition]) -> tuple[str, ...]:
    """What :func:`chosen` finds, worked out once for a dictionary."""
    global _worked_out
    of, found = _worked_out
    if of is not meanings:
        found = {}
        _worked_out = (meanings, found)
    if applies_to not in found:
        found[applies_to] = chosen(applies_to, meanings)
    return found[applies_to]


def chosen(applies_to: str, meanings: Mapping[str, Definition]) -> tuple[str, ...]:
    """The indicators that ``applies_to`` names, in the order of the dictionary.

    Words apart from each other by spaces: classes ("quantities", "counts", "money", "rates",
    "flows", "stocks", "parts"), keys, and keys left out ("-dialogues_held"). Raises
    ``BadInput`` (field "applies_to") for a word that is none of them.
    """
    taken: set[str] = set()
    left_out: set[str] = set()
    for word in applies_to.split():
        key = word.removeprefix("-")
        if word in CLASSES:
            taken |= {k for k, meaning in meanings.items() if CLASSES[word](meaning)}
        elif key in meanings:
            (left_out if word.startswith("-") else taken).add(key)
        else:
            raise BadInput(
                f"“{word[:60]}” không phải là mã chỉ tiêu hay nhóm chỉ tiêu.",
                f"“{word[:60]}” is neither an indicator nor a class of indicators.",
                field="applies_to",
            )
    return tuple(key for key in meanings if key in taken - left_out)


CLASSES: dict[str, Callable[[Definition], bool]] = {
    "quantities": lambda m: not m.is_rate,
    "counts": lambda m: m.scale == 1 and not m.is_rate and m.unit != "VND",
    "money": lambda m: m.unit == "VND",
    "rates": lambda m: m.is_rate and m.nature != "change",
    "flows": lambda m: m.nature == "flow",
    "stocks": lambda m: m.nature == "stock" and not m.is_rate,
    "parts": lambda m: bool(m.part_of),
}


def cleaned(content: RuleContent) -> RuleContent:
    """The rule as it would be kept, fit for use. Raises ``BadInput`` naming the field.

    A rule that orders or adds visits, people, petitions and matters is refused.
    """
    tidy = replace(
        content,
        key=clean_line(content.key, "key", "mã quy tắc", "key of the rule", limit=60),
        rule=clean_line(content.rule, "rule", "quy tắc", "rule", limit=500),
        applies_to=clean_line(
            content.applies_to,
            "applies_to",
            "chỉ tiêu áp dụng",
            "indicators it applies to",
            limit=500,
            required=False,
        ),
        sentence_vi=clean_line(
            content.sentence_vi,
            "sentence_vi",
            "câu tiếng Việt",
            "Vietnamese sentence",
            limit=500,
        ),
        sentence_en=clean_line(
            content.sentence_en, "sentence_en", "câu tiếng Anh", "English sentence", limit=500
        ),
        basis=clean_line(content.basis, "basis", "căn cứ", "basis", limit=300, required=False),
    )
    checked(tidy, definitions())
    return tidy


def checked(content: RuleContent, meanings: Mapping[str, Definition]) -> Rule:
    """The tree of a rule that may be used. Raises ``BadInput`` naming the field and the place."""
    if not _KEY.fullmatch(content.key):
        raise BadInput(
            "Mã quy tắc gồm chữ thường không dấu, số và dấu gạch dưới, từ 2 đến 60 ký tự.",
            "The key of a rule has small letters, digits and underscores, 2 to 60 of them.",
            field="key",
        )
    if content.layer not in CheckRule.Layer.values:
        raise BadInput("Chọn lớp kiểm tra.", "Choose the layer.", field="layer")
    if content.severity not in CheckRule.Severity.values:
        raise BadInput("Chọn mức độ.", "Choose the severity.", field="severity")
    if (content.layer, content.severity) == ("history", "block"):
        raise BadInput(
            "So với kỳ trước và đơn vị cùng loại chỉ để cảnh báo hoặc yêu cầu giải trình, không "
            "để chặn.",
            "A comparison with earlier periods or peers may warn or ask for a reason, not block.",
            field="severity",
        )
    if content.valid_from and content.valid_to and content.valid_to < content.valid_from:
        raise BadInput(
            "Ngày hết hiệu lực không thể trước ngày bắt đầu.",
            "The rule cannot end before it begins.",
            field="valid_to",
        )
    rule = language.parse(content.rule)
    _names_fit(content, rule, meanings)
    for field_name in ("sentence_vi", "sentence_en"):
        _printable(content, field_name, rule)
    return rule


def _names_fit(content: RuleContent, rule: Rule, meanings: Mapping[str, Definition]) -> None:
    own = OWN_NAMES[content.layer]
    used = [name for name in rule.names if name in own]
    keys = [name for name in rule.names if name not in own]
    for key in keys:
        if content.layer != CheckRule.Layer.FORM or key not in meanings:
            place = content.rule.find(key) + 1
            raise BadInput(
                f"Quy tắc sai ở vị trí {place}, “{key}”: không có tên này trong lớp kiểm tra đã "
                "chọn.",
                f"The rule is wrong at position {place}, “{key}”: this layer has no such name.",
                field="rule",
            )
    if used and keys:
        raise BadInput(
            "Quy tắc hoặc dùng “value” cho từng chỉ tiêu, hoặc nêu mã chỉ tiêu; không dùng cả hai.",
            "A rule either says “value” for each indicator or names indicators, not both.",
            field="rule",
        )
    targets = chosen(content.applies_to, meanings)
    if used and ("value" not in used or not targets):
        raise BadInput(
            "Quy tắc cho từng chỉ tiêu phải có “value” và ghi áp dụng cho chỉ tiêu nào.",
            "A rule for each indicator needs “value” and the indicators it applies to.",
            field="rule" if targets else "applies_to",
        )
    if keys and content.applies_to:
        raise BadInput(
            "Quy tắc đã nêu mã chỉ tiêu thì bỏ trống phần áp dụng.",
            "A rule that names indicators leaves “applies to” empty.",
            field="applies_to",
        )
    if sum(bool(set(used) & set(names)) for names in (EARLIER, PEERS, LAST)) > 1:
        raise BadInput(
            "So với các kỳ trước, với số gần nhất hoặc với đơn vị cùng loại, không so hai thứ "
            "trong một quy tắc.",
            "Compare with earlier periods, with the last values or with peers, not with two of "
            "them in one rule.",
            field="rule",
        )
    if "whole" in used:
        lone = [key for key in targets if not meanings[key].part_of]
        if lone:
            raise BadInput(
                f"Từ điển không ghi “{meanings[lone[0]].name_vi}” là một phần của chỉ tiêu nào.",
                f"The dictionary names nothing that “{meanings[lone[0]].name_en}” is part of.",
                field="applies_to",
            )
        for key in targets:
            refuse_mixed([key, meanings[key].part_of], meanings)
    refuse_mixed(keys, meanings)


def _printable(content: RuleContent, field_name: str, rule: Rule) -> None:
    sentence: str = getattr(content, field_name)
    if not sentence.strip():
        raise BadInput("Ghi câu báo lỗi.", "Write the sentence.", field=field_name)
    known = _PRINTED[content.layer] | {n for n in rule.names if n not in OWN_NAMES[content.layer]}
    if content.layer == CheckRule.Layer.HISTORY:
        known |= set(LAST) & set(rule.names) or {"median"}
    asked = set(PLACEHOLDER.findall(sentence))
    unknown = sorted(asked - known)
    if unknown or "{" in PLACEHOLDER.sub("", sentence) or "}" in PLACEHOLDER.sub("", sentence):
        shown = unknown[0][:60] if unknown else "{"
        raise BadInput(
            f"Câu báo lỗi có chỗ điền “{shown}” mà quy tắc này không có.",
            f"The sentence has the placeholder “{shown}”, which this rule does not give.",
            field=field_name,
        )
    if content.layer == CheckRule.Layer.HISTORY and "n" not in asked:
        raise BadInput(
            "Câu báo lỗi phải nói dựa trên bao nhiêu số liệu: ghi {n}.",
            "The sentence must say on how many values it stands: write {n}.",
            field=field_name,
        )
