"""The index over the words is whole after all migrations, and what is missing of it is told."""

from __future__ import annotations

import pytest
from django.core import checks
from django.db import connection

from danchu.core.contracts import NOBODY
from danchu.core.search.index import PARTS, mend_index, missing_parts
from danchu.core.search.models import IndexedRecord
from danchu.core.search.selectors import search
from tests.civic.disclosure.made import publish


def drop(part):
    kind = "INDEX" if connection.vendor == "postgresql" else "TRIGGER"
    with connection.cursor() as cursor:
        cursor.execute({"INDEX": "DROP INDEX {}", "TRIGGER": "DROP TRIGGER {}"}[kind].format(part))


def told():
    return [one.id for one in checks.run_checks(tags=[checks.Tags.database], databases=["default"])]


def test_every_migration_leaves_it_whole(db):
    assert missing_parts() == []
    assert mend_index() == []
    assert "danchu.search.W001" not in told()


def test_what_is_missing_is_told_and_made_again(db):
    for part in PARTS[connection.vendor]:
        if part == "search_words":
            continue
        drop(part)
        assert missing_parts() == [part]
        assert "danchu.search.W001" in told()
        assert mend_index() == [part]
        assert missing_parts() == [] and "danchu.search.W001" not in told()


@pytest.mark.django_db(transaction=True)
def test_what_was_published_while_the_triggers_were_away_is_found_again(committed_cast):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps the words in the row itself: no trigger can be missing")
    cast = committed_cast
    publish(cast.recorder_benmau, cast.benmau, title="Trước khi dựng lại")
    try:
        with connection.schema_editor() as editor:
            editor._remake_table(IndexedRecord)  # as a migration does that changes a column
        assert missing_parts() == [
            "search_words_added", "search_words_changed", "search_words_gone",
        ]  # fmt: skip
        publish(cast.recorder_benmau, cast.benmau, title="Sau khi dựng lại")
        assert [hit.title for hit in search(NOBODY, "dựng lại").hits] == ["Trước khi dựng lại"]
        assert len(mend_index()) == 3
        assert {hit.title for hit in search(NOBODY, "dựng lại").hits} == {
            "Trước khi dựng lại", "Sau khi dựng lại",
        }  # fmt: skip
    finally:
        mend_index()


def test_readyz_tells_it(client, db):
    assert client.get("/readyz").json()["search_index"] is True
    drop(PARTS[connection.vendor][-1])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["search_index"]) == (200, False)
