"""Moves of a kind in their order, the last first: of meetings that were put off or not held a page shows the last few."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_what_stood_before")]
    operations = [
        migrations.AddIndex("meetingmove", models.Index(fields=["move", "said_at", "seq"], name="meetings_moves_last_first"))
    ]
