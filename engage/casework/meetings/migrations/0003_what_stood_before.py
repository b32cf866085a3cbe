"""What a meeting's head said before a move changed it: without it, the day that was put off and the chair who was were written over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_rows_are_kept")]
    operations = [migrations.AddField("meetingmove", "before", models.JSONField(null=True))]
