from django.db import migrations


REFUSAL = "what was received is kept: a row is never changed or deleted"
TABLES = ("records_delivery", "records_deliveryfile", "records_handentry")
SQLITE = [
    f"create trigger {table}_no_{verb} before {verb} on {table} begin select raise(abort, '{REFUSAL}'); end"
    for table in TABLES
    for verb in ("update", "delete")
]
POSTGRESQL = [
    "create function records_refuse() returns trigger language plpgsql as " f"$$ begin raise exception '{REFUSAL}'; end $$",
    *(f"create trigger {table}_no_change before update or delete on {table} for each row execute function records_refuse()" for table in TABLES),
]


def refuse_changes(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
