"""How what somebody declared a relationship to was written, and since when it is so. Kept as the rest of the row is."""

from django.db import migrations, models

from engage.store.kept import Kept, statements


SAME = ("id", "user", "kind", "key", "nature", "agency", "declared_by", "declared_at")
TABLE = "governance_declaredrelationship"
CHANGED = "old.ended_at is not null or coalesce(old.since, '') <> coalesce(new.since, '') or coalesce(old.called, '') <> coalesce(new.called, '')"
TABLES = (
    Kept(TABLE, key="id", same=SAME, unless=CHANGED, refusal="a declared relationship is kept: it can only be ended, once"),
)  # fmt: skip
SQLITE = [f"drop trigger {TABLE}_{name}" for name in ("no_update", "no_delete", "no_replace")]
POSTGRESQL = [f"drop function {TABLE}_refuse() cascade"]


def refuse_changes(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in (*(SQLITE if vendor == "sqlite" else POSTGRESQL), *statements(TABLES, vendor)):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("governance", "0008_relationships_are_kept")]
    operations = [
        migrations.AddField("declaredrelationship", "called", models.CharField(max_length=300, null=True)),
        migrations.AddField("declaredrelationship", "since", models.CharField(max_length=100, null=True)),
        migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False),
    ]
