"""What was said of who is in a peer group is kept."""

from django.db import migrations

from engage.store.kept import Kept, statements


TABLES = (Kept("peers_memberword"),)


def refuse_changes(apps, schema_editor):
    for statement in statements(TABLES, schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("peers", "0001_begun")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
