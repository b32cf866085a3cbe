"""What is written in a case is kept. Of its head only what a move changes may change, and its version only to the next."""

from django.db import migrations

from engage.store.kept import Kept, statements


HEAD = ("seq", "kind", "opened_by", "opened_by_name", "opened_by_agency", "opened_at", "request_id")
TABLES = (
    Kept("cases_case", same=HEAD, unless="new.version not in (old.version, old.version + 1)"),
    Kept("cases_casemove"),
    Kept("cases_caseentry"),
    Kept("cases_casepart"),
    Kept("cases_told"),
)


def refuse_changes(apps, schema_editor):
    for statement in statements(TABLES, schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
