"""What was carried in from others is what was carried in, and the styles keep to this site."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import danchu.web.design

STATIC = Path(danchu.web.design.__file__).parent / "static" / "design"
VENDOR = STATIC / "vendor"


def test_every_carried_file_has_its_checksum():
    listed = dict(
        reversed(line.split("  ", 1)) for line in (VENDOR / "SHA256SUMS").read_text().splitlines()
    )
    present = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name not in ("SHA256SUMS", "SOURCES.md")
    }
    assert listed == present


def test_styles_and_scripts_fetch_nothing_from_elsewhere_and_hold_no_data_urls():
    for path in [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")]:
        text = path.read_text()
        assert "data:image" not in text, path
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//", text), path
        assert "@import" not in text, path
        assert "sourceMappingURL" not in text, path


def test_every_file_a_style_names_exists():
    for path in STATIC.rglob("*.css"):
        for name in re.findall(r"url\(\"?([^\")]+)\"?\)", path.read_text()):
            assert (path.parent / name).is_file(), (path, name)


def test_all_styles_together_stay_small():
    total = sum(len(gzip.compress(path.read_bytes(), 9)) for path in STATIC.rglob("*.css"))
    assert total <= 50_000


def test_templates_hold_no_inline_style_or_script():
    templates = Path(danchu.web.design.__file__).parent.parent
    found = []
    for path in templates.rglob("templates/**/*.html"):
        text = path.read_text()
        if re.search(r"\sstyle=|<style|\son[a-z]+=[\"']|javascript:", text) or re.search(
            r"<script(?![^>]*\ssrc=)", text
        ):
            found.append(path.name)
        assert "|safe" not in text, path
        assert "autoescape off" not in text, path
    assert found == []


def test_every_icon_that_was_carried_in_is_drawn_somewhere():
    from danchu.web.design.templatetags.danchu import icon_paths

    web = Path(danchu.web.design.__file__).parent.parent
    texts = [path.read_text() for path in [*web.rglob("*.html"), *web.rglob("*.py")]]
    sheet = Path(__file__).with_name("sheet.html").read_text()
    unused = [
        name for name in icon_paths() if not any(f'"{name}"' in text for text in [*texts, sheet])
    ]
    assert unused == [], "take them out of vendor/bootstrap-icons.svg"
