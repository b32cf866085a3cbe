"""A row is never changed or deleted."""

from django.db import migrations

from engage.store.kept import Kept, statements


TABLES = (Kept("minutes_decision"), Kept("minutes_dissent"), Kept("minutes_minutestext"))


def refuse_changes(apps, schema_editor):
    for statement in statements(TABLES, schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("minutes", "0001_begun")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
