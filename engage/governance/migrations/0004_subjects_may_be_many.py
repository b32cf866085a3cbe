"""The subject of a search is everybody it found. SQLite keeps no lengths, and to alter a table there makes it anew and loses
its triggers: only PostgreSQL is told."""

from django.db import migrations, models


def widen(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("alter table governance_auditevent alter column subject type varchar(1000)")


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_audit_is_never_replaced")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(widen, migrations.RunPython.noop, elidable=False)],
            state_operations=[
                migrations.AlterField("auditevent", "subject", models.CharField(db_index=True, max_length=1000))
            ],
        )
    ]
