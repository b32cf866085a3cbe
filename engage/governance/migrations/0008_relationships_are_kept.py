"""A declared relationship is never deleted, and nothing of it changes but that it ends, once."""

from django.db import migrations

from engage.store.kept import Kept, statements


SAME = ("id", "user", "kind", "key", "nature", "agency", "declared_by", "declared_at")
TABLES = (
    Kept("governance_declaredrelationship", key="id", same=SAME, unless="old.ended_at is not null", refusal="a declared relationship is kept: it can only be ended, once"),
)  # fmt: skip


def refuse_changes(apps, schema_editor):
    for statement in statements(TABLES, schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("governance", "0007_declared_relationships")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
