"""Cases of some kinds about some people are found by both, and not along all cases of these kinds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_a_day_of_many")]
    operations = [migrations.AddIndex("case", models.Index(fields=["subject", "kind"], name="cases_by_subject"))]
