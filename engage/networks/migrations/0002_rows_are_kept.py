"""What was found of groups and what people decided about them is append-only: never changed, deleted, replaced or truncated."""

from django.db import migrations


REFUSAL = "what was decided is kept: a row is never changed or deleted"
TABLES = ("networks_groupstanding", "networks_groupadoption", "networks_concerndecision")
SQLITE = [
    statement
    for table in TABLES
    for statement in (
        f"create trigger {table}_no_update before update on {table} begin select raise(abort, '{REFUSAL}'); end",
        f"create trigger {table}_no_delete before delete on {table} begin select raise(abort, '{REFUSAL}'); end",
        f"create trigger {table}_no_replace before insert on {table} when exists (select 1 from {table} where seq = new.seq) "
        f"begin select raise(abort, '{REFUSAL}'); end",
    )
]
POSTGRESQL = [
    f"create function networks_refuse() returns trigger language plpgsql as $$ begin raise exception '{REFUSAL}'; end $$",
    *(
        statement
        for table in TABLES
        for statement in (
            f"create trigger {table}_no_change before update or delete on {table} for each row execute function networks_refuse()",
            f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function networks_refuse()",
        )
    ),
]


def refuse_changes(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("networks", "0001_groups_and_concern")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
