"""The database itself refuses to change or delete an audit row, on both engines."""

from django.db import migrations


REFUSAL = "audit rows are never changed or deleted"

SQLITE = [
    f"create trigger governance_auditevent_no_{verb} before {verb} on governance_auditevent "
    f"begin select raise(abort, '{REFUSAL}'); end"
    for verb in ("update", "delete")
]
POSTGRESQL = [
    "create function governance_auditevent_refuse() returns trigger language plpgsql as "
    f"$$ begin raise exception '{REFUSAL}'; end $$",
    "create trigger governance_auditevent_no_change before update or delete on governance_auditevent "
    "for each row execute function governance_auditevent_refuse()",
    "create trigger governance_auditevent_no_truncate before truncate on governance_auditevent "
    "for each statement execute function governance_auditevent_refuse()",
]


def refuse_changes(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
