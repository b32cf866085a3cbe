"""Which rows of the log are decisions, and the last of them by an index of its own. The column may stay empty, so that the table and what keeps its rows stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0010_counted_for_all_processes")]
    operations = [
        migrations.AddField("auditevent", "decides", models.BooleanField(null=True)),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["id"], condition=models.Q(decides=True), name="governance_decided"),
        ),
    ]
