"""The table of words: FTS5 on SQLite, a tsvector under GIN on PostgreSQL."""

from django.db import migrations

from linli.kernel.search import words


def create(_apps, schema_editor):
    words.create(schema_editor.connection)


def drop(_apps, schema_editor):
    words.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
