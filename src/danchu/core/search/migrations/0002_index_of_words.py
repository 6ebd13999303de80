"""The index over the words, for each engine its own. Static text only."""

from django.db import migrations

POSTGRESQL = (
    "CREATE INDEX search_indexedrecord_words ON search_indexedrecord"
    " USING gin (to_tsvector('simple'::regconfig, words))",
)
SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5("
    "words, content='search_indexedrecord', content_rowid='record_id', tokenize='ascii',"
    " detail='none')",
    "CREATE TRIGGER search_words_added AFTER INSERT ON search_indexedrecord BEGIN"
    " INSERT INTO search_words(rowid, words) VALUES (new.record_id, new.words); END",
    "CREATE TRIGGER search_words_gone AFTER DELETE ON search_indexedrecord BEGIN"
    " INSERT INTO search_words(search_words, rowid, words)"
    " VALUES ('delete', old.record_id, old.words); END",
    "CREATE TRIGGER search_words_changed AFTER UPDATE ON search_indexedrecord BEGIN"
    " INSERT INTO search_words(search_words, rowid, words)"
    " VALUES ('delete', old.record_id, old.words);"
    " INSERT INTO search_words(rowid, words) VALUES (new.record_id, new.words); END",
)
POSTGRESQL_BACK = ("DROP INDEX search_indexedrecord_words",)
SQLITE_BACK = (
    "DROP TRIGGER search_words_added",
    "DROP TRIGGER search_words_gone",
    "DROP TRIGGER search_words_changed",
    "DROP TABLE search_words",
)


def make(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_BACK if on_postgresql else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, unmake)]
