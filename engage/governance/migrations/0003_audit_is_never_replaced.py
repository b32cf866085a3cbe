"""INSERT OR REPLACE on SQLite deletes a row without firing its delete trigger: a third trigger refuses that too.

A later migration that alters the audit table on SQLite makes it anew and loses all three triggers: it must put them on
again. Erasing a person lawfully later leaves a pseudonymous stub here; that needs a migration of its own.
"""

from django.db import migrations


SQLITE = (
    "create trigger governance_auditevent_no_replace before insert on governance_auditevent "
    "when exists (select 1 from governance_auditevent where id = new.id) "
    "begin select raise(abort, 'audit rows are never changed or deleted'); end"
)


def refuse_replacing(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE)


class Migration(migrations.Migration):
    dependencies = [("governance", "0002_audit_is_append_only")]
    operations = [migrations.RunPython(refuse_replacing, migrations.RunPython.noop, elidable=False)]
