"""What was chosen and drawn is kept: no row is changed or deleted."""

from django.db import migrations

from engage.store.kept import Kept, statements


TABLES = (Kept("week_digestchoice"), Kept("week_draw"), Kept("week_drawncase"))


def refuse_changes(apps, schema_editor):
    for statement in statements(TABLES, schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("week", "0001_week")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
