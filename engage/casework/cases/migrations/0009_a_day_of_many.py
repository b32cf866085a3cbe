"""What one worker has, opened or wrote, and what is written on a form, is found without going along everything that there is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_a_referral_of_another_case")]
    operations = [
        migrations.RemoveIndex("case", "cases_by_worker"),
        migrations.AddIndex(
            "case", models.Index(fields=["worker", "kind", "state", "opened_at"], name="cases_by_worker")
        ),
        migrations.AddIndex("case", models.Index(fields=["opened_by", "state"], name="cases_by_opener")),
        migrations.AddIndex("caseentry", models.Index(fields=["form", "case"], name="cases_entry_forms")),
        migrations.AddIndex(
            "caseentry", models.Index(fields=["written_by", "case"], name="cases_entry_writers")
        ),
        migrations.AddIndex(
            "told",
            models.Index(fields=["replaces"], condition=models.Q(replaces__isnull=False), name="cases_told_replaced"),
        ),
    ]
