"""What was kept, and what was taken back, stays: no row is changed or deleted."""

from django.db import migrations

from engage.store.kept import Kept, statements


TABLES = (Kept("files_keptfile"), Kept("files_fileword"))


def refuse_changes(apps, schema_editor):
    for statement in statements(TABLES, schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("files", "0001_files")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
