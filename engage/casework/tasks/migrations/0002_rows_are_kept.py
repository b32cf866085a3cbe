"""What was agreed, and what was said of it, is kept. Of an action's head only what a word on it changes may change, and its version only to the next."""

from django.db import migrations

from engage.store.kept import Kept, statements


HEAD = ("seq", "what", "made_by", "made_by_name", "made_by_agency", "made_at", "request_id")
TABLES = (
    Kept("tasks_agreedaction", same=HEAD, unless="new.version <> old.version + 1"),
    Kept("tasks_actionword"),
)


def refuse_changes(apps, schema_editor):
    for statement in statements(TABLES, schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_agreed_actions")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
