"""What the code base never holds (SECURITY rows 9, 14, 15, 17, 19; rule 10).

Ruff knows some of these in Python; templates and the rest are looked through here.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import danchu

SOURCE = Path(danchu.__file__).parent
PYTHON = {
    r"\bmark_safe\b|\bSafeString\(|\b__html__\b": "text that nobody escapes",
    r"\bRawSQL\b|\.raw\(|\.extra\(": "SQL made of strings",
    r"execute\(\s*f[\"']|execute\([^)]*(?:%\s|\+|\.format)": "SQL made of strings",
    r"\bGenericForeignKey\b|\bobject_id\b": "a key that may point anywhere",
    r"shell\s*=\s*True|os\.system\(|os\.popen\(": "a shell",
    r"\bpickle\b|\bmarshal\b|\beval\(|\bexec\(": "data that runs",
    r"^\s*(?:import|from)\s+(?:requests|httpx|urllib\.request|http\.client)": "a call outward",
}
TEMPLATE = {
    r"\|\s*safe\b|\|\s*safeseq\b|\{%\s*autoescape\s+off": "text that nobody escapes",
    r"<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:": "a script in the page",
    r"<style\b|\sstyle\s*=": "a style in the page",
    r"(?:src|href)\s*=\s*[\"'](?:https?:)?//(?!www\.w3\.org)": "another site",
}
# What one file alone may do, for everybody.
IN_ONE_PLACE = {
    # SECURITY row 19: one listed hook takes what no page of ours has sent.
    "web/portal/one_click.py": r"\bcsrf_exempt\b",
    "web/design/whole_address.py": r"build_absolute_uri|\bget_host\(",
}


def found(files: list[Path], forbidden: dict[str, str]) -> list[str]:
    return [
        f"{file.relative_to(SOURCE)}: {why}: {match[0]!r}"
        for file in files
        for pattern, why in forbidden.items()
        for match in re.finditer(pattern, file.read_text("utf-8"), re.MULTILINE)
    ]


def test_no_python_file_opens_a_door_that_is_to_stay_shut() -> None:
    files = [file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts]
    assert len(files) > 200
    assert found(files, PYTHON) == []


def test_no_template_lets_text_through_or_carries_script_or_style() -> None:
    files = list(SOURCE.rglob("templates/**/*.html"))
    assert len(files) > 30
    assert found(files, TEMPLATE) == []


def test_what_one_file_alone_may_do_no_other_does() -> None:
    """A form anybody may send in a person's name; the Host header, which is the client's."""
    for place, pattern in IN_ONE_PLACE.items():
        users = [
            str(file.relative_to(SOURCE))
            for file in SOURCE.rglob("*.py")
            if re.search(pattern, file.read_text("utf-8"))
        ]
        assert users == [place]


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("@csrf_exempt", dict.fromkeys(IN_ONE_PLACE.values(), "")),
        ("request.get_host()", dict.fromkeys(IN_ONE_PLACE.values(), "")),
        ("mark_safe(name)", PYTHON),
        ("Unit.objects.raw(text)", PYTHON),
        ('cursor.execute(f"SELECT {name}")', PYTHON),
        ("import requests", PYTHON),
        ("{{ name|safe }}", TEMPLATE),
        ("<script>go()</script>", TEMPLATE),
        ('<p onclick="go()">', TEMPLATE),
        ('<p style="color:red">', TEMPLATE),
        ('<img src="https://elsewhere.example/x.png">', TEMPLATE),
    ],
)
def test_the_search_itself_finds_what_it_looks_for(text: str, forbidden: dict[str, str]) -> None:
    assert any(re.search(pattern, text, re.MULTILINE) for pattern in forbidden)
