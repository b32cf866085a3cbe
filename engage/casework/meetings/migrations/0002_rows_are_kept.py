"""What was said of a meeting is kept. Of its head only what a move changes may change, and its version only to the next."""

from django.db import migrations

from engage.store.kept import Kept, statements


HEAD = ("seq", "kind", "organiser", "organiser_name", "agency", "made_at", "request_id")
TABLES = (
    Kept("meetings_meeting", same=HEAD, unless="new.version <> old.version + 1"),
    Kept("meetings_meetingmove"),
    Kept("meetings_meetingitem"),
    Kept("meetings_invitee"),
    Kept("meetings_inviteeitem"),
    Kept("meetings_inviteeword"),
)


def refuse_changes(apps, schema_editor):
    for statement in statements(TABLES, schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_begun")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
