"""Is this a Vietnamese syllable? Used to tell one reading of unknown bytes from another."""

from __future__ import annotations

import re
import unicodedata

_ONSETS = re.findall(r"\w+", "ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x")
# Rimes without tone. Those that end in a stop (c, ch, p, t) take only sắc or nặng.
_OPEN = re.findall(
    r"\w+",
    "a ai ao au ay âu ây e eo ê êu i ia iu iêu o oa oai oao oay oe oeo oi ô ôi ơ ơi u ua uây ui uê "
    "uôi uơ uy uya uyu ư ưa ưi ưu ươi ươu y yêu "
    "am an ang anh ăm ăn ăng âm ân âng em en eng êm ên êng ênh im in inh iêm iên iêng "
    "oam oan oang oanh oăm oăn oăng oen om on ong oong ôm ôn ông ơm ơn "
    "uân uâng uên uênh um un ung uôm uôn uông uyên uyn uynh ưm ưn ưng ươm ươn ương yêm yên yêng",
)
_STOPPED = re.findall(
    r"\w+",
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it iêc iêp iêt "
    "oac oach oap oat oăc oăt oc oet ooc op ot ôc ôp ôt ơp ơt uât uc uêch uôc uôt up ut "
    "uych uyêt uyp uyt ưc ưt ươc ươp ươt yêt",
)
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SHAPE = re.compile(
    f"(?:{'|'.join(_ONSETS)})?(?:({'|'.join(sorted(_STOPPED, key=len, reverse=True))})"
    f"|(?:{'|'.join(sorted(_OPEN, key=len, reverse=True))}))"
)


def is_syllable(word: str) -> bool:
    """Whether ``word`` has the form of a Vietnamese syllable with at most one, possible tone.

    Case is ignored, but a capital inside after small letters is refused. The form is checked,
    not whether the syllable is in use; foreign and minority names mostly fail.
    """
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tones = _TONE.findall(parts)
    if len(tones) > 1:
        return False
    m = _SHAPE.fullmatch(unicodedata.normalize("NFC", _TONE.sub("", parts)))
    if not m:
        return False
    return not m[1] or (bool(tones) and tones[0] in "\u0301\u0323")
