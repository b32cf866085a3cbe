"""Decisions in the order of the register, the last first: a page of it reads no more than it shows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("minutes", "0002_rows_are_kept")]
    operations = [migrations.AddIndex("decision", models.Index(fields=["said_at", "seq"], name="minutes_last_first"))]
