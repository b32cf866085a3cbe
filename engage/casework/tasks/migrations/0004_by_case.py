"""What is open in a case is found by the case, and not along everything that is open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0003_long_lists")]
    operations = [
        migrations.AddIndex("agreedaction", models.Index(fields=["case", "state", "due_on"], name="tasks_by_case"))
    ]
