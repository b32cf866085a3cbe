from django.db import migrations


REFUSAL = "what was checked is kept: it is struck once, with a reason, and neither changed nor deleted"
TABLE = "picture_missingcheck"
KEPT = (
    "id", "report", "person_record_id", "what", "subject", "result", "note", "agency", "checked_by", "checked_by_name", "checked_at",
    "recorded_at",
)
CHANGED = " or ".join(f"old.{column} <> new.{column}" for column in KEPT)
SQLITE = [
    f"create trigger {TABLE}_no_delete before delete on {TABLE} begin select raise(abort, '{REFUSAL}'); end",
    f"create trigger {TABLE}_no_change before update on {TABLE} when old.struck_at is not null or {CHANGED} "
    f"begin select raise(abort, '{REFUSAL}'); end",
]
POSTGRESQL = [
    "create function picture_refuse_check() returns trigger language plpgsql as " f"$$ begin raise exception '{REFUSAL}'; end $$",
    f"create trigger {TABLE}_no_delete before delete on {TABLE} for each row execute function picture_refuse_check()",
    f"create trigger {TABLE}_no_change before update on {TABLE} for each row when (old.struck_at is not null or {CHANGED}) "
    "execute function picture_refuse_check()",
]


def refuse_changes(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("picture", "0002_missing_checks")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
