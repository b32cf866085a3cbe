"""What is due is laid down for each way in which a case can be heard of which something is guarded. It is laid down anew whenever something is told, and at every build."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_referrals_that_wait")]
    operations = [
        migrations.AddField("clockdue", "guard", models.TextField(null=True)),
        migrations.RemoveIndex("clockdue", "cases_clock_due"),
        migrations.AddIndex(
            "clockdue",
            models.Index(
                fields=["due_at", "case", "clock", "is_open", "is_paused", "is_shown_first", "warn_from_at", "guard"],
                name="cases_clock_due",
            ),
        ),
        migrations.AddIndex(
            "clockdue", models.Index(fields=["guard"], condition=models.Q(guard__isnull=False), name="cases_clock_guarded")
        ),
    ]
