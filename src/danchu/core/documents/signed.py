"""Whether a PDF that comes back signed says what the frozen one says.

Signing outside adds to a file (signatures, stamps, a picture of the signature) and may set it
anew; it never changes a word. So the words of each frozen page must be found, in their order, on
the same page of the signed file; what stands there besides is listed for a person to look at.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from danchu.core.pdf_in import pdf_pages

# A page with fewer words than this, where the frozen one has many, is a picture of a page.
_FEW = 5
_MOST_WORDS = 5000  # compared of one page; an official page has some four hundred
_HYPHEN = re.compile("[\ufffe\x02\u00ad\u200b]\r?\n?")
Verdict = Literal["bytes", "words", "unread"]


class Differs(Exception):
    """The signed file does not say what was frozen; ``where`` tells page by page."""

    def __init__(self, where: tuple[tuple[int, str, str], ...]) -> None:
        super().__init__("the signed file differs")
        self.where = where


@dataclass(frozen=True, slots=True)
class SignedCheck:
    """What was found.

    ``verdict``: "bytes" when the file begins with the frozen bytes and only adds to them,
    "words" when every frozen word stands where it stood, "unread" for a scan, which a person
    compares. ``signatures``: how many digital signatures it carries; whether their certificates
    are good is not judged here. ``added``: words that the frozen pages do not have.
    """

    verdict: Verdict
    signatures: int
    added: tuple[str, ...]


def check_signed(frozen: bytes, signed: bytes) -> SignedCheck:
    """Compare a signed PDF with the frozen one.

    Raises :class:`Differs` when a word is missing or another stands in its place, ``BadInput``
    (field "file") for a file that cannot be read.
    """
    ours, _ = pdf_pages(frozen)
    theirs, signatures = pdf_pages(signed)
    if signed.startswith(frozen):
        # A signature is written behind the file; what stands before it is covered by it.
        return SignedCheck("bytes", signatures, _added(ours, theirs))
    wanted = [_words(page) for page in ours]
    found = [_words(page) for page in theirs]
    if all(len(page) < _FEW for page in found) and any(len(page) >= _FEW for page in wanted):
        return SignedCheck("unread", signatures, ())
    where = tuple(_differences(wanted, found))
    if where:
        raise Differs(where)
    return SignedCheck("words", signatures, _added(ours, theirs))


def _words(page: str) -> list[str]:
    return unicodedata.normalize("NFC", _HYPHEN.sub("", page)).split()[:_MOST_WORDS]


def _differences(wanted: list[list[str]], found: list[list[str]]) -> list[tuple[int, str, str]]:
    """(page, words frozen, words found instead), at most three for a page."""
    where: list[tuple[int, str, str]] = []
    for number in range(max(len(wanted), len(found))):
        if number >= len(found):
            where.append((number + 1, " ".join(wanted[number][:12]), ""))
            continue
        if number >= len(wanted):
            continue  # a page added behind: listed as added
        matcher = difflib.SequenceMatcher(None, wanted[number], found[number], autojunk=False)
        told = [
            (number + 1, " ".join(wanted[number][a:b][:12]), " ".join(found[number][c:d][:12]))
            for tag, a, b, c, d in matcher.get_opcodes()
            if tag in ("replace", "delete")
        ]
        where += told[:3]
    return where


def _added(ours: list[str], theirs: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    for number, page in enumerate(theirs):
        had = _words(ours[number]) if number < len(ours) else []
        has = _words(page)
        if had == has:
            continue
        matcher = difflib.SequenceMatcher(None, had, has, autojunk=False)
        found += [
            " ".join(has[c:d]) for tag, _a, _b, c, d in matcher.get_opcodes() if tag == "insert"
        ]
    return tuple(text[:200] for text in found[:20])
