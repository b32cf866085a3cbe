"""A visit remembers the newest delivery of its day: what is new is told by number, also where the clock stands still."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0005_reasons_are_kept")]
    operations = [
        migrations.AddField("user", name, models.BigIntegerField(null=True))
        for name in ("last_visit_delivery", "this_visit_delivery")
    ]
