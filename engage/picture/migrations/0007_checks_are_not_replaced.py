"""What was checked is not replaced by another row of its number, nor truncated."""

from django.db import migrations


REFUSAL = "what was checked is kept: it is struck once, with a reason, and neither changed nor deleted"
TABLE = "picture_missingcheck"
SQLITE = [
    f"create trigger {TABLE}_no_replace before insert on {TABLE} when exists (select 1 from {TABLE} where id = new.id) "
    f"begin select raise(abort, '{REFUSAL}'); end",
]
POSTGRESQL = [
    f"create trigger {TABLE}_no_truncate before truncate on {TABLE} for each statement execute function picture_refuse_check()",
]


def refuse_changes(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("picture", "0006_watches")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
