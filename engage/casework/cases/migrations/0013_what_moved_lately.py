"""A day tells what moved since somebody was here last: that is looked up, and not gone along for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_who_hears_a_limit")]
    operations = [migrations.AddIndex("told", models.Index(fields=["event", "told_at", "case"], name="cases_told_lately"))]
