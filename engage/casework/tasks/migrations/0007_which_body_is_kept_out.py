"""A body that an agency is reached for (a school, a clinic) is kept out too; and who of an agency that is left out stays, since they chair the meeting or called it. (Who is, is laid down anew by the meetings' own migration.)"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0006_who_is_kept_out")]
    operations = [
        migrations.AddField("keptout", "holder", models.CharField(blank=True, default="", max_length=300), preserve_default=False),
        migrations.AddField("keptout", "stays", models.CharField(blank=True, default="", max_length=310), preserve_default=False),
    ]
