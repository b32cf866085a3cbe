"""INSERT OR REPLACE on SQLite deletes a row without firing its delete trigger, and TRUNCATE on PostgreSQL fires none of a row."""

from django.db import migrations


REFUSAL = "what was received is kept: a row is never changed or deleted"
# Each table with the columns that name a row.
TABLES = {"records_delivery": ("id", "digest"), "records_deliveryfile": ("id",), "records_handentry": ("id",)}
SQLITE = [
    f"create trigger {table}_no_replace before insert on {table} when exists (select 1 from {table} where "
    + " or ".join(f"{key} = new.{key}" for key in keys)
    + f") begin select raise(abort, '{REFUSAL}'); end"
    for table, keys in TABLES.items()
]
POSTGRESQL = [
    f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function records_refuse()"
    for table in TABLES
]


def refuse_replacing(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("records", "0002_received_is_append_only")]
    operations = [migrations.RunPython(refuse_replacing, migrations.RunPython.noop, elidable=False)]
