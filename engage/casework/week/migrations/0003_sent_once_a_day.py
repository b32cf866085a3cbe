"""Whose digest of a day has left: a worker gets one a day, however often the command is run."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("week", "0002_rows_are_kept")]
    operations = [
        migrations.CreateModel(
            name="DigestSent",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("user", models.CharField(max_length=150)),
                ("on_day", models.DateField()),
                ("sent_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "on_day"), name="week_a_digest_once_a_day")]
            },
        ),
    ]
