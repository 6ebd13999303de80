"""English is complete: every text of the faces has one, compiled and not fuzzy."""

from __future__ import annotations

import ast
import gettext
import io
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import danchu

ROOT = Path(danchu.__file__).parent
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES"
NAMES = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}


def _of_python(text: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


def _of_template(text: str) -> set[str]:
    call = re.compile(
        r"\b_?n?gettext\(\s*(u?(?P<q>['\"]).*?(?<!\\)(?P=q))|\b_\((\s*(['\"]).*?(?<!\\)\4)", re.S
    )
    found = set()
    for match in call.finditer(templatize(text)):
        literal = (match[1] or match[3]).strip()
        found.add(ast.literal_eval(literal.removeprefix("u")))
    return found


def texts_of_the_source() -> dict[str, str]:
    """Every text that is looked up in a catalogue -> a file that holds it."""
    found: dict[str, str] = {}
    for path in [*(ROOT / "web").rglob("*.py"), ROOT / "urls.py"]:
        found |= dict.fromkeys(_of_python(path.read_text()), path.name)
    for path in (ROOT / "web").rglob("templates/**/*.html"):
        found |= dict.fromkeys(_of_template(path.read_text()), path.name)
    found.pop("", None)
    return found


@pytest.fixture(scope="module")
def compiled() -> gettext.GNUTranslations:
    with (CATALOGUE / "django.mo").open("rb") as handle:
        return gettext.GNUTranslations(handle)


def _translated(catalogue: gettext.GNUTranslations) -> set[str]:
    keys = catalogue._catalog  # type: ignore[attr-defined]  # the only list of what it knows
    return {key[0] if isinstance(key, tuple) else key for key, text in keys.items() if text}


def test_the_texts_are_found_where_they_stand():
    assert _of_python('x = _("Lưu"); y = ngettext("%d số", "%d số", n)') == {"Lưu", "%d số"}
    template = (
        '{% trans "Lưu biên bản" %}{% blocktrans count n=n %}Còn {{ n }} ngày{% plural %}'
        'Còn {{ n }} ngày{% endblocktrans %}{{ x|default:_("Không ghi") }}'
    )
    assert _of_template(template) == {"Lưu biên bản", "Còn %(n)s ngày", "Không ghi"}


def test_every_text_has_an_english_one(compiled):
    known = _translated(compiled)
    source = texts_of_the_source()
    assert len(source) > 500
    missing = {text: where for text, where in source.items() if text not in known}
    assert missing == {}, "make messages, then translate"


def test_the_catalogue_is_whole_and_compiled(compiled):
    catalogue = read_po(io.BytesIO((CATALOGUE / "django.po").read_bytes()), locale="en")
    known = _translated(compiled)
    for message in catalogue:
        if not message.id:
            continue
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        assert not message.fuzzy, key
        assert all(texts), key
        assert key in known, f"not compiled: {key}"
        wanted = set(re.findall(r"%\(\w+\)s|\{\}", key))
        for text in texts:
            assert set(re.findall(r"%\(\w+\)s|\{\}", text)) <= wanted, key
    assert not set(catalogue.obsolete)


def test_english_pages_hold_no_vietnamese_of_ours(client, db):
    page = client.get("/en/ve-trang-nay/").content.decode()
    assert "About this site" in page
    leftovers = [text for text in ("Về trang này", "Đến nội dung chính", "Tìm xã") if text in page]
    assert leftovers == []
