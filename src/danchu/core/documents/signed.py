"""Whether a PDF that comes back signed says what the frozen one says.

Signing outside adds to a file (signatures, stamps, a picture of the signature) and may set it
anew; it never changes a word. So the words of each frozen page must be found, in their order, on
the same page of the signed file; what stands there besides is listed for a person to look at.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

from danchu.core.pdf_in import PdfSeen, Signer, look_into
from danchu.core.text.normal import nfc

# A page with fewer words than this, where the frozen one has many, is a picture of a page.
_FEW = 5
_MOST_WORDS = 5000  # compared of one page; an official page has some four hundred
_HYPHEN = re.compile("[\ufffe\x02\u00ad\u200b]\r?\n?")
_UNLIKE = 64  # of 255 shades of grey
MOST_ADDED_PAGES = 20
_MOST_SHARE = 1 / 10  # of a page: the picture of a signature and the seal (NĐ 30/2020 Phụ lục I)
Verdict = Literal["bytes", "words", "unread"]


class Differs(Exception):
    """The signed file does not say what was frozen; ``where`` tells page by page."""

    def __init__(self, where: tuple[tuple[int, str, str], ...]) -> None:
        super().__init__("the signed file differs")
        self.where = where


@dataclass(frozen=True, slots=True)
class SignedCheck:
    """What was found.

    ``verdict``: "bytes" when every frozen word stands where it stood and the file begins with
    the frozen bytes, "words" when only the former, "unread" for a scan, which a person compares.
    ``signatures``: how many digital signatures it carries; whether they and their certificates
    are good is not judged here, only what they say is told (``signers``). ``added``: words that
    the frozen pages do not have. ``pictures``: pages that look otherwise (a stamp, a signature,
    something laid over the text), for a person to look at. ``only_signed``: the file is the
    frozen one grown by signatures and nothing else: one of them covers the whole file, the pages
    without them are those that were frozen, and no picture of a signature is large or lies over
    words. Everything else a person looks at before it goes out.
    """

    verdict: Verdict
    signatures: int
    added: tuple[str, ...]
    pictures: tuple[int, ...]
    signers: tuple[Signer, ...] = ()
    only_signed: bool = False


def check_signed(frozen: bytes, signed: bytes) -> SignedCheck:
    """Compare a signed PDF with the frozen one.

    Raises :class:`Differs` when a word is missing or another stands in its place, ``BadInput``
    (field "file") for a file that cannot be read.
    """
    ours = look_into(frozen, pictures=True)
    theirs = look_into(signed, most=ours.pages + MOST_ADDED_PAGES, pictures=True)
    wanted = [_words(page) for page in ours.texts]
    found = [_words(page) for page in theirs.texts]
    if theirs.pages >= ours.pages and all(len(page) < _FEW for page in found):
        return SignedCheck("unread", theirs.signatures, (), (), theirs.signers)
    where = tuple(_differences(wanted, found))
    if where:
        raise Differs(where)
    grown = signed.startswith(frozen)
    added = _added(wanted, found, theirs.pages)
    return SignedCheck(
        "bytes" if grown else "words",
        theirs.signatures,
        added,
        _otherwise(ours.pictures, theirs.pictures),
        theirs.signers,
        grown and not added and _only_signed(ours, theirs),
    )


def _only_signed(ours: PdfSeen, theirs: PdfSeen) -> bool:
    return (
        any(signer.covers == "whole" and signer.subject for signer in theirs.signers)
        and not theirs.scripts
        and theirs.pages == ours.pages == len(theirs.bare)
        and theirs.bare == ours.bare
        and [one for one in theirs.laid if not one.is_signature] == list(ours.laid)
        and not any(one.over_words for one in theirs.laid if one.is_signature)
        and all(
            sum(one.share for one in theirs.laid if one.is_signature and one.page == page)
            <= _MOST_SHARE
            for page in range(1, theirs.pages + 1)
        )
    )


def _otherwise(
    ours: tuple[tuple[int, int, str], ...], theirs: tuple[tuple[int, int, str], ...]
) -> tuple[int, ...]:
    """Numbers of the pages whose small pictures differ in more than a trace."""
    return tuple(
        number
        for number, (mine, its) in enumerate(zip(ours, theirs, strict=False), start=1)
        if _differ(mine, its)
    )


def _differ(mine: tuple[int, int, str], its: tuple[int, int, str]) -> bool:
    if mine[:2] != its[:2]:
        return True
    one, other = bytes.fromhex(mine[2]), bytes.fromhex(its[2])
    if one == other:
        return False
    unlike = sum(abs(a - b) > _UNLIKE for a, b in zip(one, other, strict=True))
    return unlike * 1000 > len(one)  # a thousandth of the page: less than a word


def _words(page: str) -> list[str]:
    return nfc(_HYPHEN.sub("", page)).split()[:_MOST_WORDS]


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


def _added(wanted: list[list[str]], found: list[list[str]], pages: int) -> tuple[str, ...]:
    told: list[str] = []
    for number, has in enumerate(found):
        had = wanted[number] if number < len(wanted) else []
        if had == has:
            continue
        matcher = difflib.SequenceMatcher(None, had, has, autojunk=False)
        told += [
            " ".join(has[c:d]) for tag, _a, _b, c, d in matcher.get_opcodes() if tag == "insert"
        ]
    shown = [text if len(text) <= 200 else f"{text[:200]} […]" for text in told[:20]]
    if len(told) > 20:
        shown.append(f"[… +{len(told) - 20}]")
    if pages > len(found):
        shown.append(f"[… +{pages - len(found)} trang]")
    return tuple(shown)
