"""Which referral of another case an entry is the copy of. The column may stay empty, so that the table and what keeps its rows stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_of_concern")]
    operations = [
        migrations.AddField("caseentry", "copy_of", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            model_name="caseentry", index=models.Index(fields=["copy_of"], name="cases_entry_copies")
        ),
    ]
