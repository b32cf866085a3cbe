"""A safeguarding reason is never deleted, and nothing of it changes but that it ends, once."""

from django.db import migrations


REFUSAL = "a safeguarding reason is kept: it can only be ended, once"
TABLE = "governance_safeguardingreason"
SAME = ("id", "person_id", "reason", "agency", "recorded_by", "recorded_at")
CHANGED = " or ".join(["old.ended_at is not null", *(f"old.{c} <> new.{c}" for c in SAME)])
SQLITE = [
    f"create trigger {TABLE}_no_delete before delete on {TABLE} begin select raise(abort, '{REFUSAL}'); end",
    f"create trigger {TABLE}_no_change before update on {TABLE} when {CHANGED} begin select raise(abort, '{REFUSAL}'); end",
    f"create trigger {TABLE}_no_replace before insert on {TABLE} when exists (select 1 from {TABLE} where id = new.id) "
    f"begin select raise(abort, '{REFUSAL}'); end",
]
POSTGRESQL = [
    f"create function {TABLE}_refuse() returns trigger language plpgsql as $$ begin raise exception '{REFUSAL}'; end $$",
    f"create trigger {TABLE}_no_delete before delete on {TABLE} for each row execute function {TABLE}_refuse()",
    f"create trigger {TABLE}_no_change before update on {TABLE} for each row when ({CHANGED}) execute function {TABLE}_refuse()",
    f"create trigger {TABLE}_no_truncate before truncate on {TABLE} for each statement execute function {TABLE}_refuse()",
]


def refuse_changes(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("governance", "0004_subjects_may_be_many")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
