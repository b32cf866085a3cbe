"""To which time limit something is meant, and on which day an order ends: without it no order rang before its end, and nobody could say why one limit was missed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_lists_by_agency")]
    # Each may be empty: so the rows that are kept are not made anew, which the database would refuse.
    operations = [
        migrations.AddField("told", "clock", models.CharField(max_length=20, null=True)),
        migrations.AddField("told", "regards", models.CharField(max_length=300, null=True)),
        migrations.AddField("told", "ends_on", models.DateField(null=True)),
    ]
