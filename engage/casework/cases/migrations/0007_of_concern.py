"""How each case of a person of concern stands: laid down anew whenever something is told, and at every build. Until it is, a case is a question."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_why_an_agency_takes_part")]
    operations = [
        migrations.CreateModel(
            name="OfConcern",
            fields=[
                ("case", models.BigIntegerField(primary_key=True, serialize=False)),
                ("stands", models.CharField(db_index=True, max_length=10)),
            ],
        ),
    ]
