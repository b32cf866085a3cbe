"""The few meetings that are under way are found without going along all that there ever were."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_moves_last_first")]
    operations = [
        migrations.AddIndex("meeting", models.Index(fields=["state", "starts_at"], name="meetings_by_state"))
    ]
