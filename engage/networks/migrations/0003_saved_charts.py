"""Saved charts: append-only, as what was decided is."""

from importlib import import_module

from django.db import migrations, models


before = import_module("engage.networks.migrations.0002_rows_are_kept")
TABLE = "networks_savedchart"
SQLITE = [
    f"create trigger {TABLE}_no_update before update on {TABLE} begin select raise(abort, '{before.REFUSAL}'); end",
    f"create trigger {TABLE}_no_delete before delete on {TABLE} begin select raise(abort, '{before.REFUSAL}'); end",
    f"create trigger {TABLE}_no_replace before insert on {TABLE} when exists (select 1 from {TABLE} where seq = new.seq) "
    f"begin select raise(abort, '{before.REFUSAL}'); end",
]
POSTGRESQL = [
    f"create trigger {TABLE}_no_change before update or delete on {TABLE} for each row execute function networks_refuse()",
    f"create trigger {TABLE}_no_truncate before truncate on {TABLE} for each statement execute function networks_refuse()",
]


def refuse_changes(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("networks", "0002_rows_are_kept")]
    operations = [
        migrations.CreateModel(
            name="SavedChart",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("annotates", models.BigIntegerField(db_index=True, null=True)),
                ("question", models.TextField()),
                ("title", models.CharField(max_length=120)),
                ("note", models.TextField(blank=True)),
                ("owner", models.CharField(db_index=True, max_length=150)),
                ("owner_name", models.CharField(max_length=150)),
                ("agency", models.CharField(db_index=True, max_length=40)),
                ("purpose", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("request_id", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False),
    ]
