"""To which time limit something is meant: without it nobody could say why one limit of several was missed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_what_it_belongs_to")]
    # It may be empty: so the rows that are kept are not made anew, which the database would refuse.
    operations = [migrations.AddField("told", "clock", models.CharField(max_length=20, null=True))]
