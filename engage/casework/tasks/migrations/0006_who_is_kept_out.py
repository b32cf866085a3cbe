"""Who is not to be given an action because a meeting left them out: laid down by the meetings whenever that changes. (What was said already is laid down by their own migration.)"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0005_new_of_agency")]
    operations = [
        migrations.CreateModel(
            name="KeptOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("meeting", models.BigIntegerField(db_index=True)),
                ("case", models.BigIntegerField(db_index=True, null=True)),
                ("agency", models.CharField(max_length=40)),
                ("user", models.CharField(blank=True, db_index=True, max_length=150)),
                ("user_name", models.CharField(blank=True, max_length=150)),
                ("seat", models.CharField(max_length=40)),
                ("is_of_case", models.BooleanField()),
            ],
        )
    ]
