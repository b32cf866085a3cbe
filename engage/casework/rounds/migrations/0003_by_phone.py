"""A return may have been taken by phone, of somebody who does not sign in. The column may stay empty, so that the table and what keeps its rows stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rounds", "0002_rows_are_kept")]
    operations = [migrations.AddField("return", "heard_from", models.CharField(max_length=150, null=True))]
