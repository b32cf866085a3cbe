"""A part in a case has its reason, and may end later than it is said. The columns may stay empty, so that the table and what keeps its rows stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_what_it_belongs_to")]
    operations = [
        migrations.AddField("casepart", "by", models.CharField(max_length=10, null=True)),
        migrations.AddField("casepart", "number", models.BigIntegerField(null=True)),
        migrations.AddField("casepart", "from_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name="casepart", index=models.Index(fields=["by", "number"], name="cases_part_by_reason")
        ),
        migrations.AddIndex(
            model_name="casepart",
            index=models.Index(
                fields=["agency", "case", "part", "seq", "is_joined", "by", "number", "from_at"], name="cases_part_of"
            ),
        ),
    ]
