"""What an agency was asked for some meetings is found without going along all that it was ever asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rounds", "0003_by_phone")]
    operations = [
        migrations.AddIndex("informationrequest", models.Index(fields=["to_agency", "meeting"], name="rounds_asked_of"))
    ]
