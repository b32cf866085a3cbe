"""What was agreed for an agency since its manager was here last is found by the moment, and not along everything that is open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0004_by_case")]
    operations = [
        migrations.AddIndex("agreedaction", models.Index(fields=["agency", "state", "made_at"], name="tasks_new_of_agency"))
    ]
