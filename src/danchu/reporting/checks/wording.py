"""The sentence of a finding: its placeholders filled with the numbers, as they are printed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from danchu.core.text import Exact, format_number
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import public_amount_text
from danchu.reporting.figures.models import Layer

from . import language
from .content import BELOW, LAST, PEERS, PLACEHOLDER, RuleContent
from .models import CheckRule
from .statistics import Last, Usual

COUNT = "\x00n\x00"  # the number of records behind a figure, known only once it was looked up
_MOST_NAMED = 5
_ENGLISH = str.maketrans(".,", ",.")
_SOURCES: dict[str, tuple[str, str]] = {
    "": ("số đơn vị cùng loại đã nộp", "figures peers handed in"),
    Layer.REPORTED: ("số đã nộp các kỳ trước", "figures handed in before"),
    Layer.STATED: ("số trong báo cáo các kỳ trước", "figures stated in earlier reports"),
    Layer.RECORDED: ("số từ hồ sơ các kỳ trước", "figures from earlier records"),
}


def sentences(
    content: RuleContent,
    touched: tuple[str, ...],
    numbers: Mapping[str, Exact],
    meanings: Mapping[str, Definition],
    usual: Usual | Last | None,
) -> tuple[str, str]:
    """The sentence of a broken rule in Vietnamese and in English."""
    first = meanings[touched[0]]
    vi: dict[str, str] = {"name": first.name_vi}
    en: dict[str, str] = {"name": first.name_en}
    if len(touched) > 1:
        vi["whole_name"], en["whole_name"] = (
            meanings[touched[1]].name_vi,
            meanings[touched[1]].name_en,
        )
    for name, number in numbers.items():
        text = _printed(number, meanings.get(name, first))
        vi[name], en[name] = text, text.translate(_ENGLISH)
    if usual is not None:
        if isinstance(usual, Usual):
            among_peers = bool(set(numbers) & set(PEERS))
            vi["median"], en["median"] = _middle(usual, first, among_peers=among_peers)
        vi["n"] = en["n"] = str(usual.n)
        vi["source"], en["source"] = _SOURCES[usual.source]
    elif "recorded" in numbers:
        vi["n"] = en["n"] = COUNT
    return _filled(content.sentence_vi, vi), _filled(content.sentence_en, en)


def not_checkable(
    content: RuleContent, lacking: Collection[str], meanings: Mapping[str, Definition]
) -> tuple[str, str]:
    """Why a rule could not be asked: what is not known, and how many more there are."""
    shown = list(lacking)[:_MOST_NAMED]
    more = len(lacking) - len(shown)
    vi = ", ".join(f"“{meanings[key].name_vi}”" for key in shown)
    en = ", ".join(f"“{meanings[key].name_en}”" for key in shown)
    if more:
        vi, en = f"{vi} và {more} chỉ tiêu khác", f"{en} and {more} more"
    if content.layer == CheckRule.Layer.HISTORY:
        if set(LAST) & set(language.parse(content.rule).names):
            return (
                f"Chưa so được {vi}: chưa có số, hoặc cùng kỳ năm trước và kỳ liền trước không có "
                "số.",
                f"Not compared yet, {en}: not reported, or nothing known of the same period last "
                "year and the period before.",
            )
        return (
            f"Chưa so được {vi}: chưa có số hoặc chưa đủ 5 số liệu để so.",
            f"Not compared yet, {en}: not reported, or fewer than 5 values to compare with.",
        )
    if content.layer == CheckRule.Layer.RECORDS:
        if BELOW in language.parse(content.rule).names:
            return (
                f"Chưa so được {vi} với đơn vị trực thuộc: chưa có số hoặc chưa đơn vị nào nộp.",
                f"Not compared with the units below, {en}: not reported, or none handed in.",
            )
        return (
            f"Chưa đối chiếu được {vi} với hồ sơ: chưa có số hoặc không có hồ sơ.",
            f"Not compared with records, {en}: not reported, or no records.",
        )
    return f"Chưa kiểm tra được: chưa có số của {vi}.", f"Not checked: no number for {en}."


def _printed(number: Exact, meaning: Definition) -> str:
    text = format_number(number)
    return f"{text}%" if meaning.is_rate else text


def _middle(usual: Usual, meaning: Definition, *, among_peers: bool) -> tuple[str, str]:
    """The median; of other units' sensitive matters no small number is told."""
    if among_peers:
        hidden = public_amount_text(meaning, -(-usual.median * meaning.scale // 1))
        if hidden == "dưới 5":
            return hidden, "under 5"
    text = _printed(usual.median, meaning)
    return text, text.translate(_ENGLISH)


def _filled(sentence: str, words: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), sentence)
