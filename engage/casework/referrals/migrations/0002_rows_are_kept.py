"""Links for partners, and what was said of them, are kept."""

from django.db import migrations

from engage.store.kept import Kept, statements


TABLES = (Kept("referrals_referrallink"), Kept("referrals_referrallinkword"))


def refuse_changes(apps, schema_editor):
    for statement in statements(TABLES, schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_referral_links")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False)]
