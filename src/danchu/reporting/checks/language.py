"""The language of the rules: sums of figures compared with each other, and nothing more.

    rule    = sum compare sum [compare sum] | sum "is" "integer"
    compare = "=" | "<=" | ">=" | "<" | ">"
    sum     = ["-"] term {("+" | "-") term}
    term    = name | number | number ("*" | "of") name
    number  = digits ["/" digits] ["%"]

A text becomes a tree of plain values; nothing in it is ever run. Numbers are exact: whole
numbers and fractions in the unit an indicator is printed in ("đồng", "m²", "%").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from danchu.core.errors import BadInput
from danchu.core.text import Exact

LONGEST = 500  # characters of a rule
MOST_TERMS = 40
MOST_DIGITS = 18

_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>[0-9]+)|(?P<name>[a-z][a-z0-9_]*)"
    r"|(?P<sign><=|>=|[<>=+\-*/%])"
)
_ALIASES = str.maketrans({"≤": "\x01", "≥": "\x02", "×": "*", "−": "-"})
_COMPARISONS = ("<=", ">=", "<", ">", "=")
_WORDS = frozenset({"of", "is", "integer"})


@dataclass(frozen=True, slots=True)
class Term:
    """``factor`` times the figure ``name``; a plain number where the name is empty."""

    factor: Exact  # whole where it can be: a fraction takes ten times as long to reckon with
    name: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One to three sums with what stands between them; without comparison: "is integer"."""

    sums: tuple[tuple[Term, ...], ...]
    comparisons: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name in the rule, each once, in the order of the text."""
        return tuple(dict.fromkeys(t.name for terms in self.sums for t in terms if t.name))


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int  # counted from 1


@lru_cache(maxsize=1024)
def parse(text: str) -> Rule:
    """The tree of a rule. Raises ``BadInput`` (field "rule") naming the place that is wrong."""
    if len(text) > LONGEST:
        raise BadInput(
            f"Quy tắc dài {len(text)} ký tự; nhiều nhất {LONGEST} ký tự.",
            f"The rule has {len(text)} characters; at most {LONGEST} are kept.",
            field="rule",
        )
    return _Parser(_tokens(text)).rule()


def holds(rule: Rule, numbers: Mapping[str, Exact]) -> bool:
    """Whether the rule is kept by these numbers; every name of the rule has its number."""
    amounts = [_added(terms, numbers) for terms in rule.sums]
    if not rule.comparisons:
        return amounts[0].denominator == 1
    return all(
        _compared(left, sign, right)
        for left, sign, right in zip(amounts, rule.comparisons, amounts[1:], strict=False)
    )


def written(rule: Rule) -> str:
    """The rule as text: parsed again it gives the same tree."""
    sums = [_sum_text(terms) for terms in rule.sums]
    if not rule.comparisons:
        return f"{sums[0]} is integer"
    parts = [sums[0]]
    for sign, text in zip(rule.comparisons, sums[1:], strict=True):
        parts += [sign, text]
    return " ".join(parts)


def _added(terms: tuple[Term, ...], numbers: Mapping[str, Exact]) -> Exact:
    total: Exact = 0
    for term in terms:
        number = numbers[term.name] if term.name else 1
        total += number if term.factor == 1 else term.factor * number
    return total


def _compared(left: Exact, sign: str, right: Exact) -> bool:
    if sign == "=":
        return left == right
    if sign == "<=":
        return left <= right
    if sign == ">=":
        return left >= right
    return left < right if sign == "<" else left > right


def _sum_text(terms: tuple[Term, ...]) -> str:
    text = ""
    for position, term in enumerate(terms):
        size = abs(term.factor)
        part = term.name if term.name and size == 1 else str(size)
        if term.name and size != 1:
            part += f" * {term.name}"
        sign = "-" if term.factor < 0 else "+"
        if position:
            text += f" {sign} {part}"
        else:
            text = f"-{part}" if term.factor < 0 else part
    return text


def _tokens(text: str) -> list[_Token]:
    plain = text.translate(_ALIASES)
    found: list[_Token] = []
    place = 0
    while place < len(plain):
        if plain[place] in "\x01\x02" and text[place] in "≤≥":
            found.append(_Token("sign", "<=" if text[place] == "≤" else ">=", place + 1))
            place += 1
            continue
        match = _TOKEN.match(plain, place)
        if match is None:
            raise _wrong(
                _Token("", text[place], place + 1), "ký tự không dùng được", "this cannot be used"
            )
        if match.lastgroup != "space":
            found.append(_Token(str(match.lastgroup), match[0], place + 1))
        place = match.end()
    return [*found, _Token("end", "", len(text) + 1)]


def _wrong(token: _Token, vi: str, en: str) -> BadInput:
    at_vi = f"“{token.text}”" if token.text else "cuối dòng"
    at_en = f"“{token.text}”" if token.text else "the end"
    return BadInput(
        f"Quy tắc sai ở vị trí {token.place}, {at_vi}: {vi}.",
        f"The rule is wrong at position {token.place}, {at_en}: {en}.",
        field="rule",
    )


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.at, self.terms = tokens, 0, 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def took(self, *texts: str) -> _Token | None:
        """The next token when it is one of these signs or words, and on to the one after."""
        token = self.next
        if token.text in texts and token.kind != "end":
            self.at += 1
            return token
        return None

    def rule(self) -> Rule:
        sums = [self.sum()]
        comparisons: list[str] = []
        if self.took("is"):
            if not self.took("integer"):
                raise _wrong(self.next, "sau “is” là “integer”", "“integer” follows “is”")
            self.end()
            return Rule((sums[0],), ())
        while len(comparisons) < 2:
            sign = self.took(*_COMPARISONS)
            if sign is None:
                break
            comparisons.append(sign.text)
            sums.append(self.sum())
        if not comparisons:
            raise _wrong(
                self.next, "cần phép so sánh =, <=, >=, < hoặc >", "a comparison is needed here"
            )
        self.end()
        found = Rule(tuple(sums), tuple(comparisons))
        if not found.names:
            raise _wrong(
                self.tokens[0], "không có chỉ tiêu nào trong quy tắc", "the rule names no figure"
            )
        return found

    def end(self) -> None:
        if self.next.kind != "end":
            raise _wrong(self.next, "thừa phần này", "nothing may follow here")

    def sum(self) -> tuple[Term, ...]:
        sign = -1 if self.took("-") else 1
        terms = [self.term(sign)]
        while token := self.took("+", "-"):
            terms.append(self.term(1 if token.text == "+" else -1))
        return tuple(terms)

    def term(self, sign: int) -> Term:
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise _wrong(
                self.next,
                f"quá {MOST_TERMS} số hạng",
                f"there are more than {MOST_TERMS} terms",
            )
        if self.next.kind == "number":
            number = sign * self.number()
            factor = number.numerator if number.denominator == 1 else number
            return Term(factor, self.name()) if self.took("*", "of") else Term(factor)
        return Term(sign, self.name())

    def name(self) -> str:
        token = self.next
        if token.kind != "name" or token.text in _WORDS:
            raise _wrong(
                token, "cần mã chỉ tiêu hoặc một số", "the key of a figure or a number is needed"
            )
        self.at += 1
        return token.text

    def number(self) -> Fraction:
        value = Fraction(self.digits())
        if self.took("/"):
            token = self.next
            below = self.digits()
            if below == 0:
                raise _wrong(token, "mẫu số bằng không", "the denominator is nought")
            value /= below
        return value / 100 if self.took("%") else value

    def digits(self) -> int:
        token = self.next
        if token.kind != "number":
            raise _wrong(token, "cần một số", "a number is needed")
        if len(token.text) > MOST_DIGITS:
            raise _wrong(
                token, f"số dài quá {MOST_DIGITS} chữ số", f"more than {MOST_DIGITS} digits"
            )
        self.at += 1
        return int(token.text)
