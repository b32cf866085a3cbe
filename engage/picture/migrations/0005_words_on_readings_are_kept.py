"""What people said of readings of texts is append-only: never changed, deleted, replaced or truncated."""

from django.db import migrations


REFUSAL = "words on readings are kept: a row is never changed or deleted"
TABLE = "picture_readingjudgement"
SQLITE = [
    *(
        f"create trigger {TABLE}_no_{verb} before {verb} on {TABLE} begin select raise(abort, '{REFUSAL}'); end"
        for verb in ("update", "delete")
    ),
    f"create trigger {TABLE}_no_replace before insert on {TABLE} when exists (select 1 from {TABLE} where seq = new.seq) "
    f"begin select raise(abort, '{REFUSAL}'); end",
]
POSTGRESQL = [
    f"create function {TABLE}_refuse() returns trigger language plpgsql as $$ begin raise exception '{REFUSAL}'; end $$",
    f"create trigger {TABLE}_no_change before update or delete on {TABLE} for each row execute function {TABLE}_refuse()",
    f"create trigger {TABLE}_no_truncate before truncate on {TABLE} for each statement execute function {TABLE}_refuse()",
]


def refuse_changes(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("picture", "0004_readings")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
