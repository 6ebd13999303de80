"""A changed meaning is a new row from a new version on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from danchu.reporting.figures import dictionary
from danchu.reporting.figures.models import Definition, DictionaryVersion, Indicator
from danchu.reporting.figures.reference import REFERENCES, current_definitions
from danchu.reporting.figures.selectors import definition
from tests.cast import Cast

(REFERENCE,) = REFERENCES


@pytest.fixture
def release(tmp_path: Path) -> Any:
    """Writes a later dictionary: ``release(change)`` with a function on its list of entries."""

    def write(change: Any) -> Path:
        content = yaml.safe_load((dictionary.FOLDER / dictionary.FILE).read_text("utf-8"))
        change(content["indicators"])
        folder = tmp_path / f"release-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        (folder / dictionary.FILE).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
        return folder

    return write


def test_the_shipped_dictionary_is_in_the_database_once(cast: Cast) -> None:
    assert REFERENCE.installed() == REFERENCE.version(REFERENCE.folder)
    assert REFERENCE.plan(REFERENCE.folder) == []
    assert REFERENCE.apply(REFERENCE.folder) == []
    assert DictionaryVersion.objects.count() == 1
    assert current_definitions() == dictionary.shipped()


@pytest.mark.usefixtures("changing_dictionary")
def test_what_changed_is_a_new_row_and_the_old_one_stays(cast: Cast, release: Any) -> None:
    def change(entries: list[dict[str, Any]]) -> None:
        entries[0]["definition_vi"] = "Nghĩa khác."
        entries.append({**entries[1], "key": "new_key"})
        del entries[2]

    gone = list(dictionary.shipped())[2]
    folder = release(change)
    changes = {(c.what, c.key) for c in REFERENCE.plan(folder)}
    # Those behind the one left out moved up by a place, which is part of their meaning here.
    assert {("change", "documents_issued"), ("add", "new_key"), ("end", gone)} <= changes
    REFERENCE.apply(folder)
    assert definition("documents_issued").definition_vi == "Nghĩa khác."
    assert "new_key" in current_definitions()
    assert gone not in current_definitions()
    rows = Definition.objects.filter(indicator__key="documents_issued").order_by("version__number")
    assert [row.version.number for row in rows] == [1, 2]
    assert rows[0].definition_vi != "Nghĩa khác."
    assert Indicator.objects.filter(key=gone).exists()
    assert REFERENCE.apply(folder) == []
    # It may come back.
    REFERENCE.apply(REFERENCE.folder)
    assert gone in current_definitions()
    assert DictionaryVersion.objects.count() == 3
