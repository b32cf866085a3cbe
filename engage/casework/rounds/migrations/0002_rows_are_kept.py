"""A row is never changed or deleted."""

from django.db import migrations

from engage.store.kept import Kept, statements


TABLES = (Kept("rounds_informationrequest"), Kept("rounds_return"), Kept("rounds_chase"))


def refuse_changes(apps, schema_editor):
    for statement in statements(TABLES, schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("rounds", "0001_begun")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
