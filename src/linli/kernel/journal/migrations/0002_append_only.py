"""The database refuses to change or delete what the journal holds."""

from django.db import migrations

from linli.kernel.journal import append_only


def install(_apps, schema_editor):
    append_only.install(schema_editor.connection)


def lift(_apps, schema_editor):
    append_only.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(install, lift)]
