"""TCVN3 and VNI: the whole tables, and never a false alarm."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.core.text import detect_legacy, from_tcvn3, from_vni, is_syllable
from danchu.core.text.legacy import TCVN3, VNI

SMALL = [
    unicodedata.normalize("NFC", vowel + tone)
    for vowel, tone in itertools.product("aăâeêioôơuưy", ("", *"\u0300\u0309\u0303\u0301\u0323"))
]
LETTERS = [c for c in (*SMALL, "đ") if not c.isascii()]
LETTERS += [c.upper() for c in LETTERS]

TO_TCVN3 = {letter: chr(code) for code, letter in TCVN3.items() if code < 256}
TO_VNI: dict[str, str] = {}
for code, letter in VNI.items():
    if code.isupper() or code.islower():
        TO_VNI[letter] = code


def encoded(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(c, c) for c in text)


def test_there_are_134_letters_and_each_goes_there_and_back() -> None:
    assert len(LETTERS) == len(set(LETTERS)) == 134
    assert set(TO_TCVN3) == set(TO_VNI) == set(LETTERS)
    for letter in LETTERS:
        assert from_tcvn3(TO_TCVN3[letter]) == letter
        assert from_vni(TO_VNI[letter]) == letter


# Independent anchors: codes from the published charts, so that a table cannot agree with itself.
@pytest.mark.parametrize(
    ("code", "letter"),
    [(0xA7, "Đ"), (0xAE, "đ"), (0xB5, "à"), (0xB8, "á"), (0xAD, "ư"), (0xC6, "ặ"), (0xCA, "ấ"), (0xD5, "ế"),
     (0xD6, "ệ"), (0xE9, "ộ"), (0xED, "ớ"), (0xF8, "ứ"), (0xFE, "ỵ"), (0x80, "À"), (0x01, "Ú"), (0xFF, "Ố")],
)  # fmt: skip
def test_tcvn3_agrees_with_the_standard(code: int, letter: str) -> None:
    assert from_tcvn3(chr(code)) == letter


@pytest.mark.parametrize(
    ("legacy", "text"),
    [
        (
            "TiÕp c«ng d©n, gi¶i quyÕt khiÕu n¹i, tè c¸o",
            "Tiếp công dân, giải quyết khiếu nại, tố cáo",
        ),
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("thùc hiÖn d©n chñ ë c¬ së", "thực hiện dân chủ ở cơ sở"),
        ("“§¬n th­” – 5 vô", "“Đơn thư” – 5 vụ"),
        ("Hµ, Hßa, SèHI", "Hà, Hòa, SỐHI"),
    ],
)
def test_tcvn3_texts_become_unicode(legacy: str, text: str) -> None:
    assert from_tcvn3(legacy) == text


@pytest.mark.parametrize(
    ("legacy", "text"),
    [
        ("Tieáp coâng daân, giaûi quyeát khieáu naïi", "Tiếp công dân, giải quyết khiếu nại"),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Ñôn thö, nghæ ñònh kyø, öùng xöû, kyõ", "Đơn thư, nghỉ định kỳ, ứng xử, kỹ"),
        ("AÙo, Ôû, Öu, Yù", "Áo, Ở, Ưu, Ý"),
        ("saün saøng, haøng thaúng", "sẵn sàng, hàng thẳng"),
    ],
)
def test_vni_texts_become_unicode(legacy: str, text: str) -> None:
    assert from_vni(legacy) == text


SENTENCES = [
    "Ủy ban nhân dân xã đã tổ chức hai hội nghị đối thoại với nhân dân về thu hồi đất.",
    "Các hộ dân đề nghị sớm sửa tuyến đường vào thôn và công khai khoản đóng góp.",
    "Ban Thanh tra nhân dân kiến nghị xử lý dứt điểm những việc còn tồn đọng.",
    "Đơn thư khiếu nại, tố cáo",
    "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM XÃ BẾN MẪU",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_legacy_texts_are_detected_and_come_back(text: str) -> None:
    tcvn3, vni = encoded(text, TO_TCVN3), encoded(text, TO_VNI)
    assert detect_legacy(tcvn3) == "tcvn3" and from_tcvn3(tcvn3) == text
    assert detect_legacy(vni) == "vni" and from_vni(vni) == text


@pytest.mark.parametrize(
    "text",
    [
        *SENTENCES,
        "xã cá nhân",
        "là có và các xã thì nói rõ",
        "công dân và cán bộ",
        "",
        "plain English text with a café, a naïve résumé and a piñata",
        "Où est l'hôtel ? Déjà là, à côté du théâtre ; c'était très agréable, ça me plaît.",
        "Où où là né, thé tôt, né thé",
        "«Noël» en été à la forêt, Raphaël haït le maïs, août",
        "São Paulo não é a capital; a eleição será amanhã.",
        "¿Dónde está el niño? Más allá del río, allí, ¡sí!",
        "Für größere Übungen müssen wir später zurückkehren.",
        "Du må velge på nytt, så går du på skole",
        "m² và 20°C, 1½ · 2×3 ± 5 µm © 2024 ® «»",
        "TiÕp",
        "Tiếp c«ng d©n, gi¶i quyÕt khiÕu n¹i",
        "Привет, это не по-вьетнамски",
    ],
)
def test_unicode_texts_of_any_language_are_never_taken_for_legacy(text: str) -> None:
    assert detect_legacy(text) is None


@given(st.lists(st.sampled_from(" ".join(SENTENCES).split()), min_size=1, max_size=30))
def test_unicode_vietnamese_in_any_order_is_never_taken_for_legacy(words: list[str]) -> None:
    assert detect_legacy(" ".join(words)) is None
    assert detect_legacy(unicodedata.normalize("NFD", " ".join(words))) is None


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    assert detect_legacy(text) in (None, "tcvn3", "vni")
    from_tcvn3(text)
    from_vni(text)


def test_syllables_are_told_by_their_form() -> None:
    for word in [
        "nghiêng",
        "Quyết",
        "KHUỶU",
        "giường",
        "ủy",
        "yêu",
        "xoong",
        "thuở",
        "đặc",
        "gì",
        "ý",
        "oanh",
    ]:
        assert is_syllable(word), word
    for word in ["strand", "hôt", "mật́", "xãx", "hoàán", "tộTộ", "ngộf", "été", "a1"]:
        assert not is_syllable(word), word
